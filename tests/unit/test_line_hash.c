/* SPDX-License-Identifier: MIT
 *
 * The values are those that GitHub's upload action is tested with.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "python/source.h"
#include "scan/line_hash.h"

/* One finding a line, and what each has to get. */
static void assert_hashes(const char *text, const char *const *expected, uint32_t nr)
{
	struct finding_list findings = { 0 };
	struct source source;
	struct error err = { NULL };

	assert_int_equal(source_init(&source, xstrdup(text), strlen(text), &err), 0);
	for (uint32_t i = 0; i < nr; i++)
		finding_add(&findings)->place.line = i + 1;
	line_hash_fill(&source, &findings);
	for (uint32_t i = 0; i < nr; i++) {
		const struct finding_identity *identity = &findings.items[i].identity;
		char *got = xasprintf("%llx:%u", (unsigned long long)identity->line_hash, identity->line_ordinal);

		assert_string_equal(got, expected[i]);
		free(got);
	}
	finding_list_release(&findings);
	source_release(&source);
}

static void test_line_hash__blanks_do_not_count(void **state)
{
	static const char *const expected[] = {
		"271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1",
	};

	(void)state;
	assert_hashes(" a\nb\n  \t\tc\n d", expected, 4);
}

static void test_line_hash__all_line_ends_are_one(void **state)
{
	static const char *const expected[] = {
		"e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1",
		"e20e36e16fcb0cc8:1", "b3edc88f2938467e:1", "c8e28b0b4002a3a0:1",
	};

	(void)state;
	assert_hashes(" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", expected, 6);
	assert_hashes(" hello; \t\rworld!!!\r\r\r  \t\tGreetings\r End\r", expected, 6);
	assert_hashes(" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", expected, 6);
	assert_hashes(" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", expected, 6);
}

static void test_line_hash__equal_lines_are_numbered(void **state)
{
	static const char *const expected[] = {
		"a7f2ff13bc495cf2:1", "a7f2ff13bc495cf2:2", "a7f2ff13bc495cf2:3", "a7f2ff13bc495cf2:4",
		"a7f2ff13bc495cf2:5", "a7f2ff13bc495cf2:6", "a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1",
		"55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1",
	};
	struct strbuf text = STRBUF_INIT;

	(void)state;
	for (int i = 0; i < 10; i++)
		strbuf_addstr(&text, "Lorem ipsum dolor sit amet.\n");
	assert_hashes(text.buf, expected, 10);
	strbuf_release(&text);
}

static void test_line_hash__lines_may_have_any_number_of_findings(void **state)
{
	struct finding_list findings = { 0 };
	struct source source;
	struct error err = { NULL };

	(void)state;
	assert_int_equal(source_init(&source, xstrdup("a\n\nb b\n"), 6, &err), 0);
	finding_add(&findings)->place.line = 3;
	finding_add(&findings)->place.line = 3;
	line_hash_fill(&source, &findings);
	assert_int_not_equal(findings.items[0].identity.line_hash, 0);
	assert_int_equal(findings.items[0].identity.line_hash, findings.items[1].identity.line_hash);
	assert_int_equal(findings.items[1].identity.line_ordinal, 1);
	finding_list_release(&findings);
	source_release(&source);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_line_hash__blanks_do_not_count),
		cmocka_unit_test(test_line_hash__all_line_ends_are_one),
		cmocka_unit_test(test_line_hash__equal_lines_are_numbered),
		cmocka_unit_test(test_line_hash__lines_may_have_any_number_of_findings),
	};

	return cmocka_run_group_tests_name("line_hash", tests, NULL, NULL);
}
