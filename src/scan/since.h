/* SPDX-License-Identifier: MIT
 *
 * Only what is new: findings that an older version of the files does not
 * have, or only those in lines that have changed since.
 *
 * The older version is scanned with the same rules, and its findings are
 * matched by fingerprint (fingerprint.h), so a moved line is not new. A finding that a
 * comment suppressed in the older version was not reported there: it is new when the comment goes. Where
 * there are more equal findings than before, those in changed lines are the new ones.
 */
#ifndef ASYNCGREP_SINCE_H
#define ASYNCGREP_SINCE_H

#include "base/error.h"
#include "scan/finding.h"
#include "target/changes.h"

struct matcher;
struct regex_worker;
struct repository;
struct scan_options;

/* Invariant: zeroes are closed. */
struct since {
	const struct repository *repo; /* the target's */
	struct changes changes;
	bool compare;       /* with the findings of the older version */
	bool changed_lines; /* leave out what is in other lines */
};

/*
 * Narrows the target, which has to be one that git knows and has to outlive it, down to the files that differ. The older
 * version is the merge base of the revision `rev` and the one that is scanned; with rev NULL it is HEAD, and only
 * lines are compared. Where HEAD's branch has no commit yet, everything is new.
 */
int since_open(struct since *since, struct target *target, const char *rev, const char *scanned,
	       bool changed_lines, struct error *err);
/*
 * Marks the findings of an entry, which have their identity, that are known or untouched; `text` is what was scanned.
 * -1: the older version cannot be read. Thread-safe.
 */
int since_mark(const struct since *since, size_t entry, struct text text, const struct matcher *matcher,
	       struct regex_worker *worker, const struct scan_options *options, struct finding_list *findings,
	       struct error *err);
void since_close(struct since *since);

#endif
