/* SPDX-License-Identifier: MIT
 *
 * What a statement binds. Statements that by their text bind nothing are not
 * outlined: most of a file are calls, tests and returns.
 */
#include "python/binders.h"

#include "python/blocks.h"
#include "python/mask.h"
#include "python/outline.h"

static const struct node *node_at(const struct binders *binders, int32_t node)
{
	return &binders->outline->nodes[node];
}

static struct binding binding_of(enum binding_kind kind, int32_t value, int32_t stmt)
{
	return (struct binding){
		.node = NO_NODE,
		.value = value,
		.annotation = NO_NODE,
		.stmt = stmt,
		.kind = (uint8_t)kind,
	};
}

static void tell(const struct binders *binders, struct text name, const struct binding *binding)
{
	if (name.len)
		binders->each(binders->data, name, binding);
}

static bool is_attribute_of_self(const struct binders *binders, int32_t node)
{
	int32_t value = node_at(binders, node)->child;

	return value != NO_NODE && node_at(binders, value)->kind == NODE_NAME &&
	       text_equal(outline_name(binders->outline, value), TEXT("self"));
}

/* One name or attribute in a target; what is unpacked into it is unknown, unless it is deleted. */
static void bind_element(const struct binders *binders, int32_t node, bool unpacked,
			 const struct binding *proto, enum binders_wanted wanted)
{
	enum node_kind kind = node_at(binders, node)->kind;
	struct binding binding = unpacked && proto->kind != BINDING_DEL ?
		binding_of(BINDING_UNPACK, NO_NODE, proto->stmt) : *proto;

	if (kind == NODE_NAME ? wanted != BINDERS_NAMES :
	    kind != NODE_ATTRIBUTE || wanted != BINDERS_SELF || !is_attribute_of_self(binders, node))
		return;
	binding.node = node;
	tell(binders, outline_name(binders->outline, node), &binding);
}

/* What an assignment to a target binds: walks the tuples, lists and stars in it. */
static void bind_target(const struct binders *binders, int32_t target, const struct binding *proto,
			enum binders_wanted wanted)
{
	int32_t node = target;

	for (;;) {
		const struct node *here = node_at(binders, node);

		bind_element(binders, node, node != target, proto, wanted);
		if ((here->kind == NODE_TUPLE || here->kind == NODE_LIST || here->kind == NODE_STARRED) &&
		    here->child != NO_NODE) {
			node = here->child;
			continue;
		}
		while (node != target && node_at(binders, node)->next == NO_NODE)
			node = node_at(binders, node)->parent;
		if (node == target)
			return;
		node = node_at(binders, node)->next;
	}
}

/* An annotation; one in quotes does not count. */
static int32_t annotation_of(const struct binders *binders, int32_t node)
{
	const struct mask *mask = binders->outline->mask;
	int64_t string;

	if (node == NO_NODE || node_at(binders, node)->kind != NODE_STRING)
		return node;
	string = mask_string_at(mask, node_at(binders, node)->start);
	if (string >= 0 && mask->strings[string].flags & STRING_BYTES)
		return node;
	return NO_NODE;
}

/* The first root of a kind at or after a root, or NO_NODE. */
static int32_t root_of(const struct binders *binders, int32_t root, enum node_slot slot)
{
	while (root != NO_NODE && node_at(binders, root)->slot != slot)
		root = node_at(binders, root)->next;
	return root;
}

static void bind_assignment(const struct binders *binders, int32_t stmt, int32_t root, enum binders_wanted wanted)
{
	int32_t value = root_of(binders, root, SLOT_VALUE);
	int32_t annotation = root_of(binders, root, SLOT_ANNOTATION);
	bool declares = annotation != NO_NODE && value == NO_NODE;
	struct binding proto = binding_of(declares ? BINDING_DECLARE : BINDING_ASSIGN, value, stmt);

	proto.annotation = annotation_of(binders, annotation);
	for (; root != NO_NODE; root = node_at(binders, root)->next) {
		if (node_at(binders, root)->slot == SLOT_TARGET) {
			bind_target(binders, root, &proto, wanted);
		} else if (node_at(binders, root)->slot == SLOT_AUGMENTED) {
			struct binding augmented = binding_of(BINDING_AUGMENTED,
							      root_of(binders, root, SLOT_AUGMENT), stmt);

			augmented.op = node_at(binders, root)->op;
			bind_target(binders, root, &augmented, wanted);
		}
	}
}

