/*
 * Who is who: our own side, the other one, and who is the subject of a
 * sentence.
 *
 * A name is a run of words with capitals, or a word of office (minister,
 * council). It is the subject of what comes if a verb follows it, perhaps
 * after an apposition, and no preposition stands before it. Whoever is not of
 * our side is taken for one of the host country unless a country is named.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/ascii.h"
#include "casework/casework_int.h"

static const char own_words[] = "post|posts|embassy|emboff|emboffs|poloff|"
    "poloffs|econoff|econoffs|conoff|conoffs|polchief|econchief|polcouns|"
    "econcouns|pol|amb|ambassador|dcm|charge|cda|consulate|congen|conoffs|"
    "department|dept|deptoff|usg|u.s.|us|usun|usnato|useu|washington|american|"
    "americans|usaid|usda|usdao|datt|ustr|doj|dhs|fbi|pas|rso|pao|"
    "g/tip|addressees|missions|codel|staffdel|america|labatt|refcoord|"
    "adcm|consul|polmiloff|laboff|sciencoff|estoff|usoecd|unvie|ait|secretary|"
    "a/s|a/dcm|a/u/s|scr|comisaf|eucom|centcom|potus|vpotus|"
    "southcom|africom|das|pdas|pdasd|dasd|u/s|visa|"
    "consoff|fsn|specialist|assistant";
static const char own_pronouns[] = "i|we|us|me|our|my|ourselves";
static const char group_words[] = "government|ministry|ministries|mfa|council|"
    "cabinet|parliament|authorities|police|military|army|commission|"
    "delegation|sultanate|republic|kingdom|party|opposition|officials|leaders|"
    "contacts|interlocutors|secretariat|assembly|administration|court|"
    "committee|ngo|ngos|agency|bank|union|majlis|duma|congress|senate|regime|"
    "moi|mod|moj|mofa|government's|team|company|association|federation";
static const char person_words[] = "minister|president|premier|king|sultan|"
    "emir|amir|official|leader|director|general|spokesman|spokesperson|"
    "chairman|governor|mayor|judge|prosecutor|prince|sheikh|sayyid|foreign|"
    "prime|deputy|vice|speaker|chief|contact|interlocutor|source|"
    "representative|counterpart|mp|pm|fm|"
    "undersecretary|commissioner|attorney|bishop|dr|mr|mrs|ms|gen|col|"
    "defmin|formin|primin|advisor|adviser";
/* Words with a capital that name nobody. */
static const char no_names[] = "the|a|an|in|on|at|of|for|and|but|or|if|when|"
    "while|after|before|since|as|by|to|from|with|this|that|these|those|there|"
    "here|however|also|both|all|any|some|many|most|other|such|no|not|yes|"
    "comment|note|summary|end|text|begin|action|request|report|treaty|"
    "agreement|article|section|tier|part|paragraph|para|ref|reftel|reftels|"
    "january|february|march|april|may|june|july|august|september|october|"
    "november|december|monday|tuesday|wednesday|thursday|friday|saturday|"
    "sunday|has|have|had|is|are|was|were|do|does|did|will|would|can|should|"
    "could|must|what|who|why|how|which|his|her|their|its|according|"
    "please|background|introduction|points|question|answer|then|thus|so|"
    "given|although|though|because|during|under|over|about|another|one|two|"
    "only|even|still|yet|now|today|tomorrow|yesterday|further|finally|"
    "jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|"
    "separately|meanwhile|nevertheless|nonetheless|instead|until|unless|"
    "without|despite|regarding|turning|asked|he|she|it|they|i|we|you|"
    "sources|c|u|s|sbu|nf|s/nf|c/nf|bilateral|draft|law|act|trafficking|"
    "human|rights|middle|east|north|south|west|european|free|trade|"
    "additionally|furthermore|moreover|similarly|likewise|first|second|third|"
    "last|next|following|based|again|more|less|just|through|between|among|"
    "against|along|out|up|down|off|each|every|either|neither|nor|"
    "where|whether|per|via|upon|within|your|my|our|noting|citing|responding|"
    "speaking|referring|pointing|turning|suspension|islam|muslim|arab";
static const char prepositions[] = "of|for|with|by|from|to|in|on|at|about|"
    "against|between|under|over|toward|towards|into|through|than|like|"
    "including|via|among|upon|as";
static const char articles[] = "the|a|an|his|her|its|their|our|this|that|some|"
    "new|former|senior|local|several|many|both|all|most|acting|current|"
    "visiting|other|any";
