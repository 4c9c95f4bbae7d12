/* SPDX-License-Identifier: MIT */
#include "base/common.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <signal.h>
#include <unistd.h>
#include <utime.h>

#include "base/alloc.h"
#include "cache/cache.h"
#include "cache/folder.h"

static const struct object_id digest = { { 1, 2, 3 } };
static char folder[] = "/tmp/asyncgrep-test-cache-XXXXXX";

static struct object_id id_of(uint32_t number)
{
	struct object_id id = { { 0 } };

	memcpy(id.bytes, &number, sizeof(number));
	memcpy(id.bytes + 8, &number, sizeof(number));
	return id;
}

static struct cache opened(void)
{
	struct error note = { NULL };
	struct cache cache;

	cache_open(&cache, folder, &digest, &note);
	if (note.message)
		fail_msg("%s", note.message);
	return cache;
}

static void add(struct cache *cache, uint32_t number)
{
	struct object_id id = id_of(number);
	char *record = xasprintf("record %u", number);

	cache_add(cache, &id, number, (struct text){ record, number % 2 ? strlen(record) : 0 });
	free(record);
}

static bool has(const struct cache *cache, uint32_t number)
{
	struct object_id id = id_of(number);
	const struct cache_entry *entry = cache_find(cache, &id);
	char *expected = xasprintf("record %u", number);
	struct text record;

	if (entry) {
		assert_int_equal(entry->len, number);
		assert_true(cache_record(cache, entry, &record));
		assert_true(number % 2 ? text_equal(record, (struct text){ expected, strlen(expected) }) : !record.len);
	}
	free(expected);
	return entry;
}

static void save_and_close(struct cache *cache)
{
	struct error note = { NULL };

	cache_save(cache, NULL, 0, &note);
	if (note.message)
		fail_msg("%s", note.message);
	cache_close(cache);
}

/* One more run that finds out about one more content. */
static void run_with(uint32_t number)
{
	struct cache cache = opened();

	add(&cache, number);
	save_and_close(&cache);
}

static struct stat file_stat(void)
{
	char *file = cache_folder_file(folder, &digest);
	struct stat st = { .st_size = 0 };

	stat(file, &st);
	free(file);
	return st;
}

static int clear(void **state)
{
	struct error err = { NULL };
	size_t files;
	uint64_t bytes;

	(void)state;
	return cache_folder_clear(folder, &files, &bytes, &err);
}

static void test_cache__remembers_from_run_to_run(void **state)
{
	struct cache cache = opened();

	(void)state;
	assert_false(has(&cache, 1));
	cache_close(&cache);
	for (uint32_t i = 0; i < 3 * CACHE_TABLES; i++)
		run_with(i);
	cache = opened();
	for (uint32_t i = 0; i < 3 * CACHE_TABLES; i++)
		assert_true(has(&cache, i));
	assert_false(has(&cache, 3 * CACHE_TABLES));
	assert_in_range(cache.nr, 1, CACHE_TABLES);
	cache_close(&cache);
}

/* Both in tables of their own, and when all becomes one. */
static void test_cache__what_was_found_out_last_counts(void **state)
{
	static const char *const records[] = { "old", "new" };
	struct object_id id = id_of(1);
	struct error note = { NULL };
	struct cache cache;
	struct text record;

	(void)state;
	for (uint32_t i = 2; i < 3 * CACHE_TABLES; i++) {
		const struct cache_entry *found;

		cache = opened();
		found = cache_find(&cache, &id);
		assert_int_equal(found == NULL, i == 2);
		if (found) {
			assert_true(cache_record(&cache, found, &record));
			assert_true(text_equal(record, (struct text){ records[i & 1], 3 }));
		}
		cache_add(&cache, &id, 3, (struct text){ records[~i & 1], 3 });
		add(&cache, 2 * i);
		cache_save(&cache, &found, 1, &note);
		assert_null(note.message);
		cache_close(&cache);
	}
}

