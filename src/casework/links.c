/*
 * Repeats, variants, contradictions: what two items are to each other.
 *
 * Words are compared by their first five letters, without those that carry
 * no meaning. A summary repeats what the paragraphs say, so likeness is taken
 * for a repeat there more readily. What was said and what was written stay
 * apart: their difference is substance.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/ascii.h"
#include "casework/casework_int.h"

#define STEM		5u
#define STEMS_MAX	64u

static const char empty_words[] = "the|a|an|of|to|in|on|for|and|or|that|this|"
    "these|those|with|by|as|at|from|its|his|her|their|our|it|he|she|they|we|"
    "us|be|is|are|was|were|been|has|have|had|will|would|not|no|any|all|some|"
    "such|into|about|if|u.s|u.s.|united|states|government|which|who|also|"
    "until|unless|there|official|very|than|more|one|other|between|both";

struct stems {
	chy_slice at[STEMS_MAX];
	uint32_t  n;
};

static bool
is_empty_word(chy_slice s)
{
	const char *p = empty_words;

	while (*p != '\0') {
		size_t n = strcspn(p, "|");

		if (chy_slice_ieq(s, (chy_slice){ p, n }))
			return true;
		p += n + (p[n] != '\0');
	}
	return false;
}

/* The names of the parties say nothing of likeness: they are in all. */
static bool
is_party_word(chy_slice s, chy_slice host)
{
	return host.len >= 4 && chy_slice_istarts(s, chy_slice_sub(host, 0,
	    4));
}

static void
stems_of(chy_slice text, struct stems *ret)
{
	ret->n = 0;
	for (size_t i = 0; i < text.len && ret->n < STEMS_MAX;) {
		size_t end = i;

		while (end < text.len && (chy_is_alnum(text.ptr[end]) ||
		    (unsigned char)text.ptr[end] >= 0x80 ||
		    (text.ptr[end] == '.' && end + 1 < text.len &&
		    chy_is_alpha(text.ptr[end + 1]))))
			end++;
		if (end - i >= 3 && !is_empty_word(chy_slice_sub(text, i,
		    end - i)))
			ret->at[ret->n++] = chy_slice_sub(text, i, end - i);
		i = end > i ? end : i + 1;
	}
}

static bool
same_stem(chy_slice a, chy_slice b)
{
	if (a.len > STEM && b.len > STEM)
		return chy_slice_ieq(chy_slice_sub(a, 0, STEM),
		    chy_slice_sub(b, 0, STEM));
	if (a.len == b.len)
		return chy_slice_ieq(a, b);
	/* "report" and "reports", "act" and "acts". */
	return (a.len + 1 == b.len && chy_slice_istarts(b, a)) ||
	    (b.len + 1 == a.len && chy_slice_istarts(a, b)) ||
	    (a.len >= STEM && b.len >= STEM && chy_slice_ieq(
	    chy_slice_sub(a, 0, STEM), chy_slice_sub(b, 0, STEM)));
}

static bool
stems_have(const struct stems *s, chy_slice word)
{
	for (uint32_t i = 0; i < s->n; i++)
		if (same_stem(s->at[i], word))
			return true;
	return false;
}

static void
without_party(struct stems *s, chy_slice host)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < s->n; i++)
		if (!is_party_word(s->at[i], host))
			s->at[n++] = s->at[i];
	s->n = n;
}

/* Words that both have, of a hundred of the shorter. */
static unsigned
likeness(chy_slice a, chy_slice b, chy_slice host)
{
	struct stems sa, sb;
	unsigned both = 0, least;

	stems_of(a, &sa);
	stems_of(b, &sb);
	without_party(&sa, host);
	without_party(&sb, host);
	for (uint32_t i = 0; i < sa.n; i++)
		both += stems_have(&sb, sa.at[i]);
	least = sa.n < sb.n ? sa.n : sb.n;
	return least == 0 ? 0 : both * 100 / least;
}

