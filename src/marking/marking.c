/*
 * Labels: parsing, order, join, and the one decision.
 *
 * Relies on the caption table for what restricts. Source: 32 CFR 2001.21 to
 * 24 for marks, 5 FAH-2 H-440 for captions.
 *
 * Two departures, both towards more restriction. Where NODIS and EXDIS stand
 * together, which is a fault, both must be held; reading it as NODIS alone
 * would make the join of two labels not an upper bound. A word that no table
 * knows restricts like a compartment.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/ascii.h"
#include "marking/marking.h"

static const struct level_word {
	chy_slice word;
	chy_level level;
} level_words[] = {
	/* Longer ones first: the first that fits at a word's end is taken. */
	{ { "SENSITIVE BUT UNCLASSIFIED", 26 }, CHY_LEVEL_LIMITED_OFFICIAL_USE },
	{ { "LIMITED OFFICIAL USE", 20 },   CHY_LEVEL_LIMITED_OFFICIAL_USE },
	{ { "UNCLASSIFIED", 12 },	    CHY_LEVEL_UNCLASSIFIED },
	{ { "CONFIDENTIAL", 12 },	    CHY_LEVEL_CONFIDENTIAL },
	{ { "TOP SECRET", 10 },		    CHY_LEVEL_TOP_SECRET },
	{ { "TOPSECRET", 9 },		    CHY_LEVEL_TOP_SECRET },
	{ { "UNMARKED", 8 },		    CHY_LEVEL_NONE },
	{ { "SECRET", 6 },		    CHY_LEVEL_SECRET },
	{ { "UNCLAS", 6 },		    CHY_LEVEL_UNCLASSIFIED },
	{ { "FOUO", 4 },		    CHY_LEVEL_LIMITED_OFFICIAL_USE },
	{ { "SBU", 3 },			    CHY_LEVEL_LIMITED_OFFICIAL_USE },
	{ { "LOU", 3 },			    CHY_LEVEL_LIMITED_OFFICIAL_USE },
	{ { "CUI", 3 },			    CHY_LEVEL_LIMITED_OFFICIAL_USE },
	{ { "TS", 2 },			    CHY_LEVEL_TOP_SECRET },
	{ { "S", 1 },			    CHY_LEVEL_SECRET },
	{ { "C", 1 },			    CHY_LEVEL_CONFIDENTIAL },
	{ { "U", 1 },			    CHY_LEVEL_UNCLASSIFIED },
};

static const char *const level_names[] = {
	[CHY_LEVEL_NONE] = "UNMARKED",
	[CHY_LEVEL_UNCLASSIFIED] = "UNCLASSIFIED",
	[CHY_LEVEL_LIMITED_OFFICIAL_USE] = "LIMITED OFFICIAL USE",
	[CHY_LEVEL_CONFIDENTIAL] = "CONFIDENTIAL",
	[CHY_LEVEL_SECRET] = "SECRET",
	[CHY_LEVEL_TOP_SECRET] = "TOP SECRET",
};

/* A missing mark never means unclassified, so no mark is the highest. */
static unsigned
rank(chy_level level)
{
	return level == CHY_LEVEL_NONE ? CHY_LEVEL_TOP_SECRET + 1u :
	    (unsigned)level;
}


/* ---- sets of words, as sorted text ---- */

/* The next word of a set; false after the last. */
static bool
word_next(const char **pos, chy_slice *ret)
{
	size_t n;

	if (**pos == '\0')
		return false;
	n = strcspn(*pos, "/");
	*ret = (chy_slice){ *pos, n };
	*pos += n + ((*pos)[n] == '/');
	return true;
}

static bool
word_in(const char *set, chy_slice word)
{
	chy_slice w;

	while (word_next(&set, &w))
		if (chy_slice_eq(w, word))
			return true;
	return false;
}

static bool
words_subset(const char *a, const char *b)
{
	chy_slice w;
	bool all = true;

	while (word_next(&a, &w))
		all &= word_in(b, w);
	return all;
}

static bool
words_meet(const char *a, const char *b)
{
	chy_slice w;
	bool any = false;

	while (word_next(&a, &w))
		any |= word_in(b, w);
	return any;
}

