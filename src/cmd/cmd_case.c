/*
 * chancery case: dockets, what is in them, and what a telegram proposes.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd/casework.h"

enum { AS, TODAY, WHO, WHY, LABEL, NOTE, KIND, BY, STATUS, DAY };

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    cmd_text_or_json, 0 },
	[TODAY] = { "today", "DAY", "as of this day", NULL, 0 },
	[WHO] = { "who", "NAME", "who does it, for the log", NULL, 0 },
	[WHY] = { "why", "WORDS", "and why", NULL, 0 },
	[LABEL] = { "label", "LABEL", "who may know of the case", NULL, 0 },
	[NOTE] = { "note", "WORDS", "beside what is set", NULL, 0 },
	[KIND] = { "kind", "KIND", "only items of this kind", NULL, 0 },
	[BY] = { "by", "PARTY", "only items of this party", NULL, 0 },
	[STATUS] = { "status", "STATUS", "only items that are so; what an "
	    "item becomes", NULL, 0 },
	[DAY] = { "day", "DAY", "when it was closed", NULL, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

static chy_doing
doing(cmd_env *env)
{
	return cmd_doing(env, env->value[WHO], env->value[WHY]);
}

static bool
wants_json(cmd_env *env, int *ret_status)
{
	return cmd_wants_json(env, &options[AS], env->value[AS], ret_status);
}


/* ---- printing ---- */

static void
json_party(json *j, const char *field, chy_slice name, chy_slice side)
{
	json_object_begin(j, field);
	json_text_or_null(j, "name", name);
	json_text_or_null(j, "side", side);
	json_object_end(j);
}

static void
json_item(chy_sink *out, const chy_case *c, const chy_case_item *i)
{
	const chy_item *it = &i->item;
	json j = json_open(out);

	json_text(&j, "case", c->docket.name);
	json_text(&j, "id", it->name);
	json_text(&j, "kind", chy_slice_of(chy_item_kind_name(it->kind)));
	json_party(&j, "by", it->by_name, it->by_side);
	json_party(&j, "to", it->to_name, it->to_side);
	json_text(&j, "what", it->what);
	json_text_or_null(&j, "about", it->about);
	json_text(&j, "channel", chy_slice_of(chy_channel_name(it->channel)));
	json_day(&j, "made", it->made);
	json_day(&j, "due", it->due);
	json_day(&j, "first", it->first);
	json_day(&j, "other", it->other);
	json_text(&j, "basis", chy_slice_of(chy_due_basis_name(it->basis)));
	json_text_or_null(&j, "phrase", it->phrase);
	json_text_or_null(&j, "condition", it->condition);
	json_bool(&j, "measurable", it->measurable != 0);
	json_text_or_null(&j, "consequence", it->consequence);
	json_text_or_null(&j, "closes_when", it->closes_when);
	json_text_or_null(&j, "owner", it->owner);
	json_text(&j, "status", chy_slice_of(chy_item_status_name(
	    it->status)));
	json_bool(&j, "overdue", i->overdue);
	json_number(&j, "days_late", (uint64_t)i->days_late);
	json_text_or_null(&j, "closed_by", it->closed_by);
	json_day(&j, "closed_on", it->closed_on);
	json_text_or_null(&j, "label", it->label);
	json_text_or_null(&j, "parent", it->parent);
	json_text(&j, "owed", chy_slice_of(i->owed == CHY_OWED_INSIDE ?
	    "inside" : i->owed == CHY_OWED_BY_US ? "by-us" :
	    i->owed == CHY_OWED_TO_US ? "to-us" : "nobody"));
	json_list_begin(&j, "sources");
	for (uint32_t k = 0; k < i->n_sources; k++) {
		json_item_object(&j);
		json_text(&j, "canonical_id", i->sources[k].telegram);
		json_text_or_null(&j, "paragraph", i->sources[k].paragraph);
		json_number(&j, "offset", (uint64_t)i->sources[k].off);
		json_number(&j, "length", (uint64_t)i->sources[k].len);
		json_object_end(&j);
	}
	json_list_end(&j);
	json_list_begin(&j, "links");
	for (uint32_t k = 0; k < i->n_ties; k++) {
		json_item_object(&j);
		json_text(&j, "kind", i->ties[k].kind);
		json_text(&j, "to", i->ties[k].target);
		json_object_end(&j);
	}
	json_list_end(&j);
	json_close(&j);
}

