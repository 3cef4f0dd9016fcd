/*
 * Every row of every table is found by each of its keys, the hash is that
 * of the generator, and words as telegrams have them become the right keys.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/ascii.h"
#include "base/compiler.h"
#include "vocab/vocab_int.h"

/* Which row or case it was, when one fails. */
#define CLAIM(label, len, truth)					\
	do {								\
		if (!(truth))						\
			fail_msg("%.*s: %s", (int)(len), label, #truth);\
	} while (0)
#define CLAIM_OF(slice, truth)	CLAIM((slice).ptr, (slice).len, truth)

static chy_slice
in_capitals(chy_slice s, char buf[CHY_VOCAB_KEY_MAX])
{
	chy_slice key = CHY_EMPTY;

	assert_true(chy_vocab_fold(s, buf, &key));
	return key;
}

static chy_slice
in_small_letters(chy_slice s, char buf[CHY_VOCAB_KEY_MAX])
{
	assert_true(s.len <= CHY_VOCAB_KEY_MAX);
	for (size_t i = 0; i < s.len; i++)
		buf[i] = chy_lower(s.ptr[i]);
	return (chy_slice){ buf, s.len };
}


/* ---- hashes ---- */

static const struct {
	const char *key;
	uint32_t    hash;	/* as tools/gen_vocab.py computes it */
} hashes[] = {
	{ "M", UINT32_C(0x178e0e2c) },
	{ "MU", UINT32_C(0x086e8405) },
	{ "KAC", UINT32_C(0x63bd3f34) },
	{ "PHUM", UINT32_C(0xe1e7cf76) },
	{ "SIPDI", UINT32_C(0xe1c383bf) },
	{ "NOFORN", UINT32_C(0xfa4661d6) },
	{ "EXDISEX", UINT32_C(0xb48627e6) },
	{ "TWELVE12", UINT32_C(0xbd3a8003) },
	{ "AMEMBASSY", UINT32_C(0x8581541d) },
	{ "AMEMBASSY MUSCAT", UINT32_C(0x73e87571) },
	{ "AMEMBASSY MUSCATS", UINT32_C(0xc7dd0067) },
	{ "EUROPEAN POLITICAL COLLECTIVE", UINT32_C(0x895d1ab7) },
	{ "\303\211", UINT32_C(0x2d33b9eb) },
};

static void
test_hash(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(hashes); i++)
		CLAIM_OF(chy_slice_of(hashes[i].key),
		    chy_slice_hash(chy_slice_of(hashes[i].key)) ==
		    hashes[i].hash);
}

/* Each key once, found at its own row; slots at most half full. */
static void
check_index(const chy_vocab_index *index, uint32_t rows)
{
	uint32_t used = 0;

	assert_int_equal(index->mask & (index->mask + 1), 0);
	for (uint32_t i = 0; i <= index->mask; i++)
		used += index->slots[i] != 0;
	assert_int_equal(used, index->count);
	assert_true(2 * used <= index->mask + 1);
	for (uint32_t i = 0; i < index->count; i++) {
		const chy_vocab_key *k = &index->keys[i];
		char buf[CHY_VOCAB_KEY_MAX];

		CLAIM_OF(k->key, k->row < rows);
		CLAIM_OF(k->key, k->key.len == strlen(k->key.ptr));
		CLAIM_OF(k->key, chy_slice_eq(in_capitals(k->key, buf),
		    k->key));
		CLAIM_OF(k->key,
		    chy_vocab_find(index, k->key) == (uint32_t)k->row + 1);
	}
}

