/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/strbuf.h"
#include "rule/regex.h"
#include "rule/regex_literal.h"

static void assert_literal(const char *pattern, const char *expected)
{
	struct text literal = regex_required_literal(pattern, strlen(pattern));
	struct strbuf found = STRBUF_INIT;

	strbuf_add(&found, literal.ptr, literal.len);
	if (strcmp(found.buf, expected))
		fail_msg("%s: '%s', not '%s'", pattern, found.buf, expected);
	strbuf_release(&found);
}

static void test_regex_literal__is_the_longest_run_of_word_characters(void **state)
{
	(void)state;
	assert_literal("db\\.execute\\(", "execute");
	assert_literal("\\bawait\\s+x", "await");
	assert_literal("ab(cd)efg", "efg");
	assert_literal("[abc]de", "de");
	assert_literal("(?<T>\\w+)\\.lock\\(\\)", "lock");
	assert_literal("\\Kopen", "open");
	assert_literal("[]x]yz", "yz");
	assert_literal("[^]x]yz", "yz");
	assert_literal("[\\]x]yz", "yz");
}

static void test_regex_literal__leaves_out_what_can_be_missing(void **state)
{
	(void)state;
	assert_literal("abc?", "ab");
	assert_literal("abc*d", "ab");
	assert_literal("abc{0,3}", "ab");
	assert_literal("abc{,3}", "ab");
	assert_literal("abc{2}", "abc");
	assert_literal("abc+d", "abc");
	assert_literal("a|b", "");
	assert_literal("(abc|abd)", "");
	assert_literal("(abc)?x", "x");
	assert_literal("(?=abc)", "");
	assert_literal("(?!abc)x", "x");
}

static void test_regex_literal__names_none_where_letters_are_not_themselves(void **state)
{
	(void)state;
	assert_literal("(?i)abc", "");
	assert_literal("a(?x) b c", "");
	assert_literal("(?i:abc)d", "");
	assert_literal("\\Qabc\\E", "");
	assert_literal("\\x61bc", "");
	assert_literal("\\p{Lu}bc", "");
	assert_literal("(a)\\1bc", "");
	assert_literal("(*UCP)abc", "");
	assert_literal("(?#abc)d", "");
	assert_literal("[abc", "");
	assert_literal("", "");
}

/* -- patterns by chance: none may match a subject without its literal */

static uint32_t chance(uint32_t *seed, size_t n)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % (uint32_t)n;
}

static void make_pattern(uint32_t *seed, struct strbuf *pattern)
{
	static const char *const parts[] = {
		"a", "b", "ab", "bc", "abc", "a", "b", "c", "ab", ".", "\\.", "[ab]", "[^a]", "[]a]", "[\\]b]", "\\w", "\\b", "^", "$", "(ab)",
		"(?:a|b)", "(?<n>ab)", "(?=ab)", "(?!ab)", "(?<=a)", "(?<!b)", "(?>ab)", "(?i)", "(?x) ", "\\Qab\\E",
		"\\x61", "\\K", "|", "(a|(b))", "(", ")", "{", "}", "#", "\\", "(?#ab)", "\\d", "[[:alpha:]b]", "(?|a|b)",
		"(?(?=a)ab|b)", "\\N", "\\R", "[a-c]", "(?1)", "\\1", "\\g{1}", "(?J)", "(?^)", "(?-i)", "\\E", "[\\Qa]\\E]",
	};
	static const char *const quantifiers[] = { "", "", "", "", "?", "*", "+", "??", "*+", "{0}", "{0,1}", "{1,2}",
						   "{2}", "{,2}", "{2}{0}", "{1}?", "+?", "{1}*", "{ 0 }", "{0", "{1}{,1}" };
	size_t n = 1 + chance(seed, 6);

	strbuf_setlen(pattern, 0);
	while (n--) {
		strbuf_addstr(pattern, parts[chance(seed, ARRAY_SIZE(parts))]);
		strbuf_addstr(pattern, quantifiers[chance(seed, ARRAY_SIZE(quantifiers))]);
	}
}

/* All texts of up to four of these characters. */
static void make_subject(unsigned number, struct strbuf *subject)
{
	static const char letters[] = "abcA ";

	strbuf_setlen(subject, 0);
	for (; number; number /= 6)
		if (number % 6)
			strbuf_addch(subject, letters[number % 6 - 1]);
}

static unsigned count_matches(const struct regex *regex, const char *pattern, struct regex_worker *worker)
{
	struct text literal = regex_literal(regex);
	struct strbuf subject = STRBUF_INIT;
	unsigned matches = 0;

	for (unsigned i = 0; literal.len && i < 6 * 6 * 6 * 6; i += 1) {
		struct regex_match match;
		struct error err = { NULL };

		make_subject(i, &subject);
		if (regex_match(regex, worker, subject.buf ? subject.buf : "", subject.len, 0, &match, &err) > 0) {
			matches++;
			if (!strstr(subject.buf ? subject.buf : "", literal.ptr))
				fail_msg("%s matches '%s' without '%s'", pattern, subject.buf, literal.ptr);
		}
		error_release(&err);
	}
	strbuf_release(&subject);
	return matches;
}

static void test_regex_literal__no_match_can_do_without_it(void **state)
{
	struct regex_worker *worker = regex_worker_new();
	struct strbuf pattern = STRBUF_INIT;
	uint32_t seed = 1;
	unsigned with_matches = 0;

	(void)state;
	for (unsigned i = 0; i < 60000; i++) {
		struct error err = { NULL };
		struct regex *regex;
		size_t offset;

		make_pattern(&seed, &pattern);
		regex = regex_compile(pattern.buf, pattern.len, false, false, &offset, &err);
		error_release(&err);
		if (regex)
			with_matches += count_matches(regex, pattern.buf, worker) > 0;
		regex_free(regex);
	}
	assert_true(with_matches > 1000);
	strbuf_release(&pattern);
	regex_worker_free(worker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_regex_literal__is_the_longest_run_of_word_characters),
		cmocka_unit_test(test_regex_literal__leaves_out_what_can_be_missing),
		cmocka_unit_test(test_regex_literal__names_none_where_letters_are_not_themselves),
		cmocka_unit_test(test_regex_literal__no_match_can_do_without_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
