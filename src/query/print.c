/*
 * The query as understood.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/ascii.h"
#include "query/query_int.h"

/* A word that would mean something else where it stands. */
static bool
is_operator(chy_slice s)
{
	return chy_slice_ieq(s, CHY_SLICE("and")) ||
	    chy_slice_ieq(s, CHY_SLICE("or")) ||
	    chy_slice_ieq(s, CHY_SLICE("not")) ||
	    chy_slice_istarts(s, CHY_SLICE("near/"));
}

static bool
needs_quotes(chy_slice s)
{
	if (is_operator(s))
		return true;
	for (size_t i = 0; i < s.len; i++)
		if (chy_is_space(s.ptr[i]) || strchr("(){}", s.ptr[i]) != NULL ||
		    chy_query_quote(chy_slice_from(s, i)) > 0)
			return true;
	return false;
}

static void
print_value(chy_buf *out, chy_slice s, bool phrase)
{
	phrase |= needs_quotes(s);
	if (phrase)
		chy_buf_putc(out, '"');
	chy_buf_put(out, s);
	if (phrase)
		chy_buf_putc(out, '"');
}

static void
print_scale(chy_buf *out, const chy_query_node *node,
    chy_slice (*name)(int64_t))
{
	print_value(out, name(node->low), false);
	if (node->low == node->high)
		return;
	chy_buf_puts(out, "..");
	print_value(out, name(node->high), false);
}

static void print(const chy_query_node *node, chy_buf *out, int outer,
    chy_field inside);

static void
print_field(const chy_query_node *node, chy_buf *out)
{
	chy_buf_puts(out, chy_query_field_rows[node->field].name);
	chy_buf_putc(out, ':');
	if (node->pattern != NULL) {
		chy_buf_putc(out, '/');
		chy_buf_put(out, node->typed);
		chy_buf_putc(out, '/');
		return;
	}
	if (node->child != NULL) {
		chy_buf_putc(out, '{');
		print(node->child, out, 0, CHY_FIELD_NONE);
		chy_buf_putc(out, '}');
		return;
	}
	switch (chy_query_field_rows[node->field].kind) {
	case CHY_VALUE_LEVEL:
		print_scale(out, node, chy_query_level_word);
		return;
	case CHY_VALUE_PRECEDENCE:
		print_scale(out, node, chy_query_precedence_word);
		return;
	case CHY_VALUE_DATE:
		chy_date_print(node->low, node->high, out);
		return;
	case CHY_VALUE_TEXT:
	case CHY_VALUE_POST:
	case CHY_VALUE_TAG:
	case CHY_VALUE_MRN:
	case CHY_VALUE_CITED:
	case CHY_VALUE_REF:
	case CHY_VALUE_NAME:
	case CHY_VALUE_WORDS:
	case CHY_VALUE_CAPTION:
	case CHY_VALUE_ACTION:
	case CHY_VALUE_FLAG:
		print_value(out, node->typed, false);
		return;
	}
}

static void
print_words(const chy_query_node *node, chy_buf *out, chy_field inside)
{
	if (node->field != inside) {
		chy_buf_puts(out, chy_query_field_rows[node->field].name);
		chy_buf_putc(out, ':');
	}
	if (node->prefix) {
		/* With its star no word is an operator. */
		chy_buf_put(out, node->text);
		chy_buf_putc(out, '*');
	} else {
		print_value(out, node->text, node->phrase);
		if (node->near > 0)
			chy_buf_printf(out, "~%u", (unsigned)node->near);
	}
}

/* In an operand of `and` an `or` needs parentheses; after not both do. */
static void
print(const chy_query_node *node, chy_buf *out, int outer, chy_field inside)
{
	const char *between = " and ";
	bool open;

	switch (node->kind) {
	case CHY_QUERY_ALL:
		return;
	case CHY_QUERY_WORDS:
		print_words(node, out, inside);
		return;
	case CHY_QUERY_FIELD:
		print_field(node, out);
		return;
	case CHY_QUERY_NOT:
		chy_buf_puts(out, "not ");
		print(node->child, out, 2, inside);
		return;
	case CHY_QUERY_PARA:
		chy_buf_puts(out, "para:(");
		print(node->child, out, 0, CHY_FIELD_BODY);
		chy_buf_putc(out, ')');
		return;
	case CHY_QUERY_OR:
		between = " or ";
		break;
	case CHY_QUERY_AND:
		break;
	}
	open = outer == 2 || (outer == 1 && node->kind == CHY_QUERY_OR);
	if (open)
		chy_buf_putc(out, '(');
	for (const chy_query_node *c = node->child; c != NULL; c = c->next) {
		print(c, out, node->kind == CHY_QUERY_AND ? 1 : 0, inside);
		if (c->next != NULL)
			chy_buf_puts(out, between);
	}
	if (open)
		chy_buf_putc(out, ')');
}

void
chy_query_print(const chy_query_node *node, chy_buf *out)
{
	print(node, out, 0, CHY_FIELD_NONE);
}
