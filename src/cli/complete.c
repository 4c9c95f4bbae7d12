/* SPDX-License-Identifier: MIT
 *
 * Words are looked at as the parser does (options.c), and never refused: who
 * types is not done yet. Words are not held against what is there already; the shells do that,
 * each in its way.
 */
#include "cli/complete.h"

#include "base/alloc.h"
#include "cli/settings.h"
#include "cli/option_table.h"
#include "cli/options_help.h"
#include "rule/words.h"

struct completion {
	struct strbuf *out;
	char *const *words; /* those before the one that is completed */
	size_t nr;
	const char *prefix; /* what each candidate begins with */
	size_t prefix_len;
};

static void offer(void *data, const char *word, const char *what)
{
	struct completion *completion = data;

	strbuf_add(completion->out, completion->prefix, completion->prefix_len);
	strbuf_add_visible(completion->out, word, strlen(word));
	strbuf_addch(completion->out, '\t');
	strbuf_add_visible(completion->out, what, strlen(what));
	strbuf_addch(completion->out, '\n');
}

static void leave_to_shell(struct completion *completion, const char *kind)
{
	strbuf_addf(completion->out, "%s\t", kind);
	strbuf_add(completion->out, completion->prefix, completion->prefix_len);
	strbuf_addch(completion->out, '\n');
}

/* Who types is not done yet: what is wrong is passed over. */
static void load_rules(const struct options *options, struct settings *settings, struct ruleset *set)
{
	struct error err = { NULL };

	if (ruleset_add_builtin(set, false, &err) < 0)
		error_release(&err);
	for (size_t i = 0; i < options->patterns.nr; i++)
		if (ruleset_add_path(set, options->patterns.items[i], true, &err) < 0)
			error_release(&err);
	if (settings_extend_rules(settings, set, &err) < 0)
		error_release(&err);
	ruleset_compile(set);
}

/* Offers what the rule set knows, that of the --patterns which stand before and of the configuration included. */
static void offer_rules(struct completion *completion, void (*words)(const struct ruleset *, words_fn, void *))
{
	char **argv = xcalloc(completion->nr + 2, sizeof(*argv));
	struct settings settings = { .arena = { NULL } };
	struct options options;
	struct ruleset set;
	struct error err = { NULL };

	memcpy(argv + 1, completion->words, completion->nr * sizeof(*argv));
	/* What cannot be understood as yet counts as far as it can. */
	options_parse(&options, (int)completion->nr + 1, argv, &err);
	error_release(&err);
	/* Anything else would have to be found, or read from standard input. */
	if (options.target.kind == TARGET_WORKTREE)
		settings_load(&settings, &options, &err);
	error_release(&err);
	ruleset_init(&set);
	load_rules(&options, &settings, &set);
	words(&set, offer, completion);
	ruleset_release(&set);
	settings_release(&settings);
	options_release(&options);
	free(argv);
}

/* Of a list the part behind the last comma. */
static void offer_list(struct completion *completion, const char *value)
{
	const char *comma = strrchr(value, ',');

	if (comma)
		completion->prefix_len += (size_t)(comma + 1 - value);
	offer_rules(completion, words_of_selection);
}

static void offer_value(struct completion *completion, const struct option *option, const char *value)
{
	const char *word;

	for (size_t i = 0; option->choice && (word = option->choice(i)); i++)
		offer(completion, word, "");
	switch ((enum option_complete)option->complete) {
	case COMPLETE_NOTHING:
		break;
	case COMPLETE_FILE:
		leave_to_shell(completion, ":file");
		break;
	case COMPLETE_REVISION:
		leave_to_shell(completion, ":revision");
		break;
	case COMPLETE_REMOTE:
		leave_to_shell(completion, ":remote");
		break;
	case COMPLETE_RULE:
		offer_rules(completion, words_of_rules);
		break;
	case COMPLETE_RULES:
		offer_list(completion, value);
		break;
	case COMPLETE_CONTEXT:
		offer_rules(completion, words_of_contexts);
		break;
	}
}

/* Names that undo an option are offered only to who types "--no-". */
static void offer_options(struct completion *completion, const char *word)
{
	bool negated = !strncmp(word, "--no-", 5);
	struct strbuf help = STRBUF_INIT;

	for (size_t i = 0; i < option_table_nr; i++) {
		const struct option *option = &option_table[i];
		char name[64] = { '-', option->short_name };

		if (option->flags & OPTION_HIDDEN)
			continue;
		strbuf_setlen(&help, 0);
		options_help_line(&help, option);
		if (option->short_name && word[1] != '-')
			offer(completion, name, help.buf);
		if (!option->long_name)
			continue;
		snprintf(name, sizeof(name), "--%s", option->long_name);
		offer(completion, name, help.buf);
		if (negated && option->flags & OPTION_NEGATABLE && strncmp(option->long_name, "no-", 3) != 0) {
			snprintf(name, sizeof(name), "--no-%s", option->long_name);
			offer(completion, name, "");
		}
	}
	strbuf_release(&help);
}

/* The option that a word leaves without its argument, which may be the next word; NULL: none. */
static const struct option *open_option(const char *word)
{
	const struct option *option = NULL;
	bool negated = false;

	if (word[0] != '-' || !word[1])
		return NULL;
	if (word[1] == '-') {
		option = option_find(word + 2, strlen(word + 2), &negated);
		return option && option->argument && !negated ? option : NULL;
	}
	for (const char *at = word + 1; *at; at++) {
		option = option_find_short(*at);
		if (!option)
			return NULL;
		if (option->argument)
			return at[1] ? NULL : option;
	}
	return NULL;
}

/* "--name=value": completes the value. False where there is none. */
static bool offer_behind_equals(struct completion *completion, const char *word)
{
	const char *equals = strchr(word, '=');
	const struct option *option;
	bool negated;

	if (word[0] != '-' || word[1] != '-' || !equals)
		return false;
	option = option_find(word + 2, (size_t)(equals - word) - 2, &negated);
	if (option && option->argument && !negated) {
		completion->prefix_len = (size_t)(equals + 1 - word);
		offer_value(completion, option, equals + 1);
	}
	return true;
}

static void offer_word(struct completion *completion, const char *word)
{
	if (word[0] == '-') {
		if (!offer_behind_equals(completion, word))
			offer_options(completion, word);
	} else {
		leave_to_shell(completion, ":file");
	}
}

void complete_words(struct strbuf *out, char *const *words, size_t nr)
{
	const char *word = nr ? words[nr - 1] : "";
	struct completion completion = { .out = out, .words = words, .nr = nr ? nr - 1 : 0, .prefix = word };
	const struct option *open = NULL;
	bool only_paths = false;

	for (size_t i = 0; i + 1 < nr && !only_paths; i++) {
		bool optional = open && open->flags & OPTION_OPTIONAL;

		if (open && (!optional || words[i][0] != '-')) {
			open = NULL; /* it is its argument */
			continue;
		}
		only_paths = !strcmp(words[i], "--");
		open = open_option(words[i]);
	}
	if (only_paths)
		leave_to_shell(&completion, ":file");
	else if (open && (!(open->flags & OPTION_OPTIONAL) || word[0] != '-'))
		offer_value(&completion, open, word);
	else
		offer_word(&completion, word);
}