static const char auxiliaries[] = "is|are|was|were|has|have|had|does|do|did|"
    "will|would|can|cannot|could|may|might|must|should|shall|"
    "said|told|saw|made|gave|took|felt|thought|held|met|sought|went|came|left|"
    "put|knew|began|wrote|spoke|understood|undertook|let|sees|says|asks|"
    "requests|demands|refuses|rejects|threatens|warns|promises|wants|insists|"
    "plans|intends|expects|believes|recommends|urges|seeks|hopes|opposes|"
    "supports|agrees|notes|needs|objects|claims|argues|maintains|denies|finds|"
    "describes|considers|proposes|remains|continues|calls|appears|seems|"
    "instructs|directs|encourages|reports|advises|acknowledges|stresses|"
    "emphasizes|welcomes|appreciates|requires|feels|"
    "admits|contends|asserts|reiterates|pledges|drew|broke|brought|kept|"
    "led|paid|read|rose|sent|shook|spent|stood|taught|became|chose|found|"
    "forgot|got|hit|lost|won|meant|ran|set|swore|withdrew|forbade";
static const char bare_verbs[] = "request|recommend|seek|urge|believe|ask|"
    "expect|intend|plan|propose|hope|support|appreciate|note|remain|need|want|"
    "agree|object|suggest|think|see|understand|look|understand|feel|continue|"
    "insist|demand|reject|refuse|oppose|strongly|wish|defer|reiterate";
/* Sides of their own. */
static const char bodies[] = "un|unsc|iaea|nato|eu|osce|imf|icc|undp|unhcr|"
    "au|asean|gcc|oas|icrc|who|wto";
static const char adverbs[] = "also|then|further|again|therefore|not|never|"
    "now|still|later|first|once|both|always|even|just|only|often|soon|"
    "however|himself|herself|itself|themselves|clearly|respectfully|all|"
    "too|each|more|most|less|quite|very|repeatedly|reportedly";

static bool
all_capitals(chy_slice s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (chy_is_lower(s.ptr[i]))
			return false;
		n += chy_is_upper(s.ptr[i]);
	}
	return n > 1;
}

static bool
is_gov_acronym(chy_slice s)
{
	/* GOX, GoA, GIRoA. */
	return s.len >= 3 && s.len <= 6 && s.ptr[0] == 'G' &&
	    ((s.ptr[1] | 0x20) == 'o' ? all_capitals(chy_slice_from(s, 2)) ||
	    (s.len == 3 && chy_is_upper(s.ptr[2])) : false);
}

static bool
is_name_word(const struct tokens *ts, uint32_t i)
{
	const struct token *t = &ts->at[i];
	chy_slice s = token_text(ts, i);

	if (t->kind != TOKEN_WORD || !t->capital || s.len < 2)
		return false;
	return !chy_token_among(ts, i, no_names);
}

/* Iranian, Iraqi, Russian, Japanese, German: what is left without the end,
 * or with another, is a country. */
static chy_slice
country_of_people(chy_slice s)
{
	static const struct {
		const char *end, *instead;
	} rows[] = {
		{ "n", "" }, { "ian", "" }, { "i", "" }, { "ese", "" },
		{ "ian", "e" }, { "ese", "a" }, { "an", "a" }, { "", "y" },
		{ "ish", "ey" }, { "ish", "en" },
	};
	char name[40];

	/* Jordanians; and the people whose country has a longer name. */
	if (s.len > 5 && chy_lower(s.ptr[s.len - 1]) == 's' &&
	    chy_vocab_tag_by_country(s) == NULL)
		s.len--;
	if (chy_slice_ieq(s, CHY_SLICE("Saudi")))
		return CHY_SLICE("Saudi Arabia");
	for (size_t k = 0; k < ARRAY_LEN(rows); k++) {
		chy_slice end = chy_slice_of(rows[k].end);
		size_t left = s.len - end.len, more = strlen(rows[k].instead);
		const chy_tag *tag;

		if (s.len < 5 || left + more >= sizeof(name) || !chy_slice_ieq(
		    chy_slice_from(s, left), end))
			continue;
		memcpy(name, s.ptr, left);
		memcpy(name + left, rows[k].instead, more);
		tag = chy_vocab_tag_by_country((chy_slice){ name,
		    left + more });
		if (tag != NULL)
			return tag->meaning;
	}
	return CHY_EMPTY;
}

