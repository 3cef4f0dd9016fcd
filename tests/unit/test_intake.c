/*
 * Taking off pages, dump records and nothing at all, on small written cases.
 *
 * SPDX-License-Identifier: ISC
 */
#include "testing.h"

#include "base/buf.h"
#include "base/compiler.h"
#include "pieces.h"

/* ---- pages ---- */

#define TABLE								\
	"<table class='cable'>\n<tr>\n<th>Reference ID</th>\n</tr>\n<tr>\n" \
	"<td>\n<a href='/x'>08PORTARDEN7</a>\n</td>\n"			\
	"<td>\n2008-06-09 02:02\n</td>\n<td>2010-11-28</td>\n"		\
	"<td>SECRET//NOFORN</td>\n<td>Embassy Port&nbsp;Arden</td>\n"	\
	"</tr>\n</table>\n"
#define PAGE(blocks)	"<html><body>" TABLE blocks "</body></html>\n"

static const struct {
	const char *label;
	const char *page;
	const char *text;	/* NULL: trouble */
	const char *id;
} pages[] = {
	{ "two blocks",
	    PAGE("<code><pre>FM PORT&#x000A;TO STATE</pre></code>\n"
	    "<code><pre>SECRET &#10;BODY</pre></code>"),
	    "FM PORT\nTO STATE\n\nSECRET \nBODY\n", "08PORTARDEN7" },
	{ "a heading with its own line end gets one",
	    PAGE("<code><pre>FM PORT&#x000A;</pre></code>"
	    "<code><pre>BODY&#x000A;</pre></code>"),
	    "FM PORT\n\nBODY\n", "08PORTARDEN7" },
	{ "links are dropped, their text stays",
	    PAGE("<pre>TAGS: <a href='/tag/PREL_0.html'>PREL</a> "
	    "<a id=\"par1\" href=\"#p>1\">\xC2\xB6</a>1. (C)</pre>"),
	    "TAGS: PREL \xC2\xB6" "1. (C)\n", "08PORTARDEN7" },
	{ "what begins with a number is no tag",
	    PAGE("<pre>CASE <218634> AND a < b > c &lt;b&gt;</pre>"),
	    "CASE <218634> AND a < b > c <b>\n", "08PORTARDEN7" },
	{ "an ampersand that is a quotation mark stays",
	    PAGE("<pre>&part of &not8 &amp;amp; AT&T &nosuch; &#xZZ;</pre>"),
	    "&part of &not8 &amp; AT&T &nosuch; &#xZZ;\n", "08PORTARDEN7" },
	{ "entities by name and number",
	    PAGE("<pre>&eacute;&#233;&#xE9;&#146;&mdash;&quot;</pre>"),
	    "\xC3\xA9\xC3\xA9\xC3\xA9\xE2\x80\x99\xE2\x80\x94\"\n",
	    "08PORTARDEN7" },
	{ "a number that is no character",
	    PAGE("<pre>&#0;&#xD800;&#x110000;&#99999999;</pre>"),
	    "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\n",
	    "08PORTARDEN7" },
	{ "no table",
	    "<!DOCTYPE html><title>x</title><pre>\nFM PORT\nSECRET</pre>",
	    "FM PORT\nSECRET\n", "" },
	{ "the block is not closed",
	    "<html><pre>FM PORT", "FM PORT\n", "" },
	{ "a block in a script or a comment is none",
	    "<html><script>'<pre>NO</pre>'</script><!-- <pre>NO</pre> -->"
	    "<pre>YES</pre>", "YES\n", "" },
	{ "another table is not the table",
	    "<html><table class='cables other'><td>NO</td></table>"
	    "<pre>YES</pre>", "YES\n", "" },
	{ "no block",	"<html><body>nothing</body></html>", NULL, "" },
	{ "an empty block", "<html><pre></pre></html>", NULL, "" },
	{ "cut in a tag", "<html><body><pr", NULL, "" },
};

static void
test_pages(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
		const char *label = pages[i].label;
		chy_slice bytes = chy_slice_of(pages[i].page);
		pieces got = pieces_of(bytes, i % 2 ? 5 : 0);

		EXPECT_EQ(label, got.n, 1);
		EXPECT(label, got.at[0].broken == NULL);
		EXPECT(label, chy_slice_eq(got.at[0].raw, bytes));
		EXPECT_TEXT(label, got.at[0].kind, "page");
		EXPECT_TEXT(label, got.at[0].id, pages[i].id);
		EXPECT_EQ(label, got.at[0].trouble != NULL,
		    pages[i].text == NULL);
		EXPECT_TEXT(label, got.at[0].text, pages[i].text != NULL ?
		    pages[i].text : pages[i].page);
		pieces_done(&got);
	}
}

