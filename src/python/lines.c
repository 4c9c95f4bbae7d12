/* SPDX-License-Identifier: MIT
 *
 * Splits code text into logical lines and statements. Strings need no care
 * here: in code text they hold no line end, no bracket but those of replacement
 * fields, which are balanced, and nothing else that means something.
 */
#include "python/lines.h"

#include "base/block64.h"
#include "python/blocks.h"
#include "python/first_word.h"
#include "python/layout.h"
#include "python/mask.h"
#include "python/source.h"

#define TAB_WIDTH 8

/* Does anything in the code text stand at pos, or is the line (or the file) at its end there? */
static bool at_end(const struct lines *lines, uint32_t pos)
{
	return pos >= lines->len || is_line_end(lines->code[pos]);
}

void lines_broken(struct lines *lines, uint32_t offset)
{
	if (offset < lines->broken_at)
		lines->broken_at = offset;
}

bool lines_next(struct lines *lines, uint32_t *column)
{
	uint32_t col = 0, continued = 0; /* the indentation before the first backslash decides, unless it is none */

	for (;;) {
		uint32_t pos = layout_skip_spaces(lines->code, lines->len, lines->pos);

		col += pos - lines->pos;
		lines->pos = pos;
		if (pos >= lines->len)
			return false;
		switch (lines->code[pos]) {
		case '\t':
			col = (col / TAB_WIDTH + 1) * TAB_WIDTH;
			break;
		case '\f':
			col = 0;
			break;
		case '\n':
		case '\r':
			col = continued = 0;
			break;
		case '\\':
			if (layout_is_continuation(lines->code, lines->len, pos)) {
				if (!continued)
					continued = col;
				lines->pos = layout_skip_line_end(lines->code, lines->len, pos + 1);
				continue;
			}
			/* fall through */
		default:
			lines->first = true;
			*column = continued ? continued : col;
			return true;
		}
		lines->pos++;
	}
}

/* How often `lambda` stands in [pos, end). */
static uint32_t count_lambdas(const struct lines *lines, uint32_t pos, uint32_t end)
{
	const char *p = lines->code + pos, *stop = lines->code + end;
	uint32_t count = 0;

	/* Most headers have no `b`: a byte is cheaper to look for than a word. */
	if (end - pos < 6 || !memchr(p, 'b', end - pos))
		return 0;
	while ((p = memmem(p, (size_t)(stop - p), "lambda", 6))) {
		if ((p == lines->code || !is_name_byte(p[-1])) && !is_name_byte(p[6]))
			count++;
		p += 6;
	}
	return count;
}

/* The bytes of the block at an offset that may end a statement or are on the way to its end. */
static void mark_block(struct lines *lines, uint32_t offset)
{
	struct block64 block = block64_at(lines->code, lines->len, offset);

	lines->block = offset;
	lines->marks = block64_marks(&block);
}

void lines_init(struct lines *lines, const struct mask *mask)
{
	memset(lines, 0, sizeof(*lines));
	lines->code = mask->code;
	lines->len = mask->len;
	lines->broken_at = NO_OFFSET;
	mark_block(lines, 0);
}

/* To the next byte that is a line end, a bracket, or one of `:;\\` (or, harmlessly, a `|`). */
static inline uint32_t skip_to_mark(struct lines *lines, uint32_t pos)
{
	uint64_t ahead;

	if (pos - lines->block >= 64)
		mark_block(lines, pos & ~UINT32_C(63));
	ahead = lines->marks >> pos % 64;
	if (ahead)
		return pos + block64_first(ahead);
	for (uint32_t block = lines->block + 64; block < lines->len; block += 64) {
		mark_block(lines, block);
		if (lines->marks)
			return block + block64_first(lines->marks);
	}
	return lines->len;
}

enum stop {
	STOP_LINE,  /* the logical line ends at pos, or the file does */
	STOP_SEMI,  /* at a `;` */
	STOP_COLON, /* at the colon of a header */
};

/*
 * From lines->pos to what ends a statement. For headers the colon does: the first one that is in
 * no bracket and belongs to no lambda or `:=`.
 */
static enum stop scan(struct lines *lines, bool is_header)
{
	uint32_t pos = lines->pos, segment = pos; /* what is looked through for lambdas next */
	uint32_t depth = 0, lambdas = 0;
	enum stop stop = STOP_LINE;