static void
json_case(chy_sink *out, const chy_case *c)
{
	json j = json_open(out);

	json_text(&j, "case", c->docket.name);
	json_text(&j, "title", c->docket.title);
	json_text_or_null(&j, "file", c->docket.file_code);
	json_text_or_null(&j, "programme", c->docket.programme);
	json_day(&j, "opened", c->docket.opened);
	json_number(&j, "items", c->n_items);
	json_number(&j, "late", c->n_late);
	json_list_begin(&j, "entries");
	for (uint32_t i = 0; i < c->n_entries; i++) {
		json_item_object(&j);
		json_text(&j, "kind", c->entries[i].kind);
		json_text(&j, "value", c->entries[i].value);
		json_text_or_null(&j, "note", c->entries[i].note);
		json_object_end(&j);
	}
	json_list_end(&j);
	json_list_begin(&j, "conflicts");
	for (uint32_t i = 0; i < c->n_conflicts; i++) {
		const chy_case_conflict *f = &c->conflicts[i];

		json_item_object(&j);
		json_text(&j, "a", c->items[f->a].item.name);
		json_text(&j, "b", c->items[f->b].item.name);
		json_text(&j, "kind", chy_slice_of(
		    chy_link_kind_name(f->kind)));
		json_text(&j, "why", chy_slice_of(f->why));
		if (f->only.len > 0) {
			json_text(&j, "only", f->only);
			json_text(&j, "only_in",
			    c->items[f->only_in].item.name);
		}
		json_object_end(&j);
	}
	json_list_end(&j);
	json_list_begin(&j, "telegrams");
	for (uint32_t i = 0; i < c->n_members; i++) {
		json_item_object(&j);
		json_line(&j, &c->members[i].line);
		json_text(&j, "how", c->members[i].how);
		json_text_or_null(&j, "why", c->members[i].why);
		json_object_end(&j);
	}
	json_list_end(&j);
	json_close(&j);
}


/* ---- looking ---- */

static int
run_list(cmd_env *env, int argc, char **argv)
{
	int status = EXIT_DONE;
	bool as_json = wants_json(env, &status);
	chy_error err = { 0 };
	chy_cases *cases;
	int32_t today;
	chy_status st;

	(void)argc;
	(void)argv;
	if (status != EXIT_DONE || !cmd_day(env, env->value[TODAY], &today))
		return EXIT_USAGE;
	st = chy_registry_cases(env->reg, &env->reader, today, &cases, &err);
	if (st != CHY_OK)
		return cmd_casework_done(env, st, &err);
	for (uint32_t i = 0; i < cases->n; i++) {
		const chy_case_row *r = &cases->at[i];

		if (as_json) {
			json j = json_open(env->out);

			json_text(&j, "case", r->docket.name);
			json_text(&j, "title", r->docket.title);
			json_number(&j, "items", r->n_items);
			json_number(&j, "owed", r->n_owed);
			json_number(&j, "late", r->n_late);
			json_number(&j, "telegrams", r->n_members);
			json_close(&j);
			continue;
		}
		out_text(env->out, r->docket.name);
		chy_sink_puts(env->out, "  ");
		out_text(env->out, r->docket.title);
		chy_sink_printf(env->out, "\n    %u items, %u owed, %u late, "
		    "%u telegrams\n", (unsigned)r->n_items,
		    (unsigned)r->n_owed, (unsigned)r->n_late,
		    (unsigned)r->n_members);
	}
	chy_cases_free(cases);
	return cmd_done(env);
}

