/*
 * Tokens of a rule file, and saying where it is wrong.
 *
 * A word is anything without blanks and the marks , ; ( ) = @ "; a text
 * stands between double quotes, or between three of them when it has several
 * lines; # begins a comment where a token could begin.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdarg.h>
#include <stdio.h>

#include "base/ascii.h"
#include "distribute/parse_int.h"

static bool
is_mark(char c)
{
	return c == ',' || c == ';' || c == '(' || c == ')' || c == '=' ||
	    c == '@';
}

static bool
ends_word(char c)
{
	return chy_is_space(c) || is_mark(c) || c == '"' || c == '#' ||
	    c == '\0';
}

static uint32_t
skip_blanks(const struct source *s)
{
	uint32_t at = s->at;

	while (at < s->text.len) {
		if (s->text.ptr[at] == '#')
			while (at < s->text.len && s->text.ptr[at] != '\n')
				at++;
		else if (chy_is_space(s->text.ptr[at]))
			at++;
		else
			break;
	}
	return at;
}

static void
lex_string(struct parser *p, uint32_t at)
{
	struct source *s = p->source;
	bool block = chy_slice_starts(chy_slice_from(s->text, at),
	    CHY_SLICE("\"\"\""));
	chy_slice end = block ? CHY_SLICE("\"\"\"") : CHY_SLICE("\"");
	uint32_t first = at + (uint32_t)end.len;
	size_t close = chy_slice_find(s->text, end, first);
	chy_slice text = chy_slice_sub(s->text, first, close - first);

	if (close == s->text.len || (!block &&
	    memchr(text.ptr, '\n', text.len) != NULL)) {
		chy_parse_fail(p, CHY_ERR_INVALID, at, "the quote is not "
		    "closed; end the text with %.*s", CHY_ARG(end));
		return;
	}
	s->token = (struct token){ TOKEN_STRING, text, at };
	s->at = (uint32_t)(close + end.len);
}

void
chy_lex_next(struct parser *p)
{
	struct source *s = p->source;
	uint32_t at;

	if (p->st != CHY_OK) {
		s->token.kind = TOKEN_END;
		return;
	}
	at = skip_blanks(s);
	s->at = at;
	if (at == s->text.len) {
		s->token = (struct token){ TOKEN_END, CHY_EMPTY, at };
		return;
	}
	if (s->text.ptr[at] == '"') {
		lex_string(p, at);
		return;
	}
	if (is_mark(s->text.ptr[at])) {
		s->token = (struct token){ TOKEN_MARK,
		    chy_slice_sub(s->text, at, 1), at };
		s->at = at + 1;
		return;
	}
	while (s->at < s->text.len && !ends_word(s->text.ptr[s->at]))
		s->at++;
	if (s->at == at) {
		chy_parse_fail(p, CHY_ERR_INVALID, at, "a byte that is no "
		    "text; write the rules in UTF-8");
		return;
	}
	s->token = (struct token){ TOKEN_WORD,
	    chy_slice_sub(s->text, at, s->at - at), at };
}


/* ---- what is wrong ---- */

static void
locate(chy_rules_error *bad, chy_slice text, uint32_t off)
{
	uint32_t start = off, end = off;

	bad->line = 1;
	for (uint32_t i = 0; i < off && i < text.len; i++)
		bad->line += text.ptr[i] == '\n';
	while (start > 0 && text.ptr[start - 1] != '\n')
		start--;
	while (end < text.len && text.ptr[end] != '\n')
		end++;
	bad->column = off - start + 1;
	(void)snprintf(bad->source, sizeof(bad->source), "%.*s",
	    (int)(end - start), text.ptr + start);
}

static void
fail_in(struct parser *p, chy_slice path, chy_slice text, uint32_t off,
    chy_status st)
{
	p->st = st;
	p->bad->status = st;
	(void)snprintf(p->bad->file, sizeof(p->bad->file), "%.*s",
	    CHY_ARG(path));
	locate(p->bad, text, off);
}

void
chy_parse_fail(struct parser *p, chy_status st, uint32_t off,
    const char *fmt, ...)
{
	va_list ap;

	if (p->st != CHY_OK)
		return;
	fail_in(p, p->source->path, p->source->text, off, st);
	va_start(ap, fmt);
	(void)vsnprintf(p->bad->text, sizeof(p->bad->text), fmt, ap);
	va_end(ap);
}

