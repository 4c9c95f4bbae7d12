/* SPDX-License-Identifier: MIT
 *
 * The table of statements and the tree in it: one stack of open blocks, which
 * indentation opens and closes. Statements themselves come from lines.c.
 */
#include "python/blocks.h"

#include "base/alloc.h"
#include "base/chars.h"
#include "python/lines.h"
#include "python/mask.h"
#include "python/source.h"

/* The body of a header in the header's own line: further right than all indentation. */
#define INLINE_COLUMN UINT32_MAX

/* Code has fewer statements than one in so many bytes, most of it. */
#define BYTES_A_STMT 64

struct level {
	int32_t header;  /* whose body it is, or NO_STMT: the module */
	int32_t scope;   /* of its statements */
	uint32_t column; /* of its statements */
	int32_t last;    /* its last statement so far, or NO_STMT */
};

struct builder {
	struct blocks *blocks;
	struct level *levels; /* never empty: the first one is the module */
	size_t nr, alloc;
	struct level *level;  /* the last one */
	int32_t waiting;      /* a header whose body has to come with the next line, or NO_STMT */
	bool in_match;        /* the last level is the body of a `match` */
};

static void set_level(struct builder *b)
{
	b->level = &b->levels[b->nr - 1];
	b->in_match = b->level->header != NO_STMT && b->blocks->stmts[b->level->header].kind == STMT_MATCH;
}

static void push_level(struct builder *b, int32_t header, uint32_t column)
{
	const struct stmt *stmt = &b->blocks->stmts[header];

	ARRAY_GROW(b->levels, b->nr + 1, b->alloc);
	b->levels[b->nr++] = (struct level){ header, stmt_is_scope(stmt) ? header : stmt->scope, column, NO_STMT };
	set_level(b);
}

static void pop_level(struct builder *b)
{
	struct stmt *header = &b->blocks->stmts[b->level->header];

	header->last = b->blocks->nr - 1;
	header->body_end = b->blocks->stmts[header->last].end;
	b->nr--;
	set_level(b);
}

/* Opens and closes blocks for a line that begins in a column. False: Python would not have it there. */
static bool indent(struct builder *b, uint32_t column)
{
	int32_t header = b->waiting;

	b->waiting = NO_STMT;
	if (header != NO_STMT && column > b->level->column) {
		push_level(b, header, column);
		return true;
	}
	while (column < b->level->column)
		pop_level(b);
	return header == NO_STMT && column == b->level->column;
}

static void add_stmt(struct builder *b, const struct line_stmt *line)
{
	struct blocks *blocks = b->blocks;
	struct level *level = b->level;
	int32_t index = blocks->nr;

	ARRAY_GROW(blocks->stmts, (size_t)index + 1, blocks->alloc);
	blocks->stmts[blocks->nr++] = (struct stmt){
		.start = line->start,
		.end = line->end,
		.body_end = line->end,
		.parent = level->header,
		.scope = level->scope,
		.last = index,
		.next = NO_STMT,
		.kind = line->kind,
		.flags = (uint8_t)((line->is_async ? STMT_ASYNC : 0) |
				   (level->column == INLINE_COLUMN ? STMT_INLINE : 0)),
	};
	if (level->last != NO_STMT)
		blocks->stmts[level->last].next = index;
	level->last = index;
	b->waiting = line->kind >= STMT_IF && !line->has_inline ? index : NO_STMT;
	if (line->has_inline)
		push_level(b, index, INLINE_COLUMN);
}

void blocks_build(struct blocks *blocks, const struct mask *mask)
{
	struct level module = { NO_STMT, NO_STMT, 0, NO_STMT };
	struct builder b = { .blocks = blocks, .waiting = NO_STMT };
	struct lines lines;
	struct line_stmt stmt;
	uint32_t column;

	memset(blocks, 0, sizeof(*blocks));
	lines_init(&lines, mask);
	ARRAY_GROW(blocks->stmts, mask->len / BYTES_A_STMT + 1, blocks->alloc);
	ARRAY_GROW(b.levels, 1, b.alloc);
	b.levels[b.nr++] = module;
	set_level(&b);
	while (lines_next(&lines, &column)) {
		if (!indent(&b, column))
			lines_broken(&lines, lines.pos);
		while (lines_stmt(&lines, b.in_match, &stmt))
			add_stmt(&b, &stmt);
		if (b.level->column == INLINE_COLUMN)
			pop_level(&b);
	}
	if (b.waiting != NO_STMT)
		lines_broken(&lines, lines.len);
	while (b.nr > 1)
		pop_level(&b);
	free(b.levels);
	lines_release(&lines);
	blocks->broken_at = lines.broken_at;
}

