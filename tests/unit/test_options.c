/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/strbuf.h"
#include "cli/option_table.h"
#include "cli/options.h"
#include "cli/options_help.h"
#include "rule/rule.h"

#define MAX_WORDS 16

/* Splits at blanks, as a shell would. */
static int parse(struct options *options, const char *line, struct error *err)
{
	static char words[256];
	char *argv[MAX_WORDS] = { words };
	int argc = 0;

	snprintf(words, sizeof(words), "asyncgrep %s", line);
	for (char *at = words; at && argc < MAX_WORDS; argc++) {
		argv[argc] = at;
		at = strchr(at, ' ');
		if (at)
			*at++ = '\0';
	}
	return options_parse(options, argc, argv, err);
}

static struct options parsed(const char *line)
{
	struct options options;
	struct error err = { 0 };

	if (parse(&options, line, &err) < 0)
		fail_msg("%s: %s", line, err.message);
	return options;
}

static void assert_refused(const char *line, const char *part)
{
	struct options options;
	struct error err = { 0 };

	assert_int_equal(parse(&options, line, &err), -1);
	assert_non_null(err.message);
	if (!strstr(err.message, part))
		fail_msg("%s: '%s' does not say '%s'", line, err.message, part);
	error_release(&err);
	options_release(&options);
}

/* -- the table */

static void test_options__rows_are_whole(void **state)
{
	(void)state;
	assert_true(option_table_nr <= OPTIONS_MAX);
	for (size_t i = 0; i < option_table_nr; i++) {
		const struct option *option = &option_table[i];
		bool takes = option->type >= OPTION_CHOICE;

		assert_true(option->long_name || option->short_name);
		assert_true(option->group < OPTION_GROUP_NR);
		assert_true(option->help ? *option->help : option->choice != NULL);
		assert_true(*option->long_help);
		assert_int_equal(takes, option->argument && *option->argument);
		assert_int_equal(option->type == OPTION_CHOICE, option->choice != NULL);
		assert_false(option->type == OPTION_ACTION && !option->action && !option->target);
		assert_int_equal(option->long_help[strlen(option->long_help) - 1], '.');
		/* OPTION_NUMBER has no word for "not given". */
		if (option->flags & OPTION_NEGATABLE)
			assert_true(option->type != OPTION_NUMBER);
		if (option->flags & OPTION_IN_FILE)
			assert_true(option->long_name && option->type != OPTION_ACTION && option->type != OPTION_SET);
		/* --show-config has to say what holds where nothing is set. */
		if (option->flags & OPTION_IN_FILE && (option->type == OPTION_NUMBER || option->type == OPTION_WORDS))
			assert_true(option->unset && *option->unset);
	}
}

static void test_options__names_are_unique(void **state)
{
	(void)state;
	for (size_t i = 0; i < option_table_nr; i++)
		for (size_t k = 0; k < i; k++) {
			const struct option *a = &option_table[i], *b = &option_table[k];

			assert_false(a->short_name && a->short_name == b->short_name);
			assert_false(a->long_name && b->long_name && !strcmp(a->long_name, b->long_name));
		}
}

static void test_options__each_target_has_one(void **state)
{
	static const enum target_kind kinds[] = {
#define KIND(kind, open, origin) TARGET_##kind,
		TARGET_KINDS(KIND)
#undef KIND
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		size_t rows = 0;

		for (size_t k = 0; k < option_table_nr; k++)
			rows += option_table[k].target && option_table[k].target == (int)kinds[i];
		assert_int_equal(rows, kinds[i] != TARGET_WORKTREE && kinds[i] != TARGET_STDIN);
	}
}

static void test_options__groups_are_runs(void **state)
{
	(void)state;
	for (size_t i = 1; i < option_table_nr; i++)
		assert_true(option_table[i].group >= option_table[i - 1].group);
}

/* -- parsing */

static void test_options__defaults(void **state)
{
	struct options options = parsed("--");

	(void)state;
	assert_int_equal(options.action, ACTION_SCAN);
	assert_int_equal(options.target.kind, TARGET_WORKTREE);
	assert_int_equal(options.target.nr_paths, 0);
	assert_int_equal(options.format, -1);
	assert_int_equal(options.color, COLOR_AUTO);
	assert_int_equal(options.fail_on, SEVERITY_INFO);
	assert_int_equal(options.jobs, 0);
	assert_null(options.select);
	options_release(&options);
}

static void test_options__arguments_in_four_spellings(void **state)
{
	static const char *const lines[] = { "-j4", "-j 4", "--jobs=4", "--jobs 4", "-qj4", "-j 7 -j4" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		struct options options = parsed(lines[i]);

		assert_int_equal(options.jobs, 4);
		options_release(&options);
	}
}

