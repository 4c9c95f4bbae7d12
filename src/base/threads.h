/* SPDX-License-Identifier: MIT
 *
 * The same work on several threads: each takes a part, until nothing is left.
 */
#ifndef ASYNCGREP_THREADS_H
#define ASYNCGREP_THREADS_H

#include "base/common.h"

#define THREADS_MAX 256

/* How many to use where so many are asked for (0: one a processor), and there are so many parts to do. */
unsigned threads_number(unsigned asked, size_t parts);
/* Runs work(data) on so many threads, of which this one is one, and waits for all. Where no more can be had, those do it. */
void threads_run(unsigned number, void (*work)(void *data), void *data);

#endif
