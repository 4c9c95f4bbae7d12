/* SPDX-License-Identifier: MIT
 *
 * "Did you mean …?": the known word that is most like a mistyped one.
 */
#ifndef ASYNCGREP_NEAREST_H
#define ASYNCGREP_NEAREST_H

#include "base/common.h"

/*
 * A search in progress: offer each known word in turn, then read `best`.
 * Invariant: nearest_init; `word` and what is offered are borrowed.
 */
struct nearest {
	struct text word;
	const char *best; /* NULL: nothing is near */
	size_t distance;  /* of best, private */
};

void nearest_init(struct nearest *nearest, const char *word, size_t len);
void nearest_offer(struct nearest *nearest, const char *candidate);

#endif
