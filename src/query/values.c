/*
 * Values of fields: what was typed after the colon, made canonical.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "base/ascii.h"
#include "query/pattern.h"
#include "query/query_int.h"
#include "telegram/telegram.h"
#include "vocab/vocab.h"

#define ROW(name, text, kind, help) { text, CHY_VALUE_##kind, help },
const struct field_row chy_query_field_rows[CHY_FIELD_COUNT] = {
	{ "", CHY_VALUE_TEXT, "the whole telegram" },
	CHY_QUERY_FIELDS(ROW)
};
#undef ROW

#define ROW(name, text, help) [CHY_FLAG_##name] = { text, help },
static const struct {
	const char *name, *help;
} flags[] = {
	CHY_QUERY_FLAGS(ROW)
};
#undef ROW

/* A level as a person may type it; the first of each is how it is shown. */
static const struct {
	const char *word;
	chy_level   level;
} level_words[] = {
	{ "UNCLASSIFIED", CHY_LEVEL_UNCLASSIFIED },
	{ "LOU", CHY_LEVEL_LIMITED_OFFICIAL_USE },
	{ "CONFIDENTIAL", CHY_LEVEL_CONFIDENTIAL },
	{ "SECRET", CHY_LEVEL_SECRET },
	{ "TS", CHY_LEVEL_TOP_SECRET },
	{ "NONE", CHY_LEVEL_NONE },
	{ "UNCLAS", CHY_LEVEL_UNCLASSIFIED },
	{ "U", CHY_LEVEL_UNCLASSIFIED },
	{ "LIMITED OFFICIAL USE", CHY_LEVEL_LIMITED_OFFICIAL_USE },
	{ "C", CHY_LEVEL_CONFIDENTIAL },
	{ "S", CHY_LEVEL_SECRET },
	{ "TOP SECRET", CHY_LEVEL_TOP_SECRET },
	{ "TOPSECRET", CHY_LEVEL_TOP_SECRET },
};

/* One word for each, to show it back. */
static const char *const precedence_words[] = {
	[CHY_PRECEDENCE_ROUTINE] = "ROUTINE",
	[CHY_PRECEDENCE_PRIORITY] = "PRIORITY",
	[CHY_PRECEDENCE_IMMEDIATE] = "IMMEDIATE",
	[CHY_PRECEDENCE_NIACT_IMMEDIATE] = "NIACT",
	[CHY_PRECEDENCE_FLASH] = "FLASH",
	[CHY_PRECEDENCE_EMERGENCY] = "EMERGENCY",
	[CHY_PRECEDENCE_CRITIC] = "CRITIC",
};

static bool
split_range(chy_slice value, chy_slice *ret_low, chy_slice *ret_high)
{
	size_t at = chy_slice_find(value, CHY_SLICE(".."), 0);

	*ret_low = *ret_high = value;
	if (at >= value.len)
		return false;
	*ret_low = chy_slice_trim(chy_slice_sub(value, 0, at));
	*ret_high = chy_slice_trim(chy_slice_from(value, at + 2));
	return true;
}

static bool
parse_level(chy_slice s, int64_t *ret)
{
	for (size_t i = 0; i < ARRAY_LEN(level_words); i++)
		if (chy_slice_ieq(s, chy_slice_of(level_words[i].word))) {
			*ret = level_words[i].level;
			return true;
		}
	return false;
}

static bool
parse_precedence(chy_slice s, int64_t *ret)
{
	chy_precedence v = chy_precedence_from_word(s);

	if (v == CHY_PRECEDENCE_NONE && s.len == 1)
		v = chy_precedence_from_prosign(chy_upper(s.ptr[0]));
	for (int i = 0; i < (int)ARRAY_LEN(precedence_words); i++)
		if (v == CHY_PRECEDENCE_NONE && precedence_words[i] != NULL &&
		    chy_slice_ieq(s, chy_slice_of(precedence_words[i])))
			v = (chy_precedence)i;
	*ret = v;
	return v != CHY_PRECEDENCE_NONE;
}

