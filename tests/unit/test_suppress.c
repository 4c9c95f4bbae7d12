/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "python/pyfile.h"
#include "scan/suppress.h"

static const char *const aliases[] = { "ALIAS230", "ALIAS231" };

static void load(struct pyfile *file, const char *text, size_t len)
{
	struct error err = { 0 };

	if (pyfile_init(file, xmemdupz(text, len), len, &err) < 0)
		fail_msg("%s", err.message);
}

/*
 * Each `open` of the source is a finding of AG101. Those in a line with `<-` must be
 * reported (also below in the same line), all others hidden.
 */
static void assert_suppressed(const char *text)
{
	struct suppress suppress;
	struct pyfile file;
	size_t seen = 0;

	load(&file, text, strlen(text));
	suppress_init(&suppress, &file, 0);
	for (const char *at = text; (at = strstr(at, "open(")); at++, seen++) {
		const char *eol = at + strcspn(at, "\r\n");
		const char *mark = strstr(at, "<-");
		bool reported = mark && mark < eol;
		bool hidden = suppress_ask(&suppress, (uint32_t)(at - text), "AG101", aliases, 2)->hidden;

		if (hidden == reported)
			fail_msg("%s: %.*s", hidden ? "hidden" : "not hidden", (int)(eol - at), at);
	}
	assert_true(seen > 0);
	suppress_release(&suppress);
	pyfile_release(&file);
}

static void test_suppress__bare_noqa(void **state)
{
	(void)state;
	assert_suppressed("async def f(p):\n"
			  "    open(p)  # noqa\n"
			  "    open(p)  #NOQA because\n"
			  "    open(p)  # type: ignore  # noqa\n"
			  "    open(p)  # noqas  # <-\n"
			  "    open(p)  # ruff: noqa  # <-\n"
			  "    x = '# noqa'; open(p)  # <-\n"
			  "    open(p)  # noqa:\n"
			  "    open(p)  # noqa: (small)\n"
			  "    open(p)  # noqa: the file, not AG102\n"
			  "    open(p)  # noqa: E\n");
}

static void test_suppress__lines(void **state)
{
	(void)state;
	assert_suppressed("async def f(p):\n"
			  "    g(p,\n"
			  "      open(p), \\\n"
			  "      1)  # noqa\n"
			  "    x = p; \\\n"
			  "        open(p)  # noqa\n"
			  "    open(p) \\\n"
			  "    # noqa\n"
			  "    x = open(p).read() + \"\"\"\n"
			  "    \"\"\" + p  # noqa\n"
			  "    x = open(p).read() + f\"\"\"\n"
			  "    {p}\"\"\"  # noqa\n"
			  "    open(\n"
			  "        p,\n"
			  "        # noqa: AG101\n"
			  "    )\n"
			  "    with open(p) as a, \\\n"
			  "         open(p) as b:  # noqa\n"
			  "        pass\n"
			  "    open(  # <-\n"
			  "        p)\n"
			  "    # noqa\n"
			  "    open(p)  # <-\n"
			  "    if p:  # noqa\n"
			  "        open(p)  # <-\n"
			  "    if open(p): g(); open(p)  # noqa\n"
			  "    open(p); g(  # <-\n"
			  "    )  # noqa\n");
	assert_suppressed("open(p)  # noqa\ropen(p)  # <-\r\nopen(p)  # noqa");
}

static void test_suppress__codes(void **state)
{
	(void)state;
	assert_suppressed("async def f(p):\n"
			  "    open(p)  #NOQA:ag101\n"
			  "    open(p)  # noqa: E501,AG101\n"
			  "    open(p)  # noqa: E501 ,  W291 AG101 because\n"
			  "    open(p)  # noqa: E501, AG102, ALIAS232  # <-\n"
			  "    open(p)  # noqa  : AG101\n"
			  "    open(p)  # noqa : AG102  # <-\n"
			  "    open(p)  # noqa: AG1\n"
			  "    open(p)  # noqa: AG2  # <-\n"
			  "    open(p)  # noqa: G1  # <-\n"
			  "    open(p)  # noqa: AG1011  # <-\n");
}

