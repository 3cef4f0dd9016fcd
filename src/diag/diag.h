/*
 * Diagnostics and findings. A diagnostic is a rule: code, severity, text,
 * source, one row of diagnostics.def. A finding says where in a telegram one
 * was broken. Who reports is not known here, nor is how a place is printed.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_DIAG_DIAG_H
#define CHY_DIAG_DIAG_H

#include "base/buf.h"
#include "base/limits.h"
#include "base/slice.h"

#define DIAG(name, code, reading, drafting, text, source) CHY_DIAG_##name,
#define DIAG_RETIRED(name, code, instead, text, source) CHY_DIAG_##name,
typedef enum chy_diag {
#include "diag/diagnostics.def"
	CHY_DIAG_COUNT
} chy_diag;
#undef DIAG
#undef DIAG_RETIRED

/* By what happened to the data, so that the worse is the greater. */
typedef enum chy_severity {
	CHY_SEVERITY_OFF,	/* not reported */
	CHY_SEVERITY_NOTE,	/* recorded, nothing to mend */
	CHY_SEVERITY_STYLE,	/* convention not kept, meaning unaffected */
	CHY_SEVERITY_WARNING,	/* rule broken, meaning still clear */
	CHY_SEVERITY_ERROR,	/* not readable, or may not be sent like this */
} chy_severity;

/* "ADR-004". All texts live for ever. */
const char *chy_diag_code(chy_diag diag);
const char *chy_diag_text(chy_diag diag);
const char *chy_diag_source(chy_diag diag);

/* In a telegram that is being written, or else in one that was received. */
chy_severity chy_diag_severity(chy_diag diag, bool drafting);

/* Retired ones are kept for their codes; chy_diag_instead() says what to
 * look for ("retired: report CLS-005"), and is "" for the others. */
bool	chy_diag_retired(chy_diag diag);
const char *chy_diag_instead(chy_diag diag);

/* By code, any case. False, and ret_diag not touched, if there is none. */
bool	chy_diag_find(chy_slice code, chy_diag *ret_diag);

/* "error", "warning", "style", "note", "off"; and back, any case. */
const char *chy_severity_name(chy_severity severity);
bool	chy_severity_parse(chy_slice name, chy_severity *ret_severity);


/* ---- findings ---- */

typedef struct chy_finding {
	uint16_t diag;		/* a chy_diag */
	uint32_t off;		/* place in the telegram's text */
	uint32_t len;		/* 0: between two bytes */
	uint32_t detail_off;	/* use chy_finding_detail() */
	uint32_t detail_len;
} chy_finding;

/*
 * Findings of one telegram, at most CHY_LIMIT_FINDINGS. Failure is sticky:
 * without memory nothing more is taken, and chy_findings_status() says so.
 */
typedef struct chy_findings {
	chy_finding *list;
	size_t	     count;
	size_t	     cap;
	chy_buf	     details;	/* the words of all, one after the other */
	bool	     truncated;	/* there were more */
	bool	     failed;
} chy_findings;

void	chy_findings_init(chy_findings *found);
void	chy_findings_done(chy_findings *found);
void	chy_findings_reset(chy_findings *found);	/* keeps the memory */

/* Report. The detail (the word that was met, say) is copied; may be empty. */
void	chy_find(chy_findings *found, chy_diag diag, uint32_t off,
    uint32_t len, chy_slice detail);

/* By place; those of one place stay in the order they were reported. */
void	chy_findings_sort(chy_findings *found);

/* Valid until the next chy_find(). */
chy_slice chy_finding_detail(const chy_findings *found,
    const chy_finding *finding);

static inline chy_diag
chy_finding_diag(const chy_finding *finding)
{
	return (chy_diag)finding->diag;
}

/* The worst severity among them; CHY_SEVERITY_OFF where there is none. */
chy_severity chy_findings_worst(const chy_findings *found, bool drafting);

static inline chy_status
chy_findings_status(const chy_findings *found)
{
	return found->failed || found->details.failed ? CHY_ERR_NO_MEMORY :
	    CHY_OK;
}

#endif
