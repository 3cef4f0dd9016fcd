/*
 * A distribution for people and for programs, and the tests that stand beside
 * rules.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "distribute/distribute_int.h"

static const struct kind_row {
	const char *name;
	const char *heading;
} kinds[CHY_DELIVERY_KINDS] = {
	[CHY_DELIVERY_ACTION] = { "action", "For action" },
	[CHY_DELIVERY_INFO] = { "info", "For information" },
	[CHY_DELIVERY_POSTED] = { "posted", "Posted to" },
	[CHY_DELIVERY_SUGGESTED] = { "suggested", "Suggested to the desk" },
	[CHY_DELIVERY_WITHHELD] = { "withheld", "Withheld" },
	[CHY_DELIVERY_PASS] = { "pass", "To be passed to" },
	[CHY_DELIVERY_RELAY] = { "relay", "To be relayed" },
	[CHY_DELIVERY_ALARM] = { "alarm", "Alarm" },
	[CHY_DELIVERY_ITEM] = { "item", "Action item opened on" },
	[CHY_DELIVERY_MARK] = { "mark", "Marked" },
	[CHY_DELIVERY_DESK] = { "desk", "For the desk" },
	[CHY_DELIVERY_REJECTED] = { "rejected", "Rejected" },
};

const char *
chy_delivery_kind_name(chy_delivery_kind kind)
{
	return kinds[kind].name;
}

int
chy_delivery_kind_parse(chy_slice word)
{
	for (int i = 0; i < CHY_DELIVERY_KINDS; i++)
		if (chy_slice_eq(word, chy_slice_of(kinds[i].name)))
			return i;
	return -1;
}

const chy_delivery *
chy_distribution_find(const chy_distribution *d, chy_delivery_kind kind,
    chy_slice office)
{
	for (uint32_t i = 0; i < d->n; i++)
		if (d->at[i].kind == kind &&
		    chy_slice_ieq(d->at[i].office, office))
			return &d->at[i];
	return NULL;
}

static bool
is_sent(const chy_delivery *d)
{
	return d->kind <= CHY_DELIVERY_POSTED;
}

const chy_delivery **
chy_distribution_lost(const chy_distribution *before,
    const chy_distribution *after, chy_arena *arena, uint32_t *ret_n)
{
	const chy_delivery **lost = chy_arena_zalloc(arena,
	    (size_t)before->n + 1, sizeof(const chy_delivery *));
	uint32_t n = 0;

	for (uint32_t i = 0; i < before->n && lost != NULL; i++) {
		const chy_delivery *b = &before->at[i];
		bool kept = !is_sent(b);

		for (uint32_t k = 0; k < after->n && !kept; k++)
			kept = is_sent(&after->at[k]) &&
			    chy_slice_eq(after->at[k].office, b->office) &&
			    chy_slice_eq(after->at[k].addressee, b->addressee);
		if (!kept)
			lost[n++] = b;
	}
	*ret_n = n;
	return lost;
}


/* ---- for people ---- */

void
chy_because_text(const chy_because *because, uint32_t n, chy_sink *out)
{
	for (uint32_t i = 0; i < n; i++) {
		const chy_because *b = &because[i];

		if (i > 0)
			chy_sink_puts(out, "; ");
		chy_sink_put(out, b->rule);
		for (uint32_t k = 0; k < b->n_matched; k++) {
			chy_sink_puts(out, k == 0 ? " " : ", ");
			chy_sink_put(out, b->matched[k].place);
			chy_sink_puts(out, " \"");
			chy_sink_put(out, b->matched[k].words);
			chy_sink_puts(out, "\"");
		}
	}
}

static void
put_office(const chy_delivery *d, chy_sink *out)
{
	chy_sink_put(out, d->office);
	if (d->was.len > 0) {
		chy_sink_puts(out, " (was ");
		chy_sink_put(out, d->was);
		chy_sink_puts(out, ")");
	}
	if (d->codrafter)
		chy_sink_puts(out, " (co-drafter)");
}

/* One line of names, or one line each with why. */
static void
put_kind(const chy_distribution *d, chy_delivery_kind kind,
    const chy_slice *addressee, bool why, chy_sink *out)
{
	bool any = false;

	for (uint32_t i = 0; i < d->n; i++) {
		const chy_delivery *one = &d->at[i];

		if (one->kind != kind || (addressee != NULL &&
		    !chy_slice_eq(one->addressee, *addressee)))
			continue;
		if (!any) {
			chy_sink_printf(out, "  %s:", kinds[kind].heading);
			if (why)
				chy_sink_puts(out, "\n");
		}
		chy_sink_puts(out, why ? "    " : any ? ", " : " ");
		put_office(one, out);
		if (one->minutes > 0)
			chy_sink_printf(out, " (%u min)", one->minutes);
		any = true;
		if (!why)
			continue;
		if (one->stopped_why.len > 0) {
			chy_sink_puts(out, one->kind == CHY_DELIVERY_WITHHELD ?
			    " - withheld by " : " - ");
			if (one->stopped_by.len > 0) {
				chy_sink_put(out, one->stopped_by);
				chy_sink_puts(out, ": ");
			}
			chy_sink_put(out, one->stopped_why);
		}
		chy_sink_puts(out, "\n      ");
		chy_because_text(one->because, one->n_because, out);
		chy_sink_puts(out, "\n");
	}
	if (any && !why)
		chy_sink_puts(out, "\n");
}

