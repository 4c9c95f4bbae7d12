/* SPDX-License-Identifier: MIT
 *
 * What a terminal and a word boundary have to know of code points. The tables
 * are the C library's, of a UTF-8 locale, whatever the user's locale is.
 */
#ifndef ASYNCGREP_UNICODE_H
#define ASYNCGREP_UNICODE_H

#include "base/common.h"

#define UNICODE_INVALID UINT32_MAX

/* The code point at the start of data (len is at least 1), or UNICODE_INVALID for a byte that begins none; *step: its bytes. */
uint32_t unicode_decode(const char *data, size_t len, size_t *step);
/* Cells on a terminal: 0 (combining), 1 or 2. Not for control characters. */
unsigned unicode_width(uint32_t point);
/* A letter, digit or underscore, as \w of Python's re has it. */
bool unicode_is_word(uint32_t point);
/* As \s of Python's re has it. */
bool unicode_is_space(uint32_t point);

#endif
