/*
 * The heading of a telegram as a table, with every code spelled out, and its
 * references: what is filed as links, what is missing marked so.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "base/ascii.h"
#include "vocab/vocab.h"
#include "web/telegram_int.h"

chy_words
chy_words_address(chy_slice plad)
{
	chy_words w;
	size_t n = chy_vocab_post_title(plad, w.s, sizeof(w.s));

	if (n == 0 || n >= sizeof(w.s))
		snprintf(w.s, sizeof(w.s), "%.*s", CHY_ARG(plad));
	return w;
}

static void
row_begin(chy_exchange *x, const char *what)
{
	chy_html(x, "<tr><th scope=\"row\">%s</th>", what);
}

static void
put_address(chy_exchange *x, chy_slice plad)
{
	chy_words title = chy_words_address(plad);
	const chy_collective *row = chy_vocab_collective(plad);

	chy_html(x, "%s", title.s);
	if (!chy_slice_eq(chy_slice_of(title.s), plad))
		chy_html(x, " <span class=\"quiet\">%.*s</span>",
		    CHY_ARG(plad));
	else if (row != NULL && row->note.len > 0)
		chy_html(x, " <span class=\"quiet\">%.*s</span>",
		    CHY_ARG(row->note));
}

static void
put_from(chy_exchange *x, const chy_telegram *tel)
{
	const chy_originator *from = &tel->originator;
	chy_slice name = from->name.len > 0 ? from->name : from->post;

	if (name.len == 0 && from->plad.len == 0)
		return;
	row_begin(x, "From");
	chy_html(x, "<td>%.*s", CHY_ARG(name.len > 0 ? name : from->plad));
	if (name.len > 0 && from->plad.len > 0 &&
	    !chy_slice_ieq(name, from->plad))
		chy_html(x, " <span class=\"quiet\">%.*s</span>",
		    CHY_ARG(from->plad));
	chy_html(x, "</td></tr>\n");
}

static void
put_exempted(chy_exchange *x, const chy_telegram *tel, const chy_addressee *a)
{
	if (a->n_exempted == 0 || a->exempted + a->n_exempted > tel->exempted.n)
		return;
	chy_html(x, "<br><span class=\"quiet\">but not ");
	for (uint32_t i = 0; i < a->n_exempted; i++)
		chy_html(x, "%s%s", i > 0 ? ", " : "", chy_words_address(
		    tel->exempted.at[a->exempted + i]).s);
	chy_html(x, "</span>");
}

static void
put_addressees(chy_exchange *x, const chy_telegram *tel, chy_role role,
    const char *what)
{
	bool any = false;

	for (uint32_t i = 0; i < tel->n_addressees; i++) {
		const chy_addressee *a = &tel->addressees[i];

		if (a->role != role)
			continue;
		if (!any) {
			row_begin(x, what);
			chy_html(x, "<td><table class=\"inner\"><tbody>\n");
		}
		any = true;
		chy_html(x, "<tr><td>");
		put_address(x, a->plad.len > 0 ? a->plad :
		    a->routing_indicator);
		put_exempted(x, tel, a);
		chy_html(x, "</td><td>");
		chy_mark_precedence(x, a->effective);
		chy_html(x, "</td><td class=\"num\">%.*s</td></tr>\n",
		    CHY_ARG(a->mcn));
	}
	if (any)
		chy_html(x, "</tbody></table></td></tr>\n");
}

static void
put_reason(chy_exchange *x, chy_slice printed)
{
	const chy_reason *row = chy_vocab_reason_printed(printed);

	chy_html(x, "<span><b>%.*s</b> %.*s</span> ", CHY_ARG(printed),
	    CHY_ARG(row != NULL ? row->meaning : CHY_EMPTY));
}

static void
put_declassification(chy_exchange *x, const chy_telegram *tel)
{
	const chy_declass *d = &tel->declass;

	if (d->date.year != 0) {
		chy_html(x, " until ");
		chy_mark_time(x, d->date, "", chy_words_date(d->date));
		chy_html(x, " <span class=\"basis %s\">%s</span>",
		    d->basis == CHY_BASIS_DERIVED ? "derived" : "explicit",
		    d->basis == CHY_BASIS_DERIVED ? "derived" : "explicit");
		return;
	}
	switch (d->kind) {
	case CHY_DECLASS_EVENT:
	case CHY_DECLASS_REVIEW:
	case CHY_DECLASS_EXEMPT:
	case CHY_DECLASS_SCHEDULE:
	case CHY_DECLASS_UNREADABLE:
	case CHY_DECLASS_DATE:
		chy_html(x, " %.*s", CHY_ARG(d->text));
		if (chy_vocab_reason_printed(d->text) != NULL)
			chy_html(x, " <span class=\"quiet\">%.*s</span>",
			    CHY_ARG(chy_vocab_reason_printed(d->text)->
			    meaning));
		break;
	case CHY_DECLASS_MISSING:
		chy_html(x, " <span class=\"quiet\">says not until when"
		    "</span>");
		break;
	case CHY_DECLASS_NONE:
	case CHY_DECLASS_NOT_APPLICABLE:
		break;
	}
}

static void
put_classification(chy_exchange *x, const chy_telegram *tel)
{
	row_begin(x, "Classification");
	chy_html(x, "<td>");
	chy_mark_level(x, tel->level, CHY_EMPTY);
	for (uint32_t i = 0; i < tel->caveats.n; i++) {
		const chy_caption *row = chy_vocab_caption(tel->caveats.at[i]);

		chy_html(x, " <span class=\"chip cap\">%.*s</span>",
		    CHY_ARG(tel->caveats.at[i]));
		if (row != NULL)
			chy_html(x, " %.*s", CHY_ARG(row->meaning));
	}
	put_declassification(x, tel);
	if (tel->classifier_name.len > 0) {
		chy_html(x, ", by %.*s", CHY_ARG(tel->classifier_name));
		if (tel->classifier_position.len > 0)
			chy_html(x, ", %.*s",
			    CHY_ARG(tel->classifier_position));
	}
	if (tel->derived_from.len > 0)
		chy_html(x, ", derived from %.*s", CHY_ARG(tel->derived_from));
	if (tel->eo_order.len > 0 && tel->level > CHY_LEVEL_UNCLASSIFIED)
		chy_html(x, ", under E.O. %.*s", CHY_ARG(tel->eo_order));
	if (tel->reasons.n > 0) {
		chy_html(x, "<br><span class=\"codes\">");
		for (uint32_t i = 0; i < tel->reasons.n; i++)
			put_reason(x, tel->reasons.at[i]);
		chy_html(x, "</span>");
	}
	chy_html(x, "</td></tr>\n");
}

/* Said with the classification already. */
static bool
is_caveat(const chy_telegram *tel, chy_slice caption)
{
	for (uint32_t i = 0; i < tel->caveats.n; i++)
		if (chy_slice_eq(tel->caveats.at[i], caption))
			return true;
	return false;
}

