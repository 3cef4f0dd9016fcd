/*
 * What the tests of store and registry share: a temporary folder with an
 * archive, telegrams written for the tests, and everything that a reader is
 * answered as one text, for comparing.
 *
 * The engine is chosen by test_address(): with a server in
 * $CHANCERY_TEST_SERVER an archive is a schema there instead of a file (see
 * tests/postgresql/with).
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_TESTS_ARCHIVE_H
#define CHY_TESTS_ARCHIVE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/buf.h"
#include "registry/alike.h"
#include "registry/cite.h"
#include "registry/names.h"
#include "registry/network.h"
#include "registry/references.h"
#include "registry/registry.h"
#include "render/comparison.h"

#define UNUSED_ CHY_UNUSED static

/* A new folder below $TMPDIR. */
UNUSED_ void
test_folder(char *out, size_t size)
{
	const char *tmp = getenv("TMPDIR");

	(void)snprintf(out, size, "%s/chancery-test-XXXXXX",
	    tmp != NULL ? tmp : "/tmp");
	if (mkdtemp(out) == NULL)
		fail_msg("no folder for the test");
}

/* Run another program and wait; its exit status, 127 where there is none. */
UNUSED_ int
test_run(const char *const *argv)
{
	pid_t pid = fork();
	int how;

	if (pid == 0) {
		char *args[8] = { NULL };

		for (int i = 0; i < 7 && argv[i] != NULL; i++)
			args[i] = (char *)(uintptr_t)argv[i];
		if (freopen("/dev/null", "w", stderr) == NULL)
			_exit(127);
		(void)execvp(args[0], args);
		_exit(127);
	}
	return waitpid(pid, &how, 0) == pid && WIFEXITED(how) ?
	    WEXITSTATUS(how) : 128;
}

UNUSED_ void
test_remove(const char *folder)
{
	const char *argv[] = { "rm", "-rf", folder, NULL };

	/* Only what mkdtemp made. */
	if (strstr(folder, "/chancery-test-") == NULL)
		return;
	if (test_run(argv) != 0)
		fail_msg("%s stays behind", folder);
}

UNUSED_ void
test_write(const char *folder, const char *name, chy_slice bytes)
{
	char path[1024];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "wb");
	if (f == NULL || fwrite(bytes.ptr, 1, bytes.len, f) != bytes.len ||
	    fclose(f) != 0)
		fail_msg("%s cannot be written", path);
}

/* Whether archives are files. */
UNUSED_ bool
test_in_files(void)
{
	return getenv("CHANCERY_TEST_SERVER") == NULL;
}

/* Where the archive of that name in the folder is. */
UNUSED_ void
test_address(const char *folder, const char *name, char *out, size_t size)
{
	const char *server = getenv("CHANCERY_TEST_SERVER");
	unsigned long long hash = 14695981039346656037ULL;
	char path[1024];

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	for (const char *p = path; *p != '\0'; p++)
		hash = (hash ^ (unsigned char)*p) * 1099511628211ULL;
	if (server == NULL)
		(void)snprintf(out, size, "%s", path);
	else
		(void)snprintf(out, size, "%s&options=-csearch_path%%3Dt%llx",
		    server, hash);
}

UNUSED_ chy_registry *
test_open(const char *folder, bool portion_release)
{
	chy_registry_options opts = { .create = true,
	    .portion_release = portion_release };
	char path[1024];
	chy_registry *reg;
	chy_error err;

	test_address(folder, "archive.sqlite", path, sizeof(path));
	if (chy_registry_open(path, &opts, &reg, &err) != CHY_OK)
		fail_msg("%s", err.text);
	return reg;
}

UNUSED_ chy_reader
test_reader(const char *label)
{
	chy_reader reader;
	chy_error err;

	if (chy_reader_parse(chy_slice_of(label), &reader, &err) != CHY_OK)
		fail_msg("%s", err.text);
	return reader;
}

