/* SPDX-License-Identifier: MIT
 *
 * The schema says of a value what settings_parse.c asks of it. Which rules there are is a proposal: a project may have
 * its own.
 */
#include "cli/config_schema.h"

#include "base/error.h"
#include "cli/option_table.h"
#include "cli/settings_json.h"
#include "report/json_text.h"
#include "rule/words.h"

#define ONE_RULES "#/definitions/oneRules"
#define RULES "#/definitions/rules"

/* A word somewhere: SETTINGS_BLANKS is what may stand between. */
#define WORD_PATTERN "[^, \\t\\n]"
/* From the root, and not above it; no magic that is not supported. */
#define PATHSPEC_PATTERN "^(?!/|\\.\\.(/|$)|:\\([^)]*attr:)"
/* A star at an end, one pair of braces, no empty part outside of them, and no set of names. */
#define NAME_PATTERN "^(?!\\$|$|\\.|.*\\.\\.|.*\\.$)\\*?[^*{}]*(\\{[^*{}]+\\})?[^*{}]*\\*?$"

/* -- parts of a schema */

static json_t *of_type(const char *type)
{
	return json_object_with("type", json_text(type));
}

static json_t *text_like(const char *pattern)
{
	json_t *schema = of_type("string");

	json_set_text(schema, "pattern", pattern);
	return schema;
}

static json_t *reference(const char *to)
{
	return json_object_with("$ref", json_text(to));
}

static json_t *either(json_t *one, json_t *other)
{
	json_t *list = json_array();

	json_add(list, one);
	json_add(list, other);
	return json_object_with("anyOf", list);
}

static json_t *one_or_list(json_t *one)
{
	json_t *list = of_type("array");

	json_set_number(list, "minItems", 1);
	json_set(list, "items", json_incref(one));
	return either(one, list);
}

/* A mapping with any keys that are like this, to such values. */
static json_t *mapping(json_t *keys, json_t *values)
{
	json_t *schema = of_type("object");

	json_set(schema, "propertyNames", keys);
	json_set(schema, "additionalProperties", values);
	return schema;
}

static json_t *words_of(const char *(*word_at)(size_t index))
{
	json_t *words = json_array();

	for (size_t i = 0; word_at(i); i++)
		json_add(words, json_text(word_at(i)));
	return words;
}

static const char *severity_at(size_t index)
{
	return index <= SEVERITY_ERROR ? severity_name((enum severity)index) : NULL;
}

/* -- options */

static json_t *schema_of_type(const struct option *option)
{
	json_t *schema;

	switch ((enum option_type)option->type) {
	case OPTION_FLAG:
		return of_type("boolean");
	case OPTION_CHOICE:
		return json_object_with("enum", words_of(option->choice));
	case OPTION_NUMBER:
		schema = of_type("integer");
		json_set_number(schema, "minimum", !(option->flags & OPTION_ZERO));
		json_set_number(schema, "maximum", (uint32_t)option->value);
		return schema;
	case OPTION_WORDS:
		return option->complete == COMPLETE_RULES ? reference(RULES) : one_or_list(text_like(WORD_PATTERN));
	case OPTION_STRING:
	case OPTION_STRINGS:
	case OPTION_ACTION:
	case OPTION_SET:
		break;
	}
	BUG("the option '%s' cannot stand in a file", option->long_name);
}

/* Draft 7 looks at nothing beside a $ref, so it goes into a list. */
static json_t *described(json_t *schema, const char *text)
{
	if (json_object_get(schema, "$ref")) {
		json_t *list = json_array();

		json_add(list, schema);
		schema = json_object_with("allOf", list);
	}
	json_set_text(schema, "description", text);
	return schema;
}

