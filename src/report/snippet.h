/* SPDX-License-Identifier: MIT
 *
 * A source line as a terminal shows it, with a row of signs under each marked
 * part. Tabs are expanded, control bytes made visible, wide and combining
 * characters counted as the cells they take; a line that does not fit is cut
 * around its marks, at a price that does not depend on its length.
 */
#ifndef ASYNCGREP_SNIPPET_H
#define ASYNCGREP_SNIPPET_H

#include "base/common.h"
#include "base/strbuf.h"

/* A source line, or a part of one. */
struct snippet_line {
	uint32_t number;
	struct text text;
	bool cut_before, cut_behind; /* there is more of the line on that side */
};

struct snippet_mark {
	size_t start, end; /* bytes of the text, from 0; end is behind the last */
	char sign;         /* what it is underlined with */
	const char *label; /* behind the signs; or "" */
	const char *color; /* escape sequence for signs and label, or "" */
};

struct snippet_style {
	unsigned gutter;   /* digits of the widest line number */
	unsigned width;    /* cells of the terminal, or 0: not known */
	const char *frame; /* escape sequence for numbers and bars, or "" */
	const char *reset; /* the one that ends all of these, or "" */
};

/* "21 | SOURCE" and a row for each mark, if any. The first mark is the one that must be seen. */
void snippet_add(struct strbuf *out, const struct snippet_style *style, const struct snippet_line *line,
		 const struct snippet_mark *marks, size_t nr_marks);
/* An empty row: the gutter and its bar. */
void snippet_add_bar(struct strbuf *out, const struct snippet_style *style);

#endif
