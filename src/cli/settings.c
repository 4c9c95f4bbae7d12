/* SPDX-License-Identifier: MIT
 *
 * The configuration as a whole: read, and applied to options and rules.
 */
#include "cli/settings.h"

#include "base/alloc.h"
#include "cli/settings_words.h"
#include "cli/option_table.h"
#include "cli/options_check.h"
#include "rule/yaml.h"
#include "scan/path_rules.h"

int settings_load(struct settings *settings, struct options *options, struct error *err)
{
	char *bytes;
	size_t len;
	int result;

	memset(settings, 0, sizeof(*settings));
	if (settings_source_open(&settings->source, options, err) < 0)
		return -1;
	result = settings_source_read(&settings->source, &bytes, &len, err);
	if (result > 0 && !options->quiet && settings_source_misses(&settings->source))
		note("%s is not in the index, which is scanned; it has no say until: git add %s", settings->source.name,
		     settings->source.name);
	if (result)
		return result < 0 ? -1 : 0;
	settings->found = true;
	result = settings_parse(settings, options, settings->source.name, bytes, len, err);
	free(bytes);
	return result < 0 || options_check_file(options, err) < 0 ? -1 : 0;
}

void settings_release(struct settings *settings)
{
	path_rules_free(settings->path_rules);
	settings_source_close(&settings->source);
	arena_release(&settings->arena);
}

/* -- rules */

/* Where rule files come from, and go to. */
struct loading {
	const struct settings_source *source;
	struct ruleset *set;
};

static int add_rule_file(void *data, const struct yaml_node *path, struct error *err)
{
	const struct loading *loading = data;

	return settings_source_add_rules(loading->source, loading->set, path, err);
}

bool settings_have_rules(const struct settings *settings)
{
	return settings->keys[SETTINGS_PATTERNS] || settings->keys[SETTINGS_EXTEND];
}

int settings_extend_rules(struct settings *settings, struct ruleset *set, struct error *err)
{
	const struct yaml_node *patterns = settings->keys[SETTINGS_PATTERNS], *extend = settings->keys[SETTINGS_EXTEND];
	struct loading loading = { &settings->source, set };

	if (patterns && settings_each(patterns, add_rule_file, &loading, err))
		return -1;
	for (const struct yaml_node *names = extend ? extend->child : NULL; names; names = names->next)
		if (ruleset_extend(set, names->key, names, err))
			return -1;
	return 0;
}

static int check_item(void *data, const struct yaml_node *node, struct text word, struct error *err)
{
	struct error own = { NULL };
	char *item = xmemdupz(word.ptr, word.len);

	if (ruleset_check_item(data, item, &own))
		yaml_error(node, err, "%s", own.message);
	error_release(&own);
	free(item);
	return err->message ? -1 : 0;
}

int settings_check_items(const struct yaml_node *list, struct ruleset *set, struct error *err)
{
	return settings_each_word(list, check_item, set, err);
}

static int set_severities(const struct yaml_node *mapping, struct ruleset *set, struct error *err)
{
	for (const struct yaml_node *value = mapping->child; value; value = value->next) {
		struct error own = { NULL };
		enum severity severity;

		if (!severity_parse(value->text.ptr, &severity))
			BUG("the severity '%s' was not checked", value->text.ptr);
		if (ruleset_set_severity(set, value->key->text.ptr, severity, &own)) {
			yaml_error(value->key, err, "%s", own.message);
			error_release(&own);
			return -1;
		}
	}
	return 0;
}

int settings_adjust_rules(const struct settings *settings, struct ruleset *set, struct error *err)
{
	for (size_t i = 0; i < option_table_nr; i++)
		if (settings->options[i] && option_table[i].complete == COMPLETE_RULES &&
		    settings_check_items(settings->options[i], set, err))
			return -1;
	return settings->keys[SETTINGS_SEVERITY] ? set_severities(settings->keys[SETTINGS_SEVERITY], set, err) : 0;
}
