/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/find.h"

static void test_find__agrees_with_memmem_at_every_place(void **state)
{
	static const char *const literals[] = { "a", "async", "create_task", "__init__", "aa", "an unusually long literal" };
	char bytes[200];

	(void)state;
	for (size_t k = 0; k < ARRAY_SIZE(literals); k++) {
		struct text literal = { literals[k], strlen(literals[k]) };
		struct finder finder;

		finder_init(&finder, literal);
		for (size_t len = 0; len <= sizeof(bytes); len++) {
			memset(bytes, 'n', sizeof(bytes));
			assert_null(finder_find(&finder, bytes, len));
			for (size_t at = 0; at + literal.len <= len; at++) {
				memset(bytes, '_', sizeof(bytes));
				memcpy(bytes + at, literal.ptr, literal.len);
				assert_ptr_equal(finder_find(&finder, bytes, len), bytes + at);
				/* Cut inside of the literal, it is not there any more. */
				assert_null(finder_find(&finder, bytes, at + literal.len - 1));
			}
		}
	}
}

static void test_find__near_misses_are_no_hits(void **state)
{
	struct finder finder;
	char bytes[] = "asyn async_ a sync Async asynk asyncio";

	(void)state;
	finder_init(&finder, TEXT("asyncgrep"));
	assert_null(finder_find(&finder, bytes, sizeof(bytes) - 1));
	finder_init(&finder, TEXT("asyncio"));
	assert_ptr_equal(finder_find(&finder, bytes, sizeof(bytes) - 1), strstr(bytes, "asyncio"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find__agrees_with_memmem_at_every_place),
		cmocka_unit_test(test_find__near_misses_are_no_hits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
