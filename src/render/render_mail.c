/*
 * The telegram as a message of Internet mail: its text unchanged in the body,
 * and header fields that are an index to it.
 *
 * Sources: RFC 5322 (message), RFC 6477 (the MMHS fields), RFC 2045 and 2047
 * (text beyond ASCII), RFC 6761 (.invalid is nobody's domain). Addresses and
 * Message-IDs are of that domain: what is written here is for reading, and
 * must never reach a person that happens to have such an address. The
 * Message-ID is made of the canonical id alone, so that a REF list gives those
 * of the telegrams it cites, and a mail reader shows the thread.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/ascii.h"
#include "base/utf8.h"
#include "render/render_int.h"
#include "telegram/mrn.h"

#define DOMAIN	"telegram.invalid"
#define PLADS	"plad.invalid"

/* Longest line of a message (RFC 5322, 2.1.1) and where headers are folded. */
#define LINE_MAX_	998u
#define FOLD		72u

/* Longest military-string (RFC 6477, 4). */
#define STRING_MAX_	69u


/* ---- pieces of a header ---- */

/* What an address or a Message-ID may be made of; blanks become dots. */
static void
put_local_part(chy_sink *out, chy_slice name)
{
	bool dot = false, any = false;

	for (size_t i = 0; i < name.len; i++) {
		char c = chy_lower(name.ptr[i]);

		if (chy_is_alnum(c)) {
			if (dot && any)
				chy_sink_puts(out, ".");
			chy_sink_put(out, (chy_slice){ &c, 1 });
			any = true;
			dot = false;
		} else {
			dot = true;
		}
	}
	if (!any)
		chy_sink_puts(out, "unknown");
}

static void
put_message_id(chy_sink *out, chy_slice id)
{
	chy_sink_puts(out, "<");
	put_local_part(out, id);
	chy_sink_puts(out, "@" DOMAIN ">");
}

/* "AMEMBASSY MUSCAT" <amembassy.muscat@plad.invalid> */
static void
put_mailbox(chy_sink *out, chy_slice plad)
{
	chy_sink_puts(out, "\"");
	for (size_t i = 0; i < plad.len; i++) {
		char c = plad.ptr[i];

		if ((unsigned char)c < 32 || (unsigned char)c > 126)
			c = '?';
		if (c == '"' || c == '\\')
			chy_sink_puts(out, "\\");
		chy_sink_put(out, (chy_slice){ &c, 1 });
	}
	chy_sink_puts(out, "\" <");
	put_local_part(out, plad);
	chy_sink_puts(out, "@" PLADS ">");
}

static void
put_base64(chy_sink *out, chy_slice s)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < s.len; i += 3) {
		uint32_t v = 0;
		char four[4];

		for (size_t k = 0; k < 3; k++)
			v = v << 8 | (i + k < s.len ?
			    (unsigned char)s.ptr[i + k] : 0u);
		for (int k = 3; k >= 0; k--, v >>= 6)
			four[k] = digits[v & 63];
		for (size_t k = s.len - i; k < 3; k++)
			four[k + 1] = '=';
		chy_sink_put(out, (chy_slice){ four, 4 });
	}
}

static bool
is_ascii(chy_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] > 126 ||
		    ((unsigned char)s.ptr[i] < 32 && s.ptr[i] != '\t' &&
		    s.ptr[i] != '\n' && s.ptr[i] != '\r'))
			return false;
	return true;
}

/* Text of a header, folded at blanks; beyond ASCII in encoded words, which
 * are cut between characters (RFC 2047). */
