/* SPDX-License-Identifier: MIT
 *
 * The file of the index, read only as far as the way to its extension "TREE"
 * needs.
 */
#include "git/cache_tree.h"

#include <fcntl.h>
#include <git2.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/strbuf.h"

#define HEADER 12        /* "DIRC", version, number of entries */
#define STAT_AND_ID 60   /* of an entry; two bytes of flags follow */
#define FLAG_EXTENDED 0x4000
#define NAME_MASK 0x0FFF /* in the flags: the length of the name, or more than fits */

static uint32_t number(const char *bytes)
{
	const unsigned char *b = (const unsigned char *)bytes;

	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* All of a file, malloc'd; NULL: it cannot be read, or is none. */
static char *read_file(const char *path, size_t *len)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char *bytes = NULL;
	struct stat st;
	ssize_t got;

	if (fd < 0)
		return NULL;
	*len = 0;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		bytes = xmalloc((size_t)st.st_size + 1);
		while (*len < (size_t)st.st_size && (got = read(fd, bytes + *len, (size_t)st.st_size - *len)) > 0)
			*len += (size_t)got;
	}
	close(fd);
	return bytes;
}

/* The length of the entry at p, NULL bytes behind it included; 0: it does not end before end. */
static size_t entry_length(const char *p, const char *end, uint32_t version)
{
	const char *name = p + STAT_AND_ID + 2, *nul;
	unsigned flags;

	if (end - p <= STAT_AND_ID + 4)
		return 0;
	flags = number(p + STAT_AND_ID) >> 16;
	if (flags & FLAG_EXTENDED)
		name += 2;
	if (version == 4) {
		/* How much of the name before is cut off: seven bits a byte. */
		while (name < end && *name & 0x80)
			name++;
		name++;
	} else if ((flags & NAME_MASK) < NAME_MASK) {
		return ((size_t)(name - p) + (flags & NAME_MASK) + 8) & ~(size_t)7;
	}
	nul = name < end ? memchr(name, '\0', (size_t)(end - name)) : NULL;
	if (!nul)
		return 0;
	return version == 4 ? (size_t)(nul + 1 - p) : ((size_t)(nul - p) + 8) & ~(size_t)7;
}

/* Where the extension stands in a file of this index (behind its checksum's end there is nothing). */
static struct text find_extension(const char *bytes, size_t len, const struct index *index)
{
	static const struct text none = { NULL, 0 };
	const char *end = bytes + len - OBJECT_ID_LEN, *p = bytes + HEADER;
	uint32_t version;

	/* Another file may have taken the place of the one that was read. */
	if (len < HEADER + OBJECT_ID_LEN || memcmp(bytes, "DIRC", 4) != 0 || number(bytes + 8) != index->nr ||
	    memcmp(end, git_index_checksum(index->git)->id, OBJECT_ID_LEN) != 0)
		return none;
	version = number(bytes + 4);
	for (size_t i = 0; i < index->nr; i++) {
		size_t entry = entry_length(p, end, version);

		if (!entry || entry > (size_t)(end - p))
			return none;
		p += entry;
	}
	while (end - p >= 8) {
		size_t size = number(p + 4);

		if (size > (size_t)(end - p) - 8)
			return none;
		if (memcmp(p, "TREE", 4) == 0)
			return (struct text){ p + 8, size };
		p += 8 + size;
	}
	return none;
}

/* -- the extension: each folder before those in it */

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

void cache_tree_read(struct cache_tree *tree, const struct repository *repo, const struct index *index)
{
	struct text extension = { NULL, 0 };
	size_t len;
	char *bytes = index->nr ? read_file(repo->index_path, &len) : NULL;

	memset(tree, 0, sizeof(*tree));
	if (bytes)
		extension = find_extension(bytes, len, index);
	if (extension.len)
		parse_folders(tree, extension);
	free(bytes);
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
