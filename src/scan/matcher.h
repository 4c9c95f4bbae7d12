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
#include "scan/needs.h"

struct matcher;
/* The rule set is borrowed and has to outlive the matcher. */
struct matcher *matcher_new(const struct ruleset *set);
void matcher_free(struct matcher *matcher);
const struct ruleset *matcher_rules(const struct matcher *matcher);
const struct needs *matcher_needs(const struct matcher *matcher);
/* Is a rule about suppressions selected, for scan/judge.h? It is never active. */
bool matcher_judges(const struct matcher *matcher);

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
/* Rules with a find test that any call may start. */
struct rule *const *matcher_untriggered(const struct matcher *matcher, size_t *nr);

#endif
