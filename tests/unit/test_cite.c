/*
 * Citations in all styles, and drawings: what comes out, with characters that
 * each form takes for itself.
 *
 * SPDX-License-Identifier: ISC
 */
#include "render/chart.h"
#include "render/cite.h"
#include "testing.h"

static chy_slice to_one[] = { CHY_LIT("Secretary of State") };
static chy_slice to_many[] = { CHY_LIT("Secretary of State"),
    CHY_LIT("Embassy Kesselhavn"), CHY_LIT("Embassy Tamarind"),
    CHY_LIT("Embassy Northmole") };

static const chy_cite whole = {
	.id = CHY_LIT("08PORTARDEN214"), .number = CHY_LIT("08 PORT ARDEN 214"),
	.author = CHY_LIT("Embassy Port Arden"), .recipients = to_one,
	.n_recipients = 1, .title = CHY_LIT("Dues & \"Fees\""),
	.date = { 2008, 6, 9, 14, 56 }, .has_time = true,
	.classification = CHY_LIT("CONFIDENTIAL//NOFORN"),
	.paragraph = CHY_LIT("8"),
};
static const chy_cite bare = {
	.id = CHY_LIT("sha:0123456789abcdef"), .number = CHY_LIT(""),
	.author = CHY_LIT(""), .title = CHY_LIT(""),
	.classification = CHY_LIT(""), .paragraph = CHY_LIT(""),
};
static const chy_cite odd = {
	.id = CHY_LIT("75STATE5"), .number = CHY_LIT("75 STATE 5"),
	.author = CHY_LIT("A_B {C}"), .recipients = to_many, .n_recipients = 4,
	.title = CHY_LIT("100% of $5\n#1 \\ ~x^2\x01\xff"),
	.date = { 1975, 0, 0, 0, 0 },
	.classification = CHY_LIT("LIMITED OFFICIAL USE"),
	.paragraph = CHY_LIT("9e2"), .section = 2, .extract = true,
	.accessed = { 2026, 11, 25, 0, 0 },
};

