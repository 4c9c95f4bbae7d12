/* SPDX-License-Identifier: MIT
 *
 * Which place the configuration comes from; settings_files.c reads it.
 */
#include "cli/settings_source.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "git/pushed.h"
#include "git/revision.h"

static void clear_place(struct settings_source *source)
{
	free(source->folder);
	free(source->name);
	source->folder = source->name = NULL;
}

static void set_place(struct settings_source *source, char *folder)
{
	source->folder = folder;
	source->name = xasprintf("%s%s", folder, SETTINGS_FILE);
}

/* -- files on disk */

static bool holds_repository(const char *folder)
{
	char *path = xasprintf("%s.git", folder);
	struct stat st;
	bool found = lstat(path, &st) == 0;

	free(path);
	return found;
}

static bool is_root(const char *folder)
{
	char *here = xasprintf("%s.", folder), *above = xasprintf("%s..", folder);
	struct stat a, b;
	bool same = stat(here, &a) < 0 || stat(above, &b) < 0 || (a.st_dev == b.st_dev && a.st_ino == b.st_ino);

	free(here);
	free(above);
	return same;
}

/* The folder at or above the current one that holds a repository; where there is none, what lies above has no say. */
static char *folder_around(void)
{
	struct strbuf folder = STRBUF_INIT;
	bool found = false;

	while (!(found = holds_repository(folder.buf)) && !is_root(folder.buf))
		strbuf_addstr(&folder, "../");
	if (!found)
		strbuf_setlen(&folder, 0);
	return strbuf_detach(&folder, NULL);
}

/* The folder, and how paths from here are to be seen from there. */
static void note_root(struct settings_source *source, const char *folder)
{
	char *here = realpath(".", NULL), *top = realpath(*folder ? folder : ".", NULL);
	size_t len = top ? strlen(top) : 0;

	if (here && top) {
		const char *below = here + len + (here[len] == '/' && len > 1);

		source->prefix = *below ? xasprintf("%s/", below) : xstrdup("");
		source->top = xstrdup(top);
	}
	free(here);
	free(top);
}

/* What was asked for instead; NULL: nothing at all. */
static void use_file(struct settings_source *source, const char *file)
{
	const char *slash = file ? strrchr(file, '/') : NULL;

	clear_place(source);
	if (!file)
		return;
	source->links = true;
	source->folder = xmemdupz(file, slash ? (size_t)(slash + 1 - file) : 0);
	source->name = xstrdup(file);
}

/* The root of the work tree as seen from here. */
static char *worktree_from_here(const struct repository *repo)
{
	struct strbuf up = STRBUF_INIT;
	char *cwd = realpath(".", NULL);
	size_t len = strlen(repo->worktree);

	if (!cwd || strncmp(cwd, repo->worktree, len) || (cwd[len] && cwd[len] != '/'))
		strbuf_addf(&up, "%s/", repo->worktree);
	for (const char *p = repo->prefix; !up.len && *p; p++)
		if (*p == '/')
			strbuf_addstr(&up, "../");
	free(cwd);
	return strbuf_detach(&up, NULL);
}

/* -- what git stores */

/* Who has just written the file wonders why it has no say; worth a word. */
bool settings_source_misses(const struct settings_source *source)
{
	struct stat st;
	char *path;
	bool there;

	if (!source->snapshot.index || !source->repo.worktree)
		return false;
	path = xasprintf("%s/%s", source->repo.worktree, SETTINGS_FILE);
	there = lstat(path, &st) == 0;
	free(path);
	return there;
}

static int place_in_index(struct settings_source *source, struct index *ahead, struct error *err)
{
	const struct repository *repo = &source->repo;

	/* A bare repository has no index unless somebody made one for it. */
	if (!repo->worktree && access(repo->index_path, F_OK) < 0)
		return 0;
	if (index_open(&source->index, repo, ahead, err) < 0)
		return -1;
	source->snapshot = (struct snapshot){ .repo = repo, .index = &source->index };
	set_place(source, repo->worktree ? worktree_from_here(repo) : xstrdup(""));
	return 0;
}

static void place_in_tree(struct settings_source *source, const struct object_id *tree, const char *name)
{
	source->snapshot = (struct snapshot){ .repo = &source->repo, .tree = *tree };
	set_place(source, xasprintf("%s:", name));
}

static int place_in_revision(struct settings_source *source, const char *name, struct error *err)
{
	struct revision revision;
	int result = revision_find(&revision, &source->repo, name, err);

	/* Of REV:FOLDER the whole tree: that is where its configuration is. */
	if (result == 0) {
		char *whole = xmemdupz(name, *revision.folder ? strcspn(name, ":") : strlen(name));

		place_in_tree(source, &revision.tree, whole);
		free(whole);
	}
	revision_release(&revision);
	return result;
}

static int place_in_history(struct settings_source *source, const char *range, struct error *err)
{
	const char *dots = strstr(range, "..");
	const char *end = !dots ? range : dots[2] == '.' ? dots + 3 : dots + 2;
	struct object_id tree;
	int result = 0;

	if (!*end)
		result = repository_head_tree(&source->repo, &tree, err);
	return result ? result < 0 ? -1 : 0 : place_in_revision(source, *end ? end : "HEAD", err);
}

