/*
 * The page of the release of 2010: a table of class "cable" with five cells,
 * then two blocks <code><pre>, the heading and the body of the telegram. Cut
 * by a scanner of our own, because libraries for HTML lose the position of
 * bytes. Pages of other makers that keep a telegram in <pre> are read too.
 *
 * Every byte of the page is told in order: a tag is framing, a cell a value,
 * in the blocks characters are copied and entities decoded.
 *
 * Source: telegram-format 10.2; entities by HTML 4.01, section 24.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/ascii.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "intake/intake_int.h"

/* A longer tag is text: it was never closed. Those of the release have less
 * than 300 bytes. */
#define TAG_MAX		4096u

/* The longest entity that is decoded, with & and ;. */
#define ENTITY_MAX	12u

#define CELLS		5

static const struct {
	const char *name;
	uint16_t    code;
} entities[] = {
	{ "quot", 34 }, { "amp", 38 }, { "apos", 39 }, { "lt", 60 },
	{ "gt", 62 }, { "OElig", 338 }, { "oelig", 339 }, { "Scaron", 352 },
	{ "scaron", 353 }, { "Yuml", 376 }, { "circ", 710 }, { "tilde", 732 },
	{ "ensp", 8194 }, { "emsp", 8195 }, { "thinsp", 8201 },
	{ "zwnj", 8204 }, { "zwj", 8205 }, { "lrm", 8206 }, { "rlm", 8207 },
	{ "ndash", 8211 }, { "mdash", 8212 }, { "lsquo", 8216 },
	{ "rsquo", 8217 }, { "sbquo", 8218 }, { "ldquo", 8220 },
	{ "rdquo", 8221 }, { "bdquo", 8222 }, { "dagger", 8224 },
	{ "bull", 8226 }, { "hellip", 8230 }, { "permil", 8240 },
	{ "prime", 8242 }, { "lsaquo", 8249 }, { "rsaquo", 8250 },
	{ "euro", 8364 }, { "trade", 8482 }, { "part", 8706 },
	{ "and", 8743 }, { "minus", 8722 },
};

/* U+00A0 to U+00FF in order. */
static const char *const latin1[] = {
	"nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect",
	"uml", "copy", "ordf", "laquo", "not", "shy", "reg", "macr", "deg",
	"plusmn", "sup2", "sup3", "acute", "micro", "para", "middot", "cedil",
	"sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest",
	"Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig",
	"Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute",
	"Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute", "Ocirc",
	"Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc",
	"Uuml", "Yacute", "THORN", "szlig", "agrave", "aacute", "acirc",
	"atilde", "auml", "aring", "aelig", "ccedil", "egrave", "eacute",
	"ecirc", "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde",
	"ograve", "oacute", "ocirc", "otilde", "ouml", "divide", "oslash",
	"ugrave", "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml",
};
_Static_assert(ARRAY_LEN(latin1) == 96, "U+00A0 to U+00FF");

/* 128 to 159 mean characters of Windows-1252 on pages, not controls. */
static const uint16_t cp1252[32] = {
	8364, 129, 8218, 402, 8222, 8230, 8224, 8225, 710, 8240, 352, 8249,
	338, 141, 381, 143, 144, 8216, 8217, 8220, 8221, 8226, 8211, 8212,
	732, 8482, 353, 8250, 339, 157, 382, 376,
};

/* The code of &#10; and &#x000A; from after "&#", or 0. */
static uint32_t
numeric(chy_slice s)
{
	bool hex = s.len > 0 && chy_lower(s.ptr[0]) == 'x';
	uint32_t code = 0;

	s = chy_slice_from(s, hex);
	if (s.len == 0 || s.len > 8)
		return 0;
	for (size_t i = 0; i < s.len; i++) {
		char c = chy_lower(s.ptr[i]);
		uint32_t digit;

		if (chy_is_digit(c))
			digit = (uint32_t)(c - '0');
		else if (hex && c >= 'a' && c <= 'f')
			digit = (uint32_t)(c - 'a') + 10;
		else
			return 0;
		if (code < 0x110000)
			code = code * (hex ? 16 : 10) + digit;
	}
	if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
		return 0xFFFD;
	return code >= 128 && code < 160 ? cp1252[code - 128] : code;
}

