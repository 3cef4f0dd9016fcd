/*
 * Filing: what is set down of an original, and how it is put into the
 * database.
 *
 * The first half runs in any thread and touches no database; the second is
 * the one writer's, and does as little as it can.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "base/limits.h"
#include "forms/forms.h"
#include "store/casework.h"
#include "store/likeness.h"
#include "store/pack.h"
#include "store/store_int.h"

#define MCN_LAST	9999u	/* then 0001 */
#define WORDS_MAX	200u	/* kept of a document cited in words */

struct chy_filer {
	chy_telegram *tel;	/* read into again and again */
	struct chy_packer *packer;
};

chy_status
chy_filer_new(chy_filer **ret_filer, chy_error *err)
{
	chy_filer *filer = calloc(1, sizeof(*filer));

	if (filer != NULL) {
		filer->packer = chy_packer_new();
		filer->tel = calloc(1, sizeof(*filer->tel));
	}
	if (filer == NULL || filer->packer == NULL || filer->tel == NULL) {
		chy_filer_free(filer);
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	}
	*ret_filer = filer;
	return CHY_OK;
}

void
chy_filer_free(chy_filer *filer)
{
	if (filer == NULL)
		return;
	chy_telegram_free(filer->tel);
	chy_packer_free(filer->packer);
	free(filer);
}

chy_status
chy_filer_follow(chy_filer *filer, chy_store *store, chy_error *err)
{
	return chy_packer_follow(filer->packer, store, err);
}

const chy_telegram *
chy_filer_telegram(const chy_filer *filer)
{
	return filer->tel;
}


/* ---- making ---- */

static uint32_t
label_index(chy_filing *f, chy_arena *arena, const chy_label *label)
{
	char text[CHY_LABEL_MAX];
	chy_slice name = { text, chy_label_print(label, text, sizeof(text)) };

	for (uint32_t i = 0; i < f->n_labels; i++)
		if (chy_slice_eq(f->labels[i], name))
			return i;
	/* Room for one a row and one a mark was made. */
	f->labels[f->n_labels] = chy_arena_copy(arena, name);
	return f->n_labels++;
}

/* What a mark comes to, remembered: a telegram has few different ones. */
struct marks {
	chy_slice mark[16];
	uint32_t  label[16], alone[16];
	uint32_t  n;
};

static void
labels_of(chy_filing *f, chy_arena *arena, const chy_label *telegram,
    struct marks *seen, chy_filing_row *row)
{
	chy_slice mark = row->row.mark;
	chy_label label;

	row->label = row->mark = 0;
	if (mark.len == 0)
		return;
	for (uint32_t i = 0; i < seen->n; i++)
		if (chy_slice_eq(seen->mark[i], mark)) {
			row->label = seen->label[i];
			row->mark = seen->alone[i];
			return;
		}
	label = chy_label_portion(telegram, mark);
	row->label = label_index(f, arena, &label);
	if (chy_label_parse(mark, &label, NULL) == CHY_OK)
		row->mark = label_index(f, arena, &label) + 1;
	if (seen->n < ARRAY_LEN(seen->mark)) {
		seen->mark[seen->n] = mark;
		seen->label[seen->n] = row->label;
		seen->alone[seen->n++] = row->mark;
	}
}

static chy_status
make_rows(chy_filing *f, const chy_telegram *tel, chy_arena *arena)
{
	chy_label label = chy_label_telegram(tel);
	struct marks seen = { .n = 0 };
	chy_row *rows;
	uint32_t n;
	chy_status st = chy_rows_make(tel, arena, &rows, &n);

	if (st != CHY_OK)
		return st;
	f->labels = chy_arena_alloc(arena, (2 * (size_t)n + 1) *
	    sizeof(*f->labels));
	f->rows = chy_arena_alloc(arena, ((size_t)n + 1) * sizeof(*f->rows));
	if (f->labels == NULL || f->rows == NULL)
		return CHY_ERR_NO_MEMORY;
	(void)label_index(f, arena, &label);
	for (uint32_t i = 0; i < n; i++) {
		f->rows[i].row = rows[i];
		labels_of(f, arena, &label, &seen, &f->rows[i]);
		/* The telegram's memory is used again. */
		f->rows[i].row.text = chy_arena_copy(arena, rows[i].text);
		f->rows[i].row.id = chy_arena_copy(arena, rows[i].id);
		f->text_bytes += rows[i].text.len;
	}
	f->n_rows = n;
	return chy_likeness_make(tel, rows, n, arena, &f->names, &f->sketch);
}

