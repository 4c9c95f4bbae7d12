/* SPDX-License-Identifier: MIT
 *
 * Functions, classes and imports of a file, by one pass over its code text
 * that looks at the first word of each line alone: enough to tell that a place
 * is in no function that matters, long before all statements are cut (blocks.h).
 *
 * A logical line begins at a physical line where no bracket is open and the
 * line before does not end in a backslash. A body ends with the first logical
 * line that is not indented further than its header. Where that may go wrong
 * (brackets that do not match, a statement in open brackets, a backslash in an
 * indentation or behind the first word) the skim is `odd`, and says nothing.
 */
#ifndef ASYNCGREP_SKIM_H
#define ASYNCGREP_SKIM_H

#include "base/common.h"

struct mask;

/* A def or class header with its body. */
struct skim_scope {
	uint32_t start;    /* of the header, `async` included */
	uint32_t body;     /* where the logical line behind the header's begins */
	uint32_t column;   /* indentation of the header */
	int32_t parent;    /* the scope around, or NO_SCOPE */
	bool is_class, is_async;
	bool holds_async;  /* an async def stands in its body, directly or under a header that is no scope */
};

#define NO_SCOPE (-1)

/* A logical line that begins with `import` or `from`. */
struct skim_import {
	uint32_t start, end;
};

struct skim {
	struct skim_scope *scopes; /* owned; in the order of the source */
	int32_t nr;
	size_t alloc;
	struct skim_import *imports; /* owned */
	size_t nr_imports, alloc_imports;
	/* From there to the next change, this is the innermost scope (or NO_SCOPE). */
	struct skim_change {
		uint32_t start;
		int32_t scope;
	} *changes; /* owned */
	size_t nr_changes, alloc_changes;
	bool odd; /* nothing can be said of this file */
};

/* Fills an empty (zeroed) struct. */
void skim_build(struct skim *skim, const struct mask *mask);
void skim_release(struct skim *skim);
/* The innermost scope whose header or body holds an offset, or NO_SCOPE. Logarithmic. */
int32_t skim_scope_at(const struct skim *skim, uint32_t offset);
/* The name that a header binds. Borrowed from the code text. */
struct text skim_name(const struct skim *skim, const struct mask *mask, int32_t scope);

#endif
