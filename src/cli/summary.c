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

/* A new repository, mostly. Nothing is wrong, but nothing was looked at either, which must not look like praise. */
static bool nothing_is_tracked(const struct options *options, const struct scan_counts *counts)
{
	return options->target.kind == TARGET_WORKTREE && !options->target.nr_paths && !options->target.untracked &&
	       !options->since && !counts->scanned && !counts->failed && !nr_skipped(counts);
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
	if (nothing_is_tracked(options, counts))
		note("git tracks no Python file here; git add them, or scan them as they are: asyncgrep --untracked");
}
