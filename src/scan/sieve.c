/* SPDX-License-Identifier: MIT
 *
 * One pass over the bytes: each `(`, and each word `as`. The last bytes of the
 * name before it decide nearly all of them.
 */
#include "scan/sieve.h"

#include "base/alloc.h"
#include "base/chars.h"
#include "base/marks.h"
#include "scan/spelled.h"

static bool may_start(struct screen *screen, struct text name)
{
	const struct trigger_rule *rules;
	bool dotted;
	size_t nr;

	rules = matcher_triggered(screen->matcher, name, &nr);
	dotted = nr && spelled_dotted(screen->bytes, name);
	for (size_t i = 0; i < nr; i++)
		if ((dotted || rules[i].resolved) && screen_allows(screen, &rules[i]))
			return true;
	return false;
}

static void take_bracket(struct sieve *sieve, struct screen *screen, size_t place)
{
	bool hidden = false;
	size_t end = place;

	if (!place || !is_name_byte(screen->bytes[place - 1]))
		end = spelled_end(screen->bytes, place, &hidden);
	if (!hidden && (!matcher_may_end(screen->matcher, screen->bytes, end) ||
			!may_start(screen, spelled_name(screen->bytes, end))))
		return;
	ARRAY_GROW(sieve->places, sieve->nr + 1, sieve->alloc);
	sieve->places[sieve->nr++] = (uint32_t)place;
}

/* At what may be a word `as`. */
static void take_as(struct sieve *sieve, struct screen *screen, size_t place)
{
	bool hidden = false;
	size_t end, nr;

	if ((place && is_name_byte(screen->bytes[place - 1])) ||
	    (place + 2 < screen->len && is_name_byte(screen->bytes[place + 2])))
		return;
	end = spelled_end(screen->bytes, place, &hidden);
	if (!hidden && !matcher_may_end(screen->matcher, screen->bytes, end))
		return;
	matcher_triggered(screen->matcher, spelled_name(screen->bytes, end), &nr);
	if (!hidden && !nr)
		return;
	ARRAY_GROW(sieve->renames, sieve->nr_renames + 1, sieve->alloc_renames);
	sieve->renames[sieve->nr_renames++] = (uint32_t)place;
}

static void take(struct sieve *sieve, struct screen *screen, size_t place)
{
	if (screen->bytes[place] == '(')
		take_bracket(sieve, screen, place);
	else
		take_as(sieve, screen, place);
}

bool sieve_any_call(const struct screen *screen)
{
	struct rule *const *rules;
	size_t nr;

	rules = matcher_untriggered(screen->matcher, &nr);
	for (size_t i = 0; i < nr; i++)
		if (screen->active[rules[i]->index])
			return true;
	return false;
}

void sieve_fill(struct sieve *sieve, struct screen *screen)
{
	uint64_t bits[MARKS_WINDOW / 64];

	sieve->all = sieve_any_call(screen);
	for (size_t from = 0, to; from < screen->len && !sieve->all; from = to) {
		to = screen->len - from < MARKS_WINDOW ? screen->len : from + MARKS_WINDOW;
		mark_byte_or_word('(', "as", screen->bytes, screen->len, from, to, bits);
		for (size_t offset = from; offset < to; offset += 64)
			for (uint64_t word = bits[(offset - from) / 64]; word; word &= word - 1)
				take(sieve, screen, offset + lowest_mark(word));
	}
}

void sieve_release(struct sieve *sieve)
{
	free(sieve->places);
	free(sieve->renames);
	memset(sieve, 0, sizeof(*sieve));
}
