/* SPDX-License-Identifier: MIT
 *
 * A name in a pattern is captured unless it is part of a dotted name, a class
 * name before `(`, a keyword before `=`, or `_`. That can be told from the
 * tokens beside it (The Python Language Reference 3.13, 8.6.4), so a pattern
 * needs no parser.
 */
#include "python/pattern.h"

static void captured(struct parser *parser, bool behind_dot)
{
	const struct token *token = &parser->lexer.token;
	uint32_t len = token->end - token->start;
	char next = lexer_peek(&parser->lexer, NULL);
	struct node *node;

	if (behind_dot || next == '.' || next == '(' || next == '=' ||
	    (len == 1 && parser->lexer.code[token->start] == '_')) {
		lexer_next(&parser->lexer);
		return;
	}
	node = parser_leaf(parser, NODE_NAME);
	node->name = node->start;
	node->name_len = len;
	node->flags = NODE_STORES;
}

/* Does the token end a pattern? */
static bool ends(const struct parser *parser, uint32_t depth)
{
	enum token_kind kind = parser_token(parser);

	return kind == TOKEN_END || (depth == 0 && (kind == TOKEN_COLON || kind == TOKEN_IF));
}

void pattern_read(struct parser *parser)
{
	uint32_t first = parser->nr_operands;
	uint32_t start = parser->lexer.token.start;
	uint32_t depth = 0;
	enum token_kind before = TOKEN_END;

	while (!ends(parser, depth)) {
		enum token_kind kind = parser_token(parser);

		if (kind == TOKEN_OPEN)
			depth++;
		else if (kind == TOKEN_CLOSE && depth > 0)
			depth--;
		if (kind == TOKEN_NAME)
			captured(parser, before == TOKEN_DOT);
		else
			lexer_next(&parser->lexer);
		before = kind;
	}
	if (before == TOKEN_END || depth > 0)
		parser->broken = true;
	if (before == TOKEN_END)
		return;
	parser_make(parser, first, NODE_PATTERN, start, parser->lexer.behind);
	parser_roots(parser, first, SLOT_PATTERN);
}
