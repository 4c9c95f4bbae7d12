/* SPDX-License-Identifier: MIT
 *
 * Which rules run: `--select` and `--ignore`.
 */
#include "base/alloc.h"
#include "rule/loader.h"
#include "rule/nearest.h"

#define PROFILE_DEPTH 8

static const struct profile *find_profile(const struct ruleset *set, const char *name)
{
	for (size_t i = 0; i < set->nr_profiles; i++)
		if (!strcmp(set->profiles[i]->name, name))
			return set->profiles[i];
	return NULL;
}

static bool profile_includes(const struct ruleset *set, const char *profile, const char *wanted, unsigned depth)
{
	const struct profile *found = find_profile(set, profile);

	if (!strcmp(profile, wanted))
		return true;
	if (!found || !found->includes || !depth)
		return false;
	for (const struct yaml_node *item = found->includes->child; item; item = item->next)
		if (item->kind == YAML_SCALAR && profile_includes(set, item->text.ptr, wanted, depth - 1))
			return true;
	return false;
}

static bool is_default(const struct ruleset *set, const struct rule *rule)
{
	const struct profile *profile = find_profile(set, rule->profile);

	return !profile || profile->by_default;
}

static bool item_names(const struct ruleset *set, const struct rule *rule, const char *item)
{
	if (!strcmp(item, "default"))
		return is_default(set, rule);
	if (!strcmp(item, "all") || !strncmp(rule->code, item, strlen(item)) || !strcmp(rule->name, item))
		return true;
	for (size_t i = 0; i < rule->nr_aliases; i++)
		if (!strcmp(rule->aliases[i], item))
			return true;
	return profile_includes(set, item, rule->profile, PROFILE_DEPTH);
}

static int unknown_item(const struct ruleset *set, const char *item, struct error *err)
{
	const char *best = NULL;
	unsigned distance = NEAREST_NONE;

	for (size_t i = 0; i < set->nr; i++) {
		const struct rule *rule = set->rules[i];

		nearest_offer(item, rule->code, &best, &distance);
		nearest_offer(item, rule->name, &best, &distance);
		nearest_offer(item, rule->profile, &best, &distance);
		for (size_t k = 0; k < rule->nr_aliases; k++)
			nearest_offer(item, rule->aliases[k], &best, &distance);
	}
	if (best)
		return error_set(err, "'%s' is no code, prefix of one, rule name, profile or alias; did you mean '%s'?",
				 item, best);
	return error_set(err, "'%s' is no code, prefix of one, rule name, profile or alias; see --list-rules", item);
}

static int mark(struct ruleset *set, const char *item, bool selected, struct error *err)
{
	bool found = false;

	for (size_t i = 0; i < set->nr; i++)
		if (item_names(set, set->rules[i], item)) {
			set->rules[i]->selected = selected;
			found = true;
		}
	return found || find_profile(set, item) ? 0 : unknown_item(set, item, err);
}

static int mark_list(struct ruleset *set, const char *list, bool selected, struct error *err)
{
	int result = 0;

	while (!result && *(list += strspn(list, ", \t\n"))) {
		size_t len = strcspn(list, ", \t\n");
		char *item = xmemdupz(list, len);

		result = mark(set, item, selected, err);
		free(item);
		list += len;
	}
	return result;
}

int ruleset_select(struct ruleset *set, const char *select, const char *ignore, struct error *err)
{
	for (size_t i = 0; i < set->nr; i++)
		set->rules[i]->selected = !select && is_default(set, set->rules[i]);
	if (select && mark_list(set, select, true, err))
		return -1;
	return ignore ? mark_list(set, ignore, false, err) : 0;
}
