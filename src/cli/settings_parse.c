/* SPDX-License-Identifier: MIT
 *
 * The configuration file out of its YAML: which keys there are, and of what
 * type each is. Whether the rules that it names are there is known later.
 */
#include "base/nearest.h"
#include "cli/settings.h"
#include "cli/settings_words.h"
#include "cli/option_table.h"
#include "git/pathspec.h"
#include "rule/yaml.h"

const char *const settings_key_names[SETTINGS_KEY_NR] = {
	[SETTINGS_PATTERNS] = "patterns",
	[SETTINGS_PER_PATH] = "per-path",
	[SETTINGS_SEVERITY] = "severity",
	[SETTINGS_EXTEND] = "extend",
};

/* -- options */

static int set_texts(struct options *options, const struct option *option, const struct yaml_node *node,
		     struct error *err)
{
	const struct yaml_node *item = node->kind == YAML_SCALAR ? node : node->child;

	if (settings_check_texts(node, err))
		return -1;
	for (; item; item = item->next) {
		if (options_set(options, option, item->text.ptr, false, err))
			return -1;
		if (item == node)
			break;
	}
	return 0;
}

static int set_text(struct options *options, const struct option *option, const struct yaml_node *node,
		    struct error *err)
{
	struct error own = { NULL };

	/* What is in quotes is a text, also where it looks like a number. */
	if (option->type == OPTION_NUMBER && node->kind == YAML_SCALAR && node->quoted)
		return yaml_error(node, err, "'%s' has to be a number, without quotes", option->long_name);
	if (node->kind != YAML_SCALAR)
		return yaml_error(node, err, "'%s' has to be a %s", option->long_name,
				  option->type == OPTION_NUMBER ? "number" : "word");
	if (options_set(options, option, node->text.ptr, false, &own))
		yaml_error(node, err, "%s", own.message);
	error_release(&own);
	return err->message ? -1 : 0;
}

static int set_flag(struct options *options, const struct option *option, const struct yaml_node *node,
		    struct error *err)
{
	bool on;

	return yaml_bool(node, &on, err) ? -1 : options_set(options, option, NULL, !on, err);
}

static int set_option(struct options *options, const struct option *option, const struct yaml_node *node,
		      struct error *err)
{
	switch ((enum option_type)option->type) {
	case OPTION_FLAG:
		return set_flag(options, option, node, err);
	case OPTION_CHOICE:
	case OPTION_NUMBER:
	case OPTION_STRING:
		return set_text(options, option, node, err);
	case OPTION_STRINGS:
	case OPTION_WORDS:
		return set_texts(options, option, node, err);
	case OPTION_ACTION:
	case OPTION_SET:
		break;
	}
	BUG("the option '%s' cannot stand in a file", option->long_name);
}

const char *settings_unused_because(const struct options *options, size_t row)
{
	unsigned flags = option_table[row].flags;

	if (options_row_given(options, row))
		return "the command line goes before it";
	if (flags & OPTION_WORKTREE && options->target.kind != TARGET_WORKTREE)
		return "it is about the working tree";
	if (flags & OPTION_NO_REGEXP && options->expressions.nr)
		return "-e looks for its pattern alone";
	if (flags & OPTION_NO_HISTORY && options->history)
		return "it is not about history";
	return NULL;
}

/* Wrong values are errors also where they would not count: then they go to a copy that nobody looks at. */
static int take_option(struct settings *settings, struct options *options, size_t row, const struct yaml_node *node,
		       struct error *err)
{
	const struct option *option = &option_table[row];
	struct options unused = { .format = -1 };
	bool counts = !settings_unused_because(options, row);
	int result = set_option(counts ? options : &unused, option, node, err);

	settings->options[row] = node;
	options_release(&unused);
	return result;
}

/* -- what is no option */

static int check_mapping(const struct yaml_node *node, struct error *err)
{
	if (node->kind != YAML_MAPPING)
		return yaml_error(node, err, "'%s' has to be a mapping of keys to values", node->key->text.ptr);
	return 0;
}

static int check_severities(const struct yaml_node *node, struct error *err)
{
	enum severity severity;

	if (check_mapping(node, err))
		return -1;
	for (const struct yaml_node *value = node->child; value; value = value->next)
		if (value->kind != YAML_SCALAR || !severity_parse(value->text.ptr, &severity))
			return yaml_error(value, err, "the severity of '%s' has to be error, warning or info",
					  value->key->text.ptr);
	return 0;
}

