/* SPDX-License-Identifier: MIT
 *
 * The stages of one file, tied together.
 */
#include "python/pyfile.h"

int pyfile_init(struct pyfile *file, char *raw, size_t len, struct error *err)
{
	memset(file, 0, sizeof(*file));
	return source_init(&file->source, raw, len, err);
}

void pyfile_mask(struct pyfile *file)
{
	if (file->has_mask)
		return;
	mask_build(&file->mask, &file->source);
	file->has_mask = true;
}

void pyfile_code(struct pyfile *file)
{
	if (file->has_code)
		return;
	pyfile_mask(file);
	blocks_build(&file->blocks, &file->mask);
	outline_init(&file->outline, &file->mask, &file->blocks);
	file->has_code = true;
}

void pyfile_bindings(struct pyfile *file)
{
	if (file->has_bindings)
		return;
	pyfile_code(file);
	bindings_init(&file->bindings, &file->outline);
	file->has_bindings = true;
}

struct reach *pyfile_reach(struct pyfile *file)
{
	pyfile_bindings(file);
	if (!file->reach)
		file->reach = reach_new(&file->bindings, &file->source);
	return file->reach;
}

uint32_t pyfile_broken_at(const struct pyfile *file)
{
	uint32_t mask = file->has_mask ? file->mask.broken_at : NO_OFFSET;
	uint32_t blocks = file->has_code ? file->blocks.broken_at : NO_OFFSET;

	return mask < blocks ? mask : blocks;
}

void pyfile_release(struct pyfile *file)
{
	if (file->reach)
		reach_free(file->reach);
	if (file->has_bindings)
		bindings_release(&file->bindings);
	if (file->has_code) {
		outline_release(&file->outline);
		blocks_release(&file->blocks);
	}
	if (file->has_mask)
		mask_release(&file->mask);
	source_release(&file->source);
	memset(file, 0, sizeof(*file));
}
