/*
 * What the files of casework in the registry share.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_REGISTRY_CASEWORK_INT_H
#define CHY_REGISTRY_CASEWORK_INT_H

#include "registry/casework.h"
#include "registry/registry_int.h"

/* Whether the reader may know of a row with these two labels. Joins them to
 * *join, which may be NULL, if so. */
bool	chy_casework_may(const chy_registry *reg, const chy_reader *reader,
    chy_slice label, chy_slice tel_label, chy_label *join);

/* One transaction that writes; end it with commit or abort of the store. */
chy_status chy_doing_begin(chy_registry *reg, const chy_doing *doing,
    chy_error *err);
/* Commit where st is CHY_OK, else give everything back; returns the status. */
chy_status chy_doing_end(chy_registry *reg, chy_status st, chy_error *err);
chy_status chy_doing_log(chy_registry *reg, const chy_doing *doing,
    chy_slice object, chy_slice change, chy_slice label, chy_error *err);

/* A filed telegram that the reader may see, and a paragraph of it: ids and
 * labels, in the arena. Outside of a transaction. */
struct cited {
	chy_slice id;
	chy_slice paragraph;	/* empty: none was named */
	chy_slice label;	/* of the paragraph, else the telegram's */
	chy_slice tel_label;
	chy_slice post;
	int32_t	  day;
	chy_precedence precedence;
};
chy_status chy_casework_cite(chy_registry *reg, const chy_reader *reader,
    chy_slice address, chy_arena *arena, struct cited *ret, chy_error *err);

/* A case whose label nobody stated takes that of the first telegram in it,
 * so that its title does not tell more than the telegram may. */
chy_status chy_docket_label(chy_registry *reg, chy_slice docket,
    chy_slice label, chy_error *err);

/* Canonical text of a label. */
chy_slice chy_label_text(const chy_label *label, chy_arena *arena);

/* One event of a calendar. */
void	chy_ics_begin(chy_sink *out);
void	chy_ics_event(chy_sink *out, chy_slice uid, int32_t first,
    int32_t last, chy_slice summary, chy_slice description, int64_t now);
void	chy_ics_end(chy_sink *out);

#endif
