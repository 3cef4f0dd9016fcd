/*
 * From a telegram to proposals: sentence by sentence, the rules that fit, who
 * speaks, to whom, by when.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/ascii.h"
#include "casework/casework_int.h"

#define FITS_MAX	12u	/* of one sentence */
#define PARTS_MAX	6u	/* that one fit falls into */
/* How far back the day of an event may lie. */
#define EVENT_DAYS	60

struct found {
	const struct rule *rule;
	struct fit	   fit;
};

struct proposing {
	const chy_telegram *tel;
	const chy_casework_settings *set;
	chy_proposals	   *out;
	struct who	    who;
	struct tokens	    ts;
	chy_arena	    scratch;

	/* The paragraph and the sentence at work on. */
	uint32_t	    paragraph;
	size_t		    raw;	/* where to look for the next one */
	uint32_t	    first, end;
	bool		    question; /* it ends so */
	chy_item_source	    source;
	unsigned	    blocks;	/* chy_block_kind that cover it */
	uint32_t	    comment;	/* the comment it is in, plus 1 */
	uint32_t	    assessed;	/* the last one with an assessment */
	int32_t		    base;	/* day of the event */
	int32_t		    sent;	/* day of the telegram */
	uint64_t	    begins[RULES_MAX];	/* of each rule */
	const bool	   *wanted;	/* by paragraph; NULL: all */
};


/* ---- places ---- */

/* Where the words stand in the telegram's text: the same letters, whatever
 * white space and page lines stand between. From is where to begin. */
static chy_span
locate(const chy_telegram *tel, chy_slice words, chy_span within, size_t *from)
{
	size_t end = (size_t)within.off + within.len, w = 0, at, begin;
	chy_slice t = tel->text;

	while (w < words.len && !chy_is_alnum(words.ptr[w]))
		w++;
	for (begin = *from; begin < end; begin++) {
		size_t k = w, seen = 0;

		for (at = begin; at < end && k < words.len;) {
			if (chy_is_space(t.ptr[at])) {
				at++;
			} else if (chy_is_space(words.ptr[k])) {
				k++;
			} else if (t.ptr[at] == words.ptr[k]) {
				at++;
				k++;
				seen++;
			} else {
				break;
			}
		}
		if (k == words.len || seen >= 24) {
			/* What a page line cut in two is marked to the cut. */
			*from = at;
			return (chy_span){ (uint32_t)begin,
			    (uint32_t)(at - begin) };
		}
	}
	return within;
}

static void
look_at_blocks(struct proposing *p)
{
	p->blocks = 0;
	p->comment = 0;
	for (uint32_t i = 0; i < p->tel->n_blocks; i++) {
		const chy_block *b = &p->tel->blocks[i];

		/* One that is not closed ends with its paragraph. */
		if (p->source.span.off < b->span.off ||
		    (b->closed ? p->source.span.off >= b->span.off +
		    b->span.len : p->paragraph > b->last))
			continue;
		p->blocks |= b->kinds;
		if ((b->kinds & CHY_BLOCK_COMMENT) != 0)
			p->comment = i + 1;
	}
}

static chy_slice
words_of(const struct proposing *p, uint32_t first, uint32_t end)
{
	const struct token *a = &p->ts.at[first], *b;

	if (end <= first)
		return CHY_EMPTY;
	b = &p->ts.at[end - 1];
	return chy_slice_sub(p->ts.text, a->off, b->off + b->len - a->off +
	    (b->possessive ? 2u : 0u));
}


/* ---- adding ---- */

static chy_proposal *
add(struct proposing *p, const char *rule, chy_item_kind kind)
{
	chy_proposals *out = p->out;
	chy_proposal *one;

	if (out->n == out->cap) {
		chy_proposal *more = chy_arena_zalloc(&out->arena,
		    (size_t)out->cap * 2 + 32, sizeof(*more));

		if (more == NULL)
			return NULL;
		if (out->n > 0)
			memcpy(more, out->at, out->n * sizeof(*more));
		out->at = more;
		out->cap = out->cap * 2 + 32;
	}
	one = &out->at[out->n++];
	*one = (chy_proposal){
		.kind = kind, .rule = rule, .made = p->base,
		.parent = UINT32_MAX, .n_sources = 1, .measurable = true,
		.what = CHY_EMPTY, .condition = CHY_EMPTY,
		.words = CHY_EMPTY,
		.by = { CHY_EMPTY, CHY_EMPTY },
		.to = { CHY_EMPTY, CHY_EMPTY },
		.due = { CHY_NO_DAY, CHY_NO_DAY, CHY_NO_DAY, CHY_DUE_NONE,
		    CHY_DUE_ROLE_DAY, CHY_EMPTY },
	};
	one->sources[0] = p->source;
	return one;
}

static chy_slice
keep(struct proposing *p, chy_slice s)
{
	return chy_arena_copy(&p->out->arena, s);
}

static chy_party
party_make(struct proposing *p, const struct party *from)
{
	chy_party party = { CHY_EMPTY, CHY_EMPTY };

	if (from->side == SIDE_NONE)
		return party;
	party.side = from->side == SIDE_OWN ? p->who.own : from->country;
	party.name = keep(p, from->name.len > 0 ? from->name : party.side);
	return party;
}

static struct party
mission(const struct proposing *p)
{
	return (struct party){ .side = SIDE_OWN, .country = CHY_EMPTY,
	    .name = p->who.from_hq ? CHY_SLICE("Department") :
	    p->tel->originator.name.len > 0 ? p->tel->originator.name :
	    CHY_SLICE("post") };
}

static struct party
our_side(const struct proposing *p)
{
	return (struct party){ .side = SIDE_OWN, .country = CHY_EMPTY,
	    .name = p->who.own };
}


/* ---- who, to whom, by when ---- */

/* False: nobody who may say such a thing. */
static bool
choose_parties(struct proposing *p, const struct found *f, chy_proposal *one,
    struct party *ret_by)
{
	struct party by = { .side = SIDE_NONE, .name = CHY_EMPTY,
	    .country = CHY_EMPTY }, to = by, named = by;
	bool task = f->rule->kind == CHY_ITEM_GUIDANCE_REQUEST;
	uint32_t at = f->fit.first;

