/* SPDX-License-Identifier: MIT
 *
 * Opening tracked files in both ways: at once, and folder by folder.
 */
#include "target/beneath.h"

#include <setjmp.h>
#include <cmocka.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static char top[] = "/tmp/asyncgrep-beneath-XXXXXX";

static void make_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
}

static int setup(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(top));
	assert_int_equal(chdir(top), 0);
	assert_int_equal(mkdir("d", 0700), 0);
	assert_int_equal(mkdir("d/e", 0700), 0);
	make_file("a", "in a");
	make_file("d/b", "in b");
	make_file("d/e/c", "in c");
	assert_int_equal(symlink("a", "link"), 0);
	assert_int_equal(symlink("d", "dlink"), 0);
	assert_int_equal(symlink("../d/e", "d/elink"), 0);
	assert_int_equal(mkfifo("fifo", 0600), 0);
	return 0;
}

static int teardown(void **state)
{
	static const char *const files[] = { "a", "d/b", "d/e/c", "link", "dlink", "d/elink", "fifo", "large", "empty" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		unlink(files[i]);
	rmdir("d/e");
	rmdir("d");
	return rmdir(top);
}

static void assert_reads(struct beneath *beneath, struct beneath_folder **folder, const char *path, const char *text)
{
	struct error err = { 0 };
	enum target_skip skip;
	size_t size, len;
	struct stat after;
	char *raw;
	int fd;

	assert_int_equal(beneath_open(beneath, folder, path, &fd, &size, &skip, &err), 0);
	assert_int_equal(size, strlen(text));
	assert_int_equal(read_and_close(fd, size, &raw, &len, &err), 0);
	assert_int_equal(len, strlen(text));
	assert_string_equal(raw, text);
	free(raw);
	assert_int_equal(beneath_read(beneath, folder, path, &after, &raw, &len, &skip, &err), 0);
	assert_int_equal(after.st_size, strlen(text));
	assert_int_equal(len, strlen(text));
	assert_string_equal(raw, text);
	free(raw);
	assert_int_equal(beneath_open(beneath, folder, path, NULL, &size, &skip, &err), 0);
}

static void assert_skips(struct beneath *beneath, struct beneath_folder **folder, const char *path, enum target_skip expected)
{
	struct error err = { 0 };
	enum target_skip skip = SKIP_NR;
	size_t size;
	char *raw;
	int fd;

	assert_int_equal(beneath_open(beneath, folder, path, &fd, &size, &skip, &err), 1);
	assert_int_equal(skip, expected);
	skip = SKIP_NR;
	assert_int_equal(beneath_open(beneath, folder, path, NULL, &size, &skip, &err), 1);
	assert_int_equal(skip, expected);
	skip = SKIP_NR;
	assert_int_equal(beneath_read(beneath, folder, path, NULL, &raw, &size, &skip, &err), 1);
	assert_int_equal(skip, expected);
	assert_null(err.message);
}

static const char *const seen[] = { "a", "d/b", "d/e/c", "d/e/c", "d/b", "a" };
static const char *const unseen[] = { "link", "dlink/b", "d/elink/c", "fifo", "d", "gone/x" };

static bool sees(struct beneath *beneath, struct beneath_folder **folder, const char *path, struct stat *st)
{
	const char *name;
	int at = beneath_enter(beneath, folder, path, &name);

	return at >= 0 && fstatat(at, name, st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st->st_mode);
}

static void check_all(bool by_step)
{
	struct beneath_folder *folder = NULL;
	struct beneath beneath;
	struct error err = { 0 };
	struct stat st;

	assert_int_equal(beneath_init(&beneath, top, &err), 0);
	if (by_step)
		atomic_store(&beneath.by_step, true);
	assert_reads(&beneath, &folder, "a", "in a");
	assert_reads(&beneath, &folder, "d/b", "in b");
	assert_reads(&beneath, &folder, "d/e/c", "in c");
	assert_skips(&beneath, &folder, "link", SKIP_SYMLINK);
	assert_skips(&beneath, &folder, "dlink/b", SKIP_SYMLINK);
	assert_reads(&beneath, &folder, "d/b", "in b");
	assert_skips(&beneath, &folder, "d/elink/c", SKIP_SYMLINK);
	assert_skips(&beneath, &folder, "fifo", SKIP_NOT_REGULAR);
	assert_skips(&beneath, &folder, "d", SKIP_NOT_REGULAR);
	assert_skips(&beneath, &folder, "gone", SKIP_DELETED);
	assert_skips(&beneath, &folder, "gone/x", SKIP_DELETED);
	assert_skips(&beneath, &folder, "a/x", SKIP_DELETED);
	assert_reads(&beneath, &folder, "d/e/c", "in c");
	assert_true(beneath_is_gone(&beneath, "gone/x"));
	assert_true(beneath_is_gone(&beneath, "a/x"));
	assert_false(beneath_is_gone(&beneath, "d/b"));
	for (size_t i = 0; i < ARRAY_SIZE(seen); i++) {
		assert_true(sees(&beneath, &folder, seen[i], &st));
		assert_int_equal(st.st_size, 4);
		assert_false(sees(&beneath, &folder, unseen[i], &st));
	}
	beneath_folder_free(folder);
	beneath_release(&beneath);
}

static void test_beneath__at_once(void **state)
{
	(void)state;
	check_all(false);
}

static void test_beneath__folder_by_folder(void **state)
{
	(void)state;
	check_all(true);
}

/* One that is longer than what is measured by its end alone, and one that has nothing. */
static void test_beneath__large_and_empty_files(void **state)
{
	static char text[(1 << 20) + 1];
	struct beneath_folder *folder = NULL;
	struct beneath beneath;
	struct error err = { 0 };

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	make_file("large", text);
	make_file("empty", "");
	assert_int_equal(beneath_init(&beneath, top, &err), 0);
	assert_reads(&beneath, &folder, "large", text);
	assert_reads(&beneath, &folder, "empty", "");
	beneath_folder_free(folder);
	beneath_release(&beneath);
}

static void test_beneath__a_file_that_grew_is_read_whole(void **state)
{
	struct error err = { 0 };
	size_t len;
	char *raw;

	(void)state;
	assert_int_equal(read_and_close(open("d/b", O_RDONLY), 0, &raw, &len, &err), 0);
	assert_string_equal(raw, "in b");
	free(raw);
	assert_int_equal(read_and_close(open("d/b", O_RDONLY), 100, &raw, &len, &err), 0);
	assert_int_equal(len, 4);
	assert_string_equal(raw, "in b");
	free(raw);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_beneath__at_once),
		cmocka_unit_test(test_beneath__folder_by_folder),
		cmocka_unit_test(test_beneath__large_and_empty_files),
		cmocka_unit_test(test_beneath__a_file_that_grew_is_read_whole),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
