/* SPDX-License-Identifier: MIT
 *
 * Marks by vectors, with AVX2 where the processor has it; what is left at the ends of a text is copied to where it is not.
 *
 * With AVX2 a set is looked up as simdjson does it: the lower half of a byte selects a row, in which the upper half selects a
 * bit. Elsewhere bytes are compared with one member after the other.
 */
#include "base/marks.h"

#include "base/vec16.h"

#ifdef __SSE2__
#include <immintrin.h>
#endif

void byteset_init(struct byteset *set, const char *members)
{
	memset(set->rows, 0, sizeof(set->rows));
	set->members = members;
	for (const char *c = members; *c; c++)
		set->rows[*c & 15] |= (unsigned char)(1u << (*c >> 4));
}

/* -- the bytes of a set */

static void set_by_16(const struct byteset *set, const char *text, size_t words, uint64_t *bits)
{
	for (size_t i = 0; i < words; i++, text += 64) {
		vec16 found[4] = { { 0 } };

		for (const char *c = set->members; *c; c++)
			for (size_t part = 0; part < 4; part++)
				found[part] |= vec16_load(text + part * 16) == vec16_of(*c);
		bits[i] = (uint64_t)vec16_bits(found[0]) | (uint64_t)vec16_bits(found[1]) << 16 |
			  (uint64_t)vec16_bits(found[2]) << 32 | (uint64_t)vec16_bits(found[3]) << 48;
	}
}

#ifdef __SSE2__
__attribute__((target("avx2"))) static void set_by_32(const struct byteset *set, const char *text, size_t words,
						      uint64_t *bits)
{
	const __m256i rows = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)set->rows));
	const __m256i columns = _mm256_setr_epi8(1, 2, 4, 8, 16, 32, 64, (char)128, -1, -1, -1, -1, -1, -1, -1, -1,
						 1, 2, 4, 8, 16, 32, 64, (char)128, -1, -1, -1, -1, -1, -1, -1, -1);
	const __m256i half = _mm256_set1_epi8(15);

	for (size_t i = 0; i < words; i++) {
		uint64_t word = 0;

		for (unsigned part = 0; part < 2; part++) {
			__m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)(text + i * 64 + part * 32));
			__m256i upper = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half);
			__m256i column = _mm256_shuffle_epi8(columns, upper);
			/* A byte beyond ASCII has its row read as 0, and is in no column. */
			__m256i row = _mm256_shuffle_epi8(rows, bytes);
			__m256i found = _mm256_cmpeq_epi8(_mm256_and_si256(row, column), column);

			word |= (uint64_t)(unsigned)_mm256_movemask_epi8(found) << part * 32;
		}
		bits[i] = word;
	}
}
#endif

static void set_words(const struct byteset *set, const char *text, size_t words, uint64_t *bits)
{
#ifdef __SSE2__
	if (__builtin_cpu_supports("avx2")) {
		set_by_32(set, text, words, bits);
		return;
	}
#endif
	set_by_16(set, text, words, bits);
}

void mark_set(const struct byteset *set, const char *text, size_t from, size_t to, uint64_t *bits)
{
	size_t words = (to - from) / 64, rest = (to - from) % 64;
	char last[64] = { 0 };

	set_words(set, text + from, words, bits);
	if (!rest)
		return;
	memcpy(last, text + to - rest, rest);
	set_words(set, last, 1, bits + words);
}

/* -- a byte and a word */

/* What may stand around a word: no lower-case letter and nothing that is near them. Compared as signed numbers. */
#define WORD_LIMIT ('\\' + 1)

struct word_mark {
	char byte, first, second;
};

static uint64_t words_in_16(struct word_mark mark, const char *text)
{
	const vec16 limit = vec16_of(WORD_LIMIT);
	vec16 bytes = vec16_load(text);
	vec16 pair = (bytes == vec16_of(mark.first)) & (vec16_load(text + 1) == vec16_of(mark.second));
	vec16 alone = (vec16_load(text - 1) < limit) & (vec16_load(text + 2) < limit);

	return vec16_bits((bytes == vec16_of(mark.byte)) | (pair & alone));
}

static void words_by_16(struct word_mark mark, const char *text, size_t words, uint64_t *bits)
{
	for (size_t i = 0; i < words; i++, text += 64)
		bits[i] = words_in_16(mark, text) | words_in_16(mark, text + 16) << 16 |
			  words_in_16(mark, text + 32) << 32 | words_in_16(mark, text + 48) << 48;
}

