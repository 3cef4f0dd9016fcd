/*
 * The distribution desk: what no rule could place, by the time that is left;
 * and for one telegram who got it, who did not, and why, each with its rule
 * and the words, and the forms to change it. Works without script.
 *
 * SPDX-License-Identifier: ISC
 */
#include <inttypes.h>

#include "base/ascii.h"
#include "registry/distribution.h"
#include "vocab/vocab.h"
#include "web/web_int.h"

/* Rows of one list; the desk settles them long before. */
#define ROWS	200u


/* ---- forms ---- */

void
chy_html_token(chy_exchange *x)
{
	chy_html(x, "<input type=\"hidden\" name=\"token\" value=\"%s\">",
	    x->site->token);
}

chy_registry *
chy_open_for_change(chy_exchange *x)
{
	chy_registry_options how = {
		.portion_release = x->site->portion_release };
	chy_registry *reg;
	chy_error err = { 0 };
	chy_status st;

	if (!x->site->reader.owner) {
		chy_reply_bad(x, 403, "Only the owner of the archive changes "
		    "it; this server reads for somebody else.");
		return NULL;
	}
	st = chy_registry_open(x->site->archive, &how, &reg, &err);
	if (st == CHY_OK)
		return reg;
	chy_reply_failed(x, st, &err);
	return NULL;
}

/* Who does it, and why: the two fields that every change has. */
static void
put_who_and_why(chy_exchange *x, const char *id)
{
	chy_html(x, "<p class=\"field\"><label for=\"%s-why\">Reason, kept "
	    "with the copy</label><input id=\"%s-why\" name=\"reason\" "
	    "maxlength=\"2000\" required></p>\n"
	    "<p class=\"field\"><label for=\"%s-who\">Your name</label>"
	    "<input id=\"%s-who\" name=\"who\" maxlength=\"200\" "
	    "autocomplete=\"name\" required></p>\n", id, id, id, id);
}


/* ---- reasons ---- */

/* The anchor of a paragraph: ¶8 and ¶8e3 are #p8, #p8e3. */
static void
put_place(chy_exchange *x, chy_slice id, chy_slice place)
{
	chy_slice paragraph = chy_slice_from(place, 2);

	if (chy_slice_starts(place, CHY_SLICE("\302\266")))
		chy_html(x, "<a class=\"plain\" href=\"%s#p%s\">%.*s</a> ",
		    chy_telegram_url(x, id, ""), chy_url(x, paragraph),
		    CHY_ARG(place));
	else if (place.len > 0)
		chy_html(x, "<span class=\"quiet\">%.*s</span> ",
		    CHY_ARG(place));
}

static bool
is_part(char c)
{
	return chy_is_alnum(c) || c == '/' || c == '-';
}

/* Where the office stands as a whole word; words.len: nowhere. */
static size_t
find_office(chy_slice words, chy_slice office)
{
	size_t at = 0;

	while (office.len > 0 && (at = chy_slice_find(words, office, at)) <
	    words.len) {
		size_t end = at + office.len;

		if ((at == 0 || !is_part(words.ptr[at - 1])) &&
		    (end == words.len || !is_part(words.ptr[end])))
			return at;
		at++;
	}
	return words.len;
}

/* The words that matched, marked where they are part of more: a passing
 * line is shown whole, with the office marked in it. */
void
chy_html_words(chy_exchange *x, chy_slice words, chy_slice office)
{
	size_t at = find_office(words, office);

	if (at < words.len && office.len < words.len)
		chy_html(x, "\342\200\234%.*s<mark>%.*s</mark>%.*s"
		    "\342\200\235", CHY_ARG(chy_slice_sub(words, 0, at)),
		    CHY_ARG(office), CHY_ARG(chy_slice_from(words, at +
		    office.len)));
	else
		chy_html(x, "\342\200\234<mark>%.*s</mark>\342\200\235",
		    CHY_ARG(words));
}

