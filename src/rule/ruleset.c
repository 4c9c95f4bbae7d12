/* SPDX-License-Identifier: MIT
 *
 * The set of rules: its documents as they are read, and the whole of it
 * compiled. Which rules run is chosen in select.c; where files come from is
 * in rulefiles.c.
 */
#include "rule/ruleset.h"

#include "base/alloc.h"
#include "base/nearest.h"
#include "rule/loader.h"
#include "rule/regex.h"
#include "rule/words.h"

#define PUSH(set, list, nr, alloc, item) \
	do { \
		ARRAY_GROW((set)->list, (set)->nr + 1, (set)->alloc); \
		(set)->list[(set)->nr++] = (item); \
	} while (0)

void ruleset_init(struct ruleset *set)
{
	static const char *const names[] = { "any", "function", "async" };

	memset(set, 0, sizeof(*set));
	strbuf_init(&set->added);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		set->contexts[i] = arena_alloc(&set->arena, sizeof(struct context));
		set->contexts[i]->name = names[i];
		set->contexts[i]->kind = (enum context_kind)i;
	}
}

void ruleset_release(struct ruleset *set)
{
	for (size_t i = 0; i < set->nr_namesets; i++)
		nameset_release(set->namesets[i]);
	for (size_t i = 0; i < set->nr_regexes; i++)
		regex_free(set->regexes[i]);
	for (size_t i = 0; i < set->nr; i++)
		free(set->rules[i]->triggers);
	strbuf_release(&set->added);
	free(set->namesets);
	free(set->regexes);
	free(set->rules);
	free(set->kinds);
	free(set->definitions);
	free(set->profiles);
	arena_release(&set->arena);
	memset(set, 0, sizeof(*set));
}

/* -- reading documents */

/* Comments that suppress name rules by their codes, and know one by its form. */
static bool is_code(const struct yaml_node *code)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	size_t prefix;

	if (code->kind != YAML_SCALAR)
		return false;
	prefix = strspn(code->text.ptr, letters);
	return prefix && prefix < code->text.len && prefix + strspn(code->text.ptr + prefix, "0123456789") == code->text.len;
}

static int add_rule(struct ruleset *set, struct yaml_node *document, struct yaml_node *code, bool builtin,
		    struct error *err)
{
	struct rule *rule, *twin;

	if (!is_code(code))
		return yaml_error(code, err, "'code' has to be letters, then digits, like XY101");
	twin = ruleset_find(set, code->text.ptr);
	if (twin)
		return yaml_error(code, err, "the code %s is taken already, in %s:%u", code->text.ptr,
				  twin->source->file, twin->source->line);
	rule = arena_alloc(&set->arena, sizeof(*rule));
	rule->code = code->text.ptr;
	rule->name = code->text.ptr; /* until it is compiled */
	rule->source = document;
	rule->builtin = builtin;
	rule->index = (unsigned)set->nr;
	PUSH(set, rules, nr, alloc, rule);
	return 0;
}

static int add_definition(struct ruleset *set, struct yaml_node *document, struct yaml_node *name, struct error *err)
{
	struct definition *definition;

	if (name->kind != YAML_SCALAR)
		return yaml_error(name, err, "'define' has to be a word");
	for (size_t i = 0; i < set->nr_definitions; i++)
		if (yaml_is(name, set->definitions[i]->name))
			return yaml_error(name, err, "'%s' is defined already, in %s:%u", name->text.ptr,
					  set->definitions[i]->document->file, set->definitions[i]->document->line);
	definition = arena_alloc(&set->arena, sizeof(*definition));
	definition->name = name->text.ptr;
	definition->document = document;
	PUSH(set, definitions, nr_definitions, alloc_definitions, definition);
	return 0;
}

