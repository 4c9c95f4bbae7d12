/* SPDX-License-Identifier: MIT
 *
 * What a value is known to be. An expression is of a kind by what it is, by
 * what it is made of, or by all (or any) of what binds the name that it is.
 * A name that is bound to itself in the end (`p = p.parent`) is OPEN where
 * that is met: it neither proves nor disproves.
 */
#include <uthash.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "python/names.h"
#include "scan/evaluate_parts.h"

/*
 * Kinds are asked within kinds, as deep as this: through a chain of names p1 = p0 / x, p2 = p1 / y … What is
 * deeper is decided on its own, before the question that led to it.
 */
#define MAX_DEPTH 200
/* As many such questions may wait for each other; a long ring of names would come round at another place each time. */
#define MAX_OPEN 1000
/*
 * With so many bindings looked at again for one question, the answer is no: names bound to each other in a knot have no
 * end. The first look is free: there are only so many.
 */
#define MAX_STEPS 20000
/* Of a chain longer than this, p.parent.parent.parent …, one link in so many is remembered. */
#define LONG_CHAIN 16

struct kind_answer {
	UT_hash_handle hh;
	struct kind_key {
		const struct kind *kind;
		const struct binding_list *bindings;
	} key;
	enum answer answer;
	int32_t origin; /* what the binding that said yes binds, or NO_NODE */
	bool busy;
	bool undecided; /* looked at in vain: the answer depended on a question that was still open */
	unsigned depth; /* at which it is being decided, while it is busy */
};

void kind_answers_release(struct evaluation_memory *memory)
{
	struct kind_answer *answer, *next;

	HASH_ITER(hh, memory->kinds, answer, next) {
		HASH_DEL(memory->kinds, answer);
		free(answer);
	}
}

/* -- bindings */

static enum answer from_truth(bool truth)
{
	return truth ? ANSWER_YES : ANSWER_NO;
}

/* Does an import give a name this kind? Only tests of the form {imported: …} can say. */
static bool import_says(struct evaluation *ev, const struct kind *kind, int32_t alias_node)
{
	struct strbuf dotted = STRBUF_INIT;
	struct alias alias;
	bool truth = false;

	if (!kind->is || !outline_alias(&ev->file->outline, alias_node, &alias))
		return false;
	for (unsigned i = 0; i < alias.level; i++)
		strbuf_addch(&dotted, '.');
	if (!alias.name.len && !alias.renamed)
		strbuf_add(&dotted, alias.bound.ptr, alias.bound.len);
	else
		strbuf_add(&dotted, alias.module.ptr, alias.module.len);
	if (alias.name.len) {
		if (alias.module.len)
			strbuf_addch(&dotted, '.');
		strbuf_add(&dotted, alias.name.ptr, alias.name.len);
	}
	for (const struct alternative *a = kind->is->alternatives; a && !truth; a = a->next)
		truth = a->first && a->first->kind == IS_IMPORTED && !a->first->next &&
			is_such_import(ev, a->first->imported, (struct text){ dotted.buf, dotted.len });
	strbuf_release(&dotted);
	return truth;
}

static bool is_listing(struct evaluation *ev, const struct nameset *calls, int32_t node)
{
	if (node_is(ev, node, NODE_AWAIT))
		node = node_at(ev, node)->child;
	node = callee_of(ev, node);
	return node != NO_NODE && has_last_part(ev, node, calls);
}

/* Is a name bound to a listing? Remembered: many loops may go over it. */
static bool is_bound_to_listing(struct evaluation *ev, const struct nameset *calls, int32_t name)
{
	struct binding_list *list = names_bindings(&ev->file->bindings, name).lists[0];
	const int64_t *known = list ? remember_find(ev, calls, (intptr_t)list, 0) : NULL;
	bool truth = false;

	if (!list || known)
		return list && *known;
	for (struct binding *b = list->first; b && !truth; b = b->next)
		truth = (b->kind == BINDING_ASSIGN || b->kind == BINDING_WITH) && is_listing(ev, calls, b->value);
	remember(ev, calls, (intptr_t)list, 0, truth);
	return truth;
}

