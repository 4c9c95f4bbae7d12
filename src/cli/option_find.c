/* SPDX-License-Identifier: MIT
 *
 * The option table, searched.
 */
#include "cli/option_table.h"

#include <ctype.h>

#include "base/alloc.h"
#include "base/nearest.h"

static bool has_name(const struct option *option, const char *name, size_t len)
{
	return option->long_name && strlen(option->long_name) == len &&
		!memcmp(option->long_name, name, len);
}

static const struct option *find_long(const char *name, size_t len)
{
	for (size_t i = 0; i < option_table_nr; i++)
		if (has_name(&option_table[i], name, len))
			return &option_table[i];
	return NULL;
}

const struct option *option_find_short(char name)
{
	for (size_t i = 0; i < option_table_nr; i++)
		if (option_table[i].short_name == name)
			return &option_table[i];
	return NULL;
}

/* --no-NAME of NAME, and --NAME of no-NAME. */
static const struct option *find_negated(const char *name, size_t len)
{
	const struct option *option;
	char *opposite;

	if (len > 3 && !memcmp(name, "no-", 3))
		opposite = xmemdupz(name + 3, len - 3);
	else
		opposite = xasprintf("no-%.*s", (int)len, name);
	option = find_long(opposite, strlen(opposite));
	free(opposite);
	return option && option->flags & OPTION_NEGATABLE ? option : NULL;
}

const struct option *option_find(const char *name, size_t len, bool *negated)
{
	const struct option *option = find_long(name, len);

	*negated = !option;
	return option ? option : find_negated(name, len);
}

static void offer_name(const char *wanted, const struct option *option, const char **best, unsigned *distance)
{
	/* A beginning is as good as a hit. */
	if (strlen(wanted) > 2 && *distance && !strncmp(option->long_name, wanted, strlen(wanted))) {
		*best = option->long_name;
		*distance = 0;
	}
	nearest_offer(wanted, option->long_name, best, distance);
}

/* Of a single letter none is near but itself, with a dash less, and the same in the other case. */
static char *nearest_letter(char letter)
{
	const char others[] = { letter, (char)(isupper((unsigned char)letter) ? tolower((unsigned char)letter) :
					       toupper((unsigned char)letter)) };

	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		if (option_find_short(others[i]))
			return xasprintf("-%c", others[i]);
	return NULL;
}

char *option_nearest(const char *name)
{
	bool negated = !strncmp(name, "no-", 3);
	unsigned distance = NEAREST_NONE, distance_undone = NEAREST_NONE;
	const char *best = NULL, *undone = NULL;

	if (*name && !name[1])
		return nearest_letter(*name);
	for (size_t i = 0; i < option_table_nr; i++) {
		const struct option *option = &option_table[i];

		if (!option->long_name || option->flags & OPTION_HIDDEN)
			continue;
		offer_name(name, option, &best, &distance);
		if (negated && option->flags & OPTION_NEGATABLE)
			offer_name(name + 3, option, &undone, &distance_undone);
	}
	if (undone && distance_undone < distance)
		return xasprintf("--no-%s", undone);
	return best ? xasprintf("--%s", best) : NULL;
}

char *option_typed_name(const char *long_name)
{
	const struct option *option = find_long(long_name, strlen(long_name));

	return option->short_name ? xasprintf("-%c", option->short_name) : xasprintf("--%s", long_name);
}