/* Put a word where it belongs in the order; false if there is no room. */
static bool
word_put(char set[CHY_LABEL_TEXT], chy_slice word)
{
	char out[CHY_LABEL_TEXT];
	const char *pos = set;
	chy_slice w;
	size_t n = 0;
	bool done = word_in(set, word);
	bool more;

	if (done || word.len == 0)
		return true;
	if (strlen(set) + word.len + 2 > CHY_LABEL_TEXT)
		return false;
	do {
		more = word_next(&pos, &w);
		if (!done && (!more || chy_slice_cmp(word, w) < 0)) {
			if (n > 0)
				out[n++] = '/';
			memcpy(out + n, word.ptr, word.len);
			n += word.len;
			done = true;
		}
		if (more) {
			if (n > 0)
				out[n++] = '/';
			memcpy(out + n, w.ptr, w.len);
			n += w.len;
		}
	} while (more);
	out[n] = '\0';
	memcpy(set, out, n + 1);
	return true;
}

/* A word in the one spelling in which it is kept: capitals, and an underline
 * for blanks and all that separates words, so that it is read back as one. */
static chy_slice
word_tidy(chy_slice word, char out[CHY_LABEL_TEXT])
{
	size_t n = 0;

	word = chy_slice_trim(word);
	for (size_t i = 0; i < word.len && n < CHY_LABEL_TEXT - 1; i++) {
		char c = chy_upper(word.ptr[i]);

		if ((unsigned char)c <= ' ' || c == '/' || c == ',' ||
		    c == '-' || c == ';')
			c = '_';
		if (c != '_' || n == 0 || out[n - 1] != '_')
			out[n++] = c;
	}
	return (chy_slice){ out, n };
}


/* ---- controls ---- */

static size_t
row_of(const chy_caption *row)
{
	size_t n;

	return (size_t)(row - chy_vocab_captions(&n));
}

static void
close_release(chy_label *label)
{
	const chy_caption *noforn = chy_vocab_caption(CHY_SLICE("NOFORN"));
	size_t i;

	if (noforn == NULL)
		return;
	i = row_of(noforn);
	if (i < CHY_LABEL_ROWS &&
	    (label->controls[i / 64] >> (i % 64) & 1) != 0) {
		label->rel[0] = '\0';
		label->rel_all = false;
	}
}

/* Set the bit of a row, and those of the rows it implies (EXDIS and NODIS
 * imply NOFORN, CAPCO 2016 H.9). */
static void
put_row(chy_label *label, const chy_caption *row)
{
	size_t i = row_of(row);
	chy_slice implied = row->implies;

	if (i >= CHY_LABEL_ROWS) {
		label->overflow = true;
		return;
	}
	if ((label->controls[i / 64] >> (i % 64) & 1) != 0)
		return;
	label->controls[i / 64] |= UINT64_C(1) << (i % 64);
	label->rel_all = false;
	while (implied.len > 0) {
		size_t end = chy_slice_find(implied, CHY_SLICE(";"), 0);
		const chy_caption *next = chy_vocab_caption(
		    chy_slice_trim(chy_slice_sub(implied, 0, end)));

		if (next != NULL)
			put_row(label, next);
		implied = chy_slice_from(implied, end + 1);
	}
}

static void
put_word(chy_label *label, chy_slice word)
{
	char buf[CHY_LABEL_TEXT];
	chy_slice tidy = word_tidy(word, buf);

	if (tidy.len + 1 >= sizeof(buf))
		label->overflow = true;
	if (!word_put(label->words, tidy))
		label->overflow = true;
	label->rel_all = false;
}

/* The countries of a release, which always include the own one: USA adds
 * nobody. A second list narrows the first. */
