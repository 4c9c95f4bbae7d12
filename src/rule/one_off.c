/* SPDX-License-Identifier: MIT
 *
 * A rule made of a pattern on the command line.
 */
#include "base/alloc.h"
#include "rule/loader.h"
#include "rule/regex.h"

int ruleset_add_pattern(struct ruleset *set, const char *pattern, const struct context *context, unsigned number,
			struct error *err)
{
	struct yaml_node *node = arena_alloc(&set->arena, sizeof(*node));
	struct error own = { NULL };
	struct rule *rule = arena_alloc(&set->arena, sizeof(*rule));
	char code[16];
	size_t offset;

	rule->pattern = regex_compile(pattern, strlen(pattern), false, true, &offset, &own);
	if (!rule->pattern) {
		error_set(err, "-e '%s': at character %zu: %s", pattern, offset + 1, own.message);
		error_release(&own);
		return -1;
	}
	ARRAY_GROW(set->regexes, set->nr_regexes + 1, set->alloc_regexes);
	set->regexes[set->nr_regexes++] = rule->pattern;
	node->file = "-e";
	node->line = node->column = 1;
	rule->source = node;
	rule->pattern_captures = loader_group_captures(set, rule->pattern, node, err);
	if (!rule->pattern_captures)
		return -1;
	snprintf(code, sizeof(code), "e%u", number);
	rule->code = rule->name = arena_strdup(&set->arena, code);
	rule->profile = "command line";
	rule->help = "";
	rule->message = "{line}"; /* as grep prints it */
	rule->severity = SEVERITY_ERROR;
	rule->context = context;
	rule->selected = true;
	rule->index = (unsigned)set->nr;
	ARRAY_GROW(set->rules, set->nr + 1, set->alloc);
	set->rules[set->nr++] = rule;
	loader_note_text(set, pattern, strlen(pattern));
	loader_note_text(set, context->name, strlen(context->name));
	return 0;
}
