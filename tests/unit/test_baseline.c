/* SPDX-License-Identifier: MIT */
#include "base/common.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/base64.h"
#include "base/replace_file.h"
#include "base/strbuf.h"
#include "rule/rule.h"
#include "scan/baseline.h"

static const struct rule rule = { .code = "T1" }, other_rule = { .code = "T2" };
static char folder[] = "/tmp/test_baseline.XXXXXX";
static char *path; /* of a file in it */

static int make_folder(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	path = xasprintf("%s/base.jsonl", folder);
	return 0;
}

static int remove_folder(void **state)
{
	(void)state;
	unlink(path);
	free(path);
	return rmdir(folder);
}

static void write_file(const char *text)
{
	struct error err = { 0 };

	if (replace_file(path, text, strlen(text), &err) < 0)
		fail_msg("%s", err.message);
}

static void read_back(struct strbuf *out)
{
	FILE *file = fopen(path, "r");
	int byte;

	assert_non_null(file);
	while ((byte = getc(file)) != EOF)
		strbuf_addch(out, byte);
	fclose(file);
}

static void add(struct finding_list *list, const struct rule *of, const char *function, const char *text, uint32_t ordinal)
{
	struct finding *finding = finding_add(list);

	finding->rule = of;
	finding->function = function ? xstrdup(function) : NULL;
	finding->identity.text = xstrdup(text);
	finding->identity.ordinal = ordinal;
}

static void read_ok(struct baseline *baseline)
{
	struct error err = { 0 };

	if (baseline_read(baseline, path, &err) < 0)
		fail_msg("%s", err.message);
}

static void assert_refused(const char *text, const char *part)
{
	struct baseline baseline = { 0 };
	struct error err = { 0 };

	write_file(text);
	assert_int_equal(baseline_read(&baseline, path, &err), -1);
	if (!strstr(err.message, part) || strncmp(err.message, path, strlen(path)) != 0)
		fail_msg("'%s' does not say '%s'", err.message, part);
	error_release(&err);
	baseline_release(&baseline);
}

#define LINE(path, text, ordinal) \
	"{\"path\":\"" path "\",\"code\":\"T1\",\"function\":null,\"text\":\"" text "\",\"ordinal\":" #ordinal "}\n"

static void test_baseline__knows_as_many_as_it_lists(void **state)
{
	struct baseline baseline = { 0 };
	struct finding_list list = { 0 };

	(void)state;
	write_file(LINE("a.py", "x", 2) LINE("b.py", "x", 1) LINE("a.py", "x", 1) LINE("a.py", "x", 1) "\n");
	read_ok(&baseline);
	assert_int_equal(baseline.nr, 3); /* a line that is there twice says no more than once */
	for (uint32_t i = 1; i <= 3; i++)
		add(&list, &rule, NULL, "x", i);
	add(&list, &rule, "f", "x", 1);
	add(&list, &other_rule, NULL, "x", 1);
	add(&list, &rule, NULL, "y", 1);
	baseline_mark(&baseline, "a.py", true, &list);
	for (size_t i = 0; i < list.nr; i++)
		assert_int_equal(list.items[i].known, i < 2);
	finding_list_release(&list);
	baseline_release(&baseline);
}

/* Both sides of a conflict are scanned under one path. */
static void test_baseline__knows_each_version_of_a_file(void **state)
{
	struct baseline baseline = { 0 };

	(void)state;
	write_file(LINE("a.py", "x", 1));
	read_ok(&baseline);
	for (int i = 0; i < 2; i++) {
		struct finding_list list = { 0 };

		add(&list, &rule, NULL, "x", 1);
		baseline_mark(&baseline, "a.py", true, &list);
		assert_true(list.items[0].known);
		finding_list_release(&list);
	}
	baseline_release(&baseline);
}

static void test_baseline__is_read_as_it_was_written(void **state)
{
	static const char first[] = LINE("a.py", "y", 1);
	static const char odd[] = "new\nline \"q\" \xFF.py", text[] = "x='\xC3\xA9\\n\x01'";
	struct strbuf written = STRBUF_INIT, again = STRBUF_INIT;
	struct baseline one = { .recording = true }, two = { 0 };
	struct finding_list list = { 0 };
	struct error err = { 0 };

	(void)state;
	add(&list, &rule, "C.m", text, 1);
	add(&list, &rule, "C.m", text, 2);
	add(&list, &rule, NULL, "y", 1);
	baseline_mark(&one, odd, true, &list);
	baseline_mark(&one, "a.py", true, &list);
	for (size_t i = 0; i < list.nr; i++)
		assert_true(list.items[i].known);
	assert_int_equal(baseline_write(&one, path, &err), 0);
	read_back(&written);
	assert_int_equal(strncmp(written.buf, first, strlen(first)), 0);
	read_ok(&two);
	assert_int_equal(two.nr, 6);
	assert_string_equal(two.items[5].path, odd);
	assert_string_equal(two.items[5].text, text);
	assert_int_equal(baseline_write(&two, path, &err), 0);
	read_back(&again);
	assert_string_equal(written.buf, again.buf);
	strbuf_release(&written);
	strbuf_release(&again);
	finding_list_release(&list);
	baseline_release(&one);
	baseline_release(&two);
}