UNUSED_ chy_import_counts
test_import(chy_registry *reg, const char *path)
{
	chy_reader owner = chy_reader_owner();
	chy_import_counts counts;
	chy_error err;

	if (chy_registry_import(reg, &owner, &path, 1, NULL, &counts, &err) !=
	    CHY_OK)
		fail_msg("%s", err.text);
	return counts;
}

/* No problem in the whole archive. */
UNUSED_ void
test_sound(chy_registry *reg)
{
	chy_reader owner = chy_reader_owner();
	chy_verified *v;
	chy_error err;

	if (chy_registry_verify(reg, &owner, NULL, &v, &err) != CHY_OK)
		fail_msg("%s", err.text);
	if (v->all_problems > 0)
		fail_msg("%.*s", CHY_ARG(v->problems[0]));
	chy_verified_free(v);
}

UNUSED_ uint64_t
test_count(chy_registry *reg, const chy_reader *reader, const char *query)
{
	uint64_t n;
	chy_error err;

	if (chy_registry_count(reg, reader, chy_slice_of(query), &n, &err) !=
	    CHY_OK)
		fail_msg("%s: %s", query, err.text);
	return n;
}


/* ---- what a reader is answered, as text ---- */

UNUSED_ void
put_line(chy_buf *out, const chy_line *l)
{
	char label[CHY_LABEL_MAX];

	(void)chy_label_print(&l->label, label, sizeof(label));
	chy_buf_printf(out, "%.*s|%.*s|%d|%.*s|%.*s|%.*s|%.*s|%d|%d|%u|%u|%s\n",
	    CHY_ARG(l->id), CHY_ARG(l->dtg_iso), (int)l->year,
	    CHY_ARG(l->post), CHY_ARG(l->originator), CHY_ARG(l->subject),
	    CHY_ARG(l->classification), (int)l->level, (int)l->precedence,
	    l->n_copies, l->n_sections, label);
}

UNUSED_ void
put_facets(chy_buf *out, const chy_facet *facets)
{
	for (int k = 0; k < CHY_FACETS; k++) {
		chy_buf_printf(out, "%s %u:", chy_facet_name((chy_facet_kind)k),
		    facets[k].n_all);
		for (uint32_t i = 0; i < facets[k].n_values; i++)
			chy_buf_printf(out, " %.*s=%llu",
			    CHY_ARG(facets[k].values[i].value),
			    (unsigned long long)facets[k].values[i].count);
		chy_buf_putc(out, '\n');
	}
}

UNUSED_ void
put_months(chy_buf *out, const chy_month *months, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		chy_buf_printf(out, "%d-%d=%llu ", (int)months[i].year,
		    (int)months[i].month,
		    (unsigned long long)months[i].count);
	chy_buf_putc(out, '\n');
}

