/* SPDX-License-Identifier: MIT
 *
 * What the options leave out of a report because it is not new: set up before
 * the scan, and what is to be said or written after it.
 */
#ifndef ASYNCGREP_FILTERS_H
#define ASYNCGREP_FILTERS_H

#include "cli/options.h"
#include "rule/ruleset.h"
#include "scan/baseline.h"
#include "scan/scan.h"
#include "scan/since.h"

/* Invariant: zeroes are closed. */
struct filters {
	const struct options *options;
	struct since since;
	struct baseline baseline;
};

/* The target may be narrowed, and has to outlive the filters. */
int filters_open(struct filters *filters, const struct options *options, struct target *target, struct error *err);
/* Hands them to the scan. */
void filters_use(struct filters *filters, struct scan_options *scan);
/* After the scan: writes the baseline, or names what is gone from it and, if asked to, takes that out. */
void filters_finish(struct filters *filters, const struct target *target, const struct ruleset *set);
void filters_close(struct filters *filters);

#endif
