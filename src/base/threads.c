/* SPDX-License-Identifier: MIT
 *
 * POSIX threads.
 */
#include "base/threads.h"

#include <unistd.h>

/* ThreadSanitizer takes a descriptor for the same file in all threads, and would see races where there are none. */
#if defined(__has_feature)
#define UNDER_TSAN __has_feature(thread_sanitizer)
#elif defined(__SANITIZE_THREAD__)
#define UNDER_TSAN 1
#else
#define UNDER_TSAN 0
#endif
#if defined(__linux__) && !UNDER_TSAN
#define CAN_UNSHARE
#include <sched.h>
#endif

static void part_files(void)
{
#ifdef CAN_UNSHARE
	unshare(CLONE_FILES);
#endif
}

static void *start(void *data)
{
	const struct job *job = data;

	if (job->files == THREADS_FILES_APART)
		part_files();
	job->work(job->data);
	return NULL;
}

unsigned threads_number(unsigned asked, size_t parts)
{
	/* To ask for the processors is to read a file. */
	long processors = !asked && parts > 1 ? sysconf(_SC_NPROCESSORS_ONLN) : 1;
	size_t number = asked ? asked : (size_t)(processors > 0 ? processors : 1);

	if (number > parts)
		number = parts;
	return (unsigned)(number > THREADS_MAX ? THREADS_MAX : number);
}

void threads_run(unsigned number, enum threads_files files, void (*work)(void *data), void *data)
{
	struct job job = { work, data, files };
	pthread_t threads[THREADS_MAX];
	unsigned started = 0;

	while (started + 1 < number && started < THREADS_MAX && !pthread_create(&threads[started], NULL, start, &job))
		started++;
	work(data);
	for (unsigned i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
}

void beside_begin(struct beside *beside, void (*work)(void *data), void *data)
{
	beside->job = (struct job){ work, data, THREADS_FILES_SHARED };
	beside->begun = pthread_create(&beside->thread, NULL, start, &beside->job) == 0;
}

void beside_finish(struct beside *beside)
{
	if (beside->begun)
		pthread_join(beside->thread, NULL);
	else
		start(&beside->job);
}
