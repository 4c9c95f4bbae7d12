/* SPDX-License-Identifier: MIT
 *
 * What git tells pre-push and pre-receive hooks on standard input: which
 * references move from where to where.
 */
#ifndef ASYNCGREP_PUSH_UPDATES_H
#define ASYNCGREP_PUSH_UPDATES_H

#include "target/target.h"

struct push_update {
	char *old, *fresh; /* names of objects as git gives them, all zeros for none; owned */
};

/* Invariant: zeroes are an empty list. */
struct push_updates {
	struct push_update *items;
	size_t nr, alloc;
};

/* Reads standard input to its end; kind is TARGET_PRE_PUSH or TARGET_PRE_RECEIVE. Release it in every case. */
int push_updates_read(struct push_updates *updates, enum target_kind kind, struct error *err);
void push_updates_release(struct push_updates *updates);

#endif
