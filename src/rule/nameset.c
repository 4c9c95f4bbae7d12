/* SPDX-License-Identifier: MIT
 *
 * Sets of names: uthash for plain ones, a list for those with a star.
 */
#include "rule/nameset.h"

#include <uthash.h>

#include "base/alloc.h"
#include "base/strbuf.h"

struct nameset_entry {
	UT_hash_handle hh;
};

static void add_plain(struct nameset *set, struct arena *arena, const char *name, size_t len)
{
	struct nameset_entry *entry;
	char *copy;

	HASH_FIND(hh, set->entries, name, len, entry);
	if (entry)
		return;
	copy = arena_memdupz(arena, name, len);
	ARRAY_GROW(set->names, set->nr + 1, set->alloc);
	set->names[set->nr++] = copy;
	if (memchr(name, '*', len)) {
		set->has_globs = true;
		return;
	}
	if (len > set->longest)
		set->longest = len;
	entry = arena_alloc(arena, sizeof(*entry));
	HASH_ADD_KEYPTR(hh, set->entries, copy, len, entry);
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
	struct nameset_entry *entry;

	if (!name.len)
		return false;
	HASH_FIND(hh, set->entries, name.ptr, name.len, entry);
	if (entry || !set->has_globs)
		return entry != NULL;
	for (size_t i = 0; i < set->nr; i++)
		if (strchr(set->names[i], '*') && glob_matches(set->names[i], name))
			return true;
	return false;
}