static void
put_captions(chy_exchange *x, const chy_telegram *tel)
{
	uint32_t n = 0, all = 0;

	for (uint32_t i = 0; i < tel->captions.n; i++)
		all += !is_caveat(tel, tel->captions.at[i]);
	if (all == 0)
		return;
	row_begin(x, all == 1 ? "Caption" : "Captions");
	chy_html(x, "<td>");
	for (uint32_t i = 0; i < tel->captions.n; i++) {
		const chy_caption *row = chy_vocab_caption(tel->captions.at[i]);

		if (is_caveat(tel, tel->captions.at[i]))
			continue;
		if (n++ > 0)
			chy_html(x, "<br>");
		chy_html(x, "<span class=\"chip cap\">%.*s</span>",
		    CHY_ARG(tel->captions.at[i]));
		if (row != NULL)
			chy_html(x, " %.*s", CHY_ARG(row->meaning));
	}
	chy_html(x, "</td></tr>\n");
}

static void
put_passing(chy_exchange *x, const chy_telegram *tel)
{
	if (tel->n_passing == 0)
		return;
	row_begin(x, "Pass to");
	chy_html(x, "<td>");
	for (uint32_t i = 0; i < tel->n_passing; i++) {
		const chy_passing *p = &tel->passing[i];

		if (i > 0)
			chy_html(x, "<br>");
		if (p->offices.n + p->persons.n == 0) {
			chy_html(x, "%.*s", CHY_ARG(p->text));
			continue;
		}
		chy_html(x, "%.*s for ", CHY_ARG(p->addressee.len > 0 ?
		    p->addressee : CHY_SLICE("Addressees")));
		for (uint32_t k = 0; k < p->offices.n; k++) {
			const chy_office *row =
			    chy_vocab_office(p->offices.at[k]);

			chy_html(x, "%s<b>%.*s</b>", k > 0 ? ", " : "",
			    CHY_ARG(p->offices.at[k]));
			if (row != NULL)
				chy_html(x, " %.*s", CHY_ARG(row->meaning));
		}
		for (uint32_t k = 0; k < p->persons.n; k++)
			chy_html(x, "%s<b class=\"nb\">%.*s</b>",
			    k + p->offices.n > 0 ? ", " : "",
			    CHY_ARG(p->persons.at[k]));
	}
	chy_html(x, "</td></tr>\n");
}

