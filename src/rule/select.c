/* SPDX-License-Identifier: MIT
 *
 * Which rules run: `--select` and `--ignore`.
 */
#include "base/alloc.h"
#include "base/nearest.h"
#include "rule/loader.h"

static struct profile *find_profile(const struct ruleset *set, const char *name)
{
	for (size_t i = 0; i < set->nr_profiles; i++)
		if (!strcmp(set->profiles[i]->name, name))
			return set->profiles[i];
	return NULL;
}

/* Marks the profiles that a marked one includes; did that mark a new one? */
static bool mark_included(const struct ruleset *set, const struct profile *profile)
{
	bool marked = false;

	for (const struct yaml_node *item = profile->includes ? profile->includes->child : NULL; item; item = item->next) {
		struct profile *included = find_profile(set, item->text.ptr);

		if (included->marked)
			continue;
		included->marked = marked = true;
	}
	return marked;
}

/* Marks the profile of this name, if there is one, and what it includes, directly or not. */
static void mark_profiles(const struct ruleset *set, const char *name)
{
	struct profile *profile = find_profile(set, name);
	bool more = profile != NULL;

	for (size_t i = 0; i < set->nr_profiles; i++)
		set->profiles[i]->marked = set->profiles[i] == profile;
	while (more) {
		more = false;
		for (size_t i = 0; i < set->nr_profiles; i++)
			if (set->profiles[i]->marked)
				more |= mark_included(set, set->profiles[i]);
	}
}

int loader_check_profile(struct ruleset *set, const struct profile *profile, struct error *err)
{
	for (const struct yaml_node *item = profile->includes ? profile->includes->child : NULL; item; item = item->next) {
		const char *nearest = NULL;
		unsigned distance = NEAREST_NONE;

		if (item->kind != YAML_SCALAR)
			return yaml_error(item, err, "the name of a profile has to stand here");
		if (find_profile(set, item->text.ptr))
			continue;
		for (size_t i = 0; i < set->nr_profiles; i++)
			nearest_offer(item->text.ptr, set->profiles[i]->name, &nearest, &distance);
		return loader_unknown(item, "profile", item->text.ptr, nearest, err);
	}
	return 0;
}

static bool is_default(const struct ruleset *set, const struct rule *rule)
{
	const struct profile *profile = find_profile(set, rule->profile);

	return !profile || profile->by_default;
}

/* Does an item name a rule? The profiles that it names are marked. */
static bool item_names(const struct ruleset *set, const struct rule *rule, const char *item)
{
	const struct profile *profile;

	if (!strcmp(item, "default"))
		return is_default(set, rule);
	if (!strcmp(rule->code, item) || !strcmp(rule->name, item))
		return true;
	if (!rule->suppressions && (!strcmp(item, "all") || !strncmp(rule->code, item, strlen(item))))
		return true;
	for (size_t i = 0; i < rule->nr_aliases; i++)
		if (!strcmp(rule->aliases[i], item))
			return true;
	if (!strcmp(rule->profile, item))
		return true;
	profile = find_profile(set, rule->profile);
	return profile && profile->marked;
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

/* Sets the marks of the rules that an item names; marks may be NULL. */
static int mark_item(struct ruleset *set, const char *item, bool *marks, struct error *err)
{
	bool found = false;

	mark_profiles(set, item);
	for (size_t i = 0; i < set->nr; i++)
		if (item_names(set, set->rules[i], item)) {
			if (marks)
				marks[i] = true;
			found = true;
		}
	return found || find_profile(set, item) ? 0 : unknown_item(set, item, err);
}

int ruleset_mark(struct ruleset *set, const char *list, bool *marks, struct error *err)
{
	int result = 0;

	while (!result && *(list += strspn(list, ", \t\n"))) {
		size_t len = strcspn(list, ", \t\n");
		char *item = xmemdupz(list, len);

		result = mark_item(set, item, marks, err);
		free(item);
		list += len;
	}
	return result;
}

int ruleset_check_item(struct ruleset *set, const char *item, struct error *err)
{
	return mark_item(set, item, NULL, err);
}

int ruleset_set_severity(struct ruleset *set, const char *item, enum severity severity, struct error *err)
{
	bool *marks = xcalloc(set->nr, sizeof(*marks));
	int result = mark_item(set, item, marks, err);

	for (size_t i = 0; i < set->nr; i++)
		if (marks[i])
			set->rules[i]->severity = severity;
	free(marks);
	return result;
}

int ruleset_select(struct ruleset *set, const char *select, const char *ignore, struct error *err)
{
	bool *selected = xcalloc(set->nr, sizeof(*selected)), *ignored = xcalloc(set->nr, sizeof(*ignored));
	int result = 0;

	for (size_t i = 0; i < set->nr; i++)
		selected[i] = !select && is_default(set, set->rules[i]);
	if (select)
		result = ruleset_mark(set, select, selected, err);
	if (!result && ignore)
		result = ruleset_mark(set, ignore, ignored, err);
	for (size_t i = 0; i < set->nr; i++)
		set->rules[i]->selected = selected[i] && !ignored[i];
	free(selected);
	free(ignored);
	return result;
}

void ruleset_select_about(struct ruleset *set, enum rule_suppressions suppressions)
{
	for (size_t i = 0; i < set->nr; i++)
		if (set->rules[i]->suppressions == suppressions)
			set->rules[i]->selected = true;
}