static int check_rules_of_path(const struct yaml_node *rules, struct error *err)
{
	if (rules->kind != YAML_MAPPING || !rules->child)
		return yaml_error(rules, err, "what holds for '%s' has to be a mapping with 'select' or 'ignore'",
				  rules->key->text.ptr);
	for (const struct yaml_node *list = rules->child; list; list = list->next) {
		if (!yaml_is(list->key, "select") && !yaml_is(list->key, "ignore"))
			return yaml_error(list->key, err, "unknown key '%s'; a path has 'select' and 'ignore'",
					  list->key->text.ptr);
		if (settings_check_texts(list, err))
			return -1;
	}
	return 0;
}

static int check_paths(const struct yaml_node *node, struct error *err)
{
	if (check_mapping(node, err))
		return -1;
	for (const struct yaml_node *rules = node->child; rules; rules = rules->next) {
		struct error own = { NULL };
		struct pathspec pathspec;

		if (pathspec_parse_plain(&pathspec, rules->key->text.ptr, &own) < 0)
			yaml_error(rules->key, err, "%s", own.message);
		error_release(&own);
		pathspec_release(&pathspec);
		if (err->message || check_rules_of_path(rules, err))
			return -1;
	}
	return 0;
}

static int take_key(struct settings *settings, enum settings_key key, const struct yaml_node *node, struct error *err)
{
	settings->keys[key] = node;
	switch (key) {
	case SETTINGS_PATTERNS:
		return settings_check_texts(node, err);
	case SETTINGS_PER_PATH:
		return check_paths(node, err);
	case SETTINGS_SEVERITY:
		return check_severities(node, err);
	case SETTINGS_EXTEND:
		return check_mapping(node, err);
	case SETTINGS_KEY_NR:
		break;
	}
	BUG("no key of number %d", (int)key);
}

/* -- the file */

static int unknown_key(const struct yaml_node *key, struct error *err)
{
	unsigned distance = NEAREST_NONE;
	const char *nearest = NULL, *word = key->text.ptr;

	for (size_t i = 0; i < SETTINGS_KEY_NR; i++)
		nearest_offer(word, settings_key_names[i], &nearest, &distance);
	for (size_t i = 0; i < option_table_nr; i++) {
		const struct option *option = &option_table[i];

		if (option->flags & OPTION_IN_FILE)
			nearest_offer(word, option->long_name, &nearest, &distance);
		if (option->long_name && !(option->flags & OPTION_HIDDEN) && !strcmp(option->long_name, word))
			return yaml_error(key, err, "'%s' is for the command line alone", word);
	}
	if (nearest)
		return yaml_error(key, err, "unknown key '%s'; did you mean '%s'?", word, nearest);
	return yaml_error(key, err, "unknown key '%s'", word);
}

static int take(struct settings *settings, struct options *options, const struct yaml_node *node, struct error *err)
{
	for (size_t i = 0; i < SETTINGS_KEY_NR; i++)
		if (yaml_is(node->key, settings_key_names[i]))
			return take_key(settings, (enum settings_key)i, node, err);
	for (size_t i = 0; i < option_table_nr; i++)
		if (option_table[i].flags & OPTION_IN_FILE && yaml_is(node->key, option_table[i].long_name))
			return take_option(settings, options, i, node, err);
	return unknown_key(node->key, err);
}

static int parse(struct settings *settings, struct options *options, const char *file, const char *data, size_t len,
		 struct error *err)
{
	struct yaml_node *document;

	if (yaml_read(arena_strdup(&settings->arena, file), data, len, &settings->arena, &document, err))
		return -1;
	if (!document)
		return 0;
	if (document->next)
		return yaml_error(document->next, err, "a second document; the configuration is one");
	/* All of it may be comments, or nothing but the mark of a document. */
	if (document->kind == YAML_SCALAR && !document->text.len && !document->quoted)
		return 0;
	if (document->kind != YAML_MAPPING)
		return yaml_error(document, err, "the configuration has to be a mapping of keys to values");
	for (const struct yaml_node *node = document->child; node; node = node->next)
		if (take(settings, options, node, err))
			return -1;
	return 0;
}

int settings_parse(struct settings *settings, struct options *options, const char *file, const char *data, size_t len,
		   struct error *err)
{
	int result = parse(settings, options, file, data, len, err);

	/* What was not checked to its end is not to be used, whoever goes on. */
	if (result < 0) {
		memset(settings->options, 0, sizeof(settings->options));
		memset(settings->keys, 0, sizeof(settings->keys));
	}
	return result;
}
