/* SPDX-License-Identifier: MIT
 *
 * The formats there are, in the order of the help; private to this folder.
 * report_NAME is a `const struct report_format` in report_NAME.c.
 */
#ifndef ASYNCGREP_FORMATS_H
#define ASYNCGREP_FORMATS_H

#include "report/report.h"

#define REPORT_FORMATS(X) \
	X(full) \
	X(text) \
	X(json) \
	X(sarif) \
	X(github) \
	X(gitlab) \
	X(junit) \
	X(checkstyle) \
	X(rdjson) \
	X(markdown)

#define REPORT_FORMAT(name) extern const struct report_format report_##name;
REPORT_FORMATS(REPORT_FORMAT)
#undef REPORT_FORMAT

#endif
