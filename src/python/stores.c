/* SPDX-License-Identifier: MIT
 *
 * The index of stores of one function, made in one pass over its statements;
 * those whose text cannot store anything are not outlined.
 */
#include "python/stores.h"

#include "base/alloc.h"
#include "python/bindings.h"
#include "python/blocks.h"
#include "python/mask.h"
#include "python/outline.h"

#define uthash_malloc(size) xmalloc(size)
#include <uthash.h>

struct stored {
	struct text name; /* key of names */
	uint64_t hash;    /* key of expressions */
	struct store_list list;
	UT_hash_handle hh;
};

struct stores {
	struct bindings *bindings;
	struct outline *outline;
	const struct source *source;
	struct arena arena;
	struct stored *names, *expressions;
};

static struct store_list *list_of_name(struct stores *stores, struct text name)
{
	struct stored *stored;

	HASH_FIND(hh, stores->names, name.ptr, name.len, stored);
	if (!stored) {
		stored = arena_alloc(&stores->arena, sizeof(*stored));
		stored->name = name;
		HASH_ADD_KEYPTR(hh, stores->names, stored->name.ptr, stored->name.len, stored);
	}
	return &stored->list;
}

static struct store_list *list_of_expression(struct stores *stores, int32_t node)
{
	uint64_t hash = outline_hash(stores->outline, stores->source, node);
	struct stored *stored;

	HASH_FIND(hh, stores->expressions, &hash, sizeof(hash), stored);
	if (!stored) {
		stored = arena_alloc(&stores->arena, sizeof(*stored));
		stored->hash = hash;
		HASH_ADD(hh, stores->expressions, hash, sizeof(hash), stored);
	}
	return &stored->list;
}

static void push(struct store_list *list, struct store store)
{
	ARRAY_GROW(list->items, list->nr + 1, list->alloc);
	list->items[list->nr++] = store;
}

static struct store store_at(const struct stores *stores, int32_t node, bool late)
{
	const struct node *here = &stores->outline->nodes[node];

	return (struct store){ here->stmt, node, here->start, here->end, late };
}

/* A name, attribute or subscript that is stored to. */
static void add_node(struct stores *stores, int32_t node, struct store store)
{
	if (stores->outline->nodes[node].kind == NODE_NAME)
		push(list_of_name(stores, outline_name(stores->outline, node)), store);
	else
		push(list_of_expression(stores, node), store);
}

static bool is_stored(const struct node *node)
{
	return node->flags & NODE_STORES &&
	       (node->kind == NODE_NAME || node->kind == NODE_ATTRIBUTE || node->kind == NODE_SUBSCRIPT);
}

/* All that is stored to in a target, which happens at the target's own place. */
static void add_target(struct stores *stores, int32_t target, bool late)
{
	const struct node *nodes = stores->outline->nodes;
	struct store store = store_at(stores, target, late);
	int32_t node = target;

	for (;;) {
		store.node = node;
		if (is_stored(&nodes[node]))
			add_node(stores, node, store);
		if (nodes[node].child != NO_NODE) {
			node = nodes[node].child;
			continue;
		}
		while (node != target && nodes[node].next == NO_NODE)
			node = nodes[node].parent;
		if (node == target)
			return;
		node = nodes[node].next;
	}
}

static void add_alias(struct stores *stores, int32_t node)
{
	struct alias alias;

	if (outline_alias(stores->outline, node, &alias) && alias.bound.len)
		push(list_of_name(stores, alias.bound), store_at(stores, node, true));
}

/* Does an annotated assignment, or another statement, assign to its targets? `x: T` and `type x = T` do not. */
static bool assigns_targets(const struct stores *stores, int32_t stmt, int32_t root)
{
	const struct node *nodes = stores->outline->nodes;
	bool annotated = false;

	if (stores->outline->blocks->stmts[stmt].kind == STMT_TYPE)
		return false;
	for (; root != NO_NODE; root = nodes[root].next) {
		annotated |= nodes[root].slot == SLOT_ANNOTATION;
		if (nodes[root].slot == SLOT_VALUE)
			return true;
	}
	return !annotated;
}

static void add_root(struct stores *stores, int32_t root, bool assigns)
{
	switch ((enum node_slot)stores->outline->nodes[root].slot) {
	case SLOT_TARGET:
		if (assigns)
			add_target(stores, root, true);
		return;
	case SLOT_AUGMENTED:
	case SLOT_FOR_TARGET:
	case SLOT_DEL:
	case SLOT_EXCEPT_NAME:
		add_target(stores, root, true);
		return;
	case SLOT_WITH_TARGET:
	case SLOT_PATTERN:
		add_target(stores, root, false);
		return;
	case SLOT_ALIAS:
		add_alias(stores, root);
		return;
	default:
		return;
	}
}

static bool has(struct text text, struct text word)
{
	return memmem(text.ptr, text.len, word.ptr, word.len) != NULL;
}

/* Can the text of a statement store anything? */
static bool may_store(const struct stores *stores, int32_t stmt)
{
	const struct stmt *here = &stores->outline->blocks->stmts[stmt];
	struct text text = { stores->outline->mask->code + here->start, here->end - here->start };

	switch ((enum stmt_kind)here->kind) {
	case STMT_EXPRESSION:
		return memchr(text.ptr, '=', text.len) != NULL;
	case STMT_IMPORT:
	case STMT_FROM:
	case STMT_DEL:
	case STMT_FOR:
	case STMT_CASE:
		return true;
	case STMT_WITH:
	case STMT_EXCEPT:
		return has(text, TEXT("as")) || has(text, TEXT(":="));
	default:
		return has(text, TEXT(":="));
	}
}

