/*
 * Actions: what is owed, by whom, by when; who did what with it.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "registry/casework_int.h"


/* ---- what casework shares ---- */

bool
chy_casework_may(const chy_registry *reg, const chy_reader *reader,
    chy_slice label, chy_slice tel_label, chy_label *join)
{
	chy_label a;

	if (!chy_store_may(reg->store, reader, label, tel_label))
		return false;
	if (join != NULL && label.len > 0 && chy_label_parse(label, &a, NULL) ==
	    CHY_OK)
		*join = chy_label_join(join, &a);
	return true;
}

/* Who owes it and until when is of the heading too, whatever the policy. */
static bool
may_task(const chy_registry *reg, const chy_reader *reader,
    const chy_task *task, chy_label *join)
{
	return chy_store_may(reg->store, reader, task->tel_label, CHY_EMPTY) &&
	    chy_casework_may(reg, reader, task->label, task->tel_label, join);
}

chy_status
chy_doing_begin(chy_registry *reg, const chy_doing *doing, chy_error *err)
{
	if (reg->opts.read_only)
		return chy_fail(err, CHY_ERR_DENIED, "the archive is open for "
		    "reading alone");
	if (doing->who.len == 0)
		return chy_fail(err, CHY_ERR_INVALID, "who does it? The log "
		    "keeps the name");
	return chy_store_begin(reg->store, err);
}

chy_status
chy_doing_end(chy_registry *reg, chy_status st, chy_error *err)
{
	chy_arena_reset(&reg->scratch);
	if (st == CHY_OK)
		return chy_store_commit(reg->store, err);
	chy_store_abort(reg->store);
	return st;
}

chy_status
chy_doing_log(chy_registry *reg, const chy_doing *doing, chy_slice object,
    chy_slice change, chy_slice label, chy_error *err)
{
	chy_case_change row = { .at = doing->now, .who = doing->who,
	    .object = object, .change = change, .why = doing->why,
	    .label = label };

	return chy_store_case_change_put(reg->store, &row, err);
}

chy_slice
chy_label_text(const chy_label *label, chy_arena *arena)
{
	char text[CHY_LABEL_MAX];

	return chy_arena_copy(arena, (chy_slice){ text,
	    chy_label_print(label, text, sizeof(text)) });
}

chy_status
chy_casework_cite(chy_registry *reg, const chy_reader *reader,
    chy_slice address, chy_arena *arena, struct cited *ret, chy_error *err)
{
	chy_shown *shown;
	const chy_telegram *tel;
	chy_label label;
	chy_status st = chy_registry_show(reg, reader, address, &shown, err);

	if (st != CHY_OK)
		return st;
	tel = shown->parts[shown->part].telegram;
	label = chy_label_telegram(tel);
	*ret = (struct cited){
		.id = chy_arena_copy(arena, shown->line.id),
		.paragraph = CHY_EMPTY,
		.tel_label = chy_label_text(&label, arena),
		.post = chy_arena_copy(arena, shown->line.post),
		.day = chy_day_of(tel->dtg_civil),
		.precedence = tel->precedence,
	};
	ret->label = ret->tel_label;
	if (shown->paragraph != UINT32_MAX) {
		const chy_paragraph *p = &tel->paragraphs[shown->paragraph];

		label = chy_label_portion(&label, p->mark);
		ret->label = chy_label_text(&label, arena);
		ret->paragraph = chy_arena_copy(arena, p->id);
	}
	chy_shown_free(shown);
	return CHY_OK;
}


/* ---- listing ---- */

void
chy_actions_free(chy_actions *actions)
{
	if (actions == NULL)
		return;
	chy_arena_done(&actions->arena);
	free(actions);
}

static int32_t
next_due(const chy_action *a)
{
	/* The first clock runs until somebody has answered. */
	if (a->task.status == CHY_ITEM_OPEN &&
	    a->task.first_done == CHY_NO_DAY &&
	    a->task.first_due != CHY_NO_DAY && (a->task.due == CHY_NO_DAY ||
	    a->task.first_due < a->task.due))
		return a->task.first_due;
	return a->task.due;
}

