/* SPDX-License-Identifier: MIT
 *
 * Conditions about the functions of the same file that a call may mean.
 */
#include "base/alloc.h"
#include "python/names.h"
#include "scan/evaluate_parts.h"

static bool is_broad(struct evaluation *ev, const struct test *catches, int32_t handler)
{
	int32_t type = root_of(ev, handler, SLOT_EXCEPT);

	return type == NO_NODE || has_leaf(ev, NODE_TUPLE, catches, type);
}

/* Is a header one that a `try` may stand in and still always be met: not an if, match, def or class? */
static bool is_passed_through(const struct evaluation *ev, int32_t header, bool of_if)
{
	switch (stmt_at(ev, header)->kind) {
	case STMT_FOR:
	case STMT_WHILE:
	case STMT_WITH:
	case STMT_TRY:
	case STMT_EXCEPT:
	case STMT_FINALLY:
		return true;
	case STMT_ELSE:
		return !of_if; /* that of a loop or a try */
	default:
		return false;
	}
}

/*
 * Walks the statements of a body in order, stepping over what is not passed through. Which
 * `else` belongs to an if is known by what stood before it in the same block: its column
 * of siblings is met in order, so the kind of the last sibling is kept by parent.
 */
static bool holds_broad_try(struct evaluation *ev, const struct test *catches, int32_t def)
{
	const struct blocks *blocks = &ev->file->blocks;
	int32_t last = stmt_at(ev, def)->last;

	for (int32_t stmt = def + 1; stmt <= last; stmt++) {
		enum stmt_kind kind = stmt_at(ev, stmt)->kind;
		bool of_if = false;

		if (kind == STMT_EXCEPT && is_broad(ev, catches, stmt))
			return true;
		if (kind == STMT_IF || kind == STMT_ELIF) {
			/* The branches of an if are siblings in a row: step over all of them. */
			int32_t next = blocks->stmts[stmt].next;

			of_if = true;
			while (next != NO_STMT && (blocks->stmts[next].kind == STMT_ELIF ||
						   blocks->stmts[next].kind == STMT_ELSE)) {
				stmt = next;
				next = blocks->stmts[stmt].next;
			}
		}
		if (stmt_is_header(stmt_at(ev, stmt)) && !is_passed_through(ev, stmt, of_if))
			stmt = stmt_at(ev, stmt)->last;
	}
	return false;
}

static bool is_such_function(struct evaluation *ev, const struct own_function_test *own, int32_t def)
{
	bool is_async = stmt_at(ev, def)->flags & STMT_ASYNC;
	int32_t returns;

	if ((own->is_async && !is_async) || (own->is_sync && is_async))
		return false;
	if (own->returns) {
		returns = root_of(ev, def, SLOT_RETURNS);
		if (returns == NO_NODE || !evaluate_test(ev, own->returns, returns))
			return false;
	}
	return !own->catches || holds_broad_try(ev, own->catches, def);
}

static bool are_such_functions(struct evaluation *ev, const struct own_function_test *own, const int32_t *defs, size_t nr)
{
	/* The list lives until the next question of this sort, and the tests may ask one. */
	int32_t *copy = xmalloc(nr * sizeof(*copy));
	bool truth = own->every;

	memcpy(copy, defs, nr * sizeof(*copy));
	for (size_t i = 0; i < nr && truth == own->every; i++)
		truth = is_such_function(ev, own, copy[i]);
	free(copy);
	return truth;
}

bool evaluate_own_function(struct evaluation *ev, const struct condition *condition, int32_t call)
{
	const struct own_function_test *own = condition->own_function;
	int32_t callee = callee_of(ev, call);
	const int64_t *known;
	const int32_t *defs;
	int64_t first, also;
	bool truth;
	size_t nr;

	if (callee == NO_NODE)
		return false;
	pyfile_bindings(ev->file);
	nr = names_functions(&ev->file->bindings, callee, &defs);
	if (!nr)
		return false;
	/* A list is known by its first function: those of one name are in order, in one scope or in all. */
	first = defs[0];
	also = (int64_t)nr * 2 + node_is(ev, callee, NODE_NAME);
	known = remember_find(ev, condition, first, also);
	if (known)
		return *known;
	truth = are_such_functions(ev, own, defs, nr);
	remember(ev, condition, first, also, truth);
	return truth;
}
