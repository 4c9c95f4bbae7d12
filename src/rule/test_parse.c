/* SPDX-License-Identifier: MIT
 *
 * Tests of expressions out of YAML. A table says what each word of the
 * vocabulary takes; the few with a shape of their own follow it.
 */
#include "base/alloc.h"
#include "rule/loader.h"
#include "rule/regex.h"

enum form {
	FORM_NAMES,
	FORM_WORDS,   /* names without dots */
	FORM_TEST,
	FORM_TRUE,    /* only `true` may stand there */
	FORM_CAPTURE,
	FORM_KIND,
	FORM_WORD,    /* one of `words`; its place in the list becomes condition->number */
	FORM_OTHER,   /* read by `read` */
};

struct word {
	const char *key;
	enum condition_kind kind;
	enum form form;
	const char *const *words;
	int (*read)(struct ruleset *set, const struct yaml_node *node, struct condition *condition, struct error *err);
};

static int read_args(struct ruleset *set, const struct yaml_node *node, struct condition *condition,
		     struct error *err);
static int read_arg(struct ruleset *set, const struct yaml_node *node, struct condition *condition,
		    struct error *err);
static int read_imported(struct ruleset *set, const struct yaml_node *node, struct condition *condition,
			 struct error *err);
static int read_unwrapped(struct ruleset *set, const struct yaml_node *node, struct condition *condition,
			  struct error *err);
static int read_own_function(struct ruleset *set, const struct yaml_node *node, struct condition *condition,
			     struct error *err);
static int read_used(struct ruleset *set, const struct yaml_node *node, struct condition *condition,
		     struct error *err);
static int read_like(struct ruleset *set, const struct yaml_node *node, struct condition *condition,
		     struct error *err);
static int read_pattern(struct ruleset *set, const struct yaml_node *node, struct condition *condition,
			struct error *err);

/* In the order of enum literal_kind and enum with_kind. */
static const char *const literals[] = { "none", "zero", "string", "number", "true", "false", NULL };
static const char *const withs[] = { "any", "sync", "async", NULL };

static const struct word vocabulary[] = {
	{ "call", IS_CALL, FORM_NAMES, NULL, NULL },
	{ "method", IS_METHOD, FORM_WORDS, NULL, NULL },
	{ "on", IS_ON, FORM_TEST, NULL, NULL },
	{ "callee", IS_CALLEE, FORM_TEST, NULL, NULL },
	{ "resolves", IS_RESOLVED, FORM_NAMES, NULL, NULL },
	{ "imported", IS_IMPORTED, FORM_OTHER, NULL, read_imported },
	{ "name", IS_NAMED, FORM_WORDS, NULL, NULL },
	{ "last", IS_LAST, FORM_WORDS, NULL, NULL },
	{ "place", IS_PLACE, FORM_TRUE, NULL, NULL },
	{ "local", IS_LOCAL, FORM_TRUE, NULL, NULL },
	{ "same", IS_SAME, FORM_CAPTURE, NULL, NULL },
	{ "literal", IS_LITERAL, FORM_WORD, literals, NULL },
	{ "is", IS_KIND, FORM_KIND, NULL, NULL },
	{ "is-not", IS_NOT_KIND, FORM_KIND, NULL, NULL },
	{ "awaits", IS_AWAIT, FORM_TEST, NULL, NULL },
	{ "in", IS_IN, FORM_TEST, NULL, NULL },
	{ "item", IS_ITEM, FORM_TEST, NULL, NULL },
	{ "contains", IS_CONTAINING, FORM_TEST, NULL, NULL },
	{ "conjunct", IS_CONJUNCT, FORM_TEST, NULL, NULL },
	{ "unwrapped", IS_UNWRAPPED, FORM_OTHER, NULL, read_unwrapped },
	{ "annotated", IS_ANNOTATION, FORM_TEST, NULL, NULL },
	{ "args", HAS_COUNT, FORM_OTHER, NULL, read_args },
	{ "arg", HAS_ARG, FORM_OTHER, NULL, read_arg },
	{ "first-arg", HAS_FIRST_ARG, FORM_TEST, NULL, NULL },
	{ "some-arg", HAS_SOME_ARG, FORM_TEST, NULL, NULL },
	{ "opened-arg", HAS_OPENED_ARG, FORM_TEST, NULL, NULL },
	{ "star-arg", HAS_STAR_ARG, FORM_TEST, NULL, NULL },
	{ "awaited", ROLE_AWAITED, FORM_TRUE, NULL, NULL },
	{ "statement", ROLE_STATEMENT, FORM_TRUE, NULL, NULL },
	{ "group", ROLE_GROUP, FORM_TEST, NULL, NULL },
	{ "argument-of", ROLE_ARGUMENT, FORM_TEST, NULL, NULL },
	{ "lambda-body", ROLE_LAMBDA_BODY, FORM_TEST, NULL, NULL },
	{ "assigned-to", ROLE_ASSIGNED, FORM_TEST, NULL, NULL },
	{ "entered", ROLE_ENTERED, FORM_WORD, withs, NULL },
	{ "iterated", ROLE_ITERATED, FORM_WORD, withs, NULL },
	{ "inside-with", INSIDE_WITH, FORM_TEST, NULL, NULL },
	{ "directly-in-with", DIRECTLY_IN_WITH, FORM_TEST, NULL, NULL },
	{ "inside-if", INSIDE_IF, FORM_TEST, NULL, NULL },
	{ "finally", IN_FINALLY, FORM_TEST, NULL, NULL },
	{ "parameter", IS_PARAMETER, FORM_TEST, NULL, NULL },
	{ "own-function", OWN_FUNCTION, FORM_OTHER, NULL, read_own_function },
	{ "used", IS_USED, FORM_OTHER, NULL, read_used },
	{ "like", IS_LIKE, FORM_OTHER, NULL, read_like },
	{ "pattern", HAS_PATTERN, FORM_OTHER, NULL, read_pattern },
	{ "not", IS_NOT, FORM_TEST, NULL, NULL },
	{ "any", IS_ANY, FORM_TEST, NULL, NULL },
	{ "as", IS_CAPTURED, FORM_CAPTURE, NULL, NULL },
};

