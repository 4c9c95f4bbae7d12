/* SPDX-License-Identifier: MIT
 *
 * Values of the configuration file that are one text or a list of them.
 */
#ifndef ASYNCGREP_SETTINGS_WORDS_H
#define ASYNCGREP_SETTINGS_WORDS_H

#include "rule/yaml.h"

/* What may stand between words, as on the command line. */
#define SETTINGS_BLANKS ", \t\n"

/* Is it a text, or a list of texts, none of them empty? -1 with an error that names the key. */
int settings_check_texts(const struct yaml_node *node, struct error *err);

/* Both call for each text or word, and stop at what is not 0, which they return. The node was checked. */
typedef int (*settings_text_fn)(void *data, const struct yaml_node *text, struct error *err);
int settings_each(const struct yaml_node *node, settings_text_fn each, void *data, struct error *err);
/* The words that a text holds. */
typedef int (*settings_word_fn)(void *data, const struct yaml_node *text, struct text word, struct error *err);
int settings_each_word(const struct yaml_node *node, settings_word_fn each, void *data, struct error *err);

#endif
