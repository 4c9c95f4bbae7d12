/* SPDX-License-Identifier: MIT
 *
 * Splits code text into logical lines and statements. Strings need no care
 * here: in code text they hold no line end, no bracket but those of replacement
 * fields, which are balanced, and nothing else that means something.
 */
#include "python/lines.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "python/blocks.h"
#include "python/mask.h"
#include "python/source.h"

#define TAB_WIDTH 8

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\f';
}

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || (unsigned char)c >= 0x80;
}

/* Does anything in the code text stand at pos, or is the line (or the file) at its end there? */
static bool at_end(const struct lines *lines, uint32_t pos)
{
	return pos >= lines->len || is_line_end(lines->code[pos]);
}

/* Over blanks, eight spaces at a time: indentation and what comments left are long runs of them. */
static inline uint32_t skip_spaces(const struct lines *lines, uint32_t pos)
{
	while (lines->len - pos >= 8 && !memcmp(lines->code + pos, "        ", 8))
		pos += 8;
	while (pos < lines->len && lines->code[pos] == ' ')
		pos++;
	return pos;
}

/* Behind the line end at pos. */
static uint32_t skip_line_end(const struct lines *lines, uint32_t pos)
{
	if (pos < lines->len && lines->code[pos] == '\r' && lines->code[pos + 1] == '\n')
		pos++;
	return pos < lines->len ? pos + 1 : pos;
}

static bool is_continuation(const struct lines *lines, uint32_t pos)
{
	return pos + 1 < lines->len && lines->code[pos] == '\\' && is_line_end(lines->code[pos + 1]);
}

/* To the next token of the logical line, or its end. */
static uint32_t skip_blanks(const struct lines *lines, uint32_t pos)
{
	for (;;) {
		pos = skip_spaces(lines, pos);
		while (pos < lines->len && is_blank(lines->code[pos]))
			pos++;
		if (!is_continuation(lines, pos))
			return pos;
		pos = skip_line_end(lines, pos + 1);
	}
}

static struct text word_at(const struct lines *lines, uint32_t pos)
{
	uint32_t end = pos;

	while (end < lines->len && is_word(lines->code[end]))
		end++;
	return (struct text){ lines->code + pos, end - pos };
}

static bool is(struct text word, const char *keyword)
{
	return word.len == strlen(keyword) && !memcmp(word.ptr, keyword, word.len);
}

void lines_init(struct lines *lines, const struct mask *mask)
{
	memset(lines, 0, sizeof(*lines));
	lines->code = mask->code;
	lines->len = mask->len;
	lines->broken_at = NO_OFFSET;
}

void lines_broken(struct lines *lines, uint32_t offset)
{
	if (offset < lines->broken_at)
		lines->broken_at = offset;
}

bool lines_next(struct lines *lines, uint32_t *column)
{
	uint32_t col = 0, continued = 0; /* the indentation before the first backslash decides, unless it is none */

	for (;;) {
		uint32_t pos = skip_spaces(lines, lines->pos);

		col += pos - lines->pos;
		lines->pos = pos;
		if (pos >= lines->len)
			return false;
		switch (lines->code[pos]) {
		case '\t':
			col = (col / TAB_WIDTH + 1) * TAB_WIDTH;
			break;
		case '\f':
			col = 0;
			break;
		case '\n':
		case '\r':
			col = continued = 0;
			break;
		case '\\':
			if (is_continuation(lines, pos)) {
				if (!continued)
					continued = col;
				lines->pos = skip_line_end(lines, pos + 1);
				continue;
			}
			/* fall through */
		default:
			lines->first = true;
			*column = continued ? continued : col;
			return true;
		}
		lines->pos++;
	}
}

