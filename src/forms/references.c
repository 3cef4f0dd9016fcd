/*
 * The REF list: words of one field cut into citations.
 *
 * The field may run over several lines, and page lines may cut it anywhere,
 * even inside a citation; so it is first cut into tokens, then read, and the
 * leaves are put last, in the order of the text.
 *
 * Source: telegram-format 4.9.
 *
 * SPDX-License-Identifier: ISC
 */
#include "forms/reading.h"

#include "telegram/mrn.h"

typedef enum token_kind {
	TOKEN_WORD,		/* letters, also with ' . - / inside */
	TOKEN_NUMBER,
	TOKEN_PUNCT,
	TOKEN_RESIDUE,		/* a page line: no part of the list */
	TOKEN_MARKUP,		/* a pilcrow */
} token_kind;

typedef struct token {
	uint32_t off, len;
	uint8_t	 kind;
	bool	 line_start;	/* first of its line */
	bool	 glued;		/* no blank before it */
} token;

typedef struct list {
	chy_reading *r;
	token	    *at;
	uint32_t     n;
} list;

static chy_slice
text_of(const list *l, uint32_t i)
{
	return (chy_slice){ l->r->p + l->at[i].off, l->at[i].len };
}

static bool
is_punct(const list *l, uint32_t i, char c)
{
	return i < l->n && l->at[i].kind == TOKEN_PUNCT &&
	    l->r->p[l->at[i].off] == c;
}

static bool
word_ieq(const list *l, uint32_t i, const char *word)
{
	return i < l->n && l->at[i].kind == TOKEN_WORD &&
	    chy_slice_ieq(text_of(l, i), chy_slice_of(word));
}

static void
add_token(list *l, token_kind kind, uint32_t from, uint32_t to, bool start,
    bool glued)
{
	token *t = CHY_ADD(l->r, l->at, l->n);

	if (t != NULL)
		*t = (token){ from, to - from, (uint8_t)kind, start, glued };
	else
		l->n = 0;
}

static void
cut_line(list *l, chy_range g)
{
	const char *p = l->r->p;
	uint32_t at = g.from, end;
	bool start = true, glued = false;

	while (at < g.to) {
		char c = p[at];
		token_kind kind = TOKEN_PUNCT;

		end = at + 1;
		if (chy_is_space(c)) {
			at++;
			glued = false;
			continue;
		}
		if (chy_pilcrow(l->r, at)) {
			add_token(l, TOKEN_MARKUP, at, at + 2, start, glued);
			at += 2;
			continue;
		}
		if (chy_is_digit(c)) {
			kind = TOKEN_NUMBER;
			while (end < g.to && chy_is_digit(p[end]))
				end++;
		} else if (chy_is_alpha(c) || (unsigned char)c >= 0x80) {
			kind = TOKEN_WORD;
			while (end < g.to && (chy_is_alpha(p[end]) ||
			    (unsigned char)p[end] >= 0x80 ||
			    (memchr("'-", p[end], 2) != NULL &&
			    end + 1 < g.to && chy_is_alpha(p[end + 1]))))
				end++;
		}
		add_token(l, kind, at, end, start, glued);
		start = false;
		glued = true;
		at = end;
	}
}

/* "B." or "(B)" at the start of the line: the list goes on after a gap. */
static bool
starts_with_letter(const chy_reading *r, chy_range line)
{
	uint32_t at = line.from;
	bool open = false;

	while (chy_pilcrow(r, at))
		at += 2;
	while (at < line.to && chy_is_blank(r->p[at]))
		at++;
	if (at < line.to && r->p[at] == '(') {
		open = true;
		at++;
	}
	if (at + 2 >= line.to || !chy_is_alpha(r->p[at]))
		return false;
	at++;
	return r->p[at] == ')' || (!open && (r->p[at] == '.' ||
	    r->p[at] == ':'));
}

