/* SPDX-License-Identifier: MIT
 *
 * Index files of all versions, whole and broken; what git itself writes is in tests/cli/index.bats.
 */
#include "git/index_file.h"

#include <setjmp.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "base/strbuf.h"

static void add_number(struct strbuf *file, uint32_t number)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		strbuf_addch(file, (int)(number >> shift & 0xFF));
}

static void begin(struct strbuf *file, uint32_t version, uint32_t nr)
{
	strbuf_init(file);
	strbuf_addstr(file, "DIRC");
	add_number(file, version);
	add_number(file, nr);
}

/* All before the path: a regular file, whose id is made of one letter. */
static void add_stat(struct strbuf *file, unsigned flags, int letter)
{
	for (uint32_t i = 0; i < 10; i++)
		add_number(file, i == 6 ? MODE_FILE | 0644 : i);
	for (size_t i = 0; i < OBJECT_ID_LEN; i++)
		strbuf_addch(file, letter);
	strbuf_addch(file, (int)(flags >> 8));
	strbuf_addch(file, (int)(flags & 0xFF));
}

/* Of version 2, or of version 3 with flags that extend. */
static void add_entry(struct strbuf *file, const char *path, unsigned stage, unsigned extended)
{
	size_t len = strlen(path), start = file->len;

	add_stat(file, (unsigned)(len < 0xFFF ? len : 0xFFF) | stage << 12 | (extended ? 0x4000 : 0), *path);
	if (extended) {
		strbuf_addch(file, (int)(extended >> 8));
		strbuf_addch(file, (int)(extended & 0xFF));
	}
	strbuf_add(file, path, len);
	do
		strbuf_addch(file, 0);
	while ((file->len - start) % 8);
}

/* Of version 4: so many bytes of the path before are cut off (as encoded), the rest is added. */
static void add_short(struct strbuf *file, const char *path, const char *cut, size_t cut_len, const char *more)
{
	add_stat(file, (unsigned)strlen(path), *path);
	strbuf_add(file, cut, cut_len);
	strbuf_add(file, more, strlen(more) + 1);
}

static void add_checksum(struct strbuf *file)
{
	for (size_t i = 0; i < OBJECT_ID_LEN; i++)
		strbuf_addch(file, 0);
}

static int parse(struct index *index, const char *bytes, size_t len, struct error *err)
{
	memset(index, 0, sizeof(*index));
	index->bytes = xmemdupz(bytes, len);
	return index_file_parse(index, len, "FILE", err);
}

static void assert_parses(struct index *index, struct strbuf *file)
{
	struct error err = { NULL };

	add_checksum(file);
	assert_int_equal(parse(index, file->buf, file->len, &err), 0);
	strbuf_release(file);
}

static void assert_broken(struct strbuf *file, const char *why)
{
	struct error err = { NULL };
	struct index index;

	add_checksum(file);
	assert_int_equal(parse(&index, file->buf, file->len, &err), -1);
	if (!strstr(err.message, why))
		fail_msg("'%s' is not in: %s", why, err.message);
	error_release(&err);
	index_close(&index);
	strbuf_release(file);
}

static void assert_path(const struct index *index, size_t i, const char *path)
{
	struct index_entry entry;

	index_entry_at(index, i, &entry);
	assert_string_equal(entry.path, path);
	assert_int_equal(entry.mode, MODE_FILE | 0644);
	assert_int_equal(entry.id.bytes[OBJECT_ID_LEN - 1], *path);
}

static void test_index_file__an_empty_one(void **state)
{
	struct strbuf file;
	struct index index;

	(void)state;
	begin(&file, 2, 0);
	assert_parses(&index, &file);
	assert_true(index_is_open(&index));
	assert_int_equal(index.nr, 0);
	assert_false(index_has(&index, "a"));
	index_close(&index);
	assert_false(index_is_open(&index));
}

static void test_index_file__paths_of_all_lengths(void **state)
{
	char path[5001] = { 0 };
	struct strbuf file;
	struct index index;

	(void)state;
	begin(&file, 2, 5000);
	for (size_t len = 1; len <= 5000; len++) {
		path[len - 1] = 'x';
		add_entry(&file, path, 0, 0);
	}
	assert_parses(&index, &file);
	assert_int_equal(index.nr, 5000);
	for (size_t i = 5000; i > 0; i--) {
		assert_path(&index, i - 1, path);
		assert_true(index_has(&index, path));
		path[i - 1] = '\0';
	}
	assert_false(index_has(&index, ""));
	index_close(&index);
}

static void test_index_file__flags_that_extend(void **state)
{
	struct index_entry entry;
	struct strbuf file;
	struct index index;

	(void)state;
	begin(&file, 3, 3);
	add_entry(&file, "a", 0, 0);
	add_entry(&file, "b", 0, ENTRY_INTENT_TO_ADD);
	add_entry(&file, "c", 0, ENTRY_SKIP_WORKTREE);
	assert_parses(&index, &file);
	index_entry_at(&index, 0, &entry);
	assert_false(entry.intent_to_add || entry.skip_worktree);
	index_entry_at(&index, 1, &entry);
	assert_true(entry.intent_to_add && !entry.skip_worktree);
	index_entry_at(&index, 2, &entry);
	assert_true(!entry.intent_to_add && entry.skip_worktree);
	index_close(&index);
}

