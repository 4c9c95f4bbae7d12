/* SPDX-License-Identifier: MIT
 *
 * The hash of a line that GitHub's upload action gives to findings that come
 * without one, so that it finds what it would have made itself, and what is uploaded by
 * other ways is recognised all the same. Of the first 100 characters from the
 * start of the line on that are no blanks, over line ends, which count as LF:
 *
 *	h = 0; for each character c, a unit of UTF-16: h = 37 h + c, in 64 bits
 *
 * The end of the file is the character 0xFFFF, and zeroes follow it. With the
 * ordinal among equal ones of the file it is written "c129715d7a2bc9a3:1".
 */
#ifndef ASYNCGREP_LINE_HASH_H
#define ASYNCGREP_LINE_HASH_H

#include "scan/finding.h"

struct source;

/* Fills line_hash and line_ordinal of all findings of a file, which are sorted. One pass over the file. */
void line_hash_fill(const struct source *source, struct finding_list *findings);

#endif
