/*
 * What the files of casework/ share: words of a text, who is who in it.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_CASEWORK_CASEWORK_INT_H
#define CHY_CASEWORK_CASEWORK_INT_H

#include "casework/casework.h"

/* Words of one paragraph; the longest in released traffic has 4,000. */
#define TOKENS_MAX	16384u

enum token_kind {
	TOKEN_WORD,
	TOKEN_NUMBER,		/* begins with a digit: 60, 60-day, 10th */
	TOKEN_COMMA,
	TOKEN_DASH,		/* between blanks, or two */
	TOKEN_OPEN,		/* bracket */
	TOKEN_CLOSE,
	TOKEN_QUOTE,
	TOKEN_COLON,
	TOKEN_SEMICOLON,
	TOKEN_STOP,		/* ends a sentence */
	TOKEN_OTHER,
};

struct token {
	uint32_t off, len;	/* in the text; without 's */
	uint8_t	 kind;
	bool	 capital;	/* first letter */
	bool	 possessive;
	bool	 quoted;	/* between quotation marks */
	bool	 first;		/* of its sentence */
	uint64_t begin;		/* see chy_begin_bit(); set by find_fits */
};

struct tokens {
	chy_slice     text;
	struct token *at;
	uint32_t      n, cap;
};

/* Cut a text into words. False without memory. */
bool	chy_tokens_cut(struct tokens *tokens, chy_slice text, chy_arena *arena);

static inline chy_slice
token_text(const struct tokens *ts, uint32_t i)
{
	return chy_slice_sub(ts->text, ts->at[i].off, ts->at[i].len);
}

/* Whether token i is the word, in any case. */
bool	chy_token_is(const struct tokens *ts, uint32_t i, const char *word);
/* Whether it is one of the words; they are apart by a bar, and one that ends
 * in * stands for all that begin so. */
bool	chy_token_among(const struct tokens *ts, uint32_t i,
    const char *words);

/* The date at token i, if one begins there; how many tokens it takes. */
uint32_t chy_date_at(const struct tokens *ts, uint32_t i, uint32_t end,
    int32_t base, chy_due *ret);

/* ---- who is who ---- */

enum party_side {
	SIDE_NONE,		/* nobody named */
	SIDE_OWN,
	SIDE_OTHER,
};

/* Somebody named in a text. */
struct party {
	enum party_side side;
	chy_slice  name;	/* "" for a pronoun not resolved */
	chy_slice  country;	/* of the other side; "" for ours */
	uint32_t   first, end;	/* tokens */
	bool	   person;
	bool	   pronoun;
};

#define OUR_NAMES	24u

/* What is known of a telegram while it is read. */
struct who {
	chy_slice    own;	/* US */
	chy_slice    host;	/* country of the post; "" */
	chy_slice    author;	/* of the document that is read; "" */
	bool	     embedded;
	bool	     from_hq;	/* the Department's telegram */
	struct party person;	/* whom "he" means */
	struct party group;	/* whom "they" and "it" mean */
	struct party speaker;	/* of the sentence before */
	chy_slice    ours[OUR_NAMES]; /* surnames of our officials */
	uint32_t     n_ours;
};

/* Somebody whose naming begins at token i, before end. */
bool	chy_party_at(const struct who *who, const struct tokens *ts,
    uint32_t i, uint32_t end, struct party *ret);

/* The subject of the words at token `at` in the sentence first to end: who is
 * followed by a verb before them, else behind them. False: none is named. */
bool	chy_party_subject(const struct who *who, const struct tokens *ts,
    uint32_t first, uint32_t end, uint32_t at, struct party *ret);

/* Remember the names behind our titles: A/S Blake, Ambassador Voss. */
void	chy_parties_learn(struct who *who, const struct tokens *ts,
    chy_arena *arena);

/* Whether a verb stands at token i that has a subject before it. */
bool	chy_is_finite(const struct tokens *ts, uint32_t i);


/* ---- rules ---- */

enum rule_whose { SUBJECT, MISSION, NAMED, GIVER, OPPOSED, RATER };

#define F_OWN		0x00001u
#define F_FOREIGN	0x00002u
#define F_SPOKEN	0x00004u
#define F_ACTIVE	0x00008u
#define F_WRITTEN	0x00010u
#define F_PRESENT	0x00020u
#define F_START		0x00040u
#define F_HQ		0x00080u
#define F_DATED		0x00100u
#define F_FUTURE	0x00200u
#define F_NOUNS		0x00400u
#define F_FINITE	0x00800u
#define F_QUOTED	0x01000u
#define F_SPLIT		0x02000u
#define F_LIST		0x04000u
#define F_INCLUDING	0x08000u
#define F_OWNWORDS	0x10000u

struct rule {
	const char     *name;
	const char     *pattern;
	const char     *example;
	const char     *other;
	unsigned	flags;
	unsigned	confidence;
	chy_item_kind	kind;
	enum rule_whose whose;
};

const struct rule *chy_rule_at(size_t i);

/* A set of the words that a pattern may begin with, by their first two letters
 * in any case; several pairs share a bit. Turns most rules away at most words. A
 * word is not empty. */
#define CHY_BEGINS_ALL	UINT64_MAX
uint64_t chy_begin_bit(chy_slice word);
uint64_t chy_rule_begins(const struct rule *rule);
#define RULES_MAX	128u

/* chy_casework_propose() of the paragraphs wanted alone: the others are gone
 * through for who is spoken of, which is a fraction of the work. NULL: all. */
chy_status chy_propose_in(const chy_telegram *tel,
    const chy_casework_settings *set, const bool *wanted,
    chy_proposals **ret);

/* Where a rule fits: tokens first to end, and where the thing begins. */
struct fit {
	uint32_t     first, end, what;
	struct party party;	/* the last one that a class took */
};

/* Whether the pattern fits at token i of the sentence first to end. */
bool	chy_rule_fits(const struct rule *rule, const struct who *who,
    const struct tokens *ts, uint32_t i, uint32_t end, int32_t base,
    struct fit *ret);


/* ---- links.c ---- */

/* One of those that say the same; what refers to them is kept right. */
void	chy_proposals_merge(chy_proposals *out, const chy_telegram *tel);
/* Contradictions, variants, what answers what. */
void	chy_proposals_link(chy_proposals *out);

#endif