static void
test_page_values(void **state)
{
	pieces got = pieces_of(chy_slice_of(PAGE("<pre>X</pre>")), 0);

	(void)state;
	EXPECT_TEXT("created", got.at[0].date, "2008-06-09 02:02");
	EXPECT_TEXT("classification", got.at[0].classification,
	    "SECRET//NOFORN");
	EXPECT_TEXT("origin", got.at[0].origin, "Embassy Port\xC2\xA0" "Arden");
	pieces_done(&got);
}

/* A page cut anywhere neither crashes nor loses bytes. */
static void
test_page_cut(void **state)
{
	static const char page[] =
	    PAGE("<code><pre>FM&#x000A;</pre></code><pre>A &amp; B</pre>");

	(void)state;
	for (size_t n = 1; n < sizeof(page); n++) {
		pieces got = pieces_of((chy_slice){ page, n }, 0);

		EXPECT_EQ("pieces of a cut page", got.n, 1);
		EXPECT("cut page", got.at[0].broken == NULL);
		EXPECT_EQ("bytes of a cut page", got.at[0].raw.len, n);
		pieces_done(&got);
	}
}

/* ---- the dump ---- */

#define RECORD(n, body)							\
	"\"" n "\",\"6/9/2008 14:56\",\"08PORTARDEN" n "\",\"Embassy Port " \
	"Arden\",\"SECRET\",\"08STATE1|08STATE2\",\"FM PORT\nTO STATE\",\"" \
	body "\"\n"

static const struct {
	const char *label;
	const char *csv;
	size_t	    n;
	const char *text[4];	/* of the records; NULL: trouble */
} dumps[] = {
	{ "one record", RECORD("1", "BODY \nEND"), 1,
	    { "FM PORT\nTO STATE\n\nBODY \nEND\n" } },
	{ "two records", RECORD("1", "A") RECORD("2", "B"), 2,
	    { "FM PORT\nTO STATE\n\nA\n", "FM PORT\nTO STATE\n\nB\n" } },
	{ "quotes", RECORD("1", "HE SAID \\\"NO\\\" TO SMITH\\'S"), 1,
	    { "FM PORT\nTO STATE\n\nHE SAID \"NO\" TO SMITH'S\n" } },
	{ "other backslashes mean nothing", RECORD("1", "a\\nb\\\\c\\"
	    "\nd"), 1, { "FM PORT\nTO STATE\n\na\\nb\\\\c\\\nd\n" } },
	{ "a body that ends in a backslash",
	    RECORD("1", "END\\") RECORD("2", "B"), 2,
	    { "FM PORT\nTO STATE\n\nEND\\\n", "FM PORT\nTO STATE\n\nB\n" } },
	{ "a body with the words between fields",
	    RECORD("1", "A \\\",\\\" B") RECORD("2", "A\",\"B"), 2,
	    { "FM PORT\nTO STATE\n\nA \",\" B\n",
	      "FM PORT\nTO STATE\n\nA\",\"B\n" } },
	{ "a body that looks like an end",
	    RECORD("1", "A \\\"\n\\\"2\\\",\\\"6/9/2008 1:01\\\",\\\" B"), 1,
	    { "FM PORT\nTO STATE\n\nA \"\n\"2\",\"6/9/2008 1:01\",\" B\n" } },
	{ "a heading that ends in a backslash",
	    "\"1\",\"6/9/2008 14:56\",\"X\",\"Y\",\"Z\",\"\",\"FM PORT\\\","
	    "\"BODY\"\n", 1, { "FM PORT\\\n\nBODY\n" } },
	{ "an empty heading",
	    "\"1\",\"6/9/2008 14:56\",\"X\",\"Y\",\"Z\",\"\",\"\",\"BODY\"\n",
	    1, { "BODY\n" } },
	{ "an empty body",
	    "\"1\",\"6/9/2008 14:56\",\"X\",\"Y\",\"Z\",\"\",\"FM\",\"\"", 1,
	    { "FM\n" } },
	{ "CR LF between records",
	    "\"1\",\"6/9/2008 14:56\",\"X\",\"Y\",\"Z\",\"\",\"FM\",\"A\"\r\n"
	    "\"2\",\"6/9/2008 14:56\",\"X\",\"Y\",\"Z\",\"\",\"FM\",\"B\"\r\n",
	    2, { "FM\n\nA\n", "FM\n\nB\n" } },
	{ "a record without a date between two",
	    RECORD("1", "A")
	    "\"2\",\"\",\"X\",\"Y\",\"Z\",\"\",\"FM\",\"B\"\n"
	    RECORD("3", "C"), 3,
	    { "FM PORT\nTO STATE\n\nA\n", "FM\n\nB\n",
	      "FM PORT\nTO STATE\n\nC\n" } },
	{ "a record with too few fields does not take the next along",
	    RECORD("1", "A") "\"2\",\"6/9/2008 14:56\",\"X\",\"Y\"\n"
	    RECORD("3", "C"), 3,
	    { "FM PORT\nTO STATE\n\nA\n", NULL,
	      "FM PORT\nTO STATE\n\nC\n" } },
	{ "cut in the last field",
	    RECORD("1", "A") "\"2\",\"6/9/2008 14:56\",\"X\",\"Y\",\"Z\","
	    "\"\",\"FM\",\"BOD", 2, { "FM PORT\nTO STATE\n\nA\n", NULL } },
	{ "a byte order mark", "\xEF\xBB\xBF" RECORD("1", "A"), 1,
	    { "FM PORT\nTO STATE\n\nA\n" } },
};

