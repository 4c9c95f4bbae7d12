/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/strbuf.h"
#include "rule/ruleset.h"

static const char rules[] =
	"code: AB101\nname: first-rule\nprofile: core\naliases: [XX1, XX22]\nmessage: m\ncalls: open\n---\n"
	"code: AB102\nname: second-rule\nprofile: more\nmessage: m\nfind: {method: close, on: $there}\n---\n"
	"code: AB201\nname: third-rule\nprofile: quiet\naliases: XX22\nmessage: m\nfind: {like: [AB101, AB102]}\n---\n"
	"code: CD1\nname: fourth-rule\nprofile: nowhere\nmessage: m\nfind: {callee: {name: x}}\n---\n"
	"define: there\ntest: {name: [a, b]}\n---\n"
	"profile: core\n---\n"
	"profile: more\nincludes: [core]\n---\n"
	"profile: most\nincludes: [more, quiet]\n---\n"
	"profile: quiet\ndefault: false\nincludes: [most]\n";

static int load(struct ruleset *set)
{
	struct error err = { NULL };

	ruleset_init(set);
	if (ruleset_add(set, "r.yaml", rules, sizeof(rules) - 1, false, &err))
		fail_msg("%s", err.message);
	ruleset_compile(set);
	return 0;
}

static void assert_selected(const char *select, const char *ignore, const char *expected)
{
	struct ruleset set;
	struct strbuf codes = STRBUF_INIT;
	struct error err = { NULL };

	load(&set);
	if (ruleset_select(&set, select, ignore, &err))
		fail_msg("%s", err.message);
	for (size_t i = 0; i < set.nr; i++)
		if (set.rules[i]->selected)
			strbuf_addf(&codes, "%s ", set.rules[i]->code);
	assert_string_equal(codes.buf ? codes.buf : "", expected);
	strbuf_release(&codes);
	ruleset_release(&set);
}

static void assert_refused(const char *select, const char *ignore, const char *message)
{
	struct ruleset set;
	struct error err = { NULL };

	load(&set);
	assert_int_equal(ruleset_select(&set, select, ignore, &err), -1);
	assert_string_equal(err.message, message);
	error_release(&err);
	ruleset_release(&set);
}

static void test_ruleset__runs_what_is_on_by_default(void **state)
{
	(void)state;
	assert_selected(NULL, NULL, "AB101 AB102 CD1 ");
	assert_selected("default", NULL, "AB101 AB102 CD1 ");
	assert_selected("all", NULL, "AB101 AB102 AB201 CD1 ");
	assert_selected("", NULL, "");
}

static void test_ruleset__selects_by_code_prefix_name_and_alias(void **state)
{
	(void)state;
	assert_selected("AB101", NULL, "AB101 ");
	assert_selected("AB1", NULL, "AB101 AB102 ");
	assert_selected("AB", NULL, "AB101 AB102 AB201 ");
	assert_selected("third-rule", NULL, "AB201 ");
	assert_selected("XX1", NULL, "AB101 ");
	assert_selected("XX22", NULL, "AB101 AB201 ");
	assert_selected(" CD1,AB102\tthird-rule,", NULL, "AB102 AB201 CD1 ");
}

static void test_ruleset__selects_by_profile_and_what_it_includes(void **state)
{
	(void)state;
	assert_selected("core", NULL, "AB101 ");
	assert_selected("more", NULL, "AB101 AB102 ");
	assert_selected("most", NULL, "AB101 AB102 AB201 ");
	assert_selected("quiet", NULL, "AB101 AB102 AB201 "); /* round in a circle */
	assert_selected("nowhere", NULL, "CD1 ");             /* a rule's profile needs no document */
}

static void test_ruleset__ignores_last(void **state)
{
	(void)state;
	assert_selected(NULL, "AB1", "CD1 ");
	assert_selected("all", "more,third-rule", "CD1 ");
	assert_selected("AB101", "AB101", "");
	assert_selected("default,AB201", "XX1", "AB102 AB201 CD1 ");
}

static void test_ruleset__names_the_nearest_of_what_it_does_not_know(void **state)
{
	(void)state;
	assert_refused("AB103", NULL,
		       "'AB103' is no code, prefix of one, rule name, profile or alias; did you mean 'AB101'?");
	assert_refused("first-rul", NULL,
		       "'first-rul' is no code, prefix of one, rule name, profile or alias; did you mean 'first-rule'?");
	assert_refused(NULL, "cores", "'cores' is no code, prefix of one, rule name, profile or alias; did you mean 'core'?");
	assert_refused("AB101,mroe", NULL,
		       "'mroe' is no code, prefix of one, rule name, profile or alias; did you mean 'more'?");
	assert_refused("elephant", NULL,
		       "'elephant' is no code, prefix of one, rule name, profile or alias; see --list-rules");
}