static int
open_case(cmd_env *env, const char *name, chy_case **ret)
{
	chy_error err = { 0 };
	int32_t today;
	chy_status st;

	*ret = NULL;
	if (!cmd_day(env, env->value[TODAY], &today))
		return EXIT_USAGE;
	st = chy_registry_case(env->reg, &env->reader, chy_slice_of(name),
	    today, ret, &err);
	return st == CHY_OK ? EXIT_DONE : cmd_casework_done(env, st, &err);
}

static int
run_show(cmd_env *env, int argc, char **argv)
{
	int status = EXIT_DONE;
	bool as_json = wants_json(env, &status);

	for (int i = 0; i < argc && status == EXIT_DONE; i++) {
		chy_case *c;

		status = open_case(env, argv[i], &c);
		if (c == NULL)
			continue;
		if (as_json)
			json_case(env->out, c);
		else
			chy_case_print(c, env->out);
		chy_case_free(c);
	}
	return status != EXIT_DONE ? status : cmd_done(env);
}

static bool
is_wanted(cmd_env *env, const chy_case_item *i)
{
	const char *kind = env->value[KIND], *by = env->value[BY];
	const char *status = env->value[STATUS];

	return (kind == NULL || strcmp(kind,
	    chy_item_kind_name(i->item.kind)) == 0) &&
	    (by == NULL || chy_slice_ieq(i->item.by_side, chy_slice_of(by)) ||
	    chy_slice_ieq(i->item.by_name, chy_slice_of(by))) &&
	    (status == NULL || strcmp(status,
	    chy_item_status_name(i->item.status)) == 0 ||
	    (strcmp(status, "overdue") == 0 && i->overdue));
}

static int
run_items(cmd_env *env, int argc, char **argv)
{
	int status = EXIT_DONE;
	bool as_json = wants_json(env, &status);
	chy_case *c;

	(void)argc;
	if (status == EXIT_DONE)
		status = open_case(env, argv[0], &c);
	if (status != EXIT_DONE || c == NULL)
		return status;
	for (uint32_t i = 0; i < c->n_items; i++) {
		const chy_case_item *one = &c->items[i];

		if (!is_wanted(env, one))
			continue;
		if (as_json) {
			json_item(env->out, c, one);
			continue;
		}
		out_text(env->out, one->item.name);
		chy_sink_printf(env->out, "  %s  ",
		    chy_item_kind_name(one->item.kind));
		out_text(env->out, one->item.by_name);
		chy_sink_puts(env->out, ": ");
		out_text(env->out, one->item.what);
		chy_sink_puts(env->out, "  ");
		out_day(env->out, one->item.due);
		chy_sink_printf(env->out, "  %s%s\n",
		    chy_item_status_name(one->item.status),
		    one->overdue ? ", overdue" : "");
	}
	chy_case_free(c);
	return cmd_done(env);
}

static int
run_ics(cmd_env *env, int argc, char **argv)
{
	chy_case *c;
	int status = open_case(env, argv[0], &c);

	(void)argc;
	if (c == NULL)
		return status;
	chy_case_ics(c, (int64_t)time(NULL), env->out);
	chy_case_free(c);
	return cmd_done(env);
}

