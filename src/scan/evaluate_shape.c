/* SPDX-License-Identifier: MIT
 *
 * Conditions about what an expression is.
 */
#include "python/names.h"
#include "scan/evaluate_parts.h"

static bool is_dotted(const struct evaluation *ev, int32_t node)
{
	while (node_is(ev, node, NODE_ATTRIBUTE))
		node = node_at(ev, node)->child;
	return node_is(ev, node, NODE_NAME);
}

static bool is_place(const struct evaluation *ev, int32_t node)
{
	return is_dotted(ev, node_is(ev, node, NODE_SUBSCRIPT) ? node_at(ev, node)->child : node);
}

static bool is_local(struct evaluation *ev, int32_t node)
{
	struct bindings *bindings = &ev->file->bindings;
	struct text name = outline_name(&ev->file->outline, node);
	int32_t function = function_of(ev, node);

	if (!node_is(ev, node, NODE_NAME) || function == NO_STMT)
		return false;
	pyfile_bindings(ev->file);
	return bindings_owner(bindings, bindings_scope(bindings, node), name) == bindings_scope_of(bindings, function);
}

/* Zero in any base: digits that are all noughts behind an optional 0x, 0o or 0b. */
static bool is_zero(const struct evaluation *ev, const struct node *node)
{
	const char *digits = ev->file->mask.code + node->start;
	size_t len = node->end - node->start;

	if (len > 2 && digits[0] == '0' && strchr("xXoObB", digits[1])) {
		digits += 2;
		len -= 2;
	}
	for (size_t i = 0; i < len; i++)
		if (digits[i] != '0' && digits[i] != '_')
			return false;
	return true;
}

static bool is_literal(const struct evaluation *ev, int32_t node, enum literal_kind literal)
{
	const struct node *n = node_at(ev, node);
	const char *text = ev->file->mask.code + n->start;
	size_t len = n->end - n->start;

	switch (literal) {
	case LITERAL_NONE:
		return is_none(ev, node);
	case LITERAL_ZERO:
		return n->kind == NODE_NUMBER && is_zero(ev, n);
	case LITERAL_NUMBER:
		return n->kind == NODE_NUMBER;
	case LITERAL_STRING:
		return n->kind == NODE_STRING || n->kind == NODE_FSTRING;
	case LITERAL_TRUE:
		return n->kind == NODE_CONSTANT && len == 4 && !memcmp(text, "True", 4);
	case LITERAL_FALSE:
		return n->kind == NODE_CONSTANT && len == 5 && !memcmp(text, "False", 5);
	}
	return false;
}

static bool is_same(struct evaluation *ev, int capture, int32_t node)
{
	int32_t other = ev->captures[capture].node;

	return other != NO_NODE && same_expression(ev, node, other);
}

/* Any part of an expression, itself included, bodies of lambdas apart. Parts stand right before the whole in the table. */
static bool contains(struct evaluation *ev, const struct test *test, int32_t node)
{
	struct outline *outline = &ev->file->outline;
	int32_t lambda = outline_lambda(outline, node);
	uint32_t start = node_at(ev, node)->start;

	for (int32_t i = node; i >= 0 && node_at(ev, i)->stmt == node_at(ev, node)->stmt; i--) {
		if (node_at(ev, i)->start < start)
			return false;
		if (outline_lambda(outline, i) == lambda && evaluate_test(ev, test, i))
			return true;
	}
	return false;
}

/* The one argument of a call without others, or NO_NODE. */
static int32_t only_argument(const struct evaluation *ev, int32_t call)
{
	int32_t argument = first_argument(ev, call);

	if (argument == NO_NODE || node_at(ev, argument)->next != NO_NODE || !is_positional(ev, argument))
		return NO_NODE;
	return argument;
}

static int32_t unwrap(struct evaluation *ev, const struct condition *condition, int32_t node)
{
	for (;;) {
		int32_t callee = callee_of(ev, node), inner = NO_NODE;

		if (callee == NO_NODE)
			return node;
		if (condition->wrappers[1] && node_is(ev, callee, NODE_ATTRIBUTE) &&
		    first_argument(ev, node) == NO_NODE && has_last_part(ev, callee, condition->wrappers[1]))
			inner = receiver_of(ev, node);
		else if (condition->wrappers[0] && resolves_to(ev, callee, condition->wrappers[0]))
			inner = only_argument(ev, node);
		if (inner == NO_NODE)
			return node;
		node = inner;
	}
}

