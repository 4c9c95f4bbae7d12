/* SPDX-License-Identifier: MIT
 *
 * Errors that the world can cause. A function that can fail returns -1 and
 * fills a struct error with one line fit to print as it stands: what is
 * wrong, where, and what to do. The first error stays; later ones are lost.
 *
 * Invariant: a struct error of zeroes holds no error.
 */
#ifndef ASYNCGREP_ERROR_H
#define ASYNCGREP_ERROR_H

#include "base/common.h"

struct error {
	char *message; /* NULL: none; owned */
};

/* Notes the message unless there is one already; always returns -1. */
int error_set(struct error *err, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Puts "WHERE: " before the message that is there; always returns -1. */
int error_prefix(struct error *err, const char *fmt, ...) PRINTF_LIKE(2, 3);
void error_release(struct error *err);

/*
 * Something went wrong but the scan goes on: prints "asyncgrep: MESSAGE" on
 * standard error (control bytes made visible; one write, so that threads do
 * not mix) and remembers that the exit status has to be 2.
 */
void complain(const char *fmt, ...) PRINTF_LIKE(1, 2);
/* The same for the message of an error, which is released. */
void complain_error(struct error *err);
/* Says something that changes no exit status. */
void note(const char *fmt, ...) PRINTF_LIKE(1, 2);
/* Has complain been called? The one mutable global of the program. */
bool has_complained(void);
/* What was complained of is not to count. */
void complaints_forgive(void);

#endif