static int
action_cmp(const void *pa, const void *pb)
{
	const chy_action *a = pa, *b = pb;
	int32_t da = next_due(a), db = next_due(b);
	bool oa = chy_item_status_open(a->task.status);
	bool ob = chy_item_status_open(b->task.status);

	if (oa != ob)
		return oa ? -1 : 1;
	if (da != db) {
		if (da == CHY_NO_DAY || db == CHY_NO_DAY)
			return da == CHY_NO_DAY ? 1 : -1;
		return da < db ? -1 : 1;
	}
	return chy_slice_cmp(a->task.name, b->task.name);
}

/* Replies and changes that the reader may not see are not there. */
static void
keep_visible(chy_registry *reg, const chy_reader *reader, chy_action *a)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < a->n_replies; i++)
		if (chy_casework_may(reg, reader, a->replies[i].label,
		    CHY_EMPTY, &a->label))
			a->replies[n++] = a->replies[i];
	a->n_replies = n;
	n = 0;
	for (uint32_t i = 0; i < a->n_changes; i++)
		if (chy_casework_may(reg, reader, a->changes[i].label,
		    CHY_EMPTY, &a->label))
			a->changes[n++] = a->changes[i];
	a->n_changes = n;
	/* What closed it may be a telegram that is not to be known. */
	for (uint32_t i = 0; i < a->n_targets; i++) {
		bool seen = a->targets[i].reply.len == 0 || reader->owner;

		for (uint32_t k = 0; k < a->n_replies; k++)
			seen |= chy_slice_eq(a->replies[k].telegram,
			    a->targets[i].reply);
		if (!seen)
			a->targets[i].reply = CHY_EMPTY;
	}
}

static chy_status
fill_action(chy_registry *reg, const chy_reader *reader, bool changes,
    int32_t today, chy_actions *list, chy_action *a, chy_error *err)
{
	const chy_task *t = &a->task;
	chy_store *store = reg->store;
	int32_t late = t->due;
	chy_status st = CHY_OK;

	if (t->is_group)
		st = chy_store_task_target_list(store, t->name, &list->arena,
		    &a->targets, &a->n_targets, err);
	if (st == CHY_OK)
		st = chy_store_task_reply_list(store, t->name, &list->arena,
		    &a->replies, &a->n_replies, err);
	if (st == CHY_OK && changes)
		st = chy_store_case_change_list(store, t->name, &list->arena,
		    &a->changes, &a->n_changes, err);
	if (st != CHY_OK)
		return st;
	keep_visible(reg, reader, a);
	a->overdue = chy_is_overdue(t->status, t->due, today);
	a->first_overdue = t->status == CHY_ITEM_OPEN &&
	    t->first_done == CHY_NO_DAY &&
	    chy_is_overdue(t->status, t->first_due, today);
	if (a->first_overdue && (late == CHY_NO_DAY || t->first_due < late))
		late = t->first_due;
	if (a->overdue || a->first_overdue)
		a->days_late = today - late;
	return CHY_OK;
}

static int
slice_cmp(const void *a, const void *b)
{
	return chy_slice_cmp(*(const chy_slice *)a, *(const chy_slice *)b);
}

static void
add_office(chy_actions *list, chy_slice office)
{
	if (office.len == 0)
		return;
	for (uint32_t i = 0; i < list->n_offices; i++)
		if (chy_slice_ieq(list->offices[i], office))
			return;
	list->offices[list->n_offices++] = office;
}

static bool
is_wanted(const chy_action_filter *f, const chy_action *a)
{
	if (f->office.len > 0 && !chy_slice_ieq(f->office, a->task.office))
		return false;
	if (f->owner.len > 0 && !chy_slice_ieq(f->owner, a->task.owner))
		return false;
	if (f->name.len > 0)
		return true;
	if (!f->closed && !chy_item_status_open(a->task.status))
		return false;
	return !f->late || a->overdue || a->first_overdue;
}

