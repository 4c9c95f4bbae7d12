/* SPDX-License-Identifier: MIT
 *
 * Queries: the starts, sinks and assignments of one as events in the order in
 * which they happen, for walk.c to go through. What is assigned in a function
 * is found by lookup (stores.c), and of that only what lies between the first
 * start and the last sink is taken.
 */
#include "python/reach.h"

#include "base/alloc.h"
#include "python/bindings.h"
#include "python/blocks.h"
#include "python/flow.h"
#include "python/outline.h"
#include "python/stores.h"
#include "python/walk.h"

#define uthash_malloc(size) xmalloc(size)
#include <uthash.h>

/*
 * What is kept is looked up part by part, `a.b.c`, `a.b`, `a`, each at the cost of its
 * length; when all together are longer than this, the rest is not looked up.
 */
#define MAX_KEPT_BYTES (1024 * 1024)

struct function_stores {
	int32_t function; /* key */
	struct stores *stores;
	UT_hash_handle hh;
};

struct reach {
	struct bindings *bindings;
	const struct source *source;
	struct flow_stmt *flow; /* NULL: not made yet */
	struct function_stores *functions;
	struct walk walk;
};

struct reach *reach_new(struct bindings *bindings, const struct source *source)
{
	struct reach *reach = xcalloc(1, sizeof(*reach));

	reach->bindings = bindings;
	reach->source = source;
	reach->walk.blocks = bindings->outline->blocks;
	return reach;
}

void reach_free(struct reach *reach)
{
	struct function_stores *entry, *next;

	HASH_ITER(hh, reach->functions, entry, next) {
		HASH_DEL(reach->functions, entry);
		stores_free(entry->stores);
		free(entry);
	}
	walk_release(&reach->walk);
	free(reach->flow);
	free(reach);
}

static const struct stores *stores_around(struct reach *reach, int32_t body)
{
	const struct blocks *blocks = reach->walk.blocks;
	bool is_def = blocks->stmts[body].kind == STMT_DEF;
	int32_t function = is_def ? body : blocks_function(blocks, blocks->stmts[body].scope);
	struct function_stores *entry;

	HASH_FIND(hh, reach->functions, &function, sizeof(function), entry);
	if (!entry) {
		entry = xcalloc(1, sizeof(*entry));
		entry->function = function;
		entry->stores = stores_new(reach->bindings, reach->source, function);
		HASH_ADD(hh, reach->functions, function, sizeof(function), entry);
	}
	return entry->stores;
}

static void push_event(struct reach *reach, struct event event)
{
	struct walk *walk = &reach->walk;

	ARRAY_GROW(walk->events, walk->nr_events + 1, walk->alloc_events);
	walk->events[walk->nr_events++] = event;
}

static bool is_in_body(const struct reach *reach, int32_t stmt, int32_t body)
{
	return stmt > body && stmt <= reach->walk.blocks->stmts[body].last;
}

/* An event at an expression, unless that is not evaluated in the body. */
static void add_expression(struct reach *reach, int32_t body, int32_t node, enum event_kind kind, bool *reached)
{
	const struct node *here = &reach->bindings->outline->nodes[node];

	if (is_in_body(reach, here->stmt, body) && stores_is_evaluated(reach->bindings, node))
		push_event(reach, (struct event){ here->stmt, node, here->start, here->end,
						  (uint8_t)kind, false, reached });
}

/* A loop that is entered: after the events of its iterable, before that its target is assigned. */
static void add_loop(struct reach *reach, int32_t body, struct reach_sink *sink)
{
	if (is_in_body(reach, sink->loop, body))
		push_event(reach, (struct event){ sink->loop, NO_NODE, UINT32_MAX, UINT32_MAX,
						  EVENT_LOOP, false, &sink->reached });
}

/* -- what is kept */

/* The statements between which assignments matter. */
struct range {
	int32_t first, last;
};

/* A class around a statement binds its name when its body has run: the outermost one in the body, or the statement. */
static int32_t class_around(const struct reach *reach, int32_t stmt, int32_t body)
{
	const struct stmt *stmts = reach->walk.blocks->stmts;
	int32_t outermost = stmt;

	while ((stmt = stmts[stmt].parent) != body && stmt != NO_STMT) {
		if (stmts[stmt].kind == STMT_CLASS)
			outermost = stmt;
	}
	return outermost;
}