static void
test_indexes(void **state)
{
	(void)state;
	check_index(&chy_vocab_tag_index, chy_vocab_tag_count);
	check_index(&chy_vocab_tag_subject_index, chy_vocab_tag_count);
	check_index(&chy_vocab_tag_geographic_index, chy_vocab_tag_count);
	check_index(&chy_vocab_tag_program_index, chy_vocab_tag_count);
	check_index(&chy_vocab_tag_organization_index, chy_vocab_tag_count);
	check_index(&chy_vocab_tag_country_index, chy_vocab_tag_count);
	check_index(&chy_vocab_tag_fix_index, chy_vocab_tag_fix_count);
	check_index(&chy_vocab_caption_index, chy_vocab_caption_count);
	check_index(&chy_vocab_caption_portion_index,
	    chy_vocab_caption_count);
	check_index(&chy_vocab_post_plad_index, chy_vocab_post_count);
	check_index(&chy_vocab_post_key_index, chy_vocab_post_count);
	check_index(&chy_vocab_post_routing_index, chy_vocab_post_count);
	check_index(&chy_vocab_post_mrn_name_index, chy_vocab_post_count);
	check_index(&chy_vocab_alias_index, chy_vocab_alias_count);
	check_index(&chy_vocab_title_prefix_index, chy_vocab_title_count);
	check_index(&chy_vocab_title_exact_index, chy_vocab_title_count);
	check_index(&chy_vocab_title_word_index, chy_vocab_title_count);
	check_index(&chy_vocab_collective_index, chy_vocab_collective_count);
	check_index(&chy_vocab_office_index, chy_vocab_office_count);
	check_index(&chy_vocab_precedence_word_index,
	    chy_vocab_precedence_count);
	check_index(&chy_vocab_precedence_prosign_index,
	    chy_vocab_precedence_count);
	check_index(&chy_vocab_precedence_digraph_index,
	    chy_vocab_precedence_count);
	check_index(&chy_vocab_prosign_index, chy_vocab_prosign_count);
	check_index(&chy_vocab_opsig_index, chy_vocab_opsig_count);
	check_index(&chy_vocab_order_index, chy_vocab_order_count);
	check_index(&chy_vocab_order_printed_index, chy_vocab_order_count);
	check_index(&chy_vocab_reason_index, chy_vocab_reason_count);
	check_index(&chy_vocab_reason_printed_index, chy_vocab_reason_count);
	check_index(&chy_vocab_exemption_index, chy_vocab_exemption_count);
}


/* ---- every row ---- */

static void
test_every_tag(void **state)
{
	size_t n;
	const chy_tag *rows = chy_vocab_tags(&n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		char buf[CHY_VOCAB_KEY_MAX];
		chy_slice key = in_capitals(rows[i].code, buf);
		const chy_tag *first = chy_vocab_tag(key);

		CLAIM_OF(key, chy_vocab_tag_as(rows[i].kind, key) == &rows[i]);
		CLAIM_OF(key, first != NULL && first->kind <= rows[i].kind);
		CLAIM_OF(key, rows[i].status.len + rows[i].source.len > 0);
		if (rows[i].kind == CHY_TAG_GEOGRAPHIC &&
		    rows[i].meaning.len <= CHY_VOCAB_KEY_MAX)
			CLAIM_OF(key, chy_vocab_tag_by_country(
			    rows[i].meaning) != NULL);
	}
}

static void
test_every_tag_fix(void **state)
{
	size_t n;
	const chy_tag_fix *rows = chy_vocab_tag_fixes(&n);

	(void)state;
	for (size_t i = 0; i < n; i++)
		CLAIM_OF(rows[i].seen,
		    chy_vocab_tag_fix(rows[i].seen) == &rows[i]);
}

/* Each part of a cell, by the lookup, in small letters too. */
static void
each_part(chy_slice cell, const chy_caption *want,
    const chy_caption *(*lookup)(chy_slice))
{
	while (cell.len > 0) {
		size_t end = chy_slice_find(cell, CHY_SLICE(";"), 0);
		chy_slice part = chy_slice_trim(chy_slice_sub(cell, 0, end));
		char buf[CHY_VOCAB_KEY_MAX];

		CLAIM_OF(part, lookup(part) == want);
		CLAIM_OF(part, lookup(in_small_letters(part, buf)) == want);
		cell = chy_slice_from(cell, end + 1);
	}
}

static void
test_every_caption(void **state)
{
	size_t n;
	const chy_caption *rows = chy_vocab_captions(&n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		each_part(rows[i].token, &rows[i], chy_vocab_caption);
		each_part(rows[i].aliases, &rows[i], chy_vocab_caption);
		each_part(rows[i].portion, &rows[i],
		    chy_vocab_caption_portion);
		CLAIM_OF(rows[i].token, rows[i].marker ==
		    (rows[i].family == CHY_CAPTION_MARKER));
	}
}

