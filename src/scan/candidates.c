/* SPDX-License-Identifier: MIT
 *
 * Candidates: the name before each bracket, looked up among those that start
 * a rule.
 */
#include "scan/candidates.h"

#include "base/alloc.h"
#include "python/skim.h"
#include "scan/context.h"
#include "scan/sieve.h"
#include "scan/spelled.h"

void candidates_release(struct candidates *candidates)
{
	free(candidates->stmts);
	imported_release(&candidates->imported);
	evidence_release(&candidates->evidence);
	memset(candidates, 0, sizeof(*candidates));
}

/* Can what is called resolve to what starts the rule: is its first part imported, or spelled as it is? */
static bool may_resolve(struct candidates *candidates, const struct evidence *evidence, struct pyfile *file,
			struct text last)
{
	bool unclear = false;
	struct text head = spelled_head(file->mask.code, last, &unclear);

	if (unclear || !head.len)
		return unclear;
	if (evidence ? evidence_begins_with(evidence, head) : head.ptr == last.ptr)
		return true;
	return imported_may_bind(&candidates->imported, file, head);
}

/* -- candidates */

/* A bracket of a call: where it is, and what is known of its surroundings so far. */
struct place {
	uint32_t offset;
	int32_t stmt;            /* that holds it, once statements are known; then skim is NULL */
	const struct skim *skim;
	int32_t scope;           /* of the skim: the last header before it */
};

static bool may_start(struct candidates *candidates, struct screen *screen, struct pyfile *file,
		      struct text name, struct text last, const struct place *place)
{
	const struct trigger_rule *rules;
	size_t nr;

	rules = matcher_triggered(screen->matcher, name, &nr);
	for (size_t i = 0; i < nr; i++) {
		const struct context *context = rules[i].rule->context;

		if (screen->active[rules[i].rule->index] &&
		    (place->skim ? context_may_hold_in(context, place->skim, &file->mask, place->scope)
				 : context_may_hold(file, context, place->stmt)) &&
		    screen_allows(screen, &rules[i]) &&
		    (rules[i].resolved ?
			     may_resolve(candidates, rules[i].evidence, file, last) :
			     spelled_dotted(file->mask.code, last) &&
			     evidence_found(&candidates->evidence, &candidates->imported, file, rules[i].evidence)))
			return true;
	}
	return false;
}

static bool is_candidate(struct candidates *candidates, struct screen *screen, struct pyfile *file,
			 const struct place *place)
{
	bool hidden = false;
	struct text last = spelled_name(file->mask.code, spelled_end(file->mask.code, place->offset, &hidden));
	struct text name = last;

	while (name.len) {
		if (may_start(candidates, screen, file, name, last, place))
			return true;
		name = imported_next_name(&candidates->imported, last, name);
	}
	return false;
}

/* Keeps those places of a sieve that are code; a name that is renamed in code may be any name. */
static void drop_text(struct sieve *sieve, const struct mask *mask)
{
	size_t kept = 0;

	for (size_t i = 0; i < sieve->nr; i++)
		if (mask->code[sieve->places[i]] == '(')
			sieve->places[kept++] = sieve->places[i];
	sieve->nr = kept;
	for (size_t i = 0; i < sieve->nr_renames; i++)
		sieve->all |= mask->code[sieve->renames[i]] == 'a';
}

/* Keeps those places of a sieve that stand in a context and a file where a rule may start. */
static void skim_places(struct candidates *candidates, struct sieve *sieve, struct screen *screen, struct pyfile *file)
{
	struct skim skim = { .scopes = NULL };
	size_t kept = 0;

	skim_build(&skim, &file->mask);
	if (!skim.odd) {
		for (size_t i = 0; i < sieve->nr; i++) {
			uint32_t offset = sieve->places[i];
			struct place place = { offset, NO_STMT, &skim, skim_scope_at(&skim, offset) };

			if (is_candidate(candidates, screen, file, &place))
				sieve->places[kept++] = place.offset;
		}
		sieve->nr = kept;
	}
	skim_release(&skim);
}

static void add_stmt(struct candidates *candidates, int32_t stmt)
{
	ARRAY_GROW(candidates->stmts, candidates->nr + 1, candidates->alloc);
	candidates->stmts[candidates->nr++] = stmt;
}

/* The next place at or behind an offset: of the sieve, or any bracket; NO_OFFSET: there is none. */
static uint32_t next_place(const struct sieve *sieve, size_t *next, const struct mask *mask, uint32_t offset)
{
	const char *bracket;

	if (!sieve->all)
		return *next < sieve->nr ? sieve->places[(*next)++] : NO_OFFSET;
	bracket = memchr(mask->code + offset, '(', mask->len - offset);
	return bracket ? (uint32_t)(bracket - mask->code) : NO_OFFSET;
}

static void take_places(struct candidates *candidates, const struct sieve *sieve, struct screen *screen, struct pyfile *file)
{
	bool any = sieve_any_call(screen);
	struct place place = { 0, NO_STMT, NULL, NO_SCOPE };
	int32_t last = NO_STMT;
	size_t next = 0;

	while ((place.offset = next_place(sieve, &next, &file->mask, place.offset)) != NO_OFFSET) {
		while (place.stmt + 1 < file->blocks.nr && file->blocks.stmts[place.stmt + 1].start <= place.offset)
			place.stmt++;
		if (place.stmt != last && (any || is_candidate(candidates, screen, file, &place))) {
			add_stmt(candidates, place.stmt);
			last = place.stmt;
		}
		place.offset++;
	}
}

void candidates_find(struct candidates *candidates, struct screen *screen, struct pyfile *file)
{
	struct sieve sieve = { .places = NULL };

	sieve_fill(&sieve, screen);
	if (sieve.nr || sieve.nr_renames) {
		pyfile_mask(file);
		drop_text(&sieve, &file->mask);
	}
	if (sieve.nr && !sieve.all)
		skim_places(candidates, &sieve, screen, file);
	if (sieve.nr || sieve.all) {
		pyfile_code(file);
		if (sieve.all)
			imported_read_aliases(&candidates->imported, screen->matcher, file);
		take_places(candidates, &sieve, screen, file);
	}
	sieve_release(&sieve);
}