/* The country that a word names: the name itself, or one that begins like
 * the host's ("Omani"). */
static chy_slice
country_of(const struct who *who, const struct tokens *ts, uint32_t i)
{
	chy_slice s = token_text(ts, i);
	size_t stem = who->host.len > 6 ? who->host.len - 3 : 4;
	const chy_tag *tag;

	if (chy_slice_eq(s, CHY_SLICE("U.K.")) ||
	    chy_slice_eq(s, CHY_SLICE("UK")) ||
	    chy_slice_eq(s, CHY_SLICE("British")))
		return CHY_SLICE("United Kingdom");
	if (chy_slice_eq(s, CHY_SLICE("French")))
		return CHY_SLICE("France");
	if (!ts->at[i].capital || s.len < 4)
		return CHY_EMPTY;
	if (who->host.len >= 4 && chy_slice_istarts(s,
	    chy_slice_sub(who->host, 0, stem)))
		return who->host;
	tag = chy_vocab_tag_by_country(s);
	return tag != NULL ? tag->meaning : country_of_people(s);
}

static bool
pronoun_at(const struct who *who, const struct tokens *ts, uint32_t i,
    struct party *ret)
{
	const struct party *known = NULL;

	*ret = (struct party){ .first = i, .end = i + 1, .name = CHY_EMPTY,
	    .country = CHY_EMPTY, .pronoun = true };
	/* US in capitals is a country, "us" is not. */
	if (chy_token_among(ts, i, own_pronouns) &&
	    !chy_slice_eq(token_text(ts, i), CHY_SLICE("US"))) {
		if (who->embedded) {
			ret->side = SIDE_OTHER;
			ret->name = who->author;
			ret->country = who->host;
		} else if (ts->at[i].quoted && who->speaker.side ==
		    SIDE_OTHER) {
			*ret = who->speaker;
			ret->first = i;
			ret->end = i + 1;
		} else {
			ret->side = SIDE_OWN;
			ret->name = who->own;
		}
		return true;
	}
	if (chy_token_among(ts, i, "he|she|him|her|himself|herself"))
		known = who->speaker.side != SIDE_NONE && who->speaker.person ?
		    &who->speaker : who->person.side != SIDE_NONE ? &who->person :
		    &who->group;
	else if (chy_token_among(ts, i, "they|it|them"))
		known = who->group.side != SIDE_NONE ? &who->group :
		    &who->person;
	if (known == NULL)
		return false;
	if (known->side != SIDE_NONE) {
		*ret = *known;
		ret->first = i;
		ret->end = i + 1;
		ret->pronoun = true;
	} else {
		ret->side = SIDE_OTHER;
		ret->country = who->host;
	}
	return true;
}

/* One more word of the run that begins with a name. */
static bool
goes_on(const struct tokens *ts, uint32_t i, uint32_t end)
{
	if (i >= end)
		return false;
	if (is_name_word(ts, i))
		return true;
	if (chy_token_among(ts, i, group_words) ||
	    chy_token_among(ts, i, person_words))
		return true;
	/* al-, bin, de; "Ministry of Foreign Affairs", "of the Council". */
	if (chy_token_among(ts, i, "al|bin|bint|ibn|de|van|von|der|el|da|dos"))
		return i + 1 < end && is_name_word(ts, i + 1);
	if (chy_token_among(ts, i, "of|for|and")) {
		uint32_t next = i + 1;

		if (chy_token_is(ts, next, "the"))
			next++;
		if (next >= end)
			return false;
		if (chy_token_is(ts, i, "of"))
			return is_name_word(ts, next) ||
			    chy_token_among(ts, next, group_words);
		/* "Trade and Industry", but not "X and Y told". */
		return chy_token_among(ts, next, "affairs|industry|trade|"
		    "development|security|labor|commerce|cooperation|economy");
	}
	return false;
}

static bool
is_ours(const struct who *who, chy_slice name)
{
	for (uint32_t i = 0; i < who->n_ours; i++)
		if (chy_slice_ieq(name, who->ours[i]))
			return true;
	return false;
}

/* Titles that only our side has, as these telegrams use them. */
static const char our_titles[] = "a/s|a/u/s|a/dcm|pdasd|dasd|comisaf|"
    "isn|dtra|ondcp|osd|dod|doe|nsc|eucom|centcom|treasury|dhs|dea|usaid|"
    "ustr|inl|das|pdas|u/s|d/s|dcm|charge|codel|"
    "ambassador|senator|sen|congressman|congresswoman|rep|secretary|secdef|"
    "poloff|econoff|polchief|emboff|isn|representative|admiral|general|"
    "staffdel|consul|adm|gen";