/* The lines of the field; r->line is left on the last of them. */
static void
cut_field(list *l, chy_range first)
{
	chy_reading *r = l->r;
	chy_para_start ps;
	uint32_t lines = 0, n, inside;
	chy_range line = first;

	for (;;) {
		cut_line(l, line);
		if (line.to < chy_line(r, r->line).to ||
		    ++lines > CHY_LIMIT_FIELD_LINES ||
		    l->n >= CHY_LIMIT_REFERENCES * 4 ||
		    r->line + 1 >= r->n_lines)
			return;
		line = chy_line(r, r->line + 1);
		n = 1;
		/* Over an empty line only to another letter; page lines and
		 * the empty lines round them do not count. */
		while (r->line + n < r->n_lines && n < 8) {
			line = chy_line(r, r->line + n);
			if (line.from < line.to && !chy_is_page_line(r, line))
				break;
			n++;
		}
		if (line.from == line.to)
			return;
		if (n > 1 && !starts_with_letter(r, line)) {
			bool page = false;

			for (uint32_t i = 1; i < n; i++)
				page |= chy_is_page_line(r,
				    chy_line(r, r->line + i));
			if (!page)
				return;
		}
		if (chy_label_at(chy_range_text(r, line), &inside) !=
		    CHY_LABEL_NONE || chy_is_rule(chy_range_text(r, line)) ||
		    (chy_para_start_at(r, line, &ps) && (ps.number > 0 ||
		    ps.rest.to - ps.rest.from > 60)) ||
		    chy_is_class_line(r, line) ||
		    chy_slice_istarts(chy_range_text(r, line),
		    CHY_SLICE("SUMMARY")) ||
		    chy_slice_istarts(chy_range_text(r, line),
		    CHY_SLICE("BEGIN SUMMARY")))
			return;
		for (uint32_t i = 1; i < n; i++) {
			chy_range page = chy_line(r, r->line + i);

			if (page.from < page.to)
				add_token(l, TOKEN_RESIDUE, page.from, page.to,
				    true, false);
		}
		if (chy_label_inside(chy_range_text(r, line), 0, &inside) !=
		    CHY_LABEL_NONE)
			line.to = line.from + inside;
		r->line += n;
	}
}

/* ---- reading the tokens ---- */

/* The next token that belongs to the list. */
static uint32_t
next(const list *l, uint32_t i)
{
	while (i < l->n && (l->at[i].kind == TOKEN_RESIDUE ||
	    l->at[i].kind == TOKEN_MARKUP))
		i++;
	return i;
}

/* A. A) (A) (A or A: - the letter, and the token after the label. */
static char
label_at(const list *l, uint32_t i, uint32_t *ret_next)
{
	uint32_t at = next(l, i);
	bool open = is_punct(l, at, '(');
	char c;

	if (open)
		at = next(l, at + 1);
	if (at >= l->n || l->at[at].kind != TOKEN_WORD || l->at[at].len != 1)
		return 0;
	c = chy_upper(l->r->p[l->at[at].off]);
	if (!chy_is_upper(c))
		return 0;
	at = next(l, at + 1);
	if (is_punct(l, at, ')')) {
		*ret_next = at + 1;
		if (is_punct(l, next(l, at + 1), '.'))
			*ret_next = next(l, at + 1) + 1;
		return c;
	}
	if (!open && (is_punct(l, at, '.') || is_punct(l, at, ':'))) {
		/* "U.S. ..." is no label: the next letter is glued to it */
		if (at + 2 < l->n && l->at[at + 1].kind == TOKEN_WORD &&
		    l->at[at + 1].glued && l->at[at + 1].len == 1)
			return 0;
		*ret_next = at + 1;
		return c;
	}
	return 0;
}

/* A letter without a sign after it, at a line's start or after the first
 * label: "A. X 1 B Y 2". Accepted only if it is the one expected. */
static char
bare_label_at(const list *l, uint32_t i, char expected)
{
	char c;

	if (i >= l->n || l->at[i].kind != TOKEN_WORD || l->at[i].len != 1)
		return 0;
	c = l->r->p[l->at[i].off];
	return c == expected ? c : 0;
}

#define POST_WORDS	4u

typedef struct citation {
	chy_mrn	 mrn;
	uint32_t first, last;	/* tokens */
	bool	 year_printed;
} citation;

static uint32_t
number_of(const list *l, uint32_t i)
{
	uint32_t v = 0;

	for (uint32_t k = 0; k < l->at[i].len && k < 9; k++)
		v = v * 10 + (uint32_t)(l->r->p[l->at[i].off + k] - '0');
	return v;
}

