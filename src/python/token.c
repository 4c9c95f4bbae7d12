/* SPDX-License-Identifier: MIT
 *
 * The lexer over code text. It runs over every statement that is outlined, so
 * a table tells bytes apart and keywords are sorted out by their length.
 */
#include "python/token.h"

#include "python/mask.h"
#include "python/outline.h"

enum byte_class { CLASS_OTHER, CLASS_BLANK, CLASS_NAME, CLASS_DIGIT, CLASS_QUOTE };

#define B CLASS_BLANK
#define N CLASS_NAME
#define D CLASS_DIGIT
#define Q CLASS_QUOTE
/* Bytes of multi-byte characters are taken for letters. */
static const uint8_t byte_classes[256] = {
	0, 0, 0, 0, 0, 0, 0, 0, 0, B, B, 0, B, B, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	B, 0, Q, 0, 0, 0, 0, Q, 0, 0, 0, 0, 0, 0, 0, 0,
	D, D, D, D, D, D, D, D, D, D, 0, 0, 0, 0, 0, 0,
	0, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,
	N, N, N, N, N, N, N, N, N, N, N, 0, 0, 0, 0, N,
	0, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,
	N, N, N, N, N, N, N, N, N, N, N, 0, 0, 0, 0, 0,
	N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,
	N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,
	N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,
	N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,
	N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,
	N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,
	N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,
	N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,
};
#undef B
#undef N
#undef D
#undef Q

static inline enum byte_class class_of(char byte)
{
	return byte_classes[(unsigned char)byte];
}

static inline bool continues_name(char byte)
{
	return class_of(byte) == CLASS_NAME || class_of(byte) == CLASS_DIGIT;
}

static inline bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

#define IS(word) (memcmp(text, word, sizeof(word) - 1) == 0)

static void keyword(struct token *token, const char *text)
{
	token->kind = TOKEN_NAME;
	switch (token->end - token->start) {
	case 2:
		if (IS("in") || IS("is")) {
			token->kind = TOKEN_COMPARE;
			token->op = text[1] == 'n' ? OP_IN : OP_IS;
		} else if (IS("if")) {
			token->kind = TOKEN_IF;
		} else if (IS("or")) {
			token->kind = TOKEN_OR;
		} else if (IS("as")) {
			token->kind = TOKEN_AS;
		}
		break;
	case 3:
		if (IS("not"))
			token->kind = TOKEN_NOT;
		else if (IS("and"))
			token->kind = TOKEN_AND;
		else if (IS("for"))
			token->kind = TOKEN_FOR;
		else if (IS("def") || IS("del") || IS("try"))
			token->kind = TOKEN_KEYWORD;
		break;
	case 4:
		if (IS("None") || IS("True"))
			token->kind = TOKEN_CONSTANT;
		else if (IS("else"))
			token->kind = TOKEN_ELSE;
		else if (IS("from"))
			token->kind = TOKEN_FROM;
		else if (IS("elif") || IS("pass") || IS("with"))
			token->kind = TOKEN_KEYWORD;
		break;
	case 5:
		if (IS("await"))
			token->kind = TOKEN_AWAIT;
		else if (IS("False"))
			token->kind = TOKEN_CONSTANT;
		else if (IS("yield"))
			token->kind = TOKEN_YIELD;
		else if (IS("async"))
			token->kind = TOKEN_ASYNC;
		else if (IS("break") || IS("class") || IS("raise") || IS("while"))
			token->kind = TOKEN_KEYWORD;
		break;
	case 6:
		if (IS("lambda"))
			token->kind = TOKEN_LAMBDA;
		else if (IS("import"))
			token->kind = TOKEN_IMPORT;
		else if (IS("assert") || IS("except") || IS("global") || IS("return"))
			token->kind = TOKEN_KEYWORD;
		break;
	case 7:
		if (IS("finally"))
			token->kind = TOKEN_KEYWORD;
		break;
	case 8:
		if (IS("continue") || IS("nonlocal"))
			token->kind = TOKEN_KEYWORD;
		break;
	default:
		break;
	}
}

static const char *digits_end(const char *ptr)
{
	while (is_digit(*ptr) || *ptr == '_')
		ptr++;
	return ptr;
}

