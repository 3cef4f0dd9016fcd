/*
 * Format lines 7 to 9: who gets it.
 *
 * Source: 5 FAH-2 H-230, H-321.7 to 9; telegram-format 2.7, 2.8, 6.1.
 *
 * SPDX-License-Identifier: ISC
 */
#include "check/check_int.h"

bool
chy_is_state(const chy_post *post)
{
	switch (post->kind) {
	case CHY_POST_EMBASSY:
	case CHY_POST_CONSULATE:
	case CHY_POST_MISSION:
	case CHY_POST_OFFICE:
	case CHY_POST_DEPARTMENT:
		return true;
	case CHY_POST_AGENCY:
	case CHY_POST_SERIES:
		break;
	}
	return false;
}

static bool
is_agency(chy_slice plad)
{
	const chy_post *post = chy_vocab_post_by_plad(plad);

	return post != NULL && post->kind == CHY_POST_AGENCY;
}

static bool
is_collective(chy_slice plad)
{
	return chy_vocab_collective(plad) != NULL ||
	    chy_has_word(plad, "COLLECTIVE") || chy_has_word(plad, "POSTS");
}

static bool
is_known(chy_slice plad)
{
	size_t office = chy_slice_find(plad, CHY_SLICE("//"), 0);

	if (chy_vocab_post_by_plad(plad) != NULL || is_collective(plad))
		return true;
	/* CIA WASHINGTON DC// and //POLAD// name an office inside it. */
	return office < plad.len && chy_vocab_post_by_plad(chy_slice_trim(
	    chy_slice_sub(plad, 0, office))) != NULL;
}

void
chy_rule_addressees(chy_checking *c, uint32_t node)
{
	const chy_telegram *tel = c->tel;
	chy_precedence action = CHY_PRECEDENCE_NONE;
	const chy_addressee *above = NULL, *zen = NULL;
	uint32_t actions = 0, zens = 0;

	(void)node;
	for (uint32_t i = 0; i < tel->n_addressees; i++) {
		const chy_addressee *a = &tel->addressees[i];

		if (a->role == CHY_ROLE_ACTION) {
			actions++;
			if (a->effective > action)
				action = a->effective;
		}
		if (chy_slice_eq(a->routing_indicator, CHY_SLICE("ZEN")) &&
		    zens++ == 0)
			zen = a;
	}
	for (uint32_t i = 0; i < tel->n_addressees && above == NULL; i++) {
		const chy_addressee *a = &tel->addressees[i];

		if (a->role == CHY_ROLE_INFO && a->precedence.len > 0 &&
		    a->effective > action && actions > 0)
			above = a;
	}
	if (actions == 0 && !tel->partial)
		chy_report_missing(c, CHY_DIAG_NO_ACTION_ADDRESSEE,
		    c->line[6] != CHY_NO_NODE ? c->line[6] :
		    c->first[CHY_NODE_FORMAT_LINE]);
	if (c->lines[7] > 0 && c->lines[8] > 0 && c->line[8] < c->line[7])
		chy_report_node(c, CHY_DIAG_INFO_BEFORE_TO, c->line[8],
		    CHY_EMPTY);
	if (above != NULL)
		chy_report_node(c, CHY_DIAG_INFO_PRECEDENCE_ABOVE_ACTION,
		    above->node, above->plad);
	if (zen != NULL)
		chy_report_fmt(c, CHY_DIAG_DELIVERED_SEPARATELY,
		    chy_node_at(c, zen->node)->off,
		    chy_node_at(c, zen->node)->len, "%u address%s", zens,
		    zens == 1 ? "" : "es");
}

#define ADDRESS_SLOTS	256u	/* a list of 128 fills half of it */

/* The same address again, on the same side or on both. Longer lists than a
 * heading ever had are not compared to their end. */
void
chy_rule_addressed_twice(chy_checking *c, uint32_t node)
{
	const chy_telegram *tel = c->tel;
	uint16_t slots[ADDRESS_SLOTS] = { 0 };

	(void)node;
	for (uint32_t i = 0; i < tel->n_addressees && i < ADDRESS_SLOTS / 2;
	    i++) {
		const chy_addressee *a = &tel->addressees[i];
		uint32_t h = chy_slice_hash(a->plad) % ADDRESS_SLOTS;
		const chy_addressee *b = NULL;

		while (slots[h] != 0) {
			b = &tel->addressees[slots[h] - 1];
			if (chy_slice_eq(a->plad, b->plad))
				break;
			b = NULL;
			h = (h + 1) % ADDRESS_SLOTS;
		}
		if (b == NULL) {
			slots[h] = (uint16_t)(i + 1);
			continue;
		}
		chy_report_node(c, a->role == b->role ?
		    CHY_DIAG_ADDRESSEE_TWICE :
		    CHY_DIAG_ADDRESSEE_ACTION_AND_INFO, a->node, a->plad);
	}
}

