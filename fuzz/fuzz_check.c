/*
 * Any bytes as a telegram that is checked: findings lie in the text, in
 * order, none of a rule that is off; checking twice says the same; repairs
 * lie in the text and do not overlap, and come to an end.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"

#include "check/check.h"
#include "forms/forms.h"

static void
hold_findings(const chy_telegram *tel, const chy_check_options *opts,
    const chy_findings *found)
{
	uint32_t last = 0;

	for (size_t i = 0; i < found->count; i++) {
		const chy_finding *f = &found->list[i];

		FUZZ_HOLDS(f->off >= last);
		FUZZ_HOLDS(f->off <= tel->text.len &&
		    f->len <= tel->text.len - f->off);
		FUZZ_HOLDS(chy_diag_severity(chy_finding_diag(f),
		    opts->drafting) != CHY_SEVERITY_OFF);
		last = f->off;
	}
}

/* The text after all repairs; false when there were none. */
static bool
repair(const chy_telegram *tel, const chy_findings *found, chy_buf *out)
{
	chy_arena arena;
	chy_changes changes;
	uint32_t done = 0;

	chy_arena_init(&arena, 0);
	chy_buf_reset(out);
	FUZZ_HOLDS(chy_repair_plan(tel, found, CHY_REPAIR_DOUBTFUL, &arena,
	    &changes) == CHY_OK);
	for (size_t i = 0; i < changes.n; i++) {
		const chy_change *x = &changes.at[i];

		FUZZ_HOLDS(x->span.off >= done);
		FUZZ_HOLDS(x->span.off + x->span.len <= tel->text.len);
		chy_buf_put(out, chy_slice_sub(tel->text, done,
		    x->span.off - done));
		chy_buf_put(out, x->after);
		done = x->span.off + x->span.len;
	}
	chy_buf_put(out, chy_slice_from(tel->text, done));
	chy_arena_done(&arena);
	return changes.n > 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	chy_slice text = { (const char *)data, size };
	const chy_read_options state = { .form = "state" };
	chy_check_options opts = { .today = 20260101 };
	chy_findings found, again;
	chy_buf next = CHY_BUF_INIT, kept = CHY_BUF_INIT;
	chy_error err;
	bool more = true;

	if (size == 0)
		return 0;
	opts.drafting = data[size - 1] & 1;
	opts.profile = data[size - 1] >> 1 & 3;
	chy_findings_init(&found);
	chy_findings_init(&again);
	/* A repair may make room for another; that ends. */
	for (int i = 0; i < 4 && more && text.len > 0; i++) {
		chy_telegram *tel;

		FUZZ_HOLDS(chy_telegram_read(text, &state, &tel, &err) ==
		    CHY_OK);
		FUZZ_HOLDS(chy_check(tel, &opts, &found) == CHY_OK);
		hold_findings(tel, &opts, &found);
		FUZZ_HOLDS(chy_check(tel, &opts, &again) == CHY_OK);
		FUZZ_HOLDS(found.count == again.count);
		more = repair(tel, &found, &next);
		chy_telegram_free(tel);
		chy_buf_reset(&kept);
		chy_buf_put(&kept, chy_buf_slice(&next));
		text = chy_buf_slice(&kept);
	}
	chy_findings_done(&found);
	chy_findings_done(&again);
	chy_buf_done(&next);
	chy_buf_done(&kept);
	return 0;
}
