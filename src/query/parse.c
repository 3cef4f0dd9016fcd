/*
 * From typed words to the tree, by recursive descent.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "query/query_int.h"
#include "vocab/vocab.h"

static chy_query_node *parse_or(struct parser *p);

chy_query_node *
chy_query_fail(struct parser *p, chy_status status, size_t off, const char *text,
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
		return bad(p, CHY_ERR_TOO_LARGE, off,
		    "more than 256 terms; split the query", CHY_EMPTY);
	return node_new(p, kind, off);
}

chy_slice
chy_query_keep(struct parser *p, chy_slice s)
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

size_t
chy_query_quote(chy_slice s)
{
	static const char *const quotes[] = {
		"\"", "\xe2\x80\x9c", "\xe2\x80\x9d", "\xe2\x80\x9e",
		"\xc2\xab", "\xc2\xbb",
	};

	for (size_t i = 0; i < ARRAY_LEN(quotes); i++)
		if (chy_slice_starts(s, chy_slice_of(quotes[i])))
			return strlen(quotes[i]);
	return 0;
}

size_t
chy_query_quoted_end(chy_slice text, size_t off)
{
	size_t open = chy_query_quote(chy_slice_from(text, off));

	/* Between plain ones the others are text. */
	for (off += open; off < text.len; off++)
		if (open == 1 ? text.ptr[off] == '"' :
		    chy_query_quote(chy_slice_from(text, off)) > 0)
			break;
	return off;
}

/* Of the quote at pos. */
static size_t
quote_at(const struct parser *p, size_t pos)
{
	return chy_query_quote(chy_slice_from(p->text, pos));
}

static bool
ends_word(const struct parser *p, size_t pos)
{
	char c = p->text.ptr[pos];

	return chy_is_space(c) || c == '(' || c == ')' ||
	    (c == '}' && p->braces > 0) || quote_at(p, pos) > 0;
}

/* The run of characters at the cursor, up to a blank, parenthesis, quote. */
static chy_slice
peek_word(const struct parser *p)
{
	size_t end = p->pos;

	while (end < p->text.len && !ends_word(p, end))
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
	size_t start = p->pos, open = quote_at(p, start);
	size_t end = chy_query_quoted_end(p->text, start);

	if (end >= p->text.len) {
		bad(p, CHY_ERR_INVALID, start,
		    "no closing quote; put a \" after the phrase", CHY_EMPTY);
		return false;
	}
	*ret = chy_slice_trim(chy_slice_sub(p->text, start + open,
	    end - start - open));
	p->pos = end + quote_at(p, end);
	return true;
}

/* The pattern between two slashes at the cursor, which moves behind them. */
static bool
take_pattern(struct parser *p, chy_slice *ret)
{
	size_t start = p->pos++;

	for (; p->pos < p->text.len && p->text.ptr[p->pos] != '/'; p->pos++)
		if (p->text.ptr[p->pos] == '\\' && p->pos + 1 < p->text.len)
			p->pos++;
	if (p->pos >= p->text.len) {
		bad(p, CHY_ERR_INVALID, start, "no closing slash; put a / "
		    "after the pattern", CHY_EMPTY);
		return false;
	}
	*ret = chy_slice_sub(p->text, start + 1, p->pos - start - 1);
	p->pos++;
	return true;
}

/* "~5" at the cursor, behind the quote of a phrase. False after an error. */
static bool
take_near(struct parser *p, uint32_t *ret)
{
	size_t start = p->pos;
	uint32_t n = 0;

	*ret = 0;
	if (p->pos >= p->text.len || p->text.ptr[p->pos] != '~')
		return true;
	for (p->pos++; p->pos < p->text.len && chy_is_digit(
	    p->text.ptr[p->pos]) && n <= CHY_LIMIT_NEAR; p->pos++)
		n = n * 10 + (uint32_t)(p->text.ptr[p->pos] - '0');
	if (p->pos == start + 1 || n == 0 || n > CHY_LIMIT_NEAR) {
		bad(p, CHY_ERR_INVALID, start, "how many words may stand "
		    "between them? write a number from 1 to 1000 after the ~",
		    CHY_EMPTY);
		return false;
	}
	*ret = n;
	return true;
}

