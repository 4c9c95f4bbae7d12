/* SPDX-License-Identifier: MIT
 *
 * The configuration file, .asyncgrep.yaml: options under their long names, and
 * what has no option: rule files, severities, more names for lists of rules,
 * rules by path. Options on the command line go before it.
 *
 *	settings_load          finds and reads it, and gives the options their values
 *	settings_extend_rules  before the rule set is compiled
 *	settings_adjust_rules  after that
 *	settings_select_by_path  when rules are selected
 *
 * A file that is wrong in any place is refused as a whole, with
 * "FILE:LINE:COLUMN: message".
 */
#ifndef ASYNCGREP_SETTINGS_H
#define ASYNCGREP_SETTINGS_H

#include "base/arena.h"
#include "cli/settings_source.h"
#include "cli/options.h"
#include "rule/ruleset.h"

/* The keys that are no options. */
enum settings_key {
	SETTINGS_PATTERNS,
	SETTINGS_PER_PATH,
	SETTINGS_SEVERITY,
	SETTINGS_EXTEND,
	SETTINGS_KEY_NR,
};

struct path_rules;
struct yaml_node;

/* Invariant: zeroes are a configuration that says nothing. */
struct settings {
	struct settings_source source;
	bool found;                                   /* there is a file: source.name */
	struct arena arena;                           /* what the nodes lie in */
	const struct yaml_node *options[OPTIONS_MAX]; /* by row of the option table: the value, or NULL */
	const struct yaml_node *keys[SETTINGS_KEY_NR];  /* likewise */
	struct path_rules *path_rules;                /* NULL: the same rules run everywhere */
};

/*
 * The options have to be parsed; settings and options have to live equally long. Where there is no file, all stays as it
 * is. settings_release is allowed in every case.
 */
int settings_load(struct settings *settings, struct options *options, struct error *err);
/*
 * The parser alone: file is the name for messages. Options of which it does not count what the file says keep their
 * values. -1: the file is wrong, and the settings say nothing.
 */
int settings_parse(struct settings *settings, struct options *options, const char *file, const char *data, size_t len,
		 struct error *err);
/* Why it does not count what the file says of an option of the table, static; NULL: it does. */
const char *settings_unused_because(const struct options *options, size_t row);
/* The same of the rules that the file selects by path. */
const char *settings_paths_unused_because(const struct options *options);
/* Does the file add rules, or names to the lists of others? */
bool settings_have_rules(const struct settings *settings);
/* Adds them. */
int settings_extend_rules(struct settings *settings, struct ruleset *set, struct error *err);
/*
 * Makes path_rules, where it is not the same rules that run everywhere. After ruleset_select; what runs anywhere is
 * selected then.
 */
int settings_select_by_path(struct settings *settings, const struct options *options, struct ruleset *set,
			    struct error *err);
/* Is each word of a list, which was checked, the name of some rule? */
int settings_check_items(const struct yaml_node *list, struct ruleset *set, struct error *err);
/* Sets severities, and finds out whether all rules that are spoken of are there. */
int settings_adjust_rules(const struct settings *settings, struct ruleset *set, struct error *err);
void settings_release(struct settings *settings);

/* What a key is called; static. */
extern const char *const settings_key_names[SETTINGS_KEY_NR];

#endif
