/*
 * The customer's telegram by the sample rules: the expected result of the
 * specification and each of its variants, made here by changing the text in
 * memory. The telegram is not ours to ship; it is found beside the corpus.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "../unit/testing.h"
#include "base/compiler.h"
#include "forms/forms.h"
#include "marking/marking.h"
#include "registry/distribution.h"

static chy_slice seed;		/* its text; empty: absent */
static chy_ruleset *rules;
static chy_arena arena;

static int
begin(void **state)
{
	const char *corpus = getenv("CHANCERY_CORPUS");
	char path[4096], *bytes = malloc(1 << 16);
	chy_rules_error bad;
	FILE *f;

	(void)state;
	chy_arena_init(&arena, 0);
	snprintf(path, sizeof(path), "%s/sample.rules", getenv("RULES"));
	if (chy_ruleset_read(path, &rules, &bad) != CHY_OK) {
		fprintf(stderr, "%s:%u:%u: %s\n", bad.file, bad.line,
		    bad.column, bad.text);
		free(bytes);
		return -1;
	}
	snprintf(path, sizeof(path), "%s/../reference/seed.txt",
	    corpus != NULL ? corpus : "../shared/corpus");
	f = fopen(path, "rb");
	if (f == NULL) {
		fprintf(stderr, "the customer's telegram is absent: %s\n"
		    "set CHANCERY_CORPUS to the folder of the corpus\n", path);
		free(bytes);
		return getenv("CI") != NULL ? -1 : 0;
	}
	seed = (chy_slice){ bytes, fread(bytes, 1, 1 << 16, f) };
	fclose(f);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	chy_ruleset_free(rules);
	chy_arena_done(&arena);
	free((void *)(uintptr_t)seed.ptr);
	return 0;
}

#define NEED_SEED() do { if (seed.len == 0) skip(); } while (0)

/* The text with the first `from` replaced. */
static chy_slice
changed(chy_slice text, const char *from, const char *to)
{
	size_t at = chy_slice_find(text, chy_slice_of(from), 0);
	chy_buf buf = CHY_BUF_INIT;
	chy_slice out;

	if (at == text.len)
		fail_msg("the telegram has no \"%s\"", from);
	chy_buf_put(&buf, chy_slice_sub(text, 0, at));
	chy_buf_puts(&buf, to);
	chy_buf_put(&buf, chy_slice_from(text, at + strlen(from)));
	out = chy_arena_copy(&arena, chy_buf_slice(&buf));
	chy_buf_done(&buf);
	return out;
}

static chy_distribution
distribute(chy_slice text, const chy_distribute_options *opts)
{
	chy_distribution d = { 0 };
	chy_telegram *tel = NULL;
	chy_error err = { 0 };

	if (chy_telegram_read(text, NULL, &tel, &err) != CHY_OK ||
	    chy_distribute(rules->rules, tel, opts, &arena, &d, &err) !=
	    CHY_OK)
		fail_msg("cannot be distributed: %s", err.text);
	chy_telegram_free(tel);
	return d;
}

static int
word_cmp(const void *a, const void *b)
{
	return chy_slice_cmp(*(const chy_slice *)a, *(const chy_slice *)b);
}

/* All offices of a kind, at an addressee or at any, sorted: "DRL, EEB". */
static chy_slice
offices(const chy_distribution *d, chy_delivery_kind kind,
    const char *addressee)
{
	chy_slice list[128];
	chy_buf buf = CHY_BUF_INIT;
	chy_slice out;
	uint32_t n = 0;

	for (uint32_t i = 0; i < d->n && n < ARRAY_LEN(list); i++)
		if (d->at[i].kind == kind && (addressee == NULL ||
		    chy_slice_eq(d->at[i].addressee,
		    chy_slice_of(addressee))))
			list[n++] = d->at[i].office;
	if (n > 0)
		qsort(list, n, sizeof(*list), word_cmp);
	for (uint32_t i = 0; i < n; i++) {
		if (i > 0)
			chy_buf_puts(&buf, ", ");
		chy_buf_put(&buf, list[i]);
	}
	out = chy_arena_copy(&arena, chy_buf_slice(&buf));
	chy_buf_done(&buf);
	return out;
}

static const chy_addressed *
addressed(const chy_distribution *d, const char *name)
{
	for (uint32_t i = 0; i < d->n_addressed; i++)
		if (chy_slice_eq(d->addressed[i].name, chy_slice_of(name)))
			return &d->addressed[i];
	fail_msg("%s is not addressed", name);
	return NULL;
}

