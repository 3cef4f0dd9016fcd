/*
 * People, places and bodies, listed; and one of them.
 *
 * SPDX-License-Identifier: ISC
 */
#include <inttypes.h>

#include "answer/answer.h"

static void
json_entry(json *j, const chy_name_entry *e)
{
	json_text(j, "kind", chy_slice_of(chy_name_kind_name(e->kind)));
	json_text(j, "name", e->name);
	json_text(j, "term", e->term);
	json_number(j, "count", e->count);
}

static void
json_variants(json *j, const chy_name_entry *e)
{
	json_list_begin(j, "variants");
	for (uint32_t i = 0; i < e->n_variants; i++) {
		json_item_object(j);
		json_text(j, "text", e->variants[i].text);
		json_number(j, "count", e->variants[i].count);
		json_object_end(j);
	}
	json_list_end(j);
}

/* The spellings, but not the one that stands before them. */
static void
put_variants(chy_sink *out, const chy_name_entry *e)
{
	uint32_t told = 0;

	for (uint32_t i = 0; i < e->n_variants && told < 6; i++) {
		if (chy_slice_ieq(e->variants[i].text, e->name))
			continue;
		chy_sink_puts(out, told++ == 0 ? "  (" : "; ");
		out_text(out, e->variants[i].text);
	}
	if (told > 0)
		chy_sink_puts(out, ")");
	chy_sink_puts(out, "\n");
}

void
answer_names_text(const chy_names_list *list, chy_sink *out)
{
	uint32_t of_kind = 0;

	chy_sink_puts(out, "query: ");
	out_text(out, list->understood);
	chy_sink_printf(out, "\n%" PRIu64 " telegram%s\n", list->telegrams,
	    list->telegrams == 1 ? "" : "s");
	for (uint32_t i = 0; i < list->n; i++) {
		const chy_name_entry *e = &list->at[i];

		if (i == 0 || e->kind != list->at[i - 1].kind) {
			chy_sink_printf(out, "\n%s\n",
			    chy_name_kind_name(e->kind));
			of_kind = 0;
		}
		of_kind++;
		chy_sink_printf(out, "%8" PRIu64 "  ", e->count);
		out_text(out, e->name);
		put_variants(out, e);
		if ((i + 1 == list->n || list->at[i + 1].kind != e->kind) &&
		    list->n_all[e->kind] > of_kind)
			chy_sink_printf(out, "          and %" PRIu64 " more"
			    "\n", list->n_all[e->kind] - of_kind);
	}
}

static void
put_place(chy_sink *out, const chy_name_place *p, bool colour)
{
	bool field = false;

	out_line(out, &p->line, colour);
	chy_sink_puts(out, "    at");
	for (uint32_t i = 0; i < p->n_ids; i++) {
		field |= !p->is_paragraph[i];
		if (!p->is_paragraph[i])
			continue;
		chy_sink_puts(out, " ");
		out_text(out, p->line.id);
		chy_sink_puts(out, "#");
		out_text(out, p->ids[i]);
	}
	for (uint32_t i = 0; i < p->n_ids && field; i++)
		if (!p->is_paragraph[i]) {
			chy_sink_puts(out, " ");
			out_text(out, p->ids[i]);
		}
	chy_sink_puts(out, "\n");
}

void
answer_name_text(const chy_name_found *f, bool colour, chy_sink *out)
{
	out_bold(out, colour);
	out_text(out, f->entry.name);
	out_plain(out, colour);
	chy_sink_printf(out, "  %s, %" PRIu64 " telegram%s\n",
	    chy_name_kind_name(f->entry.kind), f->entry.count,
	    f->entry.count == 1 ? "" : "s");
	for (uint32_t i = 0; i < f->entry.n_variants; i++) {
		chy_sink_printf(out, "%8" PRIu64 "  ",
		    f->entry.variants[i].count);
		out_text(out, f->entry.variants[i].text);
		chy_sink_puts(out, "\n");
	}
	if (f->n_beside > 0)
		chy_sink_puts(out, "beside\n");
	for (uint32_t i = 0; i < f->n_beside; i++) {
		chy_sink_printf(out, "%8" PRIu64 "  ", f->beside[i].count);
		out_text(out, f->beside[i].name);
		chy_sink_printf(out, "  %s\n",
		    chy_name_kind_name(f->beside[i].kind));
	}
	for (uint32_t i = 0; i < f->n_places; i++)
		put_place(out, &f->places[i], colour);
	if (f->all_places > f->n_places)
		chy_sink_printf(out, "and %" PRIu64 " more telegrams\n",
		    f->all_places - f->n_places);
}

void
answer_name_json(const chy_name_found *f, chy_sink *out)
{
	json j = json_open(out);

	json_entry(&j, &f->entry);
	json_variants(&j, &f->entry);
	json_list_begin(&j, "beside");
	for (uint32_t i = 0; i < f->n_beside; i++) {
		json_item_object(&j);
		json_entry(&j, &f->beside[i]);
		json_object_end(&j);
	}
	json_list_end(&j);
	json_list_begin(&j, "telegrams");
	for (uint32_t i = 0; i < f->n_places; i++) {
		const chy_name_place *p = &f->places[i];

		json_item_object(&j);
		json_line(&j, &p->line);
		json_list_begin(&j, "paragraphs");
		for (uint32_t k = 0; k < p->n_ids; k++)
			if (p->is_paragraph[k])
				json_item_text(&j, p->ids[k]);
		json_list_end(&j);
		json_list_begin(&j, "fields");
		for (uint32_t k = 0; k < p->n_ids; k++)
			if (!p->is_paragraph[k])
				json_item_text(&j, p->ids[k]);
		json_list_end(&j);
		json_object_end(&j);
	}
	json_list_end(&j);
	json_close(&j);
}

void
answer_names_json(const chy_names_list *list, chy_sink *out)
{
	for (uint32_t i = 0; i < list->n; i++) {
		json j = json_open(out);

		json_entry(&j, &list->at[i]);
		json_variants(&j, &list->at[i]);
		json_close(&j);
	}
}