UNUSED_ void
put_find(chy_buf *out, chy_registry *reg, const chy_reader *reader,
    const char *query)
{
	chy_find_options opts = { .size = 7, .want = CHY_WANT_FACETS |
	    CHY_WANT_MONTHS | CHY_WANT_SNIPPETS | CHY_WANT_DROPS };
	chy_error err = { .off = 0 };
	char last[80] = "";
	chy_found *f;

	/* Each query in one of the orders. The last time it is asked for what
	 * comes after the first page instead of the second. */
	opts.sort = (chy_sort)(strlen(query) % 3);
	opts.after = CHY_EMPTY;
	for (unsigned ask = 1; ask <= 4; ask++) {
		chy_status st;

		opts.page = ask;
		if (ask == 4 && last[0] == '\0')
			continue;
		if (ask == 4)
			opts.after = chy_slice_of(last);
		st = chy_registry_find(reg, reader, chy_slice_of(query), &opts,
		    &f, &err);
		if (st == CHY_OK && ask == 1 && f->n_hits > 0)
			(void)snprintf(last, sizeof(last), "%.*s",
			    CHY_ARG(f->hits[f->n_hits - 1].line.id));

		if (st != CHY_OK) {
			chy_buf_printf(out, "error %d %u %s\n", (int)st,
			    err.off, err.text);
			return;
		}
		chy_buf_printf(out, "%.*s: %llu, page %u of %u\n",
		    CHY_ARG(f->understood), (unsigned long long)f->total,
		    f->page, f->pages);
		for (uint32_t i = 0; i < f->n_hits; i++) {
			const chy_hit *h = &f->hits[i];

			put_line(out, &h->line);
			chy_buf_printf(out, " rows %u\n", h->n_rows);
			for (uint32_t k = 0; k < h->n_snippets; k++) {
				const chy_snippet *s = &h->snippets[k];

				chy_buf_printf(out, " %.*s (%.*s) %d%.*s%d",
				    CHY_ARG(s->id), CHY_ARG(s->mark),
				    s->cut_before, CHY_ARG(s->text),
				    s->cut_after);
				for (uint32_t m = 0; m < s->n_matches; m++)
					chy_buf_printf(out, " %u+%u",
					    s->matches[m].off,
					    s->matches[m].len);
				chy_buf_putc(out, '\n');
			}
		}
		put_facets(out, f->facets);
		put_months(out, f->months, f->n_months);
		for (uint32_t i = 0; i < f->n_drops; i++)
			chy_buf_printf(out, "drop %.*s: %llu\n",
			    CHY_ARG(f->drops[i].term),
			    (unsigned long long)f->drops[i].count);
		for (uint32_t i = 0; i < f->n_instead; i++)
			chy_buf_printf(out, "%.*s, not %.*s: %.*s: %llu\n",
			    CHY_ARG(f->instead[i].with),
			    CHY_ARG(f->instead[i].term),
			    CHY_ARG(f->instead[i].query),
			    (unsigned long long)f->instead[i].count);
		chy_found_free(f);
	}
}

UNUSED_ void
put_shown(chy_buf *out, const chy_shown *s)
{
	put_line(out, &s->line);
	for (uint32_t i = 0; i < s->n_parts; i++) {
		const chy_part *p = &s->parts[i];
		const chy_telegram *t = p->telegram;

		chy_buf_printf(out, "part %u: %.*s, %u copies\n", p->section,
		    CHY_ARG(t->subject), p->n_copies);
		for (uint32_t k = 0; k < t->n_tags; k++)
			chy_buf_printf(out, " %.*s", CHY_ARG(t->tags[k].code));
		for (uint32_t k = 0; k < t->n_addressees; k++)
			chy_buf_printf(out, " %.*s",
			    CHY_ARG(t->addressees[k].plad));
		chy_buf_putc(out, '\n');
		for (uint32_t k = 0; k < t->n_paragraphs; k++)
			if (p->visible[k])
				chy_buf_printf(out, " %.*s (%.*s) %.*s\n",
				    CHY_ARG(t->paragraphs[k].id),
				    CHY_ARG(t->paragraphs[k].mark),
				    CHY_ARG(t->paragraphs[k].text));
	}
	for (uint32_t i = 0; i < s->n_resolved; i++) {
		chy_buf_printf(out, "ref %d ", (int)s->resolved[i].how);
		put_line(out, &s->resolved[i].line);
	}
	for (uint32_t i = 0; i < s->n_in_text; i++) {
		const chy_text_cited *t = &s->in_text[i];

		chy_buf_printf(out, "text %.*s %d", CHY_ARG(t->value),
		    (int)t->resolved.how);
		for (uint32_t k = 0; k < t->n_paragraphs; k++)
			chy_buf_printf(out, " %.*s", CHY_ARG(t->paragraphs[k]));
		chy_buf_putc(out, ' ');
		put_line(out, &t->resolved.line);
	}
	for (uint32_t i = 0; i < s->n_cited_by; i++) {
		chy_buf_printf(out, "by %d %d (%.*s) ", s->cited_by[i].letter,
		    (int)s->cited_by[i].how, CHY_ARG(s->cited_by[i].paragraph));
		put_line(out, &s->cited_by[i].line);
	}
}

