/*
 * Telegrams: the walk over the leaves, places, names of values.
 *
 * SPDX-License-Identifier: ISC
 */
#include "telegram/telegram.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "base/compiler.h"
#include "base/utf8.h"

void
chy_telegram_free(chy_telegram *tel)
{
	if (tel == NULL)
		return;
	chy_findings_done(&tel->findings);
	chy_arena_done(&tel->arena);
	free(tel);
}

static const struct {
	const char *name;
	bool	    leaf;
} kinds[CHY_NODE_KIND_COUNT] = {
#define INNER_(kind, text)	[CHY_NODE_##kind] = { text, false },
#define LEAF_(kind, text)	[CHY_NODE_##kind] = { text, true },
	CHY_NODE_KINDS(INNER_, LEAF_)
#undef INNER_
#undef LEAF_
};

bool
chy_node_is_leaf(chy_node_kind kind)
{
	return kinds[kind].leaf;
}

const char *
chy_node_name(chy_node_kind kind)
{
	return kinds[kind].name;
}

bool
chy_leaf_next(const chy_telegram *tel, chy_leaf_walk *walk, chy_leaf *ret)
{
	uint32_t len = (uint32_t)tel->text.len, i = walk->next;

	while (i < tel->n_nodes && !chy_node_is_leaf(
	    (chy_node_kind)tel->nodes[i].kind))
		i++;
	walk->next = i;
	if (walk->off >= len)
		return false;
	if (i < tel->n_nodes && tel->nodes[i].off == walk->off) {
		ret->span = (chy_span){ walk->off, tel->nodes[i].len };
		ret->kind = (chy_node_kind)tel->nodes[i].kind;
		ret->node = i;
		walk->next = i + 1;
	} else {
		uint32_t end = i < tel->n_nodes ? tel->nodes[i].off : len;

		ret->span = (chy_span){ walk->off, end - walk->off };
		ret->kind = CHY_NODE_SPACE;
		ret->node = i;
	}
	walk->off += ret->span.len;
	return true;
}

static const char *const level_names[] = {
	[CHY_LEVEL_NONE] = "",
	[CHY_LEVEL_UNCLASSIFIED] = "UNCLASSIFIED",
	[CHY_LEVEL_LIMITED_OFFICIAL_USE] = "LIMITED OFFICIAL USE",
	[CHY_LEVEL_CONFIDENTIAL] = "CONFIDENTIAL",
	[CHY_LEVEL_SECRET] = "SECRET",
	[CHY_LEVEL_TOP_SECRET] = "TOP SECRET",
};

const char *
chy_level_name(chy_level level)
{
	return level_names[level];
}

chy_level
chy_level_parse(chy_slice word)
{
	static const struct {
		const char *word;
		chy_level   level;
	} short_forms[] = {
		{ "U", CHY_LEVEL_UNCLASSIFIED },
		{ "UNCLAS", CHY_LEVEL_UNCLASSIFIED },
		{ "LOU", CHY_LEVEL_LIMITED_OFFICIAL_USE },
		{ "C", CHY_LEVEL_CONFIDENTIAL },
		{ "S", CHY_LEVEL_SECRET },
		{ "TS", CHY_LEVEL_TOP_SECRET },
	};

	word = chy_slice_trim(word);
	for (size_t i = 0; i < ARRAY_LEN(short_forms); i++)
		if (chy_slice_ieq(word, chy_slice_of(short_forms[i].word)))
			return short_forms[i].level;
	for (size_t i = 1; i < ARRAY_LEN(level_names); i++)
		if (chy_slice_ieq(word, chy_slice_of(level_names[i])))
			return (chy_level)i;
	return CHY_LEVEL_NONE;
}

const char *
chy_basis_name(chy_basis basis)
{
	static const char *const names[] = {
		[CHY_BASIS_NONE] = "none",
		[CHY_BASIS_TEXT] = "text",
		[CHY_BASIS_DERIVED] = "derived",
		[CHY_BASIS_WRAPPER] = "wrapper",
		[CHY_BASIS_FILE_NAME] = "file-name",
		[CHY_BASIS_OPTION] = "option",
	};

	return names[basis];
}

const char *
chy_ref_kind_name(chy_ref_kind kind)
{
	static const char *const names[] = { "telegram", "email", "telephone",
	    "report", "fax", "memo", "meeting", "web", "book", "unknown",
	    "airgram" };

	return names[kind];
}

const char *
chy_ref_fault_name(chy_ref_fault fault)
{
	static const char *const names[] = { "", "no-number", "no-post",
	    "no-year", "separate", "relative", "unreadable" };

	return names[fault];
}

const char *
chy_ref_note_name(unsigned bit)
{
	static const char *const names[CHY_REF_NOTES] = { "previous", "notal",
	    "range", "carried", "own", "repaired", "dtg-derived" };

	return bit < CHY_REF_NOTES ? names[bit] : "";
}

bool
chy_mention_is_of(const chy_telegram *tel, const chy_mention *mention,
    uint32_t reference)
{
	const chy_reference *ref = &tel->references[reference];

	if (mention->reference == reference || mention->all)
		return true;
	if (ref->letter >= 'A' && ref->letter <= 'Z' &&
	    (mention->letters >> (ref->letter - 'A') & 1) != 0)
		return true;
	return mention->value.len > 0 && ref->kind == CHY_REF_TELEGRAM &&
	    chy_slice_eq(mention->value, ref->value);
}

const char *
chy_declass_kind_name(chy_declass_kind kind)
{
	static const char *const names[] = { "none", "date", "event", "review",
	    "exempt", "schedule", "not-applicable", "missing", "unreadable" };

	return names[kind];
}

const char *
chy_block_kind_name(unsigned bit)
{
	static const char *const names[CHY_BLOCK_KINDS] = { "summary",
	    "comment", "note", "action_request", "text", "introduction",
	    "points", "quote", "background" };

	return bit < CHY_BLOCK_KINDS ? names[bit] : "";
}

void
chy_telegram_place(const chy_telegram *tel, uint32_t off,
    uint32_t *ret_line, uint32_t *ret_column)
{
	uint32_t line = 1, start = 0;

	if (off > tel->text.len)
		off = (uint32_t)tel->text.len;
	for (;;) {
		const char *p = memchr(tel->text.ptr + start, '\n',
		    off - start);

		if (p == NULL)
			break;
		start = (uint32_t)(p - tel->text.ptr) + 1;
		line++;
	}
	*ret_line = line;
	*ret_column = (uint32_t)chy_utf8_count(chy_slice_sub(tel->text, start,
	    off - start)) + 1;
}
