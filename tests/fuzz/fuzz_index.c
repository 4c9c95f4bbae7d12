/* SPDX-License-Identifier: MIT
 *
 * Any bytes at all as an index. Nothing outside may be read; what is read is in order, and found by its path.
 */
#include "fuzz.h"

#include "base/alloc.h"
#include "git/cache_tree.h"
#include "git/index_file.h"

static void ask(const struct index *index)
{
	struct index_entry entry, previous = { .path = "" };
	struct cache_tree tree;

	cache_tree_read(&tree, index);
	for (size_t i = 0; i < index->nr; i++) {
		index_entry_at(index, i, &entry);
		REQUIRE(*entry.path && strcmp(previous.path, entry.path) <= 0);
		REQUIRE(index_has(index, entry.path));
		cache_tree_same(&tree, index, i, entry.path, &entry.id);
		previous = entry;
	}
	cache_tree_release(&tree);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct index index = { .nr = 0 };
	struct error err = { NULL };

	index.bytes = xmemdupz(data, size);
	if (index_file_parse(&index, size, "index", &err) == 0)
		ask(&index);
	error_release(&err);
	index_close(&index);
	return 0;
}
