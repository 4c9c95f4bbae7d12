/* SPDX-License-Identifier: MIT
 *
 * Sets of names: uthash for plain ones, a list for those with a star. A small
 * set is a list only: most sets have one name, and a table costs more to make
 * than all that is ever looked up in it.
 */
#include "rule/nameset.h"

#include <uthash.h>

#include "base/alloc.h"
#include "base/strbuf.h"

#define SMALL 4

struct nameset_entry {
	UT_hash_handle hh;
};

static bool has_listed(const struct nameset *set, const char *name, size_t len)
{
	for (size_t i = 0; i < set->nr; i++)
		if (strlen(set->names[i]) == len && memcmp(set->names[i], name, len) == 0)
			return true;
	return false;
}

static bool has_plain(const struct nameset *set, const char *name, size_t len)
{
	struct nameset_entry *entry;

	if (set->nr <= SMALL)
		return has_listed(set, name, len);
	HASH_FIND(hh, set->entries, name, len, entry);
	return entry != NULL;
}

static void add_entry(struct nameset *set, struct arena *arena, const char *name)
{
	struct nameset_entry *entry;
	size_t len = strlen(name);

	if (strchr(name, '*'))
		return;
	entry = arena_alloc(arena, sizeof(*entry));
	HASH_ADD_KEYPTR(hh, set->entries, name, len, entry);
}

static void add_plain(struct nameset *set, struct arena *arena, const char *name, size_t len)
{
	if (has_plain(set, name, len))
		return;
	ARRAY_GROW(set->names, set->nr + 1, set->alloc);
	set->names[set->nr++] = arena_memdupz(arena, name, len);
	if (memchr(name, '*', len))
		set->has_globs = true;
	else if (len > set->longest)
		set->longest = len;
	for (size_t i = set->nr == SMALL + 1 ? 0 : set->nr - 1; i < set->nr && set->nr > SMALL; i++)
		add_entry(set, arena, set->names[i]);
}

void nameset_add(struct nameset *set, struct arena *arena, const char *name)
{
	const char *open = strchr(name, '{'), *close = open ? strchr(open, '}') : NULL;
	struct strbuf one = STRBUF_INIT;

	if (!close) {
		add_plain(set, arena, name, strlen(name));
		return;
	}
	for (const char *part = open + 1; part <= close;) {
		size_t len = strcspn(part, ",}");

		strbuf_setlen(&one, 0);
		strbuf_add(&one, name, (size_t)(open - name));
		strbuf_add(&one, part, len);
		strbuf_addstr(&one, close + 1);
		add_plain(set, arena, one.buf, one.len);
		part += len + 1;
	}
	strbuf_release(&one);
}

void nameset_release(struct nameset *set)
{
	HASH_CLEAR(hh, set->entries);
	free(set->names);
	memset(set, 0, sizeof(*set));
}

static bool glob_matches(const char *glob, struct text name)
{
	size_t len = strlen(glob);

	if (len && glob[0] == '*') {
		len--;
		return name.len >= len && memcmp(name.ptr + name.len - len, glob + 1, len) == 0;
	}
	return len && glob[len - 1] == '*' && name.len >= len - 1 && memcmp(name.ptr, glob, len - 1) == 0;
}

bool nameset_has(const struct nameset *set, struct text name)
{
	if (!name.len)
		return false;
	if (has_plain(set, name.ptr, name.len))
		return true;
	if (!set->has_globs)
		return false;
	for (size_t i = 0; i < set->nr; i++)
		if (strchr(set->names[i], '*') && glob_matches(set->names[i], name))
			return true;
	return false;
}
