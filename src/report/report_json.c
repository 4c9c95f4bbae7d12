/* SPDX-License-Identifier: MIT
 *
 * JSON Lines: one object a finding, its keys always in the same order.
 * Bytes that are no UTF-8 become U+FFFD, for jansson takes nothing else; a path
 * that has some is given whole as `path_base64`.
 */
#include "report/formats.h"

#include <jansson.h>

#include "base/base64.h"
#include "rule/rule.h"
#include "scan/finding.h"

static json_t *json_of_bytes(const char *data, size_t len)
{
	struct strbuf utf8 = STRBUF_INIT;
	json_t *string;

	strbuf_add_utf8(&utf8, data, len);
	string = json_stringn_nocheck(utf8.buf, utf8.len);
	strbuf_release(&utf8);
	return string;
}

static json_t *json_of_text(const char *text)
{
	return text ? json_of_bytes(text, strlen(text)) : json_null();
}

static void set_text(json_t *object, const char *key, const char *text)
{
	json_object_set_new_nocheck(object, key, json_of_text(text));
}

static void set_number(json_t *object, const char *key, uint32_t number)
{
	json_object_set_new_nocheck(object, key, json_integer(number));
}

static void set_place(json_t *object, const struct finding_place *place)
{
	set_number(object, "line", place->line);
	set_number(object, "column", place->column);
	set_number(object, "end_line", place->end_line);
	set_number(object, "end_column", place->end_column);
}

static void set_path_base64(json_t *object, const char *path)
{
	struct strbuf work = STRBUF_INIT;
	bool invalid = strbuf_add_utf8(&work, path, strlen(path));

	if (invalid) {
		strbuf_setlen(&work, 0);
		base64_encode(&work, path, strlen(path));
		set_text(object, "path_base64", work.buf);
	}
	strbuf_release(&work);
}

static json_t *captures_of(const struct finding *finding)
{
	json_t *captures = json_object();

	for (size_t i = 0; i < finding->nr_captures; i++)
		set_text(captures, finding->captures[i].name, finding->captures[i].text);
	return captures;
}

static json_t *second_of(const struct finding *finding)
{
	json_t *second = json_object();

	set_place(second, &finding->second);
	set_text(second, "message", finding->second_note);
	set_text(second, "text", finding->second.text);
	return second;
}

static json_t *object_of(const char *path, const struct finding *finding)
{
	json_t *object = json_object();

	set_text(object, "path", path);
	set_place(object, &finding->place);
	set_text(object, "code", finding->rule->code);
	set_text(object, "name", finding->rule->name);
	set_text(object, "severity", severity_name(finding->rule->severity));
	set_text(object, "message", finding->message);
	set_text(object, "function", finding->function);
	set_text(object, "text", finding->place.text);
	json_object_set_new_nocheck(object, "captures", captures_of(finding));
	if (finding->second_note)
		json_object_set_new_nocheck(object, "second", second_of(finding));
	if (finding->commit) {
		set_text(object, "commit", finding->commit);
		set_text(object, "removed_in", finding->removed_in);
	}
	set_path_base64(object, path);
	return object;
}

static int append(const char *data, size_t len, void *text)
{
	strbuf_add(text, data, len);
	return 0;
}

static void json_file(struct report *report, const char *path, const struct finding_list *findings)
{
	for (size_t i = 0; i < findings->nr; i++) {
		json_t *object;

		if (findings->items[i].suppressed)
			continue;
		object = object_of(path, &findings->items[i]);
		if (json_dump_callback(object, append, &report->text, JSON_COMPACT) != 0)
			BUG("jansson refuses a finding in %s", path);
		strbuf_addch(&report->text, '\n');
		json_decref(object);
	}
}

const struct report_format report_json = {
	.name = "json",
	.help = "JSON Lines, one object a finding",
	.file = json_file,
};
