/* SPDX-License-Identifier: MIT
 *
 * Where a rule can start to match: the names that a call has to have, and
 * what has to stand elsewhere in the file. Worked out from the rule's tests,
 * cautiously: what cannot be said is not required.
 */
#include "base/alloc.h"
#include "rule/loader.h"

#define LIKE_DEPTH 8

/* -- evidence */

static bool test_evidence(struct ruleset *set, const struct test *test, struct evidence *evidence, unsigned depth);

static struct evidence *new_evidence(struct ruleset *set)
{
	struct evidence *evidence = arena_alloc(&set->arena, sizeof(*evidence));

	evidence->names = loader_own_names(set, arena_alloc(&set->arena, sizeof(*evidence->names)));
	return evidence;
}

/* Does a name say too little: is what would have to be in the file made any by a star? */
static bool is_any(const char *name)
{
	return strcmp(name, "*") == 0 || (strchr(name, '*') && strchr(name, '.'));
}

static bool add_names(struct ruleset *set, const struct nameset *names, struct evidence *evidence)
{
	for (size_t i = 0; i < names->nr; i++)
		if (is_any(names->names[i]))
			return false;
	for (size_t i = 0; i < names->nr; i++)
		nameset_add(evidence->names, &set->arena, names->names[i]);
	return true;
}

/* Of all ways to be of a kind; a property is asked for its annotation as well. */
static bool kind_evidence(struct ruleset *set, const struct kind *kind, struct evidence *evidence, unsigned depth)
{
	evidence->division |= kind->divided_unless != NULL;
	return (!kind->is || test_evidence(set, kind->is, evidence, depth)) &&
	       (!kind->bound_to || test_evidence(set, kind->bound_to, evidence, depth)) &&
	       (!kind->annotated || test_evidence(set, kind->annotated, evidence, depth)) &&
	       (!kind->loop_calls || add_names(set, kind->loop_calls, evidence));
}

static bool own_function_evidence(struct ruleset *set, const struct own_function_test *own, struct evidence *evidence,
				  unsigned depth)
{
	return own->returns && test_evidence(set, own->returns, evidence, depth);
}

static bool like_evidence(struct ruleset *set, const struct condition *condition, struct evidence *evidence,
			  unsigned depth)
{
	for (size_t i = 0; i < condition->nr_rules; i++)
		if (!condition->rules[i]->find || !test_evidence(set, condition->rules[i]->find, evidence, depth))
			return false;
	return true;
}

static bool condition_evidence(struct ruleset *set, const struct condition *condition, struct evidence *evidence,
			       unsigned depth)
{
	switch (condition->kind) {
	case IS_CALL:
	case IS_RESOLVED:
	case IS_NAMED:
	case IS_LAST:
		return add_names(set, condition->names, evidence);
	case IS_ON:
	case IS_CALLEE:
	case IS_AWAIT:
	case IS_ANY:
	case IS_ANNOTATION:
	case IS_PARAMETER:
	case HAS_SOME_ARG:
		return test_evidence(set, condition->test, evidence, depth);
	case IS_KIND:
		return depth && kind_evidence(set, condition->value_kind, evidence, depth - 1);
	case OWN_FUNCTION:
		return own_function_evidence(set, condition->own_function, evidence, depth);
	case IS_LIKE:
		return depth && like_evidence(set, condition, evidence, depth - 1);
	default:
		return false;
	}
}

static bool alternative_evidence(struct ruleset *set, const struct alternative *alternative, struct evidence *evidence,
				 unsigned depth)
{
	if (alternative->reference)
		return test_evidence(set, alternative->reference, evidence, depth);
	for (const struct condition *condition = alternative->first; condition; condition = condition->next)
		if (condition_evidence(set, condition, evidence, depth))
			return true;
	return false;
}

/* What has to be in a file for a test to hold; false when nothing can be said. */
static bool test_evidence(struct ruleset *set, const struct test *test, struct evidence *evidence, unsigned depth)
{
	for (const struct alternative *a = test->alternatives; a; a = a->next)
		if (!alternative_evidence(set, a, evidence, depth))
			return false;
	return true;
}

/* -- triggers */

static bool test_triggers(struct ruleset *set, struct rule *rule, const struct test *test, unsigned depth);

static void add_trigger(struct rule *rule, const char *name, bool resolved, const struct evidence *evidence)
{
	ARRAY_GROW(rule->triggers, rule->nr_triggers + 1, rule->alloc_triggers);
	rule->triggers[rule->nr_triggers++] = (struct rule_trigger){ name, resolved, evidence };
}

static void add_calls(struct ruleset *set, struct rule *rule, const struct nameset *names)
{
	for (size_t i = 0; i < names->nr; i++) {
		const char *dot = strrchr(names->names[i], '.');
		struct evidence *evidence = NULL;

		if (dot) {
			evidence = new_evidence(set);
			nameset_add(evidence->names, &set->arena, names->names[i]);
		}
		add_trigger(rule, dot ? dot + 1 : names->names[i], true, evidence);
	}
}

static void add_methods(struct ruleset *set, struct rule *rule, const struct nameset *names,
			const struct alternative *alternative)
{
	struct evidence *evidence = new_evidence(set);

	if (!alternative_evidence(set, alternative, evidence, LIKE_DEPTH))
		evidence = NULL;
	for (size_t i = 0; i < names->nr; i++)
		add_trigger(rule, names->names[i], false, evidence);
}

/* The names that a call has to have for a condition to hold; false when any will do. */
static bool condition_triggers(struct ruleset *set, struct rule *rule, const struct alternative *alternative,
			       const struct condition *condition, unsigned depth)
{
	switch (condition->kind) {
	case IS_CALL:
		add_calls(set, rule, condition->names);
		return !condition->names->has_globs;
	case IS_METHOD:
		add_methods(set, rule, condition->names, alternative);
		return !condition->names->has_globs;
	case IS_ANY:
		return test_triggers(set, rule, condition->test, depth);
	case IS_LIKE:
		for (size_t i = 0; i < condition->nr_rules; i++)
			if (!depth || !condition->rules[i]->find ||
			    !test_triggers(set, rule, condition->rules[i]->find, depth - 1))
				return false;
		return true;
	default:
		return false;
	}
}

static bool alternative_triggers(struct ruleset *set, struct rule *rule, const struct alternative *alternative,
				 unsigned depth)
{
	if (alternative->reference)
		return test_triggers(set, rule, alternative->reference, depth);
	for (const struct condition *condition = alternative->first; condition; condition = condition->next)
		if (condition_triggers(set, rule, alternative, condition, depth))
			return true;
	return false;
}

static bool test_triggers(struct ruleset *set, struct rule *rule, const struct test *test, unsigned depth)
{
	for (const struct alternative *a = test->alternatives; a; a = a->next)
		if (!alternative_triggers(set, rule, a, depth))
			return false;
	return true;
}

void loader_find_triggers(struct ruleset *set, struct rule *rule)
{
	rule->has_triggers = rule->find && test_triggers(set, rule, rule->find, LIKE_DEPTH);
}
