/* SPDX-License-Identifier: MIT
 *
 * Literals and triggers of the selected rules.
 */
#include "scan/matcher.h"

#include <uthash.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/find.h"
#include "rule/regex.h"

/* A clause of more literals than this costs more to look for than it saves. */
#define MAX_LITERALS_OF_CLAUSE 8
#define MAX_CLAUSES 4
/* Of all rules together: beyond this many names of calls, it is cheaper to look at the calls of the file. */
#define MAX_CALL_LITERALS 12

/* One of these literals has to be in the file. */
struct clause {
	unsigned literals[MAX_LITERALS_OF_CLAUSE];
	unsigned nr;
};

struct needs {
	struct clause clauses[MAX_CLAUSES];
	unsigned nr;
};

struct trigger {
	UT_hash_handle hh;
	struct trigger_rule *rules;
	size_t nr, alloc;
};

struct matcher {
	const struct ruleset *set;
	struct finder *literals;
	size_t nr_literals, alloc_literals;
	struct needs *needs;      /* by rule index */
	struct trigger *triggers; /* by name */
	uint64_t lengths[256];    /* by first byte of a trigger: bit n says that one is n bytes long (63: or more) */
	struct rule **untriggered;
	size_t nr_untriggered, alloc_untriggered;
	bool screens_calls;       /* names of calls are few enough to be looked for as literals */
	struct arena arena;
};

static unsigned intern_literal(struct matcher *matcher, struct text literal)
{
	for (size_t i = 0; i < matcher->nr_literals; i++)
		if (text_equal(matcher->literals[i].literal, literal))
			return (unsigned)i;
	ARRAY_GROW(matcher->literals, matcher->nr_literals + 1, matcher->alloc_literals);
	finder_init(&matcher->literals[matcher->nr_literals], literal);
	return (unsigned)matcher->nr_literals++;
}

static struct clause *add_clause(struct needs *needs)
{
	return needs->nr < MAX_CLAUSES ? &needs->clauses[needs->nr++] : NULL;
}

static void add_literal(struct matcher *matcher, struct clause *clause, struct text literal)
{
	if (clause->nr < MAX_LITERALS_OF_CLAUSE)
		clause->literals[clause->nr++] = intern_literal(matcher, literal);
}

/* Can a list of names be looked for: not too many, and none that a star makes anything? */
static bool are_literals(const struct nameset *names)
{
	for (size_t i = 0; i < names->nr; i++)
		if (names->names[i][0] == '*' || strlen(names->names[i]) < 2)
			return false;
	return names->nr <= MAX_LITERALS_OF_CLAUSE;
}

static void add_literals(struct matcher *matcher, struct clause *clause, const struct nameset *names)
{
	for (size_t i = 0; clause && i < names->nr; i++)
		add_literal(matcher, clause, (struct text){ names->names[i], strcspn(names->names[i], "*") });
}

static void need_one_of(struct matcher *matcher, struct needs *needs, const struct nameset *names)
{
	if (are_literals(names))
		add_literals(matcher, add_clause(needs), names);
}

/* The names one of which a base has to have for its test to hold, or NULL. */
static const struct nameset *names_of_base(const struct test *base)
{
	const struct condition *first = base->alternatives->first;

	return !base->alternatives->next && first && first->kind == IS_LAST ? first->names : NULL;
}

/* A class that fits holds an async def, or has such a name or base. */
static void need_class(struct matcher *matcher, struct needs *needs, const struct context *context)
{
	const struct nameset *base = context->class_base ? names_of_base(context->class_base) : NULL;
	struct clause *clause;

	if (!context->class_holds_async && !context->class_name && !context->class_base)
		return;
	if ((context->class_base && (!base || !are_literals(base))) ||
	    (context->class_name && !are_literals(context->class_name)))
		return;
	clause = add_clause(needs);
	if (clause && context->class_holds_async)
		add_literal(matcher, clause, TEXT("async"));
	if (context->class_name)
		add_literals(matcher, clause, context->class_name);
	if (base)
		add_literals(matcher, clause, base);
}

static void need_context(struct matcher *matcher, struct needs *needs, const struct context *context)
{
	struct clause *clause;

	if (context->function_name)
		need_one_of(matcher, needs, context->function_name);
	need_class(matcher, needs, context);
	if (context->kind == CONTEXT_ASYNC && (clause = add_clause(needs)))
		add_literal(matcher, clause, TEXT("async"));
}

static void need_call(struct matcher *matcher, struct needs *needs, const struct rule *rule)
{
	struct clause clause = { { 0 }, 0 };

	for (size_t i = 0; i < rule->nr_triggers; i++) {
		unsigned literal = intern_literal(matcher, (struct text){ rule->triggers[i].name,
									  strlen(rule->triggers[i].name) });
		unsigned k = 0;

		while (k < clause.nr && clause.literals[k] != literal)
			k++;
		if (k < clause.nr)
			continue;
		if (clause.nr == MAX_LITERALS_OF_CLAUSE)
			return;
		clause.literals[clause.nr++] = literal;
	}
	if (needs->nr < MAX_CLAUSES)
		needs->clauses[needs->nr++] = clause;
}

