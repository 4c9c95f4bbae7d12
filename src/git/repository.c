/* SPDX-License-Identifier: MIT
 *
 * Opening a repository as git's setup.c does. libgit2 finds and reads it;
 * the environment, the work tree and the question of trust are worked out
 * here, since libgit2 1.5 gets each of them differently from git.
 */
#include "git/repository.h"

#include <git2.h>
#include <git2/sys/repository.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "git/config.h"
#include "git/library.h"
#include "git/trust.h"

#define INSTEAD "scan its files as plain files: asyncgrep --no-index ."

/* What the configuration of a repository says that concerns us. */
struct layout {
	bool bare, sha256, reftable;
	char *worktree; /* core.worktree, or NULL */
};

const char *repository_git_error(void)
{
	const git_error *last = git_error_last();

	return last && last->message ? last->message : "libgit2 does not say why";
}

static const char *env(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

static bool ends_in(const char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);

	return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

static char *without_slash(const char *path)
{
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		len--;
	return xmemdupz(path, len);
}

static char *below(const char *folder, const char *path)
{
	return *path == '/' ? xstrdup(path) : xasprintf("%s/%s", folder, path);
}

/* -- finding it */

static int report_open(const char *git_dir, int code, struct error *err)
{
	const git_error *last = git_error_last();
	const char *reason = repository_git_error();

	if (last && last->klass == GIT_ERROR_CONFIG)
		return error_set(err, "the git configuration is broken: %s; mend it with an editor, then run: git config --list", reason);
	if (code == GIT_ENOTFOUND && git_dir)
		return error_set(err, "not a git repository: '%s', which GIT_DIR names; run: unset GIT_DIR", git_dir);
	if (code == GIT_ENOTFOUND)
		return error_set(err, "not a git repository (nor any of the folders above): run 'git init && git add .', "
				 "or scan plain files: asyncgrep --no-index .");
	if (strncmp(reason, "unsupported", 11) == 0)
		return error_set(err, "libgit2 %s cannot read this repository (%s); " INSTEAD, LIBGIT2_VERSION, reason);
	return error_set(err, "cannot open the git repository: %s; see what git says: git status", reason);
}

static int find(struct repository *repo, struct error *err)
{
	/* "Bare" lets libgit2 leave alone what the configuration says about the work tree. */
	unsigned int flags = GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_NO_DOTGIT | GIT_REPOSITORY_OPEN_BARE;
	const char *git_dir = env("GIT_DIR");
	git_buf found = { 0 };
	int code = 0;

	if (!git_dir)
		code = git_repository_discover(&found, ".", config_env_bool("GIT_DISCOVERY_ACROSS_FILESYSTEM"),
					       env("GIT_CEILING_DIRECTORIES"));
	if (code == 0)
		code = git_repository_open_ext(&repo->git, git_dir ? git_dir : found.ptr, flags, NULL);
	git_buf_dispose(&found);
	if (code < 0)
		return report_open(git_dir, code, err);
	repo->git_dir = without_slash(git_repository_path(repo->git));
	repo->common_dir = without_slash(git_repository_commondir(repo->git));
	return 0;
}

/* libgit2 knows no GIT_COMMON_DIR; where it only repeats what the repository says, that is no loss. */
static int check_common_dir(const struct repository *repo, struct error *err)
{
	const char *wanted = env("GIT_COMMON_DIR");
	char *a, *b;
	bool same;

	if (!wanted)
		return 0;
	a = realpath(wanted, NULL);
	b = realpath(repo->common_dir, NULL);
	same = a && b && strcmp(a, b) == 0;
	free(a);
	free(b);
	if (same)
		return 0;
	return error_set(err, "GIT_COMMON_DIR is '%s', but the repository's is '%s', which asyncgrep has to use; "
			 "run: unset GIT_COMMON_DIR", wanted, repo->common_dir);
}

/*
 * The folder that holds the `.git` (or `.git` file) through which this
 * repository was found; NULL: none does, so it is bare or cwd is inside of it.
 */
static char *find_holder(const struct repository *repo, const char *cwd, char **gitfile)
{
	char *folder = xstrdup(cwd);

	for (;;) {
		char *dotgit = xasprintf("%s/.git", strcmp(folder, "/") == 0 ? "" : folder);
		char *real = realpath(dotgit, NULL), *slash;
		bool found = real && strcmp(real, repo->git_dir) == 0;
		struct stat st;

		free(real);
		if (!found && stat(dotgit, &st) == 0 && S_ISREG(st.st_mode)) {
			*gitfile = dotgit;
			return folder;
		}
		free(dotgit);
		if (found)
			return folder;
		slash = strrchr(folder, '/');
		if (strcmp(folder, repo->git_dir) == 0 || strcmp(folder, "/") == 0 || !slash)
			break;
		slash[slash == folder] = '\0';
	}
	free(folder);
	return NULL;
}

/* -- what the configuration says */

static void read_layout_file(struct layout *layout, bool *per_worktree, const char *path)
{
	git_config *config = NULL;
	git_buf text = { 0 };
	int value;

	if (access(path, R_OK) < 0 || git_config_open_ondisk(&config, path) < 0)
		return;
	if (git_config_get_bool(&value, config, "core.bare") == 0)
		layout->bare = value;
	if (git_config_get_bool(&value, config, "extensions.worktreeconfig") == 0)
		*per_worktree = value;
	if (git_config_get_string_buf(&text, config, "core.worktree") == 0) {
		free(layout->worktree);
		layout->worktree = xstrdup(text.ptr);
	}
	git_buf_dispose(&text);
	if (git_config_get_string_buf(&text, config, "extensions.objectformat") == 0)
		layout->sha256 = strcmp(text.ptr, "sha1") != 0;
	git_buf_dispose(&text);
	if (git_config_get_string_buf(&text, config, "extensions.refstorage") == 0)
		layout->reftable = strcmp(text.ptr, "files") != 0;
	git_buf_dispose(&text);
	git_config_free(config);
}

static void read_layout(struct layout *layout, const struct repository *repo)
{
	char *file = xasprintf("%s/config", repo->common_dir);
	bool per_worktree = false;

	read_layout_file(layout, &per_worktree, file);
	free(file);
	if (!per_worktree && strcmp(repo->git_dir, repo->common_dir) != 0) {
		/* These two are about the main work tree. */
		layout->bare = false;
		free(layout->worktree);
		layout->worktree = NULL;
	}
	if (!per_worktree)
		return;
	file = xasprintf("%s/config.worktree", repo->git_dir);
	read_layout_file(layout, &per_worktree, file);
	free(file);
}

static int check_layout(const struct layout *layout, struct error *err)
{
	const char *what = layout->sha256 ? "SHA-256 repositories" : "the reftable format";

	if (!layout->sha256 && !layout->reftable)
		return 0;
	return error_set(err, "libgit2 %s cannot read %s, which this repository uses; " INSTEAD, LIBGIT2_VERSION, what);
}

/* Does a remote promise what is missing here? */
static bool is_partial(const struct repository *repo)
{
	git_config *config = NULL;
	git_config_iterator *iterator = NULL;
	git_config_entry *entry;
	bool partial = false;

	if (git_repository_config_snapshot(&config, repo->git) == 0 &&
	    git_config_iterator_new(&iterator, config) == 0)
		while (!partial && git_config_next(&entry, iterator) == 0)
			partial = ends_in(entry->name, ".promisor") || ends_in(entry->name, ".partialclonefilter");
	git_config_iterator_free(iterator);
	git_config_free(config);
	return partial;
}

/* -- where things are */

/* By the rules of setup_explicit_git_dir and setup_discovered_git_dir; holder is what find_holder says. */
static int choose_worktree(struct repository *repo, const struct layout *layout,
			   const char *cwd, const char *holder, struct error *err)
{
	const char *wanted = env("GIT_WORK_TREE");
	char *path;

	if (wanted)
		path = xstrdup(wanted);
	else if (layout->bare)
		return 0;
	else if (layout->worktree)
		path = below(repo->git_dir, layout->worktree);
	else if (!env("GIT_DIR"))
		path = holder ? xstrdup(holder) : NULL;
	else if (getenv("GIT_IMPLICIT_WORK_TREE") && !config_env_bool("GIT_IMPLICIT_WORK_TREE"))
		path = NULL;
	else
		path = xstrdup(cwd);
	if (!path)
		return 0;
	repo->worktree = realpath(path, NULL);
	if (!repo->worktree)
		error_set(err, "cannot enter the work tree '%s': %s; %s", path, strerror(errno),
			  wanted ? "run: unset GIT_WORK_TREE" : "run: git config --unset core.worktree");
	free(path);
	return repo->worktree ? 0 : -1;
}

static char *prefix_of(const char *cwd, const char *worktree)
{
	size_t len = worktree ? strlen(worktree) : 0;

	if (len == 1)
		len = 0; /* the root folder: its slash is the separator */
	if (!worktree || strncmp(cwd, worktree, len) != 0 || cwd[len] != '/' || !cwd[len + 1])
		return xstrdup("");
	return xasprintf("%s/", cwd + len + 1);
}

static void choose_index(struct repository *repo, const char *cwd)
{
	const char *wanted = env("GIT_INDEX_FILE");

	/* Git is at the top of the work tree when it opens it. */
	if (wanted)
		repo->index_path = below(repo->worktree ? repo->worktree : cwd, wanted);
	else
		repo->index_path = xasprintf("%s/index", repo->git_dir);
}

static int add_alternates(git_odb *odb, const char *list)
{
	while (*list) {
		size_t len = strcspn(list, ":");
		char *path = xmemdupz(list, len);
		int code = 0;

		if (len && access(path, F_OK) == 0)
			code = git_odb_add_disk_alternate(odb, path);
		free(path);
		if (code < 0)
			return -1;
		list += len + (list[len] == ':');
	}
	return 0;
}

static int open_odb(struct repository *repo, struct error *err)
{
	const char *objects = env("GIT_OBJECT_DIRECTORY");
	const char *alternates = env("GIT_ALTERNATE_OBJECT_DIRECTORIES");
	int code;

	if (objects) {
		code = git_odb_open(&repo->odb, objects);
		if (code == 0)
			code = git_repository_set_odb(repo->git, repo->odb);
	} else {
		code = git_repository_odb(&repo->odb, repo->git);
	}
	if (code == 0 && alternates)
		code = add_alternates(repo->odb, alternates);
	if (code < 0)
		return error_set(err, "cannot open the object database: %s; see what is wrong with: git fsck",
				 repository_git_error());
	return 0;
}

/* -- one for each thread */

/* What nobody reads from just now. */
struct odb_pool {
	pthread_mutex_t lock;
	git_odb **free;
	size_t nr, alloc;
	size_t backends; /* of the repository's own */
};

static void give_odb(const struct repository *repo, git_odb *odb)
{
	struct odb_pool *pool = repo->pool;

	if (!odb)
		return;
	pthread_mutex_lock(&pool->lock);
	ARRAY_GROW(pool->free, pool->nr + 1, pool->alloc);
	pool->free[pool->nr++] = odb;
	pthread_mutex_unlock(&pool->lock);
}

static void start_pool(struct repository *repo)
{
	repo->pool = xcalloc(1, sizeof(*repo->pool));
	pthread_mutex_init(&repo->pool->lock, NULL);
	repo->pool->backends = git_odb_num_backends(repo->odb);
	give_odb(repo, repo->odb);
}

static git_odb *open_another(const struct repository *repo)
{
	const char *alternates = env("GIT_ALTERNATE_OBJECT_DIRECTORIES");
	char *objects = env("GIT_OBJECT_DIRECTORY") ? xstrdup(env("GIT_OBJECT_DIRECTORY")) :
		xasprintf("%s/objects", repo->common_dir);
	git_odb *odb = NULL;

	if (git_odb_open(&odb, objects) < 0 || (alternates && add_alternates(odb, alternates) < 0)) {
		git_odb_free(odb);
		odb = NULL;
	}
	free(objects);
	return odb;
}

/*
 * libgit2 locks a whole object database while it unpacks: one that is read from is no use to others.
 * NULL: the repository's own has to do, whoever else reads from it.
 */
static git_odb *take_odb(const struct repository *repo)
{
	struct odb_pool *pool = repo->pool;
	git_odb *odb = NULL;

	/* Objects that are in memory only are those of this one. */
	if (git_odb_num_backends(repo->odb) != pool->backends)
		return NULL;
	pthread_mutex_lock(&pool->lock);
	if (pool->nr)
		odb = pool->free[--pool->nr];
	pthread_mutex_unlock(&pool->lock);
	return odb ? odb : open_another(repo);
}

static void end_pool(struct repository *repo)
{
	if (!repo->pool)
		return;
	for (size_t i = 0; i < repo->pool->nr; i++)
		if (repo->pool->free[i] != repo->odb)
			git_odb_free(repo->pool->free[i]);
	free(repo->pool->free);
	pthread_mutex_destroy(&repo->pool->lock);
	free(repo->pool);
}

int repository_open(struct repository *repo, struct error *err)
{
	char *cwd = realpath(".", NULL), *holder = NULL, *gitfile = NULL;
	struct layout layout = { 0 };
	int result = -1;

	memset(repo, 0, sizeof(*repo));
	if (!cwd)
		return error_set(err, "cannot tell the current directory: %s; run: cd", strerror(errno));
	if (library_start(err) < 0)
		goto out;
	repo->started = true;
	if (find(repo, err) < 0 || check_common_dir(repo, err) < 0)
		goto out;
	holder = find_holder(repo, cwd, &gitfile);
	/* Git asks only where it looked around, not where it was told. */
	if (!env("GIT_DIR") && trust_check(gitfile, holder, repo->git_dir, err) < 0)
		goto out;
	read_layout(&layout, repo);
	repo->bare = layout.bare;
	if (check_layout(&layout, err) < 0 || choose_worktree(repo, &layout, cwd, holder, err) < 0)
		goto out;
	repo->prefix = prefix_of(cwd, repo->worktree);
	choose_index(repo, cwd);
	if (open_odb(repo, err) < 0)
		goto out;
	start_pool(repo);
	result = 0;
out:
	if (result < 0)
		repository_close(repo);
	free(layout.worktree);
	free(gitfile);
	free(holder);
	free(cwd);
	return result;
}

int repository_open_submodule(struct repository *repo, const struct repository *outer, const char *path,
			      struct error *err)
{
	char *full = xasprintf("%s/%s", outer->worktree, path);
	struct layout layout = { 0 };
	int code, result = -1;

	memset(repo, 0, sizeof(*repo));
	if (library_start(err) < 0)
		goto out;
	repo->started = true;
	code = git_repository_open_ext(&repo->git, full, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);
	if (code == GIT_ENOTFOUND) {
		result = 1;
		goto out;
	}
	if (code < 0) {
		report_open(NULL, code, err);
		goto out;
	}
	repo->git_dir = without_slash(git_repository_path(repo->git));
	repo->common_dir = without_slash(git_repository_commondir(repo->git));
	repo->worktree = xstrdup(full);
	repo->prefix = xstrdup("");
	repo->index_path = xasprintf("%s/index", repo->git_dir);
	read_layout(&layout, repo);
	if (check_layout(&layout, err) < 0)
		goto out;
	if (git_repository_odb(&repo->odb, repo->git) < 0)
		error_set(err, "cannot open the object database: %s; see what is wrong with: git fsck",
			  repository_git_error());
	else
		result = 0;
out:
	if (result)
		repository_close(repo);
	free(layout.worktree);
	free(full);
	return result;
}

int repository_require_worktree(const struct repository *repo, struct error *err)
{
	if (repo->worktree)
		return 0;
	if (repo->bare)
		return error_set(err, "the repository '%s' is bare, so there are no files to scan; scan a revision: "
				 "asyncgrep --rev HEAD; or make a work tree and scan that: git worktree add ../work",
				 repo->git_dir);
	return error_set(err, "'%s' has no work tree here; go to it: cd \"$(git -C .. rev-parse --show-toplevel)\"",
			 repo->git_dir);
}

/* -- reading */

int repository_head_tree(const struct repository *repo, struct object_id *tree, struct error *err)
{
	git_reference *head = NULL;
	git_object *object = NULL;
	int code = git_repository_head(&head, repo->git);

	if (code == GIT_EUNBORNBRANCH)
		return 1;
	if (code == 0)
		code = git_reference_peel(&object, head, GIT_OBJECT_TREE);
	if (code == 0)
		memcpy(tree->bytes, git_object_id(object)->id, OBJECT_ID_LEN);
	else
		error_set(err, "cannot read HEAD: %s; find the damage with: git fsck", repository_git_error());
	git_object_free(object);
	git_reference_free(head);
	return code == 0 ? 0 : -1;
}

int repository_read(const struct repository *repo, const struct object_id *id,
		    char **bytes, size_t *len, struct error *err)
{
	git_odb *odb = take_odb(repo);
	git_odb_object *object = NULL;
	git_oid oid;
	char hex[2 * OBJECT_ID_LEN + 1] = "";
	int code;

	git_oid_fromraw(&oid, id->bytes);
	code = git_odb_read(&object, odb ? odb : repo->odb, &oid);
	if (code == 0)
		*len = git_odb_object_size(object);
	if (code == 0)
		*bytes = xmemdupz(git_odb_object_data(object), *len);
	git_odb_object_free(object);
	give_odb(repo, odb);
	if (code == 0)
		return 0;
	git_oid_tostr(hex, sizeof(hex), &oid);
	if (code == GIT_ENOTFOUND && is_partial(repo))
		return error_set(err, "object %s is not in this partial clone; get it with: git cat-file -e %s", hex, hex);
	if (code == GIT_ENOTFOUND)
		return error_set(err, "object %s is missing; find the damage with: git fsck", hex);
	return error_set(err, "object %s is broken (%s); find the damage with: git fsck", hex, repository_git_error());
}

void repository_close(struct repository *repo)
{
	end_pool(repo);
	git_odb_free(repo->odb);
	git_repository_free(repo->git);
	free(repo->git_dir);
	free(repo->common_dir);
	free(repo->worktree);
	free(repo->prefix);
	free(repo->index_path);
	if (repo->started)
		git_libgit2_shutdown();
	memset(repo, 0, sizeof(*repo));
}
