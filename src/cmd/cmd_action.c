/*
 * chancery action: what is owed, by whom, by when; and what was done with it.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd/casework.h"

enum { AS, OFFICE, OWNER, LATE, ALL, DUE, TODAY, WHO, WHY };

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    cmd_text_or_json, 0 },
	[OFFICE] = { "office", "OFFICE", "of this office alone; for this one",
	    NULL, 0 },
	[OWNER] = { "owner", "PERSON", "of this person alone; for this one",
	    NULL, 0 },
	[LATE] = { "late", NULL, "only what is overdue", NULL, 0 },
	[ALL] = { "all", NULL, "also what is closed", NULL, 0 },
	[DUE] = { "due", "DAY", "when it is due: 2008-06-10", NULL, 0 },
	[TODAY] = { "today", "DAY", "as of this day", NULL, 0 },
	[WHO] = { "who", "NAME", "who does it, for the log", NULL, 0 },
	[WHY] = { "why", "WORDS", "and why", NULL, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

static chy_doing
doing(cmd_env *env)
{
	return cmd_doing(env, env->value[WHO], env->value[WHY]);
}


/* ---- printing ---- */

static void
json_replies(json *j, const chy_action *a)
{
	json_list_begin(j, "replies");
	for (uint32_t i = 0; i < a->n_replies; i++) {
		json_item_object(j);
		json_text(j, "canonical_id", a->replies[i].telegram);
		json_text(j, "post", a->replies[i].post);
		json_text(j, "state", a->replies[i].state);
		json_day(j, "date", a->replies[i].day);
		json_object_end(j);
	}
	json_list_end(j);
	json_list_begin(j, "addressees");
	for (uint32_t i = 0; i < a->n_targets; i++) {
		json_item_object(j);
		json_text(j, "post", a->targets[i].addressee);
		json_text(j, "state", a->targets[i].status);
		json_text_or_null(j, "canonical_id", a->targets[i].reply);
		json_object_end(j);
	}
	json_list_end(j);
	json_list_begin(j, "changes");
	for (uint32_t i = 0; i < a->n_changes; i++) {
		const chy_case_change *c = &a->changes[i];
		char iso[18] = "";

		if (c->at != 0)
			chy_civil_iso(chy_civil_from(c->at), iso);
		json_item_object(j);
		json_text_or_null(j, "at", chy_slice_of(iso));
		json_text(j, "who", c->who);
		json_text(j, "change", c->change);
		json_text_or_null(j, "why", c->why);
		json_object_end(j);
	}
	json_list_end(j);
}

static void
json_action(chy_sink *out, const chy_action *a)
{
	const chy_task *t = &a->task;
	json j = json_open(out);

	json_text(&j, "id", t->name);
	json_text(&j, "what", t->what);
	json_text(&j, "canonical_id", t->telegram);
	json_text_or_null(&j, "paragraph", t->paragraph);
	json_text_or_null(&j, "pointed_from", t->pointed);
	json_text(&j, "by", t->asker);
	json_text(&j, "to", t->asked);
	json_text(&j, "label", t->label);
	json_text(&j, "precedence", chy_precedence_name(
	    (chy_precedence)t->precedence));
	json_text_or_null(&j, "office", t->office);
	json_text_or_null(&j, "owner", t->owner);
	json_text_or_null(&j, "parent", t->parent);
	json_text(&j, "status", chy_slice_of(chy_item_status_name(t->status)));
	json_day(&j, "first_due", t->first_due);
	json_text(&j, "first_basis", chy_slice_of(
	    chy_due_basis_name(t->first_basis)));
	json_day(&j, "first_done", t->first_done);
	json_day(&j, "due", t->due);
	json_text(&j, "basis", chy_slice_of(chy_due_basis_name(t->basis)));
	json_text_or_null(&j, "phrase", t->phrase);
	json_bool(&j, "overdue", a->overdue);
	json_bool(&j, "first_overdue", a->first_overdue);
	json_number(&j, "days_late", (uint64_t)a->days_late);
	json_text_or_null(&j, "closed_by", t->closed_by);
	json_day(&j, "closed_on", t->closed_on);
	json_replies(&j, a);
	json_close(&j);
}

