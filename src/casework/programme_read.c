/*
 * Reading the description of a programme: records of words, one a line, after
 * chancery-programme(5). A line that begins with a blank goes on with the
 * record above it; # begins a comment; a word may stand in quotes.
 *
 * SPDX-License-Identifier: ISC
 */
#include "casework/programme_int.h"

#include "base/ascii.h"
#include "base/compiler.h"

#define WORDS_MAX	64u

static const struct {
	const char *name, *code;
} forms[CHY_RULE_FORMS] = {
	[CHY_RULE_DATE] = { "date", "G1" },
	[CHY_RULE_WINDOW] = { "window", "G2" },
	[CHY_RULE_CHOOSE] = { "choose", "G3" },
	[CHY_RULE_REPEAT] = { "repeat", "G4" },
	[CHY_RULE_WAIVER] = { "waiver", "G5" },
	[CHY_RULE_LIMIT] = { "limit", "G6" },
	[CHY_RULE_LIST] = { "list", "G7" },
	[CHY_RULE_MEASURE] = { "measure", "G8" },
	[CHY_RULE_REASSESS] = { "reassess", "G9" },
	[CHY_RULE_INTERIM] = { "interim", "G10" },
	[CHY_RULE_EXPLAIN] = { "explain", "G11" },
	[CHY_RULE_RECOMMEND] = { "recommend", "G12" },
	[CHY_RULE_CYCLE] = { "cycle", "G13" },
	[CHY_RULE_SPLIT] = { "split", "G14" },
	[CHY_RULE_OFF_SCALE] = { "off-scale", "G15" },
	[CHY_RULE_THRESHOLD] = { "threshold", "G16" },
	[CHY_RULE_WORKDAYS] = { "workdays", "G17" },
};

const char *
chy_rule_form_name(chy_rule_form form)
{
	return forms[form].name;
}

const char *
chy_rule_form_code(chy_rule_form form)
{
	return forms[form].code;
}

/* What a rule's option is, where it goes, and which forms take it. */
enum option_kind { IS_TEXT, IS_DAY, IS_YEAR_DAY, IS_LENGTH, IS_NUMBER,
	IS_LIST };

#define F(form)		(1u << CHY_RULE_##form)
#define ALL_FORMS	((1u << CHY_RULE_FORMS) - 1)
#define TIMED		(F(DATE) | F(WINDOW) | F(CHOOSE) | F(INTERIM) | \
			 F(EXPLAIN) | F(RECOMMEND) | F(CYCLE) | F(SPLIT))

