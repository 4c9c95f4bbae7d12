/* SPDX-License-Identifier: MIT
 *
 * The command line. One table (option_table) says all there is to know of
 * each option; the parser, -h, --help, the options part of the man page
 * (options_help.h), completions, the configuration file and its schema are made
 * from it. To add an option: a field here, a row in option_table.c.
 */
#ifndef ASYNCGREP_OPTIONS_H
#define ASYNCGREP_OPTIONS_H

#include "base/common.h"
#include "base/error.h"
#include "report/report.h"
#include "target/target.h"

/* What the program is asked to do. */
enum options_action {
	ACTION_SCAN,
	ACTION_LIST_FILES,    /* --files: what would be scanned */
	ACTION_LIST_RULES,
	ACTION_EXPLAIN,       /* the rule `explain` */
	ACTION_SHOW_CONFIG,   /* what holds for a scan with these options */
	ACTION_TEST_PATTERNS, /* of the rule files in target.paths; none: of all rules that are loaded */
	ACTION_DUMP,          /* `dump`, for every file that would be scanned */
	ACTION_CLEAR_CACHE,
	ACTION_INSTALL_HOOK,  /* with the options that are given */
	ACTION_UNINSTALL_HOOK,
	ACTION_HELP_SHORT,    /* -h: one screen */
	ACTION_HELP,
	ACTION_COMPLETIONS,   /* for `shell` */
	ACTION_COMPLETE,      /* the last word behind it, for these */
	ACTION_MAN_OPTIONS,   /* the options part of the man page, for its author */
	ACTION_CONFIG_SCHEMA, /* the JSON Schema of the configuration file, likewise */
	ACTION_VERSION,
};

enum options_dump {
	DUMP_CODE,
	DUMP_BLOCKS,
	DUMP_OUTLINE,
	DUMP_NAMES,
	DUMP_REACH,
};

/* What is printed of the files instead of their findings. */
enum options_listing {
	LISTING_NONE,
	LISTING_WITH,    /* paths of those that have findings */
	LISTING_WITHOUT, /* … that have none */
	LISTING_COUNT,   /* path and number of those that have some */
	LISTING_STATISTICS, /* not of files: of rules and of folders, how many */
};

/* --fail-on: the least enum severity that makes the exit status 1, or */
#define FAIL_ON_NEVER ((int)SEVERITY_ERROR + 1)

/* Of numbers that may be 0. */
#define NOT_GIVEN UINT_MAX

/* As many rows as the table may have. */
#define OPTIONS_MAX 128

/* Words that were given, in order; items is owned. */
struct option_list {
	char **items;
	size_t nr, alloc;
};

/* Const once parsed. A string that was not given is NULL. */
struct options {
	enum options_action action;
	struct target_options target;

	char *select, *ignore;             /* codes, prefixes, names, profiles, aliases, between commas */
	struct option_list patterns;       /* rule files and folders of them */
	struct option_list expressions;    /* each -e */
	char *in;                          /* the context for these: its name; NULL: the default */
	char *explain;
	bool no_suppress;
	char *trusted_config;              /* the revision whose configuration counts; NULL: that of what is scanned */
	char *config;                      /* the configuration file; NULL: the usual one, or none if options_given() */
	bool report_unused, require_reason; /* of suppressions */
	bool add_ignores;                  /* write suppressions into the files … */
	char *reason, *until;              /* … with this reason, and this as their last day */
	char *since;                       /* only findings that this revision does not have */
	bool changed_lines;                /* … or that are in changed lines */
	char *baseline, *write_baseline;   /* files of known findings */
	bool prune_baseline;
	bool why;                          /* --files: what is left out, too */

	int format;                        /* for report_format_at, or -1: by what standard output is */
	char *output;                      /* the file for the main report; NULL: standard output */
	struct option_list reports;        /* each FORMAT:FILE beside it */
	bool show_suppressed;
	int color, hyperlink, pager;       /* enum color_when */
	int fail_on;                       /* a finding of at least this enum severity; or FAIL_ON_NEVER */
	bool quiet, verbose;
	unsigned before, after;            /* lines around findings, or NOT_GIVEN */
	unsigned around;                   /* -C: what these two are unless they are given; likewise */
	bool whole_function;
	int listing;                       /* enum options_listing */
	unsigned max_count;                /* findings of a file that are printed; 0: all */
	bool nul;                          /* -z */
	unsigned jobs;                     /* threads, or 0: as many as there are processors */
	bool no_cache;
	char *cache_dir;                   /* NULL: in the git directory */
	int dump;                          /* enum options_dump */
	int shell;                         /* for completions_shell */

	char *const *words;                /* the command line, without the name of the program; main's */
	int nr_words;
	char *const *rest;                 /* of these the ones behind an option that ends them */
	size_t nr_rest;

	/* Private. */
	struct option_list paths;          /* what target.paths is */
	char *stdin_name, *rev, *pre_push, *history;
	uint64_t given[OPTIONS_MAX / 64];  /* rows of the table that were used, a bit each */
};

/*
 * Parses the arguments of main. Options and paths may be mixed; `--` ends the options.
 * -1: the request is wrong; the message says how, and names the nearest option. After
 * -h, --help or --version nothing more is looked at. options_release is allowed
 * in every case.
 */
int options_parse(struct options *options, int argc, char *const *argv, struct error *err);
void options_release(struct options *options);

struct option;
/*
 * Gives an option a value that comes from elsewhere than the command line: a word of its list, where it takes
 * several. value is NULL for a flag. -1: the option does not take it; the message calls the option by its long name.
 */
int options_set(struct options *options, const struct option *option, const char *value, bool negated,
		struct error *err);

/* Was an option given, by its long name, on the command line? */
bool options_given(const struct options *options, const char *long_name);
bool options_row_given(const struct options *options, size_t row);
/* Is it in force: given, and not undone or left at what it is without? */
bool options_on(const struct options *options, const char *long_name);

#endif