static chy_slice
post_key(chy_arena *arena, chy_slice words, int32_t year)
{
	char key[CHY_VOCAB_KEY_MAX];

	return chy_arena_copy(arena, (chy_slice){ key,
	    chy_post_key(words, year, key, sizeof(key)) });
}

/*
 * 9667, 7881-7884: the numbers of all sections. One of several that stands
 * for the whole telegram has as many as there are sections; 0000 is none.
 *
 * Source: telegram-format 6.1.
 */
static void
read_mcn(const chy_telegram *tel, chy_slice mcn, chy_filing_addressee *to)
{
	uint32_t v[2] = { 0, 0 };
	unsigned n = 0;

	for (size_t i = 0; i < mcn.len && n < 2; i++) {
		if (chy_is_digit(mcn.ptr[i]))
			v[n] = v[n] * 10 + (uint32_t)(mcn.ptr[i] - '0');
		else if (mcn.ptr[i] == '-')
			n++;
		if (v[n < 2 ? n : 0] > MCN_LAST)
			return;
	}
	if (v[0] == 0)
		return;
	to->mcn_first = v[0];
	if (n == 0 && tel->sections > 1 && tel->section <= 1)
		v[1] = v[0] + tel->sections - 1;
	/* Past 9999 they begin again. */
	to->mcn_last = n == 0 && v[1] == 0 ? v[0] : v[1] > MCN_LAST ?
	    v[1] - MCN_LAST : v[1];
	if (to->mcn_last == 0)
		to->mcn_last = v[0];
}

static void
make_who(chy_filing *f, const chy_telegram *tel, chy_arena *arena)
{
	const chy_originator *o = &tel->originator;
	chy_mrn mrn;

	f->post = f->origin = CHY_EMPTY;
	if (f->canonical_id.len > 0 &&
	    chy_mrn_parse(f->canonical_id, tel->year, &mrn))
		f->post = chy_arena_copy(arena,
		    (chy_slice){ mrn.post, mrn.post_len });
	if (o->plad.len > 0)
		f->origin = post_key(arena, o->plad, tel->year);
	else if (o->post.len > 0)
		f->origin = post_key(arena, o->post, tel->year);
	else if (o->name.len > 0)
		f->origin = post_key(arena, o->name, tel->year);
	if (f->post.len == 0)
		f->post = f->origin;
	f->addressees = chy_arena_alloc(arena, ((size_t)tel->n_addressees + 1) *
	    sizeof(*f->addressees));
	if (f->addressees == NULL)
		return;
	for (uint32_t i = 0; i < tel->n_addressees; i++) {
		const chy_addressee *a = &tel->addressees[i];
		chy_filing_addressee to = { .role = a->role };

		if (a->plad.len == 0)
			continue;
		to.post = post_key(arena, a->plad, tel->year);
		read_mcn(tel, a->mcn, &to);
		f->addressees[f->n_addressees++] = to;
	}
}

static chy_slice *
copy_slices(chy_arena *arena, const chy_slices *from, uint32_t *ret_n)
{
	chy_slice *to = chy_arena_alloc(arena,
	    ((size_t)from->n + 1) * sizeof(*to));

	for (uint32_t i = 0; to != NULL && i < from->n; i++)
		to[i] = chy_arena_copy(arena, from->at[i]);
	*ret_n = to != NULL ? from->n : 0;
	return to;
}

static void
make_lists(chy_filing *f, const chy_telegram *tel, chy_arena *arena)
{
	f->captions = copy_slices(arena, &tel->captions, &f->n_captions);
	f->tags = chy_arena_alloc(arena,
	    ((size_t)tel->n_tags + 1) * sizeof(*f->tags));
	if (f->tags == NULL)
		return;
	for (uint32_t i = 0; i < tel->n_tags; i++)
		f->tags[f->n_tags++] = chy_arena_copy(arena, tel->tags[i].code);
}