static const struct option {
	const char	*name;
	enum option_kind kind;
	size_t		 at;
	uint32_t	 may;		/* forms that take it */
	uint32_t	 must;		/* and those that need it */
} options[] = {
#define OPT(name, field, kind, may, must) \
	{ name, kind, offsetof(chy_programme_rule, field), may, must },
	OPT("what", what, IS_TEXT, ALL_FORMS, 0)
	OPT("source", source, IS_TEXT, ALL_FORMS, 0)
	OPT("status", status, IS_TEXT, ALL_FORMS, 0)
	OPT("note", note, IS_TEXT, ALL_FORMS, 0)
	OPT("from", from, IS_DAY, ALL_FORMS, 0)
	OPT("to", to, IS_DAY, ALL_FORMS, 0)
	OPT("eligible", eligible, IS_TEXT, ALL_FORMS, 0)
	OPT("due", due, IS_YEAR_DAY, F(DATE) | F(INTERIM) | F(SPLIT),
	    F(DATE) | F(INTERIM) | F(SPLIT))
	OPT("min", min, IS_LENGTH, F(WINDOW), 0)
	OPT("max", max, IS_LENGTH, F(WINDOW), F(WINDOW))
	OPT("within", within, IS_LENGTH, F(CHOOSE) | F(EXPLAIN) |
	    F(RECOMMEND), F(CHOOSE) | F(EXPLAIN))
	OPT("every", every, IS_LENGTH, F(CYCLE), F(CYCLE))
	OPT("first", first, IS_DAY, F(CYCLE), 0)
	OPT("extend", extend, IS_LENGTH, F(THRESHOLD), 0)
	OPT("after", after, IS_TEXT, F(WINDOW) | F(EXPLAIN) | F(RECOMMEND),
	    F(WINDOW))
	OPT("assume", assume, IS_TEXT, F(WINDOW) | F(EXPLAIN) | F(RECOMMEND),
	    0)
	OPT("starts", starts, IS_LIST, F(CHOOSE), F(CHOOSE))
	OPT("met", met, IS_TEXT, TIMED, 0)
	OPT("grade", grade, IS_LIST, TIMED | F(REPEAT) | F(LIST) | F(MEASURE),
	    F(REPEAT) | F(MEASURE))
	OPT("list", list, IS_TEXT, TIMED | F(LIST) | F(MEASURE),
	    F(LIST) | F(INTERIM))
	OPT("change", change, IS_LIST, F(LIST), 0)
	OPT("n", n, IS_NUMBER, F(REPEAT) | F(LIMIT) | F(WAIVER),
	    F(REPEAT) | F(LIMIT))
	OPT("becomes", becomes, IS_TEXT, F(REPEAT), F(REPEAT))
	OPT("use", use, IS_TEXT, TIMED | F(REPEAT) | F(MEASURE), 0)
	OPT("gap", gap, IS_TEXT, F(REPEAT), 0)
	OPT("of", of, IS_LIST, F(WAIVER) | F(LIMIT) | F(OFF_SCALE) |
	    F(THRESHOLD) | F(WORKDAYS), F(WAIVER) | F(LIMIT) | F(WORKDAYS))
	OPT("needs", needs, IS_LIST, F(WAIVER) | F(LIMIT), 0)
	OPT("until", until, IS_TEXT, F(MEASURE) | F(REASSESS), 0)
	OPT("answers", answers, IS_LIST, F(RECOMMEND), F(RECOMMEND))
	OPT("by", by, IS_LIST, F(SPLIT), F(SPLIT))
	OPT("mark", mark, IS_LIST, F(OFF_SCALE), F(OFF_SCALE))
	OPT("run", run, IS_TEXT, F(OFF_SCALE), 0)
	OPT("any", any, IS_LIST, F(THRESHOLD), F(THRESHOLD))
	OPT("calendar", calendar, IS_TEXT, F(WORKDAYS), F(WORKDAYS))
	OPT("move", move, IS_TEXT, F(WORKDAYS), 0)
#undef OPT
};

/* Options that take one of a few words. */
static const struct {
	const char *name;
	const char *values[4];
} closed[] = {
	{ "use", { "published", "latest" } },
	{ "gap", { "break", "skip" } },
	{ "run", { "break", "skip" } },
	{ "move", { "next", "previous", "keep" } },
};

struct word {
	chy_slice text;		/* without quotes; of key=value both */
	chy_slice value;	/* after =; ptr NULL: it has none */
};

struct reader {
	chy_slice   text;
	size_t	    at;
	uint32_t    line;
	size_t	    line_at;	/* where it begins */
	chy_arena  *arena;
	chy_programme *p;
	chy_error  *err;
	struct word words[WORDS_MAX];
	uint32_t    n;
	uint32_t    record_line;
};

static chy_status
wrong(struct reader *r, const char *place, const char *what, chy_slice word)
{
	size_t off = (size_t)(place - r->text.ptr), begin = off;
	uint32_t line = 1;

	while (begin > 0 && r->text.ptr[begin - 1] != '\n')
		begin--;
	for (size_t i = 0; i < begin; i++)
		line += r->text.ptr[i] == '\n';
	if (r->err != NULL)
		r->err->off = (uint32_t)off;
	word = chy_slice_sub(word, 0, 60);
	return chy_fail(r->err, CHY_ERR_INVALID, "%u:%zu: %s%s%.*s",
	    (unsigned)line, off - begin + 1, what, word.len > 0 ? ": " : "",
	    CHY_ARG(word));
}

static chy_status
no_memory(struct reader *r)
{
	return chy_fail(r->err, CHY_ERR_NO_MEMORY, "no memory");
}


/* ---- words ---- */

