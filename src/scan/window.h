/* SPDX-License-Identifier: MIT
 *
 * Windows: the runs of code text that patterns look through.
 */
#ifndef ASYNCGREP_WINDOW_H
#define ASYNCGREP_WINDOW_H

#include "scan/evaluate.h"

/*
 * Looks for a pattern in its window around the match of ev; node is the expression in question
 * (for WINDOW_MATCH and the function around). True and the extent of the first hit, or false.
 */
bool window_find(struct evaluation *ev, const struct window_pattern *pattern, int32_t node, uint32_t *start,
		 uint32_t *end);

#endif
