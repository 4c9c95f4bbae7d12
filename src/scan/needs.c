/* SPDX-License-Identifier: MIT
 *
 * Words that a rule needs, out of its context, its calls and its pattern.
 */
#include "scan/needs.h"

#include "base/alloc.h"
#include "rule/regex.h"
#include "rule/test.h"

/* Of a rule; more calls than that are not looked for. The same one may be named several times. */
#define MAX_CALLS 16
/* Of all rules together: beyond this many names of calls, it is cheaper to look at the calls of the file. */
#define MAX_CALL_WORDS 12

static unsigned intern(struct needs *table, const struct word *word)
{
	for (size_t i = 0; i < table->nr; i++) {
		const struct word *known = &table->words[i].word;

		if (text_equal(known->finder.literal, word->finder.literal) && known->begins == word->begins &&
		    known->ends == word->ends)
			return (unsigned)i;
	}
	ARRAY_GROW(table->words, table->nr + 1, table->alloc);
	table->words[table->nr] = (struct needed_word){ .word = *word };
	return (unsigned)table->nr++;
}

/* A word of names; it may end in a star. */
static unsigned intern_word(struct needs *table, struct text spelling)
{
	struct word word;

	word_init(&word, spelling);
	return intern(table, &word);
}

static struct clause *add_clause(struct rule_needs *needs)
{
	return needs->nr < MAX_CLAUSES ? &needs->clauses[needs->nr++] : NULL;
}

static void add_word(struct needs *table, struct clause *clause, struct text spelling)
{
	if (clause->nr < MAX_WORDS_OF_CLAUSE)
		clause->words[clause->nr++] = intern_word(table, spelling);
}

/* Can a list of names be looked for: not too many, and none that a star makes anything? */
static bool are_words(const struct nameset *names)
{
	for (size_t i = 0; i < names->nr; i++)
		if (names->names[i][0] == '*' || strlen(names->names[i]) < 2)
			return false;
	return names->nr <= MAX_WORDS_OF_CLAUSE;
}

static void add_words(struct needs *table, struct clause *clause, const struct nameset *names)
{
	for (size_t i = 0; clause && i < names->nr; i++)
		add_word(table, clause, (struct text){ names->names[i], strlen(names->names[i]) });
}

static void need_one_of(struct needs *table, struct rule_needs *needs, const struct nameset *names)
{
	if (are_words(names))
		add_words(table, add_clause(needs), names);
}

/* The names one of which a base has to have for its test to hold, or NULL. */
static const struct nameset *names_of_base(const struct test *base)
{
	const struct condition *first = base->alternatives->first;

	return !base->alternatives->next && first && first->kind == IS_LAST ? first->names : NULL;
}

/* A class that fits holds an async def, or has such a name or base. */
static void need_class(struct needs *table, struct rule_needs *needs, const struct context *context)
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
		add_word(table, clause, TEXT("async"));
	if (context->class_name)
		add_words(table, clause, context->class_name);
	if (base)
		add_words(table, clause, base);
}

static void need_context(struct needs *table, struct rule_needs *needs, const struct context *context)
{
	struct clause *clause;

	/* Classes first: what they need is asked of each file anyway, or rare. */
	need_class(table, needs, context);
	if (context->function_name)
		need_one_of(table, needs, context->function_name);
	if (context->kind == CONTEXT_ASYNC && (clause = add_clause(needs)))
		add_word(table, clause, TEXT("async"));
}

/* A call that has to resolve to the name ends with its last part anyway. */
static struct sign sign_of(struct needs *table, const char *name, bool resolved)
{
	const char *dot = strchr(name, '.'), *last = dot ? strrchr(name, '.') + 1 : name;
	struct sign sign = { NO_WORD, NO_WORD };

	if (dot)
		sign.package = intern_word(table, (struct text){ name, (size_t)(dot - name) });
	if (!resolved)
		sign.word = intern_word(table, (struct text){ last, strlen(last) });
	return sign;
}

/* Nearly any file may divide something by a text: of that the bytes cannot tell. */
const struct sign *needs_signs(struct needs *table, const struct rule_trigger *trigger, unsigned *nr)
{
	const struct evidence *evidence = trigger->evidence;
	struct sign *signs;

	*nr = 0;
	if (!evidence || evidence->division)
		return NULL;
	signs = arena_alloc(&table->arena, evidence->names->nr * sizeof(*signs));
	for (size_t i = 0; i < evidence->names->nr; i++)
		signs[i] = sign_of(table, evidence->names->names[i], trigger->resolved);
	*nr = (unsigned)evidence->names->nr;
	return signs;
}

static void need_call(struct needs *table, struct rule_needs *needs, const struct rule *rule)
{
	if (rule->nr_triggers > MAX_CALLS)
		return;
	needs->calls = arena_alloc(&table->arena, rule->nr_triggers * sizeof(*needs->calls));
	for (size_t i = 0; i < rule->nr_triggers; i++) {
		const struct rule_trigger *trigger = &rule->triggers[i];
		struct call_need *call = &needs->calls[needs->nr_calls++];

		call->name = intern_word(table, (struct text){ trigger->name, strlen(trigger->name) });
		call->signs = needs_signs(table, trigger, &call->nr_signs);
	}
}

static void work_out(struct needs *table, const struct rule *rule)
{
	struct rule_needs *needs = &table->rules[rule->index];
	struct word anywhere = { .begins = false, .ends = false };
	struct text literal;
	struct clause *clause;

	need_context(table, needs, rule->context);
	/* A rule that needs nothing else has to be screened by its calls: it would keep every file in the scan. */
	if (rule->has_triggers && (table->screens_calls || !needs->nr))
		need_call(table, needs, rule);
	if (!rule->pattern)
		return;
	literal = regex_literal(rule->pattern);
	if (literal.len >= 2 && (clause = add_clause(needs))) {
		finder_init(&anywhere.finder, literal);
		clause->words[clause->nr++] = intern(table, &anywhere);
	}
}

static bool has_few_calls(const struct ruleset *set)
{
	size_t names = 0;

	for (size_t i = 0; i < set->nr; i++)
		if (set->rules[i]->selected)
			names += set->rules[i]->nr_triggers;
	return names <= MAX_CALL_WORDS;
}

void needs_init(struct needs *table, const struct ruleset *set)
{
	memset(table, 0, sizeof(*table));
	table->screens_calls = has_few_calls(set);
	table->rules = xcalloc(set->nr, sizeof(*table->rules));
	for (size_t i = 0; i < set->nr; i++)
		if (set->rules[i]->selected && !set->rules[i]->suppressions)
			work_out(table, set->rules[i]);
}

static void find_parts(const struct needs *table, struct needed_word *word)
{
	struct text whole = word->word.finder.literal;

	for (unsigned i = 0; i < table->nr && word->nr_parts < MAX_PARTS; i++) {
		struct text part = table->words[i].word.finder.literal;

		if (part.len < whole.len && memmem(whole.ptr, whole.len, part.ptr, part.len))
			word->parts[word->nr_parts++] = i;
	}
}

void needs_finish(struct needs *table)
{
	for (size_t i = 0; i < table->nr; i++)
		find_parts(table, &table->words[i]);
}

void needs_release(struct needs *table)
{
	free(table->words);
	free(table->rules);
	arena_release(&table->arena);
}
