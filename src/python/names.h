/* SPDX-License-Identifier: MIT
 *
 * What an expression is called: a dotted name with its first part looked up
 * through the file's imports and bindings, as SPEC.md, "Resolved name", says.
 */
#ifndef ASYNCGREP_NAMES_H
#define ASYNCGREP_NAMES_H

#include "base/common.h"

struct bindings;
struct binding_list;

/*
 * What a NAME, or an ATTRIBUTE over names, may mean: each of the dotted names that its first part stands for,
 * with the parts behind it. Several imports of one name give several; a relative import gives one that begins with a
 * dot. A name that nobody binds is itself; one bound by something else than an import has no meaning (nr is 0).
 */
struct name_meanings {
	const struct text *firsts; /* borrowed; many are in one array for all uses, one may live until the next call */
	size_t nr;
	size_t tail;   /* bytes of the parts behind the first one, dots included */
	bool imported; /* they come from imports */
};
struct name_meanings names_look_up(struct bindings *bindings, int32_t node);
/* Writes a meaning into a buffer of first.len + tail bytes. */
void names_write(const struct bindings *bindings, int32_t node, struct text first, size_t tail, char *buf);

/*
 * Calls `each` with every meaning (`names_imported`: that comes from an import) until one call returns true; says
 * whether one did. The text is valid during the call.
 */
typedef bool (*names_each_fn)(void *data, struct text dotted);
bool names_meanings(struct bindings *bindings, int32_t node, names_each_fn each, void *data);
bool names_imported(struct bindings *bindings, int32_t node, names_each_fn each, void *data);
/* Is an expression a dotted name that comes from an import? */
bool names_is_imported(struct bindings *bindings, int32_t node);

/*
 * The bindings that decide what an expression is: of a NAME those in the scope that binds it; of
 * `self.x` all in the class around, `x = …` and `x: T` in its body too (defs left out). Up to two lists, NULL where
 * there is none; both NULL for any other expression and for an unbound name.
 */
struct name_bindings {
	struct binding_list *lists[2]; /* 1: of self.x, those in the class body */
};
struct name_bindings names_bindings(struct bindings *bindings, int32_t node);

/*
 * Same-file functions that a callee may mean (SPEC.md): def headers. Returns how many;
 * *defs is borrowed until the next call.
 */
size_t names_functions(struct bindings *bindings, int32_t callee, const int32_t **defs);

#endif
