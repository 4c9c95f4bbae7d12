/* SPDX-License-Identifier: MIT
 *
 * Git's shell-like patterns, as its wildmatch.c has them: `?`, `*`, `[…]`
 * with ranges and `[:class:]`, `\` before a byte that means itself.
 */
#ifndef ASYNCGREP_WILDMATCH_H
#define ASYNCGREP_WILDMATCH_H

#include "base/common.h"

enum wildmatch_flags {
	WILDMATCH_PATHNAME = 1 << 0, /* only a `**` between slashes crosses one */
	WILDMATCH_ICASE = 1 << 1,    /* ASCII letters only */
};

/*
 * Does the whole text match? A malformed pattern matches nothing. Needs no memory and no recursion;
 * `*a*a*a*b` takes pattern times text steps, `**` at most that once for every slash of the text.
 */
bool wildmatch(const char *pattern, const char *text, unsigned int flags);

#endif
