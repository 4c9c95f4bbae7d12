/* SPDX-License-Identifier: MIT
 *
 * The last line on standard error: what a scan found, looked at and left out.
 */
#ifndef ASYNCGREP_SUMMARY_H
#define ASYNCGREP_SUMMARY_H

#include "cli/options.h"
#include "cli/output.h"
#include "scan/scan.h"

void summary_print(const struct options *options, const struct output *output, const struct scan_counts *counts,
		   double seconds);

#endif
