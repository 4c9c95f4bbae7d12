/* SPDX-License-Identifier: MIT
 *
 * Conditions about the arguments of a call.
 */
#include "scan/evaluate_parts.h"

static bool is_opened_display(const struct evaluation *ev, int32_t node)
{
	return node_is(ev, node, NODE_LIST) || node_is(ev, node, NODE_TUPLE) || node_is(ev, node, NODE_SET);
}

/* Is it a display that is opened, or one with its star? */
static bool is_opened(const struct evaluation *ev, int32_t node)
{
	return is_opened_display(ev, node_is(ev, node, NODE_STARRED) ? node_at(ev, node)->child : node);
}

static bool all_opened_arguments(struct evaluation *ev, const struct test *test, int32_t call)
{
	for (int32_t argument = first_argument(ev, call); argument != NO_NODE; argument = node_at(ev, argument)->next) {
		int32_t top = argument_value(ev, argument), node = top;

		for (;;) {
			int32_t inner = node_is(ev, node, NODE_STARRED) ? node_at(ev, node)->child : node;
			bool display = is_opened_display(ev, inner);

			if (!display && evaluate_test(ev, test, node))
				return true;
			if (display && node_at(ev, inner)->child != NO_NODE) {
				node = node_at(ev, inner)->child;
				continue;
			}
			while (node != top && node_at(ev, node)->next == NO_NODE)
				node = node_at(ev, node)->parent;
			if (node == top)
				break;
			node = node_at(ev, node)->next;
		}
	}
	return false;
}

/* Arguments that are asked around an expression which a test requires. */
struct around {
	const struct test *test;
	int32_t call;
	int32_t asked; /* what was asked last, or NO_NODE */
	bool starred;  /* of starred arguments, what the star opens */
};

/* Asks the element that an expression in the arguments stands in, unless it is the one that was asked last. */
static bool ask_element(struct evaluation *ev, int32_t node, void *data)
{
	struct around *around = data;
	int32_t element = node, inner = node, parent;

	if (around->asked != NO_NODE && node <= around->asked)
		return false;
	while ((parent = node_at(ev, inner)->parent) != NO_NODE && parent != around->call) {
		if (!is_opened(ev, parent) && !(node_at(ev, parent)->parent == around->call &&
						argument_value(ev, parent) != parent))
			element = parent;
		inner = parent;
	}
	if (parent == NO_NODE || inner == callee_of(ev, around->call))
		return false;
	around->asked = element;
	return evaluate_test(ev, around->test, element);
}

/* The arguments, and what stands in list, tuple and set displays there, displays in displays and starred ones too. */
static bool has_opened_argument(struct evaluation *ev, const struct test *test, int32_t call)
{
	struct around around = { test, call, NO_NODE, false };
	bool result;

	return search_below(ev, call, test, ask_element, &around, &result) ?
			result : all_opened_arguments(ev, test, call);
}

static bool is_such_argument(struct evaluation *ev, const struct around *around, int32_t argument)
{
	if (!around->starred)
		return evaluate_test(ev, around->test, argument_value(ev, argument));
	return node_is(ev, argument, NODE_STARRED) && evaluate_test(ev, around->test, node_at(ev, argument)->child);
}

/* Asks the argument that an expression stands in, unless it is the one that was asked last. */
static bool ask_argument(struct evaluation *ev, int32_t node, void *data)
{
	struct around *around = data;

	if (around->asked != NO_NODE && node <= around->asked)
		return false;
	while (node != around->call && node_at(ev, node)->parent != around->call)
		node = node_at(ev, node)->parent;
	if (node == around->call || node == callee_of(ev, around->call))
		return false;
	around->asked = node;
	return is_such_argument(ev, around, node);
}

static bool has_argument(struct evaluation *ev, const struct test *test, int32_t call, bool starred)
{
	struct around around = { test, call, NO_NODE, starred };
	bool result;

	if (search_below(ev, call, test, ask_argument, &around, &result))
		return result;
	for (int32_t argument = first_argument(ev, call); argument != NO_NODE; argument = node_at(ev, argument)->next)
		if (is_such_argument(ev, &around, argument))
			return true;
	return false;
}

bool evaluate_arguments(struct evaluation *ev, const struct condition *condition, int32_t call)
{
	int32_t argument = first_argument(ev, call);
	unsigned count = 0, positional = 0;

	switch (condition->kind) {
	case HAS_COUNT:
	case HAS_POSITIONAL:
		for (; argument != NO_NODE; argument = node_at(ev, argument)->next) {
			count++;
			positional += is_positional(ev, argument);
		}
		return (condition->kind == HAS_COUNT ? count : positional) == condition->number;
	case HAS_ARG:
		argument = argument_at(ev, call, condition->place);
		return argument != NO_NODE && evaluate_test(ev, condition->test, argument);
	case HAS_FIRST_ARG:
		return argument != NO_NODE && evaluate_test(ev, condition->test, argument_value(ev, argument));
	case HAS_SOME_ARG:
	case HAS_STAR_ARG:
		return has_argument(ev, condition->test, call, condition->kind == HAS_STAR_ARG);
	case HAS_OPENED_ARG:
		return has_opened_argument(ev, condition->test, call);
	default:
		BUG("condition %d is not about arguments", (int)condition->kind);
	}
}
