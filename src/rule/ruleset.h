/* SPDX-License-Identifier: MIT
 *
 * The rules that are loaded, and what they are built of: definitions, kinds,
 * contexts, profiles. Filled from the embedded rule files and those a user
 * names, compiled as a whole (files may refer to each other in any order), then
 * read-only.
 */
#ifndef ASYNCGREP_RULESET_H
#define ASYNCGREP_RULESET_H

#include "base/arena.h"
#include "base/common.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "rule/rule.h"
#include "rule/test.h"


struct ruleset {
	struct arena arena;
	struct rule **rules;   /* in the order of loading */
	size_t nr, alloc;
	struct kind **kinds;
	size_t nr_kinds, alloc_kinds;
	struct definition **definitions; /* private to the loader */
	size_t nr_definitions, alloc_definitions;
	struct profile **profiles;       /* private to selection */
	size_t nr_profiles, alloc_profiles;
	const char *captures[MAX_CAPTURES];
	int nr_captures;
	struct nameset **namesets;       /* all, to be released */
	size_t nr_namesets, alloc_namesets;
	struct regex **regexes;          /* all, to be freed */
	size_t nr_regexes, alloc_regexes;
	struct context *contexts[3];     /* any, function, async */
	bool compiled;                   /* ruleset_compile was called */
	struct strbuf added;             /* all that was added to what is built in, one behind the other */
};

void ruleset_init(struct ruleset *set);
void ruleset_release(struct ruleset *set);

/*
 * Reads one rule file. The text is copied. On a document that is wrong in form: -1 with
 * "FILE:LINE:COLUMN: message"; nothing of the file is taken then.
 */
int ruleset_add(struct ruleset *set, const char *file, const char *data, size_t len, bool builtin,
		struct error *err);
/*
 * The files that are embedded in the binary; without their samples, which are the larger part of
 * them and stand last in each, where nobody asks for these.
 */
int ruleset_add_builtin(struct ruleset *set, bool samples, struct error *err);
/*
 * A rule file, or a folder: every *.yaml and *.yml below it, in the order of names. Complains of each that is wrong, and,
 * unless links is set, of those that are symbolic links.
 */
int ruleset_add_path(struct ruleset *set, const char *path, bool links, struct error *err);
/* Would ruleset_add_path take a file of this path below a folder? */
bool ruleset_is_rule_path(const char *path);
/*
 * Adds names to a list that is there already: target is the code or the name of a rule with `calls`, or the `$name`
 * of a definition with `names`; names is a name or a list of them. After the last add and before compiling; both
 * nodes have to live as long as the rule set. -1 with "FILE:LINE:COLUMN: message" where there is no such list.
 */
int ruleset_extend(struct ruleset *set, const struct yaml_node *target, const struct yaml_node *names,
		   struct error *err);
/*
 * Compiles what was read. A rule that is wrong is complained of (complain()) and left
 * out. Call once, after the last add. To be followed by ruleset_select.
 */
void ruleset_compile(struct ruleset *set);

/*
 * Selects rules: `select` and `ignore` are lists of codes, prefixes of codes, rule names,
 * profiles and aliases, separated by commas or blanks; NULL: what is on by default; nothing. An
 * item that names nothing: -1, with the nearest name in the message. Rules about suppressions are a policy of
 * their own: neither a prefix nor "all" names them.
 */
int ruleset_select(struct ruleset *set, const char *select, const char *ignore, struct error *err);

/* Sets the marks, by rule index, of the rules that such a list names. -1 as above. */
int ruleset_mark(struct ruleset *set, const char *list, bool *marks, struct error *err);
/* Does an item of such a list name anything? -1: no, with the nearest name in the message. */
int ruleset_check_item(struct ruleset *set, const char *item, struct error *err);
/* Gives the rules that an item names another severity. -1 as above. */
int ruleset_set_severity(struct ruleset *set, const char *item, enum severity severity, struct error *err);
/* Selects the rules that look for such suppressions, too; after ruleset_select. */
void ruleset_select_about(struct ruleset *set, enum rule_suppressions suppressions);

/*
 * Adds a text that is the same for two rule sets of the same program only if they find the same: what was added to them, and
 * which rules are selected. Severities are no part of it.
 */
void ruleset_describe(const struct ruleset *set, struct strbuf *out);

/* A rule by its code or name, or NULL. */
struct rule *ruleset_find(const struct ruleset *set, const char *code_or_name);
/* A context by name ("any", "function", "async", or a defined one), or NULL. */
const struct context *ruleset_context(struct ruleset *set, const char *name, struct error *err);
/* Adds a one-off rule for a pattern given on the command line; selected at once. number: from 1, part of its code. */
int ruleset_add_pattern(struct ruleset *set, const char *pattern, const struct context *context,
			unsigned number, struct error *err);

#endif
