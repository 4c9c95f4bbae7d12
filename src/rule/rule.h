/* SPDX-License-Identifier: MIT
 *
 * A rule, compiled: what the matcher works with. Read-only and shared by all
 * threads once the rule set is loaded. Rules come from rule files (rulefile.h);
 * no C code knows one.
 */
#ifndef ASYNCGREP_RULE_H
#define ASYNCGREP_RULE_H

#include "base/common.h"
#include "rule/nameset.h"

struct test;
struct regex;
struct yaml_node;

enum severity { SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR };

/* "info", "warning", "error"; static. */
const char *severity_name(enum severity severity);
/* The reverse; false for other words. */
bool severity_parse(const char *word, enum severity *severity);

/* What the function around a match must be. */
struct context {
	const char *name;      /* "any", "function", "async", or that of a define: document */
	enum context_kind {
		CONTEXT_ANY,      /* anywhere */
		CONTEXT_FUNCTION, /* in a def or async def, also in a lambda or class in there */
		CONTEXT_ASYNC,    /* the nearest function is an async def; not in a lambda */
		CONTEXT_SYNC,     /* the nearest function is a def; not in a lambda */
	} kind;
	struct nameset *function_name; /* and it is called so, or NULL */
	/* And it stands directly in the body of a class (NULL or false all three: no matter) that … */
	bool class_holds_async;        /* … directly holds an async def, */
	struct nameset *class_name;    /* or is called so, */
	struct test *class_base;       /* or has a base (no keyword) that is so. */
};

/* The loop around a match: `for TARGET in OVER:` with the match in its body. */
struct loop_clause {
	int target;         /* capture: the loop's target is this name */
	struct test *over;  /* the iterable satisfies this */
	int group;          /* capture: … and what the loop's body adds the target to is another alternative for it */
	struct nameset *adders; /* the methods that add */
};

/* What has to be found after the match for it to be a finding. */
struct then {
	int keep;             /* capture that must not be reassigned on the way, or -1 */
	struct test *reach;   /* an expression that control can reach satisfies this, or NULL */
	bool outside_loop;    /* only expressions outside of the loop clause's loop */
	/* Or a loop `for u in OVER:` whose body reaches, from its start, what rule `like` looks for with `as` = u. */
	struct test *loop_over;
	struct rule *loop_like;
	int loop_as;
	struct test *unless;  /* the expression found may not satisfy this, or NULL */
	/* For a rule with a pattern: a second pattern, in a window. */
	struct window_pattern *pattern;
};

/* A pattern looked for in a window (see man page asyncgrep-patterns(5)). */
struct window_pattern {
	enum window {
		WINDOW_MATCH,      /* the source of the expression itself */
		WINDOW_STATEMENT,
		WINDOW_BLOCK,      /* the statements of the block that holds the match */
		WINDOW_AFTER,      /* from the end of the match to the end of the function */
		WINDOW_BETWEEN,    /* from the end of the match to the start of what `then` found */
		WINDOW_ENCLOSING,  /* the headers around it, out to the function's */
		WINDOW_FUNCTION,
		WINDOW_CLASS,
		WINDOW_FINALLY,    /* the finally blocks of the function */
		WINDOW_FILE,
	} window;
	struct regex *regex;   /* NULL when the pattern names captures: */
	const char *pattern;   /* then `{T}` in it stands for the text of a capture, and it is compiled when it is needed */
	size_t pattern_len;
};

/*
 * What a file has to hold for a test to be true anywhere in it: one of these names in its code, or a division by text. A
 * dotted name is there when its first part is imported or stands before a dot, and its last part is a word after that or
 * is imported; of other names the word is, which may have a star at an end.
 */
struct evidence {
	struct nameset *names;
	bool division; /* X / "text" does as well */
};

/* A call that may start a rule. */
struct rule_trigger {
	const char *name;                 /* its last part */
	bool resolved;                    /* what is called has to be a dotted name that resolves; else: a method */
	const struct evidence *evidence;  /* has to be in the file, or NULL: nothing is known */
};

struct rule {
	const char *code, *name, *profile, *message, *help;
	const char *note;            /* about the second place, or NULL */
	const char *url;             /* where it is explained, or NULL: the page of a built-in rule is made from its code */
	enum severity severity;
	const char *const *aliases;
	size_t nr_aliases;
	const struct context *context;
	struct test *find;           /* NULL for a rule with a pattern, or about suppressions */
	struct regex *pattern;       /* or NULL */
	/* A rule about the comments that suppress findings, instead of code (scan/judge.h). */
	enum rule_suppressions {
		SUPPRESSIONS_NONE,
		SUPPRESSIONS_UNUSED,
		SUPPRESSIONS_UNEXPLAINED,
	} suppressions;
	int *pattern_captures;       /* by group: its capture, or -1 */
	struct test *stored_in;      /* the match is directly assigned to a target that satisfies this, or NULL */
	struct loop_clause *loop;    /* or NULL */
	struct test *function;       /* a parameter of the function around satisfies this, or NULL */
	struct test *unless;         /* or NULL */
	struct then *then;           /* or NULL */
	/*
	 * Where the rule can match at all: calls whose last part is one of these names. has_triggers is false
	 * when any call may do, or for a rule with a pattern.
	 */
	bool has_triggers;
	struct rule_trigger *triggers;
	size_t nr_triggers, alloc_triggers;
	const struct yaml_node *samples; /* the document with `bad` and `good`, or NULL */
	const struct yaml_node *source;  /* the document itself: for messages and --explain */
	const struct yaml_node *extension; /* more names for `calls`, or NULL */
	bool selected;
	bool builtin;
	unsigned index;              /* in the rule set */
};

#endif
