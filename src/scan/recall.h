/* SPDX-License-Identifier: MIT
 *
 * What earlier runs found out about contents, so that they need not be read or
 * scanned again: the cache, as the scan uses it.
 *
 * A content is known by its id as git names it. In the working tree that is the hash of
 * what was read; or what the index says, where the stat data prove the file
 * unchanged and no line of it ends in CR LF: then git has stored it as it is, whatever
 * it was told about ends of lines. That is remembered apart, so that a filter which somebody took away
 * later cannot make the work tree's content pass for that of the blob.
 *
 * Invariant: zeroes are closed, and know nothing.
 */
#ifndef ASYNCGREP_RECALL_H
#define ASYNCGREP_RECALL_H

#include "cache/cache.h"
#include "scan/finding.h"
#include "target/target.h"

struct path_rules;
struct ruleset;
struct scan_facts;

/* A content, and the rules that run on it. */
struct recall_key {
	struct object_id id;
	size_t len; /* 0: it was not looked at, and nobody knows */
};

struct recall {
	struct cache cache;
	/* owned; by entry of the target: what is known of it, or NULL; NULL: nothing is known of any */
	const struct cache_entry **known;
	size_t nr;
};

/* What goes wrong with the cache is noted, and changes no result. */
void recall_open(struct recall *recall, const char *folder, const struct object_id *digest, struct error *note);
/*
 * Asks about all entries of a target, without reading one of them, on so many threads (0: one a processor). path_rules NULL: the
 * same rules, of nr_rules, run on all.
 */
void recall_look(struct recall *recall, struct target *target, const struct path_rules *path_rules, size_t nr_rules,
		 unsigned jobs);
/* Is it known of an entry that there is nothing to say of it? */
static inline bool recall_is_clean(const struct recall *recall, size_t entry)
{
	return recall->known && recall->known[entry] && !recall->known[entry]->record;
}

/* The key of a content that was read; rules are as in struct scan_options. */
struct recall_key recall_name(const struct target_content *content, const bool *rules, size_t nr_rules);
/* What is known of a content that was not asked about before, or NULL. */
const struct cache_entry *recall_find(const struct recall *recall, const struct recall_key *key);
/* Fills findings, which are empty, and facts, as a scan would on this day. False: it has to be scanned. */
bool recall_read(const struct recall *recall, const struct cache_entry *entry, const struct ruleset *set, int32_t today,
		 struct finding_list *findings, struct scan_facts *facts);
/* Keeps for later runs what a scan found, when it came to its end. Thread-safe. */
void recall_keep(struct recall *recall, const struct recall_key *key, const struct finding_list *findings,
		 const struct scan_facts *facts);
/* Writes what is new, and closes it. */
void recall_close(struct recall *recall, struct error *note);

#endif
