/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/vec16.h"

static void test_vec16__bits_are_lanes(void **state)
{
	(void)state;
	for (unsigned wanted = 0; wanted < 1u << 16; wanted++) {
		char bytes[16];

		for (unsigned i = 0; i < 16; i++)
			bytes[i] = wanted >> i & 1 ? '\xFF' : 'x';
		assert_int_equal(vec16_bits(vec16_load(bytes) == vec16_of('\xFF')), wanted);
		assert_int_equal(vec16_gather(vec16_load(bytes) == vec16_of('\xFF')), wanted);
	}
}

static void test_vec16__less_is_signed(void **state)
{
	static const char bytes[] = "\x80\xFF\x01\x7Fzyxwvutsrqpo";

	(void)state;
	assert_int_equal(vec16_bits(vec16_load(bytes) < vec16_of('u')), 0xFC07);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vec16__bits_are_lanes),
		cmocka_unit_test(test_vec16__less_is_signed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
