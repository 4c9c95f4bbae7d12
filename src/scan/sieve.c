/* SPDX-License-Identifier: MIT
 *
 * One pass over blocks of 64 bytes: each `(`, and each word `as`. The last two
 * bytes of the name before it decide nearly all of them.
 */
#include "scan/sieve.h"

#include "base/alloc.h"
#include "base/block64.h"
#include "base/chars.h"

/* What may stand between a name and its bracket in code: layout, and the parentheses of `(f)(x)`. */
static bool is_between(char c)
{
	return is_layout(c) || c == ')';
}

/* Does the line that ends before `end` hold a `#`? Behind one, it may be a comment that hides the name. */
static bool may_end_in_comment(const char *bytes, size_t end)
{
	while (end && !is_line_end(bytes[end - 1]))
		if (bytes[--end] == '#')
			return true;
	return false;
}

/* The name before a place; *hidden: it may be another one, before a comment. */
static struct text name_before(const char *bytes, size_t place, bool *hidden)
{
	size_t end = place, start;

	*hidden = false;
	while (end && is_between(bytes[end - 1]))
		if (is_line_end(bytes[--end]) && may_end_in_comment(bytes, end))
			*hidden = true;
	for (start = end; start && is_name_byte(bytes[start - 1]);)
		start--;
	return (struct text){ bytes + start, end - start };
}

static bool may_start(struct screen *screen, struct text name)
{
	const struct trigger_rule *rules;
	size_t nr;

	rules = matcher_triggered(screen->matcher, name, &nr);
	for (size_t i = 0; i < nr; i++)
		if (screen_allows(screen, &rules[i]))
			return true;
	return false;
}

static void take_bracket(struct sieve *sieve, struct screen *screen, size_t place)
{
	const char *bytes = screen->bytes;
	struct text name;
	bool hidden;

	/* A name of one byte at the start of the file has only one before the bracket. */
	if (place >= 2 && !matcher_may_end(screen->matcher, bytes + place - 2))
		return;
	name = name_before(bytes, place, &hidden);
	if (!hidden && !may_start(screen, name))
		return;
	ARRAY_GROW(sieve->places, sieve->nr + 1, sieve->alloc);
	sieve->places[sieve->nr++] = (uint32_t)place;
}

/* At the `s` behind an `a`. Most are inside of longer words. */
static void take_as(struct sieve *sieve, struct screen *screen, size_t place)
{
	struct text name;
	bool hidden;
	size_t nr;

	if (place < 2 || is_name_byte(screen->bytes[place - 2]) ||
	    (place + 1 < screen->len && is_name_byte(screen->bytes[place + 1])))
		return;
	name = name_before(screen->bytes, place - 1, &hidden);
	matcher_triggered(screen->matcher, name, &nr);
	if (!hidden && !nr)
		return;
	ARRAY_GROW(sieve->renames, sieve->nr_renames + 1, sieve->alloc_renames);
	sieve->renames[sieve->nr_renames++] = (uint32_t)place;
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
	uint64_t behind_a = 0; /* bit 0: the byte before this block is an `a` */

	sieve->all = sieve_any_call(screen);
	for (size_t offset = 0; offset < screen->len && !sieve->all; offset += 64) {
		struct block64 block = block64_at(screen->bytes, screen->len, offset);
		uint64_t brackets = block64_equal(&block, '('), a = block64_equal(&block, 'a');
		uint64_t as = block64_equal(&block, 's') & (a << 1 | behind_a);

		behind_a = a >> 63;
		for (; brackets; brackets &= brackets - 1)
			take_bracket(sieve, screen, offset + block64_first(brackets));
		for (; as; as &= as - 1)
			take_as(sieve, screen, offset + block64_first(as));
	}
}

void sieve_release(struct sieve *sieve)
{
	free(sieve->places);
	free(sieve->renames);
	memset(sieve, 0, sizeof(*sieve));
}