/* Whether the chain from first has the row. */
static bool
in_chain(const chy_post *first, const chy_post *row,
    const chy_post *(*next)(const chy_post *))
{
	size_t steps = 0;

	for (; first != NULL && first != row; first = next(first))
		assert_true(steps++ < chy_vocab_post_count);
	return first == row;
}

static void
test_every_post(void **state)
{
	size_t n;
	const chy_post *rows = chy_vocab_posts(&n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		const chy_post *p = &rows[i];
		chy_slice name = p->plad.len > 0 ? p->plad : p->mrn_name;

		if (p->plad.len > 0)
			CLAIM_OF(name, in_chain(chy_vocab_post_by_plad(
			    p->plad), p, chy_vocab_post_next_plad));
		if (p->mrn_key.len > 0) {
			const chy_post *q = chy_vocab_post_by_mrn_name(
			    p->mrn_name);

			CLAIM_OF(name, q != NULL &&
			    chy_slice_eq(q->mrn_name, p->mrn_name));
			CLAIM_OF(name, in_chain(chy_vocab_post_by_key(
			    p->mrn_key), p, chy_vocab_post_next_key));
			CLAIM_OF(name, chy_vocab_is_post_key(p->mrn_key));
		}
		if (p->routing_indicator.len > 0) {
			CLAIM_OF(name, in_chain(chy_vocab_post_by_routing(
			    p->routing_indicator), p,
			    chy_vocab_post_next_routing));
			CLAIM_OF(name, chy_vocab_post_serves(
			    p->routing_indicator, p->plad));
		}
	}
}

static void
test_every_address(void **state)
{
	size_t n;
	const chy_collective *collectives = chy_vocab_collectives(&n);
	const chy_office *offices;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		const chy_collective *c = chy_vocab_collective(
		    collectives[i].plad);

		while (c != NULL && c != &collectives[i])
			c = chy_vocab_collective_next(c);
		CLAIM_OF(collectives[i].plad, c != NULL);
		CLAIM_OF(collectives[i].plad, chy_vocab_post_serves(
		    collectives[i].routing_indicator, collectives[i].plad));
	}
	offices = chy_vocab_offices(&n);
	for (size_t i = 0; i < n; i++)
		CLAIM_OF(offices[i].symbol,
		    chy_vocab_office(offices[i].symbol) == &offices[i]);
}

static void
test_every_precedence(void **state)
{
	size_t n;
	const chy_precedence_row *rows = chy_vocab_precedences(&n);

	(void)state;
	assert_int_equal(n, CHY_PRECEDENCE_CRITIC);
	for (size_t i = 0; i < n; i++) {
		const chy_precedence_row *r = &rows[i];
		bool niact = r->value == CHY_PRECEDENCE_NIACT_IMMEDIATE;
		chy_precedence alone = niact ? CHY_PRECEDENCE_IMMEDIATE :
		    r->value;

		CLAIM_OF(r->name, r->rank == i);
		CLAIM_OF(r->name, chy_precedence_get(r->value) == r);
		CLAIM_OF(r->name, chy_precedence_from_prosign(
		    r->prosign.ptr[0]) == alone);
		CLAIM_OF(r->name, chy_precedence_from_digraph(
		    r->fl2_digraph) == alone);
		if (r->name_in_address.len > 0)
			CLAIM_OF(r->name, chy_precedence_from_word(
			    r->name_in_address) == r->value);
	}
}

static void
test_every_signal(void **state)
{
	size_t n;
	const chy_prosign *prosigns = chy_vocab_prosigns(&n);
	const chy_opsig *opsigs;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		char buf[CHY_VOCAB_KEY_MAX];

		CLAIM_OF(prosigns[i].prosign, chy_vocab_prosign(in_capitals(
		    prosigns[i].prosign, buf)) == &prosigns[i]);
	}
	opsigs = chy_vocab_opsigs(&n);
	for (size_t i = 0; i < n; i++)
		CLAIM_OF(opsigs[i].signal,
		    chy_vocab_opsig(opsigs[i].signal) == &opsigs[i]);
}

