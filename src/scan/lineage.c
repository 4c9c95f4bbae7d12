/* SPDX-License-Identifier: MIT
 *
 * When all is scanned, commits are gone through from the newest to the
 * oldest, so that the removal of a finding is known when the commit that
 * brought it in is reached. Until then a fingerprint is kept of every finding,
 * but the whole of it only where a commit may have brought it in.
 */
#include "scan/lineage.h"

#include <uthash.h>

#include "base/alloc.h"
#include "scan/fingerprint.h"

/* In the place of a commit: a tip has the finding. */
#define ALIVE UINT32_MAX

/* A finding of a version, by its fingerprint. */
struct key {
	uint64_t print;
	uint32_t index; /* in the version's findings */
	bool wanted;    /* a commit has it and its parents have it not */
};

struct version {
	struct finding_list findings; /* in the end, those that are wanted */
	struct key *keys;             /* sorted */
	uint32_t nr;
	uint32_t uses; /* changes that have this version as the fresh one and are not complete */
};

/* What is known of a finding in a file, seen from the newer commits. */
struct fate {
	struct fate_name {
		uint64_t print, path;
	} name;
	uint32_t removed; /* place of the commit that did it, or ALIVE */
	UT_hash_handle hh;
};

/* A change is complete when its last entry is scanned. */
struct completion {
	uint32_t last_entry;
	uint32_t change;
};

/* What a commit does to a finding. */
struct brought {
	uint64_t print;
	uint32_t change; /* place in versions.changes */
	uint32_t index;
	bool moved;
};

struct removed {
	uint64_t print;
	uint32_t path;
	bool moved;
};

struct lineage {
	const struct versions *versions;
	scan_file_fn each;
	void *data;
	struct version *all;       /* by entry */
	size_t nr, scanned;        /* how many there are, and are scanned */
	struct completion *order;  /* of versions.changes */
	size_t next;
	struct fate *fates;
	struct brought *brought;
	size_t nr_brought, brought_alloc;
	struct removed *removed;
	size_t nr_removed, removed_alloc;
};

static int compare_completion(const void *a, const void *b)
{
	const struct completion *x = a, *y = b;

	if (x->last_entry != y->last_entry)
		return x->last_entry < y->last_entry ? -1 : 1;
	return (x->change > y->change) - (x->change < y->change);
}

static uint32_t last_entry_of(const struct versions *versions, const struct version_change *change)
{
	uint32_t last = change->fresh == NO_VERSION ? 0 : change->fresh;

	for (size_t i = 0; i < change->nr_olds; i++)
		if (versions->olds[change->first_old + i] > last)
			last = versions->olds[change->first_old + i];
	return last;
}

struct lineage *lineage_new(const struct versions *versions, size_t entries, scan_file_fn each, void *data)
{
	struct lineage *lineage = xcalloc(1, sizeof(*lineage));

	*lineage = (struct lineage){ .versions = versions, .each = each, .data = data, .nr = entries };
	lineage->all = xcalloc(entries, sizeof(*lineage->all));
	lineage->order = xcalloc(versions->nr_changes, sizeof(*lineage->order));
	for (size_t i = 0; i < versions->nr_changes; i++) {
		const struct version_change *change = &versions->changes[i];

		lineage->order[i] = (struct completion){ last_entry_of(versions, change), (uint32_t)i };
		if (change->fresh != NO_VERSION)
			lineage->all[change->fresh].uses++;
	}
	if (versions->nr_changes)
		qsort(lineage->order, versions->nr_changes, sizeof(*lineage->order), compare_completion);
	return lineage;
}

/* -- fates */

static struct fate *find_fate(const struct lineage *lineage, uint32_t path, uint64_t print)
{
	const struct fate_name name = { print, path };
	struct fate *fate;

	HASH_FIND(hh, lineage->fates, &name, sizeof(name), fate);
	return fate;
}

