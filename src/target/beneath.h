/* SPDX-License-Identifier: MIT
 *
 * Opening files of the working tree that git tracks, and nothing else: no
 * symbolic link is followed on the way, nothing but a regular file is read.
 */
#ifndef ASYNCGREP_BENEATH_H
#define ASYNCGREP_BENEATH_H

#include "target/target.h"

#include <stdatomic.h>
#include <sys/stat.h>

/* A folder that stays open for what comes next; one thread's. */
struct beneath_folder {
	char *path; /* owned; NULL: none */
	size_t len; /* of path */
	int fd;
};

struct beneath {
	int top;             /* the work tree */
	atomic_bool by_step; /* the kernel has no openat2: folder by folder instead; tests set it too */
};

/* What may be released without having been opened. */
#define BENEATH_CLOSED ((struct beneath){ .top = -1 })

int beneath_init(struct beneath *beneath, const char *top, struct error *err);
/*
 * Opens a file by its path from the top. *folder is one thread's: NULL at first, then the folder of the last path, as
 * neighbours share it. 0: *fd is open, *size its size; 1: nothing to scan, *skip says why; -1: cannot be read (the message
 * has no path). With fd NULL it only looks. Thread-safe, but for the folder.
 */
int beneath_open(struct beneath *beneath, struct beneath_folder **folder, const char *path, int *fd, size_t *size,
		 enum target_skip *skip, struct error *err);
/*
 * Reads a file, found as by beneath_open: *raw as for target_read. *after, unless it is NULL: its stat data, once it was
 * read; zeroes where there are none.
 */
int beneath_read(struct beneath *beneath, struct beneath_folder **folder, const char *path, struct stat *after,
		 char **raw, size_t *len, enum target_skip *skip, struct error *err);
/* Is there nothing of this path for sure? One system call, for what mostly is not there. */
bool beneath_is_gone(const struct beneath *beneath, const char *path);
/* Goes to the folder of a path, as a file descriptor that stays the folder's own; -1 with errno. *name: the rest of the path. */
int beneath_enter(struct beneath *beneath, struct beneath_folder **folder, const char *path, const char **name);
void beneath_folder_free(struct beneath_folder *folder); /* NULL is fine */
void beneath_release(struct beneath *beneath);

/*
 * Reads an open file from here to its end, and closes it: *raw as for target_read. size is a guess.
 * Fails (the message has no path) on errors, and on what is too large to scan.
 */
int read_and_close(int fd, size_t size, char **raw, size_t *len, struct error *err);
/* Reads the start of a file and closes it: is its first line a Python shebang? -1 on errors. */
int shebang_and_close(int fd, struct error *err);

#endif
