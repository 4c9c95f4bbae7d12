/* SPDX-License-Identifier: MIT
 *
 * The lines around findings, for who wants to see them: so many before and
 * behind, or the whole function.
 */
#ifndef ASYNCGREP_SURROUNDINGS_H
#define ASYNCGREP_SURROUNDINGS_H

#include "python/pyfile.h"
#include "scan/finding.h"

struct surroundings {
	bool wanted;
	uint32_t before, after; /* lines */
	bool function;          /* the innermost function around, its decorators included; more, where the lines reach further */
};

/*
 * Notes for each finding which lines belong to it, and gives the list these lines. The file was searched, so that its
 * statements are known.
 */
void surroundings_fill(struct pyfile *file, const struct surroundings *wish, struct finding_list *findings);

#endif
