/*
 * A telegram as the rules see it: every atom that is true of it is raised,
 * with the place that makes it so. The text is gone through once, with one
 * look into a table a word.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/ascii.h"
#include "distribute/distribute_int.h"
#include "telegram/mrn.h"

void
chy_seen_raise(struct seen *seen, uint32_t atom, chy_span span,
    chy_slice words, uint32_t paragraph)
{
	struct raised *more;

	if (atom == NONE || seen->failed)
		return;
	more = chy_rules_grow(seen->scratch, seen->raised, seen->n_raised,
	    &seen->cap_raised, sizeof(*more));
	if (more == NULL) {
		seen->failed = true;
		return;
	}
	seen->raised = more;
	more[seen->n_raised] = (struct raised){ span, words, paragraph, NONE };
	if (seen->first[atom] == NONE) {
		uint32_t *atoms = chy_rules_grow(seen->scratch, seen->atoms,
		    seen->n_atoms, &seen->cap_atoms, sizeof(*atoms));

		if (atoms == NULL) {
			seen->failed = true;
			return;
		}
		seen->atoms = atoms;
		atoms[seen->n_atoms++] = atom;
		seen->first[atom] = seen->n_raised;
	} else
		more[seen->last[atom]].next = seen->n_raised;
	seen->last[atom] = seen->n_raised++;
}

/* Where a slice stands in the text; a span of no bytes where it is a copy. */
chy_span
chy_span_of(const chy_telegram *tel, chy_slice s)
{
	uintptr_t at = (uintptr_t)s.ptr, text = (uintptr_t)tel->text.ptr;

	if (s.len == 0 || at < text || at + s.len > text + tel->text.len)
		return (chy_span){ 0, 0 };
	return (chy_span){ (uint32_t)(at - text), (uint32_t)s.len };
}

static chy_span
node_span(const chy_telegram *tel, uint32_t node)
{
	if (node >= tel->n_nodes)
		return (chy_span){ 0, 0 };
	return (chy_span){ tel->nodes[node].off, tel->nodes[node].len };
}

static void
raise(struct seen *seen, enum atom_kind kind, chy_slice key, uint32_t number,
    chy_span span, chy_slice words)
{
	chy_seen_raise(seen, chy_atom_find(seen->rules, kind, key, number),
	    span, words, PLACE_HEADING);
}


/* ---- words ---- */

struct heard {
	chy_slice text;
	uint32_t  hash;
	uint32_t  off;
	uint32_t  paragraph;
};

struct hearing {
	struct heard *at;
	uint32_t      n;
};

/* Whether the term begins at word `i`. */
static bool
term_at(const chy_rules *rules, const struct atom *a,
    const struct hearing *h, uint32_t i)
{
	const struct word *words = &rules->words[a->first_word];

	if (i + a->n_words > h->n)
		return false;
	for (uint32_t k = 0; k < a->n_words; k++) {
		const struct heard *w = &h->at[i + k];

		if (w->hash != words[k].hash ||
		    w->paragraph != h->at[i].paragraph ||
		    !chy_slice_ieq(w->text, words[k].text))
			return false;
	}
	return true;
}

static void
find_terms_by(struct seen *seen, const struct hearing *h, uint32_t i,
    uint32_t hash)
{
	const chy_rules *rules = seen->rules;
	uint32_t l = rules->by_lead.heads[hash & rules->by_lead.mask];

	for (; l != NONE; l = rules->leads[l].next) {
		const struct atom *a = &rules->atoms[rules->leads[l].atom];
		uint32_t last;

		if (rules->leads[l].hash != hash || !term_at(rules, a, h, i))
			continue;
		last = i + a->n_words - 1u;
		chy_seen_raise(seen, rules->leads[l].atom, (chy_span){
		    h->at[i].off, h->at[last].off +
		    (uint32_t)h->at[last].text.len - h->at[i].off }, CHY_EMPTY,
		    h->at[i].paragraph);
	}
}

