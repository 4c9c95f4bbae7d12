/* SPDX-License-Identifier: MIT
 *
 * Base64, three bytes at a time.
 */
#include "base/base64.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_encode(struct strbuf *out, const char *data, size_t len)
{
	for (size_t i = 0; i < len; i += 3) {
		size_t have = len - i < 3 ? len - i : 3;
		uint32_t bits = 0;

		for (size_t k = 0; k < 3; k++)
			bits = bits << 8 | (k < have ? (unsigned char)data[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			strbuf_addch(out, k <= have ? digits[bits >> (18 - 6 * k) & 63] : '=');
	}
}

bool base64_decode(struct strbuf *out, const char *text, size_t len)
{
	if (len % 4)
		return false;
	for (size_t i = 0; i < len; i += 4) {
		size_t have = 4;
		uint32_t bits = 0;

		while (have > 2 && i + 4 == len && text[i + have - 1] == '=')
			have--;
		for (size_t k = 0; k < 4; k++) {
			const char *digit = k < have && text[i + k] ? strchr(digits, text[i + k]) : NULL;

			if (k < have && !digit)
				return false;
			bits = bits << 6 | (digit ? (uint32_t)(digit - digits) : 0);
		}
		for (size_t k = 0; k + 1 < have; k++)
			strbuf_addch(out, (int)(bits >> (16 - 8 * k) & 255));
	}
	return true;
}
