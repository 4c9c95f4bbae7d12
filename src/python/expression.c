/* SPDX-License-Identifier: MIT
 *
 * Operators: which of two binds tighter, and what node an operator makes of
 * its operands. A step reads one token; it is told by the one before it
 * whether an operand or an operator is due. What closes, separates or names
 * is the business of the frame that it stands in.
 */
#include "python/expression.h"

#include "base/alloc.h"
#include "python/comprehension.h"
#include "python/frame.h"
#include "python/parameter.h"
#include "python/string_node.h"

static const uint8_t precedences[] = {
	[OP_ADD] = PRECEDENCE_SUM,
	[OP_SUB] = PRECEDENCE_SUM,
	[OP_MUL] = PRECEDENCE_PRODUCT,
	[OP_MATMUL] = PRECEDENCE_PRODUCT,
	[OP_DIV] = PRECEDENCE_PRODUCT,
	[OP_FLOORDIV] = PRECEDENCE_PRODUCT,
	[OP_MOD] = PRECEDENCE_PRODUCT,
	[OP_POW] = PRECEDENCE_POWER,
	[OP_LSHIFT] = PRECEDENCE_SHIFT,
	[OP_RSHIFT] = PRECEDENCE_SHIFT,
	[OP_BITOR] = PRECEDENCE_BITOR,
	[OP_BITXOR] = PRECEDENCE_BITXOR,
	[OP_BITAND] = PRECEDENCE_BITAND,
};

/* An operator whose operands are all there becomes a node; with too few of them, they stay, as one. */
static void complete(struct parser *parser)
{
	struct operation operation = parser->operations[--parser->nr_operations];
	uint32_t count = parser->nr_operands - operation.first;
	struct node *node;
	uint32_t end;

	if (count < operation.need || operation.precedence == PRECEDENCE_OPEN) {
		parser->broken = true;
		if (count > 1)
			parser_make_tuple(parser, operation.first, parser->operands[parser->nr_operands - 1].end);
		return;
	}
	end = parser->operands[parser->nr_operands - 1].end;
	node = parser_make(parser, operation.first, operation.kind, operation.start, end);
	node->op = operation.op;
	if (operation.kind == NODE_KEYWORD) {
		node->name = operation.start;
		node->name_len = operation.name_len;
	}
}

static void reduce_above(struct parser *parser, enum precedence precedence)
{
	uint32_t floor = parser_frame(parser)->operations;

	while (parser->nr_operations > floor && parser->operations[parser->nr_operations - 1].precedence > precedence)
		complete(parser);
}

void expression_reduce(struct parser *parser)
{
	uint32_t floor = parser_frame(parser)->operations;

	while (parser->nr_operations > floor)
		complete(parser);
}

bool expression_is_new(const struct parser *parser)
{
	const struct frame *frame = &parser->frames[parser->nr_frames - 1];

	return parser->nr_operands == frame->element && parser->nr_operations == frame->operations;
}

static struct operation *push_operation(struct parser *parser, enum node_kind kind, enum precedence precedence,
					enum node_op op)
{
	struct operation *operation;

	ARRAY_GROW(parser->operations, parser->nr_operations + 1, parser->alloc_operations);
	operation = &parser->operations[parser->nr_operations++];
	operation->start = parser->lexer.token.start;
	operation->first = parser->nr_operands;
	operation->need = 1;
	operation->name_len = 0;
	operation->kind = (uint8_t)kind;
	operation->op = (uint8_t)op;
	operation->precedence = (uint8_t)precedence;
	parser->after_operand = false;
	return operation;
}

/* An operator in front of its operand does not stand behind one that binds tighter than `loosest`. */
static void check_prefix(struct parser *parser, enum precedence loosest)
{
	if (parser->nr_operations > parser_frame(parser)->operations &&
	    parser->operations[parser->nr_operations - 1].precedence > loosest)
		parser->broken = true;
}

static void prefix(struct parser *parser, enum node_kind kind, enum precedence precedence, enum node_op op)
{
	/* But a sign or await may: a ** -b, a ** await b. */
	check_prefix(parser, precedence >= PRECEDENCE_UNARY ? PRECEDENCE_POWER : precedence);
	push_operation(parser, kind, precedence, op);
	lexer_next(&parser->lexer);
}

/* The operand on top becomes the first of an operation. */
static struct operation *infix(struct parser *parser, enum node_kind kind, enum precedence precedence, enum node_op op)
{
	struct operation *operation = push_operation(parser, kind, precedence, op);

	operation->first--;
	operation->start = parser->operands[operation->first].start;
	operation->need = 2;
	return operation;
}

