/* SPDX-License-Identifier: MIT
 *
 * What binds an identifier has to spell it: a search of the text leaves few
 * statements to outline, where one identifier is asked about.
 */
#include "base/chars.h"
#include "python/binding_table.h"
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

/* May a statement bind an identifier that it spells at a place? */
static bool may_bind(const struct mask *mask, const struct stmt *stmt, enum mention_kind as, const char *place,
		     size_t len)
{
	const char *start = mask->code + stmt->start, *end = mask->code + mask->len;

	if (stmt->kind == STMT_IMPORT || stmt->kind == STMT_FROM)
		return as == MENTION_NAME;
	if (is_asked(place + len, end) && !is_defined(start, place))
		return false;
	return is_attribute(start, place) == (as == MENTION_ATTRIBUTE);
}

int32_t mention_first(const struct outline *outline, const struct finder *finder, enum mention_kind as, int32_t first,
		      int32_t last)
{
	const struct stmt *stmts = outline->blocks->stmts;
	const char *code = outline->mask->code, *end = code + stmts[last].end, *hit = code + stmts[first].start;
	size_t len = finder->literal.len;

	for (; (hit = finder_find(finder, hit, (size_t)(end - hit))); hit += len) {
		if (is_name_byte(hit[len]) || (hit != code && is_name_byte(hit[-1])))
			continue;
		while (first < last && code + stmts[first + 1].start <= hit)
			first++;
		if (may_bind(outline->mask, &stmts[first], as, hit, len))
			return first;
	}
	return NO_STMT;
}
