/* SPDX-License-Identifier: MIT
 *
 * Splits code text into logical lines and statements. Strings need no care
 * here: in code text they hold no line end, no bracket but those of replacement
 * fields, which are balanced, and nothing else that means something.
 */
#include "python/lines.h"

#include "base/alloc.h"
#include "base/marks.h"
#include "python/blocks.h"
#include "python/first_word.h"
#include "python/layout.h"
#include "python/mask.h"
#include "python/source.h"

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
	const char *code = lines->code;
	uint32_t pos = lines->pos, margin = pos; /* column 0, less what a tab adds */
	uint32_t continued = 0; /* the indentation before the first backslash decides, unless it is none */

	for (;;) {
		pos = layout_skip_spaces(code, pos);
		switch (code[pos]) {
		case '\n':
		case '\r':
			continued = 0;
			/* fall through */
		case '\f':
			margin = ++pos;
			continue;
		case '\t':
			pos++;
			margin = pos - ((pos - 1 - margin) / TAB_WIDTH + 1) * TAB_WIDTH;
			continue;
		case '\\':
			if (!layout_is_continuation(code, lines->len, pos))
				break;
			if (!continued)
				continued = pos - margin;
			margin = pos = layout_skip_line_end(code, lines->len, pos + 1);
			continue;
		case '\0':
			if (pos >= lines->len)
				return false;
			break;
		}
		lines->pos = pos;
		lines->first = true;
		*column = continued ? continued : pos - margin;
		return true;
	}
}

void lines_init(struct lines *lines, const struct mask *mask)
{
	uint32_t len = mask->len;
	struct byteset set;

	memset(lines, 0, sizeof(*lines));
	lines->code = mask->code;
	lines->len = len;
	lines->broken_at = NO_OFFSET;
	/* One bit more than the text has bytes. */
	lines->marks = xmalloc(((size_t)len / 64 + 1) * sizeof(*lines->marks));
	lines->marks[len / 64] = 0;
	byteset_init(&set, "\n\r()[]{}:;\\");
	if (len)
		mark_set(&set, mask->code, 0, len, lines->marks);
	lines->marks[len / 64] |= UINT64_C(1) << len % 64;
}

void lines_release(struct lines *lines)
{
	free(lines->marks);
}

/* A way from mark to mark. */
struct walk {
	const uint64_t *marks;
	uint32_t word;  /* that was looked at last, and which of its marks are ahead */
	uint64_t ahead;
};

static inline struct walk walk_from(const struct lines *lines, uint32_t pos)
{
	return (struct walk){ lines->marks, pos / 64, lines->marks[pos / 64] & ~UINT64_C(0) << pos % 64 };
}

/* The next mark; there is one as long as the one behind the text was not taken. */
static inline uint32_t walk_on(struct walk *walk)
{
	uint32_t pos;

	while (!walk->ahead)
		walk->ahead = walk->marks[++walk->word];
	pos = walk->word * 64 + lowest_mark(walk->ahead);
	walk->ahead &= walk->ahead - 1;
	return pos;
}

/* The first word `lambda` in [pos, end), or end. */
static uint32_t find_lambda(const char *code, uint32_t pos, uint32_t end)
{
	const char *b = code + pos;

	/* A byte is cheaper to look for than a word. */
	while ((b = memchr(b, 'b', (size_t)(code + end - b)))) {
		uint32_t start = (uint32_t)(b - code) - 3;

		if (b - code >= pos + 3 && end - start >= 6 && !memcmp(code + start, "lambda", 6) &&
		    (start == pos || !is_name_byte(code[start - 1])) && !is_name_byte(code[start + 6]))
			return start;
		b++;
	}
	return end;
}

