/* SPDX-License-Identifier: MIT
 *
 * A look at the working tree, on several threads, before anything is read:
 * which files are what the index says, where somebody wants to know, and which folders have a .gitattributes.
 * One system call a file, and one a folder.
 *
 * Invariant: zeroes are a survey that was not made.
 */
#ifndef ASYNCGREP_SURVEY_H
#define ASYNCGREP_SURVEY_H

#include "git/index.h"
#include "target/beneath.h"
#include "target/target.h"

struct survey {
	bool made;
	uint32_t *sizes; /* owned; by place in the index; see survey_size; NULL: no file was looked at */
	size_t nr;
	bool partial;    /* there are folders without tracked files that matter, too */
	char **attributes; /* owned; once made, sorted: paths where a .gitattributes may be */
	size_t nr_attributes, alloc;
};

/* An entry that is in no index that is surveyed. */
#define NO_PLACE SIZE_MAX

/* Notes a tracked .gitattributes, if this path is one; before survey_make. */
void survey_note(struct survey *survey, const char *path);
/*
 * Looks at the entries of a target, of which target_entry.index is the place in the index, path the one from the top; with index
 * NULL only at their folders. On so many threads (0: one a processor).
 */
void survey_make(struct survey *survey, const struct target *target, const struct index *index, struct beneath *beneath,
		 unsigned jobs);
/* Is the file at a place unchanged, and reached without a symbolic link? *size is then its size. */
bool survey_size(const struct survey *survey, size_t place, size_t *size);
/* Is it known that no folder has a .gitattributes, the one at the top aside? */
bool survey_found_none(const struct survey *survey);
/* Can there be a .gitattributes of this path, in the working tree or in the index? Without a whole survey, always. */
bool survey_may_have(const struct survey *survey, const char *path);
void survey_release(struct survey *survey);

#endif
