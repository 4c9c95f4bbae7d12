/* SPDX-License-Identifier: MIT
 *
 * Paths in reports that are read line by line, and grep's colours for them.
 */
#ifndef ASYNCGREP_REPORT_PATH_H
#define ASYNCGREP_REPORT_PATH_H

#include "report/report.h"

/*
 * Adds a path and what comes behind it, in their colours: visible and `behind`; or, where the options ask for NUL, the
 * bytes as they are and a NUL.
 */
void report_add_path(struct report *report, const char *path, const char *behind);

/* Adds text in a colour, where there are colours. */
void report_add_colored(struct report *report, const char *color, const char *text);

/* Escape sequences of GNU grep's default colours. */
#define COLOR_PATH "\033[35m"
#define COLOR_LINE "\033[32m"
#define COLOR_SEPARATOR "\033[36m"
#define COLOR_RESET "\033[m"

#endif