static void test_cache__writes_nothing_without_news(void **state)
{
	struct stat before, after;
	struct cache cache;

	(void)state;
	run_with(1);
	before = file_stat();
	cache = opened();
	assert_true(has(&cache, 1));
	save_and_close(&cache);
	after = file_stat();
	assert_int_equal(before.st_ino, after.st_ino);
	assert_memory_equal(&before.st_mtim, &after.st_mtim, sizeof(before.st_mtim));
}

static void test_cache__appends_what_is_new(void **state)
{
	struct stat before, after;

	(void)state;
	run_with(1);
	before = file_stat();
	run_with(2);
	after = file_stat();
	assert_int_equal(before.st_ino, after.st_ino);
	assert_true(after.st_size > before.st_size);
}

/* What is left of the file when a writer was killed, at every length. */
static void test_cache__a_cut_file_keeps_its_good_tables(void **state)
{
	char *file = cache_folder_file(folder, &digest);
	off_t one, both;

	(void)state;
	run_with(1);
	one = file_stat().st_size;
	run_with(3);
	both = file_stat().st_size;
	for (off_t len = both - 1; len >= 0; len--) {
		struct error note = { NULL };
		struct cache cache;

		assert_int_equal(truncate(file, len), 0);
		cache_open(&cache, folder, &digest, &note);
		assert_int_equal(has(&cache, 1), len >= one);
		assert_false(has(&cache, 3));
		assert_int_equal(note.message != NULL, len != one && len != 0);
		error_release(&note);
		cache_close(&cache);
	}
	free(file);
}

/* The next run with news makes it whole. */
static void test_cache__a_damaged_file_is_written_anew(void **state)
{
	char *file = cache_folder_file(folder, &digest);
	struct error note = { NULL };
	struct cache cache;
	int fd;

	(void)state;
	run_with(1);
	fd = open(file, O_WRONLY | O_APPEND);
	assert_int_equal(write(fd, "garbage", 7), 7);
	close(fd);
	cache_open(&cache, folder, &digest, &note);
	assert_non_null(strstr(note.message, "is damaged"));
	error_release(&note);
	add(&cache, 5);
	save_and_close(&cache);
	cache = opened();
	assert_true(has(&cache, 1));
	assert_true(has(&cache, 5));
	cache_close(&cache);
	free(file);
}

static void check_passed_by(const char *why)
{
	struct error note = { NULL };
	struct cache cache;

	cache_open(&cache, folder, &digest, &note);
	assert_non_null(note.message);
	assert_non_null(strstr(note.message, why));
	assert_false(has(&cache, 1));
	error_release(&note);
	cache_close(&cache);
}

static void test_cache__reads_no_link_folder_or_fifo(void **state)
{
	char *file = cache_folder_file(folder, &digest), *other = xasprintf("%s/other", folder);

	(void)state;
	run_with(1);
	assert_int_equal(rename(file, other), 0);
	assert_int_equal(symlink("other", file), 0);
	check_passed_by("symbolic links");
	unlink(file);
	unlink(other);
	assert_int_equal(mkfifo(file, 0600), 0);
	check_passed_by("is no cache");
	unlink(file);
	assert_int_equal(mkdir(file, 0700), 0);
	check_passed_by("is no cache");
	rmdir(file);
	free(other);
	free(file);
}

static void test_cache__reads_no_file_of_somebody_else(void **state)
{
	char *file = cache_folder_file(folder, &digest);

	(void)state;
	if (geteuid() != 0)
		skip();
	run_with(1);
	assert_int_equal(chown(file, 12345, 12345), 0);
	check_passed_by("somebody else");
	free(file);
}

/* As on a full disk, every write fails from some byte on. */
static void test_cache__a_full_disk_does_no_harm(void **state)
{
	struct rlimit unlimited, limit;

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	run_with(1);
	getrlimit(RLIMIT_FSIZE, &unlimited);
	limit = unlimited;
	for (rlim_t size = 0; size < 300; size += 9) {
		struct error note = { NULL };
		struct cache cache;

		cache_open(&cache, folder, &digest, &note);
		error_release(&note);
		add(&cache, 7);
		limit.rlim_cur = size;
		setrlimit(RLIMIT_FSIZE, &limit);
		cache_save(&cache, NULL, 0, &note);
		setrlimit(RLIMIT_FSIZE, &unlimited);
		error_release(&note);
		cache_close(&cache);

		cache_open(&cache, folder, &digest, &note);
		assert_true(has(&cache, 1));
		error_release(&note);
		cache_close(&cache);
	}
}

