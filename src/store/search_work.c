/*
 * Fields of a query that ask what was done with telegrams: who has them, what
 * is owed, which case they are in.
 *
 * What a reader may not know of does not count: a task or a case has the label
 * of what it tells, and a delivery is of a telegram.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/ascii.h"
#include "store/casework.h"
#include "store/search_int.h"

/* In capitals, as symbols of offices and names of cases are kept. */
static chy_slice
capitals(chy_slice s, char *out, size_t size)
{
	size_t n = 0;

	for (; n < s.len && n < size; n++)
		out[n] = chy_upper(s.ptr[n]);
	return (chy_slice){ out, n };
}

/* Mark what a statement's rows name by their original. */
static chy_status
mark_originals(struct eval *e, chy_stmt *s, uint64_t *out)
{
	chy_status st;
	bool row;

	while ((st = chy_stmt_step(s, &row, e->err)) == CHY_OK && row)
		chy_eval_original(e, chy_column_int(s, 0), out);
	chy_stmt_reset(s);
	return st;
}

chy_status
chy_eval_office(struct eval *e, const chy_query_node *node, uint64_t *out)
{
	chy_stmt *s = chy_store_stmt(e->store, ST_OFFICE_HAS, e->err);
	char upper[128];

	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_text(s, 1, node->text);
	chy_stmt_text(s, 2, capitals(node->text, upper, sizeof(upper)));
	return mark_originals(e, s, out);
}

chy_status
chy_eval_unread(struct eval *e, uint64_t *out)
{
	chy_stmt *s = chy_store_stmt(e->store, ST_NOT_OPENED, e->err);

	return s == NULL ? CHY_ERR_STORE : mark_originals(e, s, out);
}

bool
chy_store_may(const chy_store *store, const chy_reader *reader,
    chy_slice label, chy_slice tel_label)
{
	chy_label a = chy_label_bottom(), b = chy_label_bottom();

	/* What cannot be read as a label is the owner's alone. */
	if ((label.len > 0 && chy_label_parse(label, &a, NULL) != CHY_OK) ||
	    (tel_label.len > 0 && chy_label_parse(tel_label, &b, NULL) !=
	    CHY_OK))
		return reader->owner;
	return chy_label_may(reader, &a, NULL) && (store->portion_release ||
	    chy_label_may(reader, &b, NULL));
}

/* Whether a task is what action: or is: asks for. */
struct asked_for {
	const chy_query_node *node;
	chy_slice	      upper;	/* its value in capitals */
	char		      post[CHY_VOCAB_KEY_MAX];
	chy_item_status	      status;
	bool		      is_status, any, open, overdue;
	int32_t		      today;
};

static bool
task_fits(const struct asked_for *a, chy_stmt *s)
{
	chy_slice word = chy_column_text(s, 1);
	int32_t due = chy_column_is_null(s, 5) ? CHY_NO_DAY :
	    (int32_t)chy_column_int(s, 5);
	chy_item_status status;

	if (a->any)
		return true;
	if (!chy_item_status_parse(word, &status))
		return false;
	if (a->overdue)
		return chy_is_overdue(status, due, a->today);
	if (a->open)
		return chy_item_status_open(status);
	if (a->is_status)
		return status == a->status;
	return chy_slice_ieq(chy_column_text(s, 2), a->upper) ||
	    chy_slice_ieq(chy_column_text(s, 3), a->upper) ||
	    chy_slice_ieq(chy_column_text(s, 4), a->upper) ||
	    (a->post[0] != '\0' && chy_slice_ieq(chy_column_text(s, 4),
	    chy_slice_of(a->post)));
}

static chy_status
eval_tasks(struct eval *e, const struct asked_for *a, uint64_t *out)
{
	chy_stmt *s = chy_store_stmt(e->store, ST_ALL_TASKS, e->err);
	chy_status st;
	bool row;

	if (s == NULL)
		return CHY_ERR_STORE;
	while ((st = chy_stmt_step(s, &row, e->err)) == CHY_OK && row) {
		uint32_t group;

		/* Who owes it and until when is of the heading too. */
		if (!task_fits(a, s) || !chy_store_may(e->store,
		    &e->view->reader, chy_column_text(s, 6), CHY_EMPTY) ||
		    !chy_store_may(e->store, &e->view->reader,
		    chy_column_text(s, 7), CHY_EMPTY))
			continue;
		group = chy_visible_group(e->store, e->view,
		    chy_column_text(s, 0));
		if (group != CHY_NONE)
			chy_set_put(out, group);
	}
	chy_stmt_reset(s);
	return st;
}

chy_status
chy_eval_action(struct eval *e, const chy_query_node *node, uint64_t *out)
{
	struct asked_for a = { .node = node, .upper = node->text };
	int64_t now = node->low;

	if (node->field == CHY_FIELD_IS) {
		a.overdue = node->low == CHY_FLAG_OVERDUE;
		a.open = !a.overdue;
		now = node->high;
	} else {
		a.any = chy_slice_ieq(node->text, CHY_SLICE("any"));
		a.overdue = chy_slice_ieq(node->text, CHY_SLICE("overdue"));
		a.is_status = chy_item_status_parse(node->text, &a.status);
		/* "open" is all that is not closed. */
		a.open = a.is_status && a.status == CHY_ITEM_OPEN;
		(void)chy_post_key(node->text, 0, a.post, sizeof(a.post));
	}
	a.today = (int32_t)(now / 86400);
	return eval_tasks(e, &a, out);
}

chy_status
chy_eval_case(struct eval *e, const chy_query_node *node, uint64_t *out)
{
	char upper[128];
	chy_slice name = capitals(node->text, upper, sizeof(upper));
	chy_arena arena;
	chy_docket *dockets;
	chy_docket_member *members;
	uint32_t n, n_members;
	chy_status st;

	chy_arena_init(&arena, 0);
	st = chy_store_docket_list(e->store, name, &arena, &dockets, &n,
	    e->err);
	if (st == CHY_OK && n > 0 && chy_store_may(e->store,
	    &e->view->reader, dockets[0].label, CHY_EMPTY)) {
		st = chy_store_docket_member_list(e->store, name, &arena,
		    &members, &n_members, e->err);
		for (uint32_t i = 0; st == CHY_OK && i < n_members; i++) {
			uint32_t group = chy_visible_group(e->store, e->view,
			    members[i].telegram);

			if (group != CHY_NONE)
				chy_set_put(out, group);
		}
	}
	chy_arena_done(&arena);
	return st;
}
