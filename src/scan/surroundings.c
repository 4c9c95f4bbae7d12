/* SPDX-License-Identifier: MIT
 *
 * Findings near each other share lines, so each line is kept once for all of
 * them; which ones, an array of steps up and down tells in one pass.
 */
#include "scan/surroundings.h"

#include "base/alloc.h"

/* The def that a place belongs to: around it, or whose header or decorator it stands in; NO_STMT: none. */
static int32_t function_around(const struct blocks *blocks, uint32_t offset)
{
	int32_t stmt = blocks_at(blocks, offset);

	while (stmt != NO_STMT && blocks->stmts[stmt].kind == STMT_DECORATOR)
		stmt = blocks->stmts[stmt].next;
	if (stmt == NO_STMT || blocks->stmts[stmt].kind == STMT_DEF)
		return stmt;
	return blocks_function(blocks, blocks->stmts[stmt].scope);
}

static void widen_to_function(struct pyfile *file, struct finding *finding)
{
	const struct blocks *blocks = &file->blocks;
	int32_t function = function_around(blocks, finding->offset), first = function;
	uint32_t from, to;

	if (function == NO_STMT)
		return;
	while (first > 0 && blocks->stmts[first - 1].kind == STMT_DECORATOR)
		first--;
	from = source_line(&file->source, blocks->stmts[first].start);
	to = source_line(&file->source, blocks->stmts[function].body_end);
	if (from < finding->shown_from)
		finding->shown_from = from;
	if (to > finding->shown_to)
		finding->shown_to = to;
}

static void find_range(struct pyfile *file, const struct surroundings *wish, struct finding *finding)
{
	uint32_t line = finding->place.line, nr = file->source.nr_lines;

	finding->shown_from = line > wish->before ? line - wish->before : 1;
	finding->shown_to = nr - line > wish->after ? line + wish->after : nr;
	if (wish->function)
		widen_to_function(file, finding);
}

static void add_line(struct source *source, uint32_t number, struct finding_list *findings, size_t *alloc)
{
	struct text text = source_line_text(source, number);

	ARRAY_GROW(findings->lines, findings->nr_lines + 1, *alloc);
	findings->lines[findings->nr_lines++] = (struct finding_line){ number, xmemdupz(text.ptr, text.len), text.len };
}

void surroundings_fill(struct pyfile *file, const struct surroundings *wish, struct finding_list *findings)
{
	int32_t *steps, depth = 0;
	size_t alloc = 0;

	source_lines(&file->source);
	steps = xcalloc((size_t)file->source.nr_lines + 2, sizeof(*steps));
	for (size_t i = 0; i < findings->nr; i++) {
		find_range(file, wish, &findings->items[i]);
		steps[findings->items[i].shown_from]++;
		steps[findings->items[i].shown_to + 1]--;
	}
	for (uint32_t number = 1; number <= file->source.nr_lines; number++) {
		depth += steps[number];
		if (depth)
			add_line(&file->source, number, findings, &alloc);
	}
	free(steps);
}
