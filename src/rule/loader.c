/* SPDX-License-Identifier: MIT
 *
 * The small readers that all documents share: keys, lists of names, captures,
 * regular expressions and windows.
 */
#include "rule/loader.h"

#include "base/alloc.h"
#include "base/chars.h"
#include "base/nearest.h"
#include "base/strbuf.h"
#include "rule/regex.h"

int loader_unknown(const struct yaml_node *node, const char *what, const char *word, const char *nearest,
		   struct error *err)
{
	if (nearest)
		return yaml_error(node, err, "unknown %s '%s'; did you mean '%s'?", what, word, nearest);
	return yaml_error(node, err, "unknown %s '%s'", what, word);
}

/* Where a word stands in a list, or -1 and the nearest to it, or NULL. */
static int place_in(const char *word, const char *const *words, const char **nearest)
{
	unsigned distance = NEAREST_NONE;

	for (int i = 0; words[i]; i++)
		if (!strcmp(words[i], word))
			return i;
	*nearest = NULL;
	for (int i = 0; words[i]; i++)
		nearest_offer(word, words[i], nearest, &distance);
	return -1;
}

int loader_word(const struct yaml_node *node, const char *const *words, const char *what, struct error *err)
{
	const char *nearest;
	int place;

	if (node->kind != YAML_SCALAR)
		return yaml_error(node, err, "a word has to stand here");
	place = place_in(node->text.ptr, words, &nearest);
	return place < 0 ? loader_unknown(node, what, node->text.ptr, nearest, err) : place;
}

int loader_check_keys(const struct yaml_node *mapping, const char *const *known, struct error *err)
{
	if (mapping->kind != YAML_MAPPING)
		return yaml_error(mapping, err, "'%s' has to be a mapping of keys to values",
				  mapping->key ? mapping->key->text.ptr : "this");
	for (const struct yaml_node *value = mapping->child; value; value = value->next) {
		const char *nearest;

		if (place_in(value->key->text.ptr, known, &nearest) < 0)
			return loader_unknown(value->key, "key", value->key->text.ptr, nearest, err);
	}
	return 0;
}

static bool has_empty_part(const char *name)
{
	size_t len = strlen(name);

	return !len || name[0] == '.' || name[len - 1] == '.' || strstr(name, "..");
}

/* The same of any name that these braces stand for. */
static bool may_have_empty_part(const char *name, const char *open, const char *close)
{
	struct strbuf one = STRBUF_INIT;
	bool empty = false;

	for (const char *part = open + 1; part <= close && !empty;) {
		size_t len = strcspn(part, ",}");

		strbuf_setlen(&one, 0);
		strbuf_add(&one, name, (size_t)(open - name));
		strbuf_add(&one, part, len);
		strbuf_addstr(&one, close + 1);
		empty = has_empty_part(one.buf);
		part += len + 1;
	}
	strbuf_release(&one);
	return empty;
}

/* What is in no name: a bracket of a call, a blank, … Letters of all alphabets may be. */
static const char *find_stray(const char *name)
{
	static const char stray[] = " \t\r\n\"#$%&'()+/:;<=>?@[\\]^`|~!";

	name += strcspn(name, stray);
	return *name ? name : NULL;
}

/* Letters, digits and dots between them, as most are: then there is nothing to check. */
static bool is_plain_name(const char *name)
{
	bool dot = true;

	for (; *name; name++) {
		if (*name == '.' ? dot : !is_name_byte(*name))
			return false;
		dot = *name == '.';
	}
	return !dot;
}

/* One pair of braces with something in it, stars only at the ends, and a word between any two dots. */
static int check_name(const struct yaml_node *node, struct error *err)
{
	const char *name = node->text.ptr, *open, *close, *star, *stray;

	if (is_plain_name(name))
		return 0;
	open = strchr(name, '{');
	close = strchr(name, '}');
	star = node->text.len > 1 ? strchr(name + 1, '*') : NULL;
	stray = find_stray(name);
	if (stray)
		return yaml_error(node, err, *stray == '(' ? "'%s': a name is written without brackets" :
				  "'%s': a name has letters, digits, _ and dots", name);
	if (!open != !close || (open && (close < open + 2 || strchr(open + 1, '{') || strchr(close + 1, '}'))))
		return yaml_error(node, err, "'%s': a name may have one pair of braces, {a,b}", name);
	if (star && star[1])
		return yaml_error(node, err, "'%s': a star may stand at the start or the end of a name", name);
	if (open ? may_have_empty_part(name, open, close) : has_empty_part(name))
		return yaml_error(node, err, "'%s': a part of the name is empty", name);
	return 0;
}

