/* SPDX-License-Identifier: MIT
 *
 * Tests of expressions: what rule files say with `find:`, `unless:` and their
 * like, compiled. asyncgrep-patterns(5) is the manual of the vocabulary; here
 * stands what each word became. scan/evaluate.h asks them.
 */
#ifndef ASYNCGREP_TEST_H
#define ASYNCGREP_TEST_H

#include "base/common.h"
#include "rule/nameset.h"

struct kind;
struct rule;
struct test;
struct window_pattern;

/* Captures are numbered for the whole rule set. */
#define MAX_CAPTURES 32

enum condition_kind {
	/* What the expression is. */
	IS_CALL,         /* call: names       it is a call that resolves to one */
	IS_METHOD,       /* method: names     it is a call X.name(…) */
	IS_ON,           /* on: test          of a method call or attribute: X is so */
	IS_CALLEE,       /* callee: test      it is a call of what is so */
	IS_RESOLVED,     /* resolves: names   it is a name that resolves to one */
	IS_IMPORTED,     /* imported: {…}     it is a name that an import gave its meaning */
	IS_NAMED,        /* name: names       it is a bare name, spelled so */
	IS_LAST,         /* last: names       it is a name or attribute whose last part is one */
	IS_PLACE,        /* place: true       it is a dotted name or a subscript of one */
	IS_LOCAL,        /* local: true       it is a bare name that the function around binds */
	IS_SAME,         /* T                 it is the same expression as the capture */
	IS_LITERAL,      /* literal: none … */
	IS_KIND,         /* is: kind          it is known to be of that kind */
	IS_NOT_KIND,     /* is-not: kind      it is not known to be of that kind */
	IS_AWAIT,        /* awaits: test      it is `await X` and X is so */
	IS_IN,           /* in: test          it is `X in Y` and Y is so */
	IS_ITEM,         /* item: test        … and X is so */
	IS_CONTAINING,   /* contains: test    it or a part of it (lambdas apart) is so */
	IS_CONJUNCT,     /* conjunct: test    it, or a part of the `and` it is, is so */
	IS_UNWRAPPED,    /* unwrapped: {…}    taken out of list(…), x.copy() and the like, it is so */
	IS_ANNOTATION,   /* annotated: test   it is a parameter with such an annotation */
	/* Its arguments, where it is a call. */
	HAS_COUNT,       /* args: {count: n} */
	HAS_POSITIONAL,  /* args: {positional: n} */
	HAS_ARG,         /* arg: {0|name|**: test} */
	HAS_FIRST_ARG,   /* first-arg: test   the first one, positional or not */
	HAS_SOME_ARG,    /* some-arg: test */
	HAS_OPENED_ARG,  /* opened-arg: test  some argument, or element of a list, tuple or set display there */
	HAS_STAR_ARG,    /* star-arg: test    some *X, and X is so */
	/* What is done with it. */
	ROLE_AWAITED,
	ROLE_STATEMENT,  /* statement: true   it is a whole expression statement */
	ROLE_GROUP,      /* group: test       the outermost display or comprehension it is an element of, or itself */
	ROLE_ARGUMENT,   /* argument-of: test */
	ROLE_LAMBDA_BODY, /* lambda-body: test  it is the whole body of a lambda that is so */
	ROLE_ASSIGNED,   /* assigned-to: test  it is the value of an assignment all of whose targets are so */
	ROLE_ENTERED,    /* entered: sync|async|any   a context expression of a `with` */
	ROLE_ITERATED,   /* iterated: sync|async|any  the iterable of a `for` */
	/* What is around it. */
	INSIDE_WITH,     /* inside-with: test  in the body of a `with` in the same function, an item of which is so */
	DIRECTLY_IN_WITH, /* directly-in-with: test  its statement stands in the body of a (sync) `with` */
	INSIDE_IF,       /* inside-if: test    in the body of an if or elif whose test is so */
	IN_FINALLY,      /* finally: test      a finally block of the function holds an expression that is so */
	IS_PARAMETER,    /* parameter: test    a name that is a parameter of the function, which is so */
	/* What the file knows of it. */
	OWN_FUNCTION,    /* own-function: {…}  it is a call of a function of this file that … */
	IS_USED,         /* used: {…}          something in the file looks at the place T */
	IS_LIKE,         /* like: [code, …]    one of these rules would find it, context apart */
	HAS_PATTERN,     /* pattern: regex, window: w */
	IS_NOT,          /* not: test */
	IS_ANY,          /* any: test */
	IS_CAPTURED,     /* as: T              always true; T is this expression from now on */
};

