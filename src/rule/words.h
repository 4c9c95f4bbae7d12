/* SPDX-License-Identifier: MIT
 *
 * What rules and contexts are called, for completion. A word may come twice, where several rules have it.
 */
#ifndef ASYNCGREP_WORDS_H
#define ASYNCGREP_WORDS_H

#include "rule/ruleset.h"

/* A word, and in a few words what it is; "" where it says that itself. Both are the rule set's. */
typedef void (*words_fn)(void *data, const char *word, const char *what);

/* Codes, names and the codes that other tools use. */
void words_of_rules(const struct ruleset *set, words_fn each, void *data);
/* Beside these, what stands for several rules. */
void words_of_selection(const struct ruleset *set, words_fn each, void *data);
/* Where a pattern can be looked for. */
void words_of_contexts(const struct ruleset *set, words_fn each, void *data);

#endif
