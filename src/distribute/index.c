/*
 * Atoms and their index: what can be true of a telegram, each held once, and
 * for each the rules that are worth trying when it is.
 *
 * A rule is filed under a set of atoms of which at least one is true wherever
 * the rule holds; of all such sets the rarest is taken. So a telegram tries
 * the rules of its own words, not all that there are.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/ascii.h"
#include "distribute/distribute_int.h"

#define HASH_LEAST	64u

void *
chy_rules_grow(chy_arena *arena, void *list, uint32_t n, uint32_t *cap,
    size_t size)
{
	uint32_t more = *cap * 2 + 8;
	char *p;

	if (n < *cap)
		return list;
	p = chy_arena_zalloc(arena, more, size);
	if (p == NULL)
		return NULL;
	if (n > 0)
		memcpy(p, list, n * size);
	*cap = more;
	return p;
}


/* ---- words ---- */

static bool
is_word_byte(char c)
{
	return chy_is_alnum(c) || (unsigned char)c >= 0x80;
}

bool
chy_scan_word(chy_slice s, size_t *at, chy_slice *ret)
{
	size_t i = *at, start;

	while (i < s.len && !is_word_byte(s.ptr[i]))
		i++;
	start = i;
	while (i < s.len && (is_word_byte(s.ptr[i]) || (s.ptr[i] == '\'' &&
	    i + 1 < s.len && is_word_byte(s.ptr[i + 1]))))
		i++;
	*at = i;
	*ret = chy_slice_sub(s, start, i - start);
	return i > start;
}

/* As chy_slice_hash, blind to the case of letters: the bit that small letters
 * have more is set in all bytes. What is equal is compared afterwards. */
uint32_t
chy_rules_hash(chy_slice key)
{
	const uint64_t small = UINT64_C(0x2020202020202020);
	const char *p = key.ptr;
	size_t n = key.len;
	uint64_t h = (uint64_t)n * UINT64_C(0xc2b2ae3d27d4eb4f);

	for (; n > 8; p += 8, n -= 8)
		h = chy_hash_mix(h, (chy_hash_load4(p) |
		    chy_hash_load4(p + 4) << 32) | small);
	if (n >= 4)
		h = chy_hash_mix(h, (chy_hash_load4(p) |
		    chy_hash_load4(p + n - 4) << 32) | small);
	else if (n > 0)
		h = chy_hash_mix(h, ((uint64_t)(unsigned char)p[0] |
		    (uint64_t)(unsigned char)p[n >> 1] << 8 |
		    (uint64_t)(unsigned char)p[n - 1] << 16) | small);
	h *= UINT64_C(0xff51afd7ed558ccd);
	return (uint32_t)(h >> 32);
}


/* ---- tables ---- */

static bool
hash_make(struct hash *hash, chy_arena *arena, uint32_t n)
{
	uint32_t size = HASH_LEAST;

	while (size < n * 2)
		size *= 2;
	hash->heads = chy_arena_alloc(arena, size * sizeof(*hash->heads));
	if (hash->heads == NULL)
		return false;
	memset(hash->heads, 0xff, size * sizeof(*hash->heads));
	hash->mask = size - 1;
	return true;
}

static uint32_t
atom_hash(enum atom_kind kind, chy_slice key, uint32_t number)
{
	uint32_t h = chy_rules_hash(key);

	h ^= (number * 31u + (uint32_t)kind) * 0x9e3779b1u;
	return h ^ h >> 16;
}

uint32_t
chy_atom_find(const chy_rules *rules, enum atom_kind kind, chy_slice key,
    uint32_t number)
{
	uint32_t i;

	if (rules->by_atom.heads == NULL)
		return NONE;
	i = rules->by_atom.heads[atom_hash(kind, key, number) &
	    rules->by_atom.mask];
	while (i != NONE && (rules->atoms[i].kind != kind ||
	    rules->atoms[i].number != number ||
	    !chy_slice_ieq(rules->atoms[i].key, key)))
		i = rules->atoms[i].next;
	return i;
}

static void
atom_link(chy_rules *rules, uint32_t i)
{
	struct atom *a = &rules->atoms[i];
	uint32_t *head = &rules->by_atom.heads[atom_hash(a->kind, a->key,
	    a->number) & rules->by_atom.mask];

	a->next = *head;
	*head = i;
}

static bool
term_words(chy_rules *rules, struct atom *a)
{
	chy_slice w;
	size_t at = 0;

	a->first_word = rules->n_words;
	while (chy_scan_word(a->key, &at, &w)) {
		struct word *words = chy_rules_grow(&rules->arena, rules->words,
		    rules->n_words, &rules->cap_words, sizeof(*words));

		if (words == NULL)
			return false;
		rules->words = words;
		words[rules->n_words++] = (struct word){ w,
		    chy_rules_hash(w) };
		a->n_words++;
	}
	return true;
}