static void bind_for(const struct binders *binders, int32_t stmt, int32_t root, enum binders_wanted wanted)
{
	bool is_async = binders->outline->blocks->stmts[stmt].flags & STMT_ASYNC;
	int32_t target = root_of(binders, root, SLOT_FOR_TARGET);
	struct binding proto = binding_of(is_async ? BINDING_ASYNC_FOR : BINDING_FOR,
					  root_of(binders, root, SLOT_ITER), stmt);

	if (target != NO_NODE)
		bind_target(binders, target, &proto, wanted);
}

static void bind_with(const struct binders *binders, int32_t stmt, int32_t root, enum binders_wanted wanted)
{
	int32_t item = NO_NODE;

	for (; root != NO_NODE; root = node_at(binders, root)->next) {
		if (node_at(binders, root)->slot == SLOT_WITH_ITEM) {
			item = root;
		} else if (node_at(binders, root)->slot == SLOT_WITH_TARGET) {
			struct binding proto = binding_of(BINDING_WITH, item, stmt);

			bind_target(binders, root, &proto, wanted);
		}
	}
}

/* `del x`, and `del (x, [y])`, which unpacks nothing; attributes are not bound. */
static void bind_del(const struct binders *binders, int32_t stmt, int32_t root)
{
	struct binding proto = binding_of(BINDING_DEL, NO_NODE, stmt);

	for (; root != NO_NODE; root = node_at(binders, root)->next)
		bind_target(binders, root, &proto, BINDERS_NAMES);
}

static void bind_imports(const struct binders *binders, int32_t stmt, int32_t root)
{
	for (; root != NO_NODE; root = node_at(binders, root)->next) {
		struct binding binding = binding_of(BINDING_IMPORT, NO_NODE, stmt);
		struct alias alias;

		binding.node = root;
		if (outline_alias(binders->outline, root, &alias))
			tell(binders, alias.bound, &binding);
	}
}

/* The names that are bound without being targets: of `except … as x` and of patterns. */
static void bind_stored(const struct binders *binders, int32_t root, struct binding binding)
{
	int32_t node = node_at(binders, root)->kind == NODE_NAME ? root : node_at(binders, root)->child;

	while (node != NO_NODE) {
		if (node_at(binders, node)->kind == NODE_NAME && node_at(binders, node)->flags & NODE_STORES) {
			binding.node = node;
			tell(binders, outline_name(binders->outline, node), &binding);
		}
		if (node == root)
			return;
		node = node_at(binders, node)->next;
	}
}

static void bind_stored_roots(const struct binders *binders, int32_t stmt, int32_t root)
{
	for (; root != NO_NODE; root = node_at(binders, root)->next) {
		if (node_at(binders, root)->slot == SLOT_EXCEPT_NAME)
			bind_stored(binders, root, binding_of(BINDING_EXCEPT, NO_NODE, stmt));
		else if (node_at(binders, root)->slot == SLOT_PATTERN)
			bind_stored(binders, root, binding_of(BINDING_MATCH, NO_NODE, stmt));
	}
}

/* What can bind no attribute. */
static void bind_names(const struct binders *binders, int32_t stmt, int32_t root)
{
	switch ((enum stmt_kind)binders->outline->blocks->stmts[stmt].kind) {
	case STMT_DEL:
		bind_del(binders, stmt, root);
		return;
	case STMT_IMPORT:
	case STMT_FROM:
		bind_imports(binders, stmt, root);
		return;
	default:
		bind_stored_roots(binders, stmt, root);
	}
}

static void bind_header_name(const struct binders *binders, int32_t stmt)
{
	const struct blocks *blocks = binders->outline->blocks;
	bool is_def = blocks->stmts[stmt].kind == STMT_DEF;
	struct binding binding = binding_of(is_def ? BINDING_DEF : BINDING_CLASS, NO_NODE, stmt);

	tell(binders, blocks_name(blocks, binders->outline->mask, stmt), &binding);
}

/* What the statement itself binds, apart from the expressions in it. */
static void bind_statement(const struct binders *binders, int32_t stmt, int32_t root, enum binders_wanted wanted)
{
	switch ((enum stmt_kind)binders->outline->blocks->stmts[stmt].kind) {
	case STMT_EXPRESSION:
	case STMT_TYPE:
		bind_assignment(binders, stmt, root, wanted);
		return;
	case STMT_FOR:
		bind_for(binders, stmt, root, wanted);
		return;
	case STMT_WITH:
		bind_with(binders, stmt, root, wanted);
		return;
	default:
		if (wanted == BINDERS_NAMES)
			bind_names(binders, stmt, root);
	}
}

