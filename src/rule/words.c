/* SPDX-License-Identifier: MIT
 *
 * The words by which rules and contexts are called, for who completes what a
 * user types.
 */
#include "rule/words.h"

#include "rule/loader.h"

void words_of_rules(const struct ruleset *set, words_fn each, void *data)
{
	for (size_t i = 0; i < set->nr; i++) {
		const struct rule *rule = set->rules[i];

		each(data, rule->code, rule->name);
		each(data, rule->name, rule->code);
		for (size_t k = 0; k < rule->nr_aliases; k++)
			each(data, rule->aliases[k], rule->code);
	}
}

static bool is_first(const struct ruleset *set, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (!strcmp(set->rules[i]->profile, set->rules[index]->profile))
			return false;
	return true;
}

static bool has_document(const struct ruleset *set, const char *profile)
{
	for (size_t i = 0; i < set->nr_profiles; i++)
		if (!strcmp(set->profiles[i]->name, profile))
			return true;
	return false;
}

void words_of_selection(const struct ruleset *set, words_fn each, void *data)
{
	each(data, "default", "what runs without --select");
	each(data, "all", "every rule");
	for (size_t i = 0; i < set->nr_profiles; i++)
		each(data, set->profiles[i]->name, "profile");
	for (size_t i = 0; i < set->nr; i++)
		if (is_first(set, i) && !has_document(set, set->rules[i]->profile))
			each(data, set->rules[i]->profile, "profile");
	words_of_rules(set, each, data);
}

void words_of_contexts(const struct ruleset *set, words_fn each, void *data)
{
	for (size_t i = 0; i < ARRAY_SIZE(set->contexts); i++)
		each(data, set->contexts[i]->name, "");
	for (size_t i = 0; i < set->nr_definitions; i++)
		if (yaml_get(set->definitions[i]->document, "context"))
			each(data, set->definitions[i]->name, "");
}