/* What paragraphs cite by number: of each value once a paragraph. */
static void
add_mentions(chy_filing *f, const chy_telegram *tel, chy_arena *arena)
{
	uint32_t row = 0, before = f->n_citations;

	for (uint32_t i = 0; i < tel->n_mentions && i < CHY_LIMIT_MENTIONS;
	    i++) {
		const chy_mention *m = &tel->mentions[i];
		bool again = false;

		if (!m->sure || m->value.len == 0 ||
		    chy_slice_eq(m->value, tel->canonical_id))
			continue;
		/* Both are in the order of the text. */
		while (row < f->n_rows &&
		    (f->rows[row].row.kind != CHY_ROW_PARAGRAPH ||
		    f->rows[row].row.paragraph != m->paragraph))
			row++;
		if (row == f->n_rows) {
			row = 0;
			continue;
		}
		for (uint32_t k = before; k < f->n_citations; k++)
			again |= f->citations[k].part == row &&
			    chy_slice_eq(f->citations[k].value, m->value);
		if (!again)
			f->citations[f->n_citations++] = (chy_filing_citation){
				.value = chy_arena_copy(arena, m->value),
				.sender = CHY_EMPTY, .dtg = INT64_MIN,
				.part = row, .year_printed = m->year_printed };
	}
}

/* After the rows, since citations in paragraphs name theirs. */
static void
make_citations(chy_filing *f, const chy_telegram *tel, chy_arena *arena)
{
	f->citations = chy_arena_alloc(arena, ((size_t)tel->n_references +
	    tel->n_mentions + 1) * sizeof(*f->citations));
	if (f->citations == NULL)
		return;
	for (uint32_t i = 0; i < tel->n_references; i++) {
		const chy_reference *r = &tel->references[i];
		chy_filing_citation *c = &f->citations[f->n_citations++];

		*c = (chy_filing_citation){
			.sender = CHY_EMPTY, .dtg = INT64_MIN,
			.kind = r->kind, .fault = r->fault, .notes = r->notes,
			.part = UINT32_MAX, .letter = r->letter,
			.year_printed = r->year_printed };
		c->value = chy_arena_copy(arena, chy_slice_sub(r->value, 0,
		    WORDS_MAX));
		if (r->kind == CHY_REF_TELEGRAM && r->value.len == 0 &&
		    r->dtg_civil.year != 0) {
			c->dtg = chy_civil_seconds(r->dtg_civil);
			c->sender = post_key(arena, r->sender, tel->year);
		}
	}
	if (tel->n_mentions > 0)
		add_mentions(f, tel, arena);
}

static uint32_t
make_flags(const chy_telegram *tel)
{
	uint32_t flags = 0;

#define HAS(flag, what) flags |= (what) ? CHY_HAS_##flag : 0
	HAS(CORRECTED, tel->corrected);
	HAS(PARTIAL, tel->partial);
	HAS(SECTIONS, tel->sections > 1);
	HAS(DTG, tel->dtg_civil.year != 0);
	HAS(ORIGINATOR, tel->originator.plad.len > 0 ||
	    tel->originator.name.len > 0);
	HAS(SUBJECT, tel->subject.len > 0);
	HAS(TAGS, tel->n_tags > 0);
	HAS(REFERENCES, tel->n_references > 0);
	HAS(LEVEL, tel->level != CHY_LEVEL_NONE);
	HAS(EO, tel->eo_order.len > 0);
	HAS(SIGNER, tel->signers.n > 0);
	HAS(FORM, tel->form != NULL);
	HAS(ID, tel->canonical_id.len > 0);
	HAS(CAPTIONS, tel->captions.n > 0);
	for (uint32_t i = 0; i < tel->n_addressees; i++)
		HAS(ACTION, tel->addressees[i].role == CHY_ROLE_ACTION);
#undef HAS
	return flags;
}

/* The office it is passed to, else the first action addressee. */
static chy_slice
make_office(const chy_filing *f, const chy_telegram *tel, chy_arena *arena)
{
	for (uint32_t i = 0; i < tel->n_passing; i++) {
		const chy_passing *p = &tel->passing[i];

		if (p->offices.n > 0 && (p->addressee.len == 0 ||
		    chy_slice_istarts(p->addressee, CHY_SLICE("DEP")) ||
		    chy_slice_istarts(p->addressee, CHY_SLICE("STATE"))))
			return chy_arena_copy(arena, p->offices.at[0]);
	}
	for (uint32_t i = 0; i < f->n_addressees; i++)
		if (f->addressees[i].role == CHY_ROLE_ACTION)
			return f->addressees[i].post;
	return CHY_EMPTY;
}