static void
test_every_order(void **state)
{
	size_t n;
	const chy_order *orders = chy_vocab_orders(&n);
	const chy_reason *reasons;
	const chy_exemption *exemptions;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		const chy_order *o = &orders[i];

		CLAIM_OF(o->number, chy_vocab_order(o->number) == o);
		CLAIM_OF(o->number, chy_vocab_order_on(o->from) == o);
		if (o->to > 0)
			CLAIM_OF(o->number, chy_vocab_order_on(o->to) == o);
		if (o->printed_number.len > 0)
			CLAIM_OF(o->number, chy_vocab_order_printed(
			    o->printed_number, o->from) == o);
	}
	reasons = chy_vocab_reasons(&n);
	for (size_t i = 0; i < n; i++) {
		const chy_reason *r = &reasons[i];
		char printed[CHY_VOCAB_KEY_MAX];
		int len = snprintf(printed, sizeof(printed), "%.*s(%.*s)",
		    CHY_ARG(r->scheme), CHY_ARG(r->code));

		CLAIM_OF(r->meaning,
		    chy_vocab_reason(r->scheme, r->code) == r);
		CLAIM(printed, len,
		    chy_vocab_reason_printed(chy_slice_of(printed)) == r);
	}
	exemptions = chy_vocab_exemptions(&n);
	for (size_t i = 0; i < n; i++)
		CLAIM_OF(exemptions[i].code, chy_vocab_exemption(
		    exemptions[i].code) == &exemptions[i]);
}


/* ---- words as they are met ---- */

static const struct {
	const char *label;
	const char *word;
	const char *want;	/* token; NULL: none */
	int	    took;	/* of a prefix; -1: none */
} captions[] = {
	{ "any case", "sipdis", "SIPDIS", 6 },
	{ "runs of blanks", " OFFICIAL   INFORMAL ", "OFFICIAL INFORMAL",
	    20 },
	{ "an accent", "agr\303\251ment channel", "AGREMENT CHANNEL", 17 },
	{ "a named reader", "FOR AMBASSADOR SMITH ONLY", "FOR xxx ONLY", 25 },
	{ "an alias that looks like a named reader", "FOR OFFICIAL USE ONLY",
	    "FOUO", 21 },
	{ "no name between", "FOR ONLY", NULL, -1 },
	{ "a series by one word", "TOSEC", "TOSEC / PARTO", 5 },
	{ "words that go on", "CODEL SMITH", NULL, 5 },
	{ "a list of countries", "REL TO USA, GBR", NULL, 6 },
	{ "the longest of two", "SENSITIVE BUT UNCLASSIFIED", "SENSITIVE",
	    26 },
	{ "two on a line", "NOFORN, NOT FOR INTERNET DISTRIBUTION", NULL, 6 },
	{ "not within a word", "NODISX", NULL, -1 },
	{ "nothing", "", NULL, -1 },
};

static void
test_caption_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(captions); i++) {
		chy_slice word = chy_slice_of(captions[i].word);
		const chy_caption *row = chy_vocab_caption(word);
		size_t took = SIZE_MAX, label = strlen(captions[i].label);
		const chy_caption *prefix = chy_vocab_caption_prefix(word,
		    &took);

		CLAIM(captions[i].label, label, (row == NULL) ==
		    (captions[i].want == NULL));
		if (row != NULL)
			CLAIM(captions[i].label, label, chy_slice_eq(
			    row->token, chy_slice_of(captions[i].want)));
		CLAIM(captions[i].label, label, (prefix == NULL) ==
		    (captions[i].took < 0));
		CLAIM(captions[i].label, label, prefix == NULL ||
		    took == (size_t)captions[i].took);
	}
}

