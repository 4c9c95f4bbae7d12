/* SPDX-License-Identifier: MIT
 *
 * Scopes, and what is bound in each, kept by scope and name. What a statement
 * binds is read from its outline by binders.c; here is when that is done, and
 * where `global` and `nonlocal` move it.
 */
#include "python/bindings.h"

#include "base/alloc.h"
#include "python/binders.h"
#include "python/blocks.h"
#include "python/mask.h"
#include "python/outline.h"

#define uthash_malloc(size) xmalloc(size)
#include <uthash.h>

/* More lambdas than this in each other have no scope of their own, so that a lookup has few scopes to ask. */
#define MAX_LAMBDAS 100

struct int_list {
	int32_t *items; /* owned */
	size_t nr, alloc;
};

enum declaration_flags {
	DECLARED_GLOBAL = 1 << 0,
	DECLARED_NONLOCAL = 1 << 1,
};

/* A def or class that declares a name `global` or `nonlocal`. */
struct declaration {
	int32_t header;
	unsigned flags;
};

/* What is known of an identifier, wherever it stands. */
struct name {
	struct text text;
	struct binding_list imports;
	struct int_list methods;
	struct int_list uses[2]; /* as a name, as an attribute */
	struct declaration *declarations; /* owned; sorted by header */
	size_t nr_declarations, alloc_declarations;
	bool moved; /* bindings of declared names are where they belong */
	UT_hash_handle hh;
};

/* What binds a name in a scope, or an attribute of `self` in the scope of a class. */
struct bound {
	struct bound_key {
		struct scope *scope;
		struct name *name;
	} key;
	struct binding_list list;
	UT_hash_handle hh;
};


struct bindings_tables {
	struct name *names;
	struct bound *bound, *bound_to_self;
	struct scope *module;
	struct stmt_scopes {
		struct scope *body;     /* of a def or class header */
		struct scope **lambdas; /* one a node of its run: the scope of the lambda around it; NULL: no lambdas */
		bool has_lambdas;       /* `lambdas` has been made */
		bool has_self;          /* of a class: its attributes of `self` have been collected */
	} *stmts;
	struct text *modules; /* of all `import` statements, sorted */
	size_t nr_modules, alloc_modules;
	bool has_imports, has_methods, has_uses, has_declarations;
};

/* Where what a statement binds goes. */
struct collector {
	struct bindings *bindings;
	struct scope *scope;
	struct bound **table;
};

void bindings_init(struct bindings *bindings, struct outline *outline)
{
	memset(bindings, 0, sizeof(*bindings));
	bindings->outline = outline;
	bindings->tables = arena_alloc(&bindings->arena, sizeof(*bindings->tables));
	bindings->tables->stmts = xcalloc((size_t)outline->blocks->nr + 1, sizeof(*bindings->tables->stmts));
}

static void name_release(struct name *name)
{
	free(name->methods.items);
	free(name->uses[0].items);
	free(name->uses[1].items);
	free(name->declarations);
}

void bindings_release(struct bindings *bindings)
{
	struct bindings_tables *tables = bindings->tables;

	if (!tables)
		return;
	for (struct name *name = tables->names; name; name = name->hh.next)
		name_release(name);
	HASH_CLEAR(hh, tables->names);
	HASH_CLEAR(hh, tables->bound);
	HASH_CLEAR(hh, tables->bound_to_self);
	free(tables->stmts);
	free(tables->modules);
	free(bindings->defs);
	arena_release(&bindings->arena);
	memset(bindings, 0, sizeof(*bindings));
}

/* -- tables */

static bool is_code(const struct mask *mask, struct text text)
{
	return (uintptr_t)text.ptr >= (uintptr_t)mask->code &&
	       (uintptr_t)text.ptr < (uintptr_t)mask->code + mask->len;
}

/* The entry of an identifier. Text that is not the file's own is copied: it may die after the lookup. */
static struct name *intern(struct bindings *bindings, struct text text)
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

