/* SPDX-License-Identifier: MIT
 *
 * Where an identifier is mentioned: what is about it has to spell it, so that
 * a search of the text leaves few statements to outline.
 */
#ifndef ASYNCGREP_MENTION_H
#define ASYNCGREP_MENTION_H

#include "base/common.h"

struct outline;
struct word;

enum mention_as {
	MENTION_ANY,
	MENTION_BOUND,           /* as a name that the statement may bind, as far as its text can tell */
	MENTION_BOUND_ATTRIBUTE, /* as an attribute that it may bind */
};
/*
 * The first of the statements first .. last (none, if last < first) that mentions a word so, or NO_STMT. Those in the
 * bodies of others are among them.
 */
int32_t mention_first(const struct outline *outline, const struct word *word, enum mention_as as, int32_t first,
		      int32_t last);

#endif
