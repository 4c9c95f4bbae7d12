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
	const struct then *then;
	int32_t function;
	struct reach_sink *items; /* owned */
	size_t nr, alloc;
};

static bool is_in_body(const struct evaluation *ev, int32_t stmt, int32_t loop)
{
	return stmt > loop && stmt <= stmt_at(ev, loop)->last;
}

static void push_sink(struct sinks *sinks, int32_t node, int32_t loop)
{
	ARRAY_GROW(sinks->items, sinks->nr + 1, sinks->alloc);
	sinks->items[sinks->nr++] = (struct reach_sink){ node, loop, false };
}

/* Notes an expression that is looked for, if it runs when the function does. Never stops the search. */
static bool add_sink(struct evaluation *ev, int32_t node, void *data)
{
	struct sinks *sinks = data;

	if (evaluate_test(ev, sinks->then->reach, node) && function_of(ev, node) == sinks->function && outline_lambda(&ev->file->outline, node) == NO_NODE &&
	    !(sinks->then->unless && evaluate_test(ev, sinks->then->unless, node)))
		push_sink(sinks, node, NO_STMT);
	return false;
}

/* -- captures */

static uint64_t captures_hash(const struct evaluation *ev, const struct capture *captures)
{
	uint64_t hash = 0;

	for (int i = 0; i < ev->nr_captures; i++) {
		hash *= 31;
		if (captures[i].node != NO_NODE)
			hash += outline_hash(&ev->file->outline, &ev->file->source, captures[i].node);
		else if (captures[i].start != NO_OFFSET)
			hash += captures[i].end - captures[i].start + 1;
	}
	return hash;
}

static bool same_captures(struct evaluation *ev, const struct capture *a, const struct capture *b)
{
	const char *bytes = ev->file->source.bytes;

	for (int i = 0; i < ev->nr_captures; i++) {
		if (a[i].node != NO_NODE && b[i].node != NO_NODE) {
			if (!same_expression(ev, a[i].node, b[i].node))
				return false;
		} else if (a[i].node != b[i].node || a[i].end - a[i].start != b[i].end - b[i].start ||
			   (a[i].start != NO_OFFSET && memcmp(bytes + a[i].start, bytes + b[i].start,
							      a[i].end - a[i].start))) {
			return false;
		}
	}
	return true;
}

/* -- loops around a match: `for T in GROUP: … T.cancel() …` */

static bool is_name(const struct evaluation *ev, int32_t node, struct text name)
{
	return node_is(ev, node, NODE_NAME) && text_equal(outline_name(&ev->file->outline, node), name);
}

