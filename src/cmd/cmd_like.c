/*
 * chancery like: telegrams similar to one, with the reasons.
 *
 * SPDX-License-Identifier: ISC
 */
#include "cmd/cmd.h"
#include "cmd/output.h"
#include "cmd/show.h"
#include "registry/alike.h"

enum { AS, LIMIT };

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    cmd_text_or_json, 0 },
	[LIMIT] = { "limit", "N", "telegrams, up to 200; 10 if not said",
	    NULL, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

static void
json_like(chy_sink *out, chy_slice of, const chy_like *like)
{
	json j = json_open(out);

	json_text(&j, "like", of);
	json_line(&j, &like->line);
	json_number(&j, "score", like->score);
	json_bool(&j, "near_duplicate", like->near_duplicate);
	if (like->same > 0) {
		json_name(&j, "same");
		chy_sink_printf(out, "%u.%03u", (unsigned)(like->same / 1000),
		    (unsigned)(like->same % 1000));
	} else {
		json_absent(&j, "same");
	}
	json_list_begin(&j, "reasons");
	for (uint32_t i = 0; i < like->n_reasons; i++) {
		const chy_like_reason *r = &like->reasons[i];

		json_item_object(&j);
		json_text(&j, "kind", chy_slice_of(
		    chy_like_kind_name(r->kind)));
		json_text_or_null(&j, "text", r->text);
		json_number(&j, "weight", r->weight);
		json_object_end(&j);
	}
	json_list_end(&j);
	json_close(&j);
}

static const char *
in_words(chy_like_kind kind)
{
	switch (kind) {
	case CHY_LIKE_CITES:
		return "it is cited by this one";
	case CHY_LIKE_CITED_BY:
		return "it cites this one";
	case CHY_LIKE_SHARED_CITE:
		return "both cite";
	case CHY_LIKE_CASE:
		return "both in case";
	case CHY_LIKE_TAG:
		return "TAGS";
	case CHY_LIKE_NAME:
		return "names";
	case CHY_LIKE_WORD:
		return "words";
	}
	return "";
}

/* Reasons of one kind stand together, the weightiest kind first. */
static void
put_reasons(chy_sink *out, const chy_like *like)
{
	bool done[CHY_LIKE_WORD + 1] = { false };

	for (uint32_t i = 0; i < like->n_reasons; i++) {
		chy_like_kind kind = like->reasons[i].kind;
		bool first = true;

		if (done[kind])
			continue;
		done[kind] = true;
		chy_sink_printf(out, "    %s", in_words(kind));
		for (uint32_t k = i; k < like->n_reasons; k++) {
			if (like->reasons[k].kind != kind ||
			    like->reasons[k].text.len == 0)
				continue;
			chy_sink_puts(out, first ? " " : ", ");
			first = false;
			out_text(out, like->reasons[k].text);
		}
		chy_sink_puts(out, "\n");
	}
}

static int
run(cmd_env *env, int argc, char **argv)
{
	int status = EXIT_DONE;
	long limit = 10;
	bool as_json = cmd_wants_json(env, &options[AS], env->value[AS],
	    &status);

	if (status == EXIT_DONE && env->value[LIMIT] != NULL &&
	    !cmd_number(env->value[LIMIT], 1, 200, &limit))
		status = cmd_bad_usage(env, "--limit takes a number from 1 to "
		    "200");
	for (int i = 0; i < argc && status == EXIT_DONE; i++) {
		chy_error err = { 0 };
		chy_likes *likes;
		chy_status st = chy_registry_like(env->reg, &env->reader,
		    chy_slice_of(argv[i]), (uint32_t)limit, &likes, &err);

		if (st != CHY_OK) {
			err.status = st;
			status = cmd_not_shown(env, argv[i], &err);
			continue;
		}
		if (!as_json) {
			chy_sink_puts(env->out, "like ");
			out_line(env->out, &likes->line, env->colour);
		}
		for (uint32_t k = 0; k < likes->n; k++) {
			const chy_like *like = &likes->at[k];

			if (as_json) {
				json_like(env->out, likes->line.id, like);
				continue;
			}
			chy_sink_puts(env->out, "\n");
			out_line(env->out, &like->line, env->colour);
			if (like->near_duplicate)
				chy_sink_printf(env->out, "    near-duplicate: "
				    "%u.%u %% of the text is the same\n",
				    (unsigned)(like->same / 10),
				    (unsigned)(like->same % 10));
			put_reasons(env->out, like);
		}
		if (!as_json && likes->n == 0)
			chy_sink_puts(env->out, "nothing is like it\n");
		chy_likes_free(likes);
	}
	return status != EXIT_DONE ? status : cmd_done(env);
}

const chy_cmd cmd_like = { "MRN...", 1, options, run };
