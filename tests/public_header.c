/*
 * The example of chancery.h and chancery(3), compiled and run against the
 * shared library as a program outside would. Prints TAP.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <string.h>

#include "chancery.h"

static const char bytes[] =
    "VZCZCXRO0007\n"
    "OO RUEHC\n"
    "DE RUEHPA #0007 1611456\n"
    "ZNY CCCCC ZZH\n"
    "O 091456Z JUN 08\n"
    "FM AMEMBASSY PORT ARDEN\n"
    "TO RUEHC/SECSTATE WASHDC IMMEDIATE 0101\n"
    "BT\n"
    "C O N F I D E N T I A L PORT ARDEN 000007\n"
    "\n"
    "SIPDIS\n"
    "\n"
    "E.O. 12958: DECL: 06/09/2018\n"
    "TAGS: PREL, ECON\n"
    "SUBJECT: HARBOUR MINISTER ON LIGHTHOUSE DUES\n"
    "\n"
    "1. (C) The minister will lower the dues in autumn.\n"
    "BT\n"
    "#0007\n"
    "NNNN\n";

static int tests, failed;

static void
ok(int truth, const char *label)
{
	printf("%sok %d - %s\n", truth ? "" : "not ", ++tests, label);
	failed |= !truth;
}

static chy_status
count(void *arg, const char *text, size_t len)
{
	(void)text;
	*(size_t *)arg += len;
	return CHY_OK;
}

static chy_status
refuse(void *arg, const char *text, size_t len)
{
	(void)arg;
	(void)text;
	(void)len;
	return CHY_ERR_STOPPED;
}

int
main(void)
{
	chy_telegram *tel = NULL;
	chy_lib_options opts = { .form = "no such form" };
	chy_lib_finding finding;
	chy_error err = { 0 };
	char buf[200];
	size_t n = 0, findings = 0;

	ok(chy_lib_read("", 0, NULL, &tel, &err) == CHY_ERR_INVALID,
	    "an empty telegram is none");
	ok(chy_lib_read(bytes, sizeof(bytes) - 1, &opts, &tel, &err) ==
	    CHY_ERR_NOT_FOUND && tel == NULL, "an unknown form");
	ok(chy_lib_read(bytes, sizeof(bytes) - 1, NULL, &tel, &err) == CHY_OK,
	    "the example is read");
	if (tel == NULL)
		return 1;
	ok(strcmp(chy_lib_field(tel, "canonical_id", buf, sizeof(buf)),
	    "08PORTARDEN7") == 0, "its number");
	ok(strcmp(chy_lib_field(tel, "dtg_iso", buf, sizeof(buf)),
	    "2008-06-09T14:56Z") == 0, "its date");
	ok(strcmp(chy_lib_field(tel, "subject", buf, 8), "HARBOUR") == 0,
	    "a field that is cut to the room there is");
	ok(chy_lib_field(tel, "colour", buf, sizeof(buf))[0] == '\0',
	    "a field that no telegram has");
	ok(chy_lib_render(tel, "json", count, &n, &err) == CHY_OK && n > 100,
	    "as JSON");
	ok(chy_lib_render(tel, "json", refuse, NULL, &err) == CHY_ERR_STOPPED,
	    "a writer that refuses");
	ok(chy_lib_render(tel, "papyrus", count, &n, &err) ==
	    CHY_ERR_NOT_FOUND, "an unknown output");
	while (chy_lib_finding_at(tel, findings, &finding))
		findings++;
	ok(findings < 100, "findings end");
	ok(chy_lib_form_name(0) != NULL && chy_lib_output_name(0) != NULL,
	    "names");
	chy_lib_free(tel);
	chy_lib_free(NULL);
	printf("1..%d\n", tests);
	return failed;
}