static void add_walruses(struct stores *stores, const struct outline_stmt *entry)
{
	for (int32_t node = entry->first; node < entry->first + entry->count; node++) {
		const struct node *here = &stores->outline->nodes[node];

		if (here->kind == NODE_WALRUS && here->child != NO_NODE &&
		    stores->outline->nodes[here->child].kind == NODE_NAME &&
		    stores_is_evaluated(stores->bindings, node))
			add_node(stores, here->child, store_at(stores, node, false));
	}
}

static void add_statement(struct stores *stores, int32_t stmt)
{
	const struct stmt *here = &stores->outline->blocks->stmts[stmt];
	struct outline_stmt entry;
	bool assigns;

	if (may_store(stores, stmt)) {
		entry = *outline_stmt(stores->outline, stmt);
		assigns = assigns_targets(stores, stmt, entry.root);
		for (int32_t root = entry.root; root != NO_NODE; root = stores->outline->nodes[root].next)
			add_root(stores, root, assigns);
		add_walruses(stores, &entry);
	}
	if (stmt_is_scope(here)) {
		struct text name = blocks_name(stores->outline->blocks, stores->outline->mask, stmt);

		push(list_of_name(stores, name), (struct store){ stmt, NO_NODE, here->start, here->end, true });
	}
}

struct stores *stores_new(struct bindings *bindings, const struct source *source, int32_t function)
{
	struct stores *stores = xcalloc(1, sizeof(*stores));
	const struct blocks *blocks = bindings->outline->blocks;
	int32_t last = function == NO_STMT ? blocks->nr - 1 : blocks->stmts[function].last;

	stores->bindings = bindings;
	stores->outline = bindings->outline;
	stores->source = source;
	for (int32_t i = function + 1; i <= last; i++) {
		add_statement(stores, i);
		if (blocks->stmts[i].kind == STMT_DEF)
			i = blocks->stmts[i].last;
	}
	return stores;
}

static void release_table(struct stored *table)
{
	for (struct stored *stored = table; stored; stored = stored->hh.next)
		free(stored->list.items);
	HASH_CLEAR(hh, table);
}

void stores_free(struct stores *stores)
{
	release_table(stores->names);
	release_table(stores->expressions);
	arena_release(&stores->arena);
	free(stores);
}

const struct store_list *stores_of_name(const struct stores *stores, struct text name)
{
	struct stored *stored;

	HASH_FIND(hh, stores->names, name.ptr, name.len, stored);
	return stored ? &stored->list : NULL;
}

const struct store_list *stores_of_expression(const struct stores *stores, int32_t node)
{
	struct stored *stored;
	uint64_t hash;

	if (!stores->expressions)
		return NULL;
	hash = outline_hash(stores->outline, stores->source, node);
	HASH_FIND(hh, stores->expressions, &hash, sizeof(hash), stored);
	return stored ? &stored->list : NULL;
}

/* -- what is evaluated */

static int32_t root_of(const struct outline *outline, int32_t node)
{
	const struct node *nodes = outline->nodes;
	int32_t root = outline_entry(outline, nodes[node].stmt)->root;

	while (root != NO_NODE && nodes[root].end < nodes[node].end)
		root = nodes[root].next;
	return root;
}

/* Of a parameter, the default: its last child. */
static bool is_in_default(const struct outline *outline, int32_t node, int32_t parameter)
{
	const struct node *nodes = outline->nodes;
	int32_t child = nodes[parameter].child;

	if (!(nodes[parameter].flags & NODE_HAS_DEFAULT))
		return false;
	while (nodes[child].next != NO_NODE)
		child = nodes[child].next;
	return nodes[node].start >= nodes[child].start;
}

/* `x: T = v` evaluates its target too, but after SPEC.md only the value counts. */
static bool is_plain_assignment(const struct outline *outline, int32_t stmt)
{
	const struct node *nodes = outline->nodes;
	int32_t root = outline_entry(outline, stmt)->root;

	while (root != NO_NODE && nodes[root].slot != SLOT_ANNOTATION)
		root = nodes[root].next;
	return root == NO_NODE;
}

static bool is_evaluated_root(const struct outline *outline, int32_t node, int32_t root)
{
	int32_t stmt = outline->nodes[node].stmt;

	switch ((enum node_slot)outline->nodes[root].slot) {
	case SLOT_TARGET:
		return is_plain_assignment(outline, stmt);
	case SLOT_PARAMETER:
		return is_in_default(outline, node, root);
	case SLOT_TYPE_PARAMETER:
		return outline->blocks->stmts[stmt].kind == STMT_TYPE;
	case SLOT_ANNOTATION:
	case SLOT_AUGMENTED:
	case SLOT_FOR_TARGET:
	case SLOT_WITH_TARGET:
	case SLOT_DEL:
	case SLOT_EXCEPT_NAME:
	case SLOT_PATTERN:
	case SLOT_RETURNS:
	case SLOT_ALIAS:
		return false;
	default:
		return true;
	}
}

bool stores_is_evaluated(struct bindings *bindings, int32_t node)
{
	const struct outline *outline = bindings->outline;
	int32_t root = root_of(outline, node);

	return root != NO_NODE && is_evaluated_root(outline, node, root) &&
	       bindings_scope(bindings, node)->kind != SCOPE_LAMBDA;
}
