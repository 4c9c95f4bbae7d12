/* SPDX-License-Identifier: MIT
 *
 * core.hooksPath, or the folder that all work trees share.
 */
#include "git/hooks.h"

#include "base/alloc.h"
#include "git/config.h"

static void keep_last(void *data, const char *value)
{
	char **kept = data;

	free(*kept);
	*kept = config_expand(value);
}

void hooks_find(struct hooks *hooks, const struct repository *repo)
{
	char *local = xasprintf("%s/config", repo->common_dir), *own = xasprintf("%s/config.worktree", repo->git_dir);
	const char *files[] = { local, own };
	char *path = NULL;

	config_each("core.hookspath", files, ARRAY_SIZE(files), keep_last, &path);
	hooks->shared = path && *path;
	/* Git is at the top of the work tree, or in the git directory of a bare repository, when it runs a hook. */
	if (!hooks->shared)
		hooks->folder = xasprintf("%s/hooks", repo->common_dir);
	else if (*path == '/')
		hooks->folder = xstrdup(path);
	else
		hooks->folder = xasprintf("%s/%s", repo->worktree ? repo->worktree : repo->git_dir, path);
	free(path);
	free(local);
	free(own);
}

void hooks_release(struct hooks *hooks)
{
	free(hooks->folder);
	memset(hooks, 0, sizeof(*hooks));
}