void
chy_parties_learn(struct who *who, const struct tokens *ts, chy_arena *arena)
{
	for (uint32_t i = 0; i + 1 < ts->n; i++) {
		uint32_t at = i + 1;
		bool military = chy_token_among(ts, i, "general|gen");

		if (!ts->at[i].capital || !chy_token_among(ts, i, our_titles) ||
		    chy_token_is(ts, at, "of") || chy_token_is(ts, at,
		    "general"))
			continue;
		/* The British Ambassador. */
		if (i > 0 && country_of(who, ts, i - 1).len > 0)
			continue;
		/* A secretary of theirs has his ministry before him. */
		if (i > 0 && (ts->at[i - 1].possessive || (ts->at[i - 1].capital &&
		    !ts->at[i - 1].first && !chy_token_among(ts, i - 1,
		    own_words) && !chy_token_among(ts, i - 1,
		    "under|deputy|assistant|treasury|defense|energy|"
		    "commerce|special"))))
			continue;
		while (at + 1 < ts->n && is_name_word(ts, at) &&
		    is_name_word(ts, at + 1) && at < i + 4)
			at++;
		if (!is_name_word(ts, at) || military || token_text(ts, at).len < 3)
			continue;
		if (chy_vocab_tag_by_country(token_text(ts, at)) != NULL ||
		    is_ours(who, token_text(ts, at)) || who->n_ours == OUR_NAMES)
			continue;
		who->ours[who->n_ours++] = chy_arena_copy(arena,
		    token_text(ts, at));
	}
}

bool
chy_party_at(const struct who *who, const struct tokens *ts, uint32_t i,
    uint32_t end, struct party *ret)
{
	struct party p = { .first = i, .country = CHY_EMPTY };
	bool own = false, group = false, name = false;
	uint32_t at = i;

	if (i >= end || i >= ts->n || ts->at[i].kind > TOKEN_NUMBER)
		return false;
	if (pronoun_at(who, ts, i, ret))
		return true;
	for (; at < end && (at == i ? is_name_word(ts, at) ||
	    chy_token_among(ts, at, group_words) ||
	    chy_token_among(ts, at, person_words) ||
	    chy_token_among(ts, at, own_words) : goes_on(ts, at, end)); at++) {
		chy_slice s = token_text(ts, at);
		chy_slice country;

		if (chy_token_is(ts, at, "of") || chy_token_is(ts, at, "and") ||
		    chy_token_is(ts, at, "for")) {
			at += chy_token_is(ts, at + 1, "the");
			continue;
		}
		country = country_of(who, ts, at);
		if (country.len > 0)
			p.country = country;
		if (chy_token_among(ts, at, own_words) || is_ours(who, s) ||
		    chy_slice_istarts(s, CHY_SLICE("U.S.")))
			own = true;
		if (chy_slice_ieq(s, CHY_SLICE("United")) && at + 1 < end &&
		    chy_token_is(ts, at + 1, "States"))
			own = true;
		group |= chy_token_among(ts, at, group_words) ||
		    is_gov_acronym(s) || country.len > 0;
		name |= ts->at[at].capital && country.len == 0;
		if (ts->at[at].possessive) {
			at++;
			break;
		}
	}
	if (at == i)
		return false;
	p.end = at;
	/* The other side's ambassador, the Ministry's department. */
	if (p.country.len > 0 && own && !chy_token_among(ts, i, own_words))
		own = false;
	p.side = own ? SIDE_OWN : SIDE_OTHER;
	p.person = !group && (!own || (name && at > i && is_ours(who,
	    token_text(ts, at - 1)))) && (name ||
	    chy_token_among(ts, at - 1, person_words));
	if (p.side == SIDE_OTHER && p.country.len == 0 &&
	    chy_token_among(ts, at - 1, bodies) &&
	    all_capitals(token_text(ts, at - 1))) {
		p.country = token_text(ts, at - 1);
		p.person = false;
	}
	if (p.side == SIDE_OTHER && p.country.len == 0)
		p.country = who->host;
	else if (p.side == SIDE_OWN)
		p.country = CHY_EMPTY;
	p.name = chy_slice_sub(ts->text, ts->at[i].off, ts->at[at - 1].off +
	    ts->at[at - 1].len - ts->at[i].off);
	*ret = p;
	return true;
}