static bool is_parameter_annotated(struct evaluation *ev, const struct test *test, int32_t node)
{
	if (!node_is(ev, node, NODE_PARAMETER) || !(node_at(ev, node)->flags & NODE_HAS_ANNOTATION))
		return false;
	return evaluate_test(ev, test, optional_of(ev, node_at(ev, node)->child));
}

static bool is_comparison_in(const struct evaluation *ev, int32_t node)
{
	int32_t left, right;

	if (!node_is(ev, node, NODE_COMPARE) || node_at(ev, node)->op != OP_IN)
		return false;
	left = node_at(ev, node)->child;
	right = node_at(ev, left)->next;
	return node_at(ev, right)->next == NO_NODE;
}

struct conjuncts {
	const struct test *test;
	int32_t root;
	int32_t asked; /* the part that was asked last, or NO_NODE */
};

/* Asks the part of an `and` that an expression stands in, unless it is the one that was asked last. */
static bool ask_conjunct(struct evaluation *ev, int32_t node, void *data)
{
	struct conjuncts *conjuncts = data;
	int32_t part = node;

	if (conjuncts->asked != NO_NODE && node <= conjuncts->asked)
		return false;
	for (; node != conjuncts->root; node = node_at(ev, node)->parent)
		if (!node_is(ev, node_at(ev, node)->parent, NODE_AND))
			part = node_at(ev, node)->parent;
	conjuncts->asked = part;
	return evaluate_test(ev, conjuncts->test, part);
}

static bool has_conjunct(struct evaluation *ev, const struct test *test, int32_t node)
{
	struct conjuncts conjuncts = { test, node, NO_NODE };
	bool result;

	return search_below(ev, node, test, ask_conjunct, &conjuncts, &result) ?
			result : has_leaf(ev, NODE_AND, test, node);
}

bool evaluate_shape(struct evaluation *ev, const struct condition *condition, int32_t node)
{
	const struct test *test = condition->test;
	int32_t part;

	switch (condition->kind) {
	case IS_CALL:
		part = callee_of(ev, node);
		return part != NO_NODE && resolves_to(ev, part, condition->names);
	case IS_METHOD:
		part = callee_of(ev, node);
		return node_is(ev, part, NODE_ATTRIBUTE) && has_last_part(ev, part, condition->names);
	case IS_ON:
		part = receiver_of(ev, node);
		return part != NO_NODE && evaluate_test(ev, test, part);
	case IS_CALLEE:
		part = callee_of(ev, node);
		return part != NO_NODE && evaluate_test(ev, test, part);
	case IS_RESOLVED:
		return resolves_to(ev, node, condition->names);
	case IS_IMPORTED:
		return is_imported(ev, condition->imported, node);
	case IS_NAMED:
		return (node_is(ev, node, NODE_NAME) || node_is(ev, node, NODE_PARAMETER)) &&
		       nameset_has(condition->names, outline_name(&ev->file->outline, node));
	case IS_LAST:
		return has_last_part(ev, node, condition->names);
	case IS_PLACE:
		return is_place(ev, node);
	case IS_LOCAL:
		return is_local(ev, node);
	case IS_SAME:
		return is_same(ev, condition->capture, node);
	case IS_LITERAL:
		return is_literal(ev, node, (enum literal_kind)condition->number);
	case IS_AWAIT:
		return node_is(ev, node, NODE_AWAIT) && evaluate_test(ev, test, node_at(ev, node)->child);
	case IS_IN:
		return is_comparison_in(ev, node) &&
		       evaluate_test(ev, test, node_at(ev, node_at(ev, node)->child)->next);
	case IS_ITEM:
		return is_comparison_in(ev, node) && evaluate_test(ev, test, node_at(ev, node)->child);
	case IS_CONTAINING:
		return contains(ev, test, node);
	case IS_CONJUNCT:
		return has_conjunct(ev, test, node);
	case IS_UNWRAPPED:
		return evaluate_test(ev, test, unwrap(ev, condition, node));
	case IS_ANNOTATION:
		return is_parameter_annotated(ev, test, node);
	default:
		BUG("condition %d is no shape", (int)condition->kind);
	}
}
