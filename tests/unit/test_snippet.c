/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "report/snippet.h"

static const struct snippet_style plain = { .gutter = 2, .frame = "", .reset = "" };

/* Marks the first `what` of a line with carets. */
static void assert_snippet(const char *line, const char *what, const char *expected)
{
	struct strbuf out = STRBUF_INIT;
	size_t start = (size_t)(strstr(line, what) - line);
	struct snippet_mark mark = { start, start + strlen(what), '^', "", "" };
	struct snippet_line whole = { .number = 7, .text = { line, strlen(line) } };

	snippet_add(&out, &plain, &whole, &mark, 1);
	assert_string_equal(out.buf, expected);
	strbuf_release(&out);
}

static void test_snippet__marks_a_part(void **state)
{
	(void)state;
	assert_snippet("  x = open(p)", "open", " 7 |   x = open(p)\n"
						"   |       ^^^^\n");
}

static void test_snippet__expands_tabs(void **state)
{
	(void)state;
	assert_snippet("\ta\topen(p)", "open", " 7 |     a   open(p)\n"
					       "   |         ^^^^\n");
}

static void test_snippet__counts_cells_not_bytes(void **state)
{
	(void)state;
	assert_snippet("\xE4\xB8\xAD\xE6\x96\x87 = open(p)", "open", " 7 | \xE4\xB8\xAD\xE6\x96\x87 = open(p)\n"
								     "   |        ^^^^\n");
	assert_snippet("e\xCC\x81 = open(p)", "open", " 7 | e\xCC\x81 = open(p)\n"
						      "   |     ^^^^\n");
	assert_snippet("x = \xE4\xB8\xAD(p)", "\xE4\xB8\xAD", " 7 | x = \xE4\xB8\xAD(p)\n"
							      "   |     ^^\n");
}

static void test_snippet__lets_no_control_byte_through(void **state)
{
	(void)state;
	assert_snippet("'\033[2J\xFF'; open(p)", "open", " 7 | '\\x1B[2J\\xFF'; open(p)\n"
							 "   |                ^^^^\n");
}

static void test_snippet__marks_an_empty_part_once(void **state)
{
	(void)state;
	assert_snippet("x", "", " 7 | x\n"
				"   | ^\n");
}

static void test_snippet__two_marks_with_labels(void **state)
{
	struct strbuf out = STRBUF_INIT;
	struct snippet_line line = { .number = 3, .text = TEXT("t.cancel(); await t") };
	struct snippet_mark marks[] = { { 12, 19, '^', "here", "<" }, { 0, 10, '-', "first\n", "{" } };
	struct snippet_style style = { .gutter = 1, .frame = "[", .reset = "]" };

	(void)state;
	snippet_add(&out, &style, &line, marks, 2);
	assert_string_equal(out.buf, "[3 |] t.cancel(); await t\n"
				     "[  |]             <^^^^^^^ here]\n"
				     "[  |] {---------- first\\x0A]\n");
	strbuf_release(&out);
}

static void test_snippet__cuts_what_does_not_fit(void **state)
{
	struct strbuf out = STRBUF_INIT;
	size_t len = 50 * 1000 * 1000;
	char *line = xmalloc(len + 1);
	struct snippet_style style = { .gutter = 1, .width = 44, .frame = "", .reset = "" };
	struct snippet_mark mark = { len / 2, len / 2 + 4, '^', "", "" };

	(void)state;
	memset(line, 'x', len);
	line[len] = '\0';
	memcpy(line + mark.start, "open", 4);
	snippet_add(&out, &style, &(struct snippet_line){ .number = 1, .text = { line, len } }, &mark, 1);
	assert_string_equal(out.buf, "1 | \xE2\x80\xA6" "xxxxxxxxxxxxxopenxxxxxxxxxxxxxxxxxxxxx\xE2\x80\xA6\n"
				     "  |               ^^^^\n");
	free(line);
	strbuf_release(&out);
}

static void test_snippet__says_what_was_cut_before(void **state)
{
	struct strbuf out = STRBUF_INIT;
	struct snippet_line line = { 1, TEXT("a open b"), true, true };
	struct snippet_mark mark = { 2, 6, '^', "", "" };

	(void)state;
	snippet_add(&out, &plain, &line, &mark, 1);
	assert_string_equal(out.buf, " 1 | \xE2\x80\xA6" "a open b\xE2\x80\xA6\n"
				     "   |    ^^^^\n");
	strbuf_release(&out);
}

static void test_snippet__cuts_between_characters(void **state)
{
	struct strbuf out = STRBUF_INIT;
	char line[400];
	struct snippet_style style = { .gutter = 1, .width = 44, .frame = "", .reset = "" };

	(void)state;
	for (size_t shift = 0; shift < 3; shift++) {
		struct snippet_mark mark = { 300 + shift, 303 + shift, '^', "", "" };

		memset(line, 'x', shift);
		for (size_t i = shift; i + 2 < sizeof(line); i += 3)
			memcpy(line + i, "\xE4\xB8\xAD", 3);
		memcpy(line + mark.start, "run", 3);
		snippet_add(&out, &style, &(struct snippet_line){ .number = 1, .text = { line, 306 + shift } },
			    &mark, 1);
		assert_null(strstr(out.buf, "\\x"));
		strbuf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_snippet__marks_a_part),
		cmocka_unit_test(test_snippet__expands_tabs),
		cmocka_unit_test(test_snippet__counts_cells_not_bytes),
		cmocka_unit_test(test_snippet__lets_no_control_byte_through),
		cmocka_unit_test(test_snippet__marks_an_empty_part_once),
		cmocka_unit_test(test_snippet__two_marks_with_labels),
		cmocka_unit_test(test_snippet__cuts_what_does_not_fit),
		cmocka_unit_test(test_snippet__says_what_was_cut_before),
		cmocka_unit_test(test_snippet__cuts_between_characters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
