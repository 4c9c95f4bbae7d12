/* SPDX-License-Identifier: MIT
 *
 * Inside the loading of rules: what the files that make rules of YAML share.
 * Everything here allocates in the rule set's arena; an error is noted with
 * file, line and column, and -1 or NULL returned.
 */
#ifndef ASYNCGREP_LOADER_H
#define ASYNCGREP_LOADER_H

#include "rule/ruleset.h"
#include "rule/yaml.h"

/* A `define:` document: a named list of names, a named test, or a context. */
struct definition {
	const char *name;
	struct yaml_node *document;
	const struct yaml_node *extension; /* more names for `names`, or NULL */
	enum { DEFINITION_UNREAD, DEFINITION_BUSY, DEFINITION_DONE, DEFINITION_BAD } state;
	struct nameset *names;
	struct test *test;
	struct context *context;
};

/* A `profile:` document. */
struct profile {
	const char *name;
	bool by_default;
	const struct yaml_node *source;
	struct yaml_node *includes; /* names of profiles, or NULL */
	bool marked;                /* by the selection that is going on */
};

/* Keys a mapping may have; ends with NULL. An unknown one is an error that names the nearest. */
int loader_check_keys(const struct yaml_node *mapping, const char *const *known, struct error *err);

/* Notes "unknown WHAT 'WORD'" at a node, with the nearest word where there is one (or NULL); always -1. */
int loader_unknown(const struct yaml_node *node, const char *what, const char *word, const char *nearest,
		   struct error *err);
/* The place of a scalar in a list of words that ends with NULL; -1 with an error that names the nearest. */
int loader_word(const struct yaml_node *node, const char *const *words, const char *what, struct error *err);

/* Notes that a word is no test, and what may have been meant: one of the literals, a kind, a definition; always -1. */
int loader_no_test(const struct ruleset *set, const struct yaml_node *node, const char *const *literals,
		   struct error *err);
/* Is each of the names of a key one word? */
int loader_check_single_words(const struct yaml_node *node, const struct nameset *names, struct error *err);

/* Hands a set of names in the arena over to the rule set, which releases it. Returns it. */
struct nameset *loader_own_names(struct ruleset *set, struct nameset *names);
/* `names`, `[a, b]`, `$set`, or a mix. */
struct nameset *loader_names(struct ruleset *set, const struct yaml_node *node, struct error *err);
/* The same, and the names of an extension beside them, which loader_check_extension found right; or NULL. */
struct nameset *loader_extended_names(struct ruleset *set, const struct yaml_node *node,
				      const struct yaml_node *extension, struct error *err);
/* Can these names be added to others: a name or a list of such, and no set? */
int loader_check_extension(const struct yaml_node *names, struct error *err);

/* For ruleset_describe: what was added to the built-in rules, in order; text, or names for a target. */
void loader_note_text(struct ruleset *set, const char *ptr, size_t len);
void loader_note_names(struct ruleset *set, const struct yaml_node *target, const struct yaml_node *names);
struct test *loader_test(struct ruleset *set, const struct yaml_node *node, struct error *err);
/* A capture by name, made when it is new; -1 with an error when the name is no word or there are too many. */
int loader_capture(struct ruleset *set, const struct yaml_node *node, struct error *err);
struct regex *loader_regex(struct ruleset *set, const struct yaml_node *node, bool anchored, struct error *err);
/* The captures of a pattern's named groups, by group; -1 for the others. */
int *loader_group_captures(struct ruleset *set, const struct regex *regex, const struct yaml_node *node,
			   struct error *err);
struct window_pattern *loader_window_pattern(struct ruleset *set, const struct yaml_node *mapping, struct error *err);
struct kind *loader_kind(struct ruleset *set, const struct yaml_node *node, struct error *err);
struct rule *loader_rule(struct ruleset *set, const struct yaml_node *node, struct error *err);
const struct context *loader_context(struct ruleset *set, const struct yaml_node *node, struct error *err);

/* A definition by name, compiled; NULL with an error at the node if there is none or it is wrong. */
struct definition *loader_definition(struct ruleset *set, const struct yaml_node *node, const char *name,
				     struct error *err);

/* The documents' compilers. */
int loader_compile_rule(struct ruleset *set, struct rule *rule, struct error *err);
int loader_compile_kind(struct ruleset *set, struct kind *kind, struct error *err);
struct context *loader_compile_context(struct ruleset *set, const char *name, const struct yaml_node *node,
				       struct error *err);
/* An optional value of a mapping: 0 and NULL (false) where the key is not there. */
int loader_optional_names(struct ruleset *set, const struct yaml_node *mapping, const char *key,
			  struct nameset **names, struct error *err);
int loader_optional_test(struct ruleset *set, const struct yaml_node *mapping, const char *key, struct test **test,
			 struct error *err);
int loader_optional_bool(const struct yaml_node *mapping, const char *key, bool *flag, struct error *err);

/*
 * When all rules are compiled: does a message (or NULL) misspell a capture? Braces around what is near to none are
 * braces.
 */
int loader_check_text(struct ruleset *set, const struct yaml_node *text, struct error *err);
/* When all rules are compiled: is the rule that a loop in `then` is like one that follows control? */
int loader_check_loop(const struct rule *rule, struct error *err);
/* When all profiles are read: are those that one includes there? */
int loader_check_profile(struct ruleset *set, const struct profile *profile, struct error *err);
/* Works out where a rule can start, when all rules are compiled. */
void loader_find_triggers(struct ruleset *set, struct rule *rule);

#endif
