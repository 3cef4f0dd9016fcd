/*
 * Patterns: compiled to a small program that is run for all ways to match at
 * once (Thompson, Regular Expression Search Algorithm, CACM 11:6, 1968).
 *
 * SPDX-License-Identifier: ISC
 */
#include "query/pattern.h"

#include "base/ascii.h"
#include "base/limits.h"
#include "base/utf8.h"

enum op {
	OP_SET,		/* a byte of the set */
	OP_SPLIT,	/* go on at x and at y */
	OP_JUMP,	/* go on at x */
	OP_START, OP_END, OP_EDGE, OP_NO_EDGE,
	OP_MATCH,
};

/* Where to go on is counted from the step itself, so that steps can be moved
 * and copied. */
struct step {
	enum op	 op;
	int32_t	 x, y;
	uint32_t set[8];
};

struct chy_pattern {
	struct step *steps;
	uint32_t     n;
	/* Bytes that a match can begin with; where it may begin without one,
	 * because it is empty or asks for an edge, all of them. */
	uint32_t     first[8];
	bool	     anywhere;	/* the set is all bytes */
};

struct compiler {
	chy_slice    text;
	size_t	     pos;
	struct step *steps;
	uint32_t     n;
	uint32_t     depth;
	chy_error   *err;
	chy_status   status;
};


/* ---- sets of bytes ---- */

static void
set_put(uint32_t set[8], unsigned char c)
{
	set[c / 32] |= 1u << (c % 32);
}

static bool
set_has(const uint32_t set[8], unsigned char c)
{
	return (set[c / 32] >> (c % 32) & 1) != 0;
}

static void
set_range(uint32_t set[8], unsigned from, unsigned to)
{
	for (unsigned c = from; c <= to; c++) {
		set_put(set, (unsigned char)c);
		if (c < 128) {
			set_put(set, (unsigned char)chy_lower((char)c));
			set_put(set, (unsigned char)chy_upper((char)c));
		}
	}
}

/* \d, \w, \s; false for another letter. */
static bool
set_named(uint32_t set[8], char name)
{
	switch (name) {
	case 'd':
		set_range(set, '0', '9');
		return true;
	case 'w':
		set_range(set, '0', '9');
		set_range(set, 'a', 'z');
		set_put(set, '_');
		return true;
	case 's':
		set_put(set, ' ');
		set_range(set, '\t', '\r');
		return true;
	default:
		return false;
	}
}

/* All of ASCII that is not in it. */
static void
set_invert(uint32_t set[8])
{
	for (int i = 0; i < 4; i++)
		set[i] = ~set[i];
	for (int i = 4; i < 8; i++)
		set[i] = 0;
}


/* ---- writing steps ---- */

static void
fail(struct compiler *c, chy_status status, size_t off, const char *text)
{
	if (c->status != CHY_OK)
		return;
	c->status = chy_fail(c->err, status, "%s", text);
	if (c->err != NULL)
		c->err->off = (uint32_t)off;
}

static struct step *
emit(struct compiler *c, enum op op)
{
	static struct step spare;

	if (c->n == CHY_LIMIT_PATTERN_STEPS) {
		fail(c, CHY_ERR_TOO_LARGE, c->pos, "the pattern comes to more "
		    "than 2000 steps; repeat less in it");
		spare = (struct step){ .op = op };
		return &spare;
	}
	c->steps[c->n] = (struct step){ .op = op };
	return &c->steps[c->n++];
}

/* Make room for one step before those from `at` on. */
static struct step *
insert(struct compiler *c, uint32_t at, enum op op)
{
	uint32_t n = c->n;
	struct step *last = emit(c, op);

	if (c->status != CHY_OK)
		return last;
	memmove(&c->steps[at + 1], &c->steps[at],
	    (n - at) * sizeof(*c->steps));
	c->steps[at] = (struct step){ .op = op };
	return &c->steps[at];
}

static struct step *
split(struct step *s, int64_t x, int64_t y)
{
	s->x = (int32_t)x;
	s->y = (int32_t)y;
	return s;
}

