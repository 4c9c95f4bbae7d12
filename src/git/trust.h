/* SPDX-License-Identifier: MIT
 *
 * Whether git trusts a repository that it found by itself: its owner is the
 * user, or safe.directory names it. libgit2 1.5 has a check of its own that
 * knows neither `*` nor GIT_CONFIG_GLOBAL, GIT_CONFIG_COUNT and `git -c`.
 */
#ifndef ASYNCGREP_TRUST_H
#define ASYNCGREP_TRUST_H

#include "base/error.h"

/*
 * Fails, with the remedy, where git would refuse. gitfile is a `.git` that is a file, worktree the
 * folder that holds `.git`; both may be NULL. All are absolute. libgit2 has been initialised.
 */
int trust_check(const char *gitfile, const char *worktree, const char *git_dir, struct error *err);

#endif
