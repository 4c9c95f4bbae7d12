/* SPDX-License-Identifier: MIT
 *
 * The statements of a file, and the tree that block headers and indentation
 * make of them: which function, which class, which enclosing headers, and
 * which statements come after. The windows that patterns look through are
 * answers of this table.
 *
 * One entry a statement, in source order, so that the statements of a block,
 * with all that is nested in them, are one run of the table. A compound
 * statement is its header (`if x:`) and the statements of its body; `elif`,
 * `else`, `except`, `finally` and `case` are headers of their own, siblings of
 * the `if`, `try` … they continue (`case` stands in the body of its `match`).
 * A decorator is a statement of its own before the `def` or `class` it is for.
 * Simple statements are split at `;` and after the `:` of a header in whose
 * line they stand.
 *
 * A tab goes to the next multiple of eight columns, a form feed begins the
 * indentation anew. On code that CPython would not parse the table degrades
 * (a dedent to no known column closes the blocks that are further right), and
 * `broken_at` says where; it never fails.
 *
 * Grammar: The Python Language Reference 3.13, 2.1 and chapter 10, with the
 * soft keywords `match`, `case` and `type`.
 */
#ifndef ASYNCGREP_BLOCKS_H
#define ASYNCGREP_BLOCKS_H

#include "base/common.h"

struct mask;

enum stmt_kind {
	STMT_EXPRESSION, /* expression, assignment, annotated or augmented assignment */
	STMT_PASS,
	STMT_IMPORT, /* import a.b as c */
	STMT_FROM,   /* from a import b as c */
	STMT_GLOBAL,
	STMT_NONLOCAL,
	STMT_RETURN,
	STMT_RAISE,
	STMT_BREAK,
	STMT_CONTINUE,
	STMT_DEL,
	STMT_ASSERT,
	STMT_TYPE,      /* type X = … */
	STMT_DECORATOR, /* @… */
	/* From here on: headers, which end in a colon and have a body. */
	STMT_IF,
	STMT_ELIF,
	STMT_ELSE,
	STMT_FOR,
	STMT_WHILE,
	STMT_WITH,
	STMT_TRY,
	STMT_EXCEPT,
	STMT_FINALLY,
	STMT_MATCH,
	STMT_CASE,
	STMT_DEF,
	STMT_CLASS,
};

enum stmt_flags {
	STMT_ASYNC = 1 << 0,  /* async def, async for, async with */
	STMT_INLINE = 1 << 1, /* stands in the line of the header around it, or behind a `;` there */
};

/* Statements are known by their index; this one is none (and, as a scope, the module). */
#define NO_STMT (-1)

struct stmt {
	uint32_t start;  /* of the first token (`async` of `async def`) */
	uint32_t end;    /* behind the last token; of a header: behind its colon */
	uint32_t body_end; /* behind the last token of the body; of a simple statement: end */
	int32_t parent;  /* the header whose body holds it, or NO_STMT */
	int32_t scope;   /* the innermost def or class whose *body* holds it, or NO_STMT: the module */
	int32_t last;    /* last statement in the body, nested ones included; itself if there is none */
	int32_t next;    /* next statement of the same block, or NO_STMT */
	uint8_t kind;    /* enum stmt_kind */
	uint8_t flags;   /* enum stmt_flags */
};

struct blocks {
	struct stmt *stmts; /* owned; sorted by start */
	int32_t nr;
	size_t alloc;
	uint32_t broken_at; /* where it stopped being Python, or NO_OFFSET */
};

void blocks_build(struct blocks *blocks, const struct mask *mask);
void blocks_release(struct blocks *blocks);

static inline bool stmt_is_header(const struct stmt *stmt)
{
	return stmt->kind >= STMT_IF;
}

static inline bool stmt_is_scope(const struct stmt *stmt)
{
	return stmt->kind == STMT_DEF || stmt->kind == STMT_CLASS;
}

/* First statement of a header's body, or NO_STMT if it has none. */
int32_t blocks_body(const struct blocks *blocks, int32_t header);
/*
 * The statement whose own text (start to end) holds an offset, or else the last one
 * that starts before it; NO_STMT before the first. Logarithmic.
 */
int32_t blocks_at(const struct blocks *blocks, uint32_t offset);
/* The innermost def around a scope (itself, if it is one), or NO_STMT: a class body belongs to the function around it. */
int32_t blocks_function(const struct blocks *blocks, int32_t scope);
/* The innermost class around a scope (itself, if it is one), or NO_STMT; a function in between does not stop it. */
int32_t blocks_class(const struct blocks *blocks, int32_t scope);
/*
 * The logical line that holds a statement, as comments see it: a header and the first
 * statement in its line are one; statements are split at `;`. Offsets of its first
 * token and behind its last.
 */
void blocks_logical_line(const struct blocks *blocks, int32_t stmt, uint32_t *start, uint32_t *end);
/* The name that a def or class header binds. Borrowed from the code text. */
struct text blocks_name(const struct blocks *blocks, const struct mask *mask, int32_t header);
/* The word for a kind, as in Python ("def", "import", "expression"); static. */
const char *stmt_kind_name(enum stmt_kind kind);

#endif