/* A `for` target: over a method of something of the kind, over a listing, or over a name bound to one. */
static enum answer loop_says(struct evaluation *ev, const struct kind *kind, int32_t iterable)
{
	if (kind->loop_methods && node_is(ev, callee_of(ev, iterable), NODE_ATTRIBUTE) &&
	    has_last_part(ev, callee_of(ev, iterable), kind->loop_methods))
		return evaluate_kind(ev, kind, receiver_of(ev, iterable));
	if (!kind->loop_calls)
		return ANSWER_NO;
	return from_truth(node_is(ev, iterable, NODE_NAME) ? is_bound_to_listing(ev, kind->loop_calls, iterable) :
							    is_listing(ev, kind->loop_calls, iterable));
}

static enum answer value_says(struct evaluation *ev, const struct kind *kind, int32_t value)
{
	return kind->bound_to ? from_truth(evaluate_test(ev, kind->bound_to, value)) : evaluate_kind(ev, kind, value);
}

static bool is_text(const struct evaluation *ev, int32_t node)
{
	const struct mask *mask = &ev->file->mask;
	int64_t string;

	if (node_is(ev, node, NODE_FSTRING))
		return true;
	if (!node_is(ev, node, NODE_STRING))
		return false;
	string = mask_string_at(mask, node_at(ev, node)->start);
	return string < 0 || !(mask->strings[string].flags & STRING_BYTES);
}

/* left / right, and `left /= right`. */
static enum answer division_says(struct evaluation *ev, const struct kind *kind, int32_t left, int32_t right)
{
	if (kind->divided_unless && is_text(ev, right) && evaluate_kind(ev, kind->divided_unless, left) != ANSWER_YES)
		return ANSWER_YES;
	return evaluate_kind(ev, kind, left);
}

/* What one binding says; *neutral when it says nothing. */
static enum answer binding_says(struct evaluation *ev, const struct kind *kind, const struct binding *b, bool *neutral)
{
	*neutral = false;
	if (b->annotation != NO_NODE) {
		bool says = annotation_says(ev, kind, b->annotation);

		*neutral = !says && b->kind == BINDING_PARAMETER && kind->neutral_parameter;
		/* Where a value alone can say it (bound-to), an annotation that does not is no answer. */
		if (says || !kind->bound_to)
			return from_truth(says);
	}
	switch (b->kind) {
	case BINDING_PARAMETER:
		*neutral = kind->neutral_parameter;
		return ANSWER_NO;
	case BINDING_DEL:
	case BINDING_DECLARE:
		*neutral = kind->neutral_del;
		return ANSWER_NO;
	case BINDING_WITH:
		if (!kind->with)
			return ANSWER_NO;
		/* fallthrough */
	case BINDING_ASSIGN:
		*neutral = kind->neutral_none && is_none(ev, b->value);
		return *neutral ? ANSWER_NO : value_says(ev, kind, b->value);
	case BINDING_AUGMENTED:
		if (b->op != OP_DIV || !kind->keeps_division)
			return ANSWER_NO;
		return division_says(ev, kind, b->node, b->value);
	case BINDING_FOR:
		return loop_says(ev, kind, b->value);
	case BINDING_IMPORT:
		return from_truth(import_says(ev, kind, b->node));
	default:
		return ANSWER_NO;
	}
}

static bool some_annotation_says(struct evaluation *ev, const struct kind *kind, const struct name_bindings *bound)
{
	for (size_t i = 0; i < ARRAY_SIZE(bound->lists); i++)
		for (struct binding *b = bound->lists[i] ? bound->lists[i]->first : NULL; b; b = b->next)
			if (b->kind != BINDING_DEF && b->annotation != NO_NODE &&
			    annotation_says(ev, kind, b->annotation))
				return true;
	return false;
}

