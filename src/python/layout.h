/* SPDX-License-Identifier: MIT
 *
 * What stands between the tokens of code text: blanks, line ends, lines joined
 * by a backslash. Offsets are of bytes; the text has a NUL behind it.
 */
#ifndef ASYNCGREP_LAYOUT_H
#define ASYNCGREP_LAYOUT_H

#include "base/chars.h"

static inline bool layout_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\f';
}

/* Over spaces, eight at a time: indentation and what comments left are long runs of them. */
static inline uint32_t layout_skip_spaces(const char *code, uint32_t len, uint32_t pos)
{
	while (len - pos >= 8 && !memcmp(code + pos, "        ", 8))
		pos += 8;
	while (code[pos] == ' ')
		pos++;
	return pos;
}

/* Behind the line end at pos; the end of the text is one. */
static inline uint32_t layout_skip_line_end(const char *code, uint32_t len, uint32_t pos)
{
	if (pos < len && code[pos] == '\r' && code[pos + 1] == '\n')
		pos++;
	return pos < len ? pos + 1 : pos;
}

/* Does a backslash at pos join the next line to this one? */
static inline bool layout_is_continuation(const char *code, uint32_t len, uint32_t pos)
{
	return pos + 1 < len && code[pos] == '\\' && is_line_end(code[pos + 1]);
}

/* To the next token of the logical line, or its end. */
static inline uint32_t layout_skip_blanks(const char *code, uint32_t len, uint32_t pos)
{
	while (layout_is_blank(code[pos]) || code[pos] == '\\') {
		pos = layout_skip_spaces(code, len, pos);
		while (layout_is_blank(code[pos]))
			pos++;
		if (layout_is_continuation(code, len, pos))
			pos = layout_skip_line_end(code, len, pos + 1);
		else if (code[pos] == '\\')
			break;
	}
	return pos;
}

#endif
