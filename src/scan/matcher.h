/* SPDX-License-Identifier: MIT
 *
 * The selected rules, made ready for matching: which literals a file has to
 * hold, and which rules a call of a name may start. Read-only once made, and
 * shared by all threads.
 */
#ifndef ASYNCGREP_MATCHER_H
#define ASYNCGREP_MATCHER_H

#include "base/common.h"
#include "rule/ruleset.h"

struct matcher;
struct sign;

/* The rule set is borrowed and has to outlive the matcher. */
struct matcher *matcher_new(const struct ruleset *set);
void matcher_free(struct matcher *matcher);
const struct ruleset *matcher_rules(const struct matcher *matcher);
/* Is a rule about suppressions selected, for scan/judge.h? It is never active. */
bool matcher_judges(const struct matcher *matcher);

/* The literals that were found in the bytes of one file, asked for at most once each. */
struct screen {
	const struct matcher *matcher;
	const char *bytes;  /* borrowed */
	size_t len;
	signed char *found; /* by literal: 0 not asked yet, 1 there, -1 not there */
	bool *active;       /* by rule index: selected, about code, and nothing speaks against it yet */
};

/*
 * Says whether a rule is active. allowed, by rule index, are those that may be; NULL: all that are selected. To be
 * released in any case. bytes are borrowed as long.
 */
bool screen_init(struct screen *screen, const struct matcher *matcher, const bool *allowed, const char *bytes,
		 size_t len);
void screen_release(struct screen *screen);

/* A rule that a call of some name may start. */
struct trigger_rule {
	struct rule *rule;
	bool resolved;            /* what is called has to be a dotted name that resolves; else: a method */
	const struct evidence *evidence; /* has to be in the file, or NULL: nothing is known */
	const struct sign *signs; /* of the evidence, in the bytes as they are: one has to be in the file; nr_signs is 0: none has to */
	unsigned nr_signs;
};

/* The rules that a call may start, by the last part of what it calls; *nr is their number. */
const struct trigger_rule *matcher_triggered(const struct matcher *matcher, struct text name, size_t *nr);
/*
 * May the name in bytes[0 .. end), of which it is the last part, be one that starts a rule? Of a hundred names in code, this
 * refuses all but a few.
 */
bool matcher_may_end(const struct matcher *matcher, const char *bytes, size_t end);
/* Is such a rule active in a file that may hold its evidence, as far as the bytes tell? */
bool screen_allows(struct screen *screen, const struct trigger_rule *trigger);
/* Rules with a find test that any call may start. */
struct rule *const *matcher_untriggered(const struct matcher *matcher, size_t *nr);

#endif
