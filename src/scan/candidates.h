/* SPDX-License-Identifier: MIT
 *
 * The statements of a file that hold a call with which some rule may start,
 * in a context where it may: one pass over the brackets of the code text.
 */
#ifndef ASYNCGREP_CANDIDATES_H
#define ASYNCGREP_CANDIDATES_H

#include "base/common.h"
#include "python/pyfile.h"
#include "python/skim.h"
#include "scan/matcher.h"
#include "scan/word_list.h"
#include "scan/word_set.h"

/* `from m import name as bound`: a call of `bound` may be one of `name`. */
struct import_alias {
	struct text bound, name;
};

struct candidates {
	int32_t *stmts; /* owned; in the order of the source, each once */
	size_t nr, alloc;
	struct import_alias *aliases; /* owned; those of names that start a rule */
	size_t nr_aliases, alloc_aliases;
	struct skim_import *imports; /* owned; the import statements */
	size_t nr_imports, alloc_imports;
	bool all_imports; /* there are no others */
	struct word_set import_words; /* in them */
	struct word_list import_list; /* the same, where there are many imports; made when it is first asked for */
	/* First parts that were looked for in them lately, and whether they are there; any may be empty. */
	struct import_memo {
		struct text name;
		bool there;
	} memos[8];
	/* Lists of packages that were asked for, and whether the file means one of them; nr_meant may stay at the size. */
	struct package_memo {
		const struct nameset *packages;
		bool meant;
	} meant[32];
	size_t nr_meant;
};

/* Fills an empty (zeroed) struct. Makes of the file what is needed for that: often nothing. */
void candidates_find(struct candidates *candidates, struct screen *screen, struct pyfile *file);
void candidates_release(struct candidates *candidates);
/*
 * A call is spelled `spelled`: what else it may be a call of, by aliases. Give the name that
 * was looked at last (first `spelled` itself); empty at the end.
 */
struct text candidates_next_name(const struct candidates *candidates, struct text spelled, struct text last);

#endif