static bool
is_serial(const list *l, uint32_t i)
{
	return i < l->n && l->at[i].kind == TOKEN_NUMBER &&
	    l->at[i].len <= 8;
}

/* The post is one that a table knows, under any of its names. */
static bool
known_post(const chy_mrn *mrn)
{
	chy_slice key = { mrn->post, mrn->post_len };
	chy_slice alias = chy_vocab_mrn_alias(key, mrn->year);

	return chy_vocab_is_post_key(key) || chy_vocab_is_post_key(alias) ||
	    (!chy_slice_eq(key, alias));
}

static bool
is_month_or_filler(chy_slice w)
{
	static const chy_slice words[] = {
		CHY_LIT("DATED"), CHY_LIT("OF"), CHY_LIT("AND"),
		CHY_LIT("THE"), CHY_LIT("FROM"), CHY_LIT("TO"), CHY_LIT("ON"),
		CHY_LIT("EMAIL"), CHY_LIT("E-MAIL"), CHY_LIT("E-MAILS"),
		CHY_LIT("EMAILS"), CHY_LIT("IIR"), CHY_LIT("FAX"),
		CHY_LIT("MEMO"), CHY_LIT("MEMCON"), CHY_LIT("TELCON"),
		CHY_LIT("CABLE"), CHY_LIT("REPORT"), CHY_LIT("FAM"),
		CHY_LIT("FAH"), CHY_LIT("LETTER"), CHY_LIT("MEETING"),
		CHY_LIT("CALL"), CHY_LIT("NO"), CHY_LIT("NR"),
		CHY_LIT("ALDAC"), CHY_LIT("UNSCR"), CHY_LIT("RESOLUTION"),
		CHY_LIT("PARA"), CHY_LIT("PARAS"), CHY_LIT("PARAGRAPH"),
		CHY_LIT("PARAGRAPHS"), CHY_LIT("REF"), CHY_LIT("REFTEL"),
		CHY_LIT("NOTAL"), CHY_LIT("SECTION"), CHY_LIT("CA"),
		CHY_LIT("PREVIOUS"), CHY_LIT("GULF"), CHY_LIT("SEPTEL"),
		CHY_LIT("DTG"), CHY_LIT("CFR"), CHY_LIT("USC"),
		CHY_LIT("ANNEX"), CHY_LIT("ARTICLE"), CHY_LIT("VERSION"),
		CHY_LIT("PART"),
	};

	if (chy_month_parse(w) != 0)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (chy_slice_ieq(w, words[i]))
			return true;
	return false;
}

/*
 * [yy] POST WORDS serial at token i. The longest post that a table knows;
 * else the words up to the number if they could be a post's name.
 */
static bool
citation_at(const list *l, uint32_t i, citation *ret)
{
	citation c = { .first = i };
	char words[96];
	size_t n = 0;
	uint32_t at = i, count = 0, best_at = 0;

	c.mrn.year = l->r->tel->year;
	/* '08 and 2008 too */
	if (is_punct(l, at, '\''))
		at = next(l, at + 1);
	if (at < l->n && l->at[at].kind == TOKEN_NUMBER &&
	    (l->at[at].len == 2 || (l->at[at].len == 4 &&
	    number_of(l, at) >= 1960 && number_of(l, at) < 2066))) {
		c.mrn.year = chy_mrn_year(number_of(l, at));
		c.year_printed = true;
		at = next(l, at + 1);
	}
	while (at < l->n && l->at[at].kind == TOKEN_WORD &&
	    count < POST_WORDS) {
		chy_slice w = text_of(l, at);
		uint32_t after = next(l, at + 1);

		if (is_month_or_filler(w) || n + w.len + 1 >= sizeof(words) ||
		    (w.len == 1 && count == 0))
			break;
		if (n > 0)
			words[n++] = ' ';
		memcpy(words + n, w.ptr, w.len);
		n += w.len;
		count++;
		if (is_punct(l, after, '.') && l->at[after].glued &&
		    w.len <= 3)
			after = next(l, after + 1);	/* ST. PETERSBURG */
		at = after;
		if (is_serial(l, at)) {
			best_at = at;
			break;
		}
	}
	if (best_at == 0 || n == 0)
		return false;
	if (!chy_mrn_set_post(&c.mrn, (chy_slice){ words, n }) ||
	    c.mrn.post_len < 3)
		return false;
	if (!known_post(&c.mrn)) {
		chy_mrn fixed = c.mrn;

		if (!chy_mrn_canonicalize(&fixed)) {
			/* A name no table has: capitals, and not a year or a
			 * day behind it. */
			for (size_t k = 0; k < n; k++)
				if (chy_is_lower(words[k]))
					return false;
			if (count > 2 && !c.year_printed)
				return false;
		}
	}
	c.mrn.serial = number_of(l, best_at);
	c.last = best_at;
	*ret = c;
	return true;
}

