/* SPDX-License-Identifier: MIT
 *
 * What an annotation says of the kind of a value.
 */
#include "scan/evaluate_parts.h"

static bool is_union(const struct evaluation *ev, int32_t node)
{
	return node_is(ev, node, NODE_BINARY) && node_at(ev, node)->op == OP_BITOR;
}

/* X for `str | X`, `X | str`, `Union[str, X]`, `Union[X, str]` with one of the names beside; else NO_NODE. */
static int32_t other_than(struct evaluation *ev, const struct nameset *beside, int32_t left)
{
	int32_t right = node_at(ev, left)->next;
	struct outline *outline = &ev->file->outline;

	if (node_is(ev, left, NODE_NAME) && nameset_has(beside, outline_name(outline, left)))
		return right;
	if (node_is(ev, right, NODE_NAME) && nameset_has(beside, outline_name(outline, right)))
		return left;
	return NO_NODE;
}

static int32_t beside_other(struct evaluation *ev, const struct nameset *beside, int32_t annotation)
{
	int32_t value, index, first;

	if (is_union(ev, annotation))
		return other_than(ev, beside, node_at(ev, annotation)->child);
	if (!node_is(ev, annotation, NODE_SUBSCRIPT))
		return NO_NODE;
	value = node_at(ev, annotation)->child;
	index = node_at(ev, value)->next;
	if ((!node_is(ev, value, NODE_NAME) && !node_is(ev, value, NODE_ATTRIBUTE)) ||
	    !text_equal(outline_name(&ev->file->outline, value), TEXT("Union")) || !node_is(ev, index, NODE_TUPLE))
		return NO_NODE;
	first = node_at(ev, index)->child;
	if (first == NO_NODE || node_at(ev, first)->next == NO_NODE ||
	    node_at(ev, node_at(ev, first)->next)->next != NO_NODE)
		return NO_NODE;
	return other_than(ev, beside, first);
}

/* The next side of a union to look at, behind `node` and all that is below it, or NO_NODE. */
static int32_t next_side(const struct evaluation *ev, int32_t root, int32_t node)
{
	for (; node != root; node = node_at(ev, node)->parent) {
		int32_t parent = node_at(ev, node)->parent;

		if (is_union(ev, parent) && node_at(ev, parent)->child == node)
			return node_at(ev, node)->next;
	}
	return NO_NODE;
}

/* The parts that all have to be so: of A | B both sides (None aside), of X[…] and Optional[X] the X. */
static bool all_sides_say(struct evaluation *ev, const struct kind *kind, int32_t root)
{
	int32_t node = root;

	while (node != NO_NODE) {
		if (is_union(ev, node)) {
			node = node_at(ev, node)->child;
			continue;
		}
		if (node_is(ev, node, NODE_SUBSCRIPT)) {
			int32_t inner = optional_of(ev, node);

			node = inner != node ? inner : node_at(ev, node)->child;
			continue;
		}
		if (!(is_none(ev, node) && node != root && is_union(ev, node_at(ev, node)->parent)) &&
		    !evaluate_test(ev, kind->annotated, node))
			return false;
		node = next_side(ev, root, node);
	}
	return true;
}

bool annotation_says(struct evaluation *ev, const struct kind *kind, int32_t annotation)
{
	int32_t other;

	if (!kind->annotated)
		return false;
	if (kind->united || kind->subscripted)
		return all_sides_say(ev, kind, annotation);
	other = kind->beside ? beside_other(ev, kind->beside, annotation) : NO_NODE;
	return evaluate_test(ev, kind->annotated, other != NO_NODE ? other : optional_of(ev, annotation));
}
