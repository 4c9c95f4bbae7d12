/* SPDX-License-Identifier: MIT
 *
 * A set of names from a rule file: dotted names, parts of such, or globs.
 *
 * In a rule file `os.path.{exists,isfile}` stands for two names (one pair of
 * braces a name), and `*` at the
 * start or the end of a name (`*_loop`) for any run of characters.
 */
#ifndef ASYNCGREP_NAMESET_H
#define ASYNCGREP_NAMESET_H

#include "base/arena.h"
#include "base/common.h"

struct nameset {
	const char **names; /* braces expanded; in the arena's memory but for the table itself */
	size_t nr, alloc;
	struct nameset_entry *entries; /* uthash table of those without `*`; NULL for a small set */
	bool has_globs;
	size_t longest; /* bytes of the longest one without `*` */
};

/* Adds a name with its braces expanded. Texts are copied to the arena. */
void nameset_add(struct nameset *set, struct arena *arena, const char *name);
/* Frees the table; the texts die with the arena. */
void nameset_release(struct nameset *set);
/* Is a name in the set, itself or through a glob? */
bool nameset_has(const struct nameset *set, struct text name);

#endif
