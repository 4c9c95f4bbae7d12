/* SPDX-License-Identifier: MIT
 *
 * Lists of files instead of findings, as grep's -l, -L and -c make them. They
 * are reports like any other, but not for --format.
 */
#ifndef ASYNCGREP_LISTING_H
#define ASYNCGREP_LISTING_H

#include "report/report.h"

extern const struct report_format listing_with;    /* paths of files with findings */
extern const struct report_format listing_without; /* … without, which have to be reported too */
extern const struct report_format listing_count;   /* path:number */

#endif
