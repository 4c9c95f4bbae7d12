/* SPDX-License-Identifier: MIT
 *
 * What binds a name: every assignment, parameter, loop target, import … of a
 * file, by the scope that it binds the name in. Collected lazily: a lookup
 * outlines those statements of the function around and of the module level
 * that spell the name; a scope is collected at once when many names are asked for.
 *
 * Scopes are those of SPEC.md: the module, classes, defs and lambdas.
 * Comprehensions belong to the scope around them. `global` and `nonlocal` move
 * bindings out.
 *
 * Not thread-safe: belongs to the worker that has the file.
 */
#ifndef ASYNCGREP_BINDINGS_H
#define ASYNCGREP_BINDINGS_H

#include "base/arena.h"
#include "base/common.h"

struct outline;

enum binding_kind {
	BINDING_IMPORT,    /* node: the ALIAS */
	BINDING_PARAMETER, /* of a def or lambda; *args and **kwargs have no annotation here */
	BINDING_ASSIGN,    /* x = v, x: T = v, x := v, type x = v */
	BINDING_DECLARE,   /* x: T */
	BINDING_AUGMENTED, /* x /= v; value: v; node: x; op: the operator */
	BINDING_FOR,       /* value: the iterable; a comprehension's too */
	BINDING_ASYNC_FOR,
	BINDING_WITH,      /* value: the context expression; async with too */
	BINDING_EXCEPT,
	BINDING_DEF,       /* stmt: the header */
	BINDING_CLASS,
	BINDING_UNPACK,    /* x in `x, y = v`, `for x, y in v`, `*x` */
	BINDING_MATCH,
	BINDING_DEL,
};

struct binding {
	struct binding *next; /* of the same name in the same scope, in the order of collection */
	int32_t node;         /* what is bound: NAME, ATTRIBUTE, PARAMETER, ALIAS; NO_NODE for def and class */
	int32_t value;        /* see above, or NO_NODE */
	int32_t annotation;   /* or NO_NODE; one that is a string literal without fields is NO_NODE */
	int32_t stmt;
	uint8_t kind;         /* enum binding_kind */
	uint8_t op;           /* enum node_op, for BINDING_AUGMENTED */
};

/* All bindings of one name in one scope; its address is its identity. */
struct binding_list {
	struct binding *first; /* NULL: none */
	struct binding *last;
	uint32_t nr, nr_imports;
	struct name_cache *cache; /* private to names.c */
};

/* A scope belongs to the header of a def or class, to a LAMBDA node, or to neither (the module). */
struct scope {
	enum scope_kind { SCOPE_MODULE, SCOPE_CLASS, SCOPE_DEF, SCOPE_LAMBDA } kind;
	int32_t stmt;   /* header of a def or class, else NO_STMT */
	int32_t lambda; /* node, else NO_NODE */
	struct scope *parent; /* NULL: this is the module */
	/* Private to bindings.c and uses.c: */
	bool collected, has_self; /* all names have been, all attributes of `self` */
	unsigned looks, looks_of_self, looks_of_uses; /* for one name each */
};

struct bindings {
	struct outline *outline; /* borrowed */
	struct arena arena;
	struct bindings_tables *tables; /* private */
	struct text unbound; /* private to names.c */
	struct dotted {
		int32_t node, first; /* what was asked about last, and its first part */
		size_t tail;
	} dotted;
};

void bindings_init(struct bindings *bindings, struct outline *outline);
void bindings_release(struct bindings *bindings);

/*
 * The scope in which names at a node are looked up: of the innermost lambda body, def body
 * or class body around it. Lambdas in more than 100 others, which nobody writes, have no
 * scope of their own.
 */
struct scope *bindings_scope(struct bindings *bindings, int32_t node);
/* The scope of the body of a def or class header; NO_STMT: the module. */
struct scope *bindings_scope_of(struct bindings *bindings, int32_t header);

/* The bindings of a name in a scope alone, moved ones included; NULL if it binds none. */
struct binding_list *bindings_in(struct bindings *bindings, struct scope *scope, struct text name);
/*
 * Name lookup of SPEC.md: the scope that binds a name for a use in `scope`: the innermost
 * function or lambda around that binds it, or `scope` itself where that is a class that does, or the
 * module; `global` there leads to the module. NULL: none of them binds it.
 */
struct scope *bindings_owner(struct bindings *bindings, struct scope *scope, struct text name);
/* The imports of a name anywhere in the file, in any scope; NULL: none. */
struct binding_list *bindings_imports(struct bindings *bindings, struct text name);
/* Is a dotted name one that `import` statements of the file import: a and a.b for `import a.b`? */
bool bindings_is_module(struct bindings *bindings, struct text dotted);
/* Do they import something below it: a.b for a? */
bool bindings_is_package(struct bindings *bindings, struct text dotted);

/*
 * Bindings of `self.NAME` anywhere in a class (also in functions nested in its methods; not in
 * classes nested in it). NULL: none.
 */
struct binding_list *bindings_of_self(struct bindings *bindings, int32_t class_header, struct text name);

/* The defs of a name: those directly in a class body anywhere in the file. Returns how many; *defs is borrowed. */
size_t bindings_methods(struct bindings *bindings, struct text name, const int32_t **defs);
/* The same, directly in the body of one class. *defs lives as long as the bindings. */
size_t bindings_methods_of(struct bindings *bindings, int32_t class, struct text name, const int32_t **defs);

/*
 * Every use of an identifier in the file: the NAME nodes that are it (attribute = false) or the
 * ATTRIBUTE nodes whose last part it is (true), stores included. Outlines the statements that
 * spell it; after a few names, the whole file. Returns how many; *nodes is borrowed.
 */
size_t bindings_uses(struct bindings *bindings, struct text name, bool attribute, const int32_t **nodes);
/* The uses of a name for which bindings_owner gives one scope (NULL too). *nodes is borrowed. */
size_t bindings_uses_in(struct bindings *bindings, struct scope *owner, struct text name, const int32_t **nodes);

#endif
