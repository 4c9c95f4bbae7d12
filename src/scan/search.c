/* SPDX-License-Identifier: MIT
 *
 * Expressions of a function, found by what they contain. A test that requires
 * a capture looks only around what equals it: an index of the places and calls
 * that equal one is made for the function and all in it, from the statements
 * that mention its name. Where many are asked about in one function, an index
 * of all is made once, sorted by a hash of the expression.
 */
#include <uthash.h>

#include "base/alloc.h"
#include "base/word.h"
#include "python/mention.h"
#include "scan/evaluate_parts.h"

/* So many expressions are looked for in one function. */
#define FEW_LOOKS 8

struct hashed_node {
	uint64_t hash;
	int32_t stmt, node;
};

struct function_index {
	UT_hash_handle hh;
	struct index_key {
		int32_t function; /* an outermost one */
		bool whole;       /* of all expressions */
		uint64_t hash;    /* else of those with this one */
	} key;
	struct hashed_node *nodes; /* sorted by all their members */
	size_t nr, alloc;
	unsigned looks; /* of a whole one, before it is made */
};

void function_indexes_release(struct evaluation_memory *memory)
{
	struct function_index *index, *next;

	HASH_ITER(hh, memory->functions, index, next) {
		HASH_DEL(memory->functions, index);
		free(index->nodes);
		free(index);
	}
	free(memory->stamps);
}

/* Can an expression be looked up: is it what captures stand for? */
static bool is_indexed(const struct evaluation *ev, int32_t node)
{
	return node_is(ev, node, NODE_NAME) || node_is(ev, node, NODE_ATTRIBUTE) ||
	       node_is(ev, node, NODE_SUBSCRIPT) || node_is(ev, node, NODE_CALL);
}

static int by_hash(const void *a, const void *b)
{
	const struct hashed_node *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	if (x->stmt != y->stmt)
		return x->stmt < y->stmt ? -1 : 1;
	return (x->node > y->node) - (x->node < y->node);
}

static void index_statement(struct evaluation *ev, struct function_index *index, int32_t stmt)
{
	const struct outline_stmt *entry = outline_stmt(&ev->file->outline, stmt);
	int32_t first = entry->first, end = first + entry->count;

	for (int32_t node = first; node < end; node++) {
		uint64_t hash;

		if (!is_indexed(ev, node))
			continue;
		hash = outline_hash(&ev->file->outline, &ev->file->source, node);
		if (!index->key.whole && index->key.hash != hash)
			continue;
		ARRAY_GROW(index->nodes, index->nr + 1, index->alloc);
		index->nodes[index->nr++] = (struct hashed_node){ hash, stmt, node };
	}
}

/* The outermost def around a header, itself included; or the header. */
static int32_t outermost_function(const struct evaluation *ev, int32_t header)
{
	int32_t outermost = header;

	for (int32_t scope = header; scope != NO_STMT; scope = stmt_at(ev, scope)->scope)
		if (stmt_at(ev, scope)->kind == STMT_DEF)
			outermost = scope;
	return outermost;
}

/* The index with a key; *is_new: it has just been added, and is empty. */
static struct function_index *index_of(struct evaluation *ev, int32_t function, bool whole, uint64_t hash, bool *is_new)
{
	struct function_index *index;
	struct index_key key;

	memset(&key, 0, sizeof(key));
	key.function = function;
	key.whole = whole;
	key.hash = hash;
	HASH_FIND(hh, ev->memory->functions, &key, sizeof(key), index);
	*is_new = !index;
	if (!index) {
		index = xcalloc(1, sizeof(*index));
		index->key = key;
		HASH_ADD(hh, ev->memory->functions, key, sizeof(key), index);
	}
	return index;
}

static void index_whole(struct evaluation *ev, struct function_index *index)
{
	int32_t function = index->key.function;

	for (int32_t stmt = function + 1; stmt <= stmt_at(ev, function)->last; stmt++)
		index_statement(ev, index, stmt);
	if (index->nr)
		qsort(index->nodes, index->nr, sizeof(*index->nodes), by_hash);
}

static void index_mentions(struct evaluation *ev, struct function_index *index, struct text name)
{
	int32_t function = index->key.function, stmt = function + 1, last = stmt_at(ev, function)->last;
	struct word word;

	word_init(&word, name);
	for (; (stmt = mention_first(&ev->file->outline, &word, MENTION_ANY, stmt, last)) != NO_STMT; stmt++)
		index_statement(ev, index, stmt);
}

