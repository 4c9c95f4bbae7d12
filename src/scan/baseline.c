/* SPDX-License-Identifier: MIT
 *
 * Known findings, as a sorted array: the entries of a file are one run of it,
 * and those that differ in the ordinal alone are one run of that.
 */
#include "scan/baseline.h"

#include "base/alloc.h"
#include "rule/rule.h"
#include "rule/ruleset.h"
#include "target/target.h"

static int compare_paths(const struct baseline_entry *a, const struct baseline_entry *b)
{
	return strcmp(a->path, b->path);
}

/* All but the ordinal. */
static int compare_groups(const struct baseline_entry *a, const struct baseline_entry *b)
{
	int order = compare_paths(a, b);

	order = order ? order : strcmp(a->code, b->code);
	order = order ? order : strcmp(a->function, b->function);
	return order ? order : strcmp(a->text, b->text);
}

static int compare(const void *left, const void *right)
{
	const struct baseline_entry *a = left, *b = right;
	int order = compare_groups(a, b);

	return order ? order : (a->ordinal > b->ordinal) - (a->ordinal < b->ordinal);
}

static void entry_release(struct baseline_entry *entry)
{
	free(entry->path);
	free(entry->code);
	free(entry->function);
	free(entry->text);
}

void baseline_sort(struct baseline *baseline)
{
	size_t kept = 0;

	if (baseline->nr)
		qsort(baseline->items, baseline->nr, sizeof(*baseline->items), compare);
	for (size_t i = 0; i < baseline->nr; i++) {
		if (kept && compare(&baseline->items[kept - 1], &baseline->items[i]) == 0)
			entry_release(&baseline->items[i]);
		else
			baseline->items[kept++] = baseline->items[i];
	}
	baseline->nr = kept;
}

/* -- marking */

/* The first entry that is not before one like this. */
static size_t find(const struct baseline *baseline, const struct baseline_entry *like,
		   int (*order)(const struct baseline_entry *a, const struct baseline_entry *b))
{
	size_t low = 0, high = baseline->nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (order(&baseline->items[middle], like) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* How many entries from this one on are equal but for the ordinal. */
static uint32_t group_size(const struct baseline *baseline, size_t first)
{
	size_t end = first;

	while (end < baseline->nr && compare_groups(&baseline->items[first], &baseline->items[end]) == 0)
		end++;
	return (uint32_t)(end - first);
}

static bool take(struct baseline *baseline, const struct baseline_entry *like)
{
	size_t first = find(baseline, like, compare_groups), at;
	struct baseline_entry *group = &baseline->items[first];

	if (first == baseline->nr || compare_groups(group, like) != 0)
		return false;
	at = first + group->taken;
	if (at >= baseline->nr || compare_groups(&baseline->items[at], like) != 0)
		return false;
	group->taken++;
	if (group->met < group->taken)
		group->met = group->taken;
	return true;
}

static void enter_file(struct baseline *baseline, const char *path, bool complete)
{
	struct baseline_entry like = { .path = (char *)path };

	for (size_t i = find(baseline, &like, compare_paths);
	     i < baseline->nr && compare_paths(&baseline->items[i], &like) == 0; i++) {
		baseline->items[i].looked |= complete;
		baseline->items[i].taken = 0;
	}
}

/* Borrows all strings. */
static struct baseline_entry entry_of(const char *path, const struct finding *finding)
{
	return (struct baseline_entry){
		.path = (char *)path,
		.code = (char *)finding->rule->code,
		.function = finding->function ? finding->function : (char *)"",
		.text = finding->identity.text,
		.ordinal = finding->identity.ordinal,
	};
}

static void record(struct baseline *baseline, const struct baseline_entry *like)
{
	struct baseline_entry *entry;

	ARRAY_GROW(baseline->items, baseline->nr + 1, baseline->alloc);
	entry = &baseline->items[baseline->nr++];
	*entry = *like;
	entry->path = xstrdup(like->path);
	entry->code = xstrdup(like->code);
	entry->function = xstrdup(like->function);
	entry->text = xstrdup(like->text);
}

void baseline_mark(struct baseline *baseline, const char *path, bool complete, struct finding_list *findings)
{
	if (!baseline->recording)
		enter_file(baseline, path, complete);
	for (size_t i = 0; i < findings->nr; i++) {
		struct finding *finding = &findings->items[i];
		struct baseline_entry like = entry_of(path, finding);

		if (finding->suppressed)
			continue;
		if (baseline->recording)
			record(baseline, &like);
		finding->known |= baseline->recording || take(baseline, &like);
	}
}

/* -- what is gone */

/* Was it looked for? A path is asked for once: entries of one follow each other. */
struct looking {
	const struct target *target;
	const struct ruleset *set;
	const char *path;
	bool there;
};

static bool was_looked_for(struct looking *looking, const struct baseline_entry *entry)
{
	const struct rule *rule = ruleset_find(looking->set, entry->code);

	if (!rule || !rule->selected)
		return false;
	if (!looking->path || strcmp(looking->path, entry->path) != 0) {
		looking->path = entry->path;
		looking->there = target_has(looking->target, entry->path);
	}
	return entry->looked || !looking->there;
}

/* Marks the entries that are gone; returns how many. */
static size_t find_gone(const struct baseline *baseline, const struct target *target, const struct ruleset *set,
			bool *gone)
{
	struct looking looking = { .target = target, .set = set };
	size_t nr = 0;

	for (size_t first = 0, size; first < baseline->nr; first += size) {
		size = group_size(baseline, first);
		for (size_t i = baseline->items[first].met; i < size; i++) {
			gone[first + i] = was_looked_for(&looking, &baseline->items[first + i]);
			nr += gone[first + i];
		}
	}
	return nr;
}

size_t baseline_gone(const struct baseline *baseline, const struct target *target, const struct ruleset *set,
		     void (*each)(void *data, const struct baseline_entry *entry), void *data)
{
	bool *gone = xcalloc(baseline->nr + 1, sizeof(*gone));
	size_t nr = find_gone(baseline, target, set, gone);

	for (size_t i = 0; each && i < baseline->nr; i++)
		if (gone[i])
			each(data, &baseline->items[i]);
	free(gone);
	return nr;
}

void baseline_prune(struct baseline *baseline, const struct target *target, const struct ruleset *set)
{
	bool *gone = xcalloc(baseline->nr + 1, sizeof(*gone));
	size_t kept = 0;

	find_gone(baseline, target, set, gone);
	for (size_t i = 0; i < baseline->nr; i++) {
		if (gone[i])
			entry_release(&baseline->items[i]);
		else
			baseline->items[kept++] = baseline->items[i];
	}
	baseline->nr = kept;
	free(gone);
}

void baseline_release(struct baseline *baseline)
{
	for (size_t i = 0; i < baseline->nr; i++)
		entry_release(&baseline->items[i]);
	free(baseline->items);
	memset(baseline, 0, sizeof(*baseline));
}