static void
find_terms(struct seen *seen, const struct hearing *h)
{
	for (uint32_t i = 0; i < h->n; i++) {
		find_terms_by(seen, h, i, h->at[i].hash);
		if (i + 1 < h->n)
			find_terms_by(seen, h, i, chy_pair_hash(
			    h->at[i].hash, h->at[i + 1].hash));
	}
}

static bool
is_text(chy_node_kind kind)
{
	return kind == CHY_NODE_TEXT || kind == CHY_NODE_BLOCK_LABEL ||
	    kind == CHY_NODE_BLOCK_END || kind == CHY_NODE_CITATION ||
	    kind == CHY_NODE_TITLE_TEXT || kind == CHY_NODE_SUBJECT_TEXT;
}

static void
hear(struct hearing *h, const chy_telegram *tel, const chy_node *node,
    uint32_t paragraph)
{
	chy_slice s = chy_slice_sub(tel->text, node->off, node->len);
	size_t at = 0;
	chy_slice w;

	while (chy_scan_word(s, &at, &w))
		h->at[h->n++] = (struct heard){ w, chy_rules_hash(w),
		    node->off + (uint32_t)(w.ptr - s.ptr), paragraph };
}

static void
hear_all(struct seen *seen)
{
	const chy_telegram *tel = seen->tel;
	/* A word has a byte, and a byte that is none comes after it. */
	struct hearing h = { chy_arena_alloc(seen->scratch,
	    (tel->text.len / 2 + tel->n_nodes + 1) * sizeof(*h.at)), 0 };
	uint32_t par = 0;

	if (h.at == NULL) {
		seen->failed = true;
		return;
	}
	for (uint32_t i = 0; i < tel->n_nodes; i++) {
		const chy_node *node = &tel->nodes[i];

		if (!is_text((chy_node_kind)node->kind) ||
		    !chy_node_is_leaf((chy_node_kind)node->kind))
			continue;
		if (node->kind == CHY_NODE_SUBJECT_TEXT) {
			hear(&h, tel, node, PLACE_SUBJECT);
			continue;
		}
		while (par < tel->n_paragraphs && node->off >=
		    tel->paragraphs[par].span.off +
		    tel->paragraphs[par].span.len)
			par++;
		/* Before the first, between two: in none. */
		if (par < tel->n_paragraphs &&
		    (node->off >= tel->paragraphs[par].span.off ||
		    node->kind == CHY_NODE_TITLE_TEXT))
			hear(&h, tel, node, par);
	}
	find_terms(seen, &h);
}


/* ---- the heading ---- */

static void
raise_tags(struct seen *seen)
{
	const chy_telegram *tel = seen->tel;

	for (uint32_t i = 0; i < tel->n_tags; i++) {
		const chy_tag_sent *t = &tel->tags[i];
		chy_span span = node_span(tel, t->node);

		raise(seen, ATOM_TAG, t->code, 0, span, t->code);
		/* An invented country has a code of two letters, too. */
		if (t->kind == CHY_TAG_GEOGRAPHIC ||
		    (t->kind == CHY_TAG_UNKNOWN && t->code.len == 2))
			raise(seen, ATOM_COUNTRY_TAG, CHY_EMPTY, 0, span,
			    t->code);
	}
}

/* The leaf that a canonical token was read from. */
static chy_span
token_span(const chy_telegram *tel, chy_slice token, chy_node_kind kind)
{
	for (uint32_t i = 0; i < tel->n_nodes; i++) {
		const chy_node *node = &tel->nodes[i];
		chy_slice s;
		const chy_caption *row;

		if (node->kind == CHY_NODE_BODY)
			break;
		if (node->kind != kind)
			continue;
		s = chy_slice_sub(tel->text, node->off, node->len);
		row = chy_vocab_caption(s);
		if (chy_slice_ieq(s, token) || (row != NULL &&
		    chy_slice_eq(row->token, token)))
			return node_span(tel, i);
	}
	return (chy_span){ 0, 0 };
}