/* One end of a range of dates; false after an error. */
static bool
date_end(struct parser *p, chy_slice s, size_t off, chy_date_range *ret)
{
	switch (chy_date_parse(s, p->now, ret)) {
	case CHY_DATE_UNDERSTOOD:
		return true;
	case CHY_DATE_AMBIGUOUS:
		bad(p, CHY_ERR_INVALID, off, "day first or month first? write "
		    "it as 1975-03-12 or \"12 Mar 1975\"", s);
		return false;
	case CHY_DATE_NONE:
		break;
	}
	bad(p, CHY_ERR_INVALID, off, "not a date; write 1975, 1975-03, "
	    "1975-03-12, \"12 Mar 75\" or a range such as 1975-03..1975-05",
	    s);
	return false;
}

/* A range of dates; open ends are the ends of time. */
static bool
value_date(struct parser *p, chy_query_node *node, chy_slice value, size_t off)
{
	chy_slice a, b;
	chy_date_range r;

	node->low = INT64_MIN;
	node->high = INT64_MAX;
	(void)split_range(value, &a, &b);
	if (a.len > 0 || b.len == 0) {
		if (!date_end(p, a, off, &r))
			return false;
		node->low = r.first;
	}
	if (b.len > 0) {
		if (!date_end(p, b, off + (size_t)(b.ptr - value.ptr), &r))
			return false;
		node->high = r.last;
	}
	if (node->low > node->high) {
		bad(p, CHY_ERR_INVALID, off, "the range ends before it begins; "
		    "exchange the two dates", CHY_EMPTY);
		return false;
	}
	return true;
}

static bool
value_scale(struct parser *p, chy_query_node *node, chy_slice value, size_t off,
    bool (*parse)(chy_slice, int64_t *), int64_t top, const char *complaint)
{
	chy_slice a, b;
	bool range = split_range(value, &a, &b);

	node->low = range ? 1 : 0;
	node->high = top;
	if ((a.len > 0 && !parse(a, &node->low)) ||
	    (b.len > 0 && !parse(b, &node->high)) ||
	    (a.len == 0 && b.len == 0)) {
		bad(p, CHY_ERR_INVALID, off, complaint, value);
		return false;
	}
	if (node->low > node->high) {
		bad(p, CHY_ERR_INVALID, off, "the range ends before it begins; "
		    "write the lower one first", value);
		return false;
	}
	return true;
}

static bool
value_flag(struct parser *p, chy_query_node *node, chy_slice value, size_t off)
{
	char text[160];
	size_t n = 0;

	for (int i = 0; i < CHY_FLAG_COUNT; i++)
		if (chy_slice_ieq(value, chy_slice_of(flags[i].name))) {
			node->low = node->high = i;
			if (i == CHY_FLAG_OVERDUE)
				node->high = p->now;
			node->typed = chy_slice_of(flags[i].name);
			return true;
		}
	for (int i = 0; i < CHY_FLAG_COUNT; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%s",
		    i == 0 ? "is: knows " : ", ", flags[i].name);
	(void)snprintf(text + n, sizeof(text) - n, "; not");
	bad(p, CHY_ERR_INVALID, off, text, value);
	return false;
}

/* PREL,PGOV: several codes, where one is asked for. A person's tag has a comma
 * too, but no code before it. */
static bool
is_list_of_tags(chy_slice value)
{
	size_t n = 0;

	while (n < value.len && chy_is_alnum(value.ptr[n]))
		n++;
	return n < value.len && chy_vocab_tag(chy_slice_sub(value, 0, n)) !=
	    NULL && (value.ptr[n] == ',' || value.ptr[n] == ' ');
}

/* A code of TAGS, or a country's name for its code. */
static bool
value_tag(struct parser *p, chy_query_node *node, chy_slice value, size_t off)
{
	const chy_tag *row = chy_vocab_tag_by_country(value);
	char buf[CHY_VOCAB_KEY_MAX];
	chy_slice upper;
	size_t n = 0;

	for (; n < value.len && n < sizeof(buf); n++)
		buf[n] = chy_upper(value.ptr[n]);
	upper = (chy_slice){ buf, n };
	if (is_list_of_tags(upper) && row == NULL) {
		bad(p, CHY_ERR_INVALID, off, "one code stands here; repeat the "
		    "field for others, with or between if any will do", value);
		return false;
	}
	if (node->field == CHY_FIELD_GEO && row == NULL && n != 2) {
		bad(p, CHY_ERR_INVALID, off, "not a country; write its name in "
		    "full or its TAGS code", value);
		return false;
	}
	node->text = node->typed = row != NULL && chy_vocab_tag(upper) == NULL ?
	    row->code : keep(p, upper);
	return true;
}

