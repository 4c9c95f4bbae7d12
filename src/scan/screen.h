/* SPDX-License-Identifier: MIT
 *
 * The first look at a file, as bytes: which rules can find something in it, and
 * which calls can start one. Nothing is known of code here: what stands in a
 * comment or a string counts as well.
 */
#ifndef ASYNCGREP_SCREEN_H
#define ASYNCGREP_SCREEN_H

#include "base/common.h"
#include "scan/matcher.h"

struct screen {
	const struct matcher *matcher;
	const char *bytes;  /* borrowed */
	size_t len;
	signed char *found; /* owned; by index of a word (scan/needs.h): 0 not asked yet, > 0 there, < 0 not there */
	bool *active;       /* by rule index: selected, about code, and nothing speaks against it yet */
};

/*
 * Says whether a rule is active. allowed, by rule index, are those that may be; NULL: all that are selected. To be
 * released in any case. bytes are borrowed as long.
 */
bool screen_init(struct screen *screen, const struct matcher *matcher, const bool *allowed, const char *bytes,
		 size_t len);
void screen_release(struct screen *screen);
/* Is the rule of a trigger active, and has the file a sign of its evidence? */
bool screen_allows(struct screen *screen, const struct trigger_rule *trigger);
#endif