void
chy_html_because(chy_exchange *x, chy_slice id, const chy_delivery *d)
{
	chy_html(x, "<td data-l=\"Rule\">");
	if (d->n_because == 0)
		chy_html(x, "<span class=\"quiet\">by hand</span>");
	for (uint32_t i = 0; i < d->n_because; i++)
		chy_html(x, "<p><b>%.*s</b><span class=\"sub\">%.*s</span>"
		    "</p>", CHY_ARG(d->because[i].rule),
		    CHY_ARG(d->because[i].prose));
	chy_html(x, "</td><td data-l=\"Words\" class=\"text\">");
	for (uint32_t i = 0; i < d->n_because; i++)
		for (uint32_t k = 0; k < d->because[i].n_matched; k++) {
			const chy_matched *m = &d->because[i].matched[k];

			if (i + k > 0)
				chy_html(x, "; ");
			put_place(x, id, m->place);
			chy_html_words(x, m->words, d->office);
		}
	chy_html(x, "</td>");
}


/* ---- the desk ---- */

static const char *
wanted(chy_delivery_kind kind)
{
	switch (kind) {
	case CHY_DELIVERY_SUGGESTED: return "Suggested";
	case CHY_DELIVERY_PASS: return "To be passed to";
	case CHY_DELIVERY_RELAY: return "To be relayed";
	case CHY_DELIVERY_ALARM: return "Alarm, to be acknowledged";
	case CHY_DELIVERY_DESK: return "To be placed";
	case CHY_DELIVERY_REJECTED: return "Rejected";
	case CHY_DELIVERY_ACTION:
	case CHY_DELIVERY_INFO:
	case CHY_DELIVERY_POSTED:
	case CHY_DELIVERY_WITHHELD:
	case CHY_DELIVERY_ITEM:
	case CHY_DELIVERY_MARK: break;
	}
	return "";
}

/* 6 min; 2 h 40 min; 3 days: with blanks that do not break. */
#define BLANK	"\302\240"

static chy_slice
in_words(chy_exchange *x, int64_t minutes)
{
	if (minutes < 60)
		return chy_text(x, "%d" BLANK "min", (int)minutes);
	if (minutes < 24 * 60 && minutes % 60 == 0)
		return chy_text(x, "%d" BLANK "h", (int)(minutes / 60));
	if (minutes < 24 * 60)
		return chy_text(x, "%d" BLANK "h" BLANK "%d" BLANK "min",
		    (int)(minutes / 60), (int)(minutes % 60));
	return chy_text(x, "%d" BLANK "days", (int)(minutes / (24 * 60)));
}

static void
put_left(chy_exchange *x, int64_t due)
{
	int64_t now = chy_civil_seconds(x->now);

	if (due == 0)
		chy_html(x, "<td data-l=\"Left\">no" BLANK "hurry</td>");
	else if (due > now)
		chy_html(x, "<td data-l=\"Left\">%.*s</td>",
		    CHY_ARG(in_words(x, (due - now) / 60)));
	else
		chy_html(x, "<td data-l=\"Left\" class=\"late\">late by %.*s"
		    "</td>", CHY_ARG(in_words(x, (now - due) / 60)));
}

static const char *
distribution_url(chy_exchange *x, chy_slice id)
{
	chy_slice url = chy_text(x, "/distribution/%s", chy_url(x, id));

	return url.len > 0 ? url.ptr : "/distribution";
}

static void
put_desk_row(chy_exchange *x, const chy_tray_item *item)
{
	const chy_delivery *d = &item->delivery.told;

	chy_html(x, "<tr><td><span class=\"mrn\"><a href=\"%s\">%s</a></span>"
	    "<span class=\"sub\">", distribution_url(x, item->line.id),
	    chy_words_mrn(item->line.id, item->line.originator).s);
	chy_mark_precedence(x, item->line.precedence);
	chy_html(x, "</span></td><td>%.*s</td><td data-l=\"Wanted\">%s: <b>"
	    "%.*s</b>", CHY_ARG(item->line.subject), wanted(d->kind),
	    CHY_ARG(d->office));
	if (d->stopped_why.len > 0)
		chy_html(x, "<span class=\"sub\">%.*s</span>",
		    CHY_ARG(d->stopped_why));
	chy_html(x, "</td>");
	put_left(x, item->delivery.due);
	chy_html(x, "<td data-l=\"Class\">");
	chy_mark_level(x, item->line.level, item->line.classification);
	chy_html(x, "</td></tr>\n");
}