/* How often `lambda` stands in [pos, end), but in no bracket. */
static uint32_t count_lambdas(const char *code, uint32_t pos, uint32_t end)
{
	uint32_t depth = 0, count = 0, next;

	for (next = find_lambda(code, pos, end); next < end; next = find_lambda(code, next + 6, end)) {
		for (; pos < next; pos++) {
			if (is_opening(code[pos]))
				depth++;
			else if (depth && is_closing(code[pos]))
				depth--;
		}
		count += depth == 0;
	}
	return count;
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
static inline enum stop scan(struct lines *lines, bool is_header)
{
	const char *code = lines->code;
	uint32_t pos = lines->pos, depth = 0;
	uint32_t segment = pos, lambdas = 0; /* what is looked through for lambdas next; those without their colon */
	struct walk walk = walk_from(lines, pos);
	enum stop stop = STOP_LINE;

	for (;;) {
		pos = walk_on(&walk);
		switch (code[pos]) {
		case '(':
		case '[':
		case '{':
			depth++;
			continue;
		case ')':
		case ']':
		case '}':
			if (depth == 0)
				lines_broken(lines, pos);
			else
				depth--;
			continue;
		case '\n':
		case '\r':
			if (depth == 0)
				goto out;
			if (!first_word_begins_statement(code, lines->len, pos + 1))
				continue;
			lines_broken(lines, lines->pos);
			goto out;
		case '\\':
			if (layout_is_continuation(code, lines->len, pos))
				walk = walk_from(lines, layout_skip_line_end(code, lines->len, pos + 1));
			continue;
		case ';':
			if (depth)
				continue;
			stop = STOP_SEMI;
			goto out;
		case ':':
			if (!is_header || depth || code[pos + 1] == '=')
				continue;
			lambdas += count_lambdas(code, segment, pos);
			segment = pos;
			if (lambdas) {
				lambdas--;
				continue;
			}
			stop = STOP_COLON;
			goto out;
		case '\0':
			if (depth)
				lines_broken(lines, lines->pos);
			goto out;
		}
	}
out:
	lines->pos = pos;
	return stop;
}

/* The end of the last token in [start, end). A backslash in code text is a line continuation, or junk. */
static uint32_t trim(const struct lines *lines, uint32_t start, uint32_t end)
{
	while (end > start && is_layout(lines->code[end - 1]))
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

static void finish_header(struct lines *lines, struct line_stmt *stmt, enum stop stop)
{
	if (stop != STOP_COLON) {
		lines_broken(lines, lines->pos);
		finish_simple(lines, stmt, stop);
		return;
	}
	stmt->end = ++lines->pos;
	stmt->has_inline = !at_end(lines, layout_skip_blanks(lines->code, lines->len, lines->pos));
}

/* A line that begins with `match` is a header if its first colon ends it: an annotation would follow. */
static void finish_match(struct lines *lines, struct line_stmt *stmt, enum stop stop)
{
	if (stop == STOP_COLON && at_end(lines, layout_skip_blanks(lines->code, lines->len, lines->pos + 1))) {
		stmt->end = ++lines->pos;
		return;
	}
	stmt->kind = STMT_EXPRESSION;
	finish_simple(lines, stmt, stop == STOP_COLON ? scan(lines, false) : stop);
}

/* Over what ends a statement, to the next one of the logical line; false when there is none. */
static bool skip_to_stmt(struct lines *lines)
{
	uint32_t pos = layout_skip_blanks(lines->code, lines->len, lines->pos);

	while (lines->code[pos] == ';') {
		lines_broken(lines, pos);
		pos = layout_skip_blanks(lines->code, lines->len, pos + 1);
	}
	lines->pos = pos;
	return !at_end(lines, pos);
}

/* What begins with a word that only begins logical lines, but not this one: the name `match`, or not Python. */
static void take_for_expression(struct lines *lines, struct line_stmt *stmt)
{
	if (stmt->kind != STMT_MATCH)
		lines_broken(lines, lines->pos);
	stmt->kind = STMT_EXPRESSION;
	stmt->is_async = false;
}

bool lines_stmt_ahead(struct lines *lines, bool in_match, struct line_stmt *stmt)
{
	bool first = lines->first;
	enum stop stop;

	if ((!first || lines->code[lines->pos] == ';') && !skip_to_stmt(lines))
		return false;
	lines->first = false;
	stmt->start = lines->pos;
	stmt->has_inline = false;
	stmt->kind = (uint8_t)first_word_kind(lines->code, lines->len, lines->pos, in_match && first, &stmt->is_async);
	if (stmt->kind >= STMT_DECORATOR && !first)
		take_for_expression(lines, stmt);
	stop = scan(lines, stmt->kind >= STMT_IF);
	if (stmt->kind < STMT_IF)
		finish_simple(lines, stmt, stop);
	else if (stmt->kind == STMT_MATCH)
		finish_match(lines, stmt, stop);
	else
		finish_header(lines, stmt, stop);
	return true;
}
