/* SPDX-License-Identifier: MIT
 *
 * Code text: the source with comments and the contents of strings blanked,
 * same length, so that an offset means the same in both.
 *
 *	comment          each byte, `#` included, becomes a space; the line end stays
 *	string           prefix and quotes stay, each byte between them becomes a space,
 *	                 line ends too: a string never ends a line of code text
 *	f- and t-string  literal parts, `{{`, `}}` and the literal text of format specs are
 *	                 blanked; a replacement field stays, from `{` to `}` with `!r`, the `:`
 *	                 before a format spec and fields nested in that; quotes in fields may be
 *	                 those of the string around (PEP 701)
 *
 * One forward pass over the bytes, without recursion. It never fails: a string
 * that does not end is blanked to the end of its line (of the file, if it is
 * triple-quoted), and `broken_at` says where that began.
 *
 * Lexical rules: The Python Language Reference 3.13, 2.3 to 2.4.3.
 */
#ifndef ASYNCGREP_MASK_H
#define ASYNCGREP_MASK_H

#include "base/common.h"

struct source;

enum string_flags {
	STRING_RAW = 1 << 0,
	STRING_BYTES = 1 << 1,
	STRING_FORMAT = 1 << 2, /* f- or t-string, with or without fields */
	STRING_TRIPLE = 1 << 3,
};

#define NO_FIELD UINT32_MAX

/* What begins in the code text may be read as one word of eight bytes. */
#define MASK_PADDING 8

struct mask_string {
	uint32_t start;       /* of the prefix, or of the quote where there is none */
	uint32_t end;         /* behind the closing quote */
	uint32_t first_field; /* index of its first replacement field, or NO_FIELD */
	uint32_t flags;       /* enum string_flags */
};

struct mask_field {
	uint32_t open;     /* of `{` */
	uint32_t expr_end; /* of the `!`, `:` or `}` that ends the expression (a debug `=` is before it) */
	uint32_t close;    /* of `}` */
	uint32_t next;     /* next field of the same string, those in format specs included; or NO_FIELD */
};

struct mask_comment {
	uint32_t start, end; /* from `#` to the end of the line, which is not included */
};

struct mask {
	char *code;  /* code text: as many bytes as the source; owned; MASK_PADDING NULs behind */
	uint32_t len;
	struct mask_string *strings; /* sorted by start; nested ones after the one around */
	size_t nr_strings, alloc_strings;
	struct mask_field *fields;   /* sorted by open */
	size_t nr_fields, alloc_fields;
	struct mask_comment *comments; /* sorted by start */
	size_t nr_comments, alloc_comments;
	uint32_t broken_at; /* offset of the first string that does not end, or NO_OFFSET */
};

void mask_build(struct mask *mask, const struct source *source);
void mask_release(struct mask *mask);

/* Index of the string that starts at an offset, or -1. Logarithmic. */
int64_t mask_string_at(const struct mask *mask, uint32_t start);

#endif