static chy_status
list_actions(chy_registry *reg, const chy_reader *reader,
    const chy_action_filter *filter, chy_actions *list, chy_error *err)
{
	chy_task *tasks;
	uint32_t n;
	chy_status st = chy_store_task_list(reg->store, filter->name,
	    &list->arena, &tasks, &n, err);

	if (st != CHY_OK)
		return st;
	list->at = chy_arena_zalloc(&list->arena, (size_t)n + 1,
	    sizeof(*list->at));
	list->offices = chy_arena_zalloc(&list->arena, (size_t)n + 1,
	    sizeof(*list->offices));
	if (list->at == NULL || list->offices == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < n && st == CHY_OK; i++) {
		chy_action *a = &list->at[list->n];

		*a = (chy_action){ .task = tasks[i],
		    .label = chy_label_bottom() };
		if (!may_task(reg, reader, &tasks[i], &a->label))
			continue;
		st = fill_action(reg, reader, filter->name.len > 0,
		    list->today, list, a, err);
		if (st != CHY_OK || filter->name.len > 0 ||
		    chy_item_status_open(a->task.status))
			add_office(list, a->task.office);
		if (st != CHY_OK || !is_wanted(filter, a))
			continue;
		list->n_open += chy_item_status_open(a->task.status);
		list->n_late += a->overdue || a->first_overdue;
		list->label = chy_label_join(&list->label, &a->label);
		list->n++;
	}
	if (list->n > 1)
		qsort(list->at, list->n, sizeof(*list->at), action_cmp);
	if (list->n_offices > 1)
		qsort(list->offices, list->n_offices, sizeof(*list->offices),
		    slice_cmp);
	return st;
}

chy_status
chy_registry_actions(chy_registry *reg, const chy_reader *reader,
    const chy_action_filter *filter, int32_t today, chy_actions **ret,
    chy_error *err)
{
	chy_actions *list = calloc(1, sizeof(*list));
	struct asking a;
	chy_status st;

	if (list == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&list->arena, 0);
	list->label = chy_label_bottom();
	list->today = today;
	st = chy_asking_begin(&a, reg, reader, err);
	if (st == CHY_OK) {
		st = list_actions(reg, reader, filter, list, err);
		chy_asking_end(&a);
	}
	if (st == CHY_OK && chy_arena_failed(&list->arena))
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	if (st == CHY_OK && filter->name.len > 0 && list->n == 0)
		st = chy_fail(err, CHY_ERR_NOT_FOUND, "%.*s: no such action",
		    CHY_ARG(chy_slice_sub(filter->name, 0, 100)));
	if (st != CHY_OK) {
		chy_actions_free(list);
		return st;
	}
	*ret = list;
	return CHY_OK;
}


/* ---- changing ---- */

/* The one action of that name, inside the transaction. */
static chy_status
find_task(chy_registry *reg, const chy_reader *reader, chy_slice name,
    chy_task *ret, chy_error *err)
{
	chy_task *tasks;
	uint32_t n;
	chy_status st = chy_store_task_list(reg->store, name, &reg->scratch,
	    &tasks, &n, err);

	if (st != CHY_OK)
		return st;
	for (uint32_t i = 0; i < n; i++)
		if (chy_slice_eq(tasks[i].name, name) &&
		    may_task(reg, reader, &tasks[i], NULL)) {
			*ret = tasks[i];
			return CHY_OK;
		}
	return chy_fail(err, CHY_ERR_NOT_FOUND, "%.*s: no such action",
	    CHY_ARG(chy_slice_sub(name, 0, 100)));
}

static chy_slice
words(chy_registry *reg, const char *verb, chy_slice what)
{
	chy_buf buf = CHY_BUF_INIT;
	chy_slice s;

	chy_buf_puts(&buf, verb);
	chy_buf_put(&buf, what);
	s = chy_arena_copy(&reg->scratch, chy_buf_slice(&buf));
	chy_buf_done(&buf);
	return s;
}

chy_status
chy_registry_action_assign(chy_registry *reg, const chy_doing *doing,
    chy_slice name, chy_slice office, chy_slice owner, chy_error *err)
{
	chy_task task;
	chy_status st = chy_doing_begin(reg, doing, err);

	if (st != CHY_OK)
		return st;
	st = find_task(reg, doing->reader, name, &task, err);
	if (st == CHY_OK && office.len > 0 && !chy_slice_eq(office,
	    task.office)) {
		task.office = office;
		/* Another office chooses its own person. */
		task.owner = CHY_EMPTY;
		st = chy_doing_log(reg, doing, name, words(reg, "to office ",
		    office), task.label, err);
	}
	if (st == CHY_OK && owner.len > 0) {
		task.owner = owner;
		st = chy_doing_log(reg, doing, name, words(reg, "owned by ",
		    owner), task.label, err);
	}
	if (st == CHY_OK)
		st = chy_store_task_put(reg->store, &task, err);
	return chy_doing_end(reg, st, err);
}

