/* SPDX-License-Identifier: MIT
 *
 * Checked allocation, and the two ways the program dies: of a bug (abort)
 * and of want of memory (exit status 2).
 */
#include "base/alloc.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <sys/mman.h>

#define LARGE_PAGE ((size_t)2 << 20)

void bug_at(const char *file, int line, const char *fmt, ...)
{
	va_list args;

	fprintf(stderr, "asyncgrep: BUG at %s:%d: ", file, line);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	abort();
}

static NORETURN void die_of_want(size_t size)
{
	fprintf(stderr, "asyncgrep: out of memory (%zu bytes asked for)\n", size);
	exit(2);
}

void alloc_keep_freed(void)
{
#ifdef __GLIBC__
	mallopt(M_MMAP_THRESHOLD, 8 << 20);
	mallopt(M_TRIM_THRESHOLD, 16 << 20);
	mallopt(M_TOP_PAD, 256 << 10);
#endif
}

void *xmalloc(size_t size)
{
	void *ptr = malloc(size ? size : 1);

	if (!ptr)
		die_of_want(size);
	return ptr;
}

void *xmalloc_large(size_t size)
{
	void *ptr;

	if (size < LARGE_PAGE)
		return xmalloc(size);
	size = (size + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1);
	ptr = aligned_alloc(LARGE_PAGE, size);
	if (!ptr)
		die_of_want(size);
#ifdef MADV_HUGEPAGE
	madvise(ptr, size, MADV_HUGEPAGE);
#endif
	return ptr;
}

void *xcalloc(size_t count, size_t size)
{
	void *ptr = calloc(count ? count : 1, size ? size : 1);

	if (!ptr)
		die_of_want(size);
	return ptr;
}

void *xrealloc(void *ptr, size_t size)
{
	void *grown = realloc(ptr, size ? size : 1);

	if (!grown)
		die_of_want(size);
	return grown;
}

void *xreallocarray(void *ptr, size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes))
		die_of_want(SIZE_MAX);
	return xrealloc(ptr, bytes);
}

char *xstrdup(const char *text)
{
	return xmemdupz(text, strlen(text));
}

char *xmemdupz(const void *data, size_t len)
{
	char *copy = xmalloc(len + 1);

	if (len)
		memcpy(copy, data, len);
	copy[len] = '\0';
	return copy;
}

char *xasprintf(const char *fmt, ...)
{
	char *text;
	va_list args;

	va_start(args, fmt);
	if (vasprintf(&text, fmt, args) < 0)
		die_of_want(0);
	va_end(args);
	return text;
}
