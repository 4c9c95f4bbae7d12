/* SPDX-License-Identifier: MIT
 *
 * The cache of a scan: where it is, and which rules and options what is in it
 * belongs to. All that can make a difference to what is kept of a file is part of the
 * digest: the program, the rules, what comments may do. Lines around
 * findings, severities, formats and what is left out as not new are no part of it: they
 * are seen to when it is read.
 */
#ifndef ASYNCGREP_RESULT_CACHE_H
#define ASYNCGREP_RESULT_CACHE_H

#include "cli/options.h"
#include "rule/ruleset.h"
#include "scan/recall.h"
#include "scan/scan.h"

/* Is there to be one? Of plain files and standard input there is none. */
bool result_cache_wanted(const struct options *options);
/*
 * Opens it for a scan with these options, of a target with a repository. Notes what is wrong with it where --verbose wants to
 * know. False: there can be none.
 */
bool result_cache_open(struct recall *recall, const struct options *options, const struct scan_options *how,
		       const struct ruleset *set, const struct target *target);
/* Writes what is new. */
void result_cache_close(struct recall *recall, const struct options *options);

#endif
