/* SPDX-License-Identifier: MIT
 *
 * Memory that is there: every function returns usable memory or ends the
 * program with a message and exit status 2, so that no caller has to check.
 * What they return is freed with free().
 */
#ifndef ASYNCGREP_ALLOC_H
#define ASYNCGREP_ALLOC_H

#include "base/common.h"

/*
 * What was freed stays with the process, as the next file will want as much again: to give it back and be given it anew,
 * page by page, costs more than a small file's scan. At most 16 MB a thread; before anything is allocated.
 */
void alloc_keep_freed(void);

void *xmalloc(size_t size);
/* For many bytes that are all used: in large pages, where the system has them. */
void *xmalloc_large(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *ptr, size_t size);
/* Room for count elements of size bytes each; count * size may not overflow. */
void *xreallocarray(void *ptr, size_t count, size_t size);
char *xstrdup(const char *text);
/* A copy of len bytes with a NUL behind them. */
char *xmemdupz(const void *data, size_t len);
char *xasprintf(const char *fmt, ...) PRINTF_LIKE(1, 2);

/*
 * Make room for `need` elements in the array `ptr`, whose capacity `alloc`
 * grows by half: pushing is amortised linear.
 *
 *	ARRAY_GROW(list->items, list->nr + 1, list->alloc);
 *	list->items[list->nr++] = item;
 */
#define ARRAY_GROW(ptr, need, alloc) \
	do { \
		if ((size_t)(need) > (size_t)(alloc)) { \
			size_t grown_ = (size_t)(alloc) + (size_t)(alloc) / 2 + 16; \
			if (grown_ < (size_t)(need)) \
				grown_ = (size_t)(need); \
			(ptr) = xreallocarray((ptr), grown_, sizeof(*(ptr))); \
			(alloc) = grown_; \
		} \
	} while (0)

#endif