static const struct {
	const char *a, *b;
	bool	    want;
} conflicts[] = {
	{ "NODIS", "EXDIS", true },
	{ "EXDIS", "NODIS", true },
	{ "NODIS", "STADIS", false },
	{ "NODIS", "NODIS", false },
	{ "AGREMENT CHANNEL", "SENSITIVE", true },
	{ "AGREMENT CHANNEL", "CORRECTED COPY", false },
	{ "DS CHANNEL", "ROGER CHANNEL", true },
	{ "SIPDIS", "DISSENT CHANNEL", true },
	{ "SIPDIS", "NOFORN", false },
	{ "NOFORN", "EYES ONLY", true },
	{ "NOFORN", "REL TO", true },
};

static void
test_caption_conflicts(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(conflicts); i++) {
		chy_slice a = chy_slice_of(conflicts[i].a);
		chy_slice b = chy_slice_of(conflicts[i].b);

		CLAIM_OF(a, chy_vocab_captions_conflict(chy_vocab_caption(a),
		    chy_vocab_caption(b)) == conflicts[i].want);
	}
}

static void
test_tag_order(void **state)
{
	(void)state;
	assert_int_equal(chy_vocab_tag(CHY_SLICE("AL"))->kind,
	    CHY_TAG_GEOGRAPHIC);
	assert_int_equal(chy_vocab_tag(CHY_SLICE("BP"))->kind,
	    CHY_TAG_GEOGRAPHIC);
	assert_int_equal(chy_vocab_tag(CHY_SLICE("KWMN"))->kind,
	    CHY_TAG_PROGRAM);
	assert_null(chy_vocab_tag(CHY_SLICE("mu")));
	assert_null(chy_vocab_tag(CHY_SLICE("")));
	assert_null(chy_vocab_tag_as(CHY_TAG_PERSON, CHY_SLICE("MU")));
	assert_ptr_equal(chy_vocab_tag_by_country(CHY_SLICE("oman")),
	    chy_vocab_tag(CHY_SLICE("MU")));
	assert_ptr_equal(chy_vocab_tag_by_country(CHY_SLICE("North Korea")),
	    chy_vocab_tag(CHY_SLICE("KN")));
}

static const struct {
	const char *key;
	int	    year;
	const char *want;
} aliases[] = {
	{ "MUSCAT", 2008, "MUSCAT" },
	{ "SECSTATE", 0, "STATE" },
	{ "USUN", 2008, "USUNNEWYORK" },
	{ "HCMC", 2008, "HOCHIMINHCITY" },
	{ "TAIPEI", 2008, "AITTAIPEI" },
	{ "HAGUE", 2008, "THEHAGUE" },
	{ "KIEV", 2008, "KYIV" },
	{ "KIEV", 2005, "KIEV" },
	{ "KYIV", 2005, "KIEV" },
	{ "KYIV", 2008, "KYIV" },
	{ "KIEV", 0, "KIEV" },
	{ "BRUSSELS", 2008, "BRUSSELS" },
	{ "NOWHERE", 2008, "NOWHERE" },
};

static void
test_aliases(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(aliases); i++)
		CLAIM_OF(chy_slice_of(aliases[i].key), chy_slice_eq(
		    chy_vocab_mrn_alias(chy_slice_of(aliases[i].key),
		    aliases[i].year), chy_slice_of(aliases[i].want)));
	assert_true(chy_vocab_is_same_post(CHY_SLICE("KIEV"),
	    CHY_SLICE("KYIV")));
	assert_true(chy_vocab_is_same_post(CHY_SLICE("KYIV"),
	    CHY_SLICE("KIEV")));
	assert_true(chy_vocab_is_same_post(CHY_SLICE("NOWHERE"),
	    CHY_SLICE("NOWHERE")));
	assert_false(chy_vocab_is_same_post(CHY_SLICE("HCMC"),
	    CHY_SLICE("HOCHIMINHCITY")));
	for (uint32_t i = 0; i < chy_vocab_alias_count; i++)
		CLAIM_OF(chy_vocab_alias_rows[i].key, chy_vocab_is_post_key(
		    chy_vocab_alias_rows[i].key));
}

