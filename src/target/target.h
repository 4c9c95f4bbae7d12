/* SPDX-License-Identifier: MIT
 *
 * What is scanned: a sorted list of (path, id of the bytes if git knows it, a
 * way to get the bytes). One interface, one file a kind: the working tree,
 * the index, plain files, standard input; later revisions and history.
 */
#ifndef ASYNCGREP_TARGET_H
#define ASYNCGREP_TARGET_H

#include "base/common.h"
#include "base/error.h"

enum target_kind {
	TARGET_WORKTREE, /* tracked files as they stand in the working tree */
	TARGET_STAGED,   /* index content of paths that differ from HEAD */
	TARGET_FILES,    /* plain files and folders (--no-index) */
	TARGET_STDIN,
};

struct target_options {
	enum target_kind kind;
	bool untracked;            /* TARGET_WORKTREE: also untracked files that are not ignored */
	const char *const *paths;  /* pathspecs, relative to the current directory; or paths; borrowed */
	size_t nr_paths;
	const char *stdin_name;    /* path to report for standard input; NULL: "<stdin>" */
};

/* One file. Paths are bytes as git has them, relative to the top of the work tree. */
struct target_entry {
	char *path;    /* owned by the target; what is reported: relative to the current directory, as git grep prints it */
	size_t index;  /* private to the target */
};

/* Why a file that was named or tracked is not scanned: counted for the summary. */
enum target_skip {
	SKIP_NOT_PYTHON,  /* neither name nor first line says Python; not counted as skipped in the summary */
	SKIP_DELETED,     /* tracked, but gone from the working tree */
	SKIP_SYMLINK,     /* it, or a folder above it */
	SKIP_SUBMODULE,
	SKIP_NOT_REGULAR, /* a FIFO, a device, a folder in the place of a file */
	SKIP_NR
};
extern const char *const target_skip_names[SKIP_NR]; /* "deleted", "symbolic link", … */

struct target {
	const struct target_ops *ops; /* private to target*.c */
	struct target_entry *entries; /* sorted by path (bytes) */
	size_t nr, alloc;
	size_t skipped[SKIP_NR];
	void *data;                   /* private to the kind */
};

/*
 * Lists what is to be scanned. Files whose Python-ness only their first line can tell (no suffix in the name) are
 * in the list when that line is a Python shebang. A pathspec that matches no tracked file at all, a path that does not exist, a
 * repository that cannot be opened: -1 with a message that says what to do.
 */
int target_open(struct target *target, const struct target_options *options, struct error *err);

/*
 * Reads the bytes of one entry: *raw is malloc'd with a NUL at raw[*len] and belongs to the
 * caller. Thread-safe. Returns 0; 1 when there is nothing to scan after all (the file is gone or is no regular file
 * any more: *skip says why); -1 on errors.
 */
int target_read(struct target *target, size_t entry, char **raw, size_t *len,
		enum target_skip *skip, struct error *err);

void target_release(struct target *target);

#endif
