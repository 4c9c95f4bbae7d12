/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "scan/word_list.h"

static void add(struct word_list *list, const char *text)
{
	word_list_add_all(list, text, text + strlen(text));
}

static bool has(const struct word_list *list, const char *word)
{
	return word_list_has(list, (struct text){ word, strlen(word) });
}

static void test_word_list__has_whole_words_alone(void **state)
{
	struct word_list list = { 0 };

	(void)state;
	assert_false(has(&list, "a"));
	word_list_sort(&list);
	assert_false(has(&list, "a"));
	add(&list, "from os.path import join as j, exists");
	add(&list, "");
	add(&list, "import os, \xc3\xa4nder, x1");
	word_list_sort(&list);
	assert_true(has(&list, "os"));
	assert_true(has(&list, "path"));
	assert_true(has(&list, "j"));
	assert_true(has(&list, "exists"));
	assert_true(has(&list, "\xc3\xa4nder"));
	assert_true(has(&list, "x1"));
	assert_false(has(&list, "xist"));
	assert_false(has(&list, "o"));
	assert_false(has(&list, "x"));
	assert_false(has(&list, "os.path"));
	word_list_release(&list);
}

static void test_word_list__keeps_one_of_twins(void **state)
{
	struct word_list list = { 0 };

	(void)state;
	add(&list, "b a b a c b");
	word_list_sort(&list);
	assert_int_equal(list.nr, 3);
	word_list_release(&list);
	assert_int_equal(list.nr, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_word_list__has_whole_words_alone),
		cmocka_unit_test(test_word_list__keeps_one_of_twins),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
