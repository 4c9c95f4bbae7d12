/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "scan/evidence.h"

/* Is one of the names (NULL: no name, a division) found in a text? */
static bool found(const char *name, const char *text)
{
	struct arena arena = { 0 };
	struct nameset names = { .nr = 0 };
	struct evidence evidence = { &names, name == NULL };
	struct evidence_memos memos = { .nr = 0 };
	struct imported imported = { .nr = 0 };
	struct error err = { NULL };
	struct pyfile file;
	bool truth;

	if (name)
		nameset_add(&names, &arena, name);
	assert_int_equal(pyfile_init(&file, xmemdupz(text, strlen(text)), strlen(text), &err), 0);
	pyfile_mask(&file);
	truth = evidence_found(&memos, &imported, &file, &evidence);
	assert_int_equal(evidence_found(&memos, &imported, &file, &evidence), truth);
	assert_true(evidence_found(&memos, &imported, &file, NULL));
	evidence_release(&memos);
	imported_release(&imported);
	pyfile_release(&file);
	nameset_release(&names);
	arena_release(&arena);
	return truth;
}

static void test_evidence__dotted_names_are_spelled_or_imported(void **state)
{
	(void)state;
	assert_true(found("a.{B,C}", "import a\nx = a.B()\n"));
	assert_true(found("a.{B,C}", "x = a . C\n"));
	assert_true(found("a.b.C", "import a.b as z\nx = z.C\n"));
	assert_true(found("a.B", "from a import (\n  B as Z)\n"));
	assert_true(found("a.B", "x = f(a).B, (a).B\n"));
	assert_true(found("a.b.C", "from a import b\nx: b.C = 1\n"));
}

static void test_evidence__needs_both_parts_of_a_dotted_name(void **state)
{
	(void)state;
	assert_false(found("a.B", "import a\nx = a.AB, a.Bs\n"));
	assert_false(found("a.B", "import a\nclass B: pass\nx = B()\n"));
	assert_false(found("a.B", "import a\nx = c.B()\n"));
	assert_false(found("a.B", "import ab\nx = ab.B()\n"));
	assert_false(found("a.B", "import a # a.B\nx = 'a.B'\n"));
	assert_false(found("a.B", "x = y[a].B\n"));
	assert_false(found("a.B", "import a\nx[0].B\n"));
}

static void test_evidence__words_may_end_in_a_star(void **state)
{
	(void)state;
	assert_true(found("ws", "def f(ws): pass\n"));
	assert_false(found("ws", "def f(news): pass\n"));
	assert_false(found("ws", "x = 1 # ws\n"));
	assert_true(found("*Socket", "x: WebSocket\n"));
	assert_false(found("*Socket", "x: WebSockets\n"));
	assert_true(found("Async*", "class A(AsyncThing): pass\n"));
	assert_false(found("Async*", "class A(MyAsync): pass\n"));
}

static void test_evidence__divisions_by_text(void **state)
{
	(void)state;
	assert_true(found(NULL, "x = y / 'a'\n"));
	assert_true(found(NULL, "x /= (  # why\n  rf\"a\")\n"));
	assert_true(found(NULL, "x = y / \\\n  f'{a}'\n"));
	assert_true(found(NULL, "x = y / z / u'a'\n"));
	assert_false(found(NULL, "x = y / z, 'a' // 2\n"));
	assert_false(found(NULL, "x = 'a / \"b\"'  # / 'a'\n"));
}

/* A long chain of the same last part may not take quadratic time; then it is taken for found. */
static void test_evidence__many_spellings_are_not_all_looked_at(void **state)
{
	struct strbuf text = STRBUF_INIT;

	(void)state;
	strbuf_addstr(&text, "import a\nx = y");
	for (int i = 0; i < 99; i++)
		strbuf_addstr(&text, ".B");
	assert_false(found("a.B", text.buf));
	strbuf_addstr(&text, ".B");
	assert_true(found("a.B", text.buf));
	strbuf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_evidence__dotted_names_are_spelled_or_imported),
		cmocka_unit_test(test_evidence__needs_both_parts_of_a_dotted_name),
		cmocka_unit_test(test_evidence__words_may_end_in_a_star),
		cmocka_unit_test(test_evidence__divisions_by_text),
		cmocka_unit_test(test_evidence__many_spellings_are_not_all_looked_at),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