/* `type` begins a type alias before a name, and nothing else does: `type in x` is an expression. */
static bool is_type_alias(const struct lines *lines, uint32_t pos)
{
	uint32_t next = skip_blanks(lines, pos);
	struct text word = word_at(lines, next);

	if (next == pos || !word.len || (word.ptr[0] >= '0' && word.ptr[0] <= '9'))
		return false;
	return !is(word, "in") && !is(word, "is") && !is(word, "if") && !is(word, "and") &&
	       !is(word, "or") && !is(word, "not") && !is(word, "else") && !is(word, "for");
}

static enum stmt_kind async_kind(const struct lines *lines, uint32_t pos)
{
	struct text word = word_at(lines, skip_blanks(lines, pos));

	if (is(word, "def"))
		return STMT_DEF;
	if (is(word, "with"))
		return STMT_WITH;
	return is(word, "for") ? STMT_FOR : STMT_EXPRESSION;
}

/*
 * What the word that a statement begins with makes of it. `match` and `case` are taken for
 * keywords here; STMT_EXPRESSION is what begins with no keyword.
 */
static enum stmt_kind word_kind(struct text word)
{
	switch (word.ptr[0]) {
	case 'a':
		return is(word, "assert") ? STMT_ASSERT : STMT_EXPRESSION;
	case 'b':
		return is(word, "break") ? STMT_BREAK : STMT_EXPRESSION;
	case 'c':
		return is(word, "class") ? STMT_CLASS : is(word, "case") ? STMT_CASE :
		       is(word, "continue") ? STMT_CONTINUE : STMT_EXPRESSION;
	case 'd':
		return is(word, "def") ? STMT_DEF : is(word, "del") ? STMT_DEL : STMT_EXPRESSION;
	case 'e':
		return is(word, "else") ? STMT_ELSE : is(word, "elif") ? STMT_ELIF :
		       is(word, "except") ? STMT_EXCEPT : STMT_EXPRESSION;
	case 'f':
		return is(word, "for") ? STMT_FOR : is(word, "from") ? STMT_FROM :
		       is(word, "finally") ? STMT_FINALLY : STMT_EXPRESSION;
	case 'g':
		return is(word, "global") ? STMT_GLOBAL : STMT_EXPRESSION;
	case 'i':
		return is(word, "if") ? STMT_IF : is(word, "import") ? STMT_IMPORT : STMT_EXPRESSION;
	case 'm':
		return is(word, "match") ? STMT_MATCH : STMT_EXPRESSION;
	case 'n':
		return is(word, "nonlocal") ? STMT_NONLOCAL : STMT_EXPRESSION;
	case 'p':
		return is(word, "pass") ? STMT_PASS : STMT_EXPRESSION;
	case 'r':
		return is(word, "return") ? STMT_RETURN : is(word, "raise") ? STMT_RAISE : STMT_EXPRESSION;
	case 't':
		return is(word, "try") ? STMT_TRY : is(word, "type") ? STMT_TYPE : STMT_EXPRESSION;
	case 'w':
		return is(word, "with") ? STMT_WITH : is(word, "while") ? STMT_WHILE : STMT_EXPRESSION;
	default:
		return STMT_EXPRESSION;
	}
}

static enum stmt_kind first_kind(const struct lines *lines, uint32_t pos, bool in_match, bool *is_async)
{
	struct text word;
	uint32_t behind;
	enum stmt_kind kind;

	*is_async = false;
	/* No keyword begins with these, and many statements do: `self.x = y`. */
	if (lines->code[pos] == 's' || lines->code[pos] == '_' || lines->code[pos] == 'l')
		return STMT_EXPRESSION;
	word = word_at(lines, pos);
	behind = pos + (uint32_t)word.len;
	if (!word.len)
		return lines->code[pos] == '@' ? STMT_DECORATOR : STMT_EXPRESSION;
	if (is(word, "async")) {
		kind = async_kind(lines, behind);
		*is_async = kind != STMT_EXPRESSION;
		return kind;
	}
	kind = word_kind(word);
	if ((kind == STMT_CASE && !in_match) || (kind == STMT_TYPE && !is_type_alias(lines, behind)))
		return STMT_EXPRESSION;
	return kind;
}

