/* SPDX-License-Identifier: MIT */
#include "base/common.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>

#include "base/alloc.h"
#include "report/message.h"
#include "report/report.h"
#include "rule/rule.h"
#include "scan/finding.h"

static const struct rule rule = {
	.code = "T1", .name = "test-rule", .severity = SEVERITY_ERROR,
	.profile = "user", .message = "`{x}` may hang", .help = "Do it the other way.\nBecause.",
};
static const struct rule soft_rule = {
	.code = "T2", .name = "soft", .severity = SEVERITY_WARNING, .profile = "user", .message = "", .help = "",
};

/* A finding in line 3, column 9 of "        await t": `t`, cancelled in line 1. */
static struct finding *add_finding(struct finding_list *list, const struct rule *of)
{
	struct finding *finding = finding_add(list);

	finding->rule = of;
	finding->message = xstrdup("`t` may hang");
	finding->function = xstrdup("C.stop");
	finding->identity = (struct finding_identity){ .text = xstrdup("await t"), .ordinal = 1, .line_ordinal = 1 };
	finding->place = (struct finding_place){
		.line = 3, .column = 9, .byte_column = 9, .end_line = 3, .end_column = 16, .end_byte_column = 16,
		.text = xstrdup("await t"), .lines = xstrdup("        await t"), .lines_len = 15,
	};
	return finding;
}

static void add_second(struct finding *finding)
{
	finding->second_note = xstrdup("cancelled here");
	finding->second = (struct finding_place){
		.line = 1, .column = 5, .byte_column = 5, .end_line = 1, .end_column = 13, .end_byte_column = 13,
		.text = xstrdup("t.cancel"), .lines = xstrdup("    t.cancel()"), .lines_len = 14,
	};
	finding->captures = xcalloc(1, sizeof(*finding->captures));
	finding->captures[0].name = xstrdup("task");
	finding->captures[0].text = xstrdup("t");
	finding->nr_captures = 1;
}

/* The report of one file; to be freed. */
static char *report_of(const char *format, bool color, const char *path, struct finding_list *list)
{
	struct report_options options = { .color = color };
	struct report report;
	char *text;

	report_begin(&report, report_format_find(format), &options, NULL);
	assert_int_equal(report_file(&report, path, list), 0);
	assert_int_equal(report_end(&report, true), 0);
	text = xmemdupz(report.text.buf, report.text.len);
	report_release(&report);
	finding_list_release(list);
	return text;
}

static void assert_report(const char *format, bool color, const char *path, struct finding_list *list,
			  const char *expected)
{
	char *text = report_of(format, color, path, list);

	assert_string_equal(text, expected);
	free(text);
}

/* -- the table */

static void test_report__formats_are_found_by_name(void **state)
{
	(void)state;
	for (size_t i = 0; report_format_at(i); i++) {
		assert_ptr_equal(report_format_find(report_format_at(i)->name), report_format_at(i));
		assert_true(*report_format_at(i)->help);
	}
	assert_null(report_format_find("nonsense"));
}

static void test_report__no_findings_print_nothing(void **state)
{
	static const char *const names[] = { "full", "text", "json" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		struct finding_list list = { 0 };

		assert_report(names[i], true, "a.py", &list, "");
	}
}

static void test_report__suppressed_findings_are_left_out_or_marked(void **state)
{
	(void)state;
	for (size_t i = 0; report_format_at(i); i++) {
		const struct report_format *format = report_format_at(i);
		struct finding_list none = { 0 }, list = { 0 };
		char *clean = report_of(format->name, false, "a.py", &none), *text;

		add_finding(&list, &rule)->suppressed = true;
		text = report_of(format->name, false, "a.py", &list);
		if (format->needs & REPORT_SUPPRESSED)
			assert_non_null(strstr(text, "suppress"));
		else
			assert_string_equal(text, clean);
		free(clean);
		free(text);
	}
}

static void test_report__writes_to_a_file_and_notes_failure(void **state)
{
	struct report_options options = { 0 };
	struct finding_list list = { 0 };
	struct report report;
	FILE *full = fopen("/dev/full", "w");

	(void)state;
	add_finding(&list, &rule);
	assert_non_null(full);
	report_begin(&report, report_format_find("text"), &options, full);
	report_file(&report, "a.py", &list);
	assert_int_equal(report_end(&report, true), -1);
	fclose(full);
	finding_list_release(&list);
}

