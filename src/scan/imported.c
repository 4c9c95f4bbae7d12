/* SPDX-License-Identifier: MIT
 *
 * The texts of import statements, and the names that they rename.
 */
#include "scan/imported.h"

#include "base/alloc.h"
#include "base/chars.h"
#include "base/word.h"
#include "python/import_text.h"

/* Questions about the imports of one file from which on a list of their words pays. */
#define MANY_QUESTIONS 64

void imported_release(struct imported *imported)
{
	free(imported->aliases);
	free(imported->texts);
	word_list_release(&imported->list);
	memset(imported, 0, sizeof(*imported));
}

/* -- what is renamed */

static int compare_texts(struct text a, struct text b)
{
	int order = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare_aliases(const void *left, const void *right)
{
	const struct import_alias *a = left, *b = right;
	int order = compare_texts(a->bound, b->bound);

	return order ? order : compare_texts(a->name, b->name);
}

static void sort_aliases(struct imported *imported)
{
	size_t kept = 0;

	if (imported->nr_aliases)
		qsort(imported->aliases, imported->nr_aliases, sizeof(*imported->aliases), compare_aliases);
	for (size_t i = 0; i < imported->nr_aliases; i++)
		if (!kept || compare_aliases(&imported->aliases[kept - 1], &imported->aliases[i]) != 0)
			imported->aliases[kept++] = imported->aliases[i];
	imported->nr_aliases = kept;
}

/* The first alias that comes not before another one. */
static size_t find_alias(const struct imported *imported, const struct import_alias *alias)
{
	size_t low = 0, high = imported->nr_aliases;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_aliases(&imported->aliases[middle], alias) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct text imported_next_name(const struct imported *imported, struct text spelled, struct text last)
{
	bool first = last.ptr == spelled.ptr;
	struct import_alias alias = { spelled, first ? TEXT("") : last };
	size_t i = find_alias(imported, &alias) + !first;

	for (; i < imported->nr_aliases && text_equal(imported->aliases[i].bound, spelled); i++)
		if (!text_equal(imported->aliases[i].name, spelled))
			return imported->aliases[i].name;
	return (struct text){ NULL, 0 };
}

static void add_alias(struct imported *imported, const struct matcher *matcher, const struct alias *alias)
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
	ARRAY_GROW(imported->aliases, imported->nr_aliases + 1, imported->alloc_aliases);
	imported->aliases[imported->nr_aliases++] = (struct import_alias){ alias->bound, name };
}

static void add_aliases(struct imported *imported, const struct matcher *matcher, struct pyfile *file, int32_t stmt)
{
	struct alias alias;
	int32_t node = outline_stmt(&file->outline, stmt)->root;

	for (; node != NO_NODE; node = file->outline.nodes[node].next)
		if (outline_alias(&file->outline, node, &alias) && alias.renamed)
			add_alias(imported, matcher, &alias);
}

void imported_read_aliases(struct imported *imported, const struct matcher *matcher, struct pyfile *file)
{
	struct word as;

	word_init(&as, TEXT("as"));
	for (int32_t s = 0; s < file->blocks.nr; s++) {
		const struct stmt *stmt = &file->blocks.stmts[s];

		if ((stmt->kind == STMT_IMPORT || stmt->kind == STMT_FROM) &&
		    word_find(&as, file->mask.code, stmt->end, stmt->start))
			add_aliases(imported, matcher, file, s);
	}
	sort_aliases(imported);
}

/* -- names in imports */

static void add_text(struct imported *imported, uint32_t start, uint32_t end)
{
	/* With but a line end in between. */
	if (imported->nr && start - imported->texts[imported->nr - 1].end <= 2) {
		imported->texts[imported->nr - 1].end = end;
		return;
	}
	ARRAY_GROW(imported->texts, imported->nr + 1, imported->alloc);
	imported->texts[imported->nr++] = (struct import_text){ start, end };
}

static void read_texts(struct imported *imported, const struct mask *mask)
{
	struct import_texts texts;
	size_t start, end;

	import_texts_init(&texts, mask->code, mask->len);
	while (import_texts_next(&texts, &start, &end))
		add_text(imported, (uint32_t)start, (uint32_t)end);
	imported->is_read = true;
}

static void list_words(struct imported *imported, const struct mask *mask)
{
	for (size_t i = 0; i < imported->nr; i++)
		word_list_add_all(&imported->list, mask->code + imported->texts[i].start,
				  mask->code + imported->texts[i].end);
	word_list_sort(&imported->list);
}

bool imported_spells(struct imported *imported, const struct pyfile *file, struct text name)
{
	const struct mask *mask = &file->mask;
	struct word word;

	if (!imported->is_read)
		read_texts(imported, mask);
	if (++imported->asked == MANY_QUESTIONS)
		list_words(imported, mask);
	if (imported->asked >= MANY_QUESTIONS)
		return word_list_has(&imported->list, name);
	word_init(&word, name);
	for (size_t i = 0; i < imported->nr; i++)
		if (word_find(&word, mask->code + imported->texts[i].start,
			      imported->texts[i].end - imported->texts[i].start, 0))
			return true;
	return false;
}

/*
 * A file asks for the same few names (`self`) over and over, and most are not even spelled in its imports. Bindings
 * are asked only when all is known of the statements.
 */
bool imported_may_bind(struct imported *imported, struct pyfile *file, struct text name)
{
	struct import_memo *memo = &imported->memos[(unsigned char)name.ptr[name.len - 1] % ARRAY_SIZE(imported->memos)];

	if (!memo->name.len || !text_equal(memo->name, name))
		*memo = (struct import_memo){ name, imported_spells(imported, file, name), false };
	if (memo->there && file->has_code && !memo->bound) {
		pyfile_bindings(file);
		memo->there = bindings_imports(&file->bindings, name) != NULL;
		memo->bound = true;
	}
	return memo->there;
}

/* -- packages */

/* Does a name stand in the code as the first part of a dotted one, in parentheses or not? */
static bool is_head_somewhere(const struct pyfile *file, struct text name)
{
	const char *code = file->mask.code, *end = code + file->mask.len, *hit;
	struct word word;

	word_init(&word, name);
	for (size_t from = 0; (hit = word_find(&word, code, file->mask.len, from)); from = (size_t)(hit - code) + name.len) {
		const char *behind = hit + name.len;

		while (behind < end && (is_layout(*behind) || *behind == ')'))
			behind++;
		if (behind < end && *behind == '.')
			return true;
	}
	return false;
}

bool imported_means(struct imported *imported, const struct pyfile *file, struct text package)
{
	return imported_spells(imported, file, package) || is_head_somewhere(file, package);
}
