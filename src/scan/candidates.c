/* SPDX-License-Identifier: MIT
 *
 * Candidates: the name before each bracket, looked up among those that start
 * a rule.
 */
#include "scan/candidates.h"

#include "base/alloc.h"
#include "base/chars.h"
#include "base/find.h"
#include "scan/context.h"
#include "scan/sieve.h"

/*
 * Of more places than these some nearly always remain: to cut the file into statements right away costs less than to skim
 * it first. Measured on 33 MB of seven projects: 870 million instructions with 3, 885 with 8, 934 without.
 */
#define FEW_PLACES 4
/* Import statements of one file from which on a list of their words pays. */
#define MANY_IMPORTS 64

void candidates_release(struct candidates *candidates)
{
	free(candidates->stmts);
	free(candidates->aliases);
	free(candidates->imports);
	word_list_release(&candidates->import_list);
	memset(candidates, 0, sizeof(*candidates));
}

struct text candidates_next_name(const struct candidates *candidates, struct text spelled, struct text last)
{
	bool passed = last.ptr == spelled.ptr;

	for (size_t i = 0; i < candidates->nr_aliases; i++) {
		const struct import_alias *alias = &candidates->aliases[i];

		if (passed && text_equal(alias->bound, spelled) && !text_equal(alias->name, spelled))
			return alias->name;
		passed |= alias->name.ptr == last.ptr;
	}
	return (struct text){ NULL, 0 };
}

static void add_alias(struct candidates *candidates, const struct matcher *matcher, const struct alias *alias)
{
	struct text name = alias->name;
	const char *dot;
	size_t nr;

	if (!name.len) {
		dot = memrchr(alias->module.ptr, '.', alias->module.len);
		name = alias->module;
		if (dot)
			name = (struct text){ dot + 1, (size_t)(alias->module.ptr + alias->module.len - dot - 1) };
	}
	matcher_triggered(matcher, name, &nr);
	if (!nr)
		return;
	ARRAY_GROW(candidates->aliases, candidates->nr_aliases + 1, candidates->alloc_aliases);
	candidates->aliases[candidates->nr_aliases++] = (struct import_alias){ alias->bound, name };
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\\';
}

/* -- imports: as the skim has them, and again, with what they rename, once the statements are known */

static void add_import(struct candidates *candidates, const struct mask *mask, uint32_t start, uint32_t end)
{
	word_set_add_all(&candidates->import_words, mask->code + start, mask->code + end);
	ARRAY_GROW(candidates->imports, candidates->nr_imports + 1, candidates->alloc_imports);
	candidates->imports[candidates->nr_imports++] = (struct skim_import){ start, end };
}

/* Does the word `as` stand in a text? */
static bool has_as(const char *text, size_t len)
{
	for (size_t i = 1; i + 2 < len; i++)
		if (text[i] == 'a' && text[i + 1] == 's' && is_blank(text[i - 1]) && is_blank(text[i + 2]))
			return true;
	return false;
}

static void add_aliases(struct candidates *candidates, const struct matcher *matcher, struct pyfile *file, int32_t stmt)
{
	struct alias alias;
	int32_t node = outline_stmt(&file->outline, stmt)->root;

	for (; node != NO_NODE; node = file->outline.nodes[node].next)
		if (outline_alias(&file->outline, node, &alias) && alias.renamed)
			add_alias(candidates, matcher, &alias);
}

static void read_imports(struct candidates *candidates, const struct matcher *matcher, struct pyfile *file, bool renamed)
{
	candidates->nr_imports = 0;
	memset(&candidates->import_words, 0, sizeof(candidates->import_words));
	word_list_release(&candidates->import_list);
	for (int32_t s = 0; s < file->blocks.nr; s++) {
		const struct stmt *stmt = &file->blocks.stmts[s];

		if (stmt->kind != STMT_IMPORT && stmt->kind != STMT_FROM)
			continue;
		add_import(candidates, &file->mask, stmt->start, stmt->end);
		if (renamed && has_as(file->mask.code + stmt->start, stmt->end - stmt->start))
			add_aliases(candidates, matcher, file, s);
	}
	memset(candidates->memos, 0, sizeof(candidates->memos));
	candidates->nr_meant = 0;
	candidates->all_imports = true;
}