static struct binding_list *find_bound(struct bound *table, struct scope *scope, struct name *name)
{
	struct bound_key key = { scope, name };
	struct bound *bound;

	HASH_FIND(hh, table, &key, sizeof(key), bound);
	return bound && bound->list.first ? &bound->list : NULL;
}

static struct binding_list *bound_list(struct bindings *bindings, struct bound **table,
				       struct scope *scope, struct name *name)
{
	struct bound_key key = { scope, name };
	struct bound *bound;

	HASH_FIND(hh, *table, &key, sizeof(key), bound);
	if (!bound) {
		bound = arena_alloc(&bindings->arena, sizeof(*bound));
		bound->key = key;
		HASH_ADD(hh, *table, key, sizeof(key), bound);
	}
	return &bound->list;
}

/* Moves the bindings of one list behind those of another. */
static void list_append(struct binding_list *list, struct binding_list *from)
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

static void list_push(struct bindings *bindings, struct binding_list *list, const struct binding *binding)
{
	struct binding *copy = arena_alloc(&bindings->arena, sizeof(*copy));
	struct binding_list one = { copy, copy, 1, binding->kind == BINDING_IMPORT, NULL };

	*copy = *binding;
	list_append(list, &one);
}

static void int_list_push(struct int_list *list, int32_t item)
{
	ARRAY_GROW(list->items, list->nr + 1, list->alloc);
	list->items[list->nr++] = item;
}

static void collect_binding(void *data, struct text text, const struct binding *binding)
{
	struct collector *to = data;
	struct name *name = intern(to->bindings, text);

	list_push(to->bindings, bound_list(to->bindings, to->table, to->scope, name), binding);
}

/* -- scopes */

static struct scope *scope_new(struct bindings *bindings, enum scope_kind kind, int32_t stmt, int32_t lambda)
{
	struct scope *scope = arena_alloc(&bindings->arena, sizeof(*scope));

	scope->kind = kind;
	scope->stmt = stmt;
	scope->lambda = lambda;
	return scope;
}

static struct scope *module_scope(struct bindings *bindings)
{
	struct bindings_tables *tables = bindings->tables;

	if (!tables->module)
		tables->module = scope_new(bindings, SCOPE_MODULE, NO_STMT, NO_NODE);
	return tables->module;
}

struct scope *bindings_scope_of(struct bindings *bindings, int32_t header)
{
	const struct stmt *stmts = bindings->outline->blocks->stmts;
	struct scope *first, **link = &first;

	for (; header != NO_STMT; header = stmts[header].scope) {
		struct scope **body = &bindings->tables->stmts[header].body;

		if (*body) {
			*link = *body;
			return first;
		}
		*body = scope_new(bindings, stmts[header].kind == STMT_CLASS ? SCOPE_CLASS : SCOPE_DEF,
				  header, NO_NODE);
		*link = *body;
		link = &(*body)->parent;
	}
	*link = module_scope(bindings);
	return first;
}

/* How many lambdas a scope is in, itself included, up to the limit. */
static unsigned lambdas_around(const struct scope *scope)
{
	unsigned nr = 0;

	for (; scope->kind == SCOPE_LAMBDA && nr < MAX_LAMBDAS; scope = scope->parent)
		nr++;
	return nr;
}

static struct scope *lambda_around(void *data, int32_t node);

static struct binders binders_into(struct collector *to)
{
	return (struct binders){
		.outline = to->bindings->outline,
		.lambda = lambda_around,
		.each = collect_binding,
		.data = to,
	};
}

/* Makes the scope of a lambda's body, with its parameters. */
static struct scope *lambda_scope(struct bindings *bindings, int32_t lambda, struct scope *around)
{
	struct collector to = { bindings, around, &bindings->tables->bound };
	struct binders binders = binders_into(&to);