chy_slice
chy_item_difference(chy_slice a, chy_slice b)
{
	struct stems sa, sb;

	stems_of(a, &sa);
	stems_of(b, &sb);
	for (uint32_t i = 0; i < sa.n; i++)
		if (!stems_have(&sb, sa.at[i]))
			return sa.at[i];
	return CHY_EMPTY;
}


/* ---- repeats ---- */

static bool
in_summary(const chy_telegram *tel, const chy_proposal *p)
{
	uint32_t par = p->sources[0].paragraph;

	return par < tel->n_paragraphs &&
	    (tel->paragraphs[par].labels & (CHY_BLOCK_SUMMARY |
	    CHY_BLOCK_INTRODUCTION)) != 0;
}

static bool
in_document(const chy_telegram *tel, const chy_proposal *p)
{
	uint32_t par = p->sources[0].paragraph;

	return par < tel->n_paragraphs && tel->paragraphs[par].embedded != 0;
}

static bool
same_party(const chy_party *a, const chy_party *b)
{
	return chy_slice_ieq(a->side, b->side);
}

static bool
same_mark(const chy_telegram *tel, const chy_proposal *a,
    const chy_proposal *b)
{
	uint32_t pa = a->sources[0].paragraph, pb = b->sources[0].paragraph;

	return pa < tel->n_paragraphs && pb < tel->n_paragraphs &&
	    chy_slice_eq(tel->paragraphs[pa].mark, tel->paragraphs[pb].mark);
}

/* Whether b says again what a says. */
static bool
repeats(const chy_telegram *tel, const chy_proposal *a, const chy_proposal *b,
    chy_slice host)
{
	bool summary = in_summary(tel, a) != in_summary(tel, b);
	bool same = a->sources[0].paragraph == b->sources[0].paragraph;
	unsigned like;

	if (a->kind != b->kind || a->channel != b->channel ||
	    !same_party(&a->by, &b->by))
		return false;
	switch (a->kind) {
	case CHY_ITEM_POSITION:
		/* What one speaker holds in one paragraph is one position. */
		if (in_document(tel, a) && in_document(tel, b))
			return true;
		return same && chy_slice_ieq(a->by.name, b->by.name);
	case CHY_ITEM_RATING:
		/* One table of ratings, however often it is named. */
		return likeness(a->what, b->what, host) >= 50;
	case CHY_ITEM_ASSESSMENT:
	case CHY_ITEM_DOCUMENT:
	case CHY_ITEM_CONDITION:
	case CHY_ITEM_REVIEW:
		return false;
	default:
		break;
	}
	if (a->parent != UINT32_MAX || b->parent != UINT32_MAX)
		return false;
	/* A request becomes a task with the label of one paragraph: who may
	 * read the other alone has one of theirs. */
	if (a->kind == CHY_ITEM_GUIDANCE_REQUEST && !same_mark(tel, a, b))
		return false;
	like = likeness(a->what, b->what, host);
	if (same)
		return like >= 90 && chy_slice_eq(a->what, b->what);
	return like >= (summary ? 40u : 85u);
}

static void
drop(chy_proposals *out, uint32_t i, uint32_t into)
{
	memmove(&out->at[i], &out->at[i + 1],
	    (out->n - i - 1) * sizeof(*out->at));
	out->n--;
	for (uint32_t k = 0; k < out->n; k++) {
		uint32_t *parent = &out->at[k].parent;

		if (*parent == i)
			*parent = into;
		else if (*parent != UINT32_MAX && *parent > i)
			--*parent;
	}
}

