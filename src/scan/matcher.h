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

/* The rule set is borrowed and has to outlive the matcher. */
struct matcher *matcher_new(const struct ruleset *set);
void matcher_free(struct matcher *matcher);
const struct ruleset *matcher_rules(const struct matcher *matcher);

/*
 * Which rules can match in these bytes at all? Sets active[rule index] for each selected rule whose
 * literals are all there; says whether there is one. active has room for all rules of the set.
 */
bool matcher_screen(const struct matcher *matcher, const char *bytes, size_t len, bool *active);

/* The rules that a call of a name may start, by the last part of what it calls; *nr is their number. */
struct rule *const *matcher_triggered(const struct matcher *matcher, struct text name, size_t *nr);
/* Rules with a find test that any call may start. */
struct rule *const *matcher_untriggered(const struct matcher *matcher, size_t *nr);

#endif
