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

/* One citation of a telegram, before it is put. */
typedef struct citation {
	chy_mrn	  mrn;
	uint32_t  first, last;	/* tokens */
	unsigned  notes;
	bool	  year_printed;
	chy_slice dtg, sender;
	chy_civil dtg_civil;
} citation;

typedef struct list {
	chy_reading *r;
	token	    *at;
	uint32_t     n;		/* tokens; all have leaves */
	citation     last;	/* what a number alone goes on from */
	bool	     has_last;
	bool	     relabelled; /* A. (A) ...: letters were put before */
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
#define RANGE_MAX	100u	/* numbers of one range */
#define SENDER_TOKENS	20u	/* between a sender and its time */

static uint32_t
number_of(const list *l, uint32_t i)
{
	uint32_t v = 0;

	for (uint32_t k = 0; k < l->at[i].len && k < 9; k++)
		v = v * 10 + (uint32_t)(l->r->p[l->at[i].off + k] - '0');
	return v;
}

static bool
is_number(const list *l, uint32_t i)
{
	return i < l->n && l->at[i].kind == TOKEN_NUMBER;
}

static bool
is_month(const list *l, uint32_t i)
{
	return i < l->n && l->at[i].kind == TOKEN_WORD &&
	    chy_month_parse(text_of(l, i)) != 0;
}

/* Letters that stand for digits: O1684, 1O684. */
static bool
is_damaged_digit(const list *l, uint32_t i)
{
	chy_slice s;

	if (i >= l->n || l->at[i].kind != TOKEN_WORD || l->at[i].len > 2)
		return false;
	s = text_of(l, i);
	for (size_t k = 0; k < s.len; k++)
		if (s.ptr[k] != 'O' && s.ptr[k] != 'o')
			return false;
	return true;
}

/* 12/14/07, 12 MAY, 121200Z: digits that are no serial. */
static bool
is_date_at(const list *l, uint32_t i)
{
	uint32_t a = next(l, i + 1), b = next(l, a + 1), c = next(l, b + 1);

	if (l->at[i].len == 6 && a < l->n && l->at[a].kind == TOKEN_WORD &&
	    chy_upper(l->r->p[l->at[a].off]) == 'Z' && (l->at[a].len == 1 ||
	    chy_month_parse(chy_slice_from(text_of(l, a), 1)) != 0))
		return true;
	if (l->at[i].len > 2)
		return false;
	if (is_month(l, a))
		return true;
	return is_punct(l, a, '/') && is_number(l, b) && l->at[b].len <= 2 &&
	    is_punct(l, c, '/') && is_number(l, next(l, c + 1));
}

/*
 * The serial at token i, and its last token. Letters O in it are zeros.
 */
static bool
serial_at(const list *l, uint32_t i, uint32_t *ret, uint32_t *ret_last,
    bool *ret_mended)
{
	uint32_t v = 0, digits = 0, at = i;
	bool mended = false, any = false;

	while (at < l->n && (at == i || l->at[at].glued) &&
	    (is_number(l, at) || is_damaged_digit(l, at))) {
		bool letters = !is_number(l, at);

		for (uint32_t k = 0; k < l->at[at].len && digits < 9; k++)
			v = v * 10 + (letters ? 0 : (uint32_t)
			    (l->r->p[l->at[at].off + k] - '0')), digits++;
		mended |= letters;
		any |= !letters;
		at++;
	}
	if (!any || digits > 8 || (is_number(l, i) && is_date_at(l, i)))
		return false;
	/* An O that more letters follow is a word's. */
	if (mended && at < l->n && l->at[at].glued &&
	    l->at[at].kind == TOKEN_WORD)
		return false;
	*ret = v;
	*ret_last = at - 1;
	*ret_mended = mended;
	return true;
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
		CHY_LIT("PART"), CHY_LIT("POINTS"), CHY_LIT("POINT"),
		CHY_LIT("REFS"), CHY_LIT("REFTELS"), CHY_LIT("TELEGRAM"),
		CHY_LIT("SEE"), CHY_LIT("ALSO"), CHY_LIT("THRU"),
		CHY_LIT("THROUGH"), CHY_LIT("LETTERS"), CHY_LIT("MEETINGS"),
		CHY_LIT("REPORTS"), CHY_LIT("NOTE"), CHY_LIT("TD"),
		CHY_LIT("TDX"),
	};

	if (chy_month_parse(w) != 0)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (chy_slice_ieq(w, words[i]))
			return true;
	return false;
}

/* ---- whose telegram ---- */

static chy_slice
own_post(const list *l)
{
	const chy_originator *o = &l->r->tel->originator;
	const chy_post *post = o->post.len > 0 ? NULL :
	    chy_vocab_post_by_plad(o->plad);

	return post != NULL ? post->mrn_name : o->post;
}

/* The post of the one action addressee; empty where there are more. */
static chy_slice
addressed_post(const list *l)
{
	const chy_telegram *tel = l->r->tel;
	const chy_addressee *to = NULL;
	const chy_post *post;

	for (uint32_t i = 0; i < tel->n_addressees; i++) {
		if (tel->addressees[i].role != CHY_ROLE_ACTION)
			continue;
		if (to != NULL)
			return CHY_EMPTY;	/* whose, of several */
		to = &tel->addressees[i];
	}
	post = to != NULL ? chy_vocab_post_by_plad(to->plad) : NULL;
	return post != NULL ? post->mrn_name : CHY_EMPTY;
}

