/* SPDX-License-Identifier: MIT
 *
 * Bytes that grow. `buf` always ends in a NUL that `len` does not count, so
 * a buffer without embedded NULs is a C string.
 *
 * Invariant: initialise with STRBUF_INIT; strbuf_release frees the contents
 * and leaves an empty buffer, ready for use.
 */
#ifndef ASYNCGREP_STRBUF_H
#define ASYNCGREP_STRBUF_H

#include "base/common.h"

struct strbuf {
	char *buf;
	size_t len, alloc;
};

extern char strbuf_empty[];

#define STRBUF_INIT { strbuf_empty, 0, 0 }

void strbuf_init(struct strbuf *sb);
void strbuf_release(struct strbuf *sb);
/* Cuts to len bytes; len may not exceed sb->len. */
void strbuf_setlen(struct strbuf *sb, size_t len);
/* Makes room for `extra` more bytes and the NUL. */
void strbuf_grow(struct strbuf *sb, size_t extra);
void strbuf_add(struct strbuf *sb, const void *data, size_t len);
void strbuf_addstr(struct strbuf *sb, const char *text);
void strbuf_addch(struct strbuf *sb, int ch);
void strbuf_addf(struct strbuf *sb, const char *fmt, ...) PRINTF_LIKE(2, 3);
/*
 * Adds text from a stranger (a path, a source line) fit for a terminal: control bytes
 * and bytes that are no UTF-8 as \xNN, tabs as they are.
 */
void strbuf_add_visible(struct strbuf *sb, const char *data, size_t len);
/* Adds text with each invalid UTF-8 sequence as U+FFFD; says whether there was one. */
bool strbuf_add_utf8(struct strbuf *sb, const char *data, size_t len);
/* Gives the bytes away; the caller frees them. The buffer is empty again. */
char *strbuf_detach(struct strbuf *sb, size_t *len);

#endif
