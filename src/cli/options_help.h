/* SPDX-License-Identifier: MIT
 *
 * Texts made from the option table.
 */
#ifndef ASYNCGREP_OPTIONS_HELP_H
#define ASYNCGREP_OPTIONS_HELP_H

#include "base/strbuf.h"

struct option; /* cli/option_table.h */

/* What an option is, in half a line. */
void options_help_line(struct strbuf *out, const struct option *option);
/* -h: what fits on a screen of 24 lines of 80 cells. */
void options_help_short(struct strbuf *out);
/* --help: every option, with its long help. */
void options_help(struct strbuf *out);
/* The options part of the man page, in mdoc(7). */
void options_man(struct strbuf *out);

#endif
