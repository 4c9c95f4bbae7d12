/* SPDX-License-Identifier: MIT
 *
 * Literals and triggers of the selected rules.
 */
#include "scan/matcher.h"

#include <uthash.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/chars.h"
#include "base/word.h"
#include "rule/regex.h"

/* A clause of more literals than this costs more to look for than it saves. */
#define MAX_LITERALS_OF_CLAUSE 8
#define MAX_CLAUSES 4
/* Of a rule; more calls than that are not looked for. The same one may be named several times. */
#define MAX_CALLS 16
/* Of all rules together: beyond this many names of calls, it is cheaper to look at the calls of the file. */
#define MAX_CALL_LITERALS 12

/* Names are told apart by so many of their last bytes before they are looked up. */
#define ENDING_LEN 4

/* One of these literals has to be in the file. */
struct clause {
	unsigned literals[MAX_LITERALS_OF_CLAUSE];
	unsigned nr;
};

#define NO_LITERAL UINT_MAX

/* Of a name that is evidence: the literals that are in a file where it is; either may be NO_LITERAL. */
struct sign {
	unsigned package, word;
};

/* The name of a call, and the signs one of which it needs (nr_signs is 0: none). */
struct call_need {
	unsigned name;
	const struct sign *signs;
	unsigned nr_signs;
};

/* What has to be in a file for a rule: of each clause something, and one of the calls where there are any. */
struct needs {
	struct clause clauses[MAX_CLAUSES];
	unsigned nr;
	struct call_need *calls;
	unsigned nr_calls;
};

struct trigger {
	UT_hash_handle hh;
	struct trigger_rule *rules;
	size_t nr, alloc;
};

struct matcher {
	const struct ruleset *set;
	struct word *literals;
	size_t nr_literals, alloc_literals;
	struct needs *needs;      /* by rule index */
	struct trigger *triggers; /* by name */
	uint64_t endings[(UINT16_MAX + 1) / 64]; /* bit set of the hashes of the last four bytes up to which a trigger may go */
	bool last[UCHAR_MAX + 1]; /* the last bytes of triggers that are too short for that */
	uint64_t lengths[256];    /* by first byte of a trigger: bit n says that one is n bytes long (63: or more) */
	struct rule **untriggered;
	size_t nr_untriggered, alloc_untriggered;
	bool judges;              /* some rule is about suppressions */
	bool screens_calls;       /* names of calls are few enough to be looked for as literals */
	struct arena arena;
};

static unsigned intern(struct matcher *matcher, const struct word *word)
{
	for (size_t i = 0; i < matcher->nr_literals; i++)
		if (text_equal(matcher->literals[i].finder.literal, word->finder.literal) &&
		    matcher->literals[i].begins == word->begins && matcher->literals[i].ends == word->ends)
			return (unsigned)i;
	ARRAY_GROW(matcher->literals, matcher->nr_literals + 1, matcher->alloc_literals);
	matcher->literals[matcher->nr_literals] = *word;
	return (unsigned)matcher->nr_literals++;
}

/* A word of names; it may end in a star. */
static unsigned intern_word(struct matcher *matcher, struct text spelling)
{
	struct word word;

	word_init(&word, spelling);
	return intern(matcher, &word);
}

static struct clause *add_clause(struct needs *needs)
{
	return needs->nr < MAX_CLAUSES ? &needs->clauses[needs->nr++] : NULL;
}

static void add_word(struct matcher *matcher, struct clause *clause, struct text spelling)
{
	if (clause->nr < MAX_LITERALS_OF_CLAUSE)
		clause->literals[clause->nr++] = intern_word(matcher, spelling);
}

/* Can a list of names be looked for: not too many, and none that a star makes anything? */
static bool are_words(const struct nameset *names)
{
	for (size_t i = 0; i < names->nr; i++)
		if (names->names[i][0] == '*' || strlen(names->names[i]) < 2)
			return false;
	return names->nr <= MAX_LITERALS_OF_CLAUSE;
}

static void add_words(struct matcher *matcher, struct clause *clause, const struct nameset *names)
{
	for (size_t i = 0; clause && i < names->nr; i++)
		add_word(matcher, clause, (struct text){ names->names[i], strlen(names->names[i]) });
}

static void need_one_of(struct matcher *matcher, struct needs *needs, const struct nameset *names)
{
	if (are_words(names))
		add_words(matcher, add_clause(needs), names);
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
	if ((context->class_base && (!base || !are_words(base))) ||
	    (context->class_name && !are_words(context->class_name)))
		return;
	clause = add_clause(needs);
	if (clause && context->class_holds_async)
		add_word(matcher, clause, TEXT("async"));
	if (context->class_name)
		add_words(matcher, clause, context->class_name);
	if (base)
		add_words(matcher, clause, base);
}

static void need_context(struct matcher *matcher, struct needs *needs, const struct context *context)
{
	struct clause *clause;

	/* Classes first: what they need is asked of each file anyway, or rare. */
	need_class(matcher, needs, context);
	if (context->function_name)
		need_one_of(matcher, needs, context->function_name);
	if (context->kind == CONTEXT_ASYNC && (clause = add_clause(needs)))
		add_word(matcher, clause, TEXT("async"));
}

/* A call that has to resolve to the name ends with its last part anyway. */
static struct sign sign_of(struct matcher *matcher, const char *name, bool resolved)
{
	const char *dot = strchr(name, '.'), *last = dot ? strrchr(name, '.') + 1 : name;
	struct sign sign = { NO_LITERAL, NO_LITERAL };

