/* SPDX-License-Identifier: MIT
 *
 * `then: {reach: …}`: what has to be reached after a match. Matches of one
 * rule with the same captures are followed together, those of several loops
 * too, so that a function with many costs no more than one with few.
 */
#ifndef ASYNCGREP_FOLLOW_H
#define ASYNCGREP_FOLLOW_H

#include "scan/evaluate.h"
#include "scan/finding.h"

/* A match whose end is still open. */
struct pending {
	struct rule *rule;
	int32_t node;     /* the call that was found */
	uint32_t start;   /* where that begins */
	int32_t function; /* around it */
	int32_t loop;     /* the FOR header of the rule's loop clause, or NO_STMT */
	uint64_t hash;    /* of the captures */
	struct capture captures[MAX_CAPTURES];
};

struct pending_list {
	struct pending *items; /* owned */
	size_t nr, alloc;
};

/* Notes a match with the captures of ev; for a rule with a loop clause once for each loop around that fits. */
void follow_add(struct evaluation *ev, struct rule *rule, int32_t node, struct pending_list *list);
/* Follows all that was noted, adds the findings, and empties the list. */
void follow_all(struct evaluation *ev, struct pending_list *list, struct finding_list *findings,
		struct error *err);

#endif
