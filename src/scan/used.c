/* SPDX-License-Identifier: MIT
 *
 * Does anything in the file look at a place? A name is looked up in its own
 * scope, an attribute by its last part in the whole file, X[…] by X.
 */
#include "python/bindings.h"
#include "scan/evaluate_parts.h"

/* What is looked for: a name or attribute, and how many subscripts deep the place is in it. */
struct place {
	struct text name;
	bool attribute;
	struct scope *owner; /* of a name */
	uint32_t depth;
};

/* A use of the place, followed outwards to where something is done with it. */
struct use {
	int32_t node;        /* after what it goes through unchanged */
	int32_t itself;      /* the name with its subscripts */
	uint32_t subscripts;
};

static struct scope *owner_of(struct evaluation *ev, int32_t node)
{
	struct bindings *bindings = &ev->file->bindings;

	return bindings_owner(bindings, bindings_scope(bindings, node), outline_name(&ev->file->outline, node));
}

/* False where there is no name to look for: f()[k]. */
static bool place_of(struct evaluation *ev, int32_t node, struct place *place)
{
	memset(place, 0, sizeof(*place));
	while (node_is(ev, node, NODE_SUBSCRIPT)) {
		node = node_at(ev, node)->child;
		place->depth++;
	}
	if (!node_is(ev, node, NODE_NAME) && !node_is(ev, node, NODE_ATTRIBUTE))
		return false;
	place->name = outline_name(&ev->file->outline, node);
	place->attribute = node_is(ev, node, NODE_ATTRIBUTE);
	if (!place->attribute)
		place->owner = owner_of(ev, node);
	return true;
}

static bool goes_through(const struct evaluation *ev, const struct used_test *used, int32_t node, int32_t parent)
{
	if (node_is(ev, parent, NODE_AND) || node_is(ev, parent, NODE_OR))
		return used->through_boolean;
	/* [x, test, y]: it stands for x and y, not for the test. */
	return used->through_conditional && node_is(ev, parent, NODE_CONDITIONAL) &&
	       outline_child(&ev->file->outline, parent, 1) != node;
}

static struct use follow(const struct evaluation *ev, const struct used_test *used, int32_t node)
{
	struct use use = { node, node, 0 };

	for (;;) {
		int32_t parent = node_at(ev, use.node)->parent;

		if (node_is(ev, parent, NODE_SUBSCRIPT) && node_at(ev, parent)->child == use.node &&
		    !(node_at(ev, parent)->flags & NODE_STORES)) {
			use.itself = parent;
			use.subscripts++;
		} else if (!goes_through(ev, used, use.node, parent)) {
			break;
		}
		use.node = parent;
	}
	if (node_is(ev, node_at(ev, use.node)->parent, NODE_STARRED))
		use.node = node_at(ev, use.node)->parent;
	return use;
}

static bool is_onward(struct evaluation *ev, int32_t itself, int32_t target)
{
	return (node_is(ev, target, NODE_NAME) || node_is(ev, target, NODE_ATTRIBUTE) ||
		node_is(ev, target, NODE_SUBSCRIPT)) && !same_expression(ev, itself, target);
}

static bool is_assigned_onward(struct evaluation *ev, const struct use *use)
{
	int32_t parent = node_at(ev, use->node)->parent, target;

	if (node_is(ev, parent, NODE_WALRUS))
		return node_at(ev, parent)->child != use->node &&
		       is_onward(ev, use->itself, node_at(ev, parent)->child);
	if (node_at(ev, use->node)->slot != SLOT_VALUE || stmt_at(ev, node_at(ev, use->node)->stmt)->kind == STMT_TYPE)
		return false;
	target = root_of(ev, node_at(ev, use->node)->stmt, SLOT_TARGET);
	for (; target != NO_NODE; target = next_root(ev, target, SLOT_TARGET))
		if (is_onward(ev, use->itself, target))
			return true;
	return false;
}

static bool is_iterated_over(const struct evaluation *ev, int32_t node)
{
	int32_t parent = node_at(ev, node)->parent;

	if (node_at(ev, node)->slot == SLOT_ITER)
		return !(stmt_at(ev, node_at(ev, node)->stmt)->flags & STMT_ASYNC);
	return node_is(ev, parent, NODE_COMPREHENSION) && outline_child(&ev->file->outline, parent, 1) == node &&
	       !(node_at(ev, parent)->flags & NODE_IS_ASYNC);
}

static bool is_among_attributes(const struct evaluation *ev, const struct nameset *attributes, int32_t node)
{
	return attributes && node_is(ev, node, NODE_ATTRIBUTE) && has_last_part(ev, node, attributes);
}

/* From how many subscripts on a place is looked at by a use of the name that it is in; or NEVER. */
#define NEVER INT64_MAX

static int64_t looks_from(struct evaluation *ev, const struct used_test *used, int32_t node)
{
	struct use use = follow(ev, used, node);
	int32_t parent = node_at(ev, use.node)->parent;

	if (is_among_attributes(ev, used->attributes, parent) ||
	    (used->awaited && node_is(ev, parent, NODE_AWAIT)) ||
	    (used->yielded && (node_is(ev, parent, NODE_YIELD) || node_is(ev, parent, NODE_YIELD_FROM))) ||
	    (used->returned && node_at(ev, use.node)->slot == SLOT_RETURN) ||
	    (used->element && is_display(ev, holder_of(ev, use.node))) ||
	    (used->argument && call_taking(ev, use.node) != NO_NODE) ||
	    (used->assigned && is_assigned_onward(ev, &use)))
		return 0;
	/* What is done with the container alone. */
	if (is_among_attributes(ev, used->container_attributes, parent) ||
	    (used->container_iterated && is_iterated_over(ev, use.node)))
		return (int64_t)use.subscripts + 1;
	return NEVER;
}

/* The least of all the uses of a name. */
static int64_t looked_at_from(struct evaluation *ev, const struct used_test *used, const int32_t *nodes, size_t nr)
{
	int64_t least = NEVER;

	for (size_t i = 0; i < nr && least; i++) {
		int64_t from = node_at(ev, nodes[i])->flags & NODE_STORES ? NEVER : looks_from(ev, used, nodes[i]);

		if (from < least)
			least = from;
	}
	return least;
}

bool evaluate_used(struct evaluation *ev, const struct condition *condition)
{
	struct bindings *bindings = &ev->file->bindings;
	const int64_t *known;
	const int32_t *nodes;
	struct place place;
	int64_t from;
	size_t nr;

	pyfile_bindings(ev->file);
	if (ev->captures[condition->used->place].node == NO_NODE ||
	    !place_of(ev, ev->captures[condition->used->place].node, &place))
		return true;
	nr = place.attribute ? bindings_uses(bindings, place.name, true, &nodes) :
			       bindings_uses_in(bindings, place.owner, place.name, &nodes);
	if (!nr)
		return false;
	/* The first use stands for all: no other name and scope has it. */
	known = remember_find(ev, condition, nodes[0], 0);
	from = known ? *known : looked_at_from(ev, condition->used, nodes, nr);
	if (!known)
		remember(ev, condition, nodes[0], 0, from);
	return place.depth >= from;
}