static void
put_desk_answer(chy_exchange *x, const chy_tray *desk)
{
	int64_t now = chy_civil_seconds(x->now);
	uint32_t late = 0, placed = 0;

	for (uint32_t i = 0; i < desk->n; i++) {
		late += desk->at[i].delivery.due != 0 &&
		    desk->at[i].delivery.due <= now;
		placed += desk->at[i].delivery.told.kind == CHY_DELIVERY_DESK;
	}
	if (desk->n == 0) {
		chy_html(x, "<p class=\"answer\">Nothing waits for a person."
		    "</p>\n");
		return;
	}
	chy_html(x, "<p class=\"answer\"><b>%s thing%s for a person to "
	    "decide.</b> %s could not be placed by a rule",
	    chy_words_sentence(chy_slice_of(chy_words_small(
	    desk->n_all).s)).s, desk->n_all == 1 ? "" : "s",
	    chy_words_sentence(chy_slice_of(chy_words_small(placed).s)).s);
	if (late > 0)
		chy_html(x, "; <span class=\"late\">%s late</span>",
		    chy_words_small(late).s);
	chy_html(x, ".</p>\n");
}

void
chy_page_desk(chy_exchange *x)
{
	chy_page page = { .title = CHY_SLICE("Distribution desk"),
	    .here = "distribution", .up = "/" };
	chy_tray *desk;
	chy_error err = { 0 };
	chy_status st = chy_registry_desk(x->reg, &x->site->reader, &desk,
	    &err);

	if (st != CHY_OK) {
		chy_reply_failed(x, st, &err);
		return;
	}
	page.label = &desk->label;
	chy_layout_begin(x, &page);
	chy_html(x, "<div class=\"head\">\n<h1>Distribution desk</h1>\n");
	put_desk_answer(x, desk);
	chy_html(x, "</div>\n");
	if (desk->n > 0) {
		chy_html(x, "<section aria-labelledby=\"waiting\">\n"
		    "<h2 id=\"waiting\" class=\"vh\">Waiting for a decision"
		    "</h2>\n<div class=\"scroll\"><table class=\"ledger stack"
		    "\">\n<thead><tr><th>Telegram</th><th>Subject</th><th>What "
		    "is wanted</th><th>Left</th><th>Class</th></tr></thead>\n"
		    "<tbody>\n");
		for (uint32_t i = 0; i < desk->n && i < ROWS; i++)
			put_desk_row(x, &desk->at[i]);
		chy_html(x, "</tbody></table></div>\n");
		if (desk->n_all > ROWS)
			chy_html(x, "<p class=\"pager\">%u more wait behind "
			    "these.</p>\n", desk->n_all - ROWS);
		chy_html(x, "</section>\n");
	}
	chy_layout_end(x, &page);
	chy_tray_free(desk);
}


/* ---- one telegram ---- */

static const char *
role_words(const chy_delivery *d)
{
	switch (d->kind) {
	case CHY_DELIVERY_INFO: return d->codrafter ?
	    "Information, co-drafter" : "Information";
	case CHY_DELIVERY_POSTED: return "Posting";
	default: return "";
	}
}

static void
put_hand(chy_exchange *x, const chy_filed_delivery *f)
{
	if (f->by_hand)
		chy_html(x, "<span class=\"sub\">by %.*s: %.*s</span>",
		    CHY_ARG(f->who), CHY_ARG(f->reason));
}

static void
put_time_cell(chy_exchange *x, const char *label, int64_t at,
    const char *none)
{
	chy_civil c;

	chy_html(x, "<td data-l=\"%s\">", label);
	if (at == 0) {
		chy_html(x, "%s", none);
	} else {
		c = chy_civil_from(at);
		chy_mark_time(x, c, "", chy_words_time(c));
	}
	chy_html(x, "</td>");
}

