/* SPDX-License-Identifier: MIT
 *
 * A report is put together element by element, so that it takes no more memory
 * than one of them.
 */
#include "report/json_text.h"

#include "base/base64.h"

json_t *json_text(const char *text)
{
	struct strbuf utf8 = STRBUF_INIT;
	json_t *string;

	if (!text)
		return json_null();
	strbuf_add_utf8(&utf8, text, strlen(text));
	string = json_stringn_nocheck(utf8.buf, utf8.len);
	strbuf_release(&utf8);
	return string;
}

void json_set(json_t *object, const char *key, json_t *value)
{
	json_object_set_new_nocheck(object, key, value);
}

void json_set_text(json_t *object, const char *key, const char *text)
{
	json_set(object, key, json_text(text));
}

void json_set_path_base64(json_t *object, const char *path)
{
	struct strbuf work = STRBUF_INIT;
	bool invalid = strbuf_add_utf8(&work, path, strlen(path));

	if (invalid) {
		strbuf_setlen(&work, 0);
		base64_encode(&work, path, strlen(path));
		json_set_text(object, "path_base64", work.buf);
	}
	strbuf_release(&work);
}

void json_set_number(json_t *object, const char *key, uint32_t number)
{
	json_set(object, key, json_integer(number));
}

void json_add(json_t *array, json_t *value)
{
	json_array_append_new(array, value);
}

json_t *json_object_with(const char *key, json_t *value)
{
	json_t *object = json_object();

	json_set(object, key, value);
	return object;
}

static int append(const char *data, size_t len, void *text)
{
	strbuf_add(text, data, len);
	return 0;
}

json_t *json_position(uint32_t line, uint32_t column)
{
	json_t *object = json_object();

	json_set_number(object, "line", line);
	json_set_number(object, "column", column);
	return object;
}

void json_text_add(struct strbuf *text, json_t *value)
{
	if (json_dump_callback(value, append, text, JSON_COMPACT | JSON_ENCODE_ANY) != 0)
		BUG("jansson refuses a part of a report");
	json_decref(value);
}

void json_text_add_element(struct strbuf *text, json_t *value, bool *first)
{
	strbuf_addstr(text, *first ? "\n" : ",\n");
	*first = false;
	json_text_add(text, value);
}
