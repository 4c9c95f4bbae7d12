/* SPDX-License-Identifier: MIT
 *
 * Tests: alternatives of conditions, each handed to the file that knows its
 * sort. Conditions nest as deep as a rule file may (YAML_MAX_DEPTH), never as
 * deep as the code that is scanned.
 */
#include "scan/evaluate.h"

#include "base/alloc.h"
#include "scan/evaluate_parts.h"

/* Tests within tests: kinds and rules of a rule file may lead back to themselves, or along a chain of calls. */
#define MAX_NESTING 1500

void evaluation_init(struct evaluation *ev, struct pyfile *file, struct regex_worker *worker,
		     const char *const *capture_names, int nr_captures)
{
	memset(ev, 0, sizeof(*ev));
	ev->file = file;
	ev->regex_worker = worker;
	ev->capture_names = capture_names;
	ev->nr_captures = nr_captures;
	ev->memory = xcalloc(1, sizeof(*ev->memory));
	ev->memory->lowest_open = UINT_MAX;
	ev->then_start = NO_OFFSET;
	evaluation_clear_captures(ev);
}

void evaluation_release(struct evaluation *ev)
{
	useful_release(ev->memory);
	remembered_release(ev->memory);
	kind_answers_release(ev->memory);
	function_indexes_release(ev->memory);
	free(ev->memory);
	error_release(&ev->error);
}

void evaluation_clear_captures(struct evaluation *ev)
{
	for (int i = 0; i < ev->nr_captures; i++)
		ev->captures[i] = (struct capture){ NO_OFFSET, NO_OFFSET, NO_NODE };
}

void evaluation_capture(struct evaluation *ev, int capture, int32_t node)
{
	ev->captures[capture] = (struct capture){ node_at(ev, node)->start, node_at(ev, node)->end, node };
}

static bool evaluate_condition(struct evaluation *ev, const struct condition *condition, int32_t node)
{
	/* What a pattern matched need not be an expression. */
	if (node == NO_NODE && condition->kind != IS_NOT && condition->kind != IS_ANY && condition->kind != HAS_PATTERN)
		return false;
	switch (condition->kind) {
	case IS_NOT:
		return !evaluate_test(ev, condition->test, node);
	case IS_ANY:
		return evaluate_test(ev, condition->test, node);
	case IS_CAPTURED:
		evaluation_capture(ev, condition->capture, node);
		return true;
	case IS_KIND:
		return evaluate_kind(ev, condition->value_kind, node) == ANSWER_YES;
	case IS_NOT_KIND:
		return evaluate_kind(ev, condition->value_kind, node) != ANSWER_YES;
	case IS_LIKE:
		for (size_t i = 0; i < condition->nr_rules; i++)
			if (evaluate_like(ev, condition->rules[i], node))
				return true;
		return false;
	case HAS_PATTERN:
		return evaluate_pattern(ev, condition->pattern, node);
	case OWN_FUNCTION:
		return evaluate_own_function(ev, condition, node);
	case IS_USED:
		return evaluate_used(ev, condition);
	case HAS_COUNT:
	case HAS_POSITIONAL:
	case HAS_ARG:
	case HAS_FIRST_ARG:
	case HAS_SOME_ARG:
	case HAS_OPENED_ARG:
	case HAS_STAR_ARG:
		return node_is(ev, node, NODE_CALL) && evaluate_arguments(ev, condition, node);
	case ROLE_AWAITED:
	case ROLE_STATEMENT:
	case ROLE_GROUP:
	case ROLE_ARGUMENT:
	case ROLE_LAMBDA_BODY:
	case ROLE_ASSIGNED:
	case ROLE_ENTERED:
	case ROLE_ITERATED:
		return evaluate_role(ev, condition, node);
	case INSIDE_WITH:
	case DIRECTLY_IN_WITH:
	case INSIDE_IF:
	case IN_FINALLY:
	case IS_PARAMETER:
		return evaluate_surroundings(ev, condition, node);
	default:
		return evaluate_shape(ev, condition, node);
	}
}

static bool evaluate_alternative(struct evaluation *ev, const struct alternative *alternative, int32_t node)
{
	if (alternative->reference)
		return evaluate_test(ev, alternative->reference, node);
	for (const struct condition *c = alternative->first; c; c = c->next)
		if (!evaluate_condition(ev, c, node))
			return false;
	return true;
}

bool evaluate_test(struct evaluation *ev, const struct test *test, int32_t node)
{
	bool truth = false;

	if (ev->memory->nesting == MAX_NESTING)
		error_set(&ev->error, "tests within tests, more than %d deep", MAX_NESTING);
	/* After an error no answer counts. */
	if (ev->error.message)
		return false;
	ev->memory->nesting++;
	for (const struct alternative *a = test->alternatives; a && !truth; a = a->next)
		truth = evaluate_alternative(ev, a, node);
	ev->memory->nesting--;
	return truth;
}

bool evaluate_like(struct evaluation *ev, const struct rule *rule, int32_t node)
{
	return rule->find && evaluate_test(ev, rule->find, node) &&
	       !(rule->unless && evaluate_test(ev, rule->unless, node));
}