static void
put_copy(chy_exchange *x, chy_slice id, const chy_filed_delivery *f)
{
	const chy_delivery *d = &f->told;

	chy_html(x, "<tr><th scope=\"row\">%.*s", CHY_ARG(d->office));
	if (d->title.len > 0)
		chy_html(x, "<span class=\"sub\">%.*s</span>",
		    CHY_ARG(d->title));
	if (d->was.len > 0)
		chy_html(x, "<span class=\"sub\">was %.*s</span>",
		    CHY_ARG(d->was));
	if (d->addressee.len > 0)
		chy_html(x, "<span class=\"sub\">at %.*s</span>",
		    CHY_ARG(d->addressee));
	if (d->kind == CHY_DELIVERY_ACTION)
		chy_html(x, "</th><td data-l=\"For\"><b>Action</b>");
	else
		chy_html(x, "</th><td data-l=\"For\">%s", role_words(d));
	put_hand(x, f);
	chy_html(x, "</td>");
	chy_html_because(x, id, d);
	put_time_cell(x, "Read", f->read_at, d->kind == CHY_DELIVERY_POSTED ?
	    "posted" : "not yet");
	chy_html(x, "</tr>\n");
}

static uint32_t
count(const chy_filed_distribution *d, chy_delivery_kind from,
    chy_delivery_kind to)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < d->n; i++)
		n += d->at_all[i].state == CHY_STATE_LIVE &&
		    d->at_all[i].told.kind >= from &&
		    d->at_all[i].told.kind <= to;
	return n;
}

static void
put_copies(chy_exchange *x, const chy_filed_distribution *d)
{
	if (count(d, CHY_DELIVERY_ACTION, CHY_DELIVERY_POSTED) == 0) {
		chy_html(x, "<p class=\"answer\">Nobody has it.</p>\n");
		return;
	}
	chy_html(x, "<h3>Gets it</h3>\n<div class=\"scroll\">"
	    "<table class=\"ledger stack\">\n<thead><tr><th>Office</th>"
	    "<th>For</th><th>Rule</th><th>The words that matched</th>"
	    "<th>Read</th></tr></thead>\n<tbody>\n");
	for (uint32_t i = 0; i < d->n; i++)
		if (d->at_all[i].state == CHY_STATE_LIVE &&
		    d->at_all[i].told.kind <= CHY_DELIVERY_POSTED)
			put_copy(x, d->line.id, &d->at_all[i]);
	chy_html(x, "</tbody></table></div>\n");
}

static void
put_withheld(chy_exchange *x, const chy_filed_distribution *d)
{
	if (count(d, CHY_DELIVERY_WITHHELD, CHY_DELIVERY_WITHHELD) == 0)
		return;
	chy_html(x, "<section class=\"sect\"><h3>Would get it, but it is "
	    "withheld</h3>\n<div class=\"scroll\"><table class=\"ledger "
	    "stack\">\n<thead><tr><th>Office</th><th>Rule that would send it"
	    "</th><th>The words that matched</th><th>Why withheld</th></tr>"
	    "</thead>\n<tbody>\n");
	for (uint32_t i = 0; i < d->n; i++) {
		const chy_filed_delivery *f = &d->at_all[i];

		if (f->state != CHY_STATE_LIVE ||
		    f->told.kind != CHY_DELIVERY_WITHHELD)
			continue;
		chy_html(x, "<tr><th scope=\"row\">%.*s<span class=\"sub\">"
		    "%.*s</span></th>", CHY_ARG(f->told.office),
		    CHY_ARG(f->told.title));
		chy_html_because(x, d->line.id, &f->told);
		chy_html(x, "<td data-l=\"Withheld\"><b>%.*s</b> %.*s</td>"
		    "</tr>\n", CHY_ARG(f->told.stopped_by),
		    CHY_ARG(f->told.stopped_why));
	}
	chy_html(x, "</tbody></table></div></section>\n");
}