static void
raise_captions(struct seen *seen)
{
	const chy_telegram *tel = seen->tel;

	for (uint32_t i = 0; i < tel->captions.n; i++) {
		chy_slice token = tel->captions.at[i];
		chy_span span = token_span(tel, token, CHY_NODE_CAPTION);
		size_t took = 0;
		const chy_caption *row = chy_vocab_caption(token);

		/* CODEL SMITH is a CODEL. */
		if (row == NULL)
			row = chy_vocab_caption_prefix(token, &took);

		raise(seen, ATOM_CAPTION, token, 0, span, token);
		raise(seen, ATOM_CONTROL, token, 0, span, token);
		if (row != NULL && !chy_slice_ieq(row->token, token))
			raise(seen, ATOM_CAPTION, row->token, 0, span, token);
		if (row != NULL && row->channel)
			raise(seen, ATOM_CHANNEL, CHY_EMPTY, 0, span, token);
	}
	for (uint32_t i = 0; i < tel->caveats.n; i++) {
		chy_slice token = tel->caveats.at[i];

		raise(seen, ATOM_CONTROL, token, 0,
		    token_span(tel, token, CHY_NODE_CAVEAT), token);
	}
	for (uint32_t v = CHY_LEVEL_UNCLASSIFIED; v <= (uint32_t)tel->level;
	    v++)
		raise(seen, ATOM_LEVEL, CHY_EMPTY, v, (chy_span){ 0, 0 },
		    chy_slice_of(chy_level_name(tel->level)));
}

static void
raise_from(struct seen *seen)
{
	const chy_telegram *tel = seen->tel;
	chy_slice post = tel->originator.post, plad = tel->originator.plad;
	const chy_post *row = chy_vocab_post_by_plad(plad);
	chy_slice shown = plad.len > 0 ? plad : post;
	chy_span span = chy_span_of(tel, shown);
	chy_slice our_name = seen->opts->us.len > 0 ? seen->opts->us :
	    seen->rules->us;
	chy_mrn mrn = { 0 }, us = { 0 };

	if (!(tel->canonical_id.len > 0 &&
	    chy_mrn_parse(tel->canonical_id, tel->year, &mrn)) &&
	    !chy_mrn_set_post(&mrn, row != NULL && row->mrn_key.len > 0 ?
	    row->mrn_key : post))
		return;
	raise(seen, ATOM_FROM, (chy_slice){ mrn.post, mrn.post_len }, 0, span,
	    shown);
	if (our_name.len > 0 && chy_mrn_set_post(&us, our_name) &&
	    us.post_len == mrn.post_len &&
	    memcmp(us.post, mrn.post, us.post_len) == 0)
		raise(seen, ATOM_FROM_US, CHY_EMPTY, 0, span, shown);
}

/* Is the address outside the service? What the rules do not name is judged
 * by the directory of posts. */
