/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "base/checksum.h"
#include "cache/table.h"

static const struct object_id digest = { { 1, 2, 3 } };

/* Ids that differ in the first bits, and some that do not. */
static struct object_id id_of(uint32_t number)
{
	struct object_id id = { { 0 } };
	uint64_t hash = checksum(&number, sizeof(number));

	if (number % 3)
		memcpy(id.bytes, &hash, sizeof(hash));
	memcpy(id.bytes + 12, &number, sizeof(number));
	return id;
}

static void draft_with(struct cache_draft *draft, uint32_t nr)
{
	cache_draft_init(draft);
	for (uint32_t i = nr; i-- > 0;) {
		struct cache_entry entry = { .id = id_of(i), .len = i, .age = i % 7 };
		char *record = xasprintf("record %u", i);

		cache_draft_add(draft, &entry, (struct text){ record, i % 2 ? strlen(record) : 0 });
		free(record);
	}
}

static void check_contents(const struct cache_table *table, uint32_t nr)
{
	struct object_id other = id_of(nr);

	for (uint32_t i = 0; i < nr; i++) {
		struct object_id id = id_of(i);
		const struct cache_entry *entry = cache_table_find(table, &id);
		char *record = xasprintf("record %u", i);
		struct text text;

		assert_non_null(entry);
		assert_int_equal(entry->len, i);
		assert_int_equal(entry->age, i % 7);
		assert_true(cache_table_record(table, entry, &text));
		assert_int_equal(text.len, i % 2 ? strlen(record) : 0);
		assert_true(!text.len || memcmp(text.ptr, record, text.len) == 0);
		free(record);
	}
	assert_null(cache_table_find(table, &other));
}

static void test_table__gives_back_what_was_put_in(void **state)
{
	static const uint32_t sizes[] = { 0, 1, 2, 3, 4, 5, 100, 5000 };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		struct strbuf out = STRBUF_INIT;
		struct cache_draft draft;
		struct cache_table table;

		draft_with(&draft, sizes[i]);
		cache_draft_write(&draft, &digest, &out);
		assert_int_equal(out.len % 8, 0);
		assert_int_equal(cache_table_open(&table, out.buf, out.len, &digest), out.len);
		assert_int_equal(table.nr, sizes[i]);
		check_contents(&table, sizes[i]);
		cache_draft_release(&draft);
		strbuf_release(&out);
	}
}

static void test_table__keeps_one_of_equal_ids(void **state)
{
	const struct cache_entry entry = { .id = id_of(1), .len = 5 };
	struct strbuf out = STRBUF_INIT;
	struct cache_draft draft;
	struct cache_table table;

	(void)state;
	cache_draft_init(&draft);
	cache_draft_add(&draft, &entry, TEXT("same"));
	cache_draft_add(&draft, &entry, TEXT("same"));
	cache_draft_write(&draft, &digest, &out);
	assert_int_not_equal(cache_table_open(&table, out.buf, out.len, &digest), 0);
	assert_int_equal(table.nr, 1);
	cache_draft_release(&draft);
	strbuf_release(&out);
}

static void test_table__tables_stand_behind_each_other(void **state)
{
	struct strbuf out = STRBUF_INIT;
	struct cache_draft draft;
	struct cache_table table;
	size_t first;

	(void)state;
	draft_with(&draft, 33);
	cache_draft_write(&draft, &digest, &out);
	cache_draft_write(&draft, &digest, &out);
	first = cache_table_open(&table, out.buf, out.len, &digest);
	assert_int_equal(first, out.len / 2);
	assert_int_equal(cache_table_open(&table, out.buf + first, out.len - first, &digest), first);
	check_contents(&table, 33);
	cache_draft_release(&draft);
	strbuf_release(&out);
}

static void test_table__refuses_what_is_cut_changed_or_of_other_rules(void **state)
{
	const struct object_id other = { { 1, 2, 4 } };
	struct strbuf out = STRBUF_INIT;
	struct cache_draft draft;
	struct cache_table table;

	(void)state;
	draft_with(&draft, 9);
	cache_draft_write(&draft, &digest, &out);
	assert_int_equal(cache_table_open(&table, out.buf, out.len, &other), 0);
	for (size_t len = 0; len < out.len; len++)
		assert_int_equal(cache_table_open(&table, out.buf, len, &digest), 0);
	for (size_t i = 0; i < out.len; i++)
		for (unsigned bit = 0; bit < 8; bit++) {
			out.buf[i] ^= (char)(1 << bit);
			assert_int_equal(cache_table_open(&table, out.buf, out.len, &digest), 0);
			out.buf[i] ^= (char)(1 << bit);
		}
	assert_int_equal(cache_table_open(&table, out.buf, out.len, &digest), out.len);
	cache_draft_release(&draft);
	strbuf_release(&out);
}

/* A table with a place in it that no honest writer would have put there. */
static void test_table__follows_no_place_outside(void **state)
{
	const uint32_t bad[] = { 5, 6, 100, UINT32_MAX };
	const uint32_t starts[] = { 0, 7 };
	struct cache_entry entries[] = { { .id = id_of(1), .record = 1 } };
	struct cache_table table = { starts, entries, "\1\0\0\0x", 1, 0, 5 };
	struct text record;

	(void)state;
	assert_null(cache_table_find(&table, &entries[0].id));
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		entries[0].record = bad[i];
		assert_false(cache_table_record(&table, entries, &record));
	}
	table.records = "\2\0\0\0x";
	entries[0].record = 1;
	assert_false(cache_table_record(&table, entries, &record));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table__gives_back_what_was_put_in),
		cmocka_unit_test(test_table__keeps_one_of_equal_ids),
		cmocka_unit_test(test_table__tables_stand_behind_each_other),
		cmocka_unit_test(test_table__refuses_what_is_cut_changed_or_of_other_rules),
		cmocka_unit_test(test_table__follows_no_place_outside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
