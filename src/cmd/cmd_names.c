/*
 * chancery names: people, places and bodies in what a query finds, by number
 * of telegrams; and one name, its spellings, where it stands, who stands
 * beside it.
 *
 * SPDX-License-Identifier: ISC
 */
#include "answer/answer.h"
#include "cmd/cmd.h"
#include "cmd/output.h"

enum { AS, KIND, LIMIT, QUERY };

static const char *
kind_value(size_t i)
{
	return i < CHY_NAME_KINDS ? chy_name_kind_name((chy_name_kind)i) :
	    NULL;
}

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    cmd_text_or_json, 0 },
	[KIND] = { "kind", "KIND", "person, place or body; all if not said",
	    kind_value, 0 },
	[LIMIT] = { "limit", "N", "names of a kind, or telegrams of a name",
	    NULL, 0 },
	[QUERY] = { "query", NULL, "the words are a query, not a name", NULL,
	    'q' },
	{ NULL, NULL, NULL, NULL, 0 },
};

static int
run_list(cmd_env *env, chy_slice query, int kind, uint32_t most, bool as_json)
{
	chy_names_options opts = { .kind = kind, .most = most };
	chy_names_list *list;
	chy_error err = { 0 };
	chy_status st = chy_registry_names(env->reg, &env->reader, query,
	    &opts, &list, &err);

	if (st != CHY_OK) {
		err.status = st;
		return cmd_failed_query(env, query, &err);
	}
	if (as_json)
		answer_names_json(list, env->out);
	else
		answer_names_text(list, env->out);
	chy_names_list_free(list);
	return EXIT_DONE;
}

static int
run_name(cmd_env *env, chy_slice name, int kind, uint32_t most, bool as_json)
{
	chy_names_found *found;
	chy_error err = { 0 };
	chy_status st = chy_registry_name(env->reg, &env->reader, name, kind,
	    most, &found, &err);

	if (st == CHY_ERR_NOT_FOUND) {
		cmd_trouble(env, NULL, "%s", err.text);
		return cmd_done(env);
	}
	if (st != CHY_OK) {
		err.status = st;
		return cmd_failed(env, &err);
	}
	for (uint32_t i = 0; i < found->n; i++) {
		if (as_json) {
			answer_name_json(&found->at[i], env->out);
			continue;
		}
		if (i > 0)
			chy_sink_puts(env->out, "\n");
		answer_name_text(&found->at[i], env->colour, env->out);
	}
	chy_names_found_free(found);
	return EXIT_DONE;
}

static int
run(cmd_env *env, int argc, char **argv)
{
	chy_buf buf = CHY_BUF_INIT;
	chy_slice words = cmd_join(&buf, argc, argv);
	chy_name_kind kind = CHY_NAME_PERSON;
	const char *given = env->value[KIND];
	long most = 0;
	int status = EXIT_DONE, k = -1;
	bool as_json = cmd_wants_json(env, &options[AS], env->value[AS],
	    &status);

	if (status == EXIT_DONE && given != NULL) {
		if (!chy_name_kind_parse(chy_slice_of(given), &kind))
			status = cmd_bad_value(env, &options[KIND], given);
		k = (int)kind;
	}
	if (status == EXIT_DONE && env->value[LIMIT] != NULL &&
	    !cmd_number(env->value[LIMIT], 1, 100000, &most))
		status = cmd_bad_usage(env, "--limit takes a number from 1 to "
		    "100000");
	if (status == EXIT_DONE)
		status = argc == 0 || env->value[QUERY] != NULL ?
		    run_list(env, words, k, (uint32_t)most, as_json) :
		    run_name(env, words, k, (uint32_t)most, as_json);
	chy_buf_done(&buf);
	return status;
}

const chy_cmd cmd_names = { "[NAME | --query QUERY...]", 0, options, run };
