/* SPDX-License-Identifier: MIT
 *
 * A number for each rule and for each folder that has findings, most first:
 *
 *	   12  CODE1  name-of-the-rule  (2 suppressed)
 *	    4  CODE2  name-of-another
 *
 *	   10  app/
 *	    6  ./
 *
 * A rule or folder of which comments hide all has a 0.
 */
#include "report/statistics.h"

#include <uthash.h>

#include "base/alloc.h"
#include "report/json_text.h"
#include "report/path.h"
#include "rule/rule.h"
#include "scan/finding.h"

/* The numbers of a rule or of a folder. */
struct tally {
	char *key;               /* owned; the code, or the folder as "dir/" */
	const struct rule *rule; /* or NULL: a folder */
	size_t findings, suppressed, files;
	size_t last_file;        /* the number of the last file that was counted */
	UT_hash_handle hh;
};

struct statistics {
	struct tally *rules, *folders; /* hash tables */
	struct tally total;
	size_t nr_files;               /* that were reported */
};

static struct tally *tally_of(struct tally **table, const char *key, size_t len, const struct rule *rule)
{
	struct tally *tally;

	HASH_FIND(hh, *table, key, len, tally);
	if (tally)
		return tally;
	tally = xcalloc(1, sizeof(*tally));
	tally->key = xmemdupz(key, len);
	tally->rule = rule;
	HASH_ADD_KEYPTR(hh, *table, tally->key, len, tally);
	return tally;
}

static void count(struct tally *tally, const struct finding *finding, size_t file)
{
	if (finding->suppressed) {
		tally->suppressed++;
		return;
	}
	tally->findings++;
	tally->files += tally->last_file != file;
	tally->last_file = file;
}

static void statistics_begin(struct report *report)
{
	report->data = xcalloc(1, sizeof(struct statistics));
}

static void statistics_file(struct report *report, const char *path, const struct finding_list *findings)
{
	struct statistics *statistics = report->data;
	const char *slash = strrchr(path, '/');
	struct tally *folder;

	if (!findings->nr)
		return;
	statistics->nr_files++;
	folder = slash ? tally_of(&statistics->folders, path, (size_t)(slash + 1 - path), NULL) :
		tally_of(&statistics->folders, "./", 2, NULL);
	for (size_t i = 0; i < findings->nr; i++) {
		const struct finding *finding = &findings->items[i];
		const char *code = finding->rule->code;

		count(tally_of(&statistics->rules, code, strlen(code), finding->rule), finding, statistics->nr_files);
		count(folder, finding, statistics->nr_files);
		count(&statistics->total, finding, statistics->nr_files);
	}
}

static int most_first(const struct tally *a, const struct tally *b)
{
	if (a->findings != b->findings)
		return a->findings < b->findings ? 1 : -1;
	return strcmp(a->key, b->key);
}

static void free_tallies(struct tally *table)
{
	struct tally *tally, *next;

	HASH_ITER(hh, table, tally, next) {
		HASH_DEL(table, tally);
		free(tally->key);
		free(tally);
	}
}

/* Puts both tables in order. */
static struct statistics *finish(struct report *report)
{
	struct statistics *statistics = report->data;

	HASH_SORT(statistics->rules, most_first);
	HASH_SORT(statistics->folders, most_first);
	return statistics;
}

static void release(struct statistics *statistics)
{
	free_tallies(statistics->rules);
	free_tallies(statistics->folders);
	free(statistics);
}

/* -- for people */

#define LEAST_WIDTH 6

/* No number is wider than the total. */
static void add_number(struct report *report, size_t number)
{
	const struct statistics *statistics = report->data;
	int width = snprintf(NULL, 0, "%zu", statistics->total.findings);
	char digits[32];

	snprintf(digits, sizeof(digits), "%*zu", width > LEAST_WIDTH ? width : LEAST_WIDTH, number);
	report_add_colored(report, COLOR_LINE, digits);
	strbuf_addstr(&report->text, "  ");
}

static void end_line(struct report *report, const struct tally *tally)
{
	if (tally->suppressed)
		strbuf_addf(&report->text, "  (%zu suppressed)", tally->suppressed);
	strbuf_addch(&report->text, '\n');
}

static void add_rules(struct report *report, const struct tally *rules)
{
	const struct tally *tally;
	size_t width = 0, len;

	for (tally = rules; tally; tally = tally->hh.next) {
		len = strlen(tally->key);
		width = len > width ? len : width;
	}
	for (tally = rules; tally; tally = tally->hh.next) {
		add_number(report, tally->findings);
		strbuf_add_visible(&report->text, tally->key, strlen(tally->key));
		strbuf_addf(&report->text, "%*s", (int)(width - strlen(tally->key)) + 2, "");
		strbuf_add_visible(&report->text, tally->rule->name, strlen(tally->rule->name));
		end_line(report, tally);
	}
}

static void text_end(struct report *report, bool complete)
{
	struct statistics *statistics = finish(report);

	(void)complete;
	add_rules(report, statistics->rules);
	if (statistics->folders)
		strbuf_addch(&report->text, '\n');
	for (const struct tally *tally = statistics->folders; tally; tally = tally->hh.next) {
		add_number(report, tally->findings);
		report_add_path(report, tally->key, "");
		end_line(report, tally);
	}
	release(statistics);
}

/* -- for programs */

static void set_numbers(json_t *object, const struct tally *tally)
{
	json_set(object, "findings", json_integer((json_int_t)tally->findings));
	json_set(object, "suppressed", json_integer((json_int_t)tally->suppressed));
	json_set(object, "files", json_integer((json_int_t)tally->files));
}

static json_t *rule_of(const struct tally *tally)
{
	json_t *object = json_object();

	json_set_text(object, "code", tally->key);
	json_set_text(object, "name", tally->rule->name);
	json_set_text(object, "severity", severity_name(tally->rule->severity));
	set_numbers(object, tally);
	return object;
}

static json_t *folder_of(const struct tally *tally)
{
	json_t *object = json_object();

	json_set_text(object, "path", tally->key);
	set_numbers(object, tally);
	json_set_path_base64(object, tally->key);
	return object;
}

static void add_list(struct report *report, const char *key, const struct tally *table,
		     json_t *(*object_of)(const struct tally *tally))
{
	bool first = true;

	strbuf_addf(&report->text, ",\"%s\":[", key);
	for (const struct tally *tally = table; tally; tally = tally->hh.next)
		json_text_add_element(&report->text, object_of(tally), &first);
	strbuf_addstr(&report->text, "]");
}

static void json_end(struct report *report, bool complete)
{
	struct statistics *statistics = finish(report);
	json_t *total = json_object();

	set_numbers(total, &statistics->total);
	strbuf_addstr(&report->text, "{\"total\":");
	json_text_add(&report->text, total);
	strbuf_addf(&report->text, ",\"complete\":%s", complete ? "true" : "false");
	add_list(report, "rules", statistics->rules, rule_of);
	add_list(report, "folders", statistics->folders, folder_of);
	strbuf_addstr(&report->text, "}\n");
	release(statistics);
}

const struct report_format statistics_text = {
	.name = "statistics",
	.needs = REPORT_SUPPRESSED,
	.totals = true,
	.begin = statistics_begin,
	.file = statistics_file,
	.end = text_end,
};

const struct report_format statistics_json = {
	.name = "statistics",
	.needs = REPORT_SUPPRESSED,
	.totals = true,
	.begin = statistics_begin,
	.file = statistics_file,
	.end = json_end,
};