/* "sha:" and digits. */
static bool
value_hash(struct parser *p, chy_query_node *node, chy_slice value, size_t off)
{
	char low[69] = "";
	size_t n = 0;

	for (; n < value.len && n < sizeof(low) - 1; n++)
		low[n] = chy_lower(value.ptr[n]);
	if (value.len < 12 || value.len > 68 || strspn(low + 4,
	    "0123456789abcdef") < value.len - 4) {
		bad(p, CHY_ERR_INVALID, off, "not a hash; write sha: and 8 to "
		    "64 of the digits 0 to 9 and a to f", value);
		return false;
	}
	node->text = node->typed = keep(p, (chy_slice){ low, n });
	return true;
}

/* 08MUSCAT400..425, also with all of the second number: the serials between
 * them. */
static bool
value_mrn_range(struct parser *p, chy_query_node *node, chy_slice a,
    chy_slice b, size_t off)
{
	chy_mrn first, last;
	char key[CHY_MRN_KEY_MAX], typed[2 * CHY_MRN_KEY_MAX];
	chy_slice prefix;
	bool short_end = b.len > 0;
	int n;

	for (size_t i = 0; i < b.len; i++)
		short_end &= chy_is_digit(b.ptr[i]);
	if (!chy_mrn_from_text(a, &first) || b.len == 0)
		goto no_range;
	last = first;
	if (short_end) {
		last.serial = 0;
		for (size_t i = 0; i < b.len && last.serial < 100000000; i++)
			last.serial = last.serial * 10 +
			    (uint32_t)(b.ptr[i] - '0');
	} else if (!chy_mrn_from_text(b, &last)) {
		goto no_range;
	}
	if (last.year != first.year || last.post_len != first.post_len ||
	    memcmp(last.post, first.post, first.post_len) != 0) {
		bad(p, CHY_ERR_INVALID, off, "the two numbers are of other "
		    "posts or years; give two of one series", CHY_EMPTY);
		return false;
	}
	if (last.serial < first.serial) {
		bad(p, CHY_ERR_INVALID, off, "the range ends before it begins; "
		    "exchange the two numbers", CHY_EMPTY);
		return false;
	}
	node->low = first.serial;
	node->high = last.serial;
	prefix = (chy_slice){ key, chy_mrn_key(&first, key) };
	n = snprintf(typed, sizeof(typed), "%.*s..%u", CHY_ARG(prefix),
	    (unsigned)last.serial);
	node->typed = keep(p, (chy_slice){ typed, (size_t)n });
	/* What comes before the serial. */
	while (prefix.len > 0 && chy_is_digit(prefix.ptr[prefix.len - 1]))
		prefix.len--;
	node->text = keep(p, prefix);
	return true;
no_range:
	bad(p, CHY_ERR_INVALID, off, "not a range of numbers; write it as "
	    "08MUSCAT400..425", CHY_EMPTY);
	return false;
}

static bool
value_mrn(struct parser *p, chy_query_node *node, chy_slice value, size_t off)
{
	chy_mrn mrn;
	char key[CHY_MRN_KEY_MAX];
	chy_slice a, b;

	if (chy_slice_istarts(value, CHY_SLICE("sha:")))
		return value_hash(p, node, value, off);
	if (node->field == CHY_FIELD_MRN && split_range(value, &a, &b))
		return value_mrn_range(p, node, a, b, off);
	if (!chy_mrn_from_text(value, &mrn)) {
		bad(p, CHY_ERR_INVALID, off, "not the number of a telegram; "
		    "write year, post and serial, as 08MUSCAT425", value);
		return false;
	}
	node->text = keep(p, (chy_slice){ key, chy_mrn_key(&mrn, key) });
	node->typed = node->text;
	return true;
}

/* A post in any spelling; else a country, for all its posts. */
static bool
value_post(struct parser *p, chy_query_node *node, chy_slice value, size_t off)
{
	char key[CHY_VOCAB_KEY_MAX];
	const chy_tag *country;

	if (value.len >= CHY_VOCAB_KEY_MAX ||
	    chy_post_key(value, 0, key, sizeof(key)) == 0) {
		bad(p, CHY_ERR_INVALID, off, "not the name of a post; write it "
		    "as MUSCAT or \"Embassy Muscat\"", value);
		return false;
	}
	country = chy_vocab_is_post_key(chy_slice_of(key)) ? NULL :
	    chy_vocab_tag_by_country(value);
	if (country != NULL) {
		node->country = true;
		node->text = country->code;
		return true;
	}
	node->text = node->typed = keep(p, chy_slice_of(key));
	return true;
}