/* One of the bytes from..to, and the bytes of a character that follow. */
static void
emit_range(struct compiler *c, unsigned from, unsigned to)
{
	set_range(emit(c, OP_SET)->set, from, to);
}

/* Any character beyond ASCII: 2, 3 or 4 bytes. */
static void
emit_beyond(struct compiler *c)
{
	(void)split(emit(c, OP_SPLIT), 1, 4);
	emit_range(c, 0xc2, 0xdf);
	emit_range(c, 0x80, 0xbf);
	emit(c, OP_JUMP)->x = 10;
	(void)split(emit(c, OP_SPLIT), 1, 5);
	emit_range(c, 0xe0, 0xef);
	emit_range(c, 0x80, 0xbf);
	emit_range(c, 0x80, 0xbf);
	emit(c, OP_JUMP)->x = 5;
	emit_range(c, 0xf0, 0xf4);
	emit_range(c, 0x80, 0xbf);
	emit_range(c, 0x80, 0xbf);
	emit_range(c, 0x80, 0xbf);
}

/* A character of the set, or any beyond ASCII. */
static void
emit_set_or_beyond(struct compiler *c, const uint32_t set[8])
{
	uint32_t at = c->n;

	(void)split(emit(c, OP_SPLIT), 1, 3);
	memcpy(emit(c, OP_SET)->set, set, 8 * sizeof(*set));
	(void)emit(c, OP_JUMP);
	emit_beyond(c);
	if (c->status == CHY_OK)
		c->steps[at + 2].x = (int32_t)(c->n - at - 2);
}

static void
emit_bytes(struct compiler *c, chy_slice s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char b = (unsigned char)s.ptr[i];

		set_range(emit(c, OP_SET)->set, b, b);
	}
}


/* ---- reading the pattern ---- */

static void parse_either(struct compiler *c);

static bool
at(const struct compiler *c, char ch)
{
	return c->pos < c->text.len && c->text.ptr[c->pos] == ch;
}

static bool
take(struct compiler *c, char ch)
{
	if (!at(c, ch))
		return false;
	c->pos++;
	return true;
}

/* The character at the cursor, of one byte or more. */
static chy_slice
take_character(struct compiler *c)
{
	size_t n = chy_utf8_len(chy_slice_from(c->text, c->pos));
	chy_slice s = chy_slice_sub(c->text, c->pos, n > 0 ? n : 1);

	c->pos += s.len;
	return s;
}

/* What follows a backslash outside of brackets. */
static void
parse_escape(struct compiler *c)
{
	uint32_t set[8] = { 0 };
	chy_slice s;
	char low;

	if (c->pos >= c->text.len) {
		fail(c, CHY_ERR_INVALID, c->pos, "nothing after the backslash; "
		    "write the sign that it is for");
		return;
	}
	low = chy_lower(c->text.ptr[c->pos]);
	if (low == 'b') {
		(void)emit(c, c->text.ptr[c->pos] == 'b' ? OP_EDGE :
		    OP_NO_EDGE);
		c->pos++;
		return;
	}
	if (set_named(set, low)) {
		if (c->text.ptr[c->pos++] == low) {
			memcpy(emit(c, OP_SET)->set, set, sizeof(set));
		} else {
			set_invert(set);
			emit_set_or_beyond(c, set);
		}
		return;
	}
	if (chy_is_alnum(c->text.ptr[c->pos])) {
		fail(c, CHY_ERR_INVALID, c->pos - 1, "no such escape; a "
		    "backslash goes before d, w, s, b or a sign");
		return;
	}
	s = take_character(c);
	emit_bytes(c, s);
}

/* One end of a range in brackets; -1 for a named set, which is added. */
static int
parse_member(struct compiler *c, uint32_t set[8])
{
	if (take(c, '\\')) {
		if (c->pos >= c->text.len)
			return -1;
		if (set_named(set, c->text.ptr[c->pos])) {
			c->pos++;
			return -1;
		}
	}
	if ((unsigned char)c->text.ptr[c->pos] > 127) {
		fail(c, CHY_ERR_INVALID, c->pos, "only ASCII can stand in "
		    "brackets; write (a|b) for other characters");
		return -1;
	}
	return (unsigned char)c->text.ptr[c->pos++];
}

