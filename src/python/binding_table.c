/* SPDX-License-Identifier: MIT
 *
 * Identifiers, and the bindings of each in each scope, in hash tables.
 */
#include "python/binding_table.h"

#include "python/mask.h"
#include "python/outline.h"

void int_list_push(struct int_list *list, int32_t item)
{
	ARRAY_GROW(list->items, list->nr + 1, list->alloc);
	list->items[list->nr++] = item;
}

static bool is_code(const struct mask *mask, struct text text)
{
	return (uintptr_t)text.ptr >= (uintptr_t)mask->code &&
	       (uintptr_t)text.ptr < (uintptr_t)mask->code + mask->len;
}

struct name *table_name(struct bindings *bindings, struct text text)
{
	struct name *name;

	HASH_FIND(hh, bindings->tables->names, text.ptr, text.len, name);
	if (name)
		return name;
	name = arena_alloc(&bindings->arena, sizeof(*name));
	if (!is_code(bindings->outline->mask, text))
		text.ptr = arena_memdupz(&bindings->arena, text.ptr, text.len);
	name->text = text;
	HASH_ADD_KEYPTR(hh, bindings->tables->names, name->text.ptr, name->text.len, name);
	return name;
}

struct binding_list *table_find(struct bound *table, struct scope *scope, struct name *name)
{
	struct bound_key key = { scope, name };
	struct bound *bound;

	HASH_FIND(hh, table, &key, sizeof(key), bound);
	return bound && bound->list.first ? &bound->list : NULL;
}

struct bound *table_bound(struct bindings *bindings, struct bound **table, struct scope *scope, struct name *name)
{
	struct bound_key key = { scope, name };
	struct bound *bound;

	HASH_FIND(hh, *table, &key, sizeof(key), bound);
	if (!bound) {
		bound = arena_alloc(&bindings->arena, sizeof(*bound));
		bound->key = key;
		HASH_ADD(hh, *table, key, sizeof(key), bound);
	}
	return bound;
}

void table_append(struct binding_list *list, struct binding_list *from)
{
	if (list->last)
		list->last->next = from->first;
	else
		list->first = from->first;
	list->last = from->last;
	list->nr += from->nr;
	list->nr_imports += from->nr_imports;
	memset(from, 0, sizeof(*from));
}

void table_push(struct bindings *bindings, struct binding_list *list, const struct binding *binding)
{
	struct binding *copy = arena_alloc(&bindings->arena, sizeof(*copy));
	struct binding_list one = { copy, copy, 1, binding->kind == BINDING_IMPORT, NULL };

	*copy = *binding;
	table_append(list, &one);
}

void table_collect(void *data, struct text text, const struct binding *binding)
{
	struct collector *to = data;
	struct bound *bound;

	if (to->alone && !text_equal(text, to->alone->text))
		return;
	bound = table_bound(to->bindings, to->table, to->scope, to->alone ? to->alone : table_name(to->bindings, text));
	if (to->alone || !bound->collected)
		table_push(to->bindings, &bound->list, binding);
}

static void name_release(struct name *name)
{
	free(name->methods.items);
	free(name->uses[0].items);
	free(name->uses[1].items);
	free(name->declarations);
}

void table_release(struct bindings_tables *tables)
{
	for (struct name *name = tables->names; name; name = name->hh.next)
		name_release(name);
	HASH_CLEAR(hh, tables->names);
	HASH_CLEAR(hh, tables->bound);
	HASH_CLEAR(hh, tables->owners);
	HASH_CLEAR(hh, tables->own_methods);
	for (struct owned_uses *uses = tables->owned_uses; uses; uses = uses->hh.next)
		free(uses->nodes.items);
	HASH_CLEAR(hh, tables->owned_uses);
	HASH_CLEAR(hh, tables->bound_to_self);
	HASH_CLEAR(hh, tables->lambdas);
	free(tables->bodies);
	free(tables->import_stmts.items);
	free(tables->modules);
}