	switch (f->rule->whose) {
	case SUBJECT:
		/* Who warns is who speaks, not what would be wrong. */
		if (!chy_party_subject(&p->who, &p->ts, p->first, p->end,
		    (f->rule->flags & F_OWNWORDS) != 0 ? p->first : at, &by))
			by = p->who.speaker;
		/* "Neither the Minister nor any member": in its own words. */
		for (uint32_t i = at; by.side == SIDE_NONE && i < f->fit.end;
		    i++)
			(void)chy_party_at(&p->who, &p->ts, i, f->fit.end, &by);
		/* A rule that begins with its subject names it. */
		if (task)
			(void)chy_party_at(&p->who, &p->ts, at, p->end, &by);
		break;
	case MISSION:
		by = mission(p);
		break;
	case NAMED:
		(void)chy_party_at(&p->who, &p->ts, at, p->end, &named);
		by = mission(p);
		to = named;
		break;
	case GIVER:
	case RATER:
		if (f->fit.party.side == SIDE_OTHER)
			to = f->fit.party;
		by = our_side(p);
		break;
	case OPPOSED:
		if (!chy_party_subject(&p->who, &p->ts, p->first, at, p->first,
		    &by))
			by = p->who.speaker;
		/* Who wants it does not set it. */
		if (f->fit.party.side == SIDE_OTHER && by.side == SIDE_OTHER)
			by = our_side(p);
		break;
	}
	/* In a foreign document its author speaks, unless of us. */
	if (p->who.embedded && by.side != SIDE_OWN)
		by = (struct party){ .side = SIDE_OTHER,
		    .name = p->who.author, .country = p->who.host };
	if (p->who.embedded && by.side == SIDE_OWN && f->rule->whose == SUBJECT)
		by = (struct party){ .side = SIDE_OTHER,
		    .name = p->who.author, .country = p->who.host };
	/* A day may be set without anybody who is named. */
	if (by.side == SIDE_NONE)
		return f->rule->kind == CHY_ITEM_EVENT ||
		    f->rule->kind == CHY_ITEM_DEADLINE;
	if ((f->rule->flags & (F_OWN | F_OWNWORDS)) != 0 &&
	    by.side != SIDE_OWN)
		return false;
	if ((f->rule->flags & F_FOREIGN) != 0 && by.side != SIDE_OTHER)
		return false;
	if (task && f->rule->whose != NAMED)
		to = (struct party){ .side = SIDE_OWN, .country = CHY_EMPTY,
		    .name = p->who.from_hq ? CHY_SLICE("posts") :
		    CHY_SLICE("Department") };
	else if (to.side == SIDE_NONE && by.side == SIDE_OTHER)
		to = our_side(p);
	else if (to.side == SIDE_NONE)
		to = p->who.person.side == SIDE_OTHER ? p->who.person :
		    p->who.group.side == SIDE_OTHER ? p->who.group :
		    (struct party){ .side = SIDE_OTHER, .name = p->who.host,
		    .country = p->who.host };
	one->by = party_make(p, &by);
	one->to = party_make(p, &to);
	*ret_by = by;
	return true;
}

/* The end of what is asked: the next fit, or "..., she said, ...". */
static uint32_t
what_end(const struct proposing *p, uint32_t what, uint32_t limit)
{
	for (uint32_t i = what + 1; i + 1 < limit; i++) {
		if (p->ts.at[i].kind == TOKEN_SEMICOLON)
			return i;
		if (p->ts.at[i].kind != TOKEN_COMMA)
			continue;
		for (uint32_t k = i + 1; k < limit && k < i + 5; k++) {
			if (p->ts.at[k].kind == TOKEN_COMMA)
				break;
			if (k > i + 1 && chy_token_among(&p->ts, k, "said|"
			    "continued|added|noted|explained|concluded|stated|"
			    "stressed|complained|told|claimed|argued|reminded"))
				return i;
		}
	}
	/* "and", "but", commas and brackets that lead to the next. */
	while (limit > what + 1 && (p->ts.at[limit - 1].kind == TOKEN_COMMA ||
	    p->ts.at[limit - 1].kind == TOKEN_OPEN ||
	    p->ts.at[limit - 1].kind == TOKEN_DASH ||
	    chy_token_among(&p->ts, limit - 1, "and|but|or|that|while|he|she|"
	    "it|they|also|which|who|is|was|has|the|to")))
		limit--;
	return limit;
}

static bool
begins_condition(const struct tokens *ts, uint32_t i)
{
	if (chy_token_among(ts, i, "until|unless|absent|without|provided"))
		return true;
	if (chy_token_is(ts, i, "if"))
		return !chy_token_among(ts, i + 1, "any|not|necessary|possible");
	return chy_token_is(ts, i, "in") && (chy_token_is(ts, i + 1,
	    "absence") || (chy_token_is(ts, i + 1, "the") &&
	    chy_token_is(ts, i + 2, "absence")));
}

/* Can somebody see whether it is met? "As a friend" cannot be measured. */
static bool
is_measurable(const struct proposing *p, uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i < end; i++)
		if (chy_token_among(&p->ts, i, "treat*|friend*|respect*|fair*|"
		    "better|serious*|understand*|trust*|confiden*|satisf*|"
		    "appropriate*"))
			return false;
	return true;
}

/* Where the subject of the words at token `at` begins, if it stands right
 * before them; else `at`. */
static uint32_t
before_subject(const struct proposing *p, uint32_t at, uint32_t least)
{
	struct party by;
	uint32_t i;

	if (!chy_party_subject(&p->who, &p->ts, p->first, p->end, at, &by) ||
	    by.end > at || at - by.end > 3 || by.first <= least)
		return at;
	i = by.first;
	while (i > least && chy_token_among(&p->ts, i - 1, "the|a|an"))
		i--;
	return i;
}

static void
find_condition(struct proposing *p, const struct found *f, uint32_t after,
    uint32_t *what_limit, chy_proposal *one)
{
	uint32_t end = *what_limit;

	for (uint32_t i = f->fit.what + 1; i < end; i++)
		if (begins_condition(&p->ts, i)) {
			one->condition = keep(p, words_of(p, i, end));
			one->measurable = is_measurable(p, i, end);
			*what_limit = i;
			return;
		}
	/* Before it: "Until he has one, ..." */
	end = before_subject(p, f->fit.first, after);
	for (uint32_t i = after; i < end; i++) {
		uint32_t stop = i;

		if (!begins_condition(&p->ts, i))
			continue;
		while (stop < end && p->ts.at[stop].kind != TOKEN_COMMA)
			stop++;
		one->condition = keep(p, words_of(p, i, stop));
		one->measurable = is_measurable(p, i, stop);
		return;
	}
}

