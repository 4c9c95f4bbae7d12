/* SPDX-License-Identifier: MIT
 *
 * Looking for a literal in bytes, many times over: where it is not there at
 * all, which is the common case, the search runs at the speed of memory.
 *
 * The method is that of "generic SIMD" searches (W. Muła, "SIMD-friendly
 * algorithms for substring searching", 2016): two bytes of the literal are
 * compared with sixteen places at once; here they are the two that are rarest
 * in source code, as ripgrep's memchr crate chooses them.
 */
#ifndef ASYNCGREP_FIND_H
#define ASYNCGREP_FIND_H

#include "base/common.h"

struct finder {
	struct text literal; /* borrowed */
	size_t first, second; /* places of its two rarest bytes, first <= second */
};

/* literal has at least one byte and outlives the finder. */
void finder_init(struct finder *finder, struct text literal);
/* Where the literal first stands in bytes[0 .. len), or NULL. */
const char *finder_find(const struct finder *finder, const char *bytes, size_t len);

#endif
