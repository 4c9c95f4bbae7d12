/* SPDX-License-Identifier: MIT
 *
 * Which libgit2 runs.
 */
#ifndef ASYNCGREP_GIT_VERSION_H
#define ASYNCGREP_GIT_VERSION_H

#include <stddef.h>

/* The version of libgit2 as text, written into buf; returns buf. Needs no initialisation of the library. */
const char *git_version(char *buf, size_t size);

#endif
