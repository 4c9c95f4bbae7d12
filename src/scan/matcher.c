/* SPDX-License-Identifier: MIT
 *
 * Triggers of the selected rules, by name.
 */
#include "scan/matcher.h"

#include <uthash.h>

#include "base/alloc.h"
#include "base/chars.h"

/* Names are told apart by so many of their last bytes before they are looked up. */
#define ENDING_LEN 4

struct trigger {
	UT_hash_handle hh;
	struct trigger_rule *rules;
	size_t nr, alloc;
};

struct matcher {
	const struct ruleset *set;
	struct needs needs;
	struct trigger *triggers; /* by name */
	uint64_t endings[(UINT16_MAX + 1) / 64]; /* bit set of the hashes of the last four bytes up to which a trigger may go */
	bool last[UCHAR_MAX + 1]; /* the last bytes of triggers that are too short for that */
	uint64_t lengths[256];    /* by first byte of a trigger: bit n says that one is n bytes long (63: or more) */
	struct rule **untriggered;
	size_t nr_untriggered, alloc_untriggered;
	bool judges;              /* some rule is about suppressions */
};

/* Of four bytes, 16 bits. */
static unsigned hash_ending(const char *bytes)
{
	uint32_t ending;

	memcpy(&ending, bytes, sizeof(ending));
	return ending * UINT32_C(2654435761) >> 16;
}

static void add_ending(struct matcher *matcher, const char *bytes)
{
	unsigned hash = hash_ending(bytes);

	matcher->endings[hash / 64] |= UINT64_C(1) << hash % 64;
}

static void add_name_ending(struct matcher *matcher, const char *name, size_t len)
{
	char ending[ENDING_LEN];

	if (len >= ENDING_LEN) {
		add_ending(matcher, name + len - ENDING_LEN);
	} else if (len == ENDING_LEN - 1) {
		memcpy(ending + 1, name, len);
		for (int before = CHAR_MIN; before <= CHAR_MAX; before++)
			if (!is_name_byte(ending[0] = (char)before))
				add_ending(matcher, ending);
	} else {
		matcher->last[(unsigned char)name[len - 1]] = true;
	}
}

static void add_trigger(struct matcher *matcher, const struct rule_trigger *start, struct rule *rule)
{
	struct trigger_rule item = { .rule = rule, .resolved = start->resolved, .evidence = start->evidence };
	size_t len = strlen(start->name);
	struct trigger *trigger;

	item.signs = needs_signs(&matcher->needs, start, &item.nr_signs);
	HASH_FIND(hh, matcher->triggers, start->name, len, trigger);
	if (!trigger) {
		trigger = xcalloc(1, sizeof(*trigger));
		HASH_ADD_KEYPTR(hh, matcher->triggers, start->name, len, trigger);
		matcher->lengths[(unsigned char)start->name[0]] |= UINT64_C(1) << (len < 63 ? len : 63);
		add_name_ending(matcher, start->name, len);
	}
	ARRAY_GROW(trigger->rules, trigger->nr + 1, trigger->alloc);
	trigger->rules[trigger->nr++] = item;
}

static void add_rule(struct matcher *matcher, struct rule *rule)
{
	if (rule->suppressions) {
		matcher->judges = true;
		return;
	}
	if (!rule->find)
		return;
	if (!rule->has_triggers) {
		ARRAY_GROW(matcher->untriggered, matcher->nr_untriggered + 1, matcher->alloc_untriggered);
		matcher->untriggered[matcher->nr_untriggered++] = rule;
		return;
	}
	for (size_t i = 0; i < rule->nr_triggers; i++)
		add_trigger(matcher, &rule->triggers[i], rule);
}

struct matcher *matcher_new(const struct ruleset *set)
{
	struct matcher *matcher = xcalloc(1, sizeof(*matcher));

	matcher->set = set;
	needs_init(&matcher->needs, set);
	for (size_t i = 0; i < set->nr; i++)
		if (set->rules[i]->selected)
			add_rule(matcher, set->rules[i]);
	needs_finish(&matcher->needs);
	return matcher;
}

void matcher_free(struct matcher *matcher)
{
	struct trigger *trigger, *next;

	HASH_ITER(hh, matcher->triggers, trigger, next) {
		HASH_DEL(matcher->triggers, trigger);
		free(trigger->rules);
		free(trigger);
	}
	needs_release(&matcher->needs);
	free(matcher->untriggered);
	free(matcher);
}

const struct ruleset *matcher_rules(const struct matcher *matcher)
{
	return matcher->set;
}

const struct needs *matcher_needs(const struct matcher *matcher)
{
	return &matcher->needs;
}

bool matcher_judges(const struct matcher *matcher)
{
	return matcher->judges;
}

bool matcher_may_end(const struct matcher *matcher, const char *bytes, size_t end)
{
	unsigned hash;

	if (end < ENDING_LEN)
		return true;
	hash = hash_ending(bytes + end - ENDING_LEN);
	return matcher->endings[hash / 64] >> hash % 64 & 1 || matcher->last[(unsigned char)bytes[end - 1]];
}

const struct trigger_rule *matcher_triggered(const struct matcher *matcher, struct text name, size_t *nr)
{
	struct trigger *trigger;

	*nr = 0;
	if (!name.len || !(matcher->lengths[(unsigned char)name.ptr[0]] >> (name.len < 63 ? name.len : 63) & 1))
		return NULL;
	HASH_FIND(hh, matcher->triggers, name.ptr, name.len, trigger);
	if (!trigger)
		return NULL;
	*nr = trigger->nr;
	return trigger->rules;
}

struct rule *const *matcher_untriggered(const struct matcher *matcher, size_t *nr)
{
	*nr = matcher->nr_untriggered;
	return matcher->untriggered;
}