static int read_args(struct ruleset *set, const struct yaml_node *node, struct condition *condition,
		     struct error *err)
{
	static const char *const keys[] = { "count", "positional", NULL };

	(void)set;
	if (loader_check_keys(node, keys, err))
		return -1;
	if (!node->child || node->child->next)
		return yaml_error(node, err, "'args' takes either 'count' or 'positional'");
	condition->kind = yaml_is(node->child->key, "count") ? HAS_COUNT : HAS_POSITIONAL;
	return yaml_unsigned(node->child, &condition->number, err);
}

/* `0|fut|**`: a position, keywords, what is behind `**`, or several of them, separated by bars. */
static int read_argument_place(struct ruleset *set, const struct yaml_node *key, struct argument_place *place,
			       struct error *err)
{
	const char *part = key->text.ptr;

	place->position = -1;
	while (*part) {
		size_t len = strcspn(part, "|");
		char *word = arena_memdupz(&set->arena, part, len), *end;
		long position = strtol(word, &end, 10);

		if (!len)
			return yaml_error(key, err, "an empty place in '%s'", key->text.ptr);
		if (!strcmp(word, "**"))
			place->mapping = true;
		else if (*end)
			nameset_add(&place->keywords, &set->arena, word);
		else if (position < 0 || position > 255)
			return yaml_error(key, err, "no position of an argument: %s", word);
		else
			place->position = (int)position;
		part += len + (part[len] == '|');
	}
	return 0;
}

static struct condition *new_condition(struct ruleset *set, enum condition_kind kind)
{
	struct condition *condition = arena_alloc(&set->arena, sizeof(*condition));

	condition->kind = kind;
	condition->capture = -1;
	return condition;
}

static int read_one_arg(struct ruleset *set, const struct yaml_node *value, struct condition *condition,
			struct error *err)
{
	condition->place = arena_alloc(&set->arena, sizeof(*condition->place));
	loader_own_names(set, &condition->place->keywords);
	if (read_argument_place(set, value->key, condition->place, err))
		return -1;
	condition->test = loader_test(set, value, err);
	return condition->test ? 0 : -1;
}

