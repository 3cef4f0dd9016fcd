/*
 * From typed words to the tree, by recursive descent, and back.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "base/civil.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "query/query.h"
#include "telegram/telegram.h"
#include "vocab/vocab.h"

enum value_kind {
	KIND_TEXT, KIND_POST, KIND_TAG, KIND_DATE, KIND_LEVEL, KIND_PRECEDENCE,
	KIND_MRN, KIND_WORDS, KIND_FLAG, KIND_LATER,
};

#define ROW(name, text, kind, help) { text, KIND_##kind, help },
static const struct field_row {
	const char     *name;
	enum value_kind kind;
	const char     *help;
} field_rows[] = {
	{ "", KIND_TEXT, "the whole telegram" },
	CHY_QUERY_FIELDS(ROW)
};
#undef ROW

static const char *const flag_names[] = {
	[CHY_FLAG_CORRECTED] = "corrected",
	[CHY_FLAG_PARTIAL] = "partial",
	[CHY_FLAG_SECTION] = "section",
	[CHY_FLAG_COPIED] = "copied",
	[CHY_FLAG_UNDATED] = "undated",
	[CHY_FLAG_CITED] = "cited",
	[CHY_FLAG_REQUEST] = "request",
};

/* A level as a person may type it; the first of each is how it is shown. */
static const struct {
	const char *word;
	chy_level   level;
} level_words[] = {
	{ "UNCLASSIFIED", CHY_LEVEL_UNCLASSIFIED },
	{ "LOU", CHY_LEVEL_LIMITED_OFFICIAL_USE },
	{ "CONFIDENTIAL", CHY_LEVEL_CONFIDENTIAL },
	{ "SECRET", CHY_LEVEL_SECRET },
	{ "TS", CHY_LEVEL_TOP_SECRET },
	{ "NONE", CHY_LEVEL_NONE },
	{ "UNCLAS", CHY_LEVEL_UNCLASSIFIED },
	{ "U", CHY_LEVEL_UNCLASSIFIED },
	{ "LIMITED OFFICIAL USE", CHY_LEVEL_LIMITED_OFFICIAL_USE },
	{ "C", CHY_LEVEL_CONFIDENTIAL },
	{ "S", CHY_LEVEL_SECRET },
	{ "TOP SECRET", CHY_LEVEL_TOP_SECRET },
	{ "TOPSECRET", CHY_LEVEL_TOP_SECRET },
};

/* One word for each, to show it back. */
static const char *const precedence_words[] = {
	[CHY_PRECEDENCE_ROUTINE] = "ROUTINE",
	[CHY_PRECEDENCE_PRIORITY] = "PRIORITY",
	[CHY_PRECEDENCE_IMMEDIATE] = "IMMEDIATE",
	[CHY_PRECEDENCE_NIACT_IMMEDIATE] = "NIACT",
	[CHY_PRECEDENCE_FLASH] = "FLASH",
	[CHY_PRECEDENCE_EMERGENCY] = "EMERGENCY",
	[CHY_PRECEDENCE_CRITIC] = "CRITIC",
};

struct parser {
	chy_slice  text;
	size_t	   pos;
	chy_query *query;
	chy_error *err;
	uint32_t   terms;
	uint32_t   depth;
	chy_field  inside;	/* field of the parentheses we are in */
	chy_status status;
};

static chy_query_node *parse_or(struct parser *p);

static chy_query_node *
fail(struct parser *p, chy_status status, size_t off, const char *text,
    chy_slice what)
{
	if (p->status == CHY_OK) {
		/* The caret must not stand inside a character. */
		while (off > 0 && off < p->text.len &&
		    ((unsigned char)p->text.ptr[off] & 0xc0) == 0x80)
			off--;
		what = chy_slice_sub(what, 0, 40);
		p->status = what.len == 0 ?
		    chy_fail(p->err, status, "%s", text) :
		    chy_fail(p->err, status, "%s: %.*s", text, CHY_ARG(what));
		if (p->err != NULL)
			p->err->off = (uint32_t)off;
	}
	return NULL;
}

static chy_query_node *
node_new(struct parser *p, chy_query_kind kind, size_t off)
{
	chy_query_node *node = chy_arena_zalloc(&p->query->arena, 1,
	    sizeof(*node));

	if (node == NULL) {
		p->status = chy_fail(p->err, CHY_ERR_NO_MEMORY,
		    "no memory for the query");
		return NULL;
	}
	node->kind = kind;
	node->text = CHY_EMPTY;
	node->typed = CHY_EMPTY;
	node->off = (uint32_t)off;
	return node;
}