static void test_options__short_ones_combine(void **state)
{
	struct options options = parsed("-qve a\\(");

	(void)state;
	assert_true(options.quiet && options.verbose);
	assert_int_equal(options.expressions.nr, 1);
	assert_string_equal(options.expressions.items[0], "a\\(");
	options_release(&options);
}

static void test_options__lists_add_up(void **state)
{
	struct options options = parsed("--select AG1,AG2 --select=blocking --ignore AG9 --patterns a --patterns b");

	(void)state;
	assert_string_equal(options.select, "AG1,AG2,blocking");
	assert_string_equal(options.ignore, "AG9");
	assert_int_equal(options.patterns.nr, 2);
	assert_string_equal(options.patterns.items[1], "b");
	options_release(&options);
}

static void test_options__no_undoes(void **state)
{
	struct options options = parsed("--staged --no-staged -q --no-quiet --select A --no-select "
					"--patterns x --no-patterns --no-suppress --suppress --no-color");

	(void)state;
	assert_int_equal(options.target.kind, TARGET_WORKTREE);
	assert_false(options.quiet);
	assert_null(options.select);
	assert_int_equal(options.patterns.nr, 0);
	assert_false(options.no_suppress);
	assert_int_equal(options.color, COLOR_NEVER);
	options_release(&options);
}

static void test_options__choices(void **state)
{
	struct options options = parsed("--format json --color=always --fail-on never");

	(void)state;
	assert_string_equal(report_format_at((size_t)options.format)->name, "json");
	assert_int_equal(options.color, COLOR_ALWAYS);
	assert_int_equal(options.fail_on, FAIL_ON_NEVER);
	options_release(&options);
	options = parsed("--fail-on warning");
	assert_int_equal(options.fail_on, SEVERITY_WARNING);
	options_release(&options);
}

static void test_options__paths_and_options_mix(void **state)
{
	struct options options = parsed("src --staged tests -- -q --");

	(void)state;
	assert_int_equal(options.target.kind, TARGET_STAGED);
	assert_int_equal(options.target.nr_paths, 4);
	assert_string_equal(options.target.paths[1], "tests");
	assert_string_equal(options.target.paths[2], "-q");
	assert_string_equal(options.target.paths[3], "--");
	assert_false(options.quiet);
	options_release(&options);
}

static void test_options__stdin(void **state)
{
	struct options options = parsed("- --stdin-name x.py");

	(void)state;
	assert_int_equal(options.target.kind, TARGET_STDIN);
	assert_string_equal(options.target.stdin_name, "x.py");
	options_release(&options);
	options = parsed("-- -");
	assert_int_equal(options.target.kind, TARGET_WORKTREE);
	assert_string_equal(options.target.paths[0], "-");
	options_release(&options);
}

static void test_options__no_index_means_here(void **state)
{
	struct options options = parsed("--no-index");

	(void)state;
	assert_int_equal(options.target.kind, TARGET_FILES);
	assert_int_equal(options.target.nr_paths, 1);
	assert_string_equal(options.target.paths[0], ".");
	options_release(&options);
}

static void test_options__actions(void **state)
{
	struct options options = parsed("--explain AG1");

	(void)state;
	assert_int_equal(options.action, ACTION_EXPLAIN);
	assert_string_equal(options.explain, "AG1");
	options_release(&options);
	options = parsed("--test-patterns a b");
	assert_int_equal(options.action, ACTION_TEST_PATTERNS);
	assert_int_equal(options.target.nr_paths, 2);
	options_release(&options);
	options = parsed("--dump=blocks a.py");
	assert_int_equal(options.action, ACTION_DUMP);
	assert_int_equal(options.dump, DUMP_BLOCKS);
	options_release(&options);
	options = parsed("--files -z");
	assert_int_equal(options.action, ACTION_LIST_FILES);
	assert_true(options.nul);
	options_release(&options);
}

static void test_options__help_ends_the_line(void **state)
{
	struct options options = parsed("--list-rules -h --bogus");

	(void)state;
	assert_int_equal(options.action, ACTION_HELP_SHORT);
	options_release(&options);
	options = parsed("--version --bogus");
	assert_int_equal(options.action, ACTION_VERSION);
	options_release(&options);
}

static void test_options__given(void **state)
{
	struct options options = parsed("--format=text -j1");

	(void)state;
	assert_true(options_given(&options, "format"));
	assert_true(options_given(&options, "jobs"));
	assert_false(options_given(&options, "color"));
	options_release(&options);
}

/* -- what is refused */

static void test_options__unknown_ones_name_the_nearest(void **state)
{
	(void)state;
	assert_refused("--stagd", "did you mean '--staged'");
	assert_refused("--formt=json", "did you mean '--format'");
	assert_refused("--list", "did you mean '--list-rules'");
	assert_refused("-staged", "did you mean '--staged'");
	assert_refused("--zzzzzzzzzz", "unknown option '--zzzzzzzzzz'; 'asyncgrep -h'");
	assert_refused("-qX", "unknown option '-X' in '-qX'");
	assert_refused("--no-stagd", "did you mean '--no-staged'");
	assert_refused("--no-explain", "unknown option");
	assert_refused("--dum", "unknown option '--dum'; 'asyncgrep -h'"); /* hidden ones are not offered */
}

