/* SPDX-License-Identifier: MIT
 *
 * From matches to what control reaches after them.
 */
#include "scan/follow.h"

#include "base/alloc.h"
#include "scan/evaluate_parts.h"
#include "scan/place.h"

/* The sinks of one query, and where each is reported. */
struct sinks {
	struct evaluation *ev;
	const struct then *then;
	int32_t function;
	int32_t outside; /* loop whose body does not count, or NO_STMT */
	int32_t inside;  /* loop whose body alone counts, or NO_STMT */
	struct reach_sink *items;
	size_t nr, alloc;
};

static bool is_in_body(const struct evaluation *ev, int32_t node, int32_t loop)
{
	int32_t stmt = node_at(ev, node)->stmt;

	return stmt > loop && stmt <= stmt_at(ev, loop)->last;
}

/*
 * Notes an expression that satisfies the test, if it runs when the function does. Never stops the
 * search. One that is met twice is noted twice: findings are a set in the end.
 */
static bool add_sink(struct evaluation *ev, int32_t node, void *data)
{
	struct sinks *sinks = data;

	if (function_of(ev, node) != sinks->function || outline_lambda(&ev->file->outline, node) != NO_NODE)
		return false;
	if (sinks->outside != NO_STMT && is_in_body(ev, node, sinks->outside))
		return false;
	if (sinks->inside != NO_STMT && !is_in_body(ev, node, sinks->inside))
		return false;
	if (sinks->then->unless && evaluate_test(ev, sinks->then->unless, node))
		return false;
	ARRAY_GROW(sinks->items, sinks->nr + 1, sinks->alloc);
	sinks->items[sinks->nr++] = (struct reach_sink){ node, NO_STMT, false };
	return false;
}

/* -- loops around a match: `for T in GROUP: … T.cancel() …` */

static bool is_name(const struct evaluation *ev, int32_t node, struct text name)
{
	return node_is(ev, node, NODE_NAME) && text_equal(outline_name(&ev->file->outline, node), name);
}

static void push(struct evaluation *ev, struct pending_list *list, struct rule *rule, int32_t node, int32_t loop)
{
	struct pending *pending;
	int32_t kept = rule->then->keep >= 0 ? ev->captures[rule->then->keep].node : NO_NODE;

	ARRAY_GROW(list->items, list->nr + 1, list->alloc);
	pending = &list->items[list->nr++];
	pending->rule = rule;
	pending->node = node;
	pending->loop = loop;
	pending->function = function_of(ev, node);
	pending->hash = kept == NO_NODE || loop != NO_STMT ?
			0 : outline_hash(&ev->file->outline, &ev->file->source, kept);
	memcpy(pending->captures, ev->captures, sizeof(pending->captures));
}

void follow_add(struct evaluation *ev, struct rule *rule, int32_t node, struct pending_list *list)
{
	const struct loop_clause *clause = rule->loop;
	int32_t header = stmt_at(ev, node_at(ev, node)->stmt)->parent, target;

	if (function_of(ev, node) == NO_STMT || (clause && ev->captures[clause->target].node == NO_NODE))
		return;
	if (!clause) {
		push(ev, list, rule, node, NO_STMT);
		return;
	}
	for (; header != NO_STMT && stmt_at(ev, header)->kind != STMT_DEF; header = stmt_at(ev, header)->parent) {
		if (stmt_at(ev, header)->kind != STMT_FOR || stmt_at(ev, header)->flags & STMT_ASYNC)
			continue;
		target = root_of(ev, header, SLOT_FOR_TARGET);
		if (is_name(ev, target, outline_name(&ev->file->outline, ev->captures[clause->target].node)) &&
		    evaluate_test(ev, clause->over, root_of(ev, header, SLOT_ITER)))
			push(ev, list, rule, node, header);
	}
}

/* -- one query */

/* The start that comes last before a sink: that is the one a reader looks for. */
static int32_t nearest_start(const struct evaluation *ev, const int32_t *starts, size_t nr, uint32_t sink)
{
	int32_t nearest = starts[0];

	for (size_t i = 1; i < nr; i++)
		if (node_at(ev, starts[i])->start <= sink)
			nearest = starts[i];
	return nearest;
}

