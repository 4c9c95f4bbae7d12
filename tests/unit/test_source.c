/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "python/source.h"

static struct source load(const char *text, size_t len)
{
	struct source source;
	struct error err = { 0 };

	if (source_init(&source, xmemdupz(text, len), len, &err))
		fail_msg("not loaded: %s", err.message);
	return source;
}

static void assert_text(struct text text, const char *expected)
{
	assert_int_equal(text.len, strlen(expected));
	assert_memory_equal(text.ptr, expected, text.len);
}

#define LOAD(literal) load(literal, sizeof(literal) - 1)

static void assert_refused(const char *text, size_t len, const char *message)
{
	struct source source;
	struct error err = { 0 };

	assert_int_equal(source_init(&source, xmemdupz(text, len), len, &err), -1);
	assert_string_equal(err.message, message);
	assert_null(source.bytes);
	error_release(&err);
	source_release(&source);
}

#define ASSERT_REFUSED(literal, message) assert_refused(literal, sizeof(literal) - 1, message)

static void assert_bytes(struct source source, const char *expected)
{
	assert_string_equal(source.bytes, expected);
	assert_int_equal(source.len, strlen(expected));
	source_release(&source);
}

static void test_source__lines_end_at_lf_crlf_and_cr(void **state)
{
	struct source source = LOAD("a\nb\r\nc\rd\f\ve");

	(void)state;
	assert_text(source_line_text(&source, 1), "a");
	assert_text(source_line_text(&source, 2), "b");
	assert_text(source_line_text(&source, 3), "c");
	assert_text(source_line_text(&source, 4), "d\f\ve");
	assert_text(source_line_text(&source, 5), "");
	assert_text(source_line_text(&source, 0), "");
	assert_int_equal(source.nr_lines, 4);
	assert_int_equal(source_line(&source, 0), 1);
	assert_int_equal(source_line(&source, 1), 1); /* a line end belongs to its line */
	assert_int_equal(source_line(&source, 4), 2);
	assert_int_equal(source_line(&source, 5), 3);
	assert_int_equal(source_line(&source, source.len), 4);
	source_release(&source);
}

static void test_source__a_final_line_end_begins_no_line(void **state)
{
	struct source source = LOAD("a\n\n");

	(void)state;
	source_lines(&source);
	assert_int_equal(source.nr_lines, 2);
	assert_int_equal(source_line(&source, 3), 2);
	source_release(&source);

	source = LOAD("");
	assert_int_equal(source_line(&source, 0), 1);
	assert_int_equal(source_column(&source, 0), 1);
	assert_int_equal(source.nr_lines, 1);
	source_release(&source);
}

static void test_source__columns_count_code_points(void **state)
{
	struct source source = LOAD("x\n\xC3\xA9\xF0\x9D\x84\x9E = \xFF\xC3 z");

	(void)state;
	assert_int_equal(source_column(&source, 2), 1);
	assert_int_equal(source_column(&source, 4), 2);
	assert_int_equal(source_byte_column(&source, 4), 3);
	assert_int_equal(source_column(&source, 9), 4);
	assert_int_equal(source_column(&source, source.len - 1), 9); /* an invalid byte counts as one */
	source_release(&source);
}

static void test_source__columns_are_right_in_long_lines(void **state)
{
	size_t len = 3 * 4096 * 4; /* the marks lie inside of sequences */
	char *text = xmalloc(len + 1);
	struct source source;
	struct error err = { 0 };

	(void)state;
	text[0] = '\n';
	for (size_t i = 1; i < len; i++)
		text[i] = "\xE2\x82\xAC"[(i - 1) % 3];
	text[len] = '\0';
	assert_int_equal(source_init(&source, text, len, &err), 0);
	for (uint32_t offset = 1; offset < len; offset += 3)
		assert_int_equal(source_column(&source, offset), (offset - 1) / 3 + 1);
	source_release(&source);
}

static void test_source__drops_a_byte_order_mark(void **state)
{
	(void)state;
	assert_bytes(LOAD("\xEF\xBB\xBFx = 1"), "x = 1");
	assert_bytes(LOAD("\xEF\xBB\xBF# coding: latin-1\n\xC3\xA9"), "# coding: latin-1\n\xC3\xA9");
}

