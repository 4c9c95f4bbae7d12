/* SPDX-License-Identifier: MIT
 *
 * Which bytes of a text are this or that, as the bits of words, the first of 64
 * bytes in the lowest bit. What looks through whole files for a handful of bytes
 * has them marked a few thousand at a time, and then goes from bit to bit.
 *
 * The method is that of simdjson (G. Langdale, D. Lemire, "Parsing Gigabytes of
 * JSON per Second", 2019).
 */
#ifndef ASYNCGREP_MARKS_H
#define ASYNCGREP_MARKS_H

#include "base/common.h"

/* A set of ASCII characters. */
struct byteset {
	unsigned char rows[16]; /* by the lower half of a byte: bit n says that n is the upper half of one in the set */
	const char *members;    /* borrowed; a string */
};

/* members is a string of ASCII characters and outlives the set. */
void byteset_init(struct byteset *set, const char *members);

/*
 * Each of these marks bytes of text[from .. to): the first of them is bit 0 of bits[0], and bits of the last word that
 * are not needed are 0. from is less than `to`, which is at most len.
 */
void mark_set(const struct byteset *set, const char *text, size_t from, size_t to, uint64_t *bits);
/*
 * Marks each `byte`, and the first byte of each `word`, which is one of two letters that stands alone: between layout, a
 * backslash, or an end of the text. There are some more among these, but none behind or before a lower-case letter.
 */
void mark_byte_or_word(char byte, const char *word, const char *text, size_t len, size_t from, size_t to,
		       uint64_t *bits);

/* Place of the lowest bit; bits is not 0. */
static inline unsigned lowest_mark(uint64_t bits)
{
	return (unsigned)__builtin_ctzll(bits);
}

/* So many bytes are marked at a time. */
#define MARKS_WINDOW 4096u

/* A walk over the places in a text that hold a byte of a set. */
struct marks {
	struct byteset set;
	const char *text; /* borrowed */
	size_t len;
	size_t from;      /* where the window begins, at a multiple of its size */
	uint64_t bits[MARKS_WINDOW / 64];
};

/* members as for byteset_init. The text, which has to outlive the marks, may be empty. */
void marks_init(struct marks *marks, const char *members, const char *text, size_t len);
/* What marks_next does where the word of a place is empty from there on, or in another window. */
size_t marks_search(struct marks *marks, size_t place);

/* The first byte of the set at or behind a place, or the length of the text. In one direction, all of it is linear. */
static inline size_t marks_next(struct marks *marks, size_t place)
{
	if (place - marks->from < MARKS_WINDOW) {
		uint64_t ahead = marks->bits[(place - marks->from) / 64] >> place % 64;

		if (ahead)
			return place + lowest_mark(ahead);
	}
	return marks_search(marks, place);
}

/* Is a text all ASCII? */
bool text_is_ascii(const char *text, size_t len);

#endif
