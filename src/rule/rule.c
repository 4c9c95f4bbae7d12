/* SPDX-License-Identifier: MIT
 *
 * Small words about rules, and where each can start to match.
 */
#include "rule/rule.h"

#include "base/alloc.h"
#include "rule/loader.h"

#define LIKE_DEPTH 8

static const char *const severities[] = { "info", "warning", "error" };

const char *severity_name(enum severity severity)
{
	return severities[severity];
}

bool severity_parse(const char *word, enum severity *severity)
{
	for (size_t i = 0; i < ARRAY_SIZE(severities); i++)
		if (!strcmp(word, severities[i])) {
			*severity = (enum severity)i;
			return true;
		}
	return false;
}

static bool test_triggers(struct ruleset *set, const struct test *test, struct nameset *triggers, unsigned depth);

static void add_last_parts(struct ruleset *set, const struct nameset *names, struct nameset *triggers)
{
	for (size_t i = 0; i < names->nr; i++) {
		const char *dot = strrchr(names->names[i], '.');

		nameset_add(triggers, &set->arena, dot ? dot + 1 : names->names[i]);
	}
}

/* The names that a call has to have for a condition to hold; false when any will do. */
static bool condition_triggers(struct ruleset *set, const struct condition *condition, struct nameset *triggers,
			       unsigned depth)
{
	switch (condition->kind) {
	case IS_CALL:
	case IS_METHOD:
		add_last_parts(set, condition->names, triggers);
		return !condition->names->has_globs;
	case IS_ANY:
		return test_triggers(set, condition->test, triggers, depth);
	case IS_LIKE:
		for (size_t i = 0; i < condition->nr_rules; i++) {
			const struct rule *rule = condition->rules[i];

			if (!depth || !rule->find || !test_triggers(set, rule->find, triggers, depth - 1))
				return false;
		}
		return true;
	default:
		return false;
	}
}

static bool alternative_triggers(struct ruleset *set, const struct alternative *alternative,
				 struct nameset *triggers, unsigned depth)
{
	if (alternative->reference)
		return test_triggers(set, alternative->reference, triggers, depth);
	for (const struct condition *condition = alternative->first; condition; condition = condition->next)
		if (condition_triggers(set, condition, triggers, depth))
			return true;
	return false;
}

static bool test_triggers(struct ruleset *set, const struct test *test, struct nameset *triggers, unsigned depth)
{
	for (const struct alternative *a = test->alternatives; a; a = a->next)
		if (!alternative_triggers(set, a, triggers, depth))
			return false;
	return true;
}

void loader_find_triggers(struct ruleset *set, struct rule *rule)
{
	struct nameset *triggers = arena_alloc(&set->arena, sizeof(*triggers));

	ARRAY_GROW(set->namesets, set->nr_namesets + 1, set->alloc_namesets);
	set->namesets[set->nr_namesets++] = triggers;
	if (rule->find && test_triggers(set, rule->find, triggers, LIKE_DEPTH))
		rule->triggers = triggers;
}
