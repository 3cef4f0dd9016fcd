/*
 * Portion marks taken apart, and the lists of REL TO.
 *
 * Source: classification.md 2 and 10; ISO 3166-1 alpha-3 for countries.
 *
 * SPDX-License-Identifier: ISC
 */
#include "check/check_int.h"

/* Countries by three letters, in blocks of three. */
static const char trigraphs[] =
    "ABWAFGAGOAIAALAALBANDAREARGARMASMATAATFATGAUSAUTAZEBDIBELBENBESBFABGDBGR"
    "BHRBHSBIHBLMBLRBLZBMUBOLBRABRBBRNBTNBVTBWACAFCANCCKCHECHLCHNCIVCMRCODCOG"
    "COKCOLCOMCPVCRICUBCUWCXRCYMCYPCZEDEUDJIDMADNKDOMDZAECUEGYERIESHESPESTETH"
    "FINFJIFLKFRAFROFSMGABGBRGEOGGYGHAGIBGINGLPGMBGNBGNQGRCGRDGRLGTMGUFGUMGUY"
    "HKGHMDHNDHRVHTIHUNIDNIMNINDIOTIRLIRNIRQISLISRITAJAMJEYJORJPNKAZKENKGZKHM"
    "KIRKNAKORKWTLAOLBNLBRLBYLCALIELKALSOLTULUXLVAMACMAFMARMCOMDAMDGMDVMEXMHL"
    "MKDMLIMLTMMRMNEMNGMNPMOZMRTMSRMTQMUSMWIMYSMYTNAMNCLNERNFKNGANICNIUNLDNOR"
    "NPLNRUNZLOMNPAKPANPCNPERPHLPLWPNGPOLPRIPRKPRTPRYPSEPYFQATREUROURUSRWASAU"
    "SDNSENSGPSGSSHNSJMSLBSLESLVSMRSOMSPMSRBSSDSTPSURSVKSVNSWESWZSXMSYCSYRTCA"
    "TCDTGOTHATJKTKLTKMTLSTONTTOTUNTURTUVTWNTZAUGAUKRUMIURYUSAUZBVATVCTVENVGB"
    "VIRVNMVUTWLFWSMYEMZAFZMBZWE";

/* Groups, and names of countries that the directory of TAGS has otherwise. */
static const chy_slice groups[] = {
	CHY_LIT("FVEY"), CHY_LIT("ACGU"), CHY_LIT("NATO"), CHY_LIT("ISAF"),
	CHY_LIT("MCFI"), CHY_LIT("GCTF"), CHY_LIT("KFOR"), CHY_LIT("UNCK"),
	CHY_LIT("SFOR"), CHY_LIT("RSMA"), CHY_LIT("EU"), CHY_LIT("UN"),
	CHY_LIT("UK"), CHY_LIT("US"), CHY_LIT("UAE"), CHY_LIT("ROK"),
	CHY_LIT("CFE"), CHY_LIT("IESC"), CHY_LIT("CMFC"), CHY_LIT("EUFOR"),
	CHY_LIT("UNITED KINGDOM"), CHY_LIT("GREAT BRITAIN"),
	CHY_LIT("SOUTH KOREA"), CHY_LIT("UNITED STATES"), CHY_LIT("RUSSIA"),
	CHY_LIT("CZECH REPUBLIC"), CHY_LIT("MACEDONIA"), CHY_LIT("HOLLAND"),
};

static bool
is_trigraph(chy_slice s)
{
	if (s.len != 3)
		return false;
	for (size_t i = 0; i + 3 < sizeof(trigraphs); i += 3)
		if (memcmp(trigraphs + i, s.ptr, 3) == 0)
			return true;
	return false;
}

bool
chy_release_known(chy_slice item)
{
	if (is_trigraph(item) || chy_vocab_tag_by_country(item) != NULL)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(groups); i++)
		if (chy_slice_ieq(item, groups[i]))
			return true;
	return false;
}

bool
chy_release_next(chy_slice list, size_t *at, chy_slice *ret)
{
	while (*at < list.len) {
		size_t end = *at;
		chy_slice item;

		while (end < list.len && list.ptr[end] != ',' &&
		    list.ptr[end] != ';' && list.ptr[end] != '/' &&
		    !chy_slice_istarts(chy_slice_from(list, end),
		    CHY_SLICE(" AND ")))
			end++;
		item = chy_slice_trim(chy_slice_sub(list, *at, end - *at));
		*at = end + (end < list.len && list.ptr[end] == ' ' ? 5 : 1);
		if (item.len > 0) {
			*ret = item;
			return true;
		}
	}
	return false;
}

