/* SPDX-License-Identifier: MIT
 *
 * The main job: rules, target, scan, report, summary.
 */
#include "cli/command.h"

#include <time.h>

#include "base/day.h"
#include "base/alloc.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "base/strbuf.h"
#include "cli/add_ignores.h"
#include "cli/filters.h"
#include "cli/output.h"
#include "cli/result_cache.h"
#include "cli/summary.h"
#include "scan/lineage.h"
#include "scan/path_rules.h"
#include "scan/scan.h"

int command_load_rules(const struct options *options, struct settings *settings, struct ruleset *set,
		       struct error *err)
{
	const char *select = options->select;
	const struct context *context;

	for (size_t i = 0; i < options->patterns.nr; i++)
		if (ruleset_add_path(set, options->patterns.items[i], true, err))
			return -1;
	if (settings_extend_rules(settings, set, err))
		return -1;
	if (!set->compiled)
		ruleset_compile(set);
	if (settings_adjust_rules(settings, set, err))
		return -1;
	/* A pattern on the command line is looked for instead of mistakes, unless rules are asked for there too. */
	if (options->expressions.nr && !select)
		select = "";
	if (ruleset_select(set, select, options->ignore, err))
		return -1;
	if (options->report_unused)
		ruleset_select_about(set, SUPPRESSIONS_UNUSED);
	if (options->require_reason)
		ruleset_select_about(set, SUPPRESSIONS_UNEXPLAINED);
	if (settings_select_by_path(settings, options, set, err))
		return -1;
	context = ruleset_context(set, options->in ? options->in : "async", err);
	if (!context)
		return -1;
	for (size_t i = 0; i < options->expressions.nr; i++)
		if (ruleset_add_pattern(set, options->expressions.items[i], context, (unsigned)i + 1, err))
			return -1;
	return 0;
}

static double seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* What there is to show when Ctrl-C comes: of history, what its listing has; else nothing before the scan. */
int command_open_target(const struct options *options, struct target *target, struct filters *filters,
			struct error *err)
{
	struct target_options what = options->target;

	if (options->history)
		interrupt_watch();
	what.know = result_cache_wanted(options);
	what.jobs = options->jobs;
	if (target_open(target, &what, err) < 0)
		return -1;
	return filters_open(filters, options, target, err);
}

/* A content of history may have had several paths: which rules run on it is asked when each is reported. */
struct by_path {
	const struct path_rules *rules;
	struct output *output;
	bool *active; /* by rule index */
};

static void take_by_path(void *data, size_t entry, const char *path, struct finding_list *findings)
{
	struct by_path *by_path = data;
	struct finding_list kept = { .items = xcalloc(findings->nr, sizeof(*kept.items)) };

	path_rules_fill(by_path->rules, path, by_path->active);
	for (size_t i = 0; i < findings->nr; i++)
		if (by_path->active[findings->items[i].rule->index])
			kept.items[kept.nr++] = findings->items[i];
	if (kept.nr)
		output_take_file(by_path->output, entry, path, &kept);
	free(kept.items); /* what is in it is the caller's */
}

/* What -v says before the scan. */
static void name_left_out(struct target *target)
{
	target_sort_left_out(target);
	for (size_t i = 0; i < target->nr_left_out; i++)
		note("%s: %s", target_shown_path(target, target->left_out[i].full_path),
		     target_skip_names[target->left_out[i].skip]);
}

/* What is found goes through the lineage first, which tells the versions of a finding from others. */
static void scan_history(struct target *target, const struct matcher *matcher, struct scan_options *how,
			 struct output *output, struct scan_counts *counts)
{
	struct by_path by_path = { how->path_rules, output, xcalloc(matcher_rules(matcher)->nr, sizeof(bool)) };
	struct lineage *lineage = how->path_rules ?
		lineage_new(target->versions, target->nr, take_by_path, &by_path) :
		lineage_new(target->versions, target->nr, output_take_file, output);

