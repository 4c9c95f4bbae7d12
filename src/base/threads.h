/* SPDX-License-Identifier: MIT
 *
 * The same work on several threads, of which each takes a part, until nothing
 * is left; and one piece of work beside another.
 */
#ifndef ASYNCGREP_THREADS_H
#define ASYNCGREP_THREADS_H

#include "base/common.h"

#include <pthread.h>

#define THREADS_MAX 256

/*
 * Whether the threads beside this one know of the files that others open from then on. With THREADS_FILES_APART they do not,
 * and what was open before stays open for them: they may use that, and what each opens by itself, and nothing may be said
 * there, since standard output or error can be put somewhere else meanwhile. It is quicker, as those who share the table of
 * what is open delay each other with each call that names a file. Where the system has no such thing, all is shared.
 */
enum threads_files { THREADS_FILES_SHARED, THREADS_FILES_APART };

struct job {
	void (*work)(void *data);
	void *data;
	enum threads_files files;
};

/* How many to use where so many are asked for (0: one a processor), and there are so many parts to do. */
unsigned threads_number(unsigned asked, size_t parts);
/*
 * Runs work(data) on so many threads, of which this one is one, and waits for all. Where no more can be had, those do it.
 * This one keeps its files in any case.
 */
void threads_run(unsigned number, enum threads_files files, void (*work)(void *data), void *data);

/* Work that is done beside what this thread does meanwhile. */
struct beside {
	struct job job;
	pthread_t thread;
	bool begun; /* on a thread of its own */
};

/* Begins work(data) on another thread. beside_finish has to follow. */
void beside_begin(struct beside *beside, void (*work)(void *data), void *data);
/* Waits until the work is done. Where no thread could be had, this one does it now. */
void beside_finish(struct beside *beside);

#endif
