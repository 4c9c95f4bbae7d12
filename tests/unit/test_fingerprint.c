/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "python/pyfile.h"
#include "rule/rule.h"
#include "scan/fingerprint.h"

static const struct rule rule = { .code = "T1" }, other_rule = { .code = "T2" };

static void load(struct pyfile *file, const char *text, size_t len)
{
	struct error err = { 0 };

	if (pyfile_init(file, xmemdupz(text, len), len, &err) < 0)
		fail_msg("%s", err.message);
	pyfile_code(file);
}

/* A finding at each `open` of the source, in the function "f". */
static void find_opens(struct pyfile *file, struct finding_list *findings)
{
	const char *bytes = file->source.bytes;

	for (const char *at = bytes; (at = strstr(at, "open")); at++) {
		struct finding *finding = finding_add(findings);

		finding->rule = &rule;
		finding->function = xstrdup("f");
		finding->offset = (uint32_t)(at - bytes);
	}
	fingerprint_fill(file, findings);
}

/* The text of the only finding. */
static void assert_text(const char *source, const char *expected)
{
	struct finding_list findings = { 0 };
	struct pyfile file;

	load(&file, source, strlen(source));
	find_opens(&file, &findings);
	assert_int_equal(findings.nr, 1);
	assert_string_equal(findings.items[0].identity.text, expected);
	finding_list_release(&findings);
	pyfile_release(&file);
}

static void test_fingerprint__knows_no_layout(void **state)
{
	(void)state;
	assert_text("x = open(p)\n", "x=open(p)");
	assert_text("if y:\n\tx  =  open ( p )   # why\n", "x=open(p)");
	assert_text("x = open(  # why\n    p,\n    'r',\n)\n", "x=open(p,'r')");
	assert_text("x = \\\n    open(p, 'r')\n", "x=open(p,'r')");
	assert_text("x = [open(p),]\n", "x=[open(p)]");
}

static void test_fingerprint__keeps_words_apart(void **state)
{
	(void)state;
	assert_text("async  with open(p) as f:\n    pass\n", "async with open(p)as f:");
	assert_text("return open  if x else 'a'  \"b\"\n", "return open if x else 'a' \"b\"");
	assert_text("x = a  is  not open\n", "x=a is not open");
}

static void test_fingerprint__keeps_strings(void **state)
{
	(void)state;
	assert_text("open('a  # b')  # c\n", "open('a  # b')");
	assert_text("open(f'{ a  }#')\n", "open(f'{ a  }#')");
	/* Whatever the line ends of the checkout are. */
	assert_text("open('''a\r\nb''')\r\n", "open('''a\nb''')");
	assert_text("open('''a\nb''')\n", "open('''a\nb''')");
}

static void test_fingerprint__is_of_the_logical_line(void **state)
{
	(void)state;
	assert_text("a = 1; x = open(p); b = 2\n", "x=open(p)");
	assert_text("if a: x = open(p); b = 2\n", "if a:x=open(p)");
}

static void test_fingerprint__is_utf8(void **state)
{
	(void)state;
	assert_text("open('\xFF\xC3\xA9')\n", "open('\xEF\xBF\xBD\xC3\xA9')");
}

static void test_fingerprint__cuts_long_lines_but_tells_them_apart(void **state)
{
	struct finding_list findings = { 0 };
	struct strbuf source = STRBUF_INIT;
	struct pyfile file;

	(void)state;
	for (int line = 0; line < 2; line++) {
		strbuf_addstr(&source, "open('");
		for (int i = 0; i < 1000; i++)
			strbuf_addstr(&source, "é");
		strbuf_addf(&source, "%d')\n", line);
	}
	load(&file, source.buf, source.len);
	find_opens(&file, &findings);
	assert_int_equal(findings.nr, 2);
	assert_true(strlen(findings.items[0].identity.text) < 300);
	assert_false(strbuf_add_utf8(&source, findings.items[0].identity.text, strlen(findings.items[0].identity.text)));
	assert_string_not_equal(findings.items[0].identity.text, findings.items[1].identity.text);
	assert_int_equal(findings.items[1].identity.ordinal, 1);
	finding_list_release(&findings);
	pyfile_release(&file);
	strbuf_release(&source);
}

static void test_fingerprint__numbers_equal_ones(void **state)
{
	static const char source[] = "open(p)\nopen( p )\nopen(q)\nopen(p)\nx = [open(p), open(p)]\n";
	static const uint32_t expected[] = { 1, 2, 1, 3, 1, 2 };
	struct finding_list findings = { 0 };
	struct pyfile file;

	(void)state;
	load(&file, source, strlen(source));
	find_opens(&file, &findings);
	assert_int_equal(findings.nr, ARRAY_SIZE(expected));
	for (size_t i = 0; i < findings.nr; i++)
		assert_int_equal(findings.items[i].identity.ordinal, expected[i]);
	finding_list_release(&findings);
	pyfile_release(&file);
}

