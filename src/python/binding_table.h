/* SPDX-License-Identifier: MIT
 *
 * The tables behind bindings: identifiers, scopes, and what is bound in each.
 * Private to bindings.c, scopes.c, declared.c, imports.c and uses.c.
 */
#ifndef ASYNCGREP_BINDING_TABLE_H
#define ASYNCGREP_BINDING_TABLE_H

#include "base/alloc.h"
#include "base/word.h"
#include "python/binders.h"
#include "python/bindings.h"
#include "python/mention.h"

#define uthash_malloc(size) xmalloc(size)
#include <uthash.h>

/*
 * Most scopes are asked about one or two names. For so many they are searched, and only the statements outlined that
 * mention the name; from then on it is cheaper to outline them once for all names.
 */
#define FEW_LOOKS 16

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
	bool has_imports; /* they have been collected, of this name alone */
	struct int_list methods;
	struct int_list uses[2]; /* as a name, as an attribute */
	struct declaration *declarations; /* owned; sorted by header */
	size_t nr_declarations, alloc_declarations;
	bool moved; /* bindings of declared names are where they belong */
	bool has_uses; /* they have been collected, of this name alone */
	UT_hash_handle hh;
};

/* What binds a name in a scope, or an attribute of `self` in the scope of a class. */
struct bound {
	struct bound_key {
		struct scope *scope;
		struct name *name;
	} key;
	struct binding_list list;
	bool collected; /* of this name alone */
	UT_hash_handle hh;
};

/* The scope that binds a name for the uses in another one; NULL: none does. */
struct owner {
	struct bound_key key;
	struct scope *owner;
	UT_hash_handle hh;
};

/* The scopes in a statement with lambdas: one a node of its run, of the lambda around it or NULL. */
struct lambdas {
	int32_t stmt;
	struct scope **scopes; /* in the arena */
	UT_hash_handle hh;
};

/* Those of the defs of a name that stand in a class body itself. */
struct own_methods {
	struct bound_key key;
	int32_t *defs; /* in the arena */
	size_t nr;
	UT_hash_handle hh;
};

/* The uses of a name for which a scope binds it, or none does (NULL). */
struct owned_uses {
	struct bound_key key;
	struct int_list nodes;
	UT_hash_handle hh;
};

struct bindings_tables {
	struct name *names;
	struct bound *bound, *bound_to_self;
	struct owner *owners;
	struct own_methods *own_methods;
	struct owned_uses *owned_uses;
	struct scope *module;
	struct scope **bodies; /* owned; by def or class header; NULL: not made yet */
	struct lambdas *lambdas;
	struct text *modules; /* of all `import` statements, sorted */
	size_t nr_modules, alloc_modules;
	struct int_list import_stmts;
	unsigned looks_of_imports; /* for one name each */
	bool has_import_stmts, has_modules, has_methods, has_declarations;
	bool has_all_imports; /* of every name */
	bool has_all_uses; /* of every name */
	unsigned looks_of_uses; /* for one name each */
};

/* Where what a statement binds goes. */
struct collector {
	struct bindings *bindings;
	struct scope *scope;
	struct bound **table;
	struct name *alone; /* whose bindings are wanted; NULL: of all that have not been collected alone */
};

/* -- binding_table.c */

void int_list_push(struct int_list *list, int32_t item);
/* The entry of an identifier. Text that is not the file's own is copied: it may die after the lookup. */
struct name *table_name(struct bindings *bindings, struct text text);
/* The bindings of a name in a scope, or NULL if there are none. */
struct binding_list *table_find(struct bound *table, struct scope *scope, struct name *name);
/* What binds a name in a scope, made empty if nothing is known of it yet. */
struct bound *table_bound(struct bindings *bindings, struct bound **table, struct scope *scope, struct name *name);
/* Moves the bindings of one list behind those of another. */
void table_append(struct binding_list *list, struct binding_list *from);
/* Adds a copy of a binding. */
void table_push(struct bindings *bindings, struct binding_list *list, const struct binding *binding);
/* A binders_each_fn: keeps a binding where its struct collector says. */
void table_collect(void *data, struct text text, const struct binding *binding);
void table_release(struct bindings_tables *tables);

/* -- scopes.c */

struct scope *scopes_module(struct bindings *bindings);
/* What reads a statement's outline into a collector. */
struct binders scopes_binders(struct collector *to);

/* -- bindings.c */

/* Collects what binds a name in a scope: in its statements without those of the defs and classes in it. */
void bindings_collect(struct bindings *bindings, struct scope *scope, struct name *name);

/* -- declared.c */

/* Finds all `global` and `nonlocal` statements. */
void declared_collect(struct bindings *bindings);
/* Does a scope declare a name `global`? */
bool declared_global(const struct name *name, const struct scope *scope);
/* Moves the bindings of a name out of the scopes that declare it. */
void declared_move(struct bindings *bindings, struct name *name);

#endif
