/* SPDX-License-Identifier: MIT
 *
 * The version of the program and of the libraries it runs with.
 */
#ifndef ASYNCGREP_VERSION_H
#define ASYNCGREP_VERSION_H

#include "base/strbuf.h"

void version_print(struct strbuf *out);

#endif