static void
test_dumps(void **state)
{
	static const size_t chunks[] = { 0, 1, 7, 64, 100000 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(dumps) * ARRAY_LEN(chunks); i++) {
		size_t d = i / ARRAY_LEN(chunks);
		const char *label = dumps[d].label;
		chy_slice bytes = chy_slice_of(dumps[d].csv);
		pieces got = pieces_of(bytes, chunks[i % ARRAY_LEN(chunks)]);
		size_t off = 0;

		EXPECT_EQ(label, got.n, dumps[d].n);
		for (size_t k = 0; k < got.n; k++) {
			kept_piece *p = &got.at[k];
			const char *want = dumps[d].text[k];

			EXPECT(label, p->broken == NULL);
			EXPECT_EQ(label, p->part, k + 1);
			EXPECT_EQ(label, p->raw_off, off);
			EXPECT(label, chy_slice_eq(p->raw,
			    chy_slice_sub(bytes, off, p->raw.len)));
			EXPECT_EQ(label, p->trouble != NULL, want == NULL);
			if (want != NULL)
				EXPECT_TEXT(label, p->text, want);
			off += p->raw.len;
		}
		EXPECT_EQ(label, off, bytes.len);
		pieces_done(&got);
	}
}

static void
test_dump_values(void **state)
{
	pieces got = pieces_of(chy_slice_of(RECORD("1", "A")), 0);

	(void)state;
	EXPECT_TEXT("kind", got.at[0].kind, "csv");
	EXPECT_TEXT("id", got.at[0].id, "08PORTARDEN1");
	EXPECT_TEXT("date", got.at[0].date, "6/9/2008 14:56");
	EXPECT_TEXT("origin", got.at[0].origin, "Embassy Port Arden");
	EXPECT_TEXT("classification", got.at[0].classification, "SECRET");
	EXPECT_EQ("references", got.at[0].n_refs, 2);
	EXPECT_TEXT("first reference", got.at[0].first_ref, "08STATE1");
	pieces_done(&got);
}

/* A record above the limit comes in pieces, all bytes of it, and the next
 * one is found. */
static void
test_dump_too_large(void **state)
{
	chy_buf csv = CHY_BUF_INIT;
	size_t off = 0, n = (size_t)40 << 20;
	char *p;
	pieces got;

	(void)state;
	chy_buf_puts(&csv, "\"1\",\"6/9/2008 14:56\",\"X\",\"Y\",\"Z\",\"\","
	    "\"FM\",\"");
	p = chy_buf_room(&csv, n);
	assert_non_null(p);
	memset(p, 'A', n);
	csv.len += n;
	chy_buf_puts(&csv, "\"\n" RECORD("2", "B"));
	got = pieces_of(chy_buf_slice(&csv), (size_t)1 << 20);
	EXPECT("pieces", got.n >= 2 && got.n < 6);
	for (size_t i = 0; i < got.n; i++) {
		EXPECT("piece", got.at[i].broken == NULL);
		EXPECT_EQ("place", got.at[i].raw_off, off);
		EXPECT_EQ("trouble but for the last",
		    got.at[i].trouble == NULL, i + 1 == got.n);
		off += got.at[i].raw.len;
	}
	EXPECT_EQ("all bytes", off, csv.len);
	EXPECT_TEXT("the next one", got.at[got.n - 1].id, "08PORTARDEN2");
	pieces_done(&got);
	chy_buf_done(&csv);
}

/* ---- plain files ---- */