/* Action requests, each with the label of its paragraph. */
static void
make_asks(chy_filing *f, const chy_telegram *tel, chy_arena *arena)
{
	chy_casework_settings set = chy_casework_defaults();
	chy_action_ask *asks;
	uint32_t n;

	f->office = make_office(f, tel, arena);
	if (tel->n_action_requests == 0)
		return;
	n = chy_casework_asks(tel, &set, arena, &asks);
	f->asks = chy_arena_zalloc(arena, (size_t)n + 1, sizeof(*f->asks));
	for (uint32_t i = 0; f->asks != NULL && i < n; i++) {
		chy_slice label = f->labels[0];

		for (uint32_t r = 0; r < f->n_rows; r++)
			if (f->rows[r].row.paragraph ==
			    asks[i].paragraph_index)
				label = f->labels[f->rows[r].label];
		f->asks[f->n_asks++] = (chy_filing_ask){
			.paragraph = asks[i].paragraph,
			.pointed = asks[i].pointed, .what = asks[i].what,
			.asker = asks[i].by.name, .asked = asks[i].to.name,
			.label = label, .due = asks[i].due,
			.group = asks[i].group,
		};
	}
}

static chy_status
make_all(chy_filing *f, const chy_telegram *tel, chy_arena *arena)
{
	chy_status st;

	f->canonical_id = chy_arena_copy(arena, tel->canonical_id);
	f->year = tel->dtg_civil.year != 0 ? tel->dtg_civil.year : tel->year;
	if (tel->dtg_civil.year != 0)
		f->dtg = chy_civil_seconds(tel->dtg_civil);
	f->level = tel->level;
	f->precedence = tel->precedence;
	/* One that says SECTION 01 OF 01 is whole. */
	f->section = tel->sections > 1 ? tel->section : 0;
	f->flags = make_flags(tel);
	f->form = tel->form;
	f->findings = tel->findings.count;
	make_who(f, tel, arena);
	make_lists(f, tel, arena);
	st = make_rows(f, tel, arena);
	if (st == CHY_OK) {
		make_citations(f, tel, arena);
		make_asks(f, tel, arena);
	}
	return st;
}

static chy_slice
print_options(chy_arena *arena, const chy_filing_source *source)
{
	char text[64];
	int n = 0;

	if (source->form == NULL && source->year == 0)
		return CHY_EMPTY;
	if (source->form != NULL)
		n = snprintf(text, sizeof(text), "form=%.30s%s", source->form,
		    source->year != 0 ? " " : "");
	if (source->year != 0)
		n += snprintf(text + n, sizeof(text) - (size_t)n, "year=%d",
		    (int)source->year);
	return chy_arena_copy(arena, (chy_slice){ text, (size_t)n });
}

chy_status
chy_filing_make(chy_filer *filer, const chy_piece *piece,
    const chy_filing_source *source, chy_arena *arena, chy_filing *ret,
    chy_error *err)
{
	chy_read_options opts = {
		.form = source->form, .year = source->year,
		.file = source->file, .part = piece->part,
		.wrapper = piece->wrapper,
	};
	chy_filing f = { .size = piece->raw.len, .unread = CHY_EMPTY };
	chy_error why = { .status = CHY_OK };
	chy_status st = CHY_OK;

	f.file = chy_arena_copy(arena, source->file);
	f.part = piece->part;
	f.place = piece->raw_off;
	f.options = print_options(arena, source);
	if (source->repack) {
		if (source->sha256 != NULL)
			memcpy(f.sha256, source->sha256, CHY_SHA256);
		else
			chy_sha256(piece->raw, f.sha256);
		st = chy_pack(filer->packer, CHY_PACK_ORIGINAL, piece->raw,
		    arena, &f.packed, &f.codec);
	}
	if (st == CHY_OK && piece->trouble != NULL) {
		f.unread = chy_arena_copy(arena, chy_slice_of(piece->trouble));
	} else if (st == CHY_OK) {
		st = chy_telegram_reread(filer->tel, piece->text, &opts, &why);
		/* No form, and no text either: kept, but not as a telegram. */
		if (st == CHY_OK && filer->tel->form == NULL &&
		    memchr(piece->text.ptr, '\0', piece->text.len) != NULL) {
			f.unread = CHY_SLICE("not text: it holds NUL bytes");
		} else if (st == CHY_OK) {
			st = make_all(&f, filer->tel, arena);
			if (st == CHY_OK)
				st = chy_pack(filer->packer, CHY_PACK_NAMES,
				    f.names, arena, &f.names, &f.names_codec);
		} else if (st != CHY_ERR_NO_MEMORY && st != CHY_ERR_NOT_FOUND) {
			f.unread = chy_arena_copy(arena, chy_slice_of(why.text));
			st = CHY_OK;
		}
	}
	if (st == CHY_OK && chy_arena_failed(arena))
		st = CHY_ERR_NO_MEMORY;
	if (st == CHY_ERR_NOT_FOUND)
		return chy_fail(err, st, "%s", why.text);
	if (st != CHY_OK)
		return chy_fail(err, st, "no memory to read a telegram");
	*ret = f;
	return CHY_OK;
}


