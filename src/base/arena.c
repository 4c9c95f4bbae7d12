/* SPDX-License-Identifier: MIT
 *
 * A chunked bump allocator.
 */
#include "base/arena.h"

#include "base/alloc.h"

#define CHUNK_SIZE ((size_t)32 * 1024)

struct arena_chunk {
	struct arena_chunk *next;
	size_t used, size;
	max_align_t data[];
};

static struct arena_chunk *chunk_new(struct arena_chunk *next, size_t size)
{
	struct arena_chunk *chunk = xmalloc(sizeof(*chunk) + size);

	chunk->next = next;
	chunk->used = 0;
	chunk->size = size;
	return chunk;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	size_t align = sizeof(max_align_t);
	struct arena_chunk *chunk = arena->chunks;
	void *ptr;

	if (size > SIZE_MAX - align)
		BUG("arena_alloc of %zu bytes", size);
	size = (size + align - 1) / align * align;
	if (!chunk || chunk->size - chunk->used < size) {
		chunk = chunk_new(chunk, size > CHUNK_SIZE ? size : CHUNK_SIZE);
		arena->chunks = chunk;
	}
	ptr = (char *)chunk->data + chunk->used;
	chunk->used += size;
	memset(ptr, 0, size);
	return ptr;
}

char *arena_memdupz(struct arena *arena, const void *data, size_t len)
{
	char *copy = arena_alloc(arena, len + 1);

	if (len)
		memcpy(copy, data, len);
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return arena_memdupz(arena, text, strlen(text));
}

void arena_release(struct arena *arena)
{
	while (arena->chunks) {
		struct arena_chunk *chunk = arena->chunks;

		arena->chunks = chunk->next;
		free(chunk);
	}
}
