/* SPDX-License-Identifier: MIT
 *
 * What can be asked about rules: the list, and why one is there.
 */
#include "base/alloc.h"
#include "base/nearest.h"
#include "base/strbuf.h"
#include "cli/command.h"
#include "cli/rule_json.h"
#include "rule/yaml.h"

bool command_wants_json(const struct options *options)
{
	return options_given(options, "format") && !strcmp(report_format_at((size_t)options->format)->name, "json");
}

static void print_json(const struct rule *rule)
{
	struct strbuf line = STRBUF_INIT;

	rule_json_add(&line, rule);
	fwrite(line.buf, 1, line.len, stdout);
	strbuf_release(&line);
}

static size_t width_of(size_t width, const char *text)
{
	size_t len = strlen(text);

	return len > width ? len : width;
}

static void print_table(const struct ruleset *set)
{
	size_t code = 4, name = 4, profile = 7;

	for (size_t i = 0; i < set->nr; i++) {
		code = width_of(code, set->rules[i]->code);
		name = width_of(name, set->rules[i]->name);
		profile = width_of(profile, set->rules[i]->profile);
	}
	for (size_t i = 0; i < set->nr; i++) {
		const struct rule *rule = set->rules[i];

		printf("%-*s  %-*s  %-*s  %-7s  %s  %s\n", (int)code, rule->code, (int)name, rule->name, (int)profile,
		       rule->profile, severity_name(rule->severity), rule->selected ? "on " : "off", rule->message);
	}
}

enum exit_status command_list_rules(const struct options *options, struct settings *settings, struct ruleset *set)
{
	struct error err = { NULL };

	if (command_load_rules(options, settings, set, &err))
		complain_error(&err);
	else if (command_wants_json(options))
		for (size_t i = 0; i < set->nr; i++)
			print_json(set->rules[i]);
	else
		print_table(set);
	return EXIT_CLEAN;
}

/* Text from a rule file, each line indented; a stranger's file must not speak to the terminal. */
static void print_block(const char *text, const char *indent)
{
	struct strbuf out = STRBUF_INIT;

	while (*text) {
		size_t len = strcspn(text, "\n");

		if (len)
			strbuf_addstr(&out, indent);
		strbuf_add_visible(&out, text, len);
		strbuf_addch(&out, '\n');
		text += len + (text[len] == '\n');
	}
	fwrite(out.buf, 1, out.len, stdout);
	strbuf_release(&out);
}

/* The place in the line, which a mark of a sample may name, is for --test-patterns. */
static char *without_columns(const char *sample)
{
	struct strbuf out = STRBUF_INIT;
	bool in_mark = false;

	for (; *sample; sample++) {
		in_mark = (in_mark && *sample != '\n') || !strncmp(sample, "# <- ", 5);
		if (in_mark && *sample == '@')
			sample += strspn(sample + 1, "0123456789");
		else
			strbuf_addch(&out, *sample);
	}
	return strbuf_detach(&out, NULL);
}

static void print_first_sample(const struct rule *rule, const char *key, const char *title)
{
	const struct yaml_node *samples = rule->samples ? yaml_get(rule->samples, key) : NULL;
	char *sample;

	if (!samples || samples->kind != YAML_SEQUENCE || !samples->child || samples->child->kind != YAML_SCALAR)
		return;
	printf("\n%s:\n\n", title);
	sample = without_columns(samples->child->text.ptr);
	print_block(sample, "    ");
	free(sample);
}

static void print_explanation(const struct rule *rule)
{
	printf("%s %s (%s, profile %s)\n", rule->code, rule->name, severity_name(rule->severity), rule->profile);
	if (rule->nr_aliases) {
		printf("also known as");
		for (size_t i = 0; i < rule->nr_aliases; i++)
			printf("%s %s", i ? "," : "", rule->aliases[i]);
		putchar('\n');
	}
	putchar('\n');
	print_block(rule->message, "");
	if (rule->help[0]) {
		putchar('\n');
		print_block(rule->help, "");
	}
	print_first_sample(rule, "bad", "Wrong");
	print_first_sample(rule, "good", "Right");
}

static void explain(const struct options *options, const struct rule *rule)
{
	if (command_wants_json(options))
		print_json(rule);
	else
		print_explanation(rule);
}

/* Every rule that other tools know by this code; false when there is none. */
static bool explain_alias(const struct options *options, const struct ruleset *set)
{
	bool found = false;

	for (size_t i = 0; i < set->nr; i++)
		for (size_t k = 0; k < set->rules[i]->nr_aliases; k++)
			if (!strcmp(set->rules[i]->aliases[k], options->explain)) {
				if (found && !command_wants_json(options))
					putchar('\n');
				explain(options, set->rules[i]);
				found = true;
			}
	return found;
}

static void complain_of_unknown(const struct ruleset *set, const char *wanted)
{
	const char *best = NULL;
	unsigned distance = NEAREST_NONE;

	for (size_t i = 0; i < set->nr; i++) {
		nearest_offer(wanted, set->rules[i]->code, &best, &distance);
		nearest_offer(wanted, set->rules[i]->name, &best, &distance);
	}
	if (best)
		complain("no rule is called '%s'; did you mean '%s'?", wanted, best);
	else
		complain("no rule is called '%s'; see --list-rules", wanted);
}

enum exit_status command_explain(const struct options *options, struct settings *settings, struct ruleset *set)
{
	struct error err = { NULL };
	const struct rule *rule;

	if (command_load_rules(options, settings, set, &err)) {
		complain_error(&err);
		return EXIT_CLEAN;
	}
	rule = ruleset_find(set, options->explain);
	if (rule)
		explain(options, rule);
	else if (!explain_alias(options, set))
		complain_of_unknown(set, options->explain);
	return EXIT_CLEAN;
}