static bool
has_reason(const chy_distribution *d, const char *office, const char *rule,
    const char *words)
{
	for (uint32_t i = 0; i < d->n; i++) {
		const chy_delivery *one = &d->at[i];

		if (!chy_slice_eq(one->office, chy_slice_of(office)))
			continue;
		for (uint32_t k = 0; k < one->n_because; k++) {
			const chy_because *b = &one->because[k];

			if (!chy_slice_eq(b->rule, chy_slice_of(rule)))
				continue;
			for (uint32_t m = 0; m < b->n_matched; m++)
				if (chy_slice_eq(b->matched[m].words,
				    chy_slice_of(words)))
					return true;
			if (words[0] == '\0')
				return true;
		}
	}
	return false;
}

#define VP	"OFFICE OF THE VICE PRESIDENT"
#define INFO	"DRL, DRL/ILCSR, EEB, G, G/IWI, G/TIP, INL, INR, ISN, L, PM, " \
    "PRM, S/ES, S/ES-O"

static void
test_expected(void **state)
{
	chy_distribution d;
	chy_buf fired = CHY_BUF_INIT;

	(void)state;
	NEED_SEED();
	d = distribute(seed, NULL);
	EXPECT_TEXT("action", offices(&d, CHY_DELIVERY_ACTION, NULL),
	    "NEA/ARP");
	EXPECT_TEXT("information in the Department", offices(&d,
	    CHY_DELIVERY_INFO, "DEPARTMENT"), INFO);
	EXPECT_TEXT("at the White House", offices(&d, CHY_DELIVERY_INFO,
	    "WHITE HOUSE"), VP);
	EXPECT_TEXT("nobody at NSC", offices(&d, CHY_DELIVERY_INFO, "NSC"),
	    "");
	EXPECT_EQ("NSC is unsteered", addressed(&d, "NSC")->steered, false);
	EXPECT_EQ("the White House is steered",
	    addressed(&d, "WHITE HOUSE")->steered, true);
	EXPECT_TEXT("suggestions", offices(&d, CHY_DELIVERY_SUGGESTED, NULL),
	    "ENERGY, LABOR, USTR");
	EXPECT_TEXT("shared store", offices(&d, CHY_DELIVERY_POSTED, NULL),
	    "interagency store");
	EXPECT_TEXT("no alarm", offices(&d, CHY_DELIVERY_ALARM, NULL), "");
	EXPECT_TEXT("nothing for the desk but these",
	    offices(&d, CHY_DELIVERY_DESK, NULL), "");
	EXPECT_TEXT("nothing withheld", offices(&d, CHY_DELIVERY_WITHHELD,
	    NULL), "");
	EXPECT_TEXT("action item", offices(&d, CHY_DELIVERY_ITEM, NULL),
	    "\302\2668");
	EXPECT_TEXT("mark", offices(&d, CHY_DELIVERY_MARK, NULL), "FGI");
	EXPECT_EQ("30 minutes at the Department",
	    addressed(&d, "DEPARTMENT")->minutes, 30);
	EXPECT_EQ("3 hours at NSC", addressed(&d, "NSC")->minutes, 180);
	EXPECT_EQ("3 hours at the White House",
	    addressed(&d, "WHITE HOUSE")->minutes, 180);
	EXPECT_EQ("G/TIP drafts with them", chy_distribution_find(&d,
	    CHY_DELIVERY_INFO, CHY_SLICE("G/TIP"))->codrafter, true);
	for (uint32_t i = 0; i < d.n_fired; i++)
		chy_buf_printf(&fired, "%.*s ", CHY_ARG(d.fired[i]));
	EXPECT_TEXT("rules that fire", chy_buf_slice(&fired), "R01 R03 R04 "
	    "R08 R09 R10 R11 R12 R13 R14 R15 R16 R17 R18 R19 R21 R22 R24 R29 "
	    "R30 R23 ");
	chy_buf_done(&fired);
}