bool
chy_query_pattern(struct parser *p, chy_query_node *node, chy_slice pattern,
    size_t off)
{
	chy_value_kind kind = chy_query_field_rows[node->field].kind;
	chy_error why = { .status = CHY_OK };
	chy_status st;

	if (kind != CHY_VALUE_POST && kind != CHY_VALUE_TAG &&
	    kind != CHY_VALUE_MRN && kind != CHY_VALUE_REF &&
	    kind != CHY_VALUE_CAPTION && kind != CHY_VALUE_NAME &&
	    node->field != CHY_FIELD_SUBJECT) {
		bad(p, CHY_ERR_INVALID, off - 1, "no pattern can stand here; "
		    "patterns go with subject, ref, mrn, caption and with posts, "
		    "TAGS and names", CHY_EMPTY);
		return false;
	}
	node->text = node->typed = keep(p, pattern);
	st = chy_pattern_compile(node->text, &p->query->arena, &node->pattern,
	    &why);
	if (st != CHY_OK)
		bad(p, st, off + why.off, why.text, CHY_EMPTY);
	return st == CHY_OK;
}

bool
chy_query_value(struct parser *p, chy_query_node *node, chy_slice value,
    size_t off)
{
	size_t star = chy_slice_find(value, CHY_SLICE("*"), 0);

	if (star < value.len) {
		bad(p, CHY_ERR_INVALID, off + star, "no * in the value of this "
		    "field; for what begins so write a pattern, as from:/^MUS/",
		    CHY_EMPTY);
		return false;
	}
	node->text = node->typed = keep(p, value);
	switch (chy_query_field_rows[node->field].kind) {
	case CHY_VALUE_POST:
		return value_post(p, node, node->text, off);
	case CHY_VALUE_TAG:
		return value_tag(p, node, value, off);
	case CHY_VALUE_DATE:
		return value_date(p, node, value, off);
	case CHY_VALUE_LEVEL:
		return value_scale(p, node, value, off, parse_level,
		    CHY_LEVEL_TOP_SECRET, "not a level; write U, LOU, C, S, TS "
		    "or a range such as C..TS, and captions as in "
		    "caption:NOFORN");
	case CHY_VALUE_PRECEDENCE:
		return value_scale(p, node, value, off, parse_precedence,
		    CHY_PRECEDENCE_CRITIC, "not a precedence; write routine, "
		    "priority, immediate, niact, flash or a range");
	case CHY_VALUE_MRN:
	case CHY_VALUE_CITED:
		return value_mrn(p, node, value, off);
	case CHY_VALUE_FLAG:
		return value_flag(p, node, value, off);
	case CHY_VALUE_ACTION:
		node->low = p->now;
		return true;
	case CHY_VALUE_REF:
	case CHY_VALUE_WORDS:
	case CHY_VALUE_CAPTION:
	case CHY_VALUE_NAME:
	case CHY_VALUE_TEXT:
		return true;
	}
	return true;
}


/* ---- names ---- */

chy_slice
chy_query_level_word(int64_t level)
{
	for (size_t i = 0; i < ARRAY_LEN(level_words); i++)
		if (level_words[i].level == (chy_level)level)
			return chy_slice_of(level_words[i].word);
	return CHY_EMPTY;
}

chy_slice
chy_query_precedence_word(int64_t precedence)
{
	return precedence > 0 &&
	    (size_t)precedence < ARRAY_LEN(precedence_words) ?
	    chy_slice_of(precedence_words[precedence]) : CHY_EMPTY;
}

const char *
chy_field_name(chy_field field)
{
	return field < CHY_FIELD_COUNT ? chy_query_field_rows[field].name :
	    NULL;
}

const char *
chy_field_help(chy_field field)
{
	return field < CHY_FIELD_COUNT ? chy_query_field_rows[field].help :
	    NULL;
}

const char *
chy_query_flag_name(chy_query_flag flag)
{
	return flag < CHY_FLAG_COUNT ? flags[flag].name : NULL;
}

const char *
chy_query_flag_help(chy_query_flag flag)
{
	return flag < CHY_FLAG_COUNT ? flags[flag].help : NULL;
}