/* ---- putting ---- */

chy_status
chy_store_begin(chy_store *store, chy_error *err)
{
	chy_status st = chy_db_begin(store->db, true, err);

	if (st != CHY_OK)
		return st;
	store->writing = true;
	store->changed = false;
	store->has_days = false;
	chy_store_connected(store);
	chy_store_ahead_clear(store);
	chy_store_foresee_clear(store);
	st = chy_store_load_labels(store, err);
	if (st == CHY_OK)
		st = chy_store_number(store, "SELECT COALESCE(MAX(id), 0) + 1 "
		    "FROM original", &store->next_original, err);
	if (st == CHY_OK)
		st = chy_store_number(store, "SELECT COALESCE("
		    "MAX(first_row + row_count), 1) FROM telegram",
		    &store->next_row, err);
	if (st == CHY_OK)
		st = chy_store_number(store, "SELECT COALESCE(MAX(id), 0) + 1 "
		    "FROM container", &store->next_container, err);
	if (st != CHY_OK)
		chy_store_abort(store);
	return st;
}

void
chy_store_abort(chy_store *store)
{
	if (!store->writing)
		return;
	store->writing = false;
	store->n_parts = 0;
	chy_store_foresee_clear(store);
	for (size_t i = 0; i < ST_COUNT; i++)
		if (store->statements[i] != NULL)
			chy_stmt_reset(store->statements[i]);
	chy_db_rollback(store->db);
	/* Labels that were new are not there any more. */
	while (store->n_labels > store->n_committed_labels)
		free((void *)(uintptr_t)
		    store->label_names[--store->n_labels].ptr);
}

chy_status
chy_store_commit(chy_store *store, chy_error *err)
{
	int64_t change;
	chy_status st = CHY_OK;

	if (store->changed) {
		st = chy_store_get_meta(store, "change", &change, err);
		if (st == CHY_OK)
			st = chy_store_put_meta(store, "change", change + 1, err);
	}
	if (st == CHY_OK)
		st = chy_db_commit(store->db, err);
	if (st != CHY_OK) {
		chy_store_abort(store);
		return st;
	}
	store->writing = false;
	chy_store_foresee_clear(store);
	store->n_committed_labels = store->n_labels;
	return CHY_OK;
}

chy_status
chy_store_is_known(chy_store *store, const unsigned char sha256[CHY_SHA256],
    bool *ret_known, chy_error *err)
{
	chy_slice hash = { (const char *)sha256, CHY_SHA256 };
	chy_stmt *s;
	chy_status st;

	*ret_known = false;
	if (chy_store_is_absent(store, FORESEEN_HASH, hash))
		return CHY_OK;
	s = chy_store_stmt(store, ST_KNOWN, err);
	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_blob(s, 1, hash);
	st = chy_stmt_step(s, ret_known, err);
	chy_stmt_reset(s);
	return st;
}

chy_status
chy_store_container(chy_store *store, chy_slice name, int64_t *ret_id,
    chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_PUT_CONTAINER, err);

	if (s == NULL)
		return CHY_ERR_STORE;
	*ret_id = store->next_container++;
	chy_stmt_int(s, 1, *ret_id);
	chy_stmt_text(s, 2, name);
	return chy_stmt_run(s, err);
}

chy_status
chy_store_container_done(chy_store *store, int64_t id,
    const unsigned char sha256[CHY_SHA256], uint64_t size, chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_END_CONTAINER, err);

	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_int(s, 1, id);
	chy_stmt_blob(s, 2, (chy_slice){ (const char *)sha256, CHY_SHA256 });
	chy_stmt_int(s, 3, (int64_t)size);
	return chy_stmt_run(s, err);
}

/* The part that bytes of that year lie in. A year that no archive has, made
 * up or misread, gets none of its own: there may be no end of them. */
static chy_status
need_part(chy_store *store, int32_t *year, chy_error *err)
{
	chy_stmt *s;
	chy_status st;

	if (*year < 1900 || *year > 2099)
		*year = 0;
	for (uint32_t i = 0; i < store->n_parts; i++)
		if (store->parts[i] == *year)
			return CHY_OK;
	s = chy_store_stmt(store, ST_NEED_PART, err);
	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_int(s, 1, *year);
	st = chy_stmt_run(s, err);
	if (st == CHY_OK && store->n_parts == ARRAY_LEN(store->parts))
		store->n_parts = 0;
	if (st == CHY_OK)
		store->parts[store->n_parts++] = *year;
	return st;
}

