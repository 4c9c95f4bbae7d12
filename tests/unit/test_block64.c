/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/block64.h"

/* Every byte there is, in every place of a block. */
static void test_block64__says_which_bytes_are_what(void **state)
{
	char bytes[64];

	(void)state;
	for (unsigned first = 0; first < 256; first++) {
		struct block64 block;
		uint64_t equal, either, brackets, marks;

		for (unsigned i = 0; i < 64; i++)
			bytes[i] = (char)(first + i * 5);
		block = block64_load(bytes);
		equal = block64_equal(&block, '(');
		either = block64_either(&block, '\n', '\xFF');
		brackets = block64_brackets(&block, '(', '{');
		marks = block64_marks(&block);
		for (unsigned i = 0; i < 64; i++) {
			assert_int_equal(equal >> i & 1, bytes[i] == '(');
			assert_int_equal(either >> i & 1, bytes[i] == '\n' || bytes[i] == '\xFF');
			assert_int_equal(brackets >> i & 1, bytes[i] && strchr("([{", bytes[i]) != NULL);
			assert_int_equal(marks >> i & 1, bytes[i] && strchr("\n\r()[]{}|:;\\", bytes[i]) != NULL);
		}
	}
}

static void test_block64__zeroes_stand_behind_the_end(void **state)
{
	static const char text[] = "((((((((((";
	struct block64 block = block64_at(text, 5, 2);

	(void)state;
	assert_int_equal(block64_equal(&block, '('), 7);
	assert_int_equal(block64_equal(&block, '\0'), ~UINT64_C(7));
	assert_int_equal(block64_first(UINT64_C(1) << 63), 63);
	for (unsigned n = 0; n < 64; n++)
		assert_int_equal(block64_count(~UINT64_C(0) << n), 64 - n);
}

static void test_block64__one_byte_beyond_ascii_is_seen_anywhere(void **state)
{
	char bytes[64];

	(void)state;
	for (unsigned i = 0; i < 64; i++) {
		struct block64 block;

		memset(bytes, 0x7F, sizeof(bytes));
		block = block64_load(bytes);
		assert_true(block64_is_ascii(&block));
		bytes[i] = '\x80';
		block = block64_load(bytes);
		assert_false(block64_is_ascii(&block));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_block64__says_which_bytes_are_what),
		cmocka_unit_test(test_block64__zeroes_stand_behind_the_end),
		cmocka_unit_test(test_block64__one_byte_beyond_ascii_is_seen_anywhere),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
