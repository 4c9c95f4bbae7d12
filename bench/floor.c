/* SPDX-License-Identifier: MIT
 *
 * The least that any scan of a repository can cost, to measure against:
 *
 *	floor init			only starts libgit2
 *	floor index REPOSITORY		opens the index too
 *	floor lstat REPOSITORY [N]	lstat of every *.py of the index, on N threads (default: all cores)
 *	floor read REPOSITORY [N]	reads them instead, and looks for `async`
 *
 * Prints how many files it found, and how many of them hold `async`.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <git2.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUFFER (32u << 20)
#define THREADS 64

static git_index *entries;
static atomic_size_t next, files, found;
static int reads;

static void visit(const char *path, char *buffer)
{
	struct stat st;
	ssize_t len;
	int fd;

	if (!reads) {
		files += lstat(path, &st) == 0;
		return;
	}
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	len = read(fd, buffer, BUFFER);
	close(fd);
	files += len >= 0;
	found += len > 0 && memmem(buffer, (size_t)len, "async", 5);
}

static void *work(void *unused)
{
	char *buffer = reads ? malloc(BUFFER) : NULL;
	size_t i, len, count = git_index_entrycount(entries);

	while ((i = next++) < count) {
		const char *path = git_index_get_byindex(entries, i)->path;

		len = strlen(path);
		if (len > 3 && strcmp(path + len - 3, ".py") == 0)
			visit(path, buffer);
	}
	free(buffer);
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t threads[THREADS];
	long count = argc > 3 ? atol(argv[3]) : sysconf(_SC_NPROCESSORS_ONLN);

	git_libgit2_init();
	if (argc < 3)
		return 0;
	if (chdir(argv[2]) || git_index_open(&entries, ".git/index") < 0)
		return 1;
	reads = strcmp(argv[1], "read") == 0;
	count = strcmp(argv[1], "index") == 0 ? 0 : count < THREADS ? count : THREADS;
	for (long i = 0; i < count; i++)
		pthread_create(&threads[i], NULL, work, NULL);
	for (long i = 0; i < count; i++)
		pthread_join(threads[i], NULL);
	printf("%zu files, %zu with async\n", (size_t)files, (size_t)found);
	return 0;
}