static void test_cache__entries_nobody_asks_for_go_first(void **state)
{
	const uint32_t large = 12u << 20;
	char *record = xcalloc(large, 1);
	struct error note = { NULL };
	struct cache cache;

	(void)state;
	for (uint32_t i = 0; i < 3 * CACHE_FILE_MAX / large; i++) {
		struct object_id id = id_of(i), first = id_of(0);
		const struct cache_entry *used[2] = { NULL };

		cache_open(&cache, folder, &digest, &note);
		used[1] = cache_find(&cache, &first);
		assert_int_equal(used[1] == NULL, i == 0);
		cache_add(&cache, &id, 1, (struct text){ record, large });
		cache_save(&cache, used, ARRAY_SIZE(used), &note);
		assert_null(note.message);
		cache_close(&cache);
		assert_true(file_stat().st_size <= CACHE_FILE_MAX);
	}
	cache = opened();
	assert_true(cache_find(&cache, &(struct object_id){ { 0 } }) != NULL);
	assert_null(cache_find(&cache, &(struct object_id){ { 1, 0, 0, 0, 0, 0, 0, 0, 1 } }));
	cache_close(&cache);
	free(record);
}

static void test_folder__keeps_the_files_used_last(void **state)
{
	struct error err = { NULL };
	char *kept = xasprintf("%s/results-of-mine", folder);
	size_t nr;
	uint64_t bytes;

	(void)state;
	mkdir(folder, 0700);
	close(open(kept, O_CREAT | O_WRONLY, 0600));
	for (unsigned char i = 0; i < 3 * CACHE_FILES_MAX; i++) {
		const struct object_id id = { { i } };
		char *file = cache_folder_file(folder, &id);
		struct utimbuf times = { 1000 + i, 1000 + i };

		assert_int_equal(cache_folder_replace(folder, file, "x", 1, &err), 0);
		assert_int_equal(utime(file, &times), 0);
		free(file);
	}
	for (unsigned char i = 0; i < 3 * CACHE_FILES_MAX; i++) {
		char *file = cache_folder_file(folder, &(struct object_id){ { i } });

		assert_int_equal(access(file, F_OK) == 0, i >= 2 * CACHE_FILES_MAX);
		free(file);
	}
	assert_int_equal(cache_folder_clear(folder, &nr, &bytes, &err), 0);
	assert_int_equal(nr, CACHE_FILES_MAX);
	assert_int_equal(bytes, CACHE_FILES_MAX);
	assert_int_equal(access(kept, F_OK), 0);
	unlink(kept);
	free(kept);
}

static int remove_folder(void **state)
{
	clear(state);
	rmdir(folder);
	return 0;
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_cache__remembers_from_run_to_run, clear),
		cmocka_unit_test_teardown(test_cache__what_was_found_out_last_counts, clear),
		cmocka_unit_test_teardown(test_cache__writes_nothing_without_news, clear),
		cmocka_unit_test_teardown(test_cache__appends_what_is_new, clear),
		cmocka_unit_test_teardown(test_cache__a_cut_file_keeps_its_good_tables, clear),
		cmocka_unit_test_teardown(test_cache__a_damaged_file_is_written_anew, clear),
		cmocka_unit_test_teardown(test_cache__reads_no_link_folder_or_fifo, clear),
		cmocka_unit_test_teardown(test_cache__reads_no_file_of_somebody_else, clear),
		cmocka_unit_test_teardown(test_cache__a_full_disk_does_no_harm, clear),
		cmocka_unit_test_teardown(test_cache__entries_nobody_asks_for_go_first, clear),
		cmocka_unit_test_teardown(test_folder__keeps_the_files_used_last, clear),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