/* Takes over the imports of a skim, unless the word `import` stands where it saw none. */
static void skim_imports(struct candidates *candidates, const struct skim *skim, const struct mask *mask)
{
	const char *hit = mask->code, *end = mask->code + mask->len;
	struct finder finder;
	size_t next = 0;

	for (size_t i = 0; i < skim->nr_imports; i++)
		add_import(candidates, mask, skim->imports[i].start, skim->imports[i].end);
	finder_init(&finder, TEXT("import"));
	candidates->all_imports = true;
	while (candidates->all_imports && (hit = finder_find(&finder, hit, (size_t)(end - hit)))) {
		uint32_t offset = (uint32_t)(hit - mask->code);

		while (next < skim->nr_imports && skim->imports[next].end <= offset)
			next++;
		candidates->all_imports = (next < skim->nr_imports && skim->imports[next].start <= offset) ||
					  is_name_byte(hit[6]) || (offset && is_name_byte(hit[-1]));
		hit += 6;
	}
}

/* Where each of many imports would be looked through for each of many names. */
static bool find_in_list(struct candidates *candidates, const struct pyfile *file, struct text name)
{
	struct word_list *list = &candidates->import_list;

	if (!list->nr) {
		for (size_t i = 0; i < candidates->nr_imports; i++)
			word_list_add_all(list, file->mask.code + candidates->imports[i].start,
					  file->mask.code + candidates->imports[i].end);
		word_list_sort(list);
	}
	return word_list_has(list, name);
}

static bool find_in_imports(struct candidates *candidates, const struct pyfile *file, struct text name)
{
	if (!word_set_may_have(&candidates->import_words, name))
		return !candidates->all_imports;
	if (candidates->nr_imports > MANY_IMPORTS)
		return find_in_list(candidates, file, name) || !candidates->all_imports;
	for (size_t i = 0; i < candidates->nr_imports; i++) {
		const struct skim_import *import = &candidates->imports[i];

		if (memmem(file->mask.code + import->start, import->end - import->start, name.ptr, name.len))
			return true;
	}
	return !candidates->all_imports;
}

/*
 * Does some import statement bind a name? A file asks for the same few names (`self`) over and over, and most are
 * not even spelled there. Bindings are asked only when all is known of the statements.
 */
static bool is_imported(struct candidates *candidates, struct pyfile *file, struct text name)
{
	struct import_memo *memo = &candidates->memos[(unsigned char)name.ptr[name.len - 1] % ARRAY_SIZE(candidates->memos)];

	if (!memo->name.len || !text_equal(memo->name, name)) {
		*memo = (struct import_memo){ name, find_in_imports(candidates, file, name) };
		if (memo->there && file->has_code) {
			pyfile_bindings(file);
			memo->there = bindings_imports(&file->bindings, name) != NULL;
		}
	}
	return memo->there;
}

/* -- names, read backwards from a bracket */

/* The name that ends before a place; blanks are stepped over, and with `closing` parentheses too. */
static struct text name_before(const char *code, size_t place, bool closing)
{
	size_t end = place, start;

	while (end && (is_blank(code[end - 1]) || (closing && code[end - 1] == ')')))
		end--;
	for (start = end; start && is_name_byte(code[start - 1]);)
		start--;
	return (struct text){ code + start, end - start };
}

/*
 * The first part of the dotted name that ends with `last`; empty where it is part of something else
 * (`x[0].last`), so that it cannot resolve. Behind parentheses (`(a.b).last`, `f().last`) it is unclear.
 */
static struct text head_of(const char *code, struct text last, bool *unclear)
{
	struct text head = last;
	size_t start = (size_t)(head.ptr - code);

	for (;;) {
		while (start && is_blank(code[start - 1]))
			start--;
		if (!start || code[start - 1] != '.')
			return head;
		start--;
		while (start && is_blank(code[start - 1]))
			start--;
		if (start && code[start - 1] == ')') {
			*unclear = true;
			return last;
		}
		head = name_before(code, start, false);
		if (!head.len)
			return head;
		start = (size_t)(head.ptr - code);
	}
}

