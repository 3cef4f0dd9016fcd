/*
 * Which telegram this is: its year, number and originator, from what the
 * class line, the heading, the wrapper and the file name say.
 *
 * Source: product.md, Identity; telegram-format 4.2.
 *
 * SPDX-License-Identifier: ISC
 */
#include "forms/reading.h"

#include <stdlib.h>

#include "telegram/mrn.h"

/* The key a file is called by: 08MUSCAT425.txt, 08MUSCAT425-2.txt. */
static bool
file_mrn(const chy_reading *r, chy_mrn *ret)
{
	chy_slice s = r->opts->file;
	size_t at = s.len;

	while (at > 0 && s.ptr[at - 1] != '/')
		at--;
	s = chy_slice_from(s, at);
	at = 0;
	while (at < s.len && chy_is_alnum(s.ptr[at]))
		at++;
	s = chy_slice_sub(s, 0, at);
	return s.len > 4 && chy_is_digit(s.ptr[0]) &&
	    chy_mrn_parse(s, 0, ret) && ret->year != 0;
}

static bool
wrapper_mrn(const chy_reading *r, chy_mrn *ret)
{
	return r->tel->wrapper.reference_id.len > 0 &&
	    chy_mrn_parse(r->tel->wrapper.reference_id, 0, ret) &&
	    ret->year != 0;
}

void
chy_read_year(chy_reading *r)
{
	chy_telegram *tel = r->tel;
	chy_mrn mrn;

	if (tel->year != 0)
		return;
	if (tel->dtg_civil.year != 0)
		tel->year = tel->dtg_civil.year;
	else if (r->opts->year != 0)
		tel->year = r->opts->year;
	else if (wrapper_mrn(r, &mrn) || file_mrn(r, &mrn))
		tel->year = mrn.year;
}

static bool
same_number(const chy_mrn *a, const chy_mrn *b)
{
	chy_mrn x = *a, y = *b;

	chy_mrn_canonicalize(&x);
	chy_mrn_canonicalize(&y);
	return x.serial == y.serial && x.post_len == y.post_len &&
	    memcmp(x.post, y.post, x.post_len) == 0;
}

/* What the FM line and the serial of line 3 say: modulo 10000, so the class
 * line's own thousands are kept where the rest agrees. */
static bool
heading_mrn(const chy_reading *r, chy_mrn *ret)
{
	const chy_telegram *tel = r->tel;
	chy_slice serial = tel->transmission.serial;
	const chy_post *post = chy_vocab_post_by_plad(tel->originator.plad);
	chy_slice name = tel->originator.plad;
	chy_mrn mrn = { .year = tel->year };

	if (serial.len == 0 || name.len == 0)
		return false;
	for (size_t i = 0; i < serial.len && i < 8; i++) {
		if (!chy_is_digit(serial.ptr[i]))
			return false;
		mrn.serial = mrn.serial * 10 +
		    (uint32_t)(serial.ptr[i] - '0');
	}
	if (post != NULL && post->mrn_key.len > 0) {
		name = post->mrn_key;
	} else {
		size_t blank = chy_slice_find(name, CHY_SLICE(" "), 0);

		name = chy_slice_from(name, blank);
	}
	if (!chy_mrn_set_post(&mrn, name))
		return false;
	*ret = mrn;
	return true;
}

/* The class line's number; its post may be missing. */
static bool
class_mrn(const chy_reading *r, chy_mrn *ret)
{
	const chy_telegram *tel = r->tel;
	chy_mrn mrn = { .year = tel->year, .serial = tel->class_serial };

	if (tel->originator.post.len == 0 ||
	    !chy_mrn_set_post(&mrn, tel->originator.post))
		return false;
	*ret = mrn;
	return true;
}

/* Heading and class line are one number: the same post, and the serial of
 * line 3 is the class line's modulo 10000. */
static bool
agree(const chy_mrn *heading, const chy_mrn *class_line)
{
	chy_mrn x = *class_line;

	x.serial = heading->serial;
	return class_line->serial % 10000 == heading->serial % 10000 &&
	    same_number(heading, &x);
}

