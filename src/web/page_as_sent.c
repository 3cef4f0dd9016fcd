/*
 * A telegram as it was received: its bytes in numbered lines, each named by
 * the field it became, with what was found wrong where it stands. And the
 * bytes themselves.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "base/utf8.h"
#include "diag/diag.h"
#include "web/telegram_int.h"

/* Lines of one page, bytes of a line that are shown, fields that are named
 * in one line. */
#define LINES	4000u
#define WIDTH	4096u
#define FIELDS	8u

struct field {
	const char *name;	/* NULL: a paragraph */
	uint32_t    paragraph;
};

struct fields {
	struct field at[FIELDS];
	unsigned     n;
};

struct listing {
	chy_exchange	   *x;
	const chy_raw	   *raw;
	const chy_telegram *tel;	/* NULL: fields are not known */
	chy_leaf	   *leaves;
	size_t		    n_leaves;
	size_t		    unread;	/* bytes that no reader understood */
	size_t		    segment;	/* the first that may hold the line */
};


/* ---- which field ---- */

static bool
is_inside(const chy_telegram *tel, uint32_t node, chy_node_kind kind,
    uint32_t *ret_value)
{
	while (node != 0) {
		if (tel->nodes[node].kind == kind) {
			*ret_value = tel->nodes[node].value;
			return true;
		}
		node = tel->nodes[node].parent;
	}
	return false;
}

static const char *
name_in_address(const chy_leaf *leaf, uint32_t role)
{
	if (leaf->kind == CHY_NODE_PLAD)
		return role == CHY_ROLE_ACTION ? "action addressee" :
		    role == CHY_ROLE_INFO ? "information addressee" :
		    "exempted addressee";
	if (leaf->kind == CHY_NODE_PRECEDENCE)
		return "its precedence";
	return leaf->kind == CHY_NODE_MCN ? "its number" : "";
}

/* "" for what is not worth a name, NULL for the text of a paragraph. */
static const char *
name_of(const chy_telegram *tel, const chy_leaf *leaf)
{
	static const char *const names[CHY_NODE_KIND_COUNT] = {
		[CHY_NODE_RESIDUE] = "page line",
		[CHY_NODE_UNREAD] = "unread",
		[CHY_NODE_TRANSMISSION_ID] = "transmission identification",
		[CHY_NODE_PROSIGN] = "prosign",
		[CHY_NODE_ROUTING_INDICATOR] = "routing indicator",
		[CHY_NODE_STATION_SERIAL] = "station serial number",
		[CHY_NODE_FILING_TIME] = "filing time",
		[CHY_NODE_SECURITY] = "security warning",
		[CHY_NODE_OPSIG] = "operating signal",
		[CHY_NODE_DTG] = "date-time group",
		[CHY_NODE_PLAD] = "originator",
		[CHY_NODE_PRECEDENCE] = "precedence",
		[CHY_NODE_MCN] = "number",
		[CHY_NODE_CLASSIFICATION] = "classification",
		[CHY_NODE_CAVEAT] = "caveat",
		[CHY_NODE_SECTION] = "section",
		[CHY_NODE_POST] = "post",
		[CHY_NODE_SERIAL] = "number",
		[CHY_NODE_CAPTION] = "caption",
		[CHY_NODE_PASSING_TEXT] = "passing instruction",
		[CHY_NODE_ORDER] = "executive order",
		[CHY_NODE_DECLASSIFICATION] = "declassification",
		[CHY_NODE_TAG] = "subject codes",
		[CHY_NODE_SUBJECT_TEXT] = "subject",
		[CHY_NODE_LETTER] = "references",
		[CHY_NODE_CITATION] = "references",
		[CHY_NODE_CLASSIFIER] = "classified by",
		[CHY_NODE_REASON] = "reasons",
		[CHY_NODE_RULE] = "rule",
		[CHY_NODE_TITLE_TEXT] = "title",
		[CHY_NODE_SIGNER] = "signature",
		[CHY_NODE_END] = "end of the transmission",
	};
	uint32_t value;

	if (leaf->kind == CHY_NODE_NUMBER || leaf->kind == CHY_NODE_MARK ||
	    leaf->kind == CHY_NODE_BLOCK_LABEL ||
	    leaf->kind == CHY_NODE_BLOCK_END || leaf->kind == CHY_NODE_TEXT)
		return NULL;
	if (leaf->kind == CHY_NODE_SPACE)
		return "";
	if (is_inside(tel, leaf->node, CHY_NODE_ADDRESSEE, &value))
		return name_in_address(leaf, value);
	return names[leaf->kind] != NULL ? names[leaf->kind] : "";
}

