/*
 * From address to handler, by the table of routes.def.
 *
 * SPDX-License-Identifier: ISC
 */
#include "web/web_int.h"

static const struct route {
	const char *pattern;
	void	  (*handler)(chy_exchange *x);
	unsigned    formats;
} routes[] = {
#define ROUTE(path, handler, formats)	{ path, chy_##handler, formats },
#include "web/routes.def"
#undef ROUTE
};

static const struct post {
	const char *pattern;
	void	  (*handler)(chy_exchange *x);
} posts[] = {
#define POST(path, handler)	{ path, chy_##handler },
#include "web/posts.def"
#undef POST
};

static const struct suffix {
	chy_slice      text;
	chy_web_format format;
} suffixes[] = {
	{ { ".json", 5 }, CHY_WEB_JSON },
	{ { ".txt", 4 },  CHY_WEB_TEXT },
	{ { ".csv", 4 },  CHY_WEB_CSV },
	{ { ".atom", 5 }, CHY_WEB_ATOM },
};

/* Whether the path fits the pattern; the segment that * stands for. */
static bool
fits(const char *pattern, chy_slice path, chy_slice *ret_id)
{
	chy_slice rest = chy_slice_of(pattern);
	size_t star = chy_slice_find(rest, CHY_SLICE("*"), 0);
	chy_slice tail = chy_slice_from(rest, star + 1);
	bool whole = chy_slice_eq(tail, CHY_SLICE("*"));

	if (whole)
		tail = CHY_EMPTY;
	if (star == rest.len)
		return chy_slice_eq(rest, path);
	if (!chy_slice_starts(path, chy_slice_sub(rest, 0, star)) ||
	    path.len < star + 1 + tail.len ||
	    !chy_slice_ends(path, tail))
		return false;
	*ret_id = chy_slice_sub(path, star, path.len - star - tail.len);
	if (whole)
		return true;
	return memchr(ret_id->ptr, '/', ret_id->len) == NULL;
}

static bool
try_route(chy_exchange *x, chy_slice path, chy_web_format format)
{
	for (size_t i = 0; i < ARRAY_LEN(routes); i++) {
		chy_slice id = CHY_EMPTY;

		if ((routes[i].formats & (unsigned)format) == 0 ||
		    !fits(routes[i].pattern, path, &id))
			continue;
		x->id = id;
		x->format = format;
		routes[i].handler(x);
		return true;
	}
	return false;
}

static const struct post *
find_post(chy_exchange *x)
{
	for (size_t i = 0; i < ARRAY_LEN(posts); i++) {
		chy_slice id = CHY_EMPTY;

		if (!fits(posts[i].pattern, x->path, &id))
			continue;
		x->id = id;
		return &posts[i];
	}
	return NULL;
}

bool
chy_route_takes_form(chy_exchange *x)
{
	return find_post(x) != NULL;
}

static void
route_page(chy_exchange *x)
{
	for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
		chy_slice end = suffixes[i].text;
		size_t len = x->path.len - end.len;

		if (x->path.len > end.len &&
		    chy_slice_ends(x->path, end) &&
		    try_route(x, chy_slice_sub(x->path, 0, len),
			suffixes[i].format))
			return;
	}
	if (!try_route(x, x->path, CHY_WEB_HTML))
		chy_reply_not_found(x);
}

void
chy_route(chy_exchange *x)
{
	if (x->posted) {
		const struct post *post = find_post(x);

		if (post != NULL)
			post->handler(x);
		else
			chy_reply_not_found(x);
		return;
	}
	route_page(x);
	if (!x->cut)
		return;
	/* A page changes nothing: once more, of the server that took over. */
	chy_reply_again(x);
	route_page(x);
}
