/* SPDX-License-Identifier: MIT
 *
 * The bytes of one Python file as UTF-8, and its lines. Everything after this
 * point speaks of byte offsets into `bytes`; lines and columns are worked out
 * only when something is reported.
 *
 * A byte-order mark is not part of `bytes`. The encoding is that of PEP 263:
 * UTF-8, or what a cookie in one of the first two lines names. Bytes that are
 * all ASCII are taken as they are; others are brought to UTF-8 by iconv(3)
 * where the cookie names another encoding. Invalid UTF-8 stays as it is.
 */
#ifndef ASYNCGREP_SOURCE_H
#define ASYNCGREP_SOURCE_H

#include "base/common.h"
#include "base/error.h"

struct source {
	char *bytes;            /* owned; NUL behind the last byte */
	uint32_t len;
	uint32_t *line_starts;  /* owned; NULL until source_lines is called */
	uint32_t nr_lines;      /* at least 1; a line end at the end of the file begins no further line */
	bool is_ascii;          /* no byte has its high bit set */
	struct column_mark *marks; /* private to source.c */
};

/* Is this the offset of nothing? */
#define NO_OFFSET UINT32_MAX

/*
 * Takes the raw bytes of a file (owned by the source from now on, also on
 * failure; allocated with malloc, with room for and a NUL at raw[len]).
 * Fails, with a message without the path, when the text cannot be decoded
 * (UTF-16 and UTF-32, an unknown or unfit encoding) or has 4 GiB or more.
 * After a failure the source is empty; release is still allowed.
 */
int source_init(struct source *source, char *raw, size_t len, struct error *err);
void source_release(struct source *source);

/* Builds the table of physical lines, which end at LF, CRLF or CR. Idempotent. */
void source_lines(struct source *source);
/* Line (from 1) that holds an offset (at most len; len itself is in the last line). Logarithmic. */
uint32_t source_line(struct source *source, uint32_t offset);
/* Column (from 1) in Unicode code points; an invalid byte counts as one. Quick in lines of any length. */
uint32_t source_column(struct source *source, uint32_t offset);
/* Column (from 1) in bytes of UTF-8. */
uint32_t source_byte_column(struct source *source, uint32_t offset);
/* The text of a line (from 1) without its line end; empty beyond the last one. Borrowed. */
struct text source_line_text(struct source *source, uint32_t line);

#endif
