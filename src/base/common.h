/* SPDX-License-Identifier: MIT
 *
 * What every file includes first: feature macros, the system headers that
 * nearly all of them need, and the functions nobody may call.
 */
#ifndef ASYNCGREP_COMMON_H
#define ASYNCGREP_COMMON_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memmem, memrchr, openat2-era flags, strchrnul */
#endif

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef ASYNCGREP_VERSION
#define ASYNCGREP_VERSION "0.0.0"
#endif

#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define NORETURN __attribute__((noreturn))
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* Text is a pointer and a length in bytes, never assumed to end in NUL. */
struct text {
	const char *ptr;
	size_t len;
};

#define TEXT(literal) ((struct text){ (literal), sizeof(literal) - 1 })

static inline bool text_equal(struct text a, struct text b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* A bug in asyncgrep itself: says where and aborts, in every build. */
#define BUG(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)
NORETURN void bug_at(const char *file, int line, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* Banned: they cut, overflow or say nothing on error. */
#undef strcpy
#define strcpy(x, y) sorry_strcpy_is_banned
#undef strcat
#define strcat(x, y) sorry_strcat_is_banned
#undef strncpy
#define strncpy(x, y, n) sorry_strncpy_is_banned
#undef strncat
#define strncat(x, y, n) sorry_strncat_is_banned
#undef sprintf
#define sprintf(...) sorry_sprintf_is_banned
#undef vsprintf
#define vsprintf(...) sorry_vsprintf_is_banned
#undef atoi
#define atoi(x) sorry_atoi_is_banned

#endif
