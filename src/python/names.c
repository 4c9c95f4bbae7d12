/* SPDX-License-Identifier: MIT
 *
 * Dotted names by lookup. What a list of bindings says (the dotted names it
 * imports, the defs in it) is worked out once and kept with the list, so that
 * a name bound ten thousand times costs its lookups no more than another.
 */
#include "python/names.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "python/bindings.h"
#include "python/blocks.h"
#include "python/outline.h"

/* What is kept with a list of bindings; in the arena of the bindings. */
struct name_cache {
	struct text *origins; /* the different dotted names that its imports say */
	size_t nr_origins;
	int32_t *defs;        /* headers, in the order of the list */
	size_t nr_defs;
	struct binding_list *others; /* the list without its defs; NULL: there is nothing else */
	bool has_origins, has_defs, has_others;
};

static struct name_cache *cache_of(struct bindings *bindings, struct binding_list *list)
{
	if (!list->cache)
		list->cache = arena_alloc(&bindings->arena, sizeof(*list->cache));
	return list->cache;
}

/* -- what imports say */

/* The dotted name that an import binds a name to; a relative one begins with a dot. */
static struct text origin_of(struct bindings *bindings, int32_t node)
{
	struct strbuf sb = STRBUF_INIT;
	struct alias alias;
	struct text origin;

	if (!outline_alias(bindings->outline, node, &alias))
		return (struct text){ NULL, 0 };
	if (!alias.name.len)
		return alias.renamed ? alias.module : alias.bound;
	for (unsigned i = 0; i < alias.level; i++)
		strbuf_addch(&sb, '.');
	strbuf_add(&sb, alias.module.ptr, alias.module.len);
	if (alias.module.len)
		strbuf_addch(&sb, '.');
	strbuf_add(&sb, alias.name.ptr, alias.name.len);
	origin = (struct text){ arena_memdupz(&bindings->arena, sb.buf, sb.len), sb.len };
	strbuf_release(&sb);
	return origin;
}

static int compare_texts(const void *one, const void *other)
{
	const struct text *a = one, *b = other;

	if (a->len != b->len)
		return a->len < b->len ? -1 : 1;
	return a->len ? memcmp(a->ptr, b->ptr, a->len) : 0;
}

static void find_origins(struct bindings *bindings, struct binding_list *list, struct name_cache *cache)
{
	size_t nr = 0;

	if (!list->nr_imports)
		return;
	cache->origins = arena_alloc(&bindings->arena, list->nr_imports * sizeof(*cache->origins));
	for (const struct binding *b = list->first; b; b = b->next) {
		if (b->kind == BINDING_IMPORT)
			cache->origins[nr++] = origin_of(bindings, b->node);
	}
	qsort(cache->origins, nr, sizeof(*cache->origins), compare_texts);
	for (size_t i = 0; i < nr; i++) {
		if (!i || !text_equal(cache->origins[i], cache->origins[cache->nr_origins - 1]))
			cache->origins[cache->nr_origins++] = cache->origins[i];
	}
}

/* Where a name comes from. */
struct source_of_name {
	struct binding_list *imports; /* that decide what it means, or NULL */
	bool rebound; /* something that is no import decides */
};

static struct source_of_name look_up(struct bindings *bindings, int32_t node)
{
	struct text name = outline_name(bindings->outline, node);
	struct scope *owner = bindings_owner(bindings, bindings_scope(bindings, node), name);
	struct binding_list *list;

	if (!owner)
		return (struct source_of_name){ bindings_imports(bindings, name), false };
	list = bindings_in(bindings, owner, name);
	if (!list->nr_imports ||
	    (list->nr_imports < list->nr && (owner->kind == SCOPE_DEF || owner->kind == SCOPE_LAMBDA)))
		return (struct source_of_name){ NULL, true };
	return (struct source_of_name){ list, false };
}

/* -- dotted names */

/*
 * The first part of a dotted name, or NO_NODE; what comes behind it is `tail` bytes long, dots included. Chains are
 * asked about from the last part to the first: the answer before this one is a part longer.
 */
