/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "scan/sieve.h"

/* How many places the rules leave of a text; -1: a name is renamed. rules are YAML, or NULL: the built-in ones. */
static int places_of(const char *rules, const char *text)
{
	struct sieve sieve = { .places = NULL };
	struct error err = { NULL };
	struct matcher *matcher;
	struct ruleset set;
	struct screen screen;
	int places;

	ruleset_init(&set);
	if (rules)
		assert_int_equal(ruleset_add(&set, "r.yaml", rules, strlen(rules), false, &err), 0);
	else
		assert_int_equal(ruleset_add_builtin(&set, false, &err), 0);
	ruleset_compile(&set);
	assert_int_equal(ruleset_select(&set, NULL, NULL, &err), 0);
	matcher = matcher_new(&set);
	screen_init(&screen, matcher, NULL, text, strlen(text));
	sieve_fill(&sieve, &screen);
	places = sieve.nr_renames ? -1 : (int)sieve.nr;
	sieve_release(&sieve);
	screen_release(&screen);
	matcher_free(matcher);
	ruleset_release(&set);
	return places;
}

static int places_in(const char *text)
{
	return places_of(NULL, text);
}

static void test_sieve__keeps_names_that_start_a_rule(void **state)
{
	(void)state;
	assert_int_equal(places_in("async def f():\n    open(x)\n"), 1);
	assert_int_equal(places_in("async def f():\n    reopen(x), opening(x), print(x)\n"), 0);
	assert_int_equal(places_in("open(async)"), 1);
}

static void test_sieve__needs_the_package_of_a_name(void **state)
{
	(void)state;
	assert_int_equal(places_in("async def f():\n    joblib.load(x)\n"), 1);
	assert_int_equal(places_in("async def f():\n    loader.load(x)\n"), 0);
}

/* Names of any length, wherever they begin. */
static void test_sieve__keeps_short_names(void **state)
{
	static const char *const names[] = { "f", "fn", "run", "call", "calls", "a_long_name" };
	static const char *const before[] = { ".", "x.", "x . ", "(y).", "\xC3\xA4.\n", "#.\n" };
	char rules[200], text[100];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		snprintf(rules, sizeof(rules),
			 "code: A1\nname: n\nprofile: p\nmessage: m\ncontext: any\nfind: {method: %s}\n---\nprofile: p\n",
			 names[i]);
		for (size_t k = 0; k < ARRAY_SIZE(before); k++) {
			snprintf(text, sizeof(text), "%s%s(1)", before[k], names[i]);
			assert_int_equal(places_of(rules, text), 1);
			snprintf(text, sizeof(text), "%sx%s(1)", before[k], names[i]);
			assert_int_equal(places_of(rules, text), 0);
			snprintf(text, sizeof(text), "%s\xC3\xA4%s(1)", before[k], names[i]);
			assert_int_equal(places_of(rules, text), 0);
		}
	}
}

static void test_sieve__steps_over_layout_and_comments(void **state)
{
	(void)state;
	assert_int_equal(places_in("async; open \t(x); (open)(x)"), 2);
	assert_int_equal(places_in("async; (open # print\n (x))"), 1);
	assert_int_equal(places_in("async; (open\n (x)); foo = (\n(1, 2))"), 1);
}

static void test_sieve__sees_names_that_get_another(void **state)
{
	(void)state;
	assert_int_equal(places_in("async\nfrom os import open as o\no(x)\n"), -1);
	assert_int_equal(places_in("async\nfrom os import (open # why\n  as o)\no(x)\n"), -1);
	assert_int_equal(places_in("async\nwith f as open: has = 1\n"), 0);
}

/* Wherever the block of 64 bytes ends. */
static void test_sieve__looks_across_blocks(void **state)
{
	char text[200];

	(void)state;
	for (size_t at = 6; at < 140; at++) {
		memset(text, ' ', sizeof(text));
		memcpy(text, "async\n", 6);
		memcpy(text + at, "open(x)", 8);
		assert_int_equal(places_in(text), 1);
		memcpy(text + at, "open as x", 10);
		assert_int_equal(places_in(text), -1);
	}
}

/* The call of a method has a dot; a comment may hide it. */
static void test_sieve__needs_a_dot_before_a_method(void **state)
{
	static const char rules[] =
		"code: A1\nname: n\nprofile: p\nmessage: m\ncontext: any\nfind: {method: f}\n---\nprofile: p\n";

	(void)state;
	assert_int_equal(places_of(rules, "f(1)"), 0);
	assert_int_equal(places_of(rules, "def f(x): pass"), 0);
	assert_int_equal(places_of(rules, "x, f(1)"), 0);
	assert_int_equal(places_of(rules, "x . \\\n f(1)"), 1);
	assert_int_equal(places_of(rules, "(x. # why\nf(1))"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sieve__keeps_names_that_start_a_rule),
		cmocka_unit_test(test_sieve__needs_the_package_of_a_name),
		cmocka_unit_test(test_sieve__keeps_short_names),
		cmocka_unit_test(test_sieve__needs_a_dot_before_a_method),
		cmocka_unit_test(test_sieve__steps_over_layout_and_comments),
		cmocka_unit_test(test_sieve__sees_names_that_get_another),
		cmocka_unit_test(test_sieve__looks_across_blocks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
