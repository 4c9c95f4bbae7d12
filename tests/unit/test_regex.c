/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "rule/regex.h"

static struct regex_worker *worker;

static int setup(void **state)
{
	(void)state;
	worker = regex_worker_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	regex_worker_free(worker);
	return 0;
}

static struct regex *compile(const char *pattern, bool jit)
{
	struct error err = { NULL };
	size_t offset;
	struct regex *regex = regex_compile(pattern, strlen(pattern), false, jit, &offset, &err);

	if (!regex)
		fail_msg("%s: %s", pattern, err.message);
	return regex;
}

/* All matches, as "START-END " each; with machine code and without it the same. */
static void assert_matches(const char *pattern, const char *subject, const char *expected)
{
	for (int jit = 0; jit < 2; jit++) {
		struct regex *regex = compile(pattern, jit);
		struct strbuf found = STRBUF_INIT;
		struct error err = { NULL };
		struct regex_match match;
		size_t len = strlen(subject), start = 0;

		while (regex_match(regex, worker, subject, len, start, &match, &err) > 0) {
			strbuf_addf(&found, "%zu-%zu ", match.starts[0], match.ends[0]);
			start = regex_next_start(subject, len, &match);
			assert_true(found.len < 10000);
		}
		assert_null(err.message);
		assert_string_equal(found.buf ? found.buf : "", expected);
		strbuf_release(&found);
		regex_free(regex);
	}
}

static void assert_no_regex(const char *pattern, size_t at, const char *message)
{
	struct error err = { NULL };
	size_t offset;

	assert_null(regex_compile(pattern, strlen(pattern), false, true, &offset, &err));
	assert_int_equal(offset, at);
	assert_string_equal(err.message, message);
	error_release(&err);
}

static void test_regex__says_why_a_pattern_does_not_compile_and_where(void **state)
{
	struct strbuf groups = STRBUF_INIT;

	(void)state;
	assert_no_regex("open\\((", 7, "missing closing parenthesis");
	assert_no_regex("a[z-a]", 4, "range out of order in character class");
	assert_no_regex("*a", 0, "quantifier does not follow a repeatable item");
	assert_no_regex("a\\C", 3, "using \\C is disabled by the application");
	for (int i = 0; i < REGEX_MAX_GROUPS; i++)
		strbuf_addstr(&groups, "(a)");
	assert_no_regex(groups.buf, 0, "more than 63 groups");
	strbuf_setlen(&groups, groups.len - 3);
	regex_free(compile(groups.buf, true));
	strbuf_release(&groups);
}

static void test_regex__names_groups(void **state)
{
	struct regex *regex = compile("(?<T>a)(b)?(?<U>c)?", true);
	struct error err = { NULL };
	struct regex_match match;

	(void)state;
	assert_int_equal(regex_groups(regex), 4);
	assert_null(regex_group_name(regex, 0));
	assert_string_equal(regex_group_name(regex, 1), "T");
	assert_null(regex_group_name(regex, 2));
	assert_string_equal(regex_group_name(regex, 3), "U");
	assert_int_equal(regex_match(regex, worker, "xac", 3, 0, &match, &err), 1);
	assert_int_equal(match.starts[1], 1);
	assert_int_equal(match.starts[2], SIZE_MAX);
	assert_int_equal(match.ends[3], 3);
	assert_int_equal(regex_match(regex, worker, "xa", 2, 0, &match, &err), 1);
	assert_int_equal(match.starts[3], SIZE_MAX);
	regex_free(regex);
}

static void test_regex__lines_end_as_python_ends_them(void **state)
{
	(void)state;
	assert_matches("^.", "ab\ncd\r\nef\rgh", "0-1 3-4 7-8 10-11 ");
	assert_matches(".$", "ab\ncd\r\nef\rgh", "1-2 4-5 8-9 11-12 ");
	assert_matches("b.c", "b\nc", "");
}

static void test_regex__goes_on_after_empty_matches(void **state)
{
	(void)state;
	assert_matches("x*", "axb", "0-0 1-2 2-2 3-3 ");
	assert_matches("^", "a\n\nb", "0-0 2-2 3-3 ");
	assert_matches("$", "", "0-0 ");
	assert_matches("", "\xC3\xA9\xFF", "0-0 2-2 3-3 "); /* between characters, and around a byte that is none */
}