	if (lambdas_around(around) < MAX_LAMBDAS) {
		to.scope = scope_new(bindings, SCOPE_LAMBDA, NO_STMT, lambda);
		to.scope->parent = around;
		to.scope->collected = true;
	}
	binders_lambda(&binders, lambda);
	return to.scope;
}

static bool is_lambda_body(const struct outline *outline, int32_t node)
{
	int32_t parent = outline->nodes[node].parent;

	return parent != NO_NODE && outline->nodes[parent].kind == NODE_LAMBDA &&
	       outline->nodes[node].next == NO_NODE && outline->nodes[node].kind != NODE_PARAMETER;
}

/* Finds the lambda around each node of a statement, parents first, and collects what lambdas bind. */
static void make_lambdas(struct bindings *bindings, int32_t stmt, const struct outline_stmt *entry)
{
	const struct outline *outline = bindings->outline;
	struct scope **lambdas = arena_alloc(&bindings->arena, (size_t)entry->count * sizeof(struct scope *));
	struct scope *outside = bindings_scope_of(bindings, outline->blocks->stmts[stmt].scope);

	bindings->tables->stmts[stmt].lambdas = lambdas;
	for (int32_t i = entry->count - 1; i >= 0; i--) {
		int32_t node = entry->first + i, parent = outline->nodes[node].parent;
		struct collector to = { bindings, NULL, &bindings->tables->bound };
		struct binders binders = binders_into(&to);

		if (parent != NO_NODE)
			lambdas[i] = lambdas[parent - entry->first];
		if (is_lambda_body(outline, node))
			lambdas[i] = lambda_scope(bindings, parent, lambdas[i] ? lambdas[i] : outside);
		to.scope = lambdas[i];
		if (to.scope)
			binders_node(&binders, node, BINDERS_NAMES);
	}
}

static struct scope *lambda_of(struct bindings *bindings, int32_t node)
{
	int32_t stmt = bindings->outline->nodes[node].stmt;
	struct stmt_scopes *scopes = &bindings->tables->stmts[stmt];
	const struct outline_stmt entry = bindings->outline->stmts[stmt];

	if (!scopes->has_lambdas) {
		scopes->has_lambdas = true;
		for (int32_t i = entry.first; i < entry.first + entry.count; i++) {
			if (bindings->outline->nodes[i].kind != NODE_LAMBDA)
				continue;
			make_lambdas(bindings, stmt, &entry);
			break;
		}
	}
	return scopes->lambdas ? scopes->lambdas[node - entry.first] : NULL;
}

static struct scope *lambda_around(void *data, int32_t node)
{
	struct collector *to = data;

	return lambda_of(to->bindings, node);
}

struct scope *bindings_scope(struct bindings *bindings, int32_t node)
{
	struct scope *lambda = lambda_of(bindings, node);
	int32_t stmt = bindings->outline->nodes[node].stmt;

	return lambda ? lambda : bindings_scope_of(bindings, bindings->outline->blocks->stmts[stmt].scope);
}

/* -- what a scope binds */

/* Collects what the statements of a scope bind in it, without those of the defs and classes in it. */
static void collect(struct bindings *bindings, struct scope *scope)
{
	const struct blocks *blocks = bindings->outline->blocks;
	struct collector to = { bindings, scope, &bindings->tables->bound };
	struct binders binders = binders_into(&to);
	int32_t last = scope->stmt == NO_STMT ? blocks->nr - 1 : blocks->stmts[scope->stmt].last;

	if (scope->collected)
		return;
	scope->collected = true;
	if (scope->kind == SCOPE_DEF)
		binders_parameters(&binders, scope->stmt);
	for (int32_t i = scope->stmt + 1; i <= last; i++) {
		binders_statement(&binders, i, BINDERS_NAMES);
		if (stmt_is_scope(&blocks->stmts[i]))
			i = blocks->stmts[i].last;
	}
}

/* -- global and nonlocal */

static bool is_identifier_byte(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') ||
	       ch == '_' || (unsigned char)ch >= 0x80;
}

