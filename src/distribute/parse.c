/*
 * Rule files: statements, includes, and what they declare.
 *
 * Statements are a table: the word they begin with and the function that
 * reads the rest. Source: chancery-rules(5).
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "distribute/parse_int.h"

static void
parse_file(struct parser *p, chy_slice path, chy_slice text);

/* Room for one more of a list of the rules; NULL after a failure. */
#define GROW(p, list)							\
	(grow_list(p, (void **)&(p)->rules->list, (p)->rules->n_##list,	\
	    &(p)->rules->cap_##list, sizeof(*(p)->rules->list)) ?	\
	    &(p)->rules->list[(p)->rules->n_##list++] : NULL)

static bool
grow_list(struct parser *p, void **list, uint32_t n, uint32_t *cap,
    size_t size)
{
	void *more = chy_rules_grow(&p->rules->arena, *list, n, cap, size);

	if (more == NULL) {
		p->st = p->bad->status = CHY_ERR_NO_MEMORY;
		return false;
	}
	*list = more;
	return true;
}

static void
parse_include(struct parser *p)
{
	uint32_t off = p->source->token.off;
	chy_slice name = chy_want_string(p, "the name of a file");
	chy_slice path = CHY_EMPTY, text = CHY_EMPTY;
	chy_error err = { 0 };

	if (p->st != CHY_OK)
		return;
	if (p->include == NULL || p->include(p->arg, p->source->path, name,
	    &path, &text, &err) != CHY_OK) {
		chy_parse_fail(p, CHY_ERR_INVALID, off, "%.*s cannot be "
		    "included: %s", CHY_ARG(name), p->include == NULL ?
		    "files are not read here" : err.text);
		return;
	}
	for (struct source *s = p->source; s != NULL; s = s->from)
		if (chy_slice_eq(s->path, path))
			chy_parse_fail(p, CHY_ERR_INVALID, off, "%.*s includes "
			    "itself; take one include out", CHY_ARG(path));
	if (p->depth + 1 >= CHY_LIMIT_RULE_INCLUDES)
		chy_parse_fail(p, CHY_ERR_TOO_LARGE, off, "more than %u files "
		    "that include one another", CHY_LIMIT_RULE_INCLUDES);
	if (p->st != CHY_OK)
		return;
	p->depth++;
	parse_file(p, path, text);
	p->depth--;
}

static void
parse_list(struct parser *p)
{
	struct named_list list = { .name = chy_want_name(p,
	    "the name of a list") };
	void *more;

	chy_want_mark(p, '=');
	list.items = chy_want_names(p, "an item", &list.n);
	more = chy_rules_grow(&p->rules->arena, p->lists, p->n_lists,
	    &p->cap_lists, sizeof(list));
	if (more == NULL) {
		p->st = p->bad->status = CHY_ERR_NO_MEMORY;
		return;
	}
	p->lists = more;
	p->lists[p->n_lists++] = list;
}

static void
parse_addressee(struct parser *p)
{
	uint32_t off = p->source->token.off;
	struct addressee a = { .name = chy_want_name(p,
	    "the name of an addressee") };
	struct addressee *row;

	if (p->st == CHY_OK && chy_addressee_by_name(p->rules, a.name) != NONE)
		chy_parse_fail(p, CHY_ERR_INVALID, off, "%.*s is named twice",
		    CHY_ARG(a.name));
	chy_want_word(p, "is");
	a.plads = chy_want_names(p, "an address", &a.n_plads);
	if (chy_take_word(p, "called"))
		a.called = chy_want_names(p, "a name", &a.n_called);
	a.outside = chy_take_word(p, "outside");
	if (p->st != CHY_OK)
		return;
	row = GROW(p, addressees);
	if (row != NULL)
		*row = a;
}

static void
parse_clearance(struct parser *p, chy_reader *ret, bool *ret_has)
{
	uint32_t off = p->source->token.off;
	chy_slice label = chy_want_name(p, "a label");
	chy_error err = { 0 };

	if (p->st == CHY_OK && chy_reader_parse(label, ret, &err) != CHY_OK)
		chy_parse_fail(p, CHY_ERR_INVALID, off, "%.*s is no label: "
		    "%.120s", CHY_ARG(label), err.text);
	*ret_has = true;
}

static void
parse_office(struct parser *p)
{
	struct office o = { .symbol = chy_want_name(p, "an office"),
	    .title = CHY_EMPTY, .successor = CHY_EMPTY };
	struct office *row;
	uint32_t off = p->source->token.off;

	if (p->source->token.kind == TOKEN_STRING)
		o.title = chy_want_name(p, "a title");
	while (p->st == CHY_OK) {
		if (chy_take_word(p, "at"))
			o.at = chy_want_addressee(p);
		else if (chy_take_word(p, "called"))
			o.called = chy_want_names(p, "a name", &o.n_called);
		else if (chy_take_word(p, "from"))
			o.from = chy_want_date(p);
		else if (chy_take_word(p, "until"))
			o.until = chy_want_date(p);
		else if (chy_take_word(p, "now"))
			o.successor = chy_want_name(p, "an office");
		else if (chy_take_word(p, "cleared"))
			parse_clearance(p, &o.clearance, &o.has_clearance);
		else if (chy_take_word(p, "foreign"))
			o.foreign = true;
		else
			break;
	}
	if (p->rules->n_addressees == 0)
		chy_parse_fail(p, CHY_ERR_INVALID, off, "offices are at an "
		    "addressee; write above: addressee NAME is \"address\"");
	if (p->st != CHY_OK)
		return;
	row = GROW(p, offices);
	if (row != NULL)
		*row = o;
}

static void
parse_agency(struct parser *p)
{
	struct agency a = { .name = chy_want_name(p, "an agency"),
	    .title = CHY_EMPTY };
	chy_slice *called = NULL;
	struct agency *row;
	uint32_t n = 0;

	if (p->source->token.kind == TOKEN_STRING)
		a.title = chy_want_name(p, "a title");
	if (chy_take_word(p, "called"))
		called = chy_want_names(p, "a name", &n);
	a.terms = chy_parse_zalloc(p, (size_t)n + 1, sizeof(*a.terms));
	if (p->st != CHY_OK)
		return;
	/* By its symbol only where that is all there is: LABOR is a word. */
	for (uint32_t i = 0; i < n || (i == 0 && n == 0); i++)
		a.terms[a.n_terms++] = chy_atom_make(p->rules, ATOM_TERM,
		    n == 0 ? a.name : called[i], 0);
	row = GROW(p, agencies);
	if (row != NULL)
		*row = a;
}

static void
parse_regional(struct parser *p)
{
	p->rules->regional = chy_want_names(p, "a bureau",
	    &p->rules->n_regional);
}

static void
parse_order(struct parser *p)
{
	chy_want_word(p, "order");
	p->rules->classes = chy_want_names(p, "a class of action",
	    &p->rules->n_classes);
}

/* desk timer FLASH 5, IMMEDIATE 15 */
static void
parse_desk(struct parser *p)
{
	chy_want_word(p, "timer");
	do {
		chy_precedence value = chy_want_precedence(p);

		p->rules->desk_minutes[value] = chy_want_number(p, 100000);
	} while (p->st == CHY_OK && chy_take_mark(p, ','));
}

static void
parse_us(struct parser *p)
{
	p->rules->us = chy_want_name(p, "a post");
}

static void
parse_default_clearance(struct parser *p)
{
	parse_clearance(p, &p->rules->default_clearance,
	    &p->rules->has_default_clearance);
}


/* ---- rules ---- */

static void
finish_rule(struct parser *p, struct rule *rule, uint32_t off)
{
	struct place *places;
	struct rule *row;

	if (chy_take_word(p, "from"))
		rule->from = chy_want_date(p);
	if (chy_take_word(p, "until"))
		rule->until = chy_want_date(p);
	if (rule->from != 0 && rule->until != 0 && rule->until < rule->from)
		chy_parse_fail(p, CHY_ERR_INVALID, off, "the rule ends before "
		    "it begins");
	chy_want_word(p, "if");
	rule->cond = chy_parse_cond(p);
	if (rule->effects == NULL) {
		chy_want_word(p, "then");
		rule->effects = chy_parse_effects(p);
	}
	if (p->st != CHY_OK)
		return;
	if (p->rules->n_rules == CHY_LIMIT_RULES) {
		chy_parse_fail(p, CHY_ERR_TOO_LARGE, off, "more than %u rules",
		    CHY_LIMIT_RULES);
		return;
	}
	places = chy_rules_grow(&p->rules->arena, p->places, p->rules->n_rules,
	    &p->cap_places, sizeof(*places));
	row = GROW(p, rules);
	if (row == NULL || places == NULL)
		return;
	*row = *rule;
	p->places = places;
	places[p->rules->n_rules - 1] = (struct place){ p->source->path,
	    p->source->text, off };
}

static struct rule
begin_rule(struct parser *p)
{
	struct rule rule = { .from = 0 };

	rule.id = chy_want_name(p, "the id of the rule");
	rule.prose = chy_want_string(p, "what the rule says, in prose,");
	return rule;
}

static void
parse_rule(struct parser *p)
{
	uint32_t off = p->source->token.off;
	struct rule rule = begin_rule(p);

	finish_rule(p, &rule, off);
}

/* profile ID "prose" of OFFICE if ...: a rule that sends for information. */
static void
parse_profile(struct parser *p)
{
	uint32_t off = p->source->token.off;
	struct rule rule = begin_rule(p);
	struct effect *e = chy_parse_zalloc(p, 1, sizeof(*e));

	if (e == NULL)
		return;
	chy_want_word(p, "of");
	e->kind = EFFECT_INFO;
	e->at = NONE;
	e->names = chy_want_names(p, "an office", &e->n);
	rule.effects = e;
	finish_rule(p, &rule, off);
}


/* ---- tests ---- */

static bool
at_statement(const struct parser *p);

static void
parse_expect(struct parser *p, struct expect ***end)
{
	struct expect *e = chy_parse_zalloc(p, 1, sizeof(*e));
	uint32_t off = p->source->token.off;
	chy_slice word;
	int kind;

	if (e == NULL)
		return;
	e->office = CHY_EMPTY;
	if (chy_take_word(p, "nobody")) {
		e->kind = EXPECT_NOBODY;
	} else if (chy_take_word(p, "not")) {
		e->kind = EXPECT_NOT;
		e->office = chy_want_name(p, "an office");
	} else {
		e->not = chy_take_word(p, "no");
		word = chy_want_name(p, "what is expected");
		kind = chy_delivery_kind_parse(word);
		if (kind < 0)
			chy_parse_fail(p, CHY_ERR_INVALID, off, "\"%.*s\" is "
			    "nothing that can be expected; write action, info, "
			    "suggested, posted, withheld, alarm, desk ...",
			    CHY_ARG(word));
		e->kind = (uint8_t)kind;
		if (!e->not && (p->source->token.kind == TOKEN_STRING ||
		    (p->source->token.kind == TOKEN_WORD &&
		    !at_statement(p))))
			e->office = chy_want_name(p, "an office");
	}
	**end = e;
	*end = &e->next;
	/* info A, B, C */
	while (p->st == CHY_OK && e->office.len > 0 && chy_take_mark(p, ',')) {
		struct expect *more = chy_parse_zalloc(p, 1, sizeof(*more));

		if (more == NULL)
			return;
		*more = (struct expect){ .kind = e->kind,
		    .office = chy_want_name(p, "an office") };
		**end = more;
		*end = &more->next;
	}
}

static void
parse_test(struct parser *p)
{
	struct test t = { .test = { .file = p->source->path, .line = 1,
	    .telegram = CHY_EMPTY, .text = CHY_EMPTY,
	    .opts = { .us = CHY_EMPTY } } };
	struct expect **end = &t.expects;
	struct test *row;

	for (uint32_t i = 0; i < p->source->token.off; i++)
		t.test.line += p->source->text.ptr[i] == '\n';
	t.test.name = chy_want_string(p, "the name of the test");
	if (chy_take_word(p, "text"))
		t.test.text = chy_want_string(p, "the telegram");
	else if (chy_take_word(p, "telegram"))
		t.test.telegram = chy_want_string(p, "a file");
	else
		chy_want_word(p, "telegram");
	if (chy_take_word(p, "dated"))
		t.test.opts.date = chy_want_date(p);
	if (chy_take_word(p, "us"))
		t.test.opts.us = chy_want_name(p, "a post");
	chy_want_word(p, "expects");
	t.exactly = chy_take_word(p, "exactly");
	do
		parse_expect(p, &end);
	while (p->st == CHY_OK && chy_take_mark(p, ';'));
	if (p->st != CHY_OK)
		return;
	row = GROW(p, tests);
	if (row != NULL)
		*row = t;
}

static const struct statement {
	const char *word;
	void	  (*parse)(struct parser *p);
} statements[] = {
	{ "rule", parse_rule },
	{ "profile", parse_profile },
	{ "list", parse_list },
	{ "include", parse_include },
	{ "addressee", parse_addressee },
	{ "office", parse_office },
	{ "agency", parse_agency },
	{ "regional", parse_regional },
	{ "action", parse_order },
	{ "desk", parse_desk },
	{ "clearance", parse_default_clearance },
	{ "us", parse_us },
	{ "test", parse_test },
};

static bool
at_statement(const struct parser *p)
{
	for (size_t i = 0; i < ARRAY_LEN(statements); i++)
		if (chy_at_word(p, statements[i].word) &&
		    strcmp(statements[i].word, "action") != 0)
			return true;
	return false;
}

static void
parse_statement(struct parser *p)
{
	for (size_t i = 0; i < ARRAY_LEN(statements); i++)
		if (chy_take_word(p, statements[i].word)) {
			statements[i].parse(p);
			return;
		}
	chy_parse_fail(p, CHY_ERR_INVALID, p->source->token.off, "\"%.*s\" "
	    "begins no statement; those that do are rule, profile, list, "
	    "include, addressee, office, agency, regional, action order, "
	    "desk timer, clearance, us, test",
	    CHY_ARG(chy_slice_sub(p->source->token.text, 0, 40)));
}

static void
parse_file(struct parser *p, chy_slice path, chy_slice text)
{
	struct source s = { .path = chy_arena_copy(&p->rules->arena, path),
	    .text = text, .from = p->source };

	p->source = &s;
	if (text.len > CHY_LIMIT_RULE_FILE) {
		s.text = CHY_EMPTY;
		chy_parse_fail(p, CHY_ERR_TOO_LARGE, 0, "a file of more than "
		    "%u MB", CHY_LIMIT_RULE_FILE >> 20);
	}
	chy_lex_next(p);
	while (p->st == CHY_OK && s.token.kind != TOKEN_END)
		parse_statement(p);
	p->source = s.from;
}

static void
check_ids(struct parser *p)
{
	for (uint32_t i = 0; i < p->rules->n_rules && p->st == CHY_OK; i++) {
		const struct place *at = &p->places[i];
		chy_slice id = p->rules->rules[i].id;
		char words[128];

		if (chy_rules_find(p->rules, id) == i)
			continue;
		(void)snprintf(words, sizeof(words), "the rule %.*s is there "
		    "twice; give it another id",
		    CHY_ARG(chy_slice_sub(id, 0, 60)));
		chy_parse_fail_at(p, at->path, at->text, at->off, words);
	}
}

chy_status
chy_rules_parse(chy_slice file, chy_slice text, chy_rules_include_fn include,
    void *arg, chy_rules **ret_rules, chy_rules_error *bad)
{
	struct parser p = { .rules = calloc(1, sizeof(*p.rules)),
	    .include = include, .arg = arg, .bad = bad };

	*bad = (chy_rules_error){ .status = CHY_OK };
	if (p.rules == NULL) {
		(void)snprintf(bad->text, sizeof(bad->text), "no memory");
		return bad->status = CHY_ERR_NO_MEMORY;
	}
	chy_arena_init(&p.rules->arena, 1u << 16);
	p.rules->us = CHY_EMPTY;
	parse_file(&p, file, text);
	if (p.st == CHY_OK && !chy_rules_index(p.rules))
		p.st = CHY_ERR_NO_MEMORY;
	if (p.st == CHY_OK)
		check_ids(&p);
	if (p.st == CHY_OK && p.pending != NULL && !chy_resolve_rules(&p) &&
	    p.st == CHY_OK)
		p.st = CHY_ERR_NO_MEMORY;
	if (p.st == CHY_OK && chy_arena_failed(&p.rules->arena))
		p.st = CHY_ERR_NO_MEMORY;
	if (p.st != CHY_OK) {
		bad->status = p.st;
		if (p.st == CHY_ERR_NO_MEMORY)
			(void)snprintf(bad->text, sizeof(bad->text),
			    "no memory");
		chy_rules_free(p.rules);
		return p.st;
	}
	*ret_rules = p.rules;
	return CHY_OK;
}

void
chy_rules_free(chy_rules *rules)
{
	if (rules == NULL)
		return;
	chy_arena_done(&rules->arena);
	free(rules);
}
