/* SPDX-License-Identifier: MIT
 *
 * The report on standard output, in the format that was asked for or that
 * fits what standard output is.
 */
#include "cli/output.h"

#include <unistd.h>

#include "base/error.h"
#include "cli/command.h"
#include "report/listing.h"
#include "rule/rule.h"
#include "scan/finding.h"

static const struct report_format *listing_format(enum options_listing listing)
{
	switch (listing) {
	case LISTING_NONE:
		break;
	case LISTING_WITH:
		return &listing_with;
	case LISTING_WITHOUT:
		return &listing_without;
	case LISTING_COUNT:
		return &listing_count;
	}
	BUG("no list of kind %d", (int)listing);
}

void output_begin(struct output *output, const struct options *options)
{
	const struct report_format *format = report_format_find(isatty(STDOUT_FILENO) ? "full" : "text");
	struct report_options how = { report_wants_color((enum color_when)options->color, stdout),
				      options->nul, report_terminal_width(stdout) };

	*output = (struct output){ .options = options };
	output->stops_early = options->quiet && !options->history && !options->baseline && !options->write_baseline;
	if (options->quiet)
		return;
	if (options->listing)
		format = listing_format((enum options_listing)options->listing);
	else if (options->nul && options->format < 0)
		format = report_format_find("text");
	else if (options->format >= 0)
		format = report_format_at((size_t)options->format);
	report_begin(&output->report, format, &how, stdout);
	output->reporting = true;
}

static void count(struct output *output, const struct finding_list *findings)
{
	output->findings += findings->nr;
	output->files += findings->nr > 0;
	for (size_t i = 0; i < findings->nr; i++)
		output->failed |= (int)findings->items[i].rule->severity >= output->options->fail_on;
	output->enough = output->failed && output->stops_early;
}

/* The first --max-count of them; what is suppressed does not count. */
static struct finding_list shown_of(struct output *output, const struct finding_list *findings)
{
	struct finding_list shown = *findings;
	size_t left = output->options->max_count ? output->options->max_count : SIZE_MAX;

	for (shown.nr = 0; shown.nr < findings->nr && left; shown.nr++)
		left -= !findings->items[shown.nr].suppressed;
	for (size_t i = shown.nr; i < findings->nr; i++)
		output->unshown += !findings->items[i].suppressed;
	return shown;
}

void output_take_file(void *data, size_t entry, const char *path, struct finding_list *findings)
{
	struct output *output = data;
	const struct finding_list shown = shown_of(output, findings);

	(void)entry;
	progress_hide(&output->progress);
	count(output, findings);
	if (output->reporting && report_file(&output->report, path, &shown)) {
		complain("cannot write to standard output: %s", strerror(errno));
		exit(EXIT_TROUBLE);
	}
}

void output_end(struct output *output)
{
	if (output->reporting && report_end(&output->report))
		complain("cannot write to standard output: %s", strerror(errno));
}
