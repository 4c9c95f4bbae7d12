/* SPDX-License-Identifier: MIT
 *
 * A line on standard error, ten times a second at most; nothing at all in
 * the first second, which is how long most work takes.
 */
#include "base/progress.h"

#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static long long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

/* Is standard output a pipe? What reads it may draw on the same terminal, as `| less` does. */
static bool is_piped(void)
{
	struct stat st;

	return fstat(STDOUT_FILENO, &st) == 0 && S_ISFIFO(st.st_mode);
}

void progress_begin(struct progress *progress, bool wanted, const char *what, size_t total)
{
	*progress = (struct progress){ .what = what, .total = total, .enabled = wanted && isatty(STDERR_FILENO) && !is_piped() };
	if (progress->enabled)
		progress->next = now() + 1000;
}

void progress_set(struct progress *progress, size_t done)
{
	long long time;

	if (!progress->enabled || (time = now()) < progress->next)
		return;
	progress->next = time + 100;
	progress->shown = true;
	/* The cursor stays at the start, so that a message that comes in between overwrites the line. */
	if (progress->total)
		fprintf(stderr, "%zu of %zu %s\033[K\r", done, progress->total, progress->what);
	else
		fprintf(stderr, "%zu %s\033[K\r", done, progress->what);
}

void progress_retire(struct progress *progress)
{
	progress->enabled = progress->enabled && isatty(STDERR_FILENO);
}

void progress_hide(struct progress *progress)
{
	if (progress->shown)
		fputs("\033[K", stderr);
	progress->shown = false;
}