static void declare(struct bindings *bindings, struct text text, int32_t header, unsigned flags)
{
	struct name *name = intern(bindings, text);

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

		while (i < stmt->end && is_identifier_byte(code[i]))
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

static void collect_declarations(struct bindings *bindings)
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

static bool is_declared_global(const struct name *name, const struct scope *scope)
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
		return module_scope(bindings);
	for (scope = scope->parent; scope->parent; scope = scope->parent) {
		if (scope->kind == SCOPE_CLASS)
			continue;
		collect(bindings, scope);
		if (find_bound(bindings->tables->bound, scope, name))
			break;
	}
	return scope;
}

/* Moves the bindings of a name out of the scopes that declare it; outer scopes first. */
static void move_bindings(struct bindings *bindings, struct name *name)
{
	struct bound **table = &bindings->tables->bound;

	if (name->moved)
		return;
	name->moved = true;
	for (size_t i = 0; i < name->nr_declarations; i++) {
		struct scope *scope = bindings_scope_of(bindings, name->declarations[i].header);
		struct binding_list *list;
		struct scope *owner;

		collect(bindings, scope);
		list = find_bound(*table, scope, name);
		if (!list)
			continue;
		owner = declared_owner(bindings, scope, name, name->declarations[i].flags);
		collect(bindings, owner);
		list_append(bound_list(bindings, table, owner, name), list);
	}
}

/* -- lookups */

static struct binding_list *list_in(struct bindings *bindings, struct scope *scope, struct name *name)
{
	collect(bindings, scope);
	collect_declarations(bindings);
	move_bindings(bindings, name);
	return find_bound(bindings->tables->bound, scope, name);
}

struct binding_list *bindings_in(struct bindings *bindings, struct scope *scope, struct text name)
{
	return list_in(bindings, scope, intern(bindings, name));
}

struct scope *bindings_owner(struct bindings *bindings, struct scope *scope, struct text text)
{
	struct name *name = intern(bindings, text);
	struct scope *here = scope;

	collect_declarations(bindings);
	for (; scope; scope = scope->parent) {
		if (is_declared_global(name, scope)) {
			scope = module_scope(bindings);
			return list_in(bindings, scope, name) ? scope : NULL;
		}
		if ((scope->kind != SCOPE_CLASS || scope == here) && list_in(bindings, scope, name))
			return scope;
	}
	return NULL;
}

static int compare_texts(const void *one, const void *other)
{
	const struct text *a = one, *b = other;
	int order = memcmp(a->ptr, b->ptr, a->len < b->len ? a->len : b->len);

	return order ? order : (a->len > b->len) - (a->len < b->len);
}

static void collect_module_name(struct bindings *bindings, int32_t node)
{
	struct bindings_tables *tables = bindings->tables;
	struct alias alias;

	if (!outline_alias(bindings->outline, node, &alias) || !alias.module.len)
		return;
	ARRAY_GROW(tables->modules, tables->nr_modules + 1, tables->alloc_modules);
	tables->modules[tables->nr_modules++] = alias.module;
}

static void collect_import(void *data, struct text text, const struct binding *binding)
{
	struct collector *to = data;

	list_push(to->bindings, &intern(to->bindings, text)->imports, binding);
}

static void collect_imports(struct bindings *bindings)
{
	struct bindings_tables *tables = bindings->tables;
	struct collector to = { bindings, NULL, NULL };
	struct binders binders = binders_into(&to);
	const struct blocks *blocks = bindings->outline->blocks;

	if (tables->has_imports)
		return;
	tables->has_imports = true;
	binders.each = collect_import;
	for (int32_t i = 0; i < blocks->nr; i++) {
		int32_t root;

		if (blocks->stmts[i].kind != STMT_IMPORT && blocks->stmts[i].kind != STMT_FROM)
			continue;
		binders_statement(&binders, i, BINDERS_NAMES);
		if (blocks->stmts[i].kind == STMT_FROM)
			continue;
		root = outline_stmt(bindings->outline, i)->root;
		for (; root != NO_NODE; root = bindings->outline->nodes[root].next)
			collect_module_name(bindings, root);
	}
	if (tables->nr_modules)
		qsort(tables->modules, tables->nr_modules, sizeof(*tables->modules), compare_texts);
}

