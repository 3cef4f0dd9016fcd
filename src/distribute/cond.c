/*
 * Whether a condition holds of a telegram, and by which words.
 *
 * SPDX-License-Identifier: ISC
 */
#include "distribute/distribute_int.h"

/* Inside a paragraph (...), the paragraph that is looked at. */
#define ANYWHERE	(UINT32_MAX - 2)

static bool
in_scope(const struct raised *r, enum scope scope, uint32_t here)
{
	switch (scope) {
	case SCOPE_WORDS: return true;
	case SCOPE_SUBJECT: return r->paragraph == PLACE_SUBJECT;
	case SCOPE_TEXT: return r->paragraph < PLACE_SUBJECT;
	case SCOPE_FIRST: return r->paragraph == 0;
	case SCOPE_HERE: return r->paragraph == here;
	}
	return false;
}

static const struct raised *
next_in_scope(const struct seen *seen, const struct cond *c, uint32_t i,
    uint32_t here)
{
	for (; i != NONE; i = seen->raised[i].next)
		if (in_scope(&seen->raised[i], c->scope, here))
			return &seen->raised[i];
	return NULL;
}

static bool
holds(const struct seen *seen, const struct cond *c, uint32_t here);

/* The first paragraph from `par` on in which the condition holds; NONE. */
static uint32_t
find_paragraph(const struct seen *seen, const struct cond *c, uint32_t par)
{
	for (; par < seen->tel->n_paragraphs; par++)
		if (holds(seen, c, par))
			return par;
	return NONE;
}

static bool
holds(const struct seen *seen, const struct cond *c, uint32_t here)
{
	uint32_t n = 0;

	switch ((enum cond_op)c->op) {
	case COND_ATOM:
		return next_in_scope(seen, c, seen->first[c->atom], here) !=
		    NULL;
	case COND_NOT:
		return !holds(seen, c->kids[0], here);
	case COND_AND:
		for (uint32_t i = 0; i < c->n; i++)
			if (!holds(seen, c->kids[i], here))
				return false;
		return true;
	case COND_OR:
		for (uint32_t i = 0; i < c->n; i++)
			if (holds(seen, c->kids[i], here))
				return true;
		return false;
	case COND_LEAST:
		for (uint32_t i = 0; i < c->n && n < c->least; i++)
			n += holds(seen, c->kids[i], here);
		return n >= c->least;
	case COND_PARAGRAPH:
		return find_paragraph(seen, c->kids[0], 0) != NONE;
	}
	return false;
}

bool
chy_cond_holds(const struct seen *seen, const struct cond *cond)
{
	return holds(seen, cond, ANYWHERE);
}

struct reasons {
	void (*each)(void *arg, uint32_t atom, const struct raised *raised);
	void  *arg;
};

static void
reasons_of(const struct seen *seen, const struct cond *c, uint32_t here,
    const struct reasons *to)
{
	const struct raised *r;
	uint32_t par;

	switch ((enum cond_op)c->op) {
	case COND_ATOM:
		/* The first place of a word is enough to say. */
		r = next_in_scope(seen, c, seen->first[c->atom], here);
		if (r != NULL)
			to->each(to->arg, c->atom, r);
		return;
	case COND_NOT:
		return;		/* what is not there has no words */
	case COND_AND:
	case COND_OR:
	case COND_LEAST:
		for (uint32_t i = 0; i < c->n; i++)
			if (holds(seen, c->kids[i], here))
				reasons_of(seen, c->kids[i], here, to);
		return;
	case COND_PARAGRAPH:
		par = find_paragraph(seen, c->kids[0], 0);
		if (par != NONE)
			reasons_of(seen, c->kids[0], par, to);
		return;
	}
}

void
chy_cond_reasons(const struct seen *seen, const struct cond *cond,
    void (*each)(void *arg, uint32_t atom, const struct raised *raised),
    void *arg)
{
	struct reasons to = { each, arg };

	reasons_of(seen, cond, ANYWHERE, &to);
}