bool
chy_is_finite(const struct tokens *ts, uint32_t i)
{
	chy_slice s;

	if (i >= ts->n || ts->at[i].kind != TOKEN_WORD)
		return false;
	s = token_text(ts, i);
	if (chy_token_among(ts, i, auxiliaries))
		return true;
	if (s.len > 4 && !ts->at[i].capital &&
	    chy_lower(s.ptr[s.len - 1]) == 'd' &&
	    chy_lower(s.ptr[s.len - 2]) == 'e')
		return true;
	/* "post requests", "we seek": the present of those who are many. */
	return chy_token_among(ts, i, bare_verbs) && i > 0 &&
	    chy_token_among(ts, i - 1, "i|we|post|posts|they|embassies|"
	    "respectfully|strongly|also|therefore|officials|leaders");
}

/* The token after adverbs and brackets, and perhaps an apposition. */
static uint32_t
after_asides(const struct tokens *ts, uint32_t i, uint32_t end)
{
	bool moved = true;

	while (moved && i < end) {
		chy_slice s = token_text(ts, i);

		moved = false;
		if (ts->at[i].kind == TOKEN_WORD &&
		    (chy_token_among(ts, i, adverbs) || (s.len > 3 &&
		    chy_slice_ieq(chy_slice_from(s, s.len - 2),
		    CHY_SLICE("ly"))))) {
			i++;
			moved = true;
		} else if (ts->at[i].kind == TOKEN_OPEN) {
			while (i < end && ts->at[i].kind != TOKEN_CLOSE)
				i++;
			i++;
			moved = true;
		}
	}
	return i;
}

static bool
has_verb_after(const struct tokens *ts, uint32_t i, uint32_t end)
{
	uint32_t at = after_asides(ts, i, end);

	if (at < end && chy_is_finite(ts, at))
		return true;
	/* "X, Secretary General of the Council, told". */
	if (at >= end || (ts->at[at].kind != TOKEN_COMMA &&
	    ts->at[at].kind != TOKEN_DASH))
		return false;
	for (uint32_t k = at + 1; k < end && k < at + 24; k++) {
		if (ts->at[k].kind == TOKEN_OPEN) {
			k = after_asides(ts, k, end) - 1;
			continue;
		}
		if (ts->at[k].kind == ts->at[at].kind &&
		    chy_is_finite(ts, after_asides(ts, k + 1, end)))
			return true;
		if (chy_is_finite(ts, k) && !chy_token_among(ts, k - 1,
		    "who|which|that") && ts->at[k].kind == TOKEN_WORD &&
		    chy_token_among(ts, k, "said|told|is|was|will|would"))
			return false;
	}
	return false;
}

/* Where the article before the name stands: "a visibly angry Marrack". */
static uint32_t
before_article(const struct tokens *ts, uint32_t first, uint32_t i)
{
	for (uint32_t k = i; k > first && k + 4 > i; k--) {
		if (chy_token_among(ts, k - 1, articles))
			return k - 1;
		if (chy_token_among(ts, k - 1, prepositions) ||
		    ts->at[k - 1].kind != TOKEN_WORD ||
		    chy_is_finite(ts, k - 1))
			break;
	}
	return i;
}

bool
chy_party_subject(const struct who *who, const struct tokens *ts,
    uint32_t first, uint32_t end, uint32_t at, struct party *ret)
{
	bool found = false, in_aside = false;

	for (uint32_t i = first; i < end; i++) {
		struct party p;
		uint32_t before;

		/* Behind the words: only if nobody stood before them. */
		if (i > at && found)
			break;
		if (ts->at[i].kind == TOKEN_COMMA)
			in_aside = false;
		if (!chy_party_at(who, ts, i, end, &p))
			continue;
		before = before_article(ts, first, i);
		in_aside = before > first && chy_token_among(ts, before - 1,
		    prepositions) && !(chy_token_is(ts, before - 1, "and") &&
		    (p.pronoun || p.side == SIDE_OWN || before - 1 == first));
		if (!in_aside && !(ts->at[p.end - 1].possessive) &&
		    (p.end == at || has_verb_after(ts, p.end, end)) &&
		    !(p.pronoun && chy_token_among(ts, i,
		    "me|us|him|them|my|our|himself|herself"))) {
			*ret = p;
			found = true;
			if (i > at)
				break;
		}
		i = p.end - 1;
	}
	return found;
}
