/* SPDX-License-Identifier: MIT
 *
 * How often each of some keys is there. Keys are bytes.
 *
 * Invariant: a struct multiset of zeroes is empty.
 */
#ifndef ASYNCGREP_MULTISET_H
#define ASYNCGREP_MULTISET_H

#include "base/common.h"

struct multiset {
	struct multiset_entry *table; /* uthash */
};

/* Adds a key once; returns how often it is there now. */
uint32_t multiset_add(struct multiset *set, const char *key, size_t len);
/* Takes a key out once; false: it is not there (any more). */
bool multiset_take(struct multiset *set, const char *key, size_t len);
void multiset_release(struct multiset *set);

#endif
