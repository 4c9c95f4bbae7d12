/* SPDX-License-Identifier: MIT
 *
 * Does a file hold what a test needs to be true anywhere in it (rule/rule.h,
 * struct evidence)? Asked of the code text, before statements are known.
 */
#ifndef ASYNCGREP_EVIDENCE_H
#define ASYNCGREP_EVIDENCE_H

#include "base/common.h"
#include "python/pyfile.h"
#include "rule/rule.h"
#include "scan/imported.h"

/* Is a name the first part of one of the dotted names? */
bool evidence_begins_with(const struct evidence *evidence, struct text name);

/* What was found of one file; it asks for the same few again and again. Invariant: zeroes are empty. */
struct evidence_memos {
	struct evidence_memo {
		const struct evidence *evidence;
		bool found;
	} *memos; /* owned */
	size_t nr, alloc;
};

/* May a file hold some evidence (NULL: yes)? Its code text has to be there. */
bool evidence_found(struct evidence_memos *memos, struct imported *imported, struct pyfile *file,
		    const struct evidence *evidence);
void evidence_release(struct evidence_memos *memos);

#endif