static chy_query_node *
term_new(struct parser *p, chy_query_kind kind, size_t off)
{
	if (++p->terms > CHY_LIMIT_QUERY_TERMS)
		return fail(p, CHY_ERR_TOO_LARGE, off,
		    "more than 256 terms; split the query", CHY_EMPTY);
	return node_new(p, kind, off);
}

static chy_slice
keep(struct parser *p, chy_slice s)
{
	return chy_arena_copy(&p->query->arena, s);
}


/* ---- tokens ---- */

static void
skip_blanks(struct parser *p)
{
	while (p->pos < p->text.len && chy_is_space(p->text.ptr[p->pos]))
		p->pos++;
}

static bool
ends_word(char c)
{
	return chy_is_space(c) || c == '(' || c == ')' || c == '"';
}

/* The run of characters at the cursor, up to a blank, parenthesis, quote. */
static chy_slice
peek_word(const struct parser *p)
{
	size_t end = p->pos;

	while (end < p->text.len && !ends_word(p->text.ptr[end]))
		end++;
	return chy_slice_sub(p->text, p->pos, end - p->pos);
}

/* Whether the cursor is at one of the words and, or, not. */
static bool
at_operator(const struct parser *p, const char *name)
{
	return chy_slice_ieq(peek_word(p), chy_slice_of(name));
}

/* Text in quotes at the cursor, which moves behind the second quote. */
static bool
take_quoted(struct parser *p, chy_slice *ret)
{
	size_t start = p->pos;
	size_t end = chy_slice_find(p->text, CHY_SLICE("\""), start + 1);

	if (end >= p->text.len) {
		fail(p, CHY_ERR_INVALID, start,
		    "no closing quote; put a \" after the phrase", CHY_EMPTY);
		return false;
	}
	*ret = chy_slice_trim(chy_slice_sub(p->text, start + 1,
	    end - start - 1));
	p->pos = end + 1;
	return true;
}

/* Whether text has anything that can be looked for. */
static bool
has_word(chy_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (chy_is_alnum(s.ptr[i]) || (unsigned char)s.ptr[i] > 127)
			return true;
	return false;
}


/* ---- values ---- */

static bool
split_range(chy_slice value, chy_slice *ret_low, chy_slice *ret_high)
{
	size_t at = chy_slice_find(value, CHY_SLICE(".."), 0);

	*ret_low = *ret_high = value;
	if (at >= value.len)
		return false;
	*ret_low = chy_slice_trim(chy_slice_sub(value, 0, at));
	*ret_high = chy_slice_trim(chy_slice_from(value, at + 2));
	return true;
}

static bool
digits(chy_slice s, size_t off, size_t n, int *ret)
{
	int v = 0;

	for (size_t i = off; i < off + n; i++) {
		if (i >= s.len || !chy_is_digit(s.ptr[i]))
			return false;
		v = v * 10 + (s.ptr[i] - '0');
	}
	*ret = v;
	return true;
}

/* 1975, 1975-03 or 1975-03-12: its first and last second. */
static bool
parse_date(chy_slice s, int64_t *ret_first, int64_t *ret_last)
{
	int y, m = 1, d = 1;
	chy_civil from, to;

	if (!digits(s, 0, 4, &y) || y < 1 ||
	    (s.len != 4 && s.len != 7 && s.len != 10))
		return false;
	if (s.len >= 7 && (s.ptr[4] != '-' || !digits(s, 5, 2, &m)))
		return false;
	if (s.len == 10 && (s.ptr[7] != '-' || !digits(s, 8, 2, &d)))
		return false;
	if (m < 1 || m > 12 || d < 1 || d > 31)
		return false;
	from = (chy_civil){ y, (uint8_t)m, (uint8_t)d, 0, 0 };
	if (!chy_civil_valid(from))
		return false;
	*ret_first = chy_civil_seconds(from);
	to = from;
	if (s.len == 4) {
		to.month = 12;
		to.day = 31;
	} else if (s.len == 7) {
		to.day = 31;
		while (!chy_civil_valid(to))
			to.day--;
	}
	*ret_last = chy_civil_seconds(to) + 86399;
	return true;
}

