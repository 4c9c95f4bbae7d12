/* SPDX-License-Identifier: MIT
 *
 * The name that git gives to content: the SHA-1 of a blob. Needs no repository.
 */
#ifndef ASYNCGREP_OBJECT_HASH_H
#define ASYNCGREP_OBJECT_HASH_H

#include "git/repository.h"

#define OBJECT_HEX_LEN (2 * OBJECT_ID_LEN)

void object_hash(const char *bytes, size_t len, struct object_id *id);
/* As 40 hexadecimal digits and a NUL. */
void object_hash_hex(const char *bytes, size_t len, char hex[OBJECT_HEX_LEN + 1]);

#endif
