/* SPDX-License-Identifier: MIT
 *
 * The tokens of code text, one at a time: names and keywords, numbers,
 * strings, operators. A string is one token, prefix, contents and replacement
 * fields included; where it ends is known from the mask.
 *
 * Blanks, line ends and backslashes before a line end are skipped: what is
 * read is one statement or one replacement field, so line ends mean nothing.
 * What is no token of Python is one TOKEN_OTHER a byte.
 */
#ifndef ASYNCGREP_TOKEN_H
#define ASYNCGREP_TOKEN_H

#include "base/common.h"

struct mask;

enum token_kind {
	TOKEN_END, /* the limit is reached; it stays there */
	TOKEN_NAME, /* soft keywords too */
	TOKEN_NUMBER,
	TOKEN_STRING,
	TOKEN_CONSTANT, /* None, True, False, ... */
	TOKEN_OPEN,     /* ( [ {, told apart by the byte */
	TOKEN_CLOSE,
	TOKEN_COMMA,
	TOKEN_COLON,
	TOKEN_DOT,
	TOKEN_EQUAL,
	TOKEN_WALRUS,
	TOKEN_ARROW,
	TOKEN_BINARY,    /* op; + - * ** are prefixes too */
	TOKEN_AUGMENTED, /* op */
	TOKEN_COMPARE,   /* op; `is` and `in` each for themselves */
	TOKEN_TILDE,
	TOKEN_NOT,
	TOKEN_AND,
	TOKEN_OR,
	TOKEN_IF,
	TOKEN_ELSE,
	TOKEN_FOR,
	TOKEN_ASYNC,
	TOKEN_AWAIT,
	TOKEN_LAMBDA,
	TOKEN_YIELD,
	TOKEN_FROM,
	TOKEN_AS,
	TOKEN_IMPORT,
	TOKEN_KEYWORD, /* one that stands in no expression: def, return, ... */
	TOKEN_OTHER,
};

struct token {
	uint32_t start, end;
	uint8_t kind; /* enum token_kind */
	uint8_t op;   /* enum node_op, or OP_NONE */
};

struct lexer {
	const struct mask *mask; /* borrowed */
	const char *code;        /* the mask's */
	uint32_t pos, limit;     /* behind the token; where the text ends */
	uint32_t behind;         /* end of the token before this one */
	size_t string;           /* index of the string, when the token is one; else where to look for the next */
	struct token token;      /* the one that is to be consumed next */
};

void lexer_init(struct lexer *lexer, const struct mask *mask);
/* Goes to an offset and reads the first token there; nothing at or behind limit is read. */
void lexer_enter(struct lexer *lexer, uint32_t pos, uint32_t limit);
/* Consumes the token and reads the next. */
void lexer_next(struct lexer *lexer);
/* The first byte behind the token that is no blank, or NUL at the limit; *at, if given, is its offset. */
char lexer_peek(const struct lexer *lexer, uint32_t *at);

#endif