static void
add_field(struct fields *f, const char *name, uint32_t paragraph)
{
	for (unsigned i = 0; i < f->n; i++)
		if (f->at[i].paragraph == paragraph && (f->at[i].name == name ||
		    (name != NULL && f->at[i].name != NULL &&
		    strcmp(f->at[i].name, name) == 0)))
			return;
	if (f->n < FIELDS)
		f->at[f->n++] = (struct field){ name, paragraph };
}

/* The fields of text[from, to). */
static void
add_text(const struct listing *l, struct fields *f, uint32_t from, uint32_t to)
{
	size_t low = 0, high = l->n_leaves;

	while (low < high) {
		size_t mid = (low + high) / 2;
		chy_span s = l->leaves[mid].span;

		if (s.off + s.len <= from)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < l->n_leaves && l->leaves[low].span.off < to; low++) {
		const char *name = name_of(l->tel, &l->leaves[low]);

		if (name == NULL)
			add_field(f, NULL, chy_paragraph_at(l->tel,
			    l->leaves[low].span.off));
		else if (name[0] != '\0')
			add_field(f, name, UINT32_MAX);
	}
}

static bool
same_fields(const struct fields *a, const struct fields *b)
{
	if (a->n != b->n)
		return false;
	for (unsigned i = 0; i < a->n; i++)
		if (a->at[i].name != b->at[i].name ||
		    a->at[i].paragraph != b->at[i].paragraph)
			return false;
	return true;
}


/* ---- one line ---- */

/* Findings that begin in text[from, to). */
static unsigned
add_findings(const struct listing *l, uint32_t from, uint32_t to,
    size_t *found, unsigned n)
{
	const chy_findings *all = &l->tel->findings;

	for (size_t i = 0; i < all->count && n < FIELDS; i++)
		if (all->list[i].off >= from && all->list[i].off < to)
			found[n++] = i;
	return n;
}

static void
add_segment(const struct listing *l, const chy_segment *s, size_t from,
    size_t to, struct fields *f, size_t *found, unsigned *n_found)
{
	uint32_t a = s->off, b = s->off + s->len;

	switch ((chy_segment_kind)s->kind) {
	case CHY_SEGMENT_COPIED:
		if (from > s->raw_off)
			a += (uint32_t)(from - s->raw_off);
		if (to < (size_t)s->raw_off + s->raw_len)
			b -= (uint32_t)(s->raw_off + s->raw_len - to);
		break;
	case CHY_SEGMENT_DECODED:
		break;
	case CHY_SEGMENT_VALUE:
		add_field(f, "value of the page or record", UINT32_MAX);
		return;
	case CHY_SEGMENT_FRAMING:
	case CHY_SEGMENT_INSERTED:
		return;
	}
	add_text(l, f, a, b);
	*n_found = add_findings(l, a, b, found, *n_found);
}

static void
put_fields(chy_exchange *x, const chy_telegram *tel, const struct fields *f)
{
	for (unsigned i = 0; i < f->n; i++) {
		uint32_t p = f->at[i].paragraph;
		unsigned labels;

		chy_html(x, "%s", i > 0 ? ", " : "");
		if (f->at[i].name != NULL) {
			chy_html(x, "%s", f->at[i].name);
			continue;
		}
		if (p == UINT32_MAX || p >= tel->n_paragraphs) {
			chy_html(x, "text");
			continue;
		}
		chy_html(x, "\xC2\xB6%.*s", CHY_ARG(tel->paragraphs[p].id));
		labels = tel->paragraphs[p].labels;
		for (unsigned bit = 0; bit < CHY_BLOCK_KINDS; bit++) {
			chy_words name;

			if ((labels >> bit & 1) == 0)
				continue;
			snprintf(name.s, sizeof(name.s), "%s",
			    chy_block_kind_name(bit));
			for (char *c = name.s; *c != '\0'; c++)
				*c = *c == '_' ? ' ' : *c;
			chy_html(x, ", %s", name.s);
		}
	}
}

static void
put_line(struct listing *l, size_t number, size_t from, size_t to,
    struct fields *before)
{
	chy_exchange *x = l->x;
	struct fields f = { .n = 0 };
	size_t found[FIELDS], end = to;
	unsigned n_found = 0;
	const char *class_ = "";
	chy_slice bytes;
	bool first, framed = false;

