/* SPDX-License-Identifier: MIT
 *
 * What the files that evaluate tests share. A pointer to a node is valid only
 * until the next statement is outlined: ask again after each evaluation.
 */
#ifndef ASYNCGREP_EVALUATE_PARTS_H
#define ASYNCGREP_EVALUATE_PARTS_H

#include "base/arena.h"
#include "python/names.h"
#include "scan/evaluate.h"

static inline const struct node *node_at(const struct evaluation *ev, int32_t node)
{
	return &ev->file->outline.nodes[node];
}

static inline const struct stmt *stmt_at(const struct evaluation *ev, int32_t stmt)
{
	return &ev->file->blocks.stmts[stmt];
}

static inline bool node_is(const struct evaluation *ev, int32_t node, enum node_kind kind)
{
	return node != NO_NODE && node_at(ev, node)->kind == kind;
}

/* The def whose body holds a node, lambdas aside, or NO_STMT. */
int32_t function_of(struct evaluation *ev, int32_t node);
/* The first root of a statement with a slot, or NO_NODE. */
int32_t root_of(struct evaluation *ev, int32_t stmt, enum node_slot slot);
/* The next root after one, with a slot, or NO_NODE. */
int32_t next_root(struct evaluation *ev, int32_t root, enum node_slot slot);

/* Calls: the callee, the receiver of a method call or attribute (NO_NODE where there is none). */
int32_t callee_of(const struct evaluation *ev, int32_t call);
int32_t receiver_of(const struct evaluation *ev, int32_t node);
/* The first argument node (a KEYWORD, STARRED … or plain one), and what an argument node passes. */
int32_t first_argument(const struct evaluation *ev, int32_t call);
int32_t argument_value(const struct evaluation *ev, int32_t argument);
bool is_positional(const struct evaluation *ev, int32_t argument);
/* The argument at a place, or NO_NODE: a starred one at its own position; a keyword's value. */
int32_t argument_at(const struct evaluation *ev, int32_t call, const struct argument_place *place);

bool is_display(const struct evaluation *ev, int32_t node);
/* What an expression is an element of or, else, stands in: its parent, `**` in a dict display taken away. */
int32_t holder_of(const struct evaluation *ev, int32_t node);
/* The outermost display or comprehension that an expression is an element of, starred or not; else itself. */
int32_t group_of(const struct evaluation *ev, int32_t node);
/* The call that an expression is itself an argument of, or NO_NODE. */
int32_t call_taking(const struct evaluation *ev, int32_t node);
bool is_none(const struct evaluation *ev, int32_t node);
/* X for the annotations X, Optional[X], X | None and None | X. */
int32_t optional_of(const struct evaluation *ev, int32_t annotation);
bool same_expression(struct evaluation *ev, int32_t a, int32_t b);
/* Does one of an expression's meanings stand in a set of names? */
bool resolves_to(struct evaluation *ev, int32_t node, const struct nameset *names);
bool has_last_part(const struct evaluation *ev, int32_t node, const struct nameset *names);
/* Does an expression satisfy a test, or, where it is a branch, a branch or leaf below it through branches alone? */
bool has_leaf(struct evaluation *ev, enum node_kind branches, const struct test *test, int32_t root);

bool evaluate_shape(struct evaluation *ev, const struct condition *condition, int32_t node);
bool evaluate_arguments(struct evaluation *ev, const struct condition *condition, int32_t call);
bool evaluate_role(struct evaluation *ev, const struct condition *condition, int32_t node);
bool evaluate_surroundings(struct evaluation *ev, const struct condition *condition, int32_t node);
bool evaluate_own_function(struct evaluation *ev, const struct condition *condition, int32_t call);
bool evaluate_used(struct evaluation *ev, const struct condition *condition);
bool evaluate_pattern(struct evaluation *ev, const struct window_pattern *pattern, int32_t node);

/* Is an expression a dotted name that comes from an import, and such a one; would a dotted name that is one be? */
bool is_imported(struct evaluation *ev, const struct imported_test *test, int32_t node);
bool is_such_import(struct evaluation *ev, const struct imported_test *test, struct text dotted);

/* Three answers of a kind; OPEN: "if what is being decided is". */
enum answer { ANSWER_NO, ANSWER_YES, ANSWER_OPEN };
enum answer evaluate_kind(struct evaluation *ev, const struct kind *kind, int32_t node);
/* annotation.c: does an annotation, a node, say that a value is of a kind? */
bool annotation_says(struct evaluation *ev, const struct kind *kind, int32_t annotation);

/*
 * Tells expressions in the body of a header (nested functions included), until `each` returns true: all of them, or,
 * where the test requires a capture, those around what equals it. None that satisfies the test is left out;
 * `each` has to ask it.
 */
typedef bool (*each_expression_fn)(struct evaluation *ev, int32_t node, void *data);
bool search_function(struct evaluation *ev, int32_t header, const struct test *test, each_expression_fn each,
		     void *data);
/*
 * Tells what in an expression of a function may be equal to the capture that a test requires, in the order
 * of the table, until `each` returns true; *result: whether it did. False: it cannot be told, and all in the
 * expression may satisfy the test.
 */
bool search_below(struct evaluation *ev, int32_t node, const struct test *test, each_expression_fn each, void *data,
		  bool *result);

/* "What do these bindings say of the kind?" */
struct kind_question {
	const struct kind *kind; /* NULL: none */
	struct name_bindings bound;
};

struct evaluation_memory {
	struct kind_answer *kinds;       /* by (kind, bindings) */
	struct function_index *functions; /* see search.c */
	uint32_t *stamps;                /* of each node: the search that asked it last (search.c) */
	size_t alloc_stamps;
	uint32_t searches;
	struct remembered *remembered;   /* by (question, what it is about) */
	struct useful *useful;           /* by (question, imports of a name) */
	struct representative *representatives; /* of equal expressions, by their hash */
	struct arena arena;
	unsigned nesting;                /* of tests within tests */
	unsigned depth;                  /* of kinds within kinds */
	unsigned steps;                  /* of the question that is being decided */
	int32_t origin;                  /* what made the last name of a kind so: the node that is bound, or NO_NODE */
	unsigned lowest_open;            /* depth of the outermost open question that was met; UINT_MAX: none */
	struct kind_question too_deep;   /* a question to be decided before the one that led to it */
	bool knotted;                    /* a question too deep led back to itself: such are answered no */
};

/*
 * The answer to a question (an address: a condition, a test) about something (a statement, a node, two numbers);
 * NULL where there is none yet.
 */
int64_t *remember_find(struct evaluation *ev, const void *question, int64_t about, int64_t also);
void remember(struct evaluation *ev, const void *question, int64_t about, int64_t also, int64_t answer);
/*
 * Can the answer of a test be remembered: does it make no captures, and ask about one at most? *also is a number
 * for what that stands for: the same for the same expressions.
 */
bool remember_captures(struct evaluation *ev, const struct test *test, int64_t *also);
/* Gives what `answer` says about something, and remembers it where it may be. */
typedef bool (*answer_fn)(struct evaluation *ev, const void *question, int32_t about);
bool remember_answer(struct evaluation *ev, const struct test *test, const void *question, int32_t about,
		     answer_fn answer);
void useful_release(struct evaluation_memory *memory);
void remembered_release(struct evaluation_memory *memory);
void kind_answers_release(struct evaluation_memory *memory);
void function_indexes_release(struct evaluation_memory *memory);

#endif
