/* SPDX-License-Identifier: MIT
 *
 * Well-formed UTF-8, by The Unicode Standard 15.0, table 3-7.
 */
#include "base/utf8.h"

static bool is_between(unsigned char byte, unsigned char low, unsigned char high)
{
	return byte >= low && byte <= high;
}

size_t utf8_sequence(const char *data, size_t len)
{
	const unsigned char *s = (const unsigned char *)data;
	unsigned char low = 0x80, high = 0xBF;
	size_t need;

	if (s[0] < 0x80)
		return 1;
	if (is_between(s[0], 0xC2, 0xDF))
		need = 2;
	else if (is_between(s[0], 0xE0, 0xEF))
		need = 3;
	else if (is_between(s[0], 0xF0, 0xF4))
		need = 4;
	else
		return 0;
	if (s[0] == 0xE0)
		low = 0xA0;
	else if (s[0] == 0xED)
		high = 0x9F;
	else if (s[0] == 0xF0)
		low = 0x90;
	else if (s[0] == 0xF4)
		high = 0x8F;
	if (len < need || !is_between(s[1], low, high))
		return 0;
	for (size_t i = 2; i < need; i++)
		if (!is_between(s[i], 0x80, 0xBF))
			return 0;
	return need;
}

size_t utf8_count(const char *data, size_t len)
{
	size_t count = 0;

	for (size_t i = 0; i < len; count++) {
		size_t step = utf8_sequence(data + i, len - i);

		i += step ? step : 1;
	}
	return count;
}
