/*
 * The server: listens, hands each request to a thread with a registry of its
 * own, and writes what the handlers made. Addresses are answered to GET and
 * HEAD, which change nothing; those of posts.def take forms, too, which must
 * bring the token of this run, so that no other site can send one.
 *
 * Every answer of ours carries the same strict policy: nothing is loaded but
 * our stylesheet and our script, nothing may frame a page, no page is kept in
 * a cache. A request too broken or too large for the library is answered by
 * the library, without content of ours.
 *
 * Source: RFC 9110; libmicrohttpd's manual.
 *
 * SPDX-License-Identifier: ISC
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "web/web_int.h"

#define NEXT_PORTS	20u
#define TIMEOUT_SECONDS	30u
/* Memory of the library for one connection: target and header fields. */
#define CONNECTION_MEMORY (64u << 10)

struct server {
	chy_site	   site;
	pthread_mutex_t	   lock;
	pthread_cond_t	   freed;
	chy_registry	  *free[CHY_WEB_THREADS];
	unsigned	   n_free;
	struct MHD_Daemon *daemon;
};

/* What is kept from the first line of a request to its end. */
struct pending {
	bool	begun;
	bool	too_large;	/* the form */
	chy_buf form;
	char	target[];
};

static const struct header {
	const char *name;
	const char *value;
} headers[] = {
	{ "Content-Security-Policy", "default-src 'none'; style-src 'self'; "
	    "script-src 'self'; img-src 'self'; connect-src 'self'; "
	    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "X-Frame-Options", "DENY" },
	{ "Referrer-Policy", "no-referrer" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Embedder-Policy", "require-corp" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "X-Robots-Tag", "noindex, nofollow" },
};


/* ---- one request ---- */

static chy_registry *
take_registry(struct server *s)
{
	chy_registry *reg;

	pthread_mutex_lock(&s->lock);
	while (s->n_free == 0)
		pthread_cond_wait(&s->freed, &s->lock);
	reg = s->free[--s->n_free];
	pthread_mutex_unlock(&s->lock);
	return reg;
}

static void
give_registry(struct server *s, chy_registry *reg)
{
	pthread_mutex_lock(&s->lock);
	s->free[s->n_free++] = reg;
	pthread_cond_signal(&s->freed);
	pthread_mutex_unlock(&s->lock);
}

static void
add_headers(struct MHD_Response *r, const chy_exchange *x)
{
	for (size_t i = 0; i < ARRAY_LEN(headers); i++)
		(void)MHD_add_response_header(r, headers[i].name,
		    headers[i].value);
	if (x->type != NULL)
		(void)MHD_add_response_header(r, "Content-Type", x->type);
	(void)MHD_add_response_header(r, "Cache-Control",
	    x->etag != NULL ? "no-cache" : "no-store");
	if (x->etag != NULL)
		(void)MHD_add_response_header(r, "ETag", x->etag);
	if (x->location != NULL)
		(void)MHD_add_response_header(r, "Location", x->location);
	if (x->status == 405)
		(void)MHD_add_response_header(r, "Allow", "GET, HEAD");
	if (x->status == 503)
		(void)MHD_add_response_header(r, "Retry-After", "5");
	if (x->download != NULL) {
		char value[160];

		snprintf(value, sizeof(value), "attachment; filename=\"%s\"",
		    x->download);
		(void)MHD_add_response_header(r, "Content-Disposition", value);
	}
}

/* The library closes the file when it is sent. */
static enum MHD_Result
send_file(struct MHD_Connection *connection, chy_exchange *x)
{
	struct MHD_Response *r;
	struct stat about;
	enum MHD_Result done;

	chy_buf_done(&x->body);
	r = fstat(x->file, &about) == 0 ? MHD_create_response_from_fd64(
	    (uint64_t)about.st_size, x->file) : NULL;
	if (r == NULL) {
		(void)close(x->file);
		return MHD_NO;
	}
	add_headers(r, x);
	done = MHD_queue_response(connection, x->status, r);
	MHD_destroy_response(r);
	return done;
}

static enum MHD_Result
send_reply(struct MHD_Connection *connection, chy_exchange *x)
{
	struct MHD_Response *r;
	enum MHD_Result done;

	if (chy_sink_status(&x->out) != CHY_OK ||
	    chy_buf_status(&x->body) != CHY_OK) {
		chy_buf_done(&x->body);
		x->body = CHY_BUF_INIT;
		x->status = 503;
		x->type = NULL;
		x->location = x->download = x->etag = NULL;
	}
	if (x->has_file)
		return send_file(connection, x);
	/* The library frees the body when it is sent. */
	r = MHD_create_response_from_buffer(x->body.len, x->body.ptr != NULL ?
	    x->body.ptr : (void *)"", x->body.ptr != NULL ?
	    MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
	if (r == NULL) {
		chy_buf_done(&x->body);
		return MHD_NO;
	}
	x->body = CHY_BUF_INIT;
	add_headers(r, x);
	done = MHD_queue_response(connection, x->status, r);
	MHD_destroy_response(r);
	return done;
}

static enum MHD_Result
add_size(void *arg, enum MHD_ValueKind kind, const char *name,
    const char *value)
{
	size_t *size = arg;

	(void)kind;
	*size += strlen(name) + (value != NULL ? strlen(value) : 0) + 4;
	return MHD_YES;
}

/* What is wrong with the request before its target is looked at: a status
 * of HTTP and the words; 0 for nothing. */
static unsigned
refuse(const chy_site *site, struct MHD_Connection *connection,
    const char *method, const char **ret_why)
{
	size_t size = 0;

	if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0 &&
	    strcmp(method, "POST") != 0) {
		*ret_why = "Pages are read here; GET and HEAD are answered.";
		return 405;
	}
	MHD_get_connection_values(connection, MHD_HEADER_KIND, add_size, &size);
	if (size > CHY_WEB_LIMIT_HEADERS) {
		*ret_why = "The header fields of the request are too long.";
		return 431;
	}
	if (!chy_parse_is_own_host(site, MHD_lookup_connection_value(
	    connection, MHD_HEADER_KIND, "Host"))) {
		*ret_why = "This server answers to this machine's own name "
		    "only: use the address that it printed.";
		return 421;
	}
	return 0;
}

/* What is wrong with a form: a status of HTTP and the words; 0. */
static unsigned
refuse_form(chy_exchange *x, struct MHD_Connection *connection,
    struct pending *pending, const char **ret_why)
{
	const char *from = MHD_lookup_connection_value(connection,
	    MHD_HEADER_KIND, "Sec-Fetch-Site");

	if (!chy_route_takes_form(x)) {
		*ret_why = "Pages are read here; GET and HEAD are answered.";
		return 405;
	}
	if (pending->too_large) {
		*ret_why = "The form is too long. A reason may have 2,000 "
		    "bytes.";
		return 413;
	}
	if (chy_buf_status(&pending->form) != CHY_OK ||
	    chy_parse_form(x, chy_buf_slice(&pending->form)) != CHY_OK) {
		*ret_why = "The form is not UTF-8 in percent-encoding, or has "
		    "too many parts.";
		return 400;
	}
	if ((from != NULL && strcmp(from, "same-origin") != 0) ||
	    !chy_parse_has_token(x)) {
		*ret_why = "The form is not one of this server, or from before "
		    "it was started: load the page again.";
		return 403;
	}
	return 0;
}

static void
answer(struct server *s, chy_exchange *x, struct MHD_Connection *connection,
    struct pending *pending)
{
	const char *why = "";
	unsigned status;

	switch (chy_parse_target(x, pending->target)) {
	case CHY_OK:
		status = x->posted ? refuse_form(x, connection, pending,
		    &why) : 0;
		if (status != 0) {
			chy_reply_bad(x, status, why);
			break;
		}
		x->reg = take_registry(s);
		chy_route(x);
		give_registry(s, x->reg);
		break;
	case CHY_ERR_TOO_LARGE:
		chy_reply_bad(x, 414, "The address is too long. A query may "
		    "have 4,096 bytes.");
		break;
	default:
		chy_reply_bad(x, 400, "The address is not UTF-8 in "
		    "percent-encoding, or has too many parts.");
		break;
	}
}

static enum MHD_Result
on_request(void *arg, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *upload,
    size_t *upload_size, void **state)
{
	struct server *s = arg;
	struct pending *pending = *state;
	const char *why = "";
	chy_exchange x;
	enum MHD_Result done;

	(void)url;
	(void)version;
	if (pending == NULL)
		return MHD_NO;
	if (!pending->begun) {
		/* The library wants to be asked twice: now it reads a body,
		 * which is looked at where it is a form. */
		pending->begun = true;
		return MHD_YES;
	}
	if (*upload_size > 0) {
		if (*upload_size > CHY_WEB_LIMIT_FORM - pending->form.len)
			pending->too_large = true;
		if (!pending->too_large)
			chy_buf_put(&pending->form, (chy_slice){ upload,
			    *upload_size });
		*upload_size = 0;
		return MHD_YES;
	}
	memset(&x, 0, sizeof(x));
	x.site = &s->site;
	x.status = 200;
	x.format = CHY_WEB_HTML;
	x.path = CHY_SLICE("/");
	x.posted = strcmp(method, "POST") == 0;
	x.now = chy_civil_from((int64_t)time(NULL));
	x.body = CHY_BUF_INIT;
	x.out = chy_sink_buf(&x.body);
	x.if_none_match = MHD_lookup_connection_value(connection,
	    MHD_HEADER_KIND, "If-None-Match");
	x.host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
	    "Host");
	chy_arena_init(&x.arena, 0);
	x.status = refuse(&s->site, connection, method, &why);
	if (x.status != 0) {
		chy_reply_bad(&x, x.status, why);
	} else {
		x.status = 200;
		answer(s, &x, connection, pending);
	}
	done = send_reply(connection, &x);
	chy_arena_done(&x.arena);
	return done;
}

