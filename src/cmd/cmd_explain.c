/*
 * chancery explain: what a code of the trade means, and who says so. A
 * message reference number, in any spelling, gives its canonical id.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "check/check.h"
#include "cmd/cmd.h"
#include "cmd/examples.h"
#include "cmd/output.h"
#include "diag/diag.h"
#include "telegram/mrn.h"
#include "vocab/vocab.h"

enum { AS };

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    cmd_text_or_json, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

typedef struct explaining {
	cmd_env	 *env;
	bool	  as_json;
	chy_slice asked;
} explaining;

/* In the words of the table, underscores as blanks. */
static void
put_name(chy_sink *out, const char *name)
{
	for (; *name != '\0'; name++)
		chy_sink_put(out, *name == '_' ? CHY_SLICE(" ") :
		    (chy_slice){ name, 1 });
}

static void
put_pair(chy_sink *out, const char *name, chy_slice value)
{
	if (value.len == 0)
		return;
	chy_sink_puts(out, "    ");
	put_name(out, name);
	chy_sink_puts(out, ": ");
	out_text(out, value);
	chy_sink_puts(out, "\n");
}

static bool
tell(const chy_meaning *m, void *arg)
{
	explaining *ex = arg;
	chy_sink *out = ex->env->out;

	if (ex->as_json) {
		json j = json_open(out);

		json_text(&j, "term", ex->asked);
		json_text(&j, "kind", chy_slice_of(m->kind));
		json_text(&j, "code", m->term);
		json_text_or_null(&j, "meaning", m->meaning);
		json_text_or_null(&j, "source", m->source);
		json_text_or_null(&j, "status", m->status);
		if (m->tag_kind != NULL)
			json_text(&j, "tag_kind", chy_slice_of(m->tag_kind));
		for (size_t i = 0; i < m->extras; i++)
			json_text(&j, m->extra[i].name, m->extra[i].value);
		json_close(&j);
		return true;
	}
	out_bold(out, ex->env->colour);
	out_text(out, m->term);
	out_plain(out, ex->env->colour);
	chy_sink_puts(out, "  ");
	put_name(out, m->kind);
	if (m->tag_kind != NULL)
		chy_sink_printf(out, ", %s", m->tag_kind);
	chy_sink_puts(out, "\n    ");
	out_text(out, m->meaning.len > 0 ? m->meaning :
	    CHY_SLICE("in the list, but what it means was not found"));
	chy_sink_puts(out, "\n");
	for (size_t i = 0; i < m->extras; i++)
		put_pair(out, m->extra[i].name, m->extra[i].value);
	put_pair(out, "how sure", m->status);
	put_pair(out, "source", m->source);
	return true;
}

static void
add_pair(chy_meaning *m, const char *name, const char *value)
{
	if (*value != '\0' && m->extras < CHY_MEANING_EXTRA)
		m->extra[m->extras++] = (chy_meaning_pair){ name,
		    chy_slice_of(value) };
}

static chy_slice
example_of(const char *code)
{
	for (size_t i = 0; chy_examples[i].name != NULL; i++)
		if (strcmp(chy_examples[i].name, code) == 0)
			return chy_examples[i].data;
	return CHY_EMPTY;
}

static void
put_example(chy_sink *out, chy_slice text)
{
	size_t at = 0;

	if (text.len > 0)
		chy_sink_puts(out, "    example:\n");
	while (at < text.len) {
		size_t end = chy_slice_find(text, CHY_SLICE("\n"), at);

		chy_sink_puts(out, "        ");
		out_text(out, chy_slice_sub(text, at, end - at));
		chy_sink_puts(out, "\n");
		at = end + 1;
	}
}

static void
tell_diag(explaining *ex, chy_diag diag)
{
	chy_meaning m = {
		.term = chy_slice_of(chy_diag_code(diag)),
		.kind = "diagnostic",
		.meaning = chy_slice_of(chy_diag_text(diag)),
		.source = chy_slice_of(chy_diag_source(diag)),
	};

	chy_slice example = CHY_EMPTY;

	if (chy_diag_retired(diag)) {
		m.extra[m.extras++] = (chy_meaning_pair){ "instead",
		    chy_slice_of(chy_diag_instead(diag)) };
	} else {
		m.extra[m.extras++] = (chy_meaning_pair){ "severity_reading",
		    chy_slice_of(chy_severity_name(chy_diag_severity(diag,
		    false))) };
		m.extra[m.extras++] = (chy_meaning_pair){ "severity_drafting",
		    chy_slice_of(chy_severity_name(chy_diag_severity(diag,
		    true))) };
		m.extra[m.extras++] = (chy_meaning_pair){ "reported_by",
		    chy_slice_of(chy_check_by_name(chy_check_who(diag))) };
		add_pair(&m, "waits_for", chy_check_waits_for(diag));
		add_pair(&m, "reason", chy_check_reason(diag));
		add_pair(&m, "repair", chy_repair_advice(diag));
		if (chy_repair_confidence(diag) != CHY_REPAIR_NONE)
			add_pair(&m, "by_machine", chy_confidence_name(
			    chy_repair_confidence(diag)));
		example = example_of(chy_diag_code(diag));
		if (ex->as_json && example.len > 0)
			m.extra[m.extras++] = (chy_meaning_pair){ "example",
			    example };
	}
	tell(&m, ex);
	if (!ex->as_json)
		put_example(ex->env->out, example);
}

