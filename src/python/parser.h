/* SPDX-License-Identifier: MIT
 *
 * The state of the expression parser, shared by the files that make nodes:
 * expression.c (operators), frame.c (brackets), comprehension.c, parameter.c,
 * string_node.c, pattern.c, alias.c and statement.c.
 *
 * Three stacks, none of which is the C stack:
 *
 *	operands    nodes that are complete but have no parent yet
 *	operations  operators that wait for their last operand
 *	frames      brackets and what else has an inside: the statement, a
 *	            comprehension clause, a parameter list, a replacement field
 *
 * A node is made of the operands from some height on, which become its
 * children; so children come before their parent, and nothing is left behind
 * on broken input: operands that fit nowhere become elements of a tuple.
 */
#ifndef ASYNCGREP_PARSER_H
#define ASYNCGREP_PARSER_H

#include "base/common.h"
#include "python/outline.h"
#include "python/token.h"

/* Brackets and replacement fields in each other; what is in more is left out. CPython takes 200. */
#define PARSER_MAX_DEPTH 1000

struct operand {
	int32_t node;
	uint32_t start, end; /* redundant parentheses included: what is built on it has this extent */
};

/* How tightly operators bind; The Python Language Reference 3.13, 6.17. */
enum precedence {
	PRECEDENCE_OPEN,    /* `if` that waits for its `else` */
	PRECEDENCE_ELEMENT, /* * and ** of an element, `name=`, := */
	PRECEDENCE_LAMBDA,
	PRECEDENCE_CONDITIONAL,
	PRECEDENCE_OR,
	PRECEDENCE_AND,
	PRECEDENCE_NOT,
	PRECEDENCE_COMPARE,
	PRECEDENCE_BITOR,
	PRECEDENCE_BITXOR,
	PRECEDENCE_BITAND,
	PRECEDENCE_SHIFT,
	PRECEDENCE_SUM,
	PRECEDENCE_PRODUCT,
	PRECEDENCE_UNARY,
	PRECEDENCE_POWER,
	PRECEDENCE_AWAIT,
};

struct operation {
	uint32_t start;    /* where its node begins */
	uint32_t first;    /* height of the operands below its own */
	uint32_t need;     /* how many operands it takes, at least */
	uint32_t name_len; /* of a KEYWORD */
	uint8_t kind;      /* enum node_kind */
	uint8_t op;        /* enum node_op */
	uint8_t precedence;
};

enum frame_kind {
	FRAME_STATEMENT, /* an expression of a statement, outside of brackets */
	FRAME_PAREN,
	FRAME_LIST,
	FRAME_BRACE,
	FRAME_CALL,  /* arguments, or the bases of a class */
	FRAME_SUBSCRIPT,
	FRAME_CLAUSE, /* for ... in ... if ... of a comprehension */
	FRAME_PARAMETERS,
	FRAME_FIELD, /* of an f-string; kept from field to field */
};

enum frame_state {
	CLAUSE_TARGET,
	CLAUSE_ITER,
	CLAUSE_TEST,
	PARAMETER_NONE,
	PARAMETER_NAMED,
	PARAMETER_ANNOTATION,
	PARAMETER_DEFAULT,
};

enum frame_flags {
	FRAME_LIST_OK = 1 << 0,   /* STATEMENT: commas make a tuple */
	FRAME_ROOTS = 1 << 1,     /* its elements stay operands and become roots */
	FRAME_IN_ENDS = 1 << 2,   /* STATEMENT: `in` ends it: the target of a for */
	FRAME_WITH = 1 << 3,      /* STATEMENT, PAREN: may be `with (a as b, c):` */
	FRAME_COMMA = 1 << 4,     /* a comma was seen */
	FRAME_YIELD = 1 << 5,
	FRAME_YIELD_FROM = 1 << 6,
	FRAME_COMPREHENSION = 1 << 7,
	FRAME_SLICE = 1 << 8,     /* the element is a slice */
	FRAME_STEP = 1 << 18,     /* it has two colons */
	FRAME_PAIR = 1 << 9,      /* the element of a BRACE has its colon */
	FRAME_DICT = 1 << 10,     /* there are pairs */
	FRAME_SET = 1 << 11,      /* there are others */
	FRAME_AS = 1 << 12,       /* the element of a PAREN has its `as` */
	FRAME_ITEMS = 1 << 13,    /* one element had */
	FRAME_LAMBDA = 1 << 14,   /* PARAMETERS of a lambda: end at a colon */
	FRAME_TYPES = 1 << 15,    /* PARAMETERS are those of PEP 695 */
	FRAME_IS_ASYNC = 1 << 17, /* CLAUSE */
};

struct frame {
	uint8_t kind;        /* enum frame_kind */
	uint8_t state;       /* enum frame_state, of CLAUSE and PARAMETERS */
	uint8_t node_flags;  /* of the parameter */
	uint32_t flags;      /* enum frame_flags */
	uint32_t open;       /* where it begins */
	uint32_t first;      /* operands: the first child of what it becomes */
	uint32_t base;       /* operands: its first element */
	uint32_t element;    /* operands: the first of the element that is being read */
	uint32_t operations; /* height of the operations that are not its own */
	uint32_t mark;       /* where the slice, the `yield` or the parameter begins */
	uint32_t name, name_len; /* of the parameter */
	uint32_t limit;      /* FIELD: of the text around */
	uint32_t field;      /* FIELD: the one that is being read */
	size_t string;       /* FIELD: the string that it is in */
};

struct parser {
	struct outline *outline;
	struct lexer lexer;
	int32_t stmt;
	struct operand *operands;
	uint32_t nr_operands;
	size_t alloc_operands;
	struct operation *operations;
	uint32_t nr_operations;
	size_t alloc_operations;
	struct frame *frames;
	uint32_t nr_frames;
	size_t alloc_frames;
	uint32_t depth;     /* open brackets and replacement fields */
	bool after_operand; /* an operator may follow, else an operand */
	bool broken;
	bool has_lambda;
	int32_t first_root, last_root;
};

struct parser *parser_new(struct outline *outline);
void parser_free(struct parser *parser);

/* A node without children; returns its index. */
int32_t parser_node(struct parser *parser, enum node_kind kind, uint32_t start, uint32_t end);
void parser_push(struct parser *parser, int32_t node, uint32_t start, uint32_t end);
/* The token becomes an operand of its own and is consumed; its node is valid until the next one is made. */
struct node *parser_leaf(struct parser *parser, enum node_kind kind);
/*
 * The operands from height `first` on become the children of a new node, which is the operand in their
 * place; the node is valid until the next one is made.
 */
struct node *parser_make(struct parser *parser, uint32_t first, enum node_kind kind, uint32_t start, uint32_t end);
/* The operands from `first` on (one at least) become a tuple without parentheses, which ends at `end`. */
void parser_make_tuple(struct parser *parser, uint32_t first, uint32_t end);
/* What an operand is spelled with is assigned: sets NODE_STORES where ast has Store or Del. */
void parser_store(struct parser *parser, uint32_t operand);
/* The operands from `first` on become roots of the statement. */
void parser_roots(struct parser *parser, uint32_t first, enum node_slot slot);
/* Consumes a token that fits nowhere. */
void parser_skip(struct parser *parser);

static inline struct frame *parser_frame(struct parser *parser)
{
	return &parser->frames[parser->nr_frames - 1];
}

static inline struct node *parser_operand_node(struct parser *parser, uint32_t operand)
{
	return &parser->outline->nodes[parser->operands[operand].node];
}

static inline enum token_kind parser_token(const struct parser *parser)
{
	return parser->lexer.token.kind;
}

#endif