/* The first date from token i on that may be meant. */
static bool
find_date(const struct proposing *p, uint32_t i, uint32_t end, bool future,
    chy_due *ret)
{
	while (i < end) {
		chy_due due;
		uint32_t n = chy_date_at(&p->ts, i, end, p->base, &due);

		if (n > 0 && (!future || due.role == CHY_DUE_ROLE_SOON ||
		    (due.day >= p->base && due.role != CHY_DUE_ROLE_SINCE))) {
			*ret = due;
			return true;
		}
		i += n > 0 ? n : 1;
	}
	return false;
}

static void
find_due(struct proposing *p, const struct found *f, uint32_t end,
    chy_proposal *one)
{
	bool task = one->kind == CHY_ITEM_GUIDANCE_REQUEST;
	chy_due due;

	if (find_date(p, f->fit.first, end, one->kind != CHY_ITEM_POSITION,
	    &due))
		one->due = due;
	/* "By June 30, posts should report": before it. */
	else if (task && find_date(p, p->first, f->fit.first, true, &due) &&
	    (due.role == CHY_DUE_ROLE_BY || due.role == CHY_DUE_ROLE_PERIOD))
		one->due = due;
	one->due.phrase = keep(p, one->due.phrase);
	if (!task)
		return;
	if (one->due.day == CHY_NO_DAY) {
		chy_slice phrase = one->due.phrase;

		one->due = chy_due_assumed(p->set, p->tel->precedence, p->sent,
		    true);
		if (phrase.len > 0)
			one->due.phrase = phrase;
	}
}

static chy_channel
channel_of(const struct proposing *p, const struct party *by)
{
	if (p->who.embedded)
		return CHY_CHANNEL_WRITTEN;
	for (uint32_t i = p->first; i < p->end; i++) {
		if (by->side == SIDE_OTHER && chy_token_among(&p->ts, i,
		    "wrote|writes|letter|memorandum|non-paper|diplomatic") &&
		    chy_token_among(&p->ts, i, "wrote|writes"))
			return CHY_CHANNEL_WRITTEN;
		if (chy_token_among(&p->ts, i, "reportedly|publicly|press") ||
		    (chy_token_is(&p->ts, i, "according") &&
		    chy_token_is(&p->ts, i + 1, "to")))
			return CHY_CHANNEL_REPORTED;
	}
	return CHY_CHANNEL_ORAL;
}


/* ---- several in one ---- */

static const char infinitives[] = "accept|address|adopt|advise|allow|amend|"
    "approve|ask|begin|bring|build|call|carry|close|complete|conduct|confirm|"
    "consider|continue|convey|cooperate|create|deliver|determine|develop|end|"
    "engage|ensure|enact|encourage|establish|expand|expedite|explain|explore|"
    "find|give|grant|help|identify|implement|improve|include|increase|inform|"
    "investigate|join|keep|lift|maintain|make|move|obtain|open|operate|pass|"
    "pay|persuade|press|prevent|promote|prosecute|protect|provide|publish|"
    "pursue|put|raise|ratify|recommend|reduce|release|remove|resolve|respond|"
    "restore|return|send|share|sign|start|stop|strengthen|submit|supply|take|"
    "tell|urge|withdraw|work|write";

/* Whether another thing that is asked begins here: "and urge the ..". */
static bool
begins_part(const struct tokens *ts, uint32_t i, uint32_t end, uint32_t *ret)
{
	uint32_t at = i;

	if (ts->at[at].kind == TOKEN_COMMA)
		at++;
	if (!chy_token_among(ts, at, "and|or"))
		return false;
	at++;
	while (at < end && (ts->at[at].kind == TOKEN_QUOTE ||
	    chy_token_is(ts, at, "to")))
		at++;
	if (at + 1 >= end || !chy_token_among(ts, at, infinitives) ||
	    ts->at[at].capital)
		return false;
	/* A verb has something after it, "support and help" has not. */
	if (ts->at[at + 1].kind != TOKEN_WORD &&
	    ts->at[at + 1].kind != TOKEN_NUMBER)
		return false;
	*ret = at;
	return true;
}

/* (a) ..., (b) ...; and the two things of "in responding to X and Y". */
static bool
begins_task_part(const struct tokens *ts, uint32_t i, uint32_t end,
    bool *in_reply, uint32_t *ret)
{
	if (ts->at[i].kind == TOKEN_OPEN && i + 2 < end &&
	    ts->at[i + 1].len == 1 && ts->at[i + 2].kind == TOKEN_CLOSE) {
		*ret = i + 3;
		return true;
	}
	if (chy_token_among(ts, i, "responding|replying|response|reply|"
	    "answering|answer"))
		*in_reply = true;
	if (*in_reply && chy_token_is(ts, i, "and") &&
	    chy_token_among(ts, i + 1, "the|a|to|his|her|its|their")) {
		*ret = i + 1;
		return true;
	}
	return false;
}

/* Cut what is asked into its parts: first tokens, and the end of each. */
static uint32_t
cut_parts(const struct proposing *p, const struct found *f, uint32_t what,
    uint32_t end, uint32_t *starts, uint32_t *ends)
{
	uint32_t n = 1;
	bool in_reply = false;
	bool task = f->rule->kind == CHY_ITEM_GUIDANCE_REQUEST;

	starts[0] = what;
	for (uint32_t i = what + 1; i < end && n < PARTS_MAX; i++) {
		uint32_t next;

		if (task ? begins_task_part(&p->ts, i, end, &in_reply, &next) :
		    begins_part(&p->ts, i, end, &next)) {
			/* "(a)" begins the first part, not a second. */
			if (task && n == 1 && p->ts.at[i].kind == TOKEN_OPEN &&
			    chy_token_among(&p->ts, i + 1, "a|1|i")) {
				i = next;
				continue;
			}
			ends[n - 1] = i;
			starts[n++] = next;
			i = next;
		}
	}
	ends[n - 1] = end;
	for (uint32_t i = 0; i < n; i++)
		ends[i] = what_end(p, starts[i], ends[i]);
	return n;
}

static bool
is_third_person(const struct tokens *ts, uint32_t i)
{
	chy_slice s = token_text(ts, i);

	return ts->at[i].kind == TOKEN_WORD && s.len > 4 &&
	    chy_lower(s.ptr[s.len - 1]) == 's' && !ts->at[i].capital &&
	    !ts->at[i].possessive && !chy_token_among(ts, i, "issues|states|"
	    "this|rights|relations|affairs|countries|services|persons");
}

