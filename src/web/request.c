/*
 * What was asked: the target of a request, its parameters, its Host field.
 *
 * Source: RFC 3986 2.1 (percent-encoding), RFC 9110 7.2 (Host).
 *
 * SPDX-License-Identifier: ISC
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "web/web_int.h"

static int
hex_digit(char c)
{
	if (chy_is_digit(c))
		return c - '0';
	c = chy_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/*
 * Undo the percent-encoding, and '+' for a blank in a query. Empty with NULL
 * for what is not UTF-8, is cut short, or has a NUL. Controls become blanks.
 */
static chy_slice
decode(chy_exchange *x, chy_slice s, bool query)
{
	char *out = chy_arena_alloc(&x->arena, s.len + 1);
	chy_slice done;
	size_t n = 0;

	if (out == NULL)
		return (chy_slice){ NULL, 0 };
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (c == '%') {
			int high, low;

			if (s.len - i < 3)
				return (chy_slice){ NULL, 0 };
			high = hex_digit(s.ptr[i + 1]);
			low = hex_digit(s.ptr[i + 2]);
			if (high < 0 || low < 0 || (high == 0 && low == 0))
				return (chy_slice){ NULL, 0 };
			c = (char)(high << 4 | low);
			i += 2;
		} else if (c == '+' && query) {
			c = ' ';
		}
		out[n++] = (unsigned char)c < 0x20 || c == 0x7f ? ' ' : c;
	}
	out[n] = '\0';
	done = (chy_slice){ out, n };
	return chy_utf8_check(done) == n ? done : (chy_slice){ NULL, 0 };
}

static bool
parse_params(chy_exchange *x, chy_slice query, unsigned most)
{
	while (query.len > 0) {
		size_t end = chy_slice_find(query, CHY_SLICE("&"), 0);
		chy_slice one = chy_slice_sub(query, 0, end);
		size_t is = chy_slice_find(one, CHY_SLICE("="), 0);
		chy_param param = {
			decode(x, chy_slice_sub(one, 0, is), true),
			decode(x, chy_slice_from(one, is + 1), true),
		};

		query = chy_slice_from(query, end + 1);
		if (param.name.ptr == NULL || param.value.ptr == NULL)
			return false;
		if (one.len == 0)
			continue;
		if (x->n_params == most)
			return false;
		x->params[x->n_params++] = param;
	}
	return true;
}

chy_status
chy_parse_target(chy_exchange *x, const char *target)
{
	chy_slice all = chy_slice_of(target);
	size_t mark = chy_slice_find(all, CHY_SLICE("?"), 0);

	if (all.len > CHY_WEB_LIMIT_TARGET) {
		x->status = 414;
		return CHY_ERR_TOO_LARGE;
	}
	x->path = decode(x, chy_slice_sub(all, 0, mark), false);
	if (x->path.ptr == NULL || x->path.len == 0 || x->path.ptr[0] != '/' ||
	    !parse_params(x, chy_slice_from(all, mark + 1),
	    CHY_WEB_LIMIT_PARAMS)) {
		x->path = CHY_SLICE("/");
		x->n_params = 0;
		x->status = 400;
		return CHY_ERR_INVALID;
	}
	return CHY_OK;
}

chy_status
chy_parse_form(chy_exchange *x, chy_slice body)
{
	x->n_params = 0;
	if (parse_params(x, body, CHY_WEB_LIMIT_FIELDS))
		return CHY_OK;
	x->n_params = 0;
	return CHY_ERR_INVALID;
}

/* In a time that does not tell how much of it is right. */
bool
chy_parse_has_token(const chy_exchange *x)
{
	chy_slice token = chy_parse_param(x, "token");
	unsigned differs = 0;

	if (token.len != sizeof(x->site->token) - 1)
		return false;
	for (size_t i = 0; i < token.len; i++)
		differs |= (unsigned)(unsigned char)token.ptr[i] ^
		    (unsigned char)x->site->token[i];
	return differs == 0;
}

chy_slice
chy_parse_param(const chy_exchange *x, const char *name)
{
	for (unsigned i = 0; i < x->n_params; i++)
		if (chy_slice_eq(x->params[i].name, chy_slice_of(name)))
			return chy_slice_trim(x->params[i].value);
	return CHY_EMPTY;
}

uint32_t
chy_parse_number(const chy_exchange *x, const char *name, uint32_t max,
    uint32_t otherwise)
{
	chy_slice s = chy_parse_param(x, name);
	uint64_t n = 0;

	if (s.len == 0 || s.len > 9)
		return otherwise;
	for (size_t i = 0; i < s.len; i++) {
		if (!chy_is_digit(s.ptr[i]))
			return otherwise;
		n = n * 10 + (uint64_t)(s.ptr[i] - '0');
	}
	return n >= 1 && n <= max ? (uint32_t)n : otherwise;
}

/* An address of 127.0.0.0/8, not a name that begins so. */
static bool
is_loopback_v4(chy_slice host)
{
	struct in_addr address;
	char text[16];

	if (host.len >= sizeof(text))
		return false;
	memcpy(text, host.ptr, host.len);
	text[host.len] = '\0';
	return inet_pton(AF_INET, text, &address) == 1 &&
	    ntohl(address.s_addr) >> 24 == 127;
}

bool
chy_parse_is_own_host(const chy_site *site, const char *host)
{
	chy_slice all, name;
	size_t colon;

	if (!site->loopback)
		return true;
	if (host == NULL)
		return false;
	all = chy_slice_of(host);
	colon = all.len;
	while (colon > 0 && chy_is_digit(all.ptr[colon - 1]))
		colon--;
	if (colon > 0 && all.ptr[colon - 1] == ':' && colon < all.len)
		name = chy_slice_sub(all, 0, colon - 1);
	else
		name = all;
	return chy_slice_ieq(name, CHY_SLICE("localhost")) ||
	    chy_slice_eq(name, CHY_SLICE("[::1]")) || is_loopback_v4(name);
}

const char *
chy_url(chy_exchange *x, chy_slice text)
{
	static const char hex[] = "0123456789ABCDEF";
	char *out, *p;

	p = out = chy_arena_alloc(&x->arena, 3 * text.len + 1);
	if (out == NULL)
		return "";
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (chy_is_alnum(c) || c == '-' || c == '.' || c == '_' ||
		    c == '~' || c == ':' || c == '*') {
			*p++ = c;
		} else {
			*p++ = '%';
			*p++ = hex[(unsigned char)c >> 4];
			*p++ = hex[(unsigned char)c & 15];
		}
	}
	*p = '\0';
	return out;
}
