/* SPDX-License-Identifier: MIT
 *
 * Lookups, and what they need of a file: the bindings of a scope, of `self` in
 * a class and methods, each collected when it is first asked for. What a
 * statement binds is read from its outline by binders.c; scopes.c, declared.c,
 * imports.c and uses.c are the rest of this module.
 */
#include "python/bindings.h"

#include "python/binding_table.h"
#include "python/blocks.h"
#include "python/outline.h"

void bindings_init(struct bindings *bindings, struct outline *outline)
{
	memset(bindings, 0, sizeof(*bindings));
	bindings->outline = outline;
	bindings->tables = arena_alloc(&bindings->arena, sizeof(*bindings->tables));
	bindings->tables->bodies = xcalloc((size_t)outline->blocks->nr + 1, sizeof(*bindings->tables->bodies));
}

void bindings_release(struct bindings *bindings)
{
	struct bindings_tables *tables = bindings->tables;

	if (!tables)
		return;
	table_release(tables);
	arena_release(&bindings->arena);
	memset(bindings, 0, sizeof(*bindings));
}

/* -- what a scope binds */

static int32_t last_in(const struct blocks *blocks, const struct scope *scope)
{
	return scope->stmt == NO_STMT ? blocks->nr - 1 : blocks->stmts[scope->stmt].last;
}

static void collect_all(struct bindings *bindings, struct scope *scope)
{
	const struct blocks *blocks = bindings->outline->blocks;
	struct collector to = { bindings, scope, &bindings->tables->bound, NULL };
	struct binders binders = scopes_binders(&to);
	int32_t last = last_in(blocks, scope);

	scope->collected = true;
	if (scope->kind == SCOPE_DEF)
		binders_parameters(&binders, scope->stmt);
	for (int32_t i = scope->stmt + 1; i <= last; i++) {
		binders_statement(&binders, i, BINDERS_NAMES);
		if (stmt_is_scope(&blocks->stmts[i]))
			i = blocks->stmts[i].last;
	}
}

/* The first header of a nested scope (where attributes are wanted, of a class alone) among some statements, or the last one. */
static int32_t end_of_run(const struct blocks *blocks, enum binders_wanted wanted, int32_t first, int32_t last)
{
	while (first < last && !(wanted == BINDERS_SELF ? blocks->stmts[first].kind == STMT_CLASS :
							 stmt_is_scope(&blocks->stmts[first])))
		first++;
	return first;
}

/* Collects what statements in the body of a scope bind that mention a word, as a name or as an attribute. */
static void collect_mentions(struct collector *to, const struct word *word, enum binders_wanted wanted)
{
	enum mention_as as = wanted == BINDERS_SELF ? MENTION_BOUND_ATTRIBUTE : MENTION_BOUND;
	const struct outline *outline = to->bindings->outline;
	const struct blocks *blocks = outline->blocks;
	struct binders binders = scopes_binders(to);
	int32_t last = last_in(blocks, to->scope);

	for (int32_t i = to->scope->stmt + 1, end; i <= last; i = blocks->stmts[end].last + 1) {
		end = end_of_run(blocks, wanted, i, last);
		while ((i = mention_first(outline, word, as, i, end)) != NO_STMT)
			binders_statement(&binders, i++, wanted);
	}
}

/* As collect_all, for one name. */
static void collect_one(struct bindings *bindings, struct scope *scope, struct name *name)
{
	struct collector to = { bindings, scope, &bindings->tables->bound, name };
	struct binders binders = scopes_binders(&to);
	struct word word;

	word_init(&word, name->text);
	if (scope->kind == SCOPE_DEF &&
	    mention_first(bindings->outline, &word, MENTION_BOUND, scope->stmt, scope->stmt) != NO_STMT)
		binders_parameters(&binders, scope->stmt);
	collect_mentions(&to, &word, BINDERS_NAMES);
}

void bindings_collect(struct bindings *bindings, struct scope *scope, struct name *name)
{
	struct bound *bound;

	if (scope->collected || !name->text.len)
		return;
	bound = table_bound(bindings, &bindings->tables->bound, scope, name);
	if (bound->collected)
		return;
	if (++scope->looks > FEW_LOOKS) {
		collect_all(bindings, scope);
		return;
	}
	bound->collected = true;
	collect_one(bindings, scope, name);
}

/* -- lookups */

static struct binding_list *list_in(struct bindings *bindings, struct scope *scope, struct name *name)
{
	bindings_collect(bindings, scope, name);
	declared_collect(bindings);
	declared_move(bindings, name);
	return table_find(bindings->tables->bound, scope, name);
}

struct binding_list *bindings_in(struct bindings *bindings, struct scope *scope, struct text name)
{
	return list_in(bindings, scope, table_name(bindings, name));
}

static struct scope *find_owner(struct bindings *bindings, struct scope *scope, struct name *name)
{
	struct scope *here = scope;

