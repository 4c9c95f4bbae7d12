/* SPDX-License-Identifier: MIT
 *
 * The commits that a range reaches, newest first.
 */
#ifndef ASYNCGREP_HISTORY_H
#define ASYNCGREP_HISTORY_H

#include "git/repository.h"

struct history_commit {
	struct object_id id, tree;
	size_t first_parent, nr_parents; /* in history.parents */
	unsigned children;               /* private: those in the range that have not been put in order yet */
	bool wanted, hidden;             /* in the range; reached by what the range leaves out */
	bool loaded;                     /* private: tree and parents are known */
	long long time;
};

struct history {
	struct history_commit *commits;  /* those of the range and all others that were met */
	size_t nr, alloc;
	size_t *parents;                 /* places in commits */
	size_t nr_parents, parents_alloc;
	size_t *order;                   /* the range: places in commits; none stands before its children */
	size_t nr_order;
	size_t *tips;                    /* those that nothing in the range is built on, newest first */
	size_t nr_tips;
	struct history_name *names;      /* private */
};

/*
 * Follows A..B (all that B reaches and A does not), A...B (all that one of both reaches), A, "" (HEAD) or,
 * where all is set, every reference beside that. A shallow clone that ends within the range is an error, with
 * the remedy. Not thread-safe. An interrupt (base/interrupt.h) leaves the walk at once. history_release is
 * allowed in every case.
 */
int history_walk(struct history *history, const struct repository *repo, const char *range, bool all,
		 struct error *err);
void history_release(struct history *history);

#endif