/* "2008, Muscat, number 425". */
static void
tell_mrn(explaining *ex, chy_mrn mrn)
{
	char key[CHY_MRN_KEY_MAX], title[128] = "", meaning[256];
	const chy_post *post;
	size_t len;
	bool repaired = chy_mrn_canonicalize(&mrn);

	len = chy_mrn_key(&mrn, key);
	post = chy_vocab_post_by_key((chy_slice){ mrn.post, mrn.post_len });
	if (post == NULL || chy_vocab_post_title(post->plad, title,
	    sizeof(title)) == 0)
		snprintf(title, sizeof(title), "%.*s, a post that the "
		    "directory does not have", (int)mrn.post_len, mrn.post);
	if (mrn.year != 0)
		snprintf(meaning, sizeof(meaning), "telegram %u of %d from %s",
		    (unsigned)mrn.serial, (int)mrn.year, title);
	else
		snprintf(meaning, sizeof(meaning), "telegram %u from %s; "
		    "without a year it is no id", (unsigned)mrn.serial, title);
	if (ex->as_json) {
		json j = json_open(ex->env->out);

		json_text(&j, "term", ex->asked);
		json_text(&j, "kind", CHY_SLICE("mrn"));
		json_text(&j, "meaning", chy_slice_of(meaning));
		json_text(&j, "source", CHY_SLICE("telegram-forms(7)"));
		if (mrn.year != 0)
			json_text(&j, "canonical_id", (chy_slice){ key, len });
		else
			json_absent(&j, "canonical_id");
		json_text(&j, "post", (chy_slice){ mrn.post, mrn.post_len });
		if (mrn.year != 0)
			json_number(&j, "year", (uint64_t)mrn.year);
		else
			json_absent(&j, "year");
		json_number(&j, "serial", mrn.serial);
		json_bool(&j, "repaired", repaired);
		json_close(&j);
		return;
	}
	out_bold(ex->env->out, ex->env->colour);
	out_text(ex->env->out, (chy_slice){ key, len });
	out_plain(ex->env->out, ex->env->colour);
	chy_sink_printf(ex->env->out, "  message reference number\n    %s\n",
	    meaning);
	if (repaired)
		chy_sink_puts(ex->env->out,
		    "    the post is spelled as the directory has it\n");
	put_pair(ex->env->out, "source", CHY_SLICE("telegram-forms(7)"));
}

/* No table has it: in a TAGS line it would be an unknown one. */
static void
tell_unknown(explaining *ex)
{
	if (ex->as_json) {
		json j = json_open(ex->env->out);

		json_text(&j, "term", ex->asked);
		json_text(&j, "kind", CHY_SLICE("tag"));
		json_absent(&j, "meaning");
		json_absent(&j, "source");
		json_text(&j, "tag_kind", CHY_SLICE("unknown"));
		json_close(&j);
		return;
	}
	out_text(ex->env->out, ex->asked);
	chy_sink_puts(ex->env->out, "  in none of the tables\n");
}

static void
explain(explaining *ex)
{
	chy_slice term = chy_slice_trim(ex->asked);
	chy_mrn mrn;
	chy_diag diag;
	size_t n;

	/* "1.4(b)" and "25X1" are in tables, so these come first; a number
	 * with a year is never a code. */
	if (chy_mrn_parse(term, 0, &mrn) && mrn.year != 0) {
		tell_mrn(ex, mrn);
		return;
	}
	n = chy_vocab_explain(term, tell, ex);
	if (chy_diag_find(term, &diag)) {
		tell_diag(ex, diag);
		n++;
	}
	if (n > 0)
		return;
	if (chy_mrn_parse(term, 0, &mrn))
		tell_mrn(ex, mrn);
	else
		tell_unknown(ex);
}

static int
run(cmd_env *env, int argc, char **argv)
{
	int status = EXIT_DONE;
	explaining ex = { .env = env };

	ex.as_json = cmd_wants_json(env, &options[AS], env->value[AS],
	    &status);
	for (int i = 0; status == EXIT_DONE && i < argc; i++) {
		ex.asked = chy_slice_of(argv[i]);
		explain(&ex);
	}
	return status;
}

const chy_cmd cmd_explain = { "TERM...", 1, options, run };
