/*
 * Queries as text: with a term more, with a term less, taken apart into the
 * terms that all must hold. What a query means is the registry's business;
 * here only quotes, parentheses, "and" and "or" are known.
 *
 * SPDX-License-Identifier: ISC
 */
#include "web/web_int.h"

/* Offset of the first word " and " (or another) outside quotes and
 * parentheses; s.len where there is none. */
static size_t
find_outside(chy_slice s, chy_slice word)
{
	unsigned depth = 0;
	bool quoted = false;

	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (c == '"')
			quoted = !quoted;
		else if (!quoted && c == '(')
			depth++;
		else if (!quoted && c == ')' && depth > 0)
			depth--;
		else if (!quoted && depth == 0 && s.len - i >= word.len &&
		    chy_slice_ieq(chy_slice_sub(s, i, word.len), word))
			return i;
	}
	return s.len;
}

static chy_slice
keep(chy_exchange *x, chy_buf *buf)
{
	chy_slice s = chy_arena_copy(&x->arena, chy_buf_slice(buf));

	chy_buf_done(buf);
	return s;
}

/* The place of a term in the query as typed; query.len where it is not. */
static size_t
find_term(chy_slice query, chy_slice term)
{
	for (size_t i = 0; i + term.len <= query.len; i++) {
		size_t end = i + term.len;

		if ((i == 0 || query.ptr[i - 1] == ' ') &&
		    (end == query.len || query.ptr[end] == ' ') &&
		    chy_slice_ieq(chy_slice_sub(query, i, term.len), term))
			return i;
	}
	return query.len;
}

bool
chy_terms_have(chy_slice query, chy_slice term)
{
	return term.len > 0 && find_term(query, term) < query.len;
}

chy_slice
chy_terms_with(chy_exchange *x, chy_slice query, chy_slice term)
{
	chy_buf buf = CHY_BUF_INIT;

	/* "and" binds closer than "or". */
	if (find_outside(query, CHY_SLICE(" or ")) < query.len) {
		chy_buf_putc(&buf, '(');
		chy_buf_put(&buf, query);
		chy_buf_putc(&buf, ')');
	} else {
		chy_buf_put(&buf, query);
	}
	if (query.len > 0)
		chy_buf_putc(&buf, ' ');
	chy_buf_put(&buf, term);
	return keep(x, &buf);
}

chy_slice
chy_terms_without(chy_exchange *x, chy_slice query, chy_slice term)
{
	size_t at = find_term(query, term);
	chy_buf buf = CHY_BUF_INIT;

	chy_buf_put(&buf, chy_slice_trim(chy_slice_sub(query, 0, at)));
	if (buf.len > 0)
		chy_buf_putc(&buf, ' ');
	chy_buf_put(&buf, chy_slice_trim(chy_slice_from(query,
	    at + term.len)));
	return keep(x, &buf);
}

/* The terms that all must hold, as understood; 0 where they are not many. */
unsigned
chy_terms_split(chy_slice understood, chy_slice *terms)
{
	static const chy_slice with = { " and ", 5 };
	unsigned n = 0;

	if (understood.len == 0 ||
	    find_outside(understood, CHY_SLICE(" or ")) < understood.len)
		return 0;
	while (n < CHY_WEB_TERMS) {
		size_t at = find_outside(understood, with);

		terms[n++] = chy_slice_sub(understood, 0, at);
		if (at == understood.len)
			return n;
		understood = chy_slice_from(understood, at + with.len);
	}
	return 0;
}

chy_slice
chy_terms_but(chy_exchange *x, const chy_slice *terms, unsigned n, unsigned but)
{
	chy_buf buf = CHY_BUF_INIT;

	for (unsigned i = 0; i < n; i++) {
		if (i == but)
			continue;
		if (buf.len > 0)
			chy_buf_puts(&buf, " ");
		chy_buf_put(&buf, terms[i]);
	}
	return keep(x, &buf);
}
