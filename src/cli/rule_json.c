/* SPDX-License-Identifier: MIT
 *
 * What a rule file says of its rule, in JSON. All text of a rule file is
 * UTF-8 (rule/yaml.h), which is all that jansson takes.
 */
#include "cli/rule_json.h"

#include <jansson.h>

#include "base/error.h"
#include "rule/yaml.h"

static void set_text(json_t *object, const char *key, const char *text)
{
	json_object_set_new(object, key, json_string(text));
}

static void add_scalar(json_t *list, const struct yaml_node *node)
{
	if (node->kind == YAML_SCALAR)
		json_array_append_new(list, json_stringn(node->text.ptr, node->text.len));
}

/* The texts of a key that has one, or a list of them. */
static void set_texts(json_t *object, const char *key, const struct yaml_node *mapping)
{
	const struct yaml_node *value = yaml_get(mapping, key);
	json_t *list = json_array();

	if (value && value->kind == YAML_SCALAR)
		add_scalar(list, value);
	else if (value && value->kind == YAML_SEQUENCE)
		for (const struct yaml_node *item = value->child; item; item = item->next)
			add_scalar(list, item);
	json_object_set_new(object, key, list);
}

static json_t *aliases_of(const struct rule *rule)
{
	json_t *list = json_array();

	for (size_t i = 0; i < rule->nr_aliases; i++)
		json_array_append_new(list, json_string(rule->aliases[i]));
	return list;
}

static json_t *object_of(const struct rule *rule)
{
	json_t *object = json_object();

	set_text(object, "code", rule->code);
	set_text(object, "name", rule->name);
	set_text(object, "profile", rule->profile);
	set_text(object, "severity", severity_name(rule->severity));
	json_object_set_new(object, "selected", json_boolean(rule->selected));
	json_object_set_new(object, "builtin", json_boolean(rule->builtin));
	json_object_set_new(object, "aliases", aliases_of(rule));
	set_text(object, "about", rule->suppressions ? "suppressions" : "code");
	set_text(object, "context", rule->context->name);
	set_text(object, "message", rule->message);
	set_text(object, "help", rule->help);
	set_texts(object, "calls", rule->source);
	if (rule->samples) {
		set_texts(object, "bad", rule->samples);
		set_texts(object, "good", rule->samples);
	}
	return object;
}

static int append(const char *data, size_t len, void *text)
{
	strbuf_add(text, data, len);
	return 0;
}

void rule_json_add(struct strbuf *text, const struct rule *rule)
{
	json_t *object = object_of(rule);

	if (json_dump_callback(object, append, text, JSON_COMPACT) != 0)
		BUG("jansson refuses rule %s", rule->code);
	strbuf_addch(text, '\n');
	json_decref(object);
}