void
chy_rule_exempted(chy_checking *c, uint32_t node)
{
	const chy_telegram *tel = c->tel;
	bool collective = false;
	uint32_t place = CHY_NO_NODE;

	(void)node;
	if (tel->exempted.n == 0)
		return;
	/* An address that no directory has may be a collective. */
	for (uint32_t i = 0; i < tel->n_addressees; i++)
		collective |= chy_vocab_post_by_plad(
		    tel->addressees[i].plad) == NULL ||
		    is_collective(tel->addressees[i].plad);
	for (uint32_t i = 0; i < tel->n_nodes; i++) {
		const chy_node *n = &tel->nodes[i];
		uint32_t leaf;

		if (n->kind != CHY_NODE_ADDRESSEE ||
		    n->value != CHY_ROLE_EXEMPT)
			continue;
		if (place == CHY_NO_NODE)
			place = i;
		leaf = chy_node_below(c, i, CHY_NODE_PLAD);
		for (uint32_t k = 0; leaf != CHY_NO_NODE &&
		    k < tel->n_addressees; k++)
			if (chy_slice_ieq(tel->addressees[k].plad,
			    chy_node_text(c, leaf))) {
				chy_report_node(c,
				    CHY_DIAG_EXEMPTED_IS_ADDRESSEE, leaf,
				    chy_node_text(c, leaf));
				break;
			}
	}
	if (!collective && place != CHY_NO_NODE)
		chy_report_node(c, CHY_DIAG_XMT_WITHOUT_COLLECTIVE, place,
		    tel->exempted.at[0]);
}

/* STADIS stays in the Department; NODIS and EXDIS go elsewhere only with an
 * instruction to pass. */
void
chy_rule_other_agencies(chy_checking *c, uint32_t node)
{
	bool stadis = chy_has_caption(c, "STADIS");
	bool nodis = chy_has_caption(c, "NODIS") ||
	    chy_has_caption(c, "EXDIS");

	(void)node;
	if (!stadis && !nodis)
		return;
	for (uint32_t i = 0; i < c->tel->n_addressees; i++) {
		const chy_addressee *a = &c->tel->addressees[i];

		if (!is_agency(a->plad))
			continue;
		if (stadis)
			chy_report_node(c, CHY_DIAG_STADIS_TO_OTHER_AGENCY,
			    a->node, a->plad);
		if (nodis && c->tel->n_passing == 0)
			chy_report_node(c, CHY_DIAG_NODIS_TO_OTHER_AGENCY,
			    a->node, a->plad);
	}
}

/* The last word of an address that was left in it. */
static chy_slice
last_word(chy_slice plad, chy_slice *ret_rest)
{
	size_t at = plad.len;

	while (at > 0 && !chy_is_blank(plad.ptr[at - 1]))
		at--;
	*ret_rest = chy_slice_trim(chy_slice_sub(plad, 0, at));
	return chy_slice_from(plad, at);
}

/* A word that was meant for a precedence: nearly one, or one that other
 * services know. */