static bool
is_addressees(chy_delivery_kind kind)
{
	return kind == CHY_DELIVERY_ACTION || kind == CHY_DELIVERY_INFO;
}

static void
put_addressed(const chy_distribution *d, const chy_addressed *a, bool why,
    chy_sink *out)
{
	chy_sink_put(out, a->name);
	chy_sink_puts(out, a->role == CHY_ROLE_ACTION ? ", action" : ", info");
	if (a->minutes > 0)
		chy_sink_printf(out, ", within %u min", a->minutes);
	chy_sink_puts(out, a->known && !a->steered ? ", unsteered\n" : "\n");
	for (int kind = 0; kind < CHY_DELIVERY_KINDS; kind++)
		if (is_addressees((chy_delivery_kind)kind))
			put_kind(d, (chy_delivery_kind)kind, &a->name, why,
			    out);
}

/* Copies that come back to the sender are at no addressee. */
static void
put_others(const chy_distribution *d, bool why, chy_sink *out)
{
	for (uint32_t i = 0; i < d->n; i++) {
		const chy_delivery *one = &d->at[i];
		bool told = !is_addressees(one->kind);

		for (uint32_t k = 0; k < d->n_addressed && !told; k++)
			told = chy_slice_eq(d->addressed[k].name,
			    one->addressee);
		for (uint32_t k = 0; k < i && !told; k++)
			told = is_addressees(d->at[k].kind) && chy_slice_eq(
			    d->at[k].addressee, one->addressee);
		if (told)
			continue;
		chy_sink_put(out, one->addressee);
		chy_sink_puts(out, ", origin\n");
		put_kind(d, CHY_DELIVERY_INFO, &one->addressee, why, out);
	}
}

void
chy_distribution_text(const chy_distribution *d, bool why, chy_sink *out)
{
	for (uint32_t i = 0; i < d->n_addressed; i++) {
		bool twice = false;

		for (uint32_t k = 0; k < i; k++)
			twice |= chy_slice_eq(d->addressed[k].name,
			    d->addressed[i].name);
		if (!twice)
			put_addressed(d, &d->addressed[i], why, out);
	}
	put_others(d, why, out);
	for (int kind = 0; kind < CHY_DELIVERY_KINDS; kind++)
		if (!is_addressees((chy_delivery_kind)kind))
			put_kind(d, (chy_delivery_kind)kind, NULL, why, out);
}


/* ---- for programs ---- */

static void
json_field(chy_sink *out, bool *comma, const char *name, chy_slice value)
{
	chy_sink_printf(out, "%s\"%s\":", *comma ? "," : "", name);
	if (value.len > 0)
		chy_sink_json(out, value);
	else
		chy_sink_puts(out, "null");
	*comma = true;
}

static void
json_because(const chy_because *b, chy_sink *out)
{
	bool comma = false;

	chy_sink_puts(out, "{");
	json_field(out, &comma, "rule", b->rule);
	json_field(out, &comma, "prose", b->prose);
	chy_sink_puts(out, ",\"matched\":[");
	for (uint32_t i = 0; i < b->n_matched; i++) {
		const chy_matched *m = &b->matched[i];

		comma = false;
		chy_sink_puts(out, i > 0 ? ",{" : "{");
		json_field(out, &comma, "place", m->place);
		json_field(out, &comma, "words", m->words);
		if (m->span.len > 0)
			chy_sink_printf(out, ",\"span\":{\"offset\":%u, "
			    "\"length\":%u}}", m->span.off, m->span.len);
		else
			chy_sink_puts(out, ",\"span\":null}");
	}
	chy_sink_puts(out, "]}");
}

void
chy_delivery_json(const chy_delivery *d, chy_sink *out)
{
	bool comma = false;

	chy_sink_puts(out, "{");
	json_field(out, &comma, "kind", chy_slice_of(kinds[d->kind].name));
	json_field(out, &comma, "addressee", d->addressee);
	json_field(out, &comma, "office", d->office);
	json_field(out, &comma, "title", d->title);
	json_field(out, &comma, "was", d->was);
	chy_sink_printf(out, ",\"person\":%s,\"co_drafter\":%s",
	    d->person ? "true" : "false", d->codrafter ? "true" : "false");
	json_field(out, &comma, "stopped_by", d->stopped_by);
	json_field(out, &comma, "stopped_why", d->stopped_why);
	if (d->minutes > 0)
		chy_sink_printf(out, ",\"minutes\":%u", d->minutes);
	else
		chy_sink_puts(out, ",\"minutes\":null");
	chy_sink_puts(out, ",\"because\":[");
	for (uint32_t i = 0; i < d->n_because; i++) {
		if (i > 0)
			chy_sink_puts(out, ",");
		json_because(&d->because[i], out);
	}
	chy_sink_puts(out, "]}");
}

