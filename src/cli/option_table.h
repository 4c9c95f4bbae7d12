/* SPDX-License-Identifier: MIT
 *
 * The option table. A row is all there is to know of an option.
 */
#ifndef ASYNCGREP_OPTION_TABLE_H
#define ASYNCGREP_OPTION_TABLE_H

#include "base/common.h"

/* What an option does to its field. */
enum option_type {
	OPTION_ACTION,  /* no field, no argument: sets the action or the target */
	OPTION_FLAG,    /* bool */
	OPTION_SET,     /* enum: becomes `value`; another option may not have set it */
	OPTION_CHOICE,  /* int: which of the words of `choice` the argument is */
	OPTION_NUMBER,  /* unsigned: 1 to `value`; with OPTION_ZERO from 0 */
	OPTION_STRING,  /* char *: the argument; the last one counts */
	OPTION_STRINGS, /* struct option_list: all arguments */
	OPTION_WORDS,   /* char *: all arguments, which are lists, joined by commas */
};

enum option_flags {
	OPTION_NEGATABLE = 1 << 0, /* --no-NAME undoes it (or NAME, where it is called no-NAME) */
	OPTION_RARE = 1 << 1,      /* in --help, not in -h */
	OPTION_HIDDEN = 1 << 2,    /* in neither */
	OPTION_ENDS = 1 << 3,      /* what comes after it is not looked at */
	OPTION_PATHS = 1 << 4,     /* an action that takes paths too */
	OPTION_OPTIONAL = 1 << 5,  /* its argument may be missing, which is as if it were empty; "[NAME]" in `argument` */
	OPTION_GREP = 1 << 6,      /* as git grep has it: -h names these together, in one line */
	OPTION_ZERO = 1 << 7,      /* 0 is allowed */
	OPTION_IN_FILE = 1 << 8,   /* may stand in the configuration file, under its long name */
	OPTION_WORKTREE = 1 << 9,  /* about the working tree: in the file it means nothing where other things are scanned */
	OPTION_NO_REGEXP = 1 << 10, /* about rules: in the file it means nothing beside -e */
	OPTION_NO_HISTORY = 1 << 11, /* in the file it means nothing beside --history */
};

enum option_group {
	OPTION_GROUP_TARGET,
	OPTION_GROUP_RULES,
	OPTION_GROUP_OUTPUT,
	OPTION_GROUP_HOOKS,
	OPTION_GROUP_GENERAL,
	OPTION_GROUP_NR,
};
extern const char *const option_group_titles[OPTION_GROUP_NR];

/* What can stand for an argument that is no word of `choice`; see cli/complete.h. */
enum option_complete {
	COMPLETE_NOTHING,
	COMPLETE_FILE,
	COMPLETE_REVISION,
	COMPLETE_RULE,    /* a code, a name, another tool's code */
	COMPLETE_RULES,   /* a list of these, with profiles */
	COMPLETE_CONTEXT,
	COMPLETE_REMOTE,
};

struct option {
	char short_name;        /* or 0 */
	uint8_t type, group;    /* enum option_type, enum option_group */
	uint16_t flags;         /* enum option_flags */
	uint8_t complete;       /* enum option_complete, of its argument */
	const char *long_name;  /* or NULL */
	const char *argument;   /* what it is called in the help; NULL: it takes none */
	const char *help;       /* half a line, for -h; NULL: the words of `choice` */
	const char *long_help;  /* whole sentences; paragraphs are split at \n */
	const char *unset;      /* with OPTION_IN_FILE: what holds where it has no value, if that is possible */
	size_t field;           /* offset in struct options */
	int value;              /* of OPTION_SET, OPTION_NUMBER; of a negated OPTION_CHOICE */
	int action;             /* enum options_action that it asks for, or ACTION_SCAN */
	int target;             /* enum target_kind that it asks for, or TARGET_WORKTREE */
	const char *(*choice)(size_t index); /* the words of OPTION_CHOICE; NULL behind the last */
};

extern const struct option option_table[];
extern const size_t option_table_nr; /* at most OPTIONS_MAX */

/* The option of a long name (without --), or of one that undoes it: *negated then. NULL: there is none. */
const struct option *option_find(const char *name, size_t len, bool *negated);
const struct option *option_find_short(char name);
/* The option that a beginning of a long name, or a slip, is nearest to, with its dashes; malloc'd; NULL: none. */
char *option_nearest(const char *name);
/* An option of the table as most would type it, by its long name: "-l", "--format"; malloc'd. */
char *option_typed_name(const char *long_name);

/* A field of struct options by a row's offset. */
#define OPTION_FIELD(type, options, option) ((type *)(void *)((char *)(options) + (option)->field))

#endif
