/* SPDX-License-Identifier: MIT
 *
 * Keywords are told by their first letter, then compared whole: most
 * statements begin with none, and are done after the letter.
 */
#include "python/first_word.h"

#include "python/layout.h"

/* Code text, and a place in it. */
struct at {
	const char *code;
	uint32_t len, pos;
};

static inline bool is_word(struct at at, const char *word, uint32_t len)
{
	return at.len - at.pos >= len && !memcmp(at.code + at.pos, word, len) && !is_name_byte(at.code[at.pos + len]);
}

/* With the length known to the compiler, which makes one or two comparisons of it. */
#define IS(at, word) is_word(at, word, sizeof(word) - 1)

/* The token behind a word of so many bytes. */
static struct at behind(struct at at, uint32_t len)
{
	at.pos = layout_skip_blanks(at.code, at.len, at.pos + len);
	return at;
}

/* `type` begins a type alias before a name, and nothing else does: `type in x` is an expression. */
static bool is_type_alias(struct at type)
{
	struct at next = behind(type, 4);
	char first = next.code[next.pos];

	if (next.pos == type.pos + 4 || !is_name_byte(first) || (first >= '0' && first <= '9'))
		return false;
	return !IS(next, "in") && !IS(next, "is") && !IS(next, "if") && !IS(next, "and") && !IS(next, "or") &&
	       !IS(next, "not") && !IS(next, "else") && !IS(next, "for");
}

static enum stmt_kind async_kind(struct at async, bool *is_async)
{
	struct at next = behind(async, 5);

	*is_async = true;
	if (IS(next, "def"))
		return STMT_DEF;
	if (IS(next, "with"))
		return STMT_WITH;
	if (IS(next, "for"))
		return STMT_FOR;
	*is_async = false;
	return STMT_EXPRESSION;
}

enum stmt_kind first_word_kind(const char *code, uint32_t len, uint32_t pos, bool in_match, bool *is_async)
{
	struct at at = { code, len, pos };

	*is_async = false;
	switch (code[pos]) {
	case '@':
		return STMT_DECORATOR;
	case 'a':
		if (IS(at, "async"))
			return async_kind(at, is_async);
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
			return is_type_alias(at) ? STMT_TYPE : STMT_EXPRESSION;
		return IS(at, "try") ? STMT_TRY : STMT_EXPRESSION;
	case 'w':
		return IS(at, "with") ? STMT_WITH : IS(at, "while") ? STMT_WHILE : STMT_EXPRESSION;
	default:
		return STMT_EXPRESSION;
	}
}

bool first_word_begins_statement(const char *code, uint32_t len, uint32_t pos)
{
	bool is_async;

	pos = layout_skip_blanks(code, len, pos);
	if (pos >= len || is_line_end(code[pos]))
		return false;
	switch (first_word_kind(code, len, pos, false, &is_async)) {
	case STMT_EXPRESSION:
	case STMT_DECORATOR:
	case STMT_FROM:
	case STMT_TYPE:
	case STMT_IF:
	case STMT_ELSE:
	case STMT_FOR:
	case STMT_MATCH:
	case STMT_CASE:
		return false;
	default:
		return true;
	}
}