static void
parse_brackets(struct compiler *c)
{
	size_t start = c->pos - 1;
	uint32_t set[8] = { 0 };
	bool not = take(c, '^'), first = true;

	while (c->status == CHY_OK && c->pos < c->text.len &&
	    (first || !at(c, ']'))) {
		size_t off = c->pos;
		int from = parse_member(c, set), to = from;

		first = false;
		if (from >= 0 && at(c, '-') && c->pos + 1 < c->text.len &&
		    c->text.ptr[c->pos + 1] != ']') {
			c->pos++;
			to = parse_member(c, set);
		}
		if (from < 0)
			continue;
		if (to < from)
			fail(c, CHY_ERR_INVALID, off, "the range in brackets "
			    "goes backwards; exchange its ends");
		else
			set_range(set, (unsigned)from, (unsigned)to);
	}
	if (!take(c, ']')) {
		fail(c, CHY_ERR_INVALID, start, "no closing bracket; put a ] "
		    "after the characters");
		return;
	}
	if (!not) {
		memcpy(emit(c, OP_SET)->set, set, sizeof(set));
		return;
	}
	set_invert(set);
	emit_set_or_beyond(c, set);
}

static void
parse_group(struct compiler *c)
{
	size_t start = c->pos - 1;

	if (++c->depth > CHY_LIMIT_PATTERN_DEPTH) {
		fail(c, CHY_ERR_TOO_LARGE, start, "parentheses deeper than 32; "
		    "write the pattern flatter");
		return;
	}
	if (chy_slice_starts(chy_slice_from(c->text, c->pos),
	    CHY_SLICE("?:")))
		c->pos += 2;
	parse_either(c);
	c->depth--;
	if (!take(c, ')'))
		fail(c, CHY_ERR_INVALID, start, "no closing parenthesis; put a "
		    ") after the group");
}

static void
parse_atom(struct compiler *c)
{
	uint32_t all[8] = { 0 };
	size_t off = c->pos;

	if (take(c, '(')) {
		parse_group(c);
	} else if (take(c, '[')) {
		parse_brackets(c);
	} else if (take(c, '\\')) {
		parse_escape(c);
	} else if (take(c, '.')) {
		set_invert(all);
		emit_set_or_beyond(c, all);
	} else if (take(c, '^')) {
		(void)emit(c, OP_START);
	} else if (take(c, '$')) {
		(void)emit(c, OP_END);
	} else if (at(c, '*') || at(c, '+') || at(c, '?')) {
		fail(c, CHY_ERR_INVALID, off, "nothing to repeat here; put a "
		    "backslash before the sign to look for it");
	} else {
		chy_slice s = take_character(c);

		emit_bytes(c, s);
	}
}

static bool
parse_number(struct compiler *c, uint32_t *ret)
{
	uint32_t v = 0;
	size_t start = c->pos;

	while (c->pos < c->text.len && c->pos - start < 4 &&
	    chy_is_digit(c->text.ptr[c->pos]))
		v = v * 10 + (uint32_t)(c->text.ptr[c->pos++] - '0');
	*ret = v;
	return c->pos > start;
}

/* {m}, {m,} and {m,n}; the cursor is behind the brace. */
static bool
parse_times(struct compiler *c, uint32_t *least, uint32_t *most)
{
	size_t start = c->pos - 1;

	*most = UINT32_MAX;
	if (!parse_number(c, least) || (take(c, ',') ?
	    !at(c, '}') && !parse_number(c, most) : (*most = *least, false)) ||
	    !take(c, '}') || *least > *most) {
		fail(c, CHY_ERR_INVALID, start, "not a number of times; write "
		    "{2}, {2,} or {2,5}");
		return false;
	}
	return true;
}

