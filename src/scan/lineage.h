/* SPDX-License-Identifier: MIT
 *
 * The life of findings in a history: which commit brought each in, and which
 * removed it. A finding is the same as long as its file has one of the same
 * fingerprint; one that vanishes in a commit and appears in another file of
 * it has moved. What is equal in all that, but brought in again after it
 * was removed, or brought in by several branches, is several findings.
 *
 * Merges bring in what none of their parents has.
 */
#ifndef ASYNCGREP_LINEAGE_H
#define ASYNCGREP_LINEAGE_H

#include "scan/scan.h"
#include "target/versions.h"

struct lineage;

/*
 * entries is how many the target has. In the end, each is called with the findings that one commit brought into one file, newest commit first; their
 * commit and removed_in are set, and they are borrowed. versions are borrowed, too.
 */
struct lineage *lineage_new(const struct versions *versions, size_t entries, scan_file_fn each, void *data);
/* The scan_file_fn for scan_target, with the lineage as its data. Findings need their identity; they are taken. */
void lineage_take(void *lineage, size_t entry, const char *path, struct finding_list *findings);
/* The end: so many entries were scanned. Of changes that need others, nothing is said. */
void lineage_finish(struct lineage *lineage, size_t scanned);
void lineage_free(struct lineage *lineage);

#endif
