/* SPDX-License-Identifier: MIT
 *
 * Keys are ids with a few bytes changed by what else matters; an id is a hash,
 * and stays one.
 */
#include "scan/recall.h"

#include <stdatomic.h>

#include "base/alloc.h"
#include "base/checksum.h"
#include "base/threads.h"
#include "git/object_hash.h"
#include "scan/finding_store.h"
#include "scan/path_rules.h"
#include "scan/scan.h"

#define ENTRIES_AT_A_TIME 256

void recall_open(struct recall *recall, const char *folder, const struct object_id *digest, struct error *note)
{
	*recall = (struct recall){ .known = NULL };
	cache_open(&recall->cache, folder, digest, note);
}

/* -- keys */

/* The id of what git stores, apart from that of the same bytes. */
static struct object_id stored_id(struct object_id id)
{
	id.bytes[OBJECT_ID_LEN - 1] ^= 0xff;
	return id;
}

static uint64_t rules_sum(const bool *rules, size_t nr)
{
	return rules ? checksum(rules, nr * sizeof(*rules)) : 0;
}

static struct object_id with_rules(struct object_id id, uint64_t sum)
{
	unsigned char *bytes = id.bytes + OBJECT_ID_LEN / 2;

	for (; sum; sum >>= 8)
		*bytes++ ^= (unsigned char)sum;
	return id;
}

static bool has_crlf(const char *bytes, size_t len)
{
	const char *at = bytes, *end = bytes + len;

	while ((at = memchr(at, '\r', (size_t)(end - at))))
		if (++at < end && *at == '\n')
			return true;
	return false;
}

struct recall_key recall_name(const struct target_content *content, const bool *rules, size_t nr_rules)
{
	struct recall_key key = { content->id, content->len };

	if (content->known == KNOWN_STORED && !has_crlf(content->bytes, content->len))
		key.id = stored_id(key.id);
	else if (content->known != KNOWN_BLOB)
		object_hash(content->bytes, content->len, &key.id);
	key.id = with_rules(key.id, rules_sum(rules, nr_rules));
	return key;
}

/* -- asking */

const struct cache_entry *recall_find(const struct recall *recall, const struct recall_key *key)
{
	const struct cache_entry *entry = cache_find(&recall->cache, &key->id);

	return entry && (!key->len || entry->len == key->len) ? entry : NULL;
}

/* A content that was not read: one that is stored may be the blob itself, which was read elsewhere. */
static const struct cache_entry *find(const struct recall *recall, const struct target_content *content, uint64_t sum)
{
	struct recall_key key = { .len = content->len };
	const struct cache_entry *entry = NULL;

	if (content->known == KNOWN_STORED) {
		key.id = with_rules(stored_id(content->id), sum);
		entry = recall_find(recall, &key);
	}
	if (!entry && content->known != KNOWN_NOT) {
		key.id = with_rules(content->id, sum);
		entry = recall_find(recall, &key);
	}
	return entry;
}

/* What the threads share. */
struct looking {
	struct recall *recall;
	struct target *target;
	const struct path_rules *path_rules;
	size_t nr_rules;
	atomic_size_t next;
};

static void look_at_entries(void *data)
{
	struct looking *looking = data;
	struct target *target = looking->target;
	bool *rules = looking->path_rules ? xcalloc(looking->nr_rules, sizeof(*rules)) : NULL;
	size_t at;

	while ((at = atomic_fetch_add(&looking->next, ENTRIES_AT_A_TIME)) < target->nr)
		for (size_t i = at; i < target->nr && i < at + ENTRIES_AT_A_TIME; i++) {
			struct target_content content;

			target_know(target, i, &content);
			if (content.known == KNOWN_NOT)
				continue;
			if (rules)
				path_rules_fill(looking->path_rules, target_full_path(target, i), rules);
			looking->recall->known[i] = find(looking->recall, &content, rules_sum(rules, looking->nr_rules));
		}
	free(rules);
}

void recall_look(struct recall *recall, struct target *target, const struct path_rules *path_rules, size_t nr_rules,
		 unsigned jobs)
{
	struct looking looking = { .recall = recall, .target = target, .path_rules = path_rules, .nr_rules = nr_rules };

	if (!recall->cache.nr)
		return;
	recall->known = xcalloc(target->nr + 1, sizeof(*recall->known));
	recall->nr = target->nr;
	threads_run(threads_number(jobs, target->nr / ENTRIES_AT_A_TIME + 1), THREADS_FILES_SHARED, look_at_entries,
		    &looking);
}

/* -- records */

bool recall_read(const struct recall *recall, const struct cache_entry *entry, const struct ruleset *set, int32_t today,
		 struct finding_list *findings, struct scan_facts *facts)
{
	struct text record;

	if (!cache_record(&recall->cache, entry, &record) || !finding_store_read(record, set, findings, facts))
		return false;
	if (facts->first_day <= today && today <= facts->last_day)
		return true;
	finding_list_release(findings);
	return false;
}

void recall_keep(struct recall *recall, const struct recall_key *key, const struct finding_list *findings,
		 const struct scan_facts *facts)
{
	struct strbuf record = STRBUF_INIT;

	finding_store_write(&record, findings, facts);
	cache_add(&recall->cache, &key->id, key->len, (struct text){ record.buf, record.len });
	strbuf_release(&record);
}

void recall_close(struct recall *recall, struct error *note)
{
	cache_save(&recall->cache, recall->known, recall->nr, note);
	cache_close(&recall->cache);
	free(recall->known);
	memset(recall, 0, sizeof(*recall));
}