bool lines_begins_statement(const struct lines *lines, uint32_t pos)
{
	bool is_async;

	pos = skip_blanks(lines, pos);
	if (at_end(lines, pos))
		return false;
	switch (first_kind(lines, pos, false, &is_async)) {
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

/* How often `lambda` stands in [pos, end). */
static uint32_t count_lambdas(const struct lines *lines, uint32_t pos, uint32_t end)
{
	const char *p = lines->code + pos, *stop = lines->code + end;
	uint32_t count = 0;

	/* Most headers have no `b`: a byte is cheaper to look for than a word. */
	if (end - pos < 6 || !memchr(p, 'b', end - pos))
		return 0;
	while ((p = memmem(p, (size_t)(stop - p), "lambda", 6))) {
		if ((p == lines->code || !is_word(p[-1])) && !is_word(p[6]))
			count++;
		p += 6;
	}
	return count;
}

static const uint8_t matters[256] = {
	['\n'] = 1, ['\r'] = 1, ['('] = 1, [')'] = 1, ['['] = 1, [']'] = 1,
	['{'] = 1, ['}'] = 1, [':'] = 1, [';'] = 1, ['\\'] = 1,
};

/* To the next byte that is one of the above (or, harmlessly, a `|`). */
static inline uint32_t skip_to_mark(const struct lines *lines, uint32_t pos)
{
	const char *code = lines->code;

#ifdef __SSE2__
	const __m128i low = _mm_set1_epi8((char)0xFE), two = _mm_set1_epi8(2);

	for (; lines->len - pos >= 16; pos += 16) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(code + pos));
		/* ( ) and : ; are pairs that differ in the lowest bit; [ \ ] and { | } triples, 0x20 apart. */
		__m128i even = _mm_and_si128(bytes, low);
		__m128i triple = _mm_sub_epi8(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), _mm_set1_epi8('{'));
		__m128i hits = _mm_or_si128(_mm_cmpeq_epi8(even, _mm_set1_epi8('(')),
					    _mm_cmpeq_epi8(even, _mm_set1_epi8(':')));

		hits = _mm_or_si128(hits, _mm_cmpeq_epi8(_mm_min_epu8(triple, two), triple));
		hits = _mm_or_si128(hits, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')));
		hits = _mm_or_si128(hits, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')));
		if (_mm_movemask_epi8(hits))
			return pos + (uint32_t)__builtin_ctz((unsigned)_mm_movemask_epi8(hits));
	}
#endif
	while (pos < lines->len && !matters[(unsigned char)code[pos]])
		pos++;
	return pos;
}

enum stop {
	STOP_LINE,  /* the logical line ends at pos, or the file does */
	STOP_SEMI,  /* at a `;` */
	STOP_COLON, /* at the colon of a header */
};

/*
 * From lines->pos to what ends a statement. For headers the colon does: the first one that is in
 * no bracket and belongs to no lambda or `:=`.
 */
static enum stop scan(struct lines *lines, bool is_header)
{
	uint32_t pos = lines->pos, segment = pos; /* what is looked through for lambdas next */
	uint32_t depth = 0, lambdas = 0;
	enum stop stop = STOP_LINE;

	for (;; pos++) {
		pos = skip_to_mark(lines, pos);
		if (pos >= lines->len)
			break;
		switch (lines->code[pos]) {
		case '(':
		case '[':
		case '{':
			if (depth == 0 && is_header)
				lambdas += count_lambdas(lines, segment, pos);
			depth++;
			continue;
		case ')':
		case ']':
		case '}':
			if (depth == 0)
				lines_broken(lines, pos);
			else
				depth--;
			segment = pos;
			continue;
		case '\n':
		case '\r':
			if (depth == 0)
				goto out;
			if (!lines_begins_statement(lines, skip_line_end(lines, pos)))
				continue;
			lines_broken(lines, lines->pos);
			goto out;
		case '\\':
			if (is_continuation(lines, pos))
				pos = skip_line_end(lines, pos + 1) - 1;
			continue;
		case ';':
			if (depth)
				continue;
			stop = STOP_SEMI;
			goto out;
		case ':':
			if (depth || !is_header)
				continue;
			if (lines->code[pos + 1] == '=')
				continue;
			lambdas += count_lambdas(lines, segment, pos);
			segment = pos;
			if (lambdas) {
				lambdas--;
				continue;
			}
			stop = STOP_COLON;
			goto out;
		}
	}
	if (depth)
		lines_broken(lines, lines->pos);
out:
	lines->pos = pos;
	return stop;
}

/* The end of the last token in [start, end). A backslash in code text is a line continuation, or junk. */
static uint32_t trim(const struct lines *lines, uint32_t start, uint32_t end)
{
	while (end > start && (is_blank(lines->code[end - 1]) || is_line_end(lines->code[end - 1]) ||
			       lines->code[end - 1] == '\\'))
		end--;
	return end;
}

/* Up to the end of a simple statement, and over the `;` behind it. */
static void finish_simple(struct lines *lines, struct line_stmt *stmt, enum stop stop)
{
	stmt->end = trim(lines, stmt->start, lines->pos);
	if (stmt->end == stmt->start) /* junk */
		stmt->end++;
	if (stop == STOP_SEMI)
		lines->pos++;
}

static void read_simple(struct lines *lines, struct line_stmt *stmt)
{
	finish_simple(lines, stmt, scan(lines, false));
}

static void read_header(struct lines *lines, struct line_stmt *stmt)
{
	enum stop stop = scan(lines, true);

	if (stop != STOP_COLON) {
		lines_broken(lines, lines->pos);
		finish_simple(lines, stmt, stop);
		return;
	}
	stmt->end = ++lines->pos;
	stmt->has_inline = !at_end(lines, skip_blanks(lines, lines->pos));
}

/* A line that begins with `match` is a header if its first colon ends it: an annotation would follow. */
static void read_match(struct lines *lines, struct line_stmt *stmt)
{
	enum stop stop = scan(lines, true);

	if (stop == STOP_COLON && at_end(lines, skip_blanks(lines, lines->pos + 1))) {
		stmt->end = ++lines->pos;
		return;
	}
	stmt->kind = STMT_EXPRESSION;
	finish_simple(lines, stmt, stop == STOP_COLON ? scan(lines, false) : stop);
}

bool lines_stmt(struct lines *lines, bool in_match, struct line_stmt *stmt)
{
	bool first = lines->first;
	uint32_t pos = skip_blanks(lines, lines->pos);

	while (pos < lines->len && lines->code[pos] == ';') {
		lines_broken(lines, pos);
		pos = skip_blanks(lines, pos + 1);
	}
	if (at_end(lines, pos)) {
		lines->pos = skip_line_end(lines, pos);
		return false;
	}
	lines->first = false;
	lines->pos = pos;
	memset(stmt, 0, sizeof(*stmt));
	stmt->start = pos;
	stmt->kind = (uint8_t)first_kind(lines, pos, in_match && first, &stmt->is_async);
	if (stmt->kind == STMT_MATCH && first) {
		read_match(lines, stmt);
	} else if (stmt->kind >= STMT_IF && first) {
		read_header(lines, stmt);
	} else {
		if (stmt->kind >= STMT_DECORATOR && !first) {
			/* The name `match`, or a compound statement in the line of another one. */
			if (stmt->kind != STMT_MATCH)
				lines_broken(lines, pos);
			stmt->kind = STMT_EXPRESSION;
			stmt->is_async = false;
		}
		read_simple(lines, stmt);
	}
	return true;
}
