/* SPDX-License-Identifier: MIT
 *
 * Words of the code text, and what stands around them.
 */
#include "python/mention.h"

#include "base/chars.h"
#include "base/word.h"
#include "python/blocks.h"
#include "python/mask.h"
#include "python/outline.h"

/* Is the word before a place, in the statement that starts at `start`, one that binds what a bracket follows, too? */
static bool is_defined(const char *start, const char *place)
{
	while (place > start && is_layout(place[-1]))
		place--;
	return (place - start >= 3 && !memcmp(place - 3, "def", 3)) ||
	       (place - start >= 5 && !memcmp(place - 5, "class", 5)) ||
	       (place - start >= 4 && !memcmp(place - 4, "type", 4));
}

/* Is an identifier that ends at a place called, indexed or asked for an attribute? */
static bool is_asked(const char *place, const char *end)
{
	/* In its own line: what the next one begins with may be another statement. */
	while (place < end && (*place == ' ' || *place == '\t'))
		place++;
	return place < end && (*place == '.' || *place == '(' || *place == '[');
}

static bool is_attribute(const char *start, const char *place)
{
	while (place > start && is_layout(place[-1]))
		place--;
	return place > start && place[-1] == '.';
}

/* Does a statement that mentions an identifier of `len` bytes at a place mention it so? */
static bool is_so(const struct mask *mask, const struct stmt *stmt, enum mention_as as, const char *place, size_t len)
{
	const char *start = mask->code + stmt->start, *end = mask->code + mask->len;

	if (as == MENTION_ANY)
		return true;
	if (stmt->kind == STMT_IMPORT || stmt->kind == STMT_FROM)
		return as == MENTION_BOUND;
	if (is_asked(place + len, end) && !is_defined(start, place))
		return false;
	return is_attribute(start, place) == (as == MENTION_BOUND_ATTRIBUTE);
}

int32_t mention_first(const struct outline *outline, const struct word *word, enum mention_as as, int32_t first,
		      int32_t last)
{
	const struct stmt *stmts = outline->blocks->stmts;
	const char *code = outline->mask->code, *hit;
	size_t len = word->finder.literal.len;

	if (last < first)
		return NO_STMT;
	for (size_t from = stmts[first].start; (hit = word_find(word, code, stmts[last].end, from));
	     from = (size_t)(hit - code) + len) {
		while (first < last && code + stmts[first + 1].start <= hit)
			first++;
		if (is_so(outline->mask, &stmts[first], as, hit, len))
			return first;
	}
	return NO_STMT;
}