static bool starts_at(const struct ruleset *set, const char *rule, const char *name)
{
	const struct rule *found = ruleset_find(set, rule);

	for (size_t i = 0; i < found->nr_triggers; i++)
		if (!strcmp(found->triggers[i].name, name))
			return found->has_triggers;
	return false;
}

static void test_ruleset__knows_where_a_rule_can_start(void **state)
{
	struct ruleset set;

	(void)state;
	load(&set);
	assert_true(starts_at(&set, "AB101", "open"));
	assert_false(starts_at(&set, "AB101", "close"));
	assert_true(starts_at(&set, "second-rule", "close"));
	assert_true(starts_at(&set, "AB201", "close"));
	assert_false(ruleset_find(&set, "CD1")->has_triggers);
	assert_null(ruleset_find(&set, "AB1"));
	ruleset_release(&set);
}

static void test_ruleset__takes_nothing_of_a_file_that_is_wrong(void **state)
{
	static const char wrong[] = "code: EF1\nmessage: m\ncalls: x\n---\ndefine: thing\nnames: a\n---\ncode: AB101\n";
	static const char right[] = "code: EF1\nmessage: m\ncalls: $thing\n---\ndefine: thing\nnames: a\n";
	struct ruleset set;
	struct error err = { NULL };

	(void)state;
	ruleset_init(&set);
	assert_int_equal(ruleset_add(&set, "r.yaml", rules, sizeof(rules) - 1, false, &err), 0);
	assert_int_equal(ruleset_add(&set, "w.yaml", wrong, sizeof(wrong) - 1, false, &err), -1);
	assert_string_equal(err.message, "w.yaml:8:7: the code AB101 is taken already, in r.yaml:1");
	error_release(&err);
	assert_int_equal(ruleset_add(&set, "x.yaml", right, sizeof(right) - 1, false, &err), 0);
	ruleset_compile(&set);
	assert_int_equal(set.nr, 5);
	ruleset_release(&set);
}

static void test_ruleset__gives_contexts_by_name(void **state)
{
	struct ruleset set;
	struct error err = { NULL };

	(void)state;
	load(&set);
	assert_int_equal(ruleset_context(&set, "async", &err)->kind, CONTEXT_ASYNC);
	assert_null(ruleset_context(&set, "asinc", &err));
	assert_string_equal(err.message, "unknown context 'asinc'; did you mean 'async'?");
	error_release(&err);
	assert_null(ruleset_context(&set, "there", &err)); /* a test */
	error_release(&err);
	ruleset_release(&set);
}

static void test_ruleset__adds_patterns_of_the_command_line(void **state)
{
	struct ruleset set;
	struct error err = { NULL };

	(void)state;
	load(&set);
	assert_int_equal(ruleset_add_pattern(&set, "db\\.(?<T>\\w+)", set.contexts[0], 2, &err), 0);
	assert_string_equal(set.rules[set.nr - 1]->code, "e2");
	assert_true(set.rules[set.nr - 1]->selected);
	assert_int_equal(ruleset_add_pattern(&set, "a(", set.contexts[0], 3, &err), -1);
	assert_string_equal(err.message, "-e 'a(': at character 3: missing closing parenthesis");
	error_release(&err);
	ruleset_release(&set);
}

static void test_ruleset__the_builtin_rules_are_right(void **state)
{
	struct ruleset set;
	struct error err = { NULL };
	size_t nr;

	(void)state;
	ruleset_init(&set);
	assert_int_equal(ruleset_add_builtin(&set, true, &err), 0);
	nr = set.nr;
	ruleset_compile(&set);
	assert_int_equal(set.nr, nr); /* none was left out */
	for (size_t i = 0; i < set.nr; i++) {
		assert_true(set.rules[i]->builtin);
		assert_non_null(set.rules[i]->samples);
		assert_int_not_equal(set.rules[i]->help[0], '\0');
		assert_string_not_equal(set.rules[i]->name, set.rules[i]->code);
	}
	ruleset_release(&set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ruleset__runs_what_is_on_by_default),
		cmocka_unit_test(test_ruleset__selects_by_code_prefix_name_and_alias),
		cmocka_unit_test(test_ruleset__selects_by_profile_and_what_it_includes),
		cmocka_unit_test(test_ruleset__ignores_last),
		cmocka_unit_test(test_ruleset__names_the_nearest_of_what_it_does_not_know),
		cmocka_unit_test(test_ruleset__knows_where_a_rule_can_start),
		cmocka_unit_test(test_ruleset__takes_nothing_of_a_file_that_is_wrong),
		cmocka_unit_test(test_ruleset__gives_contexts_by_name),
		cmocka_unit_test(test_ruleset__adds_patterns_of_the_command_line),
		cmocka_unit_test(test_ruleset__the_builtin_rules_are_right),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