static bool
parse_level(chy_slice s, int64_t *ret)
{
	for (size_t i = 0; i < ARRAY_LEN(level_words); i++)
		if (chy_slice_ieq(s, chy_slice_of(level_words[i].word))) {
			*ret = level_words[i].level;
			return true;
		}
	return false;
}

static bool
parse_precedence(chy_slice s, int64_t *ret)
{
	chy_precedence v = chy_precedence_from_word(s);

	if (v == CHY_PRECEDENCE_NONE && s.len == 1)
		v = chy_precedence_from_prosign(chy_upper(s.ptr[0]));
	for (int i = 0; i < (int)ARRAY_LEN(precedence_words); i++)
		if (v == CHY_PRECEDENCE_NONE && precedence_words[i] != NULL &&
		    chy_slice_ieq(s, chy_slice_of(precedence_words[i])))
			v = (chy_precedence)i;
	*ret = v;
	return v != CHY_PRECEDENCE_NONE;
}

/* A range of dates; open ends are the ends of time. */
static bool
value_date(struct parser *p, chy_query_node *node, chy_slice value, size_t off)
{
	chy_slice a, b;
	int64_t first, last;

	node->low = INT64_MIN;
	node->high = INT64_MAX;
	(void)split_range(value, &a, &b);
	if (a.len > 0) {
		if (!parse_date(a, &first, &last))
			goto bad;
		node->low = first;
	}
	if (b.len > 0) {
		if (!parse_date(b, &first, &last))
			goto bad;
		node->high = last;
	}
	if (a.len == 0 && b.len == 0)
		goto bad;
	if (node->low > node->high) {
		fail(p, CHY_ERR_INVALID, off, "the range ends before it begins; "
		    "exchange the two dates", CHY_EMPTY);
		return false;
	}
	return true;
bad:
	fail(p, CHY_ERR_INVALID, off, "not a date; write 1975, 1975-03, "
	    "1975-03-12 or a range such as 1975-03..1975-05", value);
	return false;
}

static bool
value_scale(struct parser *p, chy_query_node *node, chy_slice value, size_t off,
    bool (*parse)(chy_slice, int64_t *), int64_t top, const char *bad)
{
	chy_slice a, b;
	bool range = split_range(value, &a, &b);

	node->low = range ? 1 : 0;
	node->high = top;
	if ((a.len > 0 && !parse(a, &node->low)) ||
	    (b.len > 0 && !parse(b, &node->high)) ||
	    (a.len == 0 && b.len == 0)) {
		fail(p, CHY_ERR_INVALID, off, bad, value);
		return false;
	}
	if (node->low > node->high) {
		fail(p, CHY_ERR_INVALID, off, "the range ends before it begins; "
		    "write the lower one first", value);
		return false;
	}
	return true;
}

static bool
value_flag(struct parser *p, chy_query_node *node, chy_slice value, size_t off)
{
	for (int i = 0; i < CHY_FLAG_COUNT; i++)
		if (chy_slice_ieq(value, chy_slice_of(flag_names[i]))) {
			node->low = node->high = i;
			node->typed = chy_slice_of(flag_names[i]);
			return true;
		}
	fail(p, CHY_ERR_INVALID, off, "is: knows corrected, partial, section, "
	    "copied, undated, cited and request, not", value);
	return false;
}

/* A code of TAGS, or a country's name for its code. */
static chy_slice
value_tag(struct parser *p, chy_slice value)
{
	const chy_tag *row = chy_vocab_tag_by_country(value);
	char buf[CHY_VOCAB_KEY_MAX];
	size_t n = 0;

	for (; n < value.len && n < sizeof(buf); n++)
		buf[n] = chy_upper(value.ptr[n]);
	if (row != NULL && chy_vocab_tag((chy_slice){ buf, n }) == NULL)
		return row->code;
	return keep(p, (chy_slice){ buf, n });
}