static void
test_reasons(void **state)
{
	chy_distribution d;

	(void)state;
	NEED_SEED();
	d = distribute(seed, NULL);
	EXPECT("passing line", has_reason(&d, "NEA/ARP", "R03",
	    "DEPARTMENT FOR NEA/ARP, G/TIP"));
	EXPECT("country code", has_reason(&d, "NEA/ARP", "R08", "MU"));
	EXPECT("two reasons, one copy", has_reason(&d, "G/TIP", "R03",
	    "DEPARTMENT FOR NEA/ARP, G/TIP"));
	EXPECT("words of the subject", has_reason(&d, "G/TIP", "R09", "TIP"));
	EXPECT("words of a paragraph", has_reason(&d, "EEB", "R16",
	    "Free Trade Agreement"));
	EXPECT("civil nuclear", has_reason(&d, "ISN", "R17",
	    "civil nuclear"));
	EXPECT("the letter", has_reason(&d, "S/ES", "R18", "the Secretary"));
	EXPECT("what another receives", has_reason(&d, "G", "R23", "G/TIP"));
	EXPECT("the profile", has_reason(&d, "PM", "R30", "REAPPRAISAL"));
	EXPECT("SIPDIS", has_reason(&d, "interagency store", "R24",
	    "SIPDIS"));
	/* Each span is where the words are. */
	for (uint32_t i = 0; i < d.n; i++)
		for (uint32_t k = 0; k < d.at[i].n_because; k++)
			for (uint32_t m = 0; m < d.at[i].because[k].n_matched;
			    m++)
				EXPECT("spans lie in the text",
				    d.at[i].because[k].matched[m].span.off +
				    d.at[i].because[k].matched[m].span.len <=
				    seed.len);
}

static void
test_exdis(void **state)
{
	chy_distribution before, d;
	const chy_delivery **lost;
	chy_buf names = CHY_BUF_INIT;
	chy_slice list[32];
	uint32_t n;

	(void)state;
	NEED_SEED();
	before = distribute(seed, NULL);
	d = distribute(changed(seed, "SIPDIS\n", "EXDIS\nSIPDIS\n"), NULL);
	EXPECT_TEXT("action", offices(&d, CHY_DELIVERY_ACTION, NULL),
	    "NEA/ARP");
	EXPECT_TEXT("information", offices(&d, CHY_DELIVERY_INFO,
	    "DEPARTMENT"), "G/TIP, S/ES, S/ES-O");
	EXPECT_TEXT("White House", offices(&d, CHY_DELIVERY_INFO,
	    "WHITE HOUSE"), VP);
	EXPECT_TEXT("no store", offices(&d, CHY_DELIVERY_POSTED, NULL), "");
	EXPECT_TEXT("no suggestion", offices(&d, CHY_DELIVERY_SUGGESTED,
	    NULL), "");
	EXPECT_TEXT("the item is still opened", offices(&d, CHY_DELIVERY_ITEM,
	    NULL), "\302\2668");
	EXPECT_TEXT("withheld", offices(&d, CHY_DELIVERY_WITHHELD, NULL),
	    "DRL, DRL/ILCSR, EEB, ENERGY, G, G/IWI, INL, INR, ISN, L, LABOR, "
	    "PM, PRM, USTR");
	EXPECT_TEXT("by the rule", chy_distribution_find(&d,
	    CHY_DELIVERY_WITHHELD, CHY_SLICE("DRL"))->stopped_by, "R26");

	/* As a corrected copy: these are recalled. */
	lost = chy_distribution_lost(&before, &d, &arena, &n);
	EXPECT("few enough", n <= ARRAY_LEN(list));
	for (uint32_t i = 0; i < n; i++)
		list[i] = lost[i]->office;
	qsort(list, n, sizeof(*list), word_cmp);
	for (uint32_t i = 0; i < n; i++)
		chy_buf_printf(&names, "%.*s ", CHY_ARG(list[i]));
	EXPECT_TEXT("recalled", chy_buf_slice(&names), "DRL DRL/ILCSR EEB G "
	    "G/IWI INL INR ISN L PM PRM interagency store ");
	chy_buf_done(&names);
}

static void
test_nodis(void **state)
{
	chy_distribution d;

	(void)state;
	NEED_SEED();
	d = distribute(changed(seed, "SIPDIS\n", "NODIS\nSIPDIS\n"), NULL);
	EXPECT_TEXT("no action", offices(&d, CHY_DELIVERY_ACTION, NULL), "");
	EXPECT_TEXT("no information", offices(&d, CHY_DELIVERY_INFO, NULL),
	    "");
	EXPECT_TEXT("no store", offices(&d, CHY_DELIVERY_POSTED, NULL), "");
	EXPECT_TEXT("the desk decides", offices(&d, CHY_DELIVERY_DESK, NULL),
	    "no action office");
	EXPECT_EQ("in 15 minutes", chy_distribution_find(&d,
	    CHY_DELIVERY_DESK, CHY_SLICE("no action office"))->minutes, 15);
	EXPECT("what follows from a copy is withheld, too",
	    chy_distribution_find(&d, CHY_DELIVERY_WITHHELD,
	    CHY_SLICE("G")) != NULL);
}

