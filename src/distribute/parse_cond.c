/*
 * Conditions: what follows `if` and `unless`.
 *
 * Tests are a table: the word they begin with and the function that reads
 * the rest. What they test becomes an atom, so that two rules that ask the
 * same ask once.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/ascii.h"
#include "distribute/parse_int.h"
#include "telegram/mrn.h"

static struct cond *
cond_new(struct parser *p, enum cond_op op, uint32_t n)
{
	struct cond *c = chy_parse_zalloc(p, 1, sizeof(*c));

	if (c == NULL)
		return NULL;
	c->op = (uint8_t)op;
	c->kids = chy_parse_zalloc(p, (size_t)n + 1, sizeof(struct cond *));
	return c->kids != NULL ? c : NULL;
}

static struct cond *
cond_atom(struct parser *p, enum atom_kind kind, chy_slice key,
    uint32_t number)
{
	struct cond *c = cond_new(p, COND_ATOM, 0);

	if (c == NULL)
		return NULL;
	c->atom = chy_atom_make(p->rules, kind, key, number);
	if (c->atom == NONE)
		chy_parse_fail(p, CHY_ERR_NO_MEMORY, 0, "no memory");
	return c;
}


/* ---- sets: one, any of, all of, at least n of ---- */

struct set {
	enum cond_op op;
	uint32_t     least;
	chy_slice   *items;
	uint32_t     n;
	uint32_t     off;	/* of the first item */
};

static struct set
want_set(struct parser *p, const char *what)
{
	struct set set = { .op = COND_OR };
	uint32_t cap = 0;

	if (chy_take_word(p, "any")) {
		chy_want_word(p, "of");
	} else if (chy_take_word(p, "all")) {
		chy_want_word(p, "of");
		set.op = COND_AND;
	} else if (chy_take_word(p, "at")) {
		chy_want_word(p, "least");
		set.op = COND_LEAST;
		set.least = chy_want_number(p, CHY_LIMIT_RULE_ITEMS);
		chy_want_word(p, "of");
	} else if (!chy_at_mark(p, '@')) {
		set.off = p->source->token.off;
		set.items = chy_parse_zalloc(p, 1, sizeof(*set.items));
		if (set.items != NULL) {
			set.items[0] = chy_want_name(p, what);
			set.n = 1;
		}
		return set;
	}
	set.off = p->source->token.off;
	if (chy_take_mark(p, '(')) {
		chy_take_items(p, what, &set.items, &set.n, &cap);
		chy_want_mark(p, ')');
	} else {
		/* @list without parentheses. */
		if (!chy_at_mark(p, '@'))
			chy_parse_fail(p, CHY_ERR_INVALID, set.off, "( or a "
			    "list (@name) should stand here");
		else
			chy_take_items(p, what, &set.items, &set.n, &cap);
	}
	return set;
}

/* The condition over a set, each item made by make(). */
static struct cond *
cond_set(struct parser *p, const struct set *set,
    struct cond *(*make)(struct parser *p, chy_slice item, uint32_t how),
    uint32_t how)
{
	struct cond *c;

	if (p->st != CHY_OK)
		return NULL;
	if (set->n == 1 && set->op != COND_LEAST)
		return make(p, set->items[0], how);
	if (set->op == COND_LEAST && set->least > set->n) {
		chy_parse_fail(p, CHY_ERR_INVALID, set->off, "at least %u of "
		    "%u can never be; name more, or ask for fewer",
		    set->least, set->n);
		return NULL;
	}
	c = cond_new(p, set->op, set->n);
	if (c == NULL)
		return NULL;
	c->least = set->least;
	for (uint32_t i = 0; i < set->n && p->st == CHY_OK; i++)
		c->kids[c->n++] = make(p, set->items[i], how);
	return c;
}


/* ---- items ---- */

