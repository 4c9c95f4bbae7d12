/* SPDX-License-Identifier: MIT
 *
 * The places of git's config.c, each read with libgit2's parser.
 */
#include "git/config.h"

#include <git2.h>
#include <strings.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/strbuf.h"

struct search {
	const char *key;
	void (*see)(void *data, const char *value);
	void *data;
};

bool config_env_bool(const char *name)
{
	const char *value = getenv(name);

	return value && *value && strcmp(value, "0") != 0 && strcasecmp(value, "false") != 0 &&
		strcasecmp(value, "no") != 0 && strcasecmp(value, "off") != 0;
}

char *config_expand(const char *value)
{
	const char *home = getenv("HOME");

	if (value[0] == '~' && value[1] == '/' && home)
		return xasprintf("%s%s", home, value + 1);
	return xstrdup(value);
}

char *config_folder(void)
{
	const char *xdg = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

	if (xdg && *xdg)
		return xasprintf("%s/git", xdg);
	return home ? xasprintf("%s/.config/git", home) : NULL;
}

static void search_file(const struct search *search, const char *file)
{
	git_config *config = NULL;
	git_config_iterator *values = NULL;
	git_config_entry *entry;

	if (access(file, R_OK) < 0)
		return;
	if (git_config_open_ondisk(&config, file) == 0 &&
	    git_config_multivar_iterator_new(&values, config, search->key, NULL) == 0)
		while (git_config_next(&entry, values) == 0)
			search->see(search->data, entry->value ? entry->value : "");
	git_config_iterator_free(values);
	git_config_free(config);
}

static void search_system(const struct search *search)
{
	const char *file = getenv("GIT_CONFIG_SYSTEM");
	git_buf found = { 0 };

	if (config_env_bool("GIT_CONFIG_NOSYSTEM"))
		return;
	if (file)
		search_file(search, file);
	else if (git_config_find_system(&found) == 0)
		search_file(search, found.ptr);
	git_buf_dispose(&found);
}

static void search_user(const struct search *search)
{
	const char *file = getenv("GIT_CONFIG_GLOBAL"), *home = getenv("HOME");
	char *folder, *path;

	if (file) {
		search_file(search, file);
		return;
	}
	folder = config_folder();
	if (folder) {
		path = xasprintf("%s/config", folder);
		search_file(search, path);
		free(path);
		free(folder);
	}
	if (home) {
		path = xasprintf("%s/.gitconfig", home);
		search_file(search, path);
		free(path);
	}
}

/* GIT_CONFIG_COUNT, GIT_CONFIG_KEY_0, GIT_CONFIG_VALUE_0, … */
static void search_count(const struct search *search)
{
	const char *count = getenv("GIT_CONFIG_COUNT");
	unsigned long nr = count ? strtoul(count, NULL, 10) : 0;

	for (unsigned long i = 0; i < nr; i++) {
		char *name = xasprintf("GIT_CONFIG_KEY_%lu", i);
		const char *key = getenv(name), *value;

		free(name);
		if (!key)
			return;
		name = xasprintf("GIT_CONFIG_VALUE_%lu", i);
		value = getenv(name);
		free(name);
		if (value && strcasecmp(key, search->key) == 0)
			search->see(search->data, value);
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
static void search_parameters(const struct search *search)
{
	const char *p = getenv("GIT_CONFIG_PARAMETERS");
	size_t key = strlen(search->key);
	struct strbuf item = STRBUF_INIT;

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
		if (strncasecmp(item.buf, search->key, key) == 0 && item.buf[key] == '=')
			search->see(search->data, item.buf + key + 1);
	}
	strbuf_release(&item);
}

void config_each(const char *key, const char *const *files, size_t nr,
		 void (*see)(void *data, const char *value), void *data)
{
	struct search search = { key, see, data };

	search_system(&search);
	search_user(&search);
	for (size_t i = 0; i < nr; i++)
		search_file(&search, files[i]);
	search_count(&search);
	search_parameters(&search);
}

static void keep_last(void *data, const char *value)
{
	char **kept = data;

	free(*kept);
	*kept = config_expand(value);
}

char *config_user_file(const char *key, const char *name, const char *common_dir, const char *git_dir)
{
	char *local = xasprintf("%s/config", common_dir), *own = xasprintf("%s/config.worktree", git_dir);
	const char *files[] = { local, own };
	char *file = NULL, *folder;

	config_each(key, files, ARRAY_SIZE(files), keep_last, &file);
	if (!file && (folder = config_folder())) {
		file = xasprintf("%s/%s", folder, name);
		free(folder);
	}
	free(local);
	free(own);
	return file;
}

char *config_system_file(const char *name)
{
	git_buf folders = { 0 };
	char *file = NULL;

	if (git_libgit2_opts(GIT_OPT_GET_SEARCH_PATH, GIT_CONFIG_LEVEL_SYSTEM, &folders) == 0)
		file = xasprintf("%.*s/%s", (int)strcspn(folders.ptr, ":"), folders.ptr, name);
	git_buf_dispose(&folders);
	return file ? file : xasprintf("/etc/%s", name);
}
