/* SPDX-License-Identifier: MIT
 *
 * One function a kind of statement: which words and punctuation stand between
 * its expressions, and what each expression is to it.
 */
#include "python/statement.h"

#include "python/alias.h"
#include "python/blocks.h"
#include "python/expression.h"
#include "python/frame.h"
#include "python/parameter.h"
#include "python/pattern.h"

/* Reads an expression as a root. */
static void root(struct parser *parser, uint32_t flags, enum node_slot slot)
{
	uint32_t first = expression_read(parser, flags);

	if (parser->nr_operands == first)
		parser->broken = true;
	else if (!(flags & FRAME_LIST_OK) && parser_operand_node(parser, first)->kind == NODE_STARRED)
		parser->broken = true;
	parser_roots(parser, first, slot);
}

/* The same for what is assigned, bound or deleted. */
static void target(struct parser *parser, uint32_t flags, enum node_slot slot)
{
	uint32_t first = expression_read(parser, flags);

	if (parser->nr_operands == first)
		parser->broken = true;
	for (uint32_t i = first; i < parser->nr_operands; i++)
		parser_store(parser, i);
	parser_roots(parser, first, slot);
}

static bool accept(struct parser *parser, enum token_kind kind)
{
	if (parser_token(parser) != kind)
		return false;
	lexer_next(&parser->lexer);
	return true;
}

static void expect(struct parser *parser, enum token_kind kind)
{
	if (!accept(parser, kind))
		parser->broken = true;
}

/* Is the token the opening bracket `bracket`? */
static bool opens(const struct parser *parser, char bracket)
{
	return parser_token(parser) == TOKEN_OPEN && parser->lexer.code[parser->lexer.token.start] == bracket;
}

static void annotated(struct parser *parser, uint32_t first)
{
	parser_store(parser, first);
	parser_roots(parser, first, SLOT_TARGET);
	lexer_next(&parser->lexer);
	root(parser, 0, SLOT_ANNOTATION);
	if (accept(parser, TOKEN_EQUAL))
		root(parser, FRAME_LIST_OK, SLOT_VALUE);
}

static void augmented(struct parser *parser, uint32_t first)
{
	parser_operand_node(parser, first)->op = parser->lexer.token.op;
	parser_store(parser, first);
	parser_roots(parser, first, SLOT_AUGMENTED);
	lexer_next(&parser->lexer);
	root(parser, FRAME_LIST_OK, SLOT_AUGMENT);
}

/* The first expression of an assignment was read; the token is the `=` behind it. */
static void assigned(struct parser *parser, uint32_t first)
{
	while (accept(parser, TOKEN_EQUAL)) {
		if (parser->nr_operands > first)
			parser_store(parser, first);
		else
			parser->broken = true;
		parser_roots(parser, first, SLOT_TARGET);
		expression_read(parser, FRAME_LIST_OK);
	}
	if (parser->nr_operands == first)
		parser->broken = true;
	parser_roots(parser, first, SLOT_VALUE);
}

static void expression_statement(struct parser *parser)
{
	uint32_t first = expression_read(parser, FRAME_LIST_OK);
	enum token_kind kind = parser_token(parser);

	if (parser->nr_operands == first) {
		parser->broken = true;
		return;
	}
	if (kind == TOKEN_EQUAL)
		assigned(parser, first);
	else if (kind == TOKEN_COLON)
		annotated(parser, first);
	else if (kind == TOKEN_AUGMENTED)
		augmented(parser, first);
	else
		parser_roots(parser, first, SLOT_EXPRESSION);
}

static void return_statement(struct parser *parser)
{
	if (parser_token(parser) != TOKEN_END)
		root(parser, FRAME_LIST_OK, SLOT_RETURN);
}

static void raise_statement(struct parser *parser)
{
	if (parser_token(parser) == TOKEN_END)
		return;
	root(parser, 0, SLOT_RAISE);
	if (accept(parser, TOKEN_FROM))
		root(parser, 0, SLOT_RAISE);
}

static void assert_statement(struct parser *parser)
{
	root(parser, 0, SLOT_TEST);
	if (accept(parser, TOKEN_COMMA))
		root(parser, 0, SLOT_MESSAGE);
}

static void type_parameters(struct parser *parser)
{
	uint32_t first = parser->nr_operands;
	uint32_t frames = parser->nr_frames;

	if (!opens(parser, '['))
		return;
	parameter_list(parser, parser->lexer.token.start, FRAME_TYPES);
	lexer_next(&parser->lexer);
	frame_limit_depth(parser);
	expression_run(parser, frames);
	parser_roots(parser, first, SLOT_TYPE_PARAMETER);
}

/* The name alone, even where a bracket follows that would make a subscript of it. */
static void type_statement(struct parser *parser)
{
	uint32_t first = parser->nr_operands;

	if (parser_token(parser) == TOKEN_NAME) {
		struct node *name = parser_leaf(parser, NODE_NAME);

		name->name = name->start;
		name->name_len = name->end - name->start;
		name->flags = NODE_STORES;
		parser_roots(parser, first, SLOT_TARGET);
	} else {
		parser->broken = true;
	}
	type_parameters(parser);
	expect(parser, TOKEN_EQUAL);
	root(parser, 0, SLOT_VALUE);
}

static void for_header(struct parser *parser)
{
	target(parser, FRAME_LIST_OK | FRAME_IN_ENDS, SLOT_FOR_TARGET);
	if (parser_token(parser) == TOKEN_COMPARE && parser->lexer.token.op == OP_IN)
		lexer_next(&parser->lexer);
	else
		parser->broken = true;
	root(parser, FRAME_LIST_OK, SLOT_ITER);
}

