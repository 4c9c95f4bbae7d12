/* SPDX-License-Identifier: MIT
 *
 * Conditions about what is done with an expression, and about the statements
 * around it.
 */
#include "scan/evaluate_parts.h"

static bool is_assigned(struct evaluation *ev, const struct test *test, int32_t node)
{
	int32_t stmt = node_at(ev, node)->stmt, target;

	if (node_at(ev, node)->slot != SLOT_VALUE || stmt_at(ev, stmt)->kind == STMT_TYPE)
		return false;
	target = root_of(ev, stmt, SLOT_TARGET);
	for (; target != NO_NODE; target = next_root(ev, target, SLOT_TARGET))
		if (!evaluate_test(ev, test, target))
			return false;
	return true;
}

static bool is_with_kind(bool is_async, unsigned kind)
{
	return kind == KIND_OF_WITH_ANY || is_async == (kind == KIND_OF_WITH_ASYNC);
}

static bool is_entered(const struct evaluation *ev, int32_t node, unsigned kind)
{
	return node_at(ev, node)->slot == SLOT_WITH_ITEM &&
	       is_with_kind(stmt_at(ev, node_at(ev, node)->stmt)->flags & STMT_ASYNC, kind);
}

static bool is_iterated(const struct evaluation *ev, int32_t node, unsigned kind)
{
	int32_t parent = node_at(ev, node)->parent;

	if (node_at(ev, node)->slot == SLOT_ITER)
		return is_with_kind(stmt_at(ev, node_at(ev, node)->stmt)->flags & STMT_ASYNC, kind);
	return node_is(ev, parent, NODE_COMPREHENSION) && outline_child(&ev->file->outline, parent, 1) == node &&
	       is_with_kind(node_at(ev, parent)->flags & NODE_IS_ASYNC, kind);
}

bool evaluate_role(struct evaluation *ev, const struct condition *condition, int32_t node)
{
	int32_t other;

	switch (condition->kind) {
	case ROLE_AWAITED:
		return node_is(ev, node_at(ev, node)->parent, NODE_AWAIT);
	case ROLE_STATEMENT:
		return node_at(ev, node)->slot == SLOT_EXPRESSION;
	case ROLE_GROUP:
		return evaluate_test(ev, condition->test, group_of(ev, node));
	case ROLE_ARGUMENT:
		other = call_taking(ev, node);
		return other != NO_NODE && evaluate_test(ev, condition->test, other);
	case ROLE_LAMBDA_BODY:
		other = node_at(ev, node)->parent;
		return node_is(ev, other, NODE_LAMBDA) && node_at(ev, node)->next == NO_NODE &&
		       evaluate_test(ev, condition->test, other);
	case ROLE_ASSIGNED:
		return is_assigned(ev, condition->test, node);
	case ROLE_ENTERED:
		return is_entered(ev, node, condition->number);
	case ROLE_ITERATED:
		return is_iterated(ev, node, condition->number);
	default:
		BUG("condition %d is no role", (int)condition->kind);
	}
}

/* -- surroundings */

static bool has_item(struct evaluation *ev, const struct test *test, int32_t with)
{
	int32_t item = root_of(ev, with, SLOT_WITH_ITEM);

	for (; item != NO_NODE; item = next_root(ev, item, SLOT_WITH_ITEM))
		if (evaluate_test(ev, test, item))
			return true;
	return false;
}

static bool fits_around(struct evaluation *ev, const struct condition *condition, int32_t header)
{
	enum stmt_kind kind = stmt_at(ev, header)->kind;
	int32_t test;

	if (condition->kind == INSIDE_WITH)
		return kind == STMT_WITH && has_item(ev, condition->test, header);
	if (kind != STMT_IF && kind != STMT_ELIF)
		return false;
	test = root_of(ev, header, SLOT_TEST);
	return test != NO_NODE && evaluate_test(ev, condition->test, test);
}

/*
 * Goes from header to header around a statement, out to that of its function. What was found is remembered of each
 * header on the way, so that each is asked once, however much stands in it.
 */
