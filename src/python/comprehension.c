/* SPDX-License-Identifier: MIT
 *
 * for TARGET in ITER if TEST … of comprehensions.
 */
#include "python/comprehension.h"

#include "python/expression.h"
#include "python/frame.h"

static bool takes_clauses(const struct frame *frame)
{
	return frame->kind == FRAME_PAREN || frame->kind == FRAME_LIST || frame->kind == FRAME_BRACE ||
	       frame->kind == FRAME_CALL;
}

void comprehension_for(struct parser *parser)
{
	struct frame *frame = parser_frame(parser);
	uint32_t start = parser->lexer.token.start;
	uint32_t flags = 0;

	if (frame->kind == FRAME_CLAUSE && frame->state != CLAUSE_TARGET) {
		comprehension_end_clause(parser);
		frame = parser_frame(parser);
	}
	if (!takes_clauses(frame)) {
		frame_token(parser);
		return;
	}
	if (parser_token(parser) == TOKEN_ASYNC) {
		flags = FRAME_IS_ASYNC;
		lexer_next(&parser->lexer);
		if (parser_token(parser) != TOKEN_FOR) {
			parser->broken = true;
			return;
		}
	}
	if (!(frame->flags & FRAME_COMPREHENSION)) {
		frame_end_element(parser);
		frame->flags |= FRAME_COMPREHENSION;
	}
	frame_push(parser, FRAME_CLAUSE, start, flags)->state = CLAUSE_TARGET;
	parser->after_operand = false;
	lexer_next(&parser->lexer);
}

static void next_part(struct parser *parser, struct frame *frame, enum frame_state state)
{
	frame->state = (uint8_t)state;
	frame->element = parser->nr_operands;
	parser->after_operand = false;
	lexer_next(&parser->lexer);
}

bool comprehension_in(struct parser *parser)
{
	struct frame *frame = parser_frame(parser);

	if (frame->kind == FRAME_STATEMENT && frame->flags & FRAME_IN_ENDS) {
		frame_token(parser);
		return true;
	}
	if (frame->kind != FRAME_CLAUSE || frame->state != CLAUSE_TARGET)
		return false;
	frame_end_element(parser);
	frame_end_list(parser, parser->lexer.behind);
	if (parser->nr_operands > frame->base)
		parser_store(parser, frame->base);
	else
		parser->broken = true;
	next_part(parser, frame, CLAUSE_ITER);
	return true;
}

bool comprehension_if(struct parser *parser)
{
	struct frame *frame = parser_frame(parser);

	if (frame->kind != FRAME_CLAUSE || frame->state == CLAUSE_TARGET)
		return false;
	frame_end_element(parser);
	next_part(parser, frame, CLAUSE_TEST);
	return true;
}

void comprehension_end_clause(struct parser *parser)
{
	struct frame *frame = parser_frame(parser);
	uint32_t behind = parser->lexer.behind;

	frame_end_element(parser);
	if (parser->nr_operands == frame->element)
		parser->broken = true;
	if (frame->state != CLAUSE_TARGET && parser->nr_operands >= frame->base + 2) {
		struct node *node = parser_make(parser, frame->base, NODE_COMPREHENSION, frame->open, behind);

		if (frame->flags & FRAME_IS_ASYNC)
			node->flags |= NODE_IS_ASYNC;
	} else {
		/* What there is of it are further elements of the bracket. */
		parser->broken = true;
		frame[-1].flags &= ~(uint32_t)FRAME_COMPREHENSION;
	}
	parser->after_operand = true;
	parser->nr_frames--;
}

bool comprehension_end(struct parser *parser)
{
	struct frame *frame = parser_frame(parser);

	if (!(frame->flags & FRAME_COMPREHENSION))
		return false;
	parser_make(parser, frame->element, NODE_GENERATOR, parser->operands[frame->element].start,
		    parser->lexer.behind);
	frame->flags &= ~(uint32_t)FRAME_COMPREHENSION;
	return true;
}
