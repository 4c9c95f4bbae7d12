/* SPDX-License-Identifier: MIT
 *
 * Texts, lists of texts, and the words in them.
 */
#include "cli/settings_words.h"

static bool is_text(const struct yaml_node *node)
{
	return node->kind == YAML_SCALAR && node->text.ptr[strspn(node->text.ptr, SETTINGS_BLANKS)];
}

int settings_check_texts(const struct yaml_node *node, struct error *err)
{
	const char *key = node->key->text.ptr;

	if (is_text(node))
		return 0;
	if (node->kind != YAML_SEQUENCE)
		return yaml_error(node, err, "'%s' has to be a word or a list of words", key);
	/* An empty list would quietly select nothing, and find nothing. */
	if (!node->child)
		return yaml_error(node, err, "'%s' is an empty list", key);
	for (const struct yaml_node *item = node->child; item; item = item->next)
		if (!is_text(item))
			return yaml_error(item, err, "'%s' has to be a list of words", key);
	return 0;
}

int settings_each(const struct yaml_node *node, settings_text_fn each, void *data, struct error *err)
{
	if (node->kind == YAML_SCALAR)
		return each(data, node, err);
	for (const struct yaml_node *item = node->child; item; item = item->next) {
		int result = each(data, item, err);

		if (result)
			return result;
	}
	return 0;
}

static int each_word(const struct yaml_node *text, settings_word_fn each, void *data, struct error *err)
{
	const char *at = text->text.ptr;

	while (*(at += strspn(at, SETTINGS_BLANKS))) {
		struct text word = { at, strcspn(at, SETTINGS_BLANKS) };
		int result = each(data, text, word, err);

		if (result)
			return result;
		at += word.len;
	}
	return 0;
}

int settings_each_word(const struct yaml_node *node, settings_word_fn each, void *data, struct error *err)
{
	if (node->kind == YAML_SCALAR)
		return each_word(node, each, data, err);
	for (const struct yaml_node *item = node->child; item; item = item->next) {
		int result = each_word(item, each, data, err);

		if (result)
			return result;
	}
	return 0;
}
