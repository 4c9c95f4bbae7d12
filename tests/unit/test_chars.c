/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/chars.h"

static void test_chars__names_are_made_of_letters_digits_and_what_is_beyond_ascii(void **state)
{
	static const char ascii[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

	(void)state;
	for (int byte = 0; byte <= UCHAR_MAX; byte++)
		assert_int_equal(is_name_byte((char)byte), byte >= 0x80 || (byte && strchr(ascii, byte)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_chars__names_are_made_of_letters_digits_and_what_is_beyond_ascii),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