#ifdef __SSE2__
__attribute__((target("avx2"))) static inline uint64_t words_in_32(struct word_mark mark, const char *text)
{
#define LOAD(at) _mm256_loadu_si256((const __m256i *)(const void *)(text + (at)))
	const __m256i limit = _mm256_set1_epi8(WORD_LIMIT);
	__m256i pair = _mm256_and_si256(_mm256_cmpeq_epi8(LOAD(0), _mm256_set1_epi8(mark.first)),
					_mm256_cmpeq_epi8(LOAD(1), _mm256_set1_epi8(mark.second)));
	__m256i alone = _mm256_and_si256(_mm256_cmpgt_epi8(limit, LOAD(-1)), _mm256_cmpgt_epi8(limit, LOAD(2)));
	__m256i found = _mm256_or_si256(_mm256_cmpeq_epi8(LOAD(0), _mm256_set1_epi8(mark.byte)),
					_mm256_and_si256(pair, alone));

	return (unsigned)_mm256_movemask_epi8(found);
#undef LOAD
}

__attribute__((target("avx2"))) static void words_by_32(struct word_mark mark, const char *text, size_t words,
							uint64_t *bits)
{
	for (size_t i = 0; i < words; i++, text += 64)
		bits[i] = words_in_32(mark, text) | words_in_32(mark, text + 32) << 32;
}
#endif

/* A byte before the text and two behind are looked at too. */
static void word_words(struct word_mark mark, const char *text, size_t words, uint64_t *bits)
{
#ifdef __SSE2__
	if (__builtin_cpu_supports("avx2")) {
		words_by_32(mark, text, words, bits);
		return;
	}
#endif
	words_by_16(mark, text, words, bits);
}

/* The marks of up to 64 bytes from here on, with zeroes for what is before the text and behind it. */
static uint64_t word_at_end(struct word_mark mark, const char *text, size_t len, size_t from, size_t to)
{
	char copy[1 + 64 + 2] = { 0 };
	size_t before = from > 0, end = to - from < 64 ? to : from + 64;
	uint64_t bits;

	memcpy(copy + 1 - before, text + from - before, (end + 2 < len ? end + 2 : len) - (from - before));
	word_words(mark, copy + 1, 1, &bits);
	return end - from < 64 ? bits & ((UINT64_C(1) << (end - from)) - 1) : bits;
}

void mark_byte_or_word(char byte, const char *word, const char *text, size_t len, size_t from, size_t to,
		       uint64_t *bits)
{
	const struct word_mark mark = { byte, word[0], word[1] };

	if (!from) {
		*bits++ = word_at_end(mark, text, len, 0, to);
		from = 64;
	}
	if (from < to && from + 2 < len) {
		size_t words = ((to < len - 2 ? to : len - 2) - from) / 64;

		word_words(mark, text + from, words, bits);
		from += words * 64;
		bits += words;
	}
	/* Two, where the last one but for two bytes is left over. */
	for (; from < to; from += 64)
		*bits++ = word_at_end(mark, text, len, from, to);
}

/* -- a walk */

/* Marks the window that a place is in. */
static void fill(struct marks *marks, size_t place)
{
	size_t to;

	marks->from = place - place % MARKS_WINDOW;
	to = marks->len - marks->from < MARKS_WINDOW ? marks->len : marks->from + MARKS_WINDOW;
	/* Places behind the end are asked for too. */
	memset(marks->bits, 0, sizeof(marks->bits));
	mark_set(&marks->set, marks->text, marks->from, to, marks->bits);
}

void marks_init(struct marks *marks, const char *members, const char *text, size_t len)
{
	byteset_init(&marks->set, members);
	marks->text = text;
	marks->len = len;
	marks->from = SIZE_MAX - MARKS_WINDOW + 1; /* no place is in this one */
}

size_t marks_search(struct marks *marks, size_t place)
{
	for (; place < marks->len; place = (place | 63) + 1) {
		uint64_t ahead;

		if (place - marks->from >= MARKS_WINDOW)
			fill(marks, place);
		ahead = marks->bits[(place - marks->from) / 64] >> place % 64;
		if (ahead)
			return place + lowest_mark(ahead);
	}
	return marks->len;
}

/* -- ASCII */

#ifdef __SSE2__
/* How many bytes of a text are ASCII, counted in steps of 128. */
__attribute__((target("avx2"))) static size_t ascii_by_128(const char *text, size_t len)
{
#define LOAD(at) _mm256_loadu_si256((const __m256i *)(const void *)(text + i + (at)))
	size_t i = 0;

	for (; len - i >= 128; i += 128)
		if (_mm256_movemask_epi8(_mm256_or_si256(_mm256_or_si256(LOAD(0), LOAD(32)),
							 _mm256_or_si256(LOAD(64), LOAD(96)))))
			break;
	return i;
#undef LOAD
}
#endif

bool text_is_ascii(const char *text, size_t len)
{
	uint64_t eight;
	size_t i = 0;

#ifdef __SSE2__
	if (__builtin_cpu_supports("avx2"))
		i = ascii_by_128(text, len);
#endif
	for (; len - i >= sizeof(eight); i += sizeof(eight)) {
		memcpy(&eight, text + i, sizeof(eight));
		if (eight & UINT64_C(0x8080808080808080))
			return false;
	}
	for (; i < len; i++)
		if ((unsigned char)text[i] >= 0x80)
			return false;
	return true;
}