/* *origin: what the first binding that says yes binds. */
static enum answer decide(struct evaluation *ev, const struct kind *kind, const struct name_bindings *bound,
			  int32_t *origin)
{
	enum answer answer = ANSWER_OPEN;
	bool said = false;

	if (kind->annotation_suffices && some_annotation_says(ev, kind, bound))
		return ANSWER_YES;
	for (size_t i = 0; i < ARRAY_SIZE(bound->lists); i++)
		for (struct binding *b = bound->lists[i] ? bound->lists[i]->first : NULL; b; b = b->next) {
			bool neutral;
			enum answer one;

			/* A method is no value of the attribute. */
			if (i == 1 && b->kind == BINDING_DEF)
				continue;
			one = binding_says(ev, kind, b, &neutral);
			if (neutral)
				continue;
			said = true;
			if (one == ANSWER_YES && *origin == NO_NODE)
				*origin = b->node;
			if (one == (kind->every ? ANSWER_NO : ANSWER_YES))
				return one;
			if (one != ANSWER_OPEN)
				answer = one;
		}
	return said ? answer : ANSWER_NO;
}

static unsigned nr_bindings(const struct name_bindings *bound)
{
	unsigned nr = 0;

	for (size_t i = 0; i < ARRAY_SIZE(bound->lists); i++)
		nr += bound->lists[i] ? bound->lists[i]->nr : 0;
	return nr;
}

/* Decides a question that is not being decided yet; its entry is where the answer goes. */
static enum answer decide_now(struct evaluation *ev, struct kind_answer *question, const struct name_bindings *bound)
{
	struct evaluation_memory *memory = ev->memory;
	unsigned outer_open = memory->lowest_open;
	enum answer answer;

	question->busy = true;
	question->undecided = false;
	question->origin = NO_NODE;
	question->depth = memory->depth;
	memory->lowest_open = UINT_MAX;
	memory->depth++;
	answer = decide(ev, question->key.kind, bound, &question->origin);
	memory->depth--;
	question->busy = false;
	question->answer = answer;
	question->undecided = memory->lowest_open < memory->depth;
	if (!memory->depth)
		memory->origin = question->origin;
	if (!question->undecided || memory->lowest_open > outer_open)
		memory->lowest_open = outer_open;
	if (memory->too_deep.kind) {
		HASH_DEL(memory->kinds, question);
		free(question);
	}
	return answer;
}

/*
 * What all that binds a name says, remembered, unless it depends on a question that is still open
 * further out.
 */
static enum answer bindings_say(struct evaluation *ev, const struct kind *kind, const struct name_bindings *bound)
{
	struct evaluation_memory *memory = ev->memory;
	struct kind_key key;
	struct kind_answer *known;

	memset(&key, 0, sizeof(key));
	key.kind = kind;
	key.bindings = bound->lists[0] ? bound->lists[0] : bound->lists[1];
	if (!key.bindings)
		return ANSWER_NO;
	HASH_FIND(hh, memory->kinds, &key, sizeof(key), known);
	if (known && known->busy && known->depth < memory->lowest_open)
		memory->lowest_open = known->depth;
	if (known && !known->undecided) {
		if (!memory->depth)
			memory->origin = known->origin;
		return known->busy ? ANSWER_OPEN : known->answer;
	}
	if (known && (memory->steps += nr_bindings(bound)) > MAX_STEPS)
		return ANSWER_NO;
	if (memory->depth > MAX_DEPTH) {
		if (memory->knotted)
			return ANSWER_NO;
		memory->too_deep = (struct kind_question){ kind, *bound };
		return ANSWER_OPEN;
	}
	if (!known) {
		known = xcalloc(1, sizeof(*known));
		known->key = key;
		HASH_ADD(hh, memory->kinds, key, sizeof(known->key), known);
	}
	return decide_now(ev, known, bound);
}

/* -- expressions */

static bool has_import(struct evaluation *ev, int32_t node)
{
	return (node_is(ev, node, NODE_NAME) || node_is(ev, node, NODE_ATTRIBUTE)) &&
	       names_is_imported(&ev->file->bindings, node);
}

