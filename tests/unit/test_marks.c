/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* The source itself: what other processors run is tested on each of them. */
#include "base/marks.c"

/* Deterministic bytes, of which one in three is of the set and some are beyond ASCII. */
static void fill_text(char *text, size_t len, const char *members, unsigned seed)
{
	for (size_t i = 0; i < len; i++) {
		seed = seed * 1103515245 + 12345;
		text[i] = (char)(seed >> 16);
		if (seed >> 24 & 1)
			text[i] = members[(seed >> 16) % strlen(members)];
	}
}

static bool bit(const uint64_t *bits, size_t i)
{
	return bits[i / 64] >> i % 64 & 1;
}

/* Every byte there is, in every place of a word. */
static void test_marks__sets_are_the_same_by_any_vector(void **state)
{
	static const char *const sets[] = { "(", "\n\r", "\n\r()[]{}:;\\", "\"'#\\\n\r", "\x01\x7F" };
	char text[256];

	(void)state;
	for (size_t k = 0; k < ARRAY_SIZE(sets); k++) {
		struct byteset set;

		byteset_init(&set, sets[k]);
		for (unsigned shift = 0; shift < 64; shift++) {
			uint64_t bits[4];

			for (unsigned i = 0; i < 256; i++)
				text[i] = (char)(i + shift);
			set_by_16(&set, text, 4, bits);
			for (unsigned i = 0; i < 256; i++)
				assert_int_equal(bit(bits, i), text[i] && strchr(sets[k], text[i]) != NULL);
#ifdef __SSE2__
			if (__builtin_cpu_supports("avx2")) {
				uint64_t others[4];

				set_by_32(&set, text, 4, others);
				assert_memory_equal(others, bits, sizeof(bits));
			}
#endif
		}
	}
}

static void test_marks__any_part_of_a_text_is_marked(void **state)
{
	struct byteset set;
	char text[300];

	(void)state;
	byteset_init(&set, "()");
	fill_text(text, sizeof(text), "()", 1);
	for (size_t from = 0; from < 70; from++) {
		for (size_t to = from + 1; to <= sizeof(text); to++) {
			uint64_t bits[5] = { 0 };

			mark_set(&set, text, from, to, bits);
			for (size_t i = from; i < from + 300; i++)
				assert_int_equal(bit(bits, i - from), i < to && (text[i] == '(' || text[i] == ')'));
		}
	}
}

static bool is_alone(const char *text, size_t len, size_t i)
{
	bool before = !i || !text[i - 1] || strchr(" \t\f\r\n\\", text[i - 1]);
	bool behind = i + 2 >= len || !text[i + 2] || strchr(" \t\f\r\n\\#", text[i + 2]);

	return before && behind;
}

static bool is_small(char c)
{
	return (c >= 'a' && c <= 'z') || c == '_';
}

static void test_marks__words_that_stand_alone_are_marked_all(void **state)
{
	char text[300];

	(void)state;
	for (unsigned seed = 0; seed < 40; seed++) {
		fill_text(text, sizeof(text), "aasss \n\\_b(", seed);
		for (size_t len = 1; len <= sizeof(text); len += 1 + seed % 7) {
			uint64_t bits[5] = { 0 };

			mark_byte_or_word('(', "as", text, len, 0, len, bits);
			for (size_t i = 0; i < len; i++) {
				bool word = i + 1 < len && text[i] == 'a' && text[i + 1] == 's';

				if (text[i] == '(' || (word && is_alone(text, len, i)))
					assert_true(bit(bits, i));
				if (bit(bits, i) && text[i] != '(')
					assert_true(word && (!i || !is_small(text[i - 1])) &&
						    (i + 2 >= len || !is_small(text[i + 2])));
			}
		}
	}
}

/* Whatever is asked for at a time, and with whatever processor. */
static void test_marks__words_are_the_same_in_parts(void **state)
{
	enum { LEN = 64 * 6 };
	const struct word_mark mark = { '(', 'a', 's' };
	char text[LEN];

	(void)state;
	for (unsigned seed = 0; seed < 40; seed++) {
		uint64_t whole[6], parts[6];

		fill_text(text, LEN, "aasss \n\\_b(", seed);
		mark_byte_or_word(mark.byte, "as", text, LEN, 0, LEN, whole);
		for (size_t step = 64; step <= LEN; step += 64) {
			for (size_t from = 0; from < LEN; from += step)
				mark_byte_or_word('(', "as", text, LEN, from, from + step < LEN ? from + step : LEN,
						  parts + from / 64);
			assert_memory_equal(parts, whole, sizeof(whole));
		}
		words_by_16(mark, text + 64, 4, parts + 1);
		assert_memory_equal(parts, whole, sizeof(whole));
	}
}

static void test_marks__a_walk_goes_from_one_to_the_next(void **state)
{
	enum { LEN = 3 * MARKS_WINDOW };
	static const size_t places[] = { 0, 1, 63, 64, 200, MARKS_WINDOW - 1, MARKS_WINDOW, LEN - 1 };
	struct marks marks;
	char text[LEN];
	size_t place = 0;

	(void)state;
	memset(text, 'x', LEN);
	for (size_t i = 0; i < ARRAY_SIZE(places); i++)
		text[places[i]] = '"';
	marks_init(&marks, "'\"", text, LEN);
	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		place = marks_next(&marks, place);
		assert_int_equal(place, places[i]);
		assert_int_equal(marks_next(&marks, place), place);
		place++;
	}
	assert_int_equal(marks_next(&marks, LEN), LEN);
	assert_int_equal(marks_next(&marks, 65), 200);
	assert_int_equal(marks_next(&marks, MARKS_WINDOW + 1), LEN - 1);
	/* What is behind the end is not looked at. */
	for (size_t len = 0; len < 300; len++) {
		marks_init(&marks, "'\"", text, len);
		assert_int_equal(marks_next(&marks, 65), len > 200 ? 200 : len);
	}
}

static void test_marks__one_byte_beyond_ascii_is_seen_anywhere(void **state)
{
	char text[400];

	(void)state;
	memset(text, 0x7F, sizeof(text));
	for (size_t len = 0; len <= sizeof(text); len++) {
		assert_true(text_is_ascii(text, len));
		for (size_t i = 0; i < len; i++) {
			text[i] = '\x80';
			assert_false(text_is_ascii(text, len));
			text[i] = 0x7F;
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_marks__sets_are_the_same_by_any_vector),
		cmocka_unit_test(test_marks__any_part_of_a_text_is_marked),
		cmocka_unit_test(test_marks__words_that_stand_alone_are_marked_all),
		cmocka_unit_test(test_marks__words_are_the_same_in_parts),
		cmocka_unit_test(test_marks__a_walk_goes_from_one_to_the_next),
		cmocka_unit_test(test_marks__one_byte_beyond_ascii_is_seen_anywhere),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
