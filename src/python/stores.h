/* SPDX-License-Identifier: MIT
 *
 * What a function assigns, binds or deletes, found by what it is assigned to:
 * names by their text, attributes and subscripts by the hash of the whole
 * expression. Private to reach.c.
 */
#ifndef ASYNCGREP_STORES_H
#define ASYNCGREP_STORES_H

#include "base/common.h"

struct bindings;
struct source;

struct store {
	int32_t stmt;
	int32_t node; /* what is stored to, or the `:=`; NO_NODE for what is bound without a node */
	uint32_t start, end;
	bool late; /* happens when all expressions of the statement have been evaluated, not at its place among them */
};

/* Stores of one name or expression, sorted by statement. */
struct store_list {
	struct store *items;
	size_t nr, alloc;
};

/* Those of one function, or of the module level; classes in it are part of it, defs are not. */
struct stores *stores_new(struct bindings *bindings, const struct source *source, int32_t function);
void stores_free(struct stores *stores);

/* NULL: none. Of an expression, those that only have the same hash may be among them. */
const struct store_list *stores_of_name(const struct stores *stores, struct text name);
const struct store_list *stores_of_expression(const struct stores *stores, int32_t node);

/*
 * Is a node evaluated when its statement runs? Not the bodies of lambdas, the
 * annotations, the parts of patterns, and the targets of other statements than `x = …`.
 */
bool stores_is_evaluated(struct bindings *bindings, int32_t node);

#endif