static bool
is_like_precedence(chy_slice s)
{
	static const chy_slice words[] = {
		CHY_LIT("FLASH"), CHY_LIT("IMMEDIATE"), CHY_LIT("PRIORITY"),
		CHY_LIT("ROUTINE"), CHY_LIT("NIACT"),
	};
	static const chy_slice others[] = {
		CHY_LIT("URGENT"), CHY_LIT("DEFERRED"), CHY_LIT("EMERGENCY"),
		CHY_LIT("OPERATIONAL"), CHY_LIT("NORMAL"), CHY_LIT("OPIM"),
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (s.len >= 4 && chy_slice_distance(s, words[i]) <=
		    (words[i].len > 6 ? 2u : 1u))
			return true;
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (chy_slice_ieq(s, others[i]))
			return true;
	return false;
}

static bool
is_like_number(chy_slice s)
{
	size_t digits = 0;

	for (size_t i = 0; i < s.len; i++)
		digits += chy_is_digit(s.ptr[i]);
	return digits > 0 && digits * 2 >= s.len && s.len <= 11;
}

static bool
is_mcn(chy_slice s)
{
	return (s.len == 4 && chy_all_digits(s)) || (s.len == 9 &&
	    s.ptr[4] == '-' && chy_all_digits(chy_slice_sub(s, 0, 4)) &&
	    chy_all_digits(chy_slice_from(s, 5)));
}

static void
check_mcn(chy_checking *c, uint32_t leaf)
{
	chy_slice s = chy_node_text(c, leaf);
	uint32_t first, last, count, sections;

	if (!is_mcn(s)) {
		chy_report_node(c, CHY_DIAG_MCN_MALFORMED, leaf, s);
		return;
	}
	/* Archived class lines have lost their SECTION now and then: without
	 * it nothing is said of what was received. */
	sections = c->tel->sections > 0 ? c->tel->sections :
	    c->opts->drafting ? 1 : 0;
	if (s.len != 9 || sections == 0)
		return;
	first = chy_number(s);
	last = chy_number(chy_slice_from(s, 5));
	/* After 9999 comes 0001. */
	count = last >= first ? last - first + 1 : last + 9999 - first + 1;
	if (count != sections)
		chy_report_fmt(c, CHY_DIAG_MCN_RANGE_NOT_SECTION_COUNT,
		    chy_node_at(c, leaf)->off, chy_node_at(c, leaf)->len,
		    "%u numbers, %u section%s", count, sections,
		    sections == 1 ? "" : "s");
}

/* RUEH1/AMEMBASSY ...: what stands before the slash was meant for an
 * indicator, for no address begins like that. */
static bool
is_bad_indicator(chy_slice plad)
{
	size_t slash = chy_slice_find(plad, CHY_SLICE("/"), 0);
	chy_slice s = chy_slice_sub(plad, 0, slash);

	if (slash == plad.len || slash < 3 || slash > 10 ||
	    (!chy_slice_starts(s, CHY_SLICE("RU")) &&
	    !chy_slice_starts(s, CHY_SLICE("RH"))))
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (chy_is_blank(s.ptr[i]))
			return false;
	return true;
}

/*
 * The directory gives the indicator to one post of the Department and the
 * address to another. Agencies and commands have several indicators, and
 * gateways serve hundreds of addresses, so of those nothing is said.
 */
static bool
is_indicator_of_another(const chy_addressee *a)
{
	const chy_post *owner, *post;

	if (a->routing_indicator.len == 0)
		return false;
	owner = chy_vocab_post_by_routing(a->routing_indicator);
	post = chy_vocab_post_by_plad(a->plad);
	/* An embassy's station serves the consulates of its country. */
	if (owner == NULL || post == NULL || !chy_is_state(owner) ||
	    !chy_is_state(post) ||
	    chy_slice_eq(owner->tags_country, post->tags_country))
		return false;
	for (; owner != NULL; owner = chy_vocab_post_next_routing(owner))
		if (chy_slice_eq(owner->plad, a->plad))
			return false;
	for (; post != NULL; post = chy_vocab_post_next_plad(post))
		if (post->routing_indicator.len == 0 || chy_slice_eq(
		    post->routing_indicator, a->routing_indicator))
			return false;
	return true;
}

static const chy_addressee *
addressee_of(const chy_checking *c, uint32_t node)
{
	uint32_t lo = 0, hi = c->tel->n_addressees;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (c->tel->addressees[mid].node < node)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < c->tel->n_addressees &&
	    c->tel->addressees[lo].node == node ?
	    &c->tel->addressees[lo] : NULL;
}

void
chy_rule_addressee(chy_checking *c, uint32_t node)
{
	const chy_addressee *a = addressee_of(c, node);
	uint32_t plad = CHY_NO_NODE, mcn = CHY_NO_NODE, ri = CHY_NO_NODE;
	uint32_t end = chy_node_end(c, node), off;
	chy_slice s, rest, last;

	for (uint32_t i = node + 1; i < end; i++)
		switch (chy_node_at(c, i)->kind) {
		case CHY_NODE_PLAD:
			plad = i;
			break;
		case CHY_NODE_MCN:
			mcn = i;
			break;
		case CHY_NODE_ROUTING_INDICATOR:
			ri = i;
			break;
		}
	if (mcn != CHY_NO_NODE)
		check_mcn(c, mcn);
	if (plad == CHY_NO_NODE)
		return;
	if (a != NULL && ri != CHY_NO_NODE && is_indicator_of_another(a))
		chy_report_node(c, CHY_DIAG_ROUTING_INDICATOR_NOT_OF_ADDRESS,
		    ri, a->routing_indicator);
	s = a != NULL ? a->plad : chy_node_text(c, plad);
	if (is_known(s))
		return;
	off = chy_node_at(c, plad)->off;
	if (is_bad_indicator(s)) {
		size_t slash = chy_slice_find(s, CHY_SLICE("/"), 0);

		chy_report(c, CHY_DIAG_ROUTING_INDICATOR_MALFORMED, off,
		    (uint32_t)slash, chy_slice_sub(s, 0, slash));
		return;
	}
	last = last_word(s, &rest);
	if (rest.len > 0 && is_known(rest)) {
		uint32_t at = off + (uint32_t)(s.len - last.len);

		if (is_like_precedence(last)) {
			chy_report(c, CHY_DIAG_PRECEDENCE_UNKNOWN, at,
			    (uint32_t)last.len, last);
			return;
		}
		if (is_like_number(last)) {
			chy_report(c, CHY_DIAG_MCN_MALFORMED, at,
			    (uint32_t)last.len, last);
			return;
		}
	}
	chy_report_node(c, CHY_DIAG_ADDRESSEE_UNKNOWN, plad, s);
}
