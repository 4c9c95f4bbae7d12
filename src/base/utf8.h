/* SPDX-License-Identifier: MIT
 *
 * UTF-8 as Unicode 15, table 3-7 defines it: no surrogates, nothing overlong.
 */
#ifndef ASYNCGREP_UTF8_H
#define ASYNCGREP_UTF8_H

#include "base/common.h"

/*
 * Length in bytes (1 to 4) of the well-formed sequence at the start of data,
 * or 0 if there is none. len is at least 1.
 */
size_t utf8_sequence(const char *data, size_t len);
/* Code points in len bytes, each invalid byte counting as one. */
size_t utf8_count(const char *data, size_t len);

#endif