static void
put_tags(chy_exchange *x, const chy_telegram *tel)
{
	if (tel->n_tags == 0)
		return;
	row_begin(x, "Subject codes");
	chy_html(x, "<td class=\"codes\">");
	for (uint32_t i = 0; i < tel->n_tags; i++) {
		const chy_tag_sent *tag = &tel->tags[i];
		const chy_tag *row = tag->kind < (chy_tag_kind)CHY_TAG_TABLES ?
		    chy_vocab_tag_as(tag->kind, tag->code) : NULL;
		chy_slice meaning = row != NULL ? row->meaning : CHY_EMPTY;

		if (tag->kind == CHY_TAG_PERSON)
			meaning = CHY_SLICE("a person");
		chy_html(x, "<span><b>%.*s</b>%s%.*s</span> ",
		    CHY_ARG(tag->code), meaning.len > 0 ? " " : "",
		    CHY_ARG(meaning));
	}
	chy_html(x, "</td></tr>\n");
}

void
chy_html_heading(chy_exchange *x, const chy_telegram *tel)
{
	chy_html(x, "<table class=\"heading\">\n"
	    "<caption class=\"vh\">Heading</caption>\n<tbody>\n");
	put_from(x, tel);
	put_addressees(x, tel, CHY_ROLE_ACTION, "For action");
	put_addressees(x, tel, CHY_ROLE_INFO, "For information");
	put_addressees(x, tel, CHY_ROLE_EXEMPT, "Exempted");
	put_classification(x, tel);
	put_captions(x, tel);
	put_passing(x, tel);
	put_tags(x, tel);
	chy_html(x, "</tbody>\n</table>\n\n");
}


/* ---- references ---- */

/* Paragraphs that are named of one reference. */
#define TAKEN_UP	8u

/* "cited in paragraphs 2 and 5": where the text takes the reference up. */
static void
put_cited_in(chy_exchange *x, const chy_shown *shown, uint32_t reference,
    const char *before)
{
	unsigned n = 0;

	for (uint32_t p = 0; p < shown->n_parts; p++) {
		const chy_telegram *tel = shown->parts[p].telegram;
		uint32_t last = UINT32_MAX;

		for (uint32_t i = 0; i < tel->n_mentions && n < TAKEN_UP;
		    i++) {
			uint32_t para = tel->mentions[i].paragraph;

			if (para == last ||
			    !chy_shown_uses(shown, reference, p, i))
				continue;
			last = para;
			chy_html(x, "%s<a class=\"plain\" href=\"#%s\">"
			    "\xC2\xB6%.*s</a>", n++ > 0 ? ", " : before,
			    chy_words_anchor(shown, p, para).s,
			    CHY_ARG(tel->paragraphs[para].id));
		}
	}
}

/* How the citation was followed. */
static void
put_how(chy_exchange *x, chy_resolution how)
{
	switch (how) {
	case CHY_RESOLVED:
		chy_html(x, "; by its number");
		break;
	case CHY_RESOLVED_YEAR_BEFORE:
		chy_html(x, "; no year is printed, and it is filed with the "
		    "year before");
		break;
	default:
		chy_html(x, "; %s", chy_resolution_words(how));
		break;
	}
}

