/* SPDX-License-Identifier: MIT
 *
 * One line a finding, as compilers print it, so that editors jump to it:
 *
 *	path:line:column: severity: CODE message
 *	commit:path:line:column: severity: CODE message [removed in commit]
 *
 * the second of a finding in history, whose first two parts git show takes.
 * Line breaks and other control characters of a path are made visible, to a
 * pipe too: a line is a finding, or source around it:
 *
 *	path-line-source
 */
#include "report/formats.h"

#include "base/alloc.h"
#include "report/message.h"
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

static void add_number(struct report *report, uint32_t number, const char *behind)
{
	char digits[16];

	snprintf(digits, sizeof(digits), "%u", number);
	report_add_colored(report, COLOR_LINE, digits);
	report_add_colored(report, COLOR_SEPARATOR, behind);
}

static void add_finding(struct report *report, const char *path, const struct finding *finding)
{
	struct strbuf *text = &report->text;
	char *message = message_with_place(finding);

	if (finding->commit)
		strbuf_addf(text, "%.12s:", finding->commit);
	report_add_path(report, path, ":");
	add_number(report, finding->place.line, ":");
	add_number(report, finding->place.column, ":");
	strbuf_addch(text, ' ');
	report_add_colored(report, color_of(finding->rule->severity), severity_name(finding->rule->severity));
	strbuf_addstr(text, ": ");
	strbuf_add_visible(text, finding->rule->code, strlen(finding->rule->code));
	strbuf_addch(text, ' ');
	strbuf_add_visible(text, message, strlen(message));
	free(message);
	if (finding->removed_in)
		strbuf_addf(text, " [removed in %.12s]", finding->removed_in);
	strbuf_addch(text, '\n');
}

static void add_source(struct report *report, const char *path, const struct finding_line *line)
{
	report_add_path(report, path, "-");
	add_number(report, line->number, "-");
	strbuf_add_visible(&report->text, line->text, line->len);
	strbuf_addch(&report->text, '\n');
}

/* What the lines of the findings that are left begin and end, as steps up and down. */
static int *steps_of(const struct finding_list *findings)
{
	int *steps = xcalloc(findings->nr_lines + 1, sizeof(*steps));

	for (size_t i = 0; i < findings->nr; i++)
		if (!findings->items[i].suppressed) {
			steps[finding_list_line(findings, findings->items[i].shown_from)]++;
			steps[finding_list_line(findings, findings->items[i].shown_to + 1)]--;
		}
	return steps;
}

/* Each finding above its source line, among the lines around. */
static void add_with_lines(struct report *report, const char *path, const struct finding_list *findings)
{
	int *steps = steps_of(findings), depth = 0;
	uint32_t last = UINT32_MAX;
	size_t next = 0;

	for (size_t i = 0; i < findings->nr_lines; i++) {
		const struct finding_line *line = &findings->lines[i];

		depth += steps[i];
		if (!depth)
			continue;
		/* data: has anything been printed before? */
		if (report->data && line->number != last + 1) {
			report_add_colored(report, COLOR_SEPARATOR, "--");
			strbuf_addch(&report->text, '\n');
		}
		for (; next < findings->nr && findings->items[next].place.line <= line->number; next++)
			if (!findings->items[next].suppressed)
				add_finding(report, path, &findings->items[next]);
		add_source(report, path, line);
		report->data = report;
		last = line->number;
	}
	free(steps);
}

static void text_file(struct report *report, const char *path, const struct finding_list *findings)
{
	if (findings->nr_lines) {
		add_with_lines(report, path, findings);
		return;
	}
	for (size_t i = 0; i < findings->nr; i++)
		if (!findings->items[i].suppressed)
			add_finding(report, path, &findings->items[i]);
}

const struct report_format report_text = {
	.name = "text",
	.help = "path:line:column: severity: CODE message",
	.lines = true,
	.nul = true,
	.file = text_file,
};
