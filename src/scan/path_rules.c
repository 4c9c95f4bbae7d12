/* SPDX-License-Identifier: MIT
 *
 * Tables of truth values by rule, a few for each pathspec.
 */
#include "scan/path_rules.h"

#include "base/alloc.h"
#include "git/pathspec.h"

struct path_rule {
	struct pathspec pathspec;
	bool *select, *ignore; /* by rule index; select is NULL: the usual ones */
};

struct path_rules {
	struct ruleset *set;
	bool *usual, *nowhere; /* by rule index */
	size_t nr_rules;       /* rules that were there then: those made later run everywhere */
	struct path_rule *items;
	size_t nr, alloc;
	char *prefix, *top;    /* of plain files */
};

struct path_rules *path_rules_new(struct ruleset *set, const char *ignore, struct error *err)
{
	struct path_rules *rules = xcalloc(1, sizeof(*rules));

	rules->set = set;
	rules->nr_rules = set->nr;
	rules->usual = xcalloc(set->nr, sizeof(bool));
	rules->nowhere = xcalloc(set->nr, sizeof(bool));
	for (size_t i = 0; i < set->nr; i++)
		rules->usual[i] = set->rules[i]->selected;
	if (ignore && ruleset_mark(set, ignore, rules->nowhere, err)) {
		path_rules_free(rules);
		return NULL;
	}
	return rules;
}

int path_rules_add(struct path_rules *rules, const char *pathspec, struct error *err)
{
	struct pathspec parsed;
	struct path_rule *item;

	if (pathspec_parse_plain(&parsed, pathspec, err) < 0)
		return -1;
	ARRAY_GROW(rules->items, rules->nr + 1, rules->alloc);
	item = &rules->items[rules->nr++];
	*item = (struct path_rule){ .pathspec = parsed, .ignore = xcalloc(rules->nr_rules, sizeof(bool)) };
	return 0;
}

int path_rules_select(struct path_rules *rules, const char *item, struct error *err)
{
	struct path_rule *last = &rules->items[rules->nr - 1];

	if (!last->select)
		last->select = xcalloc(rules->nr_rules, sizeof(bool));
	return ruleset_mark(rules->set, item, last->select, err);
}

int path_rules_ignore(struct path_rules *rules, const char *item, struct error *err)
{
	return ruleset_mark(rules->set, item, rules->items[rules->nr - 1].ignore, err);
}

void path_rules_finish(struct path_rules *rules)
{
	for (size_t i = 0; i < rules->nr; i++)
		for (size_t k = 0; rules->items[i].select && k < rules->nr_rules; k++) {
			rules->items[i].select[k] &= !rules->nowhere[k];
			/* What judges the comments was not asked for as one of the rules for code, and does not go with them. */
			rules->items[i].select[k] |= rules->usual[k] && rules->set->rules[k]->suppressions;
			rules->set->rules[k]->selected |= rules->items[i].select[k];
		}
}

void path_rules_set_root(struct path_rules *rules, const char *prefix, const char *top)
{
	rules->prefix = xstrdup(prefix);
	rules->top = xstrdup(top);
}

static void apply(const struct path_rules *rules, const char *path, bool *active)
{
	/* The last one that selects counts, so those before it need not be looked at. */
	for (size_t i = rules->nr; i-- > 0;)
		if (rules->items[i].select && pathspec_means(&rules->items[i].pathspec, path)) {
			memcpy(active, rules->items[i].select, rules->nr_rules);
			break;
		}
	for (size_t i = 0; i < rules->nr; i++)
		if (pathspec_means(&rules->items[i].pathspec, path))
			for (size_t k = 0; k < rules->nr_rules; k++)
				active[k] &= !rules->items[i].ignore[k];
}

void path_rules_fill(const struct path_rules *rules, const char *path, bool *active)
{
	char *from_root = NULL;

	memcpy(active, rules->usual, rules->nr_rules);
	for (size_t i = rules->nr_rules; i < rules->set->nr; i++)
		active[i] = rules->set->rules[i]->selected;
	if (rules->top)
		path = from_root = pathspec_resolve(path, rules->prefix, rules->top);
	if (path)
		apply(rules, path, active);
	free(from_root);
}

void path_rules_free(struct path_rules *rules)
{
	if (!rules)
		return;
	for (size_t i = 0; i < rules->nr; i++) {
		pathspec_release(&rules->items[i].pathspec);
		free(rules->items[i].select);
		free(rules->items[i].ignore);
	}
	free(rules->items);
	free(rules->usual);
	free(rules->nowhere);
	free(rules->prefix);
	free(rules->top);
	free(rules);
}