static void
put_decide(chy_exchange *x, const chy_filed_delivery *f)
{
	bool suggested = f->told.kind == CHY_DELIVERY_SUGGESTED;

	chy_html(x, "<td class=\"acts mini\">");
	if (suggested)
		chy_html(x, "<button class=\"first\" name=\"send\" value="
		    "\"%u\">Send</button><button name=\"done\" value=\"%u\">"
		    "Do not</button>", (unsigned)f->number,
		    (unsigned)f->number);
	else
		chy_html(x, "<button name=\"done\" value=\"%u\">Settled"
		    "</button>", (unsigned)f->number);
	chy_html(x, "</td>");
}

static bool
is_waiting(const chy_filed_delivery *f)
{
	return f->state == CHY_STATE_LIVE &&
	    (f->told.kind == CHY_DELIVERY_SUGGESTED ||
	    wanted(f->told.kind)[0] != '\0');
}

static void
put_waiting(chy_exchange *x, const chy_filed_distribution *d)
{
	bool any = false, changes = x->site->reader.owner;

	for (uint32_t i = 0; i < d->n; i++)
		any |= is_waiting(&d->at_all[i]);
	if (!any)
		return;
	chy_html(x, "<section class=\"sect\"><h3>For you to decide</h3>\n"
	    "<form action=\"%s\" method=\"post\">",
	    distribution_url(x, d->line.id));
	chy_html_token(x);
	chy_html(x, "<div class=\"scroll\"><table class=\"ledger stack\">\n"
	    "<thead><tr><th>What</th><th>Rule</th><th>The words that matched"
	    "</th><th>Left</th>");
	if (changes)
		chy_html(x, "<th>Decide</th>");
	chy_html(x, "</tr></thead>\n<tbody>\n");
	for (uint32_t i = 0; i < d->n; i++) {
		const chy_filed_delivery *f = &d->at_all[i];

		if (!is_waiting(f))
			continue;
		chy_html(x, "<tr><th scope=\"row\">%s: %.*s<span class=\"sub\">"
		    "%.*s</span></th>", wanted(f->told.kind),
		    CHY_ARG(f->told.office), CHY_ARG(f->told.title.len > 0 ?
		    f->told.title : f->told.stopped_why));
		chy_html_because(x, d->line.id, &f->told);
		put_left(x, f->due);
		if (changes)
			put_decide(x, f);
		chy_html(x, "</tr>\n");
	}
	chy_html(x, "</tbody></table></div>\n");
	if (changes)
		put_who_and_why(x, "decide");
	chy_html(x, "</form></section>\n");
}

static void
put_past(chy_exchange *x, const chy_filed_distribution *d)
{
	bool any = false;

	for (uint32_t i = 0; i < d->n; i++)
		any |= d->at_all[i].state != CHY_STATE_LIVE;
	if (!any)
		return;
	chy_html(x, "<section class=\"sect\"><h3>Had it</h3>\n"
	    "<div class=\"scroll\"><table class=\"ledger stack\">\n<thead><tr>"
	    "<th>Office</th><th>What happened</th><th>Why</th><th>When</th>"
	    "</tr></thead>\n<tbody>\n");
	for (uint32_t i = 0; i < d->n; i++) {
		const chy_filed_delivery *f = &d->at_all[i];

		if (f->state == CHY_STATE_LIVE)
			continue;
		chy_html(x, "<tr><th scope=\"row\">%.*s</th>"
		    "<td data-l=\"What\">%s", CHY_ARG(f->told.office),
		    chy_delivery_state_name(f->state));
		if (f->ended_by.len > 0)
			chy_html(x, " by %.*s", CHY_ARG(f->ended_by));
		chy_html(x, "</td><td data-l=\"Why\">%.*s</td>",
		    CHY_ARG(f->ended_why));
		put_time_cell(x, "When", f->ended, "");
		chy_html(x, "</tr>\n");
	}
	chy_html(x, "</tbody></table></div></section>\n");
}