void
chy_parse_fail_at(struct parser *p, chy_slice path, chy_slice text,
    uint32_t off, const char *words)
{
	if (p->st != CHY_OK)
		return;
	fail_in(p, path, text, off, CHY_ERR_INVALID);
	(void)snprintf(p->bad->text, sizeof(p->bad->text), "%s", words);
}

void
chy_rules_error_print(const chy_rules_error *bad, chy_sink *out)
{
	if (bad->line == 0) {
		chy_sink_printf(out, "%s\n", bad->text);
		return;
	}
	chy_sink_printf(out, "%s:%u:%u: %s\n%s\n", bad->file, bad->line,
	    bad->column, bad->text, bad->source);
	for (uint32_t i = 1; i < bad->column && i < sizeof(bad->source); i++)
		chy_sink_puts(out, bad->source[i - 1] == '\t' ? "\t" : " ");
	chy_sink_puts(out, "^\n");
}


/* ---- one token ---- */

bool
chy_at_word(const struct parser *p, const char *word)
{
	return p->source->token.kind == TOKEN_WORD &&
	    chy_slice_eq(p->source->token.text, chy_slice_of(word));
}

bool
chy_take_word(struct parser *p, const char *word)
{
	if (!chy_at_word(p, word))
		return false;
	chy_lex_next(p);
	return true;
}

/* What stands there, for a message. */
static chy_slice
here(const struct parser *p)
{
	if (p->source->token.kind == TOKEN_END)
		return CHY_SLICE("the end of the file");
	return chy_slice_sub(p->source->token.text, 0, 40);
}

void
chy_want_word(struct parser *p, const char *word)
{
	if (!chy_take_word(p, word))
		chy_parse_fail(p, CHY_ERR_INVALID, p->source->token.off,
		    "\"%s\" should stand here, not %.*s", word,
		    CHY_ARG(here(p)));
}

bool
chy_at_mark(const struct parser *p, char mark)
{
	return p->source->token.kind == TOKEN_MARK &&
	    p->source->token.text.ptr[0] == mark;
}

bool
chy_take_mark(struct parser *p, char mark)
{
	if (!chy_at_mark(p, mark))
		return false;
	chy_lex_next(p);
	return true;
}

void
chy_want_mark(struct parser *p, char mark)
{
	if (!chy_take_mark(p, mark))
		chy_parse_fail(p, CHY_ERR_INVALID, p->source->token.off,
		    "%c should stand here, not %.*s", mark, CHY_ARG(here(p)));
}

chy_slice
chy_want_name(struct parser *p, const char *what)
{
	const struct token *t = &p->source->token;
	chy_slice name;

	if ((t->kind != TOKEN_WORD && t->kind != TOKEN_STRING) ||
	    t->text.len == 0) {
		chy_parse_fail(p, CHY_ERR_INVALID, t->off, "%s should stand "
		    "here, not %.*s", what, CHY_ARG(here(p)));
		return CHY_EMPTY;
	}
	name = chy_arena_copy(&p->rules->arena, t->text);
	chy_lex_next(p);
	return name;
}

chy_slice
chy_want_string(struct parser *p, const char *what)
{
	if (p->source->token.kind != TOKEN_STRING) {
		chy_parse_fail(p, CHY_ERR_INVALID, p->source->token.off,
		    "%s should stand here in quotes, not %.*s", what,
		    CHY_ARG(here(p)));
		return CHY_EMPTY;
	}
	return chy_want_name(p, what);
}

uint32_t
chy_want_number(struct parser *p, uint32_t most)
{
	const struct token *t = &p->source->token;
	uint32_t n = 0;
	bool good = t->kind == TOKEN_WORD && t->text.len > 0 &&
	    t->text.len < 9;

	for (size_t i = 0; good && i < t->text.len; i++) {
		good = chy_is_digit(t->text.ptr[i]);
		n = n * 10 + (uint32_t)(t->text.ptr[i] - '0');
	}
	if (!good || n > most) {
		chy_parse_fail(p, CHY_ERR_INVALID, t->off, "a number from 0 "
		    "to %u should stand here, not %.*s", most,
		    CHY_ARG(here(p)));
		return 0;
	}
	chy_lex_next(p);
	return n;
}