/*
 * Length of the entity at the start of s, 0 if there is none, and its code.
 * Only with a semicolon: "&part" and "&not" in these texts are quotation
 * marks that a circuit turned to &, not entities.
 */
static size_t
entity(chy_slice s, uint32_t *ret_code)
{
	size_t len = 1;
	chy_slice name;
	uint32_t code = 0;

	while (len < s.len && len < ENTITY_MAX &&
	    (chy_is_alnum(s.ptr[len]) || s.ptr[len] == '#'))
		len++;
	if (len < 2 || len >= s.len || s.ptr[len] != ';')
		return 0;
	name = chy_slice_sub(s, 1, len - 1);
	if (name.ptr[0] == '#')
		code = numeric(chy_slice_from(name, 1));
	for (size_t i = 0; code == 0 && i < ARRAY_LEN(entities); i++)
		if (chy_slice_eq(name, chy_slice_of(entities[i].name)))
			code = entities[i].code;
	for (uint32_t i = 0; code == 0 && i < ARRAY_LEN(latin1); i++)
		if (chy_slice_eq(name, chy_slice_of(latin1[i])))
			code = 160 + i;
	if (code == 0)
		return 0;
	*ret_code = code;
	return len + 1;
}

/* The name of a tag with the slash of an end tag: pre, /pre. */
static bool
is_tag(chy_slice tag, const char *name)
{
	size_t n = strlen(name);

	return tag.len > n + 1 &&
	    chy_slice_ieq(chy_slice_sub(tag, 1, n), chy_slice_of(name)) &&
	    !chy_is_alnum(tag.ptr[n + 1]);
}

/* Does the tag's class attribute have this word? */
static bool
has_class(chy_slice tag, chy_slice word)
{
	for (size_t i = 1; i + 6 < tag.len; i++) {
		chy_slice v;
		size_t n = 0;

		if (!chy_is_space(tag.ptr[i - 1]) ||
		    !chy_slice_istarts(chy_slice_from(tag, i),
		    CHY_SLICE("class=")))
			continue;
		v = chy_slice_from(tag, i + 6);
		if (v.ptr[0] == '"' || v.ptr[0] == '\'')
			v = chy_slice_from(v, 1);
		while (v.len > 0) {
			while (n < v.len && (chy_is_alnum(v.ptr[n]) ||
			    v.ptr[n] == '-' || v.ptr[n] == '_'))
				n++;
			if (chy_slice_eq(chy_slice_sub(v, 0, n), word))
				return true;
			if (n == v.len || !chy_is_space(v.ptr[n]))
				break;
			v = chy_slice_from(v, n + 1);
			n = 0;
		}
	}
	return false;
}

/* ---- the scanner ---- */

typedef struct scan {
	chy_unwrapping u;
	chy_slice      raw;
	chy_buf	       cell[CELLS];
	unsigned       n_cells;		/* seen, the open one included */
	bool	       in_table;	/* the one of class cable */
	bool	       in_cell;
	bool	       in_block;
	bool	       at_start;	/* of a block: a line end is none */
	unsigned       n_blocks;
	size_t	       comment_end;	/* the last one found; raw.len: no
					 * more. So it is looked for once. */
	bool	       no_script_end;
	bool	       no_style_end;
} scan;

/* Length of the comment at off, or 0 if it is not closed. */
static size_t
comment_len(scan *sc, size_t off)
{
	if (sc->comment_end < off + 4)
		sc->comment_end = chy_slice_find(sc->raw, CHY_SLICE("-->"),
		    off + 4);
	return sc->comment_end < sc->raw.len ? sc->comment_end + 3 - off : 0;
}

