/* SPDX-License-Identifier: MIT
 *
 * Shallow clones: the commits where their history ends have no parents here,
 * whatever they say. libgit2 before 1.7 goes on to the parents, does not find
 * them, and gives up where git has an answer.
 */
#ifndef ASYNCGREP_SHALLOW_H
#define ASYNCGREP_SHALLOW_H

#include "git/repository.h"

bool shallow_is(const struct repository *repo);
/*
 * Ends the history where the clone does, for all that libgit2 reads of it from now on. Does nothing in
 * a clone that is whole. Not thread-safe; call it before history is read.
 */
int shallow_cut(struct repository *repo, struct error *err);

#endif