static void
put_unstructured(chy_sink *out, const char *name, chy_slice text)
{
	size_t column = strlen(name) + 1, at = 0;

	chy_sink_printf(out, "%s:", name);
	if (!is_ascii(text)) {
		while (at < text.len) {
			size_t n = 0;

			while (at + n < text.len && n < 42) {
				size_t c = chy_utf8_len(chy_slice_from(text,
				    at + n));

				n += c > 0 ? c : 1;
			}
			chy_sink_puts(out, at > 0 ? "\n =?UTF-8?B?" :
			    " =?UTF-8?B?");
			put_base64(out, chy_slice_sub(text, at, n));
			chy_sink_puts(out, "?=");
			at += n;
		}
		chy_sink_puts(out, "\n");
		return;
	}
	while (at < text.len) {
		size_t end = at;

		while (end < text.len && !chy_is_space(text.ptr[end]))
			end++;
		if (end > at) {
			bool fold = column + 1 + end - at > FOLD && column >
			    strlen(name) + 1;

			chy_sink_puts(out, fold ? "\n " : " ");
			column = (fold ? 0 : column) + 1 + end - at;
			chy_sink_put(out, chy_slice_sub(text, at, end - at));
		}
		at = end + 1;
	}
	chy_sink_puts(out, "\n");
}

/* RFC 5322, 3.3: seconds and zone are known. */
static void
put_date(chy_sink *out, const char *name, chy_civil c)
{
	static const char *const days[] = { "Thu", "Fri", "Sat", "Sun", "Mon",
	    "Tue", "Wed" };
	int64_t day = chy_civil_seconds(c) / 86400 % 7;

	chy_sink_printf(out, "%s: %s, %02u %.3s %04d %02u:%02u:00 +0000\n",
	    name, days[day < 0 ? day + 7 : day], c.day,
	    chy_month_name(c.month), (int)c.year, c.hour, c.minute);
}

