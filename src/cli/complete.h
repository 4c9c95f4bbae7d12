/* SPDX-License-Identifier: MIT
 *
 * What the last word of a command line can become, for the completions of
 * shells. A line each: the word, a tab, what it is. What the program itself does not know
 * is left to the shell: then the first word is one of
 *
 *	:file      a file or a folder
 *	:revision  a revision, or a range of them
 *	:remote    the name of a remote repository
 *
 * and behind the tab stands what the word has before that ("--baseline=").
 */
#ifndef ASYNCGREP_COMPLETE_H
#define ASYNCGREP_COMPLETE_H

#include "base/strbuf.h"

/* The words behind the name of the program, up to the cursor; the last may be empty. */
void complete_words(struct strbuf *out, char *const *words, size_t nr);

#endif
