/* SPDX-License-Identifier: MIT
 *
 * The summary, a phrase a count; counts that are nothing are not named.
 */
#include "cli/summary.h"

#include "base/interrupt.h"

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

/* What is not Python was never asked for. */
static size_t nr_skipped(const struct scan_counts *counts)
{
	size_t skipped = 0;

	for (size_t i = 0; i < SKIP_NR; i++)
		skipped += i == SKIP_NOT_PYTHON ? 0 : counts->skipped[i];
	return skipped;
}

static void print_skipped(const struct scan_counts *counts)
{
	const char *separator = " (";
	size_t skipped = nr_skipped(counts);

	if (!skipped)
		return;
	fprintf(stderr, ", %zu skipped", skipped);
	for (size_t i = 0; i < SKIP_NR; i++)
		if (i != SKIP_NOT_PYTHON && counts->skipped[i]) {
			fprintf(stderr, "%s%zu %s", separator, counts->skipped[i], target_skip_names[i]);
			separator = ", ";
		}
	fputc(')', stderr);
}

/*
 * A new repository, or a path that is not what somebody thought. Nothing is wrong, but nothing was looked at either, which
 * must not look like praise.
 */
static void explain_nothing(const struct options *options, const struct scan_counts *counts)
{
	const struct target_options *target = &options->target;

	if (target->kind != TARGET_WORKTREE || options->since || counts->scanned || counts->failed ||
	    nr_skipped(counts) || interrupted())
		return;
	if (target->nr_paths)
		note("'%s'%s: no Python file; to see what is there: asyncgrep --files --why '%s'", target->paths[0],
		     target->nr_paths > 1 ? " and so on" : "", target->paths[0]);
	else if (!target->untracked)
		note("git tracks no Python file here; git add them, or scan them as they are: asyncgrep --untracked");
}

void summary_print(const struct options *options, const struct output *output, const struct scan_counts *counts,
		   double seconds)
{
	const char *unit = options->history ? "version" : "file";

	fflush(stdout);
	fprintf(stderr, "%zu finding%s in %zu %s%s; %zu %s%s scanned", output->findings, plural(output->findings),
		output->files, unit, plural(output->files), counts->scanned, unit, plural(counts->scanned));
	if (counts->suppressed)
		fprintf(stderr, ", %zu finding%s suppressed", counts->suppressed, plural(counts->suppressed));
	if (counts->known)
		fprintf(stderr, ", %zu known", counts->known);
	if (counts->untouched)
		fprintf(stderr, ", %zu in lines that did not change", counts->untouched);
	if (output->unshown)
		fprintf(stderr, ", %zu not shown", output->unshown);
	print_skipped(counts);
	if (counts->broken)
		fprintf(stderr, ", %zu not Python in places", counts->broken);
	if (counts->failed)
		fprintf(stderr, ", %zu FAILED", counts->failed);
	if (interrupted())
		fprintf(stderr, ", INTERRUPTED");
	if (options->verbose && counts->recalled)
		fprintf(stderr, ", %zu not read again", counts->recalled);
	if (options->verbose)
		fprintf(stderr, ", %.3f s", seconds);
	fputc('\n', stderr);
	explain_nothing(options, counts);
}
