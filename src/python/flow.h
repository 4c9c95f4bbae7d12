/* SPDX-License-Identifier: MIT
 *
 * How control leaves each statement of a file when nothing but its jumps is
 * looked at: sums over the statements of a block and the branches of a
 * statement, so that reach steps over runs of them at once. Private to
 * reach.c.
 *
 * A unit is a statement with the headers that continue it: `if` with its
 * `elif` and `else`, `try` with its handlers. The headers of a unit, and the
 * cases of a `match`, are its parts.
 */
#ifndef ASYNCGREP_FLOW_H
#define ASYNCGREP_FLOW_H

#include "base/common.h"

struct blocks;
struct mask;

/* Ways to leave a block otherwise than at its end. A `raise` goes where a `return` goes. */
enum flow_jump { JUMP_RETURN, JUMP_BREAK, JUMP_CONTINUE, NR_JUMPS };

/* How control leaves what it has entered. */
struct flow_exits {
	bool end; /* at its end */
	uint8_t jumps[NR_JUMPS]; /* 0 or 1 */
};

/*
 * One a statement. A *branch* is a part of which one is taken: `elif`, `else` of an `if`,
 * `except`, `case`; branches follow one another. The head of an `if` is none here.
 */
struct flow_stmt {
	int32_t unit;  /* of a part: the first header of its unit (of a `case`, its `match`); else itself */
	int32_t next;  /* of a unit: the one after it in its block, or NO_STMT */
	int32_t stop;  /* of a unit: the first one, from it on, that does not come to its end, or NO_STMT */
	int32_t plain; /* of a branch: the first part after it that is none, or NO_STMT */
	uint32_t ends; /* of a branch: how many branches from it on come to their end */
	uint32_t jumps[NR_JUMPS]; /* of a branch: how many from it on jump so; of a unit: from it to the end of its block */
	struct flow_exits exits;  /* of a unit */
	struct flow_exits body;   /* of a header: those of its body */
	bool exhaustive; /* of an `if`: it has an `else`; of a `match`: it has a case that always fits */
	bool branch;
};

/* One entry a statement of the file; the caller frees it. */
struct flow_stmt *flow_build(const struct blocks *blocks, const struct mask *mask);

/* How control leaves the units of a block from one to before another (NO_STMT: the end of the block). */
struct flow_exits flow_run(const struct flow_stmt *stmts, int32_t first, int32_t end);
/* How control leaves the branches from one to before another part (NO_STMT: all there are). */
struct flow_exits flow_branches(const struct flow_stmt *stmts, int32_t first, int32_t end);
/* The part after a part of the same unit, or NO_STMT. */
int32_t flow_part_after(const struct flow_stmt *stmts, const struct blocks *blocks, int32_t part);
/* The first case of a `match`, or NO_STMT. */
int32_t flow_first_case(const struct flow_stmt *stmts, const struct blocks *blocks, int32_t match);

#endif
