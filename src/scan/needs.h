/* SPDX-License-Identifier: MIT
 *
 * What has to stand in the bytes of a file for a rule to find something there:
 * words, each looked for at most once in a file (scan/screen.h).
 */
#ifndef ASYNCGREP_NEEDS_H
#define ASYNCGREP_NEEDS_H

#include "base/arena.h"
#include "base/common.h"
#include "base/word.h"
#include "rule/ruleset.h"

/* A clause of more words than this costs more to look for than it saves. */
#define MAX_WORDS_OF_CLAUSE 8
#define MAX_CLAUSES 4

/* Of a word, so many others that are part of it are remembered. */
#define MAX_PARTS 2

/* A word of names, which may end in a star; one of a pattern may be part of longer words. */
struct needed_word {
	struct word word;
	unsigned parts[MAX_PARTS]; /* shorter ones: where they are no part of any word, this is not either */
	unsigned nr_parts;
};

/* One of these words, by their index, has to be in the file. */
struct clause {
	unsigned words[MAX_WORDS_OF_CLAUSE];
	unsigned nr;
};

#define NO_WORD UINT_MAX

/* Of a name that is evidence: the words that are in a file where it is; either may be NO_WORD. */
struct sign {
	unsigned package, word;
};

/* The name of a call, and the signs one of which it needs (nr_signs is 0: none). */
struct call_need {
	unsigned name;
	const struct sign *signs;
	unsigned nr_signs;
};

/* Of one rule: of each clause something, and one of the calls where there are any. */
struct rule_needs {
	struct clause clauses[MAX_CLAUSES];
	unsigned nr;
	struct call_need *calls;
	unsigned nr_calls;
};

struct needs {
	struct needed_word *words; /* owned */
	size_t nr, alloc;
	struct rule_needs *rules;  /* owned; by rule index */
	bool screens_calls;        /* names of calls are few enough to be looked for as words */
	struct arena arena;
};

/* Works out the needs of the selected rules of a set, which is borrowed. Ask for signs before needs_finish. */
void needs_init(struct needs *table, const struct ruleset *set);
void needs_release(struct needs *table);
/* The signs of a trigger's evidence, in the memory of the table; *nr is 0 when the bytes cannot tell. */
const struct sign *needs_signs(struct needs *table, const struct rule_trigger *trigger, unsigned *nr);
/* Sees which words are parts of others. */
void needs_finish(struct needs *table);

#endif