	if (l->tel != NULL && l->raw->n_segments == 0) {
		add_text(l, &f, (uint32_t)from, (uint32_t)to);
		n_found = add_findings(l, (uint32_t)from, (uint32_t)to + 1,
		    found, 0);
	}
	for (size_t i = l->segment; l->tel != NULL && i < l->raw->n_segments;
	    i++) {
		const chy_segment *s = &l->raw->segments[i];

		if ((size_t)s->raw_off + s->raw_len <= from) {
			l->segment = i;
			continue;
		}
		if (s->raw_off >= to)
			break;
		add_segment(l, s, from, to, &f, found, &n_found);
		framed |= s->kind == CHY_SEGMENT_FRAMING;
	}
	if (f.n == 0 && framed)
		add_field(&f, "framing of the page or record", UINT32_MAX);
	first = f.n > 0 && !same_fields(&f, before);
	if (n_found > 0)
		class_ = "hit first";
	else if (first)
		class_ = "first";
	while (end > from && (l->raw->bytes.ptr[end - 1] == '\r' ||
	    l->raw->bytes.ptr[end - 1] == '\n'))
		end--;
	bytes = chy_slice_sub(l->raw->bytes, from, end - from);
	chy_html(x, "<tr id=\"l%zu\" class=\"%s\"><th scope=\"row\">"
	    "<a href=\"#l%zu\" aria-label=\"Line %zu\">%zu</a></th>"
	    "<td class=\"tx\">%.*s", number, class_, number, number, number,
	    CHY_ARG(chy_slice_sub(bytes, 0, WIDTH)));
	if (bytes.len > WIDTH)
		chy_html(x, " \xE2\x80\xA6 <span class=\"quiet\">and %s bytes "
		    "more</span>", chy_words_number(bytes.len - WIDTH).s);
	chy_html(x, "</td><td class=\"fd\">");
	if (first)
		put_fields(x, l->tel, &f);
	for (unsigned i = 0; i < n_found; i++) {
		const char *code = chy_diag_code(chy_finding_diag(
		    &l->tel->findings.list[found[i]]));

		chy_html(x, "%sfinding: <a class=\"plain\" "
		    "href=\"/explain/%s\">%s</a>", i > 0 || first ? "; " : "",
		    code, code);
	}
	chy_html(x, "</td></tr>\n");
	if (f.n > 0)
		*before = f;
}


/* ---- the page ---- */

static bool
collect_leaves(struct listing *l)
{
	chy_leaf_walk walk = { 0 };
	chy_leaf leaf;
	size_t n = 0;

	while (chy_leaf_next(l->tel, &walk, &leaf))
		n++;
	l->leaves = chy_arena_zalloc(&l->x->arena, n + 1, sizeof(leaf));
	if (l->leaves == NULL)
		return false;
	walk = (chy_leaf_walk){ 0 };
	while (l->n_leaves < n && chy_leaf_next(l->tel, &walk, &leaf)) {
		l->unread += leaf.kind == CHY_NODE_UNREAD ? leaf.span.len : 0;
		l->leaves[l->n_leaves++] = leaf;
	}
	return true;
}

/* Lines from `first` on; returns how many there are in all. */
static size_t
put_lines(struct listing *l, size_t first, size_t *ret_last)
{
	chy_slice bytes = l->raw->bytes;
	struct fields before = { .n = 0 };
	size_t number = 0, from = 0;

	*ret_last = 0;
	while (from < bytes.len) {
		const char *end = memchr(bytes.ptr + from, '\n',
		    bytes.len - from);
		size_t to = end != NULL ? (size_t)(end - bytes.ptr) :
		    bytes.len;

		number++;
		if (number >= first && number < first + LINES) {
			put_line(l, number, from, to, &before);
			*ret_last = number;
		}
		from = to + 1;
	}
	return number;
}

static void
put_head(chy_exchange *x, const chy_shown *shown, const chy_raw *raw,
    const struct listing *l)
{
	const chy_line *line = &shown->line;
	const char *url = chy_telegram_url(x, x->id, "");

	chy_html(x, "<div class=\"head\">\n<p class=\"kind\">"
	    "<a class=\"plain\" href=\"%s\">%s</a>, as sent</p>\n"
	    "<h1>%.*s</h1>\n<p class=\"answer\">The %s bytes received, "
	    "unchanged.", url, chy_words_mrn(line->id, line->originator).s,
	    CHY_ARG(line->subject.len > 0 ? line->subject :
	    CHY_SLICE("Without a subject")),
	    chy_words_number(raw->bytes.len).s);
	if (l->tel != NULL && l->unread == 0)
		chy_html(x, " <b>Every byte belongs to a named field.</b>");
	else if (l->tel != NULL)
		chy_html(x, " <b>%s of them were not understood.</b>",
		    chy_words_number(l->unread).s);
	chy_html(x, "</p>\n<p class=\"tools\"><span>View: <a href=\"%s\">read"
	    "</a>, <b>as sent</b>, <a href=\"%s\">JSON</a></span> ", url,
	    chy_telegram_url(x, x->id, ".json"));
	for (uint32_t i = 0; shown->n_parts > 1 && i < shown->n_parts; i++) {
		char address[16];

		snprintf(address, sizeof(address), "sha:%.8s",
		    shown->parts[i].sha256.ptr);
		chy_html(x, "%s", i == 0 ? "Sections: " : ", ");
		if (i == shown->part)
			chy_html(x, "<b>%u</b>", shown->parts[i].section);
		else
			chy_html(x, "<a href=\"%s\">%u</a>", chy_telegram_url(
			    x, chy_slice_of(address), "/as-sent"),
			    shown->parts[i].section);
	}
	chy_html(x, " <a href=\"%s\">Download the bytes</a> "
	    "<span class=\"mono small\">sha256 %.*s</span></p>\n</div>\n",
	    chy_telegram_url(x, x->id, "/raw"),
	    CHY_ARG(chy_slice_sub(raw->sha256, 0, 16)));
}