static chy_slice
day_words(chy_registry *reg, const char *verb, int32_t day)
{
	char text[11] = "no date";

	if (day != CHY_NO_DAY)
		chy_civil_date(chy_day_civil(day), text);
	return words(reg, verb, chy_slice_of(text));
}

chy_status
chy_registry_action_due(chy_registry *reg, const chy_doing *doing,
    chy_slice name, int32_t day, chy_error *err)
{
	chy_task task;
	chy_status st = chy_doing_begin(reg, doing, err);

	if (st != CHY_OK)
		return st;
	st = find_task(reg, doing->reader, name, &task, err);
	if (st == CHY_OK) {
		task.due = day;
		task.basis = day == CHY_NO_DAY ? CHY_DUE_NONE :
		    CHY_DUE_EXPLICIT;
		task.phrase = words(reg, "set by ", doing->who);
		st = chy_store_task_put(reg->store, &task, err);
	}
	if (st == CHY_OK)
		st = chy_doing_log(reg, doing, name, day_words(reg, "due ",
		    day), task.label, err);
	return chy_doing_end(reg, st, err);
}

#define NAME_SIZE	300u

/* parent.1, parent.2 ...: the first that is free. */
static chy_status
free_name(chy_registry *reg, chy_slice base, const char *between, char *out,
    chy_error *err)
{
	for (unsigned i = 1; i < 1000; i++) {
		chy_task *tasks;
		uint32_t n;
		bool taken = false;
		chy_status st;

		(void)snprintf(out, NAME_SIZE, "%.*s%s%u",
		    CHY_ARG(chy_slice_sub(base, 0, 250)), between, i);
		st = chy_store_task_list(reg->store, chy_slice_of(out),
		    &reg->scratch, &tasks, &n, err);
		if (st != CHY_OK)
			return st;
		for (uint32_t k = 0; k < n; k++)
			taken |= chy_slice_eq(tasks[k].name,
			    chy_slice_of(out));
		if (!taken)
			return CHY_OK;
	}
	return chy_fail(err, CHY_ERR_TOO_LARGE, "more than 999 of one name");
}

chy_status
chy_registry_action_sub(chy_registry *reg, const chy_doing *doing,
    chy_slice name, chy_slice office, chy_slice what, int32_t due,
    char *ret_name, chy_error *err)
{
	char sub_name[NAME_SIZE];
	chy_task task, sub;
	chy_status st;

	if (office.len == 0 || what.len == 0)
		return chy_fail(err, CHY_ERR_INVALID, "a sub-task needs an "
		    "office and what it is to do");
	st = chy_doing_begin(reg, doing, err);
	if (st != CHY_OK)
		return st;
	st = find_task(reg, doing->reader, name, &task, err);
	if (st == CHY_OK && due != CHY_NO_DAY && task.due != CHY_NO_DAY &&
	    due > task.due)
		st = chy_fail(err, CHY_ERR_INVALID, "a sub-task is due no "
		    "later than its action");
	if (st == CHY_OK)
		st = free_name(reg, name, ".", sub_name, err);
	if (st == CHY_OK) {
		sub = task;
		sub.id = 0;
		sub.name = chy_slice_of(sub_name);
		sub.parent = task.name;
		sub.office = office;
		sub.owner = sub.closed_by = CHY_EMPTY;
		sub.what = what;
		sub.asker = task.office;
		sub.asked = office;
		sub.first_due = CHY_NO_DAY;
		sub.first_basis = CHY_DUE_NONE;
		sub.first_done = sub.closed_on = CHY_NO_DAY;
		sub.due = due != CHY_NO_DAY ? due : task.due;
		sub.basis = due != CHY_NO_DAY ? CHY_DUE_EXPLICIT : task.basis;
		sub.phrase = due != CHY_NO_DAY ? words(reg, "set by ",
		    doing->who) : task.phrase;
		sub.status = CHY_ITEM_OPEN;
		sub.is_group = 0;
		st = chy_store_task_put(reg->store, &sub, err);
	}
	if (st == CHY_OK)
		st = chy_doing_log(reg, doing, sub.name, words(reg,
		    "tasked to ", office), sub.label, err);
	st = chy_doing_end(reg, st, err);
	if (st == CHY_OK && ret_name != NULL)
		memcpy(ret_name, sub_name, sizeof(sub_name));
	return st;
}

