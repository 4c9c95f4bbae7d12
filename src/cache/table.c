/* SPDX-License-Identifier: MIT
 *
 * Ids are hashes, so their first bits spread them evenly: each of `starts` is for about
 * four entries.
 */
#include "cache/table.h"

#include "base/alloc.h"
#include "base/checksum.h"

#define MAGIC "asyncgrep cache"
#define FORMAT 1 /* to be raised when the layout of tables changes */
#define ORDER UINT32_C(0x01020304)
#define MAX_BITS 24
#define MAX_RECORDS (UINT32_MAX / 2)

_Static_assert(sizeof(struct cache_header) == 72 && sizeof(struct cache_entry) == 32, "no holes in what is written");

static size_t round_up(size_t len)
{
	return (len + 7) & ~(size_t)7;
}

static size_t starts_size(unsigned bits)
{
	return round_up((((size_t)1 << bits) + 1) * sizeof(uint32_t));
}

uint64_t cache_table_sum(const char *bytes, size_t len)
{
	size_t behind = offsetof(struct cache_header, checksum);
	uint64_t sums[2] = { checksum(bytes, behind),
			     checksum(bytes + sizeof(struct cache_header), len - sizeof(struct cache_header)) };

	return checksum(sums, sizeof(sums));
}

static bool is_header(const struct cache_header *header, const struct object_id *digest)
{
	return memcmp(header->magic, MAGIC, sizeof(header->magic)) == 0 && header->order == ORDER &&
		header->format == FORMAT && object_id_equal(&header->digest, digest) && header->bits <= MAX_BITS;
}

size_t cache_table_open(struct cache_table *table, const char *bytes, size_t len, const struct object_id *digest)
{
	struct cache_header header;
	size_t starts, entries, size;

	if (len < sizeof(header))
		return 0;
	memcpy(&header, bytes, sizeof(header));
	if (!is_header(&header, digest))
		return 0;
	starts = starts_size(header.bits);
	entries = (size_t)header.nr * sizeof(struct cache_entry);
	if (header.records_len > MAX_RECORDS || starts + entries > len - sizeof(header))
		return 0;
	size = sizeof(header) + starts + entries + round_up((size_t)header.records_len);
	if (size > len || cache_table_sum(bytes, size) != header.checksum)
		return 0;
	*table = (struct cache_table){
		.starts = (const uint32_t *)(const void *)(bytes + sizeof(header)),
		.entries = (const struct cache_entry *)(const void *)(bytes + sizeof(header) + starts),
		.records = bytes + sizeof(header) + starts + entries,
		.nr = header.nr,
		.bits = header.bits,
		.records_len = (size_t)header.records_len,
	};
	return size;
}

/* The first bits of an id. */
static uint32_t bucket(const struct object_id *id, unsigned bits)
{
	uint32_t first = (uint32_t)id->bytes[0] << 24 | (uint32_t)id->bytes[1] << 16 | (uint32_t)id->bytes[2] << 8 |
		id->bytes[3];

	return bits ? first >> (32 - bits) : 0;
}

const struct cache_entry *cache_table_find(const struct cache_table *table, const struct object_id *id)
{
	uint32_t at = bucket(id, table->bits), end = table->starts[at + 1];

	if (end > table->nr)
		return NULL;
	for (uint32_t i = table->starts[at]; i < end; i++)
		if (object_id_equal(&table->entries[i].id, id))
			return &table->entries[i];
	return NULL;
}

bool cache_table_record(const struct cache_table *table, const struct cache_entry *entry, struct text *record)
{
	size_t at = entry->record;
	uint32_t len;

	*record = (struct text){ NULL, 0 };
	if (!at)
		return true;
	at--;
	if (at > table->records_len || table->records_len - at < sizeof(len))
		return false;
	memcpy(&len, table->records + at, sizeof(len));
	if (len > table->records_len - at - sizeof(len))
		return false;
	*record = (struct text){ table->records + at + sizeof(len), len };
	return true;
}

void cache_draft_init(struct cache_draft *draft)
{
	*draft = (struct cache_draft){ .entries = NULL };
	strbuf_init(&draft->records);
}

void cache_draft_add(struct cache_draft *draft, const struct cache_entry *like, struct text record)
{
	uint32_t len = (uint32_t)record.len;
	struct cache_entry *entry;

	if (record.len > MAX_RECORDS - sizeof(len) - draft->records.len || draft->nr == UINT32_MAX)
		return;
	ARRAY_GROW(draft->entries, draft->nr + 1, draft->alloc);
	entry = &draft->entries[draft->nr++];
	*entry = *like;
	entry->record = 0;
	if (!record.len)
		return;
	entry->record = (uint32_t)draft->records.len + 1;
	strbuf_add(&draft->records, &len, sizeof(len));
	strbuf_add(&draft->records, record.ptr, record.len);
}

static int by_id(const void *a, const void *b)
{
	const struct cache_entry *first = a, *second = b;
	int order = memcmp(first->id.bytes, second->id.bytes, OBJECT_ID_LEN);

	return order ? order : first->age < second->age ? -1 : first->age > second->age;
}

/* Two files may have the same content; what is known of it is the same, too. */
static void sort(struct cache_draft *draft)
{
	size_t kept = 0;

	if (draft->nr)
		qsort(draft->entries, draft->nr, sizeof(*draft->entries), by_id);
	for (size_t i = 0; i < draft->nr; i++)
		if (!kept || !object_id_equal(&draft->entries[kept - 1].id, &draft->entries[i].id))
			draft->entries[kept++] = draft->entries[i];
	draft->nr = kept;
}

static unsigned bits_for(size_t nr)
{
	unsigned bits = 0;

	while (bits < MAX_BITS && (size_t)4 << bits < nr)
		bits++;
	return bits;
}

static void add_zeroes(struct strbuf *out, size_t nr)
{
	static const char zeroes[8];

	strbuf_add(out, zeroes, nr);
}

static void add_starts(const struct cache_draft *draft, unsigned bits, struct strbuf *out)
{
	size_t before = out->len;
	uint32_t at = 0;

	for (uint32_t i = 0; i <= (uint32_t)1 << bits; i++) {
		while (at < draft->nr && bucket(&draft->entries[at].id, bits) < i)
			at++;
		strbuf_add(out, &at, sizeof(at));
	}
	add_zeroes(out, starts_size(bits) - (out->len - before));
}

void cache_draft_write(struct cache_draft *draft, const struct object_id *digest, struct strbuf *out)
{
	struct cache_header header = { .magic = MAGIC, .order = ORDER, .format = FORMAT, .digest = *digest };
	size_t start = out->len, records = draft->records.len;

	sort(draft);
	header.nr = (uint32_t)draft->nr;
	header.bits = bits_for(draft->nr);
	header.records_len = records;
	strbuf_add(out, &header, sizeof(header));
	add_starts(draft, header.bits, out);
	if (draft->nr)
		strbuf_add(out, draft->entries, draft->nr * sizeof(*draft->entries));
	strbuf_add(out, draft->records.buf, records);
	add_zeroes(out, round_up(records) - records);
	header.checksum = cache_table_sum(out->buf + start, out->len - start);
	memcpy(out->buf + start, &header, sizeof(header));
}

void cache_draft_release(struct cache_draft *draft)
{
	free(draft->entries);
	strbuf_release(&draft->records);
	cache_draft_init(draft);
}
