/* SPDX-License-Identifier: MIT
 *
 * Names in code text, read backwards: what stands before a bracket, and what a
 * dotted name begins with. No statement needs to be known for that.
 */
#ifndef ASYNCGREP_SPELLED_H
#define ASYNCGREP_SPELLED_H

#include "base/common.h"

/*
 * The name that ends before a place of the code, empty where there is none. Blanks are stepped over, and with `closing`
 * parentheses too.
 */
struct text spelled_before(const char *code, size_t place, bool closing);
/*
 * The first part of the dotted name that ends with `last`, which may be that itself; empty where it is part of something
 * else (`x[0].last`), so that it cannot resolve. *unclear is set where that stands behind parentheses (`(a.b).last`,
 * `f().last`).
 */
struct text spelled_head(const char *code, struct text last, bool *unclear);

#endif
