/* SPDX-License-Identifier: MIT
 *
 * Classes of bytes in Python source. No locale has a say.
 */
#ifndef ASYNCGREP_CHARS_H
#define ASYNCGREP_CHARS_H

#include "base/common.h"

extern const bool name_bytes[UCHAR_MAX + 1];

/* Of an identifier, keyword or number; all beyond ASCII is. */
static inline bool is_name_byte(char c)
{
	return name_bytes[(unsigned char)c];
}

static inline bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

static inline bool is_opening(char c)
{
	return c == '(' || c == '[' || c == '{';
}

static inline bool is_closing(char c)
{
	return c == ')' || c == ']' || c == '}';
}

/* What may stand between two tokens. */
static inline bool is_layout(char c)
{
	return c == ' ' || c == '\t' || c == '\f' || c == '\\' || is_line_end(c);
}

#endif