static struct cond *
make_term(struct parser *p, chy_slice item, uint32_t scope)
{
	chy_buf buf = CHY_BUF_INIT;
	size_t at = 0;
	uint32_t n = 0;
	chy_slice word;
	struct cond *c = NULL;

	while (chy_scan_word(item, &at, &word)) {
		if (n++ > 0)
			chy_buf_putc(&buf, ' ');
		chy_buf_put(&buf, word);
	}
	if (n == 0)
		chy_parse_fail(p, CHY_ERR_INVALID, p->source->token.off,
		    "\"%.*s\" has no letter to look for", CHY_ARG(item));
	else if (n > CHY_LIMIT_RULE_WORDS)
		chy_parse_fail(p, CHY_ERR_TOO_LARGE, p->source->token.off,
		    "a phrase of %u words; the most are %u", n,
		    CHY_LIMIT_RULE_WORDS);
	else
		c = cond_atom(p, ATOM_TERM, chy_buf_slice(&buf), 0);
	if (c != NULL)
		c->scope = (uint8_t)scope;
	chy_buf_done(&buf);
	return c;
}

static struct cond *
make_plain(struct parser *p, chy_slice item, uint32_t kind)
{
	return cond_atom(p, (enum atom_kind)kind, item, 0);
}

static struct cond *
make_caption(struct parser *p, chy_slice item, uint32_t kind)
{
	const chy_caption *row = chy_vocab_caption(item);

	return cond_atom(p, (enum atom_kind)kind,
	    row != NULL ? row->token : item, 0);
}

static struct cond *
make_post(struct parser *p, chy_slice item, uint32_t kind)
{
	const chy_post *post = chy_vocab_post_by_plad(item);
	chy_mrn mrn = { 0 };

	if (post != NULL && post->mrn_key.len > 0)
		return cond_atom(p, (enum atom_kind)kind, post->mrn_key, 0);
	if (!chy_mrn_set_post(&mrn, item)) {
		chy_parse_fail(p, CHY_ERR_INVALID, p->source->token.off,
		    "\"%.*s\" is no post; write its name, as MUSCAT",
		    CHY_ARG(item));
		return NULL;
	}
	return cond_atom(p, (enum atom_kind)kind,
	    (chy_slice){ mrn.post, mrn.post_len }, 0);
}

/* The number of one telegram, or a post: any of its telegrams. */
static struct cond *
make_cited(struct parser *p, chy_slice item, uint32_t kind)
{
	char key[CHY_MRN_KEY_MAX];
	chy_mrn mrn;

	if (!chy_mrn_parse(item, 0, &mrn))
		return make_post(p, item, kind);
	(void)chy_mrn_canonicalize(&mrn);
	return cond_atom(p, (enum atom_kind)kind,
	    (chy_slice){ key, chy_mrn_key(&mrn, key) }, 0);
}

static struct cond *
make_named(struct parser *p, chy_slice item, uint32_t addressee)
{
	return cond_atom(p, ATOM_PASSING_NAMES, item, addressee);
}


/* ---- tests ---- */

static struct cond *
parse_or(struct parser *p, enum scope scope);

static struct cond *
test_terms(struct parser *p, uint32_t scope)
{
	struct set set = want_set(p, "a word or phrase");

	return cond_set(p, &set, make_term, scope);
}

static struct cond *
test_set(struct parser *p, uint32_t kind)
{
	struct set set;

	if (kind == ATOM_FROM && chy_take_word(p, "us"))
		return cond_atom(p, ATOM_FROM_US, CHY_EMPTY, 0);
	if (kind == ATOM_CITES && chy_take_word(p, "anything"))
		return cond_atom(p, ATOM_CITES_ANY, CHY_EMPTY, 0);
	set = want_set(p, "a name");
	switch ((enum atom_kind)kind) {
	case ATOM_CAPTION:
	case ATOM_CONTROL:
		return cond_set(p, &set, make_caption, kind);
	case ATOM_FROM:
		return cond_set(p, &set, make_post, kind);
	case ATOM_CITES:
		return cond_set(p, &set, make_cited, kind);
	default:
		return cond_set(p, &set, make_plain, kind);
	}
}

