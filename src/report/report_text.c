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

#include "report/path.h"
#include "rule/rule.h"
#include "scan/finding.h"

static const char *color_of(enum severity severity)
{
	static const char *const colors[] = {
		[SEVERITY_INFO] = "\033[1;36m",
		[SEVERITY_WARNING] = "\033[1;33m",
		[SEVERITY_ERROR] = "\033[1;31m",
	};

	return colors[severity];
}

static void add_number(struct report *report, uint32_t number)
{
	char digits[16];

	snprintf(digits, sizeof(digits), "%u", number);
	report_add_colored(report, COLOR_LINE, digits);
	report_add_colored(report, COLOR_SEPARATOR, ":");
}

static void add_line(struct report *report, const char *path, const struct finding *finding)
{
	struct strbuf *text = &report->text;

	if (finding->commit)
		strbuf_addf(text, "%.12s:", finding->commit);
	report_add_path(report, path, ":");
	add_number(report, finding->place.line);
	add_number(report, finding->place.column);
	strbuf_addch(text, ' ');
	report_add_colored(report, color_of(finding->rule->severity), severity_name(finding->rule->severity));
	strbuf_addstr(text, ": ");
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
			add_line(report, path, &findings->items[i]);
}

const struct report_format report_text = {
	.name = "text",
	.help = "path:line:column: severity: CODE message",
	.nul = true,
	.file = text_file,
};