static struct range range_of_events(const struct reach *reach, const struct reach_query *query)
{
	struct range range = { INT32_MAX, NO_STMT };

	for (size_t i = 0; i < reach->walk.nr_events; i++) {
		const struct event *event = &reach->walk.events[i];

		if (event->kind == EVENT_START && event->stmt < range.first)
			range.first = event->stmt;
		else if (event->kind != EVENT_START && event->stmt > range.last)
			range.last = event->stmt;
	}
	if (query->live)
		range.first = query->body + 1;
	else if (range.first < INT32_MAX)
		range.first = class_around(reach, range.first, query->body);
	return range;
}

static size_t first_store(const struct store_list *list, int32_t stmt)
{
	size_t low = 0, high = list->nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (list->items[middle].stmt < stmt)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void add_stores(struct reach *reach, const struct store_list *list, struct range range, int32_t same_as)
{
	for (size_t i = first_store(list, range.first); i < list->nr && list->items[i].stmt <= range.last; i++) {
		const struct store *store = &list->items[i];

		if (same_as != NO_NODE &&
		    !outline_same(reach->bindings->outline, reach->source, same_as, store->node))
			continue;
		push_event(reach, (struct event){ store->stmt, store->node, store->start, store->end,
						  EVENT_KILL, store->late, NULL });
	}
}

/* The assignments to a name, attribute or subscript. */
static void add_kills(struct reach *reach, const struct stores *stores, int32_t node, struct range range)
{
	const struct outline *outline = reach->bindings->outline;
	enum node_kind kind = outline->nodes[node].kind;
	const struct store_list *list = NULL;

	if (kind == NODE_NAME)
		list = stores_of_name(stores, outline_name(outline, node));
	else if (kind == NODE_ATTRIBUTE || kind == NODE_SUBSCRIPT)
		list = stores_of_expression(stores, node);
	if (list)
		add_stores(reach, list, range, kind == NODE_NAME ? NO_NODE : node);
}

/* The assignments to what is kept, and to all that it is spelled with. */
static void add_all_kills(struct reach *reach, const struct reach_query *query)
{
	const struct stores *stores = stores_around(reach, query->body);
	struct range range = range_of_events(reach, query);
	const struct node *nodes = reach->bindings->outline->nodes;
	int32_t node = query->keep;

	for (uint32_t bytes = 0; bytes < MAX_KEPT_BYTES; bytes += nodes[node].end - nodes[node].start) {
		add_kills(reach, stores, node, range);
		if (nodes[node].child != NO_NODE) {
			node = nodes[node].child;
			continue;
		}
		while (node != query->keep && nodes[node].next == NO_NODE)
			node = nodes[node].parent;
		if (node == query->keep)
			return;
		node = nodes[node].next;
	}
}

/* -- order */

/* In the order in which they happen; of those that begin at one place the one that holds the other is first. */
static int compare_events(const void *one, const void *other)
{
	const struct event *a = one, *b = other;

	if (a->stmt != b->stmt)
		return a->stmt < b->stmt ? -1 : 1;
	if (a->late != b->late)
		return a->late ? 1 : -1;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	if (a->end != b->end)
		return a->end > b->end ? -1 : 1;
	if (a->node != b->node)
		return a->node > b->node ? -1 : 1;
	return (a->kind > b->kind) - (a->kind < b->kind);
}

void reach_run(struct reach *reach, struct reach_query *query)
{
	struct walk *walk = &reach->walk;

	walk->nr_events = 0;
	for (size_t i = 0; i < query->nr_starts; i++)
		add_expression(reach, query->body, query->starts[i], EVENT_START, NULL);
	for (size_t i = 0; i < query->nr_sinks; i++) {
		struct reach_sink *sink = &query->sinks[i];

		sink->reached = false;
		if (sink->node != NO_NODE)
			add_expression(reach, query->body, sink->node, EVENT_SINK, &sink->reached);
		else
			add_loop(reach, query->body, sink);
	}
	if (!walk->nr_events || !query->nr_sinks)
		return;
	if (query->keep != NO_NODE)
		add_all_kills(reach, query);
	if (!reach->flow)
		reach->flow = flow_build(walk->blocks, reach->bindings->outline->mask);
	walk->flow = reach->flow;
	qsort(walk->events, walk->nr_events, sizeof(*walk->events), compare_events);
	walk_run(walk, query->body, query->live);
}