static chy_slice
precedence_name(chy_precedence value)
{
	size_t n;
	const chy_precedence_row *rows = chy_vocab_precedences(&n);

	for (size_t i = 0; i < n; i++)
		if (rows[i].value == value)
			return rows[i].name;
	return CHY_EMPTY;
}

void
chy_distribution_json(const chy_distribution *d, chy_sink *out)
{
	bool comma;

	chy_sink_printf(out, "\"rejected\":%s,\"addressees\":[",
	    d->rejected ? "true" : "false");
	for (uint32_t i = 0; i < d->n_addressed; i++) {
		const chy_addressed *a = &d->addressed[i];

		comma = false;
		chy_sink_puts(out, i > 0 ? ",{" : "{");
		json_field(out, &comma, "name", a->name);
		json_field(out, &comma, "plad", a->plad);
		json_field(out, &comma, "role", a->role == CHY_ROLE_ACTION ?
		    CHY_SLICE("action") : CHY_SLICE("info"));
		json_field(out, &comma, "precedence",
		    precedence_name(a->precedence));
		chy_sink_printf(out, ",\"minutes\":%u,\"steered\":%s}",
		    a->minutes, a->steered ? "true" : "false");
	}
	chy_sink_puts(out, "],\"deliveries\":[");
	for (uint32_t i = 0; i < d->n; i++) {
		if (i > 0)
			chy_sink_puts(out, ",");
		chy_delivery_json(&d->at[i], out);
	}
	chy_sink_puts(out, "],\"fired\":[");
	for (uint32_t i = 0; i < d->n_fired; i++) {
		if (i > 0)
			chy_sink_puts(out, ",");
		chy_sink_json(out, d->fired[i]);
	}
	chy_sink_puts(out, "]");
}


/* ---- tests beside the rules ---- */

uint32_t
chy_rules_tests(const chy_rules *rules)
{
	return rules->n_tests;
}

chy_rules_test
chy_rules_test_at(const chy_rules *rules, uint32_t i)
{
	return rules->tests[i].test;
}

static bool
is_met(const chy_distribution *d, const struct expect *e)
{
	bool any = false, copy = false;

	for (uint32_t i = 0; i < d->n; i++) {
		any |= d->at[i].kind == e->kind;
		copy |= is_addressees(d->at[i].kind) && (e->office.len == 0 ||
		    chy_slice_ieq(d->at[i].office, e->office));
	}
	if (e->kind == EXPECT_NOBODY || e->kind == EXPECT_NOT)
		return !copy;
	if (e->not)
		return !any;
	if (e->office.len == 0)
		return any;
	return chy_distribution_find(d, (chy_delivery_kind)e->kind,
	    e->office) != NULL;
}

static void
say_unmet(const struct expect *e, char *out, size_t size)
{
	if (e->kind == EXPECT_NOBODY)
		(void)snprintf(out, size, "somebody gets it");
	else if (e->kind == EXPECT_NOT)
		(void)snprintf(out, size, "%.*s gets it", CHY_ARG(e->office));
	else if (e->not)
		(void)snprintf(out, size, "there is %s",
		    kinds[e->kind].name);
	else if (e->office.len == 0)
		(void)snprintf(out, size, "there is no %s",
		    kinds[e->kind].name);
	else
		(void)snprintf(out, size, "%.*s is not there for %s",
		    CHY_ARG(e->office), kinds[e->kind].name);
}

void
chy_rules_test_check(const chy_rules *rules, uint32_t i,
    const chy_distribution *d, void (*differs)(void *arg, const char *words),
    void *arg)
{
	const struct test *t = &rules->tests[i];
	char words[200];

	for (const struct expect *e = t->expects; e != NULL; e = e->next)
		if (!is_met(d, e)) {
			say_unmet(e, words, sizeof(words));
			differs(arg, words);
		}
	for (uint32_t k = 0; k < d->n && t->exactly; k++) {
		const struct expect *e = t->expects;

		while (e != NULL && (e->kind != d->at[k].kind ||
		    !chy_slice_ieq(e->office, d->at[k].office)))
			e = e->next;
		if (e != NULL || !is_addressees(d->at[k].kind))
			continue;
		(void)snprintf(words, sizeof(words), "%.*s gets it, too, for "
		    "%s", CHY_ARG(d->at[k].office),
		    kinds[d->at[k].kind].name);
		differs(arg, words);
	}
}
