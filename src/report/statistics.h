/* SPDX-License-Identifier: MIT
 *
 * How many findings there are, by rule and by folder, instead of the findings.
 * A report like any other, but not for --format.
 */
#ifndef ASYNCGREP_STATISTICS_H
#define ASYNCGREP_STATISTICS_H

#include "report/report.h"

extern const struct report_format statistics_text; /* two aligned lists, most findings first */
extern const struct report_format statistics_json; /* one document */

#endif
