/* SPDX-License-Identifier: MIT
 *
 * `global` and `nonlocal`: where they stand, and where they move bindings to.
 */
#include "python/binding_table.h"

#include "base/chars.h"
#include "python/blocks.h"
#include "python/mask.h"
#include "python/outline.h"

static void declare(struct bindings *bindings, struct text text, int32_t header, unsigned flags)
{
	struct name *name = table_name(bindings, text);

	ARRAY_GROW(name->declarations, name->nr_declarations + 1, name->alloc_declarations);
	name->declarations[name->nr_declarations++] = (struct declaration){ header, flags };
}

/* The names behind `global` or `nonlocal`, which are no nodes. */
static void declare_statement(struct bindings *bindings, const struct stmt *stmt, unsigned flags)
{
	const char *code = bindings->outline->mask->code;
	bool is_first = true;

	for (uint32_t i = stmt->start; i < stmt->end; i++) {
		uint32_t start = i;

		while (i < stmt->end && is_name_byte(code[i]))
			i++;
		if (i > start && !is_first)
			declare(bindings, (struct text){ code + start, i - start }, stmt->scope, flags);
		is_first = is_first && i == start;
	}
}

static int compare_declarations(const void *one, const void *other)
{
	const struct declaration *a = one, *b = other;

	return (a->header > b->header) - (a->header < b->header);
}

/* Sorts the declarations of a name, one a header. */
static void sort_declarations(struct name *name)
{
	size_t nr = 0;

	if (!name->nr_declarations)
		return;
	qsort(name->declarations, name->nr_declarations, sizeof(*name->declarations), compare_declarations);
	for (size_t i = 0; i < name->nr_declarations; i++) {
		struct declaration *last = nr ? &name->declarations[nr - 1] : NULL;

		if (last && last->header == name->declarations[i].header)
			last->flags |= name->declarations[i].flags;
		else
			name->declarations[nr++] = name->declarations[i];
	}
	name->nr_declarations = nr;
}

void declared_collect(struct bindings *bindings)
{
	const struct blocks *blocks = bindings->outline->blocks;

	if (bindings->tables->has_declarations)
		return;
	bindings->tables->has_declarations = true;
	for (int32_t i = 0; i < blocks->nr; i++) {
		const struct stmt *stmt = &blocks->stmts[i];

		if (stmt->scope == NO_STMT)
			continue;
		if (stmt->kind == STMT_GLOBAL)
			declare_statement(bindings, stmt, DECLARED_GLOBAL);
		else if (stmt->kind == STMT_NONLOCAL)
			declare_statement(bindings, stmt, DECLARED_NONLOCAL);
	}
	for (struct name *name = bindings->tables->names; name; name = name->hh.next)
		sort_declarations(name);
}

bool declared_global(const struct name *name, const struct scope *scope)
{
	struct declaration key = { scope->stmt, 0 }, *found;

	if (!name->nr_declarations || scope->stmt == NO_STMT)
		return false;
	found = bsearch(&key, name->declarations, name->nr_declarations, sizeof(key), compare_declarations);
	return found && found->flags & DECLARED_GLOBAL;
}

/* Where the bindings of a name go that a scope declares: the module, or the function around that binds it. */
static struct scope *declared_owner(struct bindings *bindings, struct scope *scope, struct name *name, unsigned flags)
{
	if (!(flags & DECLARED_NONLOCAL))
		return scopes_module(bindings);
	for (scope = scope->parent; scope->parent; scope = scope->parent) {
		if (scope->kind == SCOPE_CLASS)
			continue;
		bindings_collect(bindings, scope, name);
		if (table_find(bindings->tables->bound, scope, name))
			break;
	}
	return scope;
}

void declared_move(struct bindings *bindings, struct name *name)
{
	struct bound **table = &bindings->tables->bound;

	if (name->moved)
		return;
	name->moved = true; /* outer scopes come first */
	for (size_t i = 0; i < name->nr_declarations; i++) {
		struct scope *scope = bindings_scope_of(bindings, name->declarations[i].header);
		struct binding_list *list;
		struct scope *owner;

		bindings_collect(bindings, scope, name);
		list = table_find(*table, scope, name);
		if (!list)
			continue;
		owner = declared_owner(bindings, scope, name, name->declarations[i].flags);
		bindings_collect(bindings, owner, name);
		table_append(&table_bound(bindings, table, owner, name)->list, list);
	}
}