static int add_name(struct ruleset *set, const struct yaml_node *node, struct nameset *names, struct error *err)
{
	struct definition *definition;

	if (node->kind != YAML_SCALAR || !node->text.len)
		return yaml_error(node, err, "a name has to be a word");
	if (node->text.ptr[0] != '$') {
		if (check_name(node, err))
			return -1;
		nameset_add(names, &set->arena, node->text.ptr);
		return 0;
	}
	definition = loader_definition(set, node, node->text.ptr + 1, err);
	if (!definition)
		return -1;
	if (!definition->names)
		return yaml_error(node, err, "'%s' is no list of names", node->text.ptr);
	for (size_t i = 0; i < definition->names->nr; i++)
		nameset_add(names, &set->arena, definition->names->names[i]);
	return 0;
}

int loader_no_test(const struct ruleset *set, const struct yaml_node *node, const char *const *literals,
		   struct error *err)
{
	const char *word = node->text.ptr, *nearest;

	if (place_in(word, literals, &nearest) >= 0)
		return yaml_error(node, err, "'%s' is no test; did you mean {literal: %s}?", word, word);
	for (size_t i = 0; i < set->nr_kinds; i++)
		if (yaml_is(node, set->kinds[i]->name))
			return yaml_error(node, err, "'%s' is no test; did you mean {is: %s}?", word, word);
	for (size_t i = 0; i < set->nr_definitions; i++)
		if (yaml_is(node, set->definitions[i]->name))
			return yaml_error(node, err, "'%s' is no test; did you mean $%s?", word, word);
	return yaml_error(node, err, "a test is {word: …}, a list of such, $name of a defined one, or a capture");
}

int loader_check_single_words(const struct yaml_node *node, const struct nameset *names, struct error *err)
{
	for (size_t i = 0; i < names->nr; i++)
		if (strchr(names->names[i], '.'))
			return yaml_error(node, err, "'%s' compares one word of the code, and '%s' has dots; "
					  "'call' and 'resolves' take dotted names", node->key->text.ptr, names->names[i]);
	return 0;
}

struct nameset *loader_own_names(struct ruleset *set, struct nameset *names)
{
	ARRAY_GROW(set->namesets, set->nr_namesets + 1, set->alloc_namesets);
	set->namesets[set->nr_namesets++] = names;
	return names;
}

struct nameset *loader_names(struct ruleset *set, const struct yaml_node *node, struct error *err)
{
	struct nameset *names = loader_own_names(set, arena_alloc(&set->arena, sizeof(*names)));

	if (node->kind == YAML_MAPPING) {
		yaml_error(node, err, "a name, or a list of names, has to stand here");
		return NULL;
	}
	if (node->kind == YAML_SCALAR)
		return add_name(set, node, names, err) ? NULL : names;
	if (!node->child) {
		yaml_error(node, err, "an empty list of names");
		return NULL;
	}
	for (const struct yaml_node *item = node->child; item; item = item->next)
		if (add_name(set, item, names, err))
			return NULL;
	return names;
}

struct nameset *loader_extended_names(struct ruleset *set, const struct yaml_node *node,
				      const struct yaml_node *extension, struct error *err)
{
	struct nameset *names = loader_names(set, node, err);

	if (!names || !extension)
		return names;
	for (const struct yaml_node *item = extension->child; item; item = item->next)
		nameset_add(names, &set->arena, item->text.ptr);
	if (extension->kind == YAML_SCALAR)
		nameset_add(names, &set->arena, extension->text.ptr);
	return names;
}

static int check_added_name(const struct yaml_node *node, struct error *err)
{
	if (node->kind != YAML_SCALAR || !node->text.len)
		return yaml_error(node, err, "a name has to be a word");
	if (node->text.ptr[0] == '$')
		return yaml_error(node, err, "'%s': names can be added, but no sets of them", node->text.ptr);
	return check_name(node, err);
}

int loader_check_extension(const struct yaml_node *names, struct error *err)
{
	if (names->kind == YAML_MAPPING || (names->kind == YAML_SEQUENCE && !names->child))
		return yaml_error(names, err, "a name, or a list of names, has to stand here");
	if (names->kind == YAML_SCALAR)
		return check_added_name(names, err);
	for (const struct yaml_node *item = names->child; item; item = item->next)
		if (check_added_name(item, err))
			return -1;
	return 0;
}

static int intern_capture(struct ruleset *set, const char *name, const struct yaml_node *node, struct error *err)
{
	for (int i = 0; i < set->nr_captures; i++)
		if (!strcmp(set->captures[i], name))
			return i;
	if (set->nr_captures == MAX_CAPTURES)
		return yaml_error(node, err, "more than %d names of captures in all rule files", MAX_CAPTURES);
	set->captures[set->nr_captures] = arena_strdup(&set->arena, name);
	return set->nr_captures++;
}

