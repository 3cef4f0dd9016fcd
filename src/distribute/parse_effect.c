/*
 * Effects: what follows `then`.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "distribute/parse_int.h"

static uint32_t
want_class(struct parser *p)
{
	uint32_t off = p->source->token.off;
	chy_slice name = chy_want_name(p, "a class of action");

	for (uint32_t i = 0; i < p->rules->n_classes; i++)
		if (chy_slice_eq(p->rules->classes[i], name))
			return i;
	chy_parse_fail(p, CHY_ERR_INVALID, off, "%.*s is no class of action; "
	    "add it above: action order ..., %.*s", CHY_ARG(name),
	    CHY_ARG(name));
	return 0;
}

/* passed offices, passed persons, passed regional office, passed; case
 * watchers; named agency; or names. */
static void
parse_whom(struct parser *p, struct effect *e)
{
	if (chy_take_word(p, "passed")) {
		e->whom = WHOM_PASSED;
		if (chy_take_word(p, "offices"))
			e->whom = WHOM_PASSED_OFFICES;
		else if (chy_take_word(p, "persons"))
			e->whom = WHOM_PASSED_PERSONS;
		else if (chy_take_word(p, "regional")) {
			chy_want_word(p, "office");
			e->whom = WHOM_PASSED_REGIONAL;
		}
	} else if (chy_take_word(p, "case")) {
		chy_want_word(p, "watchers");
		e->whom = WHOM_WATCHERS;
	} else if (chy_take_word(p, "named")) {
		chy_want_word(p, "agency");
		e->whom = WHOM_AGENCY;
	} else {
		e->names = chy_want_names(p, "an office", &e->n);
	}
	if (!chy_take_word(p, "at"))
		return;
	if (chy_take_word(p, "origin"))
		e->at = AT_ORIGIN;
	else
		e->at = chy_want_addressee(p);
}

static void
parse_action(struct parser *p, struct effect *e)
{
	uint32_t off = p->source->token.off;

	e->kind = EFFECT_ACTION;
	parse_whom(p, e);
	e->klass = p->rules->n_classes > 0 ? p->rules->n_classes - 1 : 0;
	if (chy_take_word(p, "as"))
		e->klass = want_class(p);
	if (e->whom == WHOM_PASSED_PERSONS || e->whom == WHOM_WATCHERS ||
	    e->whom == WHOM_AGENCY)
		chy_parse_fail(p, CHY_ERR_INVALID, off, "action goes to an "
		    "office; name it, or write: action passed regional office");
}

static void
add_pending(struct parser *p, struct effect *e)
{
	struct pending *pending = chy_parse_zalloc(p, 1, sizeof(*pending));

	if (pending == NULL)
		return;
	pending->effect = e;
	pending->path = p->source->path;
	pending->text = p->source->text;
	pending->off = p->source->token.off;
	pending->from = chy_want_name(p, "the id of a rule");
	pending->to = chy_take_word(p, "to") ?
	    chy_want_name(p, "the id of a rule") : pending->from;
	pending->next = p->pending;
	p->pending = pending;
}

/* R03 to R19, R22, R30 */
static void
parse_rules(struct parser *p, struct effect *e)
{
	do
		add_pending(p, e);
	while (p->st == CHY_OK && chy_take_mark(p, ','));
}

static void
parse_withhold(struct parser *p, struct effect *e)
{
	chy_want_word(p, "from");
	if (chy_take_word(p, "foreign")) {
		e->kind = EFFECT_FOREIGN;
		return;
	}
	e->kind = EFFECT_UNCLEARED;
	chy_want_word(p, "uncleared");
}

/* one action at X; no action at X. */
static void
parse_count(struct parser *p, struct effect *e, enum effect_kind kind)
{
	e->kind = (uint8_t)kind;
	chy_want_word(p, "action");
	chy_want_word(p, "at");
	e->at = chy_want_addressee(p);
}

