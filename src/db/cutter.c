/*
 * FTS5's tokenizer, called by hand.
 *
 * Source: sqlite.org/fts5.html, custom tokenizers.
 *
 * SPDX-License-Identifier: ISC
 */
#include "db/cutter.h"

/* FTS5's interface is had by asking for it in a statement. */
static fts5_api *
interface(sqlite3 *handle)
{
	fts5_api *api = NULL;
	sqlite3_stmt *stmt;

	if (sqlite3_prepare_v2(handle, "SELECT fts5(?1)", -1, &stmt, NULL) !=
	    SQLITE_OK)
		return NULL;
	sqlite3_bind_pointer(stmt, 1, &api, "fts5_api_ptr", NULL);
	(void)sqlite3_step(stmt);
	sqlite3_finalize(stmt);
	return api;
}

int
chy_cutter_open(struct chy_cutter *t, sqlite3 *handle)
{
	const char *args[] = { "remove_diacritics", "2" };
	fts5_api *api;
	void *data;
	int code = SQLITE_OK;

	if (t->of != NULL)
		return SQLITE_OK;
	if (handle == NULL && t->own == NULL)
		code = sqlite3_open_v2(":memory:", &t->own,
		    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
		    SQLITE_OPEN_NOMUTEX, NULL);
	if (code != SQLITE_OK)
		return code;
	api = interface(handle != NULL ? handle : t->own);
	code = SQLITE_ERROR;
	if (api != NULL)
		code = api->xFindTokenizer(api, "unicode61", &data, &t->table);
	if (code == SQLITE_OK)
		code = t->table.xCreate(data, args, 2, &t->of);
	if (code != SQLITE_OK)
		t->of = NULL;
	return code;
}

void
chy_cutter_done(struct chy_cutter *t)
{
	if (t->of != NULL)
		t->table.xDelete(t->of);
	sqlite3_close_v2(t->own);
	*t = (struct chy_cutter){ .of = NULL };
}

struct words_of {
	chy_text_word_fn word;
	void		*arg;
};

static int
one_word(void *ctx, int flags, const char *token, int n, int start, int end)
{
	struct words_of *w = ctx;

	(void)flags;
	return w->word(w->arg, (chy_slice){ token, (size_t)n },
	    (uint32_t)start, (uint32_t)(end - start)) ? SQLITE_OK : SQLITE_DONE;
}

int
chy_cutter_cut(struct chy_cutter *t, chy_slice text, chy_text_word_fn word,
    void *arg)
{
	struct words_of w = { word, arg };
	int code;

	if (text.len == 0)
		return SQLITE_OK;
	code = t->table.xTokenize(t->of, &w, FTS5_TOKENIZE_DOCUMENT, text.ptr,
	    (int)(text.len & 0x7fffffff), one_word);
	return code == SQLITE_DONE ? SQLITE_OK : code;
}

struct gathering {
	struct chy_gathered *to;
	int64_t	 row;
	uint32_t place;
	bool	 failed;
};

static bool
gather_word(void *arg, chy_slice word, uint32_t off, uint32_t len)
{
	struct gathering *g = arg;

	(void)off;
	(void)len;
	g->failed = !chy_gathered_word(g->to, g->row, g->place++,
	    chy_token_kept(word));
	return !g->failed;
}

int
chy_cutter_gather(struct chy_cutter *t, int64_t row, chy_slice text,
    struct chy_gathered *to, uint32_t *ret_n)
{
	struct gathering g = { .to = to, .row = row };
	int code = chy_cutter_cut(t, text, gather_word, &g);

	*ret_n = g.place;
	return g.failed ? SQLITE_NOMEM : code;
}
