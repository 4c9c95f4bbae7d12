/* SPDX-License-Identifier: MIT
 *
 * Comments that keep findings from being reported:
 *
 *	call()  # noqa                          everything on this logical line
 *	call()  # noqa: E501, AG1 why           codes, or beginnings of them
 *	call()  # asyncgrep: ignore[AG1] why    the same
 *	# asyncgrep: ignore[AG1] why            … of the logical line that begins in the next line
 *	call()
 *	call()  # asyncgrep: ignore[AG1, until=2027-03-01] why
 *
 * The last hides until the end of that day, in UTC, so that all machines agree; afterwards, or where what
 * stands behind `until` is no day, it hides nothing. What a file's comments hide may so depend on the day
 * it is asked: suppress_days says from when to when the answers of this day hold, for who keeps them.
 *
 * The comments of a file are read when the first finding asks; a file without
 * findings costs nothing. What each code has hidden is remembered.
 */
#ifndef ASYNCGREP_SUPPRESS_H
#define ASYNCGREP_SUPPRESS_H

#include "base/common.h"
#include "base/day.h"

struct pyfile;

/* One noqa or ignore; a comment may hold several. */
struct suppression {
	uint32_t line;                     /* that it stands in */
	uint32_t start, end;               /* from its `#` to behind its codes, of an ignore behind its `]` */
	uint32_t reason_start, reason_end; /* equal: it gives none */
	uint32_t until_start, until_end;   /* of `until=DAY` as it is written; equal: there is none */
	int32_t until;                       /* the last day that it hides anything; DAY_MAX: for ever; DAY_MIN: that is no day */
	bool ours;                         /* an ignore, not a noqa */
	bool own_line;                     /* nothing but blanks before the comment */
	bool used;                         /* it has hidden a finding */
};

/* One code of one of them; a bare noqa is an entry with an empty code. */
struct suppress_entry {
	uint32_t suppression; /* index */
	uint32_t start, end;  /* of the code in the source; equal: bare */
	bool used;            /* it has hidden a finding */
};

/* A comment that was meant to be an ignore, and names no code between brackets: it hides nothing. */
struct suppress_slip {
	uint32_t line;
	bool own_line;
};

/* What was found out for one code in one logical line: a line may hold any number of findings. */
struct suppress_verdict {
	const char *code;
	bool hidden;
	/* What hides it; or, of what is not hidden, what would if it were not over; or NULL. */
	const struct suppression *by;
	const struct suppress_slip *slip; /* if there is no such; or NULL */
};

struct suppress {
	struct pyfile *file; /* borrowed */
	int32_t today;
	struct suppression *items;      /* owned; sorted by line */
	size_t nr_items, alloc_items;
	struct suppress_entry *entries; /* owned; sorted by line */
	size_t nr, alloc;
	struct suppress_slip *slips;    /* owned; sorted by line */
	size_t nr_slips, alloc_slips;
	bool is_read;
	/* Private: what is known of the logical line that was asked about last. */
	uint32_t first_line, last_line;
	struct suppress_verdict *verdicts;
	size_t nr_verdicts, alloc_verdicts;
};

/* The file must outlive it; its code text is made, if need be, when the first finding asks. */
void suppress_init(struct suppress *suppress, struct pyfile *file, int32_t today);
void suppress_release(struct suppress *suppress);

/*
 * What becomes of a finding at an offset, of a rule with a code and aliases? Cheapest when findings
 * come in the order of the source. `code` is compared by address in between. The answer is valid until the next
 * question.
 */
const struct suppress_verdict *suppress_ask(struct suppress *suppress, uint32_t offset, const char *code,
					    const char *const *aliases, size_t nr_aliases);
/* Reads the comments now, so that all entries of a file without findings are there too. */
void suppress_read(struct suppress *suppress);

/* The days, first and last, around today on which all answers are as they are today; DAY_MIN and DAY_MAX where no day is named. */
void suppress_days(const struct suppress *suppress, int32_t *first, int32_t *last);

/* Does a code, or the beginning of one, as it stands in a comment name this one? Case does not matter; none names all. */
bool suppress_names(const char *code, const char *written, size_t len);

/* The physical lines of the logical line that holds an offset. */
void suppress_lines(struct pyfile *file, uint32_t offset, uint32_t *first, uint32_t *last);

#endif
