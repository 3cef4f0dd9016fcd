/*
 * chancery export: all telegrams that a query finds, for other programs.
 *
 * SPDX-License-Identifier: ISC
 */
#include <inttypes.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/output.h"
#include "export/export.h"

enum { TO, PATH };

static const char *
target_name(size_t i)
{
	const chy_exporter *exporter = chy_exporter_at(i);

	return exporter != NULL ? chy_exporter_name(exporter) : NULL;
}

static const cmd_option options[] = {
	[TO] = { "to", "FORM", "what to write: jsonl if not said",
	    target_name, 0 },
	[PATH] = { "output", "PATH", "where: needed for a folder or a file of "
	    "SQLite's, else standard output", NULL, 'o' },
	{ NULL, NULL, NULL, NULL, 0 },
};

struct showing {
	cmd_progress progress;
};

static chy_status
show_progress(void *arg, uint64_t done)
{
	struct showing *s = arg;

	if (cmd_stop_asked())
		return CHY_ERR_STOPPED;
	if (cmd_progress_due(&s->progress))
		cmd_progress_say(&s->progress, "%" PRIu64 " telegrams", done);
	return CHY_OK;
}

static chy_status
write_file(void *arg, chy_slice bytes)
{
	return fwrite(bytes.ptr, 1, bytes.len, arg) == bytes.len ? CHY_OK :
	    CHY_ERR_IO;
}

static int
export_to(cmd_env *env, const chy_exporter *exporter, chy_slice query,
    chy_export_options *opts)
{
	struct showing s;
	chy_error err = { .status = CHY_OK };
	uint64_t n = 0;
	chy_status st;

	cmd_stop_install();
	cmd_progress_start(&s.progress);
	opts->progress = show_progress;
	opts->arg = &s;
	st = chy_export(env->reg, &env->reader, query, exporter, opts, &n,
	    &err);
	cmd_progress_end(&s.progress);
	/* A write to standard output that failed is told once, at the end. */
	if (st != CHY_OK && chy_sink_status(env->out) == CHY_OK) {
		err.status = st;
		return cmd_failed_query(env, query, &err);
	}
	if (opts->path != NULL)
		fprintf(stderr, "%" PRIu64 " telegram%s written to %s\n", n,
		    n == 1 ? "" : "s", opts->path);
	return EXIT_DONE;
}

/* A stream into a file: under another name until it is whole. */
static int
export_to_file(cmd_env *env, const chy_exporter *exporter, chy_slice query,
    const char *path)
{
	chy_export_options opts = { .path = path };
	char part[2048];
	chy_sink out = { .write = write_file };
	FILE *f;
	int status;

	if (snprintf(part, sizeof(part), "%s.part", path) >= (int)sizeof(part))
		return cmd_bad_usage(env, "the path is too long");
	f = fopen(part, "wb");
	if (f == NULL) {
		cmd_trouble(env, path, "cannot be made");
		return EXIT_PART;
	}
	out.arg = f;
	opts.out = &out;
	status = export_to(env, exporter, query, &opts);
	if ((fclose(f) != 0 || chy_sink_status(&out) != CHY_OK) &&
	    status == EXIT_DONE) {
		cmd_trouble(env, path, "cannot be written; is the disk full?");
		status = EXIT_SYSTEM;
	}
	if (status != EXIT_DONE || rename(part, path) != 0) {
		(void)remove(part);
		return status != EXIT_DONE ? status : EXIT_SYSTEM;
	}
	return EXIT_DONE;
}

static int
run(cmd_env *env, int argc, char **argv)
{
	const char *to = env->value[TO] != NULL ? env->value[TO] : "jsonl";
	const char *path = env->value[PATH];
	const chy_exporter *exporter = chy_exporter_find(to);
	chy_export_options opts = { .path = path };
	chy_buf buf = CHY_BUF_INIT;
	chy_slice query;
	int status;

	if (exporter == NULL)
		return cmd_bad_value(env, &options[TO], to);
	/* What stands there already is not written over. */
	env->repeatable &= path == NULL;
	if (path == NULL && chy_exporter_media_type(exporter) == NULL)
		return cmd_bad_usage(env, "%s is written to a path; say it with "
		    "--output", to);
	query = cmd_join(&buf, argc, argv);
	if (chy_exporter_media_type(exporter) == NULL) {
		status = export_to(env, exporter, query, &opts);
	} else if (path != NULL && strcmp(path, "-") != 0) {
		status = export_to_file(env, exporter, query, path);
	} else {
		opts.path = NULL;
		opts.out = env->out;
		status = export_to(env, exporter, query, &opts);
	}
	chy_buf_done(&buf);
	return status;
}

const chy_cmd cmd_export = { "[QUERY...]", 0, options, run };