static void set_fate(struct lineage *lineage, uint32_t path, uint64_t print, uint32_t removed)
{
	struct fate *fate = find_fate(lineage, path, print);

	if (!fate) {
		fate = xcalloc(1, sizeof(*fate));
		fate->name = (struct fate_name){ print, path };
		HASH_ADD(hh, lineage->fates, name, sizeof(fate->name), fate);
	}
	fate->removed = removed;
}

static void drop_fate(struct lineage *lineage, uint32_t path, uint64_t print)
{
	struct fate *fate = find_fate(lineage, path, print);

	if (!fate)
		return;
	HASH_DEL(lineage->fates, fate);
	free(fate);
}

/* -- versions */

static int by_print(const void *a, const void *b)
{
	uint64_t x = ((const struct key *)a)->print, y = ((const struct key *)b)->print;

	return (x > y) - (x < y);
}

static bool has(const struct version *version, uint64_t print)
{
	const struct key key = { .print = print };

	return version && version->nr && bsearch(&key, version->keys, version->nr, sizeof(key), by_print);
}

static uint64_t print_of(const struct finding *finding)
{
	char hex[OBJECT_HEX_LEN + 1];

	fingerprint_hex("", finding, hex);
	hex[16] = '\0';
	return strtoull(hex, NULL, 16);
}

static const struct version *version_of(const struct lineage *lineage, uint32_t entry)
{
	return entry == NO_VERSION ? NULL : &lineage->all[entry];
}

/* Do the older versions of a file have it? */
static bool is_old(const struct lineage *lineage, const struct version_change *change, uint64_t print)
{
	for (size_t i = 0; i < change->nr_olds; i++)
		if (has(version_of(lineage, lineage->versions->olds[change->first_old + i]), print))
			return true;
	return false;
}

/* Forgets all of the findings that no commit brought in. */
static void prune(struct version *version)
{
	struct finding_list *findings = &version->findings;
	uint32_t *names = xcalloc(findings->nr, sizeof(*names)), kept = 0;

	for (size_t i = 0; i < findings->nr; i++)
		findings->items[i].known = true;
	for (uint32_t i = 0; i < version->nr; i++)
		if (version->keys[i].wanted)
			findings->items[version->keys[i].index].known = false;
	for (size_t i = 0; i < findings->nr; i++)
		names[i] = findings->items[i].known ? 0 : kept++;
	for (uint32_t i = 0; i < version->nr; i++)
		version->keys[i].index = names[version->keys[i].index];
	finding_drop_old(findings);
	free(names);
}

/* A change of which all versions are scanned: what of the fresh one is wanted? */
static void complete(struct lineage *lineage, const struct version_change *change)
{
	struct version *fresh;

	if (change->fresh == NO_VERSION)
		return;
	fresh = &lineage->all[change->fresh];
	for (uint32_t i = 0; i < fresh->nr; i++)
		fresh->keys[i].wanted |= !is_old(lineage, change, fresh->keys[i].print);
	if (--fresh->uses == 0 && fresh->nr)
		prune(fresh);
}

static void note_scanned(struct lineage *lineage, size_t scanned)
{
	const struct versions *versions = lineage->versions;

	lineage->scanned = scanned;
	for (; lineage->next < versions->nr_changes; lineage->next++) {
		if (lineage->order[lineage->next].last_entry >= scanned)
			return;
		complete(lineage, &versions->changes[lineage->order[lineage->next].change]);
	}
}

/* -- what a commit does */

static void note_brought(struct lineage *lineage, size_t place)
{
	const struct version_change *change = &lineage->versions->changes[place];
	const struct version *fresh = version_of(lineage, change->fresh);

	for (uint32_t i = 0; fresh && i < fresh->nr; i++) {
		uint64_t print = fresh->keys[i].print;

		if (is_old(lineage, change, print))
			continue;
		ARRAY_GROW(lineage->brought, lineage->nr_brought + 1, lineage->brought_alloc);
		lineage->brought[lineage->nr_brought++] =
			(struct brought){ print, (uint32_t)place, fresh->keys[i].index, false };
	}
}