static bool
is_outside(const struct seen *seen, uint32_t a, chy_slice plad)
{
	const chy_post *post;

	if (a != NONE)
		return seen->rules->addressees[a].outside;
	post = chy_vocab_post_by_plad(plad);
	return post != NULL && post->kind == CHY_POST_AGENCY;
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

static void
raise_precedence(struct seen *seen, const chy_addressee *to, uint32_t a)
{
	const chy_telegram *tel = seen->tel;
	chy_span span = chy_span_of(tel, to->precedence);
	chy_slice name = precedence_name(to->effective);

	if (a == NONE || to->effective > CHY_PRECEDENCE_CRITIC)
		return;
	for (uint32_t v = CHY_PRECEDENCE_ROUTINE; v <= (uint32_t)to->effective;
	    v++)
		raise(seen, ATOM_OUR_PRECEDENCE, CHY_EMPTY, a * 16 + v, span,
		    name);
	raise(seen, ATOM_OUR_PRECEDENCE_IS, CHY_EMPTY,
	    a * 16 + (uint32_t)to->effective, span, name);
}

/* The letter before the date-time group. */
static chy_span
prosign_span(const chy_telegram *tel)
{
	for (uint32_t i = 0; i < tel->n_nodes; i++)
		if (tel->nodes[i].kind == CHY_NODE_PRECEDENCE)
			return node_span(tel, i);
	return (chy_span){ 0, 0 };
}

static void
raise_addressees(struct seen *seen)
{
	const chy_telegram *tel = seen->tel;
	chy_span span = prosign_span(tel);
	chy_slice name = precedence_name(tel->precedence);

	for (uint32_t i = 0; i < tel->n_addressees; i++) {
		const chy_addressee *to = &tel->addressees[i];
		uint32_t a = chy_addressee_by_plad(seen->rules, to->plad);
		chy_span at = chy_span_of(tel, to->plad);

		seen->addressee_of[i] = a;
		if (to->role == CHY_ROLE_EXEMPT)
			continue;
		if (chy_slice_find(to->plad, CHY_SLICE(" PASS TO "), 0) <
		    to->plad.len)
			raise(seen, ATOM_RELAY, CHY_EMPTY, 0, at, to->plad);
		if (is_outside(seen, a, to->plad))
			raise(seen, ATOM_OUTSIDE, CHY_EMPTY, 0, at, to->plad);
		if (a == NONE)
			continue;
		raise(seen, to->role == CHY_ROLE_ACTION ? ATOM_TO : ATOM_INFO,
		    CHY_EMPTY, a, at, to->plad);
		raise_precedence(seen, to, a);
	}
	for (uint32_t v = CHY_PRECEDENCE_ROUTINE;
	    v <= (uint32_t)tel->precedence; v++)
		raise(seen, ATOM_PRECEDENCE, CHY_EMPTY, v, span, name);
	raise(seen, ATOM_PRECEDENCE_IS, CHY_EMPTY, (uint32_t)tel->precedence,
	    span, name);
}

/* A clause without a name is for the action addressee that is ours. */
uint32_t
chy_passing_addressee(const struct seen *seen, uint32_t passing)
{
	const chy_telegram *tel = seen->tel;
	chy_slice name = tel->passing[passing].addressee;

	if (name.len > 0)
		return chy_addressee_by_name(seen->rules, name);
	for (uint32_t i = 0; i < tel->n_addressees; i++)
		if (tel->addressees[i].role == CHY_ROLE_ACTION &&
		    seen->addressee_of[i] != NONE)
			return seen->addressee_of[i];
	return NONE;
}

static void
raise_passing(struct seen *seen)
{
	const chy_telegram *tel = seen->tel;

	for (uint32_t i = 0; i < tel->n_passing; i++) {
		const chy_passing *p = &tel->passing[i];
		chy_span span = node_span(tel, p->node);
		uint32_t a = chy_passing_addressee(seen, i);

		if (p->is_pass) {
			raise(seen, ATOM_PASS, CHY_EMPTY, 0, span, p->text);
			continue;
		}
		if (a == NONE)
			continue;
		raise(seen, ATOM_PASSING, CHY_EMPTY, a, span, p->text);
		for (uint32_t k = 0; k < p->offices.n; k++)
			raise(seen, ATOM_PASSING_NAMES, p->offices.at[k], a,
			    span, p->offices.at[k]);
		for (uint32_t k = 0; k < p->persons.n; k++)
			raise(seen, ATOM_PASSING_NAMES, p->persons.at[k], a,
			    span, p->persons.at[k]);
	}
}

static bool
is_member(const chy_open_case *c, chy_slice id)
{
	for (uint32_t i = 0; i < c->members.n; i++)
		if (chy_slice_eq(c->members.at[i], id))
			return true;
	return false;
}

static void
raise_references(struct seen *seen)
{
	const chy_telegram *tel = seen->tel;
	const chy_distribute_options *o = seen->opts;

	for (uint32_t i = 0; i < tel->n_references; i++) {
		const chy_reference *r = &tel->references[i];
		chy_span span = node_span(tel, r->node);
		chy_mrn mrn;

		if (r->kind != CHY_REF_TELEGRAM)
			continue;
		raise(seen, ATOM_CITES_ANY, CHY_EMPTY, 0, span, r->text);
		raise(seen, ATOM_CITES, r->value, 0, span, r->text);
		if (chy_mrn_parse(r->value, tel->year, &mrn))
			raise(seen, ATOM_CITES, (chy_slice){ mrn.post,
			    mrn.post_len }, 0, span, r->text);
		for (uint32_t k = 0; k < o->n_cases; k++)
			if (is_member(&o->cases[k], r->value))
				raise(seen, ATOM_CASE, CHY_EMPTY, 0, span,
				    o->cases[k].id);
	}
	for (uint32_t k = 0; k < o->n_cases; k++)
		if (is_member(&o->cases[k], tel->canonical_id))
			raise(seen, ATOM_CASE, CHY_EMPTY, 0, (chy_span){ 0,
			    0 }, o->cases[k].id);
}

static void
raise_text_facts(struct seen *seen)
{
	const chy_telegram *tel = seen->tel;

	for (uint32_t i = 0; i < tel->n_action_requests; i++) {
		const chy_action_request *r = &tel->action_requests[i];

		chy_seen_raise(seen, chy_atom_find(seen->rules, ATOM_REQUEST,
		    CHY_EMPTY, 0), r->span, CHY_EMPTY, r->paragraph);
		if (r->paragraph == 0)
			chy_seen_raise(seen, chy_atom_find(seen->rules,
			    ATOM_FIRST_REQUEST, CHY_EMPTY, 0), r->span,
			    CHY_EMPTY, 0);
	}
	for (uint32_t i = 0; i < tel->n_embedded; i++)
		chy_seen_raise(seen, chy_atom_find(seen->rules, ATOM_EMBEDDED,
		    CHY_EMPTY, 0), (chy_span){ 0, 0 }, tel->embedded[i].title,
		    tel->embedded[i].paragraph);
	if (tel->corrected)
		raise(seen, ATOM_CORRECTED, CHY_EMPTY, 0, (chy_span){ 0, 0 },
		    CHY_SLICE("CORRECTED COPY"));
}

static void
raise_agencies(struct seen *seen)
{
	const chy_rules *rules = seen->rules;
	uint32_t atom = chy_atom_find(rules, ATOM_AGENCY, CHY_EMPTY, 0);

	if (atom == NONE)
		return;
	for (uint32_t i = 0; i < rules->n_agencies; i++)
		for (uint32_t k = 0; k < rules->agencies[i].n_terms; k++) {
			uint32_t r = seen->first[rules->agencies[i].terms[k]];

			while (r != NONE && seen->raised[r].paragraph !=
			    PLACE_SUBJECT)
				r = seen->raised[r].next;
			if (r != NONE)
				chy_seen_raise(seen, atom,
				    seen->raised[r].span, CHY_EMPTY,
				    PLACE_SUBJECT);
		}
}

void
chy_seen_make(struct seen *seen)
{
	size_t size = ((size_t)seen->rules->n_atoms + 1) *
	    sizeof(*seen->first);

	seen->first = chy_arena_alloc(seen->scratch, size);
	seen->last = chy_arena_alloc(seen->scratch, size);
	seen->addressee_of = chy_arena_zalloc(seen->scratch,
	    (size_t)seen->tel->n_addressees + 1, sizeof(uint32_t));
	if (seen->first == NULL || seen->last == NULL ||
	    seen->addressee_of == NULL) {
		seen->failed = true;
		return;
	}
	memset(seen->first, 0xff, size);
	raise_addressees(seen);
	raise_captions(seen);
	raise_from(seen);
	raise_passing(seen);
	raise_tags(seen);
	raise_references(seen);
	raise_text_facts(seen);
	hear_all(seen);
	raise_agencies(seen);
}