	how->path_rules = NULL;
	how->fingerprints = true;
	scan_target(target, matcher, how, lineage_take, lineage, counts);
	lineage_finish(lineage, counts->done);
	lineage_free(lineage);
	free(by_path.active);
}

/* The versions of a finding in history are told by what is reported, so what comments hide is not there. */
static void scan_for(struct output *output, struct scan_options *how)
{
	unsigned needs = output_needs(output);

	how->fingerprints = needs & REPORT_IDENTITY;
	how->keep_suppressed = needs & REPORT_SUPPRESSED && !output->options->history &&
			       (output->options->show_suppressed || output->options->listing == LISTING_STATISTICS);
}

static enum exit_status scan(const struct options *options, struct scan_options *how, const struct ruleset *set,
			     struct target *target, struct filters *filters, struct output *output)
{
	struct matcher *matcher = matcher_new(set);
	struct recall recall = { .known = NULL };
	struct scan_counts counts;
	bool complained = has_complained();
	double start = seconds_now();

	/* Who types what is to be scanned ends it as ever. */
	if (target->kind != TARGET_STDIN)
		interrupt_watch();
	memset(&counts, 0, sizeof(counts));
	filters_use(filters, how);
	scan_for(output, how);
	if (result_cache_wanted(options) && result_cache_open(&recall, options, how, set, target))
		how->recall = &recall;
	name_left_out(target);
	output_begin(output, target, set);
	how->every_file = options->listing == LISTING_WITHOUT;
	how->enough = &output->enough;
	how->progress = &output->progress;
	progress_begin(&output->progress, !options->quiet, target->versions ? "versions scanned" : "files scanned",
		       target->nr);
	if (target->versions)
		scan_history(target, matcher, how, output, &counts);
	else if (options->add_ignores)
		scan_target(target, matcher, how, add_ignores_take_file,
			    &(struct add_ignores){ options, target, output, how->today }, &counts);
	else
		scan_target(target, matcher, how, output_take_file, output, &counts);
	progress_hide(&output->progress);
	output_end(output);
	filters_finish(filters, target, set);
	if (!options->quiet)
		summary_print(options, output, &counts, seconds_now() - start);
	if (how->recall)
		result_cache_close(&recall, options);
	matcher_free(matcher);
	/* As grep -q: what went wrong with the files before does not count. */
	if (output->enough && !complained)
		complaints_forgive();
	if (interrupted())
		return EXIT_INTERRUPTED;
	return output->failed ? EXIT_FINDINGS : EXIT_CLEAN;
}

static struct surroundings surroundings_of(const struct options *options)
{
	unsigned around = options->around == NOT_GIVEN ? 0 : options->around;

	return (struct surroundings){
		.wanted = options->before != NOT_GIVEN || options->after != NOT_GIVEN || options->around != NOT_GIVEN ||
			  options->whole_function,
		.before = options->before == NOT_GIVEN ? around : options->before,
		.after = options->after == NOT_GIVEN ? around : options->after,
		.function = options->whole_function,
	};
}

enum exit_status command_scan(const struct options *options, struct settings *settings, struct ruleset *set)
{
	struct scan_options how = { .jobs = options->jobs, .no_suppress = options->no_suppress,
				    .surroundings = surroundings_of(options),
				    .verbose = options->verbose && !options->quiet };
	/* Not released: the process ends, and giving back an index entry by entry takes as long as a tenth of reading it. */
	static struct target target;
	struct filters filters = { .options = NULL };
	struct output output;
	struct error err = { NULL };
	enum exit_status status = EXIT_TROUBLE;

	if (output_open(&output, options, &err) || command_load_rules(options, settings, set, &err) ||
	    day_today(&how.today, &err) || add_ignores_check(options, how.today, &err)) {
		complain_error(&err);
	} else {
		how.path_rules = settings->path_rules;
		if (command_open_target(options, &target, &filters, &err))
			complain_error(&err);
		else
			status = scan(options, &how, set, &target, &filters, &output);
		filters_close(&filters);
	}
	output_close(&output);
	return status;
}