/* "a letter that promises .., describes .. and reassures ..": conditions of
 * what is asked. */
static void
add_list(struct proposing *p, const struct found *f, uint32_t end,
    uint32_t parent)
{
	uint32_t starts[PARTS_MAX], n = 0, i = f->fit.what;

	while (i + 1 < end && !(chy_token_is(&p->ts, i, "that") &&
	    is_third_person(&p->ts, i + 1)))
		i++;
	if (i + 1 >= end)
		return;
	starts[n++] = i + 1;
	for (i += 2; i + 1 < end && n < PARTS_MAX; i++) {
		uint32_t at = i;

		if (p->ts.at[at].kind == TOKEN_COMMA)
			at++;
		at += chy_token_is(&p->ts, at, "and");
		if (at > i && is_third_person(&p->ts, at)) {
			starts[n++] = at;
			i = at;
		}
	}
	if (n < 2)
		return;
	for (i = 0; i < n; i++) {
		uint32_t stop = what_end(p, starts[i], i + 1 < n ?
		    starts[i + 1] : end);
		chy_proposal *one = add(p, "request-list", CHY_ITEM_CONDITION);

		if (one == NULL)
			return;
		one->what = keep(p, words_of(p, starts[i], stop));
		one->words = keep(p, words_of(p, starts[i], starts[i] + 1));
		one->by = p->out->at[parent].by;
		one->to = p->out->at[parent].to;
		one->channel = p->out->at[parent].channel;
		one->confidence = 76;
		one->parent = parent;
	}
}

static void
add_including(struct proposing *p, const struct found *f, uint32_t end,
    uint32_t parent)
{
	for (uint32_t i = f->fit.what; i + 1 < end; i++) {
		chy_proposal *one;
		uint32_t at = i + 1;

		if (!chy_token_is(&p->ts, i, "including"))
			continue;
		at += chy_token_is(&p->ts, at, "the");
		if (at >= end || !p->ts.at[at].capital)
			continue;
		one = add(p, "threat-including", CHY_ITEM_THREAT);
		if (one == NULL)
			return;
		one->what = keep(p, words_of(p, at, end));
		one->words = keep(p, words_of(p, i, at));
		one->by = p->out->at[parent].by;
		one->to = p->out->at[parent].to;
		one->channel = p->out->at[parent].channel;
		one->condition = p->out->at[parent].condition;
		one->confidence = 74;
		one->parent = parent;
		return;
	}
}


/* ---- one sentence ---- */

static bool
has_before(const struct proposing *p, uint32_t at, const char *words)
{
	for (uint32_t i = p->first; i < at; i++)
		if (chy_token_among(&p->ts, i, words))
			return true;
	return false;
}

static const char be[] = "is|are|was|were|be|been|being|get|got|gets|remain|"
    "remains|remained|seem|seems|seemed|appear|appears|feel|feels|felt";
static const char determiners[] = "the|a|an|his|her|its|their|our|my|this|"
    "these|those|no|any|some|other|such|several|many|recent|repeated|formal|"
    "previous|earlier|as|making|made|make|makes|meet|met";
static const char articles[] = "the|a|an|this|that|these|those|his|her|its|"
    "their|our|of|for|in|on|to|no|any|some|such|market|energy|domestic|"
    "growing|strong|increased|high|labor|consumer|global|local|world";
static const char reporting[] = "said|told|asked|added|stated|noted|replied|"
    "reminded|explained|responded|confirmed|warned|insisted|claimed|argued";

static bool
is_participle(const struct tokens *ts, uint32_t i)
{
	chy_slice s = token_text(ts, i);

	return s.len > 5 && chy_slice_ieq(chy_slice_from(s, s.len - 3),
	    CHY_SLICE("ing"));
}

/* In a clause of "if" or "whether", which no comma has ended yet. */
static bool
is_supposed(const struct proposing *p, uint32_t at)
{
	for (uint32_t i = at; i > p->first; i--) {
		if (p->ts.at[i - 1].kind == TOKEN_COMMA)
			return false;
		if (chy_token_among(&p->ts, i - 1, "if|whether"))
			return true;
	}
	return false;
}

