/* SPDX-License-Identifier: MIT
 *
 * The report on standard output, in the format that was asked for or that
 * fits what standard output is.
 */
#include "cli/output.h"

#include <unistd.h>

#include "base/error.h"
#include "cli/command.h"
#include "rule/rule.h"
#include "scan/finding.h"

void output_begin(struct output *output, const struct options *options)
{
	const struct report_format *format = report_format_find(isatty(STDOUT_FILENO) ? "full" : "text");
	struct report_options how = { report_wants_color((enum color_when)options->color, stdout),
				      report_terminal_width(stdout) };

	*output = (struct output){ .options = options };
	if (options->quiet)
		return;
	if (options->format >= 0)
		format = report_format_at((size_t)options->format);
	report_begin(&output->report, format, &how, stdout);
	output->reporting = true;
}

void output_take_file(void *data, size_t entry, const char *path, struct finding_list *findings)
{
	struct output *output = data;

	(void)entry;
	progress_hide(&output->progress);
	output->findings += findings->nr;
	output->files++;
	for (size_t i = 0; i < findings->nr; i++)
		output->failed |= (int)findings->items[i].rule->severity >= output->options->fail_on;
	if (output->reporting && report_file(&output->report, path, findings)) {
		complain("cannot write to standard output: %s", strerror(errno));
		exit(EXIT_TROUBLE);
	}
}

void output_end(struct output *output)
{
	if (output->reporting && report_end(&output->report))
		complain("cannot write to standard output: %s", strerror(errno));
}