static int add_kind(struct ruleset *set, struct yaml_node *document, struct yaml_node *name, struct error *err)
{
	struct kind *kind;

	if (name->kind != YAML_SCALAR)
		return yaml_error(name, err, "'kind' has to be a word");
	for (size_t i = 0; i < set->nr_kinds; i++)
		if (yaml_is(name, set->kinds[i]->name))
			return yaml_error(name, err, "the kind '%s' is there already, in %s:%u", name->text.ptr,
					  set->kinds[i]->source->file, set->kinds[i]->source->line);
	kind = arena_alloc(&set->arena, sizeof(*kind));
	kind->name = name->text.ptr;
	kind->source = document;
	kind->index = (unsigned)set->nr_kinds;
	PUSH(set, kinds, nr_kinds, alloc_kinds, kind);
	return 0;
}

static int add_profile(struct ruleset *set, struct yaml_node *document, struct yaml_node *name, struct error *err)
{
	static const char *const keys[] = { "profile", "default", "includes", NULL };
	struct profile *profile = arena_alloc(&set->arena, sizeof(*profile));
	struct yaml_node *by_default = yaml_get(document, "default");

	if (loader_check_keys(document, keys, err) || yaml_text(name, &profile->name, err))
		return -1;
	profile->by_default = true;
	if (by_default && yaml_bool(by_default, &profile->by_default, err))
		return -1;
	profile->includes = yaml_get(document, "includes");
	if (profile->includes && profile->includes->kind != YAML_SEQUENCE)
		return yaml_error(profile->includes, err, "'includes' has to be a list of profiles");
	for (size_t i = 0; i < set->nr_profiles; i++)
		if (!strcmp(set->profiles[i]->name, profile->name))
			return yaml_error(name, err, "the profile '%s' is there already, in %s:%u", profile->name,
					  set->profiles[i]->source->file, set->profiles[i]->source->line);
	profile->source = document;
	PUSH(set, profiles, nr_profiles, alloc_profiles, profile);
	return 0;
}

/* A document with `bad` or `good` and no name of its own belongs to the rule before it. */
static int add_samples(struct ruleset *set, struct yaml_node *document, struct rule *rule, struct error *err)
{
	static const char *const keys[] = { "bad", "good", NULL };

	(void)set;
	if (!rule)
		return yaml_error(document, err, "a document needs one of the keys code, define, kind, profile");
	if (rule->samples)
		return yaml_error(document, err, "the rule %s has samples already", rule->code);
	rule->samples = document;
	return loader_check_keys(document, keys, err);
}

static int add_document(struct ruleset *set, struct yaml_node *document, struct rule *before, bool builtin,
			struct error *err)
{
	struct yaml_node *name;

	if (document->kind != YAML_MAPPING)
		return yaml_error(document, err, "a document has to be a mapping of keys to values");
	if ((name = yaml_get(document, "code")))
		return add_rule(set, document, name, builtin, err);
	if ((name = yaml_get(document, "define")))
		return add_definition(set, document, name, err);
	if ((name = yaml_get(document, "kind")))
		return add_kind(set, document, name, err);
	if (!yaml_get(document, "bad") && (name = yaml_get(document, "profile")))
		return add_profile(set, document, name, err);
	return add_samples(set, document, before, err);
}

int ruleset_add(struct ruleset *set, const char *file, const char *data, size_t len, bool builtin,
		struct error *err)
{
	size_t rules = set->nr, kinds = set->nr_kinds, definitions = set->nr_definitions, profiles = set->nr_profiles;
	struct yaml_node *document;
	struct rule *before = NULL;

	if (yaml_read(arena_strdup(&set->arena, file), data, len, &set->arena, &document, err))
		return -1;
	if (!document)
		return error_set(err, "%s:1:1: no document in it", file);
	for (; document; document = document->next) {
		if (add_document(set, document, before, builtin, err)) {
			set->nr = rules;
			set->nr_kinds = kinds;
			set->nr_definitions = definitions;
			set->nr_profiles = profiles;
			return -1;
		}
		before = set->nr > rules ? set->rules[set->nr - 1] : NULL;
	}
	if (!builtin)
		loader_note_text(set, data, len);
	return 0;
}

/* -- compiling */