/* Begin what is done to an action by a telegram: what of it is kept is made
 * first, in an arena that is the caller's afterwards. After a failure nothing
 * is begun, and there is no arena. */
static chy_status
begin_citing(chy_registry *reg, const chy_doing *doing, chy_slice telegram,
    chy_arena *arena, struct cited *ret, chy_error *err)
{
	chy_status st;

	chy_arena_init(arena, 0);
	st = chy_casework_cite(reg, doing->reader, telegram, arena, ret, err);
	if (st == CHY_OK)
		st = chy_doing_begin(reg, doing, err);
	if (st != CHY_OK)
		chy_arena_done(arena);
	return st;
}

chy_status
chy_registry_action_open(chy_registry *reg, const chy_doing *doing,
    chy_slice address, chy_slice office, chy_slice what, int32_t due,
    char *ret_name, chy_error *err)
{
	char base[NAME_SIZE], name[NAME_SIZE];
	chy_casework_settings set;
	struct cited cited;
	chy_arena arena;
	chy_status st;

	if (what.len == 0)
		return chy_fail(err, CHY_ERR_INVALID, "what is to be done?");
	st = begin_citing(reg, doing, address, &arena, &cited, err);
	if (st != CHY_OK)
		return st;
	(void)snprintf(base, sizeof(base), "%.*s%s%.*s",
	    CHY_ARG(chy_slice_sub(cited.id, 0, 200)),
	    cited.paragraph.len > 0 ? "#" : "",
	    CHY_ARG(chy_slice_sub(cited.paragraph, 0, 40)));
	st = free_name(reg, chy_slice_of(base), "-", name, err);
	if (st == CHY_OK)
		st = chy_store_days(reg->store, &set, err);
	if (st == CHY_OK) {
		int32_t today = (int32_t)(doing->now / 86400);
		chy_due first = chy_due_assumed(&set, cited.precedence, today,
		    false);
		chy_due final = chy_due_assumed(&set, cited.precedence, today,
		    true);
		chy_task task = {
			.name = chy_slice_of(name), .telegram = cited.id,
			.paragraph = cited.paragraph, .pointed = CHY_EMPTY,
			.what = what, .asker = doing->who, .asked = office,
			.label = cited.label, .tel_label = cited.tel_label,
			.precedence = cited.precedence, .opened = today,
			.first_due = first.day, .first_basis = first.basis,
			.first_phrase = first.phrase,
			.due = due != CHY_NO_DAY ? due : final.day,
			.basis = due != CHY_NO_DAY ? CHY_DUE_EXPLICIT :
			    final.basis,
			.phrase = due != CHY_NO_DAY ? words(reg, "set by ",
			    doing->who) : final.phrase,
			.office = office, .owner = CHY_EMPTY,
			.parent = CHY_EMPTY, .status = CHY_ITEM_OPEN,
			.first_done = CHY_NO_DAY, .closed_by = CHY_EMPTY,
			.closed_on = CHY_NO_DAY,
		};

		st = chy_store_task_put(reg->store, &task, err);
		if (st == CHY_OK)
			st = chy_doing_log(reg, doing, task.name, words(reg,
			    "opened by hand for ", office), task.label, err);
	}
	st = chy_doing_end(reg, st, err);
	chy_arena_done(&arena);
	if (st == CHY_OK && ret_name != NULL)
		memcpy(ret_name, name, sizeof(name));
	return st;
}

