/* SPDX-License-Identifier: MIT
 *
 * --test-patterns: every rule against its own samples. A failure says which
 * it is: missing, noisy, or in the wrong place.
 */
#include "base/alloc.h"
#include "base/strbuf.h"
#include "cli/command.h"
#include "rule/regex.h"
#include "rule/yaml.h"
#include "scan/scan.h"

struct tally {
	size_t passed, failed;
};

/* Does the mark `# <- CODE, CODE@COLUMN` of a line name the rule; which column does it say (0: none)? */
static bool is_marked(const char *line, size_t len, const char *code, unsigned long *column)
{
	const char *mark = memmem(line, len, "# <- ", 5), *end = line + len;
	size_t code_len = strlen(code);

	*column = 0;
	for (mark = mark ? mark + 5 : end; mark < end; mark++) {
		size_t rest = (size_t)(end - mark);

		if (rest >= code_len && !memcmp(mark, code, code_len) &&
		    (rest == code_len || strchr(", @\r", mark[code_len]))) {
			if (rest > code_len && mark[code_len] == '@')
				*column = strtoul(mark + code_len + 1, NULL, 10);
			return true;
		}
		mark += strcspn(mark, ",\n");
		while (mark + 1 < end && mark[1] == ' ')
			mark++;
	}
	return false;
}

static void report_failure(const struct yaml_node *sample, const struct rule *rule, uint32_t line, const char *what)
{
	printf("%s:%u: %s: line %u of the sample: %s\n", sample->file, sample->line, rule->code, line, what);
}

/* Findings and marks, both in the order of lines; says how many disagree. */
static size_t compare(const struct yaml_node *sample, const struct rule *rule, const struct finding_list *findings)
{
	const char *text = sample->text.ptr;
	size_t wrong = 0, next = 0;

	for (uint32_t line = 1; *text; line++) {
		size_t len = strcspn(text, "\n");
		unsigned long column;
		bool marked = is_marked(text, len, rule->code, &column), found = false;

		for (; next < findings->nr && findings->items[next].place.line == line; next++) {
			found = true;
			if (marked && column && findings->items[next].place.column != column) {
				report_failure(sample, rule, line, "found in another column");
				wrong++;
			}
		}
		if (marked != found) {
			report_failure(sample, rule, line, marked ? "missing: marked, not found" : "noisy: found, not marked");
			wrong++;
		}
		text += len + (text[len] == '\n');
	}
	return wrong;
}

static bool has_mark(const struct yaml_node *sample)
{
	return strstr(sample->text.ptr, "# <- ") != NULL;
}

static size_t run_sample(const struct ruleset *set, const struct rule *rule, const struct yaml_node *sample, bool bad)
{
	struct regex_worker *worker = regex_worker_new();
	struct matcher *matcher = matcher_new(set);
	struct scan_options options = { 1, false };
	struct finding_list findings = { NULL, 0, 0 };
	struct error err = { NULL };
	size_t suppressed = 0, wrong;
	bool broken = false;

	if (scan_bytes(matcher, worker, &options, xmemdupz(sample->text.ptr, sample->text.len), sample->text.len,
		       &findings, &suppressed, &broken, &err))
		complain_error(&err);
	wrong = compare(sample, rule, &findings);
	if (broken) {
		report_failure(sample, rule, 1, "the sample is not Python");
		wrong++;
	}
	if (bad != has_mark(sample)) {
		report_failure(sample, rule, 1, bad ? "a bad sample without a mark" : "a good sample with a mark");
		wrong++;
	}
	finding_list_release(&findings);
	matcher_free(matcher);
	regex_worker_free(worker);
	return wrong;
}

static void run_samples(struct ruleset *set, struct rule *rule, const char *key, struct tally *tally)
{
	const struct yaml_node *samples = rule->samples ? yaml_get(rule->samples, key) : NULL;

	if (!samples)
		return;
	if (samples->kind != YAML_SEQUENCE) {
		complain("%s:%u:%u: '%s' has to be a list of texts", samples->file, samples->line, samples->column, key);
		return;
	}
	for (const struct yaml_node *sample = samples->child; sample; sample = sample->next) {
		if (sample->kind != YAML_SCALAR) {
			complain("%s:%u:%u: a sample has to be a text", sample->file, sample->line, sample->column);
			continue;
		}
		if (run_sample(set, rule, sample, !strcmp(key, "bad")))
			tally->failed++;
		else
			tally->passed++;
	}
}

/* Each rule alone, whatever is selected: its samples are about itself. */
static void test_rule(struct ruleset *set, struct rule *rule, struct tally *tally)
{
	for (size_t i = 0; i < set->nr; i++)
		set->rules[i]->selected = false;
	rule->selected = true;
	if (!rule->samples || !yaml_get(rule->samples, "bad") || !yaml_get(rule->samples, "good")) {
		printf("%s:%u: %s: needs samples, 'bad' and 'good'\n", rule->source->file, rule->source->line, rule->code);
		tally->failed++;
	}
	run_samples(set, rule, "bad", tally);
	run_samples(set, rule, "good", tally);
}

enum exit_status command_test_patterns(const struct options *options)
{
	struct ruleset set;
	struct error err = { NULL };
	struct tally tally = { 0, 0 };
	bool failed;

	ruleset_init(&set);
	failed = ruleset_add_builtin(&set, &err);
	for (size_t i = 0; !failed && i < options->patterns.nr; i++)
		failed = ruleset_add_path(&set, options->patterns.items[i], &err);
	for (size_t i = 0; !failed && i < options->target.nr_paths; i++)
		failed = ruleset_add_path(&set, options->target.paths[i], &err);
	if (failed)
		complain_error(&err);
	ruleset_compile(&set);
	for (size_t i = 0; i < set.nr; i++)
		if (!options->target.nr_paths || !set.rules[i]->builtin)
			test_rule(&set, set.rules[i], &tally);
	printf("%zu passed, %zu failed\n", tally.passed, tally.failed);
	ruleset_release(&set);
	return tally.failed ? EXIT_FINDINGS : EXIT_CLEAN;
}
