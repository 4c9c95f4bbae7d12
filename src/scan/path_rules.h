/* SPDX-License-Identifier: MIT
 *
 * Which of the rules run on which paths: pathspecs, each with rules that run
 * there instead of the usual ones, and rules that do not.
 *
 *	rules = path_rules_new(set);            what is selected is what is usual
 *	path_rules_add(rules, "tests/", …);     for each pathspec, then
 *	path_rules_select(rules, "XY1", …);     … what runs there,
 *	path_rules_ignore(rules, "XY103", …);   … and what does not
 *	path_rules_finish(rules);               selects all that runs anywhere
 */
#ifndef ASYNCGREP_PATH_RULES_H
#define ASYNCGREP_PATH_RULES_H

#include "rule/ruleset.h"

struct path_rules;

/* The rule set is borrowed, and has to be compiled and its rules selected. ignore: what runs nowhere; NULL: nothing. */
struct path_rules *path_rules_new(struct ruleset *set, const char *ignore, struct error *err);
/* Begins with a pathspec, from the root. -1: it is none. */
int path_rules_add(struct path_rules *rules, const char *pathspec, struct error *err);
/* To the pathspec added last: an item as for ruleset_select. -1: it names nothing. */
int path_rules_select(struct path_rules *rules, const char *item, struct error *err);
int path_rules_ignore(struct path_rules *rules, const char *item, struct error *err);
void path_rules_finish(struct path_rules *rules);
/*
 * Plain files have paths from the current directory: prefix is that directory from the root ("" or "sub/dir/"), top
 * the root, absolute. No path above the root is meant by a pathspec.
 */
void path_rules_set_root(struct path_rules *rules, const char *prefix, const char *top);

/*
 * Fills active, by rule index, with the rules that run on a path, which is as target_full_path has it: those of the last
 * pathspec that matches it and selects some, else the usual ones, without all that pathspecs which match it ignore.
 * Thread-safe.
 */
void path_rules_fill(const struct path_rules *rules, const char *path, bool *active);
void path_rules_free(struct path_rules *rules);

#endif