UNUSED_ void
put_estimate(chy_buf *out, const chy_estimate *e)
{
	char words[300];

	chy_buf_put(out, (chy_slice){ words, chy_estimate_words(e, words,
	    sizeof(words)) });
	chy_buf_putc(out, '\n');
}

UNUSED_ void
put_unresolved(chy_buf *out, chy_registry *reg, const chy_reader *reader,
    const char *query)
{
	char label[CHY_LABEL_MAX];
	chy_unresolved *u;
	chy_error err;

	if (chy_registry_unresolved(reg, reader, chy_slice_of(query), 1000,
	    &u, &err) != CHY_OK)
		fail_msg("%s: %s", query, err.text);
	(void)chy_label_print(&u->label, label, sizeof(label));
	chy_buf_printf(out, "%llu telegrams %llu citations %llu resolved %llu "
	    "values %s\n", (unsigned long long)u->telegrams,
	    (unsigned long long)u->citations, (unsigned long long)u->resolved,
	    (unsigned long long)u->n_all_values, label);
	for (uint32_t i = 0; i < u->n_kinds; i++)
		chy_buf_printf(out, " %d/%d %llu %llu\n",
		    (int)u->kinds[i].how, (int)u->kinds[i].kind,
		    (unsigned long long)u->kinds[i].citations,
		    (unsigned long long)u->kinds[i].different);
	for (uint32_t i = 0; i < u->n_values; i++) {
		const chy_unresolved_value *v = &u->values[i];

		chy_buf_printf(out, " %.*s %d %llu", CHY_ARG(v->value),
		    (int)v->how, (unsigned long long)v->citations);
		for (uint32_t k = 0; k < v->n_citers; k++)
			chy_buf_printf(out, " %.*s", CHY_ARG(v->citers[k]));
		chy_buf_putc(out, '\n');
	}
	chy_unresolved_free(u);
}

UNUSED_ void
put_gap_list(chy_buf *out, const chy_gap *gaps, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		chy_buf_printf(out, " %u-%u %.*s %.*s", gaps[i].first,
		    gaps[i].last, CHY_ARG(gaps[i].lower),
		    CHY_ARG(gaps[i].upper));
	chy_buf_putc(out, '\n');
}

UNUSED_ void
put_gaps(chy_buf *out, chy_registry *reg, const chy_reader *reader,
    const char *query)
{
	chy_gaps_options opts = { .query = chy_slice_of(query),
	    .post = CHY_EMPTY };
	char label[CHY_LABEL_MAX];
	chy_gaps *g;
	chy_error err;

	if (chy_registry_gaps(reg, reader, &opts, &g, &err) != CHY_OK)
		fail_msg("%s: %s", query, err.text);
	(void)chy_label_print(&g->label, label, sizeof(label));
	chy_buf_printf(out, "gaps %llu %llu %llu %llu %s\n",
	    (unsigned long long)g->filed, (unsigned long long)g->missing,
	    (unsigned long long)g->cited, (unsigned long long)g->sections,
	    label);
	for (uint32_t i = 0; i < g->n_years; i++) {
		const chy_gap_year *y = &g->years[i];

		chy_buf_printf(out, "%.*s %d %u %u %u:", CHY_ARG(y->post),
		    (int)y->year, y->filed, y->highest, y->missing);
		put_gap_list(out, y->gaps, y->n_gaps);
		for (uint32_t k = 0; k < 12; k++)
			chy_buf_printf(out, " %u/%u", y->months[k],
			    y->missing_months[k]);
		for (uint32_t k = 0; k < y->n_blocks; k++)
			chy_buf_printf(out, " %u/%u", y->blocks[k].filed,
			    y->blocks[k].cited);
		chy_buf_putc(out, '\n');
		for (uint32_t k = 0; k < y->n_cited; k++) {
			const chy_missing *m = &y->cited[k];

			chy_buf_printf(out, " %.*s", CHY_ARG(m->id));
			for (uint32_t c = 0; c < m->n_citers; c++)
				chy_buf_printf(out, " %.*s%c%d",
				    CHY_ARG(m->citers[c].id),
				    m->citers[c].letter != 0 ?
				    m->citers[c].letter : '-',
				    m->citers[c].in_text);
			put_estimate(out, &m->estimate);
		}
	}
	for (uint32_t i = 0; i < g->n_series; i++) {
		const chy_gap_series *s = &g->series[i];

		chy_buf_printf(out, "%.*s to %.*s %u %u %u", CHY_ARG(s->sender),
		    CHY_ARG(s->addressee), s->lines, s->breaks, s->missing);
		put_gap_list(out, s->gaps, s->n_gaps);
	}
	chy_gaps_free(g);
}

