/* SPDX-License-Identifier: MIT
 *
 * The reports that are open. Those for files are kept in memory until they are
 * whole, so that nothing has to be cleaned up, whatever ends the program.
 */
#include "cli/output.h"

#include <unistd.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/interrupt.h"
#include "base/nearest.h"
#include "base/replace_file.h"
#include "cli/command.h"
#include "cli/pager.h"
#include "report/listing.h"
#include "report/statistics.h"
#include "rule/rule.h"
#include "scan/finding.h"

/* -- which reports */

/* Who has JSON in the configuration file means findings. */
static bool asks_for_json(const struct options *options)
{
	return options_given(options, "format") &&
	       !strcmp(report_format_at((size_t)options->format)->name, "json");
}

static const struct report_format *listing_format(const struct options *options)
{
	switch ((enum options_listing)options->listing) {
	case LISTING_NONE:
		break;
	case LISTING_WITH:
		return &listing_with;
	case LISTING_WITHOUT:
		return &listing_without;
	case LISTING_COUNT:
		return &listing_count;
	case LISTING_STATISTICS:
		return asks_for_json(options) ? &statistics_json : &statistics_text;
	}
	BUG("no list of kind %d", options->listing);
}

static const struct report_format *find_format(const char *name, struct error *err)
{
	const struct report_format *format = report_format_find(name);
	unsigned distance = NEAREST_NONE;
	const char *best = NULL;

	for (size_t i = 0; !format && report_format_at(i); i++)
		nearest_offer(name, report_format_at(i)->name, &best, &distance);
	if (!format)
		error_set(err, "'%s' is no FORMAT for '--report'%s%s%s", name, best ? "; did you mean '" : "",
			  best ? best : "", best ? "'?" : "; 'asyncgrep --help' lists them");
	return format;
}

/* FILE NULL: standard output, which takes one; a file, too. */
static int add_report(struct output *output, const struct report_format *format, const char *file, struct error *err)
{
	for (size_t i = 0; i < output->nr_reports; i++) {
		const struct output_report *other = &output->reports[i];

		if (!file && !other->file)
			return error_set(err, "two reports for standard output: %s and %s", other->format->name,
					 format->name);
		if (file && other->file && !strcmp(file, other->file))
			return error_set(err, "two reports for '%s': %s and %s", file, other->format->name,
					 format->name);
	}
	if (file && replace_file_check(file, err) < 0)
		return -1;
	output->reports[output->nr_reports++] = (struct output_report){ .format = format, .file = file };
	return 0;
}

/* FORMAT:FILE; a FILE of - is standard output. */
static int add_asked(struct output *output, const char *word, struct error *err)
{
	const char *colon = strchr(word, ':');
	const struct report_format *format;
	char *name;

	if (!colon || !colon[1])
		return error_set(err, "'--report' needs FORMAT:FILE, not '%s'", word);
	name = xmemdupz(word, (size_t)(colon - word));
	format = find_format(name, err);
	free(name);
	if (!format)
		return -1;
	return add_report(output, format, strcmp(colon + 1, "-") != 0 ? colon + 1 : NULL, err);
}

static bool has_standard_output(const struct output *output)
{
	for (size_t i = 0; i < output->nr_reports; i++)
		if (!output->reports[i].file)
			return true;
	return false;
}

static const struct report_format *main_format(const struct options *options, bool on_terminal)
{
	if (options->listing)
		return listing_format(options);
	if (options->format >= 0)
		return report_format_at((size_t)options->format);
	return report_format_find(on_terminal && !options->nul ? "full" : "text");
}

/* The main report gives way to one that --report has put in its place, unless somebody asked for its format. */
static int add_main(struct output *output, struct error *err)
{
	const struct options *options = output->options;
	const char *file = options->output && strcmp(options->output, "-") != 0 ? options->output : NULL;
	bool asked = options->listing || options_given(options, "format");

	if (!file && (options->quiet || (has_standard_output(output) && !asked)))
		return 0;
	if (add_report(output, main_format(options, !file && report_on_terminal(stdout)), file, err) < 0)
		return -1;
	output->reports[output->nr_reports - 1].main = true;
	return 0;
}

int output_open(struct output *output, const struct options *options, struct error *err)
{
	*output = (struct output){ .options = options };
	output->reports = xcalloc(options->reports.nr + 1, sizeof(*output->reports));
	for (size_t i = 0; i < options->reports.nr; i++)
		if (add_asked(output, options->reports.items[i], err) < 0)
			return -1;
	if (add_main(output, err) < 0)
		return -1;
	output->stops_early = !output->nr_reports && !options->history && !options->baseline &&
			      !options->write_baseline && !options->add_ignores;
	return 0;
}