void
chy_proposals_merge(chy_proposals *out, const chy_telegram *tel)
{
	for (uint32_t i = 1; i < out->n; i++)
		for (uint32_t k = 0; k < i; k++) {
			chy_proposal *a = &out->at[k];
			const chy_proposal *b = &out->at[i];

			if (!repeats(tel, a, b, out->host))
				continue;
			if (a->n_sources < CHY_ITEM_SOURCES)
				a->sources[a->n_sources++] = b->sources[0];
			if (a->condition.len == 0)
				a->condition = b->condition;
			if (b->due.basis > CHY_DUE_NONE &&
			    (a->due.basis == CHY_DUE_NONE ||
			    b->due.basis < a->due.basis))
				a->due = b->due;
			drop(out, i--, k);
			break;
		}
}


/* ---- links ---- */

/* The kinds of one family, in which a thing said and a thing written are
 * variants. */
static int
family(chy_item_kind kind)
{
	switch (kind) {
	case CHY_ITEM_REQUEST:
	case CHY_ITEM_DEMAND:
		return 1;
	case CHY_ITEM_REFUSAL:
		return 2;
	case CHY_ITEM_THREAT:
		return 3;
	case CHY_ITEM_CONSEQUENCE:
		return 4;
	case CHY_ITEM_POSITION:
		return 5;
	case CHY_ITEM_GUIDANCE_REQUEST:
	case CHY_ITEM_COMMITMENT:
	case CHY_ITEM_WARNING:
	case CHY_ITEM_CONDITION:
	case CHY_ITEM_EVENT:
	case CHY_ITEM_DEADLINE:
	case CHY_ITEM_DOCUMENT:
	case CHY_ITEM_RATING:
	case CHY_ITEM_REVIEW:
	case CHY_ITEM_WINDOW:
	case CHY_ITEM_ASSESSMENT:
		return 0;
	}
	return 0;
}

/* Does it refuse everything there is? "all", "any", "no" action. */
static bool
is_blanket(chy_slice what)
{
	static const char *const all[] = { "all ", "any action", "no action",
	    "any cooperation", "no cooperation", "altogether", "entirely" };

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		for (size_t k = 0; k + strlen(all[i]) <= what.len; k++)
			if (chy_slice_istarts(chy_slice_from(what, k),
			    chy_slice_of(all[i])))
				return true;
	return false;
}

static bool
mentions(chy_slice text, const char *const *words)
{
	for (; *words != NULL; words++)
		for (size_t k = 0; k < text.len; k++)
			if (chy_slice_istarts(chy_slice_from(text, k),
			    chy_slice_of(*words)))
				return true;
	return false;
}

static bool
holds_back(chy_item_kind kind)
{
	return kind == CHY_ITEM_REFUSAL || kind == CHY_ITEM_CONSEQUENCE;
}

/* A position that accepts a thing of a year, and one that rejects it. */
static bool
accepts_and_rejects(const chy_item_view *a, const chy_item_view *b)
{
	static const char *const accept[] = { "in stride", "accepted",
	    "welcomed", "raised no objection", "satisf", NULL };
	static const char *const reject[] = { "reject", "object", "contradict",
	    "unfounded", "baseless", "inappropriate", "out of step",
	    "misleading", NULL };
	struct stems sb;

	if (a->kind != CHY_ITEM_POSITION ||
	    (b->kind != CHY_ITEM_POSITION && b->kind != CHY_ITEM_REFUSAL) ||
	    !mentions(a->what, accept) || !mentions(b->what, reject))
		return false;
	/* The same year, or the same thing by name. */
	stems_of(b->what, &sb);
	for (size_t i = 0; i + 4 <= a->what.len; i++) {
		chy_slice year = chy_slice_sub(a->what, i, 4);

		if (chy_is_digit(year.ptr[0]) && chy_is_digit(year.ptr[1]) &&
		    chy_is_digit(year.ptr[2]) && chy_is_digit(year.ptr[3]) &&
		    stems_have(&sb, year))
			return true;
	}
	return false;
}