/* One word from r->at on; quotes may begin it or its value. */
static chy_status
take_word(struct reader *r)
{
	const char *end = r->text.ptr + r->text.len;
	const char *p = r->text.ptr + r->at, *from = p;
	struct word w = { .value = { NULL, 0 } };

	if (r->n == WORDS_MAX)
		return wrong(r, p, "more than 64 words in a record", CHY_EMPTY);
	if (*p != '"') {
		while (p < end && !chy_is_space(*p) && *p != '=' && *p != '"')
			p++;
		w.text = (chy_slice){ from, (size_t)(p - from) };
		if (p < end && *p == '=') {
			from = ++p;
			if (p == end || *p != '"')
				while (p < end && !chy_is_space(*p))
					p++;
			w.value = (chy_slice){ from, (size_t)(p - from) };
		}
	}
	if (p < end && *p == '"') {
		from = ++p;
		/* A line may end in quotes where the next goes on. */
		while (p < end && *p != '"' && (*p != '\n' ||
		    (p + 1 < end && chy_is_blank(p[1]))))
			p++;
		if (p == end || *p != '"')
			return wrong(r, from - 1, "a quote that is not closed",
			    CHY_EMPTY);
		if (w.value.ptr != NULL)
			w.value = (chy_slice){ from, (size_t)(p - from) };
		else if (from - 1 == r->text.ptr + r->at)
			w.text = (chy_slice){ from, (size_t)(p - from) };
		else
			return wrong(r, from - 1, "a quote inside a word",
			    CHY_EMPTY);
		p++;
	}
	r->words[r->n++] = w;
	r->at = (size_t)(p - r->text.ptr);
	return CHY_OK;
}

static bool
at_eol(const struct reader *r)
{
	return r->at >= r->text.len || r->text.ptr[r->at] == '\n';
}

static chy_status
take_line(struct reader *r)
{
	chy_status st = CHY_OK;

	while (!at_eol(r) && st == CHY_OK) {
		if (chy_is_space(r->text.ptr[r->at]))
			r->at++;
		else if (r->text.ptr[r->at] == '#')
			while (!at_eol(r))
				r->at++;
		else
			st = take_word(r);
	}
	if (r->at < r->text.len)
		r->at++;
	return st;
}

/* The next record: a line and those below it that begin with a blank. */
static chy_status
take_record(struct reader *r, bool *ret_more)
{
	chy_status st = CHY_OK;

	r->n = 0;
	while (r->n == 0 && r->at < r->text.len && st == CHY_OK)
		st = take_line(r);
	while (st == CHY_OK && r->at < r->text.len &&
	    chy_is_blank(r->text.ptr[r->at]))
		st = take_line(r);
	*ret_more = r->n > 0;
	return st;
}


/* ---- values ---- */

static bool
take_digits(chy_slice *s, size_t most, int32_t *ret)
{
	int32_t v = 0;
	size_t n = 0;

	while (n < s->len && n < most && chy_is_digit(s->ptr[n]))
		v = v * 10 + (s->ptr[n++] - '0');
	*s = chy_slice_from(*s, n);
	*ret = v;
	return n > 0;
}

static bool
take_char(chy_slice *s, char c)
{
	if (s->len == 0 || s->ptr[0] != c)
		return false;
	*s = chy_slice_from(*s, 1);
	return true;
}

int32_t
chy_programme_day(chy_slice s)
{
	int32_t year, month = 1, day = 1;
	chy_civil c;

	if (s.len < 4 || !take_digits(&s, 4, &year))
		return CHY_NO_DAY;
	if (s.len > 0 && (!take_char(&s, '-') || !take_digits(&s, 2, &month)))
		return CHY_NO_DAY;
	if (s.len > 0 && (!take_char(&s, '-') || !take_digits(&s, 2, &day)))
		return CHY_NO_DAY;
	c = (chy_civil){ .year = year, .month = (uint8_t)month,
	    .day = (uint8_t)day };
	if (s.len > 0 || !chy_civil_valid(c))
		return CHY_NO_DAY;
	return (int32_t)(chy_civil_seconds(c) / 86400);
}

/* 06-30, +1/02-01, -1/04-01 */
static bool
parse_year_day(chy_slice s, chy_year_day *ret)
{
	bool minus = take_char(&s, '-');
	int32_t years = 0, month, day;

	if (minus || take_char(&s, '+')) {
		if (!take_digits(&s, 1, &years) || !take_char(&s, '/'))
			return false;
	}
	if (!take_digits(&s, 2, &month) || !take_char(&s, '-') ||
	    !take_digits(&s, 2, &day) || s.len > 0)
		return false;
	/* 29 February is good in some years. */
	if (!chy_civil_valid((chy_civil){ .year = 2000, .month =
	    (uint8_t)month, .day = (uint8_t)day }))
		return false;
	*ret = (chy_year_day){ true, (int8_t)(minus ? -years : years),
	    (uint8_t)month, (uint8_t)day };
	return true;
}