static void
test_stadis(void **state)
{
	chy_distribution d;
	const chy_delivery *no;

	(void)state;
	NEED_SEED();
	d = distribute(changed(seed, "SIPDIS\n", "STADIS\nSIPDIS\n"), NULL);
	EXPECT("rejected", d.rejected);
	EXPECT_TEXT("nobody", offices(&d, CHY_DELIVERY_INFO, NULL), "");
	EXPECT_TEXT("no action", offices(&d, CHY_DELIVERY_ACTION, NULL), "");
	EXPECT_TEXT("no store", offices(&d, CHY_DELIVERY_POSTED, NULL), "");
	no = chy_distribution_find(&d, CHY_DELIVERY_REJECTED,
	    CHY_SLICE("NSC WASHDC, WHITE HOUSE WASHDC"));
	EXPECT("for these two", no != NULL);
	EXPECT_TEXT("by the rule", no->because[0].rule, "R27");
	EXPECT_TEXT("all withheld by it", chy_distribution_find(&d,
	    CHY_DELIVERY_WITHHELD, CHY_SLICE("NEA/ARP"))->stopped_by, "R27");
}

#define PASSING	"WHITE HOUSE FOR OFFICE OF THE VICE-PRESIDENT, DEPARTMENT\n" \
    "FOR NEA/ARP, G/TIP\n"

static void
test_without(void **state)
{
	chy_slice no_passing, neither;
	chy_distribution d;

	(void)state;
	NEED_SEED();
	no_passing = changed(seed, PASSING, "");
	d = distribute(no_passing, NULL);
	EXPECT_TEXT("no passing line: the country desk",
	    offices(&d, CHY_DELIVERY_ACTION, NULL), "NEA/ARP");
	EXPECT_TEXT("and all others by their codes and words",
	    offices(&d, CHY_DELIVERY_INFO, "DEPARTMENT"), INFO);
	EXPECT_TEXT("but nobody at the White House",
	    offices(&d, CHY_DELIVERY_INFO, "WHITE HOUSE"), "");

	d = distribute(changed(seed, " [MU](#)", ""), NULL);
	EXPECT_TEXT("no country code: the passing line",
	    offices(&d, CHY_DELIVERY_ACTION, NULL), "NEA/ARP");
	EXPECT("by R03 alone", has_reason(&d, "NEA/ARP", "R03", "") &&
	    !has_reason(&d, "NEA/ARP", "R08", ""));

	neither = changed(no_passing, " [MU](#)", "");
	d = distribute(neither, NULL);
	EXPECT_TEXT("neither: G/TIP by R09",
	    offices(&d, CHY_DELIVERY_ACTION, NULL), "G/TIP");
	EXPECT("by its words", has_reason(&d, "G/TIP", "R09", "TIP"));
}

static void
test_roles(void **state)
{
	chy_distribution d;
	chy_slice text;

	(void)state;
	NEED_SEED();
	text = changed(seed, "TO SECSTATE WASHDC IMMEDIATE 9667\n"
	    "INFO NSC WASHDC PRIORITY\n", "TO NSC WASHDC IMMEDIATE\n"
	    "INFO SECSTATE WASHDC PRIORITY 9667\n");
	d = distribute(text, NULL);
	EXPECT_TEXT("the Department for information: no action",
	    offices(&d, CHY_DELIVERY_ACTION, NULL), "");
	EXPECT_TEXT("all for information", offices(&d, CHY_DELIVERY_INFO,
	    "DEPARTMENT"), "DRL, DRL/ILCSR, EEB, G, G/IWI, G/TIP, INL, INR, "
	    "ISN, L, NEA/ARP, PM, PRM, S/ES, S/ES-O");
	EXPECT_TEXT("and none is missed", offices(&d, CHY_DELIVERY_DESK,
	    NULL), "");
	d = distribute(changed(seed, "WHITE HOUSE WASHDC PRIORITY\n", ""),
	    NULL);
	EXPECT_TEXT("a passing line for one that is no addressee is nothing",
	    offices(&d, CHY_DELIVERY_INFO, "WHITE HOUSE"), "");
	d = distribute(changed(seed, "TO SECSTATE WASHDC IMMEDIATE",
	    "TO SECSTATE WASHDC NIACT IMMEDIATE"), NULL);
	EXPECT_TEXT("NIACT: an alarm", offices(&d, CHY_DELIVERY_ALARM,
	    "DEPARTMENT"), "NIACT IMMEDIATE");
	d = distribute(changed(seed, "DEPARTMENT\nFOR NEA/ARP, G/TIP",
	    "DEPARTMENT\nFOR NEA/ARP, G/TIP; STATE PASS USTR"), NULL);
	EXPECT_TEXT("a passing duty", offices(&d, CHY_DELIVERY_PASS, NULL),
	    "USTR");
}

