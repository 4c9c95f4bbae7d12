/* SPDX-License-Identifier: MIT
 *
 * Brackets and the expressions of statements.
 */
#include "python/frame.h"

#include "base/alloc.h"
#include "python/comprehension.h"
#include "python/expression.h"
#include "python/parameter.h"
#include "python/string_node.h"

struct frame *frame_push(struct parser *parser, enum frame_kind kind, uint32_t open, uint32_t flags)
{
	struct frame *frame;

	ARRAY_GROW(parser->frames, parser->nr_frames + 1, parser->alloc_frames);
	frame = &parser->frames[parser->nr_frames++];
	memset(frame, 0, sizeof(*frame));
	frame->kind = (uint8_t)kind;
	frame->flags = flags;
	frame->open = open;
	frame->first = parser->nr_operands;
	frame->base = parser->nr_operands;
	frame->element = parser->nr_operands;
	frame->operations = parser->nr_operations;
	return frame;
}

void frame_limit_depth(struct parser *parser)
{
	uint32_t depth = 1;

	if (++parser->depth <= PARSER_MAX_DEPTH)
		return;
	parser->broken = true;
	for (;;) {
		enum token_kind kind = parser_token(parser);

		if (kind == TOKEN_OPEN)
			depth++;
		if (kind == TOKEN_END || (kind == TOKEN_CLOSE && --depth == 0))
			return;
		lexer_next(&parser->lexer);
	}
}

static void open_bracket(struct parser *parser)
{
	parser->after_operand = false;
	lexer_next(&parser->lexer);
	frame_limit_depth(parser);
}

void frame_display(struct parser *parser)
{
	const struct frame *around = parser_frame(parser);
	uint32_t open = parser->lexer.token.start;
	uint32_t flags = 0;
	enum frame_kind kind;

	switch (parser->lexer.code[open]) {
	case '(':
		kind = FRAME_PAREN;
		if (around->flags & FRAME_WITH && around->kind == FRAME_STATEMENT && expression_is_new(parser))
			flags = FRAME_WITH;
		break;
	case '[':
		kind = FRAME_LIST;
		break;
	default:
		kind = FRAME_BRACE;
	}
	frame_push(parser, kind, open, flags);
	open_bracket(parser);
}

void frame_trailer(struct parser *parser)
{
	uint32_t open = parser->lexer.token.start;
	char bracket = parser->lexer.code[open];

	if (bracket == '{') {
		frame_missing_comma(parser);
		return;
	}
	frame_push(parser, bracket == '(' ? FRAME_CALL : FRAME_SUBSCRIPT, open, 0)->first--;
	open_bracket(parser);
}

void frame_bases(struct parser *parser)
{
	frame_push(parser, FRAME_CALL, parser->lexer.token.start, FRAME_ROOTS);
	open_bracket(parser);
}

void frame_yield(struct parser *parser)
{
	struct frame *frame = parser_frame(parser);
	bool value = frame->kind == FRAME_STATEMENT && (frame->flags & (FRAME_LIST_OK | FRAME_ROOTS)) == FRAME_LIST_OK;
	bool fits = value || frame->kind == FRAME_PAREN || frame->kind == FRAME_FIELD;

	if (!fits || !expression_is_new(parser) || frame->flags & (FRAME_COMMA | FRAME_YIELD)) {
		parser_skip(parser);
		return;
	}
	frame->flags |= FRAME_YIELD;
	frame->mark = parser->lexer.token.start;
	lexer_next(&parser->lexer);
	if (parser_token(parser) == TOKEN_FROM) {
		frame->flags |= FRAME_YIELD_FROM;
		lexer_next(&parser->lexer);
	}
}

void frame_end_yield(struct parser *parser, uint32_t end)
{
	const struct frame *frame = parser_frame(parser);
	enum node_kind kind = frame->flags & FRAME_YIELD_FROM ? NODE_YIELD_FROM : NODE_YIELD;
	uint32_t base = frame->base;

	if (!(frame->flags & FRAME_YIELD))
		return;
	if (kind == NODE_YIELD_FROM && parser->nr_operands == base)
		parser->broken = true;
	parser_make(parser, base, kind, frame->mark, end);
}

