/* SPDX-License-Identifier: MIT */
#include "base/threads.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <unistd.h>

static void test_threads__as_many_as_there_is_work_for(void **state)
{
	(void)state;
	assert_int_equal(threads_number(4, 100), 4);
	assert_int_equal(threads_number(4, 3), 3);
	assert_int_equal(threads_number(4, 0), 0);
	assert_int_equal(threads_number(0, 0), 0);
	assert_int_equal(threads_number(0, 1), 1);
	assert_int_equal(threads_number(100000, 100000), THREADS_MAX);
	assert_in_range(threads_number(0, 100000), 1, THREADS_MAX);
}

static void count(void *data)
{
	atomic_fetch_add((atomic_int *)data, 1);
}

/* This thread is one of them, also where none is asked for. */
static void test_threads__each_does_the_work_once(void **state)
{
	static const unsigned numbers[] = { 0, 1, 2, 7, THREADS_MAX };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
		atomic_int runs = 0;

		threads_run(numbers[i], count, &runs);
		assert_int_equal(runs, numbers[i] ? (int)numbers[i] : 1);
	}
}

struct opened {
	int before, after; /* a descriptor of this process, one of the thread; -1: none */
	bool stays;
};

static void open_one(void *data)
{
	struct opened *opened = data;

	threads_unshare_files();
	opened->after = open("/dev/null", O_RDONLY);
	opened->stays = fcntl(opened->before, F_GETFD) >= 0;
}

/* What was open before is open in the thread; what it opens is open nowhere else, and closed at its end. */
static void test_threads__files_of_its_own(void **state)
{
	struct opened opened = { .before = open("/dev/null", O_RDONLY), .after = -1 };
	struct beside beside;

	(void)state;
	beside_begin(&beside, open_one, &opened);
	beside_finish(&beside);
	assert_true(opened.stays);
	assert_true(opened.after >= 0);
	if (fcntl(opened.after, F_GETFD) >= 0) { /* they were not parted: another system, or forbidden */
		close(opened.after);
		close(opened.before);
		skip();
	}
	assert_true(fcntl(opened.before, F_GETFD) >= 0);
	close(opened.before);
}

/* Also where no thread can be had. */
static void test_threads__beside_does_the_work_once(void **state)
{
	atomic_int runs = 0;
	struct beside beside, denied = { .job = { count, &runs } };

	(void)state;
	beside_begin(&beside, count, &runs);
	beside_finish(&beside);
	assert_int_equal(runs, 1);
	beside_finish(&denied);
	assert_int_equal(runs, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_threads__as_many_as_there_is_work_for),
		cmocka_unit_test(test_threads__each_does_the_work_once),
		cmocka_unit_test(test_threads__files_of_its_own),
		cmocka_unit_test(test_threads__beside_does_the_work_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