	declared_collect(bindings);
	for (; scope; scope = scope->parent) {
		if (declared_global(name, scope)) {
			scope = scopes_module(bindings);
			return list_in(bindings, scope, name) ? scope : NULL;
		}
		if ((scope->kind != SCOPE_CLASS || scope == here) && list_in(bindings, scope, name))
			return scope;
	}
	return NULL;
}

struct scope *bindings_owner(struct bindings *bindings, struct scope *scope, struct text text)
{
	struct bound_key key = { scope, table_name(bindings, text) };
	struct owner *known;

	HASH_FIND(hh, bindings->tables->owners, &key, sizeof(key), known);
	if (known)
		return known->owner;
	known = arena_alloc(&bindings->arena, sizeof(*known));
	known->key = key;
	known->owner = find_owner(bindings, scope, key.name);
	HASH_ADD(hh, bindings->tables->owners, key, sizeof(key), known);
	return known->owner;
}

/* -- the whole class, the whole file */

/* Collects the bindings of `self.…` in the body of a class, not those in classes nested in it. */
static void collect_all_of_self(struct bindings *bindings, struct scope *class)
{
	const struct blocks *blocks = bindings->outline->blocks;
	struct collector to = { bindings, class, &bindings->tables->bound_to_self, NULL };
	struct binders binders = scopes_binders(&to);

	for (int32_t i = class->stmt + 1; i <= blocks->stmts[class->stmt].last; i++) {
		binders_statement(&binders, i, BINDERS_SELF);
		if (blocks->stmts[i].kind == STMT_CLASS)
			i = blocks->stmts[i].last;
	}
}

/* As collect_all_of_self, for one attribute. */
static void collect_one_of_self(struct bindings *bindings, struct scope *class, struct name *name)
{
	struct collector to = { bindings, class, &bindings->tables->bound_to_self, name };
	struct word word;

	word_init(&word, name->text);
	collect_mentions(&to, &word, BINDERS_SELF);
}

struct binding_list *bindings_of_self(struct bindings *bindings, int32_t class_header, struct text text)
{
	struct scope *class = bindings_scope_of(bindings, class_header);
	struct name *name = table_name(bindings, text);
	struct bound *bound = table_bound(bindings, &bindings->tables->bound_to_self, class, name);

	if (!class->has_self && !bound->collected && text.len) {
		if (++class->looks_of_self > FEW_LOOKS) {
			class->has_self = true;
			collect_all_of_self(bindings, class);
		} else {
			bound->collected = true;
			collect_one_of_self(bindings, class, name);
		}
	}
	return bound->list.first ? &bound->list : NULL;
}

static void collect_methods(struct bindings *bindings)
{
	const struct blocks *blocks = bindings->outline->blocks;

	for (int32_t i = 0; i < blocks->nr; i++) {
		const struct stmt *stmt = &blocks->stmts[i];
		struct text name;

		if (stmt->kind != STMT_DEF || stmt->scope == NO_STMT ||
		    blocks->stmts[stmt->scope].kind != STMT_CLASS)
			continue;
		name = blocks_name(blocks, bindings->outline->mask, i);
		if (name.len)
			int_list_push(&table_name(bindings, name)->methods, i);
	}
}

size_t bindings_methods(struct bindings *bindings, struct text text, const int32_t **defs)
{
	struct name *name = table_name(bindings, text);

	if (!bindings->tables->has_methods) {
		bindings->tables->has_methods = true;
		collect_methods(bindings);
	}
	*defs = name->methods.items;
	return name->methods.nr;
}

/* The first of some defs, which are sorted, that stands behind a header. */
static size_t first_behind(const int32_t *defs, size_t nr, int32_t header)
{
	size_t low = 0, high = nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (defs[middle] <= header)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t bindings_methods_of(struct bindings *bindings, int32_t class, struct text text, const int32_t **defs)
{
	const struct stmt *stmts = bindings->outline->blocks->stmts;
	struct bound_key key = { bindings_scope_of(bindings, class), table_name(bindings, text) };
	struct own_methods *own;
	const int32_t *all;
	size_t nr, first, end;

	HASH_FIND(hh, bindings->tables->own_methods, &key, sizeof(key), own);
	if (!own) {
		nr = bindings_methods(bindings, text, &all);
		first = first_behind(all, nr, class);
		end = first_behind(all, nr, stmts[class].last);
		own = arena_alloc(&bindings->arena, sizeof(*own));
		own->key = key;
		own->defs = arena_alloc(&bindings->arena, (end - first) * sizeof(*own->defs));
		for (size_t i = first; i < end; i++)
			if (stmts[all[i]].scope == class)
				own->defs[own->nr++] = all[i];
		HASH_ADD(hh, bindings->tables->own_methods, key, sizeof(key), own);
	}
	*defs = own->defs;
	return own->nr;
}
