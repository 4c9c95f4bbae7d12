/* SPDX-License-Identifier: MIT
 *
 * What a scan says of one file as a run of bytes, to be kept for later runs with
 * the same rules: facts and findings, without what is only known in the run
 * itself (lines around them, what is new, commits).
 */
#ifndef ASYNCGREP_FINDING_STORE_H
#define ASYNCGREP_FINDING_STORE_H

#include "base/strbuf.h"
#include "scan/finding.h"

struct ruleset;
struct scan_facts;

/* Adds the bytes; none, where there is nothing to say of the file. */
void finding_store_write(struct strbuf *out, const struct finding_list *findings, const struct scan_facts *facts);
/*
 * Fills an empty list and the facts. False: this was not written by finding_store_write for these rules; the list is
 * empty then.
 */
bool finding_store_read(struct text record, const struct ruleset *set, struct finding_list *findings,
			struct scan_facts *facts);

#endif