static int32_t first_part(struct bindings *bindings, int32_t node, size_t *tail)
{
	const struct outline *outline = bindings->outline;
	struct dotted *last = &bindings->dotted;
	int32_t part = node;

	*tail = 0;
	if (last->node && outline->nodes[last->node].kind == NODE_ATTRIBUTE && outline->nodes[last->node].child == node) {
		*tail = last->tail - outline->nodes[last->node].name_len - 1;
		*last = (struct dotted){ node, last->first, *tail };
		return last->first;
	}
	for (; part != NO_NODE && outline->nodes[part].kind == NODE_ATTRIBUTE; part = outline->nodes[part].child)
		*tail += outline->nodes[part].name_len + 1;
	if (part != NO_NODE && outline->nodes[part].kind != NODE_NAME)
		part = NO_NODE;
	*last = (struct dotted){ node, part, *tail };
	return part;
}

/* Writes the parts of a dotted name behind its first to the end of a buffer. */
static void write_tail(const struct outline *outline, int32_t node, char *end)
{
	for (; outline->nodes[node].kind == NODE_ATTRIBUTE; node = outline->nodes[node].child) {
		struct text name = outline_name(outline, node);

		end -= name.len;
		memcpy(end, name.ptr, name.len);
		*--end = '.';
	}
}

void names_write(const struct bindings *bindings, int32_t node, struct text first, size_t tail, char *buf)
{
	if (first.len)
		memcpy(buf, first.ptr, first.len);
	if (tail)
		write_tail(bindings->outline, node, buf + first.len + tail);
}

struct name_meanings names_look_up(struct bindings *bindings, int32_t node)
{
	struct name_meanings meanings = { NULL, 0, 0, false };
	int32_t first = first_part(bindings, node, &meanings.tail);
	struct source_of_name from;
	struct name_cache *cache;

	if (first == NO_NODE)
		return meanings;
	from = look_up(bindings, first);
	if (from.imports) {
		cache = cache_of(bindings, from.imports);
		if (!cache->has_origins) {
			cache->has_origins = true;
			find_origins(bindings, from.imports, cache);
		}
		meanings.firsts = cache->origins;
		meanings.nr = cache->nr_origins;
		meanings.imported = true;
	} else if (!from.rebound) {
		bindings->unbound = outline_name(bindings->outline, first);
		meanings.firsts = &bindings->unbound;
		meanings.nr = 1;
	}
	return meanings;
}

static bool tell(struct bindings *bindings, int32_t node, const struct name_meanings *meanings, names_each_fn each,
		 void *data)
{
	bool result = false;

	for (size_t i = 0; i < meanings->nr && !result; i++) {
		struct text first = meanings->firsts[i];
		char *buf = xmalloc(first.len + meanings->tail + 1);

		names_write(bindings, node, first, meanings->tail, buf);
		result = each(data, (struct text){ buf, first.len + meanings->tail });
		free(buf);
	}
	return result;
}

bool names_meanings(struct bindings *bindings, int32_t node, names_each_fn each, void *data)
{
	struct name_meanings meanings = names_look_up(bindings, node);

	return tell(bindings, node, &meanings, each, data);
}

bool names_imported(struct bindings *bindings, int32_t node, names_each_fn each, void *data)
{
	struct name_meanings meanings = names_look_up(bindings, node);

	return meanings.imported && tell(bindings, node, &meanings, each, data);
}

bool names_is_imported(struct bindings *bindings, int32_t node)
{
	return names_look_up(bindings, node).imported;
}

/* -- bindings of an expression */

static int32_t class_around(struct bindings *bindings, int32_t node)
{
	const struct blocks *blocks = bindings->outline->blocks;

	return blocks_class(blocks, blocks->stmts[bindings->outline->nodes[node].stmt].scope);
}

static bool is_name(const struct outline *outline, int32_t node, struct text name)
{
	return node != NO_NODE && outline->nodes[node].kind == NODE_NAME &&
	       text_equal(outline_name(outline, node), name);
}