bool
chy_item_relation(const chy_item_view *a, const chy_item_view *b,
    chy_link_kind *ret_kind, const char **ret_why)
{
	bool about = a->about.len > 0 && chy_slice_ieq(a->about, b->about);
	const chy_item_view *x = a, *y = b;
	chy_slice host = a->by;

	if (a->kind == CHY_ITEM_EVENT || b->kind == CHY_ITEM_EVENT) {
		/* "Tuesday" where the other calls that very day "tomorrow". */
		if (a->basis == CHY_DUE_DERIVED && b->basis == CHY_DUE_DERIVED &&
		    a->due != CHY_NO_DAY && a->due == b->due &&
		    (a->other != CHY_NO_DAY) != (b->other != CHY_NO_DAY) &&
		    chy_slice_eq(a->telegram, b->telegram) &&
		    !chy_slice_ieq(a->phrase, b->phrase)) {
			*ret_kind = CHY_LINK_CONTRADICTS;
			*ret_why = "one day by two names, one of which may mean "
			    "the week after";
			return true;
		}
		return false;
	}
	if (!chy_slice_ieq(a->by, b->by) || a->by.len == 0)
		return false;
	if (b->kind == CHY_ITEM_COMMITMENT) {
		x = b;
		y = a;
	}
	if (x->kind == CHY_ITEM_COMMITMENT && holds_back(y->kind) &&
	    (about || is_blanket(y->what) ||
	    likeness(x->what, y->what, host) >= 50)) {
		*ret_kind = CHY_LINK_CONTRADICTS;
		*ret_why = "promises what is refused otherwise";
		return true;
	}
	if (accepts_and_rejects(a, b) || accepts_and_rejects(b, a)) {
		*ret_kind = CHY_LINK_CONTRADICTS;
		*ret_why = "accepted in one place, rejected in another";
		return true;
	}
	if (family(a->kind) == 0 || family(a->kind) != family(b->kind) ||
	    (a->channel == CHY_CHANNEL_WRITTEN) ==
	    (b->channel == CHY_CHANNEL_WRITTEN))
		return false;
	if (a->kind == CHY_ITEM_POSITION || (!about &&
	    likeness(a->what, b->what, host) < 40))
		return false;
	*ret_kind = CHY_LINK_VARIANT;
	*ret_why = "the same orally and in writing; compare the words";
	return true;
}

static void
add_link(chy_proposals *out, uint32_t from, uint32_t to, chy_link_kind kind,
    const char *why)
{
	if (out->n_links == out->cap_links) {
		chy_item_link *more = chy_arena_alloc(&out->arena,
		    ((size_t)out->cap_links * 2 + 16) * sizeof(*more));

		if (more == NULL)
			return;
		if (out->n_links > 0)
			memcpy(more, out->links, out->n_links * sizeof(*more));
		out->links = more;
		out->cap_links = out->cap_links * 2 + 16;
	}
	out->links[out->n_links++] = (chy_item_link){ from, to, kind, why };
}

static chy_item_view
view_of(const chy_proposal *p)
{
	return (chy_item_view){ .kind = p->kind, .channel = p->channel,
	    .by = p->by.side, .what = p->what, .about = CHY_EMPTY,
	    .due = p->due.day, .other = p->due.other, .basis = p->due.basis,
	    .phrase = p->due.phrase, .telegram = CHY_EMPTY };
}

void
chy_proposals_link(chy_proposals *out)
{
	for (uint32_t i = 0; i < out->n; i++) {
		const chy_proposal *one = &out->at[i];

		if (one->parent != UINT32_MAX)
			add_link(out, i, one->parent,
			    one->kind == CHY_ITEM_CONDITION ?
			    CHY_LINK_DEPENDS_ON : CHY_LINK_PART_OF, "");
	}
	for (uint32_t i = 0; i < out->n; i++)
		for (uint32_t k = i + 1; k < out->n; k++) {
			chy_item_view a = view_of(&out->at[i]);
			chy_item_view b = view_of(&out->at[k]);
			chy_link_kind kind;
			const char *why;

			if (chy_item_relation(&a, &b, &kind, &why))
				add_link(out, i, k, kind, why);
		}
}