static void
parse_one_effect(struct parser *p, struct effect *e)
{
	static const struct {
		const char *word;
		uint8_t	    kind;
	} plain[] = {
		{ "alarm", EFFECT_ALARM }, { "item", EFFECT_ITEM },
		{ "reject", EFFECT_REJECT }, { "desk", EFFECT_DESK },
		{ "successor", EFFECT_SUCCESSOR },
	};

	for (size_t i = 0; i < ARRAY_LEN(plain); i++)
		if (chy_take_word(p, plain[i].word)) {
			e->kind = plain[i].kind;
			return;
		}
	if (chy_take_word(p, "action")) {
		parse_action(p, e);
	} else if (chy_take_word(p, "info")) {
		e->kind = EFFECT_INFO;
		parse_whom(p, e);
	} else if (chy_take_word(p, "suggest")) {
		e->kind = EFFECT_SUGGEST;
		parse_whom(p, e);
	} else if (chy_take_word(p, "post")) {
		e->kind = EFFECT_POST;
		e->names = chy_want_names(p, "a shared store", &e->n);
	} else if (chy_take_word(p, "mark")) {
		e->kind = EFFECT_MARK;
		e->names = chy_want_names(p, "a mark", &e->n);
	} else if (chy_take_word(p, "one")) {
		parse_count(p, e, EFFECT_ONE_ACTION);
	} else if (chy_take_word(p, "no")) {
		parse_count(p, e, EFFECT_NO_ACTION);
	} else if (chy_take_word(p, "duty")) {
		e->kind = chy_take_word(p, "relay") ? EFFECT_RELAY :
		    EFFECT_PASS;
		if (e->kind == EFFECT_PASS)
			chy_want_word(p, "pass");
	} else if (chy_take_word(p, "suppress")) {
		e->kind = EFFECT_SUPPRESS;
		parse_rules(p, e);
	} else if (chy_take_word(p, "only")) {
		e->kind = EFFECT_ONLY;
		parse_rules(p, e);
	} else if (chy_take_word(p, "withhold")) {
		parse_withhold(p, e);
	} else {
		chy_parse_fail(p, CHY_ERR_INVALID, p->source->token.off,
		    "\"%.*s\" begins no effect; those that do are listed in "
		    "chancery-rules(5)",
		    CHY_ARG(chy_slice_sub(p->source->token.text, 0, 40)));
	}
}

struct effect *
chy_parse_effects(struct parser *p)
{
	struct effect *first = NULL, **end = &first;

	do {
		struct effect *e = chy_parse_zalloc(p, 1, sizeof(*e));

		if (e == NULL)
			return NULL;
		e->at = NONE;
		parse_one_effect(p, e);
		if (chy_take_word(p, "unless"))
			e->unless = chy_parse_cond(p);
		*end = e;
		end = &e->next;
	} while (p->st == CHY_OK && chy_take_mark(p, ';'));
	return first;
}

static uint32_t
named_rule(struct parser *p, const struct pending *at, chy_slice id)
{
	uint32_t i = chy_rules_find(p->rules, id);
	char words[128];

	if (i == NONE) {
		(void)snprintf(words, sizeof(words), "there is no rule %.*s",
		    CHY_ARG(chy_slice_sub(id, 0, 60)));
		chy_parse_fail_at(p, at->path, at->text, at->off, words);
	}
	return i;
}

/* Once all rules are there: the bits of those that are named. */
bool
chy_resolve_rules(struct parser *p)
{
	size_t size = (size_t)p->rules->n_rules / 64 + 1;

	for (struct pending *at = p->pending; at != NULL && p->st == CHY_OK;
	    at = at->next) {
		uint32_t from = named_rule(p, at, at->from);
		uint32_t to = named_rule(p, at, at->to);

		if (p->st != CHY_OK)
			return false;
		if (to < from) {
			chy_parse_fail_at(p, at->path, at->text, at->off,
			    "the second rule stands above the first; turn "
			    "them round");
			return false;
		}
		if (at->effect->rules == NULL)
			at->effect->rules = chy_parse_zalloc(p, size,
			    sizeof(*at->effect->rules));
		if (at->effect->rules == NULL)
			return false;
		for (uint32_t i = from; i <= to; i++)
			at->effect->rules[i / 64] |= UINT64_C(1) << (i % 64);
	}
	return p->st == CHY_OK;
}