static void test_regex__starts_where_K_says(void **state)
{
	(void)state;
	assert_matches("a\\Kb", "ab ab", "1-2 4-5 ");
	assert_matches("a\\K", "aab", "1-1 2-2 ");
	assert_matches("a(?=b)", "ab", "0-1 ");
}

static void test_regex__searches_around_invalid_utf8(void **state)
{
	(void)state;
	assert_matches("open", "\xFF\xFEopen\x80", "2-6 ");
	assert_matches("a.b", "a\xFF" "b a\xC3\xA9" "b", "4-8 "); /* no character is an invalid byte */
	assert_matches("\\w+", "gr\xC3\xB6\xC3\x9F" "e", "0-7 ");
	assert_matches("a$", "\xED\xA0\x80" "a", "3-4 ");
}

static void test_regex__starts_where_it_is_told(void **state)
{
	struct regex *regex = compile("\\bb", true);
	struct error err = { NULL };
	struct regex_match match;

	(void)state;
	assert_int_equal(regex_match(regex, worker, "ab b", 4, 1, &match, &err), 1);
	assert_int_equal(match.starts[0], 3); /* what stands before is seen */
	assert_int_equal(regex_match(regex, worker, "ab b", 4, 4, &match, &err), 0);
	assert_int_equal(regex_match(regex, worker, "ab b", 4, 5, &match, &err), 0);
	assert_int_equal(regex_match(regex, worker, "ab b", 3, 0, &match, &err), 0); /* nor beyond its end */
	assert_null(err.message);
	regex_free(regex);
}

static void test_regex__anchored_is_here_or_nowhere(void **state)
{
	struct error err = { NULL };
	struct regex_match match;
	size_t offset;
	struct regex *regex = regex_compile("b", 1, true, true, &offset, &err);

	(void)state;
	assert_int_equal(regex_match(regex, worker, "ab", 2, 0, &match, &err), 0);
	assert_int_equal(regex_match(regex, worker, "ab", 2, 1, &match, &err), 1);
	regex_free(regex);
}

static void test_regex__a_limit_is_an_error_and_never_no_match(void **state)
{
	static const char *const patterns[] = { "(a+)+$", "(a|aa)+$", "^(\\w+\\s?)*$" };
	struct strbuf subject = STRBUF_INIT;

	(void)state;
	for (int i = 0; i < 5000; i++)
		strbuf_addch(&subject, 'a');
	strbuf_addch(&subject, '!');
	for (size_t i = 0; i < ARRAY_SIZE(patterns); i++) {
		for (int jit = 0; jit < 2; jit++) {
			struct regex *regex = compile(patterns[i], jit);
			struct error err = { NULL };
			struct regex_match match;

			assert_int_equal(regex_match(regex, worker, subject.buf, subject.len, 0, &match, &err), -1);
			assert_non_null(err.message);
			error_release(&err);
			/* And the worker works on. */
			assert_int_equal(regex_match(regex, worker, "aa", 2, 0, &match, &err), 1);
			regex_free(regex);
		}
	}
	strbuf_release(&subject);
}

static void test_regex__finds_the_end_of_a_long_line(void **state)
{
	size_t len = (size_t)8 * 1024 * 1024;
	char *subject = xcalloc(1, len + 1);
	struct regex *regex = compile("az$", true);
	struct error err = { NULL };
	struct regex_match match;

	(void)state;
	memset(subject, 'a', len);
	subject[len - 1] = 'z';
	assert_int_equal(regex_match(regex, worker, subject, len, 0, &match, &err), 1);
	assert_int_equal(match.starts[0], len - 2);
	regex_free(regex);
	free(subject);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_regex__says_why_a_pattern_does_not_compile_and_where),
		cmocka_unit_test(test_regex__names_groups),
		cmocka_unit_test(test_regex__lines_end_as_python_ends_them),
		cmocka_unit_test(test_regex__goes_on_after_empty_matches),
		cmocka_unit_test(test_regex__starts_where_K_says),
		cmocka_unit_test(test_regex__searches_around_invalid_utf8),
		cmocka_unit_test(test_regex__starts_where_it_is_told),
		cmocka_unit_test(test_regex__anchored_is_here_or_nowhere),
		cmocka_unit_test(test_regex__a_limit_is_an_error_and_never_no_match),
		cmocka_unit_test(test_regex__finds_the_end_of_a_long_line),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
