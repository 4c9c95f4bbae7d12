/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "base/day.h"
#include "rule/ruleset.h"
#include "scan/finding_store.h"
#include "scan/scan.h"

static struct rule rules[] = { { .code = "T1", .index = 0 }, { .code = "T2", .index = 1 } };
static struct rule *rule_list[] = { &rules[0], &rules[1] };
static const struct ruleset set = { .rules = rule_list, .nr = 2 };

static struct finding_place place(uint32_t from)
{
	return (struct finding_place){ .line = from, .column = from + 1, .byte_column = from + 2, .end_line = from + 3,
				       .end_column = from + 4, .end_byte_column = from + 5, .text = xstrdup("a.b()"),
				       .lines = xmemdupz("x\0\xff y", 5), .lines_len = 5, .lines_from = from + 6,
				       .lines_cut = true };
}

/* Everything that there can be. */
static void add_full(struct finding_list *list)
{
	struct finding *finding = finding_add(list);

	finding->rule = &rules[1];
	finding->message = xstrdup("a message");
	finding->function = xstrdup("C.m");
	finding->place = place(10);
	finding->second_note = xstrdup("here");
	finding->second = place(40);
	finding->nr_captures = 2;
	finding->captures = xcalloc(2, sizeof(*finding->captures));
	finding->captures[0] = (struct finding_capture){ xstrdup("task"), xstrdup("t") };
	finding->captures[1] = (struct finding_capture){ xstrdup("empty"), xstrdup("") };
	finding->offset = 77;
	finding->identity = (struct finding_identity){ xstrdup("a.b()"), 3, 4, 5, UINT64_C(0x123456789abcdef0), 6 };
	finding->suppressed = true;
}

/* As little as there can be. */
static void add_bare(struct finding_list *list)
{
	struct finding *finding = finding_add(list);

	finding->rule = &rules[0];
	finding->message = xstrdup("");
}

static void assert_same_place(const struct finding_place *a, const struct finding_place *b)
{
	assert_memory_equal(a, b, offsetof(struct finding_place, text));
	assert_int_equal(!a->text, !b->text);
	if (a->text)
		assert_string_equal(a->text, b->text);
	assert_int_equal(a->lines_len, b->lines_len);
	assert_int_equal(!a->lines, !b->lines);
	if (a->lines)
		assert_memory_equal(a->lines, b->lines, a->lines_len + 1);
	assert_int_equal(a->lines_from, b->lines_from);
	assert_int_equal(a->lines_cut, b->lines_cut);
}

static void test_finding_store__gives_back_what_it_was_given(void **state)
{
	struct scan_facts facts = { 7, 8, 9, -10, 11 }, other;
	struct finding_list list = { 0 }, back = { 0 };
	struct strbuf bytes = STRBUF_INIT;
	const struct finding *a, *b;

	(void)state;
	add_full(&list);
	add_bare(&list);
	finding_store_write(&bytes, &list, &facts);
	assert_true(finding_store_read((struct text){ bytes.buf, bytes.len }, &set, &back, &other));
	assert_int_equal(other.suppressed, 7);
	assert_int_equal(other.broken_line, 8);
	assert_int_equal(other.broken_column, 9);
	assert_int_equal(other.first_day, -10);
	assert_int_equal(other.last_day, 11);
	assert_int_equal(back.nr, 2);
	a = &list.items[0];
	b = &back.items[0];
	assert_ptr_equal(b->rule, &rules[1]);
	assert_string_equal(b->message, a->message);
	assert_string_equal(b->function, a->function);
	assert_string_equal(b->second_note, a->second_note);
	assert_same_place(&a->place, &b->place);
	assert_same_place(&a->second, &b->second);
	assert_int_equal(b->nr_captures, 2);
	assert_string_equal(b->captures[0].name, "task");
	assert_string_equal(b->captures[0].text, "t");
	assert_string_equal(b->captures[1].name, "empty");
	assert_string_equal(b->captures[1].text, "");
	assert_int_equal(b->offset, 77);
	assert_string_equal(b->identity.text, a->identity.text);
	assert_int_equal(b->identity.ordinal, 3);
	assert_int_equal(b->identity.first_line, 4);
	assert_int_equal(b->identity.last_line, 5);
	assert_true(b->identity.line_hash == a->identity.line_hash);
	assert_int_equal(b->identity.line_ordinal, 6);
	assert_true(b->suppressed);
	b = &back.items[1];
	assert_ptr_equal(b->rule, &rules[0]);
	assert_string_equal(b->message, "");
	assert_null(b->function);
	assert_null(b->second_note);
	assert_null(b->identity.text);
	assert_null(b->place.lines);
	assert_int_equal(b->nr_captures, 0);
	assert_false(b->suppressed);
	finding_list_release(&list);
	finding_list_release(&back);
	strbuf_release(&bytes);
}

