/* SPDX-License-Identifier: MIT
 *
 * Names of revisions, by libgit2's revparse. The FOLDER of REV:FOLDER is
 * split off first: libgit2 knows no "./", and the whole tree is wanted too.
 */
#include "git/revision.h"

#include <git2.h>

#include "base/alloc.h"
#include "base/nearest.h"
#include "base/strbuf.h"

/* The colon before the folder, which is outside of braces; NULL: there is none. */
static const char *find_colon(const char *name)
{
	size_t depth = 0;

	if (*name == ':') /* :/TEXT and :PATH of the index */
		return NULL;
	for (; *name; name++) {
		if (*name == '{')
			depth++;
		else if (*name == '}' && depth)
			depth--;
		else if (*name == ':' && !depth)
			return name;
	}
	return NULL;
}

/* -- what is said of names that are not there */

/* The branch or tag that a name, or a slip, is nearest to; malloc'd, NULL: none. */
static char *nearest_reference(const struct repository *repo, const char *name)
{
	git_strarray names = { 0 };
	unsigned distance = NEAREST_NONE;
	const char *best = NULL;
	char *result = NULL;

	if (git_reference_list(&names, repo->git) < 0)
		return NULL;
	for (size_t i = 0; i < names.count; i++) {
		const char *full = names.strings[i], *slash = strchr(full, '/'), *part;

		part = slash ? strchr(slash + 1, '/') : NULL;
		if (!part)
			continue;
		part++;
		nearest_offer(name, part, &best, &distance);
		/* What only a remote has is asked for by the name that it has there. */
		if (strncmp(full, "refs/remotes/", 13) == 0 && (slash = strchr(part, '/')) &&
		    strcmp(slash + 1, name) == 0) {
			best = part;
			break;
		}
	}
	if (best)
		result = xstrdup(best);
	git_strarray_dispose(&names);
	return result;
}

static int report_missing(const struct repository *repo, const char *name, int code, struct error *err)
{
	char *nearest;

	if (git_repository_head_unborn(repo->git) == 1 && strncmp(name, "HEAD", 4) == 0)
		return error_set(err, "'%s': there is no commit yet; make one (git commit), or scan what is staged: "
				 "asyncgrep --cached", name);
	if (code == GIT_EAMBIGUOUS)
		return error_set(err, "'%s' could be several objects; see which: git rev-parse --disambiguate=%s",
				 name, name);
	if (code == GIT_EINVALIDSPEC)
		return error_set(err, "'%s' is no name of one revision; see: git help revisions", name);
	nearest = nearest_reference(repo, name);
	if (nearest) {
		error_set(err, "there is no revision '%s'; did you mean '%s'?", name, nearest);
		free(nearest);
		return -1;
	}
	if (git_repository_is_shallow(repo->git))
		return error_set(err, "there is no revision '%s' in this shallow clone; get what is missing with: "
				 "git fetch --unshallow", name);
	return error_set(err, "there is no revision '%s' here; see: git branch --all, git tag, git log; "
			 "or get what is new: git fetch --all --tags", name);
}

/* -- looking up */

static void note_commit(struct revision *revision, const git_object *object)
{
	git_object *commit = NULL;

	revision->has_commit = git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0;
	if (revision->has_commit)
		memcpy(revision->commit.bytes, git_object_id(commit)->id, OBJECT_ID_LEN);
	git_object_free(commit);
}

/* The commit that HEAD was at so many moves ago; -1: its log does not go back so far. */
static int find_in_log(const struct repository *repo, size_t moves, git_oid *id)
{
	const git_reflog_entry *entry = NULL;
	git_reflog *log = NULL;

	if (git_reflog_read(&log, repo->git, "HEAD") == 0)
		entry = git_reflog_entry_byindex(log, moves);
	if (entry)
		git_oid_cpy(id, git_reflog_entry_id_new(entry));
	git_reflog_free(log);
	return entry ? 0 : -1;
}

/*
 * What libgit2 has to be given for a name: it does not know "@~1", and looks for HEAD@{1} in the log of the branch
 * that HEAD is on. malloc'd; NULL: it is no name.
 */
static char *spell(const struct repository *repo, const char *name, struct error *err)
{
	char hex[GIT_OID_HEXSZ + 1], *end;
	unsigned long moves;
	git_oid id;

	if (strstr(name, "^@")) {
		report_missing(repo, name, GIT_EINVALIDSPEC, err);
		return NULL;
	}
	if (*name == '@' && name[1] != '{')
		return xasprintf("HEAD%s", name + 1);
	if (strncmp(name, "HEAD@{", 6) != 0 || strncmp(name + 6, "u}", 2) == 0 || strncmp(name + 6, "upstream}", 9) == 0 ||
	    strncmp(name + 6, "push}", 5) == 0)
		return xstrdup(name);
	moves = strtoul(name + 6, &end, 10);
	if (end == name + 6 || *end != '}') {
		error_set(err, "'%s': libgit2 does not know at what time HEAD was where; name the commit: "
			  "asyncgrep --rev \"$(git rev-parse '%s')\"", name, name);
		return NULL;
	}
	if (find_in_log(repo, moves, &id) < 0) {
		error_set(err, "the log of HEAD does not go back to '%s'; see: git reflog", name);
		return NULL;
	}
	return xasprintf("%s%s", git_oid_tostr(hex, sizeof(hex), &id), end + 1);
}