/* What the flags of a rule ask of the place where it fits. */
static bool
flags_hold(const struct proposing *p, const struct found *f)
{
	unsigned flags = f->rule->flags;
	uint32_t at = f->fit.first, before = at;
	bool comment = (p->blocks & CHY_BLOCK_COMMENT) != 0;
	bool task = f->rule->kind == CHY_ITEM_GUIDANCE_REQUEST;
	chy_due due;

	while (before > p->first && p->ts.at[before - 1].kind == TOKEN_WORD &&
	    chy_token_among(&p->ts, before - 1, "also|not|again|strongly|"
	    "never|publicly|being|now|previously|further|repeatedly|already|recently|only|"
	    "not/not|fully|firmly|more|very|less|most|often|widely|"
	    "frequently|generally"))
		before--;
	if ((flags & F_WRITTEN) != 0 && !p->who.embedded)
		return false;
	if (p->who.embedded && task)
		return false;
	if ((flags & F_ACTIVE) != 0 && before > p->first &&
	    chy_token_among(&p->ts, before - 1, be))
		return false;
	/* "a letter that promises": the letter, and nobody. */
	if ((flags & F_ACTIVE) != 0 && before > p->first &&
	    chy_token_among(&p->ts, before - 1, "that|which|who"))
		return false;
	/* "by denying", "if she refuses", "asked whether they would". */
	if (before > p->first && (chy_token_among(&p->ts, before - 1,
	    "by|when") || (is_participle(&p->ts, at) && chy_token_among(&p->ts,
	    before - 1, "for|of|without|against|peacefully"))))
		return false;
	if (!task && chy_token_is(&p->ts, p->first, "not"))
		return false;
	if (!task && f->rule->whose == SUBJECT && is_supposed(p, at))
		return false;
	/* "We believe that they are committed": our view. */
	if (!task && has_before(p, at, "we|i") && has_before(p, at,
	    "believe|assess|think|judge|doubt|suspect"))
		return false;
	if (!task && has_before(p, at, "predicted|predicts|fears|feared|"
	    "doubted|doubts"))
		return false;
	/* "when pressed, they conceded". */
	if (!task && f->fit.what < p->end &&
	    p->ts.at[f->fit.what].kind == TOKEN_COMMA)
		return false;
	/* "whom he called great"; "from 1993 to 2007". */
	if (before > p->first + 1 && chy_token_is(&p->ts, before - 2, "whom"))
		return false;
	if (f->fit.end < p->end && p->ts.at[f->fit.end].kind ==
	    TOKEN_NUMBER && f->rule->kind == CHY_ITEM_DEMAND)
		return false;
	/* "as agreed to at the conference": before it, and elsewhere. */
	if (f->rule->kind == CHY_ITEM_COMMITMENT &&
	    chy_token_among(&p->ts, f->fit.what + 1, "at|in|by"))
		return false;
	/* "did not object", "will demand": not said. */
	for (uint32_t i = before; (flags & F_ACTIVE) != 0 && i < at; i++)
		if (chy_token_among(&p->ts, i, "not|not/not|never"))
			return false;
	if ((flags & F_ACTIVE) != 0 && before > p->first &&
	    (f->rule->kind == CHY_ITEM_DEMAND ||
	    f->rule->kind == CHY_ITEM_THREAT) &&
	    chy_token_among(&p->ts, before - 1, "will|would|may|might|could|"
	    "to|should|or"))
		return false;
	/* Their requests, Ukraine's demand, 40 accused: nouns. */
	if ((flags & F_ACTIVE) != 0 && before > p->first &&
	    (chy_token_among(&p->ts, before - 1, determiners) ||
	    p->ts.at[before - 1].possessive ||
	    p->ts.at[before - 1].kind == TOKEN_NUMBER))
		return false;
	if ((flags & F_START) != 0 && !p->ts.at[at].first && at > p->first &&
	    p->ts.at[at - 1].kind != TOKEN_COMMA &&
	    p->ts.at[at - 1].kind != TOKEN_COLON &&
	    p->ts.at[at - 1].kind != TOKEN_CLOSE &&
	    !chy_token_among(&p->ts, at - 1, "and"))
		return false;
	if ((flags & F_HQ) != 0 && !p->who.from_hq)
		return false;
	if ((flags & (F_NOUNS | F_FINITE)) != 0 && before > p->first &&
	    chy_token_among(&p->ts, before - 1, articles))
		return false;
	if ((flags & F_DATED) != 0 && !find_date(p, at, p->end,
	    (flags & F_FUTURE) != 0, &due))
		return false;
	if ((flags & F_DATED) != 0 && due.role == CHY_DUE_ROLE_SOON)
		return false;
	if ((flags & F_QUOTED) != 0) {
		uint32_t i = f->fit.what;

		while (i < p->end && p->ts.at[i].kind != TOKEN_QUOTE)
			i++;
		if (i == p->end)
			return false;
	}
	if (!task && p->question)
		return false;
	/* "took place", "dismissed from", "denied, and": no such thing. */
	if (chy_token_is(&p->ts, f->fit.what, "take") &&
	    chy_token_is(&p->ts, f->fit.what + 1, "place") &&
	    f->rule->kind == CHY_ITEM_REFUSAL)
		return false;
	if (f->rule->kind == CHY_ITEM_POSITION && (f->fit.what >= p->end ||
	    p->ts.at[f->fit.what].kind == TOKEN_COMMA ||
	    chy_token_among(&p->ts, f->fit.what, "from|by")))
		return false;
	/* What a comment says of others is the drafter's view, unless it
	 * reports what was said. */
	if (comment && !task && !p->who.embedded &&
	    !has_before(p, f->fit.end, reporting))
		return false;
	return true;
}

static void
find_begins(struct proposing *p)
{
	for (size_t r = 0; chy_rule_at(r) != NULL; r++)
		p->begins[r] = chy_rule_begins(chy_rule_at(r));
}

/* Rules in the order of the table; who is first has the words. */
static uint32_t
find_fits(struct proposing *p, struct found *fits)
{
	const struct rule *rule;
	uint64_t all = 0;
	uint32_t n = 0;

	for (uint32_t i = p->first; i < p->end; i++) {
		chy_slice text = token_text(&p->ts, i);

		p->ts.at[i].begin = text.len > 0 ? chy_begin_bit(text) :
		    CHY_BEGINS_ALL;
		all |= p->ts.at[i].begin;
	}
	for (size_t r = 0; (rule = chy_rule_at(r)) != NULL; r++)
		for (uint32_t i = (p->begins[r] & all) != 0 ? p->first :
		    p->end; i < p->end && n < FITS_MAX; i++) {
			struct found f = { .rule = rule };
			bool taken = false;

			if ((p->begins[r] & p->ts.at[i].begin) == 0 ||
			    !chy_rule_fits(rule, &p->who, &p->ts, i, p->end,
			    p->base, &f.fit) || !flags_hold(p, &f))
				continue;
			for (uint32_t k = 0; k < n; k++)
				taken |= f.fit.first < fits[k].fit.end &&
				    fits[k].fit.first < f.fit.end;
			if (!taken)
				fits[n++] = f;
		}
	/* A warning of what is threatened is the threat. */
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t k = 0; k < n; k++)
			if (fits[k].rule->kind == CHY_ITEM_THREAT &&
			    fits[i].rule->kind == CHY_ITEM_WARNING &&
			    fits[i].fit.first < fits[k].fit.first) {
				fits[i--] = fits[--n];
				break;
			}
	/* In the order of the sentence. */
	for (uint32_t i = 1; i < n; i++) {
		struct found f = fits[i];
		uint32_t k = i;

		for (; k > 0 && fits[k - 1].fit.first > f.fit.first; k--)
			fits[k] = fits[k - 1];
		fits[k] = f;
	}
	return n;
}

static bool
speaks_to_you(const struct proposing *p, uint32_t from)
{
	for (uint32_t i = from; i < p->end; i++)
		if (chy_token_among(&p->ts, i, "you|your"))
			return true;
	return false;
}