static void test_finding_store__nothing_takes_no_bytes(void **state)
{
	struct scan_facts facts = { .first_day = DAY_MIN, .last_day = DAY_MAX }, other = { .suppressed = 5 };
	struct finding_list list = { 0 };
	struct strbuf bytes = STRBUF_INIT;

	(void)state;
	finding_store_write(&bytes, &list, &facts);
	assert_int_equal(bytes.len, 0);
	assert_true(finding_store_read((struct text){ "", 0 }, &set, &list, &other));
	assert_int_equal(other.suppressed, 0);
	assert_int_equal(other.first_day, DAY_MIN);
	assert_int_equal(other.last_day, DAY_MAX);
	/* What the file is beside its findings is something. */
	facts.broken_line = 1;
	finding_store_write(&bytes, &list, &facts);
	assert_true(bytes.len > 0);
	strbuf_release(&bytes);
}

/* Under a sanitizer this finds reads behind the end, too. */
static void test_finding_store__refuses_what_is_cut_off_or_changed(void **state)
{
	struct scan_facts facts = { 1, 0, 0, DAY_MIN, DAY_MAX }, other;
	struct finding_list list = { 0 }, back = { 0 };
	struct strbuf bytes = STRBUF_INIT;
	char *copy;

	(void)state;
	add_full(&list);
	add_bare(&list);
	finding_store_write(&bytes, &list, &facts);
	for (size_t len = 1; len < bytes.len; len++) {
		copy = xmalloc(len);
		memcpy(copy, bytes.buf, len);
		assert_false(finding_store_read((struct text){ copy, len }, &set, &back, &other));
		assert_int_equal(back.nr, 0);
		free(copy);
	}
	/* A byte too many. */
	assert_false(finding_store_read((struct text){ bytes.buf, bytes.len + 1 }, &set, &back, &other));
	/* Whatever stands there, it is read to the end or refused. */
	for (size_t i = 0; i < bytes.len; i++) {
		copy = xmalloc(bytes.len);
		memcpy(copy, bytes.buf, bytes.len);
		copy[i] = '\xff';
		finding_store_read((struct text){ copy, bytes.len }, &set, &back, &other);
		finding_list_release(&back);
		free(copy);
	}
	finding_list_release(&list);
	strbuf_release(&bytes);
}

static void test_finding_store__refuses_a_rule_that_is_not_there(void **state)
{
	static const struct ruleset smaller = { .rules = rule_list, .nr = 1 };
	struct scan_facts facts = { 0, 0, 0, DAY_MIN, DAY_MAX };
	struct finding_list list = { 0 }, back = { 0 };
	struct strbuf bytes = STRBUF_INIT;

	(void)state;
	add_full(&list);
	finding_store_write(&bytes, &list, &facts);
	assert_false(finding_store_read((struct text){ bytes.buf, bytes.len }, &smaller, &back, &facts));
	assert_int_equal(back.nr, 0);
	finding_list_release(&list);
	strbuf_release(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_finding_store__gives_back_what_it_was_given),
		cmocka_unit_test(test_finding_store__nothing_takes_no_bytes),
		cmocka_unit_test(test_finding_store__refuses_what_is_cut_off_or_changed),
		cmocka_unit_test(test_finding_store__refuses_a_rule_that_is_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