enum literal_kind { LITERAL_NONE, LITERAL_ZERO, LITERAL_STRING, LITERAL_NUMBER, LITERAL_TRUE, LITERAL_FALSE };
enum with_kind { KIND_OF_WITH_ANY, KIND_OF_WITH_SYNC, KIND_OF_WITH_ASYNC };

/* imported: what is asked of the dotted name that an import gives an expression. */
struct imported_test {
	bool module;                  /* it is a module that an `import` names */
	bool capitalised;             /* its last part begins with a capital letter */
	struct nameset *package;      /* its first part is one of these, or NULL */
	struct nameset *not_package;  /* its first part is none of these, or NULL */
};

/* own-function: */
struct own_function_test {
	bool every;               /* all functions that may be meant, not just one */
	bool is_async, is_sync;   /* async: true, async: false */
	struct test *returns;     /* annotated so, or NULL */
	struct test *catches;     /* its body holds a `try` with a handler for what is so (or a bare one), or NULL */
};

/* used: */
struct used_test {
	int place;                     /* capture */
	bool awaited, argument, returned, yielded, element, assigned;
	struct nameset *attributes;    /* T.name */
	struct nameset *container_attributes; /* for T of the form X[…]: X.name */
	bool container_iterated;       /* … and X iterated by a `for` */
	/* Which expressions T goes through unchanged: */
	bool through_conditional, through_boolean;
};

/* How an argument is named: by position, by one of several keywords, or else the mapping behind `**`. */
struct argument_place {
	int position; /* or -1 */
	struct nameset keywords;
	bool mapping;
};

struct condition {
	enum condition_kind kind;
	int capture;                   /* or -1 */
	unsigned number;               /* counts; enum literal_kind; enum with_kind */
	struct nameset *names;
	struct test *test;
	const struct kind *value_kind;
	struct imported_test *imported;
	struct own_function_test *own_function;
	struct used_test *used;
	struct argument_place *place;
	struct window_pattern *pattern;
	struct nameset *wrappers[2];   /* unwrapped: calls, methods */
	struct rule **rules;           /* like: */
	size_t nr_rules;
	struct condition *next;
};

/* A test: one of the alternatives holds; an alternative holds if each of its conditions does. */
struct test {
	struct alternative {
		struct condition *first;
		struct test *reference;    /* `$name`: instead of conditions */
		struct alternative *next;
	} *alternatives;
	uint32_t reads, writes; /* captures that it asks about, and makes: a bit each */
	unsigned size;          /* conditions in it, those behind `$name` counted wherever they are named */
};

/* Tests of more conditions than this take too long to ask. */
#define MAX_TEST_SIZE 10000

/*
 * A kind: what a value is known to be, by what it is and by what the names it goes
 * through are bound to. Three answers: yes, no, and open (what is asked depends on itself).
 */
struct kind {
	const char *name;
	bool every;                   /* bindings: every (else any) */
	bool neutral_none, neutral_del, neutral_parameter; /* bindings that say nothing */
	struct test *is;              /* the expression itself is so */
	struct test *bound_to;        /* a name bound to what is so (not looked into further), or NULL: bound to this kind */
	/* What keeps the kind: X.attribute, X.method(…), X / … */
	struct nameset *keeps_attributes, *keeps_methods;
	bool keeps_division;
	struct kind *divided_unless;  /* X / "literal" is of the kind unless X is of this one, or NULL */
	struct nameset *loop_methods; /* a `for` target over X.method(…) with X of the kind */
	struct nameset *loop_calls;   /* a `for` target over a call whose last part is one, or over a name bound to one */
	bool with;                    /* `with X as name` binds like `name = X` */
	struct test *annotated;       /* an annotation that is so says yes … */
	struct nameset *beside;       /* … also `str | X`, `Union[X, str]` with one of these */
	bool subscripted, united;     /* … also X[…]; also A | B when all sides are so */
	bool annotation_suffices;     /* one such annotation is enough, whatever else binds the name */
	bool class_annotation;        /* `self.x`: an annotation in the class body is enough */
	struct test *property;        /* `self.x`: a def x decorated so and annotated so is enough, or NULL */
	const struct yaml_node *source;
	unsigned index;
};

#endif