static void
put_due(chy_sink *out, const chy_action *a)
{
	const chy_task *t = &a->task;

	out_day(out, t->due);
	chy_sink_printf(out, " %s", chy_due_basis_name(t->basis));
	if (t->phrase.len > 0) {
		chy_sink_puts(out, " (");
		out_text(out, t->phrase);
		chy_sink_puts(out, ")");
	}
	if (a->days_late > 0)
		chy_sink_printf(out, ", %s%d day%s late", a->overdue ? "" :
		    "first response ", (int)a->days_late,
		    a->days_late == 1 ? "" : "s");
}

static void
put_action(cmd_env *env, const chy_action *a)
{
	const chy_task *t = &a->task;
	chy_sink *out = env->out;

	out_bold(out, env->colour);
	out_text(out, t->name);
	out_plain(out, env->colour);
	chy_sink_printf(out, "  %s  ", chy_item_status_name(t->status));
	put_due(out, a);
	chy_sink_puts(out, "\n    ");
	out_text(out, t->what);
	chy_sink_puts(out, "\n    ");
	out_text(out, t->asker);
	chy_sink_puts(out, " to ");
	out_text(out, t->office.len > 0 ? t->office : t->asked);
	if (t->owner.len > 0) {
		chy_sink_puts(out, ", ");
		out_text(out, t->owner);
	}
	if (t->closed_by.len > 0) {
		chy_sink_puts(out, "; closed by ");
		out_text(out, t->closed_by);
	}
	chy_sink_puts(out, "\n");
	for (uint32_t i = 0; i < a->n_replies; i++)
		if (chy_slice_eq(a->replies[i].state, CHY_SLICE("proposed"))) {
			chy_sink_puts(out, "    perhaps answered by ");
			out_text(out, a->replies[i].telegram);
			chy_sink_puts(out, ", which cites it\n");
		}
}

/* Who has not answered yet, and the history. */
static void
put_rest(cmd_env *env, const chy_action *a)
{
	chy_sink *out = env->out;

	for (uint32_t i = 0; i < a->n_targets; i++) {
		chy_sink_puts(out, "    ");
		out_text(out, a->targets[i].addressee);
		chy_sink_puts(out, ": ");
		out_text(out, a->targets[i].status);
		if (a->targets[i].reply.len > 0) {
			chy_sink_puts(out, ", ");
			out_text(out, a->targets[i].reply);
		}
		chy_sink_puts(out, "\n");
	}
	for (uint32_t i = 0; i < a->n_changes; i++) {
		char iso[18] = "filed            ";

		if (a->changes[i].at != 0)
			chy_civil_iso(chy_civil_from(a->changes[i].at), iso);
		chy_sink_printf(out, "    %s  ", iso);
		out_text(out, a->changes[i].who);
		chy_sink_puts(out, ": ");
		out_text(out, a->changes[i].change);
		if (a->changes[i].why.len > 0) {
			chy_sink_puts(out, " (");
			out_text(out, a->changes[i].why);
			chy_sink_puts(out, ")");
		}
		chy_sink_puts(out, "\n");
	}
}


/* ---- the second words ---- */