static void
put_release(chy_label *label, chy_slice list)
{
	char set[CHY_LABEL_TEXT] = "";
	char both[CHY_LABEL_TEXT] = "";
	const char *pos = set;
	chy_slice w;

	list = chy_slice_trim(list);
	if (chy_slice_istarts(list, CHY_SLICE("TO ")))
		list = chy_slice_trim(chy_slice_from(list, 3));
	while (list.len > 0) {
		char buf[CHY_LABEL_TEXT];
		size_t end = 0;
		chy_slice item;

		while (end < list.len && list.ptr[end] != ',' &&
		    list.ptr[end] != ';')
			end++;
		item = word_tidy(chy_slice_sub(list, 0, end), buf);
		/* What does not fit is released to nobody, the safe side. */
		if (!chy_slice_eq(item, CHY_SLICE("USA")))
			(void)word_put(set, item);
		list = chy_slice_trim(chy_slice_from(list, end + 1));
	}
	if (label->rel_all || label->rel[0] == '\0') {
		memcpy(label->rel, set, sizeof(set));
	} else {
		while (word_next(&pos, &w))
			if (word_in(label->rel, w))
				(void)word_put(both, w);
		memcpy(label->rel, both, sizeof(both));
	}
	label->rel_all = false;
}

/* Raise an unclassified label to what administrative controls ask. They say
 * nothing above it. */
static void
put_controlled(chy_label *label)
{
	if (label->level == CHY_LEVEL_UNCLASSIFIED) {
		label->level = CHY_LEVEL_LIMITED_OFFICIAL_USE;
		label->rel_all = false;
	}
}

/* One control that a table knows. `words` is how it was written. */
static void
put_caption(chy_label *label, const chy_caption *row, chy_slice words)
{
	switch (row->family) {
	case CHY_CAPTION_F1:
		if (chy_slice_eq(row->token, CHY_SLICE("RELIDO")))
			return;		/* decided as if it were not there */
		if (chy_slice_eq(row->token, CHY_SLICE("REL TO")))
			put_release(label, chy_slice_from(words,
			    chy_slice_istarts(words, CHY_SLICE("RELEASABLE")) ?
			    10 : 3));
		else if (chy_slice_eq(row->token, CHY_SLICE("EYES ONLY")) ||
		    chy_slice_eq(row->token, CHY_SLICE("DISPLAY ONLY")))
			put_word(label, words);	/* whom it names must hold it */
		else
			put_row(label, row);
		return;
	case CHY_CAPTION_F2:
		if (chy_slice_eq(row->token, CHY_SLICE("FOR xxx ONLY")))
			put_word(label, words);
		else
			put_row(label, row);
		return;
	case CHY_CAPTION_AEA:
		put_row(label, row);
		return;
	case CHY_CAPTION_F3:
		/* EFTO is about the circuit, not about who reads. */
		if (chy_slice_eq(row->token, CHY_SLICE("EFTO")))
			return;
		put_controlled(label);
		if (chy_slice_eq(row->token, CHY_SLICE("SBU-NF"))) {
			row = chy_vocab_caption(CHY_SLICE("NOFORN"));
			if (row != NULL)
				put_row(label, row);
		}
		return;
	case CHY_CAPTION_F4:
	case CHY_CAPTION_MARKER:
		return;
	}
}

static const chy_caption *
lookup(chy_slice word)
{
	const chy_caption *row = chy_vocab_caption_portion(word);

	return row != NULL ? row : chy_vocab_caption(word);
}

void
chy_label_add(chy_label *label, chy_slice token)
{
	const chy_caption *row;

	token = chy_slice_trim(token);
	if (token.len == 0)
		return;
	/* On a caption line the full token counts: DS is a channel's name
	 * there and a control only in a mark. */
	row = chy_vocab_caption(token);
	if (row == NULL)
		row = chy_vocab_caption_portion(token);
	if (row != NULL)
		put_caption(label, row, token);
	else if (chy_slice_istarts(token, CHY_SLICE("REL ")))
		put_release(label, chy_slice_from(token, 4));
	else
		put_word(label, token);
	close_release(label);
}


/* ---- parsing ---- */

static bool
is_separator(char c)
{
	return (unsigned char)c <= ' ' || c == '-' || c == ',' || c == '/' ||
	    c == ';';
}

static bool
at_release(chy_slice s)
{
	return chy_slice_istarts(s, CHY_SLICE("REL ")) ||
	    chy_slice_istarts(s, CHY_SLICE("RELEASABLE "));
}