/* A word of the mark, between slashes, hyphens and blanks. */
static bool
next_token(chy_slice s, size_t *at, chy_slice *ret)
{
	size_t i = *at, end;

	while (i < s.len && !chy_is_alnum(s.ptr[i]))
		i++;
	for (end = i; end < s.len && chy_is_alnum(s.ptr[end]);)
		end++;
	*at = end;
	*ret = chy_slice_sub(s, i, end - i);
	return end > i;
}

static inline bool
is_word(chy_slice s, const char *word)
{
	return chy_slice_eq(s, chy_slice_of(word));
}

static chy_level
level_of_letter(char c)
{
	/* (c) is as good as (C) to a person. */
	switch (chy_upper(c)) {
	case 'U':
		return CHY_LEVEL_UNCLASSIFIED;
	case 'C':
		return CHY_LEVEL_CONFIDENTIAL;
	case 'S':
		return CHY_LEVEL_SECRET;
	}
	return CHY_LEVEL_NONE;
}

/* The level that the token is; with what it says beside it. */
static bool
level_token(chy_mark *m, chy_slice s)
{
	chy_level level = s.len == 1 ? level_of_letter(s.ptr[0]) :
	    chy_level_parse(s);

	m->lou = is_word(s, "LOU");
	m->fouo = is_word(s, "FOUO");
	m->cui = is_word(s, "CUI");
	if (is_word(s, "SBU") || m->lou || m->fouo || m->cui) {
		m->level = CHY_LEVEL_UNCLASSIFIED;
		m->sbu = true;
		return true;
	}
	if (is_word(s, "CNF") || is_word(s, "SNF")) {
		m->level = s.ptr[0] == 'C' ? CHY_LEVEL_CONFIDENTIAL :
		    CHY_LEVEL_SECRET;
		m->noforn = true;
		return true;
	}
	if (level == CHY_LEVEL_NONE)
		return false;
	m->level = level;
	return true;
}

static void
control_token(chy_mark *m, chy_slice s)
{
	if (is_word(s, "NF") || is_word(s, "NOFORN") ||
	    (is_word(s, "N") && m->sbu))
		m->noforn = true;
	else if (is_word(s, "OC") || is_word(s, "ORCON"))
		m->orcon = true;
	else if (is_word(s, "PR") || is_word(s, "PROPIN"))
		m->propin = true;
	else if (is_word(s, "RELIDO"))
		m->relido = true;
	else if (is_word(s, "EYES"))
		m->eyes = true;
	else if (is_word(s, "DISPLAY"))
		m->display = true;
	else if (is_word(s, "FGI"))
		m->fgi = true;
	else if (is_word(s, "RD") || is_word(s, "FRD") || is_word(s, "TFNI"))
		m->atomic = true;
	else if (is_word(s, "FOUO") || is_word(s, "SBU"))
		m->sbu = true;
	else if (is_word(s, "ENTIRE"))
		m->entire = true;
}

chy_mark
chy_mark_read(chy_slice text)
{
	chy_mark m = { .level = CHY_LEVEL_NONE };
	size_t at = 0;
	chy_slice s;

	/* C, (C), U, S: nearly all. */
	if (text.len == 1 || (text.len == 3 && text.ptr[0] == '(')) {
		m.level = level_of_letter(text.ptr[text.len / 2]);
		if (m.level != CHY_LEVEL_NONE)
			return m;
	}
	text = chy_slice_trim(text);
	if (text.len > 2 && text.ptr[0] == '(')
		text = chy_slice_trim(chy_slice_sub(text, 1, text.len - 2));
	if (chy_slice_starts(text, CHY_SLICE("TOP SECRET"))) {
		m.level = CHY_LEVEL_TOP_SECRET;
		at = 10;
	} else if (next_token(text, &at, &s) && !level_token(&m, s)) {
		/* GBR-C, //DEU S, FGI-C, NATO S: the giver comes first. */
		size_t after = at;
		chy_slice next;

		if ((is_word(s, "FGI") || is_word(s, "NATO") ||
		    is_trigraph(s)) && next_token(text, &after, &next) &&
		    level_token(&m, next)) {
			m.giver = true;
			m.fgi = true;
			at = after;
		} else {
			at = 0;
		}
	}
	while (next_token(text, &at, &s)) {
		if (is_word(s, "REL") || is_word(s, "RELEASABLE")) {
			size_t to = at;

			m.rel = true;
			if (next_token(text, &to, &s) && is_word(s, "TO"))
				at = to;
			m.rel_list = chy_slice_trim(chy_slice_from(text, at));
			/* What follows two slashes is not of the list. */
			to = chy_slice_find(m.rel_list, CHY_SLICE("//"), 0);
			at += to;
			m.rel_list = chy_slice_sub(m.rel_list, 0, to);
			continue;
		}
		control_token(&m, s);
	}
	return m;
}
