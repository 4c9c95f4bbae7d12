/* SPDX-License-Identifier: MIT
 *
 * A number that tells whether bytes are still those that were written: by
 * accident it is as good as never the same for others. No protection against those
 * who mean harm.
 */
#ifndef ASYNCGREP_CHECKSUM_H
#define ASYNCGREP_CHECKSUM_H

#include "base/common.h"

/* Runs at the speed of memory; the result depends on the byte order of the machine. */
uint64_t checksum(const void *data, size_t len);

#endif