static void test_options__arguments_are_checked(void **state)
{
	(void)state;
	assert_refused("--select", "'--select' needs an argument: LIST");
	assert_refused("-qj", "'-j' needs an argument: N");
	assert_refused("--quiet=yes", "'--quiet' takes no argument");
	assert_refused("--select=,", "empty LIST");
	assert_refused("--patterns=", "empty PATH");
	assert_refused("-j0", "a number from 1 to 1024, not '0'");
	assert_refused("-j 4x", "not '4x'");
	assert_refused("-j 99999999999999999999", "a number from 1");
	assert_refused("--color=no", "there are: auto, always, never");
	assert_refused("--fail-on bad", "there are: info, warning, error, never");
}

static void test_options__what_does_not_go_together(void **state)
{
	(void)state;
	assert_refused("--staged --no-index x", "'--staged' and '--no-index' cannot be used together");
	assert_refused("--rev v1 --cached", "'--rev' and '--cached' cannot be used together");
	assert_refused("--history --pre-push", "'--history' and '--pre-push' cannot be used together");
	assert_refused("--staged -", "cannot be used with '--staged'");
	assert_refused("- --staged", "'-' and '--staged' cannot be used together");
	assert_refused("- --rev v1", "'-' and '--rev' cannot be used together");
	assert_refused("--hook --changed-lines --rev v1", "'--hook' and '--rev' cannot be used together");
	assert_refused("- x.py", "'x.py' cannot be scanned in one run");
	assert_refused("--stdin-name x", "'--stdin-name' needs '-'");
	assert_refused("--staged --untracked", "cannot be used with '--staged'");
	assert_refused("--in any", "there is no '-e'");
	assert_refused("-z --format json", "'-z'");
	assert_refused("--list-rules --files", "use one of them");
	assert_refused("src  tests", "an empty path");
	assert_refused("--list-rules src", "'src': no path is expected");
}

/* -- texts */

static void test_options__short_help_fits_a_screen(void **state)
{
	struct strbuf help = STRBUF_INIT;
	size_t lines = 0;

	(void)state;
	options_help_short(&help);
	for (const char *at = help.buf; *at; at += strcspn(at, "\n") + 1, lines++)
		assert_true(strcspn(at, "\n") < 80);
	assert_in_range(lines, 15, 23);
	strbuf_release(&help);
}

static void test_options__help_says_all(void **state)
{
	struct strbuf help = STRBUF_INIT;

	(void)state;
	options_help(&help);
	for (size_t i = 0; i < option_table_nr; i++) {
		char name[64];

		if (!option_table[i].long_name)
			continue;
		snprintf(name, sizeof(name), "  --%s%s%s\n", option_table[i].long_name,
			 option_table[i].argument ? " " : "",
			 option_table[i].argument ? option_table[i].argument : "");
		if (option_table[i].flags & OPTION_NEGATABLE)
			name[strlen(name) - 1] = ',';
		if (option_table[i].short_name)
			assert_non_null(strstr(help.buf, name + 2));
		else
			assert_int_equal(strstr(help.buf, name) == NULL, option_table[i].flags & OPTION_HIDDEN ? 1 : 0);
	}
	for (const char *at = help.buf; *at; at += strcspn(at, "\n") + 1)
		assert_true(strcspn(at, "\n") <= 80);
	strbuf_release(&help);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_options__rows_are_whole),
		cmocka_unit_test(test_options__names_are_unique),
		cmocka_unit_test(test_options__each_target_has_one),
		cmocka_unit_test(test_options__groups_are_runs),
		cmocka_unit_test(test_options__defaults),
		cmocka_unit_test(test_options__arguments_in_four_spellings),
		cmocka_unit_test(test_options__short_ones_combine),
		cmocka_unit_test(test_options__lists_add_up),
		cmocka_unit_test(test_options__no_undoes),
		cmocka_unit_test(test_options__choices),
		cmocka_unit_test(test_options__paths_and_options_mix),
		cmocka_unit_test(test_options__stdin),
		cmocka_unit_test(test_options__no_index_means_here),
		cmocka_unit_test(test_options__actions),
		cmocka_unit_test(test_options__help_ends_the_line),
		cmocka_unit_test(test_options__given),
		cmocka_unit_test(test_options__unknown_ones_name_the_nearest),
		cmocka_unit_test(test_options__arguments_are_checked),
		cmocka_unit_test(test_options__what_does_not_go_together),
		cmocka_unit_test(test_options__short_help_fits_a_screen),
		cmocka_unit_test(test_options__help_says_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