/* Rules that the telegram as it is does not touch. */
static void
test_others(void **state)
{
	chy_distribution d;

	(void)state;
	NEED_SEED();
	d = distribute(changed(seed, "DEPARTMENT\nFOR NEA/ARP, G/TIP",
	    "DEPARTMENT\nFOR NEA/ARP, G/TIP; NSC FOR ABRAMOWITZ"), NULL);
	EXPECT_TEXT("R05: a name at NSC", offices(&d, CHY_DELIVERY_INFO,
	    "NSC"), "ABRAMOWITZ");
	EXPECT_EQ("which steers it", addressed(&d, "NSC")->steered, true);
	d = distribute(changed(seed, "INFO NSC WASHDC PRIORITY\n",
	    "INFO NSC WASHDC PRIORITY\n"
	    "AMEMBASSY BRASILIA PASS TO AMCONSUL RECIFE\n"), NULL);
	EXPECT_TEXT("R07: a duty to relay", offices(&d, CHY_DELIVERY_RELAY,
	    NULL), "AMEMBASSY BRASILIA PASS TO AMCONSUL RECIFE");
	d = distribute(changed(seed, "SUBJECT: OMAN INDIGNANT",
	    "SUBJECT: DEPARTMENT OF COMMERCE AND OMAN INDIGNANT"), NULL);
	EXPECT_TEXT("R31: an agency that the subject names",
	    offices(&d, CHY_DELIVERY_SUGGESTED, NULL),
	    "COMMERCE, ENERGY, LABOR, USTR");
	d = distribute(changed(seed, "SUBJECT: OMAN INDIGNANT",
	    "SUBJECT: USTR AND OMAN INDIGNANT"), NULL);
	EXPECT("R31: not where another rule names it", !has_reason(&d, "USTR",
	    "R31", ""));
	d = distribute(changed(seed, "TO SECSTATE WASHDC IMMEDIATE",
	    "TO SECSTATE WASHDC FLASH"), NULL);
	EXPECT_TEXT("R20: FLASH", offices(&d, CHY_DELIVERY_ALARM,
	    "DEPARTMENT"), "FLASH");
	EXPECT_EQ("in 10 minutes", addressed(&d, "DEPARTMENT")->minutes, 10);
}


/* ---- the same, filed ---- */

static char where[] = "/tmp/chancery-test-XXXXXX";

static chy_registry *
open_archive(bool portion_release)
{
	chy_registry_options opts = { .create = true,
	    .portion_release = portion_release };
	chy_registry *reg;
	chy_error err;

	if (chy_registry_open(where, &opts, &reg, &err) != CHY_OK)
		fail_msg("no archive: %s", err.text);
	return reg;
}

static void
file(chy_registry *reg, chy_slice text)
{
	chy_reader owner = chy_reader_owner();
	chy_error err;

	if (chy_registry_import_bytes(reg, &owner, text, CHY_SLICE("x.txt"),
	    NULL, NULL, &err) != CHY_OK)
		fail_msg("not filed: %s", err.text);
}

