/*
 * Looking up rows. The tables themselves are generated; what is here is how
 * a word as it stands in a telegram becomes the key of a row.
 *
 * SPDX-License-Identifier: ISC
 */
#include "vocab/vocab_int.h"

#include "base/ascii.h"
#include "base/compiler.h"
#include "base/utf8.h"

uint32_t
chy_vocab_find(const chy_vocab_index *index, chy_slice key)
{
	uint32_t at;

	if (key.len == 0 || key.len > CHY_VOCAB_KEY_MAX)
		return 0;
	at = chy_slice_hash(key) & index->mask;
	for (uint16_t slot; (slot = index->slots[at]) != 0;
	    at = (at + 1) & index->mask) {
		const chy_vocab_key *k = &index->keys[slot - 1];

		if (chy_slice_eq(k->key, key))
			return (uint32_t)k->row + 1;
	}
	return 0;
}

bool
chy_vocab_fold(chy_slice text, char buf[CHY_VOCAB_KEY_MAX],
    chy_slice *ret_key)
{
	size_t n = 0;
	bool gap = false;

	for (size_t i = 0, len; i < text.len; i += len) {
		uint32_t code;
		char two[2];
		size_t put = 0;

		len = 1;
		if (chy_is_space(text.ptr[i])) {
			gap = n > 0;
			continue;
		}
		if ((unsigned char)text.ptr[i] > 127 &&
		    chy_utf8_get(chy_slice_from(text, i), &code) == 2)
			put = chy_utf8_bare(code, two);
		if (put > 0)
			len = 2;
		else
			two[put++] = text.ptr[i];
		if (n + gap + put > CHY_VOCAB_KEY_MAX)
			return false;
		if (gap)
			buf[n++] = ' ';
		gap = false;
		for (size_t k = 0; k < put; k++)
			buf[n++] = chy_upper(two[k]);
	}
	*ret_key = (chy_slice){ buf, n };
	return true;
}

/* The row that an index finds, or NULL. */
static const void *
row_of(const void *rows, size_t size, const chy_vocab_index *index,
    chy_slice key)
{
	uint32_t row = chy_vocab_find(index, key);

	return row > 0 ? (const char *)rows + (row - 1) * size : NULL;
}