static struct cond *
test_addressee(struct parser *p, uint32_t kind)
{
	uint32_t a = chy_want_addressee(p);

	return p->st == CHY_OK ? cond_atom(p, (enum atom_kind)kind, CHY_EMPTY,
	    a) : NULL;
}

static struct cond *
two_of(struct parser *p, enum cond_op op, struct cond *a, struct cond *b)
{
	struct cond *c = cond_new(p, op, 2);

	if (c == NULL || a == NULL || b == NULL)
		return NULL;
	c->kids[0] = a;
	c->kids[1] = b;
	c->n = 2;
	return c;
}

/* addressed outside; addressed NAME: to or info. */
static struct cond *
test_addressed(struct parser *p, uint32_t unused)
{
	uint32_t a;

	(void)unused;
	if (chy_take_word(p, "outside"))
		return cond_atom(p, ATOM_OUTSIDE, CHY_EMPTY, 0);
	a = chy_want_addressee(p);
	if (p->st != CHY_OK)
		return NULL;
	return two_of(p, COND_OR, cond_atom(p, ATOM_TO, CHY_EMPTY, a),
	    cond_atom(p, ATOM_INFO, CHY_EMPTY, a));
}

static struct cond *
test_passing(struct parser *p, uint32_t unused)
{
	uint32_t a = chy_want_addressee(p);
	struct set set;

	(void)unused;
	if (p->st != CHY_OK)
		return NULL;
	if (!chy_take_word(p, "names"))
		return cond_atom(p, ATOM_PASSING, CHY_EMPTY, a);
	set = want_set(p, "an office or a person");
	return cond_set(p, &set, make_named, a);
}

/* IMMEDIATE; IMMEDIATE or above; any of (FLASH, NIACT). */
static struct cond *
precedence_value(struct parser *p, uint32_t a)
{
	bool ours = a != NONE;
	chy_precedence value = chy_want_precedence(p);
	uint32_t at = p->source->at;
	struct token before = p->source->token;
	bool above = false;

	if (chy_take_word(p, "or")) {
		above = chy_take_word(p, "above");
		if (!above && p->st == CHY_OK) {
			p->source->at = at;
			p->source->token = before;
		}
	}
	return cond_atom(p, above ? ours ? ATOM_OUR_PRECEDENCE :
	    ATOM_PRECEDENCE : ours ? ATOM_OUR_PRECEDENCE_IS :
	    ATOM_PRECEDENCE_IS, CHY_EMPTY,
	    ours ? a * 16 + (uint32_t)value : (uint32_t)value);
}

static struct cond *
test_precedence(struct parser *p, uint32_t unused)
{
	uint32_t a = NONE;
	struct cond *c;

	(void)unused;
	if (chy_take_word(p, "at"))
		a = chy_want_addressee(p);
	if (p->st != CHY_OK)
		return NULL;
	if (!chy_take_word(p, "any"))
		return precedence_value(p, a);
	chy_want_word(p, "of");
	chy_want_mark(p, '(');
	c = precedence_value(p, a);
	while (p->st == CHY_OK && chy_take_mark(p, ','))
		c = two_of(p, COND_OR, c, precedence_value(p, a));
	chy_want_mark(p, ')');
	return c;
}

static struct cond *
test_level(struct parser *p, uint32_t unused)
{
	uint32_t off = p->source->token.off;
	chy_slice word = chy_want_name(p, "a level");
	chy_level level = chy_level_parse(word);

	(void)unused;
	if (level == CHY_LEVEL_NONE)
		chy_parse_fail(p, CHY_ERR_INVALID, off, "%.*s is no level; "
		    "write UNCLASSIFIED, CONFIDENTIAL, SECRET or TOP SECRET",
		    CHY_ARG(word));
	chy_want_word(p, "or");
	chy_want_word(p, "above");
	return p->st == CHY_OK ? cond_atom(p, ATOM_LEVEL, CHY_EMPTY,
	    (uint32_t)level) : NULL;
}