static void test_source__decodes_what_a_cookie_names(void **state)
{
	(void)state;
	assert_bytes(LOAD("# coding: latin-1\n\xE9"), "# coding: latin-1\n\xC3\xA9");
	assert_bytes(LOAD("#!/bin/sh\n# vim: fileencoding=ISO_8859-1 :\n\xE9"),
		     "#!/bin/sh\n# vim: fileencoding=ISO_8859-1 :\n\xC3\xA9");
	assert_bytes(LOAD("\f\n#coding=koi8_r\r\xC1"), "\f\n#coding=koi8_r\r\xD0\xB0");
	assert_bytes(LOAD("# -*- coding: cp1252 -*-\n\x80"), "# -*- coding: cp1252 -*-\n\xE2\x82\xAC");
	/* The backslash of Shift JIS stays one, also as the second byte of a character. */
	assert_bytes(LOAD("# coding: shift_jis\n\x95\x5C\\"), "# coding: shift_jis\n\xE8\xA1\xA8\\");
}

static void test_source__takes_utf8_as_it_is(void **state)
{
	(void)state;
	assert_bytes(LOAD("\xC3\xA9\xFF"), "\xC3\xA9\xFF");
	assert_bytes(LOAD("# coding: utf-8\n\xC3\xA9\xFF"), "# coding: utf-8\n\xC3\xA9\xFF");
	assert_bytes(LOAD("# coding: UTF_8-unix\n\xC3\xA9"), "# coding: UTF_8-unix\n\xC3\xA9");
	/* Not a cookie: in the third line, in code, behind code, without a name. */
	assert_bytes(LOAD("\n\n# coding: latin-1\n\xE9"), "\n\n# coding: latin-1\n\xE9");
	assert_bytes(LOAD("x = 'coding: latin-1'\n\xE9"), "x = 'coding: latin-1'\n\xE9");
	assert_bytes(LOAD("import x\n# coding: latin-1\n\xE9"), "import x\n# coding: latin-1\n\xE9");
	assert_bytes(LOAD("# coding: \xE9"), "# coding: \xE9");
	/* ASCII needs no decoding, whatever it says. */
	assert_bytes(LOAD("# coding: no-such-thing\nx"), "# coding: no-such-thing\nx");
}

static void test_source__refuses_what_it_cannot_decode(void **state)
{
	(void)state;
	ASSERT_REFUSED("\xFF\xFEx\0", "UTF-16 or UTF-32, which is no encoding for Python source");
	ASSERT_REFUSED("x\0=\0", "UTF-16 or UTF-32, which is no encoding for Python source");
	ASSERT_REFUSED("# coding: no-such-thing\n\xE9", "unknown encoding 'no-such-thing'");
	ASSERT_REFUSED("# coding: ascii\n\xE9", "not in the encoding 'ascii' that it names");
	ASSERT_REFUSED("# coding: euc-jp\n\xE9", "not in the encoding 'euc-jp' that it names");
}

static void test_source__decodes_text_of_any_size(void **state)
{
	size_t len = 100000, head = sizeof("#coding:latin1\n") - 1;
	char *text = xmalloc(len + 1);
	struct source source;
	struct error err = { 0 };

	(void)state;
	memset(text, '\xE9', len);
	memcpy(text, "#coding:latin1\n", head);
	text[len] = '\0';
	assert_int_equal(source_init(&source, text, len, &err), 0);
	assert_int_equal(source.len, head + 2 * (len - head));
	assert_memory_equal(source.bytes + source.len - 2, "\xC3\xA9", 3);
	source_release(&source);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_source__lines_end_at_lf_crlf_and_cr),
		cmocka_unit_test(test_source__a_final_line_end_begins_no_line),
		cmocka_unit_test(test_source__columns_count_code_points),
		cmocka_unit_test(test_source__columns_are_right_in_long_lines),
		cmocka_unit_test(test_source__drops_a_byte_order_mark),
		cmocka_unit_test(test_source__decodes_what_a_cookie_names),
		cmocka_unit_test(test_source__takes_utf8_as_it_is),
		cmocka_unit_test(test_source__refuses_what_it_cannot_decode),
		cmocka_unit_test(test_source__decodes_text_of_any_size),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
