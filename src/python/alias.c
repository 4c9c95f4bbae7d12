/* SPDX-License-Identifier: MIT
 *
 * import a.b as c; from ..a import b as c, d.
 */
#include "python/alias.h"

#include "base/strbuf.h"
#include "python/blocks.h"
#include "python/mask.h"

static void expect_name(struct parser *parser)
{
	if (parser_token(parser) == TOKEN_NAME)
		lexer_next(&parser->lexer);
	else
		parser->broken = true;
}

static void skip_dotted(struct parser *parser)
{
	expect_name(parser);
	while (parser_token(parser) == TOKEN_DOT) {
		lexer_next(&parser->lexer);
		expect_name(parser);
	}
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
		skip_dotted(parser);
	if (lexer->token.kind == TOKEN_AS) {
		lexer_next(lexer);
		expect_name(parser);
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

static bool is_dots(const struct lexer *lexer)
{
	enum token_kind kind = lexer->token.kind;

	return kind == TOKEN_DOT || (kind == TOKEN_CONSTANT && lexer->code[lexer->token.start] == '.');
}

/* Steps over the dots in front of a module, of which three may be one token; says how many there are. */
static unsigned skip_dots(struct lexer *lexer)
{
	unsigned level = 0;

	for (; is_dots(lexer); lexer_next(lexer))
		level += lexer->token.end - lexer->token.start;
	return level;
}

void alias_from(struct parser *parser)
{
	struct lexer *lexer = &parser->lexer;
	unsigned level = skip_dots(lexer);
	bool brackets;

	if (level == 0 || lexer->token.kind != TOKEN_IMPORT)
		skip_dotted(parser);
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

/* Reads a dotted name; with blanks in it, its text is a copy without them in the arena. */
static struct text dotted_text(struct outline *outline, struct lexer *lexer)
{
	struct strbuf sb = STRBUF_INIT;
	uint32_t start = lexer->token.start;
	uint32_t end = start;
	struct text text;

	while (lexer->token.kind == TOKEN_NAME || lexer->token.kind == TOKEN_DOT) {
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
		lexer_init(&lexer, outline->mask);
		lexer_enter(&lexer, from->start, from->end);
		lexer_next(&lexer);
		outline->module.level = skip_dots(&lexer);
		outline->module.name = dotted_text(outline, &lexer);
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
	if (lexer.token.kind == TOKEN_NAME)
		dotted = dotted_text(outline, &lexer);
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