static bool is_inside(struct evaluation *ev, const struct condition *condition, int32_t stmt)
{
	int32_t first = stmt_at(ev, stmt)->parent, header;
	const int64_t *known = NULL;
	int64_t also;
	bool memorable = remember_captures(ev, condition->test, &also), truth = false;

	for (header = first; header != NO_STMT && stmt_at(ev, header)->kind != STMT_DEF && !truth;
	     header = stmt_at(ev, header)->parent) {
		known = memorable ? remember_find(ev, condition, header, also) : NULL;
		if (known)
			break;
		truth = fits_around(ev, condition, header);
	}
	if (known)
		truth = *known;
	for (int32_t h = first; memorable && h != header; h = stmt_at(ev, h)->parent)
		remember(ev, condition, h, also, truth);
	return truth;
}

static bool has_such_item(struct evaluation *ev, const void *condition, int32_t with)
{
	return has_item(ev, ((const struct condition *)condition)->test, with);
}

static bool is_directly_in_with(struct evaluation *ev, const struct condition *condition, int32_t stmt)
{
	int32_t header = stmt_at(ev, stmt)->parent;

	/* An elif stands in the else of its if, so not directly. */
	return header != NO_STMT && stmt_at(ev, stmt)->kind != STMT_ELIF && stmt_at(ev, header)->kind == STMT_WITH &&
	       !(stmt_at(ev, header)->flags & STMT_ASYNC) &&
	       remember_answer(ev, condition->test, condition, header, has_such_item);
}

/* Does a node stand in a finally block of a function? */
static bool is_in_finally(const struct evaluation *ev, int32_t node, int32_t function)
{
	int32_t header = stmt_at(ev, node_at(ev, node)->stmt)->parent;

	for (; header != NO_STMT && header != function; header = stmt_at(ev, header)->parent)
		if (stmt_at(ev, header)->kind == STMT_FINALLY &&
		    blocks_function(&ev->file->blocks, stmt_at(ev, header)->scope) == function)
			return true;
	return false;
}

struct finally_question {
	const struct test *test;
	int32_t function;
};

static bool is_such_in_finally(struct evaluation *ev, int32_t node, void *data)
{
	const struct finally_question *question = data;

	return is_in_finally(ev, node, question->function) && evaluate_test(ev, question->test, node);
}

static bool has_finally(struct evaluation *ev, const void *condition, int32_t function)
{
	struct finally_question question = { ((const struct condition *)condition)->test, function };

	return search_function(ev, function, question.test, is_such_in_finally, &question);
}

static bool is_parameter(struct evaluation *ev, const struct test *test, int32_t node)
{
	int32_t function = function_of(ev, node);
	struct bindings *bindings = &ev->file->bindings;
	struct binding_list *list;

	if (!node_is(ev, node, NODE_NAME) || function == NO_STMT)
		return false;
	pyfile_bindings(ev->file);
	list = bindings_in(bindings, bindings_scope_of(bindings, function), outline_name(&ev->file->outline, node));
	/* Parameters are bound first. */
	for (struct binding *b = list ? list->first : NULL; b && b->kind == BINDING_PARAMETER; b = b->next)
		if (evaluate_test(ev, test, b->node))
			return true;
	return false;
}

bool evaluate_surroundings(struct evaluation *ev, const struct condition *condition, int32_t node)
{
	int32_t stmt = node_at(ev, node)->stmt, function;

	switch (condition->kind) {
	case INSIDE_WITH:
	case INSIDE_IF:
		return is_inside(ev, condition, stmt);
	case DIRECTLY_IN_WITH:
		return is_directly_in_with(ev, condition, stmt);
	case IN_FINALLY:
		function = function_of(ev, node);
		return function != NO_STMT &&
		       remember_answer(ev, condition->test, condition, function, has_finally);
	case IS_PARAMETER:
		return is_parameter(ev, condition->test, node);
	default:
		BUG("condition %d is not about surroundings", (int)condition->kind);
	}
}
