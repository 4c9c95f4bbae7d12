/* SPDX-License-Identifier: MIT
 *
 * The XML of Checkstyle, which many readers of reports know.
 */
#include "report/formats.h"

#include "base/alloc.h"
#include "report/message.h"
#include "report/xml.h"
#include "rule/rule.h"
#include "scan/finding.h"

static void checkstyle_begin(struct report *report)
{
	strbuf_addstr(&report->text, xml_declaration);
	strbuf_addstr(&report->text, "<checkstyle version=\"4.3\">\n");
}

static void add_error(struct strbuf *out, const struct finding *finding)
{
	const struct rule *rule = finding->rule;
	char *message = message_with_place(finding);

	strbuf_addstr(out, "    <error");
	xml_add_number(out, "line", finding->place.line);
	xml_add_number(out, "column", finding->place.column);
	xml_add_attribute(out, "severity", severity_name(rule->severity));
	xml_add_attribute(out, "message", message);
	free(message);
	strbuf_addstr(out, " source=\"asyncgrep.");
	xml_add(out, rule->code);
	strbuf_addstr(out, "\"/>\n");
}

static void checkstyle_file(struct report *report, const char *path, const struct finding_list *findings)
{
	bool open = false;

	for (size_t i = 0; i < findings->nr; i++) {
		if (findings->items[i].suppressed)
			continue;
		if (!open) {
			strbuf_addstr(&report->text, "  <file");
			xml_add_attribute(&report->text, "name", path);
			strbuf_addstr(&report->text, ">\n");
		}
		open = true;
		add_error(&report->text, &findings->items[i]);
	}
	if (open)
		strbuf_addstr(&report->text, "  </file>\n");
}

static void checkstyle_end(struct report *report, bool complete)
{
	(void)complete;
	strbuf_addstr(&report->text, "</checkstyle>\n");
}

const struct report_format report_checkstyle = {
	.name = "checkstyle",
	.help = "XML as Checkstyle writes it",
	.needs = REPORT_FULL_PATH,
	.begin = checkstyle_begin,
	.file = checkstyle_file,
	.end = checkstyle_end,
};
