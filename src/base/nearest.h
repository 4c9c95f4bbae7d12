/* SPDX-License-Identifier: MIT
 *
 * The nearest word to one that is not known: for "did you mean".
 */
#ifndef ASYNCGREP_NEAREST_H
#define ASYNCGREP_NEAREST_H

#include "base/common.h"

/*
 * Keeps in *best the word nearest to `wanted` (case aside) of those it is called with; *distance starts at
 * NEAREST_NONE. Words that share too little with `wanted` are not kept.
 */
#define NEAREST_NONE UINT_MAX
void nearest_offer(const char *wanted, const char *word, const char **best, unsigned *distance);

#endif
