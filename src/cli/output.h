/* SPDX-License-Identifier: MIT
 *
 * What becomes of findings as they come: they are counted, weighed against
 * --fail-on, and handed to every report that is open: the main one, on standard
 * output or in the FILE of --output, and one for each --report.
 *
 *	output_open(&output, options, &err);
 *	output_begin(&output, target, rules);
 *	scan_target(…, output_take_file, &output, …);
 *	output_end(&output);
 *	output_close(&output);
 *
 * A file is written in the end, whole or not at all: not where the scan was
 * interrupted.
 */
#ifndef ASYNCGREP_OUTPUT_H
#define ASYNCGREP_OUTPUT_H

#include "base/progress.h"
#include "cli/options.h"
#include "report/report.h"

struct finding_list;
struct ruleset;
struct target;

/* One report. */
struct output_report {
	const struct report_format *format;
	const char *file; /* borrowed; NULL: standard output */
	bool main;        /* not one of --report: --max-count is for it */
	struct report report;
};

/* Invariant: zeroes are closed. */
struct output {
	const struct options *options; /* borrowed, as the target is */
	const struct target *target;
	struct output_report *reports; /* owned */
	size_t nr_reports;
	bool failed;              /* a finding is as severe as --fail-on asks */
	bool stops_early;         /* -q, and there is nothing to do but to tell whether there are findings */
	bool enough;              /* both: the scan may end */
	size_t findings, files;   /* without suppressed ones; files with findings */
	size_t unshown;           /* findings behind the first --max-count of their file, in the main report */
	struct progress progress; /* is hidden before anything is printed */
};

/* -1: a report was asked for that there is not, or that cannot be written. To be closed in every case. */
int output_open(struct output *output, const struct options *options, struct error *err);
/* What the reports want of the findings: enum report_needs. */
unsigned output_needs(const struct output *output);
/* Begins the reports. Target and rules have to outlive output_end. */
void output_begin(struct output *output, const struct target *target, const struct ruleset *rules);
/* A scan_file_fn, with the output as its data. Ends the program when standard output cannot be written to any more. */
void output_take_file(void *output, size_t entry, const char *path, struct finding_list *findings);
/* Ends the reports and writes the files. Complains of what cannot be written. */
void output_end(struct output *output);
void output_close(struct output *output);

#endif
