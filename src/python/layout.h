/* SPDX-License-Identifier: MIT
 *
 * What stands between the tokens of code text: blanks, line ends, lines joined
 * by a backslash. Offsets are of bytes; behind the text stand MASK_PADDING NULs,
 * so that nothing here runs over its end.
 */
#ifndef ASYNCGREP_LAYOUT_H
#define ASYNCGREP_LAYOUT_H

#include "base/chars.h"
#include "python/mask.h"

#define TAB_WIDTH 8 /* a tab goes on to the next column that it divides */

static inline bool layout_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\f';
}

/* Which of eight bytes in the order of memory is the first that is not 0; one is. */
static inline unsigned layout_first_byte(uint64_t bytes)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return (unsigned)__builtin_ctzll(bytes) / 8;
#else
	return (unsigned)__builtin_clzll(bytes) / 8;
#endif
}

/* Over spaces, eight at a time: indentation and what comments left are long runs of them. */
static inline uint32_t layout_skip_spaces(const char *code, uint32_t pos)
{
	uint64_t bytes;

	static_assert(sizeof(bytes) <= MASK_PADDING, "a word behind the text can be read");
	for (;; pos += sizeof(bytes)) {
		memcpy(&bytes, code + pos, sizeof(bytes));
		bytes ^= UINT64_C(0x2020202020202020);
		if (bytes)
			return pos + layout_first_byte(bytes);
	}
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
	return code[pos] == '\\' && pos + 1 < len && is_line_end(code[pos + 1]);
}

/* Where the physical line that holds pos starts. */
static inline size_t layout_line_start(const char *text, size_t pos)
{
	while (pos && !is_line_end(text[pos - 1]))
		pos--;
	return pos;
}

/* Does a backslash at the end of the line before the one that starts at `start` join it to this? */
static inline bool layout_is_joined(const char *text, size_t start)
{
	size_t end = start ? start - 1 : 0;

	if (end && text[end] == '\n' && text[end - 1] == '\r')
		end--;
	return end && text[end - 1] == '\\';
}

/* To the next token of the logical line, or its end. */
static inline uint32_t layout_skip_blanks(const char *code, uint32_t len, uint32_t pos)
{
	for (;;) {
		pos = layout_skip_spaces(code, pos);
		if (code[pos] == '\t' || code[pos] == '\f')
			pos++;
		else if (layout_is_continuation(code, len, pos))
			pos = layout_skip_line_end(code, len, pos + 1);
		else
			return pos;
	}
}

#endif