/* The target as it was sent: the library's own decoding loses what is
 * escaped. */
static void *
on_target(void *arg, const char *target, struct MHD_Connection *connection)
{
	size_t len = strlen(target);
	struct pending *pending = malloc(sizeof(*pending) + len + 1);

	(void)arg;
	(void)connection;
	if (pending == NULL)
		return NULL;
	pending->begun = pending->too_large = false;
	pending->form = CHY_BUF_INIT;
	memcpy(pending->target, target, len + 1);
	return pending;
}

static void
on_end(void *arg, struct MHD_Connection *connection, void **state,
    enum MHD_RequestTerminationCode how)
{
	(void)arg;
	(void)connection;
	(void)how;
	if (*state != NULL)
		chy_buf_done(&((struct pending *)*state)->form);
	free(*state);
	*state = NULL;
}


/* ---- listening ---- */

union address {
	struct sockaddr	    any;
	struct sockaddr_in  v4;
	struct sockaddr_in6 v6;
};

static bool
parse_address(const char *text, union address *ret, bool *ret_loopback)
{
	memset(ret, 0, sizeof(*ret));
	if (strcmp(text, "localhost") == 0)
		text = CHY_SERVE_ADDRESS;
	if (inet_pton(AF_INET, text, &ret->v4.sin_addr) == 1) {
		ret->v4.sin_family = AF_INET;
		*ret_loopback = ntohl(ret->v4.sin_addr.s_addr) >> 24 == 127;
		return true;
	}
	if (inet_pton(AF_INET6, text, &ret->v6.sin6_addr) == 1) {
		ret->v6.sin6_family = AF_INET6;
		*ret_loopback = IN6_IS_ADDR_LOOPBACK(&ret->v6.sin6_addr);
		return true;
	}
	return false;
}