static void test_suppress__capitals_alone_are_a_prefix(void **state)
{
	(void)state;
	assert_suppressed("async def f(p):\n"
			  "    open(p)  # noqa: AG\n"
			  "    open(p)  # noqa: E501 ALIAS\n"
			  "    open(p)  # noqa: RUF  # <-\n"
			  "    open(p)  # noqa: E501 ag  # <-\n"
			  "    open(p)  # noqa: E501, ALIASS AG101  # <-\n");
}

static void test_suppress__the_list_ends_at_another_word(void **state)
{
	(void)state;
	assert_suppressed("async def f(p):\n"
			  "    open(p)  # noqa: E501 see AG101  # <-\n"
			  "    open(p)  # noqa: AG102 - AG101  # <-\n"
			  "    open(p)  # noqa: AG101_x E501\n");
}

static void test_suppress__aliases(void **state)
{
	(void)state;
	assert_suppressed("async def f(p):\n"
			  "    open(p)  # noqa: ALIAS230\n"
			  "    open(p)  # noqa: alias231\n"
			  "    open(p)  # noqa: ALIAS23\n"
			  "    open(p)  # noqa: ALIAS240  # <-\n");
}

static void test_suppress__ignore(void **state)
{
	(void)state;
	assert_suppressed("async def f(p):\n"
			  "    open(p)  # asyncgrep: ignore[AG101]\n"
			  "    open(p)  # ASYNCGREP: Ignore[AG102, alias230] the file is small\n"
			  "    open(p)  # asyncgrep: ignore[ AG1 ] small\n"
			  "    open(p)  # asyncgrep: ignore[AG2] small  # <-\n"
			  "    open(p)  # asyncgrep: ignore[small AG101]  # <-\n"
			  "    open(p)  # asyncgrep: ignore  # <-\n"
			  "    open(p)  # asyncgrep: ignore[]  # <-\n"
			  "    open(p)  # asyncgrep: ignore[AG101  # <-\n"
			  "    open(p)  # ] asyncgrep: ignore[AG101]  # <-\n"
			  "    open(p)  # x # asyncgrep:ignore[AG101 # y]\n");
}

static void test_suppress__ignore_above(void **state)
{
	(void)state;
	assert_suppressed("async def f(p):\n"
			  "    # asyncgrep: ignore[AG101] small\n"
			  "    g(\n"
			  "      open(p))\n"
			  "    # asyncgrep: ignore[AG101]\n"
			  "\n"
			  "    open(p)  # <-\n"
			  "    x = p  # asyncgrep: ignore[AG101]\n"
			  "    open(p)  # <-\n"
			  "    # asyncgrep: ignore[AG101]\n"
			  "    open(p); g(open(p))\n"
			  "    # noqa: AG101\n"
			  "    open(p)  # <-\n");
}

static void test_suppress__words_and_blanks_are_unicode(void **state)
{
	(void)state;
	assert_suppressed("async def f(p):\n"
			  "    open(p)  #\xC2\xA0noqa\n"
			  "    open(p)  # noqa\xE2\x80\x94why\n"      /* em dash: no word character */
			  "    open(p)  # noqa\xC3\xA9 # <-\n"
			  "    open(p)  # noqa: AG102\xEF\xBC\x8C # <-\n" /* fullwidth comma */
			  "    open(p)  # noqa: AG102\xC3\xA9\n"      /* no code, so the list is empty */
			  "    open(p)  # noqa\xFF\n");
}

static void test_suppress__remembers_what_hid(void **state)
{
	static const char text[] = "open(p)  # noqa: AG1, E501\n"
				   "# asyncgrep: ignore[AG1,AG2] small\n"
				   "open(p)\n";
	struct suppress suppress;
	struct pyfile file;

	(void)state;
	load(&file, text, sizeof(text) - 1);
	suppress_init(&suppress, &file, 0);
	assert_false(file.has_code); /* nothing is read before a finding asks */
	assert_true(suppress_ask(&suppress, 0, "AG101", NULL, 0)->hidden);
	assert_true(suppress_ask(&suppress, 62, "AG101", NULL, 0)->hidden);
	assert_int_equal(suppress.nr, 4);
	assert_int_equal(suppress.nr_items, 2);
	assert_true(suppress.entries[0].used && suppress.entries[0].suppression == 0);
	assert_true(suppress.items[0].used && !suppress.items[0].ours && suppress.items[0].line == 1);
	assert_false(suppress.entries[1].used);
	assert_true(suppress.entries[2].used && suppress.entries[2].suppression == 1);
	assert_true(suppress.items[1].used && suppress.items[1].ours && suppress.items[1].own_line);
	assert_false(suppress.entries[3].used);
	assert_memory_equal(text + suppress.entries[3].start, "AG2", 3);
	assert_int_equal(suppress.entries[3].end - suppress.entries[3].start, 3);
	suppress_release(&suppress);
	pyfile_release(&file);
}