/* A string of RFC 6477: what it has no sign for is left out. */
static size_t
military(chy_slice s, char out[STRING_MAX_ + 1])
{
	size_t n = 0;

	for (size_t i = 0; i < s.len && n < STRING_MAX_; i++)
		if (chy_is_alnum(s.ptr[i]) || (s.ptr[i] != '\0' &&
		    strchr(" '()+,-./:=?", s.ptr[i]) != NULL))
			out[n++] = s.ptr[i];
	while (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
	return n;
}

static void
put_military(chy_sink *out, const char *name, chy_slice value)
{
	char text[STRING_MAX_ + 1];

	value = chy_slice_trim(value);
	if (military(value, text) > 0)
		chy_sink_printf(out, "%s: %s\n", name, text);
}

/* One more of a list; the first comes after the name. */
static void
put_item(chy_sink *out, const char *name, bool *begun, chy_slice value)
{
	char text[STRING_MAX_ + 1];

	if (military(chy_slice_trim(value), text) == 0)
		return;
	/* Folded at the sign between two, never inside one. */
	if (*begun)
		chy_sink_printf(out, ";\n %s", text);
	else
		chy_sink_printf(out, "%s: %s", name, text);
	*begun = true;
}


/* ---- the fields ---- */

static bool
is_elsewhere(const chy_addressee *a)
{
	return chy_slice_ieq(a->routing_indicator, CHY_SLICE("ZEN"));
}

static void
put_addressees(const chy_telegram *tel, chy_sink *out, const char *name,
    chy_role role)
{
	bool begun = false;

	for (uint32_t i = 0; i < tel->n_addressees; i++) {
		const chy_addressee *a = &tel->addressees[i];

		if (a->role != role || is_elsewhere(a) || a->plad.len == 0)
			continue;
		if (begun)
			chy_sink_puts(out, ",\n ");
		else
			chy_sink_printf(out, "%s: ", name);
		put_mailbox(out, a->plad);
		begun = true;
	}
	if (begun)
		chy_sink_puts(out, "\n");
}

static void
put_others(const chy_telegram *tel, chy_sink *out, const char *name,
    chy_role role)
{
	bool begun = false;

	for (uint32_t i = 0; i < tel->n_addressees; i++)
		if (tel->addressees[i].role == role &&
		    is_elsewhere(&tel->addressees[i]))
			put_item(out, name, &begun, tel->addressees[i].plad);
	if (begun)
		chy_sink_puts(out, "\n");
}

static void
put_precedence(const chy_telegram *tel, chy_sink *out, const char *name,
    chy_role role)
{
	static const char *const words[] = {
		[CHY_PRECEDENCE_ROUTINE] = "routine",
		[CHY_PRECEDENCE_PRIORITY] = "priority",
		[CHY_PRECEDENCE_IMMEDIATE] = "immediate",
		[CHY_PRECEDENCE_NIACT_IMMEDIATE] = "immediate",
		[CHY_PRECEDENCE_FLASH] = "flash",
		[CHY_PRECEDENCE_EMERGENCY] = "flash",
		[CHY_PRECEDENCE_CRITIC] = "override",
	};
	chy_precedence highest = CHY_PRECEDENCE_NONE;

	for (uint32_t i = 0; i < tel->n_addressees; i++)
		if (tel->addressees[i].role == role &&
		    tel->addressees[i].effective > highest)
			highest = tel->addressees[i].effective;
	if ((size_t)highest < ARRAY_LEN(words) && words[highest] != NULL)
		chy_sink_printf(out, "%s: %s\n", name, words[highest]);
}

/* What it cites, oldest of the list first as REF lists have it. In-Reply-To
 * is the first. */
static void
put_references(const chy_telegram *tel, chy_sink *out)
{
	bool begun = false;

	for (int field = 0; field < 2; field++) {
		begun = false;
		for (uint32_t i = 0; i < tel->n_references; i++) {
			const chy_reference *r = &tel->references[i];

			if (r->kind != CHY_REF_TELEGRAM || r->value.len == 0)
				continue;
			chy_sink_puts(out, begun ? "\n " : field == 0 ?
			    "In-Reply-To: " : "References: ");
			put_message_id(out, r->value);
			begun = true;
			if (field == 0)
				break;
		}
		if (begun)
			chy_sink_puts(out, "\n");
	}
}

static void
put_tags(const chy_telegram *tel, chy_sink *out)
{
	bool begun = false;

	for (uint32_t i = 0; i < tel->n_tags; i++) {
		char text[STRING_MAX_ + 1];

		if (military(tel->tags[i].code, text) == 0)
			continue;
		/* A comma would part a person's name. */
		for (char *c = text; *c != '\0'; c++)
			if (*c == ',')
				*c = ' ';
		chy_sink_printf(out, "%s%s", !begun ? "Keywords: " :
		    i % 8 == 0 ? ",\n " : ", ", text);
		begun = true;
	}
	if (begun)
		chy_sink_puts(out, "\n");
	begun = false;
	/* Three to eight characters: codes of countries have two. */
	for (uint32_t i = 0; i < tel->n_tags; i++)
		if (tel->tags[i].code.len >= 3 && tel->tags[i].code.len <= 8)
			put_item(out, "MMHS-Subject-Indicator-Codes", &begun,
			    tel->tags[i].code);
	if (begun)
		chy_sink_puts(out, "\n");
}

static void
put_instructions(const chy_telegram *tel, chy_sink *out)
{
	bool begun = false;

	for (uint32_t i = 0; i < tel->captions.n; i++)
		put_item(out, "MMHS-Message-Instructions", &begun,
		    tel->captions.at[i]);
	for (uint32_t i = 0; i < tel->n_passing; i++)
		put_item(out, "MMHS-Message-Instructions", &begun,
		    tel->passing[i].text);
	if (begun)
		chy_sink_puts(out, "\n");
}

/* MRN as the originator writes it: post in capitals, serial of six digits. */
static void
put_number(const chy_telegram *tel, chy_sink *out)
{
	char post[STRING_MAX_ + 1];
	chy_mrn mrn;
	size_t n;

	if (tel->canonical_id.len == 0 ||
	    !chy_mrn_parse(tel->canonical_id, tel->year, &mrn))
		return;
	n = military(tel->originator.post.len > 0 ? tel->originator.post :
	    (chy_slice){ mrn.post, mrn.post_len }, post);
	chy_sink_printf(out, "MMHS-Originator-Reference: %.*s %06u\n",
	    (int)(n < STRING_MAX_ - 10 ? n : STRING_MAX_ - 10), post,
	    (unsigned)mrn.serial);
}

static void
put_label(const chy_telegram *tel, chy_sink *out)
{
	char text[STRING_MAX_ + 1];
	chy_buf buf = CHY_BUF_INIT;
	chy_sink label = chy_sink_buf(&buf);

	if (tel->level == CHY_LEVEL_NONE)
		return;
	chy_put_classification(&label, tel);
	if (military(chy_buf_slice(&buf), text) > 0)
		chy_sink_printf(out, "SIO-Label: marking=\"%s\"\n", text);
	chy_buf_done(&buf);
}


/* ---- the body ---- */

static bool
fits_lines(chy_slice s)
{
	size_t start = 0;

	for (size_t i = 0; i <= s.len; i++)
		if (i == s.len || s.ptr[i] == '\n') {
			if (i - start > LINE_MAX_)
				return false;
			start = i + 1;
		}
	return true;
}

/* RFC 2045, 6.7. */
static void
put_quoted(chy_sink *out, chy_slice s)
{
	size_t column = 0;

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		bool last = i + 1 == s.len || s.ptr[i + 1] == '\n';

		if (c == '\n') {
			chy_sink_puts(out, "\n");
			column = 0;
			continue;
		}
		if (column >= 72) {
			chy_sink_puts(out, "=\n");
			column = 0;
		}
		if ((c >= 33 && c <= 126 && c != '=') ||
		    ((c == ' ' || c == '\t') && !last)) {
			chy_sink_put(out, chy_slice_sub(s, i, 1));
			column++;
		} else {
			chy_sink_printf(out, "=%02X", c);
			column += 3;
		}
	}
}