uint32_t
chy_atom_make(chy_rules *rules, enum atom_kind kind, chy_slice key,
    uint32_t number)
{
	uint32_t i = chy_atom_find(rules, kind, key, number);
	struct atom *atoms;

	if (i != NONE)
		return i;
	atoms = chy_rules_grow(&rules->arena, rules->atoms, rules->n_atoms,
	    &rules->cap_atoms, sizeof(*atoms));
	if (atoms == NULL)
		return NONE;
	rules->atoms = atoms;
	i = rules->n_atoms;
	atoms[i] = (struct atom){ .kind = (uint8_t)kind, .number = number,
	    .key = chy_arena_copy(&rules->arena, key), .next = NONE };
	if (kind == ATOM_TERM && !term_words(rules, &atoms[i]))
		return NONE;
	rules->n_atoms++;
	if (rules->by_atom.heads == NULL ||
	    rules->n_atoms > rules->by_atom.mask) {
		if (!hash_make(&rules->by_atom, &rules->arena,
		    rules->n_atoms))
			return NONE;
		for (uint32_t k = 0; k < rules->n_atoms; k++)
			atom_link(rules, k);
	} else {
		atom_link(rules, i);
	}
	return i;
}

uint32_t
chy_rules_find(const chy_rules *rules, chy_slice id)
{
	uint32_t i;

	if (rules->by_id.heads == NULL)
		return NONE;
	i = rules->by_id.heads[chy_rules_hash(id) & rules->by_id.mask];
	while (i != NONE && !chy_slice_ieq(rules->rules[i].id, id))
		i = rules->next_id[i];
	return i;
}


/* ---- offices and addressees ---- */

bool
chy_office_valid(const struct office *office, chy_ymd day)
{
	return day == 0 || ((office->from == 0 || day >= office->from) &&
	    (office->until == 0 || day <= office->until));
}

const struct office *
chy_office_find(const chy_rules *rules, chy_slice name, uint32_t at,
    chy_ymd day)
{
	const struct office *found = NULL;
	uint32_t i;

	if (rules->by_office.heads == NULL)
		return NULL;
	i = rules->by_office.heads[chy_rules_hash(name) &
	    rules->by_office.mask];
	for (; i != NONE; i = rules->names[i].next) {
		const struct office *o =
		    &rules->offices[rules->names[i].office];

		if ((at != NONE && o->at != at) ||
		    !chy_slice_ieq(rules->names[i].name, name))
			continue;
		if (chy_office_valid(o, day))
			return o;
		if (found == NULL || o->until > found->until)
			found = o;
	}
	return found;
}

bool
chy_is_regional(const chy_rules *rules, chy_slice symbol)
{
	for (uint32_t i = 0; i < rules->n_regional; i++) {
		chy_slice r = rules->regional[i];

		if (chy_slice_istarts(symbol, r) &&
		    (symbol.len == r.len || symbol.ptr[r.len] == '/'))
			return true;
	}
	return false;
}

uint32_t
chy_addressee_by_name(const chy_rules *rules, chy_slice name)
{
	for (uint32_t i = 0; i < rules->n_addressees; i++) {
		const struct addressee *a = &rules->addressees[i];

		if (chy_slice_ieq(a->name, name))
			return i;
		for (uint32_t k = 0; k < a->n_called; k++)
			if (chy_slice_ieq(a->called[k], name))
				return i;
	}
	return NONE;
}

uint32_t
chy_addressee_by_plad(const chy_rules *rules, chy_slice plad)
{
	for (uint32_t i = 0; i < rules->n_addressees; i++) {
		const struct addressee *a = &rules->addressees[i];

		for (uint32_t k = 0; k < a->n_plads; k++)
			if (chy_slice_ieq(a->plads[k], plad))
				return i;
	}
	return NONE;
}


/* ---- which atoms a rule is filed under ---- */

struct triggers {
	uint32_t *atoms;
	uint32_t  n, cap;
	bool	  failed;
};

#define COST_ALWAYS	(UINT64_C(1) << 40)