static void
put_reference(list *l, const citation *c, char letter, chy_slice text)
{
	chy_telegram *tel = l->r->tel;
	chy_mrn mrn = c->mrn;
	char key[CHY_MRN_KEY_MAX];
	size_t n;
	chy_reference *row;

	if (tel->n_references >= CHY_LIMIT_REFERENCES)
		return;
	chy_mrn_canonicalize(&mrn);
	n = chy_mrn_key(&mrn, key);
	row = CHY_ADD(l->r, tel->references, tel->n_references);
	if (row == NULL)
		return;
	row->value = mrn.year != 0 ? chy_arena_copy(&tel->arena,
	    (chy_slice){ key, n }) : CHY_EMPTY;
	row->text = text;
	row->kind = CHY_REF_TELEGRAM;
	row->letter = letter;
	row->year_printed = c->year_printed;
}

/* From the first byte of token a to the end of token b, cleaned. */
static chy_slice
words_between(list *l, uint32_t a, uint32_t b)
{
	return chy_keep_clean(l->r, (chy_range){ l->at[a].off,
	    l->at[b].off + l->at[b].len });
}

/* The kind of document that words speak of. */
static chy_ref_kind
kind_of(chy_slice s)
{
	static const struct {
		chy_slice    word;
		chy_ref_kind kind;
	} words[] = {
		{ CHY_LIT("E-MAIL"), CHY_REF_EMAIL }, { CHY_LIT("EMAIL"), CHY_REF_EMAIL },
		{ CHY_LIT("E MAIL"), CHY_REF_EMAIL },
		{ CHY_LIT("TELCON"), CHY_REF_TELEPHONE }, { CHY_LIT("PHONE"), CHY_REF_TELEPHONE },
		{ CHY_LIT("PHONCON"), CHY_REF_TELEPHONE }, { CHY_LIT("FONECON"), CHY_REF_TELEPHONE }, { CHY_LIT("CALL"), CHY_REF_TELEPHONE },
		{ CHY_LIT("WWW."), CHY_REF_WEB }, { CHY_LIT("HTTP"), CHY_REF_WEB },
		{ CHY_LIT("WEBSITE"), CHY_REF_WEB }, { CHY_LIT("INTRANET"), CHY_REF_WEB },
		{ CHY_LIT(" FAX"), CHY_REF_FAX }, { CHY_LIT("FAXED"), CHY_REF_FAX },
		{ CHY_LIT("FACSIMILE"), CHY_REF_FAX },
		{ CHY_LIT("IIR"), CHY_REF_REPORT }, { CHY_LIT("REPORT"), CHY_REF_REPORT },
		{ CHY_LIT("TD-"), CHY_REF_REPORT }, { CHY_LIT("TDX"), CHY_REF_REPORT },
		{ CHY_LIT("DIA "), CHY_REF_REPORT },
		{ CHY_LIT("MEMCON"), CHY_REF_MEMO }, { CHY_LIT("MEMO"), CHY_REF_MEMO },
		{ CHY_LIT("LETTER"), CHY_REF_MEMO }, { CHY_LIT("NON-PAPER"), CHY_REF_MEMO },
		{ CHY_LIT("NONPAPER"), CHY_REF_MEMO }, { CHY_LIT("DIPLOMATIC NOTE"), CHY_REF_MEMO }, { CHY_LIT("DIPNOTE"), CHY_REF_MEMO },
		{ CHY_LIT("MEETING"), CHY_REF_MEETING }, { CHY_LIT("CONVERSATION"), CHY_REF_MEETING }, { CHY_LIT("DISCUSSION"), CHY_REF_MEETING },
		{ CHY_LIT("SVTC"), CHY_REF_MEETING }, { CHY_LIT("DVC"), CHY_REF_MEETING },
		{ CHY_LIT(" FAM "), CHY_REF_BOOK }, { CHY_LIT(" FAH"), CHY_REF_BOOK },
		{ CHY_LIT("BOOK"), CHY_REF_BOOK }, { CHY_LIT(" CFR "), CHY_REF_BOOK },
		{ CHY_LIT("U.S.C"), CHY_REF_BOOK }, { CHY_LIT("USC "), CHY_REF_BOOK },
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		chy_slice w = words[i].word;

		for (size_t at = 0; at + w.len <= s.len; at++)
			if (chy_slice_istarts(chy_slice_from(s, at), w))
				return words[i].kind;
	}
	return CHY_REF_UNKNOWN;
}

