/*
 * What a code means: every meaning in every table, and the rule behind a
 * finding.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "diag/diag.h"
#include "vocab/vocab.h"
#include "web/web_int.h"

static bool
put_meaning(const chy_meaning *m, void *arg)
{
	chy_exchange *x = arg;

	chy_html(x, "<tr><th scope=\"row\">%.*s<span class=\"sub\">%s</span>"
	    "</th><td>%.*s<span class=\"sub\">", CHY_ARG(m->term),
	    m->tag_kind != NULL ? m->tag_kind : m->kind,
	    CHY_ARG(m->meaning.len > 0 ? m->meaning :
	    CHY_SLICE("no meaning is known")));
	for (size_t i = 0; i < m->extras; i++)
		chy_html(x, "%s: %.*s; ", m->extra[i].name,
		    CHY_ARG(m->extra[i].value));
	chy_html(x, "%.*s</span></td></tr>\n", CHY_ARG(m->source));
	return true;
}

static bool
count_only(const chy_meaning *m, void *arg)
{
	(void)m;
	(void)arg;
	return true;
}

static void
put_diagnostic(chy_exchange *x, chy_diag diag)
{
	const char *severity = chy_severity_name(chy_diag_severity(diag,
	    false));

	chy_html(x, "<tr><th scope=\"row\">%s<span class=\"sub\">diagnostic"
	    "</span></th><td>%s<span class=\"sub\">In a telegram received: "
	    "%s; in a draft: %s; ", chy_diag_code(diag), chy_diag_text(diag),
	    severity, chy_severity_name(chy_diag_severity(diag, true)));
	if (chy_diag_retired(diag))
		chy_html(x, "%s; ", chy_diag_instead(diag));
	chy_html(x, "%s</span></td></tr>\n", chy_diag_source(diag));
}

void
chy_page_explain(chy_exchange *x)
{
	chy_page page = { .here = "", .up = "/" };
	chy_diag diag = CHY_DIAG_COUNT;
	bool is_diag = chy_diag_find(x->id, &diag);
	size_t n = x->id.len > 0 && x->id.len <= 200 ?
	    chy_vocab_explain(x->id, count_only, NULL) : 0;
	chy_words title;

	if (n == 0 && !is_diag) {
		chy_reply_not_found(x);
		return;
	}
	snprintf(title.s, sizeof(title.s), "%.*s",
	    CHY_ARG(chy_slice_sub(x->id, 0, 60)));
	page.title = chy_slice_of(title.s);
	chy_layout_begin(x, &page);
	chy_html(x, "<div class=\"narrow\">\n<p class=\"kind quiet\">What it "
	    "means</p>\n<h1>%s</h1>\n<p class=\"answer\">%s meaning%s in the "
	    "tables of the trade.</p>\n<section class=\"sect\">"
	    "<table class=\"ledger\"><tbody>\n", title.s,
	    chy_words_sentence(chy_slice_of(chy_words_small(n +
	    (is_diag ? 1 : 0)).s)).s, n + (is_diag ? 1 : 0) == 1 ? "" : "s");
	if (is_diag)
		put_diagnostic(x, diag);
	chy_vocab_explain(x->id, put_meaning, x);
	chy_html(x, "</tbody></table></section>\n</div>\n");
	chy_layout_end(x, &page);
}