/* The initials of our own post, or the beginning of its name: BA 427 and RIO
 * 346 in telegrams of Buenos Aires and Rio de Janeiro. */
static bool
is_short_for(chy_slice w, chy_slice post)
{
	size_t n = 0;
	bool blank = false, start = true;

	for (size_t i = 0; i < post.len; i++) {
		if (post.ptr[i] == ' ') {
			blank = start = true;
			continue;
		}
		if (start && (n >= w.len ||
		    chy_upper(w.ptr[n]) != chy_upper(post.ptr[i])))
			n = SIZE_MAX / 2;
		n += start;
		start = false;
	}
	if (blank && n == w.len)
		return true;
	return w.len >= 3 && post.len > w.len &&
	    (post.ptr[w.len] == ' ' || w.len >= 4) &&
	    chy_slice_istarts(post, w);
}

/* DEPTEL is the department's, EMBTEL and OURTEL ours, URTEL of the one that
 * is addressed. Empty: no such word, or not to be known. */
static chy_slice
post_by_relation(const list *l, chy_slice w)
{
	static const chy_slice ours[] = { CHY_LIT("EMBTEL"),
		CHY_LIT("EMBTELS"), CHY_LIT("OURTEL"), CHY_LIT("OURTELS"),
		CHY_LIT("CONTEL"), CHY_LIT("CONGENTEL"), CHY_LIT("MYTEL"),
		CHY_LIT("MISTEL") };

	if (chy_slice_ieq(w, CHY_SLICE("DEPTEL")) ||
	    chy_slice_ieq(w, CHY_SLICE("DEPTELS")) ||
	    chy_slice_ieq(w, CHY_SLICE("STATETEL")))
		return CHY_SLICE("STATE");
	for (size_t i = 0; i < ARRAY_LEN(ours); i++)
		if (chy_slice_ieq(w, ours[i]) &&
		    !chy_slice_ieq(own_post(l), CHY_SLICE("STATE")))
			return own_post(l);
	if (!chy_slice_ieq(w, CHY_SLICE("URTEL")) &&
	    !chy_slice_ieq(w, CHY_SLICE("URTELS")) &&
	    !chy_slice_ieq(w, CHY_SLICE("EMBTEL")) &&
	    !chy_slice_ieq(w, CHY_SLICE("EMBTELS")))
		return CHY_EMPTY;
	return addressed_post(l);
}

/* Words to a post; false where they are none's. */
static bool
set_post(const list *l, citation *c, chy_slice words, uint32_t count)
{
	chy_slice other = count == 1 ? post_by_relation(l, words) : CHY_EMPTY;
	chy_mrn fixed;

	if (other.len > 0) {
		c->notes |= CHY_REF_OWN;
		return chy_mrn_set_post(&c->mrn, other);
	}
	if (!chy_mrn_set_post(&c->mrn, words))
		return false;
	if (c->mrn.post_len >= 3 && known_post(&c->mrn))
		return true;
	for (int k = 0; count == 1 && k < 2; k++) {
		chy_slice post = k == 0 ? own_post(l) : addressed_post(l);

		if (post.len > 0 && is_short_for(words, post)) {
			c->notes |= CHY_REF_OWN;
			return chy_mrn_set_post(&c->mrn, post);
		}
	}
	if (c->mrn.post_len < 3)
		return false;
	fixed = c->mrn;
	if (chy_mrn_canonicalize(&fixed)) {
		c->notes |= CHY_REF_REPAIRED;
		return true;
	}
	/* A name no table has: capitals. */
	for (size_t k = 0; k < words.len; k++)
		if (chy_is_lower(words.ptr[k]))
			return false;
	return count <= 2 || c->year_printed;
}

