/* SPDX-License-Identifier: MIT
 *
 * Writes the answers of reach as text; the format stands in the header.
 */
#include "python/dump_reach.h"

#include "base/alloc.h"
#include "python/pyfile.h"

#define MAX_LINES 400

/* The queries of one function, and what they are made from. */
struct queries {
	FILE *out;
	struct pyfile *file;
	int32_t function;
	int32_t *own; /* statements that run when the function runs */
	size_t nr_own, alloc_own;
	int32_t *starts;
	size_t nr_starts, alloc_starts;
	struct reach_sink *sinks;
	size_t nr_sinks, alloc_sinks;
};

static void write_place(struct queries *queries, uint32_t offset)
{
	struct source *source = &queries->file->source;

	fprintf(queries->out, " %u:%u", source_line(source, offset), source_byte_column(source, offset));
}

static void find_own(struct queries *queries)
{
	const struct stmt *stmts = queries->file->blocks.stmts;

	queries->nr_own = 0;
	for (int32_t i = queries->function + 1; i <= stmts[queries->function].last; i++) {
		ARRAY_GROW(queries->own, queries->nr_own + 1, queries->alloc_own);
		queries->own[queries->nr_own++] = i;
		outline_stmt(&queries->file->outline, i);
		if (stmts[i].kind == STMT_DEF)
			i = stmts[i].last;
	}
}

/* R of a statement `R.method(…)`, or NO_NODE. */
static int32_t receiver(const struct queries *queries, int32_t stmt)
{
	const struct outline *outline = &queries->file->outline;
	int32_t root = outline_entry(outline, stmt)->root, callee;

	if (root == NO_NODE || outline->nodes[root].slot != SLOT_EXPRESSION || outline->nodes[root].kind != NODE_CALL)
		return NO_NODE;
	callee = outline->nodes[root].child;
	return outline->nodes[callee].kind == NODE_ATTRIBUTE ? outline->nodes[callee].child : NO_NODE;
}

static void push_sink(struct queries *queries, int32_t node, int32_t loop)
{
	ARRAY_GROW(queries->sinks, queries->nr_sinks + 1, queries->alloc_sinks);
	queries->sinks[queries->nr_sinks++] = (struct reach_sink){ node, loop, false };
}

static bool same(const struct queries *queries, int32_t a, int32_t b)
{
	const struct outline *outline = &queries->file->outline;

	return outline->nodes[a].kind == outline->nodes[b].kind &&
	       outline_same(outline, &queries->file->source, a, b);
}

/* The uses of an expression in some statements of the function, and the loops over it. */
static void find_sinks(struct queries *queries, int32_t expression, int32_t first, int32_t last)
{
	const struct outline *outline = &queries->file->outline;

	queries->nr_sinks = 0;
	for (size_t i = 0; i < queries->nr_own; i++) {
		struct outline_stmt entry = *outline_entry(outline, queries->own[i]);

		if (queries->own[i] < first || queries->own[i] > last)
			continue;
		for (int32_t node = entry.first; node < entry.first + entry.count; node++) {
			if (outline->nodes[node].flags & NODE_STORES || !same(queries, node, expression))
				continue;
			push_sink(queries, node, NO_STMT);
			if (outline->nodes[node].slot == SLOT_ITER)
				push_sink(queries, NO_NODE, queries->own[i]);
		}
	}
}

static int compare_sinks(const void *one, const void *other)
{
	const struct reach_sink *a = one, *b = other;

	if (a->node != b->node)
		return a->node < b->node ? -1 : 1;
	return (a->loop > b->loop) - (a->loop < b->loop);
}

static void write_reached(struct queries *queries)
{
	if (queries->nr_sinks)
		qsort(queries->sinks, queries->nr_sinks, sizeof(*queries->sinks), compare_sinks);
	for (size_t i = 0; i < queries->nr_sinks; i++) {
		const struct reach_sink *sink = &queries->sinks[i];

		if (sink->reached)
			write_place(queries, sink->node == NO_NODE ?
				    queries->file->blocks.stmts[sink->loop].start :
				    queries->file->outline.nodes[sink->node].start);
	}
	putc('\n', queries->out);
}

static void run_calls(struct queries *queries, int32_t keep)
{
	const struct stmt *stmts = queries->file->blocks.stmts;
	const struct outline *outline = &queries->file->outline;
	struct reach_query query = { .body = queries->function, .keep = keep };

	queries->nr_starts = 0;
	for (size_t i = 0; i < queries->nr_own; i++) {
		int32_t other = receiver(queries, queries->own[i]);

		if (other == NO_NODE || !same(queries, other, keep))
			continue;
		if (other < keep)
			return; /* has been written at its first call */
		ARRAY_GROW(queries->starts, queries->nr_starts + 1, queries->alloc_starts);
		queries->starts[queries->nr_starts++] = outline_entry(outline, queries->own[i])->root;
	}
	find_sinks(queries, keep, queries->function, stmts[queries->function].last);
	query.starts = queries->starts;
	query.nr_starts = queries->nr_starts;
	query.sinks = queries->sinks;
	query.nr_sinks = queries->nr_sinks;
	reach_run(pyfile_reach(queries->file), &query);
	fputs("calls", queries->out);
	write_place(queries, stmts[queries->function].start);
	write_place(queries, outline->nodes[query.starts[0]].start);
	write_reached(queries);
}

static void run_loop(struct queries *queries, int32_t loop)
{
	const struct stmt *stmts = queries->file->blocks.stmts;
	const struct outline *outline = &queries->file->outline;
	int32_t target = outline_entry(outline, loop)->root;
	struct reach_query query = { .body = loop, .live = true, .keep = target };

	if (target == NO_NODE || outline->nodes[target].kind != NODE_NAME)
		return;
	find_sinks(queries, target, loop + 1, stmts[loop].last);
	query.sinks = queries->sinks;
	query.nr_sinks = queries->nr_sinks;
	reach_run(pyfile_reach(queries->file), &query);
	fputs("loop", queries->out);
	write_place(queries, stmts[loop].start);
	write_reached(queries);
}

static void run_function(struct queries *queries, int32_t function)
{
	const struct stmt *header = &queries->file->blocks.stmts[function];
	struct source *source = &queries->file->source;

	if (source_line(source, header->body_end) - source_line(source, header->start) > MAX_LINES)
		return;
	queries->function = function;
	find_own(queries);
	for (size_t i = 0; i < queries->nr_own; i++) {
		int32_t keep = receiver(queries, queries->own[i]);

		if (keep != NO_NODE)
			run_calls(queries, keep);
		if (queries->file->blocks.stmts[queries->own[i]].kind == STMT_FOR)
			run_loop(queries, queries->own[i]);
	}
}

void dump_reach(FILE *out, struct pyfile *file)
{
	struct queries queries = { .out = out, .file = file };

	pyfile_bindings(file);
	for (int32_t i = 0; i < file->blocks.nr; i++) {
		if (file->blocks.stmts[i].kind == STMT_DEF)
			run_function(&queries, i);
	}
	free(queries.own);
	free(queries.starts);
	free(queries.sinks);
}
