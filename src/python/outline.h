/* SPDX-License-Identifier: MIT
 *
 * The outline of expressions: every call with its arguments and its role, and
 * what is around it. A flat table with one entry (a node) an expression, made
 * lazily, a statement at a time, by a parser without recursion: an operator
 * stack, as in Dijkstra's shunting-yard algorithm (Mathematisch Centrum,
 * MR 34/61), with a frame a bracket. Precedence is that of The Python Language
 * Reference 3.13, 6.17.
 *
 * Nodes have the extent that CPython's ast gives them: redundant parentheses
 * are not part of a node, those of a tuple or generator expression are. Nodes
 * of nested brackets beyond 1,000 levels (CPython stops at 200) are left out:
 * the statement is then marked broken, as is one that is not Python.
 *
 * Not thread-safe: an outline belongs to the worker that has the file.
 */
#ifndef ASYNCGREP_OUTLINE_H
#define ASYNCGREP_OUTLINE_H

#include "base/arena.h"
#include "base/common.h"

struct mask;
struct blocks;
struct source;
struct parser;

enum node_kind {
	NODE_NAME,      /* x; also the names in `global`, import targets and the like are none */
	NODE_ATTRIBUTE, /* value.name: [value] */
	NODE_CALL,      /* func(arguments): [func, argument, …] in source order */
	NODE_SUBSCRIPT, /* value[index]: [value, index]; several indices are one TUPLE */
	NODE_SLICE,     /* a:b:c in a subscript: those of the three that are there */
	NODE_STARRED,   /* *x: [x] */
	NODE_DOUBLE_STARRED, /* **x in a call or dict: [x] */
	NODE_KEYWORD,   /* name=x in a call or class header: [x] */
	NODE_AWAIT,     /* [x] */
	NODE_YIELD,     /* [x] or none */
	NODE_YIELD_FROM, /* [x] */
	NODE_UNARY,     /* - + ~ not: [x] */
	NODE_BINARY,    /* arithmetic: [left, right] */
	NODE_AND,       /* [x, y, …], n-ary as in ast */
	NODE_OR,        /* the same */
	NODE_COMPARE,   /* [x, y, …]; op is that of the first comparison */
	NODE_CONDITIONAL, /* x if test else y: [x, test, y] */
	NODE_LAMBDA,    /* [parameter, …, body]; the body is the last child */
	NODE_PARAMETER, /* of a lambda or def: [annotation][default], each there or not; see flags */
	NODE_WALRUS,    /* name := x: [name, x] */
	NODE_TUPLE,     /* elements; with or without parentheses */
	NODE_LIST,
	NODE_SET,
	NODE_DICT,      /* keys and values in source order, DOUBLE_STARRED for `**x` */
	NODE_LIST_COMP, /* [element, COMPREHENSION, …] */
	NODE_SET_COMP,
	NODE_DICT_COMP, /* [key, value, COMPREHENSION, …] */
	NODE_GENERATOR, /* [element, COMPREHENSION, …] */
	NODE_COMPREHENSION, /* for target in iter if test …: [target, iter, test, …]; NODE_IS_ASYNC */
	NODE_STRING,    /* adjacent literals are one node, without fields: no children */
	NODE_FSTRING,   /* the same with an f- or t-string among them: one child a replacement field */
	NODE_NUMBER,
	NODE_CONSTANT,  /* None, True, False, …(Ellipsis) */
	NODE_PATTERN,   /* a whole `case` pattern; names it captures: NODE_NAME children with NODE_STORES.
	                   Class names, attribute values and keywords of patterns are no nodes */
	NODE_ALIAS,     /* of import: a.b as c; no children; see outline_alias */
};

enum node_op { /* of NODE_UNARY, NODE_BINARY, NODE_COMPARE and of an augmented assignment */
	OP_NONE,
	OP_ADD, OP_SUB, OP_MUL, OP_MATMUL, OP_DIV, OP_FLOORDIV, OP_MOD, OP_POW,
	OP_LSHIFT, OP_RSHIFT, OP_BITOR, OP_BITXOR, OP_BITAND,
	OP_NOT, OP_INVERT,
	OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE, OP_IS, OP_IS_NOT, OP_IN, OP_NOT_IN,
};

/* What a root is to its statement; a node that is no root has SLOT_NONE. */
enum node_slot {
	SLOT_NONE,
	SLOT_EXPRESSION, /* the whole of an expression statement */
	SLOT_TARGET,     /* of `=` (each of `a = b = v`), of an annotated assignment, of `type` */
	SLOT_VALUE,      /* behind the last `=` of an assignment, annotated or not, or of `type` */
	SLOT_ANNOTATION, /* of an annotated assignment */
	SLOT_AUGMENTED,  /* the target of `x += v`; its op is the operator */
	SLOT_AUGMENT,    /* the value there */
	SLOT_TEST,       /* of if, elif, while, assert; the guard of a case; the subject of a match */
	SLOT_MESSAGE,    /* of assert */
	SLOT_FOR_TARGET,
	SLOT_ITER,       /* of for */
	SLOT_WITH_ITEM,  /* the context expression of one item */
	SLOT_WITH_TARGET, /* behind `as`; belongs to the WITH_ITEM before it */
	SLOT_RETURN,
	SLOT_RAISE,      /* exception and cause */
	SLOT_DEL,        /* each target */
	SLOT_EXCEPT,     /* exception type(s); several without parentheses are one TUPLE */
	SLOT_EXCEPT_NAME, /* the NODE_NAME behind `as`, with NODE_STORES */
	SLOT_PATTERN,
	SLOT_DECORATOR,
	SLOT_PARAMETER,  /* each NODE_PARAMETER of a def */
	SLOT_RETURNS,    /* annotation behind `->` */
	SLOT_BASE,       /* each base or NODE_KEYWORD of a class header */
	SLOT_ALIAS,      /* each NODE_ALIAS of an import */
	SLOT_TYPE_PARAMETER, /* PEP 695: bound or default of one */
};