static bool
parse_length(chy_slice s, chy_length *ret)
{
	int32_t n;

	if (!take_digits(&s, 4, &n))
		return false;
	if (chy_slice_eq(s, CHY_SLICE("wd")))
		*ret = (chy_length){ true, n, 'w' };
	else if (s.len == 1 && strchr("dmy", s.ptr[0]) != NULL)
		*ret = (chy_length){ true, n, s.ptr[0] };
	else
		return false;
	return true;
}

/* Words with commas between. */
static bool
parse_list(struct reader *r, chy_slice s, chy_words_list *ret)
{
	chy_words_list list = { NULL, 1 };
	size_t from = 0;

	for (size_t i = 0; i < s.len; i++)
		list.n += s.ptr[i] == ',';
	list.at = chy_arena_zalloc(r->arena, list.n, sizeof(*list.at));
	if (list.at == NULL)
		return false;
	list.n = 0;
	for (;;) {
		size_t comma = chy_slice_find(s, CHY_SLICE(","), from);
		chy_slice word = chy_slice_trim(chy_slice_sub(s, from,
		    comma - from));

		if (word.len > 0)
			list.at[list.n++] = word;
		if (comma >= s.len)
			break;
		from = comma + 1;
	}
	*ret = list;
	return list.n > 0;
}

void *
chy_list_grow(chy_arena *arena, void *at, uint32_t n, size_t size)
{
	void *more;

	/* Room for 8, 16, 32 ...: it is full when n is one of them. */
	if (n != 0 && (n < 8 || (n & (n - 1)) != 0))
		return at;
	more = chy_arena_zalloc(arena, n == 0 ? 8 : (size_t)n * 2, size);
	if (more != NULL && n > 0)
		memcpy(more, at, n * size);
	return more;
}

/* A place for one more; status NO_MEMORY where there is none. */
#define GROW(r, list, n)						\
	((((list) = chy_list_grow((r)->arena, (list), (n), sizeof(*(list)))) \
	    != NULL) ? CHY_OK : no_memory(r))


/* ---- records ---- */

static chy_status
need_words(struct reader *r, uint32_t n, const char *what)
{
	if (r->n >= n)
		return CHY_OK;
	return wrong(r, r->words[r->n - 1].text.ptr, what, CHY_EMPTY);
}

/* Value of key among the words from `from` on; empty. */
static chy_slice
option(const struct reader *r, const char *key)
{
	for (uint32_t i = 1; i < r->n; i++)
		if (r->words[i].value.ptr != NULL &&
		    chy_slice_eq(r->words[i].text, chy_slice_of(key)))
			return r->words[i].value;
	return CHY_EMPTY;
}

static chy_status
option_day(struct reader *r, const char *key, int32_t *ret)
{
	chy_slice s = option(r, key);

	*ret = s.len > 0 ? chy_programme_day(s) : CHY_NO_DAY;
	if (s.len > 0 && *ret == CHY_NO_DAY)
		return wrong(r, s.ptr, "not a day, as 2008-12-23", s);
	return CHY_OK;
}

static chy_status
read_number(struct reader *r, chy_slice s, int32_t most, int32_t *ret)
{
	chy_slice rest = s;

	if (!take_digits(&rest, 6, ret) || rest.len > 0 || *ret > most)
		return wrong(r, s.ptr, "not a number that can stand here", s);
	return CHY_OK;
}

static chy_status
read_grade(struct reader *r, bool mark)
{
	chy_programme *p = r->p;
	chy_grade g = { .show = option(r, "show"), .name = option(r, "name") };
	chy_status st = need_words(r, mark ? 3 : 4, mark ?
	    "a mark has a code and a meaning" :
	    "a grade has a code, a rank and a meaning");

	if (st != CHY_OK)
		return st;
	g.code = r->words[1].text;
	if (chy_grade_find(p, g.code) != NULL)
		return wrong(r, g.code.ptr, "a grade twice", g.code);
	if (!mark)
		st = read_number(r, r->words[2].text, 99, &g.rank);
	if (st == CHY_OK && !mark && g.rank == 0)
		return wrong(r, r->words[2].text.ptr, "ranks begin with 1",
		    CHY_EMPTY);
	g.meaning = r->words[mark ? 2 : 3].text;
	if (g.name.len == 0)
		g.name = g.code;
	if (st == CHY_OK)
		st = GROW(r, p->grades, p->n_grades);
	if (st == CHY_OK)
		p->grades[p->n_grades++] = g;
	return st;
}