/*
 * Length of the tag or declaration at the start of s, or 0: "<" is text where
 * no name follows, as in <218634>.
 */
static size_t
tag_len(chy_slice s)
{
	size_t max = s.len < TAG_MAX ? s.len : TAG_MAX;
	const char *gt;
	size_t name = s.len > 1 && s.ptr[1] == '/' ? 2 : 1;
	char quote = '\0';

	if (name >= max || !(chy_is_alpha(s.ptr[name]) || s.ptr[name] == '!' ||
	    s.ptr[name] == '?'))
		return 0;
	gt = memchr(s.ptr, '>', max);
	if (gt == NULL)
		return 0;
	for (size_t i = name; i < max; i++) {
		char c = s.ptr[i];

		if (quote != '\0') {
			if (c == quote)
				quote = '\0';
		} else if (c == '>') {
			return i + 1;
		} else if ((c == '"' || c == '\'') && s.ptr[i - 1] == '=') {
			quote = c;
		}
	}
	return (size_t)(gt - s.ptr) + 1;
}

/* <script> and <style> hold text that is no markup: the length up to their
 * end tag, or 0. */
static size_t
raw_text(chy_slice s, chy_slice end, bool *none)
{
	for (size_t i = 0; !*none && i < s.len; i++) {
		const char *lt = memchr(s.ptr + i, '<', s.len - i);

		if (lt == NULL)
			break;
		i = (size_t)(lt - s.ptr);
		if (chy_slice_istarts(chy_slice_from(s, i), end))
			return i;
	}
	*none = true;
	return 0;
}

/* Take the tag at off; returns the bytes taken, which may be more. */
static size_t
take_tag(scan *sc, size_t off, size_t len)
{
	chy_slice tag = chy_slice_sub(sc->raw, off, len);
	chy_slice rest = chy_slice_from(sc->raw, off + len);

	if (is_tag(tag, "pre") && !sc->in_block) {
		sc->in_block = sc->at_start = true;
		sc->in_cell = sc->in_table = false;
		if (sc->n_blocks++ > 0)
			chy_unwrapping_gap(&sc->u, off);
	} else if (is_tag(tag, "/pre")) {
		sc->in_block = false;
	} else if (sc->in_block) {
		;	/* a link or a span of publication */
	} else if (is_tag(tag, "table")) {
		/* Only the first one counts. */
		sc->in_table = sc->n_cells == 0 &&
		    has_class(tag, CHY_SLICE("cable"));
		sc->in_cell = false;
	} else if (is_tag(tag, "/table")) {
		sc->in_table = sc->in_cell = false;
	} else if (sc->in_table && is_tag(tag, "td")) {
		sc->in_cell = sc->n_cells < CELLS;
		sc->n_cells++;
	} else if (is_tag(tag, "/td") || is_tag(tag, "/tr")) {
		sc->in_cell = false;
	} else if (is_tag(tag, "script")) {
		len += raw_text(rest, CHY_SLICE("</script"),
		    &sc->no_script_end);
	} else if (is_tag(tag, "style")) {
		len += raw_text(rest, CHY_SLICE("</style"),
		    &sc->no_style_end);
	}
	chy_unwrapping_framing(&sc->u, off, len);
	return len;
}

/* Take bytes that are no tag: text of a block, of a cell, or of neither. */
static void
take_text(scan *sc, size_t off, size_t len, const char *decoded, size_t n)
{
	if (sc->in_block) {
		if (n > 0) {
			chy_unwrapping_decoded(&sc->u, off, len,
			    (chy_slice){ decoded, n });
			return;
		}
		/* HTML: the line end right after <pre> is not text. */
		if (sc->at_start && sc->raw.ptr[off] == '\n') {
			chy_unwrapping_framing(&sc->u, off, 1);
			off++;
			len--;
		}
		chy_unwrapping_copied(&sc->u, sc->raw, off, len);
	} else if (sc->in_cell) {
		chy_buf *cell = &sc->cell[sc->n_cells - 1];

		if (n > 0)
			chy_buf_put(cell, (chy_slice){ decoded, n });
		else
			chy_buf_put(cell, chy_slice_sub(sc->raw, off, len));
		chy_unwrapping_value(&sc->u, off, len);
	} else {
		chy_unwrapping_framing(&sc->u, off, len);
	}
}