/* How often such an atom is true, roughly; the unit is a rare word. */
static uint64_t
atom_cost(const struct atom *a)
{
	size_t len = a->key.len;

	switch ((enum atom_kind)a->kind) {
	case ATOM_RECEIVES: return 0;
	case ATOM_NO_ACTION:
	case ATOM_BAD_OFFICE: return 0;
	/* Long words are rare, and a phrase is rarer than its words. */
	case ATOM_TERM:
		return a->n_words > 1 ? 2 : len < 14 ? 32 - 2 * len : 4;
	case ATOM_FROM:
	case ATOM_FROM_US:
	case ATOM_CITES: return 1;
	case ATOM_CASE:
	case ATOM_PASSING_NAMES: return 2;
	case ATOM_TAG:
	case ATOM_CAPTION:
	case ATOM_CONTROL:
	case ATOM_AGENCY: return 8;
	case ATOM_RELAY:
	case ATOM_PASS:
	case ATOM_CHANNEL:
	case ATOM_EMBEDDED:
	case ATOM_CORRECTED:
	case ATOM_REQUEST:
	case ATOM_FIRST_REQUEST: return 20;
	case ATOM_PASSING:
	case ATOM_CITES_ANY:
	case ATOM_OUTSIDE: return 50;
	case ATOM_COUNTRY_TAG:
	case ATOM_TO:
	case ATOM_INFO:
	case ATOM_PRECEDENCE:
	case ATOM_PRECEDENCE_IS:
	case ATOM_OUR_PRECEDENCE:
	case ATOM_OUR_PRECEDENCE_IS:
	case ATOM_LEVEL: return 100;
	}
	return 100;
}

static bool
is_late(const chy_rules *rules, const struct cond *c)
{
	if (c->op == COND_ATOM)
		return rules->atoms[c->atom].kind >= ATOM_RECEIVES;
	for (uint32_t i = 0; i < c->n; i++)
		if (is_late(rules, c->kids[i]))
			return true;
	return false;
}

static uint64_t
cost(const chy_rules *rules, const struct cond *c)
{
	uint64_t sum = 0, best = COST_ALWAYS;

	switch ((enum cond_op)c->op) {
	case COND_ATOM:
		return atom_cost(&rules->atoms[c->atom]);
	case COND_NOT:
		return COST_ALWAYS;
	case COND_OR:
	case COND_LEAST:
		for (uint32_t i = 0; i < c->n; i++)
			sum += cost(rules, c->kids[i]);
		return sum < COST_ALWAYS ? sum : COST_ALWAYS;
	case COND_AND:
	case COND_PARAGRAPH:
		for (uint32_t i = 0; i < c->n; i++) {
			uint64_t one = cost(rules, c->kids[i]);

			best = one < best ? one : best;
		}
		return best;
	}
	return COST_ALWAYS;
}

static void
trigger_add(chy_rules *rules, struct triggers *t, uint32_t atom)
{
	uint32_t *atoms;

	for (uint32_t i = 0; i < t->n; i++)
		if (t->atoms[i] == atom)
			return;
	atoms = chy_rules_grow(&rules->arena, t->atoms, t->n, &t->cap,
	    sizeof(*atoms));
	if (atoms == NULL) {
		t->failed = true;
		return;
	}
	t->atoms = atoms;
	atoms[t->n++] = atom;
}

static void
collect(chy_rules *rules, struct triggers *t, const struct cond *c)
{
	const struct cond *best = NULL;
	uint64_t least = COST_ALWAYS;
	bool late = false;

	switch ((enum cond_op)c->op) {
	case COND_ATOM:
		trigger_add(rules, t, c->atom);
		return;
	case COND_NOT:
		return;
	case COND_OR:
	case COND_LEAST:
		for (uint32_t i = 0; i < c->n; i++)
			collect(rules, t, c->kids[i]);
		return;
	case COND_AND:
	case COND_PARAGRAPH:
		/* What is known late decides when the rule can hold. */
		for (uint32_t i = 0; i < c->n; i++)
			if (is_late(rules, c->kids[i])) {
				late = true;
				collect(rules, t, c->kids[i]);
			}
		for (uint32_t i = 0; i < c->n && !late; i++) {
			uint64_t one = cost(rules, c->kids[i]);

			if (one < least) {
				least = one;
				best = c->kids[i];
			}
		}
		if (best != NULL)
			collect(rules, t, best);
		return;
	}
}

/* Two passes over the rules: count, then fill. */
static bool
file_rules(chy_rules *rules)
{
	struct triggers *all = chy_arena_zalloc(&rules->arena,
	    (size_t)rules->n_rules + 1, sizeof(*all));
	uint32_t total = 0;

	rules->always = chy_arena_zalloc(&rules->arena,
	    (size_t)rules->n_rules + 1, sizeof(*rules->always));
	if (all == NULL || rules->always == NULL)
		return false;
	for (uint32_t i = 0; i < rules->n_rules; i++) {
		const struct cond *c = rules->rules[i].cond;

		if (cost(rules, c) >= COST_ALWAYS)
			rules->always[rules->n_always++] = i;
		collect(rules, &all[i], c);
		if (all[i].failed)
			return false;
		for (uint32_t k = 0; k < all[i].n; k++)
			rules->atoms[all[i].atoms[k]].n_rules++;
		total += all[i].n;
	}
	rules->of_atom = chy_arena_zalloc(&rules->arena, (size_t)total + 1,
	    sizeof(*rules->of_atom));
	if (rules->of_atom == NULL)
		return false;
	total = 0;
	for (uint32_t a = 0; a < rules->n_atoms; a++) {
		rules->atoms[a].first_rule = total;
		total += rules->atoms[a].n_rules;
		rules->atoms[a].n_rules = 0;
	}
	for (uint32_t i = 0; i < rules->n_rules; i++)
		for (uint32_t k = 0; k < all[i].n; k++) {
			struct atom *a = &rules->atoms[all[i].atoms[k]];

			rules->of_atom[a->first_rule + a->n_rules++] = i;
		}
	return true;
}

