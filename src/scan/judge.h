/* SPDX-License-Identifier: MIT
 *
 * The rules about suppressions themselves: those that hide nothing, and those
 * that give no reason. Other findings of a file come first; what hid one is
 * remembered by struct suppress.
 *
 *	unused       a code that hides nothing although all rules that it stands for were run. In a
 *	             noqa only the codes of our rules, never those of other tools; in an ignore all,
 *	             and an ignore without codes. A bare noqa may be there for another tool.
 *	unexplained  an ignore without a reason, and a noqa without one that hides a finding
 *
 * No comment hides these findings: it would speak for itself.
 */
#ifndef ASYNCGREP_JUDGE_H
#define ASYNCGREP_JUDGE_H

#include "rule/ruleset.h"
#include "scan/finding.h"
#include "scan/suppress.h"

/* Can a file have such a comment at all? Cheap. */
bool judge_may_find(const char *bytes, size_t len);
/*
 * Adds the findings of the selected ones. `suppress` has been asked about all findings of the file. `allowed`, by rule
 * index, are the rules that run on it; NULL: all that are selected. `complete`: the findings are all that there are;
 * if not, nothing is called unused.
 */
void judge_suppressions(struct suppress *suppress, const struct ruleset *set, const bool *allowed, bool complete,
			struct finding_list *findings);

#endif
