/* SPDX-License-Identifier: MIT
 *
 * Asks the tests of rule files about the expressions of one file. An
 * evaluation belongs to one worker and one file; it remembers what is dear to
 * find out (kinds of names, uses of a place, the expressions of a function),
 * so that no answer costs more than a function is long, however often it is
 * asked.
 *
 * A test that runs into a limit of its pattern answers no and leaves a message
 * in `error`.
 */
#ifndef ASYNCGREP_EVALUATE_H
#define ASYNCGREP_EVALUATE_H

#include "base/common.h"
#include "base/error.h"
#include "python/pyfile.h"
#include "rule/regex.h"
#include "rule/rule.h"
#include "rule/test.h"

/* What a name in a rule stands for: an expression, or a run of code text (a group of a pattern). */
struct capture {
	uint32_t start, end; /* start is NO_OFFSET while it stands for nothing */
	int32_t node;        /* or NO_NODE */
};

struct evaluation {
	struct pyfile *file;
	struct regex_worker *regex_worker;
	const char *const *capture_names;
	int nr_captures;
	struct capture captures[MAX_CAPTURES]; /* of the match that is being looked at */
	uint32_t match_start, match_end;       /* its extent, for windows; and that of what `then` found: */
	uint32_t then_start;                   /* or NO_OFFSET */
	struct error error;
	struct evaluation_memory *memory;      /* private to scan/evaluate*.c */
};

/* file is borrowed; captures are names by number, borrowed. */
void evaluation_init(struct evaluation *ev, struct pyfile *file, struct regex_worker *worker,
		     const char *const *capture_names, int nr_captures);
void evaluation_release(struct evaluation *ev);
void evaluation_clear_captures(struct evaluation *ev);
void evaluation_capture(struct evaluation *ev, int capture, int32_t node);

/* Does an expression satisfy a test? Captures that the test makes are left in ev->captures. */
bool evaluate_test(struct evaluation *ev, const struct test *test, int32_t node);
/* Would a rule find an expression, its context and `then` apart? */
bool evaluate_like(struct evaluation *ev, const struct rule *rule, int32_t node);

#endif