static void note_removed(struct lineage *lineage, const struct version_change *change)
{
	const uint32_t *olds = lineage->versions->olds + change->first_old;
	const struct version *fresh = version_of(lineage, change->fresh);

	for (size_t k = 0; k < change->nr_olds; k++) {
		const struct version *old = version_of(lineage, olds[k]);

		for (uint32_t i = 0; i < old->nr; i++) {
			uint64_t print = old->keys[i].print;
			bool noted = has(fresh, print);

			for (size_t earlier = 0; earlier < k && !noted; earlier++)
				noted = has(version_of(lineage, olds[earlier]), print);
			if (noted)
				continue;
			ARRAY_GROW(lineage->removed, lineage->nr_removed + 1, lineage->removed_alloc);
			lineage->removed[lineage->nr_removed++] = (struct removed){ print, change->path, false };
		}
	}
}

static int compare_removed(const void *a, const void *b)
{
	const struct removed *x = a, *y = b;

	if (x->print != y->print)
		return x->print < y->print ? -1 : 1;
	return (x->path > y->path) - (x->path < y->path);
}

static int compare_brought(const void *a, const void *b)
{
	const struct brought *x = a, *y = b;

	if (x->change != y->change)
		return x->change < y->change ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

/* The first of those with this fingerprint that none was moved from; removed is sorted. */
static struct removed *find_removed(struct lineage *lineage, uint64_t print)
{
	size_t low = 0, high = lineage->nr_removed;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (lineage->removed[middle].print < print)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < lineage->nr_removed && lineage->removed[low].print == print; low++)
		if (!lineage->removed[low].moved)
			return &lineage->removed[low];
	return NULL;
}

/* What appears here vanished there: the same finding, which older commits know by the other path. */
static void find_moves(struct lineage *lineage)
{
	for (size_t i = 0; i < lineage->nr_brought; i++) {
		struct brought *brought = &lineage->brought[i];
		uint32_t path = lineage->versions->changes[brought->change].path;
		struct removed *removed = find_removed(lineage, brought->print);
		const struct fate *fate = find_fate(lineage, path, brought->print);

		if (!removed)
			continue;
		brought->moved = removed->moved = true;
		if (fate)
			set_fate(lineage, removed->path, brought->print, fate->removed);
		else
			drop_fate(lineage, removed->path, brought->print);
		drop_fate(lineage, path, brought->print);
	}
}

/* -- what is said of it */

static void write_hex(char *hex, const struct object_id *id)
{
	for (size_t i = 0; i < OBJECT_ID_LEN; i++)
		snprintf(hex + 2 * i, 3, "%02x", id->bytes[i]);
}

/* Reports what was brought into one file: those from `from` up to `to`. */
static void report(struct lineage *lineage, const struct version_commit *commit, size_t from, size_t to)
{
	const struct versions *versions = lineage->versions;
	const struct version_change *change = &versions->changes[lineage->brought[from].change];
	struct finding_list list = { .items = xcalloc(to - from, sizeof(*list.items)) };
	char (*removals)[OBJECT_HEX_LEN + 1] = xcalloc(to - from, sizeof(*removals));
	char hex[OBJECT_HEX_LEN + 1];

	write_hex(hex, &commit->id);
	for (size_t i = from; i < to; i++) {
		const struct brought *brought = &lineage->brought[i];
		const struct fate *fate = find_fate(lineage, change->path, brought->print);
		struct finding *finding = &list.items[list.nr];

		if (brought->moved)
			continue;
		*finding = lineage->all[change->fresh].findings.items[brought->index];
		finding->commit = hex;
		if (fate && fate->removed != ALIVE) {
			write_hex(removals[list.nr], &versions->commits[fate->removed].id);
			finding->removed_in = removals[list.nr];
		}
		drop_fate(lineage, change->path, brought->print);
		list.nr++;
	}
	if (list.nr)
		lineage->each(lineage->data, change->fresh, versions->paths[change->path], &list);
	free(list.items); /* what is in them is the version's */
	free(removals);
}

