/* SPDX-License-Identifier: MIT
 *
 * The file of a cache: tables, one behind the other. It is read rather than mapped,
 * so that nobody can change or cut it once its checksum was found right.
 */
#include "cache/cache.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/read_all.h"
#include "base/replace_file.h"
#include "cache/folder.h"

#define AGES 256

/* Reads an open cache file; what is wrong with it is noted. */
static void read_file(struct cache *cache, int fd, struct error *note)
{
	struct stat st;
	ssize_t got;

	if (fstat(fd, &st) < 0) {
		error_set(note, "%s: %s", cache->file, strerror(errno));
	} else if (!S_ISREG(st.st_mode) || st.st_size > CACHE_FILE_MAX) {
		error_set(note, "%s is no cache", cache->file);
	} else if (st.st_uid != geteuid() && st.st_uid != 0) {
		error_set(note, "%s belongs to somebody else", cache->file);
	} else {
		cache->bytes = xmalloc_large((size_t)st.st_size + 1);
		got = read_all(fd, cache->bytes, (size_t)st.st_size);
		if (got < 0)
			error_set(note, "%s: %s", cache->file, strerror(errno));
		else
			cache->len = (size_t)got;
	}
}

static void open_tables(struct cache *cache, struct error *note)
{
	size_t at = 0, size = 0;

	while (at < cache->len && cache->nr < CACHE_TABLES) {
		size = cache_table_open(&cache->tables[cache->nr], cache->bytes + at, cache->len - at, &cache->digest);
		if (!size)
			break;
		at += size;
		cache->nr++;
	}
	cache->whole = at > 0 && at == cache->len;
	if (at < cache->len && !size)
		error_set(note, "%s is damaged", cache->file);
	cache->len = at;
}

void cache_open(struct cache *cache, const char *folder, const struct object_id *digest, struct error *note)
{
	int fd;

	*cache = (struct cache){ .folder = xstrdup(folder), .file = cache_folder_file(folder, digest), .digest = *digest };
	pthread_mutex_init(&cache->lock, NULL);
	cache_draft_init(&cache->fresh);
	fd = open(cache->file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0) {
		if (errno != ENOENT)
			error_set(note, "%s: %s", cache->file, strerror(errno));
		return;
	}
	read_file(cache, fd, note);
	close(fd);
	open_tables(cache, note);
}

const struct cache_entry *cache_find(const struct cache *cache, const struct object_id *id)
{
	const struct cache_entry *entry = NULL;

	for (size_t i = cache->nr; !entry && i > 0; i--)
		entry = cache_table_find(&cache->tables[i - 1], id);
	return entry;
}

/* The table that an entry stands in. */
static const struct cache_table *table_of(const struct cache *cache, const struct cache_entry *entry)
{
	const struct cache_table *table = cache->tables;

	while (entry < table->entries || entry >= table->entries + table->nr)
		table++;
	return table;
}

bool cache_record(const struct cache *cache, const struct cache_entry *entry, struct text *record)
{
	return cache_table_record(table_of(cache, entry), entry, record);
}

void cache_add(struct cache *cache, const struct object_id *id, size_t len, struct text record)
{
	const struct cache_entry entry = { .id = *id, .len = (uint32_t)len };

	pthread_mutex_lock(&cache->lock);
	cache_draft_add(&cache->fresh, &entry, record);
	pthread_mutex_unlock(&cache->lock);
}

/* -- writing */

/* An entry of some table, and what becomes of its age. */
struct kept {
	const struct cache_entry *entry;
	struct text record;
	uint32_t age;
};

/* All entries whose record is there, each a run older: older than any that is asked for. malloc'd. */
static struct kept *list_entries(const struct cache *cache, size_t *nr)
{
	struct kept *list = NULL;
	size_t all = 0;

