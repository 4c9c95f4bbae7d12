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

/*
 * The next code of a line's mark `# <- CODE, CODE@COLUMN` that is the rule's; *at is where to look, and then
 * behind it. *column: 0 where the mark says none.
 */
static bool next_mark(const char **at, const char *end, const char *code, unsigned long *column)
{
	size_t code_len = strlen(code);

	*column = 0;
	while (*at < end) {
		const char *word = *at + strspn(*at, " ,");
		size_t len = strcspn(word, " ,@\r\n");

		if (word >= end)
			break;
		*at = word + strcspn(word, ",\n");
		if (len != code_len || memcmp(word, code, len))
			continue;
		if (word[len] == '@')
			*column = strtoul(word + len + 1, NULL, 10);
		return true;
	}
	return false;
}

static void report_failure(const struct yaml_node *sample, const struct rule *rule, uint32_t line, const char *what)
{
	printf("%s:%u: %s: line %u of the sample: %s\n", sample->file, sample->line, rule->code, line, what);
}

/* One line: as many findings as marks, in the order of columns. Returns how many disagree. */
static size_t compare_line(const struct yaml_node *sample, const struct rule *rule, const char *text, size_t len,
			   uint32_t line, const struct finding_list *findings, size_t *next)
{
	const char *mark = memmem(text, len, "# <- ", 5), *end = text + len;
	unsigned long column;
	size_t wrong = 0;

	mark = mark ? mark + 5 : end;
	while (next_mark(&mark, end, rule->code, &column)) {
		const struct finding *finding = *next < findings->nr ? &findings->items[*next] : NULL;

		if (!finding || finding->place.line != line) {
			report_failure(sample, rule, line, "missing: marked, not found");
			wrong++;
			continue;
		}
		if (column && finding->place.column != column) {
			report_failure(sample, rule, line, "found in another column");
			wrong++;
		}
		(*next)++;
	}
	for (; *next < findings->nr && findings->items[*next].place.line == line; (*next)++) {
		report_failure(sample, rule, line, "noisy: found, not marked");
		wrong++;
	}
	return wrong;
}

static size_t compare(const struct yaml_node *sample, const struct rule *rule, const struct finding_list *findings)
{
	const char *text = sample->text.ptr;
	size_t wrong = 0, next = 0;

	for (uint32_t line = 1; *text; line++) {
		size_t len = strcspn(text, "\n");

		wrong += compare_line(sample, rule, text, len, line, findings, &next);
		text += len + (text[len] == '\n');
	}
	return wrong;
}

static bool has_mark(const struct yaml_node *sample)
{
	return strstr(sample->text.ptr, "# <- ") != NULL;
}

/* Beside a rule about suppressions the others run, for it to judge what they say. */
static void drop_others(const struct rule *rule, struct finding_list *findings)
{
	for (size_t i = 0; i < findings->nr; i++)
		findings->items[i].suppressed |= findings->items[i].rule != rule;
	finding_drop_suppressed(findings);
}

static size_t run_sample(const struct ruleset *set, const struct rule *rule, const struct yaml_node *sample, bool bad)
{
	struct regex_worker *worker = regex_worker_new();
	struct matcher *matcher = matcher_new(set);
	struct scan_options options = { .jobs = 1 };
	struct finding_list findings = { .nr = 0 };
	struct error err = { NULL };
	struct scan_facts facts;
	size_t wrong;

	if (scan_bytes(matcher, worker, &options, xmemdupz(sample->text.ptr, sample->text.len), sample->text.len,
		       &findings, &facts, &err))
		complain_error(&err);
	drop_others(rule, &findings);
	wrong = compare(sample, rule, &findings);
	if (facts.broken_line) {
		report_failure(sample, rule, facts.broken_line, "the sample is not Python");
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

static bool has_samples(const struct rule *rule, const char *key)
{
	const struct yaml_node *samples = rule->samples ? yaml_get(rule->samples, key) : NULL;

	return samples && samples->child;
}

/* Each rule alone, whatever is selected: its samples are about itself, or about what the rules for code find. */
static void test_rule(struct ruleset *set, struct rule *rule, struct tally *tally)
{
	for (size_t i = 0; i < set->nr; i++)
		set->rules[i]->selected = rule->suppressions && !set->rules[i]->suppressions;
	rule->selected = true;
	if (!has_samples(rule, "bad") || !has_samples(rule, "good")) {
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
	failed = ruleset_add_builtin(&set, true, &err);
	for (size_t i = 0; !failed && i < options->patterns.nr; i++)
		failed = ruleset_add_path(&set, options->patterns.items[i], true, &err);
	for (size_t i = 0; !failed && i < options->target.nr_paths; i++)
		failed = ruleset_add_path(&set, options->target.paths[i], true, &err);
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