static void test_report__colour_by_environment(void **state)
{
	FILE *null = fopen("/dev/null", "w");

	(void)state;
	unsetenv("NO_COLOR");
	unsetenv("CLICOLOR_FORCE");
	assert_false(report_wants_color(COLOR_AUTO, null));
	assert_true(report_wants_color(COLOR_ALWAYS, null));
	setenv("CLICOLOR_FORCE", "0", 1);
	assert_false(report_wants_color(COLOR_AUTO, null));
	setenv("CLICOLOR_FORCE", "1", 1);
	assert_true(report_wants_color(COLOR_AUTO, null));
	assert_false(report_wants_color(COLOR_NEVER, null));
	setenv("NO_COLOR", "1", 1);
	assert_false(report_wants_color(COLOR_AUTO, null));
	assert_true(report_wants_color(COLOR_ALWAYS, null));
	unsetenv("NO_COLOR");
	unsetenv("CLICOLOR_FORCE");
	fclose(null);
}

/* -- text */

static void test_report__text_is_a_line_a_finding(void **state)
{
	struct finding_list list = { 0 };

	(void)state;
	add_second(add_finding(&list, &rule));
	add_finding(&list, &soft_rule);
	assert_report("text", false, "src/a.py", &list,
		      "src/a.py:3:9: error: T1 `t` may hang (cancelled in line 1)\n"
		      "src/a.py:3:9: warning: T2 `t` may hang\n");
}

static void test_report__text_keeps_its_lines_with_any_path(void **state)
{
	struct finding_list list = { 0 };

	(void)state;
	add_finding(&list, &rule);
	assert_report("text", false, "a\n\033[1m\xFF .py", &list,
		      "a\\x0A\\x1B[1m\\xFF .py:3:9: error: T1 `t` may hang\n");
}

/* -- json */

static void test_report__json_keys_in_order(void **state)
{
	struct finding_list list = { 0 };

	(void)state;
	add_second(add_finding(&list, &rule));
	assert_report("json", true, "a.py", &list,
		      "{\"path\":\"a.py\",\"line\":3,\"column\":9,\"end_line\":3,\"end_column\":16,"
		      "\"code\":\"T1\",\"name\":\"test-rule\",\"severity\":\"error\","
		      "\"message\":\"`t` may hang\",\"function\":\"C.stop\",\"text\":\"await t\","
		      "\"captures\":{\"task\":\"t\"},"
		      "\"second\":{\"line\":1,\"column\":5,\"end_line\":1,\"end_column\":13,"
		      "\"message\":\"cancelled here\",\"text\":\"t.cancel\"}}\n");
}

static void test_report__json_without_function_and_second(void **state)
{
	struct finding_list list = { 0 };
	struct finding *finding = add_finding(&list, &rule);
	json_t *object;
	char *text;

	(void)state;
	free(finding->function);
	finding->function = NULL;
	text = report_of("json", false, "a.py", &list);
	object = json_loads(text, 0, NULL);
	assert_true(json_is_null(json_object_get(object, "function")));
	assert_null(json_object_get(object, "second"));
	assert_int_equal(json_object_size(json_object_get(object, "captures")), 0);
	json_decref(object);
	free(text);
}

