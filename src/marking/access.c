/*
 * The decisions D01 to D15.
 *
 * SPDX-License-Identifier: ISC
 */
#include "marking/access.h"

#include "base/compiler.h"
#include "vocab/vocab.h"

/* U and the administrative step above it are not classified. */
static int
rank(chy_level level)
{
	switch (level) {
	case CHY_LEVEL_CONFIDENTIAL:
		return 1;
	case CHY_LEVEL_SECRET:
		return 2;
	case CHY_LEVEL_TOP_SECRET:
		return 3;
	case CHY_LEVEL_NONE:
		return 4;	/* not marked: nobody's clearance reaches it */
	case CHY_LEVEL_UNCLASSIFIED:
	case CHY_LEVEL_LIMITED_OFFICIAL_USE:
		break;
	}
	return 0;
}

static bool
has(const chy_label *label, const char *token)
{
	const chy_caption *row = chy_vocab_caption(chy_slice_of(token));
	size_t n, i;
	const chy_caption *rows = chy_vocab_captions(&n);

	if (row == NULL)
		return false;
	i = (size_t)(row - rows);
	return i < CHY_LABEL_ROWS && (label->controls[i / 64] >> (i % 64) & 1);
}

/* One of the words of a list "GBR/NATO" is one of the countries. */
static bool
released_to(const char *list, const chy_subject *s)
{
	chy_slice rest = chy_slice_of(list);
	bool found = false;

	while (rest.len > 0) {
		size_t end = chy_slice_find(rest, CHY_SLICE("/"), 0);

		for (size_t i = 0; i < s->n_countries; i++)
			found |= chy_slice_ieq(chy_slice_sub(rest, 0, end),
			    s->countries[i]);
		rest = chy_slice_from(rest, end + 1);
	}
	return found;
}

static bool
is_american(const chy_subject *s, bool only)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n_countries; i++)
		n += chy_slice_ieq(s->countries[i], CHY_SLICE("USA"));
	return n > 0 && (!only || n == s->n_countries);
}

/* D04. What is classified is released to nobody foreign but by its list; a
 * person of two nationalities passes NOFORN only if both may. */
static bool
refuses_release(const chy_subject *s, const chy_label *l)
{
	bool noforn = has(l, "NOFORN") || has(l, "NODIS") || has(l, "EXDIS");

	if (noforn)
		return !is_american(s, true);
	if (rank(l->level) == 0 && l->rel[0] == '\0')
		return false;
	return !is_american(s, false) && !released_to(l->rel, s);
}

/* Rows whose test is another decision's, or none. */
static bool
is_decided_elsewhere(const chy_caption *row)
{
	static const char *const tokens[] = { "NOFORN", "ORCON",
	    "ORCON-USGOV", "PROPIN", "NOCONTRACT", "REL TO", "RELIDO",
	    "DISPLAY ONLY", "WNINTEL", "EYES ONLY" };

	for (size_t i = 0; i < ARRAY_LEN(tokens); i++)
		if (chy_slice_eq(row->token, chy_slice_of(tokens[i])))
			return true;
	return false;
}

/* What the label has of a family's rows and the subject does not hold. */
static bool
lacks(const chy_subject *s, const chy_label *l,
    bool (*concerns)(const chy_caption *row))
{
	size_t n;
	const chy_caption *rows = chy_vocab_captions(&n);
	uint64_t lacking = 0;

	for (size_t i = 0; i < n && i < CHY_LABEL_ROWS; i++) {
		uint64_t bit = (l->controls[i / 64] &
		    ~s->held.controls[i / 64]) >> (i % 64) & 1;

		lacking |= bit & (uint64_t)concerns(&rows[i]);
	}
	return lacking != 0;
}

static bool
is_other_control(const chy_caption *row)
{
	return (row->family == CHY_CAPTION_F1 ||
	    row->family == CHY_CAPTION_AEA) && !is_decided_elsewhere(row);
}

static bool
is_channel(const chy_caption *row)
{
	return row->family == CHY_CAPTION_F2 && row->channel;
}

/* Compartments and other words no table knows. */
static bool
lacks_words(const chy_subject *s, const chy_label *l)
{
	chy_label bare = chy_label_bottom(), own = chy_label_bottom();

	memcpy(bare.words, l->words, sizeof(bare.words));
	memcpy(own.words, s->held.words, sizeof(own.words));
	return !chy_label_leq(&bare, &own);
}

