/* SPDX-License-Identifier: MIT
 *
 * The parser of the command line, made from the option table.
 */
#include "cli/options.h"

#include "base/alloc.h"
#include "base/nearest.h"
#include "cli/option_table.h"
#include "cli/options_check.h"
#include "rule/rule.h"

/* An option as it was written. */
struct use {
	const struct option *option;
	struct text word;  /* as typed, for messages: "--staged", "-j" */
	const char *value; /* or NULL */
	bool negated;
};

/* The arguments that are left. */
struct words {
	char *const *next;
	char *const *end;
};

static void list_add(struct option_list *list, const char *ptr, size_t len)
{
	ARRAY_GROW(list->items, list->nr + 1, list->alloc);
	list->items[list->nr++] = xmemdupz(ptr, len);
}

static void list_release(struct option_list *list)
{
	for (size_t i = 0; i < list->nr; i++)
		free(list->items[i]);
	free(list->items);
	memset(list, 0, sizeof(*list));
}

static int unknown_option(const char *typed, const char *name, size_t len, struct error *err)
{
	char *word = xmemdupz(name, len), *nearest = option_nearest(word);

	if (nearest)
		error_set(err, "unknown option '%s'; did you mean '%s'? 'asyncgrep -h' lists them", typed, nearest);
	else
		error_set(err, "unknown option '%s'; 'asyncgrep -h' lists them", typed);
	free(nearest);
	free(word);
	return -1;
}

/* Of "-qx" it is x that is not known, unless the whole is a long name with a dash too few. */
static int unknown_short(const char *typed, char name, struct error *err)
{
	char *nearest = option_nearest(typed + 1);
	bool slip = nearest != NULL;

	free(nearest);
	if (slip || !typed[2])
		return unknown_option(typed, typed + 1, strlen(typed + 1), err);
	return error_set(err, "unknown option '-%c' in '%s'; 'asyncgrep -h' lists them", name, typed);
}

/* -- what an option does */

static int word_length(const struct use *use)
{
	return (int)use->word.len;
}

static int set_action(struct options *options, const struct use *use, struct error *err)
{
	enum options_action action = (enum options_action)use->option->action;

	if (action == ACTION_SCAN)
		return 0;
	if (options->action != ACTION_SCAN && options->action != action && !(use->option->flags & OPTION_ENDS))
		return error_set(err, "'%.*s' asks for something else than the option before it; use one of them",
				 word_length(use), use->word.ptr);
	options->action = action;
	return 0;
}

static int set_target(struct options *options, const struct use *use, struct error *err)
{
	enum target_kind kind = (enum target_kind)use->option->target, *asked = &options->target.kind;

	if (kind == TARGET_WORKTREE)
		return 0;
	if (use->negated) {
		if (*asked == kind)
			*asked = TARGET_WORKTREE;
		return 0;
	}
	if (*asked != TARGET_WORKTREE && *asked != kind)
		return error_set(err, "%s and '%.*s' cannot be used together", options_kind_name(*asked).text,
				 word_length(use), use->word.ptr);
	*asked = kind;
	return 0;
}

/* Two options of the table that set one field to different values. */
static int set_value(struct options *options, const struct use *use, struct error *err)
{
	unsigned *field = OPTION_FIELD(unsigned, options, use->option);
	unsigned value = (unsigned)use->option->value;

	if (use->negated) {
		if (*field == value)
			*field = 0;
		return 0;
	}
	for (size_t i = 0; *field && *field != value && i < option_table_nr; i++)
		if (option_table[i].type == OPTION_SET && option_table[i].field == use->option->field &&
		    (unsigned)option_table[i].value == *field) {
			char *other = option_typed_name(option_table[i].long_name);

			error_set(err, "'%s' and '%.*s' cannot be used together", other, word_length(use), use->word.ptr);
			free(other);
			return -1;
		}
	*field = value;
	return 0;
}

static int unknown_choice(const struct use *use, struct error *err)
{
	struct strbuf known = STRBUF_INIT;
	unsigned distance = NEAREST_NONE;
	const char *word, *best = NULL;

	for (size_t i = 0; (word = use->option->choice(i)); i++) {
		strbuf_addf(&known, "%s%s", i ? ", " : "", word);
		nearest_offer(use->value, word, &best, &distance);
	}
	if (best)
		error_set(err, "'%s' is no %s for '%.*s'; did you mean '%s'?", use->value, use->option->argument,
			  word_length(use), use->word.ptr, best);
	else
		error_set(err, "'%s' is no %s for '%.*s'; there are: %s", use->value, use->option->argument,
			  word_length(use), use->word.ptr, known.buf);
	strbuf_release(&known);
	return -1;
}

static int set_choice(struct options *options, const struct use *use, struct error *err)
{
	int *field = OPTION_FIELD(int, options, use->option);
	const char *word;

	if (use->negated) {
		*field = use->option->value;
		return 0;
	}
	for (size_t i = 0; (word = use->option->choice(i)); i++)
		if (!strcmp(word, use->value)) {
			*field = (int)i;
			return 0;
		}
	return unknown_choice(use, err);
}

