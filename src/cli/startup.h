/* SPDX-License-Identifier: MIT
 *
 * What takes time before anything is known of the project: libgit2; and the
 * built-in rules, and the index. They come at once, on two threads.
 */
#ifndef ASYNCGREP_STARTUP_H
#define ASYNCGREP_STARTUP_H

#include "cli/options.h"
#include "cli/settings.h"
#include "git/index.h"
#include "rule/ruleset.h"

/*
 * Adds the built-in rules that these options need to an empty set, and starts libgit2 where git is asked for certain.
 * Where nothing is known that would be added to the rules of a scan, they are compiled, too. Where the index is needed,
 * it is opened ahead. *ahead has to live as long as the options; index_close is the caller's.
 */
int startup(struct options *options, struct ruleset *set, struct index *ahead, struct error *err);
/* Once the configuration is read: where it adds to the rules, they are read again if they are compiled. */
int startup_reconsider(const struct settings *settings, struct ruleset *set, struct error *err);

#endif