static void report_sink(struct evaluation *ev, const struct rule *rule, int32_t sink, const int32_t *starts, size_t nr,
			struct finding_list *findings)
{
	const struct node *node = node_at(ev, sink);
	struct extent extent = { node->start, node->end }, second;
	int32_t callee = callee_of(ev, nearest_start(ev, starts, nr, node->start));

	if (callee == NO_NODE)
		callee = nearest_start(ev, starts, nr, node->start);
	second = (struct extent){ node_at(ev, callee)->start, node_at(ev, callee)->end };
	place_finding(ev, rule, extent, second, findings);
}

/* What the body of a loop `for u in GROUP` reaches from its start, as another rule looks for it. */
static void report_loop(struct evaluation *ev, const struct rule *rule, int32_t function, int32_t loop,
			const int32_t *starts, size_t nr_starts, struct finding_list *findings)
{
	const struct then *then = rule->then->loop_like->then;
	struct sinks sinks = { .ev = ev, .then = then, .function = function, .outside = NO_STMT, .inside = loop };
	struct capture kept = ev->captures[rule->then->loop_as];
	struct reach_query query = { .body = loop, .live = true };

	if (!then || !then->reach)
		return;
	evaluation_capture(ev, rule->then->loop_as, root_of(ev, loop, SLOT_FOR_TARGET));
	query.keep = ev->captures[rule->then->loop_as].node;
	search_function(ev, function, then->reach, add_sink, &sinks);
	query.sinks = sinks.items;
	query.nr_sinks = sinks.nr;
	if (sinks.nr)
		reach_run(pyfile_reach(ev->file), &query);
	ev->captures[rule->then->loop_as] = kept;
	for (size_t i = 0; i < sinks.nr; i++)
		if (sinks.items[i].reached)
			report_sink(ev, rule, sinks.items[i].node, starts, nr_starts, findings);
	free(sinks.items);
}

/* Notes the loops over the group as sinks: an iterable that satisfies the test. Never stops the search. */
static bool add_loop(struct evaluation *ev, int32_t node, void *data)
{
	struct sinks *sinks = data;
	int32_t stmt = node_at(ev, node)->stmt;

	if (node_at(ev, node)->slot != SLOT_ITER || stmt_at(ev, stmt)->flags & STMT_ASYNC ||
	    function_of(ev, node) != sinks->function || stmt == sinks->outside ||
	    (sinks->outside != NO_STMT && is_in_body(ev, node, sinks->outside)) ||
	    !node_is(ev, root_of(ev, stmt, SLOT_FOR_TARGET), NODE_NAME))
		return false;
	ARRAY_GROW(sinks->items, sinks->nr + 1, sinks->alloc);
	sinks->items[sinks->nr++] = (struct reach_sink){ NO_NODE, stmt, false };
	return false;
}

static void run(struct evaluation *ev, const struct pending *first, const int32_t *starts, size_t nr_starts,
		struct finding_list *findings)
{
	const struct then *then = first->rule->then;
	struct sinks sinks = { .ev = ev, .then = then, .function = first->function, .inside = NO_STMT };
	struct reach_query query = { .body = first->function, .starts = starts, .nr_starts = nr_starts };

	sinks.outside = then->outside_loop ? first->loop : NO_STMT;
	query.keep = then->keep >= 0 ? ev->captures[then->keep].node : NO_NODE;
	search_function(ev, first->function, then->reach, add_sink, &sinks);
	if (then->loop_over)
		search_function(ev, first->function, then->loop_over, add_loop, &sinks);
	query.sinks = sinks.items;
	query.nr_sinks = sinks.nr;
	if (sinks.nr)
		reach_run(pyfile_reach(ev->file), &query);
	for (size_t i = 0; i < sinks.nr; i++) {
		if (!sinks.items[i].reached)
			continue;
		if (sinks.items[i].node != NO_NODE)
			report_sink(ev, first->rule, sinks.items[i].node, starts, nr_starts, findings);
		else
			report_loop(ev, first->rule, first->function, sinks.items[i].loop, starts, nr_starts, findings);
	}
	free(sinks.items);
}

