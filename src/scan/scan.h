/* SPDX-License-Identifier: MIT
 *
 * The driver: every file of a target through all stages, on several threads,
 * with results handed over in path order whatever their number.
 */
#ifndef ASYNCGREP_SCAN_H
#define ASYNCGREP_SCAN_H

#include "base/common.h"
#include "scan/finding.h"
#include "scan/matcher.h"
#include "scan/surroundings.h"
#include "target/target.h"

struct baseline;
struct path_rules;
struct progress;
struct recall;
struct regex_worker;
struct since;

/* What is not reported although it was found goes through here: comments, then what is not new. */
struct scan_options {
	unsigned jobs;     /* threads; 0: as many as there are processors */
	bool no_suppress;  /* report what comments hide */
	bool keep_suppressed; /* hand over what comments hide too, marked as suppressed */
	int32_t today;     /* for comments that hide until some day (base/day.h) */
	bool verbose;      /* name on standard error, in path order, what is not read after all or not Python everywhere */
	bool fingerprints; /* give findings their identity; implied by what follows */
	struct surroundings surroundings; /* the lines around findings; not for history */
	bool every_file;   /* hand over files without findings too, if they were scanned to their end */
	const bool *enough; /* becomes true in the call for a file: nothing more is wanted; or NULL */
	struct progress *progress; /* is told how many entries are done; NULL: nobody wants to know */
	const struct since *since; /* of the target that is scanned; NULL: all is new */
	struct baseline *baseline; /* NULL: nothing is known */
	const struct path_rules *path_rules; /* which rules run on which entry; NULL: those that are selected, on all */
	const bool *rules; /* of scan_bytes: by rule index, those that run; NULL: those that are selected */
	struct recall *recall; /* what is known from earlier runs with the same rules and options; NULL: nothing */
};

/* Do findings get their identity? */
bool scan_needs_identity(const struct scan_options *options);

/* What a scan says of one file beside its findings. */
struct scan_facts {
	size_t suppressed; /* findings hidden by comments */
	uint32_t broken_line, broken_column; /* the first place that is not Python, from 1; 0: there is none */
	/*
	 * The findings depend on the day where a comment names one: they are the same on every day from the first to
	 * the last (DAY_MIN, DAY_MAX: always). Who keeps them for later has to keep these two beside them.
	 */
	int32_t first_day, last_day;
};

struct scan_counts {
	size_t done;             /* entries handed over: all of them, unless there was an interrupt */
	size_t scanned;          /* files whose bytes were looked at, now or in an earlier run */
	size_t recalled;         /* of these, those that were not even read */
	size_t failed;           /* files that could not be read, decoded or matched to the end */
	size_t skipped[SKIP_NR];
	size_t broken;           /* files that are not Python in some place: scanned as far as they are understood */
	size_t suppressed;       /* findings hidden by comments */
	size_t known;            /* findings that are not new */
	size_t untouched;        /* findings in lines that have not changed */
};

/*
 * Called in the order of the entries, by the thread that asked for the scan, for each file with findings. They may be
 * taken, which leaves an empty list.
 */
typedef void (*scan_file_fn)(void *data, size_t entry, const char *path, struct finding_list *findings);

/*
 * Scans all entries of a target, until there is enough or an interrupt that is watched (base/interrupt.h). What goes
 * wrong with a file is complained of (base/error.h) with its path, in the same order, and the scan goes on.
 */
void scan_target(struct target *target, const struct matcher *matcher, const struct scan_options *options,
		 scan_file_fn each, void *data, struct scan_counts *counts);

/*
 * Scans the bytes of one file (taken; malloc'd, NUL behind). Findings are added, sorted, those that comments
 * hide counted, and taken out unless they are to be kept. -1 when it could not be scanned to the end; *facts are filled in any case.
 */
int scan_bytes(const struct matcher *matcher, struct regex_worker *worker, const struct scan_options *options,
	       char *bytes, size_t len, struct finding_list *findings, struct scan_facts *facts, struct error *err);

#endif
