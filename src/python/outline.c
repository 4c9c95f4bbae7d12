/* SPDX-License-Identifier: MIT
 *
 * The outline of a file: statements are parsed when they are asked for, nodes
 * answer questions about their surroundings.
 */
#include "python/outline.h"

#include "base/alloc.h"
#include "python/blocks.h"
#include "python/mask.h"
#include "python/statement.h"

void outline_init(struct outline *outline, const struct mask *mask, const struct blocks *blocks)
{
	memset(outline, 0, sizeof(*outline));
	outline->mask = mask;
	outline->blocks = blocks;
	outline->places = xcalloc((size_t)blocks->nr + 1, sizeof(*outline->places));
	outline->module.stmt = NO_STMT;
}

void outline_release(struct outline *outline)
{
	parser_free(outline->parser);
	arena_release(&outline->arena);
	free(outline->entries);
	free(outline->places);
	free(outline->nodes);
	memset(outline, 0, sizeof(*outline));
}

const struct outline_stmt *outline_stmt(struct outline *outline, int32_t stmt)
{
	struct outline_stmt *entry = outline_entry(outline, stmt);
	int32_t first = outline->nr;

	if (entry)
		return entry;
	if (!outline->parser)
		outline->parser = parser_new(outline);
	statement_parse(outline->parser, stmt);
	ARRAY_GROW(outline->entries, outline->nr_entries + 1, outline->alloc_entries);
	entry = &outline->entries[outline->nr_entries++];
	*entry = (struct outline_stmt){
		.root = outline->parser->first_root,
		.first = first,
		.count = outline->nr - first,
		.broken = outline->parser->broken,
		.has_lambda = outline->parser->has_lambda,
	};
	outline->places[stmt] = (uint32_t)outline->nr_entries;
	return entry;
}

struct text outline_name(const struct outline *outline, int32_t node)
{
	const struct node *named = &outline->nodes[node];

	return (struct text){ outline->mask->code + named->name, named->name_len };
}

int32_t outline_child(const struct outline *outline, int32_t node, unsigned n)
{
	int32_t child = outline->nodes[node].child;

	while (n-- > 0 && child != NO_NODE)
		child = outline->nodes[child].next;
	return child;
}

/* Children come before their parent and a subtree is one run, so what is below a node has a lower index. */
bool outline_is_within(const struct outline *outline, int32_t inner, int32_t node)
{
	while (inner != NO_NODE && inner < node)
		inner = outline->nodes[inner].parent;
	return inner == node;
}

/* Finds the lambdas around all nodes of a statement, parents first. */
static int32_t *find_lambdas(struct outline *outline, const struct outline_stmt *entry)
{
	const struct node *nodes = outline->nodes + entry->first;
	int32_t *lambdas = arena_alloc(&outline->arena, (size_t)entry->count * sizeof(*lambdas));

	for (int32_t i = entry->count - 1; i >= 0; i--) {
		int32_t parent = nodes[i].parent;
		bool is_body = parent != NO_NODE && outline->nodes[parent].kind == NODE_LAMBDA && nodes[i].next == NO_NODE;

		lambdas[i] = parent == NO_NODE || is_body ? parent : lambdas[parent - entry->first];
	}
	return lambdas;
}

int32_t outline_lambda(struct outline *outline, int32_t node)
{
	struct outline_stmt *entry = outline_entry(outline, outline->nodes[node].stmt);

	if (!entry->has_lambda)
		return NO_NODE;
	if (!entry->lambdas)
		entry->lambdas = find_lambdas(outline, entry);
	return entry->lambdas[node - entry->first];
}

/*
 * In the order of the nodes of a statement their ends never go back. The first node that ends at or behind
 * `end` is, or is in, the node that is looked for.
 */
int32_t outline_covering(struct outline *outline, int32_t stmt, uint32_t start, uint32_t end)
{
	const struct outline_stmt *entry = outline_stmt(outline, stmt);
	const struct node *nodes = outline->nodes;
	int32_t low = entry->first, high = entry->first + entry->count;
	int32_t stop = high, node;

	while (low < high) {
		int32_t middle = low + (high - low) / 2;

		if (nodes[middle].end < end)
			low = middle + 1;
		else
			high = middle;
	}
	for (node = low < stop ? low : NO_NODE; node != NO_NODE; node = nodes[node].parent) {
		if (nodes[node].start <= start && end <= nodes[node].end)
			break;
	}
	return node;
}

const char *node_kind_name(enum node_kind kind)
{
	static const char *const names[] = {
		[NODE_NAME] = "name",
		[NODE_ATTRIBUTE] = "attribute",
		[NODE_CALL] = "call",
		[NODE_SUBSCRIPT] = "subscript",
		[NODE_SLICE] = "slice",
		[NODE_STARRED] = "starred",
		[NODE_DOUBLE_STARRED] = "double-starred",
		[NODE_KEYWORD] = "keyword",
		[NODE_AWAIT] = "await",
		[NODE_YIELD] = "yield",
		[NODE_YIELD_FROM] = "yield-from",
		[NODE_UNARY] = "unary",
		[NODE_BINARY] = "binary",
		[NODE_AND] = "and",
		[NODE_OR] = "or",
		[NODE_COMPARE] = "compare",
		[NODE_CONDITIONAL] = "conditional",
		[NODE_LAMBDA] = "lambda",
		[NODE_PARAMETER] = "parameter",
		[NODE_WALRUS] = "walrus",
		[NODE_TUPLE] = "tuple",
		[NODE_LIST] = "list",
		[NODE_SET] = "set",
		[NODE_DICT] = "dict",
		[NODE_LIST_COMP] = "list-comp",
		[NODE_SET_COMP] = "set-comp",
		[NODE_DICT_COMP] = "dict-comp",
		[NODE_GENERATOR] = "generator",
		[NODE_COMPREHENSION] = "comprehension",
		[NODE_STRING] = "string",
		[NODE_FSTRING] = "fstring",
		[NODE_NUMBER] = "number",
		[NODE_CONSTANT] = "constant",
		[NODE_PATTERN] = "pattern",
		[NODE_ALIAS] = "alias",
	};

	return names[kind];
}

const char *node_slot_name(enum node_slot slot)
{
	static const char *const names[] = {
		[SLOT_NONE] = "-",
		[SLOT_EXPRESSION] = "expression",
		[SLOT_TARGET] = "target",
		[SLOT_VALUE] = "value",
		[SLOT_ANNOTATION] = "annotation",
		[SLOT_AUGMENTED] = "augmented",
		[SLOT_AUGMENT] = "augment",
		[SLOT_TEST] = "test",
		[SLOT_MESSAGE] = "message",
		[SLOT_FOR_TARGET] = "for-target",
		[SLOT_ITER] = "iter",
		[SLOT_WITH_ITEM] = "with-item",
		[SLOT_WITH_TARGET] = "with-target",
		[SLOT_RETURN] = "return",
		[SLOT_RAISE] = "raise",
		[SLOT_DEL] = "del",
		[SLOT_EXCEPT] = "except",
		[SLOT_EXCEPT_NAME] = "except-name",
		[SLOT_PATTERN] = "pattern",
		[SLOT_DECORATOR] = "decorator",
		[SLOT_PARAMETER] = "parameter",
		[SLOT_RETURNS] = "returns",
		[SLOT_BASE] = "base",
		[SLOT_ALIAS] = "alias",
		[SLOT_TYPE_PARAMETER] = "type-parameter",
	};

	return names[slot];
}
