/* SPDX-License-Identifier: MIT
 *
 * The repository that git would use here: found from the current directory
 * or from GIT_DIR and its kin, held to git's own rules where libgit2 has
 * others (owner, work tree, environment). Errors say what is wrong and the
 * command that mends it.
 *
 * Invariant: a struct repository of zeroes is closed.
 */
#ifndef ASYNCGREP_REPOSITORY_H
#define ASYNCGREP_REPOSITORY_H

#include "base/common.h"
#include "base/error.h"

struct git_repository;
struct git_odb;
struct git_odb_backend;

/* The names of objects: bytes of a SHA-1. */
#define OBJECT_ID_LEN 20

struct object_id {
	unsigned char bytes[OBJECT_ID_LEN];
};

static inline bool object_id_equal(const struct object_id *a, const struct object_id *b)
{
	return memcmp(a->bytes, b->bytes, OBJECT_ID_LEN) == 0;
}

/* Modes of files in trees and in the index. */
enum git_mode {
	MODE_TYPE = 0170000,
	MODE_FILE = 0100000,
	MODE_EXECUTABLE = 0100755,
	MODE_SYMLINK = 0120000,
	MODE_SUBMODULE = 0160000,
	MODE_TREE = 0040000,
};

struct repository {
	struct git_repository *git; /* libgit2's; only for src/git */
	struct git_odb *odb;        /* likewise; safe to read from several threads, one at a time */
	struct odb_pool *pool;      /* private: more of them, so that threads need not wait for each other */
	struct git_odb_backend *memory; /* the odb's; for git/memory.c */
	char *git_dir;              /* absolute, no slash at the end */
	char *common_dir;           /* that of the main work tree, likewise */
	char *worktree;             /* the same; NULL: there is none (bare, or below the git directory) */
	bool bare;                  /* its configuration says so */
	char *prefix;               /* the current directory below worktree, as "sub/dir/"; "" at the top and outside */
	char *index_path;           /* absolute */
	bool started;               /* private: libgit2 was initialised */
};

int repository_open(struct repository *repo, struct error *err);
/*
 * Opens a submodule of another repository by its path from the top, with its own index, whatever the environment
 * says about the other one. 1: it is not checked out.
 */
int repository_open_submodule(struct repository *repo, const struct repository *outer, const char *path,
			      struct error *err);
/* Fails, with the remedy, where there is no work tree. */
int repository_require_worktree(const struct repository *repo, struct error *err);
/*
 * The tree of HEAD. 1: there is none, HEAD's branch has no commit yet.
 */
int repository_head_tree(const struct repository *repo, struct object_id *tree, struct error *err);
/*
 * Reads a blob or a tree: *bytes is malloc'd with a NUL at bytes[*len] and belongs to the caller.
 * Thread-safe. The message of a failure names the object, not a path.
 */
int repository_read(const struct repository *repo, const struct object_id *id,
		    char **bytes, size_t *len, struct error *err);
void repository_close(struct repository *repo);

/* The last error of libgit2, as text for a message; for src/git. */
const char *repository_git_error(void);

#endif