/* Several places are several conditions. */
static int read_arg(struct ruleset *set, const struct yaml_node *node, struct condition *condition,
		    struct error *err)
{
	if (node->kind != YAML_MAPPING || !node->child)
		return yaml_error(node, err, "'arg' takes places and their tests: {0|name: …}");
	for (const struct yaml_node *value = node->child; value; value = value->next) {
		if (read_one_arg(set, value, condition, err))
			return -1;
		if (value->next)
			condition->next = new_condition(set, HAS_ARG);
		condition = condition->next;
	}
	return 0;
}

static int read_imported(struct ruleset *set, const struct yaml_node *node, struct condition *condition,
			 struct error *err)
{
	static const char *const keys[] = { "module", "capitalised", "package", "not-package", NULL };
	struct imported_test *imported = arena_alloc(&set->arena, sizeof(*imported));

	condition->imported = imported;
	if (loader_check_keys(node, keys, err) || loader_optional_bool(node, "module", &imported->module, err) ||
	    loader_optional_bool(node, "capitalised", &imported->capitalised, err) ||
	    loader_optional_names(set, node, "package", &imported->package, err))
		return -1;
	return loader_optional_names(set, node, "not-package", &imported->not_package, err);
}

static int read_unwrapped(struct ruleset *set, const struct yaml_node *node, struct condition *condition,
			  struct error *err)
{
	static const char *const keys[] = { "calls", "methods", "to", NULL };

	if (loader_check_keys(node, keys, err) || loader_optional_names(set, node, "calls", &condition->wrappers[0], err) ||
	    loader_optional_names(set, node, "methods", &condition->wrappers[1], err) ||
	    loader_optional_test(set, node, "to", &condition->test, err))
		return -1;
	return condition->test ? 0 : yaml_error(node, err, "'unwrapped' needs 'to', the test of what is inside");
}

static int read_own_function(struct ruleset *set, const struct yaml_node *node, struct condition *condition,
			     struct error *err)
{
	static const char *const keys[] = { "every", "async", "returns", "catches", NULL };
	struct own_function_test *own = arena_alloc(&set->arena, sizeof(*own));
	const struct yaml_node *async;

	condition->own_function = own;
	if (loader_check_keys(node, keys, err) || loader_optional_bool(node, "every", &own->every, err) ||
	    loader_optional_test(set, node, "returns", &own->returns, err) ||
	    loader_optional_test(set, node, "catches", &own->catches, err))
		return -1;
	async = yaml_get(node, "async");
	if (!async)
		return 0;
	if (yaml_bool(async, &own->is_async, err))
		return -1;
	own->is_sync = !own->is_async;
	return 0;
}

/* Sets the flags whose words stand in a list. */
static int read_flags(const struct yaml_node *node, const char *const *words, bool *const *flags, struct error *err)
{
	if (node->kind != YAML_SEQUENCE)
		return yaml_error(node, err, "'%s' has to be a list", node->key->text.ptr);
	for (const struct yaml_node *item = node->child; item; item = item->next) {
		int place = loader_word(item, words, "word", err);

		if (place < 0)
			return -1;
		*flags[place] = true;
	}
	return 0;
}

static int read_used(struct ruleset *set, const struct yaml_node *node, struct condition *condition,
		     struct error *err)
{
	static const char *const keys[] = { "place", "roles", "through", "attributes", "container-attributes",
					    "container-iterated", NULL };
	static const char *const roles[] = { "awaited", "argument", "returned", "yielded", "element", "assigned", NULL };
	static const char *const through[] = { "conditional", "boolean", NULL };
	struct used_test *used = arena_alloc(&set->arena, sizeof(*used));
	bool *const role_flags[] = { &used->awaited, &used->argument, &used->returned,
				     &used->yielded, &used->element, &used->assigned };
	bool *const through_flags[] = { &used->through_conditional, &used->through_boolean };
	const struct yaml_node *value;

