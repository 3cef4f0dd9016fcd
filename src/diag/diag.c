/*
 * The one table of diagnostics, and the list of findings.
 *
 * SPDX-License-Identifier: ISC
 */
#include "diag/diag.h"

#include <assert.h>
#include <stdlib.h>

struct diag_row {
	const char  *code;	  /* stable for ever; never reused */
	chy_severity severity[2]; /* reading, drafting */
	const char  *text;
	const char  *source;
	const char  *instead;	  /* "" unless retired */
};

static const struct diag_row rows[CHY_DIAG_COUNT] = {
#define DIAG(name, code, reading, drafting, text, source)		\
	[CHY_DIAG_##name] = { code,					\
	    { CHY_SEVERITY_##reading, CHY_SEVERITY_##drafting },	\
	    text, source, "" },
#define DIAG_RETIRED(name, code, instead, text, source)			\
	[CHY_DIAG_##name] = { code,					\
	    { CHY_SEVERITY_OFF, CHY_SEVERITY_OFF },			\
	    text, source, instead },
#include "diag/diagnostics.def"
#undef DIAG
#undef DIAG_RETIRED
};

_Static_assert(CHY_DIAG_COUNT <= UINT16_MAX, "a finding has 16 bits for it");

const char *
chy_diag_code(chy_diag diag)
{
	return rows[diag].code;
}

const char *
chy_diag_text(chy_diag diag)
{
	return rows[diag].text;
}

const char *
chy_diag_source(chy_diag diag)
{
	return rows[diag].source;
}

chy_severity
chy_diag_severity(chy_diag diag, bool drafting)
{
	return rows[diag].severity[drafting];
}

bool
chy_diag_retired(chy_diag diag)
{
	return rows[diag].instead[0] != '\0';
}

const char *
chy_diag_instead(chy_diag diag)
{
	return rows[diag].instead;
}

bool
chy_diag_find(chy_slice code, chy_diag *ret_diag)
{
	for (int i = 0; i < CHY_DIAG_COUNT; i++) {
		if (chy_slice_ieq(chy_slice_of(rows[i].code), code)) {
			*ret_diag = (chy_diag)i;
			return true;
		}
	}
	return false;
}

const char *
chy_severity_name(chy_severity severity)
{
	switch (severity) {
	case CHY_SEVERITY_OFF:
		break;
	case CHY_SEVERITY_NOTE:
		return "note";
	case CHY_SEVERITY_STYLE:
		return "style";
	case CHY_SEVERITY_WARNING:
		return "warning";
	case CHY_SEVERITY_ERROR:
		return "error";
	}
	return "off";
}

bool
chy_severity_parse(chy_slice name, chy_severity *ret_severity)
{
	for (int i = CHY_SEVERITY_OFF; i <= CHY_SEVERITY_ERROR; i++) {
		chy_severity s = (chy_severity)i;

		if (chy_slice_ieq(chy_slice_of(chy_severity_name(s)), name)) {
			*ret_severity = s;
			return true;
		}
	}
	return false;
}


/* ---- findings ---- */

void
chy_findings_init(chy_findings *found)
{
	*found = (chy_findings){ .details = CHY_BUF_INIT };
}

void
chy_findings_done(chy_findings *found)
{
	free(found->list);
	chy_buf_done(&found->details);
	chy_findings_init(found);
}

void
chy_findings_reset(chy_findings *found)
{
	found->count = 0;
	found->truncated = false;
	found->failed = false;
	chy_buf_reset(&found->details);
}

/* Room for one more; false without memory. */
static bool
make_room(chy_findings *found)
{
	size_t cap = found->cap > 0 ? found->cap * 2 : 16;
	chy_finding *list;

	if (found->count < found->cap)
		return true;
	/* The limit keeps cap, and with it the product, small. */
	list = realloc(found->list, cap * sizeof(*list));
	if (list == NULL) {
		found->failed = true;
		return false;
	}
	found->list = list;
	found->cap = cap;
	return true;
}

void
chy_find(chy_findings *found, chy_diag diag, uint32_t off, uint32_t len,
    chy_slice detail)
{
	size_t at = found->details.len;

	assert(diag < CHY_DIAG_COUNT && !chy_diag_retired(diag));
	if (chy_findings_status(found) != CHY_OK)
		return;
	if (found->count >= CHY_LIMIT_FINDINGS ||
	    detail.len > UINT32_MAX - at) {
		found->truncated = true;
		return;
	}
	if (!make_room(found))
		return;
	if (detail.len > 0)
		chy_buf_put(&found->details, detail);
	if (found->details.failed)
		return;
	found->list[found->count++] = (chy_finding){
		.diag = (uint16_t)diag, .off = off, .len = len,
		.detail_off = (uint32_t)at, .detail_len = (uint32_t)detail.len,
	};
}

chy_slice
chy_finding_detail(const chy_findings *found, const chy_finding *finding)
{
	if (finding->detail_len == 0)
		return CHY_EMPTY;
	return (chy_slice){ found->details.ptr + finding->detail_off,
	    finding->detail_len };
}

/* Whether a is printed after b. */
static bool
is_after(const chy_finding *a, const chy_finding *b)
{
	return a->off > b->off;
}

/* In place and stable, quick where little is out of order. */
static void
insertion_sort(chy_finding *list, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		chy_finding f = list[i];
		size_t j = i;

		for (; j > 0 && is_after(&list[j - 1], &f); j--)
			list[j] = list[j - 1];
		list[j] = f;
	}
}

static void
merge(const chy_finding *a, size_t na, const chy_finding *b, size_t nb,
    chy_finding *out)
{
	while (na > 0 && nb > 0) {
		if (is_after(a, b)) {
			*out++ = *b++;
			nb--;
		} else {
			*out++ = *a++;
			na--;
		}
	}
	while (na-- > 0)
		*out++ = *a++;
	while (nb-- > 0)
		*out++ = *b++;
}

void
chy_findings_sort(chy_findings *found)
{
	size_t n = found->count;
	chy_finding *from = found->list, *to, *spare;

	/* Without memory the slow way: it is bounded by the limit. */
	spare = n > 32 ? malloc(n * sizeof(*spare)) : NULL;
	if (spare == NULL) {
		insertion_sort(found->list, n);
		return;
	}
	to = spare;
	for (size_t width = 1; width < n; width *= 2) {
		chy_finding *swap = from;

		for (size_t i = 0; i < n; i += 2 * width) {
			size_t na = n - i < width ? n - i : width;
			size_t nb = n - i - na < width ? n - i - na : width;

			merge(from + i, na, from + i + na, nb, to + i);
		}
		from = to;
		to = swap;
	}
	if (from != found->list)
		memcpy(found->list, from, n * sizeof(*from));
	free(spare);
}

chy_severity
chy_findings_worst(const chy_findings *found, bool drafting)
{
	chy_severity worst = CHY_SEVERITY_OFF;

	for (size_t i = 0; i < found->count; i++) {
		chy_severity s = chy_diag_severity(
		    chy_finding_diag(&found->list[i]), drafting);

		if (s > worst)
			worst = s;
	}
	return worst;
}
