/* SPDX-License-Identifier: MIT
 *
 * What the import statements of a file may bind, told by their text: enough to
 * see that a call resolves to nothing that starts a rule. Whether they do bind
 * it, bindings.h knows; it is asked only once all statements are known.
 */
#ifndef ASYNCGREP_IMPORTED_H
#define ASYNCGREP_IMPORTED_H

#include "base/common.h"
#include "python/pyfile.h"
#include "scan/matcher.h"
#include "scan/word_list.h"

/* `from m import name as bound`: a call of `bound` may be one of `name`. */
struct import_alias {
	struct text bound, name;
};

/* Invariant: zeroes are empty. */
struct imported {
	struct import_alias *aliases; /* owned; those of names that start a rule; sorted, each once */
	size_t nr_aliases, alloc_aliases;
	/* The texts of import statements, found when they are first asked for; neighbours are one. */
	struct import_text {
		uint32_t start, end;
	} *texts; /* owned */
	size_t nr, alloc;
	bool is_read;
	unsigned asked;        /* how often a name was looked for in them */
	struct word_list list; /* their words, made when that was often */
	/* First parts that were looked for lately, and whether they are there; any may be empty. */
	struct import_memo {
		struct text name;
		bool there;
		bool bound; /* bindings have been asked */
	} memos[8];
};

/* Reads what the import statements of a file, whose statements are known, rename. */
void imported_read_aliases(struct imported *imported, const struct matcher *matcher, struct pyfile *file);
void imported_release(struct imported *imported);
/* May some import bind a name? */
bool imported_may_bind(struct imported *imported, struct pyfile *file, struct text name);
/* May a name stand in some import? */
bool imported_spells(struct imported *imported, const struct pyfile *file, struct text name);
/*
 * Does the file mean a package, not only spell the word, as comments may?
 * What resolves to a name of a package comes from an import that says so, or begins with the package itself.
 */
bool imported_means(struct imported *imported, const struct pyfile *file, struct text package);
/*
 * A call is spelled `spelled`: what else it may be a call of, by aliases. Give the name that
 * was looked at last (first `spelled` itself); empty at the end.
 */
struct text imported_next_name(const struct imported *imported, struct text spelled, struct text last);

#endif