/* One item, or all of `with (a as b, c):`, whose targets are marked already. */
static void with_items(struct parser *parser)
{
	uint32_t first = expression_read(parser, FRAME_WITH);
	uint32_t nr = parser->nr_operands;

	if (nr == first)
		parser->broken = true;
	parser->nr_operands = first;
	for (uint32_t i = first; i < nr; i++) {
		bool is_target = parser_operand_node(parser, i)->slot == SLOT_WITH_TARGET;

		parser->operands[first] = parser->operands[i];
		parser->nr_operands = first + 1;
		parser_roots(parser, first, is_target ? SLOT_WITH_TARGET : SLOT_WITH_ITEM);
	}
	if (accept(parser, TOKEN_AS))
		target(parser, 0, SLOT_WITH_TARGET);
}

static void with_header(struct parser *parser)
{
	do {
		with_items(parser);
	} while (accept(parser, TOKEN_COMMA));
}

static void except_header(struct parser *parser)
{
	if (parser_token(parser) == TOKEN_BINARY && parser->lexer.token.op == OP_MUL)
		lexer_next(&parser->lexer);
	if (parser_token(parser) == TOKEN_COLON)
		return;
	root(parser, FRAME_LIST_OK, SLOT_EXCEPT);
	if (accept(parser, TOKEN_AS))
		target(parser, 0, SLOT_EXCEPT_NAME);
}

static void case_header(struct parser *parser)
{
	pattern_read(parser);
	if (accept(parser, TOKEN_IF))
		root(parser, 0, SLOT_TEST);
}

static void def_header(struct parser *parser)
{
	uint32_t first = parser->nr_operands;
	uint32_t frames = parser->nr_frames;

	expect(parser, TOKEN_NAME);
	type_parameters(parser);
	if (opens(parser, '(')) {
		parameter_list(parser, parser->lexer.token.start, 0);
		lexer_next(&parser->lexer);
		frame_limit_depth(parser);
		expression_run(parser, frames);
		parser_roots(parser, first, SLOT_PARAMETER);
	} else {
		parser->broken = true;
	}
	if (accept(parser, TOKEN_ARROW))
		root(parser, FRAME_LIST_OK, SLOT_RETURNS);
}

static void class_header(struct parser *parser)
{
	uint32_t first = parser->nr_operands;
	uint32_t frames = parser->nr_frames;

	expect(parser, TOKEN_NAME);
	type_parameters(parser);
	if (!opens(parser, '('))
		return;
	frame_bases(parser);
	expression_run(parser, frames);
	parser_roots(parser, first, SLOT_BASE);
}

/* What is between the first word of a statement and its end or colon. */
static void parts(struct parser *parser, enum stmt_kind kind)
{
	switch (kind) {
	case STMT_EXPRESSION:
		expression_statement(parser);
		break;
	case STMT_IMPORT:
		alias_import(parser);
		break;
	case STMT_FROM:
		alias_from(parser);
		break;
	case STMT_RETURN:
		return_statement(parser);
		break;
	case STMT_RAISE:
		raise_statement(parser);
		break;
	case STMT_DEL:
		target(parser, FRAME_LIST_OK | FRAME_ROOTS, SLOT_DEL);
		break;
	case STMT_ASSERT:
		assert_statement(parser);
		break;
	case STMT_TYPE:
		type_statement(parser);
		break;
	case STMT_DECORATOR:
		root(parser, 0, SLOT_DECORATOR);
		break;
	case STMT_IF:
	case STMT_ELIF:
	case STMT_WHILE:
		root(parser, 0, SLOT_TEST);
		break;
	case STMT_MATCH:
		root(parser, FRAME_LIST_OK, SLOT_TEST);
		break;
	case STMT_FOR:
		for_header(parser);
		break;
	case STMT_WITH:
		with_header(parser);
		break;
	case STMT_EXCEPT:
		except_header(parser);
		break;
	case STMT_CASE:
		case_header(parser);
		break;
	case STMT_DEF:
		def_header(parser);
		break;
	case STMT_CLASS:
		class_header(parser);
		break;
	case STMT_GLOBAL:
	case STMT_NONLOCAL:
		do {
			expect(parser, TOKEN_NAME);
		} while (accept(parser, TOKEN_COMMA));
		break;
	default: /* a word alone */
		break;
	}
}

/* What no statement goes on with: expressions in it are understood all the same. */
static void rest(struct parser *parser)
{
	while (parser_token(parser) != TOKEN_END) {
		uint32_t before = parser->lexer.token.start;
		uint32_t first = expression_read(parser, FRAME_LIST_OK);

		parser->broken = true;
		parser_roots(parser, first, SLOT_EXPRESSION);
		if (parser_token(parser) != TOKEN_END && parser->lexer.token.start == before)
			lexer_next(&parser->lexer);
	}
}

static void begin(struct parser *parser, int32_t stmt)
{
	parser->stmt = stmt;
	parser->nr_operands = 0;
	parser->nr_operations = 0;
	parser->nr_frames = 0;
	parser->depth = 0;
	parser->broken = false;
	parser->has_lambda = false;
	parser->first_root = NO_NODE;
	parser->last_root = NO_NODE;
}

void statement_parse(struct parser *parser, int32_t index)
{
	const struct stmt *stmt = &parser->outline->blocks->stmts[index];
	struct lexer *lexer = &parser->lexer;

	begin(parser, index);
	lexer_enter(lexer, stmt->start, stmt->end);
	if (stmt->flags & STMT_ASYNC)
		lexer_next(lexer);
	if (stmt->kind != STMT_EXPRESSION)
		lexer_next(lexer);
	parts(parser, stmt->kind);
	if (stmt_is_header(stmt))
		expect(parser, TOKEN_COLON);
	rest(parser);
}