chy_decision
chy_decide(const chy_subject *s, const chy_object *o, uint32_t *ret_refused)
{
	const chy_label *l = &o->label;
	int may = rank(s->clearance);
	bool refused[CHY_DECISION_COUNT] = { false };
	bool controlled = l->level == CHY_LEVEL_LIMITED_OFFICIAL_USE;
	bool plain = l->level == CHY_LEVEL_UNCLASSIFIED && l->rel_all;
	chy_decision first = CHY_DECISION_ALLOW;
	uint32_t bits = 0;

	if (s->clearance == CHY_LEVEL_NONE)
		may = 0;
	if (s->ceiling != CHY_LEVEL_NONE && rank(s->ceiling) < may)
		may = rank(s->ceiling);
	refused[CHY_DECISION_CLEARANCE] = !s->cleared && rank(l->level) > 0;
	refused[CHY_DECISION_LEVEL] = rank(l->level) > may || l->overflow;
	refused[CHY_DECISION_COMPARTMENT] = lacks_words(s, l);
	refused[CHY_DECISION_RELEASE] = refuses_release(s, l);
	refused[CHY_DECISION_ORIGINATOR] = !o->originator_grant &&
	    (has(l, "ORCON") || has(l, "ORCON-USGOV"));
	refused[CHY_DECISION_CONTRACTOR] = s->contractor &&
	    (has(l, "PROPIN") || has(l, "NOCONTRACT"));
	refused[CHY_DECISION_CONTROL] = lacks(s, l, is_other_control);
	refused[CHY_DECISION_NODIS] = !o->named && (has(l, "NODIS") ||
	    has(l, "SPECAT EXCLUSIVE FOR"));
	refused[CHY_DECISION_EXDIS] = !o->exdis_list && (has(l, "EXDIS") ||
	    has(l, "SPECAT"));
	refused[CHY_DECISION_STADIS] = has(l, "STADIS") &&
	    !chy_slice_ieq(s->agency, CHY_SLICE("STATE"));
	refused[CHY_DECISION_CHANNEL] = lacks(s, l, is_channel);
	refused[CHY_DECISION_EYES] = !o->named && (has(l, "EYES ONLY") ||
	    has(l, "FOR xxx ONLY") || has(l, "CHEROKEE"));
	refused[CHY_DECISION_LIMDIS] = !o->limdis_list && (has(l, "LIMDIS") ||
	    has(l, "TERREP EXCLUSIVE"));
	refused[CHY_DECISION_CONTROLLED] = controlled && s->external &&
	    !o->controlled_grant;
	refused[CHY_DECISION_NEED_TO_KNOW] = !o->need_to_know && !plain;
	for (int i = CHY_DECISION_COUNT - 1; i > CHY_DECISION_ALLOW; i--)
		if (refused[i]) {
			first = (chy_decision)i;
			bits |= 1u << i;
		}
	if (ret_refused != NULL)
		*ret_refused = bits;
	return first;
}

static const struct {
	const char *code, *name;
} names[CHY_DECISION_COUNT] = {
	[CHY_DECISION_ALLOW] = { "", "allow" },
	[CHY_DECISION_CLEARANCE] = { "D01", "no clearance" },
	[CHY_DECISION_LEVEL] = { "D02", "level" },
	[CHY_DECISION_COMPARTMENT] = { "D03", "compartment" },
	[CHY_DECISION_RELEASE] = { "D04", "release" },
	[CHY_DECISION_ORIGINATOR] = { "D05", "originator" },
	[CHY_DECISION_CONTRACTOR] = { "D06", "contractor" },
	[CHY_DECISION_CONTROL] = { "D07", "control" },
	[CHY_DECISION_NODIS] = { "D08", "NODIS" },
	[CHY_DECISION_EXDIS] = { "D09", "EXDIS" },
	[CHY_DECISION_STADIS] = { "D10", "STADIS" },
	[CHY_DECISION_CHANNEL] = { "D11", "channel" },
	[CHY_DECISION_EYES] = { "D12", "eyes" },
	[CHY_DECISION_LIMDIS] = { "D13", "LIMDIS" },
	[CHY_DECISION_CONTROLLED] = { "D14", "controlled" },
	[CHY_DECISION_NEED_TO_KNOW] = { "D15", "need-to-know" },
};

const char *
chy_decision_code(chy_decision decision)
{
	return names[decision].code;
}

const char *
chy_decision_name(chy_decision decision)
{
	return names[decision].name;
}
