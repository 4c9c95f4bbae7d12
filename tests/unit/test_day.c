/* SPDX-License-Identifier: MIT */
#include "base/day.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void assert_day(const char *text, int32_t expected)
{
	int32_t day = -1;

	if (!day_parse(text, strlen(text), &day) || day != expected)
		fail_msg("%s: %d", text, day);
}

/* Numbers are those of Python's date.toordinal() less 719163. */
static void test_day__numbers(void **state)
{
	(void)state;
	assert_day("1970-01-01", 0);
	assert_day("1969-12-31", -1);
	assert_day("1972-03-01", 790);
	assert_day("2000-02-29", 11016);
	assert_day("2026-11-25", 20782);
	assert_day("2100-03-01", 47541);
	assert_day("0001-01-01", -719162);
	assert_day("9999-12-31", 2932896);
}

static void test_day__what_is_none(void **state)
{
	static const char *const texts[] = { "", "2026", "2026-11-2", "2026-11-255", "2026/11/25", "26-11-2025", "2026-00-01",
					     "2026-13-01", "2026-04-31", "2026-02-29", "2100-02-29", "2026-01-00",
					     "+026-01-01", "2026-1 -01" };
	int32_t day = 7;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		if (day_parse(texts[i], strlen(texts[i]), &day) || day != 7)
			fail_msg("'%s' is a day", texts[i]);
}

static void assert_today(const char *epoch, int result, int32_t expected)
{
	struct error err = { NULL };
	int32_t day = 7;

	setenv("SOURCE_DATE_EPOCH", epoch, 1);
	assert_int_equal(day_today(&day, &err), result);
	assert_int_equal(day, expected);
	if (result < 0)
		assert_non_null(strstr(err.message, epoch));
	error_release(&err);
}

static void test_day__today(void **state)
{
	struct error err = { NULL };
	int32_t day = 0, now = 0;

	(void)state;
	assert_today("86399", 0, 0);
	assert_today("86400", 0, 1);
	assert_today("253402300799", -1, 7);
	assert_today("-1", -1, 7);
	assert_today("12 ", -1, 7);
	unsetenv("SOURCE_DATE_EPOCH");
	assert_int_equal(day_today(&now, &err), 0);
	assert_true(day_parse("2026-01-01", 10, &day) && now > day);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_day__numbers),
		cmocka_unit_test(test_day__what_is_none),
		cmocka_unit_test(test_day__today),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