static void
take_fit(struct proposing *p, const struct found *f, uint32_t after,
    uint32_t limit)
{
	uint32_t starts[PARTS_MAX], ends[PARTS_MAX], n = 1, parent;
	uint32_t end = limit, whole;
	struct party by = { .side = SIDE_NONE };
	chy_proposal first;
	chy_proposal *one = add(p, f->rule->name, f->rule->kind);

	if (one == NULL)
		return;
	parent = p->out->n - 1;
	if (!choose_parties(p, f, one, &by)) {
		p->out->n--;
		return;
	}
	/* Our own "we would not" in a comment refuses nothing. */
	if ((f->rule->flags & F_SPOKEN) != 0 && by.side == SIDE_OWN &&
	    (p->blocks & CHY_BLOCK_COMMENT) != 0) {
		p->out->n--;
		return;
	}
	/* "We ask that your government ..." is said to the other side. */
	if (one->kind == CHY_ITEM_GUIDANCE_REQUEST && f->rule->whose ==
	    SUBJECT && speaks_to_you(p, f->fit.what)) {
		one->kind = CHY_ITEM_REQUEST;
		one->to = (chy_party){ p->who.host, p->who.host };
	}
	one->channel = channel_of(p, &by);
	one->confidence = f->rule->confidence;
	one->words = keep(p, words_of(p, f->fit.first, f->fit.end));
	whole = what_end(p, f->fit.what, end);
	end = whole;
	if (one->kind != CHY_ITEM_CONDITION &&
	    one->kind != CHY_ITEM_GUIDANCE_REQUEST)
		find_condition(p, f, after, &end, one);
	find_due(p, f, limit, one);
	starts[0] = f->fit.what;
	ends[0] = what_end(p, starts[0], end);
	if ((f->rule->flags & F_SPLIT) != 0)
		n = cut_parts(p, f, f->fit.what, end, starts, ends);
	one->what = keep(p, words_of(p, starts[0], ends[0]));
	/* "argued that" alone: what is argued is an item of its own. */
	if (one->what.len < 3 || (one->kind == CHY_ITEM_POSITION &&
	    ends[0] - starts[0] < 3 && chy_token_among(&p->ts, starts[0],
	    "that|the|his|her|its|their"))) {
		p->out->n = parent;
		return;
	}
	first = *one;
	for (uint32_t i = 1; i < n; i++) {
		one = add(p, f->rule->name, f->rule->kind);
		if (one == NULL)
			return;
		*one = first;
		one->what = keep(p, words_of(p, starts[i], ends[i]));
	}
	if ((f->rule->flags & F_LIST) != 0)
		add_list(p, f, whole, parent);
	if ((f->rule->flags & F_INCLUDING) != 0)
		add_including(p, f, whole, parent);
}

static void
take_assessment(struct proposing *p, uint32_t n_fits)
{
	chy_proposal *one;
	struct party by = mission(p);

	if (p->comment == 0 || p->assessed == p->comment || n_fits > 0 ||
	    (p->blocks & CHY_BLOCK_ACTION_REQUEST) != 0 ||
	    p->end - p->first < 6)
		return;
	one = add(p, "comment", CHY_ITEM_ASSESSMENT);
	if (one == NULL)
		return;
	p->assessed = p->comment;
	one->what = keep(p, words_of(p, p->first, p->end));
	one->words = CHY_SLICE("comment");
	one->by = party_make(p, &by);
	one->channel = CHY_CHANNEL_WRITTEN;
	one->confidence = 90;
}

/* Whom "he" and "they" mean from here on. */
static void
remember(struct proposing *p)
{
	struct party by;

	if (!chy_party_subject(&p->who, &p->ts, p->first, p->end, p->first,
	    &by))
		return;
	if (by.side == SIDE_OTHER && !by.pronoun && by.person)
		p->who.person = by;
	else if (by.side == SIDE_OTHER && !by.pronoun)
		p->who.group = by;
	p->who.speaker = by;
	/* "I told Marrack that ...": she is who is spoken to, and "he". */
	if (by.side != SIDE_OWN)
		return;
	for (uint32_t i = by.end; i < p->end && i < by.end + 8; i++) {
		struct party to;

		if (chy_party_at(&p->who, &p->ts, i, p->end, &to) &&
		    !to.pronoun && to.side == SIDE_OTHER && to.person) {
			p->who.person = to;
			break;
		}
	}
}

static void
take_sentence(struct proposing *p)
{
	struct found fits[FITS_MAX];
	chy_slice words = words_of(p, p->first, p->end);
	uint32_t n, after;

	p->source.sentence = keep(p, words);
	p->source.span = locate(p->tel, words,
	    p->tel->paragraphs[p->paragraph].span, &p->raw);
	look_at_blocks(p);
	p->question = p->end < p->ts.n &&
	    p->ts.text.ptr[p->ts.at[p->end].off] == '?';
	n = find_fits(p, fits);
	after = p->first;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t k = i + 1;

		/* A rating or a period named in what is refused is part of
		 * it; another thing said ends it. */
		while (k < n && (fits[k].rule->whose == RATER ||
		    fits[k].rule->whose == GIVER ||
		    fits[k].fit.first <= fits[i].fit.what))
			k++;
		take_fit(p, &fits[i], after, k < n ? before_subject(p,
		    fits[k].fit.first, fits[i].fit.what) : p->end);
		after = fits[i].fit.end;
	}
	take_assessment(p, n);
	remember(p);
}


/* ---- one paragraph ---- */

/* The day of the event: the first day in the paragraph's first sentence that
 * lies before the telegram. */
static void
find_base(struct proposing *p, uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i < end;) {
		chy_due due;
		uint32_t n = chy_date_at(&p->ts, i, end, p->sent, &due);

		if (n > 0 && due.role == CHY_DUE_ROLE_DAY &&
		    due.basis == CHY_DUE_EXPLICIT && due.day == due.first &&
		    due.day <= p->sent && due.day > p->sent - EVENT_DAYS) {
			p->base = due.day;
			return;
		}
		i += n > 0 ? n : 1;
	}
}

static void
take_paragraph(struct proposing *p, uint32_t number)
{
	const chy_paragraph *par = &p->tel->paragraphs[number];
	const chy_embedded *doc = NULL;
	uint32_t i = 0;

	chy_arena_reset(&p->scratch);
	if (!chy_tokens_cut(&p->ts, par->clean, &p->scratch))
		return;
	if (par->embedded > 0 && par->embedded <= p->tel->n_embedded)
		doc = &p->tel->embedded[par->embedded - 1];
	p->who.embedded = doc != NULL;
	p->who.author = doc != NULL && doc->author.len > 0 ? doc->author :
	    p->who.host;
	p->paragraph = number;
	p->raw = par->span.off;
	p->source = (chy_item_source){ .paragraph = number,
	    .id = keep(p, par->id) };
	while (i < p->ts.n) {
		uint32_t end = i;

		while (end < p->ts.n && p->ts.at[end].kind != TOKEN_STOP)
			end++;
		if (end > i) {
			p->first = i;
			p->end = end;
			if (i == 0 && doc == NULL)
				find_base(p, i, end);
			if (p->wanted == NULL || p->wanted[number])
				take_sentence(p);
			else
				remember(p);
		}
		i = end + 1;
	}
}