	for (;; pos++) {
		pos = skip_to_mark(lines, pos);
		if (pos >= lines->len)
			break;
		switch (lines->code[pos]) {
		case '(':
		case '[':
		case '{':
			if (depth == 0 && is_header)
				lambdas += count_lambdas(lines, segment, pos);
			depth++;
			continue;
		case ')':
		case ']':
		case '}':
			if (depth == 0)
				lines_broken(lines, pos);
			else
				depth--;
			segment = pos;
			continue;
		case '\n':
		case '\r':
			if (depth == 0)
				goto out;
			if (!first_word_begins_statement(lines->code, lines->len, layout_skip_line_end(lines->code, lines->len, pos)))
				continue;
			lines_broken(lines, lines->pos);
			goto out;
		case '\\':
			if (layout_is_continuation(lines->code, lines->len, pos))
				pos = layout_skip_line_end(lines->code, lines->len, pos + 1) - 1;
			continue;
		case ';':
			if (depth)
				continue;
			stop = STOP_SEMI;
			goto out;
		case ':':
			if (depth || !is_header)
				continue;
			if (lines->code[pos + 1] == '=')
				continue;
			lambdas += count_lambdas(lines, segment, pos);
			segment = pos;
			if (lambdas) {
				lambdas--;
				continue;
			}
			stop = STOP_COLON;
			goto out;
		}
	}
	if (depth)
		lines_broken(lines, lines->pos);
out:
	lines->pos = pos;
	return stop;
}

/* The end of the last token in [start, end). A backslash in code text is a line continuation, or junk. */
static uint32_t trim(const struct lines *lines, uint32_t start, uint32_t end)
{
	while (end > start && (layout_is_blank(lines->code[end - 1]) || is_line_end(lines->code[end - 1]) ||
			       lines->code[end - 1] == '\\'))
		end--;
	return end;
}

/* Up to the end of a simple statement, and over the `;` behind it. */
static void finish_simple(struct lines *lines, struct line_stmt *stmt, enum stop stop)
{
	stmt->end = trim(lines, stmt->start, lines->pos);
	if (stmt->end == stmt->start) /* junk */
		stmt->end++;
	if (stop == STOP_SEMI)
		lines->pos++;
}

static void read_simple(struct lines *lines, struct line_stmt *stmt)
{
	finish_simple(lines, stmt, scan(lines, false));
}

static void read_header(struct lines *lines, struct line_stmt *stmt)
{
	enum stop stop = scan(lines, true);

	if (stop != STOP_COLON) {
		lines_broken(lines, lines->pos);
		finish_simple(lines, stmt, stop);
		return;
	}
	stmt->end = ++lines->pos;
	stmt->has_inline = !at_end(lines, layout_skip_blanks(lines->code, lines->len, lines->pos));
}

/* A line that begins with `match` is a header if its first colon ends it: an annotation would follow. */
static void read_match(struct lines *lines, struct line_stmt *stmt)
{
	enum stop stop = scan(lines, true);

	if (stop == STOP_COLON && at_end(lines, layout_skip_blanks(lines->code, lines->len, lines->pos + 1))) {
		stmt->end = ++lines->pos;
		return;
	}
	stmt->kind = STMT_EXPRESSION;
	finish_simple(lines, stmt, stop == STOP_COLON ? scan(lines, false) : stop);
}

bool lines_stmt(struct lines *lines, bool in_match, struct line_stmt *stmt)
{
	bool first = lines->first;
	uint32_t pos = layout_skip_blanks(lines->code, lines->len, lines->pos);

	while (pos < lines->len && lines->code[pos] == ';') {
		lines_broken(lines, pos);
		pos = layout_skip_blanks(lines->code, lines->len, pos + 1);
	}
	if (at_end(lines, pos)) {
		lines->pos = layout_skip_line_end(lines->code, lines->len, pos);
		return false;
	}
	lines->first = false;
	lines->pos = pos;
	memset(stmt, 0, sizeof(*stmt));
	stmt->start = pos;
	stmt->kind = (uint8_t)first_word_kind(lines->code, lines->len, pos, in_match && first, &stmt->is_async);
	if (stmt->kind == STMT_MATCH && first) {
		read_match(lines, stmt);
	} else if (stmt->kind >= STMT_IF && first) {
		read_header(lines, stmt);
	} else {
		if (stmt->kind >= STMT_DECORATOR && !first) {
			/* The name `match`, or a compound statement in the line of another one. */
			if (stmt->kind != STMT_MATCH)
				lines_broken(lines, pos);
			stmt->kind = STMT_EXPRESSION;
			stmt->is_async = false;
		}
		read_simple(lines, stmt);
	}
	return true;
}
