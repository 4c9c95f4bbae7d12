/* SPDX-License-Identifier: MIT
 *
 * The extension has each folder before those in it.
 */
#include "git/cache_tree.h"

#include "base/alloc.h"
#include "base/strbuf.h"

struct parse {
	struct cache_tree *tree;
	const char *p, *end;
	struct strbuf path;
};

/* A folder whose subfolders are being read. */
struct level {
	size_t path_len;
	size_t left; /* subfolders still to come */
};

/* A number up to the byte `stop`, which is passed by; -1 stays -1. false: there is none. */
static bool parse_number(struct parse *parse, char stop, long *value)
{
	bool negative = parse->p < parse->end && *parse->p == '-';
	const char *start;

	parse->p += negative;
	start = parse->p;
	for (*value = 0; parse->p < parse->end && *parse->p >= '0' && *parse->p <= '9'; parse->p++) {
		if (*value > INT32_MAX)
			return false;
		*value = *value * 10 + (*parse->p - '0');
	}
	if (negative)
		*value = -*value;
	return parse->p > start && parse->p < parse->end && *parse->p++ == stop;
}

/* Reads a folder's own line, and adds the folder if its tree is known. false: not sound. */
static bool parse_folder(struct parse *parse, bool top, long *subfolders)
{
	const char *nul = memchr(parse->p, '\0', (size_t)(parse->end - parse->p));
	struct cache_tree_folder *folder;
	long nr;

	if (!nul)
		return false;
	strbuf_add(&parse->path, parse->p, (size_t)(nul - parse->p));
	if (!top)
		strbuf_addch(&parse->path, '/');
	parse->p = nul + 1;
	if (!parse_number(parse, ' ', &nr) || !parse_number(parse, '\n', subfolders) || *subfolders < 0)
		return false;
	if (nr < 0)
		return true;
	if (parse->end - parse->p < OBJECT_ID_LEN)
		return false;
	folder = arena_alloc(&parse->tree->arena, sizeof(*folder));
	folder->path = arena_memdupz(&parse->tree->arena, parse->path.buf, parse->path.len);
	folder->nr = (size_t)nr;
	memcpy(folder->id.bytes, parse->p, OBJECT_ID_LEN);
	HASH_ADD_KEYPTR(hh, parse->tree->folders, folder->path, parse->path.len, folder);
	parse->p += OBJECT_ID_LEN;
	return true;
}

static void parse_folders(struct cache_tree *tree, struct text extension)
{
	struct parse parse = { tree, extension.ptr, extension.ptr + extension.len, STRBUF_INIT };
	struct level *levels = NULL;
	size_t nr = 0, alloc = 0;
	long subfolders;

	do {
		if (parse.p == parse.end || !parse_folder(&parse, !nr, &subfolders))
			break;
		ARRAY_GROW(levels, nr + 1, alloc);
		levels[nr++] = (struct level){ parse.path.len, (size_t)subfolders };
		while (nr && !levels[nr - 1].left)
			nr--;
		if (nr) {
			levels[nr - 1].left--;
			strbuf_setlen(&parse.path, levels[nr - 1].path_len);
		}
	} while (nr);
	free(levels);
	strbuf_release(&parse.path);
}

void cache_tree_read(struct cache_tree *tree, const struct index *index)
{
	memset(tree, 0, sizeof(*tree));
	if (index->trees.len)
		parse_folders(tree, index->trees);
}

static bool is_in(const struct index *index, size_t i, const char *folder)
{
	struct index_entry entry;

	if (i >= index->nr)
		return false;
	index_entry_at(index, i, &entry);
	return strncmp(entry.path, folder, strlen(folder)) == 0;
}

size_t cache_tree_same(const struct cache_tree *tree, const struct index *index, size_t i,
		       const char *folder, const struct object_id *id)
{
	const struct cache_tree_folder *known;

	HASH_FIND(hh, tree->folders, folder, strlen(folder), known);
	if (!known || !known->nr || known->nr > index->nr - i || !object_id_equal(&known->id, id))
		return 0;
	/* Whoever wrote the file may have counted wrong. */
	if (!is_in(index, i, folder) || !is_in(index, i + known->nr - 1, folder) ||
	    (*folder && is_in(index, i + known->nr, folder)))
		return 0;
	return known->nr;
}

void cache_tree_release(struct cache_tree *tree)
{
	HASH_CLEAR(hh, tree->folders);
	arena_release(&tree->arena);
}