static bool is_self_attribute(const struct evaluation *ev, int32_t node)
{
	return node_is(ev, node, NODE_ATTRIBUTE) && node_is(ev, node_at(ev, node)->child, NODE_NAME) &&
	       text_equal(outline_name(&ev->file->outline, node_at(ev, node)->child), TEXT("self"));
}

static bool is_property(struct evaluation *ev, const struct kind *kind, int32_t def)
{
	int32_t returns = root_of(ev, def, SLOT_RETURNS), decorator;

	if (returns == NO_NODE || !evaluate_test(ev, kind->annotated, returns))
		return false;
	for (int32_t stmt = def - 1; stmt >= 0 && stmt_at(ev, stmt)->kind == STMT_DECORATOR; stmt--) {
		decorator = root_of(ev, stmt, SLOT_DECORATOR);
		if (decorator != NO_NODE && evaluate_test(ev, kind->property, decorator))
			return true;
	}
	return false;
}

static bool class_binding_says(struct evaluation *ev, const struct kind *kind, const struct binding_list *list)
{
	for (const struct binding *b = list->first; b; b = b->next) {
		if (b->kind != BINDING_DEF && b->annotation != NO_NODE && kind->class_annotation &&
		    annotation_says(ev, kind, b->annotation))
			return true;
		if (b->kind == BINDING_DEF && kind->property && is_property(ev, kind, b->stmt))
			return true;
	}
	return false;
}

/* `self.x`: the class body annotates x so, or defines it as such a property. */
static bool class_says(struct evaluation *ev, const struct kind *kind, int32_t node)
{
	struct bindings *bindings = &ev->file->bindings;
	int32_t class = blocks_class(&ev->file->blocks, stmt_at(ev, node_at(ev, node)->stmt)->scope);
	struct binding_list *list;
	const int64_t *known;
	bool truth;

	if (class == NO_STMT || (!kind->class_annotation && !kind->property))
		return false;
	list = bindings_in(bindings, bindings_scope_of(bindings, class), outline_name(&ev->file->outline, node));
	if (!list)
		return false;
	known = remember_find(ev, kind, (intptr_t)list, 1);
	if (known)
		return *known;
	truth = class_binding_says(ev, kind, list);
	remember(ev, kind, (intptr_t)list, 1, truth);
	return truth;
}

/* What the kind is kept from: X of X.attribute, X.method(…); NO_NODE otherwise. */
static int32_t kept_from(struct evaluation *ev, const struct kind *kind, int32_t node)
{
	if (node_is(ev, node, NODE_ATTRIBUTE) && kind->keeps_attributes && has_last_part(ev, node, kind->keeps_attributes))
		return node_at(ev, node)->child;
	if (node_is(ev, callee_of(ev, node), NODE_ATTRIBUTE) && kind->keeps_methods &&
	    has_last_part(ev, callee_of(ev, node), kind->keeps_methods))
		return receiver_of(ev, node);
	return NO_NODE;
}

static enum answer name_says(struct evaluation *ev, const struct kind *kind, int32_t node)
{
	struct name_bindings bound;

	if (is_self_attribute(ev, node) && class_says(ev, kind, node))
		return ANSWER_YES;
	if (!node_is(ev, node, NODE_NAME) && !is_self_attribute(ev, node))
		return ANSWER_NO;
	bound = names_bindings(&ev->file->bindings, node);
	return bindings_say(ev, kind, &bound);
}

static bool is_division(const struct evaluation *ev, const struct kind *kind, int32_t node)
{
	return kind->keeps_division && node_is(ev, node, NODE_BINARY) && node_at(ev, node)->op == OP_DIV;
}

/* What a link of a chain has its kind from, or NO_NODE. */
static int32_t next_in_chain(struct evaluation *ev, const struct kind *kind, int32_t node)
{
	return is_division(ev, kind, node) ? node_at(ev, node)->child : kept_from(ev, kind, node);
}

