/* SPDX-License-Identifier: MIT
 *
 * The outline of a file as text, for tests that compare it with another
 * parser, and for a look inside. One record a line, fields separated by one
 * blank; offsets are bytes from 0 into the source as UTF-8.
 */
#ifndef ASYNCGREP_DUMP_OUTLINE_H
#define ASYNCGREP_DUMP_OUTLINE_H

#include "base/common.h"

struct pyfile;

/*
 *	node KIND SLOT OP FLAGS START END PARENT NAME_OFFSET NAME
 *
 * SLOT and NAME: - if there is none. OP: its number in enum node_op. FLAGS: letters of s a d n v k b (stores,
 * async, default, annotation, *args, **kwargs, bare), or -. PARENT: how many-th node line,
 * from 0; or -1. Children come before their parent, and nodes in the order of statements.
 *
 *	broken START END            a statement that is not Python
 */
void dump_outline(FILE *out, struct pyfile *file);

#endif