#define FIND(list, index, key)						\
	row_of(chy_vocab_##list##_rows,					\
	    sizeof(chy_vocab_##list##_rows[0]),				\
	    &chy_vocab_##index##_index, key)

#define LIST(type, name, plural)					\
	const type *							\
	chy_vocab_##plural(size_t *ret_count)				\
	{								\
		*ret_count = chy_vocab_##name##_count;			\
		return chy_vocab_##name##_rows;				\
	}

LIST(chy_tag, tag, tags)
LIST(chy_tag_fix, tag_fix, tag_fixes)
LIST(chy_caption, caption, captions)
LIST(chy_post, post, posts)
LIST(chy_collective, collective, collectives)
LIST(chy_office, office, offices)
LIST(chy_precedence_row, precedence, precedences)
LIST(chy_prosign, prosign, prosigns)
LIST(chy_opsig, opsig, opsigs)
LIST(chy_order, order, orders)
LIST(chy_reason, reason, reasons)
LIST(chy_exemption, exemption, exemptions)


/* ---- TAGS ---- */

const char *
chy_tag_kind_name(chy_tag_kind kind)
{
	switch (kind) {
	case CHY_TAG_SUBJECT:
		return "subject";
	case CHY_TAG_GEOGRAPHIC:
		return "geographic";
	case CHY_TAG_PROGRAM:
		return "program";
	case CHY_TAG_ORGANIZATION:
		return "organization";
	case CHY_TAG_PERSON:
		return "person";
	case CHY_TAG_UNKNOWN:
		break;
	}
	return "unknown";
}

const chy_tag *
chy_vocab_tag(chy_slice code)
{
	return FIND(tag, tag, code);
}

const chy_tag *
chy_vocab_tag_as(chy_tag_kind kind, chy_slice code)
{
	const chy_vocab_index *index = NULL;
	uint32_t row;

	switch (kind) {
	case CHY_TAG_SUBJECT:
		index = &chy_vocab_tag_subject_index;
		break;
	case CHY_TAG_GEOGRAPHIC:
		index = &chy_vocab_tag_geographic_index;
		break;
	case CHY_TAG_PROGRAM:
		index = &chy_vocab_tag_program_index;
		break;
	case CHY_TAG_ORGANIZATION:
		index = &chy_vocab_tag_organization_index;
		break;
	case CHY_TAG_PERSON:
	case CHY_TAG_UNKNOWN:
		return NULL;
	}
	row = chy_vocab_find(index, code);
	return row > 0 ? &chy_vocab_tag_rows[row - 1] : NULL;
}

const chy_tag *
chy_vocab_tag_by_country(chy_slice name)
{
	char buf[CHY_VOCAB_KEY_MAX];
	chy_slice key;

	if (!chy_vocab_fold(name, buf, &key))
		return NULL;
	return FIND(tag, tag_country, key);
}

const char *
chy_tag_fix_kind_name(chy_tag_fix_kind kind)
{
	switch (kind) {
	case CHY_TAG_FIX_ERROR:
		return "error";
	case CHY_TAG_FIX_RUN_TOGETHER:
		return "run together";
	case CHY_TAG_FIX_RENAMED:
		return "renamed";
	case CHY_TAG_FIX_WORDS:
		return "words";
	case CHY_TAG_FIX_PERSON:
		break;
	}
	return "person";
}

const chy_tag_fix *
chy_vocab_tag_fix(chy_slice seen)
{
	return FIND(tag_fix, tag_fix, seen);
}


/* ---- captions ---- */

const char *
chy_caption_family_name(chy_caption_family family)
{
	switch (family) {
	case CHY_CAPTION_F1:
		return "F1";
	case CHY_CAPTION_F2:
		return "F2";
	case CHY_CAPTION_F3:
		return "F3";
	case CHY_CAPTION_F4:
		return "F4";
	case CHY_CAPTION_AEA:
		return "AEA";
	case CHY_CAPTION_MARKER:
		break;
	}
	return "marker";
}

static const chy_caption *
caption_by_key(chy_slice key)
{
	return FIND(caption, caption, key);
}

/* FOR, a name or an office, ONLY. The name is the writer's. */
static const chy_caption *
caption_by_pattern(chy_slice words)
{
	static const char before[] = "FOR ", after[] = " ONLY";
	chy_slice tail;

	words = chy_slice_trim(words);
	if (words.len < sizeof(before) + sizeof(after) - 1 ||
	    !chy_slice_istarts(words, CHY_SLICE("FOR ")))
		return NULL;
	tail = chy_slice_from(words, words.len - (sizeof(after) - 1));
	if (!chy_slice_ieq(tail, CHY_SLICE(" ONLY")))
		return NULL;
	return caption_by_key(CHY_SLICE("FOR XXX ONLY"));
}

const chy_caption *
chy_vocab_caption(chy_slice words)
{
	char buf[CHY_VOCAB_KEY_MAX];
	chy_slice key;
	const chy_caption *row = NULL;

	if (chy_vocab_fold(words, buf, &key))
		row = caption_by_key(key);
	return row != NULL ? row : caption_by_pattern(words);
}

const chy_caption *
chy_vocab_caption_prefix(chy_slice words, size_t *ret_len)
{
	const chy_caption *best = NULL;
	size_t best_len = 0;

	for (size_t i = 1; i <= words.len; i++) {
		char buf[CHY_VOCAB_KEY_MAX];
		chy_slice key;
		uint32_t row;

		if (!chy_is_alnum(words.ptr[i - 1]) ||
		    (i < words.len && chy_is_alnum(words.ptr[i])))
			continue;
		if (!chy_vocab_fold(chy_slice_sub(words, 0, i), buf, &key))
			break;
		row = chy_vocab_find(&chy_vocab_caption_index, key);
		if (row > 0) {
			best = &chy_vocab_caption_rows[row - 1];
			best_len = i;
		}
	}
	if (best == NULL) {
		best = caption_by_pattern(words);
		best_len = words.len;
	}
	if (best != NULL)
		*ret_len = best_len;
	return best;
}

const chy_caption *
chy_vocab_caption_portion(chy_slice form)
{
	char buf[CHY_VOCAB_KEY_MAX];
	chy_slice key;

	if (!chy_vocab_fold(form, buf, &key))
		return NULL;
	return FIND(caption, caption_portion, key);
}

/* Whether a's cell of conflicts names b, or a kind of caption that b is. */
static bool
names_as_conflict(const chy_caption *a, const chy_caption *b)
{
	chy_slice rest = a->conflicts;

	while (rest.len > 0) {
		size_t end = chy_slice_find(rest, CHY_SLICE(";"), 0);
		chy_slice part = chy_slice_trim(chy_slice_sub(rest, 0, end));

		rest = chy_slice_from(rest, end + 1);
		if (chy_slice_eq(part, CHY_SLICE("any other caption"))) {
			if (!b->marker)
				return true;
		} else if (chy_slice_eq(part, CHY_SLICE("other channel")) ||
		    chy_slice_eq(part, CHY_SLICE("channels"))) {
			if (b->channel)
				return true;
		} else if (chy_vocab_caption(part) == b) {
			return true;
		}
	}
	return false;
}

bool
chy_vocab_captions_conflict(const chy_caption *a, const chy_caption *b)
{
	return a != b && (names_as_conflict(a, b) || names_as_conflict(b, a));
}


/* ---- addresses that are not posts ---- */

const chy_collective *
chy_vocab_collective(chy_slice plad)
{
	return FIND(collective, collective, plad);
}

const chy_collective *
chy_vocab_collective_next(const chy_collective *row)
{
	return row->next_plad > 0 ?
	    &chy_vocab_collective_rows[row->next_plad - 1] : NULL;
}

const chy_office *
chy_vocab_office(chy_slice symbol)
{
	return FIND(office, office, symbol);
}


/* ---- precedence, prosigns, operating signals ---- */

static chy_precedence
precedence_by(const chy_vocab_index *index, chy_slice key)
{
	uint32_t row = chy_vocab_find(index, key);

	return row > 0 ? chy_vocab_precedence_rows[row - 1].value :
	    CHY_PRECEDENCE_NONE;
}

chy_precedence
chy_precedence_from_prosign(char prosign)
{
	return precedence_by(&chy_vocab_precedence_prosign_index,
	    (chy_slice){ &prosign, 1 });
}

chy_precedence
chy_precedence_from_digraph(chy_slice digraph)
{
	return precedence_by(&chy_vocab_precedence_digraph_index, digraph);
}

chy_precedence
chy_precedence_from_word(chy_slice word)
{
	char buf[CHY_VOCAB_KEY_MAX];
	chy_slice key;

	if (!chy_vocab_fold(word, buf, &key))
		return CHY_PRECEDENCE_NONE;
	return precedence_by(&chy_vocab_precedence_word_index, key);
}

const chy_precedence_row *
chy_precedence_get(chy_precedence precedence)
{
	/* The table falls where the enumeration rises. */
	if (precedence == CHY_PRECEDENCE_NONE)
		return NULL;
	return &chy_vocab_precedence_rows[CHY_PRECEDENCE_CRITIC - precedence];
}

chy_slice
chy_precedence_name(chy_precedence precedence)
{
	const chy_precedence_row *row = chy_precedence_get(precedence);

	return row != NULL ? row->name : CHY_EMPTY;
}

const chy_prosign *
chy_vocab_prosign(chy_slice prosign)
{
	if (prosign.len > 1 && prosign.ptr[0] == '#') {
		size_t n = 1;

		while (n < prosign.len && chy_is_digit(prosign.ptr[n]))
			n++;
		if (n == prosign.len)
			prosign = CHY_SLICE("#NNNN");
	}
	return FIND(prosign, prosign, prosign);
}

static const chy_opsig *
opsig_by_key(chy_slice key)
{
	return FIND(opsig, opsig, key);
}

const chy_opsig *
chy_vocab_opsig(chy_slice signal)
{
	const chy_opsig *row = opsig_by_key(signal);

	if (row != NULL)
		return row;
	while (signal.len > 3 && chy_is_digit(signal.ptr[signal.len - 1]))
		signal.len--;
	row = opsig_by_key(signal);
	if (row == NULL && signal.len == 3 && signal.ptr[0] == 'Z' &&
	    (signal.ptr[1] == 'Y' || signal.ptr[1] == 'Z') &&
	    chy_is_upper(signal.ptr[2]))
		row = opsig_by_key(CHY_SLICE("ZYA-ZZZ"));
	return row;
}


/* ---- orders, reasons, exemptions ---- */

const chy_order *
chy_vocab_order(chy_slice number)
{
	return FIND(order, order, number);
}

const chy_order *
chy_vocab_order_printed(chy_slice printed, chy_ymd day)
{
	const chy_order *best = NULL;
	uint32_t row = chy_vocab_find(&chy_vocab_order_printed_index, printed);

	/* The rows are in order of their first day. */
	if (row == 0)
		return NULL;
	for (uint32_t i = row - 1; i < chy_vocab_order_count; i++) {
		const chy_order *o = &chy_vocab_order_rows[i];

		if (!chy_slice_eq(o->printed_number, printed))
			continue;
		if (best == NULL || day == 0 || o->from <= day)
			best = o;
	}
	return best;
}

const chy_order *
chy_vocab_order_on(chy_ymd day)
{
	for (uint32_t i = 0; i < chy_vocab_order_count; i++) {
		const chy_order *o = &chy_vocab_order_rows[i];

		if (o->from <= day && (o->to == 0 || day <= o->to))
			return o;
	}
	return NULL;
}

const chy_reason *
chy_vocab_reason(chy_slice scheme, chy_slice code)
{
	char joined[CHY_VOCAB_KEY_MAX], buf[CHY_VOCAB_KEY_MAX];
	chy_slice key;

	if (scheme.len + code.len + 1 > sizeof(joined))
		return NULL;
	memcpy(joined, scheme.ptr, scheme.len);
	joined[scheme.len] = ' ';
	memcpy(joined + scheme.len + 1, code.ptr, code.len);
	key = (chy_slice){ joined, scheme.len + 1 + code.len };
	if (!chy_vocab_fold(key, buf, &key))
		return NULL;
	return FIND(reason, reason, key);
}

/* Capitals without the bytes of `drop`; false if it does not fit. */
static bool
squeeze(chy_slice text, const char *drop, char buf[CHY_VOCAB_KEY_MAX],
    chy_slice *ret_key)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c != '\0' && strchr(drop, c) != NULL)
			continue;
		if (n == CHY_VOCAB_KEY_MAX)
			return false;
		buf[n++] = chy_upper(c);
	}
	*ret_key = (chy_slice){ buf, n };
	return true;
}

const chy_reason *
chy_vocab_reason_printed(chy_slice printed)
{
	char buf[CHY_VOCAB_KEY_MAX];
	chy_slice key;

	if (!squeeze(printed, " ()-", buf, &key))
		return NULL;
	return FIND(reason, reason_printed, key);
}

const chy_exemption *
chy_vocab_exemption(chy_slice code)
{
	char buf[CHY_VOCAB_KEY_MAX];
	chy_slice key;

	if (!squeeze(code, " ()", buf, &key))
		return NULL;
	return FIND(exemption, exemption, key);
}


/* ---- words that names are found by ---- */

const chy_name_word *
chy_vocab_name_word(chy_slice word)
{
	uint32_t hash = chy_slice_hash(word), row;

	/* Asked of every word with a capital, and most are none of them. */
	if ((chy_vocab_name_word_filter[hash >> 22] >> (hash >> 16 & 63) & 1)
	    == 0)
		return NULL;
	row = word.len > CHY_VOCAB_KEY_MAX ? 0 :
	    chy_vocab_find(&chy_vocab_name_word_index, word);
	return row > 0 ? &chy_vocab_name_word_rows[row - 1] : NULL;
}
