/* SPDX-License-Identifier: MIT
 *
 * The imports anywhere in a file: what they bind, and which modules they name.
 */
#include "python/binding_table.h"

#include "python/blocks.h"
#include "python/outline.h"

static void collect_import(void *data, struct text text, const struct binding *binding)
{
	struct collector *to = data;
	struct name *name = to->alone;

	if (!name)
		name = table_name(to->bindings, text);
	if (to->alone ? text_equal(text, name->text) : !name->has_imports)
		table_push(to->bindings, &name->imports, binding);
}

static const struct int_list *import_stmts(struct bindings *bindings)
{
	const struct blocks *blocks = bindings->outline->blocks;
	struct int_list *list = &bindings->tables->import_stmts;

	if (bindings->tables->has_import_stmts)
		return list;
	bindings->tables->has_import_stmts = true;
	for (int32_t i = 0; i < blocks->nr; i++)
		if (blocks->stmts[i].kind == STMT_IMPORT || blocks->stmts[i].kind == STMT_FROM)
			int_list_push(list, i);
	return list;
}

/* Collects the imports of one name, or of all (NULL). */
static void collect_imports(struct bindings *bindings, struct name *alone)
{
	const struct int_list *stmts = import_stmts(bindings);
	struct collector to = { bindings, NULL, NULL, alone };
	struct binders binders = scopes_binders(&to);
	struct word word;

	binders.each = collect_import;
	if (alone)
		word_init(&word, alone->text);
	for (size_t i = 0; i < stmts->nr; i++) {
		int32_t stmt = stmts->items[i];

		if (!alone || mention_first(bindings->outline, &word, MENTION_BOUND, stmt, stmt) != NO_STMT)
			binders_statement(&binders, stmt, BINDERS_NAMES);
	}
}

struct binding_list *bindings_imports(struct bindings *bindings, struct text text)
{
	struct bindings_tables *tables = bindings->tables;
	struct name *name = table_name(bindings, text);

	if (!name->has_imports && !tables->has_all_imports && text.len) {
		bool few = ++tables->looks_of_imports <= FEW_LOOKS;

		collect_imports(bindings, few ? name : NULL);
		name->has_imports = few;
		tables->has_all_imports = !few;
	}
	return name->imports.first ? &name->imports : NULL;
}

/* -- modules */

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

static void collect_modules(struct bindings *bindings)
{
	struct bindings_tables *tables = bindings->tables;
	const struct outline *outline = bindings->outline;
	const struct int_list *stmts = import_stmts(bindings);

	if (tables->has_modules)
		return;
	tables->has_modules = true;
	for (size_t i = 0; i < stmts->nr; i++) {
		int32_t root;

		if (outline->blocks->stmts[stmts->items[i]].kind == STMT_FROM)
			continue;
		root = outline_stmt(bindings->outline, stmts->items[i])->root;
		for (; root != NO_NODE; root = outline->nodes[root].next)
			collect_module_name(bindings, root);
	}
	if (tables->nr_modules)
		qsort(tables->modules, tables->nr_modules, sizeof(*tables->modules), compare_texts);
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

	collect_modules(bindings);
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

	collect_modules(bindings);
	return tables->nr_modules && dotted.len &&
	       (bsearch(&dotted, tables->modules, tables->nr_modules, sizeof(*tables->modules), compare_texts) ||
		bindings_is_package(bindings, dotted));
}