struct binding_list *bindings_imports(struct bindings *bindings, struct text text)
{
	struct binding_list *list = &intern(bindings, text)->imports;

	collect_imports(bindings);
	return list->first ? list : NULL;
}

/* Is there a module in the sorted list that begins with a text? */
static bool has_module_prefix(const struct bindings_tables *tables, struct text prefix)
{
	size_t low = 0, high = tables->nr_modules;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_texts(&tables->modules[middle], &prefix) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < tables->nr_modules && tables->modules[low].len >= prefix.len &&
	       memcmp(tables->modules[low].ptr, prefix.ptr, prefix.len) == 0;
}

bool bindings_is_module(struct bindings *bindings, struct text dotted)
{
	struct bindings_tables *tables = bindings->tables;
	char *package;
	bool found;

	collect_imports(bindings);
	if (!tables->nr_modules || !dotted.len)
		return false;
	if (bsearch(&dotted, tables->modules, tables->nr_modules, sizeof(*tables->modules), compare_texts))
		return true;
	package = xmemdupz(dotted.ptr, dotted.len);
	package[dotted.len] = '.';
	found = has_module_prefix(tables, (struct text){ package, dotted.len + 1 });
	free(package);
	return found;
}

/* Collects the bindings of `self.…` in the body of a class, not those in classes nested in it. */
static void collect_self(struct bindings *bindings, struct scope *class)
{
	const struct blocks *blocks = bindings->outline->blocks;
	struct collector to = { bindings, class, &bindings->tables->bound_to_self };
	struct binders binders = binders_into(&to);

	for (int32_t i = class->stmt + 1; i <= blocks->stmts[class->stmt].last; i++) {
		binders_statement(&binders, i, BINDERS_SELF);
		if (blocks->stmts[i].kind == STMT_CLASS)
			i = blocks->stmts[i].last;
	}
}

struct binding_list *bindings_of_self(struct bindings *bindings, int32_t class_header, struct text name)
{
	struct scope *class = bindings_scope_of(bindings, class_header);

	if (!bindings->tables->stmts[class_header].has_self) {
		bindings->tables->stmts[class_header].has_self = true;
		collect_self(bindings, class);
	}
	return find_bound(bindings->tables->bound_to_self, class, intern(bindings, name));
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
			int_list_push(&intern(bindings, name)->methods, i);
	}
}

size_t bindings_methods(struct bindings *bindings, struct text text, const int32_t **defs)
{
	struct name *name = intern(bindings, text);

	if (!bindings->tables->has_methods) {
		bindings->tables->has_methods = true;
		collect_methods(bindings);
	}
	*defs = name->methods.items;
	return name->methods.nr;
}

static void collect_uses(struct bindings *bindings)
{
	struct outline *outline = bindings->outline;

	for (int32_t i = 0; i < outline->blocks->nr; i++) {
		struct outline_stmt entry = *outline_stmt(outline, i);

		for (int32_t node = entry.first; node < entry.first + entry.count; node++) {
			bool attribute = outline->nodes[node].kind == NODE_ATTRIBUTE;

			if (!attribute && outline->nodes[node].kind != NODE_NAME)
				continue;
			int_list_push(&intern(bindings, outline_name(outline, node))->uses[attribute], node);
		}
	}
}

size_t bindings_uses(struct bindings *bindings, struct text text, bool attribute, const int32_t **nodes)
{
	struct name *name = intern(bindings, text);

	if (!bindings->tables->has_uses) {
		bindings->tables->has_uses = true;
		collect_uses(bindings);
	}
	*nodes = name->uses[attribute].items;
	return name->uses[attribute].nr;
}