static const struct {
	const char *label, *key, *want;
	bool	    ambiguous;
} near_keys[] = {
	{ "itself", "MUSCAT", "MUSCAT", false },
	{ "one letter lost", "MUSAT", "MUSCAT", false },
	{ "one letter lost at the start", "USCAT", "MUSCAT", false },
	{ "one letter lost at the end", "MUSCA", "MUSCAT", false },
	{ "one letter added", "MUSCCAT", "MUSCAT", false },
	{ "one letter changed", "MUSKAT", "MUSCAT", false },
	{ "two letters changed", "MUSKAD", NULL, false },
	{ "one of four lost", "BAU", "BAKU", false },
	{ "only one is near enough", "LIMLA", "LIMA", false },
	{ "Rome or Lome", "OME", NULL, true },
	{ "nothing", "", NULL, false },
};

static void
test_near_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(near_keys); i++) {
		bool ambiguous = !near_keys[i].ambiguous;
		const chy_post *p = chy_vocab_post_near(
		    chy_slice_of(near_keys[i].key), &ambiguous);
		size_t len = strlen(near_keys[i].label);

		CLAIM(near_keys[i].label, len,
		    ambiguous == near_keys[i].ambiguous);
		CLAIM(near_keys[i].label, len, (p == NULL) ==
		    (near_keys[i].want == NULL));
		if (p != NULL)
			CLAIM(near_keys[i].label, len, chy_slice_eq(
			    p->mrn_key, chy_slice_of(near_keys[i].want)));
	}
}

static const struct {
	const char *plad, *want;
} titles[] = {
	{ "AMEMBASSY MUSCAT", "Embassy Muscat" },
	{ "amembassy  muscat ", "Embassy Muscat" },
	{ "AMEMBASSY PORT ARDEN", "Embassy Port Arden" },
	{ "AMCONSUL RIO DE JANEIRO", "Consulate Rio De Janeiro" },
	{ "AMCONSUL MAZAR-E SHARIF", "Consulate Mazar-E Sharif" },
	{ "AMEMBASSY N'DJAMENA", "Embassy N'Djamena" },
	{ "SECSTATE WASHDC", "Secretary of State" },
	{ "USMISSION USNATO", "Mission USNATO" },
	{ "USMISSION GENEVA", "Mission Geneva" },
	{ "USMISSION USTR GENEVA", "Mission USTR Geneva" },
	{ "IRAN RPO DUBAI", "Iran RPO Dubai" },
	{ "RPO DUBAI", "Iran RPO Dubai" },
	{ "USEU BRUSSELS", "USEU Brussels" },
	{ "USINT HAVANA", "US Interests Section Havana" },
	{ "REO BASRAH", "REO Basrah" },
	{ "NSC WASHDC", "" },
	{ "AMEMBASSY", "" },
	{ "", "" },
}, mrn_titles[] = {
	{ "MUSCAT", "Embassy Muscat" },
	{ "CAPE TOWN", "Consulate Cape Town" },
	{ "CAPETOWN", "Consulate Cape Town" },
	{ "STATE", "Secretary of State" },
	{ "SECSTATE", "Secretary of State" },
	{ "RPO DUBAI", "Iran RPO Dubai" },
	{ "HAVANA", "US Interests Section Havana" },
	{ "ALEXANDRIA", "Consulate Alexandria" },
	{ "ALMATY", "Embassy Almaty" },
	{ "PARTO", "" },
	{ "NOWHERE", "" },
};