/* -- groups of a loop: what it goes over, and each name that its body adds the target to */

static bool adds_target(const struct evaluation *ev, int32_t call, const struct loop_clause *clause, struct text target)
{
	int32_t argument;

	if (!node_is(ev, receiver_of(ev, call), NODE_NAME) || !has_last_part(ev, callee_of(ev, call), clause->adders))
		return false;
	argument = first_argument(ev, call);
	return argument != NO_NODE && is_name(ev, argument, target) &&
	       (node_at(ev, argument)->next == NO_NODE || !is_positional(ev, node_at(ev, argument)->next));
}

/* Finds the next name that the loop's body adds the target to, from a statement and node on; NO_NODE: no more. */
static int32_t next_adder(struct evaluation *ev, const struct pending *pending, struct text target, int32_t *stmt,
			  int32_t *node)
{
	for (; *stmt <= stmt_at(ev, pending->loop)->last; (*stmt)++, *node = NO_NODE) {
		const struct outline_stmt *entry = outline_stmt(&ev->file->outline, *stmt);
		int32_t end = entry->first + entry->count;

		if (blocks_function(&ev->file->blocks, stmt_at(ev, *stmt)->scope) != pending->function)
			continue;
		for (*node = *node == NO_NODE ? entry->first : *node + 1; *node < end; (*node)++)
			if (node_is(ev, *node, NODE_CALL) && adds_target(ev, *node, pending->rule->loop, target) &&
			    outline_lambda(&ev->file->outline, *node) == NO_NODE)
				return receiver_of(ev, *node);
	}
	return NO_NODE;
}

static void run_groups(struct evaluation *ev, const struct pending *first, const int32_t *starts, size_t nr_starts,
		       struct finding_list *findings)
{
	const struct loop_clause *clause = first->rule->loop;
	struct text target = outline_name(&ev->file->outline, ev->captures[clause->target].node);
	int32_t stmt = first->loop + 1, node = NO_NODE, adder;

	run(ev, first, starts, nr_starts, findings);
	if (!clause->adders)
		return;
	while ((adder = next_adder(ev, first, target, &stmt, &node)) != NO_NODE) {
		evaluation_capture(ev, clause->group, adder);
		run(ev, first, starts, nr_starts, findings);
	}
}

/* -- all that is pending */

static int by_group(const void *a, const void *b)
{
	const struct pending *x = a, *y = b;

	if (x->rule->index != y->rule->index)
		return x->rule->index < y->rule->index ? -1 : 1;
	if (x->function != y->function)
		return x->function < y->function ? -1 : 1;
	if (x->loop != y->loop)
		return x->loop < y->loop ? -1 : 1;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->node > y->node) - (x->node < y->node);
}

static bool are_together(struct evaluation *ev, const struct pending *a, const struct pending *b)
{
	int keep = a->rule->then->keep;

	if (a->rule != b->rule || a->function != b->function || a->loop != b->loop || a->hash != b->hash)
		return false;
	if (keep < 0 || a->loop != NO_STMT)
		return true;
	return same_expression(ev, a->captures[keep].node, b->captures[keep].node);
}

void follow_all(struct evaluation *ev, struct pending_list *list, struct finding_list *findings, struct error *err)
{
	int32_t *starts = xcalloc(list->nr, sizeof(*starts));

	if (list->nr)
		qsort(list->items, list->nr, sizeof(*list->items), by_group);
	for (size_t i = 0; i < list->nr;) {
		const struct pending *first = &list->items[i];
		size_t nr = 0;

		while (i < list->nr && are_together(ev, first, &list->items[i]))
			starts[nr++] = list->items[i++].node;
		memcpy(ev->captures, first->captures, sizeof(ev->captures));
		if (first->loop != NO_STMT)
			run_groups(ev, first, starts, nr, findings);
		else
			run(ev, first, starts, nr, findings);
		if (ev->error.message)
			error_set(err, "%s: %s", first->rule->code, ev->error.message);
		error_release(&ev->error);
	}
	free(starts);
	free(list->items);
	memset(list, 0, sizeof(*list));
}
