/*
 * Folders and files that an export makes.
 *
 * SPDX-License-Identifier: ISC
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ascii.h"
#include "export/export_int.h"

const char *
chy_export_name(chy_slice id, char *out, size_t size)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t n = 0;

	for (size_t i = 0; i < id.len && n + 4 < size; i++) {
		unsigned char c = (unsigned char)id.ptr[i];

		if (chy_is_alnum((char)c)) {
			out[n++] = (char)c;
			continue;
		}
		out[n++] = '%';
		out[n++] = digits[c >> 4];
		out[n++] = digits[c & 15];
	}
	out[n] = '\0';
	return out;
}

static chy_status
fail(const char *path, const char *what, chy_error *err)
{
	int code = errno;
	chy_status st = chy_fail(err, CHY_ERR_IO, "%.300s: %s: %s", path, what,
	    strerror(code));

	if (err != NULL)
		err->sys = code;
	return st;
}

chy_status
chy_export_folder(const char *path, bool empty, chy_error *err)
{
	const struct dirent *entry;
	bool any = false;
	DIR *dir;

	if (mkdir(path, 0777) == 0)
		return CHY_OK;
	if (errno != EEXIST)
		return fail(path, "the folder cannot be made", err);
	dir = opendir(path);
	if (dir == NULL)
		return fail(path, "the folder cannot be opened", err);
	while (!any && (entry = readdir(dir)) != NULL)
		any = strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0;
	(void)closedir(dir);
	if (empty && any)
		return chy_fail(err, CHY_ERR_EXISTS, "%.300s: the folder is not "
		    "empty; give one that is, or a new one", path);
	return CHY_OK;
}

static chy_status
write_all(int fd, chy_slice bytes)
{
	while (bytes.len > 0) {
		ssize_t n = write(fd, bytes.ptr, bytes.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return CHY_ERR_IO;
		bytes = chy_slice_from(bytes, (size_t)n);
	}
	return CHY_OK;
}

chy_status
chy_export_file(const char *path, chy_slice bytes, chy_error *err)
{
	char other[2048];
	chy_status st = CHY_OK;
	int fd;

	if (snprintf(other, sizeof(other), "%s.part", path) >=
	    (int)sizeof(other))
		return chy_fail(err, CHY_ERR_TOO_LARGE, "the path is too long; "
		    "give a shorter one");
	if (access(path, F_OK) == 0)
		return chy_fail(err, CHY_ERR_EXISTS, "%.300s is there already",
		    path);
	fd = open(other, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0)
		return fail(path, "cannot be made", err);
	if (write_all(fd, bytes) != CHY_OK || fsync(fd) != 0)
		st = fail(path, "cannot be written", err);
	if (close(fd) != 0 && st == CHY_OK)
		st = fail(path, "cannot be written", err);
	/* link() refuses a name that is taken, as rename() does not. */
	if (st == CHY_OK && link(other, path) != 0 && (errno == EEXIST ||
	    rename(other, path) != 0))
		st = fail(path, "cannot be named", err);
	(void)unlink(other);
	return st;
}
