/* SPDX-License-Identifier: MIT
 *
 * Where a rule can start to match: the names that a call has to have, and
 * the packages one of which the file has to speak of. Worked out from the
 * rule's tests, cautiously: what cannot be said is not required.
 */
#include "base/alloc.h"
#include "rule/loader.h"

#define LIKE_DEPTH 8

static struct nameset *new_names(struct ruleset *set)
{
	return loader_own_names(set, arena_alloc(&set->arena, sizeof(struct nameset)));
}

/* -- packages: the first part of a dotted name stands in the file that means it, in an import or as it is */

static bool test_packages(struct ruleset *set, const struct test *test, struct nameset *packages, unsigned depth);

static void add_package(struct ruleset *set, const char *name, struct nameset *packages)
{
	char *package = arena_memdupz(&set->arena, name, strcspn(name, "."));

	nameset_add(packages, &set->arena, package);
}

static bool names_packages(struct ruleset *set, const struct nameset *names, struct nameset *packages)
{
	for (size_t i = 0; i < names->nr; i++)
		if (!strchr(names->names[i], '.'))
			return false;
	for (size_t i = 0; i < names->nr; i++)
		add_package(set, names->names[i], packages);
	return true;
}

/* All ways to be of a kind that name a package; false when there is one that does not. */
static bool kind_packages(struct ruleset *set, const struct kind *kind, struct nameset *packages, unsigned depth)
{
	if (kind->divided_unless || kind->loop_calls || kind->property || kind->beside)
		return false;
	if ((kind->is && !test_packages(set, kind->is, packages, depth)) ||
	    (kind->bound_to && !test_packages(set, kind->bound_to, packages, depth)))
		return false;
	return !kind->annotated || test_packages(set, kind->annotated, packages, depth);
}

static bool condition_packages(struct ruleset *set, const struct condition *condition, struct nameset *packages,
			       unsigned depth)
{
	switch (condition->kind) {
	case IS_CALL:
	case IS_RESOLVED:
		return names_packages(set, condition->names, packages);
	case IS_ON:
	case IS_CALLEE:
	case IS_AWAIT:
	case IS_ANY:
		return test_packages(set, condition->test, packages, depth);
	case IS_KIND:
		return depth && kind_packages(set, condition->value_kind, packages, depth - 1);
	case IS_LIKE:
		for (size_t i = 0; i < condition->nr_rules; i++)
			if (!depth || !condition->rules[i]->find ||
			    !test_packages(set, condition->rules[i]->find, packages, depth - 1))
				return false;
		return true;
	default:
		return false;
	}
}

static bool alternative_packages(struct ruleset *set, const struct alternative *alternative, struct nameset *packages,
				 unsigned depth)
{
	if (alternative->reference)
		return test_packages(set, alternative->reference, packages, depth);
	for (const struct condition *condition = alternative->first; condition; condition = condition->next)
		if (condition_packages(set, condition, packages, depth))
			return true;
	return false;
}

static bool test_packages(struct ruleset *set, const struct test *test, struct nameset *packages, unsigned depth)
{
	for (const struct alternative *a = test->alternatives; a; a = a->next)
		if (!alternative_packages(set, a, packages, depth))
			return false;
	return true;
}

/* -- triggers */

static bool test_triggers(struct ruleset *set, struct rule *rule, const struct test *test, unsigned depth);

static void add_trigger(struct rule *rule, const char *name, bool resolved, const struct nameset *packages)
{
	ARRAY_GROW(rule->triggers, rule->nr_triggers + 1, rule->alloc_triggers);
	rule->triggers[rule->nr_triggers++] = (struct rule_trigger){ name, resolved, packages };
}

static void add_calls(struct ruleset *set, struct rule *rule, const struct nameset *names)
{
	for (size_t i = 0; i < names->nr; i++) {
		const char *dot = strrchr(names->names[i], '.');
		struct nameset *packages = NULL;

		if (dot) {
			packages = new_names(set);
			add_package(set, names->names[i], packages);
		}
		add_trigger(rule, dot ? dot + 1 : names->names[i], true, packages);
	}
}

static void add_methods(struct ruleset *set, struct rule *rule, const struct nameset *names,
			const struct alternative *alternative)
{
	struct nameset *packages = new_names(set);

	if (!alternative_packages(set, alternative, packages, LIKE_DEPTH))
		packages = NULL;
	for (size_t i = 0; i < names->nr; i++)
		add_trigger(rule, names->names[i], false, packages);
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
