/*
 * Similar telegrams, with the reasons.
 *
 * SPDX-License-Identifier: ISC
 */
#include "answer/answer.h"

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

const char *
answer_like_words(chy_like_kind kind)
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
		chy_sink_printf(out, "    %s", answer_like_words(kind));
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

void
answer_likes_json(const chy_likes *likes, chy_sink *out)
{
	for (uint32_t i = 0; i < likes->n; i++)
		json_like(out, likes->line.id, &likes->at[i]);
}

void
answer_likes_text(const chy_likes *likes, bool colour, chy_sink *out)
{
	chy_sink_puts(out, "like ");
	out_line(out, &likes->line, colour);
	for (uint32_t i = 0; i < likes->n; i++) {
		const chy_like *like = &likes->at[i];

		chy_sink_puts(out, "\n");
		out_line(out, &like->line, colour);
		if (like->near_duplicate)
			chy_sink_printf(out, "    near-duplicate: %u.%u %% of "
			    "the text is the same\n",
			    (unsigned)(like->same / 10),
			    (unsigned)(like->same % 10));
		put_reasons(out, like);
	}
	if (likes->n == 0)
		chy_sink_puts(out, "nothing is like it\n");
}
