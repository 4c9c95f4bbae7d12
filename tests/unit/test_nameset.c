/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "rule/nameset.h"

struct names {
	struct arena arena;
	struct nameset set;
};

static struct names make(const char *a, const char *b)
{
	struct names names;

	memset(&names, 0, sizeof(names));
	nameset_add(&names.set, &names.arena, a);
	if (b)
		nameset_add(&names.set, &names.arena, b);
	return names;
}

static bool has(const struct names *names, const char *name)
{
	return nameset_has(&names->set, (struct text){ name, strlen(name) });
}

static void release(struct names *names)
{
	nameset_release(&names->set);
	arena_release(&names->arena);
}

static void test_nameset__finds_whole_names_alone(void **state)
{
	struct names names = make("os.open", "open");

	(void)state;
	assert_true(has(&names, "open"));
	assert_true(has(&names, "os.open"));
	assert_false(has(&names, "os"));
	assert_false(has(&names, "ope"));
	assert_false(has(&names, "openx"));
	assert_false(has(&names, ""));
	assert_false(names.set.has_globs);
	release(&names);
}

/* A small set is a list, a large one a table: nothing may get lost where the one becomes the other. */
static void test_nameset__of_any_size_finds_all_of_its_names(void **state)
{
	static const char *const all[] = { "a", "b.c", "*_d", "e", "f", "g", "h" };
	struct names names = make(all[0], NULL);

	(void)state;
	for (size_t nr = 1; nr < ARRAY_SIZE(all); nr++) {
		nameset_add(&names.set, &names.arena, all[nr]);
		nameset_add(&names.set, &names.arena, all[nr]);
		for (size_t i = 0; i < ARRAY_SIZE(all); i++)
			assert_int_equal(has(&names, all[i]), i <= nr);
		assert_false(nameset_has(&names.set, (struct text){ "a\0b", 3 }));
		assert_false(has(&names, "b"));
		assert_int_equal(has(&names, "x_d"), nr >= 2);
	}
	assert_int_equal(names.set.nr, ARRAY_SIZE(all));
	release(&names);
}

static void test_nameset__expands_braces_wherever_they_stand(void **state)
{
	struct names names = make("os.path.{exists,isfile}", "{json,pickle}.load");

	(void)state;
	assert_int_equal(names.set.nr, 4);
	assert_string_equal(names.set.names[0], "os.path.exists");
	assert_true(has(&names, "os.path.isfile"));
	assert_true(has(&names, "json.load"));
	assert_true(has(&names, "pickle.load"));
	assert_false(has(&names, "os.path.{exists,isfile}"));
	release(&names);
	names = make("a.{b}.c", "x{,y}");
	assert_true(has(&names, "a.b.c"));
	assert_true(has(&names, "x"));
	assert_true(has(&names, "xy"));
	release(&names);
}

static void test_nameset__stars_stand_for_any_characters(void **state)
{
	struct names names = make("*_loop", "Async*");

	(void)state;
	assert_true(names.set.has_globs);
	assert_true(has(&names, "main_loop"));
	assert_true(has(&names, "_loop"));
	assert_false(has(&names, "loop"));
	assert_false(has(&names, "main_loops"));
	assert_true(has(&names, "AsyncStore"));
	assert_true(has(&names, "Async"));
	assert_false(has(&names, "XAsync"));
	assert_false(has(&names, "*_lop"));
	release(&names);
	names = make("*", NULL);
	assert_true(has(&names, "x"));
	assert_false(has(&names, "")); /* what has no name has none */
	release(&names);
	names = make("corp.{a,b}.*", NULL);
	assert_true(has(&names, "corp.b.c.d"));
	assert_false(has(&names, "corp.b"));
	release(&names);
}

static void test_nameset__keeps_one_of_twins(void **state)
{
	struct names names = make("a.{b,b}", "a.b");

	(void)state;
	assert_int_equal(names.set.nr, 1);
	release(&names);
}

static void test_nameset__texts_need_no_end(void **state)
{
	struct names names = make("open", NULL);

	(void)state;
	assert_true(nameset_has(&names.set, (struct text){ "open(p)", 4 }));
	assert_false(nameset_has(&names.set, (struct text){ "open(p)", 5 }));
	release(&names);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nameset__finds_whole_names_alone),
		cmocka_unit_test(test_nameset__of_any_size_finds_all_of_its_names),
		cmocka_unit_test(test_nameset__expands_braces_wherever_they_stand),
		cmocka_unit_test(test_nameset__stars_stand_for_any_characters),
		cmocka_unit_test(test_nameset__keeps_one_of_twins),
		cmocka_unit_test(test_nameset__texts_need_no_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