/* Does a name stand in the code as the first part of a dotted one, in parentheses or not? */
static bool is_head_somewhere(const struct pyfile *file, struct text name)
{
	const char *code = file->mask.code, *end = code + file->mask.len, *hit = code;
	struct finder finder;

	finder_init(&finder, name);
	while ((hit = finder_find(&finder, hit, (size_t)(end - hit)))) {
		const char *behind = hit + name.len;

		while (behind < end && (is_blank(*behind) || *behind == ')'))
			behind++;
		if (behind < end && *behind == '.' && (hit == code || !is_name_byte(hit[-1])))
			return true;
		hit += name.len;
	}
	return false;
}

/*
 * Does the file mean one of some packages, not only spell the word, as comments may?
 * What resolves to a name of a package comes from an import that says so, or begins with the package itself.
 */
static bool means_one_of(struct candidates *candidates, const struct pyfile *file, const struct nameset *packages)
{
	bool meant = false;

	for (size_t i = 0; i < candidates->nr_meant; i++)
		if (candidates->meant[i].packages == packages)
			return candidates->meant[i].meant;
	for (size_t i = 0; i < packages->nr && !meant; i++) {
		struct text name = { packages->names[i], strlen(packages->names[i]) };

		meant = find_in_imports(candidates, file, name) || is_head_somewhere(file, name);
	}
	if (candidates->nr_meant < ARRAY_SIZE(candidates->meant))
		candidates->meant[candidates->nr_meant++] = (struct package_memo){ packages, meant };
	return meant;
}

/* Can a dotted name with this first part resolve to what starts the rule: is it imported, or spelled as it is? */
static bool may_resolve(struct candidates *candidates, const struct trigger_rule *trigger, struct pyfile *file,
			struct text last)
{
	bool unclear = false;
	struct text head = head_of(file->mask.code, last, &unclear);

	if (unclear || !head.len)
		return unclear;
	if (trigger->packages ? nameset_has(trigger->packages, head) : head.ptr == last.ptr)
		return true;
	return is_imported(candidates, file, head);
}

/* -- candidates */

/* A bracket of a call: where it is, and what is known of its surroundings so far. */
struct place {
	uint32_t offset;
	int32_t stmt;            /* that holds it, once statements are known; then skim is NULL */
	const struct skim *skim;
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
		    (place->skim ? context_may_hold_at(context, place->skim, &file->mask, place->offset)
				 : context_may_hold(file, context, place->stmt)) &&
		    screen_allows(screen, &rules[i]) &&
		    (!rules[i].packages || means_one_of(candidates, file, rules[i].packages)) &&
		    (!rules[i].resolved || may_resolve(candidates, &rules[i], file, last)))
			return true;
	}
	return false;
}

static bool is_candidate(struct candidates *candidates, struct screen *screen, struct pyfile *file,
			 const struct place *place)
{
	struct text name = name_before(file->mask.code, place->offset, true), other = name;

	while (other.len) {
		if (may_start(candidates, screen, file, other, name, place))
			return true;
		other = candidates_next_name(candidates, name, other);
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
		sieve->all |= mask->code[sieve->renames[i]] == 's';
}

/* Keeps those places of a sieve that stand in a context and a file where a rule may start. */
static void skim_places(struct candidates *candidates, struct sieve *sieve, struct screen *screen, struct pyfile *file)
{
	struct skim skim = { .scopes = NULL };
	size_t kept = 0;

	skim_build(&skim, &file->mask);
	if (!skim.odd) {
		skim_imports(candidates, &skim, &file->mask);
		for (size_t i = 0; i < sieve->nr; i++) {
			struct place place = { sieve->places[i], NO_STMT, &skim };

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
	struct place place = { 0, NO_STMT, NULL };
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
	if (sieve.nr && sieve.nr <= FEW_PLACES && !sieve.all)
		skim_places(candidates, &sieve, screen, file);
	if (sieve.nr || sieve.all) {
		pyfile_code(file);
		read_imports(candidates, screen->matcher, file, sieve.all);
		take_places(candidates, &sieve, screen, file);
	}
	sieve_release(&sieve);
}