void frame_end_list(struct parser *parser, uint32_t end)
{
	const struct frame *frame = parser_frame(parser);
	uint32_t count = parser->nr_operands - frame->base;

	if (count > 1 || (count == 1 && frame->flags & FRAME_COMMA))
		parser_make_tuple(parser, frame->base, end);
	else if (frame->flags & FRAME_COMMA)
		parser->broken = true;
}

static void end_slice(struct parser *parser, struct frame *frame)
{
	parser_make(parser, frame->element, NODE_SLICE, frame->mark, parser->lexer.behind);
	frame->flags &= ~(uint32_t)(FRAME_SLICE | FRAME_STEP);
}

/* An element of braces says whether they are a dict. */
static void end_pair(struct parser *parser, struct frame *frame)
{
	if (parser->nr_operands == frame->element || frame->flags & FRAME_COMPREHENSION)
		return;
	if (frame->flags & FRAME_PAIR || parser_operand_node(parser, frame->element)->kind == NODE_DOUBLE_STARRED)
		frame->flags |= FRAME_DICT;
	else
		frame->flags |= FRAME_SET;
	frame->flags &= ~(uint32_t)FRAME_PAIR;
}

/* An element of `with (a as b, c):`. */
static void end_item(struct parser *parser, struct frame *frame)
{
	uint32_t target = frame->element + 1;

	if (!(frame->flags & FRAME_AS))
		return;
	if (target + 1 == parser->nr_operands) {
		parser_store(parser, target);
		parser_operand_node(parser, target)->slot = SLOT_WITH_TARGET;
	} else {
		parser->broken = true;
	}
	frame->flags &= ~(uint32_t)FRAME_AS;
}

void frame_end_element(struct parser *parser)
{
	struct frame *frame = parser_frame(parser);

	if (!parser->after_operand && (parser->nr_operations > frame->operations || frame->flags & FRAME_PAIR))
		parser->broken = true;
	expression_reduce(parser);
	if (frame->flags & FRAME_SLICE)
		end_slice(parser, frame);
	if (frame->kind == FRAME_BRACE)
		end_pair(parser, frame);
	if (frame->kind == FRAME_PAREN)
		end_item(parser, frame);
}

static void next_element(struct parser *parser)
{
	struct frame *frame = parser_frame(parser);

	frame->flags |= FRAME_COMMA;
	frame->element = parser->nr_operands;
	parser->after_operand = false;
}

/* The element in front of a comma, which may be there or not. */
static void separate(struct parser *parser)
{
	struct frame *frame = parser_frame(parser);

	if (frame->kind == FRAME_PARAMETERS) {
		parameter_end(parser);
	} else {
		frame_end_element(parser);
		if (parser->nr_operands == frame->element || comprehension_end(parser))
			parser->broken = true;
	}
	next_element(parser);
}

static void comma(struct parser *parser)
{
	const struct frame *frame = parser_frame(parser);

	if (frame->kind == FRAME_CLAUSE && frame->state != CLAUSE_TARGET) {
		parser->broken = true;
		comprehension_end_clause(parser);
		return;
	}
	separate(parser);
	lexer_next(&parser->lexer);
}

/* The expression of a statement is complete; the token is for the caller. */
static void end_statement(struct parser *parser)
{
	const struct frame *frame = parser_frame(parser);
	uint32_t behind = parser->lexer.behind;

	frame_end_element(parser);
	if (!(frame->flags & (FRAME_ROOTS | FRAME_WITH))) {
		frame_end_list(parser, behind);
		frame_end_yield(parser, behind);
	}
	parser->nr_frames--;
}

void frame_missing_comma(struct parser *parser)
{
	struct frame *frame = parser_frame(parser);

	parser->broken = true;
	if (frame->kind == FRAME_CLAUSE && frame->state != CLAUSE_TARGET)
		comprehension_end_clause(parser);
	else if (frame->kind == FRAME_STATEMENT)
		end_statement(parser);
	else
		separate(parser);
}

static bool is_parenthesised(const struct parser *parser, uint32_t operand)
{
	return parser->operands[operand].start != parser->outline->nodes[parser->operands[operand].node].start;
}

/*
 * Are the elements of `with (…)`, whose closing bracket is the token, items of the statement rather than one
 * expression? The grammar tries this first: each has to be an expression of its own, and the header ends there.
 */
