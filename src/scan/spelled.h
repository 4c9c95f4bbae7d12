/* SPDX-License-Identifier: MIT
 *
 * What a call calls, read backwards from its bracket, in code text or in source
 * as it is. Neither statements nor comments need to be known for that.
 */
#ifndef ASYNCGREP_SPELLED_H
#define ASYNCGREP_SPELLED_H

#include "base/common.h"

/*
 * Where the name before a place ends. Layout and closing parentheses are stepped over. *hidden is set where a line ends in
 * between that may end in a comment: then the name may be another one, before that. Code text has no comments.
 */
size_t spelled_end(const char *text, size_t place, bool *hidden);
/* The name that ends at a place; empty: there is none. */
struct text spelled_name(const char *text, size_t end);
/* May a dot part a name from something before it? Yes where a comment may hide that. */
bool spelled_dotted(const char *text, struct text name);
/*
 * The first part of the dotted name that ends with `last`, which may be that itself; empty where it is part of something
 * else (`x[0].last`), so that it cannot resolve. *unclear is set where that stands behind parentheses (`(a.b).last`,
 * `f().last`), or may be hidden by a comment.
 */
struct text spelled_head(const char *text, struct text last, bool *unclear);

#endif
