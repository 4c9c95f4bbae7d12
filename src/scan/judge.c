/* SPDX-License-Identifier: MIT
 *
 * Suppressions judged, once all findings of a file have been asked about.
 */
#include "scan/judge.h"

#include "python/pyfile.h"
#include "scan/place.h"

bool judge_may_find(const char *bytes, size_t len)
{
	const char *end = bytes + len, *at = bytes;

	/* Either word follows a `#`, with blanks in between. */
	while ((at = memchr(at, '#', (size_t)(end - at)))) {
		at += 1;
		while (at < end && (*at == ' ' || *at == '\t'))
			at++;
		if (end - at > 1 && (!strncasecmp(at, "no", 2) || !strncasecmp(at, "as", 2)))
			return true;
		if (at < end && ((unsigned char)*at >= 0x80 || *at == '\v' || *at == '\f'))
			return true;
	}
	return false;
}

static void add_finding(struct suppress *suppress, const struct rule *rule, uint32_t start, uint32_t end,
			struct finding_list *findings)
{
	/* A comment has no captures. */
	struct evaluation ev = { .file = suppress->file };

	place_finding(&ev, rule, (struct extent){ start, end }, (struct extent){ NO_OFFSET, NO_OFFSET }, findings);
}

static bool is_alias(const struct rule *rule, const char *prefix, size_t len)
{
	for (size_t i = 0; i < rule->nr_aliases; i++)
		if (suppress_names(rule->aliases[i], prefix, len))
			return true;
	return false;
}

static bool runs(const struct ruleset *set, size_t rule, const bool *allowed)
{
	return set->rules[rule]->selected && (!allowed || allowed[rule]);
}

/* Were all rules run that a code stands for, and is it for us to judge it? */
static bool is_ours_and_run(const struct suppress *suppress, const struct suppress_entry *entry,
			    const struct ruleset *set, const bool *allowed)
{
	const char *prefix = suppress->file->source.bytes + entry->start;
	size_t len = entry->end - entry->start;
	bool ignore = suppress->items[entry->suppression].ours, some = false;

	for (size_t i = 0; len && i < set->nr; i++) {
		const struct rule *rule = set->rules[i];
		bool alias = is_alias(rule, prefix, len);

		if (rule->suppressions || (!alias && !suppress_names(rule->code, prefix, len)))
			continue;
		if (!runs(set, i, allowed) || (alias && !ignore))
			return false;
		some = true;
	}
	return some;
}

static void find_unused(struct suppress *suppress, const struct ruleset *set, const bool *allowed,
			const struct rule *rule, struct finding_list *findings)
{
	size_t entry = 0;

	for (size_t i = 0; i < suppress->nr_items; i++) {
		const struct suppression *item = &suppress->items[i];
		size_t first = entry;

		for (; entry < suppress->nr && suppress->entries[entry].suppression == i; entry++) {
			const struct suppress_entry *code = &suppress->entries[entry];

			if (!code->used && is_ours_and_run(suppress, code, set, allowed))
				add_finding(suppress, rule, code->start, code->end, findings);
		}
		if (entry == first)
			add_finding(suppress, rule, item->start, item->end, findings);
	}
}

static void find_unexplained(struct suppress *suppress, const struct rule *rule, struct finding_list *findings)
{
	for (size_t i = 0; i < suppress->nr_items; i++) {
		const struct suppression *item = &suppress->items[i];

		if (item->reason_start == item->reason_end && (item->ours || item->used))
			add_finding(suppress, rule, item->start, item->end, findings);
	}
}

void judge_suppressions(struct suppress *suppress, const struct ruleset *set, const bool *allowed, bool complete,
			struct finding_list *findings)
{
	suppress_read(suppress);
	for (size_t i = 0; i < set->nr; i++) {
		const struct rule *rule = set->rules[i];

		if (!runs(set, i, allowed))
			continue;
		if (rule->suppressions == SUPPRESSIONS_UNUSED && complete)
			find_unused(suppress, set, allowed, rule, findings);
		else if (rule->suppressions == SUPPRESSIONS_UNEXPLAINED)
			find_unexplained(suppress, rule, findings);
	}
	finding_sort(findings);
}