chy_ymd
chy_want_date(struct parser *p)
{
	const struct token *t = &p->source->token;
	chy_civil c;

	if (t->kind != TOKEN_WORD || !chy_civil_parse(t->text, &c)) {
		chy_parse_fail(p, CHY_ERR_INVALID, t->off, "a day should "
		    "stand here, as 2008-06-09, not %.*s", CHY_ARG(here(p)));
		return 0;
	}
	chy_lex_next(p);
	return chy_ymd_of(c.year, c.month, c.day);
}

void *
chy_parse_zalloc(struct parser *p, size_t n, size_t size)
{
	void *ptr = chy_arena_zalloc(&p->rules->arena, n, size);

	if (ptr == NULL && p->st == CHY_OK)
		chy_parse_fail(p, CHY_ERR_NO_MEMORY, p->source->token.off,
		    "no memory");
	return ptr;
}


/* ---- names ---- */

static void
add_item(struct parser *p, chy_slice item, chy_slice **list, uint32_t *n,
    uint32_t *cap)
{
	chy_slice *more;

	if (*n == CHY_LIMIT_RULE_ITEMS) {
		chy_parse_fail(p, CHY_ERR_TOO_LARGE, p->source->token.off,
		    "more than %u items; cut the list in two",
		    CHY_LIMIT_RULE_ITEMS);
		return;
	}
	more = chy_rules_grow(&p->rules->arena, *list, *n, cap, sizeof(*more));
	if (more == NULL) {
		p->st = p->bad->status = CHY_ERR_NO_MEMORY;
		return;
	}
	*list = more;
	more[(*n)++] = item;
}

static void
add_list(struct parser *p, chy_slice **list, uint32_t *n, uint32_t *cap)
{
	uint32_t off = p->source->token.off;
	chy_slice name = chy_want_name(p, "the name of a list");

	for (uint32_t i = 0; i < p->n_lists; i++) {
		if (!chy_slice_eq(p->lists[i].name, name))
			continue;
		for (uint32_t k = 0; k < p->lists[i].n && p->st == CHY_OK; k++)
			add_item(p, p->lists[i].items[k], list, n, cap);
		return;
	}
	chy_parse_fail(p, CHY_ERR_INVALID, off, "there is no list @%.*s; "
	    "write one above: list %.*s = ...", CHY_ARG(name), CHY_ARG(name));
}

void
chy_take_items(struct parser *p, const char *what, chy_slice **list,
    uint32_t *n, uint32_t *cap)
{
	do {
		if (chy_take_mark(p, '@'))
			add_list(p, list, n, cap);
		else
			add_item(p, chy_want_name(p, what), list, n, cap);
	} while (p->st == CHY_OK && chy_take_mark(p, ','));
}

chy_slice *
chy_want_names(struct parser *p, const char *what, uint32_t *ret_n)
{
	chy_slice *list = NULL;
	uint32_t n = 0, cap = 0;

	chy_take_items(p, what, &list, &n, &cap);
	*ret_n = p->st == CHY_OK ? n : 0;
	return list;
}

uint32_t
chy_want_addressee(struct parser *p)
{
	uint32_t off = p->source->token.off;
	chy_slice name = chy_want_name(p, "the name of an addressee");
	uint32_t i = chy_addressee_by_name(p->rules, name);

	if (i == NONE)
		chy_parse_fail(p, CHY_ERR_INVALID, off, "no addressee is "
		    "called %.*s; write above: addressee \"%.*s\" is "
		    "\"its address\"", CHY_ARG(name), CHY_ARG(name));
	return i;
}

chy_precedence
chy_want_precedence(struct parser *p)
{
	static const struct {
		const char    *word;
		chy_precedence value;
	} words[] = {
		{ "ROUTINE", CHY_PRECEDENCE_ROUTINE },
		{ "PRIORITY", CHY_PRECEDENCE_PRIORITY },
		{ "IMMEDIATE", CHY_PRECEDENCE_IMMEDIATE },
		{ "NIACT", CHY_PRECEDENCE_NIACT_IMMEDIATE },
		{ "FLASH", CHY_PRECEDENCE_FLASH },
		{ "EMERGENCY", CHY_PRECEDENCE_EMERGENCY },
		{ "CRITIC", CHY_PRECEDENCE_CRITIC },
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (chy_take_word(p, words[i].word))
			return words[i].value;
	chy_parse_fail(p, CHY_ERR_INVALID, p->source->token.off, "a "
	    "precedence should stand here (ROUTINE, PRIORITY, IMMEDIATE, "
	    "NIACT, FLASH), not %.*s", CHY_ARG(here(p)));
	return CHY_PRECEDENCE_NONE;
}