static const struct {
	const char     *label;
	const chy_cite *cite;
	chy_cite_style	style;
	const char     *want;
} cases[] = {
	{ "note", &whole, CHY_CITE_NOTE, "Embassy Port Arden to Secretary of "
	    "State, telegram 08 PORT ARDEN 214, \"Dues & \"Fees\",\" 9 June "
	    "2008, 1456Z, Confidential//NOFORN, para. 8.\n" },
	{ "note of what says nothing", &bare, CHY_CITE_NOTE, "unnumbered "
	    "telegram (SHA-256 0123456789abcdef), undated.\n" },
	{ "note of an extract, its year alone", &odd, CHY_CITE_NOTE,
	    "A_B {C} to Secretary of State, Embassy Kesselhavn, Embassy "
	    "Tamarind and others, telegram 75 STATE 5, \"100% of $5 #1 \\ ~x^2 "
	    "\xEF\xBF\xBD,\" 1975, Limited Official Use, section 2, enclosed "
	    "text 2 in para. 9 (extract), accessed 25 November 2026.\n" },
	{ "Chicago", &whole, CHY_CITE_CHICAGO, "Embassy Port Arden to "
	    "Secretary of State, \"Dues & \"Fees\",\" telegram 08 PORT ARDEN "
	    "214, June 9, 2008, para. 8, Confidential//NOFORN.\n" },
	{ "Chicago without anything", &bare, CHY_CITE_CHICAGO, "unnumbered "
	    "telegram (SHA-256 0123456789abcdef), n.d.\n" },
	{ "BibTeX", &whole, CHY_CITE_BIBTEX, "@misc{08PORTARDEN214,\n"
	    "  author = {{Embassy Port Arden}},\n"
	    "  title = {{Dues \\& \"Fees\"}},\n"
	    "  howpublished = {telegram 08 PORT ARDEN 214 to Secretary of "
	    "State},\n  year = {2008},\n  month = jun,\n  day = {9},\n"
	    "  note = {Confidential//NOFORN; para. 8}\n}\n" },
	{ "BibTeX without anything", &bare, CHY_CITE_BIBTEX,
	    "@misc{sha-0123456789abcdef,\n  howpublished = {unnumbered "
	    "telegram (SHA-256 0123456789abcdef)}\n}\n" },
	{ "BibTeX's own characters", &odd, CHY_CITE_BIBTEX, "@misc{75STATE5,\n"
	    "  author = {{A\\_B \\{C\\}}},\n"
	    "  title = {{100\\% of \\$5 \\#1 \\textbackslash{} "
	    "\\textasciitilde{}x\\textasciicircum{}2 \xEF\xBF\xBD}},\n"
	    "  howpublished = {telegram 75 STATE 5 to Secretary of State, "
	    "Embassy Kesselhavn, Embassy Tamarind and others},\n"
	    "  year = {1975},\n  note = {Limited Official Use; section 2, "
	    "enclosed text 2 in para. 9; extract},\n"
	    "  urldate = {2026-11-25}\n}\n" },
	{ "RIS", &whole, CHY_CITE_RIS, "TY  - PCOMM\r\n"
	    "AU  - Embassy Port Arden\r\nA2  - Secretary of State\r\n"
	    "TI  - Dues & \"Fees\"\r\nPY  - 2008\r\nDA  - 2008/06/09/\r\n"
	    "M3  - Telegram\r\nAN  - 08 PORT ARDEN 214\r\n"
	    "N1  - Confidential//NOFORN; para. 8\r\nID  - 08PORTARDEN214\r\n"
	    "ER  - \r\n" },
	{ "RIS without anything", &bare, CHY_CITE_RIS, "TY  - PCOMM\r\n"
	    "M3  - Telegram\r\nAN  - sha:0123456789abcdef\r\n"
	    "ID  - sha:0123456789abcdef\r\nER  - \r\n" },
	{ "no line of RIS is cut by a text", &odd, CHY_CITE_RIS,
	    "TY  - PCOMM\r\nAU  - A_B {C}\r\nA2  - Secretary of State\r\n"
	    "A2  - Embassy Kesselhavn\r\nA2  - Embassy Tamarind\r\n"
	    "A2  - Embassy Northmole\r\n"
	    "TI  - 100% of $5 #1 \\ ~x^2 \xEF\xBF\xBD\r\nPY  - 1975\r\n"
	    "M3  - Telegram\r\nAN  - 75 STATE 5\r\nN1  - Limited Official Use; "
	    "section 2, enclosed text 2 in para. 9; extract\r\n"
	    "Y2  - 2026/11/25/\r\nID  - 75STATE5\r\nER  - \r\n" },
	{ "CSL-JSON", &whole, CHY_CITE_CSL, "{\"id\":\"08PORTARDEN214\","
	    "\"type\":\"personal_communication\",\"genre\":\"Telegram\","
	    "\"author\":[{\"literal\":\"Embassy Port Arden\"}],"
	    "\"recipient\":[{\"literal\":\"Secretary of State\"}],"
	    "\"title\":\"Dues & \\\"Fees\\\"\","
	    "\"number\":\"08 PORT ARDEN 214\","
	    "\"issued\":{\"date-parts\":[[2008,6,9]]},"
	    "\"note\":\"Confidential//NOFORN; para. 8\"}" },
	{ "CSL-JSON without anything", &bare, CHY_CITE_CSL,
	    "{\"id\":\"sha:0123456789abcdef\","
	    "\"type\":\"personal_communication\",\"genre\":\"Telegram\"}" },
};

static void
test_cite(void **state)
{
	chy_buf buf = CHY_BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		chy_sink out = chy_sink_buf(&buf);

		chy_buf_reset(&buf);
		chy_cite_write(cases[i].cite, cases[i].style, &out);
		EXPECT_EQ(cases[i].label, chy_sink_status(&out), CHY_OK);
		EXPECT_TEXT(cases[i].label, chy_buf_slice(&buf),
		    cases[i].want);
	}
	chy_buf_done(&buf);
}