static void work_out_needs(struct matcher *matcher, const struct rule *rule)
{
	struct needs *needs = &matcher->needs[rule->index];
	struct text literal;
	struct clause *clause;

	need_context(matcher, needs, rule->context);
	/* A rule that needs nothing else has to be screened by its calls: it would keep every file in the scan. */
	if (rule->has_triggers && (matcher->screens_calls || !needs->nr))
		need_call(matcher, needs, rule);
	if (!rule->pattern)
		return;
	literal = regex_literal(rule->pattern);
	if (literal.len >= 2 && (clause = add_clause(needs)))
		add_literal(matcher, clause, literal);
}

static void intern_packages(struct matcher *matcher, const struct nameset *packages, struct trigger_rule *rule)
{
	unsigned *literals = arena_alloc(&matcher->arena, packages->nr * sizeof(*literals));

	for (size_t i = 0; i < packages->nr; i++)
		literals[i] = intern_literal(matcher, (struct text){ packages->names[i], strlen(packages->names[i]) });
	rule->literals = literals;
	rule->nr_literals = (unsigned)packages->nr;
	rule->packages = packages;
}

static void add_trigger(struct matcher *matcher, const struct rule_trigger *start, struct rule *rule)
{
	struct trigger_rule item = { .rule = rule, .resolved = start->resolved };
	size_t len = strlen(start->name);
	struct trigger *trigger;

	if (start->packages)
		intern_packages(matcher, start->packages, &item);
	HASH_FIND(hh, matcher->triggers, start->name, len, trigger);
	if (!trigger) {
		trigger = xcalloc(1, sizeof(*trigger));
		HASH_ADD_KEYPTR(hh, matcher->triggers, start->name, len, trigger);
		matcher->lengths[(unsigned char)start->name[0]] |= UINT64_C(1) << (len < 63 ? len : 63);
	}
	ARRAY_GROW(trigger->rules, trigger->nr + 1, trigger->alloc);
	trigger->rules[trigger->nr++] = item;
}

static void add_rule(struct matcher *matcher, struct rule *rule)
{
	work_out_needs(matcher, rule);
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

static bool has_few_calls(const struct ruleset *set)
{
	size_t names = 0;

	for (size_t i = 0; i < set->nr; i++)
		if (set->rules[i]->selected)
			names += set->rules[i]->nr_triggers;
	return names <= MAX_CALL_LITERALS;
}

struct matcher *matcher_new(const struct ruleset *set)
{
	struct matcher *matcher = xcalloc(1, sizeof(*matcher));

	matcher->set = set;
	matcher->screens_calls = has_few_calls(set);
	matcher->needs = xcalloc(set->nr, sizeof(*matcher->needs));
	for (size_t i = 0; i < set->nr; i++)
		if (set->rules[i]->selected)
			add_rule(matcher, set->rules[i]);
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
	free(matcher->literals);
	free(matcher->needs);
	free(matcher->untriggered);
	arena_release(&matcher->arena);
	free(matcher);
}

const struct ruleset *matcher_rules(const struct matcher *matcher)
{
	return matcher->set;
}

static bool has_literal(struct screen *screen, unsigned literal)
{
	const struct finder *finder = &screen->matcher->literals[literal];

	if (!screen->found[literal])
		screen->found[literal] = finder_in(finder, screen->bytes, screen->len) ? 1 : -1;
	return screen->found[literal] > 0;
}

static bool has_one_of(struct screen *screen, const unsigned *literals, unsigned nr)
{
	for (unsigned i = 0; i < nr; i++)
		if (has_literal(screen, literals[i]))
			return true;
	return !nr;
}

static bool has_needs(struct screen *screen, const struct needs *needs)
{
	for (unsigned i = 0; i < needs->nr; i++)
		if (!has_one_of(screen, needs->clauses[i].literals, needs->clauses[i].nr))
			return false;
	return true;
}

bool screen_init(struct screen *screen, const struct matcher *matcher, const bool *allowed, const char *bytes,
		 size_t len)
{
	size_t rules = matcher->set->nr;
	bool some = false;

	screen->matcher = matcher;
	screen->bytes = bytes;
	screen->len = len;
	screen->found = xcalloc(matcher->nr_literals + rules, 1);
	screen->active = (bool *)screen->found + matcher->nr_literals;
	for (size_t i = 0; i < rules; i++) {
		screen->active[i] = matcher->set->rules[i]->selected && (!allowed || allowed[i]) &&
			has_needs(screen, &matcher->needs[i]);
		some |= screen->active[i];
	}
	return some;
}

void screen_release(struct screen *screen)
{
	free(screen->found);
}

bool screen_allows(struct screen *screen, const struct trigger_rule *trigger)
{
	return screen->active[trigger->rule->index] && has_one_of(screen, trigger->literals, trigger->nr_literals);
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
