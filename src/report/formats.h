/* SPDX-License-Identifier: MIT
 *
 * The formats there are, one line a file; private to this folder.
 */
#ifndef ASYNCGREP_FORMATS_H
#define ASYNCGREP_FORMATS_H

#include "report/report.h"

extern const struct report_format report_checkstyle; /* report_checkstyle.c */
extern const struct report_format report_full;
extern const struct report_format report_github;
extern const struct report_format report_gitlab;
extern const struct report_format report_json;
extern const struct report_format report_junit;
extern const struct report_format report_markdown;
extern const struct report_format report_rdjson;
extern const struct report_format report_sarif;
extern const struct report_format report_text;

#endif
