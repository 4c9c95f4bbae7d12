/* SPDX-License-Identifier: MIT
 *
 * A rule out of its YAML document.
 */
#include "base/alloc.h"
#include "rule/loader.h"
#include "rule/regex.h"

static int required_text(const struct yaml_node *document, const char *key, const char **text, struct error *err)
{
	const struct yaml_node *value = yaml_get(document, key);

	if (!value)
		return yaml_error(document, err, "a rule needs '%s'", key);
	return yaml_text(value, text, err);
}

static int optional_text(const struct yaml_node *document, const char *key, const char *otherwise, const char **text,
			 struct error *err)
{
	const struct yaml_node *value = yaml_get(document, key);

	*text = otherwise;
	return value ? yaml_text(value, text, err) : 0;
}

static int optional_capture(struct ruleset *set, const struct yaml_node *mapping, const char *key, int *capture,
			    struct error *err)
{
	const struct yaml_node *value = yaml_get(mapping, key);

	*capture = value ? loader_capture(set, value, err) : -1;
	return value && *capture < 0 ? -1 : 0;
}

/* It goes into reports and terminals as it stands. */
static bool is_url(const char *url)
{
	size_t scheme = strspn(url, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

	if (!scheme || strncmp(url + scheme, "://", 3) != 0 || !url[scheme + 3])
		return false;
	while (*url && (unsigned char)*url > ' ' && (unsigned char)*url < 0x7F && !strchr("\"<>\\^`{|}", *url))
		url++;
	return !*url;
}

static int read_texts(struct rule *rule, const struct yaml_node *document, struct error *err)
{
	const struct yaml_node *severity = yaml_get(document, "severity");

	if (optional_text(document, "name", rule->code, &rule->name, err) ||
	    optional_text(document, "profile", "user", &rule->profile, err) ||
	    required_text(document, "message", &rule->message, err) ||
	    optional_text(document, "help", "", &rule->help, err) ||
	    optional_text(document, "note", NULL, &rule->note, err) ||
	    optional_text(document, "url", NULL, &rule->url, err))
		return -1;
	if (rule->url && !is_url(rule->url))
		return yaml_error(yaml_get(document, "url"), err, "'url' has to be a whole URL, such as "
				  "https://example.org/rules/%s, without blanks", rule->code);
	rule->severity = SEVERITY_ERROR;
	if (severity && (severity->kind != YAML_SCALAR || !severity_parse(severity->text.ptr, &rule->severity)))
		return yaml_error(severity, err, "'severity' has to be error, warning or info");
	return 0;
}

static int read_aliases(struct ruleset *set, struct rule *rule, struct error *err)
{
	struct nameset *aliases;

	if (loader_optional_names(set, rule->source, "aliases", &aliases, err))
		return -1;
	if (aliases) {
		rule->aliases = aliases->names;
		rule->nr_aliases = aliases->nr;
	}
	return 0;
}

/* Can what satisfies a condition be a call? */
static bool allows_call(enum condition_kind kind)
{
	switch (kind) {
	case IS_RESOLVED:
	case IS_IMPORTED:
	case IS_NAMED:
	case IS_LAST:
	case IS_PLACE:
	case IS_LOCAL:
	case IS_LITERAL:
	case IS_AWAIT:
	case IS_IN:
	case IS_ITEM:
	case IS_ANNOTATION:
	case IS_PARAMETER:
		return false;
	default:
		return true;
	}
}

/* Is there an alternative that calls can satisfy? Only what it says itself is looked at. */
static bool can_be_call(const struct test *test)
{
	for (const struct alternative *a = test->alternatives; a; a = a->next) {
		const struct condition *condition = a->first;

		while (condition && allows_call(condition->kind))
			condition = condition->next;
		if (!condition)
			return true;
	}
	return false;
}

/* `calls: names` is short for `find: {call: names}`; `pattern` instead of both. */
static int read_find(struct ruleset *set, struct rule *rule, struct error *err)
{
	const struct yaml_node *document = rule->source;
	const struct yaml_node *find = yaml_get(document, "find"), *calls = yaml_get(document, "calls");
	const struct yaml_node *pattern = yaml_get(document, "pattern");

	if (!!find + !!calls + !!pattern != 1)
		return yaml_error(document, err, "a rule needs one of find, calls, pattern, suppressions");
	if (find) {
		rule->find = loader_test(set, find, err);
		if (rule->find && !can_be_call(rule->find))
			return yaml_error(find, err, "'find' looks at calls, and this is never one");
		return rule->find ? 0 : -1;
	}
	if (pattern) {
		rule->pattern = loader_regex(set, pattern, false, err);
		if (!rule->pattern)
			return -1;
		rule->pattern_captures = loader_group_captures(set, rule->pattern, pattern, err);
		return rule->pattern_captures ? 0 : -1;
	}
	rule->find = arena_alloc(&set->arena, sizeof(*rule->find));
	rule->find->alternatives = arena_alloc(&set->arena, sizeof(*rule->find->alternatives));
	rule->find->alternatives->first = arena_alloc(&set->arena, sizeof(struct condition));
	rule->find->alternatives->first->kind = IS_CALL;
	rule->find->alternatives->first->capture = -1;
	rule->find->alternatives->first->names = loader_extended_names(set, calls, rule->extension, err);
	return rule->find->alternatives->first->names ? 0 : -1;
}

static int read_loop(struct ruleset *set, struct rule *rule, struct error *err)
{
	static const char *const keys[] = { "target", "over", "group", "adders", NULL };
	const struct yaml_node *node = yaml_get(rule->source, "loop");
	struct loop_clause *loop;

	if (!node)
		return 0;
	loop = rule->loop = arena_alloc(&set->arena, sizeof(*loop));
	if (loader_check_keys(node, keys, err) || optional_capture(set, node, "target", &loop->target, err) ||
	    optional_capture(set, node, "group", &loop->group, err) ||
	    loader_optional_test(set, node, "over", &loop->over, err) ||
	    loader_optional_names(set, node, "adders", &loop->adders, err))
		return -1;
	if (loop->target < 0 || loop->group < 0 || !loop->over)
		return yaml_error(node, err, "'loop' needs target, over and group");
	return 0;
}

static int read_then_loop(struct ruleset *set, const struct yaml_node *node, struct then *then, struct error *err)
{
	static const char *const keys[] = { "over", "like", "as", NULL };
	const struct yaml_node *like;

	if (!node)
		return 0;
	if (loader_check_keys(node, keys, err) || loader_optional_test(set, node, "over", &then->loop_over, err) ||
	    optional_capture(set, node, "as", &then->loop_as, err))
		return -1;
	like = yaml_get(node, "like");
	if (!like || !then->loop_over || then->loop_as < 0)
		return yaml_error(node, err, "'loop' in 'then' needs over, like and as");
	then->loop_like = loader_rule(set, like, err);
	return then->loop_like ? 0 : -1;
}

static int read_then(struct ruleset *set, struct rule *rule, struct error *err)
{
	static const char *const keys[] = { "keep", "reach", "outside-loop", "loop", "unless", "window", "pattern",
					    NULL };
	const struct yaml_node *node = yaml_get(rule->source, "then");
	struct then *then;

	if (!node)
		return 0;
	then = rule->then = arena_alloc(&set->arena, sizeof(*then));
	if (loader_check_keys(node, keys, err) || optional_capture(set, node, "keep", &then->keep, err) ||
	    loader_optional_test(set, node, "reach", &then->reach, err) ||
	    loader_optional_bool(node, "outside-loop", &then->outside_loop, err) ||
	    read_then_loop(set, yaml_get(node, "loop"), then, err) ||
	    loader_optional_test(set, node, "unless", &then->unless, err))
		return -1;
	if (yaml_get(node, "window") && !yaml_get(node, "pattern"))
		return yaml_error(yaml_get(node, "window"), err, "a window needs a pattern to look for");
	if (yaml_get(node, "pattern")) {
		then->pattern = loader_window_pattern(set, node, err);
		if (!then->pattern)
			return -1;
	}
	if (!!then->reach + !!then->pattern != 1)
		return yaml_error(node, err, "'then' needs either reach or pattern");
	if (then->pattern && (then->keep >= 0 || then->outside_loop || then->loop_over))
		return yaml_error(node, err, "'keep', 'outside-loop' and 'loop' go with 'reach'");
	return 0;
}

int loader_check_loop(const struct rule *rule, struct error *err)
{
	const struct rule *like = rule->then ? rule->then->loop_like : NULL;

	if (!like || (like->then && like->then->reach))
		return 0;
	return yaml_error(yaml_get(yaml_get(yaml_get(rule->source, "then"), "loop"), "like"), err,
			  "the rule %s has no 'then' that reaches", like->code);
}

static int read_function(struct ruleset *set, struct rule *rule, struct error *err)
{
	static const char *const keys[] = { "parameter", NULL };
	const struct yaml_node *node = yaml_get(rule->source, "function");

	if (!node)
		return 0;
	return loader_check_keys(node, keys, err) ||
	       loader_optional_test(set, node, "parameter", &rule->function, err) ? -1 : 0;
}

static int read_context(struct ruleset *set, struct rule *rule, struct error *err)
{
	const struct yaml_node *node = yaml_get(rule->source, "context");

	rule->context = node ? loader_context(set, node, err) : set->contexts[0];
	return rule->context ? 0 : -1;
}

/* A rule about suppressions has no code to look at, and so none of the keys that do. */
static int compile_suppressions(struct ruleset *set, struct rule *rule, const struct yaml_node *about,
				struct error *err)
{
	static const char *const keys[] = { "code", "name", "profile", "severity", "message", "help", "url",
					    "suppressions", "bad", "good", NULL };
	static const char *const words[] = { "unused", "unexplained", NULL };
	int word = loader_word(about, words, "suppressions", err);

	if (word < 0 || loader_check_keys(rule->source, keys, err) || read_texts(rule, rule->source, err))
		return -1;
	rule->suppressions = (enum rule_suppressions)(SUPPRESSIONS_UNUSED + word);
	rule->context = set->contexts[0];
	return 0;
}

static int compile_code(struct ruleset *set, struct rule *rule, struct error *err)
{
	static const char *const keys[] = { "code", "name", "profile", "severity", "aliases", "message", "help", "note", "url",
					    "context", "find", "calls", "pattern", "stored-in", "loop", "function",
					    "unless", "then", "suppressions", "bad", "good", NULL };

	if (loader_check_keys(rule->source, keys, err) || read_texts(rule, rule->source, err) ||
	    read_aliases(set, rule, err) || read_context(set, rule, err) || read_find(set, rule, err) ||
	    loader_optional_test(set, rule->source, "stored-in", &rule->stored_in, err) ||
	    read_loop(set, rule, err) || read_function(set, rule, err) ||
	    loader_optional_test(set, rule->source, "unless", &rule->unless, err))
		return -1;
	return read_then(set, rule, err);
}

int loader_compile_rule(struct ruleset *set, struct rule *rule, struct error *err)
{
	const struct yaml_node *about = yaml_get(rule->source, "suppressions");

	if (about ? compile_suppressions(set, rule, about, err) : compile_code(set, rule, err))
		return -1;
	if (!rule->samples && (yaml_get(rule->source, "bad") || yaml_get(rule->source, "good")))
		rule->samples = rule->source;
	return 0;
}