static void test_fingerprint__counts_lines_as_git_does(void **state)
{
	static const char source[] = "x = 1\r\ny = 2\rz = 3\nopen(\n  p,\n)\n'''\n\n'''; open(q)\n";
	struct finding_list findings = { 0 };
	struct pyfile file;

	(void)state;
	load(&file, source, strlen(source));
	find_opens(&file, &findings);
	assert_int_equal(findings.nr, 2);
	assert_int_equal(findings.items[0].identity.first_line, 3); /* a lone CR ends no line of git's */
	assert_int_equal(findings.items[0].identity.last_line, 5);
	assert_int_equal(findings.items[1].identity.first_line, 8);
	assert_int_equal(findings.items[1].identity.last_line, 8);
	finding_list_release(&findings);
	pyfile_release(&file);
}

static void test_fingerprint__copes_with_what_is_no_python(void **state)
{
	struct finding_list findings = { 0 };
	static const char source[] = "if a: if b: if c: open(p)\n  ) open open\n: open";
	struct pyfile file;

	(void)state;
	load(&file, source, strlen(source));
	find_opens(&file, &findings);
	assert_int_equal(findings.nr, 4);
	assert_int_equal(findings.items[0].identity.first_line, 1);
	assert_int_equal(findings.items[3].identity.first_line, 3);
	finding_list_release(&findings);
	pyfile_release(&file);
}

static void test_fingerprint__suppressed_ones_take_no_number_from_others(void **state)
{
	struct finding_list findings = { 0 };
	struct pyfile file;

	(void)state;
	load(&file, "open()\nopen()\nopen()\n", 21);
	for (int i = 0; i < 3; i++) {
		struct finding *finding = finding_add(&findings);

		finding->rule = &rule;
		finding->offset = 7 * (uint32_t)i;
		finding->suppressed = i == 0;
	}
	fingerprint_fill(&file, &findings);
	assert_int_equal(findings.items[0].identity.ordinal, 3);
	assert_int_equal(findings.items[1].identity.ordinal, 1);
	assert_int_equal(findings.items[2].identity.ordinal, 2);
	finding_list_release(&findings);
	pyfile_release(&file);
}

static void hex_of(const char *path, const struct rule *of, const char *function, const char *text, uint32_t ordinal,
		   char hex[OBJECT_HEX_LEN + 1])
{
	struct finding finding = { .rule = of, .function = (char *)function,
				   .identity = { .text = (char *)text, .ordinal = ordinal } };

	fingerprint_hex(path, &finding, hex);
	assert_int_equal(strlen(hex), 40);
	assert_int_equal(strspn(hex, "0123456789abcdef"), 40);
}

static void test_fingerprint__as_digits_depends_on_every_part(void **state)
{
	char hex[8][OBJECT_HEX_LEN + 1];

	(void)state;
	hex_of("a.py", &rule, "f", "x", 1, hex[0]);
	hex_of("b.py", &rule, "f", "x", 1, hex[1]);
	hex_of("a.py", &other_rule, "f", "x", 1, hex[2]);
	hex_of("a.py", &rule, NULL, "x", 1, hex[3]);
	hex_of("a.py", &rule, "f", "y", 1, hex[4]);
	hex_of("a.py", &rule, "f", "x", 2, hex[5]);
	hex_of("a.py", &rule, "fx", "", 1, hex[6]);
	hex_of("a.py", &rule, "f", "x", 1, hex[7]);
	assert_string_equal(hex[0], hex[7]);
	for (size_t i = 0; i < 7; i++)
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(hex[i], hex[k]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fingerprint__knows_no_layout),
		cmocka_unit_test(test_fingerprint__keeps_words_apart),
		cmocka_unit_test(test_fingerprint__keeps_strings),
		cmocka_unit_test(test_fingerprint__is_of_the_logical_line),
		cmocka_unit_test(test_fingerprint__is_utf8),
		cmocka_unit_test(test_fingerprint__cuts_long_lines_but_tells_them_apart),
		cmocka_unit_test(test_fingerprint__numbers_equal_ones),
		cmocka_unit_test(test_fingerprint__suppressed_ones_take_no_number_from_others),
		cmocka_unit_test(test_fingerprint__counts_lines_as_git_does),
		cmocka_unit_test(test_fingerprint__copes_with_what_is_no_python),
		cmocka_unit_test(test_fingerprint__as_digits_depends_on_every_part),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
