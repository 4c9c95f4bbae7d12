/* SPDX-License-Identifier: MIT
 *
 * Nodes as lines of text.
 */
#include "python/dump_outline.h"

#include <inttypes.h>

#include "python/pyfile.h"

static const char *flag_letters(const struct node *node, char letters[9])
{
	char *end = letters;

	for (unsigned bit = 0; bit < 7; bit++) {
		if (node->flags & 1U << bit)
			*end++ = "sadnvkb"[bit];
	}
	if (end == letters)
		*end++ = '-';
	*end = '\0';
	return letters;
}

static void dump_node(FILE *out, const struct outline *outline, int32_t index, int32_t first)
{
	const struct node *node = &outline->nodes[index];
	struct text name = outline_name(outline, index);
	int32_t parent = node->parent == NO_NODE ? NO_NODE : node->parent - first;
	char letters[9];

	fprintf(out, "node %s %s %d %s %" PRIu32 " %" PRIu32 " %" PRId32 " %" PRIu32 " ", node_kind_name(node->kind),
		node_slot_name(node->slot), node->op, flag_letters(node, letters), node->start, node->end, parent,
		node->name);
	if (name.len)
		fwrite(name.ptr, 1, name.len, out);
	else
		fputc('-', out);
	fputc('\n', out);
}

void dump_outline(FILE *out, struct pyfile *file)
{
	struct outline *outline = &file->outline;
	int32_t printed = 0;

	pyfile_code(file);
	for (int32_t i = 0; i < file->blocks.nr; i++) {
		const struct outline_stmt *entry = outline_stmt(outline, i);

		for (int32_t n = 0; n < entry->count; n++)
			dump_node(out, outline, entry->first + n, entry->first - printed);
		printed += entry->count;
		if (entry->broken)
			fprintf(out, "broken %" PRIu32 " %" PRIu32 "\n", file->blocks.stmts[i].start, file->blocks.stmts[i].end);
	}
}
