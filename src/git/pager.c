/* SPDX-License-Identifier: MIT
 *
 * git's pager.c, without the pager.
 */
#include "git/pager.h"

#include <git2.h>

#include "base/alloc.h"
#include "git/config.h"
#include "git/repository.h"

static void keep_last(void *data, const char *value)
{
	char **kept = data;

	free(*kept);
	*kept = xstrdup(value);
}

/* The last value of a key; NULL: it has none. */
static char *value_of(const struct repository *repo, const char *key)
{
	char *local = repo->git ? xasprintf("%s/config", repo->common_dir) : NULL;
	char *own = repo->git ? xasprintf("%s/config.worktree", repo->git_dir) : NULL;
	const char *files[] = { local, own };
	char *value = NULL;

	config_each(key, files, repo->git ? ARRAY_SIZE(files) : 0, keep_last, &value);
	free(local);
	free(own);
	return value;
}

/* What stands under the key of the command: a truth or a command. */
static char *find(const struct repository *repo, const char *key, bool always)
{
	char *own = value_of(repo, key);
	const char *variable = getenv("GIT_PAGER");
	char *command = NULL;
	int truth;

	if (own && git_config_parse_bool(&truth, own) == 0) {
		free(own);
		own = NULL;
		if (!truth && !always)
			return NULL;
	}
	if (variable)
		command = xstrdup(variable);
	else if (own)
		command = xstrdup(own);
	else
		command = value_of(repo, "core.pager");
	free(own);
	variable = getenv("PAGER");
	if (!command)
		command = xstrdup(variable ? variable : "less");
	if (!*command || !strcmp(command, "cat")) {
		free(command);
		command = NULL;
	}
	return command;
}

char *git_pager(const char *key, bool always)
{
	struct repository repo = { .git = NULL };
	struct error err = { NULL };
	char *command;

	git_libgit2_init();
	/* What is wrong with it, others say who need it. */
	if (repository_open(&repo, &err) < 0) {
		error_release(&err);
		repository_close(&repo);
	}
	command = find(&repo, key, always);
	repository_close(&repo);
	git_libgit2_shutdown();
	return command;
}