/* One item between slashes: a control, a list of them, a release. */
static void
parse_item(chy_label *label, chy_slice item)
{
	const chy_caption *row;

	item = chy_slice_trim(item);
	while (item.len > 0 && (item.ptr[0] == '-' || item.ptr[0] == ','))
		item = chy_slice_trim(chy_slice_from(item, 1));
	/* "(C - ENTIRE TEXT)" says how far the mark reaches. */
	if (item.len == 0 || chy_slice_ieq(item, CHY_SLICE("ENTIRE TEXT")))
		return;
	row = at_release(item) ? NULL : lookup(item);
	if (row != NULL) {
		put_caption(label, row, item);
		return;
	}
	/* Whose information it is restricts nobody. */
	if (chy_slice_istarts(item, CHY_SLICE("FGI")) &&
	    (item.len == 3 || is_separator(item.ptr[3])))
		return;
	while (item.len > 0) {
		size_t end = 0;
		chy_slice word;

		if (at_release(item)) {
			put_release(label, chy_slice_from(item,
			    chy_slice_istarts(item, CHY_SLICE("RELEA")) ? 10 : 3));
			return;
		}
		while (end < item.len && !is_separator(item.ptr[end]))
			end++;
		word = chy_slice_sub(item, 0, end);
		row = lookup(word);
		if (row != NULL)
			put_caption(label, row, word);
		else if (chy_slice_ieq(word, CHY_SLICE("N")))
			chy_label_add(label, CHY_SLICE("NOFORN"));
		else
			put_word(label, word);
		while (end < item.len && is_separator(item.ptr[end]))
			end++;
		item = chy_slice_from(item, end);
	}
}

/* The level that text begins with; *ret_len is 0 where it has none. */
static chy_level
parse_level(chy_slice text, size_t *ret_len)
{
	for (size_t i = 0; i < ARRAY_LEN(level_words); i++) {
		chy_slice w = level_words[i].word;

		if (chy_slice_istarts(text, w) &&
		    (text.len == w.len || is_separator(text.ptr[w.len]))) {
			*ret_len = w.len;
			return level_words[i].level;
		}
	}
	/* SNF: a separator was lost. Only if the rest is a known control. */
	for (size_t i = 0; i < ARRAY_LEN(level_words); i++) {
		chy_slice w = level_words[i].word;
		size_t end = w.len;

		if (w.len > 3 || !chy_slice_istarts(text, w))
			continue;
		while (end < text.len && !is_separator(text.ptr[end]))
			end++;
		if (chy_vocab_caption_portion(chy_slice_sub(text, w.len,
		    end - w.len)) != NULL) {
			*ret_len = w.len;
			return level_words[i].level;
		}
	}
	*ret_len = 0;
	return CHY_LEVEL_NONE;
}

chy_label
chy_label_bottom(void)
{
	return (chy_label){
		.level = CHY_LEVEL_UNCLASSIFIED, .rel_all = true,
	};
}

chy_status
chy_label_parse(chy_slice text, chy_label *ret_label, chy_error *err)
{
	chy_label label = chy_label_bottom();
	size_t lead = 0, used;

	while (lead < text.len && chy_is_space(text.ptr[lead]))
		lead++;
	text = chy_slice_trim(text);
	if (text.len == 0) {
		chy_status st = chy_fail(err, CHY_ERR_INVALID,
		    "no label; write a level and controls, as in S//NF");
		if (err != NULL)
			err->off = 0;
		return st;
	}
	label.level = parse_level(text, &used);
	if (used == 0 && text.ptr[0] != '/' && lookup(text) == NULL) {
		chy_status st = chy_fail(err, CHY_ERR_INVALID,
		    "\"%.*s\" is no level; a label begins with U, SBU, C, S "
		    "or TS", CHY_ARG(chy_slice_sub(text, 0, 40)));
		if (err != NULL)
			err->off = (uint32_t)lead;
		return st;
	}
	if (rank(label.level) > CHY_LEVEL_UNCLASSIFIED)
		label.rel_all = false;
	text = chy_slice_from(text, used);
	while (text.len > 0) {
		size_t end = 0;

		while (end < text.len && text.ptr[end] != '/')
			end++;
		parse_item(&label, chy_slice_sub(text, 0, end));
		text = chy_slice_from(text, end + 1);
	}
	close_release(&label);
	*ret_label = label;
	return CHY_OK;
}


/* ---- printing ---- */