/* first paragraph TERMS; first paragraph requests action. */
static struct cond *
test_first(struct parser *p, uint32_t unused)
{
	(void)unused;
	chy_want_word(p, "paragraph");
	if (chy_take_word(p, "requests")) {
		chy_want_word(p, "action");
		return cond_atom(p, ATOM_FIRST_REQUEST, CHY_EMPTY, 0);
	}
	return test_terms(p, SCOPE_FIRST);
}

static struct cond *
test_paragraph(struct parser *p, uint32_t unused)
{
	struct cond *c = cond_new(p, COND_PARAGRAPH, 1);

	(void)unused;
	chy_want_mark(p, '(');
	if (c != NULL)
		c->kids[c->n++] = parse_or(p, SCOPE_HERE);
	chy_want_mark(p, ')');
	return c;
}

/* subject names agency; subject TERMS. */
static struct cond *
test_subject(struct parser *p, uint32_t unused)
{
	(void)unused;
	if (!chy_take_word(p, "names"))
		return test_terms(p, SCOPE_SUBJECT);
	chy_want_word(p, "agency");
	return cond_atom(p, ATOM_AGENCY, CHY_EMPTY, 0);
}

/* Two words that stand for one atom. */
static struct cond *
test_second(struct parser *p, uint32_t kind)
{
	static const struct {
		uint32_t    kind;
		const char *word;
	} seconds[] = {
		{ ATOM_COUNTRY_TAG, "tag" }, { ATOM_CHANNEL, "caption" },
		{ ATOM_REQUEST, "request" }, { ATOM_EMBEDDED, "document" },
		{ ATOM_CASE, "case" }, { ATOM_CORRECTED, "copy" },
		{ ATOM_PASS, "instruction" }, { ATOM_RELAY, "instruction" },
	};

	for (size_t i = 0; i < ARRAY_LEN(seconds); i++)
		if (seconds[i].kind == kind)
			chy_want_word(p, seconds[i].word);
	return cond_atom(p, (enum atom_kind)kind, CHY_EMPTY, 0);
}

static struct cond *
test_no_action(struct parser *p, uint32_t unused)
{
	(void)unused;
	chy_want_word(p, "action");
	chy_want_word(p, "office");
	return cond_atom(p, ATOM_NO_ACTION, CHY_EMPTY, 0);
}

static struct cond *
test_office(struct parser *p, uint32_t unused)
{
	(void)unused;
	chy_want_word(p, "unknown");
	chy_want_word(p, "or");
	chy_want_word(p, "abolished");
	return cond_atom(p, ATOM_BAD_OFFICE, CHY_EMPTY, 0);
}

static const struct test_row {
	const char  *word;
	struct cond *(*parse)(struct parser *p, uint32_t how);
	uint32_t     how;
} tests[] = {
	{ "tag", test_set, ATOM_TAG },
	{ "country", test_second, ATOM_COUNTRY_TAG },
	{ "caption", test_set, ATOM_CAPTION },
	{ "channel", test_second, ATOM_CHANNEL },
	{ "control", test_set, ATOM_CONTROL },
	{ "level", test_level, 0 },
	{ "from", test_set, ATOM_FROM },
	{ "to", test_addressee, ATOM_TO },
	{ "info", test_addressee, ATOM_INFO },
	{ "addressed", test_addressed, 0 },
	{ "passing", test_passing, 0 },
	{ "pass", test_second, ATOM_PASS },
	{ "relay", test_second, ATOM_RELAY },
	{ "precedence", test_precedence, 0 },
	{ "subject", test_subject, 0 },
	{ "text", test_terms, SCOPE_TEXT },
	{ "words", test_terms, SCOPE_WORDS },
	{ "first", test_first, 0 },
	{ "paragraph", test_paragraph, 0 },
	{ "action", test_second, ATOM_REQUEST },
	{ "embedded", test_second, ATOM_EMBEDDED },
	{ "corrected", test_second, ATOM_CORRECTED },
	{ "cites", test_set, ATOM_CITES },
	{ "open", test_second, ATOM_CASE },
	{ "receives", test_set, ATOM_RECEIVES },
	{ "no", test_no_action, 0 },
	{ "office", test_office, 0 },
};