unsigned output_needs(const struct output *output)
{
	unsigned needs = 0;

	for (size_t i = 0; i < output->nr_reports; i++)
		needs |= output->reports[i].format->needs;
	return needs;
}

/* -- what goes into them */

void output_begin(struct output *output, const struct target *target, const struct ruleset *rules)
{
	enum color_when color = (enum color_when)output->options->color;
	enum color_when hyperlink = (enum color_when)output->options->hyperlink;

	output->target = target;
	for (size_t i = 0; i < output->nr_reports; i++) {
		struct output_report *at = &output->reports[i];
		struct report_options how = { .nul = output->options->nul, .rules = rules };

		how.color = at->file ? color == COLOR_ALWAYS : report_wants_color(color, stdout);
		how.hyperlink = report_wants_hyperlinks(at->file && hyperlink == COLOR_AUTO ? COLOR_NEVER : hyperlink,
							stdout);
		how.width = at->file ? 0 : report_terminal_width(stdout);
		report_begin(&at->report, at->format, &how, at->file ? NULL : stdout);
	}
}

static void count(struct output *output, const struct finding_list *findings)
{
	size_t before = output->findings;

	for (size_t i = 0; i < findings->nr; i++) {
		const struct finding *finding = &findings->items[i];

		if (finding->suppressed)
			continue;
		output->findings++;
		output->failed |= (int)finding->rule->severity >= output->options->fail_on;
	}
	output->files += output->findings > before;
	output->enough = output->failed && output->stops_early;
}

/* Paths of history are full as they are, and an entry of it is a content, which may have had several. */
static const char *path_for(const struct output *output, const struct report_format *format, size_t entry,
			    const char *path)
{
	if (!(format->needs & REPORT_FULL_PATH) || output->target->versions)
		return path;
	return target_full_path(output->target, entry);
}

/* Until there is something to read, the terminal is for the progress. */
static void start_pager(struct output *output)
{
	progress_hide(&output->progress);
	if (!has_standard_output(output))
		return;
	pager_start(output->options);
	progress_retire(&output->progress);
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

static void hand_over(const struct output *output, struct output_report *at, size_t entry, const char *path,
		      const struct finding_list *findings)
{
	if (report_file(&at->report, path_for(output, at->format, entry, path), findings) == 0)
		return;
	complain("cannot write to standard output: %s", strerror(errno));
	exit(EXIT_TROUBLE);
}

/* The report that is no one of --report, if it shows nothing before its end. */
static struct output_report *totals_of(const struct output *output)
{
	struct output_report *last = output->nr_reports ? &output->reports[output->nr_reports - 1] : NULL;

	return last && last->main && last->format->totals ? last : NULL;
}

void output_take_file(void *data, size_t entry, const char *path, struct finding_list *findings)
{
	struct output *output = data;
	struct output_report *totals = totals_of(output);
	struct finding_list shown;

	count(output, findings);
	if (totals) {
		hand_over(output, totals, entry, path, findings);
		/* It counts what comments hide, which nobody else has asked for. */
		if (!output->options->show_suppressed)
			finding_drop_suppressed(findings);
		if (!findings->nr)
			return;
	} else {
		start_pager(output);
	}
	shown = shown_of(output, findings);
	for (size_t i = 0; i < output->nr_reports; i++) {
		struct output_report *at = &output->reports[i];

		if (at != totals)
			hand_over(output, at, entry, path, at->main ? &shown : findings);
	}
}

static void write_file(struct output_report *at)
{
	struct error err = { NULL };

	if (interrupted())
		note("%s is not written: the scan was interrupted", at->file);
	else if (replace_file(at->file, at->report.text.buf, at->report.text.len, &err) < 0)
		complain_error(&err);
	report_release(&at->report);
}

void output_end(struct output *output)
{
	bool complete = !has_complained() && !interrupted();

	if (totals_of(output) && output->findings)
		start_pager(output);
	for (size_t i = 0; i < output->nr_reports; i++) {
		struct output_report *at = &output->reports[i];

		if (report_end(&at->report, complete))
			complain("cannot write to standard output: %s", strerror(errno));
		if (at->file)
			write_file(at);
	}
}

void output_close(struct output *output)
{
	free(output->reports);
	memset(output, 0, sizeof(*output));
}
