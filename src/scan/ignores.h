/* SPDX-License-Identifier: MIT
 *
 * Comments that suppress findings, written into the text of a file:
 *
 *	call()                                   call()  # asyncgrep: ignore[AG1] reason
 *	call()  # noqa: E501                     call()  # noqa: E501  # asyncgrep: ignore[AG1] reason
 *	call()  # asyncgrep: ignore[AG2] small   call()  # asyncgrep: ignore[AG2, AG1] small
 *
 * One for each logical line, behind its last physical line, where a comment can always stand. A comment
 * of ours is extended where it holds as long as the new one would. All other bytes stay as they are, whatever
 * encoding and line ends the file has. Nothing is handed out before it has been read back: the text has to be
 * the old one but for the comments, and they have to hide what they are for.
 */
#ifndef ASYNCGREP_IGNORES_H
#define ASYNCGREP_IGNORES_H

#include "base/error.h"
#include "base/strbuf.h"
#include "python/source.h"
#include "scan/finding.h"

struct ignores_options {
	const char *reason; /* as for ignores_check_reason */
	const char *until;  /* YYYY-MM-DD, or NULL: for ever */
	int32_t until_day;  /* the same; DAY_MAX: for ever */
	int32_t today;
};

/* What goes into one logical line. */
struct ignores_edit {
	uint32_t line;     /* that the comment stands in */
	struct strbuf codes; /* those that are new, with ", " in between */
	struct strbuf text;  /* what is put in */
	uint32_t at;       /* where, in the text as UTF-8 */
	size_t raw_at;     /* the same place in the bytes of the file */
};

struct ignores {
	struct ignores_edit *items; /* owned; in the order of `at` */
	size_t nr, alloc;
	struct strbuf bytes; /* of the whole file, with the comments */
};

/* Is it one line of UTF-8 with a word in it, and no comment of its own? -1 otherwise. */
int ignores_check_reason(const char *reason, struct error *err);

/*
 * The comments for findings of a file with these bytes; those of rules about suppressions, which no comment hides,
 * are left alone. -1, with a message without the path: it cannot be done; the bytes are to be left as they are. To be
 * released in any case. `ignores` is zeroed before.
 */
int ignores_make(struct ignores *ignores, struct text raw, const struct finding_list *findings,
		 const struct ignores_options *options, struct error *err);
void ignores_release(struct ignores *ignores);

#endif
