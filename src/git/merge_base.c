/* SPDX-License-Identifier: MIT
 *
 * Merge bases, by libgit2, also where history is cut short.
 */
#include "git/merge_base.h"

#include <git2.h>

#include "git/revision.h"
#include "git/shallow.h"

static int find_commit(const struct repository *repo, const char *name, git_oid *commit, struct error *err)
{
	struct revision revision;
	int result = revision_find(&revision, repo, name, err);

	if (result == 0 && (!revision.has_commit || *revision.folder))
		result = error_set(err, "'%s' is no commit, so it has no history; name a branch, a tag or a commit", name);
	if (result == 0)
		git_oid_fromraw(commit, revision.commit.bytes);
	revision_release(&revision);
	return result;
}

static int no_base(const struct repository *repo, const char *since, const char *scanned, struct error *err)
{
	if (shallow_is(repo))
		return error_set(err, "this clone is shallow and lacks the commit where '%s' and '%s' parted; get it with: "
				 "git fetch --unshallow (or, if you know how far back: git fetch --deepen=100)", since, scanned);
	return error_set(err, "'%s' and '%s' have no commit in common; name one that has: git log --all --graph --oneline",
			 since, scanned);
}

static int tree_of(const struct repository *repo, const git_oid *id, struct object_id *tree, struct error *err)
{
	git_commit *commit = NULL;
	int code = git_commit_lookup(&commit, repo->git, id);

	if (code == 0)
		memcpy(tree->bytes, git_commit_tree_id(commit)->id, OBJECT_ID_LEN);
	else
		error_set(err, "cannot read commit %s: %s; find the damage with: git fsck", git_oid_tostr_s(id),
			  repository_git_error());
	git_commit_free(commit);
	return code == 0 ? 0 : -1;
}

/* Is it HEAD that is meant, and the branch it names without a commit? Where the other name is HEAD too, it is the same nothing. */
static bool is_unborn(const struct repository *repo, const char *name)
{
	return (strcmp(name, "HEAD") == 0 || strcmp(name, "@") == 0) && git_repository_head_unborn(repo->git) == 1;
}

int merge_base_tree(struct repository *repo, const char *since, const char *scanned,
		    struct object_id *tree, struct error *err)
{
	git_oid base, one, two;
	int code;

	if (shallow_cut(repo, err) < 0)
		return -1;
	if (!is_unborn(repo, since) && find_commit(repo, since, &one, err) < 0)
		return -1;
	if (is_unborn(repo, scanned))
		return 1;
	if (find_commit(repo, scanned, &two, err) < 0)
		return -1;
	code = git_merge_base(&base, repo->git, &one, &two);
	if (code == GIT_ENOTFOUND)
		return no_base(repo, since, scanned, err);
	if (code < 0)
		return error_set(err, "cannot find where '%s' and '%s' parted: %s; find the damage with: git fsck",
				 since, scanned, repository_git_error());
	return tree_of(repo, &base, tree, err);
}
