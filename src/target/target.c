/* SPDX-License-Identifier: MIT
 *
 * The one interface of all targets.
 */
#include "target/target.h"

#include "base/alloc.h"
#include "target/beneath.h"
#include "target/git_target.h"

static const struct {
	int (*open)(struct target *target, const struct target_options *options, struct error *err);
	enum target_origin origin;
} kinds[] = {
#define TARGET_ROW(kind, open, origin) { target_open_##open, FROM_##origin },
	TARGET_KINDS(TARGET_ROW)
#undef TARGET_ROW
};

enum target_origin target_origin(enum target_kind kind)
{
	return kinds[kind].origin;
}

int target_open(struct target *target, const struct target_options *options, struct error *err)
{
	memset(target, 0, sizeof(*target));
	target->kind = options->kind;
	target->keep = options->keep;
	return kinds[options->kind].open(target, options, err);
}

void target_add(struct target *target, const char *path, size_t index)
{
	ARRAY_GROW(target->entries, target->nr + 1, target->alloc);
	target->entries[target->nr++] = (struct target_entry){ .path = path, .index = index };
}

int target_read(struct target *target, size_t entry, char **raw, size_t *len,
		enum target_skip *skip, struct error *err)
{
	struct target_reader reader = { .target = target };
	struct target_content content;
	int result = target_read_content(&reader, entry, raw ? &content : NULL, skip, err);

	if (raw) {
		*raw = content.bytes;
		*len = content.len;
	}
	target_reader_release(&reader);
	return result;
}

/* What the entry itself says of its content. */
static void know_blob(const struct target_entry *entry, struct target_content *content)
{
	*content = (struct target_content){ .known = KNOWN_NOT };
	if (entry->id) {
		content->known = KNOWN_BLOB;
		content->id = *entry->id;
	}
}

int target_read_content(struct target_reader *reader, size_t entry, struct target_content *content,
			enum target_skip *skip, struct error *err)
{
	const struct target_entry *at = &reader->target->entries[entry];

	if (content)
		know_blob(at, content);
	return reader->target->ops->read(reader, at, content, skip, err);
}

void target_know(const struct target *target, size_t entry, struct target_content *content)
{
	const struct target_entry *at = &target->entries[entry];

	know_blob(at, content);
	if (!at->id && target->ops->know)
		target->ops->know(target, at, content);
}

bool target_reads_alone(const struct target *target)
{
	return target->ops->reads_alone;
}

void target_reader_release(struct target_reader *reader)
{
	beneath_folder_free(reader->folder);
	reader->folder = NULL;
}

const char *target_full_path(const struct target *target, size_t entry)
{
	const struct target_entry *at = &target->entries[entry];

	return target->git ? target->git->paths[at->index] : at->path;
}

const char *target_shown_path(struct target *target, const char *full_path)
{
	return target->git ? git_target_shown_path(target->git, full_path) : full_path;
}

bool target_has(const struct target *target, const char *full_path)
{
	return !target->ops->has || target->ops->has(target, full_path);
}

void target_release(struct target *target)
{
	if (target->ops)
		target->ops->release(target);
	free(target->entries);
	free(target->left_out);
	arena_release(&target->left_out_paths);
	memset(target, 0, sizeof(*target));
}
