/* SPDX-License-Identifier: MIT
 *
 * What the file and the command line say, as one JSON document.
 */
#include "cli/settings_json.h"

#include "base/alloc.h"
#include "cli/option_table.h"
#include "cli/settings_words.h"
#include "report/json_text.h"

/* -- where a value comes from */

static void set_place(json_t *object, const struct yaml_node *node)
{
	const struct yaml_node *at = node->key ? node->key : node;

	json_set_text(object, "file", at->file);
	json_set_number(object, "line", at->line);
	json_set_number(object, "column", at->column);
}

static void set_unused(json_t *entry, const struct yaml_node *node, const char *because)
{
	json_t *unused = json_object();

	set_place(unused, node);
	json_set_text(unused, "because", because);
	json_set(entry, "unused", unused);
}

static json_t *entry_of(json_t *value, const char *origin)
{
	json_t *entry = json_object_with("value", value);

	json_set_text(entry, "origin", origin);
	return entry;
}

static json_t *entry_from_file(json_t *value, const struct yaml_node *node)
{
	json_t *entry = entry_of(value, "file");

	set_place(entry, node);
	return entry;
}

/* -- values */

static json_t *words_of(const char *list)
{
	json_t *words = json_array();

	while (*(list += strspn(list, SETTINGS_BLANKS))) {
		char *word = xmemdupz(list, strcspn(list, SETTINGS_BLANKS));

		list += strlen(word);
		json_add(words, json_text(word));
		free(word);
	}
	return words;
}

static int add_text(void *data, const struct yaml_node *text, struct error *err)
{
	(void)err;
	json_add(data, json_text(text->text.ptr));
	return 0;
}

static int add_word(void *data, const struct yaml_node *text, struct text word, struct error *err)
{
	char *copy = xmemdupz(word.ptr, word.len);

	(void)text;
	(void)err;
	json_add(data, json_text(copy));
	free(copy);
	return 0;
}

static json_t *texts_of_node(const struct yaml_node *node)
{
	json_t *texts = json_array();

	settings_each(node, add_text, texts, NULL);
	return texts;
}

static json_t *words_of_node(const struct yaml_node *node)
{
	json_t *words = json_array();

	settings_each_word(node, add_word, words, NULL);
	return words;
}

json_t *settings_json_value(const struct options *options, const struct option *option)
{
	const void *field = (const char *)options + option->field;

	switch ((enum option_type)option->type) {
	case OPTION_FLAG:
		return json_boolean(*(const bool *)field);
	case OPTION_CHOICE:
		return *(const int *)field < 0 ? json_null() : json_text(option->choice((size_t)*(const int *)field));
	case OPTION_NUMBER:
		return *(const unsigned *)field ? json_integer(*(const unsigned *)field) : json_null();
	case OPTION_WORDS:
		return *(char *const *)field ? words_of(*(char *const *)field) : json_null();
	case OPTION_STRING:
	case OPTION_STRINGS:
	case OPTION_ACTION:
	case OPTION_SET:
		break;
	}
	BUG("the option '%s' cannot stand in a file", option->long_name);
}

/* -- the parts */

static json_t *option_entry(const struct settings *settings, const struct options *options, size_t row)
{
	const struct option *option = &option_table[row];
	const struct yaml_node *node = settings->options[row];
	const char *because = node ? settings_unused_because(options, row) : NULL;
	bool alone = option->flags & OPTION_NO_REGEXP && option->type == OPTION_WORDS && options->expressions.nr;
	json_t *value = settings_json_value(options, option), *entry;
	bool unset = json_is_null(value);

	if (options_row_given(options, row) || (alone && unset))
		entry = entry_of(value, "command line");
	else if (node && !because)
		entry = entry_from_file(value, node);
	else
		entry = entry_of(value, "default");
	if (unset)
		json_set_text(entry, "means", alone ? "nothing beside what -e looks for" : option->unset);
	if (because)
		set_unused(entry, node, because);
	return entry;
}

static json_t *options_of(const struct settings *settings, const struct options *options)
{
	json_t *object = json_object();

	for (size_t i = 0; i < option_table_nr; i++)
		if (option_table[i].flags & OPTION_IN_FILE)
			json_set(object, option_table[i].long_name, option_entry(settings, options, i));
	return object;
}

static int add_pattern(void *data, const struct yaml_node *path, struct error *err)
{
	(void)err;
	json_add(data, entry_from_file(json_text(path->text.ptr), path));
	return 0;
}

static json_t *patterns_of(const struct settings *settings, const struct options *options)
{
	json_t *list = json_array();

	for (size_t i = 0; i < options->patterns.nr; i++)
		json_add(list, entry_of(json_text(options->patterns.items[i]), "command line"));
	if (settings->keys[SETTINGS_PATTERNS])
		settings_each(settings->keys[SETTINGS_PATTERNS], add_pattern, list, NULL);
	return list;
}

static json_t *path_entry(const struct yaml_node *rules, const char *because)
{
	const struct yaml_node *select = yaml_get(rules, "select"), *ignore = yaml_get(rules, "ignore");
	bool selects = select && !because;
	json_t *value = selects || ignore ? json_object() : json_null();
	json_t *entry = entry_from_file(value, rules);

	if (selects)
		json_set(value, "select", words_of_node(select));
	if (ignore)
		json_set(value, "ignore", words_of_node(ignore));
	if (!selects && !ignore)
		json_set_text(entry, "means", "as everywhere");
	if (select && because)
		set_unused(entry, select, because);
	return entry;
}

static json_t *paths_of(const struct settings *settings, const struct options *options)
{
	const struct yaml_node *paths = settings->keys[SETTINGS_PER_PATH];
	const char *because = settings_paths_unused_because(options);
	json_t *object = json_object();

	for (const struct yaml_node *rules = paths ? paths->child : NULL; rules; rules = rules->next)
		json_set(object, rules->key->text.ptr, path_entry(rules, because));
	return object;
}

static json_t *severities_of(const struct settings *settings)
{
	const struct yaml_node *severities = settings->keys[SETTINGS_SEVERITY];
	json_t *object = json_object();

	for (const struct yaml_node *value = severities ? severities->child : NULL; value; value = value->next)
		json_set(object, value->key->text.ptr, entry_from_file(json_text(value->text.ptr), value));
	return object;
}

static json_t *extensions_of(const struct settings *settings)
{
	const struct yaml_node *extend = settings->keys[SETTINGS_EXTEND];
	json_t *object = json_object();

	for (const struct yaml_node *names = extend ? extend->child : NULL; names; names = names->next)
		json_set(object, names->key->text.ptr, entry_from_file(texts_of_node(names), names));
	return object;
}

json_t *settings_json(const struct settings *settings, const struct options *options)
{
	json_t *document = json_object_with("configuration", json_text(settings->found ? settings->source.name : NULL));

	json_set(document, "options", options_of(settings, options));
	json_set(document, settings_key_names[SETTINGS_PATTERNS], patterns_of(settings, options));
	json_set(document, settings_key_names[SETTINGS_PER_PATH], paths_of(settings, options));
	json_set(document, settings_key_names[SETTINGS_SEVERITY], severities_of(settings));
	json_set(document, settings_key_names[SETTINGS_EXTEND], extensions_of(settings));
	return document;
}
