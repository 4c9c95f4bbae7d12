/* SPDX-License-Identifier: MIT
 *
 * A path for eyes, or for xargs -0.
 */
#include "report/path.h"

void report_add_colored(struct report *report, const char *color, const char *text)
{
	if (report->options.color && *text)
		strbuf_addf(&report->text, "%s%s" COLOR_RESET, color, text);
	else
		strbuf_addstr(&report->text, text);
}

void report_add_path(struct report *report, const char *path, const char *behind)
{
	struct strbuf *out = &report->text;

	if (report->options.color)
		strbuf_addstr(out, COLOR_PATH);
	if (report->options.nul)
		strbuf_addstr(out, path);
	else
		strbuf_add_visible(out, path, strlen(path));
	if (report->options.color)
		strbuf_addstr(out, COLOR_RESET);
	if (report->options.nul)
		strbuf_add(out, "", 1);
	else if (*behind == '\n')
		strbuf_addstr(out, behind);
	else
		report_add_colored(report, COLOR_SEPARATOR, behind);
}