int loader_capture(struct ruleset *set, const struct yaml_node *node, struct error *err)
{
	static const char word[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";

	if (node->kind != YAML_SCALAR || !node->text.len || strspn(node->text.ptr, word) != node->text.len)
		return yaml_error(node, err, "the name of a capture has to be a word");
	return intern_capture(set, node->text.ptr, node, err);
}

/* Is it the name of a capture, or near to one? */
/* A word of a message that is no capture, but may be meant to be: the nearest one, or NULL. */
static const char *meant_capture(const struct ruleset *set, const char *word)
{
	static const char *const others[] = { "callee", "match", "line", NULL };
	const char *nearest = NULL;
	unsigned distance = NEAREST_NONE;

	if (place_in(word, others, &nearest) >= 0)
		return NULL;
	for (int i = 0; i < set->nr_captures; i++)
		if (!strcmp(word, set->captures[i]))
			return NULL;
	for (size_t i = 0; others[i]; i++)
		nearest_offer(word, others[i], &nearest, &distance);
	for (int i = 0; i < set->nr_captures; i++)
		nearest_offer(word, set->captures[i], &nearest, &distance);
	return nearest;
}

int loader_check_text(struct ruleset *set, const struct yaml_node *text, struct error *err)
{
	const char *open = text && text->kind == YAML_SCALAR ? strchr(text->text.ptr, '{') : NULL;

	for (; open; open = strchr(open + 1, '{')) {
		size_t len = strcspn(open + 1, "{} :,\"'");
		const char *word, *nearest;

		if (open[len + 1] != '}' || len < 3)
			continue;
		word = arena_memdupz(&set->arena, open + 1, len);
		nearest = meant_capture(set, word);
		if (nearest)
			return loader_unknown(text, "capture", word, nearest, err);
	}
	return 0;
}

int *loader_group_captures(struct ruleset *set, const struct regex *regex, const struct yaml_node *node,
			   struct error *err)
{
	int *captures = arena_alloc(&set->arena, regex_groups(regex) * sizeof(*captures));

	for (unsigned i = 0; i < regex_groups(regex); i++) {
		const char *name = regex_group_name(regex, i);

		captures[i] = name ? intern_capture(set, name, node, err) : -1;
		if (name && captures[i] < 0)
			return NULL;
	}
	return captures;
}

struct regex *loader_regex(struct ruleset *set, const struct yaml_node *node, bool anchored, struct error *err)
{
	struct error own = { NULL };
	struct regex *regex;
	size_t offset;

	if (node->kind != YAML_SCALAR || !node->text.len) {
		yaml_error(node, err, "a pattern has to be a text");
		return NULL;
	}
	regex = regex_compile(node->text.ptr, node->text.len, anchored, true, &offset, &own);
	if (!regex) {
		yaml_error(node, err, "at character %zu of the pattern: %s", offset + 1, own.message);
		error_release(&own);
		return NULL;
	}
	ARRAY_GROW(set->regexes, set->nr_regexes + 1, set->alloc_regexes);
	set->regexes[set->nr_regexes++] = regex;
	return regex;
}

/* Does a pattern name captures: `{Word}`, which no quantifier is? */
static bool names_captures(const char *pattern)
{
	for (const char *p = strchr(pattern, '{'); p; p = strchr(p + 1, '{'))
		if (((p[1] >= 'A' && p[1] <= 'Z') || (p[1] >= 'a' && p[1] <= 'z')) && strchr(p, '}') &&
		    (p == pattern || !strchr("\\pPxoNkg", p[-1])))
			return true;
	return false;
}

struct window_pattern *loader_window_pattern(struct ruleset *set, const struct yaml_node *mapping, struct error *err)
{
	/* In the order of enum window. */
	static const char *const windows[] = { "match", "statement", "block", "after", "between",
					       "enclosing", "function", "class", "finally", "file", NULL };
	struct window_pattern *pattern = arena_alloc(&set->arena, sizeof(*pattern));
	const struct yaml_node *text = yaml_get(mapping, "pattern"), *window = yaml_get(mapping, "window");
	int place = window ? loader_word(window, windows, "window", err) : 0;

	if (place < 0)
		return NULL;
	pattern->window = (enum window)place;
	if (yaml_text(text, &pattern->pattern, err))
		return NULL;
	pattern->pattern_len = text->text.len;
	if (names_captures(pattern->pattern))
		return pattern;
	pattern->regex = loader_regex(set, text, false, err);
	return pattern->regex ? pattern : NULL;
}

int loader_optional_names(struct ruleset *set, const struct yaml_node *mapping, const char *key,
			  struct nameset **names, struct error *err)
{
	const struct yaml_node *value = yaml_get(mapping, key);

	*names = value ? loader_names(set, value, err) : NULL;
	return value && !*names ? -1 : 0;
}

int loader_optional_test(struct ruleset *set, const struct yaml_node *mapping, const char *key, struct test **test,
			 struct error *err)
{
	const struct yaml_node *value = yaml_get(mapping, key);

	*test = value ? loader_test(set, value, err) : NULL;
	return value && !*test ? -1 : 0;
}

int loader_optional_bool(const struct yaml_node *mapping, const char *key, bool *flag, struct error *err)
{
	const struct yaml_node *value = yaml_get(mapping, key);

	*flag = false;
	return value ? yaml_bool(value, flag, err) : 0;
}
