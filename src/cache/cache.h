/* SPDX-License-Identifier: MIT
 *
 * What is known of contents from earlier runs with the same rules, options and
 * program, in one file. It is read as a whole when it is opened, and written
 * at the end, when there is something new: a few tables, of which the later ones were
 * appended; now and then all become one.
 *
 * Nothing here fails: a cache that cannot be read is empty, one that cannot be
 * written is as it was, and a note says so to who wants to know. What is in the file
 * is checked, not believed; only the owner's own file, or root's, is read.
 *
 * Invariant: zeroes are closed, an empty cache that keeps nothing.
 */
#ifndef ASYNCGREP_CACHE_H
#define ASYNCGREP_CACHE_H

#include "cache/table.h"

#include <pthread.h>

/* A file is no longer than this; entries that were not asked for the longest time go first. */
#define CACHE_FILE_MAX (64u << 20)
/* With so many tables, the next that is added makes them one. */
#define CACHE_TABLES 16

struct cache {
	char *folder, *file;     /* owned; NULL: closed */
	struct object_id digest;
	char *bytes;             /* owned; the tables' */
	size_t len;              /* of the tables that are good */
	struct cache_table tables[CACHE_TABLES];
	size_t nr;
	bool whole;              /* there was nothing but good tables, so that one may be appended */
	pthread_mutex_t lock;    /* guards the draft */
	struct cache_draft fresh;
};

/* Reads the file for a digest in a folder; neither needs to be there. The note is set when it had to be passed by. */
void cache_open(struct cache *cache, const char *folder, const struct object_id *digest, struct error *note);

/* What is known of a content, and was found out last; or NULL. Valid until cache_close. Thread-safe. */
const struct cache_entry *cache_find(const struct cache *cache, const struct object_id *id);
/* Its record, empty where there is nothing to know. False: the file does not hold what it promises. Thread-safe. */
bool cache_record(const struct cache *cache, const struct cache_entry *entry, struct text *record);
/* Keeps what was found out about a content of so many bytes. Thread-safe. */
void cache_add(struct cache *cache, const struct object_id *id, size_t len, struct text record);

/*
 * Writes what was added, if anything was. `used` are entries that were asked for, in any order, with NULL between them: they
 * stay longest.
 */
void cache_save(struct cache *cache, const struct cache_entry *const *used, size_t nr_used, struct error *note);
void cache_close(struct cache *cache);

#endif