static void
json_proposal(chy_sink *out, const chy_proposed *p, uint32_t i)
{
	const chy_proposal *one = &p->proposals->at[i];
	json j = json_open(out);

	json_text(&j, "canonical_id", p->telegram);
	json_text(&j, "id", p->names[i]);
	json_text(&j, "kind", chy_slice_of(chy_item_kind_name(one->kind)));
	json_party(&j, "by", one->by.name, one->by.side);
	json_party(&j, "to", one->to.name, one->to.side);
	json_text(&j, "what", one->what);
	json_text_or_null(&j, "condition", one->condition);
	json_bool(&j, "measurable", one->measurable);
	json_text(&j, "channel", chy_slice_of(chy_channel_name(
	    one->channel)));
	json_day(&j, "made", one->made);
	json_day(&j, "due", one->due.day);
	json_day(&j, "other", one->due.other);
	json_text(&j, "basis", chy_slice_of(chy_due_basis_name(
	    one->due.basis)));
	json_text_or_null(&j, "phrase", one->due.phrase);
	json_text(&j, "rule", chy_slice_of(one->rule));
	json_text(&j, "rests_on", one->words);
	json_number(&j, "confidence", one->confidence);
	json_text(&j, "label", p->labels[i]);
	if (one->parent != UINT32_MAX)
		json_text(&j, "parent", p->names[one->parent]);
	else
		json_absent(&j, "parent");
	json_list_begin(&j, "sources");
	for (uint32_t k = 0; k < one->n_sources; k++) {
		json_item_object(&j);
		json_text(&j, "paragraph", one->sources[k].id);
		json_object_begin(&j, "span");
		json_number(&j, "offset", one->sources[k].span.off);
		json_number(&j, "length", one->sources[k].span.len);
		json_object_end(&j);
		json_object_end(&j);
	}
	json_list_end(&j);
	json_list_begin(&j, "links");
	for (uint32_t k = 0; k < p->proposals->n_links; k++) {
		const chy_item_link *l = &p->proposals->links[k];

		if (l->from != i)
			continue;
		json_item_object(&j);
		json_text(&j, "kind", chy_slice_of(
		    chy_link_kind_name(l->kind)));
		json_text(&j, "to", p->names[l->to]);
		json_text_or_null(&j, "why", chy_slice_of(l->why));
		json_object_end(&j);
	}
	json_list_end(&j);
	json_close(&j);
}

static void
put_proposal(chy_sink *out, const chy_proposed *p, uint32_t i)
{
	const chy_proposal *one = &p->proposals->at[i];

	out_text(out, p->names[i]);
	chy_sink_printf(out, "  %s  ", chy_item_kind_name(one->kind));
	out_text(out, one->by.name);
	chy_sink_puts(out, " to ");
	out_text(out, one->to.name.len > 0 ? one->to.name :
	    CHY_SLICE("nobody"));
	chy_sink_puts(out, "\n    ");
	out_text(out, one->what);
	if (one->condition.len > 0) {
		chy_sink_puts(out, "\n    if: ");
		out_text(out, one->condition);
		chy_sink_puts(out, one->measurable ? "" :
		    " (cannot be measured)");
	}
	if (one->due.day != CHY_NO_DAY) {
		char words[300];

		chy_sink_puts(out, "\n    ");
		out_day(out, one->due.day);
		chy_due_words(&one->due, one->made, words, sizeof(words));
		chy_sink_printf(out, " %s", words);
	}
	chy_sink_printf(out, "\n    %u%% by %s, on: ", one->confidence,
	    one->rule);
	out_text(out, one->words);
	chy_sink_puts(out, one->n_sources > 1 ? "; also in" : "");
	for (uint32_t k = 1; k < one->n_sources; k++) {
		chy_sink_puts(out, " ");
		out_text(out, one->sources[k].id);
	}
	chy_sink_puts(out, "\n");
}

static int
run_propose(cmd_env *env, int argc, char **argv)
{
	int status = EXIT_DONE;
	bool as_json = wants_json(env, &status);

	for (int i = 0; i < argc && status == EXIT_DONE; i++) {
		chy_error err = { 0 };
		chy_proposed *p;
		chy_status st = chy_registry_propose(env->reg, &env->reader,
		    chy_slice_of(argv[i]), &p, &err);

		if (st != CHY_OK) {
			err.status = st;
			status = cmd_casework_failed(env, &err);
			continue;
		}
		for (uint32_t k = 0; k < p->proposals->n; k++)
			if (as_json)
				json_proposal(env->out, p, k);
			else
				put_proposal(env->out, p, k);
		chy_proposed_free(p);
	}
	return status != EXIT_DONE ? status : cmd_done(env);
}