UNUSED_ void
put_address(chy_buf *out, chy_registry *reg, const chy_reader *reader,
    const char *address)
{
	chy_slice at = chy_slice_of(address);
	chy_error err;
	chy_shown *shown;
	chy_thread *thread;
	chy_lines *near;
	chy_status st = chy_registry_show(reg, reader, at, &shown, &err);

	if (st == CHY_OK) {
		put_shown(out, shown);
		chy_shown_free(shown);
	} else {
		chy_buf_printf(out, "error %d %s\n", (int)st, err.text);
	}
	st = chy_registry_thread(reg, reader, at, &thread, &err);
	if (st == CHY_OK) {
		chy_buf_printf(out, "thread %u missing %u start %u %d-%d\n",
		    thread->n_nodes, thread->n_missing, thread->start,
		    (int)thread->first_year, (int)thread->last_year);
		for (uint32_t i = 0; i < thread->n_nodes; i++) {
			const chy_thread_node *n = &thread->nodes[i];

			chy_buf_printf(out, " %u %d ", n->depth, n->missing);
			put_line(out, &n->line);
			for (uint32_t k = 0; k < n->n_cites; k++)
				chy_buf_printf(out, " >%u%c", n->cites[k],
				    n->letters[k] != 0 ? n->letters[k] : '-');
			for (uint32_t k = 0; k < n->n_cited_by; k++)
				chy_buf_printf(out, " <%u", n->cited_by[k]);
			put_estimate(out, &n->estimate);
		}
		chy_thread_free(thread);
	} else {
		chy_buf_printf(out, "error %d %s\n", (int)st, err.text);
	}
	if (chy_registry_near(reg, reader, at, 5, &near, &err) == CHY_OK) {
		for (uint32_t i = 0; i < near->n; i++)
			put_line(out, &near->at[i]);
		chy_lines_free(near);
	}
}

UNUSED_ void
put_stats(chy_buf *out, chy_registry *reg, const chy_reader *reader)
{
	chy_unread_list *list;
	chy_stats *s;
	chy_error err;

	if (chy_registry_stats(reg, reader, true, &s, &err) != CHY_OK)
		fail_msg("%s", err.text);
	chy_buf_printf(out, "%llu %llu %llu %llu %llu %llu %llu %.*s %.*s "
	    "%llu %llu %llu\n", (unsigned long long)s->telegrams,
	    (unsigned long long)s->copies, (unsigned long long)s->paragraphs,
	    (unsigned long long)s->posts, (unsigned long long)s->references,
	    (unsigned long long)s->resolved, (unsigned long long)s->missing,
	    CHY_ARG(s->first_iso), CHY_ARG(s->last_iso),
	    (unsigned long long)s->originals, (unsigned long long)s->unread,
	    (unsigned long long)s->archive_bytes);
	put_facets(out, s->facets);
	put_months(out, s->months, s->n_months);
	for (uint32_t i = 0; i < s->n_coverage; i++)
		chy_buf_printf(out, " %s=%llu", s->coverage[i].field,
		    (unsigned long long)s->coverage[i].count);
	chy_stats_free(s);
	if (chy_registry_unread(reg, reader, &list, &err) != CHY_OK)
		fail_msg("%s", err.text);
	chy_buf_printf(out, "\nunread %u\n", list->n);
	chy_unread_list_free(list);
}