/* Two forms: give a copy; move or recall one. */
static void
put_changes(chy_exchange *x, const chy_filed_distribution *d)
{
	const char *url = distribution_url(x, d->line.id);

	chy_html(x, "<section><h2>Give a copy</h2><form action=\"%s\" "
	    "method=\"post\">", url);
	chy_html_token(x);
	chy_html(x, "<p class=\"field\"><label for=\"add-office\">Office or "
	    "person</label><input id=\"add-office\" name=\"office\" "
	    "maxlength=\"200\" required></p>\n<p class=\"field\">"
	    "<label for=\"add-role\">For</label><select id=\"add-role\" "
	    "name=\"role\"><option value=\"info\">information</option>"
	    "<option value=\"action\">action</option></select></p>\n");
	put_who_and_why(x, "add");
	chy_html(x, "<p class=\"acts\"><button name=\"add\" value=\"1\">Give "
	    "it</button></p></form></section>\n");
	if (count(d, CHY_DELIVERY_ACTION, CHY_DELIVERY_POSTED) == 0)
		return;
	chy_html(x, "<section><h2>Move or recall</h2><form action=\"%s\" "
	    "method=\"post\">", url);
	chy_html_token(x);
	chy_html(x, "<p class=\"field\"><label for=\"move-from\">Copy of"
	    "</label><select id=\"move-from\" name=\"delivery\">\n");
	for (uint32_t i = 0; i < d->n; i++)
		if (d->at_all[i].state == CHY_STATE_LIVE &&
		    d->at_all[i].told.kind <= CHY_DELIVERY_POSTED)
			chy_html(x, "<option value=\"%u\">%.*s</option>\n",
			    (unsigned)d->at_all[i].number,
			    CHY_ARG(d->at_all[i].told.office));
	chy_html(x, "</select></p>\n<p class=\"field\"><label for=\"move-to\">"
	    "Move to</label><input id=\"move-to\" name=\"office\" "
	    "maxlength=\"200\"></p>\n");
	put_who_and_why(x, "move");
	chy_html(x, "<p class=\"acts\"><button name=\"move\" value=\"1\">Move"
	    "</button><button name=\"recall\" value=\"1\">Recall</button></p>"
	    "</form></section>\n");
}

static void
put_side(chy_exchange *x, const chy_filed_distribution *d)
{
	chy_html(x, "<aside class=\"side\" aria-label=\"About this "
	    "distribution\">\n<section><h2>Addressees</h2><dl class=\"facts\">"
	    "\n");
	for (uint32_t i = 0; i < d->n_addressed; i++) {
		const chy_addressed *a = &d->addressed[i];

		chy_html(x, "<dt>%s</dt><dd>%.*s", a->role == CHY_ROLE_ACTION ?
		    "Action" : "Info", CHY_ARG(a->name));
		if (a->minutes > 0)
			chy_html(x, "<span class=\"sub\">to be handled in "
			    "%.*s%s</span>", CHY_ARG(in_words(x, a->minutes)),
			    a->known && !a->steered ? "; nobody there is "
			    "named" : "");
		chy_html(x, "</dd>\n");
	}
	for (uint32_t i = 0; i < d->n; i++) {
		const chy_delivery *told = &d->at_all[i].told;

		if (d->at_all[i].state != CHY_STATE_LIVE)
			continue;
		if (told->kind == CHY_DELIVERY_ITEM)
			chy_html(x, "<dt>Item</dt><dd>opened on %.*s</dd>\n",
			    CHY_ARG(told->office));
		if (told->kind == CHY_DELIVERY_MARK)
			chy_html(x, "<dt>Mark</dt><dd>%.*s</dd>\n",
			    CHY_ARG(told->office));
	}
	chy_html(x, "</dl></section>\n");
	if (x->site->reader.owner)
		put_changes(x, d);
	chy_html(x, "</aside>\n");
}