/* Terms by their first word, or by their first two: single words that many
 * phrases begin with would make long chains. */
static bool
file_terms(chy_rules *rules)
{
	uint32_t n = 0;

	rules->leads = chy_arena_zalloc(&rules->arena,
	    (size_t)rules->n_atoms + 1, sizeof(*rules->leads));
	if (rules->leads == NULL ||
	    !hash_make(&rules->by_lead, &rules->arena, rules->n_atoms))
		return false;
	for (uint32_t i = 0; i < rules->n_atoms; i++) {
		const struct atom *a = &rules->atoms[i];
		const struct word *w = &rules->words[a->first_word];
		uint32_t hash, *head;

		if (a->kind != ATOM_TERM || a->n_words == 0)
			continue;
		hash = a->n_words == 1 ? w[0].hash :
		    chy_pair_hash(w[0].hash, w[1].hash);
		head = &rules->by_lead.heads[hash & rules->by_lead.mask];
		rules->leads[n] = (struct lead){ hash, i, *head };
		*head = n++;
	}
	return true;
}

static void
name_office(chy_rules *rules, chy_slice name, uint32_t office)
{
	uint32_t *head = &rules->by_office.heads[chy_rules_hash(name) &
	    rules->by_office.mask];

	rules->names[rules->n_names].name = name;
	rules->names[rules->n_names].office = office;
	rules->names[rules->n_names].next = *head;
	*head = rules->n_names++;
}

static bool
file_offices(chy_rules *rules)
{
	uint32_t n = rules->n_offices;

	for (uint32_t i = 0; i < rules->n_offices; i++)
		n += rules->offices[i].n_called;
	rules->names = chy_arena_zalloc(&rules->arena, (size_t)n + 1,
	    sizeof(*rules->names));
	if (rules->names == NULL ||
	    !hash_make(&rules->by_office, &rules->arena, n))
		return false;
	/* The first of two rows is found first. */
	for (uint32_t i = rules->n_offices; i-- > 0;) {
		struct office *o = &rules->offices[i];

		for (uint32_t k = 0; k < o->n_called; k++)
			name_office(rules, o->called[k], i);
		name_office(rules, o->symbol, i);
		if (o->at < rules->n_addressees)
			rules->addressees[o->at].has_offices = true;
	}
	return true;
}

static bool
file_ids(chy_rules *rules)
{
	rules->next_id = chy_arena_zalloc(&rules->arena,
	    (size_t)rules->n_rules + 1, sizeof(*rules->next_id));
	if (rules->next_id == NULL ||
	    !hash_make(&rules->by_id, &rules->arena, rules->n_rules))
		return false;
	/* The first of two with the same id is found first. */
	for (uint32_t i = rules->n_rules; i-- > 0;) {
		uint32_t *head = &rules->by_id.heads[chy_rules_hash(
		    rules->rules[i].id) & rules->by_id.mask];

		rules->next_id[i] = *head;
		*head = i;
	}
	return true;
}

bool
chy_rules_index(chy_rules *rules)
{
	return file_ids(rules) && file_offices(rules) && file_rules(rules) &&
	    file_terms(rules);
}


/* ---- reading them back ---- */

uint32_t
chy_rules_count(const chy_rules *rules)
{
	return rules->n_rules;
}

chy_slice
chy_rules_id(const chy_rules *rules, uint32_t i)
{
	return rules->rules[i].id;
}

chy_slice
chy_rules_prose(const chy_rules *rules, uint32_t i)
{
	return rules->rules[i].prose;
}

chy_slice
chy_rules_prose_of(const chy_rules *rules, chy_slice id)
{
	uint32_t i = chy_rules_find(rules, id);

	return i == NONE ? CHY_EMPTY : rules->rules[i].prose;
}

chy_slice
chy_rules_office_title(const chy_rules *rules, chy_slice office)
{
	const struct office *o = chy_office_find(rules, office, NONE, 0);
	const chy_office *row;

	if (o != NULL && o->title.len > 0)
		return o->title;
	row = chy_vocab_office(office);
	return row != NULL ? row->meaning : CHY_EMPTY;
}
