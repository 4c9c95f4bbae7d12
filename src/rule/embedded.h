/* SPDX-License-Identifier: MIT
 *
 * The rule files of patterns/ as the binary has them, in the order of their paths.
 */
#ifndef ASYNCGREP_EMBEDDED_H
#define ASYNCGREP_EMBEDDED_H

#include "base/embedded.h"

extern const struct embedded_file embedded_files[];
extern const size_t embedded_files_nr;

#endif