static chy_basis
choose(chy_reading *r, chy_mrn *ret)
{
	chy_mrn class_line, heading, other;
	bool has_class = class_mrn(r, &class_line);
	bool has_heading = heading_mrn(r, &heading);
	bool has_wrapper = wrapper_mrn(r, &other);
	bool has_file = !has_wrapper && file_mrn(r, &other);

	if (has_class && has_heading && !agree(&heading, &class_line) &&
	    (has_wrapper || has_file)) {
		/* They disagree: the one that agrees with the wrapper, else
		 * with the file's name, is meant. */
		if (!same_number(&class_line, &other) &&
		    heading.serial == other.serial % 10000 &&
		    (same_number(&heading, &other) ||
		    heading.serial != other.serial)) {
			chy_mrn x = heading;

			x.serial = other.serial;
			if (same_number(&x, &other)) {
				*ret = x;
				return CHY_BASIS_TEXT;
			}
		}
	}
	if (has_class) {
		*ret = class_line;
		/* Redacted or damaged beyond repair, and the wrapper knows. */
		if ((has_wrapper || has_file) &&
		    class_line.serial == other.serial &&
		    !same_number(&class_line, &other) &&
		    !chy_vocab_is_post_key((chy_slice){ class_line.post,
		    class_line.post_len })) {
			*ret = other;
			return has_wrapper ? CHY_BASIS_WRAPPER :
			    CHY_BASIS_FILE_NAME;
		}
		return CHY_BASIS_TEXT;
	}
	if (has_wrapper || has_file) {
		*ret = other;
		return has_wrapper ? CHY_BASIS_WRAPPER : CHY_BASIS_FILE_NAME;
	}
	if (has_heading) {
		*ret = heading;
		return CHY_BASIS_DERIVED;
	}
	return CHY_BASIS_NONE;
}

static chy_slice
keep_key(chy_reading *r, const chy_mrn *mrn)
{
	char key[CHY_MRN_KEY_MAX];
	size_t n = chy_mrn_key(mrn, key);

	return chy_arena_copy(&r->tel->arena, (chy_slice){ key, n });
}

static void
read_originator(chy_reading *r)
{
	chy_originator *o = &r->tel->originator;
	char name[128];
	size_t n = 0;

	o->routing_indicator = r->tel->transmission.station;
	if (o->plad.len > 0) {
		const chy_post *post;

		n = chy_vocab_post_title(o->plad, name, sizeof(name));
		if (o->post.len == 0 && (post = chy_vocab_post_by_plad(
		    o->plad)) != NULL)
			o->post = post->mrn_name;
		if (n == 0 || n >= sizeof(name)) {
			o->name = o->plad;
			return;
		}
	} else if (o->post.len > 0) {
		n = chy_vocab_post_title_by_mrn(o->post, name, sizeof(name));
		o->basis = CHY_BASIS_DERIVED;
		if (n == 0) {
			chy_mrn mrn = { .year = r->tel->year };
			const chy_post *post;

			/* A damaged name: the post that was meant. */
			if (chy_mrn_set_post(&mrn, o->post)) {
				chy_mrn_canonicalize(&mrn);
				post = chy_vocab_post_by_key((chy_slice){
				    mrn.post, mrn.post_len });
				if (post != NULL)
					n = chy_vocab_post_title_by_mrn(
					    post->mrn_name, name,
					    sizeof(name));
			}
		}
	}
	if (n > 0 && n < sizeof(name)) {
		o->name = chy_arena_copy(&r->tel->arena,
		    (chy_slice){ name, n });
	} else if (r->tel->wrapper.origin.len > 0) {
		o->name = r->tel->wrapper.origin;
		o->basis = CHY_BASIS_WRAPPER;
	}
}

void
chy_read_identity(chy_reading *r)
{
	chy_telegram *tel = r->tel;
	chy_mrn mrn;
	chy_basis basis;

	chy_read_year(r);
	basis = choose(r, &mrn);
	read_originator(r);
	if (basis == CHY_BASIS_NONE || (tel->year == 0 && mrn.year == 0))
		return;
	if (mrn.year == 0)
		mrn.year = tel->year;
	tel->id_basis = basis;
	if (basis == CHY_BASIS_TEXT && tel->dtg_civil.year == 0)
		tel->id_basis = r->opts->year != 0 ? CHY_BASIS_OPTION :
		    tel->wrapper.reference_id.len > 0 ? CHY_BASIS_WRAPPER :
		    CHY_BASIS_FILE_NAME;
	tel->reference_id = keep_key(r, &mrn);
	if (chy_mrn_canonicalize(&mrn))
		chy_note(r, CHY_DIAG_MRN_POST_REPAIRED, (chy_range){
		    tel->number_at.off, tel->number_at.off +
		    tel->number_at.len }, tel->originator.post);
	tel->canonical_id = keep_key(r, &mrn);
	if (tel->number_at.len > 0 && tel->id_basis == CHY_BASIS_TEXT)
		chy_note_number(r, CHY_DIAG_MRN_YEAR_FROM_DTG, (chy_range){
		    tel->number_at.off, tel->number_at.off +
		    tel->number_at.len }, (uint32_t)tel->year, "");
}