static void
put(char *out, size_t size, size_t *n, chy_slice s)
{
	for (size_t i = 0; i < s.len && *n + 1 < size; i++)
		out[(*n)++] = s.ptr[i];
}

size_t
chy_label_print(const chy_label *label, char *out, size_t size)
{
	size_t n = 0, rows;
	const chy_caption *captions = chy_vocab_captions(&rows);
	const char *pos = label->words;
	chy_slice w;
	bool first = true;

	if (size == 0)
		return 0;
	put(out, size, &n, chy_slice_of(level_names[label->level]));
	for (size_t i = 0; i < rows && i < CHY_LABEL_ROWS; i++) {
		if ((label->controls[i / 64] >> (i % 64) & 1) == 0)
			continue;
		put(out, size, &n, first ? CHY_SLICE("//") : CHY_SLICE("/"));
		put(out, size, &n, captions[i].token);
		first = false;
	}
	if (label->words[0] != '\0')
		put(out, size, &n, CHY_SLICE("//"));
	for (first = true; word_next(&pos, &w); first = false) {
		if (!first)
			put(out, size, &n, CHY_SLICE("/"));
		put(out, size, &n, w);
	}
	if (label->rel[0] != '\0') {
		put(out, size, &n, CHY_SLICE("//REL "));
		pos = label->rel;
		for (first = true; word_next(&pos, &w); first = false) {
			if (!first)
				put(out, size, &n, CHY_SLICE(", "));
			put(out, size, &n, w);
		}
	} else if (label->level == CHY_LEVEL_UNCLASSIFIED && !label->rel_all &&
	    n == strlen(level_names[CHY_LEVEL_UNCLASSIFIED])) {
		/* Released to nobody else, though nothing else says so. */
		put(out, size, &n, CHY_SLICE("//REL USA"));
	}
	if (label->overflow)
		put(out, size, &n, CHY_SLICE("//..."));
	out[n] = '\0';
	return n;
}


/* ---- order ---- */

bool
chy_label_eq(const chy_label *a, const chy_label *b)
{
	return chy_label_leq(a, b) && chy_label_leq(b, a);
}

bool
chy_label_leq(const chy_label *a, const chy_label *b)
{
	bool leq = rank(a->level) <= rank(b->level);

	for (size_t i = 0; i < CHY_LABEL_WORDS; i++)
		leq &= (a->controls[i] & ~b->controls[i]) == 0;
	leq &= words_subset(a->words, b->words);
	leq &= a->rel_all || (!b->rel_all && words_subset(b->rel, a->rel));
	leq &= !a->overflow;
	/* One that did not fit is above all others: the top. */
	return leq || b->overflow;
}

chy_label
chy_label_join(const chy_label *a, const chy_label *b)
{
	chy_label j = *a;
	const char *pos = b->words;
	chy_slice w;

	if (rank(b->level) > rank(j.level))
		j.level = b->level;
	for (size_t i = 0; i < CHY_LABEL_WORDS; i++)
		j.controls[i] |= b->controls[i];
	while (word_next(&pos, &w))
		if (!word_put(j.words, w))
			j.overflow = true;
	j.overflow |= b->overflow;
	if (a->rel_all) {
		memcpy(j.rel, b->rel, sizeof(j.rel));
		j.rel_all = b->rel_all;
	} else if (!b->rel_all) {
		j.rel[0] = '\0';
		pos = a->rel;
		while (word_next(&pos, &w))
			if (word_in(b->rel, w))
				(void)word_put(j.rel, w);
	}
	close_release(&j);
	return j;
}


/* ---- telegrams ---- */

chy_label
chy_label_telegram(const chy_telegram *tel)
{
	chy_label label = chy_label_bottom();

	label.level = tel->level;
	label.rel_all = tel->level == CHY_LEVEL_UNCLASSIFIED;
	for (uint32_t i = 0; i < tel->caveats.n; i++)
		chy_label_add(&label, tel->caveats.at[i]);
	for (uint32_t i = 0; i < tel->captions.n; i++)
		chy_label_add(&label, tel->captions.at[i]);
	return label;
}