static const char *radix_end(const char *ptr)
{
	while (is_digit(*ptr) || *ptr == '_' || (*ptr >= 'a' && *ptr <= 'f') || (*ptr >= 'A' && *ptr <= 'F'))
		ptr++;
	return ptr;
}

/* `ptr` is at a digit, or at a dot with a digit behind it. Names may touch numbers: `1if x else y`. */
static const char *number_end(const char *ptr)
{
	const char *exponent;

	if (*ptr == '0' && (ptr[1] == 'x' || ptr[1] == 'X'))
		return radix_end(ptr + 2);
	if (*ptr == '0' && (ptr[1] == 'o' || ptr[1] == 'O' || ptr[1] == 'b' || ptr[1] == 'B'))
		return digits_end(ptr + 2);
	ptr = digits_end(ptr);
	if (*ptr == '.')
		ptr = digits_end(ptr + 1);
	if (*ptr == 'e' || *ptr == 'E') {
		exponent = ptr + 1 + (ptr[1] == '+' || ptr[1] == '-');
		if (is_digit(*exponent))
			ptr = digits_end(exponent);
	}
	if (*ptr == 'j' || *ptr == 'J')
		ptr++;
	return ptr;
}

/* Strings are met in order nearly always: the next one is at the cursor or a few behind it. */
static void string_token(struct lexer *lexer)
{
	const struct mask *mask = lexer->mask;
	struct token *token = &lexer->token;
	size_t i = lexer->string;

	for (unsigned steps = 0; steps < 4 && i < mask->nr_strings && mask->strings[i].start < token->start; steps++)
		i++;
	if (i >= mask->nr_strings || mask->strings[i].start != token->start) {
		int64_t found = mask_string_at(mask, token->start);

		token->kind = TOKEN_OTHER;
		token->end = token->start + 1;
		if (found < 0)
			return;
		i = (size_t)found;
	}
	lexer->string = i;
	token->kind = TOKEN_STRING;
	token->end = mask->strings[i].end;
}

static void name_token(struct lexer *lexer)
{
	struct token *token = &lexer->token;
	const char *text = lexer->code + token->start;
	const char *ptr = text + 1;

	while (continues_name(*ptr))
		ptr++;
	if (class_of(*ptr) == CLASS_QUOTE && ptr - text <= 2) {
		string_token(lexer);
		if (token->kind == TOKEN_STRING)
			return;
	}
	token->end = (uint32_t)(ptr - lexer->code);
	keyword(token, text);
}

/* An operator of `len` bytes that is one with `=` behind it, too. */
static void binary_token(struct token *token, const char *text, uint32_t len, enum node_op op)
{
	token->op = (uint8_t)op;
	token->kind = TOKEN_BINARY;
	token->end = token->start + len;
	if (text[len] == '=') {
		token->kind = TOKEN_AUGMENTED;
		token->end++;
	}
}

static void compare_token(struct token *token, uint32_t len, enum node_op op)
{
	token->op = (uint8_t)op;
	token->kind = TOKEN_COMPARE;
	token->end = token->start + len;
}

static void plain_token(struct token *token, uint32_t len, enum token_kind kind)
{
	token->kind = (uint8_t)kind;
	token->end = token->start + len;
}

static void dot_token(struct lexer *lexer, const char *text)
{
	struct token *token = &lexer->token;

	if (is_digit(text[1])) {
		token->kind = TOKEN_NUMBER;
		token->end = (uint32_t)(number_end(text) - lexer->code);
	} else if (text[1] == '.' && text[2] == '.') {
		plain_token(token, 3, TOKEN_CONSTANT);
	} else {
		plain_token(token, 1, TOKEN_DOT);
	}
}