static void push(struct evaluation *ev, struct pending_list *list, struct rule *rule, int32_t node, int32_t loop)
{
	struct pending *pending;

	ARRAY_GROW(list->items, list->nr + 1, list->alloc);
	pending = &list->items[list->nr++];
	pending->rule = rule;
	pending->node = node;
	pending->start = node_at(ev, node)->start;
	pending->loop = loop;
	pending->function = function_of(ev, node);
	pending->hash = captures_hash(ev, ev->captures);
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

/* -- what is followed: the matches of one rule, function and loop with the same captures, and what they look for */

struct quest {
	const struct pending *matches; /* sorted by their start */
	size_t nr;
	uint64_t hash; /* of the captures */
	struct capture captures[MAX_CAPTURES]; /* those of the matches; the group may be another */
};

struct quest_list {
	struct quest *items; /* owned */
	size_t nr, alloc;
};

static void push_quest(const struct evaluation *ev, struct quest_list *list, const struct pending *matches, size_t nr)
{
	struct quest *quest;

	ARRAY_GROW(list->items, list->nr + 1, list->alloc);
	quest = &list->items[list->nr++];
	quest->matches = matches;
	quest->nr = nr;
	quest->hash = captures_hash(ev, ev->captures);
	memcpy(quest->captures, ev->captures, sizeof(quest->captures));
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

/* A quest for what the loop goes over, and one for each name that its body adds the target to. */
static void push_quests(struct evaluation *ev, struct quest_list *list, const struct pending *matches, size_t nr)
{
	const struct loop_clause *clause = matches->rule->loop;
	int32_t stmt = matches->loop + 1, node = NO_NODE, adder;
	struct text target;

	memcpy(ev->captures, matches->captures, sizeof(ev->captures));
	push_quest(ev, list, matches, nr);
	if (!clause || !clause->adders)
		return;
	target = outline_name(&ev->file->outline, ev->captures[clause->target].node);
	while ((adder = next_adder(ev, matches, target, &stmt, &node)) != NO_NODE) {
		evaluation_capture(ev, clause->group, adder);
		push_quest(ev, list, matches, nr);
	}
}

/* -- quests that look for the same, followed together */

/* Where control starts, in the order of the source. */
struct start {
	uint32_t offset;
	int32_t node;
	const struct quest *quest;
};

struct following {
	struct evaluation *ev;
	const struct rule *rule;
	int32_t function;
	const struct quest *quests; /* sorted by loop */
	size_t nr_quests;
	struct start *starts;    /* owned */
	int32_t *start_nodes;    /* owned; the nodes of starts */
	size_t nr_starts;
	int32_t *last_of_loops;  /* owned; of each quest: the last statement in its loop or in one before it */
	struct finding_list *findings;
};

static int by_offset(const void *a, const void *b)
{
	const struct start *x = a, *y = b;

	if (x->offset != y->offset)
		return x->offset < y->offset ? -1 : 1;
	return (x->quest > y->quest) - (x->quest < y->quest);
}

static void begin(struct following *f)
{
	size_t nr = 0;

	for (size_t i = 0; i < f->nr_quests; i++)
		f->nr_starts += f->quests[i].nr;
	f->starts = xcalloc(f->nr_starts, sizeof(*f->starts));
	f->start_nodes = xcalloc(f->nr_starts, sizeof(*f->start_nodes));
	f->last_of_loops = xcalloc(f->nr_quests, sizeof(*f->last_of_loops));
	for (size_t i = 0; i < f->nr_quests; i++) {
		const struct quest *quest = &f->quests[i];
		int32_t loop = quest->matches->loop, last = loop == NO_STMT ? NO_STMT : stmt_at(f->ev, loop)->last;

		for (size_t m = 0; m < quest->nr; m++)
			f->starts[nr++] = (struct start){ quest->matches[m].start, quest->matches[m].node, quest };
		f->last_of_loops[i] = i && f->last_of_loops[i - 1] > last ? f->last_of_loops[i - 1] : last;
	}
	qsort(f->starts, nr, sizeof(*f->starts), by_offset);
	for (size_t i = 0; i < nr; i++)
		f->start_nodes[i] = f->starts[i].node;
}

/* Does a statement stand in the body of the loop of a quest? */
static bool is_in_some_loop(const struct following *f, int32_t stmt)
{
	size_t low = 0, high = f->nr_quests;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (f->quests[middle].matches->loop < stmt)
			low = middle + 1;
		else
			high = middle;
	}
	return low && f->last_of_loops[low - 1] >= stmt;
}

/* The start that comes last before a sink: that is the one a reader looks for. */
static const struct start *nearest_start(const struct following *f, uint32_t sink)
{
	size_t low = 0, high = f->nr_starts;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (f->starts[middle].offset <= sink)
			low = middle + 1;
		else
			high = middle;
	}
	return &f->starts[low ? low - 1 : 0];
}

static void report_sink(const struct following *f, int32_t sink)
{
	struct evaluation *ev = f->ev;
	const struct node *node = node_at(ev, sink);
	const struct start *start = nearest_start(f, node->start);
	struct extent extent = { node->start, node->end }, second;
	int32_t callee = callee_of(ev, start->node);

	if (callee == NO_NODE)
		callee = start->node;
	memcpy(ev->captures, start->quest->captures, sizeof(ev->captures));
	second = (struct extent){ node_at(ev, callee)->start, node_at(ev, callee)->end };
	place_finding(ev, f->rule, extent, second, f->findings);
}