static bool
value_mrn(struct parser *p, chy_query_node *node, chy_slice value, size_t off)
{
	chy_mrn mrn;
	char key[CHY_MRN_KEY_MAX];

	if (chy_slice_istarts(value, CHY_SLICE("sha:"))) {
		char low[69] = "";
		size_t n = 0;

		for (; n < value.len && n < sizeof(low) - 1; n++)
			low[n] = chy_lower(value.ptr[n]);
		if (value.len < 12 || value.len > 68 || strspn(low + 4,
		    "0123456789abcdef") < value.len - 4) {
			fail(p, CHY_ERR_INVALID, off, "not a hash; write sha: "
			    "and 8 to 64 of the digits 0 to 9 and a to f",
			    value);
			return false;
		}
		node->text = keep(p, (chy_slice){ low, n });
		node->typed = node->text;
		return true;
	}
	if (!chy_mrn_from_text(value, &mrn)) {
		fail(p, CHY_ERR_INVALID, off, "not the number of a telegram; "
		    "write year, post and serial, as 08MUSCAT425", value);
		return false;
	}
	node->text = keep(p, (chy_slice){ key, chy_mrn_key(&mrn, key) });
	node->typed = node->text;
	return true;
}

/* Give a field's node its value. */
static bool
set_value(struct parser *p, chy_query_node *node, chy_slice value, size_t off)
{
	char key[CHY_VOCAB_KEY_MAX];

	node->text = node->typed = keep(p, value);
	switch (field_rows[node->field].kind) {
	case KIND_POST:
		if (value.len >= CHY_VOCAB_KEY_MAX ||
		    chy_post_key(value, 0, key, sizeof(key)) == 0) {
			fail(p, CHY_ERR_INVALID, off, "not the name of a post; "
			    "write it as MUSCAT or \"Embassy Muscat\"", value);
			return false;
		}
		node->text = keep(p, chy_slice_of(key));
		return true;
	case KIND_TAG:
		node->text = node->typed = value_tag(p, value);
		return true;
	case KIND_DATE:
		return value_date(p, node, value, off);
	case KIND_LEVEL:
		return value_scale(p, node, value, off, parse_level,
		    CHY_LEVEL_TOP_SECRET, "not a level; write U, LOU, C, S, TS "
		    "or a range such as C..TS");
	case KIND_PRECEDENCE:
		return value_scale(p, node, value, off, parse_precedence,
		    CHY_PRECEDENCE_CRITIC, "not a precedence; write routine, "
		    "priority, immediate, niact, flash or a range");
	case KIND_MRN:
		return value_mrn(p, node, value, off);
	case KIND_FLAG:
		return value_flag(p, node, value, off);
	case KIND_WORDS:
	case KIND_TEXT:
	case KIND_LATER:
		return true;
	}
	return true;
}


/* ---- terms ---- */

/* The letters before a colon, if a word begins like a field. */
static chy_slice
field_of(chy_slice word)
{
	size_t n = 0;

	while (n < word.len && chy_is_alpha(word.ptr[n]))
		n++;
	if (n == 0 || n >= word.len || word.ptr[n] != ':')
		return CHY_EMPTY;
	/* An address of the web is words, not a field. */
	if (chy_slice_starts(chy_slice_from(word, n), CHY_SLICE("://")))
		return CHY_EMPTY;
	return chy_slice_sub(word, 0, n);
}

static chy_query_node *
words_new(struct parser *p, chy_field field, chy_slice text, bool phrase,
    size_t off)
{
	chy_query_node *node;

	if (!has_word(text))
		return fail(p, CHY_ERR_INVALID, off, "nothing to look for here; "
		    "write a word or leave it out", CHY_EMPTY);
	/* A hyphen before a word is none of it, and means not elsewhere. */
	while (!phrase && text.ptr[0] == '-')
		text = chy_slice_from(text, 1);
	if (!phrase && field_of(text).len > 0)
		return fail(p, CHY_ERR_INVALID, off, "it looks like a field; "
		    "put it in quotes to look for the words", text);
	node = term_new(p, CHY_QUERY_WORDS, off);
	if (node == NULL)
		return NULL;
	if (!phrase && text.len > 1 && text.ptr[text.len - 1] == '*') {
		text.len--;
		node->prefix = true;
	}
	if (chy_slice_find(text, CHY_SLICE("*"), 0) < text.len && !phrase)
		return fail(p, CHY_ERR_INVALID, off +
		    chy_slice_find(text, CHY_SLICE("*"), 0), "* stands only at "
		    "the end of a word; leave it out", CHY_EMPTY);
	node->text = keep(p, text);
	node->typed = node->text;
	node->phrase = phrase;
	node->field = field;
	node->len = (uint32_t)(p->pos - off);
	return node;
}

/*
 * A country's name finds its TAGS too: oman becomes ("oman" or geo:MU). In
 * quotes it is only the word.
 */