static void
scan_page(scan *sc)
{
	chy_slice raw = sc->raw;
	size_t off = 0;

	while (off < raw.len) {
		chy_slice s = chy_slice_from(raw, off);
		char decoded[4];
		uint32_t code;
		size_t len;

		len = 0;
		if (chy_slice_starts(s, CHY_SLICE("<!--")))
			len = comment_len(sc, off);
		else if (s.ptr[0] == '<')
			len = tag_len(s);
		if (len > 0) {
			bool block = sc->in_block;

			off += take_tag(sc, off, len);
			if (block)
				sc->at_start = false;
			continue;
		}
		if (s.ptr[0] == '&' && (len = entity(s, &code)) > 0) {
			take_text(sc, off, len, decoded,
			    chy_utf8_put(code, decoded));
		} else {
			len = 1;
			while (len < s.len && s.ptr[len] != '<' &&
			    s.ptr[len] != '&')
				len++;
			take_text(sc, off, len, NULL, 0);
		}
		if (sc->in_block)
			sc->at_start = false;
		off += len;
	}
	chy_unwrapping_end(&sc->u, raw.len);
}

static void
fill_wrapper(scan *sc)
{
	chy_slice v[CELLS];

	for (int i = 0; i < CELLS; i++) {
		if (chy_buf_status(&sc->cell[i]) != CHY_OK)
			sc->u.failed = true;
		v[i] = chy_slice_trim(chy_buf_slice(&sc->cell[i]));
	}
	/* Reference id, created, released, classification, origin. */
	sc->u.wrapper = (chy_wrapper){
		.kind = CHY_SLICE("page"),
		.reference_id = v[0],
		.date = v[1],
		.classification = v[3],
		.origin = v[4],
	};
}

static bool
detect(chy_slice head)
{
	static const char *const starts[] = {
		"<!doctype html", "<html", "<head", "<body", "<div", "<table",
		"<pre", "<code",
	};

	head = chy_slice_from(head, chy_intake_lead(head));
	for (size_t i = 0; i < ARRAY_LEN(starts); i++)
		if (chy_slice_istarts(head, chy_slice_of(starts[i])))
			return true;
	if (!chy_slice_istarts(head, CHY_SLICE("<?xml")))
		return false;
	/* XHTML says so soon after; TEI and others do not. */
	for (size_t i = 0; i < head.len && i < 1024; i++)
		if (head.ptr[i] == '<' && (chy_slice_istarts(
		    chy_slice_from(head, i), CHY_SLICE("<html")) ||
		    chy_slice_istarts(chy_slice_from(head, i),
		    CHY_SLICE("<!doctype html"))))
			return true;
	return false;
}

static chy_status
unwrap(chy_feed *feed, chy_piece_fn each, void *each_arg, chy_error *err)
{
	chy_status st = chy_feed_all(feed, err);
	const char *trouble = NULL;
	scan sc = { .raw = feed->data };

	if (st != CHY_OK)
		return st;
	chy_unwrapping_init(&sc.u);
	scan_page(&sc);
	fill_wrapper(&sc);
	if (sc.n_blocks == 0)
		trouble = "a page without a telegram: it has no block <pre>; "
		    "save the page of the telegram itself";
	else if (sc.u.text.len == 0)
		trouble = "a page without a telegram: its block <pre> is empty";
	st = chy_unwrapping_give(&sc.u, sc.raw, feed->off, 0, trouble, each,
	    each_arg, err);
	for (int i = 0; i < CELLS; i++)
		chy_buf_done(&sc.cell[i]);
	chy_unwrapping_done(&sc.u);
	return st;
}

const chy_intake_row chy_intake_page = { "page", detect, unwrap };
