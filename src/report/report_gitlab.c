/* SPDX-License-Identifier: MIT
 *
 * GitLab Code Quality: an array of findings; [] when there are none. The code is
 * in the description too, for the merge request shows nothing else.
 */
#include "report/formats.h"

#include "base/alloc.h"
#include "report/json_text.h"
#include "report/message.h"
#include "report/uri.h"
#include "rule/rule.h"
#include "scan/finding.h"
#include "scan/fingerprint.h"
#include "scan/multiset.h"

struct gitlab {
	bool first;           /* nothing is written yet */
	struct multiset seen; /* fingerprints: versions of a file may have the same finding, and GitLab drops doubles */
};

static const char *const severities[] = {
	[SEVERITY_INFO] = "info",
	[SEVERITY_WARNING] = "minor",
	[SEVERITY_ERROR] = "major",
};

static void gitlab_begin(struct report *report)
{
	struct gitlab *gitlab = report->data = xcalloc(1, sizeof(*gitlab));

	gitlab->first = true;
	strbuf_addch(&report->text, '[');
}

static void set_fingerprint(json_t *object, struct gitlab *gitlab, const char *path, const struct finding *finding)
{
	char hex[OBJECT_HEX_LEN + 1];
	struct strbuf print = STRBUF_INIT;
	uint32_t nr;

	fingerprint_hex(path, finding, hex);
	nr = multiset_add(&gitlab->seen, hex, OBJECT_HEX_LEN);
	strbuf_addstr(&print, hex);
	if (nr > 1)
		strbuf_addf(&print, "-%u", nr);
	json_set_text(object, "fingerprint", print.buf);
	strbuf_release(&print);
}

static json_t *location_of(const char *path, const struct finding_place *place)
{
	json_t *location = json_object(), *positions = json_object();

	json_set(positions, "begin", json_position(place->line, place->column));
	json_set(positions, "end", json_position(place->end_line, place->end_column));
	json_set_text(location, "path", path);
	json_set(location, "positions", positions);
	return location;
}

/* Markdown: what to do, and where more of it is. */
static void set_content(json_t *object, const struct rule *rule)
{
	struct strbuf body = STRBUF_INIT, uri = STRBUF_INIT;

	strbuf_addstr(&body, rule->help);
	if (uri_add_rule(&uri, rule))
		strbuf_addf(&body, "%s<%s>\n", body.len ? "\n" : "", uri.buf);
	if (body.len)
		json_set(object, "content", json_object_with("body", json_text(body.buf)));
	strbuf_release(&uri);
	strbuf_release(&body);
}

static json_t *issue_of(struct gitlab *gitlab, const char *path, const struct finding *finding)
{
	const struct rule *rule = finding->rule;
	struct strbuf description = STRBUF_INIT;
	char *message = message_with_place(finding);
	json_t *object = json_object();

	strbuf_addf(&description, "%s: %s", rule->code, message);
	free(message);
	json_set_text(object, "type", "issue");
	json_set_text(object, "check_name", rule->code);
	json_set_text(object, "description", description.buf);
	set_content(object, rule);
	json_set_text(object, "severity", severities[rule->severity]);
	set_fingerprint(object, gitlab, path, finding);
	json_set(object, "location", location_of(path, &finding->place));
	strbuf_release(&description);
	return object;
}

static void gitlab_file(struct report *report, const char *path, const struct finding_list *findings)
{
	struct gitlab *gitlab = report->data;

	for (size_t i = 0; i < findings->nr; i++)
		if (!findings->items[i].suppressed)
			json_text_add_element(&report->text, issue_of(gitlab, path, &findings->items[i]),
					      &gitlab->first);
}

static void gitlab_end(struct report *report, bool complete)
{
	struct gitlab *gitlab = report->data;

	(void)complete;
	strbuf_addstr(&report->text, gitlab->first ? "]\n" : "\n]\n");
	multiset_release(&gitlab->seen);
	free(gitlab);
}

const struct report_format report_gitlab = {
	.name = "gitlab",
	.help = "Code Quality of GitLab",
	.needs = REPORT_FULL_PATH | REPORT_IDENTITY,
	.begin = gitlab_begin,
	.file = gitlab_file,
	.end = gitlab_end,
};
