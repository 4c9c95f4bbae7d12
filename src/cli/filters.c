/* SPDX-License-Identifier: MIT
 *
 * --since, --changed-lines and the options of the baseline, carried out.
 */
#include "cli/filters.h"

#include "base/interrupt.h"

int filters_open(struct filters *filters, const struct options *options, struct target *target, struct error *err)
{
	filters->options = options;
	filters->baseline.recording = options->write_baseline;
	if (options->baseline && baseline_read(&filters->baseline, options->baseline, err) < 0)
		return -1;
	if (!options->since && !options->changed_lines)
		return 0;
	return since_open(&filters->since, target, options->since, options->rev ? options->rev : "HEAD",
			  options->changed_lines, err);
}

void filters_use(struct filters *filters, struct scan_options *scan)
{
	if (filters->since.repo)
		scan->since = &filters->since;
	if (filters->options->baseline || filters->options->write_baseline)
		scan->baseline = &filters->baseline;
}

static void name_gone(void *data, const struct baseline_entry *entry)
{
	const char *file = data;
	bool inside = *entry->function;

	note("%s: gone: %s: %s%s%s: %s", file, entry->path, entry->code, inside ? " in " : "",
	     inside ? entry->function : "", entry->text);
}

static void write_baseline(struct baseline *baseline, const char *file)
{
	struct error err = { NULL };

	if (baseline_write(baseline, file, &err) < 0)
		complain_error(&err);
}

static void finish_baseline(struct filters *filters, const struct target *target, const struct ruleset *set)
{
	const struct options *options = filters->options;
	size_t gone = baseline_gone(&filters->baseline, target, set, options->quiet ? NULL : name_gone,
				    options->baseline);

	if (!gone)
		return;
	if (options->prune_baseline) {
		baseline_prune(&filters->baseline, target, set);
		write_baseline(&filters->baseline, options->baseline);
	} else if (!options->quiet) {
		note("%s: %zu finding%s gone; take %s out with: --prune-baseline", options->baseline, gone,
		     gone == 1 ? " is" : "s are", gone == 1 ? "it" : "them");
	}
}

void filters_finish(struct filters *filters, const struct target *target, const struct ruleset *set)
{
	const struct options *options = filters->options;
	const char *file = options->write_baseline ? options->write_baseline : options->baseline;

	if (interrupted()) {
		/* Of what was not looked at, nothing is new and nothing is gone. */
		if (options->write_baseline || options->prune_baseline)
			note("%s is not written: the scan was interrupted", file);
	} else if (options->write_baseline) {
		write_baseline(&filters->baseline, options->write_baseline);
		if (!options->quiet && !has_complained())
			note("%s: %zu finding%s", options->write_baseline, filters->baseline.nr,
			     filters->baseline.nr == 1 ? "" : "s");
	} else if (options->baseline) {
		finish_baseline(filters, target, set);
	}
}

void filters_close(struct filters *filters)
{
	since_close(&filters->since);
	baseline_release(&filters->baseline);
}