static bool are_items(struct parser *parser)
{
	const struct frame *frame = parser_frame(parser);
	uint32_t at;

	if (!(frame->flags & FRAME_WITH) || frame->flags & (FRAME_YIELD | FRAME_COMPREHENSION))
		return false;
	if (parser->nr_operands == frame->base)
		return false;
	if (parser_token(parser) != TOKEN_CLOSE || lexer_peek(&parser->lexer, &at) != ':')
		return false;
	for (uint32_t i = frame->base; i < parser->nr_operands; i++) {
		enum node_kind kind = parser_operand_node(parser, i)->kind;

		if ((kind == NODE_WALRUS || kind == NODE_STARRED) && !is_parenthesised(parser, i))
			return false;
	}
	return true;
}

static void close_paren(struct parser *parser, uint32_t end)
{
	const struct frame *frame = parser_frame(parser);
	bool generator = frame->flags & FRAME_COMPREHENSION;
	uint32_t base = frame->base;

	if (are_items(parser))
		return;
	if (frame->flags & FRAME_ITEMS)
		parser->broken = true;
	if (generator) {
		parser_make(parser, base, NODE_GENERATOR, frame->open, end);
	} else if (frame->flags & FRAME_YIELD) {
		frame_end_list(parser, parser->lexer.behind);
		frame_end_yield(parser, parser->lexer.behind);
	} else if (parser->nr_operands != base + 1 || frame->flags & FRAME_COMMA) {
		if (parser->nr_operands == base && frame->flags & FRAME_COMMA)
			parser->broken = true;
		parser_make(parser, base, NODE_TUPLE, frame->open, end);
	} else if (parser_operand_node(parser, base)->kind == NODE_STARRED) {
		parser->broken = true;
	}
	parser->operands[base].start = frame->open;
	parser->operands[base].end = end;
}

static void close_list(struct parser *parser, uint32_t end)
{
	const struct frame *frame = parser_frame(parser);
	bool comprehension = frame->flags & FRAME_COMPREHENSION;

	parser_make(parser, frame->base, comprehension ? NODE_LIST_COMP : NODE_LIST, frame->open, end);
}

static void close_brace(struct parser *parser, uint32_t end)
{
	const struct frame *frame = parser_frame(parser);
	bool dict = !(frame->flags & FRAME_SET);
	enum node_kind kind = dict ? NODE_DICT : NODE_SET;

	if (frame->flags & FRAME_SET && frame->flags & FRAME_DICT)
		parser->broken = true;
	if (frame->flags & FRAME_COMPREHENSION)
		kind = dict ? NODE_DICT_COMP : NODE_SET_COMP;
	parser_make(parser, frame->base, kind, frame->open, end);
}

static void close_call(struct parser *parser, uint32_t end)
{
	const struct frame *frame = parser_frame(parser);

	/* A generator expression that is the only argument takes the brackets of the call for its own. */
	if (frame->flags & FRAME_COMPREHENSION)
		parser_make(parser, frame->base, NODE_GENERATOR, frame->open, end);
	if (!(frame->flags & FRAME_ROOTS))
		parser_make(parser, frame->first, NODE_CALL, parser->operands[frame->first].start, end);
}

static void close_subscript(struct parser *parser, uint32_t end)
{
	const struct frame *frame = parser_frame(parser);
	uint32_t count = parser->nr_operands - frame->base;

	frame_end_list(parser, parser->lexer.behind);
	if (count == 0) {
		parser->broken = true;
		return;
	}
	/* A lone starred index is a tuple, as PEP 646 has it. */
	if (parser_operand_node(parser, frame->base)->kind == NODE_STARRED)
		parser_make_tuple(parser, frame->base, parser->lexer.behind);
	parser_make(parser, frame->first, NODE_SUBSCRIPT, parser->operands[frame->first].start, end);
}

/* A bracket closes at `end`; the token, if it is the one that closes it, is not consumed yet. */
static void close_bracket(struct parser *parser, uint32_t end)
{
	const struct frame *frame = parser_frame(parser);

	if (frame->kind == FRAME_PARAMETERS)
		parameter_end(parser);
	else
		frame_end_element(parser);
	if (frame->flags & FRAME_COMMA && comprehension_end(parser))
		parser->broken = true;
	switch (frame->kind) {
	case FRAME_PAREN:
		close_paren(parser, end);
		break;
	case FRAME_LIST:
		close_list(parser, end);
		break;
	case FRAME_BRACE:
		close_brace(parser, end);
		break;
	case FRAME_CALL:
		close_call(parser, end);
		break;
	case FRAME_SUBSCRIPT:
		close_subscript(parser, end);
		break;
	default:
		break;
	}
	parser->after_operand = true;
	parser->depth--;
	parser->nr_frames--;
}

