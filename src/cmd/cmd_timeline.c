/*
 * chancery timeline: what a query finds, over time.
 *
 * SPDX-License-Identifier: ISC
 */
#include "answer/answer.h"
#include "cmd/cmd.h"
#include "cmd/output.h"
#include "render/chart.h"

enum { AS, BY };

static const char *
form(size_t i)
{
	static const char *const forms[] = { "text", "json", "svg", "html" };

	return i < 4 ? forms[i] : NULL;
}

static const char *
by_value(size_t i)
{
	return i < CHY_PERIODS ? chy_period_name((chy_period)i) : NULL;
}

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said", form, 0 },
	[BY] = { "by", "PERIOD", "day, month or year; month if not said",
	    by_value, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

static const char *const headings[CHY_PERIODS] = { "Day", "Month", "Year" };
static const char *const titles[CHY_PERIODS] = { "Telegrams by day",
    "Telegrams by month", "Telegrams by year" };

static void
put_chart(cmd_env *env, chy_timeline *t, bool table)
{
	chy_period by;
	uint32_t n;
	chy_time_point *at = chy_timeline_fill(t, &n, &by);
	chy_bar *bars = chy_arena_zalloc(&t->arena, (size_t)n + 1,
	    sizeof(*bars));

	if (at == NULL || bars == NULL) {
		cmd_trouble(env, NULL, "no memory");
		return;
	}
	for (uint32_t i = 0; i < n; i++)
		bars[i] = (chy_bar){ .label = at[i].label,
		    .count = at[i].count };
	if (table)
		chy_sink_puts(env->out, "<figure class=\"chart\">\n");
	chy_chart_bars(bars, n, "timeline", titles[by], env->out);
	if (table) {
		chy_chart_bars_table(bars, n, headings[by], env->out);
		chy_sink_puts(env->out, "</figure>\n");
	}
}

static int
run(cmd_env *env, int argc, char **argv)
{
	const char *as = env->value[AS] != NULL ? env->value[AS] : "text";
	chy_period by = CHY_PERIOD_MONTH;
	chy_buf buf = CHY_BUF_INIT;
	chy_slice query;
	chy_timeline *t;
	chy_error err = { 0 };
	int status = EXIT_DONE;
	chy_status st;

	if (!cmd_has_value(&options[AS], as))
		return cmd_bad_value(env, &options[AS], as);
	if (env->value[BY] != NULL &&
	    !chy_period_parse(chy_slice_of(env->value[BY]), &by))
		return cmd_bad_value(env, &options[BY], env->value[BY]);
	query = cmd_join(&buf, argc, argv);
	st = chy_registry_timeline(env->reg, &env->reader, query, by, &t,
	    &err);
	if (st != CHY_OK) {
		err.status = st;
		status = cmd_failed_query(env, query, &err);
	} else {
		if (as[0] == 't')
			answer_timeline_text(t, env->out);
		else if (as[0] == 'j')
			answer_timeline_json(t, env->out);
		else
			put_chart(env, t, as[0] == 'h');
		chy_timeline_free(t);
		status = cmd_done(env);
	}
	chy_buf_done(&buf);
	return status;
}

const chy_cmd cmd_timeline = { "[QUERY...]", 0, options, run };