static void
put_reference(chy_exchange *x, const chy_shown *shown, uint32_t i)
{
	const chy_reference *ref = &shown->parts[0].telegram->references[i];
	const chy_resolved *to = &shown->resolved[i];
	char letter[2] = { ref->letter, '\0' };
	chy_civil date = chy_line_date(&to->line);

	if (chy_is_resolved(to->how)) {
		chy_html(x, "<div class=\"ref\" id=\"ref%u\">"
		    "<span class=\"let\">%s</span><div><p>", i + 1, letter);
		chy_mark_mrn(x, &to->line, "mrn");
		chy_html(x, "</p><p>%.*s</p><p class=\"sub\">%s",
		    CHY_ARG(to->line.subject), chy_words_short(date).s);
		put_cited_in(x, shown, i, date.year != 0 ? ", cited in " :
		    "Cited in ");
		put_how(x, to->how);
		chy_html(x, "</p></div></div>\n");
	} else if (ref->kind == CHY_REF_TELEGRAM && ref->value.len > 0) {
		chy_html(x, "<div class=\"ref missing\" id=\"ref%u\">"
		    "<span class=\"let\">%s</span><div><p><a class=\"mrn\" href=\"%s\">%s</a> "
		    "<b>missing</b></p><p>Not in the archive%s.</p>"
		    "<p class=\"sub\">", i + 1, letter,
		    chy_telegram_url(x, ref->value, "/thread"),
		    chy_words_mrn(ref->value, ref->text).s,
		    to->how == CHY_AMBIGUOUS ? ", and it fits several that are" :
		    to->how == CHY_POST_UNKNOWN ? "; the post is unknown" : "");
		put_cited_in(x, shown, i, "Cited in ");
		chy_html(x, "</p></div></div>\n");
	} else {
		chy_html(x, "<div class=\"ref out\" id=\"ref%u\">"
		    "<span class=\"let\">%s</span><div><p>"
		    "<span class=\"mrn\">%.*s</span></p><p class=\"sub\">",
		    i + 1, letter, CHY_ARG(ref->text));
		if (to->how == CHY_NOT_TELEGRAM)
			chy_html(x, "Not a telegram%s%s",
			    ref->kind != CHY_REF_UNKNOWN ? ": " : "",
			    ref->kind != CHY_REF_UNKNOWN ?
			    chy_ref_kind_name(ref->kind) : "");
		else
			chy_html(x, "Cannot be followed: %s",
			    chy_resolution_words(to->how));
		put_cited_in(x, shown, i, ", cited in ");
		chy_html(x, ".</p></div></div>\n");
	}
}

/* What paragraphs cite beside the list. */
static void
put_in_text(chy_exchange *x, const chy_shown *shown)
{
	if (shown->n_in_text == 0)
		return;
	chy_html(x, "<p class=\"small quiet intext\">Cited in the text "
	    "alone: ");
	for (uint32_t i = 0; i < shown->n_in_text; i++) {
		const chy_text_cited *t = &shown->in_text[i];
		bool filed = chy_is_resolved(t->resolved.how);
		chy_slice id = filed ? t->resolved.line.id : t->value;

		chy_html(x, "%s<a class=\"nb\" href=\"%s\">%s</a>",
		    i > 0 ? ", " : "", chy_telegram_url(x, id, filed ? "" :
		    "/thread"), chy_words_mrn(id,
		    t->resolved.line.originator).s);
		if (!filed)
			chy_html(x, " <b>missing</b>");
		for (uint32_t k = 0; k < t->n_paragraphs && k < TAKEN_UP; k++)
			chy_html(x, "%s\xC2\xB6%.*s", k == 0 ? " in " : ", ",
			    CHY_ARG(t->paragraphs[k]));
	}
	chy_html(x, ".</p>\n");
}

void
chy_html_references(chy_exchange *x, const chy_shown *shown)
{
	uint32_t n = shown->parts[0].telegram->n_references;

	n = n < shown->n_resolved ? n : shown->n_resolved;
	if (n + shown->n_in_text == 0)
		return;
	chy_html(x, "<section aria-labelledby=\"refs-h\">\n"
	    "<h2 id=\"refs-h\" class=\"vh\">References</h2>\n");
	if (n > 0)
		chy_html(x, "<div class=\"refs\">\n");
	for (uint32_t i = 0; i < n; i++)
		put_reference(x, shown, i);
	if (n > 0)
		chy_html(x, "</div>\n");
	put_in_text(x, shown);
	chy_html(x, "</section>\n\n");
}
