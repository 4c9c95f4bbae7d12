/* SPDX-License-Identifier: MIT
 *
 * import a.b as c; from ..a import b as c, d.
 */
#include "python/alias.h"

#include "base/strbuf.h"
#include "python/blocks.h"
#include "python/mask.h"

/* Is the token part of a dotted name? A soft keyword may be a module's name. */
static bool is_dotted(const struct lexer *lexer)
{
	return lexer->token.kind == TOKEN_NAME || lexer->token.kind == TOKEN_DOT;
}

static void skip_dotted(struct lexer *lexer)
{
	while (is_dotted(lexer))
		lexer_next(lexer);
}

/* A name, perhaps with `as`; says whether there was one. */
static bool alias(struct parser *parser)
{
	struct lexer *lexer = &parser->lexer;
	uint32_t first = parser->nr_operands;
	uint32_t start = lexer->token.start;
	bool star = lexer->token.kind == TOKEN_BINARY && lexer->token.op == OP_MUL;

	if (!star && lexer->token.kind != TOKEN_NAME) {
		parser->broken = true;
		return false;
	}
	if (star)
		lexer_next(lexer);
	else
		skip_dotted(lexer);
	if (lexer->token.kind == TOKEN_AS) {
		lexer_next(lexer);
		if (lexer->token.kind == TOKEN_NAME)
			lexer_next(lexer);
		else
			parser->broken = true;
	}
	parser_push(parser, parser_node(parser, NODE_ALIAS, start, lexer->behind), start, lexer->behind);
	parser_roots(parser, first, SLOT_ALIAS);
	return true;
}

void alias_import(struct parser *parser)
{
	while (alias(parser) && parser_token(parser) == TOKEN_COMMA)
		lexer_next(&parser->lexer);
}

/* The dots and the name in front of `import`. */
static void skip_module(struct lexer *lexer)
{
	while (is_dotted(lexer) || lexer->token.kind == TOKEN_CONSTANT) /* `...` is one token */
		lexer_next(lexer);
}

void alias_from(struct parser *parser)
{
	struct lexer *lexer = &parser->lexer;
	bool brackets;

	skip_module(lexer);
	if (lexer->token.kind != TOKEN_IMPORT) {
		parser->broken = true;
		return;
	}
	lexer_next(lexer);
	brackets = lexer->token.kind == TOKEN_OPEN && lexer->code[lexer->token.start] == '(';
	if (brackets)
		lexer_next(lexer);
	while (alias(parser) && parser_token(parser) == TOKEN_COMMA) {
		lexer_next(lexer);
		if (brackets && lexer->token.kind == TOKEN_CLOSE)
			break;
	}
	if (!brackets)
		return;
	if (lexer->token.kind == TOKEN_CLOSE)
		lexer_next(lexer);
	else
		parser->broken = true;
}

/* Code text from start to end without blanks; a copy in the arena, if there are any. */
static struct text without_blanks(struct outline *outline, struct lexer *lexer, uint32_t start)
{
	struct strbuf sb = STRBUF_INIT;
	struct text text;
	uint32_t end = start;

	while (is_dotted(lexer)) {
		struct token token = lexer->token;

		if (token.start != end && sb.len == 0)
			strbuf_add(&sb, lexer->code + start, end - start);
		if (token.start != end || sb.len)
			strbuf_add(&sb, lexer->code + token.start, token.end - token.start);
		end = token.end;
		lexer_next(lexer);
	}
	text = (struct text){ lexer->code + start, end - start };
	if (sb.len)
		text = (struct text){ arena_memdupz(&outline->arena, sb.buf, sb.len), sb.len };
	strbuf_release(&sb);
	return text;
}

static struct text token_text(const struct lexer *lexer)
{
	const struct token *token = &lexer->token;
	size_t len = token->kind == TOKEN_END ? 0 : token->end - token->start;

	return (struct text){ lexer->code + token->start, len };
}

static void read_module(struct outline *outline, int32_t stmt, struct alias *alias)
{
	const struct stmt *from = &outline->blocks->stmts[stmt];
	struct lexer lexer;

	if (outline->module.stmt != stmt) {
		outline->module.stmt = stmt;
		outline->module.level = 0;
		lexer_init(&lexer, outline->mask);
		lexer_enter(&lexer, from->start, from->end);
		lexer_next(&lexer);
		while (lexer.token.kind == TOKEN_DOT || lexer.token.kind == TOKEN_CONSTANT) {
			outline->module.level += lexer.token.end - lexer.token.start;
			lexer_next(&lexer);
		}
		outline->module.name = without_blanks(outline, &lexer, lexer.token.start);
	}
	alias->module = outline->module.name;
	alias->level = outline->module.level;
}

/* Up to the first dot. */
static struct text first_part(struct text dotted)
{
	const char *dot = memchr(dotted.ptr, '.', dotted.len);

	if (dot)
		dotted.len = (size_t)(dot - dotted.ptr);
	return dotted;
}

bool outline_alias(struct outline *outline, int32_t index, struct alias *alias)
{
	const struct node *node = &outline->nodes[index];
	bool from = outline->blocks->stmts[node->stmt].kind == STMT_FROM;
	struct text dotted = TEXT("*");
	struct lexer lexer;

	memset(alias, 0, sizeof(*alias));
	if (node->kind != NODE_ALIAS)
		return false;
	lexer_init(&lexer, outline->mask);
	lexer_enter(&lexer, node->start, node->end);
	if (is_dotted(&lexer))
		dotted = without_blanks(outline, &lexer, node->start);
	else
		lexer_next(&lexer);
	if (from) {
		read_module(outline, node->stmt, alias);
		alias->name = dotted;
	} else {
		alias->module = dotted;
	}
	if (lexer.token.kind == TOKEN_AS) {
		lexer_next(&lexer);
		alias->renamed = true;
		alias->bound = token_text(&lexer);
	} else if (dotted.ptr[0] != '*') {
		alias->bound = first_part(dotted);
	}
	return true;
}
