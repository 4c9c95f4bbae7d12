/* SPDX-License-Identifier: MIT
 *
 * What control reaches, as text, for comparison with CPython's ast
 * (tests/exact/compare_reach.py). Places are LINE:COLUMN from 1, columns in bytes.
 */
#ifndef ASYNCGREP_DUMP_REACH_H
#define ASYNCGREP_DUMP_REACH_H

#include "base/common.h"

struct pyfile;

/*
 * In each def of at most 400 lines, for each R of a statement `R.method(…)`: which
 * uses of R, and which `for` loops over R, are reached from these calls with R kept. And
 * for each `for NAME in …` which uses of NAME in its body are reached from its start.
 *
 *	calls DEF FIRST-CALL REACHED …
 *	loop FOR REACHED …
 */
void dump_reach(FILE *out, struct pyfile *file);

#endif
