/* SPDX-License-Identifier: MIT
 *
 * What the stages know of a file, as text: for tests that compare it with
 * another implementation, and for a look inside while one writes patterns. One
 * record a line, fields separated by one blank; offsets are bytes from 0 into
 * the source as UTF-8, indices begin at 0, and -1 is none.
 */
#ifndef ASYNCGREP_DUMP_H
#define ASYNCGREP_DUMP_H

#include "base/common.h"

struct pyfile;

/*
 *	code TEXT                   code text in one line: \n, \r, \0 and \\ as these two characters
 *	string START END FLAGS      FLAGS: letters of r b f 3 (raw, bytes, format, triple), or -
 *	field OPEN EXPR_END CLOSE STRING
 *	comment START END
 *	broken OFFSET               only if a string does not end
 */
void dump_code(FILE *out, struct pyfile *file);
/*
 *	stmt KIND FLAGS START END BODY_END PARENT SCOPE LAST NEXT NAME
 *
 * FLAGS: letters of a i (async, inline), or -. NAME: of a def or class, else -.
 *
 *	broken OFFSET               only if the file is not Python
 */
void dump_blocks(FILE *out, struct pyfile *file);

#endif