void blocks_release(struct blocks *blocks)
{
	free(blocks->stmts);
	memset(blocks, 0, sizeof(*blocks));
}

int32_t blocks_body(const struct blocks *blocks, int32_t header)
{
	return blocks->stmts[header].last > header ? header + 1 : NO_STMT;
}

int32_t blocks_at(const struct blocks *blocks, uint32_t offset)
{
	int32_t low = 0, high = blocks->nr;

	while (low < high) {
		int32_t mid = low + (high - low) / 2;

		if (blocks->stmts[mid].start <= offset)
			low = mid + 1;
		else
			high = mid;
	}
	return low - 1;
}

int32_t blocks_function(const struct blocks *blocks, int32_t scope)
{
	while (scope != NO_STMT && blocks->stmts[scope].kind != STMT_DEF)
		scope = blocks->stmts[scope].scope;
	return scope;
}

int32_t blocks_class(const struct blocks *blocks, int32_t scope)
{
	while (scope != NO_STMT && blocks->stmts[scope].kind != STMT_CLASS)
		scope = blocks->stmts[scope].scope;
	return scope;
}

/* The first statement of a header's body, where that stands in the header's line. */
static bool shares_line(const struct blocks *blocks, int32_t stmt)
{
	return stmt > 0 && stmt < blocks->nr && (blocks->stmts[stmt].flags & STMT_INLINE) &&
	       blocks->stmts[stmt].parent == stmt - 1;
}

void blocks_logical_line(const struct blocks *blocks, int32_t stmt, uint32_t *start, uint32_t *end)
{
	int32_t first = shares_line(blocks, stmt) ? stmt - 1 : stmt;
	int32_t last = shares_line(blocks, stmt + 1) ? stmt + 1 : stmt;

	*start = blocks->stmts[first].start;
	*end = blocks->stmts[last].end;
}

static size_t skip_word(const char *code, size_t pos, size_t end)
{
	while (pos < end && is_name_byte(code[pos]))
		pos++;
	return pos;
}

/* Blanks, and line ends behind a backslash. */
static size_t skip_blanks(const char *code, size_t pos, size_t end)
{
	while (pos < end && is_layout(code[pos]))
		pos++;
	return pos;
}

struct text blocks_name(const struct blocks *blocks, const struct mask *mask, int32_t header)
{
	const struct stmt *stmt = &blocks->stmts[header];
	size_t pos = stmt->start, name;

	if (stmt->flags & STMT_ASYNC)
		pos = skip_blanks(mask->code, skip_word(mask->code, pos, stmt->end), stmt->end);
	name = skip_blanks(mask->code, skip_word(mask->code, pos, stmt->end), stmt->end);
	return (struct text){ mask->code + name, skip_word(mask->code, name, stmt->end) - name };
}

const char *stmt_kind_name(enum stmt_kind kind)
{
	static const char *const names[] = {
		[STMT_EXPRESSION] = "expression", [STMT_PASS] = "pass", [STMT_IMPORT] = "import",
		[STMT_FROM] = "from", [STMT_GLOBAL] = "global", [STMT_NONLOCAL] = "nonlocal",
		[STMT_RETURN] = "return", [STMT_RAISE] = "raise", [STMT_BREAK] = "break",
		[STMT_CONTINUE] = "continue", [STMT_DEL] = "del", [STMT_ASSERT] = "assert",
		[STMT_TYPE] = "type", [STMT_DECORATOR] = "decorator", [STMT_IF] = "if",
		[STMT_ELIF] = "elif", [STMT_ELSE] = "else", [STMT_FOR] = "for", [STMT_WHILE] = "while",
		[STMT_WITH] = "with", [STMT_TRY] = "try", [STMT_EXCEPT] = "except",
		[STMT_FINALLY] = "finally", [STMT_MATCH] = "match", [STMT_CASE] = "case",
		[STMT_DEF] = "def", [STMT_CLASS] = "class",
	};

	return names[kind];
}
