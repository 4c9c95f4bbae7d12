/* SPDX-License-Identifier: MIT
 *
 * Keywords are told by their first letter, then compared whole: most
 * statements begin with none, and are done after the letter.
 */
#include "python/first_word.h"

#include "python/layout.h"

static inline bool is_word(const char *at, const char *word, size_t len)
{
	return !memcmp(at, word, len) && !is_name_byte(at[len]);
}

/*
 * With the length known to the compiler, which makes one or two comparisons of it. No word is longer than MASK_PADDING,
 * so that they stay in what can be read.
 */
#define IS(at, word) is_word(at, word, sizeof(word) - 1)

/* `type` begins a type alias before a name, and nothing else does: `type in x` is an expression. */
static enum stmt_kind type_kind(const char *code, uint32_t len, uint32_t pos)
{
	uint32_t behind = pos + 4, next = layout_skip_blanks(code, len, behind);
	const char *name = code + next;

	if (next == behind || !is_name_byte(*name) || (*name >= '0' && *name <= '9') || IS(name, "in") ||
	    IS(name, "is") || IS(name, "if") || IS(name, "and") || IS(name, "or") || IS(name, "not") ||
	    IS(name, "else") || IS(name, "for"))
		return STMT_EXPRESSION;
	return STMT_TYPE;
}

static enum stmt_kind async_kind(const char *code, uint32_t len, uint32_t pos, bool *is_async)
{
	const char *next = code + layout_skip_blanks(code, len, pos + 5);
	enum stmt_kind kind = IS(next, "def") ? STMT_DEF : IS(next, "with") ? STMT_WITH :
			      IS(next, "for") ? STMT_FOR : STMT_EXPRESSION;

	*is_async = kind != STMT_EXPRESSION;
	return kind;
}

enum stmt_kind first_word_kind(const char *code, uint32_t len, uint32_t pos, bool in_match, bool *is_async)
{
	const char *at = code + pos;

	*is_async = false;
	switch (*at) {
	case '@':
		return STMT_DECORATOR;
	case 'a':
		if (IS(at, "async"))
			return async_kind(code, len, pos, is_async);
		return IS(at, "assert") ? STMT_ASSERT : STMT_EXPRESSION;
	case 'b':
		return IS(at, "break") ? STMT_BREAK : STMT_EXPRESSION;
	case 'c':
		if (IS(at, "case"))
			return in_match ? STMT_CASE : STMT_EXPRESSION;
		return IS(at, "class") ? STMT_CLASS : IS(at, "continue") ? STMT_CONTINUE : STMT_EXPRESSION;
	case 'd':
		return IS(at, "def") ? STMT_DEF : IS(at, "del") ? STMT_DEL : STMT_EXPRESSION;
	case 'e':
		return IS(at, "else") ? STMT_ELSE : IS(at, "elif") ? STMT_ELIF :
		       IS(at, "except") ? STMT_EXCEPT : STMT_EXPRESSION;
	case 'f':
		return IS(at, "for") ? STMT_FOR : IS(at, "from") ? STMT_FROM :
		       IS(at, "finally") ? STMT_FINALLY : STMT_EXPRESSION;
	case 'g':
		return IS(at, "global") ? STMT_GLOBAL : STMT_EXPRESSION;
	case 'i':
		return IS(at, "if") ? STMT_IF : IS(at, "import") ? STMT_IMPORT : STMT_EXPRESSION;
	case 'm':
		return IS(at, "match") ? STMT_MATCH : STMT_EXPRESSION;
	case 'n':
		return IS(at, "nonlocal") ? STMT_NONLOCAL : STMT_EXPRESSION;
	case 'p':
		return IS(at, "pass") ? STMT_PASS : STMT_EXPRESSION;
	case 'r':
		return IS(at, "return") ? STMT_RETURN : IS(at, "raise") ? STMT_RAISE : STMT_EXPRESSION;
	case 't':
		if (IS(at, "type"))
			return type_kind(code, len, pos);
		return IS(at, "try") ? STMT_TRY : STMT_EXPRESSION;
	case 'w':
		return IS(at, "with") ? STMT_WITH : IS(at, "while") ? STMT_WHILE : STMT_EXPRESSION;
	default:
		return STMT_EXPRESSION;
	}
}

/* Kinds with a word that stands in no expression, and in no part of a statement but its beginning. */
#define UNMISTAKABLE \
	(1U << STMT_PASS | 1U << STMT_IMPORT | 1U << STMT_GLOBAL | 1U << STMT_NONLOCAL | 1U << STMT_RETURN | \
	 1U << STMT_RAISE | 1U << STMT_BREAK | 1U << STMT_CONTINUE | 1U << STMT_DEL | 1U << STMT_ASSERT | \
	 1U << STMT_ELIF | 1U << STMT_WHILE | 1U << STMT_WITH | 1U << STMT_TRY | 1U << STMT_EXCEPT | \
	 1U << STMT_FINALLY | 1U << STMT_DEF | 1U << STMT_CLASS)

bool first_word_begins_statement(const char *code, uint32_t len, uint32_t pos)
{
	bool is_async;

	pos = layout_skip_blanks(code, len, pos);
	return UNMISTAKABLE >> first_word_kind(code, len, pos, false, &is_async) & 1;
}