static chy_status
read_source(struct reader *r)
{
	chy_programme *p = r->p;
	chy_rating_source s = { .rank = 0 };
	chy_status st = need_words(r, 4,
	    "a source has a code, a rank and a name");

	if (st == CHY_OK)
		st = read_number(r, r->words[2].text, 9999, &s.rank);
	if (st == CHY_OK)
		st = GROW(r, p->sources, p->n_sources);
	s.code = r->words[1].text;
	s.name = r->n > 3 ? r->words[3].text : CHY_EMPTY;
	if (st == CHY_OK)
		p->sources[p->n_sources++] = s;
	return st;
}

static chy_status
read_subject(struct reader *r)
{
	chy_programme *p = r->p;
	chy_status st = need_words(r, 3, "a subject has a key and a name");

	if (st == CHY_OK)
		st = GROW(r, p->known, p->n_known);
	if (st != CHY_OK)
		return st;
	p->known[p->n_known++] = (chy_subject){ r->words[1].text,
	    r->words[2].text };
	for (uint32_t i = 3; i < r->n && st == CHY_OK; i++) {
		if (r->words[i].value.ptr == NULL)
			return wrong(r, r->words[i].text.ptr,
			    "not name=value", r->words[i].text);
		st = GROW(r, p->attributes, p->n_attributes);
		if (st == CHY_OK)
			p->attributes[p->n_attributes++] = (chy_attribute){
			    r->words[1].text, r->words[i].text,
			    r->words[i].value };
	}
	return st;
}

static chy_status
read_calendar(struct reader *r)
{
	static const char names[] = "montuewedthufrisatsun";
	chy_programme *p = r->p;
	chy_calendar c = { .weekend = 0 };
	chy_words_list days;
	chy_slice s = option(r, "weekend");
	chy_status st = need_words(r, 2, "a calendar has a code");

	if (st == CHY_OK)
		st = option_day(r, "from", &c.from);
	if (st == CHY_OK)
		st = option_day(r, "to", &c.to);
	if (st == CHY_OK && !parse_list(r, s, &days))
		return wrong(r, r->words[1].text.ptr, "a calendar has a "
		    "weekend, as weekend=sat,sun", CHY_EMPTY);
	for (uint32_t i = 0; st == CHY_OK && i < days.n; i++) {
		unsigned day = 0;

		while (day < 7 && !chy_slice_ieq(days.at[i],
		    (chy_slice){ names + 3 * day, 3 }))
			day++;
		if (day == 7)
			return wrong(r, days.at[i].ptr, "not a day of the week",
			    days.at[i]);
		c.weekend |= (uint8_t)(1u << day);
	}
	if (st == CHY_OK && c.weekend == 0x7f)
		return wrong(r, s.ptr, "no day of work is left", CHY_EMPTY);
	c.code = r->words[1].text;
	if (st == CHY_OK)
		st = GROW(r, p->calendars, p->n_calendars);
	if (st == CHY_OK)
		p->calendars[p->n_calendars++] = c;
	return st;
}

static chy_status
read_holiday(struct reader *r)
{
	chy_programme *p = r->p;
	chy_holiday h = { .day = CHY_NO_DAY };
	chy_status st = need_words(r, 3, "a holiday has a calendar and a day");

	if (st != CHY_OK)
		return st;
	h.calendar = r->words[1].text;
	h.day = chy_programme_day(r->words[2].text);
	h.name = r->n > 3 ? r->words[3].text : CHY_EMPTY;
	if (h.day == CHY_NO_DAY)
		return wrong(r, r->words[2].text.ptr,
		    "not a day, as 2008-12-23", r->words[2].text);
	st = GROW(r, p->holidays, p->n_holidays);
	if (st == CHY_OK)
		p->holidays[p->n_holidays++] = h;
	return st;
}

