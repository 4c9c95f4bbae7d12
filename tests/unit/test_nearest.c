/* SPDX-License-Identifier: MIT
 *
 * Which word is near enough to be offered.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/nearest.h"

static const char *offer(const char *wanted, const char *word, const char *other)
{
	const char *best = NULL;
	unsigned distance = NEAREST_NONE;

	nearest_offer(wanted, word, &best, &distance);
	nearest_offer(wanted, other, &best, &distance);
	return best ? best : "";
}

static void test_nearest__the_fewest_slips_win(void **state)
{
	(void)state;
	assert_string_equal(offer("formt", "fromage", "format"), "format");
	assert_string_equal(offer("SELECT", "selected", "select"), "select");
	assert_string_equal(offer("severities", "severity", "name"), "severity");
}

static void test_nearest__letters_that_changed_places_are_one_slip(void **state)
{
	(void)state;
	assert_string_equal(offer("sarfi", "sarif", "text"), "sarif");
	assert_string_equal(offer("clals", "calls", "class"), "calls");
	assert_string_equal(offer("fnid", "find", "fix"), "find");
}

static void test_nearest__a_short_word_may_have_one_slip(void **state)
{
	(void)state;
	assert_string_equal(offer("hint", "find", "help"), "");
	assert_string_equal(offer("AG999", "AG609", "AG101"), "");
	assert_string_equal(offer("AG2O1", "AG601", "AG201"), "AG201");
	assert_string_equal(offer("x", "in", "e"), "e");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nearest__the_fewest_slips_win),
		cmocka_unit_test(test_nearest__letters_that_changed_places_are_one_slip),
		cmocka_unit_test(test_nearest__a_short_word_may_have_one_slip),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
