/* SPDX-License-Identifier: MIT
 *
 * What names mean, as text, for comparison with
 * CPython's ast (tests/exact/compare_names.py). Places are LINE:COLUMN from
 * 1, columns in bytes.
 */
#ifndef ASYNCGREP_DUMP_NAMES_H
#define ASYNCGREP_DUMP_NAMES_H

#include "base/common.h"

struct pyfile;

/*
 * One line for each call, each use of a name or of `self.x`, and each list of bindings:
 *
 *	call START END MEANINGS IMPORTED FUNCTIONS     dotted names; places of defs
 *	use START END LIST                             number of its list of bindings
 *	list NUMBER KIND=VALUE=ANNOTATION=OP …          sorted
 *
 * Several are separated by commas; `-` is none.
 */
void dump_names(FILE *out, struct pyfile *file);

#endif