	for (size_t i = 0; i < cache->nr; i++)
		all += cache->tables[i].nr;
	list = xcalloc(all + 1, sizeof(*list));
	*nr = 0;
	for (size_t i = 0; i < cache->nr; i++)
		for (uint32_t k = 0; k < cache->tables[i].nr; k++) {
			struct kept *kept = &list[*nr];

			kept->entry = &cache->tables[i].entries[k];
			kept->age = kept->entry->age < AGES - 2 ? kept->entry->age + 2 : AGES - 1;
			*nr += cache_table_record(&cache->tables[i], kept->entry, &kept->record);
		}
	return list;
}

static int by_address(const void *key, const void *kept)
{
	const struct cache_entry *entry = key, *other = ((const struct kept *)kept)->entry;

	return entry < other ? -1 : entry > other;
}

/* As young as what is not new can be. Tables stand one behind the other, so the list is sorted by address. */
static void make_young(struct kept *list, size_t nr, const struct cache_entry *const *used, size_t nr_used)
{
	for (size_t i = 0; i < nr_used; i++) {
		struct kept *kept = used[i] && nr ? bsearch(used[i], list, nr, sizeof(*list), by_address) : NULL;

		if (kept)
			kept->age = 1;
	}
}

/* The age from which on entries have to go, so that `room` is enough. */
static uint32_t oldest_to_keep(const struct kept *list, size_t nr, size_t room)
{
	size_t sizes[AGES] = { 0 }, sum = 0;
	uint32_t age = 0;

	for (size_t i = 0; i < nr; i++)
		sizes[list[i].age] += CACHE_ENTRY_SIZE(list[i].record.len);
	while (age < AGES && sum + sizes[age] <= room)
		sum += sizes[age++];
	return age;
}

/* Adds what is in the tables, but for what was found out anew, to what is new, within the limit. */
static void merge(struct cache *cache, const struct cache_entry *const *used, size_t nr_used)
{
	size_t fresh = cache->fresh.records.len + cache->fresh.nr * CACHE_ENTRY_SIZE(0), nr;
	struct kept *list = list_entries(cache, &nr);
	uint32_t age;

	make_young(list, nr, used, nr_used);
	age = oldest_to_keep(list, nr, fresh < CACHE_FILE_MAX ? CACHE_FILE_MAX - fresh : 0);
	for (size_t i = 0; i < nr; i++)
		if (list[i].age < age && cache_find(cache, &list[i].entry->id) == list[i].entry) {
			struct cache_entry like = *list[i].entry;

			like.age = list[i].age;
			cache_draft_add(&cache->fresh, &like, list[i].record);
		}
	free(list);
}

/* Behind what others may have appended meanwhile. A part that is left of it is found damaged the next time. */
static int append(const struct cache *cache, const struct strbuf *table)
{
	int fd = open(cache->file, O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC);
	int result = fd < 0 ? -1 : write_all(fd, table->buf, table->len);
	int reason = errno;

	if (fd >= 0)
		close(fd);
	errno = reason;
	return result;
}

void cache_save(struct cache *cache, const struct cache_entry *const *used, size_t nr_used, struct error *note)
{
	struct strbuf table = STRBUF_INIT;

	if (!cache->file || !cache->fresh.nr)
		return;
	if (cache->whole && cache->nr < CACHE_TABLES) {
		cache_draft_write(&cache->fresh, &cache->digest, &table);
		if (cache->len + table.len <= CACHE_FILE_MAX) {
			if (append(cache, &table) < 0)
				error_set(note, "%s: %s", cache->file, strerror(errno));
			strbuf_release(&table);
			return;
		}
		strbuf_setlen(&table, 0);
	}
	merge(cache, used, nr_used);
	cache_draft_write(&cache->fresh, &cache->digest, &table);
	if (table.len <= CACHE_FILE_MAX)
		cache_folder_replace(cache->folder, cache->file, table.buf, table.len, note);
	else
		error_set(note, "%s would become too large", cache->file);
	strbuf_release(&table);
}

void cache_close(struct cache *cache)
{
	if (!cache->file)
		return;
	pthread_mutex_destroy(&cache->lock);
	cache_draft_release(&cache->fresh);
	free(cache->bytes);
	free(cache->folder);
	free(cache->file);
	memset(cache, 0, sizeof(*cache));
}