/* ---- names, likeness, counts ---- */

UNUSED_ void
put_entry(chy_buf *out, const chy_name_entry *e)
{
	chy_buf_printf(out, "%s %.*s|%.*s %llu:", chy_name_kind_name(e->kind),
	    CHY_ARG(e->name), CHY_ARG(e->term), (unsigned long long)e->count);
	for (uint32_t i = 0; i < e->n_variants; i++)
		chy_buf_printf(out, " %.*s=%llu", CHY_ARG(e->variants[i].text),
		    (unsigned long long)e->variants[i].count);
	chy_buf_putc(out, '\n');
}

UNUSED_ void
put_names(chy_buf *out, chy_registry *reg, const chy_reader *reader,
    const char *query)
{
	chy_names_options opts = { .kind = -1, .most = 6 };
	chy_names_list *list;
	chy_error err;

	if (chy_registry_names(reg, reader, chy_slice_of(query), &opts, &list,
	    &err) != CHY_OK)
		return;
	chy_buf_printf(out, "names of %llu: %llu %llu %llu\n",
	    (unsigned long long)list->telegrams,
	    (unsigned long long)list->n_all[0],
	    (unsigned long long)list->n_all[1],
	    (unsigned long long)list->n_all[2]);
	for (uint32_t i = 0; i < list->n; i++)
		put_entry(out, &list->at[i]);
	chy_names_list_free(list);
}

UNUSED_ void
put_name(chy_buf *out, chy_registry *reg, const chy_reader *reader,
    const char *name)
{
	chy_names_found *found;
	chy_error err;
	chy_status st = chy_registry_name(reg, reader, chy_slice_of(name), -1,
	    5, &found, &err);

	if (st != CHY_OK) {
		chy_buf_printf(out, "error %d %s\n", (int)st, err.text);
		return;
	}
	for (uint32_t i = 0; i < found->n; i++) {
		const chy_name_found *f = &found->at[i];

		put_entry(out, &f->entry);
		for (uint32_t k = 0; k < f->n_beside; k++)
			put_entry(out, &f->beside[k]);
		for (uint32_t k = 0; k < f->n_places; k++) {
			put_line(out, &f->places[k].line);
			for (uint32_t m = 0; m < f->places[k].n_ids; m++)
				chy_buf_printf(out, " %.*s",
				    CHY_ARG(f->places[k].ids[m]));
			chy_buf_putc(out, '\n');
		}
		chy_buf_printf(out, "of %llu\n",
		    (unsigned long long)f->all_places);
	}
	chy_names_found_free(found);
}

