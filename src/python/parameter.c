/* SPDX-License-Identifier: MIT
 *
 * Parameters: a name, perhaps an annotation, perhaps a default.
 */
#include "python/parameter.h"

#include "python/expression.h"
#include "python/frame.h"

void parameter_list(struct parser *parser, uint32_t open, uint32_t flags)
{
	frame_push(parser, FRAME_PARAMETERS, open, flags)->state = PARAMETER_NONE;
	parser->after_operand = false;
}

/* The body of the lambda comes next; it and the parameters are the operands of the operation. */
static void end_list(struct parser *parser)
{
	struct operation *lambda = &parser->operations[parser->nr_operations - 1];

	parameter_end(parser);
	lambda->need = parser->nr_operands - lambda->first + 1;
	parser->after_operand = false;
	parser->nr_frames--;
}

void parameter_list_broken(struct parser *parser)
{
	parser->broken = true;
	end_list(parser);
}

static void parameter_name(struct parser *parser, struct frame *frame)
{
	const struct token *token = &parser->lexer.token;

	frame->name = token->start;
	frame->name_len = token->end - token->start;
	frame->state = PARAMETER_NAMED;
	parser->after_operand = true;
	lexer_next(&parser->lexer);
}

static void star(struct parser *parser, struct frame *frame)
{
	enum node_op op = parser->lexer.token.op;

	if (op != OP_MUL && op != OP_POW && op != OP_DIV) {
		parser_skip(parser);
		return;
	}
	frame->node_flags = op == OP_MUL ? NODE_STAR : NODE_DOUBLE_STAR;
	lexer_next(&parser->lexer);
	if (op != OP_DIV && parser_token(parser) == TOKEN_NAME) {
		parameter_name(parser, frame);
		return;
	}
	if (op == OP_POW)
		parser->broken = true;
	parser->after_operand = true;
}

void parameter_begin(struct parser *parser)
{
	struct frame *frame = parser_frame(parser);

	frame->mark = parser->lexer.token.start;
	frame->node_flags = 0;
	switch (parser_token(parser)) {
	case TOKEN_NAME:
		parameter_name(parser, frame);
		break;
	case TOKEN_BINARY:
		star(parser, frame);
		break;
	case TOKEN_COMMA:
	case TOKEN_COLON:
	case TOKEN_CLOSE:
	case TOKEN_END:
		frame_token(parser);
		break;
	default:
		parser_skip(parser);
	}
}

/* An annotation or default that is announced but not there. */
static void drop_missing(struct parser *parser, struct frame *frame)
{
	uint8_t flag = frame->state == PARAMETER_DEFAULT ? NODE_HAS_DEFAULT : NODE_HAS_ANNOTATION;
	uint32_t expected = (frame->node_flags & NODE_HAS_ANNOTATION ? 1 : 0) +
			    (frame->node_flags & NODE_HAS_DEFAULT ? 1 : 0);

	if (!parser->after_operand)
		parser->broken = true;
	if (parser->nr_operands - frame->element < expected)
		frame->node_flags &= (uint8_t)~flag;
}

void parameter_end(struct parser *parser)
{
	struct frame *frame = parser_frame(parser);
	struct node *node;

	if (frame->state == PARAMETER_NONE) {
		if (!parser->after_operand && parser_token(parser) == TOKEN_COMMA)
			parser->broken = true;
		return;
	}
	expression_reduce(parser);
	drop_missing(parser, frame);
	frame->state = PARAMETER_NONE;
	if (frame->flags & FRAME_TYPES)
		return;
	node = parser_make(parser, frame->element, NODE_PARAMETER, frame->mark, parser->lexer.behind);
	node->name = frame->name;
	node->name_len = frame->name_len;
	node->flags = frame->node_flags;
}

void parameter_colon(struct parser *parser)
{
	struct frame *frame = parser_frame(parser);

	if (frame->flags & FRAME_LAMBDA) {
		end_list(parser);
		lexer_next(&parser->lexer);
	} else if (frame->state == PARAMETER_NAMED) {
		frame->state = PARAMETER_ANNOTATION;
		frame->node_flags |= NODE_HAS_ANNOTATION;
		parser->after_operand = false;
		lexer_next(&parser->lexer);
	} else {
		parser_skip(parser);
	}
}

void parameter_equal(struct parser *parser)
{
	struct frame *frame = parser_frame(parser);

	if (frame->state != PARAMETER_NAMED && frame->state != PARAMETER_ANNOTATION) {
		parser_skip(parser);
		return;
	}
	expression_reduce(parser);
	drop_missing(parser, frame);
	frame->state = PARAMETER_DEFAULT;
	frame->node_flags |= NODE_HAS_DEFAULT;
	parser->after_operand = false;
	lexer_next(&parser->lexer);
}
