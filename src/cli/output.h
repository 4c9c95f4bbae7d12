/* SPDX-License-Identifier: MIT
 *
 * What becomes of findings as they come: they are counted, weighed against
 * --fail-on, and handed to the report that is open.
 *
 *	output_begin(&output, options);
 *	scan_target(…, output_take_file, &output, …);
 *	output_end(&output);
 */
#ifndef ASYNCGREP_OUTPUT_H
#define ASYNCGREP_OUTPUT_H

#include "base/progress.h"
#include "cli/options.h"
#include "report/report.h"

struct finding_list;

struct output {
	const struct options *options; /* borrowed */
	struct report report;
	bool reporting;           /* a report is open */
	bool failed;              /* a finding is as severe as --fail-on asks */
	bool stops_early;         /* -q, and there is nothing to do but to tell whether there are findings */
	bool enough;              /* both: the scan may end */
	size_t findings, files;   /* files with findings */
	size_t unshown;           /* findings behind the first --max-count of their file */
	struct progress progress; /* is hidden before anything is printed */
};

void output_begin(struct output *output, const struct options *options);
/* A scan_file_fn, with the output as its data. Ends the program when what is found can no longer be written. */
void output_take_file(void *output, size_t entry, const char *path, struct finding_list *findings);
/* Complains of what could not be written. */
void output_end(struct output *output);

#endif