static void
test_titles(void **state)
{
	char out[64], cut[8];
	size_t n;
	const chy_post *posts = chy_vocab_posts(&n);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(titles); i++) {
		out[0] = '\0';
		CLAIM_OF(chy_slice_of(titles[i].plad), chy_vocab_post_title(
		    chy_slice_of(titles[i].plad), out, sizeof(out)) ==
		    strlen(titles[i].want));
		assert_string_equal(out, titles[i].want);
	}
	for (size_t i = 0; i < ARRAY_LEN(mrn_titles); i++) {
		out[0] = '\0';
		CLAIM_OF(chy_slice_of(mrn_titles[i].plad),
		    chy_vocab_post_title_by_mrn(chy_slice_of(
		    mrn_titles[i].plad), out, sizeof(out)) ==
		    strlen(mrn_titles[i].want));
		assert_string_equal(out, mrn_titles[i].want);
	}
	/* Whatever has a name on a class line has a title. */
	for (size_t i = 0; i < n; i++)
		if (posts[i].mrn_name.len > 0 &&
		    posts[i].kind != CHY_POST_SERIES)
			CLAIM_OF(posts[i].mrn_name,
			    chy_vocab_post_title_by_mrn(posts[i].mrn_name,
			    out, sizeof(out)) > 0);
	/* Cut, with the whole length told. */
	assert_int_equal(chy_vocab_post_title(CHY_SLICE("AMEMBASSY MUSCAT"),
	    cut, sizeof(cut)), 14);
	assert_string_equal(cut, "Embassy");
	assert_int_equal(chy_vocab_post_title(CHY_SLICE("AMEMBASSY MUSCAT"),
	    NULL, 0), 14);
}

static void
test_precedence_words(void **state)
{
	(void)state;
	assert_int_equal(chy_precedence_from_word(CHY_SLICE("niact  "
	    "immediate")), CHY_PRECEDENCE_NIACT_IMMEDIATE);
	assert_int_equal(chy_precedence_from_word(CHY_SLICE("PIORITY")),
	    CHY_PRECEDENCE_NONE);
	assert_int_equal(chy_precedence_from_prosign('z'),
	    CHY_PRECEDENCE_NONE);
	assert_int_equal(chy_precedence_from_digraph(CHY_SLICE("O")),
	    CHY_PRECEDENCE_NONE);
	assert_null(chy_precedence_get(CHY_PRECEDENCE_NONE));
	assert_int_equal(chy_precedence_name(CHY_PRECEDENCE_NONE).len, 0);
	assert_true(CHY_PRECEDENCE_FLASH > CHY_PRECEDENCE_NIACT_IMMEDIATE);
}

static void
test_signal_words(void **state)
{
	(void)state;
	assert_true(chy_slice_eq(chy_vocab_opsig(CHY_SLICE("ZFF3"))->signal,
	    CHY_SLICE("ZFF")));
	assert_true(chy_slice_eq(chy_vocab_opsig(CHY_SLICE("ZYB"))->signal,
	    CHY_SLICE("ZYA-ZZZ")));
	assert_null(chy_vocab_opsig(CHY_SLICE("ZAA")));
	assert_null(chy_vocab_opsig(CHY_SLICE("")));
	assert_true(chy_slice_eq(chy_vocab_prosign(CHY_SLICE("GR"))->prosign,
	    CHY_SLICE("GR n")));
	assert_true(chy_slice_eq(chy_vocab_prosign(CHY_SLICE("#0425"))
	    ->prosign, CHY_SLICE("#nnnn")));
	assert_true(chy_slice_eq(chy_vocab_prosign(CHY_SLICE("PP"))->prosign,
	    CHY_SLICE("ZZ OO PP RR YY")));
}

static void
test_order_days(void **state)
{
	chy_slice printed = CHY_SLICE("12958");

	(void)state;
	assert_true(chy_slice_eq(chy_vocab_order_printed(printed,
	    chy_ymd_of(2008, 6, 9))->number, CHY_SLICE("12958A")));
	assert_true(chy_slice_eq(chy_vocab_order_printed(printed,
	    chy_ymd_of(2001, 2, 23))->number, CHY_SLICE("12958")));
	assert_true(chy_slice_eq(chy_vocab_order_printed(printed,
	    chy_ymd_of(1990, 1, 17))->number, CHY_SLICE("12958")));
	assert_true(chy_slice_eq(chy_vocab_order_printed(printed,
	    0)->number, CHY_SLICE("12958A")));
	assert_null(chy_vocab_order_printed(CHY_SLICE("13292"), 0));
	assert_null(chy_vocab_order_on(chy_ymd_of(1950, 1, 1)));
	assert_true(chy_vocab_reason_printed(CHY_SLICE("x6"))->exemption);
	assert_false(chy_vocab_reason_printed(CHY_SLICE("1.4 D"))->exemption);
	assert_non_null(chy_vocab_exemption(CHY_SLICE("(b)(7)(c)")));
}