/* A profile that includes one that is not there includes nothing. */
static void check_profiles(struct ruleset *set)
{
	for (size_t i = 0; i < set->nr_profiles; i++) {
		struct error err = { NULL };

		if (!loader_check_profile(set, set->profiles[i], &err))
			continue;
		complain_error(&err);
		set->profiles[i]->includes = NULL;
	}
}

static void compile_kinds(struct ruleset *set)
{
	for (size_t i = 0; i < set->nr_kinds; i++) {
		struct error err = { NULL };

		if (loader_compile_kind(set, set->kinds[i], &err))
			complain_error(&err);
	}
}

/* Definitions are compiled when they are used; those that are not used have to be right too. */
static void compile_definitions(struct ruleset *set)
{
	for (size_t i = 0; i < set->nr_definitions; i++) {
		struct definition *definition = set->definitions[i];
		struct error err = { NULL };

		/* One that is wrong already was complained of where it is used. */
		if (definition->state != DEFINITION_BAD &&
		    !loader_definition(set, definition->document, definition->name, &err))
			complain_error(&err);
	}
}

void ruleset_compile(struct ruleset *set)
{
	size_t kept = 0;

	set->compiled = true;
	check_profiles(set);
	compile_definitions(set);
	compile_kinds(set);
	for (size_t i = 0; i < set->nr; i++) {
		struct error err = { NULL };

		if (loader_compile_rule(set, set->rules[i], &err))
			complain_error(&err);
		else
			set->rules[kept++] = set->rules[i];
	}
	set->nr = kept;
	for (size_t i = 0; i < set->nr; i++) {
		struct error err = { NULL };

		set->rules[i]->index = (unsigned)i;
		if (loader_check_loop(set->rules[i], &err) ||
		    loader_check_text(set, yaml_get(set->rules[i]->source, "message"), &err) ||
		    loader_check_text(set, yaml_get(set->rules[i]->source, "note"), &err))
			complain_error(&err);
		loader_find_triggers(set, set->rules[i]);
	}
}

/* -- finding things by name */

struct rule *ruleset_find(const struct ruleset *set, const char *code_or_name)
{
	for (size_t i = 0; i < set->nr; i++)
		if (!strcmp(set->rules[i]->code, code_or_name) || !strcmp(set->rules[i]->name, code_or_name))
			return set->rules[i];
	return NULL;
}

struct rule *loader_rule(struct ruleset *set, const struct yaml_node *node, struct error *err)
{
	struct rule *rule = node->kind == YAML_SCALAR ? ruleset_find(set, node->text.ptr) : NULL;

	const char *nearest = NULL;
	unsigned distance = NEAREST_NONE;

	if (rule)
		return rule;
	if (node->kind != YAML_SCALAR) {
		yaml_error(node, err, "the code of a rule has to stand here");
		return NULL;
	}
	for (size_t i = 0; i < set->nr; i++)
		nearest_offer(node->text.ptr, set->rules[i]->code, &nearest, &distance);
	loader_unknown(node, "rule", node->text.ptr, nearest, err);
	return NULL;
}

struct kind *loader_kind(struct ruleset *set, const struct yaml_node *node, struct error *err)
{
	const char *nearest = NULL;
	unsigned distance = NEAREST_NONE;

	if (node->kind != YAML_SCALAR) {
		yaml_error(node, err, "the name of a kind has to stand here");
		return NULL;
	}
	for (size_t i = 0; i < set->nr_kinds; i++)
		if (yaml_is(node, set->kinds[i]->name))
			return set->kinds[i];
	for (size_t i = 0; i < set->nr_kinds; i++)
		nearest_offer(node->text.ptr, set->kinds[i]->name, &nearest, &distance);
	loader_unknown(node, "kind", node->text.ptr, nearest, err);
	return NULL;
}

