/* SPDX-License-Identifier: MIT
 *
 * The diagnostic format of reviewdog. Its columns are bytes of UTF-8, and ends
 * are behind the last one.
 */
#include "report/formats.h"

#include "base/alloc.h"
#include "report/json_text.h"
#include "report/uri.h"
#include "rule/rule.h"
#include "scan/finding.h"

struct rdjson {
	bool first; /* nothing is written yet */
};

static const char *const severities[] = {
	[SEVERITY_INFO] = "INFO",
	[SEVERITY_WARNING] = "WARNING",
	[SEVERITY_ERROR] = "ERROR",
};

static void rdjson_begin(struct report *report)
{
	struct rdjson *rdjson = report->data = xcalloc(1, sizeof(*rdjson));

	rdjson->first = true;
	strbuf_addstr(&report->text, "{\"source\":{\"name\":\"asyncgrep\"},\n\"diagnostics\":[");
}

static json_t *location_of(const char *path, const struct finding_place *place)
{
	json_t *location = json_object(), *range = json_object();

	json_set(range, "start", json_position(place->line, place->byte_column));
	json_set(range, "end", json_position(place->end_line, place->end_byte_column));
	json_set_text(location, "path", path);
	json_set(location, "range", range);
	return location;
}

static json_t *code_of(const struct rule *rule)
{
	json_t *code = json_object_with("value", json_text(rule->code));
	struct strbuf uri = STRBUF_INIT;

	if (uri_add_rule(&uri, rule))
		json_set_text(code, "url", uri.buf);
	strbuf_release(&uri);
	return code;
}

static json_t *related_of(const char *path, const struct finding *finding)
{
	json_t *related = json_object_with("message", json_text(finding->second_note));

	json_set(related, "location", location_of(path, &finding->second));
	return json_pack("[o]", related);
}

static json_t *diagnostic_of(const char *path, const struct finding *finding)
{
	json_t *object = json_object_with("message", json_text(finding->message));

	json_set(object, "location", location_of(path, &finding->place));
	json_set_text(object, "severity", severities[finding->rule->severity]);
	json_set(object, "code", code_of(finding->rule));
	if (finding->second_note)
		json_set(object, "related_locations", related_of(path, finding));
	return object;
}

static void rdjson_file(struct report *report, const char *path, const struct finding_list *findings)
{
	struct rdjson *rdjson = report->data;

	for (size_t i = 0; i < findings->nr; i++)
		if (!findings->items[i].suppressed)
			json_text_add_element(&report->text, diagnostic_of(path, &findings->items[i]), &rdjson->first);
}

static void rdjson_end(struct report *report, bool complete)
{
	struct rdjson *rdjson = report->data;

	(void)complete;
	strbuf_addstr(&report->text, rdjson->first ? "]}\n" : "\n]}\n");
	free(rdjson);
}

const struct report_format report_rdjson = {
	.name = "rdjson",
	.help = "for reviewdog",
	.needs = REPORT_FULL_PATH,
	.begin = rdjson_begin,
	.file = rdjson_file,
	.end = rdjson_end,
};
