/* SPDX-License-Identifier: MIT
 *
 * The owner check of git's setup.c: who owns the repository, and what
 * safe.directory says in the configuration that only the user can write:
 * the system's, the user's, and the environment's.
 */
#include "git/trust.h"

#include <git2.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/strbuf.h"

#define KEY "safe.directory"

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

/* "~/x" with the home folder; others as they are. */
static char *expand_home(const char *value)
{
	const char *home = getenv("HOME");

	if (value[0] == '~' && value[1] == '/' && home)
		return xasprintf("%s%s", home, value + 1);
	return xstrdup(value);
}

static bool names_path(const char *value, const char *path)
{
	char *expanded = expand_home(value), *real;
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

static void weigh(struct verdict *verdict, const char *value)
{
	if (!*value)
		verdict->safe = false;
	else if (strcmp(value, "*") == 0 || names_path(value, verdict->path))
		verdict->safe = true;
}

/* A file that is missing or broken has nothing to say. */
static void weigh_file(struct verdict *verdict, const char *file)
{
	git_config *config = NULL;
	git_config_iterator *values = NULL;
	git_config_entry *entry;

	if (access(file, R_OK) < 0)
		return;
	if (git_config_open_ondisk(&config, file) == 0 &&
	    git_config_multivar_iterator_new(&values, config, KEY, NULL) == 0)
		while (git_config_next(&entry, values) == 0)
			weigh(verdict, entry->value ? entry->value : "");
	git_config_iterator_free(values);
	git_config_free(config);
}

static void weigh_system(struct verdict *verdict)
{
	const char *file = getenv("GIT_CONFIG_SYSTEM"), *without = getenv("GIT_CONFIG_NOSYSTEM");
	git_buf found = { 0 };

	if (without && *without && strcmp(without, "0") != 0 && strcasecmp(without, "false") != 0 &&
	    strcasecmp(without, "no") != 0 && strcasecmp(without, "off") != 0)
		return;
	if (file)
		weigh_file(verdict, file);
	else if (git_config_find_system(&found) == 0)
		weigh_file(verdict, found.ptr);
	git_buf_dispose(&found);
}

static void weigh_user(struct verdict *verdict)
{
	const char *file = getenv("GIT_CONFIG_GLOBAL"), *home = getenv("HOME");
	const char *xdg = getenv("XDG_CONFIG_HOME");
	char *path = NULL;

	if (file) {
		weigh_file(verdict, file);
		return;
	}
	if (xdg && *xdg)
		path = xasprintf("%s/git/config", xdg);
	else if (home)
		path = xasprintf("%s/.config/git/config", home);
	if (path)
		weigh_file(verdict, path);
	free(path);
	if (!home)
		return;
	path = xasprintf("%s/.gitconfig", home);
	weigh_file(verdict, path);
	free(path);
}

/* GIT_CONFIG_COUNT, GIT_CONFIG_KEY_0, GIT_CONFIG_VALUE_0, … */
static void weigh_count(struct verdict *verdict)
{
	const char *count = getenv("GIT_CONFIG_COUNT");
	unsigned long nr = count ? strtoul(count, NULL, 10) : 0;

	for (unsigned long i = 0; i < nr; i++) {
		char *name = xasprintf("GIT_CONFIG_KEY_%lu", i);
		const char *key = getenv(name);

		free(name);
		if (!key)
			return;
		if (strcasecmp(key, KEY) != 0)
			continue;
		name = xasprintf("GIT_CONFIG_VALUE_%lu", i);
		if (getenv(name))
			weigh(verdict, getenv(name));
		free(name);
	}
}

/* Adds the text in single quotes at p (which begins with one) and returns what follows; NULL: no end. */
static const char *unquote(const char *p, struct strbuf *out)
{
	for (p++; *p; p++) {
		if (*p != '\'') {
			strbuf_addch(out, *p);
		} else if (p[1] == '\\' && p[2] && p[3] == '\'') {
			strbuf_addch(out, p[2]);
			p += 3;
		} else {
			return p + 1;
		}
	}
	return NULL;
}

/* What `git -c key=value` hands down: 'key'='value' or, from older gits, 'key=value'. */
static void weigh_parameters(struct verdict *verdict)
{
	const char *p = getenv("GIT_CONFIG_PARAMETERS");
	struct strbuf item = STRBUF_INIT;
	size_t key = strlen(KEY);

	while (p && *p) {
		strbuf_setlen(&item, 0);
		while (*p == ' ')
			p++;
		if (*p != '\'')
			break;
		p = unquote(p, &item);
		if (p && *p == '=') {
			strbuf_addch(&item, '=');
			p++;
			if (*p == '\'')
				p = unquote(p, &item);
		}
		if (strncasecmp(item.buf, KEY, key) == 0 && item.buf[key] == '=')
			weigh(verdict, item.buf + key + 1);
	}
	strbuf_release(&item);
}

int trust_check(const char *gitfile, const char *worktree, const char *git_dir, struct error *err)
{
	struct verdict verdict = { worktree ? worktree : git_dir, false };

	if ((!gitfile || owned_by_user(gitfile)) && (!worktree || owned_by_user(worktree)) &&
	    owned_by_user(git_dir))
		return 0;
	weigh_system(&verdict);
	weigh_user(&verdict);
	weigh_count(&verdict);
	weigh_parameters(&verdict);
	if (verdict.safe)
		return 0;
	return error_set(err, "git does not trust the repository at '%s', as another user owns it; if you do: "
			 "git config --global --add safe.directory '%s'", verdict.path, verdict.path);
}
