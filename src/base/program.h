/* SPDX-License-Identifier: MIT
 *
 * What the build says of the program (Makefile). Its digest is that of its sources and rules: two with the same one find
 * the same.
 */
#ifndef ASYNCGREP_PROGRAM_H
#define ASYNCGREP_PROGRAM_H

extern const char program_digest[];
/* Where the pages of the built-in rules are: URL/CODE.md. */
extern const char program_docs_url[];

#endif