static int set_number(struct options *options, const struct use *use, struct error *err)
{
	unsigned long number = ULONG_MAX, least = !(use->option->flags & OPTION_ZERO);
	size_t digits = strspn(use->value, "0123456789");

	if (digits && digits < 10 && !use->value[digits])
		number = strtoul(use->value, NULL, 10);
	if (number < least || number > (unsigned long)use->option->value || !digits)
		return error_set(err, "'%.*s' needs a number from %lu to %d, not '%s'", word_length(use),
				 use->word.ptr, least, use->option->value, use->value);
	*OPTION_FIELD(unsigned, options, use->option) = (unsigned)number;
	return 0;
}

static void set_string(struct options *options, const struct use *use)
{
	char **field = OPTION_FIELD(char *, options, use->option);

	free(*field);
	*field = use->negated ? NULL : xstrdup(use->value);
}

static int set_strings(struct options *options, const struct use *use, struct error *err)
{
	struct option_list *list = OPTION_FIELD(struct option_list, options, use->option);

	if (use->negated) {
		list_release(list);
		return 0;
	}
	if (!*use->value)
		return error_set(err, "'%.*s' was given an empty %s", word_length(use), use->word.ptr,
				 use->option->argument);
	list_add(list, use->value, strlen(use->value));
	return 0;
}

static int set_words(struct options *options, const struct use *use, struct error *err)
{
	char **field = OPTION_FIELD(char *, options, use->option), *before = *field;

	if (use->negated) {
		free(before);
		*field = NULL;
		return 0;
	}
	/* An empty list would quietly select nothing, and find nothing. */
	if (!use->value[strspn(use->value, ", \t\n")])
		return error_set(err, "'%.*s' was given an empty %s", word_length(use), use->word.ptr,
				 use->option->argument);
	*field = xasprintf("%s%s%s", before ? before : "", before ? "," : "", use->value);
	free(before);
	return 0;
}

static int set(struct options *options, const struct use *use, struct error *err)
{
	switch ((enum option_type)use->option->type) {
	case OPTION_ACTION:
		return 0;
	case OPTION_FLAG:
		*OPTION_FIELD(bool, options, use->option) = !use->negated;
		return 0;
	case OPTION_SET:
		return set_value(options, use, err);
	case OPTION_CHOICE:
		return set_choice(options, use, err);
	case OPTION_NUMBER:
		return set_number(options, use, err);
	case OPTION_STRING:
		set_string(options, use);
		return 0;
	case OPTION_STRINGS:
		return set_strings(options, use, err);
	case OPTION_WORDS:
		return set_words(options, use, err);
	}
	BUG("option %.*s has no type", word_length(use), use->word.ptr);
}

int options_set(struct options *options, const struct option *option, const char *value, bool negated,
		struct error *err)
{
	struct use use = { option, { option->long_name, strlen(option->long_name) }, value, negated };

	return set(options, &use, err);
}

static int apply(struct options *options, const struct use *use, struct error *err)
{
	options->given[(use->option - option_table) / 64] |= UINT64_C(1) << (use->option - option_table) % 64;
	if (set_action(options, use, err) < 0 || set_target(options, use, err) < 0)
		return -1;
	return set(options, use, err);
}

/* Sees to it that an option has its argument, which may be the next word, and none otherwise. */
static int complete(struct use *use, struct words *words, struct error *err)
{
	bool takes = use->option->argument && !use->negated;

	if (use->value && !takes)
		return error_set(err, "'%.*s' takes no argument", word_length(use), use->word.ptr);
	if (!use->value && takes && use->option->flags & OPTION_OPTIONAL &&
	    (words->next == words->end || **words->next == '-')) {
		use->value = "";
	} else if (!use->value && takes) {
		if (words->next == words->end)
			return error_set(err, "'%.*s' needs an argument: %s", word_length(use),
					 use->word.ptr, use->option->argument);
		use->value = *words->next++;
	}
	return 0;
}

/* -- words */

static int parse_long(struct options *options, const char *typed, struct words *words, struct error *err)
{
	const char *name = typed + 2, *equals = strchr(name, '=');
	size_t len = equals ? (size_t)(equals - name) : strlen(name);
	struct use use = { .word = { typed, len + 2 }, .value = equals ? equals + 1 : NULL };

	use.option = option_find(name, len, &use.negated);
	if (!use.option)
		return unknown_option(typed, name, len, err);
	if (complete(&use, words, err) < 0)
		return -1;
	return apply(options, &use, err);
}

/* -qv, -j4, -j 4, -qj4; and the slip -staged. */
static int parse_short(struct options *options, const char *typed, struct words *words, struct error *err)
{
	for (const char *at = typed + 1; *at; at++) {
		char word[] = { '-', *at, '\0' };
		struct use use = { .word = { word, 2 }, .option = option_find_short(*at) };

		if (!use.option)
			return unknown_short(typed, *at, err);
		if (use.option->argument && at[1]) {
			use.value = at + 1;
			at += strlen(at) - 1;
		}
		if (complete(&use, words, err) < 0 || apply(options, &use, err) < 0)
			return -1;
		if (use.option->flags & OPTION_ENDS)
			return 0;
	}
	return 0;
}

