/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "rule/rule.h"
#include "scan/finding.h"

static const struct rule first_rule = { .code = "T1" }, second_rule = { .code = "T2" };

static void add(struct finding_list *list, uint32_t offset, const struct rule *rule, const char *message)
{
	struct finding *finding = finding_add(list);

	finding->offset = offset;
	finding->rule = rule;
	finding->message = xstrdup(message);
	finding->captures = xcalloc(1, sizeof(*finding->captures));
	finding->captures[0].name = xstrdup("task");
	finding->captures[0].text = xstrdup("t");
	finding->nr_captures = 1;
}

static void test_finding__sorts_by_offset_then_code(void **state)
{
	struct finding_list list = { 0 };

	(void)state;
	add(&list, 9, &first_rule, "d");
	add(&list, 5, &second_rule, "c");
	add(&list, 5, &first_rule, "b");
	add(&list, 1, &second_rule, "a");
	finding_sort(&list);
	assert_int_equal(list.nr, 4);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(list.items[i].message[0], "abcd"[i]);
	finding_list_release(&list);
	assert_int_equal(list.nr, 0);
}

static void test_finding__keeps_the_first_of_equal_ones(void **state)
{
	struct finding_list list = { 0 };

	(void)state;
	for (int i = 0; i < 100; i++)
		add(&list, 7, i % 2 ? &first_rule : &second_rule, i < 2 ? "first" : "later");
	finding_sort(&list);
	assert_int_equal(list.nr, 2);
	assert_string_equal(list.items[0].rule->code, "T1");
	assert_string_equal(list.items[0].message, "first");
	assert_string_equal(list.items[1].message, "first");
	finding_list_release(&list);
}

static void test_finding__can_be_added_after_sorting(void **state)
{
	struct finding_list list = { 0 };

	(void)state;
	finding_sort(&list);
	add(&list, 2, &first_rule, "b");
	add(&list, 2, &first_rule, "x");
	finding_sort(&list);
	add(&list, 1, &first_rule, "a");
	finding_sort(&list);
	assert_int_equal(list.nr, 2);
	assert_string_equal(list.items[0].message, "a");
	assert_string_equal(list.items[1].message, "b");
	finding_list_release(&list);
}

static void test_finding__keeps_the_part_of_a_long_line_around_the_place(void **state)
{
	struct finding_place place = { .byte_column = 4001, .end_byte_column = 4005 };
	char line[9000];

	(void)state;
	memset(line, 'x', sizeof(line));
	for (size_t i = 0; i < sizeof(line); i += 3)
		memcpy(line + i, "\xE4\xB8\xAD", 3);
	memcpy(line + 4000, "open", 4);
	finding_place_set_line(&place, line, sizeof(line));
	assert_true(place.lines_from > 0 && place.lines_cut);
	assert_in_range(place.lines_len, 1000, 2000);
	assert_memory_equal(place.lines + 4000 - place.lines_from, "open", 4);
	assert_int_equal(place.lines[0], '\xE4'); /* cut between characters */
	assert_int_equal(place.lines[place.lines_len - 1], '\xAD');
	free(place.lines);
}

static void test_finding__keeps_a_short_line_whole(void **state)
{
	struct finding_place place = { .byte_column = 3, .end_byte_column = 5 };

	(void)state;
	finding_place_set_line(&place, "x open(p)", 9);
	assert_string_equal(place.lines, "x open(p)");
	assert_int_equal(place.lines_len, 9);
	assert_int_equal(place.lines_from, 0);
	assert_false(place.lines_cut);
	free(place.lines);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_finding__sorts_by_offset_then_code),
		cmocka_unit_test(test_finding__keeps_the_first_of_equal_ones),
		cmocka_unit_test(test_finding__can_be_added_after_sorting),
		cmocka_unit_test(test_finding__keeps_the_part_of_a_long_line_around_the_place),
		cmocka_unit_test(test_finding__keeps_a_short_line_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
