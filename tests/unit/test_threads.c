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

		threads_run(numbers[i], THREADS_FILES_SHARED, count, &runs);
		assert_int_equal(runs, numbers[i] ? (int)numbers[i] : 1);
	}
}

/* What is done by several threads, of which this one is one. */
struct opened {
	pthread_t caller;
	int before;       /* open in all of them */
	atomic_int stays; /* threads in which it is */
	int here, there;  /* opened by this thread and by the other one */
};

static void open_one(void *data)
{
	struct opened *opened = data;
	bool caller = pthread_equal(pthread_self(), opened->caller);

	*(caller ? &opened->here : &opened->there) = fcntl(opened->before, F_DUPFD, caller ? 100 : 200);
	atomic_fetch_add(&opened->stays, fcntl(opened->before, F_GETFD) >= 0);
}

/* What was open before is open in the thread; what it opens is open nowhere else, and closed at its end. */
static void test_threads__files_of_its_own(void **state)
{
	struct opened opened = { .caller = pthread_self(), .before = open("/dev/null", O_RDONLY), .here = -1, .there = -1 };

	(void)state;
	threads_run(2, THREADS_FILES_APART, open_one, &opened);
	assert_int_equal(opened.stays, 2);
	assert_int_equal(opened.there, 200);
	assert_true(fcntl(opened.before, F_GETFD) >= 0);
	assert_true(fcntl(opened.here, F_GETFD) >= 0);
	close(opened.before);
	close(opened.here);
	if (fcntl(opened.there, F_GETFD) >= 0) { /* they were not parted: another system, or forbidden */
		close(opened.there);
		skip();
	}
}

/* Descriptors that this thread makes are the same for the others, if nothing else is asked for. */
static void test_threads__files_for_all(void **state)
{
	struct opened opened = { .caller = pthread_self(), .before = open("/dev/null", O_RDONLY), .here = -1, .there = -1 };

	(void)state;
	threads_run(2, THREADS_FILES_SHARED, open_one, &opened);
	assert_true(fcntl(opened.there, F_GETFD) >= 0);
	close(opened.before);
	close(opened.here);
	close(opened.there);
}

/* Also where no thread can be had. */
static void test_threads__beside_does_the_work_once(void **state)
{
	atomic_int runs = 0;
	struct beside beside, denied = { .job = { .work = count, .data = &runs } };

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
		cmocka_unit_test(test_threads__files_for_all),
		cmocka_unit_test(test_threads__beside_does_the_work_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
