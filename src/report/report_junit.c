/* SPDX-License-Identifier: MIT
 *
 * JUnit's XML: a suite a file, a failed test a finding. Without findings there is
 * one test, which passes, for readers take no tests at all for a mistake; a scan that
 * is incomplete has one with an error. The sums stand first, so all is kept until the end.
 */
#include "report/formats.h"

#include "base/alloc.h"
#include "report/xml.h"
#include "rule/rule.h"
#include "scan/finding.h"

struct junit {
	struct strbuf suites;
	size_t failures;
};

static void junit_begin(struct report *report)
{
	struct junit *junit = report->data = xcalloc(1, sizeof(*junit));

	strbuf_init(&junit->suites);
}

static void add_counts(struct strbuf *out, size_t tests, size_t failures, size_t errors)
{
	xml_add_number(out, "tests", tests);
	xml_add_number(out, "failures", failures);
	xml_add_number(out, "errors", errors);
}

/* Tests of one class have to differ in their names. */
static void add_name(struct strbuf *out, const struct finding *finding)
{
	strbuf_addstr(out, " name=\"");
	xml_add(out, finding->rule->code);
	strbuf_addch(out, ' ');
	xml_add(out, finding->rule->name);
	strbuf_addf(out, " %u:%u", finding->place.line, finding->place.column);
	if (finding->commit)
		strbuf_addf(out, " in %.12s", finding->commit);
	strbuf_addch(out, '"');
}

static void add_details(struct strbuf *out, const char *path, const struct finding *finding)
{
	size_t help = strcspn(finding->rule->help, "\n");

	xml_add(out, path);
	strbuf_addf(out, ":%u:%u", finding->place.line, finding->place.column);
	if (finding->function) {
		strbuf_addstr(out, " in ");
		xml_add(out, finding->function);
	}
	strbuf_addch(out, '\n');
	xml_add_part(out, finding->place.lines, finding->place.lines_len);
	strbuf_addch(out, '\n');
	if (finding->second_note) {
		xml_add(out, finding->second_note);
		strbuf_addf(out, ": line %u\n", finding->second.line);
	}
	if (help) {
		strbuf_addstr(out, "help: ");
		xml_add_part(out, finding->rule->help, help);
		strbuf_addch(out, '\n');
	}
}

static void add_test(struct strbuf *out, const char *path, const struct finding *finding)
{
	strbuf_addstr(out, "    <testcase");
	add_name(out, finding);
	xml_add_attribute(out, "classname", path);
	xml_add_attribute(out, "file", path);
	xml_add_number(out, "line", finding->place.line);
	strbuf_addstr(out, ">\n      <failure");
	xml_add_attribute(out, "type", severity_name(finding->rule->severity));
	xml_add_attribute(out, "message", finding->message);
	strbuf_addch(out, '>');
	add_details(out, path, finding);
	strbuf_addstr(out, "</failure>\n    </testcase>\n");
}

static void junit_file(struct report *report, const char *path, const struct finding_list *findings)
{
	struct junit *junit = report->data;
	struct strbuf tests = STRBUF_INIT;
	size_t nr = 0;

	for (size_t i = 0; i < findings->nr; i++) {
		if (findings->items[i].suppressed)
			continue;
		add_test(&tests, path, &findings->items[i]);
		nr++;
	}
	if (nr) {
		strbuf_addstr(&junit->suites, "  <testsuite");
		xml_add_attribute(&junit->suites, "name", path);
		add_counts(&junit->suites, nr, nr, 0);
		strbuf_addf(&junit->suites, ">\n%s  </testsuite>\n", tests.buf);
	}
	junit->failures += nr;
	strbuf_release(&tests);
}

/* A suite about the scan itself. */
static void add_own_suite(struct strbuf *out, const char *name, const char *error)
{
	strbuf_addstr(out, "  <testsuite name=\"asyncgrep\"");
	add_counts(out, 1, 0, error ? 1 : 0);
	strbuf_addf(out, ">\n    <testcase name=\"%s\" classname=\"asyncgrep\"", name);
	if (error)
		strbuf_addf(out, ">\n      <error message=\"%s\"/>\n    </testcase>\n", error);
	else
		strbuf_addstr(out, "/>\n");
	strbuf_addstr(out, "  </testsuite>\n");
}

static void junit_end(struct report *report, bool complete)
{
	struct junit *junit = report->data;
	size_t others = !complete || !junit->failures;
	struct strbuf *out = &report->text;

	strbuf_addstr(out, xml_declaration);
	strbuf_addstr(out, "<testsuites name=\"asyncgrep\"");
	add_counts(out, junit->failures + others, junit->failures, !complete);
	strbuf_addf(out, ">\n%s", junit->suites.buf);
	if (!complete)
		add_own_suite(out, "complete", "not everything could be scanned; standard error says why");
	else if (!junit->failures)
		add_own_suite(out, "no findings", NULL);
	strbuf_addstr(out, "</testsuites>\n");
	strbuf_release(&junit->suites);
	free(junit);
}

const struct report_format report_junit = {
	.name = "junit",
	.help = "JUnit XML, a failed test a finding",
	.needs = REPORT_FULL_PATH,
	.begin = junit_begin,
	.file = junit_file,
	.end = junit_end,
};
