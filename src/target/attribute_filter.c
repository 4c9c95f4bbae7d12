/* SPDX-License-Identifier: MIT
 *
 * The attributes of Python files only: others are not in the list any more.
 */
#include "target/attribute_filter.h"

#include "git/tree.h"

/* The tree whose attributes are trusted. */
struct trusted {
	const struct repository *repo;
	const struct object_id *tree;
};

static int read_trusted(void *data, const char *path, char **bytes, size_t *len, struct error *err)
{
	const struct trusted *trusted = data;
	struct object_id id;
	unsigned int mode;
	int result = tree_find(trusted->repo, trusted->tree, path, &mode, &id, err);

	if (result == 0 && (mode & MODE_TYPE) != MODE_FILE)
		result = 1;
	return result == 0 ? repository_read(trusted->repo, &id, bytes, len, err) : result;
}

static void leave_out(struct target *target, const char *path, enum attributes_answer answer)
{
	static const enum target_skip skips[] = {
		[ATTRIBUTES_OWN] = SKIP_OWN_ATTRIBUTE,
		[ATTRIBUTES_GENERATED] = SKIP_GENERATED,
		[ATTRIBUTES_VENDORED] = SKIP_VENDORED,
	};

	target_leave_out(target, path, skips[answer]);
}

bool attribute_filter_drops(struct target *target, struct attributes *attributes, const char *path, size_t base)
{
	enum attributes_answer answer = attributes_keep_out(attributes, path + base, NULL);

	if (answer != ATTRIBUTES_NOTHING)
		leave_out(target, path, answer);
	return answer != ATTRIBUTES_NOTHING;
}

/* Asks about each entry, and drops or marks it, as far as that is wanted. */
static void judge(struct target *target, size_t first, size_t base, struct attributes *attributes, bool drop, bool mark)
{
	size_t kept = first;

	for (size_t i = first; i < target->nr; i++) {
		struct target_entry *entry = &target->entries[i];
		bool converted;
		enum attributes_answer answer = attributes_keep_out(attributes, entry->path + base, &converted);

		if (drop && answer != ATTRIBUTES_NOTHING) {
			leave_out(target, entry->path, answer);
			continue;
		}
		entry->converted |= mark && converted;
		target->entries[kept++] = *entry;
	}
	target->nr = kept;
	attributes_free(attributes);
}

void attribute_filter(struct target *target, size_t first, size_t base, const struct target_options *options,
		      const struct repository *repo, attributes_read_fn read, void *data)
{
	struct trusted trusted = { repo, options->attributes_tree };
	bool drop = !options->no_attributes;

	if (target->nr == first)
		return;
	if (drop && trusted.tree && !base) {
		judge(target, first, base, attributes_open(repo, read_trusted, &trusted), true, false);
		drop = false;
	}
	if (drop || options->know)
		judge(target, first, base, attributes_open(repo, read, data), drop, options->know);
}

int attribute_filter_read_index(void *data, const char *path, char **bytes, size_t *len, struct error *err)
{
	const struct git_target *git = data;
	struct index_entry entry;

	if (!index_find(&git->index, path, &entry) || (entry.mode & MODE_TYPE) != MODE_FILE || entry.intent_to_add)
		return 1;
	return repository_read(&git->repo, &entry.id, bytes, len, err);
}
