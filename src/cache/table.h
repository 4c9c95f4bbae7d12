/* SPDX-License-Identifier: MIT
 *
 * A table of what is known of contents: from the id of a content to a record,
 * or to nothing, which is what most have. It is one run of bytes that is looked
 * up as it stands in the file:
 *
 *	struct cache_header             its digest is that of rules, options, program
 *	uint32_t starts[2^bits + 1]     entries whose id begins with these bits
 *	struct cache_entry entries[nr]  sorted by id
 *	records                         each a uint32_t length and so many bytes
 *
 * in the byte order of the machine, each part at a multiple of 8. Once the checksum has been
 * found right, only what is looked up is looked at. The checksum is no proof of
 * good will: every place is checked before it is followed.
 */
#ifndef ASYNCGREP_CACHE_TABLE_H
#define ASYNCGREP_CACHE_TABLE_H

#include "base/strbuf.h"
#include "git/repository.h"

struct cache_header {
	char magic[16];
	uint32_t order, format; /* of bytes; of the table */
	struct object_id digest;
	uint32_t nr, bits, zero;
	uint64_t records_len;
	uint64_t checksum; /* of all others, and all behind */
};

struct cache_entry {
	struct object_id id;
	uint32_t len;    /* of the content */
	uint32_t record; /* place among the records, from 1; 0: there is nothing to know */
	uint32_t age;    /* grows each time that the cache file is written anew, until somebody asks */
};

/* Borrows its bytes. */
struct cache_table {
	const uint32_t *starts;
	const struct cache_entry *entries;
	const char *records;
	uint32_t nr;
	unsigned bits;
	size_t records_len;
};

/* What an entry takes in the file at most, with its record and its part of `starts` and the header. */
#define CACHE_ENTRY_SIZE(record_len) (sizeof(struct cache_entry) + 2 * sizeof(uint32_t) + (record_len))

/* What is to become a table. Invariant: zeroes are empty. */
struct cache_draft {
	struct cache_entry *entries; /* owned; `record` is a place in records */
	size_t nr, alloc;
	struct strbuf records;
};

/*
 * Opens the table at the start of bytes, which stand at a multiple of 8. Returns its length; 0: these bytes are none that this
 * program wrote for this digest.
 */
size_t cache_table_open(struct cache_table *table, const char *bytes, size_t len, const struct object_id *digest);
/* What the checksum of a table has to be; at least its header is there. */
uint64_t cache_table_sum(const char *bytes, size_t len);
/* NULL: not there. */
const struct cache_entry *cache_table_find(const struct cache_table *table, const struct object_id *id);
/* The record of an entry of the table; false: there is none where one should be. */
bool cache_table_record(const struct cache_table *table, const struct cache_entry *entry, struct text *record);

void cache_draft_init(struct cache_draft *draft);
/* A record of no length is nothing. Nothing is added where the table would become too large. */
void cache_draft_add(struct cache_draft *draft, const struct cache_entry *like, struct text record);
/* Sorts what was added, each id once, the one of least age, and writes it as a table. */
void cache_draft_write(struct cache_draft *draft, const struct object_id *digest, struct strbuf *out);
void cache_draft_release(struct cache_draft *draft);

#endif
