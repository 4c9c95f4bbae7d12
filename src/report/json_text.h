/* SPDX-License-Identifier: MIT
 *
 * JSON out of text from strangers: what the formats that are JSON share.
 * jansson takes nothing but UTF-8, so invalid bytes become U+FFFD first.
 */
#ifndef ASYNCGREP_JSON_TEXT_H
#define ASYNCGREP_JSON_TEXT_H

#include <jansson.h>

#include "base/common.h"
#include "base/strbuf.h"

/* A string, or null for NULL. */
json_t *json_text(const char *text);
void json_set_text(json_t *object, const char *key, const char *text);
/* `path_base64`, the bytes of a path, where it is no UTF-8 and the text of it is not all there is to know. */
void json_set_path_base64(json_t *object, const char *path);
void json_set_number(json_t *object, const char *key, uint32_t number);
/* The value is taken, as in all that follows. */
void json_set(json_t *object, const char *key, json_t *value);
void json_add(json_t *array, json_t *value);
/* {KEY: VALUE} */
json_t *json_object_with(const char *key, json_t *value);
/* {"line": …, "column": …}, both from 1; of which columns, the format says. */
json_t *json_position(uint32_t line, uint32_t column);
/* Adds it to text, in one line without blanks. */
void json_text_add(struct strbuf *text, json_t *value);
/* The same as an element of a list whose bracket was opened in text: with a comma unless it is the first. */
void json_text_add_element(struct strbuf *text, json_t *value, bool *first);

#endif