static chy_query_node *
with_country(struct parser *p, chy_query_node *node)
{
	const chy_tag *row;
	chy_query_node *either, *geo;

	if (node == NULL || node->phrase || node->prefix ||
	    node->field != CHY_FIELD_NONE)
		return node;
	row = chy_vocab_tag_by_country(node->text);
	if (row == NULL)
		return node;
	either = node_new(p, CHY_QUERY_OR, node->off);
	geo = term_new(p, CHY_QUERY_FIELD, node->off);
	if (either == NULL || geo == NULL)
		return NULL;
	node->phrase = true;
	geo->field = CHY_FIELD_GEO;
	geo->text = geo->typed = row->code;
	geo->len = either->len = node->len;
	either->child = node;
	node->next = geo;
	return either;
}

static chy_field
find_field(chy_slice name)
{
	for (int i = CHY_FIELD_NONE + 1; i < CHY_FIELD_COUNT; i++)
		if (chy_slice_ieq(name, chy_slice_of(field_rows[i].name)))
			return (chy_field)i;
	return CHY_FIELD_NONE;
}

static chy_query_node *
parse_group(struct parser *p, chy_field inside)
{
	size_t start = p->pos;
	chy_field before = p->inside;
	chy_query_node *node;

	if (++p->depth > CHY_LIMIT_QUERY_DEPTH)
		return fail(p, CHY_ERR_TOO_LARGE, start, "parentheses deeper "
		    "than 64; write the query flatter", CHY_EMPTY);
	p->pos++;
	p->inside = inside;
	node = parse_or(p);
	p->inside = before;
	p->depth--;
	if (p->status != CHY_OK)
		return NULL;
	skip_blanks(p);
	if (p->pos >= p->text.len)
		return fail(p, CHY_ERR_INVALID, start, "no closing parenthesis; "
		    "put a ) at the end", CHY_EMPTY);
	p->pos++;		/* parse_or stops only there */
	return node;
}

static chy_query_node *
in_paragraph(struct parser *p, chy_query_node *child, size_t off)
{
	chy_query_node *node;

	if (child == NULL)
		return NULL;
	node = node_new(p, CHY_QUERY_PARA, off);
	if (node == NULL)
		return NULL;
	node->child = child;
	node->field = CHY_FIELD_PARA;
	node->len = (uint32_t)(p->pos - off);
	return node;
}

/* What follows "subject:", "body:" or "para:". */
static chy_query_node *
parse_text_value(struct parser *p, chy_field field, size_t off)
{
	/* para: is a search of paragraphs whose terms meet in one. */
	chy_field rows = field == CHY_FIELD_PARA ? CHY_FIELD_BODY : field;
	chy_query_node *node;
	chy_slice value;
	bool phrase = false;

	if (p->text.ptr[p->pos] == '(') {
		node = parse_group(p, rows);
	} else {
		if (p->text.ptr[p->pos] == '"') {
			phrase = true;
			if (!take_quoted(p, &value))
				return NULL;
		} else if (field_of(peek_word(p)).len > 0) {
			return fail(p, CHY_ERR_INVALID, p->pos, "a field for the "
			    "value of a field; put it in quotes to look for "
			    "the words", CHY_EMPTY);
		} else {
			value = peek_word(p);
			p->pos += value.len;
		}
		node = words_new(p, rows, value, phrase, off);
	}
	return field == CHY_FIELD_PARA ? in_paragraph(p, node, off) : node;
}

static chy_query_node *
parse_field(struct parser *p, chy_slice name, size_t off)
{
	chy_field field = find_field(name);
	chy_query_node *node;
	chy_slice value;
	size_t at;

	if (field == CHY_FIELD_NONE)
		return fail(p, CHY_ERR_INVALID, off, "no such field; put the "
		    "words in quotes, or see the list of fields", name);
	if (field_rows[field].kind == KIND_LATER)
		return fail(p, CHY_ERR_UNSUPPORTED, off, "this field cannot be "
		    "searched yet; leave it out", name);
	if (p->inside != CHY_FIELD_NONE)
		return fail(p, CHY_ERR_INVALID, off, "a field cannot stand "
		    "inside the parentheses of another", name);
	at = p->pos += name.len + 1;
	if (p->pos >= p->text.len || chy_is_space(p->text.ptr[p->pos]) ||
	    p->text.ptr[p->pos] == ')')
		return fail(p, CHY_ERR_INVALID, p->pos < p->text.len ? p->pos :
		    p->text.len, "a value is missing after the colon; write it "
		    "without a blank", CHY_EMPTY);
	if (field_rows[field].kind == KIND_TEXT)
		return parse_text_value(p, field, off);
	if (p->text.ptr[p->pos] == '(')
		return fail(p, CHY_ERR_INVALID, at, "this field takes one value; "
		    "repeat the field with or between", CHY_EMPTY);
	if (p->text.ptr[p->pos] == '"') {
		if (!take_quoted(p, &value))
			return NULL;
		at++;
	} else {
		value = peek_word(p);
		p->pos += value.len;
	}
	if (!has_word(value))
		return fail(p, CHY_ERR_INVALID, at, "the value is empty; write "
		    "one or leave the field out", CHY_EMPTY);
	node = term_new(p, CHY_QUERY_FIELD, off);
	if (node == NULL)
		return NULL;
	node->field = field;
	node->len = (uint32_t)(p->pos - off);
	return set_value(p, node, value, at) ? node : NULL;
}