static chy_status
put_original(chy_store *store, const chy_filing *f, int64_t id,
    int64_t container, chy_error *err)
{
	int32_t year = f->unread.len > 0 ? 0 : f->year;
	chy_status st = store->by_year ? need_part(store, &year, err) : CHY_OK;
	chy_stmt *s = chy_store_stmt(store, ST_PUT_ORIGINAL, err);

	if (st == CHY_OK)
		st = chy_pack_is_known(store, f->packed, f->codec, err);
	if (st != CHY_OK)
		return st;
	if (s == NULL)
		return CHY_ERR_STORE;
	chy_store_appeared(store, FORESEEN_HASH,
	    (chy_slice){ (const char *)f->sha256, CHY_SHA256 });
	chy_stmt_int(s, 1, id);
	chy_stmt_blob(s, 2, (chy_slice){ (const char *)f->sha256,
	    CHY_SHA256 });
	chy_stmt_int(s, 3, (int64_t)f->size);
	chy_stmt_int(s, 4, f->codec);
	if (container != 0) {
		chy_stmt_null(s, 5);
		chy_stmt_int(s, 6, container);
	} else {
		chy_stmt_text(s, 5, f->file);
		chy_stmt_null(s, 6);
	}
	chy_stmt_int(s, 7, f->part);
	chy_stmt_int(s, 8, (int64_t)f->place);
	if (f->options.len > 0)
		chy_stmt_text(s, 9, f->options);
	else
		chy_stmt_null(s, 9);
	if (store->by_year)
		chy_stmt_int(s, 10, year);
	st = chy_stmt_run(s, err);
	if (st != CHY_OK)
		return st;
	s = chy_store_stmt(store, ST_PUT_BYTES, err);
	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_int(s, 1, id);
	chy_stmt_blob(s, 2, f->packed);
	if (store->by_year)
		chy_stmt_int(s, 3, year);
	return chy_stmt_run(s, err);
}

chy_status
chy_store_put_packed(chy_store *store, const chy_filing *f, int64_t id,
    int64_t container, chy_error *err)
{
	store->changed = true;
	return put_original(store, f, id, container, err);
}

static void
text_or_null(chy_stmt *s, int at, chy_slice text)
{
	if (text.len > 0)
		chy_stmt_text(s, at, text);
	else
		chy_stmt_null(s, at);
}

/* The words of its rows go to the index. */
static chy_status
put_rows(chy_store *store, const chy_filing *f, chy_error *err)
{
	chy_status st = CHY_OK;

	for (uint32_t i = 0; i < f->n_rows && st == CHY_OK; i++)
		st = chy_text_add(store->db, store->next_row++,
		    f->rows[i].row.text, err);
	return st;
}

static void
put_number(chy_buf *buf, uint32_t v, int bytes)
{
	for (int i = 0; i < bytes; i++)
		chy_buf_putc(buf, (char)(v >> (8 * i) & 0xff));
}

/* telegram.rows, as the schema describes it. */
static void
pack_rows(const chy_filing *f, const uint32_t *numbers, chy_buf *buf)
{
	for (uint32_t i = 0; i < f->n_rows; i++) {
		const chy_filing_row *r = &f->rows[i];

		put_number(buf, (uint32_t)r->row.kind |
		    (r->row.summary ? CHY_ROW_SUMMARY : 0) |
		    (r->row.request ? CHY_ROW_REQUEST : 0), 1);
		put_number(buf, numbers[r->label], 2);
		put_number(buf, r->mark != 0 ? numbers[r->mark - 1] : 0, 2);
		put_number(buf, r->row.span.off, 4);
		put_number(buf, r->row.span.len, 4);
	}
}

static void
pack_lists(const chy_filing *f, chy_buf *tags, chy_buf *captions,
    chy_buf *addressees, chy_buf *continuity)
{
	static const char roles[] = { [CHY_ROLE_ACTION] = 'A',
	    [CHY_ROLE_INFO] = 'I', [CHY_ROLE_EXEMPT] = 'X' };

	for (uint32_t i = 0; i < f->n_tags; i++) {
		if (i > 0)
			chy_buf_putc(tags, '\n');
		chy_buf_put(tags, f->tags[i]);
	}
	for (uint32_t i = 0; i < f->n_captions; i++) {
		if (i > 0)
			chy_buf_putc(captions, '\n');
		chy_buf_put(captions, f->captions[i]);
	}
	for (uint32_t i = 0; i < f->n_addressees; i++) {
		if (i > 0)
			chy_buf_putc(addressees, '\n');
		chy_buf_putc(addressees, roles[f->addressees[i].role]);
		chy_buf_putc(addressees, ' ');
		chy_buf_put(addressees, f->addressees[i].post);
		if (f->addressees[i].mcn_first == 0)
			continue;
		chy_buf_printf(continuity, "%s%u %u %.*s", continuity->len > 0 ?
		    "\n" : "", f->addressees[i].mcn_first,
		    f->addressees[i].mcn_last,
		    CHY_ARG(f->addressees[i].post));
	}
}

