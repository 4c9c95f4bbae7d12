/* SPDX-License-Identifier: MIT
 *
 * Objects that a push names, peeled to trees; merge bases by libgit2.
 */
#include "git/pushed.h"

#include <git2.h>

#include "base/alloc.h"

struct commits {
	git_oid *ids;
	size_t nr, alloc;
};

static void add_commit(struct commits *commits, const git_object *commit)
{
	ARRAY_GROW(commits->ids, commits->nr + 1, commits->alloc);
	git_oid_cpy(&commits->ids[commits->nr++], git_object_id(commit));
}

/* The commits of the references; those that name none have no history. */
static int add_references(struct commits *commits, const struct repository *repo, const char *known, struct error *err)
{
	git_reference_iterator *iterator = NULL;
	git_reference *reference;
	char *glob = xasprintf("%s*", known);
	int code = git_reference_iterator_glob_new(&iterator, repo->git, glob);

	free(glob);
	while (code == 0 && (code = git_reference_next(&reference, iterator)) == 0) {
		git_object *commit = NULL;

		if (git_reference_peel(&commit, reference, GIT_OBJECT_COMMIT) == 0)
			add_commit(commits, commit);
		git_object_free(commit);
		git_reference_free(reference);
	}
	git_reference_iterator_free(iterator);
	if (code < 0 && code != GIT_ITEROVER)
		return error_set(err, "cannot read the references: %s; find the damage with: git fsck", repository_git_error());
	return 0;
}

static int note_tree(const git_object *object, struct object_id *tree, struct error *err)
{
	git_object *found = NULL;
	int code = git_object_peel(&found, object, GIT_OBJECT_TREE);

	if (code == 0)
		memcpy(tree->bytes, git_object_id(found)->id, OBJECT_ID_LEN);
	else if (code != GIT_EPEEL && code != GIT_EINVALIDSPEC)
		error_set(err, "cannot read the tree of a pushed commit: %s; find the damage with: git fsck",
			  repository_git_error());
	git_object_free(found);
	return code == 0 ? 0 : err->message ? -1 : 1;
}

/* Where the history parted from what the other side is known to have. */
static int find_fork(struct pushed *pushed, const struct repository *repo, const git_object *fresh,
		     const char *known, struct error *err)
{
	struct commits commits = { NULL, 0, 0 };
	git_object *commit = NULL, *base = NULL;
	git_oid id;
	int result = 0;

	if (git_object_peel(&commit, fresh, GIT_OBJECT_COMMIT) < 0)
		return 0; /* a tree alone has no history */
	add_commit(&commits, commit);
	result = add_references(&commits, repo, known, err);
	/* Without an answer, all of the tree is looked at: too much, never too little. */
	if (result == 0 && commits.nr > 1 &&
	    git_merge_base_many(&id, repo->git, commits.nr, commits.ids) == 0 &&
	    git_object_lookup(&base, repo->git, &id, GIT_OBJECT_COMMIT) == 0) {
		result = note_tree(base, &pushed->base, err);
		pushed->has_base = result == 0;
	}
	git_object_free(base);
	git_object_free(commit);
	free(commits.ids);
	return result;
}

/* 1: it is all zeros. */
static int parse_name(git_oid *id, const char *hex, struct error *err)
{
	if (strlen(hex) != 2 * OBJECT_ID_LEN || git_oid_fromstr(id, hex) < 0)
		return error_set(err, "'%s' is no name of an object, as git gives them to hooks", hex);
	return git_oid_is_zero(id);
}

static int lookup(git_object **object, const struct repository *repo, const git_oid *id, const char *fresh,
		  struct error *err)
{
	if (git_object_lookup(object, repo->git, id, GIT_OBJECT_ANY) == 0)
		return 0;
	return error_set(err, "cannot read %s, which is pushed: %s; find the damage with: git fsck", fresh,
			 repository_git_error());
}

int pushed_tree(const struct repository *repo, const char *fresh, struct object_id *tree, struct error *err)
{
	git_object *object = NULL;
	git_oid id;
	int result = parse_name(&id, fresh, err);

	if (result == 0)
		result = lookup(&object, repo, &id, fresh, err);
	if (result == 0)
		result = note_tree(object, tree, err);
	git_object_free(object);
	return result;
}

int pushed_find(struct pushed *pushed, const struct repository *repo, const char *old, const char *fresh,
		const char *known, struct error *err)
{
	git_object *object = NULL, *before = NULL;
	git_oid id, old_id;
	int result = parse_name(&id, fresh, err), no_old = parse_name(&old_id, old, err);

	memset(pushed, 0, sizeof(*pushed));
	if (result || no_old < 0)
		return result < 0 || no_old < 0 ? -1 : 1;
	if (lookup(&object, repo, &id, fresh, err) < 0)
		return -1;
	result = note_tree(object, &pushed->tree, err);
	if (result == 0 && !no_old && git_object_lookup(&before, repo->git, &old_id, GIT_OBJECT_ANY) == 0) {
		result = note_tree(before, &pushed->base, err);
		pushed->has_base = result == 0;
		result = result < 0 ? -1 : 0;
	} else if (result == 0) {
		result = find_fork(pushed, repo, object, known, err);
	}
	git_object_free(before);
	git_object_free(object);
	return result;
}