static int parse_stdin(struct options *options, struct error *err)
{
	if (options->target.kind != TARGET_WORKTREE && options->target.kind != TARGET_STDIN)
		return error_set(err, "'-' (standard input) cannot be used with %s",
				 options_kind_name(options->target.kind).text);
	options->target.kind = TARGET_STDIN;
	return 0;
}

static bool is_ended(const struct options *options)
{
	switch (options->action) {
	case ACTION_HELP:
	case ACTION_HELP_SHORT:
	case ACTION_COMPLETE:
	case ACTION_MAN_OPTIONS:
	case ACTION_CONFIG_SCHEMA:
	case ACTION_VERSION:
		return true;
	default:
		return false;
	}
}

static int parse_words(struct options *options, struct words *words, struct error *err)
{
	bool only_paths = false;

	while (words->next != words->end && !is_ended(options)) {
		const char *word = *words->next++;
		int result = 0;

		if (!*word)
			result = error_set(err, "an empty path; '.' is the current folder");
		else if (only_paths || word[0] != '-')
			list_add(&options->paths, word, strlen(word));
		else if (!strcmp(word, "--"))
			only_paths = true;
		else if (!strcmp(word, "-"))
			result = parse_stdin(options, err);
		else if (word[1] == '-')
			result = parse_long(options, word, words, err);
		else
			result = parse_short(options, word, words, err);
		if (result < 0)
			return -1;
	}
	return 0;
}

static void finish(struct options *options)
{
	if (options->target.kind == TARGET_FILES && !options->paths.nr)
		list_add(&options->paths, ".", 1);
	options->target.paths = (const char *const *)options->paths.items;
	options->target.nr_paths = options->paths.nr;
	options->target.stdin_name = options->stdin_name;
	options->target.rev = options->rev;
	options->target.remote = options->pre_push;
	options->target.range = options->history;
	options->target.progress = !options->quiet;
	if (options->why)
		options->target.keep = KEEP_ALL;
	else if (options->verbose && !options->quiet)
		options->target.keep = KEEP_COUNTED;
}

int options_parse(struct options *options, int argc, char *const *argv, struct error *err)
{
	struct words words = { argv + (argc > 0), argv + argc };

	*options = (struct options){ .format = -1, .color = COLOR_AUTO, .fail_on = SEVERITY_INFO,
				     .before = NOT_GIVEN, .after = NOT_GIVEN, .around = NOT_GIVEN,
				     .words = words.next, .nr_words = (int)(words.end - words.next) };
	if (parse_words(options, &words, err) < 0)
		return -1;
	options->rest = words.next;
	options->nr_rest = (size_t)(words.end - words.next);
	if (is_ended(options))
		return 0;
	if (options_check(options, err) < 0)
		return -1;
	finish(options);
	return 0;
}

void options_release(struct options *options)
{
	for (size_t i = 0; i < option_table_nr; i++) {
		const struct option *option = &option_table[i];

		if (option->type == OPTION_STRINGS) {
			list_release(OPTION_FIELD(struct option_list, options, option));
		} else if (option->type == OPTION_STRING || option->type == OPTION_WORDS) {
			free(*OPTION_FIELD(char *, options, option));
			*OPTION_FIELD(char *, options, option) = NULL;
		}
	}
	list_release(&options->paths);
	options->target.paths = NULL;
	options->target.nr_paths = 0;
	options->target.stdin_name = NULL;
	options->target.rev = NULL;
	options->target.remote = NULL;
	options->target.range = NULL;
}

static const struct option *row_of(const char *long_name)
{
	bool negated;
	const struct option *option = option_find(long_name, strlen(long_name), &negated);

	if (!option || negated)
		BUG("no option is called '%s'", long_name);
	return option;
}

bool options_row_given(const struct options *options, size_t row)
{
	return options->given[row / 64] >> row % 64 & 1;
}

bool options_given(const struct options *options, const char *long_name)
{
	return options_row_given(options, (size_t)(row_of(long_name) - option_table));
}

bool options_on(const struct options *options, const char *long_name)
{
	const struct option *option = row_of(long_name);
	const void *field = (const char *)options + option->field;

	switch ((enum option_type)option->type) {
	case OPTION_ACTION:
		return option->target ? (int)options->target.kind == option->target :
					(int)options->action == option->action;
	case OPTION_FLAG:
		return *(const bool *)field;
	case OPTION_SET:
		return *(const unsigned *)field == (unsigned)option->value;
	case OPTION_STRING:
	case OPTION_WORDS:
		return *(char *const *)field != NULL;
	case OPTION_STRINGS:
		return ((const struct option_list *)field)->nr > 0;
	case OPTION_CHOICE:
	case OPTION_NUMBER:
		return options_row_given(options, (size_t)(option - option_table));
	}
	BUG("option %s has no type", long_name);
}
