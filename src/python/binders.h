/* SPDX-License-Identifier: MIT
 *
 * What a statement binds: the part of bindings that reads outlines. Private to
 * bindings.c, which keeps what is found here by scope and name.
 */
#ifndef ASYNCGREP_BINDERS_H
#define ASYNCGREP_BINDERS_H

#include "python/bindings.h"

/* Which bindings of a statement are wanted. */
enum binders_wanted {
	BINDERS_NAMES, /* of names, in the scope of the statement itself, not in its lambdas */
	BINDERS_SELF,  /* of attributes of `self`, also in its lambdas */
};

/* Gets each binding, which is on the stack, with the name that it binds. */
typedef void (*binders_each_fn)(void *data, struct text name, const struct binding *binding);

struct binders {
	struct outline *outline;
	/* The scope of the lambda body that holds a node, or NULL. */
	struct scope *(*lambda)(void *data, int32_t node);
	binders_each_fn each;
	void *data;
};

/* What a statement (of a header: the header alone) binds around it; outlines it if it may bind anything. */
void binders_statement(const struct binders *binders, int32_t stmt, enum binders_wanted wanted);
/* The parameters of a def header, which are bound in its body. */
void binders_parameters(const struct binders *binders, int32_t header);
/* What a node binds, if it is a `:=` or the `for` of a comprehension. */
void binders_node(const struct binders *binders, int32_t node, enum binders_wanted wanted);
/* The parameters of a LAMBDA, which are bound in its body. */
void binders_lambda(const struct binders *binders, int32_t lambda);

#endif
