/* SPDX-License-Identifier: MIT
 *
 * What the user gets: findings in one of several formats. A format is a struct
 * of functions, in a file of its own (report_<name>.c), and one line in the
 * table of report.c; nothing else knows it.
 *
 *	struct report report;
 *
 *	report_begin(&report, format, &options, stdout);
 *	report_file(&report, path, &findings);   // once a file, in path order
 *	report_end(&report, true);
 *
 * Not thread-safe: files are reported by one thread, in order.
 */
#ifndef ASYNCGREP_REPORT_H
#define ASYNCGREP_REPORT_H

#include "base/common.h"
#include "base/strbuf.h"

struct finding_list;
struct report;
struct ruleset;

/* WHEN of --color and of --hyperlink. */
enum color_when {
	COLOR_AUTO,
	COLOR_ALWAYS,
	COLOR_NEVER,
};

struct report_options {
	bool color;
	bool hyperlink;              /* where the format has links for terminals (OSC 8) */
	bool nul;                    /* -z, where the format has it: a NUL behind paths, which are given as they are */
	unsigned width;              /* cells of the terminal, or 0: not known */
	const struct ruleset *rules; /* those that were run are the selected ones; NULL: nothing is said of them */
};

/* What a format wants of those who hand it findings. */
enum report_needs {
	REPORT_FULL_PATH = 1 << 0,    /* paths from the top of the repository, not as a user would type them */
	REPORT_IDENTITY = 1 << 1,     /* findings with their identity (scan/fingerprint.h) */
	REPORT_SUPPRESSED = 1 << 2,   /* it can say that a finding is suppressed; others leave these out */
};

struct report_format {
	const char *name; /* as --format has it */
	const char *help; /* what it is, for --help: a few words */
	bool lines;       /* it shows the lines that a finding list has */
	bool nul;         /* its paths are for programs, too: it obeys report_options.nul */
	bool totals;      /* it has nothing to show before its end */
	unsigned needs;   /* enum report_needs */
	/* Each appends to report->text. begin and end may be NULL. */
	void (*begin)(struct report *report);
	void (*file)(struct report *report, const char *path, const struct finding_list *findings);
	void (*end)(struct report *report, bool complete);
};

struct report {
	const struct report_format *format;
	struct report_options options;
	FILE *out;          /* NULL: everything stays in text */
	struct strbuf text; /* what is not yet written */
	void *data;         /* private to the format, which frees it in end */
};

/* The format of a name, or NULL. */
const struct report_format *report_format_find(const char *name);
/* The format at a place of the table (from 0), or NULL behind the last. */
const struct report_format *report_format_at(size_t index);

/* Does a person look at `out`, a terminal or git's pager? Not where TERM is "dumb": there an editor reads. */
bool report_on_terminal(FILE *out);
/* Does what is written to `out` have colours? NO_COLOR and CLICOLOR_FORCE decide for COLOR_AUTO. */
bool report_wants_color(enum color_when when, FILE *out);
/* Does it have links? For COLOR_AUTO: if it is a terminal that is known to have them. */
bool report_wants_hyperlinks(enum color_when when, FILE *out);
/* Cells of the terminal that `out` is, or 0. */
unsigned report_terminal_width(FILE *out);

/* format, what options point to, and out are borrowed until report_end. */
void report_begin(struct report *report, const struct report_format *format,
		  const struct report_options *options, FILE *out);
/*
 * The path's bytes may be anything; the same path may come again, with another version of
 * it. Returns -1, with errno set, when `out` cannot be written to any more.
 */
int report_file(struct report *report, const char *path, const struct finding_list *findings);
/*
 * Ends the report and flushes `out`; releases all but the text of a report without `out`. complete: all that was
 * asked for was scanned. -1 as above.
 */
int report_end(struct report *report, bool complete);
/* Frees the text of a report without `out`. */
void report_release(struct report *report);

#endif