/* A name that whatever equals an expression has to mention; empty: there is none. */
static struct text name_in(const struct evaluation *ev, int32_t node)
{
	while (node != NO_NODE && !outline_name(&ev->file->outline, node).len)
		node = node_at(ev, node)->child;
	return node == NO_NODE ? (struct text){ NULL, 0 } : outline_name(&ev->file->outline, node);
}

/* An index that has all that equals an expression in the outermost function around a header. */
static const struct function_index *function_index(struct evaluation *ev, int32_t header, int32_t required,
						   uint64_t hash)
{
	int32_t function = outermost_function(ev, header);
	struct text name = name_in(ev, required);
	struct function_index *whole, *index;
	bool is_new;

	whole = index_of(ev, function, true, 0, &is_new);
	if (whole->looks > FEW_LOOKS)
		return whole;
	index = index_of(ev, function, false, hash, &is_new);
	if (!is_new)
		return index;
	if (name.len && ++whole->looks <= FEW_LOOKS) {
		index_mentions(ev, index, name);
		return index;
	}
	whole->looks = FEW_LOOKS + 1;
	index_whole(ev, whole);
	return whole;
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

static bool search_all(struct evaluation *ev, int32_t header, each_expression_fn each, void *data)
{
	int32_t last = stmt_at(ev, header)->last;

	for (int32_t stmt = header + 1; stmt <= last; stmt++) {
		const struct outline_stmt *entry = outline_stmt(&ev->file->outline, stmt);
		int32_t first = entry->first, end = first + entry->count;

		for (int32_t node = first; node < end; node++)
			if (each(ev, node, data))
				return true;
	}
	return false;
}

/* The first of the nodes with a hash in a statement, or behind it. */
static size_t lower_bound(const struct function_index *index, uint64_t hash, int32_t stmt)
{
	struct hashed_node wanted = { hash, stmt, INT32_MIN };
	size_t low = 0, high = index->nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (by_hash(&index->nodes[middle], &wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Begins a search, in which each expression is asked once, however many are in it that equal the capture. */
static uint32_t begin_search(const struct evaluation *ev)
{
	struct evaluation_memory *memory = ev->memory;
	size_t before = memory->alloc_stamps;

	ARRAY_GROW(memory->stamps, (size_t)ev->file->outline.nr, memory->alloc_stamps);
	memset(memory->stamps + before, 0, (memory->alloc_stamps - before) * sizeof(*memory->stamps));
	return ++memory->searches;
}

/* The expression that a test requires, if the index has its like; else NO_NODE. */
static int32_t required_node(const struct evaluation *ev, const struct test *test)
{
	int capture = test_requires(test);
	int32_t node = capture < 0 ? NO_NODE : ev->captures[capture].node;

	return node != NO_NODE && is_indexed(ev, node) ? node : NO_NODE;
}

bool search_function(struct evaluation *ev, int32_t header, const struct test *test, each_expression_fn each,
		     void *data)
{
	int32_t required = required_node(ev, test), last = stmt_at(ev, header)->last;
	const struct function_index *index;
	uint32_t search;
	uint64_t hash;

	if (required == NO_NODE)
		return search_all(ev, header, each, data);
	hash = outline_hash(&ev->file->outline, &ev->file->source, required);
	index = function_index(ev, header, required, hash);
	search = begin_search(ev);
	/* `each` may search too, with the same stamps: then some expressions are asked again, which harms nothing. */
	for (size_t i = lower_bound(index, hash, header + 1);
	     i < index->nr && index->nodes[i].hash == hash && index->nodes[i].stmt <= last; i++) {
		int32_t node = index->nodes[i].node;

		for (; node != NO_NODE && ev->memory->stamps[node] != search; node = node_at(ev, node)->parent) {
			ev->memory->stamps[node] = search;
			if (each(ev, node, data))
				return true;
		}
	}
	return false;
}

bool search_below(struct evaluation *ev, int32_t node, const struct test *test, each_expression_fn each, void *data,
		  bool *result)
{
	int32_t required = required_node(ev, test), stmt = node_at(ev, node)->stmt, function = function_of(ev, node);
	const struct function_index *index;
	uint64_t hash;

	*result = false;
	if (required == NO_NODE || function == NO_STMT)
		return false;
	hash = outline_hash(&ev->file->outline, &ev->file->source, required);
	index = function_index(ev, function, required, hash);
	for (size_t i = lower_bound(index, hash, stmt);
	     i < index->nr && index->nodes[i].hash == hash && index->nodes[i].stmt == stmt && !*result; i++) {
		int32_t inner = index->nodes[i].node;

		/* Parts stand right before the whole in the table. */
		if (inner <= node && node_at(ev, inner)->start >= node_at(ev, node)->start)
			*result = each(ev, inner, data);
	}
	return true;
}