static int compile_definition(struct ruleset *set, struct definition *definition, struct error *err)
{
	static const char *const keys[] = { "define", "names", "test", "context", NULL };
	const struct yaml_node *document = definition->document, *names, *test, *context;

	if (loader_check_keys(document, keys, err))
		return -1;
	names = yaml_get(document, "names");
	test = yaml_get(document, "test");
	context = yaml_get(document, "context");
	if (!!names + !!test + !!context != 1)
		return yaml_error(document, err, "'define' needs one of names, test, context");
	if (names)
		definition->names = loader_extended_names(set, names, definition->extension, err);
	else if (test)
		definition->test = loader_test(set, test, err);
	else
		definition->context = loader_compile_context(set, definition->name, context, err);
	return err->message ? -1 : 0;
}

static const char *nearest_definition(const struct ruleset *set, const char *name)
{
	const char *nearest = NULL;
	unsigned distance = NEAREST_NONE;

	for (size_t i = 0; i < set->nr_definitions; i++)
		nearest_offer(name, set->definitions[i]->name, &nearest, &distance);
	return nearest;
}

static struct definition *find_definition(const struct ruleset *set, const char *name)
{
	for (size_t i = 0; i < set->nr_definitions; i++)
		if (!strcmp(set->definitions[i]->name, name))
			return set->definitions[i];
	return NULL;
}

struct definition *loader_definition(struct ruleset *set, const struct yaml_node *node, const char *name,
				     struct error *err)
{
	struct definition *definition = find_definition(set, name);
	struct error own = { NULL };

	if (!definition) {
		loader_unknown(node, "definition", name, nearest_definition(set, name), err);
		return NULL;
	}
	switch (definition->state) {
	case DEFINITION_DONE:
		return definition;
	case DEFINITION_BUSY:
		yaml_error(node, err, "'%s' is defined through itself", name);
		return NULL;
	case DEFINITION_BAD:
		yaml_error(node, err, "'%s' is wrong itself, see %s:%u", name, definition->document->file,
			   definition->document->line);
		return NULL;
	case DEFINITION_UNREAD:
		break;
	}
	definition->state = DEFINITION_BUSY;
	if (!compile_definition(set, definition, &own)) {
		definition->state = DEFINITION_DONE;
		return definition;
	}
	definition->state = DEFINITION_BAD;
	error_set(err, "%s", own.message);
	error_release(&own);
	return NULL;
}

static void add_word(void *data, const char *word, const char *what)
{
	struct strbuf *list = data;

	(void)what;
	strbuf_addf(list, "%s%s", list->len ? ", " : "", word);
}

static int unknown_context(const struct ruleset *set, const char *name, const char *nearest, struct error *err)
{
	struct strbuf known = STRBUF_INIT;

	if (nearest)
		return error_set(err, "unknown context '%s'; did you mean '%s'?", name, nearest);
	words_of_contexts(set, add_word, &known);
	error_set(err, "unknown context '%s'; there are: %s", name, known.buf);
	strbuf_release(&known);
	return -1;
}

const struct context *ruleset_context(struct ruleset *set, const char *name, struct error *err)
{
	const char *best = NULL;
	unsigned distance = NEAREST_NONE;
	struct definition *definition;

	for (size_t i = 0; i < ARRAY_SIZE(set->contexts); i++)
		if (!strcmp(set->contexts[i]->name, name))
			return set->contexts[i];
	for (size_t i = 0; i < ARRAY_SIZE(set->contexts); i++)
		nearest_offer(name, set->contexts[i]->name, &best, &distance);
	for (size_t i = 0; i < set->nr_definitions; i++)
		if (yaml_get(set->definitions[i]->document, "context"))
			nearest_offer(name, set->definitions[i]->name, &best, &distance);
	definition = find_definition(set, name);
	if (definition && loader_definition(set, definition->document, name, err) && definition->context)
		return definition->context;
	if (!err->message)
		unknown_context(set, name, best, err);
	return NULL;
}

const struct context *loader_context(struct ruleset *set, const struct yaml_node *node, struct error *err)
{
	const struct context *context;
	struct error own = { NULL };

	if (node->kind != YAML_SCALAR) {
		yaml_error(node, err, "'context' has to be a word");
		return NULL;
	}
	context = ruleset_context(set, node->text.ptr, &own);
	if (!context)
		yaml_error(node, err, "%s", own.message);
	error_release(&own);
	return context;
}
