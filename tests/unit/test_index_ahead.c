/* SPDX-License-Identifier: MIT
 *
 * The index that is opened before anybody knows which it is, and whether it was the right one.
 */
#include "git/index.h"

#include <setjmp.h>
#include <cmocka.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

#define EMPTY "DIRC\0\0\0\2\0\0\0\0"
#define CHECKSUM "...................."
#define TREES "TREE\0\0\0\0"

static char top[] = "/tmp/asyncgrep-ahead-XXXXXX";

static void write_index(const char *path, const char *bytes, size_t len)
{
	FILE *stream = fopen("new", "w");

	assert_non_null(stream);
	assert_int_equal(fwrite(bytes, 1, len, stream), len);
	assert_int_equal(fclose(stream), 0);
	assert_int_equal(rename("new", path), 0);
}

static void make_index(const char *path)
{
	static const char bytes[] = EMPTY CHECKSUM;

	write_index(path, bytes, sizeof(bytes) - 1);
}

static void make_other_index(const char *path)
{
	static const char bytes[] = EMPTY TREES CHECKSUM;

	write_index(path, bytes, sizeof(bytes) - 1);
}

static int setup(void **state)
{
	static const char *const folders[] = { ".git", "sub", "sub/deep", "linked", "nested", "nested/.git", "nested/sub" };

	(void)state;
	assert_non_null(mkdtemp(top));
	assert_int_equal(chdir(top), 0);
	for (size_t i = 0; i < ARRAY_SIZE(folders); i++)
		assert_int_equal(mkdir(folders[i], 0700), 0);
	fclose(fopen("linked/.git", "w"));
	make_index(".git/index");
	unsetenv("GIT_DIR");
	unsetenv("GIT_INDEX_FILE");
	return 0;
}

static int teardown(void **state)
{
	char *command = xasprintf("rm -rf %s", top);
	int result = chdir("/") || system(command);

	(void)state;
	free(command);
	return result;
}

static bool opens(const char *folder)
{
	struct index index;
	bool open;

	assert_int_equal(chdir(top) || chdir(folder), 0);
	index_open_ahead(&index);
	open = index_is_open(&index);
	index_close(&index);
	assert_int_equal(chdir(top), 0);
	return open;
}

static void test_index_ahead__of_the_folder_or_one_above(void **state)
{
	(void)state;
	assert_true(opens("."));
	assert_true(opens("sub"));
	assert_true(opens("sub/deep"));
}

static void test_index_ahead__not_behind_another_repository(void **state)
{
	(void)state;
	assert_false(opens("linked"));
	assert_false(opens("nested"));
	assert_false(opens("nested/sub"));
	assert_false(opens("/"));
}

static void test_index_ahead__not_where_the_environment_decides(void **state)
{
	static const char *const names[] = { "GIT_DIR", "GIT_INDEX_FILE" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		setenv(names[i], "elsewhere", 1);
		assert_false(opens("."));
		unsetenv(names[i]);
	}
}

static void test_index_ahead__nothing_is_said_of_what_is_broken(void **state)
{
	(void)state;
	write_index(".git/index", "DIRT", 4);
	assert_false(opens("."));
	assert_int_equal(unlink(".git/index") || mkfifo(".git/index", 0600), 0);
	assert_false(opens("."));
	make_index(".git/index");
}

/* Opens it ahead and, after `between` did something, for good; returns how long the file is that was read. */
static off_t open_twice(const char *path, void (*between)(const char *path), bool *taken)
{
	struct repository repo = { .index_path = xstrdup(path) };
	struct error err = { NULL };
	struct index ahead, index;
	off_t size;

	index_open_ahead(&ahead);
	assert_true(index_is_open(&ahead));
	if (between)
		between(path);
	assert_int_equal(index_open(&index, &repo, &ahead, &err), 0);
	*taken = !index_is_open(&ahead);
	size = index.version.size;
	index_close(&ahead);
	index_close(&index);
	free(repo.index_path);
	return size;
}

static void test_index_ahead__is_taken_while_it_is_the_same_file(void **state)
{
	bool taken;

	(void)state;
	assert_int_equal(open_twice(".git/index", NULL, &taken), 32);
	assert_true(taken);
	assert_int_equal(open_twice(".git/index", make_index, &taken), 32);
	assert_false(taken);
	assert_int_equal(open_twice(".git/index", make_other_index, &taken), 40);
	assert_false(taken);
	assert_int_equal(open_twice("nested/.git/index", make_index, &taken), 32);
	assert_false(taken);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_index_ahead__of_the_folder_or_one_above),
		cmocka_unit_test(test_index_ahead__not_behind_another_repository),
		cmocka_unit_test(test_index_ahead__not_where_the_environment_decides),
		cmocka_unit_test(test_index_ahead__nothing_is_said_of_what_is_broken),
		cmocka_unit_test(test_index_ahead__is_taken_while_it_is_the_same_file),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