/* What the body of a loop `for u in GROUP` reaches from its start, as another rule looks for it. */
static void report_loop(const struct following *f, int32_t loop)
{
	struct evaluation *ev = f->ev;
	int capture = f->rule->then->loop_as;
	const struct then *then = f->rule->then->loop_like->then;
	struct sinks sinks = { .then = then, .function = f->function };
	struct reach_query query = { .body = loop, .live = true };

	if (!then || !then->reach)
		return;
	evaluation_capture(ev, capture, root_of(ev, loop, SLOT_FOR_TARGET));
	query.keep = ev->captures[capture].node;
	search_function(ev, loop, then->reach, add_sink, &sinks);
	query.sinks = sinks.items;
	query.nr_sinks = sinks.nr;
	if (sinks.nr)
		reach_run(pyfile_reach(ev->file), &query);
	for (size_t i = 0; i < sinks.nr; i++)
		if (sinks.items[i].reached)
			report_sink(f, sinks.items[i].node);
	free(sinks.items);
}

/* Notes the loops over the group as sinks: an iterable that satisfies the test. Never stops the search. */
static bool add_loop(struct evaluation *ev, int32_t node, void *data)
{
	struct sinks *sinks = data;
	int32_t stmt = node_at(ev, node)->stmt;

	if (node_at(ev, node)->slot == SLOT_ITER && !(stmt_at(ev, stmt)->flags & STMT_ASYNC) &&
	    function_of(ev, node) == sinks->function && node_is(ev, root_of(ev, stmt, SLOT_FOR_TARGET), NODE_NAME) &&
	    evaluate_test(ev, sinks->then->loop_over, node))
		push_sink(sinks, NO_NODE, stmt);
	return false;
}

/* One query: reports those of the sinks that are reached from some starts. */
static void ask(const struct following *f, struct sinks *sinks, const int32_t *starts, size_t nr_starts)
{
	struct evaluation *ev = f->ev;
	int keep = f->rule->then->keep;
	struct reach_query query = { .body = f->function, .starts = starts, .nr_starts = nr_starts };

	if (!sinks->nr)
		return;
	query.sinks = sinks->items;
	query.nr_sinks = sinks->nr;
	query.keep = keep >= 0 ? f->quests->captures[keep].node : NO_NODE;
	reach_run(pyfile_reach(ev->file), &query);
	for (size_t i = 0; i < sinks->nr; i++) {
		if (!sinks->items[i].reached)
			continue;
		if (sinks->items[i].node != NO_NODE)
			report_sink(f, sinks->items[i].node);
		else
			report_loop(f, sinks->items[i].loop);
	}
}

static int32_t stmt_of_sink(const struct evaluation *ev, const struct reach_sink *sink)
{
	return sink->node == NO_NODE ? sink->loop : node_at(ev, sink->node)->stmt;
}

/* Control goes forward, so that only what stands behind the first match, and outside of its loop, can be reached. */
static bool may_reach(const struct following *f, const struct quest *quest, int32_t stmt)
{
	return stmt >= node_at(f->ev, quest->matches->node)->stmt && !is_in_body(f->ev, stmt, quest->matches->loop);
}

/* The sinks in loops: for each quest those that stand outside of its own. */
static void ask_for_each(const struct following *f, const struct sinks *inside)
{
	for (size_t i = 0; inside->nr && i < f->nr_quests; i++) {
		const struct quest *quest = &f->quests[i];
		int32_t *starts = xcalloc(quest->nr, sizeof(*starts));
		struct sinks sinks = { .then = inside->then, .function = inside->function };

		for (size_t s = 0; s < inside->nr; s++)
			if (may_reach(f, quest, stmt_of_sink(f->ev, &inside->items[s])))
				push_sink(&sinks, inside->items[s].node, inside->items[s].loop);
		for (size_t m = 0; m < quest->nr; m++)
			starts[m] = quest->matches[m].node;
		ask(f, &sinks, starts, quest->nr);
		free(sinks.items);
		free(starts);
	}
}