	if (dot)
		sign.package = intern_word(matcher, (struct text){ name, (size_t)(dot - name) });
	if (!resolved)
		sign.word = intern_word(matcher, (struct text){ last, strlen(last) });
	return sign;
}

/* *nr is 0 when the bytes cannot tell: nearly any file may divide something by a text. */
static const struct sign *signs_of(struct matcher *matcher, const struct rule_trigger *trigger, unsigned *nr)
{
	const struct evidence *evidence = trigger->evidence;
	struct sign *signs;

	*nr = 0;
	if (!evidence || evidence->division)
		return NULL;
	signs = arena_alloc(&matcher->arena, evidence->names->nr * sizeof(*signs));
	for (size_t i = 0; i < evidence->names->nr; i++)
		signs[i] = sign_of(matcher, evidence->names->names[i], trigger->resolved);
	*nr = (unsigned)evidence->names->nr;
	return signs;
}

static void need_call(struct matcher *matcher, struct needs *needs, const struct rule *rule)
{
	if (rule->nr_triggers > MAX_CALLS)
		return;
	needs->calls = arena_alloc(&matcher->arena, rule->nr_triggers * sizeof(*needs->calls));
	for (size_t i = 0; i < rule->nr_triggers; i++) {
		const struct rule_trigger *trigger = &rule->triggers[i];
		struct call_need *call = &needs->calls[needs->nr_calls++];

		call->name = intern_word(matcher, (struct text){ trigger->name, strlen(trigger->name) });
		call->signs = signs_of(matcher, trigger, &call->nr_signs);
	}
}

static void work_out_needs(struct matcher *matcher, const struct rule *rule)
{
	struct needs *needs = &matcher->needs[rule->index];
	struct word anywhere = { .begins = false, .ends = false };
	struct text literal;
	struct clause *clause;

	need_context(matcher, needs, rule->context);
	/* A rule that needs nothing else has to be screened by its calls: it would keep every file in the scan. */
	if (rule->has_triggers && (matcher->screens_calls || !needs->nr))
		need_call(matcher, needs, rule);
	if (!rule->pattern)
		return;
	literal = regex_literal(rule->pattern);
	if (literal.len >= 2 && (clause = add_clause(needs))) {
		finder_init(&anywhere.finder, literal);
		clause->literals[clause->nr++] = intern(matcher, &anywhere);
	}
}

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

	item.signs = signs_of(matcher, start, &item.nr_signs);
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

bool matcher_judges(const struct matcher *matcher)
{
	return matcher->judges;
}

static bool has_literal(struct screen *screen, unsigned literal)
{
	if (!screen->found[literal])
		screen->found[literal] = word_find(&screen->matcher->literals[literal], screen->bytes, screen->len, 0) ? 1 : -1;
	return screen->found[literal] > 0;
}

static bool has_one_of(struct screen *screen, const unsigned *literals, unsigned nr)
{
	for (unsigned i = 0; i < nr; i++)
		if (has_literal(screen, literals[i]))
			return true;
	return !nr;
}

static bool has_sign(struct screen *screen, const struct sign *signs, unsigned nr)
{
	for (unsigned i = 0; i < nr; i++)
		if ((signs[i].package == NO_LITERAL || has_literal(screen, signs[i].package)) &&
		    (signs[i].word == NO_LITERAL || has_literal(screen, signs[i].word)))
			return true;
	return !nr;
}

static bool has_call(struct screen *screen, const struct needs *needs)
{
	for (unsigned i = 0; i < needs->nr_calls; i++)
		if (has_literal(screen, needs->calls[i].name) &&
		    has_sign(screen, needs->calls[i].signs, needs->calls[i].nr_signs))
			return true;
	return !needs->nr_calls;
}

static bool has_needs(struct screen *screen, const struct needs *needs)
{
	for (unsigned i = 0; i < needs->nr; i++)
		if (!has_one_of(screen, needs->clauses[i].literals, needs->clauses[i].nr))
			return false;
	return has_call(screen, needs);
}

bool screen_init(struct screen *screen, const struct matcher *matcher, const bool *allowed, const char *bytes,
		 size_t len)
{
	size_t rules = matcher->set->nr;
	bool some = false, sifted = false; /* the calls of the file will be looked at anyway */

	screen->matcher = matcher;
	screen->bytes = bytes;
	screen->len = len;
	screen->found = xcalloc(matcher->nr_literals + rules, 1);
	screen->active = (bool *)screen->found + matcher->nr_literals;
	for (size_t i = 0; i < rules; i++) {
		const struct rule *rule = matcher->set->rules[i];

		screen->active[i] = rule->selected && !rule->suppressions && (!allowed || allowed[i]) &&
				    ((sifted && rule->has_triggers) || has_needs(screen, &matcher->needs[i]));
		some |= screen->active[i];
		sifted |= screen->active[i] && rule->has_triggers;
	}
	return some;
}

void screen_release(struct screen *screen)
{
	free(screen->found);
}

bool matcher_may_end(const struct matcher *matcher, const char *bytes, size_t end)
{
	unsigned hash;

	if (end < ENDING_LEN)
		return true;
	hash = hash_ending(bytes + end - ENDING_LEN);
	return matcher->endings[hash / 64] >> hash % 64 & 1 || matcher->last[(unsigned char)bytes[end - 1]];
}

bool screen_allows(struct screen *screen, const struct trigger_rule *trigger)
{
	return screen->active[trigger->rule->index] && has_sign(screen, trigger->signs, trigger->nr_signs);
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
