/* SPDX-License-Identifier: MIT
 *
 * What a dotted name means, held against the names that a rule lists. Of a
 * name with many imports only those are looked at that may matter to the
 * question; they are picked out once.
 */
#include "base/alloc.h"
#include "scan/evaluate_parts.h"

#include <uthash.h>

/* With no more imports of one name than this, it is cheaper to look at each. */
#define FEW 8

/* The imports of a name that may answer a question about it. */
struct useful {
	UT_hash_handle hh;
	struct useful_key {
		const void *question;
		const struct text *firsts;
	} key;
	struct text *items; /* in the memory's arena */
	size_t nr;
};

void useful_release(struct evaluation_memory *memory)
{
	HASH_CLEAR(hh, memory->useful);
}

/* May the answer be yes for something that begins with a dotted name, `first`? */
typedef bool (*may_answer_fn)(struct evaluation *ev, const void *question, struct text first);

/* Leaves out of the meanings of a name what does not matter to the question. */
static void keep_useful(struct evaluation *ev, const void *question, may_answer_fn may, struct name_meanings *meanings)
{
	struct useful_key key = { question, meanings->firsts };
	struct useful *useful;

	HASH_FIND(hh, ev->memory->useful, &key, sizeof(key), useful);
	if (!useful) {
		useful = arena_alloc(&ev->memory->arena, sizeof(*useful));
		useful->key = key;
		useful->items = arena_alloc(&ev->memory->arena, meanings->nr * sizeof(*useful->items));
		for (size_t i = 0; i < meanings->nr; i++)
			if (may(ev, question, meanings->firsts[i]))
				useful->items[useful->nr++] = meanings->firsts[i];
		HASH_ADD(hh, ev->memory->useful, key, sizeof(useful->key), useful);
	}
	meanings->firsts = useful->items;
	meanings->nr = useful->nr;
}

/* -- names of a rule */

static bool may_resolve(struct evaluation *ev, const void *question, struct text first)
{
	const struct nameset *names = question;

	(void)ev;
	if (names->has_globs)
		return true;
	for (size_t i = 0; i < names->nr; i++)
		if (!strncmp(names->names[i], first.ptr, first.len) &&
		    (names->names[i][first.len] == '.' || !names->names[i][first.len]))
			return true;
	return false;
}

/* Is one of the meanings in the set? */
static bool has_meaning(struct evaluation *ev, int32_t node, const struct nameset *names, struct text first, size_t tail)
{
	char small[256], *buf = small;
	size_t len = first.len + tail;
	bool result;

	if (!tail)
		return nameset_has(names, first);
	if (len > names->longest && !names->has_globs)
		return false;
	if (len > sizeof(small))
		buf = xmalloc(len);
	names_write(&ev->file->bindings, node, first, tail, buf);
	result = nameset_has(names, (struct text){ buf, len });
	if (buf != small)
		free(buf);
	return result;
}

bool resolves_to(struct evaluation *ev, int32_t node, const struct nameset *names)
{
	struct name_meanings meanings;

	if (!node_is(ev, node, NODE_NAME) && !node_is(ev, node, NODE_ATTRIBUTE))
		return false;
	pyfile_bindings(ev->file);
	meanings = names_look_up(&ev->file->bindings, node);
	if (meanings.nr > FEW)
		keep_useful(ev, names, may_resolve, &meanings);
	for (size_t i = 0; i < meanings.nr; i++)
		if (has_meaning(ev, node, names, meanings.firsts[i], meanings.tail))
			return true;
	return false;
}

/* -- imports */

/* What of the test is about the first part; `dotted` says whether there is more than that. */
static bool is_such_package(const struct imported_test *test, struct text first, bool dotted)
{
	const char *dot = memchr(first.ptr, '.', first.len);
	struct text package = { first.ptr, dot ? (size_t)(dot - first.ptr) : first.len };

	if (test->package && !nameset_has(test->package, package))
		return false;
	return !(test->not_package && (dot || dotted) && nameset_has(test->not_package, package));
}

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

bool is_such_import(struct evaluation *ev, const struct imported_test *test, struct text dotted)
{
	const char *last = memrchr(dotted.ptr, '.', dotted.len);

	if (!is_such_package(test, dotted, false) || (test->capitalised && !is_capital(last ? last[1] : dotted.ptr[0])))
		return false;
	return !test->module || bindings_is_module(&ev->file->bindings, dotted);
}

static bool is_any_such_import(struct evaluation *ev, const struct imported_test *test,
			       const struct name_meanings *meanings)
{
	const int64_t *known = remember_find(ev, test, (intptr_t)meanings->firsts, 0);
	bool truth = false;

	if (known)
		return *known;
	for (size_t i = 0; i < meanings->nr && !truth; i++)
		truth = is_such_import(ev, test, meanings->firsts[i]);
	remember(ev, test, (intptr_t)meanings->firsts, 0, truth);
	return truth;
}

static bool may_be_such_import(struct evaluation *ev, const void *question, struct text first)
{
	const struct imported_test *test = question;

	return is_such_package(test, first, true) &&
	       (!test->module || bindings_is_package(&ev->file->bindings, first));
}

static bool is_module(struct evaluation *ev, int32_t node, struct text first, size_t tail)
{
	struct text dotted = { NULL, first.len + tail };
	char *buf;
	bool result;

	if (!bindings_is_package(&ev->file->bindings, first))
		return false;
	dotted.ptr = buf = xmalloc(dotted.len);
	names_write(&ev->file->bindings, node, first, tail, buf);
	result = bindings_is_module(&ev->file->bindings, dotted);
	free(buf);
	return result;
}

bool is_imported(struct evaluation *ev, const struct imported_test *test, int32_t node)
{
	struct name_meanings meanings;

	if (!node_is(ev, node, NODE_NAME) && !node_is(ev, node, NODE_ATTRIBUTE))
		return false;
	pyfile_bindings(ev->file);
	meanings = names_look_up(&ev->file->bindings, node);
	if (!meanings.imported)
		return false;
	if (!meanings.tail)
		return is_any_such_import(ev, test, &meanings);
	if (test->capitalised && !is_capital(*outline_name(&ev->file->outline, node).ptr))
		return false;
	if (meanings.nr > FEW)
		keep_useful(ev, test, may_be_such_import, &meanings);
	for (size_t i = 0; i < meanings.nr; i++)
		if (is_such_package(test, meanings.firsts[i], true) &&
		    (!test->module || is_module(ev, node, meanings.firsts[i], meanings.tail)))
			return true;
	return false;
}