/*
 * Where a rule does not count what stands in a match's own loop, sinks in such a loop are asked about for
 * each quest; all others, which are the rule, for all quests at once.
 */
static void follow(struct following *f)
{
	const struct then *then = f->rule->then;
	struct sinks sinks = { .then = then, .function = f->function }, inside = sinks;
	size_t kept = 0;

	begin(f);
	memcpy(f->ev->captures, f->quests->captures, sizeof(f->ev->captures));
	search_function(f->ev, f->function, then->reach, add_sink, &sinks);
	if (then->loop_over)
		search_function(f->ev, f->function, then->loop_over, add_loop, &sinks);
	for (size_t i = 0; i < sinks.nr; i++) {
		if (then->outside_loop && is_in_some_loop(f, stmt_of_sink(f->ev, &sinks.items[i])))
			push_sink(&inside, sinks.items[i].node, sinks.items[i].loop);
		else
			sinks.items[kept++] = sinks.items[i];
	}
	sinks.nr = kept;
	ask(f, &sinks, f->start_nodes, f->nr_starts);
	if (f->nr_quests > 1)
		ask_for_each(f, &inside);
	free(sinks.items);
	free(inside.items);
	free(f->starts);
	free(f->start_nodes);
	free(f->last_of_loops);
}

/* -- all that is pending */

static int by_place(const struct pending *x, const struct pending *y)
{
	if (x->rule->index != y->rule->index)
		return x->rule->index < y->rule->index ? -1 : 1;
	return (x->function > y->function) - (x->function < y->function);
}

static int by_loop(const void *a, const void *b)
{
	const struct pending *x = a, *y = b;
	int order = by_place(x, y);

	if (order)
		return order;
	if (x->loop != y->loop)
		return x->loop < y->loop ? -1 : 1;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->start > y->start) - (x->start < y->start);
}

static int by_captures(const void *a, const void *b)
{
	const struct quest *x = a, *y = b;
	int order = by_place(x->matches, y->matches);

	if (order)
		return order;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	if (x->matches->loop != y->matches->loop)
		return x->matches->loop < y->matches->loop ? -1 : 1;
	return (x->matches->start > y->matches->start) - (x->matches->start < y->matches->start);
}

static bool are_one_quest(struct evaluation *ev, const struct pending *a, const struct pending *b)
{
	return !by_place(a, b) && a->loop == b->loop && a->hash == b->hash &&
	       same_captures(ev, a->captures, b->captures);
}

static void find_quests(struct evaluation *ev, const struct pending_list *list, struct quest_list *quests)
{
	for (size_t i = 0, nr; i < list->nr; i += nr) {
		for (nr = 1; i + nr < list->nr && are_one_quest(ev, &list->items[i], &list->items[i + nr]); nr++)
			;
		push_quests(ev, quests, &list->items[i], nr);
	}
}

static bool are_together(struct evaluation *ev, const struct quest *a, const struct quest *b)
{
	return !by_place(a->matches, b->matches) && a->hash == b->hash && same_captures(ev, a->captures, b->captures);
}

void follow_all(struct evaluation *ev, struct pending_list *list, struct finding_list *findings, struct error *err)
{
	struct quest_list quests = { NULL, 0, 0 };

	if (list->nr)
		qsort(list->items, list->nr, sizeof(*list->items), by_loop);
	find_quests(ev, list, &quests);
	if (quests.nr)
		qsort(quests.items, quests.nr, sizeof(*quests.items), by_captures);
	for (size_t i = 0, nr; i < quests.nr; i += nr) {
		const struct quest *first = &quests.items[i];
		struct following following = { .ev = ev, .rule = first->matches->rule, .quests = first,
					       .function = first->matches->function, .findings = findings };

		for (nr = 1; i + nr < quests.nr && are_together(ev, first, first + nr); nr++)
			;
		following.nr_quests = nr;
		follow(&following);
		if (ev->error.message)
			error_set(err, "%s: %s", following.rule->code, ev->error.message);
		error_release(&ev->error);
	}
	free(quests.items);
	free(list->items);
	memset(list, 0, sizeof(*list));
}