static chy_query_node *
parse_primary(struct parser *p)
{
	size_t off = p->pos;
	chy_slice word;

	if (p->text.ptr[p->pos] == '(')
		return parse_group(p, p->inside);
	if (p->text.ptr[p->pos] == '"') {
		if (!take_quoted(p, &word))
			return NULL;
		return words_new(p, p->inside, word, true, off);
	}
	word = field_of(peek_word(p));
	if (word.len > 0)
		return parse_field(p, word, off);
	word = peek_word(p);
	p->pos += word.len;
	return with_country(p, words_new(p, p->inside, word, false, off));
}

/* Whether a minus at the cursor means not: it begins a term. */
static bool
at_minus(const struct parser *p)
{
	char c;

	if (p->text.ptr[p->pos] != '-' || p->pos + 1 >= p->text.len)
		return false;
	c = p->text.ptr[p->pos + 1];
	return chy_is_alnum(c) || c == '"' || c == '(' ||
	    (unsigned char)c > 127;
}

/* What must come here is missing. */
static chy_query_node *
fail_missing(struct parser *p, const char *after)
{
	char text[96];

	snprintf(text, sizeof(text), "a term is missing after \"%s\"; add one, "
	    "or put the word in quotes to look for it", after);
	return fail(p, CHY_ERR_INVALID, p->pos, text, CHY_EMPTY);
}

static chy_query_node *
parse_not(struct parser *p)
{
	size_t off = p->pos;
	chy_query_node *node, *child;
	bool minus = at_minus(p);

	if (!minus && !at_operator(p, "not"))
		return parse_primary(p);
	if (++p->depth > CHY_LIMIT_QUERY_DEPTH)
		return fail(p, CHY_ERR_TOO_LARGE, off, "nested deeper than 64; "
		    "write the query flatter", CHY_EMPTY);
	p->pos += minus ? 1 : 3;
	skip_blanks(p);
	if (p->pos >= p->text.len || p->text.ptr[p->pos] == ')' ||
	    at_operator(p, "and") || at_operator(p, "or"))
		return fail_missing(p, "not");
	child = parse_not(p);
	p->depth--;
	if (child == NULL)
		return NULL;
	node = node_new(p, CHY_QUERY_NOT, off);
	if (node == NULL)
		return NULL;
	node->child = child;
	node->len = (uint32_t)(p->pos - off);
	return node;
}

/* A list of operands becomes one node, a single one itself. */
static chy_query_node *
list_done(struct parser *p, chy_query_kind kind, chy_query_node *first,
    size_t off)
{
	chy_query_node *node;

	if (first == NULL || first->next == NULL)
		return first;
	node = node_new(p, kind, off);
	if (node == NULL)
		return NULL;
	node->child = first;
	node->len = (uint32_t)(p->pos - off);
	return node;
}

static bool
at_end(struct parser *p)
{
	skip_blanks(p);
	return p->pos >= p->text.len || p->text.ptr[p->pos] == ')';
}

/* Add what may be a list of the same kind, so that a flat query gives a flat
 * tree. */
static chy_query_node **
append(chy_query_node **end, chy_query_node *node, chy_query_kind kind)
{
	if (node->kind == kind)
		node = node->child;
	*end = node;
	while (*end != NULL)
		end = &(*end)->next;
	return end;
}

