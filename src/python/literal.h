/* SPDX-License-Identifier: MIT
 *
 * What string and number literals stand for, so that two spellings of one
 * value can be told from two values.
 */
#ifndef ASYNCGREP_LITERAL_H
#define ASYNCGREP_LITERAL_H

#include "base/common.h"

struct mask;
struct source;

/*
 * The contents of a run of adjacent strings, a byte at a time: of text as UTF-8, escapes decoded (but for \N{…}),
 * line ends as LF. Replacement fields are LITERAL_FIELD in the place of their expression; their
 * braces, conversions and format specs are bytes, and so is the `=` of `f"{x=}"`.
 */
#define LITERAL_END (-1)
#define LITERAL_FIELD (-2)

struct literal {
	const struct mask *mask;
	const struct source *source;
	size_t string;         /* the one that is being read */
	uint32_t pos, end;     /* within its contents */
	uint32_t last;         /* where the run ends */
	uint32_t field;        /* next one, or NO_FIELD */
	unsigned char pending[4]; /* decoded, last byte first */
	unsigned nr_pending;
};

/* The strings from start to end, which are those of a node. */
void literal_init(struct literal *literal, const struct mask *mask, const struct source *source,
		  uint32_t start, uint32_t end);
/* The next byte (0 to 255), LITERAL_FIELD, or LITERAL_END from the end on. */
int literal_next(struct literal *literal);
/* Is the string at an offset one of bytes? */
bool literal_is_bytes(const struct mask *mask, uint32_t start);

/* A number: equal ones are the same number in Python, and of the same type. */
struct number {
	enum number_kind { NUMBER_INT, NUMBER_BIG, NUMBER_FLOAT, NUMBER_IMAGINARY } kind;
	uint64_t bits; /* the value; of a big one, a hash of its digits and base */
};

struct number number_parse(struct text text);

#endif