static void binary(struct parser *parser)
{
	enum node_op op = parser->lexer.token.op;
	enum precedence precedence = precedences[op];

	/* Only ** binds to the right. */
	reduce_above(parser, op == OP_POW ? precedence : precedence - 1);
	infix(parser, NODE_BINARY, precedence, op);
	lexer_next(&parser->lexer);
}

/* and, or and comparisons take any number of operands; op counts for the first two. */
static void chained(struct parser *parser, enum node_kind kind, enum precedence precedence, enum node_op op)
{
	reduce_above(parser, precedence);
	if (parser->nr_operations > parser_frame(parser)->operations &&
	    parser->operations[parser->nr_operations - 1].precedence == precedence)
		parser->after_operand = false;
	else
		infix(parser, kind, precedence, op);
}

static void comparison(struct parser *parser)
{
	enum node_op op = parser->lexer.token.op;

	lexer_next(&parser->lexer);
	if (op == OP_IS && parser_token(parser) == TOKEN_NOT) {
		op = OP_IS_NOT;
		lexer_next(&parser->lexer);
	}
	chained(parser, NODE_COMPARE, PRECEDENCE_COMPARE, op);
}

static void not_in(struct parser *parser)
{
	lexer_next(&parser->lexer);
	if (parser_token(parser) != TOKEN_COMPARE || parser->lexer.token.op != OP_IN) {
		parser->broken = true;
		return;
	}
	lexer_next(&parser->lexer);
	chained(parser, NODE_COMPARE, PRECEDENCE_COMPARE, OP_NOT_IN);
}

static void conditional_if(struct parser *parser)
{
	reduce_above(parser, PRECEDENCE_CONDITIONAL);
	infix(parser, NODE_CONDITIONAL, PRECEDENCE_OPEN, OP_NONE)->need = 3;
	lexer_next(&parser->lexer);
}

static void conditional_else(struct parser *parser)
{
	reduce_above(parser, PRECEDENCE_OPEN);
	if (parser->nr_operations == parser_frame(parser)->operations) {
		frame_token(parser);
		return;
	}
	parser->operations[parser->nr_operations - 1].precedence = PRECEDENCE_CONDITIONAL;
	parser->after_operand = false;
	lexer_next(&parser->lexer);
}

static void walrus(struct parser *parser)
{
	struct node *target;

	reduce_above(parser, PRECEDENCE_ELEMENT);
	target = parser_operand_node(parser, parser->nr_operands - 1);
	if (target->kind == NODE_NAME)
		target->flags |= NODE_STORES;
	else
		parser->broken = true;
	infix(parser, NODE_WALRUS, PRECEDENCE_ELEMENT, OP_NONE);
	lexer_next(&parser->lexer);
}

static void attribute(struct parser *parser)
{
	struct operand *value;
	struct node *node;
	uint32_t name, end;

	lexer_next(&parser->lexer);
	if (parser_token(parser) != TOKEN_NAME) {
		parser->broken = true;
		return;
	}
	value = &parser->operands[parser->nr_operands - 1];
	name = parser->lexer.token.start;
	end = parser->lexer.token.end;
	node = parser_make(parser, parser->nr_operands - 1, NODE_ATTRIBUTE, value->start, end);
	node->name = name;
	node->name_len = end - name;
	lexer_next(&parser->lexer);
}

/* A name alone, or `name=` where an argument begins. */
static void name(struct parser *parser)
{
	const struct token *token = &parser->lexer.token;
	uint32_t len = token->end - token->start;
	struct node *node;
	uint32_t at;

	if (parser_frame(parser)->kind == FRAME_CALL && expression_is_new(parser) &&
	    lexer_peek(&parser->lexer, &at) == '=' && parser->lexer.code[at + 1] != '=') {
		push_operation(parser, NODE_KEYWORD, PRECEDENCE_ELEMENT, OP_NONE)->name_len = len;
		lexer_next(&parser->lexer);
		lexer_next(&parser->lexer);
		return;
	}
	node = parser_leaf(parser, NODE_NAME);
	node->name = node->start;
	node->name_len = len;
}

static void lambda(struct parser *parser)
{
	uint32_t start = parser->lexer.token.start;

	parser->has_lambda = true;
	check_prefix(parser, PRECEDENCE_CONDITIONAL);
	push_operation(parser, NODE_LAMBDA, PRECEDENCE_LAMBDA, OP_NONE);
	parameter_list(parser, start, FRAME_LAMBDA);
	lexer_next(&parser->lexer);
}

static void starred(struct parser *parser, enum node_kind kind)
{
	struct frame *frame = parser_frame(parser);

	if (!expression_is_new(parser))
		parser->broken = true;
	if (kind == NODE_DOUBLE_STARRED && frame->kind != FRAME_CALL && frame->kind != FRAME_BRACE)
		parser->broken = true;
	prefix(parser, kind, PRECEDENCE_ELEMENT, OP_NONE);
}