/* The label of an action and of what is said of it with a telegram. */
static chy_slice
joined(chy_registry *reg, chy_slice a, chy_slice b)
{
	chy_label la, lb;

	if (chy_label_parse(a, &la, NULL) != CHY_OK ||
	    chy_label_parse(b, &lb, NULL) != CHY_OK)
		return a;
	la = chy_label_join(&la, &lb);
	return chy_label_text(&la, &reg->scratch);
}

chy_status
chy_registry_action_reply(chy_registry *reg, const chy_doing *doing,
    chy_slice name, chy_slice telegram, bool final, chy_error *err)
{
	struct cited cited;
	chy_arena arena;
	chy_task task;
	chy_status st;

	st = begin_citing(reg, doing, telegram, &arena, &cited, err);
	if (st != CHY_OK)
		return st;
	st = find_task(reg, doing->reader, name, &task, err);
	if (st == CHY_OK) {
		chy_task_reply reply = { task.name, cited.id, cited.post,
		    cited.tel_label, final ? CHY_SLICE("final") :
		    CHY_SLICE("interim"), cited.day };

		st = chy_store_task_reply_put(reg->store, &reply, err);
		if (task.first_done == CHY_NO_DAY)
			task.first_done = cited.day;
		if (chy_item_status_open(task.status))
			task.status = final ? CHY_ITEM_ANSWERED :
			    CHY_ITEM_INTERIM;
	}
	if (st == CHY_OK)
		st = chy_store_task_put(reg->store, &task, err);
	if (st == CHY_OK)
		st = chy_doing_log(reg, doing, name, words(reg, final ?
		    "answered by " : "interim reply ", cited.id),
		    joined(reg, task.label, cited.tel_label), err);
	st = chy_doing_end(reg, st, err);
	chy_arena_done(&arena);
	return st;
}

chy_status
chy_registry_action_close(chy_registry *reg, const chy_doing *doing,
    chy_slice name, chy_slice by, chy_error *err)
{
	chy_error none;
	struct cited cited = { .id = CHY_EMPTY };
	chy_arena arena;
	chy_task *tasks, task;
	uint32_t n = 0;
	bool filed;
	chy_status st;

	if (by.len == 0)
		return chy_fail(err, CHY_ERR_INVALID, "closed by what? A "
		    "telegram, or words that say how");
	chy_arena_init(&arena, 0);
	filed = chy_casework_cite(reg, doing->reader, by, &arena, &cited,
	    &none) == CHY_OK;
	st = chy_doing_begin(reg, doing, err);
	if (st != CHY_OK) {
		chy_arena_done(&arena);
		return st;
	}
	st = find_task(reg, doing->reader, name, &task, err);
	if (st == CHY_OK)
		st = chy_store_task_list(reg->store, name, &reg->scratch,
		    &tasks, &n, err);
	for (uint32_t i = 0; i < n && st == CHY_OK; i++)
		if (chy_slice_eq(tasks[i].parent, name) &&
		    chy_item_status_open(tasks[i].status))
			st = chy_fail(err, CHY_ERR_INVALID, "its sub-task "
			    "%.*s is open; close that first",
			    CHY_ARG(tasks[i].name));
	if (st == CHY_OK && filed) {
		chy_task_reply reply = { task.name, cited.id, cited.post,
		    cited.tel_label, CHY_SLICE("final"), cited.day };

		st = chy_store_task_reply_put(reg->store, &reply, err);
	}
	if (st == CHY_OK) {
		task.status = CHY_ITEM_CLOSED;
		task.closed_by = filed ? cited.id : by;
		task.closed_on = filed && cited.day != CHY_NO_DAY ? cited.day :
		    (int32_t)(doing->now / 86400);
		if (task.first_done == CHY_NO_DAY)
			task.first_done = task.closed_on;
		st = chy_store_task_put(reg->store, &task, err);
	}
	if (st == CHY_OK)
		st = chy_doing_log(reg, doing, name, words(reg, "closed by ",
		    filed ? cited.id : by), filed ? joined(reg, task.label,
		    cited.tel_label) : task.label, err);
	st = chy_doing_end(reg, st, err);
	chy_arena_done(&arena);
	return st;
}

