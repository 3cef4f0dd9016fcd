/*
 * What `case propose` finds in telegrams, an item a line, for judging it by
 * reading: file, paragraph, kind, by, to, rule, due, words.
 *
 *	casework_list [-q] FILE...
 *
 * With -q without the words: what may be kept in the project.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "casework/casework.h"
#include "forms/forms.h"

static void
print_item(const chy_telegram *tel, const chy_proposals *p, uint32_t i,
    bool quiet)
{
	const chy_proposal *one = &p->at[i];
	char date[11] = "-";

	if (one->due.day != CHY_NO_DAY)
		chy_civil_date(chy_day_civil(one->due.day), date);
	printf("%.*s\t%u\t", CHY_ARG(tel->canonical_id), (unsigned)i);
	for (uint32_t k = 0; k < one->n_sources; k++)
		printf("%s%.*s", k > 0 ? "," : "",
		    CHY_ARG(one->sources[k].id));
	printf("\t%s\t%.*s\t%.*s\t%s\t%s %s\t%s",
	    chy_item_kind_name(one->kind), CHY_ARG(one->by.side),
	    CHY_ARG(one->to.side), one->rule, date,
	    chy_due_basis_name(one->due.basis),
	    chy_channel_name(one->channel));
	if (!quiet) {
		printf("\t%.*s > %.*s: %.*s", CHY_ARG(one->by.name),
		    CHY_ARG(one->to.name), CHY_ARG(one->what));
		if (one->condition.len > 0)
			printf(" [%.*s]", CHY_ARG(one->condition));
		printf("\t%.*s", CHY_ARG(one->sources[0].sentence));
	}
	printf("\n");
}

static int
list(const char *path, bool quiet)
{
	chy_read_options opts = { .file = chy_slice_of(path) };
	chy_casework_settings set = chy_casework_defaults();
	char *bytes = malloc(CHY_LIMIT_TELEGRAM);
	const char *slash = strrchr(path, '/');
	FILE *f = fopen(path, "rb");
	chy_telegram *tel;
	chy_proposals *p;
	size_t n;

	if (f == NULL || bytes == NULL)
		return 1;
	if (slash != NULL)
		opts.file = chy_slice_of(slash + 1);
	n = fread(bytes, 1, CHY_LIMIT_TELEGRAM, f);
	fclose(f);
	if (chy_telegram_read((chy_slice){ bytes, n }, &opts, &tel, NULL) !=
	    CHY_OK)
		return 1;
	free(bytes);
	if (chy_casework_propose(tel, &set, &p) != CHY_OK)
		return 1;
	for (uint32_t i = 0; i < p->n; i++)
		print_item(tel, p, i, quiet);
	for (uint32_t i = 0; i < p->n_links && !quiet; i++)
		printf("# %u %s %u: %s\n", (unsigned)p->links[i].from,
		    chy_link_kind_name(p->links[i].kind),
		    (unsigned)p->links[i].to, p->links[i].why);
	chy_proposals_free(p);
	chy_telegram_free(tel);
	return 0;
}

int
main(int argc, char **argv)
{
	bool quiet = argc > 1 && strcmp(argv[1], "-q") == 0;
	int status = 0;

	for (int i = quiet ? 2 : 1; i < argc; i++)
		if (list(argv[i], quiet) != 0) {
			fprintf(stderr, "%s: cannot be read\n", argv[i]);
			status = 1;
		}
	return status;
}
