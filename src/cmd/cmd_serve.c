/*
 * chancery serve: the archive in a browser.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "cmd/listen.h"
#include "web/web.h"

enum { LISTEN };

static const cmd_option options[] = {
	[LISTEN] = { "listen", "ADDR:PORT", "where to listen: 127.0.0.1:8425 "
	    "if not said", NULL, 'l' },
	{ NULL, NULL, NULL, NULL, 0 },
};

int
cmd_listen(const cmd_env *env, const char *text, char address[64],
    uint16_t *ret_port)
{
	const char *colon = strrchr(text, ':');
	const char *port = colon != NULL ? colon + 1 : text;
	size_t len = colon != NULL ? (size_t)(colon - text) : 0;
	long n;

	if (!cmd_number(port, 1, 65535, &n))
		return cmd_bad_usage(env, "--listen takes ADDR:PORT, as "
		    "127.0.0.1:8425 or [::1]:8425, not \"%s\"", text);
	if (len >= 2 && text[0] == '[' && text[len - 1] == ']') {
		text++;
		len -= 2;
	}
	if (len >= 64)
		return cmd_bad_usage(env, "--listen takes a numeric address");
	memcpy(address, text, len);
	address[len] = '\0';
	*ret_port = (uint16_t)n;
	return EXIT_DONE;
}

int
cmd_serve_failed(const cmd_env *env, const chy_error *err)
{
	int status = cmd_failed(env, err);

	if (err->status == CHY_ERR_EXISTS)
		fputs("Something else listens there; say another port: "
		    "--listen 127.0.0.1:8426\n", stderr);
	return status;
}

static void
ready(void *arg, const char *url)
{
	const cmd_env *env = arg;

	fprintf(stderr, "Serving %s at %s\nStop with Ctrl-C.\n", env->shown,
	    url);
}

static int
run(cmd_env *env, int argc, char **argv)
{
	char address[64] = "";
	chy_serve_options opts = {
		.archive = env->archive,
		.reader = env->reader_text,
		.portion_release = env->portion_release,
		.ready = ready,
		.arg = env,
	};
	chy_error err = { 0 };
	chy_status st;
	int status;

	(void)argc;
	(void)argv;
	if (env->value[LISTEN] != NULL) {
		status = cmd_listen(env, env->value[LISTEN], address,
		    &opts.port);
		if (status != EXIT_DONE)
			return status;
		if (*address != '\0')
			opts.address = address;
	}
	st = chy_serve(&opts, &err);
	if (st == CHY_ERR_NOT_FOUND) {
		cmd_trouble(env, NULL, "chancery serve: there is no archive "
		    "at %s\nMake one: chancery import --archive %s FOLDER",
		    env->shown, env->shown);
		return EXIT_PART;
	}
	if (st != CHY_OK) {
		err.status = st;
		return cmd_serve_failed(env, &err);
	}
	return EXIT_DONE;
}

const chy_cmd cmd_serve = { "", 0, options, run };
