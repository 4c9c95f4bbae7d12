/* SPDX-License-Identifier: MIT
 *
 * Findings out of matches: places, messages, captures.
 */
#ifndef ASYNCGREP_PLACE_H
#define ASYNCGREP_PLACE_H

#include "scan/evaluate.h"
#include "scan/finding.h"

/* Where a match is reported: byte offsets. */
struct extent {
	uint32_t start, end;
};

/*
 * Adds the finding that a rule makes at an extent, with the captures that ev has now. second: the
 * extent of the second place, or start == NO_OFFSET.
 */
void place_finding(struct evaluation *ev, const struct rule *rule, struct extent extent, struct extent second,
		   struct finding_list *findings);

#endif
