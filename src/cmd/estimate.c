/*
 * Printing the estimated date of a telegram that is not filed.
 *
 * SPDX-License-Identifier: ISC
 */
#include "cmd/estimate.h"

void
json_estimate(json *j, const chy_estimate *e)
{
	if (e->basis == CHY_ESTIMATE_NONE) {
		json_absent(j, "estimate");
		return;
	}
	json_object_begin(j, "estimate");
	json_text(j, "date", e->date);
	json_text(j, "basis", chy_slice_of(chy_estimate_name(e->basis)));
	json_text_or_null(j, "lower", e->lower);
	json_text_or_null(j, "upper", e->upper);
	json_text_or_null(j, "cited_by", e->cited_by);
	json_bool(j, "capped", e->capped);
	json_object_end(j);
}
