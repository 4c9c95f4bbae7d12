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
static void judge(struct target *target, const struct attribute_source *source, struct attributes *attributes, bool drop,
		  bool mark)
{
	size_t kept = source->first;

	for (size_t i = source->first; i < target->nr; i++) {
		struct target_entry *entry = &target->entries[i];
		bool converted;
		enum attributes_answer answer = attributes_keep_out(attributes, entry->path + source->base, &converted);

		if (drop && answer != ATTRIBUTES_NOTHING) {
			leave_out(target, entry->path, answer);
			continue;
		}
		entry->converted |= mark && converted;
		target->entries[kept++] = *entry;
	}
	target->nr = kept;
}

static void judge_trusted(struct target *target, const struct attribute_source *source, const struct object_id *tree)
{
	struct trusted trusted = { source->repo, tree };
	struct attributes *attributes = attributes_open(source->repo, read_trusted, &trusted);

	judge(target, source, attributes, true, false);
	attributes_free(attributes);
}

void attribute_filter(struct target *target, const struct target_options *options,
		      const struct attribute_source *source)
{
	bool drop = !options->no_attributes;
	struct attributes *attributes;

	if (target->nr == source->first)
		return;
	if (drop && options->attributes_tree && !source->base) {
		judge_trusted(target, source, options->attributes_tree);
		drop = false;
	}
	if (!drop && !options->know)
		return;
	attributes = attributes_open(source->repo, source->read, source->data);
	if (!source->only_top || attributes_have_rules(attributes))
		judge(target, source, attributes, drop, options->know);
	attributes_free(attributes);
}

int attribute_filter_read_index(void *data, const char *path, char **bytes, size_t *len, struct error *err)
{
	const struct git_target *git = data;
	struct index_entry entry;

	if (!index_find(&git->index, path, &entry) || (entry.mode & MODE_TYPE) != MODE_FILE || entry.intent_to_add)
		return 1;
	return repository_read(&git->repo, &entry.id, bytes, len, err);
}
