/* SPDX-License-Identifier: MIT
 *
 * A file of known findings, for those who want one: each is known until it is
 * gone. It has a line of JSON a finding, sorted, without line numbers and
 * times, so that it merges and says in a diff what changed:
 *
 *	{"path":"app/a.py","code":"AB12","function":"C.m","text":"x=open(p)","ordinal":1}
 *
 *	path      from the top of the work tree or of the revision; of plain files, as it was named
 *	path_base64  the same, only where it is no UTF-8
 *	function  null at module level
 *	text, ordinal  see fingerprint.h
 *
 * Other keys are let be. Lines may come in any order, and more than once.
 * Findings are known as often as there are lines for them.
 */
#ifndef ASYNCGREP_BASELINE_H
#define ASYNCGREP_BASELINE_H

#include "base/error.h"
#include "base/strbuf.h"
#include "scan/finding.h"

struct ruleset;
struct target;

struct baseline_entry {
	char *path, *code, *function, *text; /* owned; function "": module level */
	uint32_t ordinal;
	bool looked; /* its file was scanned to the end */
	/* Of the first of equal ones, which differ in the ordinal alone: how many the file at hand has, and the most a file had. */
	uint32_t taken, met;
};

/* Invariant: zeroes are an empty baseline. */
struct baseline {
	struct baseline_entry *items; /* owned; once read, sorted by all but the last three */
	size_t nr, alloc;
	bool recording; /* every finding that comes becomes part of it */
};

/* Reads a file. What is wrong with it is said as "FILE:LINE: …". */
int baseline_read(struct baseline *baseline, const char *file, struct error *err);
/*
 * Marks those of a file's findings, which have their identity, that are known; all of them, when recording. `complete`: the
 * file was scanned to its end, so what is not among them is gone. A path may come again, with other content.
 */
void baseline_mark(struct baseline *baseline, const char *path, bool complete, struct finding_list *findings);
/*
 * After all files: calls back for each entry that is gone, in order. Such an entry's file was scanned, or is not there, and its
 * rule was looked for. Returns how many. `each` may be NULL.
 */
size_t baseline_gone(const struct baseline *baseline, const struct target *target, const struct ruleset *set,
		     void (*each)(void *data, const struct baseline_entry *entry), void *data);
/* Takes these out. */
void baseline_prune(struct baseline *baseline, const struct target *target, const struct ruleset *set);
/* Brings the entries in order, each once. */
void baseline_sort(struct baseline *baseline);
/* Writes all entries, in order. */
int baseline_write(struct baseline *baseline, const char *file, struct error *err);
void baseline_release(struct baseline *baseline);

#endif