static int
run_candidates(cmd_env *env, int argc, char **argv)
{
	int status = EXIT_DONE;
	bool as_json = wants_json(env, &status);
	chy_error err = { 0 };
	chy_found *found;
	chy_status st;

	(void)argc;
	if (status != EXIT_DONE)
		return status;
	st = chy_registry_candidates(env->reg, &env->reader,
	    chy_slice_of(argv[0]), &found, &err);
	if (st != CHY_OK)
		return cmd_casework_done(env, st, &err);
	for (uint32_t i = 0; i < found->n_hits; i++) {
		if (as_json) {
			json j = json_open(env->out);

			json_line(&j, &found->hits[i].line);
			json_close(&j);
		} else {
			out_line(env->out, &found->hits[i].line, env->colour);
		}
	}
	chy_found_free(found);
	return cmd_done(env);
}


/* ---- changing ---- */

static int
run_new(cmd_env *env, int argc, char **argv)
{
	chy_doing d = doing(env);
	chy_buf title = CHY_BUF_INIT;
	chy_error err = { 0 };
	chy_status st = chy_registry_case_new(env->reg, &d,
	    chy_slice_of(argv[0]), cmd_join(&title, argc - 1, argv + 1),
	    chy_slice_of(env->value[LABEL] != NULL ? env->value[LABEL] : ""),
	    &err);

	chy_buf_done(&title);
	return cmd_casework_done(env, st, &err);
}

static int
run_set(cmd_env *env, int argc, char **argv)
{
	chy_doing d = doing(env);
	chy_buf value = CHY_BUF_INIT;
	chy_error err = { 0 };
	chy_status st = chy_registry_case_set(env->reg, &d,
	    chy_slice_of(argv[0]), argv[1], cmd_join(&value, argc - 2,
	    argv + 2), chy_slice_of(env->value[NOTE] != NULL ?
	    env->value[NOTE] : ""), &err);

	chy_buf_done(&value);
	return cmd_casework_done(env, st, &err);
}

static int
run_add(cmd_env *env, int argc, char **argv)
{
	chy_doing d = doing(env);
	int status = EXIT_DONE;

	for (int i = 1; i < argc && status == EXIT_DONE; i++) {
		chy_error err = { 0 };
		chy_status st = chy_registry_case_add(env->reg, &d,
		    chy_slice_of(argv[0]), chy_slice_of(argv[i]), &err);

		if (st != CHY_OK) {
			err.status = st;
			status = cmd_casework_failed(env, &err);
		}
	}
	return status != EXIT_DONE ? status : cmd_done(env);
}

static int
run_accept(cmd_env *env, int argc, char **argv)
{
	chy_doing d = doing(env);
	uint32_t all = 0;
	chy_error err = { 0 };
	chy_status st = CHY_OK;

	for (int i = 2; i < (argc > 2 ? argc : 3) && st == CHY_OK; i++) {
		uint32_t n = 0;

		st = chy_registry_accept(env->reg, &d, chy_slice_of(argv[0]),
		    chy_slice_of(argv[1]), chy_slice_of(argc > 2 ? argv[i] :
		    ""), &n, &err);
		all += n;
	}
	if (st == CHY_OK)
		chy_sink_printf(env->out, "%u accepted\n", (unsigned)all);
	return cmd_casework_done(env, st, &err);
}

/* by=Badr/Oman: a name and whose it is. */
static void
take_party(chy_slice value, chy_slice *name, chy_slice *side)
{
	size_t slash = chy_slice_find(value, CHY_SLICE("/"), 0);

	*name = chy_slice_sub(value, 0, slash);
	*side = slash < value.len ? chy_slice_from(value, slash + 1) : value;
	if (name->len == 0)
		*name = *side;
}

#define SOURCES	16