static void test_index_file__stages(void **state)
{
	struct index_entry entry;
	struct strbuf file;
	struct index index;

	(void)state;
	begin(&file, 2, 6);
	add_entry(&file, "a", 1, 0);
	add_entry(&file, "a", 2, 0);
	add_entry(&file, "a", 3, 0);
	add_entry(&file, "b", 0, 0);
	add_entry(&file, "c", 1, 0);
	add_entry(&file, "c", 3, 0);
	assert_parses(&index, &file);
	assert_true(index_find(&index, "a", &entry) && entry.stage == 2);
	assert_true(index_find(&index, "b", &entry) && entry.stage == 0);
	assert_false(index_find(&index, "c", &entry));
	assert_true(index_has(&index, "c"));
	index_close(&index);
}

static void test_index_file__version_4_shares_starts(void **state)
{
	char name[301];
	struct strbuf file;
	struct index index;

	(void)state;
	memset(name, 'a', 300);
	name[300] = '\0';
	begin(&file, 4, 4);
	add_short(&file, name, "\0", 1, name);
	add_short(&file, "ab", "\x81\x2B", 2, "b"); /* ((1 + 1) << 7) + 43 = 299 */
	add_short(&file, "abc", "\0", 1, "c");
	add_short(&file, "b", "\3", 1, "b");
	assert_parses(&index, &file);
	assert_path(&index, 0, name);
	assert_path(&index, 1, "ab");
	assert_path(&index, 2, "abc");
	assert_path(&index, 3, "b");
	index_close(&index);
}

static void test_index_file__version_4_cuts_too_much(void **state)
{
	struct strbuf file;

	(void)state;
	begin(&file, 4, 2);
	add_short(&file, "a", "\0", 1, "a");
	add_short(&file, "b", "\2", 1, "b");
	assert_broken(&file, "a path is not as long as it should be");
	begin(&file, 4, 1);
	add_short(&file, "a", "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F", 12, "a");
	assert_broken(&file, "a path is not as long as it should be");
	begin(&file, 4, 1);
	add_stat(&file, 1, 'a');
	strbuf_addstr(&file, "\x80\x80"); /* goes on in the checksum */
	assert_broken(&file, "a path is not as long as it should be");
}

static void test_index_file__extensions(void **state)
{
	struct strbuf file;
	struct index index;

	(void)state;
	begin(&file, 2, 1);
	add_entry(&file, "a", 0, 0);
	strbuf_add(&file, "REUC\0\0\0\1x" "TREE\0\0\0\2yz", 19);
	assert_parses(&index, &file);
	assert_true(text_equal(index.trees, TEXT("yz")));
	index_close(&index);
	begin(&file, 2, 0);
	strbuf_add(&file, "lame\0\0\0\0", 8);
	assert_broken(&file, "the extension 'lame'");
	begin(&file, 2, 0);
	strbuf_add(&file, "sdir\0\0\0\0", 8);
	assert_broken(&file, "sparse index");
	begin(&file, 2, 1);
	add_entry(&file, "", 0, 0);
	strbuf_add(&file, "link\0\0\0\0", 8);
	assert_broken(&file, "split index");
	begin(&file, 2, 0);
	strbuf_add(&file, "REUC\0\0\0\2x", 9);
	assert_broken(&file, "an extension is cut off");
}

static void test_index_file__what_is_not_sound(void **state)
{
	struct strbuf file;

	(void)state;
	begin(&file, 5, 0);
	assert_broken(&file, "the index 'FILE' is broken (its version is none of 2, 3 and 4); make it anew: rm 'FILE' && git reset");
	begin(&file, 2, 0xFFFFFFFF);
	assert_broken(&file, "an entry is cut off");
	begin(&file, 2, 1);
	add_entry(&file, "", 0, 0);
	assert_broken(&file, "a path is empty");
	begin(&file, 2, 2);
	add_entry(&file, "b", 0, 0);
	add_entry(&file, "a", 0, 0);
	assert_broken(&file, "its entries are not in order");
	begin(&file, 2, 2);
	add_entry(&file, "a", 0, 0);
	add_entry(&file, "a", 0, 0);
	assert_broken(&file, "its entries are not in order");
	begin(&file, 2, 2);
	add_entry(&file, "abc", 0, 0);
	add_entry(&file, "abd", 0, 0);
	file.buf[12 + ENTRY_EXTENDED_FLAGS + 1] = '\0';
	assert_broken(&file, "a path is not as long as it should be");
}

/* Under sanitizers nothing behind the end is read; and no part of a file passes for the whole. */
static void test_index_file__cut_anywhere(void **state)
{
	struct error err = { NULL };
	struct strbuf files[2];
	struct index index;

	(void)state;
	begin(&files[0], 3, 2);
	add_entry(&files[0], "one", 0, 0);
	add_entry(&files[0], "two", 0, ENTRY_INTENT_TO_ADD);
	begin(&files[1], 4, 2);
	add_short(&files[1], "one", "\0", 1, "one");
	add_short(&files[1], "two", "\3", 1, "two");
	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		add_checksum(&files[i]);
		for (size_t len = 0; len < files[i].len; len++) {
			assert_int_equal(parse(&index, files[i].buf, len, &err), -1);
			error_release(&err);
			index_close(&index);
		}
		strbuf_release(&files[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_index_file__an_empty_one),
		cmocka_unit_test(test_index_file__paths_of_all_lengths),
		cmocka_unit_test(test_index_file__flags_that_extend),
		cmocka_unit_test(test_index_file__stages),
		cmocka_unit_test(test_index_file__version_4_shares_starts),
		cmocka_unit_test(test_index_file__version_4_cuts_too_much),
		cmocka_unit_test(test_index_file__extensions),
		cmocka_unit_test(test_index_file__what_is_not_sound),
		cmocka_unit_test(test_index_file__cut_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
