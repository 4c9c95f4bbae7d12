/* SPDX-License-Identifier: MIT
 *
 * Git's pathspecs: which paths of a repository a command line means. Knows
 * the `:(top,exclude,glob,literal,icase)` words and their short forms, the
 * GIT_*_PATHSPECS variables, and what folders and wildcards match; the
 * reference is `git ls-files`. Needs no repository and no libgit2.
 *
 * Invariant: a struct pathspec of zeroes matches every path.
 */
#ifndef ASYNCGREP_PATHSPEC_H
#define ASYNCGREP_PATHSPEC_H

#include "base/common.h"
#include "base/error.h"

struct pathspec_item;

struct pathspec {
	struct pathspec_item *items; /* owned */
	size_t nr;
	bool has_positive; /* else every path that no item excludes matches */
};

/*
 * Takes the words of a command line. prefix is the current directory below
 * the top of the work tree ("" or "sub/dir/"), top that work tree's absolute
 * path, without symbolic links (NULL: absolute words are errors). Nothing is borrowed after the call. Errors are
 * in git's words.
 */
int pathspec_parse(struct pathspec *ps, const char *const *words, size_t nr,
		   const char *prefix, const char *top, struct error *err);
/*
 * The same for one word of a file, from the top of the work tree: the environment has no say in what it means, and
 * absolute paths are errors.
 */
int pathspec_parse_plain(struct pathspec *ps, const char *word, struct error *err);
/*
 * The path from the top that a path without magic means: malloc'd; NULL: it is outside. prefix and top are as for
 * pathspec_parse.
 */
char *pathspec_resolve(const char *path, const char *prefix, const char *top);
/* As pathspec_match, but remembers nothing: thread-safe. */
bool pathspec_means(const struct pathspec *ps, const char *path);
/* Is this path (from the top of the work tree, of a file) meant? Remembers which words matched one: not thread-safe. */
bool pathspec_match(struct pathspec *ps, const char *path);
/* The first word that matched no path so far, or NULL. Words that exclude need no match. */
const char *pathspec_unmatched(const struct pathspec *ps);
void pathspec_release(struct pathspec *ps);

#endif
