/*
 * chancery copy: puts an archive at another address, of a file or a server,
 * and proves what arrived.
 *
 * SPDX-License-Identifier: ISC
 */
#include <inttypes.h>
#include <stdlib.h>

#include "cmd/cmd.h"
#include "cmd/output.h"
#include "cmd/work.h"

enum { AS };

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    cmd_text_or_json, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

static int
open_one(cmd_env *env, const char *where, cmd_needs needs)
{
	env->archive = where;
	chy_archive_show(where, env->shown, sizeof(env->shown));
	return cmd_open(env, needs);
}

static void
report(cmd_env *env, const chy_copy_counts *n, const chy_verified *v,
    bool as_json)
{
	if (as_json) {
		json j = json_open(env->out);

		json_number(&j, "originals", n->originals);
		json_number(&j, "bytes", n->bytes);
		json_number(&j, "telegrams", n->telegrams);
		json_number(&j, "tables", n->tables);
		json_number(&j, "rows", n->rows);
		json_number(&j, "problems", v->all_problems);
		json_close(&j);
		return;
	}
	for (uint32_t i = 0; i < v->n_problems; i++) {
		out_text(env->out, v->problems[i]);
		chy_sink_puts(env->out, "\n");
	}
	chy_sink_printf(env->out, "%" PRIu64 " originals (%.1f MB) and %" PRIu64
	    " rows of %" PRIu64 " tables copied and compared; ", n->originals,
	    (double)n->bytes / 1e6, n->rows, n->tables);
	if (v->all_problems == 0)
		chy_sink_puts(env->out, "all sound\n");
	else
		chy_sink_printf(env->out, "%" PRIu64 " problems\n",
		    v->all_problems);
}

static int
run(cmd_env *env, int argc, char **argv)
{
	const char *reader = getenv("CHANCERY_READER");
	int status = EXIT_DONE;
	bool as_json = cmd_wants_json(env, &options[AS], env->value[AS],
	    &status);
	chy_reader owner = chy_reader_owner();
	chy_registry *from;
	chy_copy_counts n = { 0 };
	chy_verified *v = NULL;
	chy_error err = { 0 };
	cmd_progress p;
	chy_work_options work;
	chy_status st;

	if (status != EXIT_DONE)
		return status;
	if (argc != 2)
		return cmd_bad_usage(env, "it takes two archives: from, to");
	if (reader != NULL && *reader != '\0')
		return cmd_bad_usage(env, "it is for the owner of the archive; "
		    "unset CHANCERY_READER");
	status = open_one(env, argv[0], NEEDS_ARCHIVE);
	if (status != EXIT_DONE)
		return status;
	from = env->reg;
	env->reg = NULL;
	status = open_one(env, argv[1], NEEDS_CREATE);
	if (status != EXIT_DONE) {
		chy_registry_close(from);
		return status;
	}
	work = cmd_work(&p);
	st = chy_registry_copy(from, env->reg, &owner, &work, &n, &err);
	chy_registry_close(from);
	if (st == CHY_OK)
		st = chy_registry_verify(env->reg, &owner, &work, &v, &err);
	cmd_progress_end(&p);
	if (st == CHY_ERR_STOPPED && v == NULL) {
		fputs("chancery copy: stopped; type the same to begin again\n",
		    stderr);
		return EXIT_PART;
	}
	if (st != CHY_OK) {
		err.status = st;
		return cmd_failed(env, &err);
	}
	report(env, &n, v, as_json);
	if (v->all_problems > 0)
		env->partly = true;
	chy_verified_free(v);
	return cmd_done(env);
}

const chy_cmd cmd_copy = { "FROM TO", 2, options, run };
