/* SPDX-License-Identifier: MIT
 *
 * POSIX threads.
 */
#include "base/threads.h"

#ifdef __linux__
#include <sched.h>
#endif
#include <unistd.h>

static void *start(void *data)
{
	const struct job *job = data;

	job->work(job->data);
	return NULL;
}

unsigned threads_number(unsigned asked, size_t parts)
{
	size_t number = asked;
	long processors;

	/* To ask for the processors is to read a file. */
	if (!number && parts > 1) {
		processors = sysconf(_SC_NPROCESSORS_ONLN);
		number = (size_t)(processors > 0 ? processors : 1);
	}
	if (!number || number > parts)
		number = parts;
	return (unsigned)(number > THREADS_MAX ? THREADS_MAX : number);
}

void threads_run(unsigned number, void (*work)(void *data), void *data)
{
	struct job job = { work, data };
	pthread_t threads[THREADS_MAX];
	unsigned started = 0;

	while (started + 1 < number && started < THREADS_MAX && !pthread_create(&threads[started], NULL, start, &job))
		started++;
	work(data);
	for (unsigned i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
}

void threads_unshare_files(void)
{
#ifdef __linux__
	unshare(CLONE_FILES);
#endif
}

void beside_begin(struct beside *beside, void (*work)(void *data), void *data)
{
	beside->job = (struct job){ work, data };
	beside->begun = pthread_create(&beside->thread, NULL, start, &beside->job) == 0;
}

void beside_finish(struct beside *beside)
{
	if (beside->begun)
		pthread_join(beside->thread, NULL);
	else
		start(&beside->job);
}