	condition->used = used;
	if (loader_check_keys(node, keys, err))
		return -1;
	value = yaml_get(node, "place");
	if (!value)
		return yaml_error(node, err, "'used' needs 'place', a capture");
	used->place = loader_capture(set, value, err);
	if (used->place < 0)
		return -1;
	value = yaml_get(node, "roles");
	if (value && read_flags(value, roles, role_flags, err))
		return -1;
	value = yaml_get(node, "through");
	if (value && read_flags(value, through, through_flags, err))
		return -1;
	if (loader_optional_names(set, node, "attributes", &used->attributes, err) ||
	    loader_optional_names(set, node, "container-attributes", &used->container_attributes, err))
		return -1;
	return loader_optional_bool(node, "container-iterated", &used->container_iterated, err);
}

static int read_like(struct ruleset *set, const struct yaml_node *node, struct condition *condition,
		     struct error *err)
{
	const struct yaml_node *item = node->kind == YAML_SEQUENCE ? node->child : node;
	size_t alloc = 0;

	if (node->kind == YAML_MAPPING)
		return yaml_error(node, err, "'like' takes codes of rules");
	for (; item; item = node->kind == YAML_SEQUENCE ? item->next : NULL) {
		struct rule *rule = loader_rule(set, item, err);
		struct rule **grown;

		if (!rule)
			return -1;
		if (condition->nr_rules == alloc) {
			alloc = alloc * 2 + 4;
			grown = arena_alloc(&set->arena, alloc * sizeof(*grown));
			if (condition->nr_rules)
				memcpy(grown, condition->rules, condition->nr_rules * sizeof(*grown));
			condition->rules = grown;
		}
		condition->rules[condition->nr_rules++] = rule;
	}
	return 0;
}

/* `pattern` stands beside its `window` in the test's own mapping: read with the mapping, see read_mapping. */
static int read_pattern(struct ruleset *set, const struct yaml_node *node, struct condition *condition,
			struct error *err)
{
	condition->pattern = loader_window_pattern(set, node, err);
	return condition->pattern ? 0 : -1;
}

static const struct word *find_word(const char *key)
{
	for (size_t i = 0; i < ARRAY_SIZE(vocabulary); i++)
		if (strcmp(vocabulary[i].key, key) == 0)
			return &vocabulary[i];
	return NULL;
}

static int unknown_word(const struct yaml_node *mapping, struct error *err)
{
	const char *known[ARRAY_SIZE(vocabulary) + 2];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(vocabulary); i++)
		known[i] = vocabulary[i].key;
	known[i++] = "window";
	known[i] = NULL;
	return loader_check_keys(mapping, known, err);
}

static int read_choice(const struct word *word, const struct yaml_node *node, struct condition *condition,
		       struct error *err)
{
	int place = loader_word(node, word->words, "word", err);

	condition->number = place < 0 ? 0 : (unsigned)place;
	return place < 0 ? -1 : 0;
}

static int read_condition(struct ruleset *set, const struct word *word, const struct yaml_node *node,
			  struct condition *condition, struct error *err)
{
	bool truth;

	switch (word->form) {
	case FORM_NAMES:
	case FORM_WORDS:
		condition->names = loader_names(set, node, err);
		if (!condition->names)
			return -1;
		return word->form == FORM_WORDS ? loader_check_single_words(node, condition->names, err) : 0;
	case FORM_TEST:
		condition->test = loader_test(set, node, err);
		return condition->test ? 0 : -1;
	case FORM_CAPTURE:
		condition->capture = loader_capture(set, node, err);
		return condition->capture < 0 ? -1 : 0;
	case FORM_KIND:
		condition->value_kind = loader_kind(set, node, err);
		return condition->value_kind ? 0 : -1;
	case FORM_WORD:
		return read_choice(word, node, condition, err);
	case FORM_TRUE:
		if (yaml_bool(node, &truth, err))
			return -1;
		return truth ? 0 : yaml_error(node, err, "say {not: {%s: true}}", word->key);
	case FORM_OTHER:
		return word->read(set, node, condition, err);
	}
	return -1;
}

/* -- what a test comes to */

static void add_to_sum(struct test *sum, const struct test *part)
{
	sum->reads |= part->reads;
	sum->writes |= part->writes;
	sum->size += part->size;
}

static int add_condition_to_sum(struct test *sum, const struct condition *condition, const struct yaml_node *node,
				struct error *err)
{
	const struct own_function_test *own = condition->own_function;

