/*
 * Saved searches: a query under a name, and what is new in it since it was
 * last told.
 *
 * Not for alarms: nothing is sent by itself. A command, a feed reader or a
 * timer asks.
 *
 *	chy_news *news;
 *
 *	if (chy_registry_news(reg, &reader, CHY_SLICE("oman"), 100, &news,
 *	    &err) == CHY_OK) {
 *		show(news->at, news->n);
 *		st = chy_registry_news_told(reg, &reader, news, now, &err);
 *		chy_news_free(news);
 *	}
 *
 * A saved search belongs to one reader: others do not see its name or words,
 * and what one was told is not told to another. New is a telegram that was not
 * found when news were last told, or whose shown copy is another, such as a
 * correction. Asking does not make it known: chy_registry_news_told does, so
 * what was not shown because of a crash is told again.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_REGISTRY_SAVED_H
#define CHY_REGISTRY_SAVED_H

#include "registry/registry.h"

typedef struct chy_saved {
	chy_slice name;
	chy_slice query;	/* as typed */
	int64_t	  made, told;	/* seconds; told 0: never */
	uint64_t  total;	/* telegrams that it finds */
	uint64_t  n_new;
	chy_slice trouble;	/* why it cannot be answered; empty */
} chy_saved;

typedef struct chy_saved_list {
	chy_arena  arena;
	chy_saved *at;		/* by name */
	uint32_t   n;
} chy_saved_list;

/* Whether a search can be called so: letters, digits, - and _; up to 64. */
bool	chy_saved_name_fits(chy_slice name);

/**
 * Keep a query. What it finds now is not new.
 *
 * @param name  one that fits
 *
 * @return CHY_ERR_INVALID  the name; or the query, with err->off
 * @return CHY_ERR_EXISTS   there is one of that name
 * @return CHY_ERR_DENIED   the archive is open for reading alone
 */
CHY_MUST_USE chy_status chy_registry_save(chy_registry *reg,
    const chy_reader *reader, chy_slice name, chy_slice query, int64_t now,
    chy_error *err);

/* CHY_ERR_NOT_FOUND where there is none of that name. */
CHY_MUST_USE chy_status chy_registry_unsave(chy_registry *reg,
    const chy_reader *reader, chy_slice name, chy_error *err);

/* All of the reader's; with a name that one, or CHY_ERR_NOT_FOUND. */
CHY_MUST_USE chy_status chy_registry_saved(chy_registry *reg,
    const chy_reader *reader, chy_slice name, chy_saved_list **ret,
    chy_error *err);
void	chy_saved_list_free(chy_saved_list *list);

typedef struct chy_news {
	chy_arena  arena;
	chy_slice  name, query;
	chy_line  *at;		/* the newest, at most as many as asked for */
	uint32_t   n;
	chy_slice *ids;		/* of all that is new, in order of text */
	uint32_t   n_ids;
	chy_slice  known;	/* what is known once this was told */
} chy_news;

CHY_MUST_USE chy_status chy_registry_news(chy_registry *reg,
    const chy_reader *reader, chy_slice name, uint32_t most, chy_news **ret,
    chy_error *err);
CHY_MUST_USE chy_status chy_registry_news_told(chy_registry *reg,
    const chy_reader *reader, const chy_news *news, int64_t now,
    chy_error *err);
bool	chy_news_has(const chy_news *news, chy_slice id);
void	chy_news_free(chy_news *news);

#endif
