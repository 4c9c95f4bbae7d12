/* SPDX-License-Identifier: MIT
 *
 * Expressions of a function, found by what they contain. An index of the
 * places and calls in a function, sorted by a hash of the expression, is made
 * once; a test that requires a capture then looks only around what equals it.
 */
#include <uthash.h>

#include "base/alloc.h"
#include "scan/evaluate_parts.h"

struct hashed_node {
	uint64_t hash;
	int32_t node;
};

struct function_index {
	UT_hash_handle hh;
	int32_t function;
	struct hashed_node *nodes;
	size_t nr, alloc;
	int32_t *all; /* every node of the function, in the order of the statements */
	size_t nr_all, alloc_all;
};

void function_indexes_release(struct evaluation_memory *memory)
{
	struct function_index *index, *next;

	HASH_ITER(hh, memory->functions, index, next) {
		HASH_DEL(memory->functions, index);
		free(index->nodes);
		free(index->all);
		free(index);
	}
}

/* What a capture can be equal to; deep chains would be hashed over and over, so calls count only by what they call. */
static bool is_indexed(enum node_kind kind)
{
	return kind == NODE_NAME || kind == NODE_ATTRIBUTE || kind == NODE_SUBSCRIPT || kind == NODE_CALL;
}

static int by_hash(const void *a, const void *b)
{
	const struct hashed_node *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->node > y->node) - (x->node < y->node);
}

static void index_statement(struct evaluation *ev, struct function_index *index, int32_t stmt)
{
	const struct outline_stmt *entry = outline_stmt(&ev->file->outline, stmt);
	int32_t first = entry->first, end = first + entry->count;

	for (int32_t node = first; node < end; node++) {
		ARRAY_GROW(index->all, index->nr_all + 1, index->alloc_all);
		index->all[index->nr_all++] = node;
		if (!is_indexed(node_at(ev, node)->kind))
			continue;
		ARRAY_GROW(index->nodes, index->nr + 1, index->alloc);
		index->nodes[index->nr++] = (struct hashed_node){
			outline_hash(&ev->file->outline, &ev->file->source, node), node
		};
	}
}

static struct function_index *function_index(struct evaluation *ev, int32_t function)
{
	struct function_index *index;

	HASH_FIND(hh, ev->memory->functions, &function, sizeof(function), index);
	if (index)
		return index;
	index = xcalloc(1, sizeof(*index));
	index->function = function;
	for (int32_t stmt = function + 1; stmt <= stmt_at(ev, function)->last; stmt++)
		index_statement(ev, index, stmt);
	qsort(index->nodes, index->nr, sizeof(*index->nodes), by_hash);
	HASH_ADD(hh, ev->memory->functions, function, sizeof(function), index);
	return index;
}

/* -- which capture a test requires */

static int test_requires(const struct test *test);

static int condition_requires(const struct condition *condition)
{
	switch (condition->kind) {
	case IS_SAME:
		return condition->capture;
	case IS_ON:
	case IS_CALLEE:
	case IS_AWAIT:
	case IS_ITEM:
	case IS_IN:
	case IS_CONTAINING:
	case IS_CONJUNCT:
	case IS_UNWRAPPED:
	case IS_ANY:
	case HAS_ARG:
	case HAS_FIRST_ARG:
	case HAS_SOME_ARG:
	case HAS_OPENED_ARG:
	case HAS_STAR_ARG:
		return test_requires(condition->test);
	default:
		return -1;
	}
}

static int alternative_requires(const struct alternative *alternative)
{
	int capture = -1;

	if (alternative->reference)
		return test_requires(alternative->reference);
	for (const struct condition *c = alternative->first; c && capture < 0; c = c->next)
		capture = condition_requires(c);
	return capture;
}

/* A capture that stands somewhere in each expression that satisfies the test, or -1. */
static int test_requires(const struct test *test)
{
	int capture = alternative_requires(test->alternatives);

	for (const struct alternative *a = test->alternatives->next; a && capture >= 0; a = a->next)
		if (alternative_requires(a) != capture)
			return -1;
	return capture;
}

/* -- searching */

static bool offer(struct evaluation *ev, const struct test *test, int32_t node, each_expression_fn each, void *data)
{
	return evaluate_test(ev, test, node) && each(ev, node, data);
}

static bool search_all(struct evaluation *ev, const struct function_index *index, const struct test *test,
		       each_expression_fn each, void *data)
{
	for (size_t i = 0; i < index->nr_all; i++)
		if (offer(ev, test, index->all[i], each, data))
			return true;
	return false;
}

static size_t lower_bound(const struct function_index *index, uint64_t hash)
{
	size_t low = 0, high = index->nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (index->nodes[middle].hash < hash)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool search_function(struct evaluation *ev, int32_t function, const struct test *test, each_expression_fn each,
		     void *data)
{
	struct function_index *index = function_index(ev, function);
	int capture = test_requires(test);
	uint64_t hash;

	if (capture < 0 || ev->captures[capture].node == NO_NODE)
		return search_all(ev, index, test, each, data);
	if (!is_indexed(node_at(ev, ev->captures[capture].node)->kind))
		return search_all(ev, index, test, each, data);
	hash = outline_hash(&ev->file->outline, &ev->file->source, ev->captures[capture].node);
	for (size_t i = lower_bound(index, hash); i < index->nr && index->nodes[i].hash == hash; i++)
		for (int32_t node = index->nodes[i].node; node != NO_NODE; node = node_at(ev, node)->parent)
			if (offer(ev, test, node, each, data))
				return true;
	return false;
}
