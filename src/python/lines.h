/* SPDX-License-Identifier: MIT
 *
 * Logical lines and the statements in them, read one after the other from code
 * text: where each begins and ends, and what its first words make of it. Which
 * block it belongs to is left to blocks.c.
 */
#ifndef ASYNCGREP_LINES_H
#define ASYNCGREP_LINES_H

#include "base/chars.h"

struct mask;

struct lines {
	const char *code; /* borrowed; as in struct mask */
	uint32_t len, pos;
	bool first;       /* the next statement is the first of its logical line */
	uint32_t broken_at; /* as in struct blocks */
	uint64_t *marks;  /* owned; a bit a byte: where a statement may end, brackets, backslashes, the end of the text */
};

/* A statement as the words in it alone tell. */
struct line_stmt {
	uint32_t start, end; /* as in struct stmt */
	uint8_t kind;        /* enum stmt_kind */
	bool is_async;
	bool has_inline;     /* a header: statements of its body follow in the same logical line */
};

void lines_init(struct lines *lines, const struct mask *mask);
void lines_release(struct lines *lines);
/* Moves to the next logical line, and tells its indentation. False: there is none. */
bool lines_next(struct lines *lines, uint32_t *column);
/* As lines_stmt, which asks first whether the line is at its end. */
bool lines_stmt_ahead(struct lines *lines, bool in_match, struct line_stmt *stmt);
/*
 * The next statement of the logical line; false when there is none. in_match: the line
 * stands directly in the body of a `match`, so that `case` is a keyword.
 */
static inline bool lines_stmt(struct lines *lines, bool in_match, struct line_stmt *stmt)
{
	return !is_line_end(lines->code[lines->pos]) && lines_stmt_ahead(lines, in_match, stmt);
}
/* Notes that the code stopped being Python, unless it did before. */
void lines_broken(struct lines *lines, uint32_t offset);

#endif
