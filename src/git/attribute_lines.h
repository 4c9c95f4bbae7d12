/* SPDX-License-Identifier: MIT
 *
 * The text of attributes files: lines of a pattern and what it gives to the
 * paths that it matches. Only attributes whose names were made known matter;
 * lines without one of them are dropped.
 */
#ifndef ASYNCGREP_ATTRIBUTE_LINES_H
#define ASYNCGREP_ATTRIBUTE_LINES_H

#include "git/path_pattern.h"

#include <uthash.h>

enum attribute_value {
	ATTRIBUTE_UNKNOWN,     /* no line said anything yet */
	ATTRIBUTE_SET,         /* name */
	ATTRIBUTE_UNSET,       /* -name */
	ATTRIBUTE_UNSPECIFIED, /* !name */
	ATTRIBUTE_FALSE,       /* name=false */
	ATTRIBUTE_OTHER,       /* name=anything else */
};

/* One word of a line. */
struct attribute_word {
	struct attribute_name *name;
	enum attribute_value value;
};

struct attribute_words {
	struct attribute_word *words;
	size_t nr;
};

/* A name that matters, and what it means for the path that is being asked about. */
struct attribute_name {
	const char *name;
	struct attribute_words macro; /* what being set brings along */
	enum attribute_value value;   /* only if path_nr is that of the path; for attributes.c */
	size_t path_nr;
	UT_hash_handle hh;
};

struct attribute_rule {
	struct path_pattern pattern;
	struct attribute_words words; /* of two for one name, the last counts */
};

/* The rules of one file; the last that matches counts. */
struct attribute_rules {
	struct attribute_rule *rules;
	size_t nr;
	size_t base; /* length of the folder it stands in, with its slash */
};

/* Makes a name known (once); names is the head of the hash table. */
struct attribute_name *attribute_know(struct attribute_name **names, struct arena *arena, const char *name, size_t len);
/* Makes the names of all macros that a text defines known. */
void attribute_know_macros(struct attribute_name **names, struct arena *arena, const char *text, size_t len);
/* Parses a text. With macros, what they stand for is noted too (the last definition counts); without, they are dropped. */
struct attribute_rules *attribute_parse(struct attribute_name *names, struct arena *arena, const char *text, size_t len,
					size_t base, bool macros);

#endif