/* Words that only join citations. */
static bool
is_joint(const list *l, uint32_t i)
{
	return word_ieq(l, i, "AND") || word_ieq(l, i, "ET") ||
	    word_ieq(l, i, "SEE") || word_ieq(l, i, "ALSO") ||
	    word_ieq(l, i, "NOTAL") || (i < l->n &&
	    l->at[i].kind == TOKEN_PUNCT);
}

/* What follows a citation in parentheses: (NOTAL), (EXDIS), (S/NF). */
static uint32_t
skip_parenthesis(list *l, uint32_t i)
{
	uint32_t at = next(l, i);

	if (!is_punct(l, at, '('))
		return i;
	for (uint32_t k = at + 1; k < l->n && k < at + 12; k++) {
		if (is_punct(l, k, '('))
			return i;
		if (!is_punct(l, k, ')'))
			continue;
		if (k == at + 2 && l->at[at + 1].kind == TOKEN_WORD &&
		    l->at[at + 1].len == 1 && !(chy_mark_len(words_between(l,
		    at, k)) > 0 && !is_serial(l, k + 1)))
			return i;	/* (B): the next label */
		if (k == at + 2 && l->at[at + 1].len == 1) {
			/* (C) may be a mark or a label: a label is followed
			 * by a citation */
			citation c;

			if (citation_at(l, next(l, k + 1), &c))
				return i;
		}
		return k + 1;
	}
	return i;
}

typedef struct run {
	uint32_t first, last;	/* tokens of an entry */
	uint32_t refs;		/* references before it */
} run;

static void
put_other(list *l, uint32_t a, uint32_t b, char letter)
{
	chy_telegram *tel = l->r->tel;
	chy_slice text = words_between(l, a, b);
	chy_reference *row;

	while (text.len > 0 && (text.ptr[text.len - 1] == ',' ||
	    text.ptr[text.len - 1] == ';'))
		text = chy_slice_trim(chy_slice_sub(text, 0, text.len - 1));
	if (text.len == 0 || tel->n_references >= CHY_LIMIT_REFERENCES ||
	    chy_slice_ieq(text, CHY_SLICE("NONE")) ||
	    chy_slice_ieq(text, CHY_SLICE("N/A")))
		return;
	row = CHY_ADD(l->r, tel->references, tel->n_references);
	if (row == NULL)
		return;
	row->value = text;
	row->text = text;
	row->letter = letter;
	row->kind = kind_of(text);
}

/* More serials of the same post: "1234 AND 1235", "1, 2", "26/27". */
static uint32_t
read_more_serials(list *l, uint32_t i, citation *c, char letter)
{
	for (;;) {
		uint32_t at = next(l, i), num;
		citation other;

		if (!is_punct(l, at, ',') && !is_punct(l, at, '/') &&
		    !is_punct(l, at, '&') && !word_ieq(l, at, "AND") &&
		    !is_punct(l, at, ';'))
			return i;
		num = next(l, at + 1);
		if (word_ieq(l, num, "AND"))
			num = next(l, num + 1);
		if (!is_serial(l, num) || citation_at(l, num, &other))
			return i;
		/* A number that belongs to what follows: "AND 3 FAM" */
		if (next(l, num + 1) < l->n &&
		    l->at[next(l, num + 1)].kind == TOKEN_WORD &&
		    !word_ieq(l, next(l, num + 1), "AND") &&
		    l->at[next(l, num + 1)].len > 1 && l->at[num].len <= 2)
			return i;
		c->mrn.serial = number_of(l, num);
		put_reference(l, c, letter, words_between(l, num, num));
		i = skip_parenthesis(l, num + 1);
	}
}

