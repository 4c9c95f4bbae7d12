/* SPDX-License-Identifier: MIT
 *
 * What the program does for each action of the command line. Each function
 * prints to standard output, complains of what goes wrong (base/error.h) and
 * returns the exit status that follows from what was found; main adds 2 for
 * complaints.
 */
#ifndef ASYNCGREP_COMMAND_H
#define ASYNCGREP_COMMAND_H

#include "cli/settings.h"
#include "cli/options.h"
#include "rule/ruleset.h"

struct filters; /* cli/filters.h */

/* Listed in the man page. */
enum exit_status {
	EXIT_CLEAN = 0,
	EXIT_FINDINGS = 1,
	EXIT_TROUBLE = 2, /* the request was wrong, or the scan is incomplete */
	EXIT_INTERRUPTED = 130, /* by Ctrl-C: what is reported is what there was until then */
};

/*
 * Loads and selects the rules that the options and the configuration ask for, into a set that has the built-in ones already
 * (ruleset_add_builtin). -1: the request was wrong.
 */
int command_load_rules(const struct options *options, struct settings *settings, struct ruleset *set,
		       struct error *err);

/* Opens what is to be scanned, and narrows it down to what is new. Both are to be closed in every case. */
int command_open_target(const struct options *options, struct target *target, struct filters *filters,
			struct error *err);

/* Each set has the built-in rules already. */
enum exit_status command_scan(const struct options *options, struct settings *settings, struct ruleset *set);
enum exit_status command_list_rules(const struct options *options, struct settings *settings, struct ruleset *set);
enum exit_status command_explain(const struct options *options, struct settings *settings, struct ruleset *set);
enum exit_status command_show_config(const struct options *options, struct settings *settings, struct ruleset *set);
/* Do these three have to answer in JSON? A format that a configuration names is meant for findings. */
bool command_wants_json(const struct options *options);

enum exit_status command_clear_cache(const struct options *options);
enum exit_status command_list_files(const struct options *options);
enum exit_status command_test_patterns(const struct options *options);
enum exit_status command_dump(const struct options *options);
enum exit_status command_install_hook(const struct options *options);
enum exit_status command_uninstall_hook(const struct options *options);

#endif
