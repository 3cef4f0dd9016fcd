/*
 * The table of exporters, and the one loop that feeds them.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "export/export_int.h"

#define EXPORTER(name)	&chy_exporter_##name,
static const chy_exporter *const exporters[] = {
#include "export/exporters.def"
};
#undef EXPORTER

const chy_exporter *
chy_exporter_at(size_t i)
{
	return i < ARRAY_LEN(exporters) ? exporters[i] : NULL;
}

const chy_exporter *
chy_exporter_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(exporters); i++)
		if (strcmp(exporters[i]->name, name) == 0)
			return exporters[i];
	return NULL;
}

const char *
chy_exporter_name(const chy_exporter *exporter)
{
	return exporter->name;
}

const char *
chy_exporter_title(const chy_exporter *exporter)
{
	return exporter->title;
}

const char *
chy_exporter_media_type(const chy_exporter *exporter)
{
	return exporter->media_type;
}

const char *
chy_exporter_suffix(const chy_exporter *exporter)
{
	return exporter->suffix;
}

struct feeding {
	struct exporting   *ex;
	const chy_exporter *exporter;
};

static bool
wanted(void *arg, chy_slice id)
{
	const struct feeding *f = arg;

	return f->ex->opts->wanted(f->ex->opts->arg, id);
}

static chy_status
feed(void *arg, const chy_shown *shown)
{
	struct feeding *f = arg;
	struct exporting *ex = f->ex;
	uint64_t known = ex->known;
	chy_status st = f->exporter->put(ex, shown);

	if (st != CHY_OK)
		return st;
	ex->n += ex->known == known;
	if (ex->opts->out != NULL && chy_sink_status(ex->opts->out) != CHY_OK)
		return chy_sink_status(ex->opts->out);
	return ex->opts->progress != NULL ?
	    ex->opts->progress(ex->opts->arg, ex->n + ex->known) : CHY_OK;
}

chy_status
chy_export(chy_registry *reg, const chy_reader *reader, chy_slice query,
    const chy_exporter *exporter, const chy_export_options *opts,
    uint64_t *ret_n, chy_error *err)
{
	chy_error why = { .status = CHY_OK }, later = { .status = CHY_OK };
	struct exporting ex = { .reg = reg, .reader = reader, .query = query,
	    .opts = opts, .err = &why };
	struct feeding f = { &ex, exporter };
	chy_status st, end = CHY_OK;

	if (exporter->media_type != NULL ? opts->out == NULL :
	    opts->path == NULL)
		return chy_fail(err, CHY_ERR_INVALID, "%s is written to a %s",
		    exporter->name, exporter->media_type != NULL ? "stream" :
		    "path");
	/* A query that is wrong makes no folder. */
	st = chy_registry_count(reg, reader, query, &ex.n, &why);
	ex.n = 0;
	if (st == CHY_OK && exporter->open != NULL)
		st = exporter->open(&ex);
	if (st != CHY_OK)
		goto end;
	st = chy_registry_export(reg, reader, query, opts->wanted != NULL ?
	    wanted : NULL, feed, &f, &later);
	/* What an exporter says of its file is better than "stopped". */
	if (st != CHY_OK && why.status == CHY_OK)
		why = later;
	if (exporter->close != NULL)
		end = exporter->close(&ex, st == CHY_OK);
	st = st != CHY_OK ? st : end;
end:
	if (ret_n != NULL)
		*ret_n = ex.n;
	if (st != CHY_OK && err != NULL) {
		*err = why;
		err->status = st;
	}
	return st;
}