/* A socket that listens; -1 with errno. */
static int
listen_at(union address *address, uint16_t port)
{
	bool v6 = address->any.sa_family == AF_INET6;
	socklen_t len = v6 ? sizeof(address->v6) : sizeof(address->v4);
	int fd = socket(address->any.sa_family, SOCK_STREAM, 0);
	int one = 1, flags;

	if (fd < 0)
		return -1;
	if (v6)
		address->v6.sin6_port = htons(port);
	else
		address->v4.sin_port = htons(port);
	flags = fcntl(fd, F_GETFL);
	if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0 ||
	    fcntl(fd, F_SETFD, FD_CLOEXEC) != 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) != 0 ||
	    (v6 && setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &one,
	    sizeof(one)) != 0) ||
	    bind(fd, &address->any, len) != 0 || listen(fd, 64) != 0) {
		int saved = errno;

		close(fd);
		errno = saved;
		return -1;
	}
	return fd;
}

static chy_status
listen_for(struct server *s, const chy_serve_options *opts, int *ret_fd,
    chy_error *err)
{
	const char *text = opts->address != NULL ? opts->address :
	    CHY_SERVE_ADDRESS;
	uint16_t first = opts->port != 0 ? opts->port : CHY_SERVE_PORT;
	unsigned tries = opts->try_next_port ? NEXT_PORTS + 1 : 1;
	union address address;

	if (!parse_address(text, &address, &s->site.loopback))
		return chy_fail(err, CHY_ERR_INVALID, "\"%s\" is no address "
		    "in numbers; write 127.0.0.1 or ::1", text);
	if (!s->site.loopback && s->site.reader.owner)
		return chy_fail(err, CHY_ERR_INVALID, "%s is open to others, "
		    "and the owner may see all: say for which reader to "
		    "serve, as --reader U", text);
	for (unsigned i = 0; i < tries && first + i <= 65535; i++) {
		s->site.port = (uint16_t)(first + i);
		*ret_fd = listen_at(&address, s->site.port);
		if (*ret_fd >= 0)
			return CHY_OK;
		if (errno != EADDRINUSE)
			return chy_fail_sys(err, errno, "cannot listen on %s, "
			    "port %u", text, s->site.port);
	}
	return chy_fail(err, CHY_ERR_EXISTS, "port %u of %s is taken; choose "
	    "another, as --listen %s:%u", first, text, text,
	    first < 65535 ? first + 1u : first);
}


