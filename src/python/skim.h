/* SPDX-License-Identifier: MIT
 *
 * Headers of functions and classes, found by searches for their words in code
 * text: enough to tell that a place is in no function that matters, long before
 * statements are cut (blocks.h).
 *
 * A def or class header is the first in its physical line: no bracket and no
 * string can hold one. Bodies are not looked at, so that a scope may seem to
 * hold what comes behind it: of what holds a place, none is ever missing.
 * Where a backslash may lead astray the skim is `odd`, and says nothing.
 */
#ifndef ASYNCGREP_SKIM_H
#define ASYNCGREP_SKIM_H

#include "base/common.h"

struct mask;

/* A def or class header. */
struct skim_scope {
	uint32_t start;    /* of the header, `async` included */
	uint32_t name;     /* of what it binds */
	uint32_t column;   /* its indentation */
	int32_t parent;    /* the last one before it that is indented less, or NO_SCOPE */
	bool is_class, is_async;
	bool holds_async;  /* it is the parent of an async def */
};

#define NO_SCOPE (-1)

struct skim {
	struct skim_scope *scopes; /* owned; in the order of the source */
	int32_t nr;
	size_t alloc;
	bool odd; /* nothing can be said of this file */
};

/* Fills an empty (zeroed) struct. */
void skim_build(struct skim *skim, const struct mask *mask);
void skim_release(struct skim *skim);
/*
 * The last header at or before an offset, or NO_SCOPE: of it and its parents, each scope that holds the offset is one.
 * Logarithmic.
 */
int32_t skim_scope_at(const struct skim *skim, uint32_t offset);
/* The name that a header binds. Borrowed from the code text. */
struct text skim_name(const struct skim *skim, const struct mask *mask, int32_t scope);

#endif
