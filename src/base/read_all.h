/* SPDX-License-Identifier: MIT
 *
 * Reading what a file is known to hold.
 */
#ifndef ASYNCGREP_READ_ALL_H
#define ASYNCGREP_READ_ALL_H

#include "base/common.h"

#include <sys/types.h>

/* Reads up to len bytes, less only where the file ends before; signals do not end it. -1 with errno. */
ssize_t read_all(int fd, char *bytes, size_t len);

#endif
