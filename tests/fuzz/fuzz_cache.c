/* SPDX-License-Identifier: MIT
 *
 * Any bytes at all as a cache table whose checksum is right: what a stranger may have
 * put there on purpose. No place outside may be followed.
 */
#include "fuzz.h"

#include "base/alloc.h"
#include "cache/table.h"

/* What is read has to be there: sanitizers watch. */
static unsigned sum_of(struct text text)
{
	unsigned sum = 0;

	for (size_t i = 0; i < text.len; i++)
		sum += (unsigned char)text.ptr[i];
	return sum;
}

static void look_up(const struct cache_table *table, const struct object_id *id)
{
	const struct cache_entry *entry = cache_table_find(table, id);
	volatile unsigned sum;
	struct text record;

	if (entry && cache_table_record(table, entry, &record))
		sum = sum_of(record);
	(void)sum;
}

/* Puts before the bytes what an honest header has; how many entries, and the like, they say themselves. */
static char *seal(const uint8_t *data, size_t size, const struct object_id *digest)
{
	struct strbuf empty = STRBUF_INIT;
	struct cache_header header, wanted;
	struct cache_draft draft;
	char *bytes = xmemdupz(data, size); /* at a multiple of 8, as malloc's are */

	cache_draft_init(&draft);
	cache_draft_write(&draft, digest, &empty);
	memcpy(&header, empty.buf, sizeof(header));
	memcpy(&wanted, data, sizeof(wanted));
	header.nr = wanted.nr;
	header.bits = wanted.bits;
	header.records_len = wanted.records_len;
	memcpy(bytes, &header, sizeof(header));
	header.checksum = cache_table_sum(bytes, size);
	memcpy(bytes, &header, sizeof(header));
	strbuf_release(&empty);
	return bytes;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct object_id digest;
	struct cache_table table;
	char *bytes;

	if (size < sizeof(struct cache_header))
		return 0;
	bytes = seal(data, size, &digest);
	if (cache_table_open(&table, bytes, size, &digest)) {
		struct object_id id = { { 0 } };

		for (unsigned i = 0; i < 256; i++) {
			memset(id.bytes, (int)i, sizeof(id.bytes));
			look_up(&table, &id);
		}
		for (uint32_t i = 0; i < table.nr; i++)
			look_up(&table, &table.entries[i].id);
	}
	free(bytes);
	return 0;
}
