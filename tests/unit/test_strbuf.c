/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/strbuf.h"

static void test_strbuf__grows_and_stays_terminated(void **state)
{
	struct strbuf sb = STRBUF_INIT;

	(void)state;
	for (int i = 0; i < 1000; i++)
		strbuf_addf(&sb, "%d,", i);
	assert_int_equal(sb.len, 3890);
	assert_int_equal(strlen(sb.buf), sb.len);
	strbuf_setlen(&sb, 4);
	assert_string_equal(sb.buf, "0,1,");
	strbuf_release(&sb);
	assert_int_equal(sb.len, 0);
	assert_string_equal(sb.buf, "");
}

static void test_strbuf__makes_control_bytes_visible(void **state)
{
	struct strbuf sb = STRBUF_INIT;

	(void)state;
	strbuf_add_visible(&sb, "a\033[1m\t\xC2\x9B\xFF\xC3\xA9", 11);
	assert_string_equal(sb.buf, "a\\x1B[1m\t\\xC2\\x9B\\xFF\xC3\xA9");
	strbuf_release(&sb);
}

static void test_strbuf__replaces_invalid_utf8(void **state)
{
	struct strbuf sb = STRBUF_INIT;

	(void)state;
	assert_false(strbuf_add_utf8(&sb, "\xC3\xA9", 2));
	assert_true(strbuf_add_utf8(&sb, "\xED\xA0\x80", 3)); /* a surrogate: three invalid bytes */
	assert_string_equal(sb.buf, "\xC3\xA9\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
	strbuf_release(&sb);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_strbuf__grows_and_stays_terminated),
		cmocka_unit_test(test_strbuf__makes_control_bytes_visible),
		cmocka_unit_test(test_strbuf__replaces_invalid_utf8),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
