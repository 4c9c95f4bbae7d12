/* SPDX-License-Identifier: MIT
 *
 * Regular expressions: PCRE2, and the only place that knows it. A compiled
 * regex is read-only and shared by all threads; what changes while matching
 * (match data, JIT stack) is a struct regex_worker, one a thread.
 *
 * All patterns are multi-line (`^` and `$` match at line ends, LF, CRLF or CR) and know
 * Unicode; subjects may hold invalid UTF-8. Match, depth and heap limits are
 * always set: a pattern that runs into one is an error, never "no match".
 */
#ifndef ASYNCGREP_REGEX_H
#define ASYNCGREP_REGEX_H

#include "base/common.h"
#include "base/error.h"

struct regex;
struct regex_worker;

#define REGEX_MAX_GROUPS 64

/*
 * Compiles a pattern of len bytes. NULL on error, with PCRE2's message in err and the
 * offset in the pattern in *error_offset. anchored: the match has to start where it is asked for.
 * jit: compile to machine code where PCRE2 can (it cannot under some hardening; then it is slower, not wrong).
 */
struct regex *regex_compile(const char *pattern, size_t len, bool anchored, bool jit,
			    size_t *error_offset, struct error *err);
void regex_free(struct regex *regex);

/* Number of groups (0 is the whole match), and the name of one, or NULL. */
unsigned regex_groups(const struct regex *regex);
const char *regex_group_name(const struct regex *regex, unsigned group);
/*
 * A run of bytes that each match has to contain, as they stand in the pattern; empty if none is found. Borrowed.
 */
struct text regex_literal(const struct regex *regex);

struct regex_worker *regex_worker_new(void);
void regex_worker_free(struct regex_worker *worker);

struct regex_match {
	size_t starts[REGEX_MAX_GROUPS], ends[REGEX_MAX_GROUPS]; /* SIZE_MAX: the group took no part */
	size_t begin; /* where it began before \K put the start elsewhere */
};

/*
 * Looks for the first match in subject[0 .. len) that starts at `start` or later.
 * Returns 1 and the match, 0 for none, -1 on errors (a limit).
 */
int regex_match(const struct regex *regex, struct regex_worker *worker, const char *subject, size_t len,
		size_t start, struct regex_match *match, struct error *err);
/* Where to look for the match after `match`: handles empty matches. */
size_t regex_next_start(const char *subject, size_t len, const struct regex_match *match);

/* The version of PCRE2 that runs; static. */
const char *regex_library_version(void);

#endif