static void test_baseline__says_what_is_broken_and_where(void **state)
{
	(void)state;
	assert_refused("{\n", ":1: no JSON");
	assert_refused(LINE("a.py", "x", 1) "nonsense\n", ":2: no JSON");
	assert_refused("[1]\n", ":1: no object");
	assert_refused("{\"code\":\"T1\",\"text\":\"x\",\"ordinal\":1}\n", ":1: no \"path\"");
	assert_refused("{\"path\":7,\"code\":\"T1\",\"text\":\"x\",\"ordinal\":1}\n", ":1: no \"path\"");
	assert_refused("{\"path\":\"a\",\"text\":\"x\",\"ordinal\":1}\n", ":1: no \"code\"");
	assert_refused("{\"path\":\"a\",\"code\":\"T1\",\"ordinal\":1}\n", ":1: no \"text\"");
	assert_refused("{\"path\":\"a\",\"code\":\"T1\",\"function\":1,\"text\":\"x\",\"ordinal\":1}\n", ":1: no \"function\"");
	assert_refused("{\"path\":\"a\",\"code\":\"T1\",\"text\":\"x\"}\n", ":1: no \"ordinal\"");
	assert_refused(LINE("a.py", "x", 0), ":1: no \"ordinal\"");
	assert_refused("{\"path\":\"a\",\"path_base64\":\"!\",\"code\":\"T1\",\"text\":\"x\",\"ordinal\":1}\n", ":1: \"path_base64\"");
	assert_refused("{\"path\":\"a\",\"path_base64\":\"AA==\",\"code\":\"T1\",\"text\":\"x\",\"ordinal\":1}\n", ":1: \"path_base64\"");
	assert_refused(LINE("a.py", "x", 1) "<<<<<<< HEAD\n" LINE("b.py", "x", 1), ":2: a merge conflict");
}

static void test_baseline__lets_other_keys_be(void **state)
{
	struct baseline baseline = { 0 };

	(void)state;
	write_file("{\"why\":\"old\",\"path\":\"a\",\"code\":\"T1\",\"text\":\"x\",\"ordinal\":1}\r\n");
	read_ok(&baseline);
	assert_int_equal(baseline.nr, 1);
	baseline_release(&baseline);
}

static void test_baseline__file_keeps_its_permissions(void **state)
{
	struct stat st;

	(void)state;
	write_file("a");
	assert_int_equal(chmod(path, 0640), 0);
	write_file("b");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
	assert_int_equal(st.st_size, 1);
}

static void test_base64__both_ways(void **state)
{
	static const char *const pairs[][2] = {
		{ "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" }, { "\xFF\xFE/", "//4v" },
	};
	static const char *const wrong[] = { "Zg", "Zg=", "Z===", "Zg==Zg==", "Zm9%", "====" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
		struct strbuf text = STRBUF_INIT, bytes = STRBUF_INIT;

		base64_encode(&text, pairs[i][0], strlen(pairs[i][0]));
		assert_string_equal(text.buf, pairs[i][1]);
		assert_true(base64_decode(&bytes, text.buf, text.len));
		assert_string_equal(bytes.buf, pairs[i][0]);
		strbuf_release(&text);
		strbuf_release(&bytes);
	}
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		struct strbuf bytes = STRBUF_INIT;

		assert_false(base64_decode(&bytes, wrong[i], strlen(wrong[i])));
		strbuf_release(&bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_baseline__knows_as_many_as_it_lists),
		cmocka_unit_test(test_baseline__knows_each_version_of_a_file),
		cmocka_unit_test(test_baseline__is_read_as_it_was_written),
		cmocka_unit_test(test_baseline__says_what_is_broken_and_where),
		cmocka_unit_test(test_baseline__lets_other_keys_be),
		cmocka_unit_test(test_baseline__file_keeps_its_permissions),
		cmocka_unit_test(test_base64__both_ways),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
