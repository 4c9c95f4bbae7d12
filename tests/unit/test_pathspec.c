/* SPDX-License-Identifier: MIT
 *
 * What words mean; tests/cli/pathspec.bats holds many more against git.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <cmocka.h>

#include "git/pathspec.h"
#include "git/wildmatch.h"

/* The words up to NULL, in the folder prefix: is the path meant? */
static bool meant(const char *prefix, const char *path, ...)
{
	struct error err = { 0 };
	struct pathspec ps;
	const char *words[8];
	size_t nr = 0;
	va_list args;
	bool result;

	va_start(args, path);
	while ((words[nr] = va_arg(args, const char *)))
		nr++;
	va_end(args);
	if (pathspec_parse(&ps, words, nr, prefix, "/top", &err) < 0)
		fail_msg("%s", err.message);
	result = pathspec_match(&ps, path);
	pathspec_release(&ps);
	return result;
}

static void assert_refused(const char *word, const char *message)
{
	struct error err = { 0 };
	struct pathspec ps;

	assert_int_equal(pathspec_parse(&ps, &word, 1, "sub/", "/top", &err), -1);
	assert_non_null(strstr(err.message, message));
	error_release(&err);
	pathspec_release(&ps); /* empty, so this is allowed */
}

static void test_pathspec__none_means_all(void **state)
{
	(void)state;
	assert_true(meant("", "a.py", NULL));
	assert_true(meant("sub/", "a.py", NULL));
	assert_true(pathspec_match(&(struct pathspec){ 0 }, "a.py"));
}

static void test_pathspec__a_folder_means_what_is_in_it(void **state)
{
	(void)state;
	assert_true(meant("", "sub/a.py", "sub", NULL));
	assert_true(meant("", "sub/a.py", "sub/", NULL));
	assert_false(meant("", "subway/a.py", "sub", NULL));
	assert_false(meant("", "a.py", "a.py/", NULL));
	assert_true(meant("", "d[1]/a.py", "d[1]", NULL));
	assert_true(meant("", "d1/a.py", "d[1]/*", NULL));
}

static void test_pathspec__is_relative_to_the_current_folder(void **state)
{
	(void)state;
	assert_true(meant("sub/", "sub/a.py", "a.py", NULL));
	assert_false(meant("sub/", "a.py", "a.py", NULL));
	assert_true(meant("sub/", "a.py", "../a.py", NULL));
	assert_true(meant("sub/", "a.py", ":/a.py", NULL));
	assert_true(meant("sub/", "a.py", ":(top)*.py", NULL));
	assert_true(meant("sub/", "sub/a.py", "/top/sub/a.py", NULL));
	assert_true(meant("su*/", "su*/a.py", "*.py", NULL));
	assert_false(meant("su*/", "sub/a.py", "*.py", NULL));
}

static void test_pathspec__excludes(void **state)
{
	(void)state;
	assert_false(meant("", "sub/a.py", ":!sub", NULL));
	assert_true(meant("", "b.py", ":!sub", NULL));
	assert_true(meant("", "b.py", "*.py", ":^sub", NULL));
	assert_false(meant("", "b.txt", "*.py", ":^sub", NULL));
	assert_false(meant("sub/", "x.py", ":!/x.py", NULL));
	assert_true(meant("sub/", "sub/x.py", ":!/x.py", NULL));
	assert_false(meant("sub/", "x.py", ":(top,exclude,icase)X.PY", NULL));
}

static void test_pathspec__case(void **state)
{
	(void)state;
	assert_true(meant("", "Sub/A.py", ":(icase)sub/a.PY", NULL));
	assert_false(meant("SUB/", "sub/a.py", ":(icase)A.PY", NULL)); /* where we are is exact */
	assert_false(meant("", "A.py", "a.py", NULL));
}

static void test_pathspec__refuses_as_git_does(void **state)
{
	(void)state;
	assert_refused("", "empty string is not a valid pathspec");
	assert_refused("../../x", "'../../x' is outside repository at '/top'");
	assert_refused("/elsewhere", "is outside repository");
	assert_refused(":(nothing)x", "Invalid pathspec magic 'nothing'");
	assert_refused(":(top", "Missing ')'");
	assert_refused(":%x", "Unimplemented pathspec magic '%'");
	assert_refused(":(glob,literal)x", "'literal' and 'glob' are incompatible");
	assert_refused(":(attr:x)y", "'attr' is not supported");
}