static void test_report__json_of_bytes_that_are_no_utf8(void **state)
{
	static const char *const paths[][2] = {
		{ "\xFF", "/w==" }, { "\xFF" "a", "/2E=" }, { "\xFF" "ab", "/2Fi" }, { "\xFF\nab", "/wphYg==" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
		struct finding_list list = { 0 };
		struct finding *finding = add_finding(&list, &rule);
		json_t *object;
		char *text;

		free(finding->place.text);
		finding->place.text = xstrdup("'\xE9\"\n'");
		text = report_of("json", false, paths[i][0], &list);
		object = json_loads(text, 0, NULL);
		assert_non_null(object);
		assert_int_equal(strcspn(text, "\n"), strlen(text) - 1);
		assert_memory_equal(json_string_value(json_object_get(object, "path")), "\xEF\xBF\xBD", 3);
		assert_string_equal(json_string_value(json_object_get(object, "path_base64")), paths[i][1]);
		assert_string_equal(json_string_value(json_object_get(object, "text")), "'\xEF\xBF\xBD\"\n'");
		json_decref(object);
		free(text);
	}
}

/* -- full */

static void test_report__full_shows_both_places(void **state)
{
	struct finding_list list = { 0 };

	(void)state;
	add_second(add_finding(&list, &rule));
	assert_report("full", false, "a.py", &list,
		      "error[T1]: `t` may hang\n"
		      " --> a.py:3:9 in C.stop\n"
		      "  |\n"
		      "1 |     t.cancel()\n"
		      "  |     -------- cancelled here\n"
		      "...\n"
		      "3 |         await t\n"
		      "  |         ^^^^^^^ test-rule\n"
		      "  = help: Do it the other way.\n"
		      "\n");
}

static void test_report__full_in_colour_ends_each_colour(void **state)
{
	struct finding_list list = { 0 };
	char *text;
	size_t open = 0, closed = 0;

	(void)state;
	add_second(add_finding(&list, &rule));
	text = report_of("full", true, "a.py", &list);
	for (const char *at = text; (at = strchr(at, '\033')); at++) {
		bool is_reset = !strncmp(at, "\033[0m", 4);

		open += !is_reset;
		closed += is_reset;
	}
	assert_in_range(open, 5, 100);
	assert_in_range(closed, open - 1, open); /* the title's two colours share one end */
	free(text);
}

static void test_report__full_lets_no_control_byte_through(void **state)
{
	struct finding_list list = { 0 };
	struct finding *finding = add_finding(&list, &rule);
	char *text;

	(void)state;
	free(finding->message);
	finding->message = xstrdup("`\033]0;x\a`");
	free(finding->function);
	finding->function = xstrdup("\xC2\x9B");
	finding->place.lines[0] = '\033';
	text = report_of("full", false, "a\033[2J.py", &list);
	for (const char *at = text; *at; at++)
		assert_true(*at == '\n' || (unsigned char)*at >= 0x20);
	assert_null(strstr(text, "\xC2\x9B"));
	free(text);
}

static void test_report__full_of_a_span_of_several_lines(void **state)
{
	struct finding_list list = { 0 };
	struct finding *finding = add_finding(&list, &soft_rule);

	(void)state;
	free(finding->function);
	finding->function = NULL;
	finding->place.end_line = 5;
	finding->place.end_byte_column = 2;
	assert_report("full", false, "a.py", &list,
		      "warning[T2]: `t` may hang\n"
		      " --> a.py:3:9\n"
		      "  |\n"
		      "3 |         await t\n"
		      "  |         ^^^^^^^ soft\n"
		      "\n");
}

static void assert_message(const char *note, const char *expected)
{
	struct finding finding = { .message = (char *)"it blocks", .second_note = (char *)note, .second = { .line = 12 } };
	char *message = message_with_place(&finding);

	assert_string_equal(message, expected);
	free(message);
}

static void test_report__message_says_where_the_second_place_is(void **state)
{
	(void)state;
	assert_message(NULL, "it blocks");
	assert_message("a path since here", "it blocks (a path since line 12)");
	assert_message("cancelled here", "it blocks (cancelled in line 12)");
	assert_message("here", "it blocks (line 12: here)");
	assert_message("from there", "it blocks (line 12: from there)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_report__formats_are_found_by_name),
		cmocka_unit_test(test_report__no_findings_print_nothing),
		cmocka_unit_test(test_report__suppressed_findings_are_left_out_or_marked),
		cmocka_unit_test(test_report__writes_to_a_file_and_notes_failure),
		cmocka_unit_test(test_report__colour_by_environment),
		cmocka_unit_test(test_report__text_is_a_line_a_finding),
		cmocka_unit_test(test_report__message_says_where_the_second_place_is),
		cmocka_unit_test(test_report__text_keeps_its_lines_with_any_path),
		cmocka_unit_test(test_report__json_keys_in_order),
		cmocka_unit_test(test_report__json_without_function_and_second),
		cmocka_unit_test(test_report__json_of_bytes_that_are_no_utf8),
		cmocka_unit_test(test_report__full_shows_both_places),
		cmocka_unit_test(test_report__full_in_colour_ends_each_colour),
		cmocka_unit_test(test_report__full_lets_no_control_byte_through),
		cmocka_unit_test(test_report__full_of_a_span_of_several_lines),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