/* Why the tree of an object cannot be had. */
static int report_tree(const struct repository *repo, const char *name, const git_object *object, struct error *err)
{
	git_object *commit = NULL;
	struct object_id tree;
	char *bytes;
	size_t len;

	if (git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0) {
		memcpy(tree.bytes, git_commit_tree_id((git_commit *)commit)->id, OBJECT_ID_LEN);
		if (repository_read(repo, &tree, &bytes, &len, err) == 0)
			free(bytes);
	}
	git_object_free(commit);
	return error_set(err, "the tree of '%s' cannot be read: %s; find the damage with: git fsck", name,
			 repository_git_error());
}

static int find_tree(struct revision *revision, git_tree **tree, const struct repository *repo, const char *name,
		     struct error *err)
{
	git_object *object = NULL;
	char *spelled = spell(repo, name, err);
	int code;

	if (!spelled)
		return -1;
	code = git_revparse_single(&object, repo->git, spelled);
	if (code < 0)
		report_missing(repo, name, code, err);
	else if (git_object_type(object) == GIT_OBJECT_BLOB)
		code = error_set(err, "'%s' is a file's content, not a revision; name the revision that has it: "
				 "asyncgrep --rev HEAD -- FILE", name);
	else if (git_object_peel((git_object **)(void *)tree, object, GIT_OBJECT_TREE) < 0)
		code = report_tree(repo, name, object, err);
	else
		note_commit(revision, object);
	git_object_free(object);
	free(spelled);
	return code < 0 ? -1 : 0;
}

/* Adds the parts of a path to another that ends in a slash or is empty. -1: it goes up and out. */
static int add_parts(struct strbuf *path, const char *parts)
{
	while (*parts) {
		size_t len = strcspn(parts, "/");

		if (len == 2 && memcmp(parts, "..", 2) == 0) {
			if (!path->len)
				return -1;
			do
				strbuf_setlen(path, path->len - 1);
			while (path->len && path->buf[path->len - 1] != '/');
		} else if (len && !(len == 1 && *parts == '.')) {
			strbuf_add(path, parts, len);
			strbuf_addch(path, '/');
		}
		parts += len + (parts[len] == '/');
	}
	return 0;
}

/* Is the folder (as "sub/dir/") one in the tree? */
static int check_folder(git_tree *tree, const char *rev, const char *folder, struct error *err)
{
	char *path = xmemdupz(folder, strlen(folder) - 1);
	git_tree_entry *entry = NULL;
	int result = 0;

	if (git_tree_entry_bypath(&entry, tree, path) < 0)
		result = error_set(err, "'%s' has no folder '%s'; see: git ls-tree -rd --name-only %s", rev, path, rev);
	else if (git_tree_entry_type(entry) == GIT_OBJECT_BLOB)
		result = error_set(err, "'%s:%s' is a file; name it as a path: asyncgrep --rev %s -- ':/%s'",
				   rev, path, rev, path);
	else if (git_tree_entry_type(entry) != GIT_OBJECT_TREE)
		result = error_set(err, "'%s:%s' is a submodule; go into it and scan there: cd '%s'", rev, path, path);
	git_tree_entry_free(entry);
	free(path);
	return result;
}

int revision_find(struct revision *revision, const struct repository *repo, const char *name, struct error *err)
{
	const char *colon = find_colon(name), *folder = colon ? colon + 1 : "";
	char *rev = xmemdupz(name, colon ? (size_t)(colon - name) : strlen(name));
	struct strbuf path = STRBUF_INIT;
	git_tree *tree = NULL;
	int result;

	memset(revision, 0, sizeof(*revision));
	if (strncmp(folder, "./", 2) == 0 || strncmp(folder, "../", 3) == 0 || strcmp(folder, ".") == 0 ||
	    strcmp(folder, "..") == 0)
		strbuf_addstr(&path, repo->prefix);
	result = find_tree(revision, &tree, repo, rev, err);
	if (result == 0 && add_parts(&path, folder) < 0)
		result = error_set(err, "'%s' leads out of the repository", name);
	if (result == 0 && path.len)
		result = check_folder(tree, rev, path.buf, err);
	if (result == 0) {
		memcpy(revision->tree.bytes, git_tree_id(tree)->id, OBJECT_ID_LEN);
		revision->folder = xmemdupz(path.buf, path.len);
	}
	git_tree_free(tree);
	strbuf_release(&path);
	free(rev);
	return result;
}

void revision_release(struct revision *revision)
{
	free(revision->folder);
	memset(revision, 0, sizeof(*revision));
}
