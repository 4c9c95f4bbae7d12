/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/strbuf.h"
#include "python/import_text.h"

/* The imports of a text, each in brackets. */
static void expect(const char *text, const char *imports)
{
	struct strbuf found = STRBUF_INIT;
	struct import_texts texts;
	size_t start, end;

	import_texts_init(&texts, text, strlen(text));
	while (import_texts_next(&texts, &start, &end)) {
		strbuf_addch(&found, '<');
		strbuf_add(&found, text + start, end - start);
		strbuf_addch(&found, '>');
	}
	assert_string_equal(found.len ? found.buf : "", imports);
	strbuf_release(&found);
}

static void test_import_text__finds_lines_and_brackets(void **state)
{
	(void)state;
	expect("", "");
	expect("x = 1\nimport a.b as c\nfrom d import e\n", "<import a.b as c><from d import e>");
	expect("from a import (\n  b,\n  c)\nx = (1)\n", "<from a import (\n  b,\n  c)>");
	expect("if x: import a; import b\n", "<if x: import a; import b>");
	expect("important = reimport(1)\n", "");
	expect("import", "<import>");
	expect("from a import (b", "<from a import (b>");
}

static void test_import_text__follows_backslashes_both_ways(void **state)
{
	(void)state;
	expect("x\nfrom \\\na \\\r\n import b, \\\r\n c\ny\n", "<from \\\na \\\r\n import b, \\\r\n c>");
	expect("import a\\\nimport b", "<import a\\\nimport b>");
}

static void test_import_text__steps_over_comments_in_source(void **state)
{
	(void)state;
	expect("from a import ( # why (not)\n  b, # :)\n)\nx\n", "<from a import ( # why (not)\n  b, # :)\n)>");
	expect("import a # (\nx = (1)\n", "<import a # (>");
	/* What a string hides is taken along. */
	expect("'''import (\n'''\nimport a\nf()\n", "<'''import (\n'''\nimport a\nf()>");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_import_text__finds_lines_and_brackets),
		cmocka_unit_test(test_import_text__follows_backslashes_both_ways),
		cmocka_unit_test(test_import_text__steps_over_comments_in_source),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