static void
put_head(chy_exchange *x, const chy_filed_distribution *d)
{
	const chy_line *line = &d->line;
	uint32_t readers = count(d, CHY_DELIVERY_ACTION, CHY_DELIVERY_INFO);
	chy_civil sent = chy_civil_from(d->at);

	chy_html(x, "<div class=\"head\"><p class=\"kind\">Distribution of %s",
	    chy_words_mrn(line->id, line->originator).s);
	if (d->at != 0)
		chy_html(x, ", sent out %s", chy_words_time(sent).s);
	chy_html(x, "</p>\n<h1>%.*s</h1>\n<p class=\"meta\">",
	    CHY_ARG(line->subject.len > 0 ? line->subject :
	    CHY_SLICE("Without a subject")));
	chy_mark_level(x, line->level, line->classification);
	chy_html(x, " ");
	chy_mark_precedence(x, line->precedence);
	chy_html(x, " <span>%u reader%s</span> <a href=\"%s\">Open</a></p>\n",
	    readers, readers == 1 ? "" : "s",
	    chy_telegram_url(x, line->id, ""));
	if (!d->distributed)
		chy_html(x, "<p class=\"answer\">It was filed before the "
		    "archive had rules: nothing was sent by them.</p>\n");
	if (d->rejected)
		chy_html(x, "<p class=\"answer\"><span class=\"late\">Rejected"
		    "</span>: nobody gets it until a person decides.</p>\n");
	chy_html(x, "</div>\n");
}

void
chy_page_distribution(chy_exchange *x)
{
	chy_page page = { .here = "distribution", .up = "/distribution" };
	chy_filed_distribution *d;
	chy_error err = { 0 };
	chy_status st = chy_registry_distribution(x->reg, &x->site->reader,
	    x->id, &d, &err);

	if (st != CHY_OK) {
		chy_reply_status(x, st, &err);
		return;
	}
	page.title = chy_text(x, "Distribution: %s",
	    chy_words_mrn(d->line.id, d->line.originator).s);
	page.label = &d->label;
	chy_layout_begin(x, &page);
	put_head(x, d);
	chy_html(x, "<div class=\"with-side\">\n<div>\n");
	put_copies(x, d);
	put_withheld(x, d);
	put_waiting(x, d);
	put_past(x, d);
	chy_html(x, "</div>\n");
	put_side(x, d);
	chy_html(x, "</div>\n");
	chy_layout_end(x, &page);
	chy_filed_distribution_free(d);
}


/* ---- what a form asks for ---- */

static const struct button {
	const char     *name;
	chy_change_kind kind;
	bool		names;	/* its value is the delivery */
} buttons[] = {
	{ "send", CHY_CHANGE_SEND, true },
	{ "done", CHY_CHANGE_DONE, true },
	{ "add", CHY_CHANGE_ADD, false },
	{ "move", CHY_CHANGE_MOVE, false },
	{ "recall", CHY_CHANGE_RECALL, false },
};

static bool
parse_change(chy_exchange *x, chy_desk_change *ret)
{
	for (size_t i = 0; i < ARRAY_LEN(buttons); i++) {
		if (chy_parse_param(x, buttons[i].name).len == 0)
			continue;
		ret->kind = buttons[i].kind;
		ret->delivery = chy_parse_number(x, buttons[i].names ?
		    buttons[i].name : "delivery", UINT32_MAX, 0);
		if (ret->kind == CHY_CHANGE_ADD && chy_slice_eq(
		    chy_parse_param(x, "role"), CHY_SLICE("action")))
			ret->kind = CHY_CHANGE_ADD_ACTION;
		return true;
	}
	return false;
}

void
chy_post_distribution(chy_exchange *x)
{
	chy_desk_change change = {
		.address = x->id, .office = chy_parse_param(x, "office"),
		.who = chy_parse_param(x, "who"),
		.reason = chy_parse_param(x, "reason"),
		.now = chy_civil_seconds(x->now),
	};
	chy_registry *reg;
	chy_error err = { 0 };
	chy_status st;

	if (!parse_change(x, &change)) {
		chy_reply_bad(x, 400, "The form has no button that is known.");
		return;
	}
	reg = chy_open_for_change(x);
	if (reg == NULL)
		return;
	st = chy_registry_change(reg, &x->site->reader, &change, &err);
	chy_registry_close(reg);
	if (st == CHY_OK)
		chy_reply_redirect(x, distribution_url(x, x->id));
	else if (st == CHY_ERR_INVALID || st == CHY_ERR_EXISTS)
		chy_reply_bad(x, 400, err.text);
	else
		chy_reply_status(x, st, &err);
}
