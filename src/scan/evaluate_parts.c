/* SPDX-License-Identifier: MIT
 *
 * Small questions about expressions that several sorts of conditions ask.
 */
#include "scan/evaluate_parts.h"

#include "python/names.h"

int32_t function_of(struct evaluation *ev, int32_t node)
{
	return blocks_function(&ev->file->blocks, stmt_at(ev, node_at(ev, node)->stmt)->scope);
}

int32_t root_of(struct evaluation *ev, int32_t stmt, enum node_slot slot)
{
	int32_t root = outline_stmt(&ev->file->outline, stmt)->root;

	if (root == NO_NODE || node_at(ev, root)->slot == slot)
		return root;
	return next_root(ev, root, slot);
}

int32_t next_root(struct evaluation *ev, int32_t root, enum node_slot slot)
{
	do
		root = node_at(ev, root)->next;
	while (root != NO_NODE && node_at(ev, root)->slot != slot);
	return root;
}

int32_t callee_of(const struct evaluation *ev, int32_t call)
{
	return node_is(ev, call, NODE_CALL) ? node_at(ev, call)->child : NO_NODE;
}

int32_t receiver_of(const struct evaluation *ev, int32_t node)
{
	if (node_is(ev, node, NODE_CALL))
		node = callee_of(ev, node);
	return node_is(ev, node, NODE_ATTRIBUTE) ? node_at(ev, node)->child : NO_NODE;
}

int32_t first_argument(const struct evaluation *ev, int32_t call)
{
	return node_at(ev, callee_of(ev, call))->next;
}

int32_t argument_value(const struct evaluation *ev, int32_t argument)
{
	const struct node *node = node_at(ev, argument);

	return node->kind == NODE_KEYWORD || node->kind == NODE_DOUBLE_STARRED ? node->child : argument;
}

bool is_positional(const struct evaluation *ev, int32_t argument)
{
	return !node_is(ev, argument, NODE_KEYWORD) && !node_is(ev, argument, NODE_DOUBLE_STARRED);
}

int32_t argument_at(const struct evaluation *ev, int32_t call, const struct argument_place *place)
{
	int position = 0;

	for (int32_t a = first_argument(ev, call); a != NO_NODE; a = node_at(ev, a)->next)
		if (is_positional(ev, a) && position++ == place->position)
			return a;
	for (int32_t a = first_argument(ev, call); a != NO_NODE; a = node_at(ev, a)->next)
		if (node_is(ev, a, NODE_KEYWORD) && nameset_has(&place->keywords, outline_name(&ev->file->outline, a)))
			return node_at(ev, a)->child;
	for (int32_t a = first_argument(ev, call); place->mapping && a != NO_NODE; a = node_at(ev, a)->next)
		if (node_is(ev, a, NODE_DOUBLE_STARRED))
			return node_at(ev, a)->child;
	return NO_NODE;
}

bool is_display(const struct evaluation *ev, int32_t node)
{
	if (node == NO_NODE)
		return false;
	switch (node_at(ev, node)->kind) {
	case NODE_LIST:
	case NODE_TUPLE:
	case NODE_SET:
	case NODE_DICT:
	case NODE_LIST_COMP:
	case NODE_SET_COMP:
	case NODE_DICT_COMP:
	case NODE_GENERATOR:
		return true;
	default:
		return false;
	}
}

int32_t holder_of(const struct evaluation *ev, int32_t node)
{
	int32_t parent = node_at(ev, node)->parent;

	if (node_is(ev, parent, NODE_DOUBLE_STARRED) && node_is(ev, node_at(ev, parent)->parent, NODE_DICT))
		parent = node_at(ev, parent)->parent;
	return parent;
}

int32_t group_of(const struct evaluation *ev, int32_t node)
{
	for (int32_t holder = holder_of(ev, node); is_display(ev, holder); holder = holder_of(ev, node)) {
		node = holder;
		if (node_is(ev, node_at(ev, node)->parent, NODE_STARRED))
			node = node_at(ev, node)->parent;
	}
	return node;
}

int32_t call_taking(const struct evaluation *ev, int32_t node)
{
	int32_t parent = node_at(ev, node)->parent;

	if (node_is(ev, parent, NODE_KEYWORD) || node_is(ev, parent, NODE_DOUBLE_STARRED))
		parent = node_at(ev, parent)->parent;
	return node_is(ev, parent, NODE_CALL) && callee_of(ev, parent) != node ? parent : NO_NODE;
}

bool is_none(const struct evaluation *ev, int32_t node)
{
	const struct node *n;

	if (!node_is(ev, node, NODE_CONSTANT))
		return false;
	n = node_at(ev, node);
	return n->end - n->start == 4 && !memcmp(ev->file->mask.code + n->start, "None", 4);
}

static bool is_optional_subscript(const struct evaluation *ev, int32_t node)
{
	int32_t value = node_at(ev, node)->child;

	return (node_is(ev, value, NODE_NAME) || node_is(ev, value, NODE_ATTRIBUTE)) &&
	       text_equal(outline_name(&ev->file->outline, value), TEXT("Optional"));
}

int32_t optional_of(const struct evaluation *ev, int32_t annotation)
{
	int32_t left, right;

	if (node_is(ev, annotation, NODE_SUBSCRIPT) && is_optional_subscript(ev, annotation))
		return node_at(ev, node_at(ev, annotation)->child)->next;
	if (!node_is(ev, annotation, NODE_BINARY) || node_at(ev, annotation)->op != OP_BITOR)
		return annotation;
	left = node_at(ev, annotation)->child;
	right = node_at(ev, left)->next;
	if (is_none(ev, left))
		return right;
	return is_none(ev, right) ? left : annotation;
}

bool same_expression(struct evaluation *ev, int32_t a, int32_t b)
{
	return a == b || outline_same(&ev->file->outline, &ev->file->source, a, b);
}

bool has_last_part(const struct evaluation *ev, int32_t node, const struct nameset *names)
{
	if (!node_is(ev, node, NODE_NAME) && !node_is(ev, node, NODE_ATTRIBUTE))
		return false;
	return nameset_has(names, outline_name(&ev->file->outline, node));
}

bool has_leaf(struct evaluation *ev, enum node_kind branches, const struct test *test, int32_t root)
{
	int32_t node = root;

	for (;;) {
		if (node_is(ev, node, branches) && node_at(ev, node)->child != NO_NODE) {
			node = node_at(ev, node)->child;
			continue;
		}
		if (!node_is(ev, node, branches) && evaluate_test(ev, test, node))
			return true;
		while (node != root && node_at(ev, node)->next == NO_NODE)
			node = node_at(ev, node)->parent;
		if (node == root)
			return false;
		node = node_at(ev, node)->next;
	}
}
