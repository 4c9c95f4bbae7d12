/* SPDX-License-Identifier: MIT
 *
 * One line a finding, as compilers print it, so that editors jump to it:
 *
 *	path:line:column: severity: CODE message
 *	commit:path:line:column: severity: CODE message [removed in commit]
 *
 * the second of a finding in history, whose first two parts git show takes.
 * Line breaks and other control characters of a path are made visible, to a
 * pipe too: a line is a finding.
 */
#include "report/formats.h"

#include "rule/rule.h"
#include "scan/finding.h"

static void add_line(struct strbuf *text, const char *path, const struct finding *finding)
{
	if (finding->commit)
		strbuf_addf(text, "%.12s:", finding->commit);
	strbuf_add_visible(text, path, strlen(path));
	strbuf_addf(text, ":%u:%u: %s: ", finding->place.line, finding->place.column,
		    severity_name(finding->rule->severity));
	strbuf_add_visible(text, finding->rule->code, strlen(finding->rule->code));
	strbuf_addch(text, ' ');
	strbuf_add_visible(text, finding->message, strlen(finding->message));
	if (finding->removed_in)
		strbuf_addf(text, " [removed in %.12s]", finding->removed_in);
	strbuf_addch(text, '\n');
}

static void text_file(struct report *report, const char *path, const struct finding_list *findings)
{
	for (size_t i = 0; i < findings->nr; i++)
		if (!findings->items[i].suppressed)
			add_line(&report->text, path, &findings->items[i]);
}

const struct report_format report_text = {
	.name = "text",
	.help = "path:line:column: severity: CODE message",
	.file = text_file,
};
