/* SPDX-License-Identifier: MIT
 *
 * `per-path` of the configuration, made into rules by path.
 */
#include "cli/settings.h"
#include "cli/settings_words.h"
#include "rule/yaml.h"
#include "scan/path_rules.h"

static int add_list(struct path_rules *rules, const struct yaml_node *list, bool select, struct error *err)
{
	const struct yaml_node *item = list->kind == YAML_SCALAR ? list : list->child;

	for (; item; item = item == list ? NULL : item->next) {
		struct error own = { NULL };
		int result = select ? path_rules_select(rules, item->text.ptr, &own) :
			path_rules_ignore(rules, item->text.ptr, &own);

		if (result)
			yaml_error(item, err, "%s", own.message);
		error_release(&own);
		if (result)
			return -1;
	}
	return 0;
}

/* What the command line selects is selected everywhere; what the file says is wrong must be told all the same. */
static int add(struct path_rules *rules, const struct yaml_node *node, bool selects, struct ruleset *set,
	       struct error *err)
{
	const struct yaml_node *select = yaml_get(node, "select"), *ignore = yaml_get(node, "ignore");

	if (path_rules_add(rules, node->key->text.ptr, err) < 0)
		return -1;
	if (select && (selects ? add_list(rules, select, true, err) : settings_check_items(select, set, err)))
		return -1;
	return ignore ? add_list(rules, ignore, false, err) : 0;
}

const char *settings_paths_unused_because(const struct options *options)
{
	if (options_given(options, "select"))
		return "what the command line selects runs on all paths";
	return options->expressions.nr ? "-e looks for its pattern alone" : NULL;
}

int settings_select_by_path(struct settings *settings, const struct options *options, struct ruleset *set,
			    struct error *err)
{
	const struct yaml_node *paths = settings->keys[SETTINGS_PER_PATH];
	bool selects = !settings_paths_unused_because(options);

	if (!paths)
		return 0;
	settings->path_rules = path_rules_new(set, options->ignore, err);
	if (!settings->path_rules)
		return -1;
	for (const struct yaml_node *node = paths->child; node; node = node->next)
		if (add(settings->path_rules, node, selects, set, err) < 0)
			return -1;
	path_rules_finish(settings->path_rules);
	if (settings->source.top)
		path_rules_set_root(settings->path_rules, settings->source.prefix, settings->source.top);
	return 0;
}