static void
put_page(chy_exchange *x, const chy_shown *shown, const chy_raw *raw,
    const chy_page *page)
{
	const chy_part *part = &shown->parts[shown->part < shown->n_parts ?
	    shown->part : 0];
	struct listing l = { .x = x, .raw = raw };
	size_t first = chy_parse_number(x, "from", 100000000, 1);
	size_t last, all;

	/* The tree is of these bytes only if the text is the same. */
	if (chy_slice_eq(part->telegram->text, raw->text)) {
		l.tel = part->telegram;
		if (!collect_leaves(&l)) {
			x->out.status = CHY_ERR_NO_MEMORY;
			return;
		}
	}
	chy_layout_begin(x, page);
	put_head(x, shown, raw, &l);
	chy_html(x, "<div class=\"scroll\"><table class=\"assent\">\n"
	    "<caption class=\"vh\">Lines as received, and the field each "
	    "became</caption>\n<tbody>\n");
	all = put_lines(&l, first, &last);
	chy_html(x, "</tbody></table></div>\n<p class=\"pager\">");
	if (last == 0)
		chy_html(x, "<span>%s lines in all</span>",
		    chy_words_number(all).s);
	else
		chy_html(x, "<span>Lines %s to %s of %s</span>",
		    chy_words_number(first).s, chy_words_number(last).s,
		    chy_words_number(all).s);
	if (last > 0 && last < all)
		chy_html(x, " <a href=\"%s?from=%zu\" rel=\"next\">The next"
		    "</a>", chy_telegram_url(x, x->id, "/as-sent"), last + 1);
	chy_html(x, "</p>\n");
	chy_layout_end(x, page);
}

void
chy_page_as_sent(chy_exchange *x)
{
	chy_page page = { .here = "" };
	chy_shown *shown = NULL;
	chy_raw *raw = NULL;
	chy_error err = { 0 };
	chy_label label;
	chy_status st;

	st = chy_registry_show(x->reg, &x->site->reader, x->id, &shown, &err);
	if (st == CHY_OK)
		st = chy_registry_raw(x->reg, &x->site->reader, x->id, &raw,
		    &err);
	if (st != CHY_OK) {
		chy_reply_status(x, st, &err);
		goto out;
	}
	page.title = chy_text(x, "%s as sent",
	    chy_words_mrn(shown->line.id, shown->line.originator).s);
	page.up = chy_telegram_url(x, x->id, "");
	label = chy_label_join(&shown->label, &shown->line.label);
	page.label = &label;
	put_page(x, shown, raw, &page);
out:
	chy_raw_free(raw);
	chy_shown_free(shown);
}

/* A name that is safe in a header field and on a disk. */
static const char *
file_name(chy_exchange *x, chy_slice id)
{
	char *name = chy_arena_alloc(&x->arena, 80);
	size_t n = 0;

	if (name == NULL)
		return NULL;
	for (size_t i = 0; i < id.len && n < 64; i++) {
		char c = id.ptr[i];

		if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		    (c >= '0' && c <= '9'))
			name[n++] = c;
		else if (c == ':')
			name[n++] = '-';
	}
	memcpy(name + n, ".txt", 5);
	return name;
}

void
chy_api_raw(chy_exchange *x)
{
	chy_raw *raw = NULL;
	chy_error err = { 0 };
	chy_status st;

	st = chy_registry_raw(x->reg, &x->site->reader, x->id, &raw, &err);
	if (st != CHY_OK) {
		chy_reply_status(x, st, &err);
		return;
	}
	/* Always as text, whatever it is: a page of somebody else's must not
	 * run here. */
	x->type = chy_utf8_check(raw->bytes) == raw->bytes.len ?
	    "text/plain; charset=utf-8" : "text/plain; charset=windows-1252";
	x->download = file_name(x, x->id);
	chy_sink_put(&x->out, raw->bytes);
	chy_raw_free(raw);
}
