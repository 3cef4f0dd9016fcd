/*
 * The words of kinds, statuses, channels, bases and links.
 *
 * SPDX-License-Identifier: ISC
 */
#include "casework/casework.h"

static const struct kind_row {
	const char *word;
	const char *title;
	char	    letter;
	bool	    owed;
} kind_rows[] = {
#define ITEM(name, word, letter, owed, title) \
	[CHY_ITEM_##name] = { word, title, letter, owed },
#include "casework/kinds.def"
};

static const struct status_row {
	const char *word;
	bool	    open;
} status_rows[] = {
#define ITEM_STATUS(name, word, open)	[CHY_ITEM_##name] = { word, open },
#include "casework/kinds.def"
};

static const char *const channels[CHY_CHANNELS] = {
	[CHY_CHANNEL_ORAL] = "oral",
	[CHY_CHANNEL_WRITTEN] = "written",
	[CHY_CHANNEL_REPORTED] = "reported",
};

static const char *const bases[CHY_DUE_BASES] = {
	[CHY_DUE_NONE] = "none",
	[CHY_DUE_EXPLICIT] = "explicit",
	[CHY_DUE_DERIVED] = "derived",
	[CHY_DUE_ASSUMED] = "assumed",
};

static const char *const links[CHY_LINK_KINDS] = {
	[CHY_LINK_REPEATS] = "repeats",
	[CHY_LINK_CONTRADICTS] = "contradicts",
	[CHY_LINK_ANSWERS] = "answers",
	[CHY_LINK_DEPENDS_ON] = "depends-on",
	[CHY_LINK_VARIANT] = "variant-of",
	[CHY_LINK_PART_OF] = "part-of",
};

const char *
chy_item_kind_name(chy_item_kind kind)
{
	return kind_rows[kind].word;
}

const char *
chy_item_kind_title(chy_item_kind kind)
{
	return kind_rows[kind].title;
}

char
chy_item_kind_letter(chy_item_kind kind)
{
	return kind_rows[kind].letter;
}

bool
chy_item_kind_owed(chy_item_kind kind)
{
	return kind_rows[kind].owed;
}

const char *
chy_item_status_name(chy_item_status status)
{
	return status_rows[status].word;
}

bool
chy_item_status_open(chy_item_status status)
{
	return status_rows[status].open;
}

const char *
chy_channel_name(chy_channel channel)
{
	return channels[channel];
}

const char *
chy_due_basis_name(chy_due_basis basis)
{
	return bases[basis];
}

const char *
chy_link_kind_name(chy_link_kind kind)
{
	return links[kind];
}

/* One parser a table: the word's place in it. */
#define PARSER(function, type, n, word_of)				\
bool									\
function(chy_slice word, type *ret)					\
{									\
	for (int i = 0; i < (int)(n); i++)				\
		if (chy_slice_ieq(word, chy_slice_of(word_of))) {	\
			*ret = (type)i;					\
			return true;					\
		}							\
	return false;							\
}
PARSER(chy_item_kind_parse, chy_item_kind, CHY_ITEM_KINDS, kind_rows[i].word)
PARSER(chy_item_status_parse, chy_item_status, CHY_ITEM_STATUSES,
    status_rows[i].word)
PARSER(chy_channel_parse, chy_channel, CHY_CHANNELS, channels[i])
PARSER(chy_due_basis_parse, chy_due_basis, CHY_DUE_BASES, bases[i])
PARSER(chy_link_kind_parse, chy_link_kind, CHY_LINK_KINDS, links[i])
