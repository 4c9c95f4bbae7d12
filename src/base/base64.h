/* SPDX-License-Identifier: MIT
 *
 * Base64 (RFC 4648, section 4): bytes that are no text, in formats that have only text.
 */
#ifndef ASYNCGREP_BASE64_H
#define ASYNCGREP_BASE64_H

#include "base/strbuf.h"

void base64_encode(struct strbuf *out, const char *data, size_t len);
/* Adds what is encoded; false: it is no base64 with all its padding (something may have been added). */
bool base64_decode(struct strbuf *out, const char *text, size_t len);

#endif