static bool is_divided_by_text(struct evaluation *ev, const struct kind *kind, int32_t node)
{
	int32_t left = node_at(ev, node)->child;

	return kind->divided_unless && is_division(ev, kind, node) && is_text(ev, node_at(ev, left)->next) &&
	       evaluate_kind(ev, kind->divided_unless, left) != ANSWER_YES;
}

/* Goes along a chain of attributes, methods and divisions; only names lead into another question. *length: of links asked. */
static enum answer chain_says(struct evaluation *ev, const struct kind *kind, int32_t node, unsigned *length)
{
	for (*length = 1; node != NO_NODE; ++*length) {
		const int64_t *known = *length > LONG_CHAIN ? remember_find(ev, kind, node, 0) : NULL;
		enum answer answer;

		if (known)
			return from_truth(*known);
		if (kind->is && evaluate_test(ev, kind->is, node))
			return ANSWER_YES;
		if (has_import(ev, node))
			return kind->bound_to ? name_says(ev, kind, node) : ANSWER_NO;
		answer = name_says(ev, kind, node);
		if (answer != ANSWER_NO)
			return answer;
		if (is_divided_by_text(ev, kind, node))
			return ANSWER_YES;
		node = next_in_chain(ev, kind, node);
	}
	--*length;
	return ANSWER_NO;
}

/*
 * In a long chain each link may be asked about, in a question of its own: what is true of the first one is of all that
 * were gone along (in a shorter one, such a link was near). Only what depends on no open question is true for ever.
 */
static void remember_chain(struct evaluation *ev, const struct kind *kind, int32_t node, unsigned length,
			   enum answer answer)
{
	if (length <= 2 * LONG_CHAIN || answer == ANSWER_OPEN || ev->memory->lowest_open != UINT_MAX ||
	    ev->memory->too_deep.kind)
		return;
	for (unsigned i = 0; i < length; i++, node = next_in_chain(ev, kind, node))
		if (i % LONG_CHAIN == 0 && !remember_find(ev, kind, node, 0))
			remember(ev, kind, node, 0, answer == ANSWER_YES);
}

static bool is_among(const struct kind_question *questions, size_t nr, const struct kind_question *wanted)
{
	for (size_t i = 0; i < nr; i++)
		if (questions[i].kind == wanted->kind && questions[i].bound.lists[0] == wanted->bound.lists[0] &&
		    questions[i].bound.lists[1] == wanted->bound.lists[1])
			return true;
	return false;
}

/* Decides the question that was too deep, and those that are too deep for it, the deepest first. */
static void settle_too_deep(struct evaluation *ev)
{
	struct evaluation_memory *memory = ev->memory;
	struct kind_question *open = NULL;
	size_t nr = 0, alloc = 0;

	do {
		memory->knotted |= nr == MAX_OPEN || is_among(open, nr, &memory->too_deep);
		if (!memory->knotted) {
			ARRAY_GROW(open, nr + 1, alloc);
			open[nr++] = memory->too_deep;
		}
		do {
			memory->too_deep.kind = NULL;
			memory->steps = 0;
			if (nr)
				bindings_say(ev, open[nr - 1].kind, &open[nr - 1].bound);
		} while (!memory->too_deep.kind && nr && --nr);
	} while (memory->too_deep.kind);
	free(open);
}

enum answer evaluate_kind(struct evaluation *ev, const struct kind *kind, int32_t node)
{
	struct evaluation_memory *memory = ev->memory;
	enum answer answer;
	unsigned length;

	if (memory->too_deep.kind)
		return ANSWER_OPEN;
	pyfile_bindings(ev->file);
	for (;;) {
		if (!memory->depth)
			memory->steps = 0;
		answer = chain_says(ev, kind, node, &length);
		if (memory->depth || !memory->too_deep.kind)
			break;
		settle_too_deep(ev);
	}
	remember_chain(ev, kind, node, length, answer);
	return answer;
}