static void report_brought(struct lineage *lineage, const struct version_commit *commit)
{
	for (size_t i = 0, next; i < lineage->nr_brought; i = next) {
		for (next = i + 1; next < lineage->nr_brought; next++)
			if (lineage->brought[next].change != lineage->brought[i].change)
				break;
		report(lineage, commit, i, next);
	}
}

static void note_removals(struct lineage *lineage, uint32_t place)
{
	for (size_t i = 0; i < lineage->nr_removed; i++) {
		const struct removed *removed = &lineage->removed[i];
		const struct fate *fate = find_fate(lineage, removed->path, removed->print);

		/* Another branch may have removed what is there to this day. */
		if (!removed->moved && !(fate && fate->removed == ALIVE))
			set_fate(lineage, removed->path, removed->print, place);
	}
}

static void go_through(struct lineage *lineage, uint32_t place)
{
	const struct version_commit *commit = &lineage->versions->commits[place];

	lineage->nr_brought = lineage->nr_removed = 0;
	for (size_t i = commit->first; i < commit->first + commit->nr; i++) {
		const struct version_change *change = &lineage->versions->changes[i];

		/* After an interrupt, nothing is said of files that were not scanned to the end. */
		if (last_entry_of(lineage->versions, change) >= lineage->scanned)
			continue;
		note_brought(lineage, i);
		note_removed(lineage, change);
	}
	if (lineage->nr_removed)
		qsort(lineage->removed, lineage->nr_removed, sizeof(*lineage->removed), compare_removed);
	if (lineage->nr_brought)
		qsort(lineage->brought, lineage->nr_brought, sizeof(*lineage->brought), compare_brought);
	find_moves(lineage);
	report_brought(lineage, commit);
	note_removals(lineage, place);
}

void lineage_take(void *data, size_t entry, const char *path, struct finding_list *findings)
{
	struct lineage *lineage = data;
	struct version *version = &lineage->all[entry];

	(void)path; /* one of those that have this version */
	version->nr = (uint32_t)findings->nr;
	version->keys = xcalloc(findings->nr, sizeof(*version->keys));
	for (uint32_t i = 0; i < version->nr; i++)
		version->keys[i] = (struct key){ .print = print_of(&findings->items[i]), .index = i };
	qsort(version->keys, version->nr, sizeof(*version->keys), by_print);
	if (version->uses) {
		version->findings = *findings;
		memset(findings, 0, sizeof(*findings));
	}
	note_scanned(lineage, entry + 1);
}

void lineage_finish(struct lineage *lineage, size_t scanned)
{
	const struct versions *versions = lineage->versions;

	note_scanned(lineage, scanned);
	/* What a tip has is there to this day. */
	for (size_t i = 0; i < versions->nr_tips; i++) {
		const struct version *version = version_of(lineage, versions->tips[i].entry);

		for (uint32_t k = 0; k < version->nr; k++)
			set_fate(lineage, versions->tips[i].path, version->keys[k].print, ALIVE);
	}
	for (size_t i = 0; i < versions->nr_commits; i++)
		go_through(lineage, (uint32_t)i);
}

void lineage_free(struct lineage *lineage)
{
	struct fate *fate, *next;

	HASH_ITER(hh, lineage->fates, fate, next) {
		HASH_DEL(lineage->fates, fate);
		free(fate);
	}
	for (size_t i = 0; i < lineage->nr; i++) {
		finding_list_release(&lineage->all[i].findings);
		free(lineage->all[i].keys);
	}
	free(lineage->all);
	free(lineage->order);
	free(lineage->brought);
	free(lineage->removed);
	free(lineage);
}
