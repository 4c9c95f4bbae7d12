/* SPDX-License-Identifier: MIT
 *
 * Values of git's configuration from all the places where git looks; libgit2
 * 1.5 knows neither GIT_CONFIG_GLOBAL, GIT_CONFIG_SYSTEM, GIT_CONFIG_COUNT
 * and `git -c` nor config.worktree.
 */
#ifndef ASYNCGREP_CONFIG_H
#define ASYNCGREP_CONFIG_H

#include "base/common.h"

/*
 * Calls see for each value of a key ("section.name"), those that count more later: the
 * system's, the user's, those of the given files (of a repository; each may be missing), the environment's. The
 * value is borrowed for the call. libgit2 has been initialised. Files that cannot be read have no say.
 */
void config_each(const char *key, const char *const *files, size_t nr,
		 void (*see)(void *data, const char *value), void *data);
/* A path from a configuration value, "~/" being the home folder; malloc'd. */
char *config_expand(const char *value);
/* The user's folder for git's files, "~/.config/git"; malloc'd, NULL without a home. */
char *config_folder(void);
/*
 * The file of the user's that a key of a repository's configuration names, else the one called name in
 * config_folder; malloc'd, NULL: none.
 */
char *config_user_file(const char *key, const char *name, const char *common_dir, const char *git_dir);
/* The file called name beside the system's gitconfig; malloc'd. */
char *config_system_file(const char *name);
/* A variable of the environment that git reads as a boolean; unset and empty are false. */
bool config_env_bool(const char *name);

#endif