static bool
is_late(const struct parser *p, const struct cond *c)
{
	if (c == NULL)
		return false;
	if (c->op == COND_ATOM)
		return c->atom < p->rules->n_atoms &&
		    p->rules->atoms[c->atom].kind >= ATOM_RECEIVES;
	for (uint32_t i = 0; i < c->n; i++)
		if (is_late(p, c->kids[i]))
			return true;
	return false;
}

static struct cond *
parse_test(struct parser *p, enum scope scope)
{
	uint32_t off = p->source->token.off;
	struct cond *c;

	if (chy_take_mark(p, '(')) {
		if (++p->nesting > CHY_LIMIT_RULE_DEPTH)
			chy_parse_fail(p, CHY_ERR_TOO_LARGE, off, "more than "
			    "%u parentheses inside one another",
			    CHY_LIMIT_RULE_DEPTH);
		c = parse_or(p, scope);
		p->nesting--;
		chy_want_mark(p, ')');
		return c;
	}
	if (scope == SCOPE_HERE)
		return test_terms(p, SCOPE_HERE);
	for (size_t i = 0; i < ARRAY_LEN(tests); i++)
		if (chy_take_word(p, tests[i].word))
			return tests[i].parse(p, tests[i].how);
	chy_parse_fail(p, CHY_ERR_INVALID, off, "\"%.*s\" begins no "
	    "condition; those that do are listed in chancery-rules(5)",
	    CHY_ARG(chy_slice_sub(p->source->token.text, 0, 40)));
	return NULL;
}

static struct cond *
parse_not(struct parser *p, enum scope scope)
{
	uint32_t off = p->source->token.off;
	struct cond *c, *kid;

	if (!chy_take_word(p, "not"))
		return parse_test(p, scope);
	if (++p->nesting > CHY_LIMIT_RULE_DEPTH) {
		chy_parse_fail(p, CHY_ERR_TOO_LARGE, off, "more than %u times "
		    "not", CHY_LIMIT_RULE_DEPTH);
		return NULL;
	}
	kid = parse_not(p, scope);
	p->nesting--;
	/* Deliveries are only ever added, so that order cannot matter. */
	if (is_late(p, kid))
		chy_parse_fail(p, CHY_ERR_INVALID, off, "what others receive "
		    "cannot stand after not; say it the other way round");
	c = cond_new(p, COND_NOT, 1);
	if (c != NULL && kid != NULL)
		c->kids[c->n++] = kid;
	return c;
}

/* One or more of what next() reads, with `word` between. */
static struct cond *
parse_chain(struct parser *p, enum scope scope, const char *word,
    enum cond_op op, struct cond *(*next)(struct parser *, enum scope))
{
	struct cond *first = next(p, scope), *c;
	uint32_t cap = 4;

	if (p->st != CHY_OK || !chy_at_word(p, word))
		return first;
	c = cond_new(p, op, cap);
	if (c == NULL)
		return NULL;
	c->kids[c->n++] = first;
	while (p->st == CHY_OK && chy_take_word(p, word)) {
		struct cond **kids = chy_rules_grow(&p->rules->arena, c->kids,
		    c->n, &cap, sizeof(*kids));

		if (kids == NULL) {
			p->st = p->bad->status = CHY_ERR_NO_MEMORY;
			return NULL;
		}
		c->kids = kids;
		c->kids[c->n++] = next(p, scope);
	}
	return c;
}

static struct cond *
parse_and(struct parser *p, enum scope scope)
{
	return parse_chain(p, scope, "and", COND_AND, parse_not);
}

static struct cond *
parse_or(struct parser *p, enum scope scope)
{
	return parse_chain(p, scope, "or", COND_OR, parse_and);
}

struct cond *
chy_parse_cond(struct parser *p)
{
	p->nesting = 0;
	return parse_or(p, SCOPE_WORDS);
}
