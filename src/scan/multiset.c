/* SPDX-License-Identifier: MIT
 *
 * A hash table of counts.
 */
#include "scan/multiset.h"

#include <uthash.h>

#include "base/alloc.h"

struct multiset_entry {
	char *key; /* owned */
	uint32_t nr;
	UT_hash_handle hh;
};

uint32_t multiset_add(struct multiset *set, const char *key, size_t len)
{
	struct multiset_entry *entry;

	HASH_FIND(hh, set->table, key, len, entry);
	if (!entry) {
		entry = xcalloc(1, sizeof(*entry));
		entry->key = xmemdupz(key, len);
		HASH_ADD_KEYPTR(hh, set->table, entry->key, len, entry);
	}
	return ++entry->nr;
}

bool multiset_take(struct multiset *set, const char *key, size_t len)
{
	struct multiset_entry *entry;

	HASH_FIND(hh, set->table, key, len, entry);
	if (!entry || !entry->nr)
		return false;
	entry->nr--;
	return true;
}

void multiset_release(struct multiset *set)
{
	struct multiset_entry *entry, *next;

	HASH_ITER(hh, set->table, entry, next) {
		HASH_DEL(set->table, entry);
		free(entry->key);
		free(entry);
	}
}