/* What "he" meant dies with the words of its paragraph: keep the names. */
static void
keep_names(struct proposing *p)
{
	struct party *kept[] = { &p->who.person, &p->who.group,
	    &p->who.speaker };

	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		if (kept[i]->side != SIDE_NONE)
			kept[i]->name = keep(p, kept[i]->name);
}


/* ---- what has a place of its own ---- */

static void
take_documents(struct proposing *p)
{
	for (uint32_t i = 0; i < p->tel->n_embedded; i++) {
		const chy_embedded *doc = &p->tel->embedded[i];
		chy_proposal *one;

		/* A list that follows "text:" has neither title nor author. */
		if (doc->text.len < 200 || (doc->author.len == 0 &&
		    doc->title.len == 0))
			continue;
		p->source = (chy_item_source){ .paragraph = doc->paragraph,
		    .id = keep(p, p->tel->paragraphs[doc->paragraph].id),
		    .span = doc->span, .sentence = doc->title };
		one = add(p, "embedded", CHY_ITEM_DOCUMENT);
		if (one == NULL)
			return;
		one->what = doc->title.len > 0 ? doc->title :
		    CHY_SLICE("document");
		one->by = (chy_party){ doc->author.len > 0 ? doc->author :
		    p->who.host, p->who.host };
		one->to = (chy_party){ CHY_SLICE("Department"), p->who.own };
		one->channel = CHY_CHANNEL_WRITTEN;
		one->confidence = 92;
		one->words = CHY_SLICE("text of a document");
	}
}

static void
take_review(struct proposing *p)
{
	const chy_declass *d = &p->tel->declass;
	chy_proposal *one;

	if (d->date.year == 0)
		return;
	p->source = (chy_item_source){ .paragraph = UINT32_MAX,
	    .id = CHY_SLICE("eo"), .sentence = p->tel->eo_text };
	one = add(p, "declassification", CHY_ITEM_REVIEW);
	if (one == NULL)
		return;
	one->what = CHY_SLICE("declassification of the telegram");
	one->words = d->text;
	one->by = (chy_party){ CHY_SLICE("records"), p->who.own };
	one->due.day = one->due.first = chy_day_of(d->date);
	one->due.basis = d->basis == CHY_BASIS_TEXT ? CHY_DUE_EXPLICIT :
	    CHY_DUE_DERIVED;
	one->due.phrase = d->text;
	one->channel = CHY_CHANNEL_WRITTEN;
	one->confidence = 98;
}

/* The sentence that sounds like asking, else the first one. */
static void
choose_sentence(struct proposing *p)
{
	uint32_t first = 0;

	for (uint32_t i = 0; i <= p->ts.n; i++) {
		bool asks = false;

		if (i < p->ts.n && p->ts.at[i].kind != TOKEN_STOP)
			continue;
		for (uint32_t k = first; k < i; k++)
			asks |= chy_token_among(&p->ts, k, "ask|asks|request*|"
			    "guidance|please|recommend*|whether|approval|"
			    "instruct*|wish|appreciate|clearance");
		if (asks || first == 0) {
			p->first = first;
			p->end = i;
		}
		if (asks)
			return;
		first = i + 1;
	}
}

/* A formal action request whose paragraph no rule understood: the paragraph
 * is what is asked. */
static void
take_action_request(struct proposing *p, const chy_action_request *ask)
{
	uint32_t target = UINT32_MAX;
	struct party by = mission(p);
	const chy_paragraph *par;
	chy_proposal *one;
	chy_slice what;
	chy_due due;

	for (uint32_t i = 0; i < p->tel->n_paragraphs; i++)
		for (uint32_t k = 0; k < ask->n_paragraphs; k++)
			if (p->tel->paragraphs[i].number == ask->paragraphs[k] &&
			    p->tel->paragraphs[i].embedded == 0) {
				target = i;
				goto found;
			}
found:
	/* Where it points nowhere, whatever is asked is what it means. */
	for (uint32_t i = 0; i < p->out->n; i++)
		if (p->out->at[i].kind == CHY_ITEM_GUIDANCE_REQUEST &&
		    (p->out->at[i].sources[0].paragraph == target ||
		    target == UINT32_MAX))
			return;
	if (target == UINT32_MAX)
		target = ask->paragraph;
	if (target >= p->tel->n_paragraphs)
		return;
	par = &p->tel->paragraphs[target];
	what = chy_slice_trim(par->clean);
	if (what.len == 0)
		return;
	p->paragraph = target;
	p->base = p->sent;
	if (!chy_tokens_cut(&p->ts, what, &p->scratch) || p->ts.n == 0)
		return;
	choose_sentence(p);
	what = words_of(p, p->first, p->end);
	p->source = (chy_item_source){ .paragraph = target,
	    .id = keep(p, par->id), .span = par->span, .sentence = what };
	one = add(p, "action-request", CHY_ITEM_GUIDANCE_REQUEST);
	if (one == NULL)
		return;
	one->what = keep(p, what);
	one->words = keep(p, ask->text);
	one->by = party_make(p, &by);
	one->to = (chy_party){ p->who.from_hq ? CHY_SLICE("posts") :
	    CHY_SLICE("Department"), p->who.own };
	one->due = chy_due_assumed(p->set, p->tel->precedence, p->sent, true);
	if (find_date(p, 0, p->ts.n, true, &due) &&
	    due.role != CHY_DUE_ROLE_SOON) {
		one->due = due;
		one->due.phrase = keep(p, due.phrase);
	}
	one->confidence = 70;
}


/* ---- all of it ---- */