/* The offices of rows in a state, sorted. */
static chy_slice
filed_in(chy_registry *reg, chy_delivery_state state, chy_delivery_kind from,
    chy_delivery_kind to)
{
	chy_reader owner = chy_reader_owner();
	chy_filed_distribution *f;
	chy_delivery rows[128];
	chy_distribution d = { .at = rows };
	chy_slice out;
	chy_error err;

	if (chy_registry_distribution(reg, &owner, CHY_SLICE("08MUSCAT425"),
	    &f, &err) != CHY_OK)
		fail_msg("no distribution: %s", err.text);
	for (uint32_t i = 0; i < f->n && d.n < ARRAY_LEN(rows); i++) {
		if (f->at_all[i].state != state ||
		    f->at_all[i].told.kind < from ||
		    f->at_all[i].told.kind > to)
			continue;
		rows[d.n] = f->at_all[i].told;
		rows[d.n].office = chy_arena_copy(&arena, rows[d.n].office);
		rows[d.n++].kind = CHY_DELIVERY_INFO;
	}
	out = offices(&d, CHY_DELIVERY_INFO, NULL);
	chy_filed_distribution_free(f);
	return out;
}

static void
check_reader_to_u(void)
{
	chy_reader u;
	chy_registry *reg = open_archive(false);
	chy_filed_distribution *f;
	chy_tray *tray;
	chy_shown *shown;
	chy_error err;
	uint32_t seen = 0;

	EXPECT_EQ("a reader", chy_reader_parse(CHY_SLICE("U"), &u, &err),
	    CHY_OK);
	EXPECT_EQ("to U: as if it did not exist", chy_registry_distribution(
	    reg, &u, CHY_SLICE("08MUSCAT425"), &f, &err), CHY_ERR_NOT_FOUND);
	EXPECT_EQ("no tray", chy_registry_tray(reg, &u, CHY_SLICE("NEA/ARP"),
	    &tray, &err), CHY_OK);
	EXPECT_EQ("has it", tray->n, 0);
	chy_tray_free(tray);
	chy_registry_close(reg);

	reg = open_archive(true);
	EXPECT_EQ("with portion-release", chy_registry_tray(reg, &u,
	    CHY_SLICE("NEA/ARP"), &tray, &err), CHY_OK);
	EXPECT_EQ("an extract", tray->n, 1);
	EXPECT("without its heading", tray->at[0].extract &&
	    tray->at[0].line.subject.len == 0 &&
	    tray->at[0].delivery.told.n_because == 0);
	chy_tray_free(tray);
	EXPECT_EQ("of it", chy_registry_show(reg, &u,
	    CHY_SLICE("08MUSCAT425"), &shown, &err), CHY_OK);
	for (uint32_t i = 0; i < shown->parts[0].telegram->n_paragraphs; i++)
		if (shown->parts[0].visible[i]) {
			seen++;
			EXPECT_EQ("paragraph 1",
			    shown->parts[0].telegram->paragraphs[i].number, 1);
		}
	EXPECT_EQ("alone", seen, 1);
	chy_shown_free(shown);
	EXPECT_EQ("who has it is of its heading", chy_registry_distribution(
	    reg, &u, CHY_SLICE("08MUSCAT425"), &f, &err), CHY_ERR_NOT_FOUND);
	chy_registry_close(reg);
}

static void
test_filed(void **state)
{
	chy_reader owner = chy_reader_owner();
	chy_registry *reg;
	chy_error err;
	int fd;

	(void)state;
	NEED_SEED();
	fd = mkstemp(where);
	EXPECT("a file", fd >= 0);
	fclose(fdopen(fd, "w"));
	reg = open_archive(false);
	EXPECT_EQ("rules kept", chy_registry_save_rules(reg, &owner, rules,
	    CHY_SLICE("test"), 1, &err), CHY_OK);
	file(reg, seed);
	EXPECT_TEXT("sent at filing", filed_in(reg, CHY_STATE_LIVE,
	    CHY_DELIVERY_ACTION, CHY_DELIVERY_POSTED), "DRL, DRL/ILCSR, EEB, "
	    "G, G/IWI, G/TIP, INL, INR, ISN, L, NEA/ARP, " VP ", PM, PRM, "
	    "S/ES, S/ES-O, interagency store");
	chy_registry_close(reg);
	check_reader_to_u();

	reg = open_archive(false);
	file(reg, changed(changed(seed, "SIPDIS\n", "EXDIS\nSIPDIS\n"),
	    "MUSCAT 000425\n", "MUSCAT 000425\n\n"
	    "C O R R E C T E D  C O P Y (CAPTION ADDED)\n"));
	EXPECT_TEXT("recalled by the corrected copy", filed_in(reg,
	    CHY_STATE_RECALLED, CHY_DELIVERY_ACTION, CHY_DELIVERY_POSTED),
	    "DRL, DRL/ILCSR, EEB, G, G/IWI, INL, INR, ISN, L, PM, PRM, "
	    "interagency store");
	EXPECT_TEXT("left", filed_in(reg, CHY_STATE_LIVE, CHY_DELIVERY_ACTION,
	    CHY_DELIVERY_POSTED), "G/TIP, NEA/ARP, " VP ", S/ES, S/ES-O");
	chy_registry_close(reg);
	remove(where);
}