static void sign(struct parser *parser)
{
	switch (parser->lexer.token.op) {
	case OP_ADD:
	case OP_SUB:
		prefix(parser, NODE_UNARY, PRECEDENCE_UNARY, parser->lexer.token.op);
		break;
	case OP_MUL:
		starred(parser, NODE_STARRED);
		break;
	case OP_POW:
		starred(parser, NODE_DOUBLE_STARRED);
		break;
	default:
		parser_skip(parser);
	}
}

static void operand_step(struct parser *parser)
{
	struct frame *frame = parser_frame(parser);

	if (frame->kind == FRAME_PARAMETERS && frame->state == PARAMETER_NONE) {
		parameter_begin(parser);
		return;
	}
	switch (parser_token(parser)) {
	case TOKEN_NAME:
		name(parser);
		break;
	case TOKEN_NUMBER:
		parser_leaf(parser, NODE_NUMBER);
		break;
	case TOKEN_CONSTANT:
		parser_leaf(parser, NODE_CONSTANT);
		break;
	case TOKEN_STRING:
		string_node(parser);
		break;
	case TOKEN_OPEN:
		frame_display(parser);
		break;
	case TOKEN_LAMBDA:
		lambda(parser);
		break;
	case TOKEN_AWAIT:
		prefix(parser, NODE_AWAIT, PRECEDENCE_AWAIT, OP_NONE);
		break;
	case TOKEN_NOT:
		prefix(parser, NODE_UNARY, PRECEDENCE_NOT, OP_NOT);
		break;
	case TOKEN_TILDE:
		prefix(parser, NODE_UNARY, PRECEDENCE_UNARY, OP_INVERT);
		break;
	case TOKEN_BINARY:
		sign(parser);
		break;
	case TOKEN_YIELD:
		frame_yield(parser);
		break;
	case TOKEN_COMPARE:
		/* The target of a `for` is missing. */
		if (parser->lexer.token.op == OP_IN && comprehension_in(parser))
			break;
		parser_skip(parser);
		break;
	case TOKEN_AND:
	case TOKEN_OR:
	case TOKEN_IF:
	case TOKEN_DOT:
	case TOKEN_WALRUS:
		parser_skip(parser);
		break;
	default:
		frame_token(parser);
	}
}

/* An operator where the operand in front of it is not missing. */
static void operator_step(struct parser *parser)
{
	switch (parser_token(parser)) {
	case TOKEN_DOT:
		attribute(parser);
		break;
	case TOKEN_OPEN:
		frame_trailer(parser);
		break;
	case TOKEN_BINARY:
		binary(parser);
		break;
	case TOKEN_COMPARE:
		if (parser->lexer.token.op != OP_IN || !comprehension_in(parser))
			comparison(parser);
		break;
	case TOKEN_NOT:
		not_in(parser);
		break;
	case TOKEN_AND:
		lexer_next(&parser->lexer);
		chained(parser, NODE_AND, PRECEDENCE_AND, OP_NONE);
		break;
	case TOKEN_OR:
		lexer_next(&parser->lexer);
		chained(parser, NODE_OR, PRECEDENCE_OR, OP_NONE);
		break;
	case TOKEN_IF:
		if (!comprehension_if(parser))
			conditional_if(parser);
		break;
	case TOKEN_ELSE:
		conditional_else(parser);
		break;
	case TOKEN_WALRUS:
		walrus(parser);
		break;
	case TOKEN_FOR:
	case TOKEN_ASYNC:
		comprehension_for(parser);
		break;
	case TOKEN_NAME:
	case TOKEN_NUMBER:
	case TOKEN_STRING:
	case TOKEN_CONSTANT:
	case TOKEN_LAMBDA:
	case TOKEN_AWAIT:
	case TOKEN_TILDE:
	case TOKEN_YIELD:
		frame_missing_comma(parser);
		break;
	default:
		frame_token(parser);
	}
}

void expression_run(struct parser *parser, uint32_t frames)
{
	while (parser->nr_frames > frames) {
		if (!parser->after_operand)
			operand_step(parser);
		else if (parser->nr_operands > parser_frame(parser)->element)
			operator_step(parser);
		else
			frame_token(parser);
	}
}

uint32_t expression_read(struct parser *parser, uint32_t flags)
{
	uint32_t frames = parser->nr_frames;
	uint32_t first = parser->nr_operands;

	frame_push(parser, FRAME_STATEMENT, parser->lexer.token.start, flags);
	parser->after_operand = false;
	expression_run(parser, frames);
	return first;
}