enum node_flags {
	NODE_STORES = 1 << 0,  /* NAME, ATTRIBUTE, SUBSCRIPT that is assigned, bound or deleted (ast's Store and Del) */
	NODE_IS_ASYNC = 1 << 1,
	NODE_HAS_DEFAULT = 1 << 2,    /* PARAMETER: its last child is the default */
	NODE_HAS_ANNOTATION = 1 << 3, /* PARAMETER: its first child is the annotation */
	NODE_STAR = 1 << 4,           /* PARAMETER: *args */
	NODE_DOUBLE_STAR = 1 << 5,    /* PARAMETER: **kwargs */
	NODE_BARE = 1 << 6,           /* TUPLE without parentheses of its own */
};

#define NO_NODE (-1)

struct node {
	uint32_t start, end;
	uint32_t name;      /* offset of the identifier of an ATTRIBUTE, KEYWORD, PARAMETER; of a NAME: start */
	uint32_t name_len;  /* its bytes; 0 for other kinds */
	int32_t parent;     /* or NO_NODE: a root */
	int32_t child;      /* first one, or NO_NODE */
	int32_t next;       /* next sibling; of a root: next root of the statement; or NO_NODE */
	int32_t stmt;
	uint8_t kind, op, slot, flags;
};

struct outline {
	const struct mask *mask;     /* borrowed */
	const struct blocks *blocks; /* borrowed */
	struct node *nodes; /* owned; children before their parent; moves when a statement is outlined */
	int32_t nr;
	size_t alloc;
	struct outline_stmt {
		int32_t root;  /* first root, or NO_NODE */
		int32_t first, count; /* its nodes are nodes[first .. first + count): one run */
		bool broken;
		bool has_lambda; /* one of its nodes is a LAMBDA */
		uint64_t *hashes; /* private to outline_hash: of each node; NULL: not asked for yet */
		int32_t *lambdas; /* private to outline_lambda: of each node; NULL: not asked for yet */
	} *entries;         /* owned; one an outlined statement; move when another is outlined */
	size_t nr_entries, alloc_entries;
	uint32_t *places;   /* owned; of the entry of each statement, from 1; 0: it is not outlined yet */
	struct arena arena; /* texts that are not in the code text */
	struct parser *parser; /* private: its stacks are kept from statement to statement */
	struct {
		int32_t stmt;
		struct text name;
		unsigned level;
	} module; /* private to outline_alias: what the last `from` imports from */
};

void outline_init(struct outline *outline, const struct mask *mask, const struct blocks *blocks);
void outline_release(struct outline *outline);

/* The entry of a statement that is outlined already; NULL: it is not. Valid until the next one is. */
static inline struct outline_stmt *outline_entry(const struct outline *outline, int32_t stmt)
{
	return outline->places[stmt] ? &outline->entries[outline->places[stmt] - 1] : NULL;
}


/*
 * Outlines a statement (of a header: the header alone) unless that is done, and gives
 * its entry, valid until the next call. Roots come in source order; the value of an
 * assignment comes after its targets.
 */
const struct outline_stmt *outline_stmt(struct outline *outline, int32_t stmt);

/* The identifier of a NAME, ATTRIBUTE, KEYWORD or PARAMETER; empty for other kinds. Borrowed from the code text. */
struct text outline_name(const struct outline *outline, int32_t node);
/* The n-th child (from 0), or NO_NODE. */
int32_t outline_child(const struct outline *outline, int32_t node, unsigned n);
/* Is `inner` the node or below it? */
bool outline_is_within(const struct outline *outline, int32_t inner, int32_t node);
/*
 * The innermost node around a node (itself excluded) that is a LAMBDA in whose *body* the
 * node stands, or NO_NODE. Parameters' defaults are outside.
 */
int32_t outline_lambda(struct outline *outline, int32_t node);
/* The innermost node of a statement that covers [start, end), or NO_NODE. */
int32_t outline_covering(struct outline *outline, int32_t stmt, uint32_t start, uint32_t end);

/*
 * An alias of `import a.b as c` or `from ..a import b as c`. module: "a.b" (without the dots in front, which
 * are `level`); name: "b", "*", or empty for `import`; bound: what it binds ("c"; "a" for
 * `import a.b`; empty for a star). Texts are borrowed from the code text; one with blanks or
 * a line break in it (`import a . b`) is a copy that lives as long as the outline. False
 * when the node is no ALIAS.
 */
struct alias {
	struct text module, name, bound;
	unsigned level;  /* leading dots of the module, which are not part of `module` */
	bool renamed;    /* by `as` */
};
bool outline_alias(struct outline *outline, int32_t node, struct alias *alias);

/*
 * Are two nodes the same expression: the same tokens of the *source*, layout, redundant
 * parentheses, quote style and number base aside? source is that of the outline's mask.
 */
bool outline_same(const struct outline *outline, const struct source *source, int32_t a, int32_t b);
/*
 * A hash that is equal for the same expressions. Those of a statement are made at once,
 * so that asking about each part of a long expression costs no more than the whole.
 */
uint64_t outline_hash(struct outline *outline, const struct source *source, int32_t node);

const char *node_kind_name(enum node_kind kind);
const char *node_slot_name(enum node_slot slot);

#endif
