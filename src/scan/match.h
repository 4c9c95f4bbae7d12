/* SPDX-License-Identifier: MIT
 *
 * All selected rules over one file: where one can match at all, then its
 * context and conditions, then what has to follow.
 */
#ifndef ASYNCGREP_MATCH_H
#define ASYNCGREP_MATCH_H

#include "base/common.h"
#include "base/error.h"
#include "python/pyfile.h"
#include "rule/regex.h"
#include "scan/finding.h"
#include "scan/screen.h"

/*
 * Adds what the rules find in a file to the list and sorts it. screen is that
 * of the file's bytes. -1 when a pattern ran into a limit: the message names
 * the rule; what was found is in the list all the same.
 */
int match_file(struct screen *screen, struct regex_worker *worker, struct pyfile *file,
	       struct finding_list *findings, struct error *err);

#endif
