/* SPDX-License-Identifier: MIT
 *
 * The index: what git tracks here, in the order of path bytes, then stage. No path is there twice in one stage.
 *
 * Invariant: a struct index of zeroes is closed.
 */
#ifndef ASYNCGREP_INDEX_H
#define ASYNCGREP_INDEX_H

#include "base/arena.h"
#include "git/repository.h"

#include <sys/types.h>
#include <time.h>

struct index_slot; /* git/index_file.h */
struct stat;

/* A file as it was when it was read. Whoever writes an index puts another file in its place. */
struct index_version {
	dev_t device;
	ino_t inode;
	off_t size;
	struct timespec written, changed;
};

struct index {
	struct index_slot *slots; /* owned; NULL: closed. This and the next three only for src/git */
	char *bytes;              /* owned; the file */
	struct arena paths;       /* those that do not stand in it whole */
	struct text trees;        /* in it, the extension "TREE" */
	size_t nr;
	struct index_version version;
	bool minimal, no_ctime;  /* which stat data do not count: core.checkStat, core.trustctime */
};

struct index_entry {
	const char *path;   /* from the top of the work tree; borrowed until index_close */
	unsigned int mode;  /* see enum git_mode */
	unsigned int stage; /* 0; in a conflict 1 (base), 2 (ours), 3 (theirs) */
	bool intent_to_add; /* `git add -N`: tracked, but no content yet */
	bool skip_worktree; /* left out of the work tree by a sparse checkout */
	struct object_id id;
};

/*
 * An index file that is not there is an empty index, as for git. index_close also after failures. ahead, unless it is NULL,
 * is an index that was opened ahead: where the file is still that one, it is taken over, and closed for whom it belongs to.
 */
int index_open(struct index *index, const struct repository *repo, struct index *ahead, struct error *err);
/*
 * Opens what is likely to be the index of the repository around the current directory, before that is known. Where it
 * cannot be told, or read, it stays closed, and nothing is said.
 */
void index_open_ahead(struct index *index);
static inline bool index_is_open(const struct index *index)
{
	return index->slots;
}
void index_entry_at(const struct index *index, size_t i, struct index_entry *entry);
/* Reads what the configuration says about stat data; without it, all count. */
void index_read_trust(struct index *index, const struct repository *repo);
/*
 * Is a file with these stat data still what the entry at i was made from, by git's rules (racy entries are not)? Then *id is
 * that of its content, as git stores it. Thread-safe.
 */
bool index_is_fresh(const struct index *index, size_t i, const struct stat *st, struct object_id *id);
/*
 * The content of a file of the work tree, where the index can tell by looking at the file's times and size
 * that it is still what was added. False: it has to be read to know.
 */
bool index_fresh_id(const struct index *index, const char *worktree, const char *path, struct object_id *id);
/* The entry of a path, in a conflict that of our side. False: there is none. */
bool index_find(const struct index *index, const char *path, struct index_entry *entry);
/* Does git track a file of this name? */
bool index_has(const struct index *index, const char *path);
void index_close(struct index *index);

#endif