struct entering {
	chy_item  item;
	chy_slice sources[SOURCES];
	size_t	  n_sources;
	bool	  kind, basis;
};

/* One word FIELD=VALUE; false where it is none. */
static bool
take_field(struct entering *e, chy_slice word)
{
	static const struct {
		const char *name;
		size_t	    place;
	} texts[] = {
#define TEXT(f)	{ #f, offsetof(chy_item, f) }
		TEXT(name), TEXT(what), TEXT(about), TEXT(phrase),
		TEXT(condition), TEXT(consequence), TEXT(closes_when),
		TEXT(owner), TEXT(label), TEXT(parent),
#undef TEXT
	}, days[] = {
#define DAY_(f)	{ #f, offsetof(chy_item, f) }
		DAY_(made), DAY_(due), DAY_(first), DAY_(other),
#undef DAY_
	};
	size_t is = chy_slice_find(word, CHY_SLICE("="), 0);
	chy_slice field = chy_slice_sub(word, 0, is);
	chy_slice value = chy_slice_from(word, is + 1);
	chy_item *item = &e->item;

	if (is == word.len)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		if (chy_slice_eq(field, chy_slice_of(texts[i].name))) {
			memcpy((char *)item + texts[i].place, &value,
			    sizeof(value));
			return true;
		}
	for (size_t i = 0; i < ARRAY_LEN(days); i++)
		if (chy_slice_eq(field, chy_slice_of(days[i].name))) {
			int32_t day = chy_day_parse(value);

			memcpy((char *)item + days[i].place, &day,
			    sizeof(day));
			return day != CHY_NO_DAY;
		}
	if (chy_slice_eq(field, CHY_SLICE("by"))) {
		take_party(value, &item->by_name, &item->by_side);
	} else if (chy_slice_eq(field, CHY_SLICE("to"))) {
		take_party(value, &item->to_name, &item->to_side);
	} else if (chy_slice_eq(field, CHY_SLICE("kind"))) {
		e->kind = true;
		return chy_item_kind_parse(value, &item->kind);
	} else if (chy_slice_eq(field, CHY_SLICE("channel"))) {
		return chy_channel_parse(value, &item->channel);
	} else if (chy_slice_eq(field, CHY_SLICE("basis"))) {
		e->basis = true;
		return chy_due_basis_parse(value, &item->basis);
	} else if (chy_slice_eq(field, CHY_SLICE("measurable"))) {
		item->measurable = !chy_slice_eq(value, CHY_SLICE("no"));
	} else if (chy_slice_eq(field, CHY_SLICE("source")) &&
	    e->n_sources < SOURCES) {
		e->sources[e->n_sources++] = value;
	} else {
		return false;
	}
	return true;
}

static int
run_enter(cmd_env *env, int argc, char **argv)
{
	struct entering e = { .item = {
		.docket = chy_slice_of(argv[0]), .name = CHY_EMPTY,
		.kind = CHY_ITEM_REQUEST, .what = CHY_EMPTY,
		.by_name = CHY_EMPTY, .by_side = CHY_EMPTY,
		.to_name = CHY_EMPTY, .to_side = CHY_EMPTY,
		.about = CHY_EMPTY, .made = CHY_NO_DAY, .due = CHY_NO_DAY,
		.first = CHY_NO_DAY, .other = CHY_NO_DAY,
		.phrase = CHY_EMPTY, .condition = CHY_EMPTY,
		.consequence = CHY_EMPTY, .closes_when = CHY_EMPTY,
		.owner = CHY_EMPTY, .closed_by = CHY_EMPTY,
		.closed_on = CHY_NO_DAY, .label = CHY_EMPTY,
		.tel_label = CHY_EMPTY, .rule = CHY_EMPTY,
		.confidence = 100, .parent = CHY_EMPTY, .measurable = 1,
	} };
	chy_doing d = doing(env);
	chy_error err = { 0 };
	char name[64];
	chy_status st;

	for (int i = 1; i < argc; i++)
		if (!take_field(&e, chy_slice_of(argv[i])))
			return cmd_bad_usage(env, "\"%s\" is no FIELD=VALUE "
			    "of an item", argv[i]);
	if (!e.kind)
		return cmd_bad_usage(env, "which kind? Say kind=demand or "
		    "another");
	if (!e.basis && e.item.due != CHY_NO_DAY)
		e.item.basis = CHY_DUE_EXPLICIT;
	st = chy_registry_item_put(env->reg, &d, &e.item, e.sources,
	    e.n_sources, name, &err);
	if (st == CHY_OK)
		chy_sink_printf(env->out, "%s/%s\n", argv[0], name);
	return cmd_casework_done(env, st, &err);
}