static void
find_sides(struct proposing *p)
{
	const chy_telegram *tel = p->tel;
	const chy_post *post = chy_vocab_post_by_plad(tel->originator.plad);
	const chy_tag *tag = NULL;

	if (post == NULL)
		post = chy_vocab_post_by_mrn_name(tel->originator.post);
	p->who.own = p->set->own;
	p->who.host = p->who.author = CHY_EMPTY;
	p->who.person.name = p->who.group.name = p->who.speaker.name =
	    CHY_EMPTY;
	p->who.person.country = p->who.group.country =
	    p->who.speaker.country = CHY_EMPTY;
	p->who.from_hq = post != NULL && post->kind == CHY_POST_DEPARTMENT;
	/* At an international body everybody is a guest. */
	if (post != NULL && post->kind == CHY_POST_MISSION)
		return;
	if (post != NULL && !p->who.from_hq && post->tags_country.len > 0)
		tag = chy_vocab_tag_as(CHY_TAG_GEOGRAPHIC, post->tags_country);
	for (uint32_t i = 0; tag == NULL && i < tel->n_tags; i++)
		if (tel->tags[i].kind == CHY_TAG_GEOGRAPHIC &&
		    !chy_slice_eq(tel->tags[i].code, CHY_SLICE("US")))
			tag = chy_vocab_tag_as(CHY_TAG_GEOGRAPHIC,
			    tel->tags[i].code);
	if (tag != NULL)
		p->who.host = tag->meaning;
}

static int
by_place(const void *a, const void *b)
{
	const chy_proposal *pa = a, *pb = b;
	uint32_t qa = pa->sources[0].paragraph, qb = pb->sources[0].paragraph;

	/* Ours keep their order otherwise: `made` holds it while sorting. */
	if (qa != qb)
		return qa < qb ? -1 : 1;
	return pa->made < pb->made ? -1 : pa->made > pb->made;
}

/* In the order of the telegram, parents kept. */
static void
sort_by_place(chy_proposals *out, chy_arena *arena)
{
	int32_t *made = chy_arena_alloc(arena, (out->n + 1) * sizeof(*made));
	uint32_t *now = chy_arena_alloc(arena, (out->n + 1) * sizeof(*now));

	if (made == NULL || now == NULL)
		return;
	for (uint32_t i = 0; i < out->n; i++) {
		made[i] = out->at[i].made;
		out->at[i].made = (int32_t)i;
	}
	if (out->n > 1)
		qsort(out->at, out->n, sizeof(*out->at), by_place);
	for (uint32_t i = 0; i < out->n; i++)
		now[out->at[i].made] = i;
	for (uint32_t i = 0; i < out->n; i++) {
		out->at[i].made = made[out->at[i].made];
		if (out->at[i].parent != UINT32_MAX)
			out->at[i].parent = now[out->at[i].parent];
	}
}

chy_status
chy_casework_propose(const chy_telegram *tel,
    const chy_casework_settings *set, chy_proposals **ret)
{
	return chy_propose_in(tel, set, NULL, ret);
}

chy_status
chy_propose_in(const chy_telegram *tel, const chy_casework_settings *set,
    const bool *wanted, chy_proposals **ret)
{
	struct proposing p = { .tel = tel, .set = set, .wanted = wanted };
	chy_status st = CHY_OK;

	p.out = calloc(1, sizeof(*p.out));
	if (p.out == NULL)
		return CHY_ERR_NO_MEMORY;
	chy_arena_init(&p.out->arena, 0);
	chy_arena_init(&p.scratch, 0);
	find_sides(&p);
	p.base = p.sent = chy_day_of(tel->dtg_civil);
	find_begins(&p);
	for (uint32_t i = 0; i < tel->n_paragraphs; i++)
		if (tel->paragraphs[i].embedded == 0 && chy_tokens_cut(&p.ts,
		    tel->paragraphs[i].clean, &p.scratch))
			chy_parties_learn(&p.who, &p.ts, &p.out->arena);
	for (uint32_t i = 0; i < tel->n_paragraphs; i++) {
		take_paragraph(&p, i);
		keep_names(&p);
	}
	for (uint32_t i = 0; i < tel->n_action_requests; i++)
		take_action_request(&p, &tel->action_requests[i]);
	take_documents(&p);
	take_review(&p);
	p.out->base = p.base;
	p.out->own = p.who.own;
	p.out->host = p.who.host;
	sort_by_place(p.out, &p.scratch);
	chy_proposals_merge(p.out, tel);
	chy_proposals_link(p.out);
	if (chy_arena_failed(&p.out->arena) || chy_arena_failed(&p.scratch))
		st = CHY_ERR_NO_MEMORY;
	chy_arena_done(&p.scratch);
	if (st != CHY_OK)
		chy_proposals_free(p.out);
	else
		*ret = p.out;
	return st;
}

void
chy_proposals_free(chy_proposals *proposals)
{
	if (proposals == NULL)
		return;
	chy_arena_done(&proposals->arena);
	free(proposals);
}

bool
chy_casework_rule_finds(size_t i, chy_slice sentence)
{
	const struct rule *rule = chy_rule_at(i);
	chy_proposals out = { .n = 0 };
	chy_paragraph par = { .number = 1, .id = CHY_SLICE("1"),
	    .mark = CHY_EMPTY, .clean = sentence, .text = sentence,
	    .span = { 0, (uint32_t)sentence.len } };
	chy_embedded doc = { .author = CHY_SLICE("Ministry of Harbours"),
	    .title = CHY_EMPTY, .text = CHY_EMPTY };
	chy_casework_settings set = chy_casework_defaults();
	/* Sent on Monday 9 March 2026. */
	chy_telegram tel = { .text = sentence, .paragraphs = &par,
	    .n_paragraphs = 1, .dtg_civil = { 2026, 3, 9, 12, 0 } };
	struct proposing p = { .tel = &tel, .set = &set, .out = &out };
	bool found = false;

	if (rule == NULL)
		return false;
	if ((rule->flags & F_WRITTEN) != 0) {
		par.embedded = 1;
		tel.embedded = &doc;
		tel.n_embedded = 1;
	}
	tel.originator.plad = tel.originator.post = CHY_EMPTY;
	tel.originator.name = CHY_SLICE("Embassy Port Arden");
	find_sides(&p);
	find_begins(&p);
	p.who.from_hq = (rule->flags & F_HQ) != 0;
	p.base = p.sent = chy_day_of(tel.dtg_civil);
	chy_arena_init(&out.arena, 0);
	chy_arena_init(&p.scratch, 0);
	take_paragraph(&p, 0);
	for (uint32_t k = 0; k < out.n; k++)
		found |= strcmp(out.at[k].rule, rule->name) == 0;
	chy_arena_done(&p.scratch);
	chy_arena_done(&out.arena);
	return found;
}