static chy_status
check_closed(struct reader *r, const char *name, chy_slice value)
{
	for (size_t i = 0; i < ARRAY_LEN(closed); i++) {
		if (strcmp(closed[i].name, name) != 0)
			continue;
		for (size_t k = 0; k < ARRAY_LEN(closed[i].values); k++)
			if (closed[i].values[k] != NULL && chy_slice_eq(value,
			    chy_slice_of(closed[i].values[k])))
				return CHY_OK;
		return wrong(r, value.ptr, "not a word that this option takes",
		    value);
	}
	return CHY_OK;
}

static chy_status
read_option(struct reader *r, chy_programme_rule *rule, const struct word *w,
    uint32_t *have)
{
	const struct option *o = NULL;
	void *place;
	bool good = true;

	for (size_t i = 0; i < ARRAY_LEN(options) && o == NULL; i++)
		if (chy_slice_eq(w->text, chy_slice_of(options[i].name)))
			o = &options[i];
	if (o == NULL || w->value.ptr == NULL)
		return wrong(r, w->text.ptr, "not an option of a rule",
		    w->text);
	if ((o->may & (1u << rule->form)) == 0)
		return wrong(r, w->text.ptr, "this form of rule does not take",
		    w->text);
	if (w->value.len == 0)
		return wrong(r, w->text.ptr, "an option without a value",
		    w->text);
	have[(size_t)(o - options) / 32] |= 1u << ((o - options) % 32);
	place = (char *)rule + o->at;
	switch (o->kind) {
	case IS_TEXT:
		*(chy_slice *)place = w->value;
		return check_closed(r, o->name, w->value);
	case IS_DAY:
		*(int32_t *)place = chy_programme_day(w->value);
		good = *(int32_t *)place != CHY_NO_DAY;
		break;
	case IS_YEAR_DAY:
		good = parse_year_day(w->value, place);
		break;
	case IS_LENGTH:
		good = parse_length(w->value, place);
		break;
	case IS_NUMBER:
		return read_number(r, w->value, 999, place);
	case IS_LIST:
		good = parse_list(r, w->value, place);
		break;
	}
	if (chy_arena_failed(r->arena))
		return no_memory(r);
	return good ? CHY_OK : wrong(r, w->value.ptr, o->kind == IS_DAY ?
	    "not a day, as 2008-12-23" : o->kind == IS_YEAR_DAY ?
	    "not a day of the year, as 06-30 or +1/02-01" :
	    o->kind == IS_LENGTH ? "not a length, as 45d, 3wd, 6m or 1y" :
	    "an empty list", w->value);
}

static chy_status
read_rule(struct reader *r)
{
	chy_programme *p = r->p;
	chy_programme_rule rule = { .from = CHY_NO_DAY, .to = CHY_NO_DAY,
	    .first = CHY_NO_DAY, .form = CHY_RULE_FORMS };
	uint32_t have[2] = { 0, 0 };
	chy_status st = need_words(r, 3, "a rule has an id and a form");

	_Static_assert(ARRAY_LEN(options) <= 64, "have[] is too short");
	if (st != CHY_OK)
		return st;
	rule.id = r->words[1].text;
	rule.line = r->record_line;
	for (int f = 0; f < CHY_RULE_FORMS; f++)
		if (chy_slice_eq(r->words[2].text, chy_slice_of(forms[f].name)))
			rule.form = (chy_rule_form)f;
	if (rule.form == CHY_RULE_FORMS)
		return wrong(r, r->words[2].text.ptr, "not a form of rule",
		    r->words[2].text);
	for (uint32_t i = 3; i < r->n && st == CHY_OK; i++)
		st = read_option(r, &rule, &r->words[i], have);
	for (size_t i = 0; i < ARRAY_LEN(options) && st == CHY_OK; i++)
		if ((options[i].must & (1u << rule.form)) != 0 &&
		    (have[i / 32] >> (i % 32) & 1) == 0)
			return wrong(r, r->words[2].text.ptr,
			    "the rule lacks an option",
			    chy_slice_of(options[i].name));
	if (st == CHY_OK && rule.form == CHY_RULE_LIST && rule.grade.n == 0 &&
	    rule.change.n == 0)
		return wrong(r, r->words[2].text.ptr,
		    "a list is made by grade or by change", CHY_EMPTY);
	if (rule.what.len == 0)
		rule.what = rule.id;
	if (st == CHY_OK)
		st = GROW(r, p->rules, p->n_rules);
	if (st == CHY_OK)
		p->rules[p->n_rules++] = rule;
	return st;
}