/* Whether a word is near/5; its number. */
static bool
is_near(chy_slice word, uint32_t *ret)
{
	uint32_t n = 0;

	if (!chy_slice_istarts(word, CHY_SLICE("near/")) || word.len < 6 ||
	    word.len > 9)
		return false;
	for (size_t i = 5; i < word.len; i++) {
		if (!chy_is_digit(word.ptr[i]))
			return false;
		n = n * 10 + (uint32_t)(word.ptr[i] - '0');
	}
	*ret = n;
	return n > 0 && n <= CHY_LIMIT_NEAR;
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

/* negotiate~ becomes ("negotiate" or "negotiates" or ...): what is looked for
 * is shown. */
static chy_query_node *
with_forms(struct parser *p, chy_query_node *first, chy_field field,
    chy_slice word)
{
	chy_slice forms[CHY_WORD_FORMS];
	uint32_t n = chy_word_forms(word, &p->query->arena, forms);
	chy_query_node *either, *node = first;

	if (n == 0)
		return bad(p, CHY_ERR_INVALID, first->off, "a word with ~ is "
		    "one of three letters or more, from a to z; leave the ~ out",
		    CHY_EMPTY);
	for (uint32_t i = 0; i < n; i++) {
		if (i > 0) {
			node->next = term_new(p, CHY_QUERY_WORDS, first->off);
			node = node->next;
			if (node == NULL)
				return NULL;
		}
		node->text = node->typed = forms[i];
		node->phrase = true;
		node->field = field;
		node->len = (uint32_t)(p->pos - first->off);
	}
	either = node_new(p, CHY_QUERY_OR, first->off);
	if (either == NULL)
		return NULL;
	either->child = first;
	either->len = first->len;
	return n > 1 ? either : first;
}

static chy_query_node *
words_new(struct parser *p, chy_field field, chy_slice text, bool phrase,
    size_t off)
{
	chy_query_node *node;

	if (!has_word(text))
		return bad(p, CHY_ERR_INVALID, off, "nothing to look for here; "
		    "write a word or leave it out", CHY_EMPTY);
	/* A hyphen before a word is none of it, and means not elsewhere. */
	while (!phrase && text.ptr[0] == '-')
		text = chy_slice_from(text, 1);
	if (!phrase && field_of(text).len > 0)
		return bad(p, CHY_ERR_INVALID, off, "it looks like a field; "
		    "put it in quotes to look for the words", text);
	node = term_new(p, CHY_QUERY_WORDS, off);
	if (node == NULL)
		return NULL;
	if (!phrase && text.len > 1 && text.ptr[text.len - 1] == '*') {
		text.len--;
		node->prefix = true;
	}
	if (chy_slice_find(text, CHY_SLICE("*"), 0) < text.len && !phrase)
		return bad(p, CHY_ERR_INVALID, off +
		    chy_slice_find(text, CHY_SLICE("*"), 0), "* stands only at "
		    "the end of a word; leave it out", CHY_EMPTY);
	if (!phrase && text.len > 1 && text.ptr[text.len - 1] == '~')
		return with_forms(p, node, field, chy_slice_sub(text, 0,
		    text.len - 1));
	node->text = keep(p, text);
	node->typed = node->text;
	node->phrase = phrase;
	node->field = field;
	node->len = (uint32_t)(p->pos - off);
	return node;
}

/* A phrase whose words may stand apart, if "~5" follows. */
static chy_query_node *
phrase_new(struct parser *p, chy_field field, chy_slice text, size_t off)
{
	uint32_t near;
	chy_query_node *node;

	if (!take_near(p, &near))
		return NULL;
	node = words_new(p, field, text, true, off);
	if (node != NULL)
		node->near = near;
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

	if (node == NULL || node->kind != CHY_QUERY_WORDS || node->phrase ||
	    node->prefix || node->field != CHY_FIELD_NONE)
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
		if (chy_slice_ieq(name,
		    chy_slice_of(chy_query_field_rows[i].name)))
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
		return bad(p, CHY_ERR_TOO_LARGE, start, "parentheses deeper "
		    "than 64; write the query flatter", CHY_EMPTY);
	p->pos++;
	p->inside = inside;
	node = parse_or(p);
	p->inside = before;
	p->depth--;
	if (p->status != CHY_OK)
		return NULL;
	skip_blanks(p);
	if (p->pos >= p->text.len || p->text.ptr[p->pos] != ')')
		return bad(p, CHY_ERR_INVALID, start, "no closing parenthesis; "
		    "put a ) at the end", CHY_EMPTY);
	p->pos++;
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

/* A field's pattern, between slashes. */
static chy_query_node *
parse_pattern(struct parser *p, chy_field field, size_t off)
{
	size_t at = p->pos + 1;
	chy_query_node *node;
	chy_slice pattern;

	if (!take_pattern(p, &pattern))
		return NULL;
	node = term_new(p, CHY_QUERY_FIELD, off);
	if (node == NULL)
		return NULL;
	node->field = field;
	node->len = (uint32_t)(p->pos - off);
	return chy_query_pattern(p, node, pattern, at) ? node : NULL;
}

/* A query in braces: the telegrams that it finds. */
static chy_query_node *
parse_braces(struct parser *p, chy_field field, size_t off)
{
	size_t start = p->pos;
	chy_query_node *node, *child;

	if (++p->depth > CHY_LIMIT_QUERY_DEPTH)
		return bad(p, CHY_ERR_TOO_LARGE, start, "braces deeper than "
		    "64; write the query flatter", CHY_EMPTY);
	p->pos++;
	p->braces++;
	child = parse_or(p);
	p->braces--;
	p->depth--;
	if (p->status != CHY_OK)
		return NULL;
	skip_blanks(p);
	if (p->pos >= p->text.len || p->text.ptr[p->pos] != '}')
		return bad(p, CHY_ERR_INVALID, start, "no closing brace; put a "
		    "} after the query", CHY_EMPTY);
	p->pos++;
	node = term_new(p, CHY_QUERY_FIELD, off);
	if (node == NULL)
		return NULL;
	node->field = field;
	node->child = child;
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

	if (p->text.ptr[p->pos] == '(') {
		node = parse_group(p, rows);
	} else if (p->text.ptr[p->pos] == '/') {
		return parse_pattern(p, field, off);
	} else if (quote_at(p, p->pos) > 0) {
		if (!take_quoted(p, &value))
			return NULL;
		node = phrase_new(p, rows, value, off);
	} else {
		if (field_of(peek_word(p)).len > 0)
			return bad(p, CHY_ERR_INVALID, p->pos, "a field for the "
			    "value of a field; put it in quotes to look for "
			    "the words", CHY_EMPTY);
		value = peek_word(p);
		p->pos += value.len;
		node = words_new(p, rows, value, false, off);
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
		return bad(p, CHY_ERR_INVALID, off, "no such field; put the "
		    "words in quotes, or see the list of fields", name);
	if (p->inside != CHY_FIELD_NONE)
		return bad(p, CHY_ERR_INVALID, off, "a field cannot stand "
		    "inside the parentheses of another", name);
	at = p->pos += name.len + 1;
	if (p->pos >= p->text.len || chy_is_space(p->text.ptr[p->pos]) ||
	    p->text.ptr[p->pos] == ')')
		return bad(p, CHY_ERR_INVALID, p->pos < p->text.len ? p->pos :
		    p->text.len, "a value is missing after the colon; write it "
		    "without a blank", CHY_EMPTY);
	if (chy_query_field_rows[field].kind == CHY_VALUE_TEXT)
		return parse_text_value(p, field, off);
	if (p->text.ptr[p->pos] == '/')
		return parse_pattern(p, field, off);
	if (p->text.ptr[p->pos] == '{' &&
	    chy_query_field_rows[field].kind == CHY_VALUE_CITED)
		return parse_braces(p, field, off);
	if (p->text.ptr[p->pos] == '(')
		return bad(p, CHY_ERR_INVALID, at, "this field takes one value; "
		    "repeat the field with or between", CHY_EMPTY);
	if (quote_at(p, p->pos) > 0) {
		at += quote_at(p, p->pos);
		if (!take_quoted(p, &value))
			return NULL;
	} else {
		value = peek_word(p);
		p->pos += value.len;
	}
	if (!has_word(value))
		return bad(p, CHY_ERR_INVALID, at, "the value is empty; write "
		    "one or leave the field out", CHY_EMPTY);
	node = term_new(p, CHY_QUERY_FIELD, off);
	if (node == NULL)
		return NULL;
	node->field = field;
	node->len = (uint32_t)(p->pos - off);
	return chy_query_value(p, node, value, at) ? node : NULL;
}

/* The words that stand near the one at the cursor, if "near/5" follows it. */
static chy_query_node *
parse_near(struct parser *p, chy_slice first, size_t off)
{
	chy_buf words = CHY_BUF_INIT;
	chy_query_node *node = NULL;
	uint32_t n, near = 0;
	chy_slice word = first;

	chy_buf_put(&words, first);
	for (;;) {
		size_t before = p->pos;

		skip_blanks(p);
		if (!is_near(peek_word(p), &n)) {
			p->pos = before;
			break;
		}
		p->pos += peek_word(p).len;
		near = n > near ? n : near;
		skip_blanks(p);
		word = peek_word(p);
		if (!has_word(word) || field_of(word).len > 0 ||
		    chy_slice_find(word, CHY_SLICE("*"), 0) < word.len ||
		    is_near(word, &n)) {
			bad(p, CHY_ERR_INVALID, p->pos, "near/ stands between "
			    "two whole words; add one, or put the word in "
			    "quotes to look for it", CHY_EMPTY);
			break;
		}
		p->pos += word.len;
		chy_buf_putc(&words, ' ');
		chy_buf_put(&words, word);
	}
	if (p->status == CHY_OK && (chy_slice_find(first, CHY_SLICE("*"), 0) <
	    first.len || chy_slice_find(first, CHY_SLICE("~"), 0) < first.len))
		bad(p, CHY_ERR_INVALID, off, "near/ stands between two whole "
		    "words; leave the sign at the end out", CHY_EMPTY);
	if (p->status == CHY_OK)
		node = words_new(p, p->inside, chy_buf_slice(&words), true,
		    off);
	if (node != NULL)
		node->near = near;
	chy_buf_done(&words);
	return node;
}

static bool
near_follows(struct parser *p)
{
	size_t before = p->pos;
	uint32_t n;
	bool follows;

	skip_blanks(p);
	follows = is_near(peek_word(p), &n);
	p->pos = before;
	return follows;
}

static chy_query_node *
parse_primary(struct parser *p)
{
	size_t off = p->pos;
	uint32_t n;
	chy_slice word;

	if (p->text.ptr[p->pos] == '(')
		return parse_group(p, p->inside);
	if (quote_at(p, p->pos) > 0) {
		if (!take_quoted(p, &word))
			return NULL;
		return phrase_new(p, p->inside, word, off);
	}
	word = field_of(peek_word(p));
	if (word.len > 0)
		return parse_field(p, word, off);
	word = peek_word(p);
	if (is_near(word, &n))
		return bad(p, CHY_ERR_INVALID, off, "a word is missing before "
		    "near/; add one, or put the word in quotes to look for it",
		    CHY_EMPTY);
	p->pos += word.len;
	if (has_word(word) && near_follows(p))
		return parse_near(p, word, off);
	return with_country(p, words_new(p, p->inside, word, false, off));
}

static bool
at_end(struct parser *p)
{
	skip_blanks(p);
	return p->pos >= p->text.len || p->text.ptr[p->pos] == ')' ||
	    (p->text.ptr[p->pos] == '}' && p->braces > 0);
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
	return bad(p, CHY_ERR_INVALID, p->pos, text, CHY_EMPTY);
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
		return bad(p, CHY_ERR_TOO_LARGE, off, "nested deeper than 64; "
		    "write the query flatter", CHY_EMPTY);
	p->pos += minus ? 1 : 3;
	if (at_end(p) || at_operator(p, "and") || at_operator(p, "or"))
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
				return bad(p, CHY_ERR_INVALID, p->pos, "a term "
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
			return bad(p, CHY_ERR_INVALID, p->pos, "a term is "
			    "missing before \"or\"; add one, or put the word in "
			    "quotes", CHY_EMPTY);
		node = parse_and(p);
		if (p->status != CHY_OK)
			return NULL;
		if (node == NULL)
			return p->depth == 0 ? NULL : bad(p, CHY_ERR_INVALID,
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
chy_query_parse(chy_slice text, int64_t now, chy_query **ret_query,
    chy_error *err)
{
	struct parser p = { .text = text, .now = now, .err = err };

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
		(void)bad(&p, CHY_ERR_INVALID, first_no_text(p.text),
		    "a character that is no text; take it out", CHY_EMPTY);
	if (p.status == CHY_OK)
		p.query->root = parse_or(&p);
	if (p.status == CHY_OK && p.pos < p.text.len)
		(void)bad(&p, CHY_ERR_INVALID, p.pos, "a closing parenthesis "
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
