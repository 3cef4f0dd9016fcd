/*
 * chancery demo: files the bundled samples in an archive of their own, serves
 * it, and takes it away at the end.
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "cmd/distributing.h"
#include "cmd/listen.h"
#include "cmd/programme.h"
#include "cmd/rule_files.h"
#include "cmd/samples.h"
#include "web/web.h"

enum { LISTEN, KEEP };

static const cmd_option options[] = {
	[LISTEN] = { "listen", "ADDR:PORT", "where to listen: 127.0.0.1:8425 "
	    "or the next free port if not said", NULL, 'l' },
	[KEEP] = { "keep", "PATH", "file the samples in this archive, serve "
	    "nothing", NULL, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

/* The rules of the demo, the first of the files that are given. */
static chy_status
keep_rules(chy_registry *reg, chy_error *err)
{
	chy_reader owner = chy_reader_owner();
	chy_rule_file *files = calloc(chy_rule_files_count + 1,
	    sizeof(*files));
	uint32_t n = 1;
	chy_ruleset *set;
	chy_rules_error bad;
	chy_status st;

	if (files == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	for (size_t i = 0; i < chy_rule_files_count; i++) {
		const chy_asset *a = &chy_rule_files[i];
		bool first = strcmp(a->name, "demo.rules") == 0;

		files[first ? 0 : n++] = (chy_rule_file){
			chy_slice_of(a->name), a->data };
	}
	st = chy_ruleset_make(files, n, &set, &bad);
	free(files);
	if (st != CHY_OK)
		return chy_fail(err, st, "%s:%u: %s", bad.file, bad.line,
		    bad.text);
	st = chy_registry_save_rules(reg, &owner, set, CHY_SLICE("demo"),
	    (int64_t)time(NULL), err);
	chy_ruleset_free(set);
	return st;
}

static chy_status
file_samples(const char *archive, chy_import_counts *sum, chy_error *err)
{
	chy_registry_options opts = { .create = true };
	chy_reader owner = chy_reader_owner();
	chy_registry *reg;
	chy_status st = chy_registry_open(archive, &opts, &reg, err);

	if (st != CHY_OK)
		return st;
	st = keep_rules(reg, err);
	for (size_t i = 0; i < chy_samples_count && st == CHY_OK; i++) {
		const chy_asset *asset = &chy_samples[i];
		chy_import_counts counts = { 0 };

		st = chy_registry_import_bytes(reg, &owner, asset->data,
		    chy_slice_of(asset->name), NULL, &counts, err);
		sum->filed += counts.filed;
		sum->copies += counts.copies;
		sum->unread += counts.unread;
	}
	if (st == CHY_OK)
		st = cmd_programme_samples(reg, err);
	chy_registry_close(reg);
	return st;
}

static void
ready(void *arg, const char *url)
{
	(void)arg;
	fprintf(stderr, "The sample archive is at %s\n"
	    "File your own telegrams:  chancery import FOLDER\n"
	    "and look at them:         chancery serve\n"
	    "Stop with Ctrl-C; the sample archive goes away.\n", url);
}

static void
remove_archive(const char *folder, const char *archive)
{
	static const char *const suffixes[] = { "", "-wal", "-shm",
	    "-journal" };
	chy_buf path = CHY_BUF_INIT;

	for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
		chy_buf_reset(&path);
		chy_buf_printf(&path, "%s%s", archive, suffixes[i]);
		if (chy_buf_status(&path) == CHY_OK)
			unlink(chy_buf_slice(&path).ptr);
	}
	rmdir(folder);
	chy_buf_done(&path);
}

static chy_status
serve(cmd_env *env, const char *archive, const char *address, uint16_t port,
    chy_error *err)
{
	chy_serve_options opts = {
		.archive = archive,
		.address = *address != '\0' ? address : NULL,
		.port = port,
		.try_next_port = port == 0,
		.ready = ready,
		.arg = env,
	};

	return chy_serve(&opts, err);
}

static int
keep(cmd_env *env, const char *archive)
{
	chy_import_counts sum = { 0 };
	chy_error err = { 0 };
	chy_status st = file_samples(archive, &sum, &err);

	if (st != CHY_OK) {
		err.status = st;
		return cmd_failed(env, &err);
	}
	chy_sink_printf(env->out, "%" PRIu64 " samples filed in %s, %" PRIu64
	    " copies, %" PRIu64 " unread\n", sum.filed, archive, sum.copies,
	    sum.unread);
	return EXIT_DONE;
}

static int
run(cmd_env *env, int argc, char **argv)
{
	const char *tmp = getenv("TMPDIR");
	char address[64] = "";
	uint16_t port = 0;
	chy_buf folder = CHY_BUF_INIT, archive = CHY_BUF_INIT;
	chy_import_counts sum = { 0 };
	chy_error err = { 0 };
	chy_status st;
	int status = EXIT_DONE;

	(void)argc;
	(void)argv;
	if (env->value[KEEP] != NULL)
		return keep(env, env->value[KEEP]);
	if (env->value[LISTEN] != NULL)
		status = cmd_listen(env, env->value[LISTEN], address, &port);
	if (status != EXIT_DONE)
		return status;
	chy_buf_printf(&folder, "%s/chancery-XXXXXX",
	    tmp != NULL && *tmp == '/' ? tmp : "/tmp");
	if (chy_buf_slice(&folder).len == 0 || mkdtemp(folder.ptr) == NULL) {
		st = chy_fail_sys(&err, errno, "cannot make a folder %.*s",
		    CHY_ARG(chy_buf_slice(&folder)));
		chy_buf_done(&folder);
		return cmd_failed(env, &err);
	}
	chy_buf_printf(&archive, "%s/archive.sqlite", folder.ptr);
	st = file_samples(chy_buf_slice(&archive).ptr, &sum, &err);
	if (st == CHY_OK)
		st = serve(env, archive.ptr, address, port, &err);
	remove_archive(folder.ptr, archive.ptr);
	if (st != CHY_OK) {
		err.status = st;
		status = cmd_serve_failed(env, &err);
	}
	chy_buf_done(&folder);
	chy_buf_done(&archive);
	return status;
}

const chy_cmd cmd_demo = { "", 0, options, run };
