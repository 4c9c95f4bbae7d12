/* SPDX-License-Identifier: MIT
 *
 * Candidates: the name before each bracket, looked up among those that start
 * a rule.
 */
#include "scan/candidates.h"

#include "base/alloc.h"
#include "scan/context.h"

void candidates_release(struct candidates *candidates)
{
	free(candidates->stmts);
	free(candidates->aliases);
	free(candidates->imports);
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

/* Does the word `as` stand in a text? */
static bool has_as(const char *text, size_t len)
{
	for (size_t i = 1; i + 2 < len; i++)
		if (text[i] == 'a' && text[i + 1] == 's' && is_blank(text[i - 1]) && is_blank(text[i + 2]))
			return true;
	return false;
}

static void find_imports(struct candidates *candidates, const struct matcher *matcher, struct pyfile *file)
{
	for (int32_t s = 0; s < file->blocks.nr; s++) {
		const struct stmt *stmt = &file->blocks.stmts[s];
		struct alias alias;
		int32_t node;

		if (stmt->kind != STMT_IMPORT && stmt->kind != STMT_FROM)
			continue;
		ARRAY_GROW(candidates->imports, candidates->nr_imports + 1, candidates->alloc_imports);
		candidates->imports[candidates->nr_imports++] = s;
		if (!has_as(file->mask.code + stmt->start, stmt->end - stmt->start))
			continue;
		node = outline_stmt(&file->outline, s)->root;
		for (; node != NO_NODE; node = file->outline.nodes[node].next)
			if (outline_alias(&file->outline, node, &alias) && alias.renamed)
				add_alias(candidates, matcher, &alias);
	}
}

static bool find_in_imports(const struct candidates *candidates, const struct pyfile *file, struct text name)
{
	for (size_t i = 0; i < candidates->nr_imports; i++) {
		const struct stmt *stmt = &file->blocks.stmts[candidates->imports[i]];

		if (memmem(file->mask.code + stmt->start, stmt->end - stmt->start, name.ptr, name.len))
			return true;
	}
	return false;
}

/*
 * Does some import statement bind a name? A file asks for the same few names (`self`) over and over, and most are
 * not even spelled there.
 */
static bool is_imported(struct candidates *candidates, struct pyfile *file, struct text name)
{
	struct import_memo *memo = &candidates->memos[(unsigned char)name.ptr[name.len - 1] % ARRAY_SIZE(candidates->memos)];

	if (!memo->name.len || !text_equal(memo->name, name)) {
		*memo = (struct import_memo){ name, find_in_imports(candidates, file, name) };
		if (memo->there) {
			pyfile_bindings(file);
			memo->there = bindings_imports(&file->bindings, name) != NULL;
		}
	}
	return memo->there;
}

static bool is_name_byte(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c >= 0x80;
}

/* The name that ends before a place; blanks are stepped over, and with `closing` parentheses too. */
static struct text name_before(const char *code, size_t place, bool closing)
{
	size_t end = place, start;

	while (end && (is_blank(code[end - 1]) || (closing && code[end - 1] == ')')))
		end--;
	for (start = end; start && is_name_byte((unsigned char)code[start - 1]);)
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

/* Does a name stand in the code as the first part of a dotted one? */
static bool is_head_somewhere(const struct pyfile *file, struct text name)
{
	const char *code = file->mask.code, *end = code + file->mask.len, *hit = code;

	while ((hit = memmem(hit, (size_t)(end - hit), name.ptr, name.len))) {
		const char *behind = hit + name.len;

		while (behind < end && is_blank(*behind))
			behind++;
		if (behind < end && *behind == '.' && (hit == code || !is_name_byte((unsigned char)hit[-1])))
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

static bool may_start(struct candidates *candidates, struct screen *screen, struct pyfile *file,
		      struct text name, struct text last, int32_t stmt)
{
	const struct trigger_rule *rules;
	size_t nr;

	rules = matcher_triggered(screen->matcher, name, &nr);
	for (size_t i = 0; i < nr; i++)
		if (screen->active[rules[i].rule->index] && context_may_hold(file, rules[i].rule->context, stmt) &&
		    screen_allows(screen, &rules[i]) &&
		    (!rules[i].packages || means_one_of(candidates, file, rules[i].packages)) &&
		    (!rules[i].resolved || may_resolve(candidates, &rules[i], file, last)))
			return true;
	return false;
}

static bool is_candidate(struct candidates *candidates, struct screen *screen, struct pyfile *file,
			 struct text name, int32_t stmt)
{
	struct text other = name;

	while (other.len) {
		if (may_start(candidates, screen, file, other, name, stmt))
			return true;
		other = candidates_next_name(candidates, name, other);
	}
	return false;
}

/* Is there a rule in force that any call may start? */
static bool any_call_may_start(const struct screen *screen)
{
	struct rule *const *rules;
	size_t nr;

	rules = matcher_untriggered(screen->matcher, &nr);
	for (size_t i = 0; i < nr; i++)
		if (screen->active[rules[i]->index])
			return true;
	return false;
}

static void add_stmt(struct candidates *candidates, int32_t stmt)
{
	ARRAY_GROW(candidates->stmts, candidates->nr + 1, candidates->alloc);
	candidates->stmts[candidates->nr++] = stmt;
}

void candidates_find(struct candidates *candidates, struct screen *screen, struct pyfile *file)
{
	const char *code = file->mask.code, *end = code + file->mask.len, *bracket = code;
	bool any = any_call_may_start(screen);
	int32_t stmt = NO_STMT, last = NO_STMT;

	find_imports(candidates, screen->matcher, file);
	while ((bracket = memchr(bracket, '(', (size_t)(end - bracket)))) {
		size_t offset = (size_t)(bracket - code);

		while (stmt + 1 < file->blocks.nr && file->blocks.stmts[stmt + 1].start <= offset)
			stmt++;
		if (stmt != last &&
		    (any || is_candidate(candidates, screen, file, name_before(code, offset, true), stmt))) {
			add_stmt(candidates, stmt);
			last = stmt;
		}
		bracket++;
	}
}