/* On 2026-11-25. Each comment that holds `<-` must not hide. */
static void test_suppress__until(void **state)
{
	static const char *const hidden[] = {
		"ignore[AG101, until=2026-11-25]", "ignore[AG101,UNTIL = 2026-12-01] why", "ignore[AG101 until=9999-12-31]",
		"ignore[AG101 until we have aiofiles]", "ignore[AG101, untilled=1]", "ignore[AG101] until=2026-01-01",
		"ignore[AG101 while it is small, until=2028-02-29]",
	};
	static const char *const shown[] = {
		"ignore[AG101, until=2026-11-24]", "ignore[AG101, until=0001-01-01]", "ignore[AG101, until=2026-02-29]",
		"ignore[AG101, until=2027-13-01]", "ignore[AG101, until=2027-1-1]", "ignore[AG101, until=]",
		"ignore[AG101, until: 2027-01-01]", "ignore[AG101, until 2027-01-01]",
		"ignore[AG101, until=2027-01-01x]", "ignore[until=2027-01-01, AG101]",
		"ignore[AG101 while it is small, until=2026-01-01]", "ignore[AG101, until=2026-01-01, until=2028-01-01]",
	};
	int32_t today;

	(void)state;
	assert_true(day_parse("2026-11-25", 10, &today));
	for (size_t i = 0; i < ARRAY_SIZE(hidden) + ARRAY_SIZE(shown); i++) {
		bool hides = i < ARRAY_SIZE(hidden);
		char *text = xasprintf("open(p)  # asyncgrep: %s\n", hides ? hidden[i] : shown[i - ARRAY_SIZE(hidden)]);
		struct suppress suppress;
		struct pyfile file;

		load(&file, text, strlen(text));
		suppress_init(&suppress, &file, today);
		if (suppress_ask(&suppress, 0, "AG101", NULL, 0)->hidden != hides)
			fail_msg("%s: %s", hides ? "not hidden" : "hidden", text);
		suppress_release(&suppress);
		pyfile_release(&file);
		free(text);
	}
}

static void test_suppress__a_lapsed_one_is_known(void **state)
{
	static const char text[] = "open(p)  # asyncgrep: ignore[AG2, until=1969-12-31] # asyncgrep: ignore[AG1, until = x]\n"
				   "# asyncgrep: ignore[AG1, until=1969-12-30] why\n"
				   "open(p)  # noqa: AG101\n";
	const struct suppress_verdict *verdict;
	struct suppress suppress;
	struct pyfile file;

	(void)state;
	load(&file, text, sizeof(text) - 1);
	suppress_init(&suppress, &file, 0);
	verdict = suppress_ask(&suppress, 0, "AG101", NULL, 0);
	assert_true(!verdict->hidden && verdict->by == &suppress.items[1]);
	assert_int_equal(verdict->by->until, DAY_MIN);
	assert_memory_equal(text + verdict->by->until_start, "until = x]", 10);
	assert_int_equal(verdict->by->until_end - verdict->by->until_start, 9);
	verdict = suppress_ask(&suppress, (uint32_t)(strrchr(text, 'o') - text) - 9, "AG101", NULL, 0);
	assert_true(verdict->hidden && verdict->by == &suppress.items[3]);
	assert_false(suppress.items[2].used);
	suppress_release(&suppress);
	pyfile_release(&file);
}

static void assert_days(const char *text, int32_t today, int32_t first, int32_t last)
{
	struct suppress suppress;
	struct pyfile file;
	int32_t days[2];

	load(&file, text, strlen(text));
	suppress_init(&suppress, &file, today);
	suppress_read(&suppress);
	suppress_days(&suppress, &days[0], &days[1]);
	assert_int_equal(days[0], first);
	assert_int_equal(days[1], last);
	suppress_release(&suppress);
	pyfile_release(&file);
}

