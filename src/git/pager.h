/* SPDX-License-Identifier: MIT
 *
 * Which pager git would run, and whether it would.
 */
#ifndef ASYNCGREP_GIT_PAGER_H
#define ASYNCGREP_GIT_PAGER_H

#include "base/common.h"

/*
 * For the output of a command of git's, whose key in the configuration is "pager.NAME": GIT_PAGER, a command under that
 * key, core.pager, PAGER, less. malloc'd, for the shell; NULL: none. always: also where that key is false.
 * The configuration is that of the repository that git would use here, if there is one.
 */
char *git_pager(const char *key, bool always);

#endif
