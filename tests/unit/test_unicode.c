/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/unicode.h"

static void test_unicode__decodes(void **state)
{
	size_t step;

	(void)state;
	assert_int_equal(unicode_decode("a", 1, &step), 'a');
	assert_int_equal(step, 1);
	assert_int_equal(unicode_decode("\xC3\xA9x", 3, &step), 0xE9);
	assert_int_equal(step, 2);
	assert_int_equal(unicode_decode("\xE4\xB8\xAD", 3, &step), 0x4E2D);
	assert_int_equal(unicode_decode("\xF0\x9F\x98\x80", 4, &step), 0x1F600);
	assert_int_equal(step, 4);
	assert_int_equal(unicode_decode("\xE4\xB8", 2, &step), UNICODE_INVALID);
	assert_int_equal(step, 1);
}

static void test_unicode__width(void **state)
{
	(void)state;
	assert_int_equal(unicode_width('a'), 1);
	assert_int_equal(unicode_width(0xE9), 1);
	assert_int_equal(unicode_width(0x301), 0);   /* combining acute */
	assert_int_equal(unicode_width(0x4E2D), 2);
	assert_int_equal(unicode_width(0xFF0C), 2);  /* fullwidth comma */
	assert_int_equal(unicode_width(0x1F600), 2);
}

static void test_unicode__words_and_blanks(void **state)
{
	(void)state;
	assert_true(unicode_is_word('_') && unicode_is_word('7') && unicode_is_word('Z'));
	assert_true(unicode_is_word(0xE9) && unicode_is_word(0x4E2D) && unicode_is_word(0xB2));
	assert_false(unicode_is_word('-') || unicode_is_word('@') || unicode_is_word('['));
	assert_false(unicode_is_word(0x2014) || unicode_is_word(0xFF0C) || unicode_is_word(UNICODE_INVALID));
	assert_true(unicode_is_space(' ') && unicode_is_space('\t') && unicode_is_space(0xA0));
	assert_false(unicode_is_space('x') || unicode_is_space(0x200B));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_unicode__decodes),
		cmocka_unit_test(test_unicode__width),
		cmocka_unit_test(test_unicode__words_and_blanks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