static void test_pathspec__tells_what_matched_nothing(void **state)
{
	static const char *const words[] = { "a.py", ":!b.py", "c.py", "*.py" };
	struct error err = { 0 };
	struct pathspec ps;

	(void)state;
	assert_int_equal(pathspec_parse(&ps, words, 4, "", "/top", &err), 0);
	assert_string_equal(pathspec_unmatched(&ps), "a.py");
	assert_true(pathspec_match(&ps, "a.py"));
	assert_string_equal(pathspec_unmatched(&ps), "c.py");
	assert_true(pathspec_match(&ps, "c.py"));
	assert_null(pathspec_unmatched(&ps));
	pathspec_release(&ps);
}

static void test_wildmatch__folders(void **state)
{
	(void)state;
	assert_true(wildmatch("**/a", "a", WILDMATCH_PATHNAME));
	assert_true(wildmatch("**/a", "x/y/a", WILDMATCH_PATHNAME));
	assert_false(wildmatch("**/a", "xa", WILDMATCH_PATHNAME));
	assert_true(wildmatch("x/**/a", "x/a", WILDMATCH_PATHNAME));
	assert_true(wildmatch("x/**", "x/y/z", WILDMATCH_PATHNAME));
	assert_false(wildmatch("x/**", "x", WILDMATCH_PATHNAME));
	assert_false(wildmatch("x*", "x/y", WILDMATCH_PATHNAME));
	assert_true(wildmatch("x*", "x/y", 0));
	assert_false(wildmatch("x**y", "x/y", WILDMATCH_PATHNAME));
	assert_true(wildmatch("**/*b/**/c", "ab/x/b/y/c", WILDMATCH_PATHNAME));
	assert_false(wildmatch("x[/]y", "x/y", WILDMATCH_PATHNAME));
}

static void test_wildmatch__brackets(void **state)
{
	(void)state;
	assert_true(wildmatch("[]a]", "]", 0));
	assert_true(wildmatch("[!a-c]", "d", 0));
	assert_false(wildmatch("[!a-c]", "b", 0));
	assert_true(wildmatch("[[:digit:][:upper:]]", "X", 0));
	assert_true(wildmatch("[[:upper:]]", "x", WILDMATCH_ICASE));
	assert_false(wildmatch("[[:nothing:]]", "n", 0));
	assert_true(wildmatch("[\\]]", "]", 0));
	assert_false(wildmatch("[a", "a", 0));
	assert_false(wildmatch("a\\", "a", 0));
	assert_true(wildmatch("[\x80-\xFF]", "\xC3", 0));
}

/* Once exponential in many a matcher: here at most pattern times text, for every slash. */
static void test_wildmatch__stars_take_no_time(void **state)
{
	char text[4001], pattern[2001];
	clock_t start = clock();

	(void)state;
	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	for (size_t i = 0; i + 2 < sizeof(pattern); i += 2)
		memcpy(pattern + i, "*a", 2);
	memcpy(pattern + sizeof(pattern) - 3, "*b", 3);
	assert_false(wildmatch(pattern, text, 0));
	assert_false(wildmatch(pattern, text, WILDMATCH_PATHNAME));
	for (size_t i = 1; i < sizeof(text) - 1; i += 2)
		text[i] = '/';
	assert_false(wildmatch("**/a/**/a/**/a/**/a/**/a/**/a/**/*a*/**/*a*/b", text, WILDMATCH_PATHNAME));
	assert_true(clock() - start < 2 * CLOCKS_PER_SEC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pathspec__none_means_all),
		cmocka_unit_test(test_pathspec__a_folder_means_what_is_in_it),
		cmocka_unit_test(test_pathspec__is_relative_to_the_current_folder),
		cmocka_unit_test(test_pathspec__excludes),
		cmocka_unit_test(test_pathspec__case),
		cmocka_unit_test(test_pathspec__refuses_as_git_does),
		cmocka_unit_test(test_pathspec__tells_what_matched_nothing),
		cmocka_unit_test(test_wildmatch__folders),
		cmocka_unit_test(test_wildmatch__brackets),
		cmocka_unit_test(test_wildmatch__stars_take_no_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
