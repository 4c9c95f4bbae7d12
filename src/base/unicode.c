/* SPDX-License-Identifier: MIT
 *
 * Code points, by way of a locale of our own: the user's may be "C", where
 * wcwidth(3) knows nothing.
 */
#include "base/unicode.h"

#include <locale.h>
#include <pthread.h>
#include <wchar.h>
#include <wctype.h>

#include "base/utf8.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static locale_t utf8_locale; /* written once; (locale_t)0 where the system has none */

static void find_locale(void)
{
	static const char *const names[] = { "C.UTF-8", "C.utf8", "UTF-8", "en_US.UTF-8" };

	for (size_t i = 0; i < ARRAY_SIZE(names) && !utf8_locale; i++)
		utf8_locale = newlocale(LC_CTYPE_MASK, names[i], (locale_t)0);
}

uint32_t unicode_decode(const char *data, size_t len, size_t *step)
{
	static const unsigned char first_bits[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
	size_t bytes = utf8_sequence(data, len);
	uint32_t point;

	*step = bytes ? bytes : 1;
	if (!bytes)
		return UNICODE_INVALID;
	point = (unsigned char)data[0] & first_bits[bytes];
	for (size_t i = 1; i < bytes; i++)
		point = point << 6 | ((unsigned char)data[i] & 0x3F);
	return point;
}

unsigned unicode_width(uint32_t point)
{
	locale_t old;
	int width;

	if (point < 0x300)
		return 1;
	pthread_once(&once, find_locale);
	if (!utf8_locale)
		return 1;
	old = uselocale(utf8_locale);
	width = wcwidth((wchar_t)point);
	uselocale(old);
	return width < 0 ? 1 : (unsigned)width;
}

/* Numbers that are no digits: Python counts them, C does not. Those that people type. */
static bool is_other_number(uint32_t point)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{ 0xB2, 0xB3 }, { 0xB9, 0xB9 }, { 0xBC, 0xBE }, { 0x2070, 0x2070 },
		{ 0x2074, 0x2079 }, { 0x2080, 0x2089 }, { 0x2150, 0x215F }, { 0x2189, 0x2189 },
		{ 0x2460, 0x249B }, { 0x24EA, 0x24FF }, { 0x2776, 0x2793 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(ranges); i++)
		if (point >= ranges[i].first && point <= ranges[i].last)
			return true;
	return false;
}

bool unicode_is_word(uint32_t point)
{
	if (point < 0x80)
		return (point >= '0' && point <= '9') || point == '_' ||
			((point | 0x20) >= 'a' && (point | 0x20) <= 'z');
	if (point == UNICODE_INVALID || is_other_number(point))
		return point != UNICODE_INVALID;
	pthread_once(&once, find_locale);
	return !utf8_locale || iswalnum_l((wint_t)point, utf8_locale);
}

bool unicode_is_space(uint32_t point)
{
	return (point >= 0x09 && point <= 0x0D) || (point >= 0x1C && point <= 0x20) ||
		point == 0x85 || point == 0xA0 || point == 0x1680 ||
		(point >= 0x2000 && point <= 0x200A) || point == 0x2028 || point == 0x2029 ||
		point == 0x202F || point == 0x205F || point == 0x3000;
}
