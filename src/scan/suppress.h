/* SPDX-License-Identifier: MIT
 *
 * Comments that keep findings from being reported:
 *
 *	call()  # noqa                          everything on this logical line
 *	call()  # noqa: E501, AG1 why           codes, or beginnings of them
 *	call()  # asyncgrep: ignore[AG1] why    the same
 *	# asyncgrep: ignore[AG1] why            … of the logical line that begins in the next line
 *	call()
 *
 * The comments of a file are read when the first finding asks; a file without
 * findings costs nothing. What each code has hidden is remembered.
 */
#ifndef ASYNCGREP_SUPPRESS_H
#define ASYNCGREP_SUPPRESS_H

#include "base/common.h"

struct pyfile;

/* One code of one comment; a bare noqa is an entry with an empty code. */
struct suppress_entry {
	uint32_t line;    /* that the comment stands in */
	uint32_t comment; /* offset of the comment */
	uint32_t start, end; /* of the code in the source; equal: bare */
	bool ours;        /* of an ignore, not of a noqa */
	bool own_line;    /* nothing but blanks before the comment */
	bool used;        /* it has hidden a finding */
};

/* What was found out for one code in one logical line: a line may hold any number of findings. */
struct suppress_verdict {
	const char *code;
	bool hidden;
};

struct suppress {
	struct pyfile *file; /* borrowed */
	struct suppress_entry *entries; /* owned; sorted by line */
	size_t nr, alloc;
	bool is_read;
	/* Private: what is known of the logical line that was asked about last. */
	uint32_t first_line, last_line;
	struct suppress_verdict *verdicts;
	size_t nr_verdicts, alloc_verdicts;
};

/* The file must outlive it; its code text is made, if need be, when the first finding asks. */
void suppress_init(struct suppress *suppress, struct pyfile *file);
void suppress_release(struct suppress *suppress);

/*
 * Is a finding at an offset, of a rule with a code and aliases, hidden? Cheapest when findings
 * come in the order of the source. `code` is compared by address in between.
 */
bool suppress_hides(struct suppress *suppress, uint32_t offset, const char *code,
		    const char *const *aliases, size_t nr_aliases);
/* Reads the comments now, so that all entries of a file without findings are there too. */
void suppress_read(struct suppress *suppress);

#endif