static void test_suppress__days_on_which_the_answers_hold(void **state)
{
	static const char text[] = "# asyncgrep: ignore[A1, until=1970-01-11]\n# asyncgrep: ignore[A1, until=1970-01-21]\n"
				   "# asyncgrep: ignore[A1, until=nobody knows]\n# asyncgrep: ignore[A1]\n";

	(void)state;
	assert_days("open(p)  # noqa\n", 7, DAY_MIN, DAY_MAX);
	assert_days(text, 10, DAY_MIN, 10);
	assert_days(text, 11, 11, 20);
	assert_days(text, 20, 11, 20);
	assert_days(text, 21, 21, DAY_MAX);
}

static void assert_reason(const char *comment, const char *reason)
{
	struct suppress suppress;
	struct pyfile file;

	load(&file, comment, strlen(comment));
	suppress_init(&suppress, &file, 0);
	suppress_read(&suppress);
	assert_int_equal(suppress.nr_items, 1);
	if (suppress.items[0].reason_end - suppress.items[0].reason_start != strlen(reason) ||
	    memcmp(file.source.bytes + suppress.items[0].reason_start, reason, strlen(reason)) != 0)
		fail_msg("%s: the reason is '%.*s'", comment,
			 (int)(suppress.items[0].reason_end - suppress.items[0].reason_start),
			 file.source.bytes + suppress.items[0].reason_start);
	suppress_release(&suppress);
	pyfile_release(&file);
}

static void test_suppress__reasons(void **state)
{
	(void)state;
	assert_reason("# asyncgrep: ignore[AG1] twelve bytes  ", "twelve bytes");
	assert_reason("# asyncgrep: ignore[AG1]: see #123", "see #123");
	assert_reason("# asyncgrep: ignore[AG1] -- [sic] (small)", "[sic] (small)");
	assert_reason("# asyncgrep: ignore[AG1 small, until=2030-01-01] \xC3\xA9t\xC3\xA9", "\xC3\xA9t\xC3\xA9");
	assert_reason("# asyncgrep: ignore[AG1]", "");
	assert_reason("# asyncgrep: ignore[AG1] ...", "");
	assert_reason("# asyncgrep: ignore[AG1]  # type: ignore", "");
	assert_reason("# asyncgrep: ignore[AG1] small #type: ignore", "small");
	assert_reason("# small: asyncgrep: # asyncgrep: ignore[AG1]", "");
	assert_reason("# noqa", "");
	assert_reason("# noqa: AG1, E501", "");
	assert_reason("# noqa : AG1, E501 small", "small");
	assert_reason("# noqa because", "because");
	assert_reason("# noqa: (small)", "(small)");
}

/* 100,000 findings and as many comments in one logical line, and ignores that never close: seconds if quadratic. */
static void test_suppress__is_linear(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct suppress suppress;
	struct pyfile file;

	(void)state;
	strbuf_addstr(&text, "x = [\n");
	for (int i = 0; i < 100000; i++)
		strbuf_addstr(&text, "open(p), # noqa: E501\n");
	strbuf_addstr(&text, "] # ");
	for (int i = 0; i < 100000; i++)
		strbuf_addstr(&text, "# asyncgrep: ignore[");
	load(&file, text.buf, text.len);
	suppress_init(&suppress, &file, 0);
	for (uint32_t i = 0; i < 100000; i++)
		assert_false(suppress_ask(&suppress, 6 + 22 * i, "AG101", aliases, 2)->hidden);
	suppress_release(&suppress);
	pyfile_release(&file);
	strbuf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_suppress__bare_noqa),
		cmocka_unit_test(test_suppress__lines),
		cmocka_unit_test(test_suppress__codes),
		cmocka_unit_test(test_suppress__capitals_alone_are_a_prefix),
		cmocka_unit_test(test_suppress__the_list_ends_at_another_word),
		cmocka_unit_test(test_suppress__aliases),
		cmocka_unit_test(test_suppress__ignore),
		cmocka_unit_test(test_suppress__ignore_above),
		cmocka_unit_test(test_suppress__words_and_blanks_are_unicode),
		cmocka_unit_test(test_suppress__remembers_what_hid),
		cmocka_unit_test(test_suppress__until),
		cmocka_unit_test(test_suppress__a_lapsed_one_is_known),
		cmocka_unit_test(test_suppress__days_on_which_the_answers_hold),
		cmocka_unit_test(test_suppress__reasons),
		cmocka_unit_test(test_suppress__is_linear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