static void
put_body(chy_slice text, chy_sink *out)
{
	bool ascii = is_ascii(text);
	bool plain = ascii && fits_lines(text) &&
	    chy_slice_find(text, CHY_SLICE("\r"), 0) >= text.len;

	/* Where it cannot be read as UTF-8 either, no set is right. */
	chy_sink_printf(out, "MIME-Version: 1.0\nContent-Type: text/plain; "
	    "charset=%s\nContent-Transfer-Encoding: %s\n\n", ascii ?
	    "us-ascii" : chy_utf8_check(text) == text.len ? "utf-8" :
	    "windows-1252", plain ? "7bit" : "quoted-printable");
	if (plain)
		chy_sink_put(out, text);
	else
		put_quoted(out, text);
	if (text.len == 0 || text.ptr[text.len - 1] != '\n')
		chy_sink_puts(out, "\n");
}

static void
render(const chy_telegram *tel, chy_sink *out)
{
	const chy_originator *from = &tel->originator;
	chy_slice who = from->plad.len > 0 ? from->plad : from->name;

	if (who.len > 0) {
		chy_sink_puts(out, "From: ");
		put_mailbox(out, who);
		chy_sink_puts(out, "\n");
	} else {
		/* A group without members (RFC 6854): nobody is named. */
		chy_sink_puts(out, "From: unknown originator:;\n");
	}
	put_addressees(tel, out, "To", CHY_ROLE_ACTION);
	put_addressees(tel, out, "Cc", CHY_ROLE_INFO);
	if (tel->dtg_civil.year != 0)
		put_date(out, "Date", tel->dtg_civil);
	if (tel->canonical_id.len > 0) {
		chy_sink_puts(out, "Message-ID: ");
		put_message_id(out, tel->canonical_id);
		chy_sink_puts(out, "\n");
	}
	put_references(tel, out);
	put_unstructured(out, "Subject", tel->subject_raw.len > 0 ?
	    tel->subject_raw : tel->subject);
	put_tags(tel, out);
	put_label(tel, out);
	if (tel->dtg_civil.year != 0)
		put_date(out, "MMHS-Extended-Authorisation-Info",
		    tel->dtg_civil);
	put_precedence(tel, out, "MMHS-Primary-Precedence", CHY_ROLE_ACTION);
	put_precedence(tel, out, "MMHS-Copy-Precedence", CHY_ROLE_INFO);
	put_others(tel, out, "MMHS-Other-Recipients-Indicator-To",
	    CHY_ROLE_ACTION);
	put_others(tel, out, "MMHS-Other-Recipients-Indicator-CC",
	    CHY_ROLE_INFO);
	put_instructions(tel, out);
	put_number(tel, out);
	put_military(out, "MMHS-Originator-PLAD", from->plad);
	put_body(tel->text, out);
}

const chy_renderer chy_renderer_mail = {
	.name = "mail",
	.media_type = "message/rfc822",
	.suffix = "eml",
	.title = "a message of Internet mail (RFC 5322, RFC 6477)",
	.render = render,
};