chy_status
chy_registry_action_reopen(chy_registry *reg, const chy_doing *doing,
    chy_slice name, chy_error *err)
{
	chy_task task;
	chy_status st = chy_doing_begin(reg, doing, err);

	if (st != CHY_OK)
		return st;
	st = find_task(reg, doing->reader, name, &task, err);
	if (st == CHY_OK && chy_item_status_open(task.status))
		st = chy_fail(err, CHY_ERR_INVALID, "%.*s is open",
		    CHY_ARG(name));
	if (st == CHY_OK) {
		task.status = task.first_done != CHY_NO_DAY ?
		    CHY_ITEM_INTERIM : CHY_ITEM_OPEN;
		task.closed_by = CHY_EMPTY;
		task.closed_on = CHY_NO_DAY;
		st = chy_store_task_put(reg->store, &task, err);
	}
	if (st == CHY_OK)
		st = chy_doing_log(reg, doing, name, CHY_SLICE("reopened"),
		    task.label, err);
	return chy_doing_end(reg, st, err);
}

chy_status
chy_registry_action_target(chy_registry *reg, const chy_doing *doing,
    chy_slice name, chy_slice addressee, chy_slice telegram, chy_error *err)
{
	struct cited cited;
	chy_task_target *targets;
	chy_arena arena;
	chy_task task;
	uint32_t n = 0, open = 0;
	bool found = false;
	chy_status st;

	st = begin_citing(reg, doing, telegram, &arena, &cited, err);
	if (st != CHY_OK)
		return st;
	st = find_task(reg, doing->reader, name, &task, err);
	if (st == CHY_OK)
		st = chy_store_task_target_list(reg->store, name,
		    &reg->scratch, &targets, &n, err);
	for (uint32_t i = 0; i < n && st == CHY_OK; i++) {
		if (chy_slice_ieq(targets[i].addressee, addressee)) {
			targets[i].status = CHY_SLICE("answered");
			targets[i].reply = cited.id;
			targets[i].day = cited.day;
			found = true;
			st = chy_store_task_target_put(reg->store, &targets[i],
			    err);
		}
		open += chy_slice_eq(targets[i].status, CHY_SLICE("open"));
	}
	if (st == CHY_OK && !found)
		st = chy_fail(err, CHY_ERR_NOT_FOUND, "%.*s was not asked",
		    CHY_ARG(chy_slice_sub(addressee, 0, 60)));
	if (st == CHY_OK) {
		chy_task_reply reply = { task.name, cited.id, cited.post,
		    cited.tel_label, CHY_SLICE("final"), cited.day };

		st = chy_store_task_reply_put(reg->store, &reply, err);
		/* All have answered: a person closes it. */
		task.status = open == 0 ? CHY_ITEM_ANSWERED : CHY_ITEM_INTERIM;
		if (task.first_done == CHY_NO_DAY)
			task.first_done = cited.day;
	}
	if (st == CHY_OK)
		st = chy_store_task_put(reg->store, &task, err);
	if (st == CHY_OK)
		st = chy_doing_log(reg, doing, name, words(reg, "answered by ",
		    cited.id), joined(reg, task.label, cited.tel_label), err);
	st = chy_doing_end(reg, st, err);
	chy_arena_done(&arena);
	return st;
}

chy_status
chy_registry_days(chy_registry *reg, chy_casework_settings *ret,
    chy_error *err)
{
	return chy_store_days(reg->store, ret, err);
}

chy_status
chy_registry_days_set(chy_registry *reg, const chy_doing *doing,
    chy_precedence precedence, int first, int final, chy_error *err)
{
	chy_casework_settings set;
	chy_status st = chy_owner_only(doing->reader, "the table of days", err);

	if (st == CHY_OK)
		st = chy_doing_begin(reg, doing, err);
	if (st != CHY_OK)
		return st;
	st = chy_store_days(reg->store, &set, err);
	if (st == CHY_OK)
		st = chy_store_days_put(reg->store, precedence, first >= 0 ?
		    first : set.first_days[precedence], final >= 0 ? final :
		    set.final_days[precedence], err);
	if (st == CHY_OK)
		st = chy_doing_log(reg, doing, CHY_SLICE("days"), words(reg,
		    "days for ", chy_precedence_name(precedence)), CHY_EMPTY,
		    err);
	return chy_doing_end(reg, st, err);
}