/* ---- serving ---- */

static chy_status
open_registries(struct server *s, const chy_serve_options *opts,
    chy_error *err)
{
	chy_registry_options how = { .read_only = true,
	    .portion_release = opts->portion_release };

	for (unsigned i = 0; i < CHY_WEB_THREADS; i++) {
		chy_status st = chy_registry_open(opts->archive, &how,
		    &s->free[i], err);

		if (st != CHY_OK)
			return st;
		s->n_free++;
	}
	return CHY_OK;
}

static chy_status
parse_reader(struct server *s, const char *text, chy_error *err)
{
	chy_status st;

	s->site.reader = chy_reader_owner();
	if (text == NULL || text[0] == '\0')
		return CHY_OK;
	st = chy_reader_parse(chy_slice_of(text), &s->site.reader, err);
	if (st == CHY_OK && !s->site.reader.owner)
		chy_label_print(&s->site.reader.label, s->site.reader_label,
		    sizeof(s->site.reader_label));
	return st;
}

/* A number that nobody can guess; without one no form is taken. */
static chy_status
make_token(struct server *s, chy_error *err)
{
	static const char hex[] = "0123456789abcdef";
	unsigned char bytes[16];
	int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
	bool good = fd >= 0 && read(fd, bytes, sizeof(bytes)) ==
	    (ssize_t)sizeof(bytes);

	if (fd >= 0)
		close(fd);
	if (!good)
		return chy_fail_sys(err, errno, "no random numbers");
	for (size_t i = 0; i < sizeof(bytes); i++) {
		s->site.token[2 * i] = hex[bytes[i] >> 4];
		s->site.token[2 * i + 1] = hex[bytes[i] & 15];
	}
	return CHY_OK;
}

static void
say_ready(const struct server *s, const chy_serve_options *opts)
{
	const char *address = opts->address != NULL ? opts->address :
	    CHY_SERVE_ADDRESS;
	char url[128];

	snprintf(url, sizeof(url), strchr(address, ':') != NULL ?
	    "http://[%s]:%u/" : "http://%s:%u/", address, s->site.port);
	if (opts->ready != NULL)
		opts->ready(opts->arg, url);
}

/* Answer until a signal; both are blocked already. */
static chy_status
run(struct server *s, const chy_serve_options *opts, int fd,
    const sigset_t *signals, chy_error *err)
{
	int signal;

	s->daemon = MHD_start_daemon(MHD_USE_AUTO_INTERNAL_THREAD |
	    MHD_USE_ITC, s->site.port, NULL, NULL, on_request, s,
	    MHD_OPTION_LISTEN_SOCKET, fd,
	    MHD_OPTION_THREAD_POOL_SIZE, CHY_WEB_THREADS,
	    MHD_OPTION_CONNECTION_LIMIT, CHY_WEB_CONNECTIONS,
	    MHD_OPTION_CONNECTION_TIMEOUT, TIMEOUT_SECONDS,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
	    MHD_OPTION_URI_LOG_CALLBACK, on_target, NULL,
	    MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1,
	    MHD_OPTION_END);
	if (s->daemon == NULL) {
		close(fd);
		return chy_fail(err, CHY_ERR_IO, "the server does not start");
	}
	say_ready(s, opts);
	sigwait(signals, &signal);
	/* Waits for the threads, which answer what they have begun. */
	MHD_stop_daemon(s->daemon);
	return CHY_OK;
}

chy_status
chy_serve(const chy_serve_options *opts, chy_error *err)
{
	struct server s;
	sigset_t signals, before;
	chy_status st;
	int fd = -1;

	memset(&s, 0, sizeof(s));
	pthread_mutex_init(&s.lock, NULL);
	pthread_cond_init(&s.freed, NULL);
	/* Before any thread is there, so that all of them have them blocked. */
	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &signals, &before);

	s.site.archive = opts->archive;
	s.site.portion_release = opts->portion_release;
	st = parse_reader(&s, opts->reader, err);
	if (st == CHY_OK)
		st = make_token(&s, err);
	if (st == CHY_OK)
		st = listen_for(&s, opts, &fd, err);
	if (st == CHY_OK) {
		st = open_registries(&s, opts, err);
		if (st == CHY_OK)
			st = run(&s, opts, fd, &signals, err);
		else
			close(fd);
	}
	for (unsigned i = 0; i < s.n_free; i++)
		chy_registry_close(s.free[i]);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_cond_destroy(&s.freed);
	pthread_mutex_destroy(&s.lock);
	return st;
}