UNUSED_ void
put_counts(chy_buf *out, chy_registry *reg, const chy_reader *reader,
    const char *query)
{
	chy_slice q = chy_slice_of(query);
	chy_error err;
	chy_network *net;
	chy_citation_graph *graph;

	for (int k = 0; k < CHY_COUNT_KINDS; k++) {
		chy_counts *c;

		if (chy_registry_counts(reg, reader, q, (chy_count_kind)k, 7,
		    &c, &err) != CHY_OK)
			return;
		chy_buf_printf(out, "%s of %llu, %u:",
		    chy_count_kind_name((chy_count_kind)k),
		    (unsigned long long)c->total, c->facet.n_all);
		for (uint32_t i = 0; i < c->facet.n_values; i++)
			chy_buf_printf(out, " %.*s|%.*s=%llu",
			    CHY_ARG(c->facet.values[i].value),
			    CHY_ARG(c->facet.values[i].term),
			    (unsigned long long)c->facet.values[i].count);
		chy_buf_putc(out, '\n');
		chy_counts_free(c);
	}
	for (int k = 0; k < CHY_PERIODS; k++) {
		chy_timeline *t;

		if (chy_registry_timeline(reg, reader, q, (chy_period)k, &t,
		    &err) != CHY_OK)
			return;
		chy_buf_printf(out, "%llu undated:",
		    (unsigned long long)t->undated);
		for (uint32_t i = 0; i < t->n; i++)
			chy_buf_printf(out, " %.*s=%llu",
			    CHY_ARG(t->at[i].label),
			    (unsigned long long)t->at[i].count);
		chy_buf_putc(out, '\n');
		chy_timeline_free(t);
	}
	if (chy_registry_network(reg, reader, q, &net, &err) != CHY_OK)
		return;
	chy_buf_printf(out, "network, %llu not:",
	    (unsigned long long)net->unaddressed);
	for (uint32_t i = 0; i < net->n_nodes; i++)
		chy_buf_printf(out, " %.*s %llu %llu %llu",
		    CHY_ARG(net->nodes[i].name),
		    (unsigned long long)net->nodes[i].sent,
		    (unsigned long long)net->nodes[i].action,
		    (unsigned long long)net->nodes[i].info);
	for (uint32_t i = 0; i < net->n_edges; i++)
		chy_buf_printf(out, " %u>%u %llu %llu", net->edges[i].from,
		    net->edges[i].to, (unsigned long long)net->edges[i].action,
		    (unsigned long long)net->edges[i].info);
	chy_buf_putc(out, '\n');
	chy_network_free(net);
	if (chy_registry_citations(reg, reader, q, &graph, &err) != CHY_OK)
		return;
	for (uint32_t i = 0; i < graph->n; i++)
		chy_buf_printf(out, " %.*s>%.*s%c%d", CHY_ARG(graph->at[i].from),
		    CHY_ARG(graph->at[i].to), graph->at[i].letter != 0 ?
		    graph->at[i].letter : '-', graph->at[i].missing);
	chy_buf_putc(out, '\n');
	chy_citation_graph_free(graph);
}

UNUSED_ void
put_like(chy_buf *out, chy_registry *reg, const chy_reader *reader,
    const char *address)
{
	chy_likes *likes;
	chy_error err;
	chy_status st = chy_registry_like(reg, reader, chy_slice_of(address), 5,
	    &likes, &err);

	if (st != CHY_OK) {
		chy_buf_printf(out, "error %d %s\n", (int)st, err.text);
		return;
	}
	put_line(out, &likes->line);
	for (uint32_t i = 0; i < likes->n; i++) {
		const chy_like *l = &likes->at[i];

		put_line(out, &l->line);
		chy_buf_printf(out, " %u %u %d", l->score, l->same,
		    l->near_duplicate);
		for (uint32_t k = 0; k < l->n_reasons; k++)
			chy_buf_printf(out, " %s:%.*s=%u",
			    chy_like_kind_name(l->reasons[k].kind),
			    CHY_ARG(l->reasons[k].text), l->reasons[k].weight);
		chy_buf_putc(out, '\n');
	}
	chy_likes_free(likes);
}

UNUSED_ void
put_compared(chy_buf *out, chy_registry *reg, const chy_reader *reader,
    const char *address, const char *other)
{
	chy_sink sink = chy_sink_buf(out);
	chy_comparisons *c;
	chy_citation *cite;
	chy_error err;
	chy_status st = chy_registry_differences(reg, reader,
	    chy_slice_of(address), chy_slice_of(other), &c, &err);

	if (st == CHY_OK) {
		for (uint32_t i = 0; i < c->n; i++)
			chy_comparison_json(&c->at[i], true, &sink);
		chy_comparisons_free(c);
	} else {
		chy_buf_printf(out, "error %d %s\n", (int)st, err.text);
	}
	st = chy_registry_cite(reg, reader, chy_slice_of(address), &cite,
	    &err);
	if (st == CHY_OK) {
		for (int k = 0; k < CHY_CITE_STYLES; k++)
			chy_cite_write(&cite->cite, (chy_cite_style)k, &sink);
		chy_citation_free(cite);
	} else {
		chy_buf_printf(out, "error %d %s\n", (int)st, err.text);
	}
}

#endif
