/*
 * What is silenced, and why. A line of .chancery-silence is
 *
 *	GLOB[:LINE] CODES REASON
 *
 * and a line that begins with # is a remark. Nothing is silenced without a
 * reason.
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "cmd/check_int.h"

void
silences_init(silences *s)
{
	*s = (silences){ 0 };
	chy_arena_init(&s->arena, 0);
}

void
silences_done(silences *s)
{
	for (size_t i = 0; i < s->n_folders; i++)
		free(s->folders[i]);
	free(s->folders);
	free(s->list);
	chy_arena_done(&s->arena);
}

bool
silence_match(chy_slice glob, chy_slice name)
{
	size_t g = 0, n = 0, star = SIZE_MAX, from = 0;

	while (n < name.len) {
		if (g < glob.len && (glob.ptr[g] == '?' ||
		    chy_upper(glob.ptr[g]) == chy_upper(name.ptr[n])) &&
		    glob.ptr[g] != '*') {
			g++;
			n++;
		} else if (g < glob.len && glob.ptr[g] == '*') {
			star = g++;
			from = n;
		} else if (star != SIZE_MAX) {
			g = star + 1;
			n = ++from;
		} else {
			return false;
		}
	}
	while (g < glob.len && glob.ptr[g] == '*')
		g++;
	return g == glob.len;
}

bool
silence_match_any(chy_slice globs, chy_slice name)
{
	size_t at = 0;

	while (at < globs.len) {
		size_t end = chy_slice_find(globs, CHY_SLICE(","), at);

		if (silence_match(chy_slice_trim(chy_slice_sub(globs, at,
		    end - at)), name))
			return true;
		at = end + 1;
	}
	return false;
}

static chy_slice
word(chy_slice *rest)
{
	size_t n = 0;
	chy_slice w;

	*rest = chy_slice_trim(*rest);
	while (n < rest->len && !chy_is_space(rest->ptr[n]))
		n++;
	w = chy_slice_sub(*rest, 0, n);
	*rest = chy_slice_trim(chy_slice_from(*rest, n));
	return w;
}

/* GLOB:LINE to its two parts. */
static void
take_line(silence *one)
{
	size_t at = one->glob.len;
	uint32_t line = 0;

	while (at > 0 && chy_is_digit(one->glob.ptr[at - 1]))
		at--;
	if (at == 0 || at == one->glob.len || one->glob.ptr[at - 1] != ':')
		return;
	for (size_t i = at; i < one->glob.len && i < at + 9; i++)
		line = line * 10 + (uint32_t)(one->glob.ptr[i] - '0');
	one->line = line;
	one->glob.len = at - 1;
}

static bool
add(cmd_env *env, silences *s, const char *path, unsigned number,
    chy_slice text)
{
	silence one = { .glob = word(&text), .codes = word(&text) };

	one.reason = text;
	if (one.reason.len == 0) {
		cmd_bad_usage(env, "%s:%u: a line is FILE CODE REASON; the "
		    "reason is missing", path, number);
		return false;
	}
	take_line(&one);
	if (s->n == s->cap) {
		size_t cap = s->cap > 0 ? s->cap * 2 : 16;
		silence *list = realloc(s->list, cap * sizeof(*list));

		if (list == NULL)
			return false;
		s->list = list;
		s->cap = cap;
	}
	s->list[s->n++] = one;
	return true;
}

bool
silences_read(cmd_env *env, silences *s, const char *path)
{
	FILE *f = fopen(path, "r");
	char line[4096];
	unsigned number = 0;
	bool good = true;

	if (f == NULL) {
		if (errno == ENOENT || errno == ENOTDIR || errno == EACCES)
			return true;
		cmd_trouble(env, path, "cannot be opened: %s",
		    strerror(errno));
		return false;
	}
	while (good && fgets(line, sizeof(line), f) != NULL) {
		chy_slice text = chy_slice_trim(chy_slice_of(line));

		number++;
		if (text.len > 0 && text.ptr[0] != '#')
			good = add(env, s, path, number,
			    chy_arena_copy(&s->arena, text));
	}
	fclose(f);
	return good;
}

bool
silences_read_beside(cmd_env *env, silences *s, const char *file)
{
	const char *slash = strrchr(file, '/');
	size_t n = slash != NULL ? (size_t)(slash - file) + 1 : 0;
	chy_buf path = CHY_BUF_INIT;
	char **folders;
	bool good;

	for (size_t i = 0; i < s->n_folders; i++)
		if (strlen(s->folders[i]) == n &&
		    memcmp(s->folders[i], file, n) == 0)
			return true;
	folders = realloc(s->folders, (s->n_folders + 1) * sizeof(*folders));
	if (folders == NULL)
		return false;
	s->folders = folders;
	s->folders[s->n_folders] = malloc(n + 1);
	if (s->folders[s->n_folders] == NULL)
		return false;
	memcpy(s->folders[s->n_folders], file, n);
	s->folders[s->n_folders++][n] = '\0';
	chy_buf_put(&path, (chy_slice){ file, n });
	chy_buf_puts(&path, ".chancery-silence");
	good = silences_read(env, s, chy_buf_slice(&path).ptr);
	chy_buf_done(&path);
	return good;
}

chy_slice
silences_find(const silences *s, const char *name, uint32_t line,
    const char *code)
{
	chy_slice full = chy_slice_of(name), base = full;
	const char *slash = strrchr(name, '/');

	if (slash != NULL)
		base = chy_slice_of(slash + 1);
	for (size_t i = 0; i < s->n; i++) {
		const silence *one = &s->list[i];

		if ((one->line == 0 || one->line == line) &&
		    (silence_match(one->glob, full) ||
		    silence_match(one->glob, base)) &&
		    silence_match_any(one->codes, chy_slice_of(code)))
			return one->reason;
	}
	return CHY_EMPTY;
}
