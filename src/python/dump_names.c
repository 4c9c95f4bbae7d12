/* SPDX-License-Identifier: MIT
 *
 * Writes calls, uses and bindings as text; the format stands in the header.
 */
#include "python/dump_names.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "python/names.h"
#include "python/pyfile.h"

#define uthash_malloc(size) xmalloc(size)
#include <uthash.h>

/* Words that are sorted before they are written. */
struct words {
	char **items; /* owned, and what they point to */
	size_t nr, alloc;
};

static void words_push(struct words *words, char *word)
{
	ARRAY_GROW(words->items, words->nr + 1, words->alloc);
	words->items[words->nr++] = word;
}

static int compare_words(const void *one, const void *other)
{
	return strcmp(*(char *const *)one, *(char *const *)other);
}

/* Writes the words, each one once, and frees them. */
static void words_write(FILE *out, struct words *words)
{
	if (words->nr)
		qsort(words->items, words->nr, sizeof(*words->items), compare_words);
	fputs(words->nr ? " " : " -", out);
	for (size_t i = 0; i < words->nr; i++) {
		if (i)
			putc(',', out);
		fputs(words->items[i], out);
	}
	for (size_t i = 0; i < words->nr; i++)
		free(words->items[i]);
	free(words->items);
	memset(words, 0, sizeof(*words));
}

static char *place(struct pyfile *file, uint32_t offset)
{
	return xasprintf("%u:%u", source_line(&file->source, offset), source_byte_column(&file->source, offset));
}

static char *place_of_node(struct pyfile *file, int32_t node)
{
	return node == NO_NODE ? xstrdup("") : place(file, file->outline.nodes[node].start);
}

static void write_extent(FILE *out, struct pyfile *file, const char *word, int32_t node)
{
	char *start = place(file, file->outline.nodes[node].start), *end = place(file, file->outline.nodes[node].end);

	fprintf(out, "%s %s %s", word, start, end);
	free(start);
	free(end);
}

static bool push_name(void *data, struct text dotted)
{
	words_push(data, xmemdupz(dotted.ptr, dotted.len));
	return false;
}

static void dump_call(FILE *out, struct pyfile *file, int32_t call)
{
	int32_t callee = file->outline.nodes[call].child;
	struct words words = { NULL, 0, 0 };
	const int32_t *defs;
	size_t nr;

	write_extent(out, file, "call", call);
	names_meanings(&file->bindings, callee, push_name, &words);
	words_write(out, &words);
	names_imported(&file->bindings, callee, push_name, &words);
	words_write(out, &words);
	nr = names_functions(&file->bindings, callee, &defs);
	for (size_t i = 0; i < nr; i++)
		words_push(&words, place(file, file->blocks.stmts[defs[i]].start));
	words_write(out, &words);
	putc('\n', out);
}

static const char *const kinds[] = {
	[BINDING_IMPORT] = "import",
	[BINDING_PARAMETER] = "param",
	[BINDING_ASSIGN] = "assign",
	[BINDING_DECLARE] = "declare",
	[BINDING_AUGMENTED] = "aug",
	[BINDING_FOR] = "for",
	[BINDING_ASYNC_FOR] = "async-for",
	[BINDING_WITH] = "with",
	[BINDING_EXCEPT] = "except",
	[BINDING_DEF] = "def",
	[BINDING_CLASS] = "class",
	[BINDING_UNPACK] = "unpack",
	[BINDING_MATCH] = "match",
	[BINDING_DEL] = "del",
};

static char *describe(struct pyfile *file, const struct binding *binding)
{
	char *value = binding->kind == BINDING_DEF ? place(file, file->blocks.stmts[binding->stmt].start) :
						     place_of_node(file, binding->value);
	char *annotation = place_of_node(file, binding->annotation);
	char *word = xasprintf("%s=%s=%s=%s", kinds[binding->kind], value, annotation,
			       binding->kind == BINDING_AUGMENTED && binding->op == OP_DIV ? "/" : "");

	free(value);
	free(annotation);
	return word;
}

static void dump_list(FILE *out, struct pyfile *file, struct name_bindings found, size_t number)
{
	struct words words = { NULL, 0, 0 };

	fprintf(out, "list %zu", number);
	for (size_t i = 0; i < ARRAY_SIZE(found.lists); i++) {
		const struct binding *binding = found.lists[i] ? found.lists[i]->first : NULL;

		for (; binding; binding = binding->next)
			words_push(&words, describe(file, binding));
	}
	words_write(out, &words);
	putc('\n', out);
}

/* Lists of bindings that have been written. */
struct known {
	struct name_bindings key;
	size_t number;
	UT_hash_handle hh;
};

static void dump_use(FILE *out, struct pyfile *file, int32_t node, struct known **known)
{
	struct name_bindings found = names_bindings(&file->bindings, node);
	struct known *entry = NULL;
	bool is_new;

	if (!found.lists[0] && !found.lists[1])
		return;
	HASH_FIND(hh, *known, &found, sizeof(found), entry);
	is_new = !entry;
	if (is_new) {
		entry = xcalloc(1, sizeof(*entry));
		entry->key = found;
		entry->number = HASH_COUNT(*known) + 1;
		HASH_ADD(hh, *known, key, sizeof(found), entry);
	}
	write_extent(out, file, "use", node);
	fprintf(out, " %zu\n", entry->number);
	if (is_new)
		dump_list(out, file, found, entry->number);
}

/* Names behind `except … as` and in patterns are no expressions of CPython's ast. */
static bool is_use(const struct outline *outline, const struct node *node)
{
	if (node->kind != NODE_NAME && node->kind != NODE_ATTRIBUTE)
		return false;
	return node->slot != SLOT_EXCEPT_NAME &&
	       (node->parent == NO_NODE || outline->nodes[node->parent].kind != NODE_PATTERN);
}

/* In source order, the outer one first. */
static int compare_nodes(const void *one, const void *other)
{
	const struct node *a = *(const struct node *const *)one, *b = *(const struct node *const *)other;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return (a->end < b->end) - (a->end > b->end);
}

void dump_names(FILE *out, struct pyfile *file)
{
	struct known *known = NULL, *entry, *next;
	const struct node **nodes;
	struct outline *outline = &file->outline;

	pyfile_bindings(file);
	for (int32_t i = 0; i < file->blocks.nr; i++)
		outline_stmt(outline, i);
	nodes = xcalloc((size_t)outline->nr + 1, sizeof(const struct node *));
	for (int32_t i = 0; i < outline->nr; i++)
		nodes[i] = &outline->nodes[i];
	qsort(nodes, (size_t)outline->nr, sizeof(const struct node *), compare_nodes);
	for (int32_t i = 0; i < outline->nr; i++) {
		int32_t node = (int32_t)(nodes[i] - outline->nodes);

		if (nodes[i]->kind == NODE_CALL)
			dump_call(out, file, node);
		else if (is_use(outline, nodes[i]))
			dump_use(out, file, node, &known);
	}
	HASH_ITER(hh, known, entry, next) {
		HASH_DEL(known, entry);
		free(entry);
	}
	free(nodes);
}