/* The steps from `start` on become as many copies. */
static void
repeat(struct compiler *c, uint32_t start, uint32_t least, uint32_t most)
{
	struct step *block = c->steps + start;
	uint32_t len = c->n - start, copies = most == UINT32_MAX ?
	    least + 1 : most;
	uint64_t need = (uint64_t)copies * (len + 1) + start + 2;

	if (need > CHY_LIMIT_PATTERN_STEPS) {
		fail(c, CHY_ERR_TOO_LARGE, c->pos, "the pattern comes to more "
		    "than 2000 steps; repeat less in it");
		return;
	}
	/* The first copy stands already; optional ones have a split before
	 * them that leads to the end. */
	if (least == 0 && copies > 0)
		(void)insert(c, start, OP_SPLIT);
	for (uint32_t i = 1; i < copies; i++) {
		const struct step *from = c->steps + start + (least == 0);

		if (i >= least)
			(void)emit(c, OP_SPLIT);
		for (uint32_t k = 0; k < len; k++)
			*emit(c, OP_SET) = from[k];
	}
	if (copies == 0) {
		c->n = start;
		return;
	}
	block = c->steps;
	for (uint32_t i = least; i < copies; i++) {
		uint32_t split_at = start + least * len + (i - least) *
		    (len + 1);

		(void)split(&block[split_at], 1, most == UINT32_MAX ?
		    (int64_t)len + 2 : (int64_t)c->n - split_at);
	}
	if (most == UINT32_MAX)
		emit(c, OP_JUMP)->x = -(int32_t)(len + 1);
}

static void
parse_repeated(struct compiler *c)
{
	uint32_t start = c->n, least = 1, most = 1;

	parse_atom(c);
	if (c->status != CHY_OK)
		return;
	if (take(c, '*')) {
		least = 0;
		most = UINT32_MAX;
	} else if (take(c, '+')) {
		most = UINT32_MAX;
	} else if (take(c, '?')) {
		least = 0;
	} else if (!take(c, '{') || !parse_times(c, &least, &most)) {
		return;
	}
	/* As few as possible or as many: it matches or it does not. */
	(void)take(c, '?');
	repeat(c, start, least, most);
}

static void
parse_either(struct compiler *c)
{
	uint32_t start = c->n, jump;
	struct step *either;

	while (c->status == CHY_OK && c->pos < c->text.len && !at(c, '|') &&
	    !at(c, ')'))
		parse_repeated(c);
	if (c->status != CHY_OK || !take(c, '|'))
		return;
	either = insert(c, start, OP_SPLIT);
	jump = c->n;
	(void)split(either, 1, (int64_t)jump - start + 1);
	(void)emit(c, OP_JUMP);
	parse_either(c);
	if (c->status == CHY_OK)
		c->steps[jump].x = (int32_t)(c->n - jump);
}

/* What the steps reached without a byte begin with. */
static void
find_first(chy_pattern *p, uint32_t i, bool *seen)
{
	const struct step *s = &p->steps[i];

	if (seen[i])
		return;
	seen[i] = true;
	switch (s->op) {
	case OP_SET:
		for (int k = 0; k < 8; k++)
			p->first[k] |= s->set[k];
		break;
	case OP_SPLIT:
		find_first(p, (uint32_t)((int32_t)i + s->x), seen);
		find_first(p, (uint32_t)((int32_t)i + s->y), seen);
		break;
	case OP_JUMP:
		find_first(p, (uint32_t)((int32_t)i + s->x), seen);
		break;
	default:
		p->anywhere = true;
		break;
	}
}

