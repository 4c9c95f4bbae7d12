/* SPDX-License-Identifier: MIT
 *
 * A finding: one rule at one place of one file, ready to be reported. All
 * that a report needs is in it, so that the file itself may be gone.
 */
#ifndef ASYNCGREP_FINDING_H
#define ASYNCGREP_FINDING_H

#include "base/common.h"

struct rule;

/* Lines and columns from 1; columns in code points, byte_column in bytes of UTF-8; ends are behind the last character. */
struct finding_place {
	uint32_t line, column, byte_column;
	uint32_t end_line, end_column, end_byte_column;
	char *text;  /* owned; the source text from start to end, first line only where it spans several */
	/*
	 * owned; the physical line of the start, without its line end, bytes as they are. Of a long
	 * line only the part around the place, which begins lines_from bytes behind its start:
	 * a line may hold any number of findings.
	 */
	char *lines;
	size_t lines_len;
	uint32_t lines_from;
	bool lines_cut; /* there is more of the line behind */
};

/* What tells a finding from others of its file although lines move; see scan/fingerprint.h. */
struct finding_identity {
	char *text;       /* owned; its logical line without layout and comments, UTF-8; NULL: nobody asked for it */
	uint32_t ordinal; /* from 1, among those of the file that are equal to it */
	uint32_t first_line, last_line; /* of the logical line, from 1, as git counts lines: they end at LF alone */
	uint64_t line_hash;    /* of the physical line of the place and what follows; see scan/line_hash.h */
	uint32_t line_ordinal; /* from 1, among the lines of the file with that hash */
};

struct finding_capture {
	char *name, *text; /* owned */
};

struct finding {
	const struct rule *rule; /* borrowed: the rule set outlives the findings */
	char *message;           /* owned; the rule's, with captures filled in; UTF-8 */
	char *function;          /* owned; "Class.method", or NULL at module level */
	struct finding_place place;
	/* The second place, where the rule has one (where the task was cancelled): its note, or NULL. */
	char *second_note;       /* owned */
	struct finding_place second;
	struct finding_capture *captures; /* owned */
	size_t nr_captures;
	uint32_t offset;         /* of place, in bytes: for sorting */
	uint32_t shown_from, shown_to; /* lines that are to be shown with it; 0: nobody asked for them */
	struct finding_identity identity;
	const char *commit;      /* the one that brought it in, as hexadecimal digits; NULL: no history was asked for; borrowed */
	const char *removed_in;  /* likewise; NULL: it is there to this day */
	bool suppressed;         /* by a comment */
	bool known;              /* it was there before: in the version it is compared with, or in the baseline */
	bool untouched;          /* its logical line is as it was, and only changed lines are asked for */
};

/* A physical line, without its line end, bytes as they are. */
struct finding_line {
	uint32_t number;
	char *text; /* owned */
	size_t len;
};

/* The findings of one file, in the order of line, column, code. */
struct finding_list {
	struct finding *items; /* owned */
	size_t nr, alloc;
	struct finding_line *lines; /* owned; sorted, each once: what is to be shown with any of them */
	size_t nr_lines;
};

/* Fills `lines` and what belongs to it from the whole line; the columns in bytes have to be there. */
void finding_place_set_line(struct finding_place *place, const char *line, size_t len);

/* A new, zeroed finding at the end of the list; valid until the next call. */
struct finding *finding_add(struct finding_list *list);
/* Sorts by offset, then code, and drops all but the first of equal (offset, code). */
void finding_sort(struct finding_list *list);
/* Takes out the findings that are marked as suppressed; the order stays. */
void finding_drop_suppressed(struct finding_list *list);
/* Takes out those that are known or untouched. */
void finding_drop_old(struct finding_list *list);
/* The place in `lines` of a line, or where it would stand. */
size_t finding_list_line(const struct finding_list *list, uint32_t number);
void finding_list_release(struct finding_list *list);

#endif