static void
test_offices_of_2013(void **state)
{
	chy_distribute_options opts = { .date = 20130609, .us = CHY_EMPTY };
	chy_distribution d;
	const chy_delivery *tip;

	(void)state;
	NEED_SEED();
	d = distribute(seed, &opts);
	EXPECT_TEXT("names of 2013", offices(&d, CHY_DELIVERY_INFO,
	    "DEPARTMENT"), "DRL, DRL/ILCSR, EEB, INL, INR, ISN, J, J/TIP, L, "
	    "PM, PRM, S/ES, S/ES-O, S/GWI");
	tip = chy_distribution_find(&d, CHY_DELIVERY_INFO,
	    CHY_SLICE("J/TIP"));
	EXPECT("it is there", tip != NULL);
	EXPECT_TEXT("what it was", tip->was, "G/TIP");
	EXPECT("and says so", has_reason(&d, "J/TIP", "R34", ""));

	d = distribute(changed(seed, "G/TIP\n", "G/XYZ/ABC\n"), NULL);
	EXPECT_TEXT("an office that nobody knows goes to the desk",
	    offices(&d, CHY_DELIVERY_DESK, NULL), "G/XYZ/ABC");
}

static void
test_origin(void **state)
{
	chy_distribute_options opts = { .us = CHY_SLICE("MUSCAT") };
	chy_distribution d;

	(void)state;
	NEED_SEED();
	d = distribute(seed, &opts);
	EXPECT_TEXT("copies that come back", offices(&d, CHY_DELIVERY_INFO,
	    "MUSCAT"), "AMB, DCM, ECON, FILES, POL");
	EXPECT_TEXT("and the others as before", offices(&d,
	    CHY_DELIVERY_INFO, "DEPARTMENT"), INFO);
}

static void
test_open_case(void **state)
{
	chy_slice watchers[] = { CHY_SLICE("NEA/RA"), CHY_SLICE("DRL") };
	chy_slice members[] = { CHY_SLICE("08MUSCAT425") };
	chy_open_case one = { CHY_SLICE("OMAN-TIP"), { members, 1 },
	    { watchers, 2 } };
	chy_distribute_options opts = { .us = CHY_EMPTY, .cases = &one,
	    .n_cases = 1 };
	chy_distribution d;

	(void)state;
	NEED_SEED();
	d = distribute(seed, &opts);
	EXPECT("the watchers of its case", has_reason(&d, "NEA/RA", "R32",
	    "OMAN-TIP"));
	EXPECT("one copy, two reasons", has_reason(&d, "DRL", "R32",
	    "OMAN-TIP") && has_reason(&d, "DRL", "R10", "PHUM"));
}

static void
test_same_again(void **state)
{
	chy_distribution a, b;
	chy_buf one = CHY_BUF_INIT, two = CHY_BUF_INIT;
	chy_sink to_one = chy_sink_buf(&one), to_two = chy_sink_buf(&two);

	(void)state;
	NEED_SEED();
	a = distribute(seed, NULL);
	b = distribute(seed, NULL);
	chy_distribution_json(&a, &to_one);
	chy_distribution_json(&b, &to_two);
	EXPECT("the same telegram, the same distribution",
	    chy_slice_eq(chy_buf_slice(&one), chy_buf_slice(&two)));
	chy_buf_done(&one);
	chy_buf_done(&two);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_expected),
		cmocka_unit_test(test_reasons),
		cmocka_unit_test(test_exdis),
		cmocka_unit_test(test_nodis),
		cmocka_unit_test(test_stadis),
		cmocka_unit_test(test_without),
		cmocka_unit_test(test_roles),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_filed),
		cmocka_unit_test(test_offices_of_2013),
		cmocka_unit_test(test_origin),
		cmocka_unit_test(test_open_case),
		cmocka_unit_test(test_same_again),
	};

	return cmocka_run_group_tests_name("distribute", tests, begin, end);
}