static int
run_close_item(cmd_env *env, int argc, char **argv)
{
	chy_item_status status = CHY_ITEM_CLOSED;
	chy_doing d = doing(env);
	chy_buf by = CHY_BUF_INIT;
	chy_error err = { 0 };
	int32_t day = CHY_NO_DAY;
	chy_status st;

	if (env->value[STATUS] != NULL && !chy_item_status_parse(
	    chy_slice_of(env->value[STATUS]), &status))
		return cmd_bad_usage(env, "\"%s\" is no status of an item",
		    env->value[STATUS]);
	if (env->value[DAY] != NULL && !cmd_day(env, env->value[DAY], &day))
		return EXIT_USAGE;
	st = chy_registry_item_status(env->reg, &d, chy_slice_of(argv[0]),
	    chy_slice_of(argv[1]), status, cmd_join(&by, argc - 2, argv + 2),
	    day, &err);
	chy_buf_done(&by);
	return cmd_casework_done(env, st, &err);
}

static int
run_link(cmd_env *env, int argc, char **argv)
{
	chy_doing d = doing(env);
	chy_error err = { 0 };
	chy_link_kind kind;

	(void)argc;
	if (!chy_link_kind_parse(chy_slice_of(argv[2]), &kind))
		return cmd_bad_usage(env, "\"%s\" is no link; repeats, "
		    "contradicts, answers, depends-on, variant-of, part-of",
		    argv[2]);
	return cmd_casework_done(env, chy_registry_item_link(env->reg, &d,
	    chy_slice_of(argv[0]), chy_slice_of(argv[1]), kind,
	    chy_slice_of(argv[3]), &err), &err);
}

static const cmd_sub subs[] = {
	{ "list",	"",			     0, false, run_list },
	{ "show",	"CASE...",		     1, false, run_show },
	{ "print",	"CASE...",		     1, false, run_show },
	{ "items",	"CASE",			     1, false, run_items },
	{ "propose",	"MRN...",		     1, false, run_propose },
	{ "candidates",	"CASE",			     1, false,
	    run_candidates },
	{ "ics",	"CASE",			     1, false, run_ics },
	{ "new",	"CASE TITLE...",	     2, true,  run_new },
	{ "set",	"CASE FIELD VALUE...",	     3, true,  run_set },
	{ "add",	"CASE MRN...",		     2, true,  run_add },
	{ "accept",	"CASE MRN [ITEM...]",	     2, true,  run_accept },
	{ "enter",	"CASE FIELD=VALUE...",	     2, true,  run_enter },
	{ "close-item",	"CASE ITEM [BY...]",	     2, true,
	    run_close_item },
	{ "link",	"CASE ITEM LINK ITEM",	     4, true,  run_link },
	{ NULL, NULL, 0, false, NULL },
};

static int
run(cmd_env *env, int argc, char **argv)
{
	char list[] = "list";
	char *only[] = { list, NULL };

	return argc == 0 ? cmd_sub_run(env, subs, 1, only) :
	    cmd_sub_run(env, subs, argc, argv);
}

const chy_cmd cmd_case = { "[WORD [CASE|MRN [ITEM|WORDS...]]]", 0, options,
    run };