static chy_status
read_days(struct reader *r, chy_year_day *first, chy_year_day *last)
{
	chy_status st = need_words(r, last != NULL ? 3 : 2,
	    last != NULL ? "two days of the year are wanted" :
	    "a day of the year is wanted");

	if (st == CHY_OK && !parse_year_day(r->words[1].text, first))
		return wrong(r, r->words[1].text.ptr,
		    "not a day of the year, as 06-30 or -1/04-01",
		    r->words[1].text);
	if (st == CHY_OK && last != NULL &&
	    !parse_year_day(r->words[2].text, last))
		return wrong(r, r->words[2].text.ptr,
		    "not a day of the year, as 06-30 or -1/04-01",
		    r->words[2].text);
	return st;
}

static chy_status
read_record(struct reader *r)
{
	chy_programme *p = r->p;
	chy_slice what = r->words[0].text;
	struct {
		const char *name;
		chy_slice  *at;
	} texts[] = {
		{ "programme", &p->id }, { "title", &p->title },
		{ "authority", &p->authority }, { "subjects", &p->subjects },
		{ "noun", &p->noun }, { "marking", &p->marking },
		{ "query", &p->query }, { "note", &p->note },
	};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		chy_status st;

		if (!chy_slice_eq(what, chy_slice_of(texts[i].name)))
			continue;
		st = need_words(r, 2, "a word is wanted behind it");
		if (st == CHY_OK && r->n > 2)
			return wrong(r, r->words[2].text.ptr,
			    "one word too many; use quotes", r->words[2].text);
		if (st == CHY_OK)
			*texts[i].at = r->words[1].text;
		return st;
	}
	if (chy_slice_eq(what, CHY_SLICE("grade")))
		return read_grade(r, false);
	if (chy_slice_eq(what, CHY_SLICE("mark")))
		return read_grade(r, true);
	if (chy_slice_eq(what, CHY_SLICE("source")))
		return read_source(r);
	if (chy_slice_eq(what, CHY_SLICE("subject")))
		return read_subject(r);
	if (chy_slice_eq(what, CHY_SLICE("calendar")))
		return read_calendar(r);
	if (chy_slice_eq(what, CHY_SLICE("holiday")))
		return read_holiday(r);
	if (chy_slice_eq(what, CHY_SLICE("rule")))
		return read_rule(r);
	if (chy_slice_eq(what, CHY_SLICE("day")))
		return read_days(r, &p->day, NULL);
	if (chy_slice_eq(what, CHY_SLICE("fiscal")))
		return read_days(r, &p->fiscal, NULL);
	if (chy_slice_eq(what, CHY_SLICE("covers")))
		return read_days(r, &p->covers_from, &p->covers_to);
	return wrong(r, what.ptr, "not a record of a programme", what);
}


/* ---- the whole ---- */

/* Words over several lines on one, a blank between them. */
static chy_slice
on_one_line(struct reader *r, chy_slice s)
{
	char *out;
	size_t n = 0;

	if (s.len == 0 || memchr(s.ptr, '\n', s.len) == NULL)
		return s;
	out = chy_arena_alloc(r->arena, s.len);
	if (out == NULL)
		return CHY_EMPTY;
	for (size_t i = 0; i < s.len; i++) {
		bool blank = chy_is_space(s.ptr[i]);

		if (!blank)
			out[n++] = s.ptr[i];
		else if (n > 0 && out[n - 1] != ' ')
			out[n++] = ' ';
	}
	return (chy_slice){ out, n };
}

/* Last of all: errors point at the places in the text. */
static void
tidy(struct reader *r)
{
	chy_programme *p = r->p;

	p->title = on_one_line(r, p->title);
	p->authority = on_one_line(r, p->authority);
	p->query = on_one_line(r, p->query);
	p->note = on_one_line(r, p->note);
	for (uint32_t i = 0; i < p->n_grades; i++)
		p->grades[i].meaning = on_one_line(r, p->grades[i].meaning);
	for (uint32_t i = 0; i < p->n_sources; i++)
		p->sources[i].name = on_one_line(r, p->sources[i].name);
	for (uint32_t i = 0; i < p->n_rules; i++) {
		chy_programme_rule *rule = &p->rules[i];

		rule->what = on_one_line(r, rule->what);
		rule->source = on_one_line(r, rule->source);
		rule->status = on_one_line(r, rule->status);
		rule->note = on_one_line(r, rule->note);
	}
}