static chy_query_node *
parse_and(struct parser *p)
{
	chy_query_node *first = NULL, **end = &first, *node;
	size_t off = p->pos;

	for (;;) {
		if (at_end(p))
			break;
		if (at_operator(p, "or"))
			break;
		if (at_operator(p, "and")) {
			if (first == NULL)
				return fail(p, CHY_ERR_INVALID, p->pos, "a term "
				    "is missing before \"and\"; add one, or put "
				    "the word in quotes", CHY_EMPTY);
			p->pos += 3;
			if (at_end(p) || at_operator(p, "or") ||
			    at_operator(p, "and"))
				return fail_missing(p, "and");
		}
		node = parse_not(p);
		if (node == NULL)
			return NULL;
		end = append(end, node, CHY_QUERY_AND);
	}
	return list_done(p, CHY_QUERY_AND, first, off);
}

static chy_query_node *
parse_or(struct parser *p)
{
	chy_query_node *first = NULL, **end = &first, *node;
	size_t off;

	skip_blanks(p);
	off = p->pos;
	for (;;) {
		if (at_operator(p, "or"))
			return fail(p, CHY_ERR_INVALID, p->pos, "a term is "
			    "missing before \"or\"; add one, or put the word in "
			    "quotes", CHY_EMPTY);
		node = parse_and(p);
		if (p->status != CHY_OK)
			return NULL;
		if (node == NULL)
			return p->depth == 0 ? NULL : fail(p, CHY_ERR_INVALID,
			    p->pos, "nothing between the parentheses; write a "
			    "term or leave them out", CHY_EMPTY);
		end = append(end, node, CHY_QUERY_OR);
		if (at_end(p))
			break;
		p->pos += 2;		/* parse_and stops only at "or" */
		if (at_end(p))
			return fail_missing(p, "or");
	}
	return list_done(p, CHY_QUERY_OR, first, off);
}

/* Offset of the first byte that is no text: a control character, or not
 * UTF-8. */
static size_t
first_no_text(chy_slice text)
{
	size_t bad = chy_utf8_check(text);

	for (size_t i = 0; i < bad; i++)
		if (((unsigned char)text.ptr[i] < 32 &&
		    !chy_is_space(text.ptr[i])) || text.ptr[i] == 127)
			return i;
	return bad;
}

chy_status
chy_query_parse(chy_slice text, chy_query **ret_query, chy_error *err)
{
	struct parser p = { .text = text, .err = err };

	if (text.len > CHY_LIMIT_QUERY) {
		if (err != NULL)
			err->off = CHY_LIMIT_QUERY;
		p.status = chy_fail(err, CHY_ERR_TOO_LARGE,
		    "the query is longer than 4096 bytes; shorten it");
		return p.status;
	}
	p.query = calloc(1, sizeof(*p.query));
	if (p.query == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY,
		    "no memory for the query");
	chy_arena_init(&p.query->arena, 0);
	p.text = keep(&p, text);
	if (chy_arena_failed(&p.query->arena))
		p.status = chy_fail(err, CHY_ERR_NO_MEMORY,
		    "no memory for the query");
	if (p.status == CHY_OK && first_no_text(p.text) < p.text.len)
		(void)fail(&p, CHY_ERR_INVALID, first_no_text(p.text),
		    "a character that is no text; take it out", CHY_EMPTY);
	if (p.status == CHY_OK)
		p.query->root = parse_or(&p);
	if (p.status == CHY_OK && p.pos < p.text.len)
		(void)fail(&p, CHY_ERR_INVALID, p.pos, "a closing parenthesis "
		    "too many; take it out", CHY_EMPTY);
	if (p.status == CHY_OK && p.query->root == NULL)
		p.query->root = node_new(&p, CHY_QUERY_ALL, 0);
	if (p.status == CHY_OK && chy_arena_failed(&p.query->arena))
		p.status = chy_fail(err, CHY_ERR_NO_MEMORY,
		    "no memory for the query");
	if (p.status != CHY_OK) {
		chy_query_free(p.query);
		return p.status;
	}
	*ret_query = p.query;
	return CHY_OK;
}

void
chy_query_free(chy_query *query)
{
	if (query == NULL)
		return;
	chy_arena_done(&query->arena);
	free(query);
}


/* ---- printing ---- */

static bool
is_operator(chy_slice s)
{
	return chy_slice_ieq(s, CHY_SLICE("and")) ||
	    chy_slice_ieq(s, CHY_SLICE("or")) ||
	    chy_slice_ieq(s, CHY_SLICE("not"));
}