/* The subject as it is in the index, for patterns. */
static chy_slice
subject_of(const chy_filing *f)
{
	for (uint32_t i = 0; i < f->n_rows; i++)
		if (f->rows[i].row.kind == CHY_ROW_SUBJECT)
			return f->rows[i].row.text;
	return CHY_EMPTY;
}

static chy_status
put_telegram(chy_store *store, const chy_filing *f, int64_t id,
    const uint32_t *numbers, chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_PUT_TELEGRAM, err);
	chy_buf *b = store->lists;
	chy_status st;

	if (s == NULL)
		return CHY_ERR_STORE;
	chy_store_appeared(store, FORESEEN_TELEGRAM, f->canonical_id);
	for (size_t i = 0; i < ARRAY_LEN(store->lists); i++)
		chy_buf_reset(&b[i]);
	pack_lists(f, &b[0], &b[1], &b[2], &b[4]);
	pack_rows(f, numbers, &b[3]);
	for (size_t i = 0; i < ARRAY_LEN(store->lists); i++)
		if (chy_buf_status(&b[i]) != CHY_OK)
			return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_stmt_int(s, 1, id);
	text_or_null(s, 2, f->canonical_id);
	if ((f->flags & CHY_HAS_DTG) != 0)
		chy_stmt_int(s, 3, f->dtg);
	else
		chy_stmt_null(s, 3);
	chy_stmt_int(s, 4, f->year);
	text_or_null(s, 5, f->post);
	text_or_null(s, 6, f->origin);
	chy_stmt_int(s, 7, f->level);
	chy_stmt_int(s, 8, numbers[0]);
	chy_stmt_int(s, 9, f->precedence);
	chy_stmt_int(s, 10, f->section);
	chy_stmt_int(s, 11, f->flags);
	text_or_null(s, 12, f->form != NULL ? chy_slice_of(f->form) :
	    CHY_EMPTY);
	chy_stmt_int(s, 13, CHY_FORMS_VERSION);
	chy_stmt_int(s, 14, store->next_row);
	chy_stmt_int(s, 15, f->n_rows);
	for (int i = 0; i < 3; i++)
		text_or_null(s, 16 + i, chy_buf_slice(&b[i]));
	chy_stmt_blob(s, 19, chy_buf_slice(&b[3]));
	text_or_null(s, 20, chy_buf_slice(&b[4]));
	text_or_null(s, 21, subject_of(f));
	st = chy_stmt_run(s, err);
	return st;
}

static chy_status
put_likeness(chy_store *store, const chy_filing *f, int64_t id,
    chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_PUT_LIKENESS, err);
	bool packed = f->names_codec != CHY_CODEC_PLAIN;
	chy_status st = chy_pack_is_known(store, f->names, f->names_codec,
	    err);

	if (st != CHY_OK)
		return st;
	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_int(s, 1, id);
	chy_stmt_text(s, 2, packed ? CHY_EMPTY : f->names);
	chy_stmt_blob(s, 3, f->sketch);
	chy_stmt_int(s, 4, f->names_codec);
	if (packed)
		chy_stmt_blob(s, 5, f->names);
	else
		chy_stmt_null(s, 5);
	return chy_stmt_run(s, err);
}

static chy_status
put_citations(chy_store *store, const chy_filing *f, int64_t id,
    chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_PUT_CITATION, err);
	chy_status st = s == NULL ? CHY_ERR_STORE : CHY_OK;

	for (uint32_t i = 0; i < f->n_citations && st == CHY_OK; i++) {
		const chy_filing_citation *c = &f->citations[i];

		chy_stmt_int(s, 1, id);
		chy_stmt_int(s, 2, i);
		chy_store_appeared(store, FORESEEN_CITED, c->value);
		chy_stmt_text(s, 3, c->value);
		chy_stmt_int(s, 4, (unsigned char)c->letter);
		chy_stmt_int(s, 5, c->year_printed);
		chy_stmt_int(s, 6, c->kind);
		chy_stmt_int(s, 7, c->notes);
		chy_stmt_int(s, 8, c->fault);
		if (c->dtg != INT64_MIN)
			chy_stmt_int(s, 9, c->dtg);
		else
			chy_stmt_null(s, 9);
		text_or_null(s, 10, c->sender);
		if (c->part != UINT32_MAX)
			chy_stmt_int(s, 11, c->part);
		else
			chy_stmt_null(s, 11);
		st = chy_stmt_run(s, err);
	}
	return st;
}