static void
test_plain(void **state)
{
	static const char two[] =
	    "VZCZCAAA0001\nDE RUEHPA #0001\nNNNN\n\n"
	    "VZCZCAAA0002\nDE RUEHPA #0002\nNNNN\n";
	pieces got = pieces_of(chy_slice_of(two), 3);

	(void)state;
	EXPECT_EQ("two in a stream", got.n, 2);
	EXPECT_EQ("part of the first", got.at[0].part, 1);
	EXPECT_EQ("part of the second", got.at[1].part, 2);
	EXPECT_EQ("place of the second", got.at[1].raw_off,
	    got.at[0].raw.len);
	EXPECT_TEXT("nothing was taken off", got.at[0].kind, "");
	pieces_done(&got);

	got = pieces_of(CHY_SLICE("SUBJECT: ONE LINE"), 0);
	EXPECT_EQ("one line", got.n, 1);
	EXPECT_EQ("the whole file has no part", got.at[0].part, 0);
	EXPECT_TEXT("as it is", got.at[0].text, "SUBJECT: ONE LINE");
	pieces_done(&got);

	got = pieces_of(CHY_EMPTY, 1);
	EXPECT_EQ("an empty file has none", got.n, 0);
	pieces_done(&got);

	/* A name that lies: only the bytes count. */
	got = pieces_of(CHY_SLICE("\"1\",\"NO DATE\",\"X\"\n"), 0);
	EXPECT_EQ("no dump", got.n, 1);
	EXPECT_TEXT("no dump is plain", got.at[0].kind, "");
	pieces_done(&got);
}

static chy_status
stop(void *arg, const chy_piece *piece)
{
	(void)piece;
	++*(int *)arg;
	return CHY_ERR_STOPPED;
}

static chy_status
broken_fill(void *arg, char *buf, size_t size, size_t *ret_len,
    chy_error *err)
{
	(void)arg;
	(void)buf;
	(void)size;
	(void)ret_len;
	return chy_fail_sys(err, 5, "the disk");
}

/* A number that the next call changes. */
static unsigned
dice(unsigned *seed, unsigned n)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 16) % n;
}

/* A stream of many windows, whose borders fall everywhere, is cut as the same
 * bytes in memory are. */
static void
test_long_stream(void **state)
{
	static const size_t chunks[] = { 4093, 65536, 300007 };
	chy_buf buf = CHY_BUF_INIT;
	unsigned seed = 7;
	pieces whole;

	(void)state;
	for (unsigned n = 0; buf.len < 9u << 20; n++) {
		if (dice(&seed, 2))
			chy_buf_printf(&buf, "VZCZCAAA%04u\n", n % 10000);
		chy_buf_puts(&buf, "DE RUEHPA #0007\nO 091456Z JUN 08\nFM "
		    "AMEMBASSY PORT ARDEN\n");
		/* Some are longer than a window. */
		for (unsigned k = n % 700 == 650 ? 200000 : dice(&seed, 200);
		    k > 0; k--)
			chy_buf_puts(&buf, dice(&seed, 9) == 0 ? "NNNN\n" :
			    dice(&seed, 2) ? "SEE VZCZC0512\n" :
			    "NINE FERRIES\n");
		chy_buf_puts(&buf, "NNNN\n");
		for (unsigned k = dice(&seed, 90); k > 0; k--)
			chy_buf_puts(&buf, dice(&seed, 3) ? "\n" : "UNCLAS\n");
	}
	whole = pieces_of(chy_buf_slice(&buf), 0);
	EXPECT("there are many", whole.n > 1000);
	for (size_t i = 0; i < ARRAY_LEN(chunks); i++) {
		pieces got = pieces_of(chy_buf_slice(&buf), chunks[i]);

		EXPECT_EQ("as many", got.n, whole.n);
		for (size_t k = 0; k < got.n && k < whole.n; k++) {
			EXPECT_EQ("place", got.at[k].raw_off,
			    whole.at[k].raw_off);
			EXPECT_EQ("part", got.at[k].part, whole.at[k].part);
			EXPECT("bytes", chy_slice_eq(got.at[k].raw,
			    whole.at[k].raw));
		}
		pieces_done(&got);
	}
	pieces_done(&whole);
	chy_buf_done(&buf);
}

static void
test_stops(void **state)
{
	int calls = 0;
	chy_error err = { 0 };

	(void)state;
	EXPECT_EQ("stopped", chy_intake_bytes(chy_slice_of(
	    RECORD("1", "A") RECORD("2", "B")), stop, &calls, NULL),
	    CHY_ERR_STOPPED);
	EXPECT_EQ("after the first", calls, 1);
	EXPECT_EQ("a read that fails", chy_intake(broken_fill, NULL, stop,
	    &calls, &err), CHY_ERR_IO);
	EXPECT_EQ("errno is kept", err.sys, 5);
}

static void
test_names(void **state)
{
	(void)state;
	EXPECT_TEXT("first", chy_slice_of(chy_intake_name(0)), "csv");
	EXPECT("end", chy_intake_name(3) == NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_page_values),
		cmocka_unit_test(test_page_cut),
		cmocka_unit_test(test_dumps),
		cmocka_unit_test(test_dump_values),
		cmocka_unit_test(test_dump_too_large),
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_long_stream),
		cmocka_unit_test(test_stops),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