static void add_options(json_t *properties)
{
	struct options defaults;
	struct error err = { NULL };

	if (options_parse(&defaults, 0, (char *const[]){ NULL }, &err) < 0)
		BUG("no options at all are wrong: %s", err.message);
	for (size_t i = 0; i < option_table_nr; i++) {
		const struct option *option = &option_table[i];
		json_t *schema, *value;

		if (!(option->flags & OPTION_IN_FILE))
			continue;
		schema = described(schema_of_type(option), option->long_help);
		value = settings_json_value(&defaults, option);
		if (!json_is_null(value))
			json_set(schema, "default", json_incref(value));
		json_decref(value);
		json_set(properties, option->long_name, schema);
	}
	options_release(&defaults);
}

/* -- what is no option */

static json_t *rules_of_path(void)
{
	json_t *schema = of_type("object"), *properties = json_object();

	json_set(properties, "select", described(reference(RULES), "The rules that run here, instead of the usual ones."));
	json_set(properties, "ignore", described(reference(RULES), "The rules that do not run here."));
	json_set(schema, "properties", properties);
	json_set(schema, "additionalProperties", json_false());
	json_set_number(schema, "minProperties", 1);
	return schema;
}

static json_t *schema_of_key(enum settings_key key)
{
	switch (key) {
	case SETTINGS_PATTERNS:
		return described(one_or_list(text_like(WORD_PATTERN)),
				 "Rule files and folders of them, below the folder of this file.");
	case SETTINGS_PER_PATH:
		return described(mapping(json_object_with("pattern", json_text(PATHSPEC_PATTERN)), rules_of_path()),
				 "Rules by path: a pathspec as git has it, from the root, to what runs there. The last 'select' "
				 "that matches a path counts, and every 'ignore'.");
	case SETTINGS_SEVERITY:
		return described(mapping(reference(ONE_RULES), json_object_with("enum", words_of(severity_at))),
				 "Other severities: a code, the beginning of one, a name or a profile, to error, warning or "
				 "info. Later ones go before earlier ones.");
	case SETTINGS_EXTEND:
		return described(mapping(text_like("."), one_or_list(text_like(NAME_PATTERN))),
				 "More names for the lists of rules: the code or name of a rule with 'calls', or the $name of "
				 "a set, to a dotted name or a list of them, such as corp_http.{get,post}.");
	case SETTINGS_KEY_NR:
		break;
	}
	BUG("no key of number %d", (int)key);
}

static void add_word(void *data, const char *word, const char *what)
{
	json_t *words = data;
	json_t *known;
	size_t i;

	(void)what;
	json_array_foreach(words, i, known)
		if (!strcmp(json_string_value(known), word))
			return;
	json_add(words, json_text(word));
}

static json_t *built_in_words(void)
{
	json_t *words = json_array();
	struct error err = { NULL };
	struct ruleset set;

	ruleset_init(&set);
	if (ruleset_add_builtin(&set, false, &err))
		BUG("the built-in rules are wrong: %s", err.message);
	ruleset_compile(&set);
	words_of_selection(&set, add_word, words);
	ruleset_release(&set);
	return words;
}

static json_t *definitions(void)
{
	json_t *object = json_object_with("oneRules", either(json_object_with("enum", built_in_words()),
							     text_like(WORD_PATTERN)));

	json_set(object, "rules", one_or_list(reference(ONE_RULES)));
	return object;
}

void config_schema_print(struct strbuf *out)
{
	json_t *schema = json_object_with("$schema", json_text("http://json-schema.org/draft-07/schema#"));
	json_t *properties = json_object(), *types = json_array();
	char *text;

	json_set_text(schema, "title", "The configuration of asyncgrep, " SETTINGS_FILE);
	json_add(types, json_text("object"));
	json_add(types, json_text("null"));
	json_set(schema, "type", types);
	json_set(schema, "additionalProperties", json_false());
	add_options(properties);
	for (int i = 0; i < SETTINGS_KEY_NR; i++)
		json_set(properties, settings_key_names[i], schema_of_key((enum settings_key)i));
	json_set(schema, "properties", properties);
	json_set(schema, "definitions", definitions());
	text = json_dumps(schema, JSON_INDENT(2));
	strbuf_addf(out, "%s\n", text);
	free(text);
	json_decref(schema);
}
