/* SPDX-License-Identifier: MIT
 *
 * The imports anywhere in a file: what they bind, and which modules they name.
 */
#include "python/binding_table.h"

#include "base/chars.h"
#include "base/find.h"
#include "python/blocks.h"
#include "python/mask.h"
#include "python/outline.h"

/* The text is looked at as often as this, all in all: a file of many names would take a look for each of them. */
#define LOOKS 64

static int compare_texts(const void *one, const void *other)
{
	const struct text *a = one, *b = other;
	int order = memcmp(a->ptr, b->ptr, a->len < b->len ? a->len : b->len);

	return order ? order : (a->len > b->len) - (a->len < b->len);
}

static void collect_module_name(struct bindings *bindings, int32_t node)
{
	struct bindings_tables *tables = bindings->tables;
	struct alias alias;

	if (!outline_alias(bindings->outline, node, &alias) || !alias.module.len)
		return;
	ARRAY_GROW(tables->modules, tables->nr_modules + 1, tables->alloc_modules);
	tables->modules[tables->nr_modules++] = alias.module;
}

static void collect_import(void *data, struct text text, const struct binding *binding)
{
	struct collector *to = data;

	table_push(to->bindings, &table_name(to->bindings, text)->imports, binding);
}

static void collect_imports(struct bindings *bindings)
{
	struct bindings_tables *tables = bindings->tables;
	struct collector to = { bindings, NULL, NULL };
	struct binders binders = scopes_binders(&to);
	const struct blocks *blocks = bindings->outline->blocks;

	if (tables->has_imports)
		return;
	tables->has_imports = true;
	binders.each = collect_import;
	for (int32_t i = 0; i < blocks->nr; i++) {
		int32_t root;

		if (blocks->stmts[i].kind != STMT_IMPORT && blocks->stmts[i].kind != STMT_FROM)
			continue;
		binders_statement(&binders, i, BINDERS_NAMES);
		if (blocks->stmts[i].kind == STMT_FROM)
			continue;
		root = outline_stmt(bindings->outline, i)->root;
		for (; root != NO_NODE; root = bindings->outline->nodes[root].next)
			collect_module_name(bindings, root);
	}
	if (tables->nr_modules)
		qsort(tables->modules, tables->nr_modules, sizeof(*tables->modules), compare_texts);
}

struct binding_list *bindings_imports(struct bindings *bindings, struct text text)
{
	struct binding_list *list = &table_name(bindings, text)->imports;

	collect_imports(bindings);
	return list->first ? list : NULL;
}

/* Is the word before a place one that binds what follows it although a bracket stands behind that? */
static bool is_defined(const char *code, const char *place)
{
	while (place > code && (place[-1] == ' ' || place[-1] == '\t' || place[-1] == '\f' || place[-1] == '\\' ||
				is_line_end(place[-1])))
		place--;
	return (place - code >= 3 && !memcmp(place - 3, "def", 3)) || (place - code >= 5 && !memcmp(place - 5, "class", 5)) ||
	       (place - code >= 4 && !memcmp(place - 4, "type", 4));
}

/* Does an identifier at a place bind nothing for sure: is it called, indexed, asked for an attribute, or imported? */
static bool is_mere_use(const struct outline *outline, const char *place, size_t len)
{
	const char *code = outline->mask->code, *end = code + outline->mask->len;
	const char *next = place + len;
	int32_t stmt;

	/* In its own line: what the next one begins with may be another statement. */
	while (next < end && (*next == ' ' || *next == '\t'))
		next++;
	if (next < end && (*next == '.' || *next == '(' || *next == '[') && !is_defined(code, place))
		return true;
	stmt = blocks_at(outline->blocks, (uint32_t)(place - code));
	return stmt != NO_STMT && (outline->blocks->stmts[stmt].kind == STMT_IMPORT ||
				   outline->blocks->stmts[stmt].kind == STMT_FROM);
}

/* *looked grows by the bytes that had to be looked at. */
static bool has_mere_uses(const struct outline *outline, struct text text, size_t *looked)
{
	const char *code = outline->mask->code, *end = code + outline->mask->len, *hit = code;
	struct finder finder;
	bool mere = true;

	finder_init(&finder, text);
	for (; mere && (hit = finder_find(&finder, hit, (size_t)(end - hit))); hit += text.len)
		mere = is_name_byte(hit[text.len]) || (hit != code && is_name_byte(hit[-1])) ||
		       is_mere_use(outline, hit, text.len);
	*looked += mere ? outline->mask->len : (size_t)(hit - code);
	return mere;
}

bool bindings_are_plain(struct bindings *bindings, struct text text)
{
	struct name *name = table_name(bindings, text);
	size_t *looked = &bindings->tables->looked;

	if (name->plain == PLAIN_UNKNOWN) {
		bool plain = *looked / LOOKS <= bindings->outline->mask->len &&
			     has_mere_uses(bindings->outline, text, looked);

		if (plain)
			collect_imports(bindings);
		name->plain = plain && name->imports.nr <= 1 ? PLAIN_YES : PLAIN_NO;
	}
	return name->plain == PLAIN_YES;
}

/* Is there a module in the sorted list that begins with a text? */
static bool has_module_prefix(const struct bindings_tables *tables, struct text prefix)
{
	size_t low = 0, high = tables->nr_modules;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_texts(&tables->modules[middle], &prefix) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < tables->nr_modules && tables->modules[low].len >= prefix.len &&
	       memcmp(tables->modules[low].ptr, prefix.ptr, prefix.len) == 0;
}

bool bindings_is_package(struct bindings *bindings, struct text dotted)
{
	char *package;
	bool found;

	collect_imports(bindings);
	if (!bindings->tables->nr_modules || !dotted.len)
		return false;
	package = xmemdupz(dotted.ptr, dotted.len);
	package[dotted.len] = '.';
	found = has_module_prefix(bindings->tables, (struct text){ package, dotted.len + 1 });
	free(package);
	return found;
}

bool bindings_is_module(struct bindings *bindings, struct text dotted)
{
	struct bindings_tables *tables = bindings->tables;

	collect_imports(bindings);
	return tables->nr_modules && dotted.len &&
	       (bsearch(&dotted, tables->modules, tables->nr_modules, sizeof(*tables->modules), compare_texts) ||
		bindings_is_package(bindings, dotted));
}