/* Grades that a rule names must be on the scale, rules that it names must be
 * there; CHANGE has two grades with > between. */
static chy_status
check_grades(struct reader *r, const chy_words_list *list)
{
	for (uint32_t i = 0; i < list->n; i++)
		if (chy_grade_find(r->p, list->at[i]) == NULL)
			return wrong(r, list->at[i].ptr, "not a grade",
			    list->at[i]);
	return CHY_OK;
}

static chy_status
check_rule(struct reader *r, const chy_programme_rule *rule)
{
	chy_status st = check_grades(r, &rule->grade);

	if (st == CHY_OK)
		st = check_grades(r, &rule->mark);
	for (uint32_t i = 0; i < rule->change.n && st == CHY_OK; i++) {
		chy_slice c = rule->change.at[i];
		size_t at = chy_slice_find(c, CHY_SLICE(">"), 0);

		if (at == c.len || chy_grade_find(r->p, chy_slice_sub(c, 0,
		    at)) == NULL || chy_grade_find(r->p, chy_slice_from(c,
		    at + 1)) == NULL)
			return wrong(r, c.ptr, "not a change, as 3>2", c);
	}
	if (st == CHY_OK && rule->becomes.len > 0 &&
	    chy_grade_find(r->p, rule->becomes) == NULL)
		return wrong(r, rule->becomes.ptr, "not a grade",
		    rule->becomes);
	for (uint32_t i = 0; i < rule->of.n && st == CHY_OK; i++)
		if (chy_rule_find(r->p, rule->of.at[i]) == NULL)
			return wrong(r, rule->of.at[i].ptr, "there is no rule",
			    rule->of.at[i]);
	if (st == CHY_OK && rule->eligible.len > 0 &&
	    chy_rule_find(r->p, rule->eligible) == NULL)
		return wrong(r, rule->eligible.ptr, "there is no rule",
		    rule->eligible);
	return st;
}

static chy_status
check_whole(struct reader *r)
{
	chy_programme *p = r->p;
	chy_status st = CHY_OK;

	if (p->id.len == 0)
		return wrong(r, r->text.ptr, "no record says: programme ID",
		    CHY_EMPTY);
	for (size_t i = 0; i < p->id.len; i++)
		if (!chy_is_alnum(p->id.ptr[i]) && p->id.ptr[i] != '-')
			return wrong(r, p->id.ptr, "an id is of letters, "
			    "digits and hyphens", p->id);
	if (p->n_grades == 0)
		return wrong(r, r->text.ptr, "there is no grade", CHY_EMPTY);
	for (uint32_t i = 0; i < p->n_rules && st == CHY_OK; i++)
		st = check_rule(r, &p->rules[i]);
	return st;
}

chy_status
chy_programme_read(chy_slice text, chy_arena *arena, chy_programme **ret,
    chy_error *err)
{
	struct reader r = { .text = text, .arena = arena, .err = err };
	chy_status st = CHY_OK;
	bool more = true;

	r.p = chy_arena_zalloc(arena, 1, sizeof(*r.p));
	if (r.p == NULL)
		return no_memory(&r);
	r.p->subjects = CHY_SLICE("country");
	r.p->noun = CHY_SLICE("grade");
	r.p->marking = CHY_SLICE("U");
	r.p->day = r.p->fiscal = (chy_year_day){ true, 0, 1, 1 };
	if (text.len >= UINT32_MAX)
		return chy_fail(err, CHY_ERR_TOO_LARGE, "too large");
	while (more && st == CHY_OK) {
		st = take_record(&r, &more);
		if (st != CHY_OK || !more)
			break;
		r.record_line = 1;
		for (const char *c = text.ptr; c < r.words[0].text.ptr; c++)
			r.record_line += *c == '\n';
		st = read_record(&r);
	}
	if (st == CHY_OK)
		st = check_whole(&r);
	if (st != CHY_OK)
		return st;
	if (r.p->title.len == 0)
		r.p->title = r.p->id;
	tidy(&r);
	if (chy_arena_failed(arena))
		return no_memory(&r);
	*ret = r.p;
	return CHY_OK;
}