static void closing_token(struct parser *parser)
{
	const struct token *token = &parser->lexer.token;
	const struct frame *frame = parser_frame(parser);
	const char *code = parser->lexer.code;
	char open = code[frame->open];

	if (frame->kind == FRAME_CLAUSE) {
		comprehension_end_clause(parser);
	} else if (frame->flags & FRAME_LAMBDA) {
		parameter_list_broken(parser);
	} else if (frame->kind == FRAME_FIELD) {
		parser_skip(parser);
	} else {
		if (code[token->start] != (open == '(' ? ')' : open == '[' ? ']' : '}'))
			parser->broken = true;
		close_bracket(parser, token->end);
		lexer_next(&parser->lexer);
	}
}

static void end_of_text(struct parser *parser)
{
	const struct frame *frame = parser_frame(parser);

	if (frame->kind == FRAME_FIELD) {
		string_field_end(parser);
		return;
	}
	parser->broken = true;
	if (frame->kind == FRAME_CLAUSE)
		comprehension_end_clause(parser);
	else if (frame->flags & FRAME_LAMBDA)
		parameter_list_broken(parser);
	else
		close_bracket(parser, parser->lexer.behind);
}

static void slice_colon(struct parser *parser, struct frame *frame)
{
	expression_reduce(parser);
	if (!(frame->flags & FRAME_SLICE)) {
		bool lower = parser->nr_operands > frame->element;

		frame->mark = lower ? parser->operands[frame->element].start : parser->lexer.token.start;
		frame->flags |= FRAME_SLICE;
	} else if (!(frame->flags & FRAME_STEP)) {
		frame->flags |= FRAME_STEP;
	} else {
		parser->broken = true;
	}
	parser->after_operand = false;
	lexer_next(&parser->lexer);
}

static void pair_colon(struct parser *parser, struct frame *frame)
{
	expression_reduce(parser);
	if (parser->nr_operands == frame->element || frame->flags & FRAME_PAIR)
		parser->broken = true;
	frame->flags |= FRAME_PAIR;
	parser->after_operand = false;
	lexer_next(&parser->lexer);
}

static void colon(struct parser *parser)
{
	struct frame *frame = parser_frame(parser);

	if (frame->kind == FRAME_PARAMETERS)
		parameter_colon(parser);
	else if (frame->kind == FRAME_SUBSCRIPT)
		slice_colon(parser, frame);
	else if (frame->kind == FRAME_BRACE)
		pair_colon(parser, frame);
	else
		parser_skip(parser);
}

static void equal(struct parser *parser)
{
	const struct frame *frame = parser_frame(parser);

	if (frame->kind == FRAME_PARAMETERS)
		parameter_equal(parser);
	else if (frame->kind == FRAME_FIELD)
		string_field_equal(parser);
	else
		parser_skip(parser);
}

/* `as` in the brackets of `with (a as b):`. */
static void item_as(struct parser *parser)
{
	struct frame *frame = parser_frame(parser);

	if (frame->kind != FRAME_PAREN || !(frame->flags & FRAME_WITH) || frame->flags & FRAME_AS ||
	    parser->nr_operands == frame->element) {
		parser_skip(parser);
		return;
	}
	expression_reduce(parser);
	frame->flags |= FRAME_AS | FRAME_ITEMS;
	parser->after_operand = false;
	lexer_next(&parser->lexer);
}

void frame_token(struct parser *parser)
{
	const struct frame *frame = parser_frame(parser);
	enum token_kind kind = parser_token(parser);

	if (frame->kind == FRAME_STATEMENT && (kind != TOKEN_COMMA || !(frame->flags & FRAME_LIST_OK))) {
		end_statement(parser);
		return;
	}
	switch (kind) {
	case TOKEN_COMMA:
		comma(parser);
		break;
	case TOKEN_COLON:
		colon(parser);
		break;
	case TOKEN_EQUAL:
		equal(parser);
		break;
	case TOKEN_CLOSE:
		closing_token(parser);
		break;
	case TOKEN_END:
		end_of_text(parser);
		break;
	case TOKEN_AS:
		item_as(parser);
		break;
	default:
		parser_skip(parser);
	}
}
