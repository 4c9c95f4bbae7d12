/* SPDX-License-Identifier: MIT */
/* The source itself, first as in the program: what other processors run is tested on each of them. */
#include "base/find.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* With each way that the text is long enough for. */
static void assert_found(const struct finder *finder, const char *bytes, size_t len, const char *hit)
{
	assert_ptr_equal(finder_find(finder, bytes, len), hit);
	if (len >= finder->literal.len + 15)
		assert_ptr_equal(find_by_16(finder, bytes, len), hit);
}

static void test_find__agrees_with_memmem_at_every_place(void **state)
{
	static const char *const literals[] = { "a", "async", "create_task", "__init__", "aa", "an unusually long literal" };
	char bytes[300];

	(void)state;
	for (size_t k = 0; k < ARRAY_SIZE(literals); k++) {
		struct text literal = { literals[k], strlen(literals[k]) };
		struct finder finder;

		finder_init(&finder, literal);
		for (size_t len = 0; len <= sizeof(bytes); len++) {
			memset(bytes, 'n', sizeof(bytes));
			assert_found(&finder, bytes, len, NULL);
			for (size_t at = 0; at + literal.len <= len; at++) {
				memset(bytes, '_', sizeof(bytes));
				memcpy(bytes + at, literal.ptr, literal.len);
				assert_found(&finder, bytes, len, bytes + at);
				/* Cut inside of the literal, it is not there any more. */
				assert_found(&finder, bytes, at + literal.len - 1, NULL);
			}
		}
	}
}

/* Pairs of its rarest bytes everywhere, one of them right. */
static void test_find__many_pairs_hide_no_hit(void **state)
{
	struct finder finder;
	char bytes[300];

	(void)state;
	finder_init(&finder, TEXT("axbycz"));
	for (size_t at = 0; at + 6 <= sizeof(bytes); at++) {
		for (size_t i = 0; i < sizeof(bytes); i++)
			bytes[i] = "nxbycz"[i % 6];
		memcpy(bytes + at, "axbycz", 6);
		assert_found(&finder, bytes, sizeof(bytes), memmem(bytes, sizeof(bytes), "axbycz", 6));
		assert_found(&finder, bytes, at + 5, NULL);
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
		cmocka_unit_test(test_find__many_pairs_hide_no_hit),
		cmocka_unit_test(test_find__near_misses_are_no_hits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