/* ---- explain ---- */

struct told {
	size_t	    count;
	size_t	    stop_at;
	const char *first;	/* kind of the first meaning */
};

static bool
note_meaning(const chy_meaning *meaning, void *arg)
{
	struct told *told = arg;

	if (told->count++ == 0)
		told->first = meaning->kind;
	assert_true(meaning->extras <= CHY_MEANING_EXTRA);
	assert_true((strcmp(meaning->kind, "tag") == 0) ==
	    (meaning->tag_kind != NULL));
	assert_true(meaning->term.len > 0 && meaning->source.len > 0);
	for (size_t i = 0; i < meaning->extras; i++)
		assert_true(meaning->extra[i].value.len > 0);
	return told->count != told->stop_at;
}

static const struct {
	const char *term, *first;
	size_t	    count;
} explained[] = {
	{ "phum", "tag", 1 },
	{ "MU", "tag", 1 },
	{ " oman ", "tag", 1 },
	{ "AL", "tag", 2 },
	{ "RU", "tag", 1 },
	{ "EINDETRD", "tag", 1 },
	{ "GR", "tag", 2 },
	{ "nf", "caption", 1 },
	{ "muscat", "post", 1 },
	{ "RUEHMS", "post", 1 },
	{ "ho chi minh city", "post", 1 },
	{ "HCMC", "post", 1 },
	{ "IRAN COLLECTIVE", "collective", 1 },
	{ "G/TIP", "office", 1 },
	{ "niact  immediate", "precedence", 1 },
	{ "OO", "precedence", 3 },
	{ "ZNR", "prosign", 2 },
	{ "ZFF4", "operating_signal", 1 },
	{ "E.O. 12958", "executive_order", 2 },
	{ "EO13526", "executive_order", 1 },
	{ "1.4(b)", "classification_reason", 1 },
	{ "50X1-HUM", "exemption", 1 },
	{ "B7C", "exemption", 1 },
	{ "no such term", NULL, 0 },
	{ "", NULL, 0 },
	{ "EO", NULL, 0 },
};

static void
test_explain(void **state)
{
	struct told stopped = { .stop_at = 1 };
	size_t n;
	const chy_post *posts = chy_vocab_posts(&n);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(explained); i++) {
		struct told told = { 0 };
		chy_slice term = chy_slice_of(explained[i].term);

		CLAIM_OF(term, chy_vocab_explain(term, note_meaning, &told) ==
		    explained[i].count);
		CLAIM_OF(term, told.count == explained[i].count);
		if (explained[i].first != NULL)
			assert_string_equal(told.first, explained[i].first);
	}
	assert_int_equal(chy_vocab_explain(CHY_SLICE("AL"), note_meaning,
	    &stopped), 1);
	for (size_t i = 0; i < n; i++) {
		struct told told = { 0 };

		if (posts[i].plad.len > 0)
			CLAIM_OF(posts[i].plad, chy_vocab_explain(
			    posts[i].plad, note_meaning, &told) > 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hash),
		cmocka_unit_test(test_indexes),
		cmocka_unit_test(test_every_tag),
		cmocka_unit_test(test_every_tag_fix),
		cmocka_unit_test(test_every_caption),
		cmocka_unit_test(test_every_post),
		cmocka_unit_test(test_every_address),
		cmocka_unit_test(test_every_precedence),
		cmocka_unit_test(test_every_signal),
		cmocka_unit_test(test_every_order),
		cmocka_unit_test(test_caption_words),
		cmocka_unit_test(test_caption_conflicts),
		cmocka_unit_test(test_tag_order),
		cmocka_unit_test(test_aliases),
		cmocka_unit_test(test_near_keys),
		cmocka_unit_test(test_titles),
		cmocka_unit_test(test_precedence_words),
		cmocka_unit_test(test_signal_words),
		cmocka_unit_test(test_order_days),
		cmocka_unit_test(test_explain),
	};

	return cmocka_run_group_tests_name("vocab", tests, NULL, NULL);
}
