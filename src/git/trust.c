/* SPDX-License-Identifier: MIT
 *
 * The owner check of git's setup.c: who owns the repository, and what
 * safe.directory says in the configuration that only the user can write:
 * the system's, the user's, and the environment's.
 */
#include "git/trust.h"

#include <sys/stat.h>
#include <unistd.h>

#include "git/config.h"

static bool owned_by_user(const char *path)
{
	const char *sudo = getenv("SUDO_UID");
	uid_t user = geteuid();
	struct stat st;

	if (lstat(path, &st) < 0)
		return false;
	if (user == 0 && st.st_uid != 0 && sudo && *sudo) {
		char *end;
		unsigned long id = strtoul(sudo, &end, 10);

		if (!*end)
			user = (uid_t)id;
	}
	return st.st_uid == user;
}

/* One value of safe.directory after the other; the last word counts. */
struct verdict {
	const char *path;
	bool safe;
};

static bool names_path(const char *value, const char *path)
{
	char *expanded = config_expand(value), *real;
	size_t len = strlen(expanded);
	bool same;

	if (len > 1 && strcmp(expanded + len - 2, "/*") == 0) {
		same = strncmp(expanded, path, len - 1) == 0;
	} else {
		real = realpath(expanded, NULL);
		same = strcmp(expanded, path) == 0 || (real && strcmp(real, path) == 0);
		free(real);
	}
	free(expanded);
	return same;
}

static void weigh(void *data, const char *value)
{
	struct verdict *verdict = data;

	if (!*value)
		verdict->safe = false;
	else if (strcmp(value, "*") == 0 || names_path(value, verdict->path))
		verdict->safe = true;
}

int trust_check(const char *gitfile, const char *worktree, const char *git_dir, struct error *err)
{
	struct verdict verdict = { worktree ? worktree : git_dir, false };

	if ((!gitfile || owned_by_user(gitfile)) && (!worktree || owned_by_user(worktree)) &&
	    owned_by_user(git_dir))
		return 0;
	config_each("safe.directory", NULL, 0, weigh, &verdict);
	if (verdict.safe)
		return 0;
	return error_set(err, "git does not trust the repository at '%s', as another user owns it; if you do: "
			 "git config --global --add safe.directory '%s'", verdict.path, verdict.path);
}
