/* SPDX-License-Identifier: MIT
 *
 * Words in the bytes of one file.
 */
#include "scan/screen.h"

#include "base/alloc.h"

/* What is known of a word; zero: nothing yet. */
enum { THERE = 1, IN_LONGER_WORDS = -1, NOWHERE = -2 };

/* Does what was looked for already tell that a word is not in the file? */
static bool is_absent(const struct screen *screen, unsigned word)
{
	const struct needed_word *needed = &matcher_needs(screen->matcher)->words[word];

	for (unsigned i = 0; i < needed->nr_parts; i++)
		if (screen->found[needed->parts[i]] == NOWHERE)
			return true;
	return screen->found[word] < 0;
}

static signed char look_for(const struct screen *screen, const struct word *word)
{
	const char *hit = finder_find(&word->finder, screen->bytes, screen->len);

	if (!hit)
		return NOWHERE;
	return word_find(word, screen->bytes, screen->len, (size_t)(hit - screen->bytes)) ? THERE : IN_LONGER_WORDS;
}

static bool has_word(struct screen *screen, unsigned word)
{
	if (!screen->found[word])
		screen->found[word] = is_absent(screen, word) ? NOWHERE :
				      look_for(screen, &matcher_needs(screen->matcher)->words[word].word);
	return screen->found[word] == THERE;
}

static bool has_one_of(struct screen *screen, const unsigned *words, unsigned nr)
{
	for (unsigned i = 0; i < nr; i++)
		if (has_word(screen, words[i]))
			return true;
	return !nr;
}

static bool has_sign(struct screen *screen, const struct sign *signs, unsigned nr)
{
	for (unsigned i = 0; i < nr; i++)
		if ((signs[i].package == NO_WORD || has_word(screen, signs[i].package)) &&
		    (signs[i].word == NO_WORD || has_word(screen, signs[i].word)))
			return true;
	return !nr;
}

static bool may_have_sign(const struct screen *screen, const struct sign *signs, unsigned nr)
{
	for (unsigned i = 0; i < nr; i++)
		if ((signs[i].package == NO_WORD || !is_absent(screen, signs[i].package)) &&
		    (signs[i].word == NO_WORD || !is_absent(screen, signs[i].word)))
			return true;
	return !nr;
}

static bool has_call(struct screen *screen, const struct rule_needs *needs)
{
	for (unsigned i = 0; i < needs->nr_calls; i++)
		if (may_have_sign(screen, needs->calls[i].signs, needs->calls[i].nr_signs) &&
		    has_word(screen, needs->calls[i].name) &&
		    has_sign(screen, needs->calls[i].signs, needs->calls[i].nr_signs))
			return true;
	return !needs->nr_calls;
}

static bool has_needs(struct screen *screen, const struct rule_needs *needs)
{
	for (unsigned i = 0; i < needs->nr; i++)
		if (!has_one_of(screen, needs->clauses[i].words, needs->clauses[i].nr))
			return false;
	return has_call(screen, needs);
}

bool screen_init(struct screen *screen, const struct matcher *matcher, const bool *allowed, const char *bytes,
		 size_t len)
{
	const struct ruleset *set = matcher_rules(matcher);
	const struct needs *needs = matcher_needs(matcher);
	bool some = false, sifted = false; /* the calls of the file will be looked at anyway */

	*screen = (struct screen){ .matcher = matcher, .bytes = bytes, .len = len };
	screen->found = xcalloc(needs->nr + set->nr, 1);
	screen->active = (bool *)screen->found + needs->nr;
	for (size_t i = 0; i < set->nr; i++) {
		const struct rule *rule = set->rules[i];

		screen->active[i] = rule->selected && !rule->suppressions && (!allowed || allowed[i]) &&
				    ((sifted && rule->has_triggers) || has_needs(screen, &needs->rules[i]));
		some |= screen->active[i];
		sifted |= screen->active[i] && rule->has_triggers;
	}
	return some;
}

void screen_release(struct screen *screen)
{
	free(screen->found);
}

bool screen_allows(struct screen *screen, const struct trigger_rule *trigger)
{
	return screen->active[trigger->rule->index] &&
	       has_sign(screen, trigger->signs, trigger->nr_signs);
}
