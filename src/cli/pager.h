/* SPDX-License-Identifier: MIT
 *
 * What is long is read in a pager, as git decides. Colours and width are those
 * of the terminal: who needs them asks before the pager begins.
 */
#ifndef ASYNCGREP_PAGER_H
#define ASYNCGREP_PAGER_H

#include "base/common.h"

struct options;

/*
 * Where standard output is a terminal and git would run a pager: it gets that, and standard error where it is a terminal, until
 * the program ends, which waits for the pager. From then on Ctrl-C is only noted (base/interrupt.h), for the pager shares the
 * terminal. A pager that there is not is none. Only the first call asks.
 */
void pager_start(const struct options *options);

#endif