static void operator_token(struct lexer *lexer)
{
	struct token *token = &lexer->token;
	const char *text = lexer->code + token->start;

	switch (*text) {
	case '(':
	case '[':
	case '{':
		plain_token(token, 1, TOKEN_OPEN);
		return;
	case ')':
	case ']':
	case '}':
		plain_token(token, 1, TOKEN_CLOSE);
		return;
	case ',':
		plain_token(token, 1, TOKEN_COMMA);
		return;
	case '.':
		dot_token(lexer, text);
		return;
	case ':':
		if (text[1] == '=' && token->start + 1 < lexer->limit)
			plain_token(token, 2, TOKEN_WALRUS);
		else
			plain_token(token, 1, TOKEN_COLON);
		return;
	case '=':
		if (text[1] == '=')
			compare_token(token, 2, OP_EQ);
		else
			plain_token(token, 1, TOKEN_EQUAL);
		return;
	case '!':
		if (text[1] == '=')
			compare_token(token, 2, OP_NE);
		return;
	case '<':
		if (text[1] == '<')
			binary_token(token, text, 2, OP_LSHIFT);
		else if (text[1] == '=')
			compare_token(token, 2, OP_LE);
		else
			compare_token(token, 1, OP_LT);
		return;
	case '>':
		if (text[1] == '>')
			binary_token(token, text, 2, OP_RSHIFT);
		else if (text[1] == '=')
			compare_token(token, 2, OP_GE);
		else
			compare_token(token, 1, OP_GT);
		return;
	case '*':
		if (text[1] == '*')
			binary_token(token, text, 2, OP_POW);
		else
			binary_token(token, text, 1, OP_MUL);
		return;
	case '/':
		if (text[1] == '/')
			binary_token(token, text, 2, OP_FLOORDIV);
		else
			binary_token(token, text, 1, OP_DIV);
		return;
	case '-':
		if (text[1] == '>')
			plain_token(token, 2, TOKEN_ARROW);
		else
			binary_token(token, text, 1, OP_SUB);
		return;
	case '+':
		binary_token(token, text, 1, OP_ADD);
		return;
	case '%':
		binary_token(token, text, 1, OP_MOD);
		return;
	case '@':
		binary_token(token, text, 1, OP_MATMUL);
		return;
	case '|':
		binary_token(token, text, 1, OP_BITOR);
		return;
	case '^':
		binary_token(token, text, 1, OP_BITXOR);
		return;
	case '&':
		binary_token(token, text, 1, OP_BITAND);
		return;
	case '~':
		plain_token(token, 1, TOKEN_TILDE);
		return;
	default:
		return;
	}
}

static uint32_t blanks_end(const struct lexer *lexer, uint32_t pos)
{
	const char *code = lexer->code;

	for (; pos < lexer->limit; pos++) {
		if (class_of(code[pos]) == CLASS_BLANK)
			continue;
		if (code[pos] != '\\' || (code[pos + 1] != '\n' && code[pos + 1] != '\r'))
			break;
	}
	return pos;
}

void lexer_init(struct lexer *lexer, const struct mask *mask)
{
	memset(lexer, 0, sizeof(*lexer));
	lexer->mask = mask;
	lexer->code = mask->code;
}

void lexer_enter(struct lexer *lexer, uint32_t pos, uint32_t limit)
{
	lexer->pos = pos;
	lexer->limit = limit;
	lexer->token.end = pos;
	lexer_next(lexer);
}

void lexer_next(struct lexer *lexer)
{
	struct token *token = &lexer->token;
	uint32_t pos = blanks_end(lexer, lexer->pos);

	lexer->behind = token->end;
	token->start = pos;
	token->op = OP_NONE;
	if (pos >= lexer->limit) {
		token->kind = TOKEN_END;
		token->end = lexer->behind;
		return;
	}
	token->kind = TOKEN_OTHER;
	token->end = pos + 1;
	switch (class_of(lexer->code[pos])) {
	case CLASS_NAME:
		name_token(lexer);
		break;
	case CLASS_DIGIT:
		token->kind = TOKEN_NUMBER;
		token->end = (uint32_t)(number_end(lexer->code + pos) - lexer->code);
		break;
	case CLASS_QUOTE:
		string_token(lexer);
		break;
	case CLASS_BLANK:
	case CLASS_OTHER:
		operator_token(lexer);
		break;
	}
	if (token->end > lexer->limit)
		token->end = lexer->limit;
	lexer->pos = token->end;
}

char lexer_peek(const struct lexer *lexer, uint32_t *at)
{
	uint32_t pos = blanks_end(lexer, lexer->pos);

	if (at)
		*at = pos;
	return pos < lexer->limit ? lexer->code[pos] : '\0';
}
