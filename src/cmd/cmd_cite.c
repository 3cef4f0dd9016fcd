/*
 * chancery cite: ready citations of telegrams and their paragraphs.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/civil.h"
#include "casework/casework.h"
#include "cmd/cmd.h"
#include "cmd/output.h"
#include "cmd/show.h"
#include "registry/cite.h"

enum { STYLE, ACCESSED };

static const char *
style_value(size_t i)
{
	return i < CHY_CITE_STYLES ? chy_cite_style_name((chy_cite_style)i) :
	    NULL;
}

static const cmd_option options[] = {
	[STYLE] = { "style", "STYLE", "note if not said", style_value, 0 },
	[ACCESSED] = { "accessed", "DAY", "with the day it was looked at",
	    NULL, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

static int
run(cmd_env *env, int argc, char **argv)
{
	const char *given = env->value[STYLE] != NULL ? env->value[STYLE] :
	    "note";
	chy_cite_style style;
	chy_civil accessed = { .year = 0 };
	int status = EXIT_DONE;
	int32_t day;
	bool any = false;

	if (!chy_cite_style_parse(chy_slice_of(given), &style))
		return cmd_bad_value(env, &options[STYLE], given);
	if (env->value[ACCESSED] != NULL) {
		day = chy_day_parse(chy_slice_of(env->value[ACCESSED]));
		if (day == CHY_NO_DAY)
			return cmd_bad_usage(env, "--accessed takes a day, "
			    "as 2026-11-25");
		accessed = chy_day_civil(day);
	}
	/* A file of CSL-JSON is a list. */
	if (style == CHY_CITE_CSL)
		chy_sink_puts(env->out, "[");
	for (int i = 0; i < argc && status == EXIT_DONE; i++) {
		chy_error err = { 0 };
		chy_citation *c;
		chy_status st = chy_registry_cite(env->reg, &env->reader,
		    chy_slice_of(argv[i]), &c, &err);

		if (st != CHY_OK) {
			err.status = st;
			status = cmd_not_shown(env, argv[i], &err);
			continue;
		}
		if (style == CHY_CITE_CSL)
			chy_sink_puts(env->out, any ? ",\n" : "\n");
		any = true;
		c->cite.accessed = accessed;
		chy_cite_write(&c->cite, style, env->out);
		chy_citation_free(c);
	}
	if (style == CHY_CITE_CSL)
		chy_sink_puts(env->out, "\n]\n");
	return status != EXIT_DONE ? status : cmd_done(env);
}

const chy_cmd cmd_cite = { "MRN[#PARAGRAPH]...", 1, options, run };