/* A remark behind a citation, after dashes: "--05/DEC/2008". */
static uint32_t
skip_remark(const list *l, uint32_t i)
{
	uint32_t at = next(l, i), label;

	if (!is_punct(l, at, '-') || !is_punct(l, next(l, at + 1), '-'))
		return i;
	while (at < l->n && !l->at[at].line_start &&
	    label_at(l, at, &label) == 0)
		at++;
	return at;
}

static void
read_list(list *l)
{
	char letter = 0, c;
	uint32_t i = 0, other_from = UINT32_MAX, after;
	citation cite;

	while ((i = next(l, i)) < l->n) {
		c = label_at(l, i, &after);
		if (c == 0 && letter != 0 &&
		    (c = bare_label_at(l, i, (char)(letter + 1))) != 0 &&
		    citation_at(l, next(l, i + 1), &cite))
			after = i + 1;
		else if (c != 0 && letter != 0 && other_from != UINT32_MAX &&
		    c != letter + 1 && !l->at[i].line_start)
			c = 0;		/* an initial inside words */
		else if (c != 0 && letter != 0 &&
		    bare_label_at(l, i, (char)(letter + 1)) != 0 &&
		    label_at(l, i, &after) == 0)
			c = 0;
		if (c != 0) {
			if (other_from != UINT32_MAX)
				put_other(l, other_from, i - 1, letter);
			other_from = UINT32_MAX;
			letter = c;
			i = after;
			continue;
		}
		if (citation_at(l, i, &cite)) {
			if (other_from != UINT32_MAX)
				put_other(l, other_from, i - 1, letter);
			other_from = UINT32_MAX;
			after = skip_parenthesis(l, cite.last + 1);
			put_reference(l, &cite, letter, words_between(l, i,
			    cite.last));
			i = read_more_serials(l, after, &cite, letter);
			i = skip_remark(l, i);
			continue;
		}
		if (is_punct(l, i, ';') && other_from != UINT32_MAX) {
			put_other(l, other_from, i - 1, letter);
			other_from = UINT32_MAX;
		} else if (other_from == UINT32_MAX && !is_joint(l, i)) {
			other_from = i;
		}
		i++;
	}
	if (other_from != UINT32_MAX)
		put_other(l, other_from, l->n - 1, letter);
}

/* Leaves for all tokens, joined where nothing but blanks is between. */
static void
put_leaves(list *l)
{
	for (uint32_t i = 0; i < l->n;) {
		uint32_t j = i, end = l->at[i].off + l->at[i].len;
		chy_node_kind kind = CHY_NODE_CITATION;

		if (l->at[i].kind == TOKEN_RESIDUE)
			kind = CHY_NODE_RESIDUE;
		else if (l->at[i].kind == TOKEN_MARKUP)
			kind = CHY_NODE_MARKUP;
		if (kind == CHY_NODE_CITATION)
			while (j + 1 < l->n &&
			    l->at[j + 1].kind != TOKEN_RESIDUE &&
			    l->at[j + 1].kind != TOKEN_MARKUP &&
			    !l->at[j + 1].line_start)
				j++, end = l->at[j].off + l->at[j].len;
		if (kind == CHY_NODE_MARKUP && l->r->pilcrows++ == 0)
			l->r->first_pilcrow = l->at[i].off;
		chy_leaf_put(l->r, kind, (chy_range){ l->at[i].off, end }, 0);
		i = j + 1;
	}
}

void
chy_read_references(chy_reading *r, chy_range g, uint32_t label_len)
{
	list l = { .r = r };
	chy_range rest = { g.from + label_len, g.to };

	chy_open(r, CHY_NODE_REF_LINE, 0);
	chy_leaf_put(r, CHY_NODE_KEYWORD,
	    (chy_range){ g.from, g.from + label_len }, 0);
	cut_field(&l, chy_range_trim(r, rest));
	read_list(&l);
	put_leaves(&l);
	chy_close(r);
}