static void place_in_pushed(struct settings_source *source, const struct settings_tree *pushed)
{
	char *name = xmemdupz(pushed->name, 12);

	place_in_tree(source, &pushed->tree, name);
	free(name);
}

/* Of several trees the first; that the others say the same is seen to when files are read. */
static int place_in_push(struct settings_source *source, struct target_options *target, struct error *err)
{
	if (push_updates_read(&source->updates, target->kind, err) < 0)
		return -1;
	target->updates = &source->updates;
	source->others = xcalloc(source->updates.nr, sizeof(*source->others));
	for (size_t i = 0; i < source->updates.nr; i++) {
		struct settings_tree other = { .name = source->updates.items[i].fresh };
		int result = pushed_tree(&source->repo, other.name, &other.tree, err);

		if (result < 0)
			return -1;
		if (result == 0 && source->folder)
			source->others[source->nr_others++] = other;
		else if (result == 0)
			place_in_pushed(source, &other);
	}
	return 0;
}

static int place_by_target(struct settings_source *source, struct target_options *target, struct error *err)
{
	switch (target_origin(target->kind)) {
	case FROM_WORKTREE:
		if (source->repo.worktree)
			set_place(source, worktree_from_here(&source->repo));
		return 0;
	case FROM_INDEX:
		return place_in_index(source, target->index_ahead, err);
	case FROM_REVISION:
		return place_in_revision(source, target->rev, err);
	case FROM_HISTORY:
		return place_in_history(source, target->range, err);
	case FROM_PUSH:
		return place_in_push(source, target, err);
	case FROM_FILES:
		break;
	}
	BUG("no repository for a target of kind %d", (int)target->kind);
}

/* -- the choice */

/* Does a scan of this kind fail where there is no repository? */
static bool needs_repository(const struct options *options)
{
	return target_origin(options->target.kind) != FROM_FILES;
}

/* Or about one. Questions about rules have an answer anywhere. */
static bool is_scan(const struct options *options)
{
	return options->action == ACTION_SCAN || options->action == ACTION_LIST_FILES ||
	       options->action == ACTION_SHOW_CONFIG;
}

/*
 * Is a folder that holds a .git the root of its work tree for certain, without asking libgit2, which takes longer to
 * start than such a question to be answered? Not where the environment or the repository's configuration may say
 * otherwise, nor where it is none.
 */
static bool is_plain_root(const char *folder)
{
	char *path = xasprintf("%s.git/config", folder), *line = NULL;
	bool plain = !getenv("GIT_DIR") && !getenv("GIT_WORK_TREE");
	FILE *stream = plain ? fopen(path, "re") : NULL;
	size_t alloc = 0;

	plain = stream;
	while (plain && getline(&line, &alloc, stream) > 0)
		plain = !strcasestr(line, "worktree") && !strcasestr(line, "include");
	if (stream)
		fclose(stream);
	free(line);
	free(path);
	return plain;
}

/* For questions about rules: false where git has to be asked. */
static bool place_without_git(struct settings_source *source, const struct options *options)
{
	char *folder;

	if (is_scan(options) || options->target.kind != TARGET_WORKTREE)
		return false;
	folder = folder_around();
	if (!is_plain_root(folder)) {
		free(folder);
		return false;
	}
	set_place(source, folder);
	return true;
}

/* Another revision says what holds, its .gitattributes too. */
static int trust(struct settings_source *source, struct options *options, struct error *err)
{
	clear_place(source);
	if (repository_open(&source->repo, err) < 0)
		return -1;
	options->target.opened = &source->repo;
	if (place_in_revision(source, options->trusted_config, err) < 0)
		return -1;
	options->target.attributes_tree = &source->snapshot.tree;
	return 0;
}

int settings_source_open(struct settings_source *source, struct options *options, struct error *err)
{
	int result;

	memset(source, 0, sizeof(*source));
	if (!needs_repository(options)) {
		char *folder = folder_around();

		note_root(source, folder);
		set_place(source, folder);
	}
	if (options_given(options, "config")) {
		use_file(source, options->config);
		return 0;
	}
	if (options->trusted_config)
		return trust(source, options, err);
	if (source->folder || place_without_git(source, options))
		return 0;
	if (repository_open(&source->repo, err) < 0) {
		if (is_scan(options))
			return -1;
		error_release(err);
		set_place(source, folder_around());
		return 0;
	}
	result = place_by_target(source, &options->target, err);
	options->target.opened = &source->repo;
	options->target.opened_index = index_is_open(&source->index) ? &source->index : NULL;
	return result;
}

void settings_source_close(struct settings_source *source)
{
	index_close(&source->index);
	repository_close(&source->repo);
	push_updates_release(&source->updates);
	clear_place(source);
	free(source->others);
	free(source->prefix);
	free(source->top);
	memset(source, 0, sizeof(*source));
}
