/* SPDX-License-Identifier: MIT
 *
 * What every fuzzer has: one function that takes any bytes at all, and stops
 * the program where something is not as it has to be. libFuzzer calls it, or
 * the main of replay.c, for files.
 */
#ifndef ASYNCGREP_FUZZ_H
#define ASYNCGREP_FUZZ_H

#include "base/common.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define REQUIRE(condition) ((condition) ? (void)0 : BUG("not so: %s", #condition))

#endif