/* A list without its defs, or NULL. */
static struct binding_list *without_defs(struct bindings *bindings, struct binding_list *list)
{
	struct name_cache *cache = cache_of(bindings, list);
	struct binding_list others = { NULL, NULL, 0, 0, NULL };

	if (cache->has_others)
		return cache->others;
	cache->has_others = true;
	for (const struct binding *b = list->first; b; b = b->next) {
		struct binding *copy;

		if (b->kind == BINDING_DEF)
			continue;
		copy = arena_alloc(&bindings->arena, sizeof(*copy));
		*copy = *b;
		copy->next = NULL;
		if (others.last)
			others.last->next = copy;
		else
			others.first = copy;
		others.last = copy;
		others.nr++;
		others.nr_imports += b->kind == BINDING_IMPORT;
	}
	if (others.nr) {
		cache->others = arena_alloc(&bindings->arena, sizeof(others));
		*cache->others = others;
	}
	return cache->others;
}

static struct name_bindings bindings_of_attribute(struct bindings *bindings, int32_t node)
{
	struct text name = outline_name(bindings->outline, node);
	struct name_bindings found = { { NULL, NULL } };
	int32_t class;
	struct binding_list *in_body;

	if (!is_name(bindings->outline, bindings->outline->nodes[node].child, TEXT("self")))
		return found;
	class = class_around(bindings, node);
	if (class == NO_STMT)
		return found;
	found.lists[0] = bindings_of_self(bindings, class, name);
	in_body = bindings_in(bindings, bindings_scope_of(bindings, class), name);
	if (in_body)
		found.lists[1] = without_defs(bindings, in_body);
	return found;
}

static struct binding_list *bindings_of_name(struct bindings *bindings, int32_t node)
{
	struct text name = outline_name(bindings->outline, node);
	struct scope *owner = bindings_owner(bindings, bindings_scope(bindings, node), name);

	return owner ? bindings_in(bindings, owner, name) : NULL;
}

struct name_bindings names_bindings(struct bindings *bindings, int32_t node)
{
	struct name_bindings found = { { NULL, NULL } };

	if (bindings->outline->nodes[node].kind == NODE_ATTRIBUTE)
		return bindings_of_attribute(bindings, node);
	if (bindings->outline->nodes[node].kind == NODE_NAME)
		found.lists[0] = bindings_of_name(bindings, node);
	return found;
}

/* -- same-file functions */

static size_t defs_in(struct bindings *bindings, struct binding_list *list, const int32_t **defs)
{
	struct name_cache *cache = cache_of(bindings, list);

	if (!cache->has_defs) {
		cache->has_defs = true;
		cache->defs = arena_alloc(&bindings->arena, list->nr * sizeof(*cache->defs));
		for (const struct binding *b = list->first; b; b = b->next) {
			if (b->kind == BINDING_DEF)
				cache->defs[cache->nr_defs++] = b->stmt;
		}
	}
	*defs = cache->defs;
	return cache->nr_defs;
}

static size_t functions_of_name(struct bindings *bindings, int32_t callee, const int32_t **defs)
{
	struct binding_list *list;

	if (look_up(bindings, callee).imports)
		return 0;
	list = bindings_of_name(bindings, callee);
	return list ? defs_in(bindings, list, defs) : 0;
}

size_t names_functions(struct bindings *bindings, int32_t callee, const int32_t **defs)
{
	const struct outline *outline = bindings->outline;
	int32_t value = outline->nodes[callee].child, class;
	size_t nr;

	*defs = NULL;
	if (outline->nodes[callee].kind == NODE_NAME)
		return functions_of_name(bindings, callee, defs);
	if (outline->nodes[callee].kind != NODE_ATTRIBUTE || names_is_imported(bindings, value))
		return 0;
	if (is_name(outline, value, TEXT("self")) || is_name(outline, value, TEXT("cls"))) {
		class = class_around(bindings, callee);
		nr = class == NO_STMT ? 0 : bindings_methods_of(bindings, class, outline_name(outline, callee), defs);
		if (nr)
			return nr;
	}
	return bindings_methods(bindings, outline_name(outline, callee), defs);
}
