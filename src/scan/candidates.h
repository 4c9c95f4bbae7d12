/* SPDX-License-Identifier: MIT
 *
 * The statements of a file that hold a call with which some rule may start,
 * in a context where it may: one pass over the brackets of the code text.
 */
#ifndef ASYNCGREP_CANDIDATES_H
#define ASYNCGREP_CANDIDATES_H

#include "base/common.h"
#include "python/pyfile.h"
#include "scan/evidence.h"
#include "scan/imported.h"
#include "scan/screen.h"

struct candidates {
	int32_t *stmts; /* owned; in the order of the source, each once */
	size_t nr, alloc;
	struct imported imported;
	struct evidence_memos evidence;
};

/* Fills an empty (zeroed) struct. Makes of the file what is needed for that: often nothing. */
void candidates_find(struct candidates *candidates, struct screen *screen, struct pyfile *file);
void candidates_release(struct candidates *candidates);

#endif