chy_label
chy_label_portion(const chy_label *telegram, chy_slice mark)
{
	chy_label label;
	size_t rows;
	const chy_caption *captions = chy_vocab_captions(&rows);
	const char *pos = telegram->words;
	chy_slice w;

	mark = chy_slice_trim(mark);
	if (mark.len == 0 || chy_label_parse(mark, &label, NULL) != CHY_OK)
		return *telegram;
	if (label.level == CHY_LEVEL_NONE)
		label.level = telegram->level;
	for (size_t i = 0; i < rows && i < CHY_LABEL_ROWS; i++)
		if (captions[i].family == CHY_CAPTION_F2 &&
		    (telegram->controls[i / 64] >> (i % 64) & 1) != 0)
			put_row(&label, &captions[i]);
	while (word_next(&pos, &w))
		if (!word_put(label.words, w))
			label.overflow = true;
	label.overflow |= telegram->overflow;
	close_release(&label);
	return label;
}


/* ---- the decision ---- */

bool
chy_label_may(const chy_reader *reader, const chy_label *label,
    chy_may_rule *ret_rule)
{
	const chy_label *own = &reader->label;
	uint64_t lacking_caption = 0, lacking_other = 0;
	size_t rows;
	const chy_caption *captions = chy_vocab_captions(&rows);
	bool refused[CHY_MAY_NOT_CAPTION + 1] = { false };
	chy_may_rule rule = CHY_MAY;

	for (size_t i = 0; i < rows && i < CHY_LABEL_ROWS; i++) {
		uint64_t lacks = (label->controls[i / 64] &
		    ~own->controls[i / 64]) >> (i % 64) & 1;

		if (captions[i].family == CHY_CAPTION_F2)
			lacking_caption |= lacks;
		else
			lacking_other |= lacks;
	}
	refused[CHY_MAY_NOT_UNMARKED] = label->level == CHY_LEVEL_NONE ||
	    label->overflow;
	refused[CHY_MAY_NOT_LEVEL] = rank(label->level) > rank(own->level) ||
	    own->level == CHY_LEVEL_NONE;
	refused[CHY_MAY_NOT_WORD] = !words_subset(label->words, own->words);
	refused[CHY_MAY_NOT_RELEASE] = own->rel[0] != '\0' &&
	    !label->rel_all && !words_meet(label->rel, own->rel);
	refused[CHY_MAY_NOT_CONTROL] = lacking_other != 0;
	refused[CHY_MAY_NOT_CAPTION] = lacking_caption != 0;
	for (int i = CHY_MAY_NOT_CAPTION; i > CHY_MAY; i--)
		if (refused[i] && !reader->owner)
			rule = (chy_may_rule)i;
	if (ret_rule != NULL)
		*ret_rule = rule;
	return rule == CHY_MAY;
}

const char *
chy_may_rule_name(chy_may_rule rule)
{
	switch (rule) {
	case CHY_MAY: return "allowed";
	case CHY_MAY_NOT_UNMARKED: return "not marked";
	case CHY_MAY_NOT_LEVEL: return "level";
	case CHY_MAY_NOT_WORD: return "compartment or name";
	case CHY_MAY_NOT_RELEASE: return "release";
	case CHY_MAY_NOT_CONTROL: return "control";
	case CHY_MAY_NOT_CAPTION: return "caption";
	}
	return "";
}

chy_reader
chy_reader_owner(void)
{
	return (chy_reader){ .owner = true, .label = chy_label_bottom() };
}

chy_status
chy_reader_parse(chy_slice text, chy_reader *ret_reader, chy_error *err)
{
	chy_reader reader = { .owner = false };
	chy_status st;

	text = chy_slice_trim(text);
	if (chy_slice_ieq(text, CHY_SLICE("owner"))) {
		*ret_reader = chy_reader_owner();
		return CHY_OK;
	}
	st = chy_label_parse(text, &reader.label, err);
	if (st != CHY_OK)
		return st;
	if (reader.label.level == CHY_LEVEL_NONE || reader.label.overflow) {
		st = chy_fail(err, CHY_ERR_INVALID, "a reader's label needs a "
		    "level; write U, SBU, C, S or TS first");
		if (err != NULL)
			err->off = 0;
		return st;
	}
	*ret_reader = reader;
	return CHY_OK;
}