/* All that was read from original `id`. */
static chy_status
put_read(chy_store *store, const chy_filing *f, int64_t id, chy_error *err)
{
	uint32_t few[64], *numbers = few;
	chy_status st = CHY_OK;
	chy_stmt *s;

	if (f->unread.len > 0) {
		s = chy_store_stmt(store, ST_PUT_UNREAD, err);
		if (s == NULL)
			return CHY_ERR_STORE;
		chy_stmt_int(s, 1, id);
		chy_stmt_text(s, 2, f->unread);
		return chy_stmt_run(s, err);
	}
	if (f->n_labels > ARRAY_LEN(few)) {
		numbers = malloc(f->n_labels * sizeof(*numbers));
		if (numbers == NULL)
			return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	}
	for (uint32_t i = 0; i < f->n_labels && st == CHY_OK; i++)
		st = chy_store_label_number(store, f->labels[i], &numbers[i],
		    err);
	if (st == CHY_OK)
		st = put_telegram(store, f, id, numbers, err);
	if (st == CHY_OK)
		st = put_rows(store, f, err);
	if (st == CHY_OK)
		st = put_citations(store, f, id, err);
	if (st == CHY_OK)
		st = put_likeness(store, f, id, err);
	if (numbers != few)
		free(numbers);
	return st;
}

static chy_status
is_copy(chy_store *store, const chy_filing *f, bool *ret, chy_error *err)
{
	chy_stmt *s;
	chy_status st;

	*ret = false;
	if (f->canonical_id.len == 0 || f->unread.len > 0 ||
	    chy_store_is_absent(store, FORESEEN_TELEGRAM, f->canonical_id))
		return CHY_OK;
	s = chy_store_stmt(store, ST_SAME_SECTION, err);
	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_text(s, 1, f->canonical_id);
	chy_stmt_int(s, 2, f->section);
	st = chy_stmt_step(s, ret, err);
	chy_stmt_reset(s);
	return st;
}

chy_status
chy_store_put(chy_store *store, const chy_filing *f, int64_t container,
    chy_filed *ret, chy_error *err)
{
	bool known, copy;
	int64_t id = store->next_original;
	chy_status st = chy_store_is_known(store, f->sha256, &known, err);

	if (st != CHY_OK)
		return st;
	if (known) {
		*ret = CHY_FILED_KNOWN;
		return CHY_OK;
	}
	st = is_copy(store, f, &copy, err);
	if (st == CHY_OK)
		st = put_original(store, f, id, container, err);
	if (st == CHY_OK)
		st = put_read(store, f, id, err);
	if (st == CHY_OK && f->unread.len == 0)
		st = chy_store_casework_file(store, f, copy, false, err);
	if (st != CHY_OK)
		return st;
	store->next_original++;
	store->changed = true;
	*ret = f->unread.len > 0 ? CHY_FILED_UNREAD :
	    copy ? CHY_FILED_COPY : CHY_FILED_NEW;
	return CHY_OK;
}

chy_status
chy_store_clear(chy_store *store, chy_error *err)
{
	int64_t rebuild;
	chy_status st = chy_db_exec(store->db, "DELETE FROM telegram;"
	    "DELETE FROM citation; DELETE FROM unread; "
	    "DELETE FROM likeness;", err);

	if (st == CHY_OK)
		st = chy_text_clear(store->db, err);
	if (st == CHY_OK)
		st = chy_store_get_meta(store, "rebuild", &rebuild, err);
	if (st == CHY_OK)
		st = chy_store_put_meta(store, "rebuild", rebuild + 1, err);
	store->next_row = 1;
	store->changed = true;
	return st;
}

chy_status
chy_store_put_again(chy_store *store, int64_t id, const chy_filing *filing,
    chy_error *err)
{
	chy_status st = put_read(store, filing, id, err);

	if (st == CHY_OK && filing->unread.len == 0)
		st = chy_store_casework_file(store, filing, false, true, err);
	return st;
}