/* 08, 2008, '08 and (08) before a post: the token after it, else i. */
static uint32_t
year_at(const list *l, uint32_t i, int32_t *ret)
{
	uint32_t at = i;
	bool open = is_punct(l, at, '(');

	if (open || is_punct(l, at, '\''))
		at = next(l, at + 1);
	if (!is_number(l, at) || (l->at[at].len != 2 &&
	    (l->at[at].len != 4 || number_of(l, at) < 1960 ||
	    number_of(l, at) >= 2066)))
		return i;
	*ret = chy_mrn_year(number_of(l, at));
	at = next(l, at + 1);
	if (open && !is_punct(l, at, ')'))
		return i;
	return open ? next(l, at + 1) : at;
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
	uint32_t at, count = 0;
	bool found = false, mended = false;

	c.mrn.year = l->r->tel->year;
	at = year_at(l, i, &c.mrn.year);
	c.year_printed = at != i;
	/* MUSCAT '08 425 and the like are not met; 2008 MUSCAT 425 is. */
	while (at < l->n && l->at[at].kind == TOKEN_WORD &&
	    count < POST_WORDS) {
		chy_slice w = text_of(l, at);
		uint32_t after = next(l, at + 1);

		if ((is_month_or_filler(w) && !(word_ieq(l, at, "THE") &&
		    word_ieq(l, after, "HAGUE"))) ||
		    n + w.len + 1 >= sizeof(words) ||
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
		/* STATE NO. 425, STATE NR 425 */
		if (word_ieq(l, at, "NO") || word_ieq(l, at, "NR")) {
			uint32_t num = next(l, at + 1);

			if (is_punct(l, num, '.'))
				num = next(l, num + 1);
			if (is_number(l, num) && chy_mrn_set_post(&c.mrn,
			    (chy_slice){ words, n }) && known_post(&c.mrn))
				at = num;
		}
		if (serial_at(l, at, &c.mrn.serial, &c.last, &mended)) {
			found = true;
			break;
		}
	}
	if (!found || n == 0 || c.mrn.serial == 0 ||
	    !set_post(l, &c, (chy_slice){ words, n }, count))
		return false;
	/* 3/23 behind a name that no table has is a day. */
	at = next(l, c.last + 1);
	if (!known_post(&c.mrn) && (c.notes & CHY_REF_REPAIRED) == 0 &&
	    c.mrn.serial <= 12 && is_punct(l, at, '/'))
		return false;
	if (mended)
		c.notes |= CHY_REF_REPAIRED;
	*ret = c;
	return true;
}


/* ---- sender and date-time group ---- */

/*
 * 121200Z MAY 07 at token i: the token after it, else i. What is not printed
 * of month and year is the last before the telegram's own.
 */
static uint32_t
dtg_at(const list *l, uint32_t i, chy_civil *ret, bool *ret_derived)
{
	const chy_telegram *tel = l->r->tel;
	uint32_t at = next(l, i + 1), v, month = 0;
	chy_civil c = { 0 };
	chy_slice w;

	if (!is_number(l, i))
		return i;
	v = number_of(l, i);
	if (l->at[i].len == 2 && is_punct(l, at, '/') &&
	    is_number(l, at + 1) && l->at[at + 1].len == 4) {
		v = v * 10000 + number_of(l, at + 1);	/* 12/1200Z */
		at = next(l, at + 2);
	} else if (l->at[i].len != 6) {
		return i;
	}
	if (at >= l->n || l->at[at].kind != TOKEN_WORD)
		return i;
	w = text_of(l, at);
	if (chy_upper(w.ptr[0]) != 'Z' || (w.len > 1 &&
	    chy_month_parse(chy_slice_from(w, 1)) == 0))
		return i;
	if (w.len > 1)
		month = (uint32_t)chy_month_parse(chy_slice_from(w, 1));
	at = next(l, at + 1);
	if (month == 0 && is_month(l, at)) {
		month = (uint32_t)chy_month_parse(text_of(l, at));
		at = next(l, at + 1);
	}
	c.day = (uint8_t)(v / 10000);
	c.hour = (uint8_t)(v / 100 % 100);
	c.minute = (uint8_t)(v % 100);
	c.month = (uint8_t)month;
	*ret_derived = true;
	if (month != 0 && is_number(l, at) && (l->at[at].len == 2 ||
	    l->at[at].len == 4)) {
		c.year = chy_mrn_year(number_of(l, at));
		at = next(l, at + 1);
		*ret_derived = false;
	} else if (tel->dtg_civil.year != 0) {
		c.year = tel->dtg_civil.year;
		if (month == 0) {
			c.month = tel->dtg_civil.month;
			if (c.day > tel->dtg_civil.day && --c.month == 0) {
				c.month = 12;
				c.year--;
			}
		} else if (c.month > tel->dtg_civil.month) {
			c.year--;
		}
	}
	if (!chy_civil_valid(c))
		return i;
	*ret = c;
	return at;
}

/* From the first byte of token a to the end of token b, cleaned. */
static chy_slice
words_between(list *l, uint32_t a, uint32_t b)
{
	return chy_keep_clean(l->r, (chy_range){ l->at[a].off,
	    l->at[b].off + l->at[b].len });
}

static bool
is_dtg_word(const list *l, uint32_t i)
{
	return word_ieq(l, i, "DTG") || word_ieq(l, i, "MSG") ||
	    word_ieq(l, i, "MESSAGE") || word_ieq(l, i, "DATED") ||
	    word_ieq(l, i, "OF") || word_ieq(l, i, "DATE-TIME") ||
	    word_ieq(l, i, "GROUP") || is_punct(l, i, ',') ||
	    is_punct(l, i, '(') || is_punct(l, i, ':') || is_punct(l, i, '-');
}

/* Skip what may stand before a time: ", DTG", "(DTG", "OF". */
static uint32_t
skip_dtg_words(const list *l, uint32_t i)
{
	for (int k = 0; k < 4 && is_dtg_word(l, next(l, i)); k++)
		i = next(l, i) + 1;
	return next(l, i);
}

/* CDR USCENTCOM DTG 121200Z MAY 07 at token i. */
static bool
dtg_citation_at(list *l, uint32_t i, citation *ret)
{
	citation c = { .first = i };
	uint32_t end = i, at, after, label;
	bool derived = false;

	for (at = i; ; at = next(l, at + 1)) {
		uint32_t try = skip_dtg_words(l, at);

		if (at >= l->n || at > i + SENDER_TOKENS)
			return false;
		after = dtg_at(l, try, &c.dtg_civil, &derived);
		if (after != try) {
			at = try;
			break;
		}
		if (is_punct(l, at, ';') || is_punct(l, at, ',') ||
		    word_ieq(l, at, "AND") || (at != i &&
		    label_at(l, at, &label) != 0))
			return false;
		end = at + 1;
	}
	c.last = after - 1;
	while (c.last > at && (l->at[c.last].kind == TOKEN_RESIDUE ||
	    l->at[c.last].kind == TOKEN_MARKUP))
		c.last--;
	c.dtg = words_between(l, at, c.last);
	if (end > i)
		c.sender = words_between(l, i, end - 1);
	if (is_punct(l, next(l, c.last + 1), ')'))
		c.last = next(l, c.last + 1);
	c.year_printed = !derived;
	c.notes = derived ? CHY_REF_DTG_DERIVED : 0;
	*ret = c;
	return true;
}


/* ---- putting ---- */

/* A word of a document's kind in s, with any of its endings. */
static bool
has_word(chy_slice s, chy_slice w)
{
	static const chy_slice endings[] = { CHY_LIT(""), CHY_LIT("S"),
		CHY_LIT("ED"), CHY_LIT("'S"), CHY_LIT("ING") };

	for (size_t at = 0; at + w.len <= s.len; at++) {
		if (chy_upper(s.ptr[at]) != w.ptr[0] ||
		    !chy_slice_istarts(chy_slice_from(s, at), w) ||
		    (at > 0 && chy_is_alnum(s.ptr[at - 1])))
			continue;
		if (!chy_is_alpha(w.ptr[w.len - 1]))
			return true;
		for (size_t k = 0; k < ARRAY_LEN(endings); k++) {
			size_t end = at + w.len + endings[k].len;

			if (chy_slice_istarts(chy_slice_from(s, at + w.len),
			    endings[k]) && (end >= s.len ||
			    !chy_is_alpha(s.ptr[end])))
				return true;
		}
	}
	return false;
}

/* A-567, CA-3400: a sign that only airgrams have. */
static bool
is_airgram(chy_slice s)
{
	for (size_t i = 0; i + 2 < s.len; i++)
		if (s.ptr[i] == 'A' && s.ptr[i + 1] == '-' &&
		    chy_is_digit(s.ptr[i + 2]) && (i == 0 ||
		    chy_is_blank(s.ptr[i - 1]) || (s.ptr[i - 1] == 'C' &&
		    (i == 1 || chy_is_blank(s.ptr[i - 2])))))
			return true;
	return false;
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
		{ CHY_LIT("TELEPHONE"), CHY_REF_TELEPHONE }, { CHY_LIT("TELECON"), CHY_REF_TELEPHONE },
		{ CHY_LIT("PHONCON"), CHY_REF_TELEPHONE }, { CHY_LIT("FONECON"), CHY_REF_TELEPHONE }, { CHY_LIT("CALL"), CHY_REF_TELEPHONE },
		{ CHY_LIT("WWW."), CHY_REF_WEB }, { CHY_LIT("HTTP:"), CHY_REF_WEB },
		{ CHY_LIT("HTTPS:"), CHY_REF_WEB },
		{ CHY_LIT("WEBSITE"), CHY_REF_WEB }, { CHY_LIT("INTRANET"), CHY_REF_WEB },
		{ CHY_LIT("WEB SITE"), CHY_REF_WEB },
		{ CHY_LIT("FAX"), CHY_REF_FAX }, { CHY_LIT("FAXED"), CHY_REF_FAX },
		{ CHY_LIT("FACSIMILE"), CHY_REF_FAX },
		{ CHY_LIT("IIR"), CHY_REF_REPORT }, { CHY_LIT("REPORT"), CHY_REF_REPORT },
		{ CHY_LIT("TD-"), CHY_REF_REPORT }, { CHY_LIT("TDX"), CHY_REF_REPORT }, { CHY_LIT("TD"), CHY_REF_REPORT },
		{ CHY_LIT("DIA"), CHY_REF_REPORT },
		{ CHY_LIT("POINTS"), CHY_REF_REPORT }, { CHY_LIT("POINT"), CHY_REF_REPORT },
		{ CHY_LIT("FBIS"), CHY_REF_REPORT },
		{ CHY_LIT("MEMCON"), CHY_REF_MEMO }, { CHY_LIT("MEMO"), CHY_REF_MEMO },
		{ CHY_LIT("MEMORANDUM"), CHY_REF_MEMO },
		{ CHY_LIT("LETTER"), CHY_REF_MEMO }, { CHY_LIT("NON-PAPER"), CHY_REF_MEMO }, { CHY_LIT("LTR"), CHY_REF_MEMO },
		{ CHY_LIT("NONPAPER"), CHY_REF_MEMO }, { CHY_LIT("DIPLOMATIC NOTE"), CHY_REF_MEMO }, { CHY_LIT("DIPNOTE"), CHY_REF_MEMO },
		{ CHY_LIT("DIP NOTE"), CHY_REF_MEMO },
		{ CHY_LIT("MEETING"), CHY_REF_MEETING }, { CHY_LIT("CONVERSATION"), CHY_REF_MEETING }, { CHY_LIT("DISCUSSION"), CHY_REF_MEETING },
		{ CHY_LIT("SVTC"), CHY_REF_MEETING }, { CHY_LIT("DVC"), CHY_REF_MEETING },
		{ CHY_LIT("FAM"), CHY_REF_BOOK }, { CHY_LIT("FAH"), CHY_REF_BOOK },
		{ CHY_LIT("BOOK"), CHY_REF_BOOK }, { CHY_LIT("CFR"), CHY_REF_BOOK },
		{ CHY_LIT("U.S.C"), CHY_REF_BOOK }, { CHY_LIT("USC"), CHY_REF_BOOK },
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (has_word(s, words[i].word))
			return words[i].kind;
	return is_airgram(s) ? CHY_REF_AIRGRAM : CHY_REF_UNKNOWN;
}

static void
put_reference(list *l, const citation *c, char letter, chy_slice text)
{
	chy_telegram *tel = l->r->tel;
	chy_mrn mrn = c->mrn;
	char key[CHY_MRN_KEY_MAX];
	chy_reference *row;

	if (tel->n_references >= CHY_LIMIT_REFERENCES)
		return;
	row = CHY_ADD(l->r, tel->references, tel->n_references);
	if (row == NULL)
		return;
	row->value = CHY_EMPTY;
	if (mrn.post_len > 0) {
		chy_mrn_canonicalize(&mrn);
		if (mrn.year != 0)
			row->value = chy_arena_copy(&tel->arena, (chy_slice){
			    key, chy_mrn_key(&mrn, key) });
		else
			row->fault = CHY_REF_NO_YEAR;
		l->last = *c;
		l->has_last = true;
	} else {
		l->has_last = false;
	}
	row->text = text;
	row->dtg = c->dtg;
	row->dtg_civil = c->dtg_civil;
	row->sender = c->sender;
	row->kind = CHY_REF_TELEGRAM;
	if (mrn.post_len == 0 && kind_of(text) != CHY_REF_UNKNOWN) {
		row->kind = kind_of(text);	/* ... IIR 6 890 0139 08 */
		row->value = text;
	}
	row->letter = letter;
	row->notes = c->notes;
	row->year_printed = c->year_printed;
}

/* Why words of no kind say too little. */
static chy_ref_fault
fault_of(chy_slice s)
{
	size_t letters = 0, digits = 0, end;
	chy_mrn mrn = { 0 };

	if (chy_slice_istarts(s, CHY_SLICE("SEPTEL")))
		return CHY_REF_SEPARATE;
	if (chy_slice_ieq(s, CHY_SLICE("MIPT")) || chy_slice_istarts(s,
	    CHY_SLICE("MY IMMEDIATELY PRECEDING")))
		return CHY_REF_RELATIVE;
	for (size_t i = 0; i < s.len; i++) {
		letters += chy_is_alpha(s.ptr[i]);
		digits += chy_is_digit(s.ptr[i]);
	}
	if (letters == 0)
		return digits > 0 ? CHY_REF_NO_POST : CHY_REF_UNREADABLE;
	if (digits == 0)
		return chy_mrn_set_post(&mrn, s) && known_post(&mrn) ?
		    CHY_REF_NO_NUMBER : CHY_REF_FINE;
	/* A post, and then something that should be a number. */
	for (end = 0; end < s.len && !chy_is_alpha(s.ptr[end]); )
		end++;
	s = chy_slice_from(s, end);
	s = chy_slice_sub(s, 0, chy_slice_find(s, CHY_SLICE(" "), 0));
	return chy_mrn_set_post(&mrn, s) && known_post(&mrn) ?
	    CHY_REF_UNREADABLE : CHY_REF_FINE;
}

/* Words that only join citations. */
static bool
is_joint(const list *l, uint32_t i)
{
	citation c;

	if (word_ieq(l, i, "AND") || word_ieq(l, i, "ET") ||
	    word_ieq(l, i, "SEE") || word_ieq(l, i, "ALSO") ||
	    word_ieq(l, i, "NOTAL") || (i < l->n &&
	    l->at[i].kind == TOKEN_PUNCT))
		return true;
	return (word_ieq(l, i, "REFTEL") || word_ieq(l, i, "REFTELS") ||
	    word_ieq(l, i, "REF") || word_ieq(l, i, "REFS") ||
	    word_ieq(l, i, "TELEGRAM") || word_ieq(l, i, "CABLE")) &&
	    citation_at(l, next(l, i + 1), &c);
}

/* What follows a citation in parentheses: (NOTAL), (EXDIS), (S/NF). */
static uint32_t
skip_parenthesis(list *l, uint32_t i)
{
	uint32_t at = next(l, i);
	citation year;

	if (!is_punct(l, at, '(') || citation_at(l, at, &year))
		return i;
	for (uint32_t k = at + 1; k < l->n && k < at + 12; k++) {
		if (is_punct(l, k, '('))
			return i;
		if (!is_punct(l, k, ')'))
			continue;
		if (k == at + 2 && l->at[at + 1].kind == TOKEN_WORD &&
		    l->at[at + 1].len == 1 && !(chy_mark_len(words_between(l,
		    at, k)) > 0 && !is_number(l, k + 1)))
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

static void
note_last(list *l, unsigned note)
{
	chy_telegram *tel = l->r->tel;

	if (tel->n_references > 0)
		tel->references[tel->n_references - 1].notes |= note;
}

/* AND PREVIOUS, AND EARLIER CABLES: the token after it, else i. */
static uint32_t
skip_previous(list *l, uint32_t i)
{
	uint32_t at = next(l, i);

	if (!word_ieq(l, at, "AND") && !is_punct(l, at, '&'))
		return i;
	at = next(l, at + 1);
	if (!word_ieq(l, at, "PREVIOUS") && !word_ieq(l, at, "EARLIER") &&
	    !word_ieq(l, at, "PRIOR"))
		return i;
	i = at + 1;
	at = next(l, i);
	if (word_ieq(l, at, "CABLES") || word_ieq(l, at, "TELEGRAMS") ||
	    word_ieq(l, at, "MESSAGES") || word_ieq(l, at, "REFTELS") ||
	    word_ieq(l, at, "REPORTING"))
		i = at + 1;
	note_last(l, CHY_REF_PREVIOUS);
	return i;
}

/* (NOTAL), NOTAL, (S/NF), AND PREVIOUS, TOSEC 080095 behind a citation. */
static uint32_t
skip_tail(list *l, uint32_t i)
{
	for (;;) {
		uint32_t after = skip_parenthesis(l, i), at = next(l, i);

		for (uint32_t k = at; k < after; k++)
			if (word_ieq(l, k, "NOTAL"))
				note_last(l, CHY_REF_NOTAL);
		if (after == i && word_ieq(l, at, "NOTAL")) {
			note_last(l, CHY_REF_NOTAL);
			after = at + 1;
		}
		if (after == i)
			after = skip_previous(l, i);
		if (after == i) {
			if (is_punct(l, at, '/'))
				at = next(l, at + 1);
			if (word_ieq(l, at, "TOSEC") &&
			    is_number(l, next(l, at + 1)))
				after = next(l, at + 1) + 1;
		}
		if (after == i)
			return i;
		i = after;
	}
}

/* The list goes on with something else at token i, or ends. */
static bool
is_end(const list *l, uint32_t i)
{
	uint32_t at = next(l, i), label;

	return at >= l->n || l->at[at].line_start || is_punct(l, at, ',') ||
	    is_punct(l, at, ';') || is_punct(l, at, ')') ||
	    is_punct(l, at, '.') || word_ieq(l, at, "AND") ||
	    label_at(l, at, &label) != 0;
}

/*
 * A date or a year behind a citation: MOSCOW 3242 2008, MOSCOW 3242 (08), OF
 * 5/26/74, 12 JUN 08. Its year is the number's, where none was printed.
 */
static uint32_t
skip_date(const list *l, uint32_t i, int32_t *ret_year)
{
	uint32_t at = next(l, i), k, n = 0;
	int32_t own = l->r->tel->year, y;
	bool open = is_punct(l, at, '('), after_word = false;

	if (open || is_punct(l, at, ','))
		at = next(l, at + 1);
	while (word_ieq(l, at, "OF") || word_ieq(l, at, "DATED") ||
	    word_ieq(l, at, "ON")) {
		at = next(l, at + 1);
		after_word = true;
	}
	/* Up to four tokens of day, month and year, and signs. */
	for (k = at; n < 7 && k < l->n && (is_number(l, k) ||
	    is_month(l, k) || is_punct(l, k, '/') || (n > 0 &&
	    is_punct(l, k, ','))); k = next(l, k + 1))
		n++;
	if (n == 0 || (open && !is_punct(l, k, ')')))
		return i;
	if (n == 1) {
		/* A year alone. */
		citation c;
		uint32_t v = number_of(l, at);

		if (!is_number(l, at) || (l->at[at].len != 4 && (!open ||
		    l->at[at].len != 2)))
			return i;
		y = chy_mrn_year(v);
		if (y < 1966 || (own > 0 ? y > own : y > 2065) ||
		    (!open && !after_word && !is_end(l, k)) ||
		    (!open && !after_word && is_punct(l, next(l, i), ',')) ||
		    (open && citation_at(l, next(l, i), &c)))
			return i;
		*ret_year = y;
		return open ? k + 1 : k;
	}
	if (is_punct(l, k - 1, ','))
		n--, k--;
	if (is_number(l, at) && l->at[at].len <= 2 && is_date_at(l, at)) {
		/* 5/26/74, 12 JUN [08] */
		if (is_number(l, k - 1) && n >= 3)
			*ret_year = chy_mrn_year(number_of(l, k - 1));
		return open ? k + 1 : k;
	}
	if (is_month(l, at) && is_number(l, next(l, at + 1)) && n >= 2) {
		/* JUNE 12, 2008; JUNE 12 */
		if (n >= 3 && is_number(l, k - 1) && l->at[k - 1].len == 4)
			*ret_year = (int32_t)number_of(l, k - 1);
		return open ? k + 1 : k;
	}
	return i;
}

/* MUSCAT 00000425 001.2 OF 002: a page line that lost its line. */
static uint32_t
skip_page(const list *l, const citation *c)
{
	uint32_t at = next(l, c->last + 1);

	if (l->at[c->last].len != 8 || !is_number(l, at) ||
	    l->at[at].len != 3)
		return 0;
	at = next(l, at + 1);
	if (is_punct(l, at, '.'))
		at = next(l, next(l, at + 1) + 1);
	if (!word_ieq(l, at, "OF") || !is_number(l, next(l, at + 1)))
		return 0;
	return next(l, at + 1) + 1;
}

static void
put_other(list *l, uint32_t a, uint32_t b, char letter)
{
	chy_telegram *tel = l->r->tel;
	chy_slice text = words_between(l, a, b);
	bool previous = false;
	chy_reference *row;

	while (text.len > 0 && memchr(",;.", text.ptr[text.len - 1], 3) !=
	    NULL)
		text = chy_slice_trim(chy_slice_sub(text, 0, text.len - 1));
	if (text.len > 13 && chy_slice_ieq(chy_slice_from(text,
	    text.len - 13), CHY_SLICE(" AND PREVIOUS"))) {
		text = chy_slice_sub(text, 0, text.len - 13);
		previous = true;
	}
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
	row->notes = previous ? CHY_REF_PREVIOUS : 0;
	if (row->kind == CHY_REF_UNKNOWN)
		row->fault = fault_of(text);
	l->has_last = false;
}

/* "12-15", "12 THRU 15" behind number `low`: the rest of them. */
static uint32_t
read_range(list *l, uint32_t i, citation *c, char letter)
{
	uint32_t at = next(l, i), num, high, last, scale = 10;
	uint32_t low = c->mrn.serial;
	bool mended;

	if (!is_punct(l, at, '-') && !word_ieq(l, at, "THRU") &&
	    !word_ieq(l, at, "THROUGH") && !word_ieq(l, at, "TO"))
		return i;
	num = next(l, at + 1);
	if (!is_number(l, num) ||
	    !serial_at(l, num, &high, &last, &mended))
		return i;
	/* 1234-37 */
	for (uint32_t k = 1; k < l->at[num].len; k++)
		scale *= 10;
	if (high < low && l->at[num].len < 6)
		high += low / scale * scale;
	if (high <= low || high - low > RANGE_MAX)
		return i;
	note_last(l, CHY_REF_RANGE);
	c->notes |= CHY_REF_RANGE;
	for (uint32_t v = low + 1; v <= high; v++) {
		c->mrn.serial = v;
		put_reference(l, c, letter, words_between(l, num, num));
	}
	c->notes &= ~CHY_REF_RANGE;
	return last + 1;
}

/* More serials of the same post: "1234 AND 1235", "1, 2", "26/27". */
static uint32_t
read_more_serials(list *l, uint32_t i, citation *c, char letter)
{
	for (;;) {
		uint32_t at = next(l, i), num, last, serial;
		citation other;
		bool mended;

		i = read_range(l, i, c, letter);
		i = skip_tail(l, i);
		at = next(l, i);
		if (!is_punct(l, at, ',') && !is_punct(l, at, '/') &&
		    !is_punct(l, at, '&') && !word_ieq(l, at, "AND") &&
		    !is_punct(l, at, ';'))
			return i;
		num = next(l, at + 1);
		if (word_ieq(l, num, "AND") || is_punct(l, num, '&'))
			num = next(l, num + 1);
		if (!is_number(l, num) || citation_at(l, num, &other) ||
		    !serial_at(l, num, &serial, &last, &mended) ||
		    serial == 0)
			return i;
		/* A number that belongs to what follows: "AND 3 FAM" */
		if (next(l, last + 1) < l->n &&
		    l->at[next(l, last + 1)].kind == TOKEN_WORD &&
		    !word_ieq(l, next(l, last + 1), "AND") &&
		    l->at[next(l, last + 1)].len > 1 && l->at[num].len <= 2)
			return i;
		c->mrn.serial = serial;
		put_reference(l, c, letter, words_between(l, num, last));
		i = skip_tail(l, last + 1);
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

/* All that hangs on a citation; the token after it. */
static uint32_t
read_citation(list *l, citation *c, char letter)
{
	uint32_t at = c->last + 1, try;
	bool derived = false;
	int32_t year = 0;

	/* STATE 12345 DTG 121200Z MAY 07 */
	try = skip_dtg_words(l, at);
	at = dtg_at(l, try, &c->dtg_civil, &derived);
	if (at != try) {
		c->dtg = words_between(l, try, at - 1);
		if (is_punct(l, next(l, at), ')'))
			at = next(l, at) + 1;
	} else {
		at = skip_date(l, c->last + 1, &year);
		if (year != 0 && !c->year_printed) {
			c->mrn.year = year;
			c->year_printed = true;
		}
	}
	put_reference(l, c, letter, words_between(l, c->first, c->last));
	c->dtg = CHY_EMPTY;
	c->dtg_civil = (chy_civil){ 0 };
	at = skip_tail(l, at);
	at = read_more_serials(l, at, c, letter);
	return skip_remark(l, at);
}

/* (U) THIS CABLE IS SENSITIVE ...: words that are not of the list. */
static bool
is_after_list(list *l, uint32_t i)
{
	uint32_t at = i;

	/* Attention lines that no empty line sets apart: BEIRUT FOR RSS. */
	if (l->at[i].line_start && (word_ieq(l, i, "FOR") ||
	    (l->at[i].kind == TOKEN_WORD && l->at[i].len > 1 &&
	    word_ieq(l, next(l, i + 1), "FOR"))))
		return true;
	if (is_punct(l, at, '(')) {
		while (at < l->n && at < i + 6 && !is_punct(l, at, ')'))
			at++;
		at = next(l, at + 1);
	}
	if ((word_ieq(l, at, "PLEASE") && word_ieq(l, next(l, at + 1),
	    "PASS")) || (word_ieq(l, at, "SENSITIVE") &&
	    word_ieq(l, next(l, at + 1), "BUT")) || (word_ieq(l, at, "NOT") &&
	    word_ieq(l, next(l, at + 1), "FOR")))
		return true;
	if (!word_ieq(l, at, "THIS"))
		return false;
	at = next(l, at + 1);
	return word_ieq(l, at, "IS") || word_ieq(l, at, "CABLE") ||
	    word_ieq(l, at, "MESSAGE") || word_ieq(l, at, "TELEGRAM");
}

/* TDX-315/090481-08 AND TD-...: a report's sign begins another one. */
static bool
is_report_sign(const list *l, uint32_t i)
{
	return word_ieq(l, i, "TD") || word_ieq(l, i, "TDX") ||
	    word_ieq(l, i, "IIR");
}

/*
 * The label at token i, its letter in *ret_letter: what A. (A) means is its
 * inner letter, and after that an outer one with no inner behind it only
 * marks a line that was too long. Returns the token after, or i: no label.
 */
static uint32_t
read_label(list *l, uint32_t i, char letter, bool inside, char *ret_letter)
{
	citation cite;
	uint32_t after = i, inner;
	char c = label_at(l, i, &after), d;

	if (c == 0 && (letter != 0 || (!inside &&
	    l->r->tel->n_references == 0)) &&
	    (c = bare_label_at(l, i, letter != 0 ? (char)(letter + 1) :
	    'A')) != 0 && citation_at(l, next(l, i + 1), &cite))
		after = i + 1;
	else if (c != 0 && letter != 0 && inside && c != letter + 1 &&
	    !l->at[i].line_start && !l->relabelled)
		c = 0;			/* an initial inside words */
	else if (c != 0 && letter != 0 &&
	    bare_label_at(l, i, (char)(letter + 1)) != 0 &&
	    label_at(l, i, &after) == 0)
		c = 0;
	if (c == 0)
		return i;
	d = label_at(l, after, &inner);
	if (d != 0) {
		l->relabelled = true;
		*ret_letter = d;
		return inner;
	}
	if (l->relabelled && inside && !citation_at(l, next(l, after), &cite)) {
		*ret_letter = '\0';
		return after;
	}
	*ret_letter = c;
	return after;
}

/* A number alone behind a letter goes on from the citation before. */
static bool
carried_at(const list *l, uint32_t i, citation *ret)
{
	uint32_t last, serial;
	bool mended;

	if (!l->has_last || l->relabelled || !is_number(l, i) ||
	    l->at[i].len < 2 || !serial_at(l, i, &serial, &last, &mended) ||
	    serial == 0 || !(is_end(l, last + 1) ||
	    is_punct(l, next(l, last + 1), '(')))
		return false;
	*ret = l->last;
	ret->first = i;
	ret->last = last;
	ret->mrn.serial = serial;
	ret->notes = CHY_REF_CARRIED;
	return true;
}

static void
read_list(list *l)
{
	char letter = 0, c;
	uint32_t i = 0, other_from = UINT32_MAX, other_to = 0, after;
	bool fresh = true;	/* nothing since the last letter */
	citation cite;

#define END_OTHER() do {						\
	if (other_from != UINT32_MAX)					\
		put_other(l, other_from, other_to, letter);		\
	other_from = UINT32_MAX;					\
} while (0)
	while ((i = next(l, i)) < l->n) {
		if (is_after_list(l, i))
			break;
		after = read_label(l, i, letter, other_from != UINT32_MAX, &c);
		if (after != i) {
			if (c != '\0') {
				END_OTHER();
				letter = c;
				fresh = true;
			}
			i = after;
			continue;
		}
		/* Only where an entry begins: the sender is all before it. */
		if (other_from == UINT32_MAX && !is_joint(l, i) &&
		    dtg_citation_at(l, i, &cite)) {
			citation mrn;

			if (!citation_at(l, i, &mrn) || mrn.last > cite.last) {
				put_reference(l, &cite, letter,
				    words_between(l, i, cite.last));
				i = skip_tail(l, cite.last + 1);
				fresh = false;
				continue;
			}
		}
		if (citation_at(l, i, &cite) || (fresh && letter != 0 &&
		    carried_at(l, i, &cite))) {
			END_OTHER();
			after = skip_page(l, &cite);
			i = after != 0 ? after : read_citation(l, &cite,
			    letter);
			fresh = false;
			continue;
		}
		if (is_punct(l, i, ';') || ((word_ieq(l, i, "AND") ||
		    is_punct(l, i, ',')) && is_report_sign(l, next(l, i + 1)))) {
			END_OTHER();
		} else if (other_from == UINT32_MAX && !is_joint(l, i)) {
			other_from = other_to = i;
			fresh = false;
		} else {
			other_to = i;
		}
		i++;
	}
	END_OTHER();
#undef END_OTHER
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