static void
test_paragraphs(void **state)
{
	static const struct {
		const char *id, *want;
	} ids[] = {
		{ "8", "undated, para. 8." }, { "6-2", "undated, para. 6-2." },
		{ "u3", "undated, unnumbered para. 3." },
	};
	chy_buf buf = CHY_BUF_INIT;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		chy_sink out = chy_sink_buf(&buf);
		chy_cite cite = bare;
		chy_slice text;

		cite.paragraph = chy_slice_of(ids[i].id);
		chy_buf_reset(&buf);
		chy_cite_write(&cite, CHY_CITE_NOTE, &out);
		text = chy_slice_trim(chy_buf_slice(&buf));
		text = chy_slice_from(text, text.len - strlen(ids[i].want));
		EXPECT_TEXT(ids[i].id, text, ids[i].want);
	}
	chy_buf_done(&buf);
}

static bool
has(chy_slice text, const char *what)
{
	return chy_slice_find(text, chy_slice_of(what), 0) < text.len;
}

static void
test_charts(void **state)
{
	const chy_bar bars[] = { { CHY_SLICE("2008-05"), 3 },
	    { CHY_SLICE("2008-06"), 0 }, { CHY_SLICE("<b>&"), 12 } };
	const chy_chart_node nodes[] = {
	    { CHY_SLICE("Muscat"), 3, 1, CHY_SLICE("/p?a=\"b\"&c") },
	    { CHY_SLICE("State \"<x>\""), 1, 3, CHY_EMPTY } };
	const chy_chart_edge edges[] = { { 0, 1, 2, 1, CHY_SLICE("/e") },
	    { 1, 0, 0, 1, CHY_EMPTY } };
	chy_buf buf = CHY_BUF_INIT, again = CHY_BUF_INIT;
	chy_sink out = chy_sink_buf(&buf), other = chy_sink_buf(&again);
	chy_slice s;

	(void)state;
	chy_chart_bars(bars, 3, "c", "By month", &out);
	s = chy_buf_slice(&buf);
	EXPECT("an image with a name", has(s, "role=\"img\" "
	    "aria-labelledby=\"c-t\" aria-describedby=\"c-d\""));
	EXPECT("its title", has(s, "<title id=\"c-t\">By month</title>"));
	EXPECT("what is to be seen", has(s, "the most, 12"));
	EXPECT("texts are escaped", has(s, "&lt;b&gt;&amp;: 12") &&
	    !has(s, "<b>"));
	EXPECT("no bar of nothing", !has(s, "2008-06: 0"));
	EXPECT("no style, no script", !has(s, "style") && !has(s, "script"));
	chy_buf_reset(&buf);
	chy_chart_network(nodes, 2, edges, 2, "n", "Traffic", &out);
	chy_chart_network(nodes, 2, edges, 2, "n", "Traffic", &other);
	s = chy_buf_slice(&buf);
	EXPECT("drawn the same twice", chy_slice_eq(s,
	    chy_buf_slice(&again)));
	EXPECT("who writes to whom", has(s, "Muscat to State &quot;&lt;x&gt;"
	    "&quot;: 2 action, 1 info"));
	EXPECT("a node is a link where it leads somewhere", has(s,
	    "<a href=\"/p?a=&quot;b&quot;&amp;c\" aria-label=\"Muscat: 3 "
	    "sent, 1 received\">") && !has(s, "aria-label=\"State"));
	EXPECT("no style, no script there", !has(s, "style") &&
	    !has(s, "script"));
	chy_buf_reset(&buf);
	chy_chart_bars(NULL, 0, "c", "Nothing", &out);
	EXPECT("nothing is drawn, too", has(chy_buf_slice(&buf), "</svg>"));
	chy_buf_reset(&buf);
	chy_chart_bars_table(bars, 3, "Month", &out);
	chy_chart_network_table(nodes, 2, edges, 2, &out);
	s = chy_buf_slice(&buf);
	EXPECT("the table has the figures", has(s, "<td class=\"r\">"
	    "12</td>") && has(s, "<td><a class=\"plain\" href=\"/e\">Muscat"
	    "</a></td>") && has(s, "<td class=\"r\">2</td><td class=\"r\">1"
	    "</td>"));
	EXPECT("and escapes", !has(s, "<b>") && !has(s, "<x>"));
	chy_buf_done(&buf);
	chy_buf_done(&again);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cite),
		cmocka_unit_test(test_paragraphs),
		cmocka_unit_test(test_charts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