	sum->size++;
	if (condition->test)
		add_to_sum(sum, condition->test);
	if (own && own->returns)
		add_to_sum(sum, own->returns);
	if (own && own->catches)
		add_to_sum(sum, own->catches);
	if (condition->kind == IS_SAME)
		sum->reads |= UINT32_C(1) << condition->capture;
	if (condition->kind == IS_USED)
		sum->reads |= UINT32_C(1) << condition->used->place;
	if (condition->kind == IS_CAPTURED)
		sum->writes |= UINT32_C(1) << condition->capture;
	/* What another rule or a pattern asks about is not looked into. */
	if (condition->kind == IS_LIKE || condition->kind == HAS_PATTERN)
		sum->reads = UINT32_MAX;
	return sum->size <= MAX_TEST_SIZE ? 0 :
		yaml_error(node, err, "the test comes to more than %d conditions", MAX_TEST_SIZE);
}

static int read_mapping(struct ruleset *set, const struct yaml_node *mapping, struct alternative *alternative,
			struct test *sum, struct error *err)
{
	struct condition **tail = &alternative->first;
	const struct yaml_node *window = yaml_get(mapping, "window");

	if (window && !yaml_get(mapping, "pattern"))
		return yaml_error(window, err, "a window needs a pattern to look for");
	if (!mapping->child)
		return yaml_error(mapping, err, "an empty test");
	for (const struct yaml_node *value = mapping->child; value; value = value->next) {
		const struct word *word = find_word(value->key->text.ptr);
		bool is_pattern = word && word->kind == HAS_PATTERN;

		if (value == window)
			continue;
		if (!word)
			return unknown_word(mapping, err);
		*tail = new_condition(set, word->kind);
		if (read_condition(set, word, is_pattern ? mapping : value, *tail, err))
			return -1;
		for (; *tail; tail = &(*tail)->next)
			if (add_condition_to_sum(sum, *tail, value, err))
				return -1;
	}
	return 0;
}

static bool is_capture_name(const char *text)
{
	return text[0] >= 'A' && text[0] <= 'Z';
}

static int read_word(struct ruleset *set, const struct yaml_node *node, struct alternative *alternative,
		     struct test *sum, struct error *err)
{
	struct definition *definition;

	if (node->text.ptr[0] == '$') {
		definition = loader_definition(set, node, node->text.ptr + 1, err);
		if (!definition)
			return -1;
		if (!definition->test)
			return yaml_error(node, err, definition->names ? "'%s' is no test but names; did you mean {call: %s}?" :
					  "'%s' is no test", node->text.ptr, node->text.ptr);
		if (sum->size + definition->test->size > MAX_TEST_SIZE)
			return yaml_error(node, err, "with '%s' the test comes to more than %d conditions",
					  node->text.ptr, MAX_TEST_SIZE);
		alternative->reference = definition->test;
		add_to_sum(sum, definition->test);
		return 0;
	}
	if (!is_capture_name(node->text.ptr))
		return loader_no_test(set, node, literals, err);
	alternative->first = new_condition(set, IS_SAME);
	alternative->first->capture = loader_capture(set, node, err);
	return alternative->first->capture < 0 ? -1 : add_condition_to_sum(sum, alternative->first, node, err);
}

struct test *loader_test(struct ruleset *set, const struct yaml_node *node, struct error *err)
{
	struct test *test = arena_alloc(&set->arena, sizeof(*test));
	struct alternative **tail = &test->alternatives;
	const struct yaml_node *item = node->kind == YAML_SEQUENCE ? node->child : node;

	if (!item) {
		yaml_error(node, err, "an empty list of tests");
		return NULL;
	}
	for (; item; item = node->kind == YAML_SEQUENCE ? item->next : NULL) {
		int failed;

		*tail = arena_alloc(&set->arena, sizeof(**tail));
		if (item->kind == YAML_SEQUENCE)
			failed = yaml_error(item, err, "a list in a list of tests");
		else if (item->kind == YAML_SCALAR)
			failed = read_word(set, item, *tail, test, err);
		else
			failed = read_mapping(set, item, *tail, test, err);
		if (failed)
			return NULL;
		tail = &(*tail)->next;
	}
	return test;
}
