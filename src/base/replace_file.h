/* SPDX-License-Identifier: MIT
 *
 * Writing a file whole or not at all.
 */
#ifndef ASYNCGREP_REPLACE_FILE_H
#define ASYNCGREP_REPLACE_FILE_H

#include "base/common.h"
#include "base/error.h"

/*
 * Makes a file of these bytes, or puts them in the place of one, whose permissions it keeps; through
 * a symbolic link, the file it leads to. Others see the old file or the new one, never
 * a part. A pipe or a device is written to as it is. -1: nothing has changed; the message names the path.
 */
int replace_file(const char *path, const char *data, size_t len, struct error *err);
/* Could it be made, as far as that can be told without trying? -1, and the same message, if not. */
int replace_file_check(const char *path, struct error *err);

/* Writes all bytes, or -1 with errno: some may have been written. */
int write_all(int fd, const char *data, size_t len);

#endif