static int
print_actions(cmd_env *env, const char *name, bool ics)
{
	chy_action_filter filter = {
		.office = chy_slice_of(env->value[OFFICE] != NULL ?
		    env->value[OFFICE] : ""),
		.owner = chy_slice_of(env->value[OWNER] != NULL ?
		    env->value[OWNER] : ""),
		.name = chy_slice_of(name),
		.late = env->value[LATE] != NULL,
		.closed = env->value[ALL] != NULL,
	};
	int status = EXIT_DONE;
	bool as_json = cmd_wants_json(env, &options[AS], env->value[AS],
	    &status);
	chy_actions *list;
	chy_error err = { 0 };
	int32_t today;
	chy_status st;

	if (status != EXIT_DONE || !cmd_day(env, env->value[TODAY], &today))
		return EXIT_USAGE;
	st = chy_registry_actions(env->reg, &env->reader, &filter, today,
	    &list, &err);
	if (st != CHY_OK)
		return cmd_casework_done(env, st, &err);
	if (ics)
		chy_actions_ics(list, (int64_t)time(NULL), env->out);
	for (uint32_t i = 0; i < list->n && !ics; i++) {
		if (as_json) {
			json_action(env->out, &list->at[i]);
			continue;
		}
		put_action(env, &list->at[i]);
		if (*name != '\0')
			put_rest(env, &list->at[i]);
	}
	if (!as_json && !ics && *name == '\0')
		chy_sink_printf(env->out, "%u open, %u late\n",
		    (unsigned)list->n_open, (unsigned)list->n_late);
	chy_actions_free(list);
	return cmd_done(env);
}

static int
run_list(cmd_env *env, int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return print_actions(env, "", false);
}

static int
run_show(cmd_env *env, int argc, char **argv)
{
	int status = EXIT_DONE;

	for (int i = 0; i < argc && (status == EXIT_DONE ||
	    status == EXIT_PART); i++)
		status = print_actions(env, argv[i], false);
	return status != EXIT_DONE ? status : cmd_done(env);
}

static int
run_ics(cmd_env *env, int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return print_actions(env, "", true);
}

static int
run_assign(cmd_env *env, int argc, char **argv)
{
	chy_doing d = doing(env);
	chy_error err = { 0 };

	(void)argc;
	if (env->value[OFFICE] == NULL && env->value[OWNER] == NULL)
		return cmd_bad_usage(env, "to whom? Say --office or --owner");
	return cmd_casework_done(env, chy_registry_action_assign(env->reg, &d,
	    chy_slice_of(argv[0]), chy_slice_of(env->value[OFFICE] != NULL ?
	    env->value[OFFICE] : ""), chy_slice_of(env->value[OWNER] != NULL ?
	    env->value[OWNER] : ""), &err), &err);
}

static int
run_due(cmd_env *env, int argc, char **argv)
{
	chy_doing d = doing(env);
	chy_error err = { 0 };
	int32_t day;

	(void)argc;
	if (!cmd_day(env, argv[1], &day))
		return EXIT_USAGE;
	return cmd_casework_done(env, chy_registry_action_due(env->reg, &d,
	    chy_slice_of(argv[0]), day, &err), &err);
}

/* Both make a new one: a part of another, or from a telegram. */
static int
make_new(cmd_env *env, int argc, char **argv, bool sub)
{
	chy_doing d = doing(env);
	chy_buf what = CHY_BUF_INIT;
	chy_error err = { 0 };
	chy_slice office, words;
	int32_t due = CHY_NO_DAY;
	char name[300];
	chy_status st;

	if (env->value[OFFICE] == NULL)
		return cmd_bad_usage(env, "for whom? Say --office");
	if (env->value[DUE] != NULL && !cmd_day(env, env->value[DUE], &due))
		return EXIT_USAGE;
	office = chy_slice_of(env->value[OFFICE]);
	words = cmd_join(&what, argc - 1, argv + 1);
	st = sub ? chy_registry_action_sub(env->reg, &d,
	    chy_slice_of(argv[0]), office, words, due, name, &err) :
	    chy_registry_action_open(env->reg, &d, chy_slice_of(argv[0]),
	    office, words, due, name, &err);
	chy_buf_done(&what);
	if (st == CHY_OK)
		chy_sink_printf(env->out, "%s\n", name);
	return cmd_casework_done(env, st, &err);
}

static int
run_sub(cmd_env *env, int argc, char **argv)
{
	return make_new(env, argc, argv, true);
}

static int
run_open(cmd_env *env, int argc, char **argv)
{
	return make_new(env, argc, argv, false);
}

static int
reply(cmd_env *env, char **argv, bool final)
{
	chy_doing d = doing(env);
	chy_error err = { 0 };

	return cmd_casework_done(env, chy_registry_action_reply(env->reg, &d,
	    chy_slice_of(argv[0]), chy_slice_of(argv[1]), final, &err), &err);
}

