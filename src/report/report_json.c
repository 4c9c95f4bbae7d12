/* SPDX-License-Identifier: MIT
 *
 * JSON Lines: one object a finding, its keys always in the same order.
 * A path that is no UTF-8 is given whole as `path_base64`. Findings that are
 * suppressed, where they are asked for, say so.
 */
#include "report/formats.h"

#include "report/json_text.h"
#include "rule/rule.h"
#include "scan/finding.h"

static void set_place(json_t *object, const struct finding_place *place)
{
	json_set_number(object, "line", place->line);
	json_set_number(object, "column", place->column);
	json_set_number(object, "end_line", place->end_line);
	json_set_number(object, "end_column", place->end_column);
}

static json_t *captures_of(const struct finding *finding)
{
	json_t *captures = json_object();

	for (size_t i = 0; i < finding->nr_captures; i++)
		json_set_text(captures, finding->captures[i].name, finding->captures[i].text);
	return captures;
}

static json_t *second_of(const struct finding *finding)
{
	json_t *second = json_object();

	set_place(second, &finding->second);
	json_set_text(second, "message", finding->second_note);
	json_set_text(second, "text", finding->second.text);
	return second;
}

static json_t *object_of(const char *path, const struct finding *finding)
{
	json_t *object = json_object();

	json_set_text(object, "path", path);
	set_place(object, &finding->place);
	json_set_text(object, "code", finding->rule->code);
	json_set_text(object, "name", finding->rule->name);
	json_set_text(object, "severity", severity_name(finding->rule->severity));
	json_set_text(object, "message", finding->message);
	json_set_text(object, "function", finding->function);
	json_set_text(object, "text", finding->place.text);
	json_set(object, "captures", captures_of(finding));
	if (finding->second_note)
		json_set(object, "second", second_of(finding));
	if (finding->commit) {
		json_set_text(object, "commit", finding->commit);
		json_set_text(object, "removed_in", finding->removed_in);
	}
	if (finding->suppressed)
		json_set(object, "suppressed", json_true());
	json_set_path_base64(object, path);
	return object;
}

static void json_file(struct report *report, const char *path, const struct finding_list *findings)
{
	for (size_t i = 0; i < findings->nr; i++) {
		json_text_add(&report->text, object_of(path, &findings->items[i]));
		strbuf_addch(&report->text, '\n');
	}
}

const struct report_format report_json = {
	.name = "json",
	.help = "JSON Lines, one object a finding",
	.needs = REPORT_SUPPRESSED,
	.file = json_file,
};