static bool has(struct text text, struct text word)
{
	return memchr(text.ptr, word.ptr[0], text.len) && memmem(text.ptr, text.len, word.ptr, word.len);
}

/* Can a statement bind anything by an expression in it, `:=` or a comprehension? */
static bool has_binding_expression(struct text text)
{
	return has(text, TEXT(":=")) || has(text, TEXT("for"));
}

/* Can the text of a statement bind what is wanted? True where it takes an outline to know. */
static bool may_bind(const struct binders *binders, int32_t stmt, enum binders_wanted wanted)
{
	const struct stmt *here = &binders->outline->blocks->stmts[stmt];
	struct text text = { binders->outline->mask->code + here->start, here->end - here->start };

	if (wanted == BINDERS_SELF && !has(text, TEXT("self")))
		return false;
	switch ((enum stmt_kind)here->kind) {
	case STMT_EXPRESSION:
		return memchr(text.ptr, '=', text.len) || memchr(text.ptr, ':', text.len) ||
		       has(text, TEXT("for"));
	case STMT_IMPORT:
	case STMT_FROM:
	case STMT_DEL:
	case STMT_TYPE:
	case STMT_FOR:
	case STMT_CASE:
		return true;
	case STMT_WITH:
	case STMT_EXCEPT:
		return has(text, TEXT("as")) || has_binding_expression(text);
	default:
		return has_binding_expression(text);
	}
}

void binders_node(const struct binders *binders, int32_t node, enum binders_wanted wanted)
{
	const struct node *here = node_at(binders, node);
	int32_t target = here->child;
	struct binding proto;

	if ((here->kind != NODE_WALRUS && here->kind != NODE_COMPREHENSION) || target == NO_NODE)
		return;
	proto = binding_of(here->kind == NODE_WALRUS ? BINDING_ASSIGN :
			   here->flags & NODE_IS_ASYNC ? BINDING_ASYNC_FOR : BINDING_FOR,
			   node_at(binders, target)->next, here->stmt);
	bind_target(binders, target, &proto, wanted);
}

void binders_statement(const struct binders *binders, int32_t stmt, enum binders_wanted wanted)
{
	const struct stmt *here = &binders->outline->blocks->stmts[stmt];
	struct outline_stmt entry;

	if (wanted == BINDERS_NAMES && stmt_is_scope(here))
		bind_header_name(binders, stmt);
	if (!may_bind(binders, stmt, wanted))
		return;
	entry = *outline_stmt(binders->outline, stmt);
	bind_statement(binders, stmt, entry.root, wanted);
	for (int32_t node = entry.first; node < entry.first + entry.count; node++) {
		enum node_kind kind = node_at(binders, node)->kind;

		if (kind != NODE_WALRUS && kind != NODE_COMPREHENSION)
			continue;
		if (wanted == BINDERS_SELF || !binders->lambda(binders->data, node))
			binders_node(binders, node, wanted);
	}
}

static void bind_parameter(const struct binders *binders, int32_t node)
{
	const struct node *here = node_at(binders, node);
	struct binding binding = binding_of(BINDING_PARAMETER, NO_NODE, here->stmt);

	binding.node = node;
	if (here->flags & NODE_HAS_ANNOTATION && !(here->flags & (NODE_STAR | NODE_DOUBLE_STAR)))
		binding.annotation = annotation_of(binders, here->child);
	tell(binders, outline_name(binders->outline, node), &binding);
}

void binders_parameters(const struct binders *binders, int32_t header)
{
	int32_t root = outline_stmt(binders->outline, header)->root;

	for (; root != NO_NODE; root = node_at(binders, root)->next) {
		if (node_at(binders, root)->kind == NODE_PARAMETER)
			bind_parameter(binders, root);
	}
}

void binders_lambda(const struct binders *binders, int32_t lambda)
{
	int32_t child = node_at(binders, lambda)->child;

	for (; child != NO_NODE; child = node_at(binders, child)->next) {
		if (node_at(binders, child)->kind == NODE_PARAMETER)
			bind_parameter(binders, child);
	}
}
