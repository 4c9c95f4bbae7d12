/* SPDX-License-Identifier: MIT
 *
 * Words in the bytes of one file.
 */
#include "scan/screen.h"

#include "base/alloc.h"

static bool has_word(struct screen *screen, unsigned word)
{
	const struct word *words = matcher_needs(screen->matcher)->words;

	if (!screen->found[word])
		screen->found[word] = word_find(&words[word], screen->bytes, screen->len, 0) ? 1 : -1;
	return screen->found[word] > 0;
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

static bool has_call(struct screen *screen, const struct rule_needs *needs)
{
	for (unsigned i = 0; i < needs->nr_calls; i++)
		if (has_word(screen, needs->calls[i].name) &&
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