static bool
needs_quotes(chy_slice s)
{
	if (is_operator(s))
		return true;
	for (size_t i = 0; i < s.len; i++)
		if (ends_word(s.ptr[i]))
			return true;
	return false;
}

static void
print_value(chy_buf *out, chy_slice s, bool phrase)
{
	phrase |= needs_quotes(s);
	if (phrase)
		chy_buf_putc(out, '"');
	chy_buf_put(out, s);
	if (phrase)
		chy_buf_putc(out, '"');
}

static void
print_scale(chy_buf *out, const chy_query_node *node,
    chy_slice (*name)(int64_t))
{
	print_value(out, name(node->low), false);
	if (node->low == node->high)
		return;
	chy_buf_puts(out, "..");
	print_value(out, name(node->high), false);
}

static chy_slice
level_name(int64_t level)
{
	for (size_t i = 0; i < ARRAY_LEN(level_words); i++)
		if (level_words[i].level == (chy_level)level)
			return chy_slice_of(level_words[i].word);
	return CHY_EMPTY;
}

static chy_slice
precedence_name(int64_t precedence)
{
	return precedence > 0 &&
	    (size_t)precedence < ARRAY_LEN(precedence_words) ?
	    chy_slice_of(precedence_words[precedence]) : CHY_EMPTY;
}

static void
print_field(const chy_query_node *node, chy_buf *out)
{
	chy_buf_puts(out, field_rows[node->field].name);
	chy_buf_putc(out, ':');
	switch (field_rows[node->field].kind) {
	case KIND_LEVEL:
		print_scale(out, node, level_name);
		return;
	case KIND_PRECEDENCE:
		print_scale(out, node, precedence_name);
		return;
	case KIND_POST:
		print_value(out, node->text, false);
		return;
	case KIND_TEXT:
	case KIND_TAG:
	case KIND_DATE:
	case KIND_MRN:
	case KIND_WORDS:
	case KIND_FLAG:
	case KIND_LATER:
		print_value(out, node->typed, false);
		return;
	}
}

static void
print_words(const chy_query_node *node, chy_buf *out, chy_field inside)
{
	if (node->field != inside) {
		chy_buf_puts(out, field_rows[node->field].name);
		chy_buf_putc(out, ':');
	}
	if (node->prefix) {
		/* With its star no word is an operator. */
		chy_buf_put(out, node->text);
		chy_buf_putc(out, '*');
	} else {
		print_value(out, node->text, node->phrase);
	}
}

/* In an operand of `and` an `or` needs parentheses; after not both do. */
static void
print(const chy_query_node *node, chy_buf *out, int outer, chy_field inside)
{
	const char *between = " and ";
	bool open;

	switch (node->kind) {
	case CHY_QUERY_ALL:
		return;
	case CHY_QUERY_WORDS:
		print_words(node, out, inside);
		return;
	case CHY_QUERY_FIELD:
		print_field(node, out);
		return;
	case CHY_QUERY_NOT:
		chy_buf_puts(out, "not ");
		print(node->child, out, 2, inside);
		return;
	case CHY_QUERY_PARA:
		chy_buf_puts(out, "para:(");
		print(node->child, out, 0, CHY_FIELD_BODY);
		chy_buf_putc(out, ')');
		return;
	case CHY_QUERY_OR:
		between = " or ";
		break;
	case CHY_QUERY_AND:
		break;
	}
	open = outer == 2 || (outer == 1 && node->kind == CHY_QUERY_OR);
	if (open)
		chy_buf_putc(out, '(');
	for (const chy_query_node *c = node->child; c != NULL; c = c->next) {
		print(c, out, node->kind == CHY_QUERY_AND ? 1 : 0, inside);
		if (c->next != NULL)
			chy_buf_puts(out, between);
	}
	if (open)
		chy_buf_putc(out, ')');
}

void
chy_query_print(const chy_query_node *node, chy_buf *out)
{
	print(node, out, 0, CHY_FIELD_NONE);
}

const char *
chy_field_name(chy_field field)
{
	return field < CHY_FIELD_COUNT ? field_rows[field].name : NULL;
}

const char *
chy_field_help(chy_field field)
{
	return field < CHY_FIELD_COUNT ? field_rows[field].help : NULL;
}

const char *
chy_query_flag_name(chy_query_flag flag)
{
	return flag < CHY_FLAG_COUNT ? flag_names[flag] : NULL;
}