static int
run_interim(cmd_env *env, int argc, char **argv)
{
	(void)argc;
	return reply(env, argv, false);
}

static int
run_answer(cmd_env *env, int argc, char **argv)
{
	(void)argc;
	return reply(env, argv, true);
}

static int
run_close(cmd_env *env, int argc, char **argv)
{
	chy_doing d = doing(env);
	chy_buf by = CHY_BUF_INIT;
	chy_error err = { 0 };
	chy_status st = chy_registry_action_close(env->reg, &d,
	    chy_slice_of(argv[0]), cmd_join(&by, argc - 1, argv + 1), &err);

	chy_buf_done(&by);
	return cmd_casework_done(env, st, &err);
}

static int
run_reopen(cmd_env *env, int argc, char **argv)
{
	chy_doing d = doing(env);
	chy_error err = { 0 };

	(void)argc;
	return cmd_casework_done(env, chy_registry_action_reopen(env->reg, &d,
	    chy_slice_of(argv[0]), &err), &err);
}

static int
run_target(cmd_env *env, int argc, char **argv)
{
	chy_doing d = doing(env);
	chy_error err = { 0 };

	(void)argc;
	return cmd_casework_done(env, chy_registry_action_target(env->reg, &d,
	    chy_slice_of(argv[0]), chy_slice_of(argv[1]),
	    chy_slice_of(argv[2]), &err), &err);
}

static void
print_days(cmd_env *env, const chy_casework_settings *set)
{
	for (int p = CHY_PRECEDENCE_ROUTINE; p <= CHY_PRECEDENCE_FLASH; p++)
		chy_sink_printf(env->out, "%.*s: first response in %d working "
		    "days, final answer in %d\n",
		    CHY_ARG(chy_precedence_name((chy_precedence)p)),
		    set->first_days[p], set->final_days[p]);
}

/* Without words it says what the table is. */
static int
run_days(cmd_env *env, int argc, char **argv)
{
	chy_doing d = doing(env);
	chy_casework_settings set;
	chy_error err = { 0 };
	chy_precedence p;
	long first, final = -1;
	chy_status st;

	if (argc == 0) {
		st = chy_registry_days(env->reg, &set, &err);
		if (st == CHY_OK)
			print_days(env, &set);
		return cmd_casework_done(env, st, &err);
	}
	p = chy_precedence_from_word(chy_slice_of(argv[0]));
	if (p == CHY_PRECEDENCE_NONE || argc < 2 ||
	    !cmd_number(argv[1], 0, 1000, &first) ||
	    (argc > 2 && !cmd_number(argv[2], 0, 1000, &final)))
		return cmd_bad_usage(env, "write a precedence and working "
		    "days, as: action days PRIORITY 3 6");
	return cmd_casework_done(env, chy_registry_days_set(env->reg, &d, p,
	    (int)first, (int)final, &err), &err);
}

static const cmd_sub subs[] = {
	{ "list",    "",		     0, false, run_list },
	{ "show",    "ID...",		     1, false, run_show },
	{ "assign",  "ID",		     1, true,  run_assign },
	{ "due",     "ID DAY",		     2, true,  run_due },
	{ "sub",     "ID WHAT...",	     2, true,  run_sub },
	{ "open",    "MRN#PARA WHAT...",     2, true,  run_open },
	{ "interim", "ID MRN",		     2, true,  run_interim },
	{ "answer",  "ID MRN",		     2, true,  run_answer },
	{ "close",   "ID BY...",	     2, true,  run_close },
	{ "reopen",  "ID",		     1, true,  run_reopen },
	{ "target",  "ID POST MRN",	     3, true,  run_target },
	{ "ics",     "",		     0, false, run_ics },
	{ "days",    "[PRECEDENCE DAYS]",    0, true,  run_days },
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

const chy_cmd cmd_action = { "[WORD [ID [MRN|WHAT...]]]", 0, options, run };