chy_status
chy_pattern_compile(chy_slice text, chy_arena *arena, chy_pattern **ret,
    chy_error *err)
{
	struct compiler c = { .text = text, .err = err };
	bool seen[CHY_LIMIT_PATTERN_STEPS] = { false };
	chy_pattern *p = chy_arena_zalloc(arena, 1, sizeof(*p));

	if (text.len > CHY_LIMIT_PATTERN) {
		fail(&c, CHY_ERR_TOO_LARGE, CHY_LIMIT_PATTERN, "the pattern is "
		    "longer than 256 bytes; shorten it");
		return c.status;
	}
	c.steps = chy_arena_alloc(arena, CHY_LIMIT_PATTERN_STEPS *
	    sizeof(*c.steps));
	if (p == NULL || c.steps == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory for the "
		    "pattern");
	parse_either(&c);
	if (c.status == CHY_OK && c.pos < text.len)
		fail(&c, CHY_ERR_INVALID, c.pos, "a closing parenthesis too "
		    "many; take it out, or put a backslash before it");
	(void)emit(&c, OP_MATCH);
	if (c.status != CHY_OK)
		return c.status;
	p->steps = c.steps;
	p->n = c.n;
	find_first(p, 0, seen);
	chy_arena_shrink(arena, c.steps, c.n * sizeof(*c.steps));
	*ret = p;
	return CHY_OK;
}


/* ---- running ---- */

/* The steps that are alive at a place of the text, each once. */
struct alive {
	uint16_t at[CHY_LIMIT_PATTERN_STEPS];
	uint32_t n;
};

static bool
is_word(chy_slice text, size_t i)
{
	return i < text.len && (chy_is_alnum(text.ptr[i]) ||
	    text.ptr[i] == '_' || (unsigned char)text.ptr[i] > 127);
}

/* Whether the condition of a step that takes no byte holds. */
static bool
holds(enum op op, chy_slice text, size_t pos)
{
	bool edge = (pos > 0 && is_word(text, pos - 1)) != is_word(text, pos);

	switch (op) {
	case OP_START:
		return pos == 0;
	case OP_END:
		return pos == text.len;
	case OP_EDGE:
		return edge;
	case OP_NO_EDGE:
		return !edge;
	default:
		return false;
	}
}

/* Add a step and all that it leads to without a byte. `seen` holds, for each
 * step, the place it was last added at. */
static bool
add(const chy_pattern *p, struct alive *to, uint32_t first, chy_slice text,
    size_t pos, uint32_t *seen)
{
	uint16_t stack[CHY_LIMIT_PATTERN_STEPS * 2];
	uint32_t top = 0;

	stack[top++] = (uint16_t)first;
	while (top > 0) {
		uint32_t i = stack[--top];
		const struct step *s = &p->steps[i];

		if (seen[i] == (uint32_t)pos + 1)
			continue;
		seen[i] = (uint32_t)pos + 1;
		switch (s->op) {
		case OP_SET:
			to->at[to->n++] = (uint16_t)i;
			break;
		case OP_SPLIT:
			stack[top++] = (uint16_t)((int32_t)i + s->y);
			stack[top++] = (uint16_t)((int32_t)i + s->x);
			break;
		case OP_JUMP:
			stack[top++] = (uint16_t)((int32_t)i + s->x);
			break;
		case OP_MATCH:
			return true;
		case OP_START:
		case OP_END:
		case OP_EDGE:
		case OP_NO_EDGE:
			if (holds(s->op, text, pos))
				stack[top++] = (uint16_t)(i + 1);
			break;
		}
	}
	return false;
}

bool
chy_pattern_matches(const chy_pattern *pattern, chy_slice text)
{
	struct alive a, b, *now = &a, *next = &b, *other;
	uint32_t seen[CHY_LIMIT_PATTERN_STEPS] = { 0 };

	text = chy_slice_sub(text, 0, UINT32_MAX - 1);
	now->n = 0;
	for (size_t pos = 0; ; pos++) {
		/* Where nothing is under way, on to where it may begin. */
		while (now->n == 0 && !pattern->anywhere && pos < text.len &&
		    !set_has(pattern->first, (unsigned char)text.ptr[pos]))
			pos++;
		if (add(pattern, now, 0, text, pos, seen))
			return true;
		if (pos == text.len)
			return false;
		next->n = 0;
		for (uint32_t i = 0; i < now->n; i++)
			if (set_has(pattern->steps[now->at[i]].set,
			    (unsigned char)text.ptr[pos]) &&
			    add(pattern, next, now->at[i] + 1u, text, pos + 1,
			    seen))
				return true;
		other = now;
		now = next;
		next = other;
	}
}
