/* SPDX-License-Identifier: MIT
 *
 * Uses of an identifier: in the whole file, and in the scope that binds it.
 */
#include "python/binding_table.h"

#include "python/blocks.h"
#include "python/outline.h"

/* Notes the uses in one statement: of all names, or of one alone. */
static void collect_uses_in(struct bindings *bindings, int32_t stmt, struct name *alone)
{
	struct outline *outline = bindings->outline;
	struct outline_stmt entry = *outline_stmt(outline, stmt);

	for (int32_t node = entry.first; node < entry.first + entry.count; node++) {
		bool attribute = outline->nodes[node].kind == NODE_ATTRIBUTE;
		struct text name;

		if (!attribute && outline->nodes[node].kind != NODE_NAME)
			continue;
		name = outline_name(outline, node);
		if (!alone)
			int_list_push(&table_name(bindings, name)->uses[attribute], node);
		else if (text_equal(name, alone->text))
			int_list_push(&alone->uses[attribute], node);
	}
}

static void collect_all_uses(struct bindings *bindings)
{
	struct name *name, *next;

	HASH_ITER(hh, bindings->tables->names, name, next)
		name->uses[0].nr = name->uses[1].nr = 0;
	for (int32_t stmt = 0; stmt < bindings->outline->blocks->nr; stmt++)
		collect_uses_in(bindings, stmt, NULL);
	bindings->tables->has_all_uses = true;
}

static void collect_uses_of(struct bindings *bindings, struct name *name)
{
	int32_t last = bindings->outline->blocks->nr - 1;
	struct word word;

	word_init(&word, name->text);
	for (int32_t i = 0; (i = mention_first(bindings->outline, &word, MENTION_ANY, i, last)) != NO_STMT; i++)
		collect_uses_in(bindings, i, name);
	name->has_uses = true;
}

static void collect_uses(struct bindings *bindings, struct name *name)
{
	if (bindings->tables->has_all_uses || name->has_uses || !name->text.len)
		return;
	if (++bindings->tables->looks_of_uses <= FEW_LOOKS)
		collect_uses_of(bindings, name);
	else
		collect_all_uses(bindings);
}

size_t bindings_uses(struct bindings *bindings, struct text text, bool attribute, const int32_t **nodes)
{
	struct name *name = table_name(bindings, text);

	collect_uses(bindings, name);
	*nodes = name->uses[attribute].items;
	return name->uses[attribute].nr;
}

/* -- by the scope that binds the name */
static void push_if_owned(struct bindings *bindings, struct owned_uses *uses, int32_t node)
{
	struct scope *scope = bindings_scope(bindings, node);

	if (bindings_owner(bindings, scope, uses->key.name->text) == uses->key.scope)
		int_list_push(&uses->nodes, node);
}

/* Of a name that has not been looked for in the whole file. */
static void look_for_owned(struct bindings *bindings, struct owned_uses *uses, int32_t first, int32_t last)
{
	struct outline *outline = bindings->outline;
	struct text name = uses->key.name->text;
	struct word word;

	word_init(&word, name);
	for (; (first = mention_first(outline, &word, MENTION_ANY, first, last)) != NO_STMT; first++) {
		struct outline_stmt entry = *outline_stmt(outline, first);

		for (int32_t node = entry.first; node < entry.first + entry.count; node++)
			if (outline->nodes[node].kind == NODE_NAME && text_equal(outline_name(outline, node), name))
				push_if_owned(bindings, uses, node);
	}
}

/* The first of the uses of a name, which are in the order of statements, that is not before one. */
static size_t first_use_from(const struct outline *outline, const struct int_list *uses, int32_t stmt)
{
	size_t low = 0, high = uses->nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (outline->nodes[uses->items[middle]].stmt < stmt)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void pick_owned(struct bindings *bindings, struct owned_uses *uses, int32_t first, int32_t last)
{
	const struct int_list *all = &uses->key.name->uses[0];
	const struct outline *outline = bindings->outline;

	collect_uses(bindings, uses->key.name);
	for (size_t i = first_use_from(outline, all, first);
	     i < all->nr && outline->nodes[all->items[i]].stmt <= last; i++)
		push_if_owned(bindings, uses, all->items[i]);
}

/* Only in the statements of a scope, and of those in it, can it be meant. */
static void collect_owned(struct bindings *bindings, struct owned_uses *uses)
{
	const struct blocks *blocks = bindings->outline->blocks;
	struct scope *owner = uses->key.scope;
	int32_t first = 0, last = blocks->nr - 1;

	if (owner && owner->lambda != NO_NODE) {
		first = last = bindings->outline->nodes[owner->lambda].stmt;
	} else if (owner && owner->stmt != NO_STMT) {
		first = owner->stmt + 1;
		last = blocks->stmts[owner->stmt].last;
	}
	if (owner && owner->parent && !bindings->tables->has_all_uses && ++owner->looks_of_uses <= FEW_LOOKS)
		look_for_owned(bindings, uses, first, last);
	else
		pick_owned(bindings, uses, first, last);
}

size_t bindings_uses_in(struct bindings *bindings, struct scope *owner, struct text text, const int32_t **nodes)
{
	struct bound_key key = { owner, table_name(bindings, text) };
	struct owned_uses *uses;

	HASH_FIND(hh, bindings->tables->owned_uses, &key, sizeof(key), uses);
	if (!uses) {
		uses = arena_alloc(&bindings->arena, sizeof(*uses));
		uses->key = key;
		collect_owned(bindings, uses);
		HASH_ADD(hh, bindings->tables->owned_uses, key, sizeof(key), uses);
	}
	*nodes = uses->nodes.items;
	return uses->nodes.nr;
}
