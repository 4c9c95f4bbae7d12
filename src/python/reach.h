/* SPDX-License-Identifier: MIT
 *
 * What control can still reach: forward control flow without loop back edges,
 * as SPEC.md, "Reach", says. From a start (an expression), to sinks
 * (expressions, or loops that are entered), as long as what `keep` is spelled
 * with is not assigned on the way.
 *
 * The answer is the same as that of a pass over the statements of the body
 * with one bit of state, "there is a way from a start to here". Its cost is
 * that of the events (starts, sinks, assignments to what is kept) and the
 * blocks that hold them, not that of the function: runs of statements without
 * an event are stepped over by counts made once a function.
 */
#ifndef ASYNCGREP_REACH_H
#define ASYNCGREP_REACH_H

#include "base/common.h"

struct bindings;
struct source;

struct reach_sink {
	int32_t node;  /* an expression; or NO_NODE: */
	int32_t loop;  /* a FOR statement, reached when its iterable has been evaluated */
	bool reached;  /* out */
};

struct reach_query {
	int32_t body;  /* DEF or FOR header: the statements of its body are walked (FOR: the loop's own `else` is not) */
	bool live;     /* control is live at the start of the body already */
	const int32_t *starts; /* nodes (calls), any order */
	size_t nr_starts;
	struct reach_sink *sinks;
	size_t nr_sinks;
	int32_t keep;  /* an expression: it, and each name, attribute and subscript in it, may not be reassigned; or NO_NODE */
};

/* Caches of one file: counts a function, stores by expression. */
struct reach *reach_new(struct bindings *bindings, const struct source *source);
void reach_free(struct reach *reach);
void reach_run(struct reach *reach, struct reach_query *query);

#endif
