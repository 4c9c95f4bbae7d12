/* SPDX-License-Identifier: MIT
 *
 * Are two expressions the same? Their nodes are walked side by side, without
 * recursion: parents and siblings say where to go on. Where the nodes do not
 * tell all (which comparison is the second one, which bound of a slice is
 * missing), the operators between them are read again.
 */
#include "python/outline.h"

#include "python/literal.h"
#include "python/mask.h"
#include "python/source.h"
#include "python/token.h"

/* Not whether something is assigned, nor whether a tuple has parentheses. */
#define COMPARED_FLAGS (NODE_IS_ASYNC | NODE_HAS_DEFAULT | NODE_HAS_ANNOTATION | NODE_STAR | NODE_DOUBLE_STAR)

/* What an augmented assignment notes in its target is no part of the target. */
static enum node_op own_op(const struct node *node)
{
	bool has = node->kind == NODE_UNARY || node->kind == NODE_BINARY || node->kind == NODE_COMPARE;

	return has ? node->op : OP_NONE;
}

static struct text node_text(const struct outline *outline, const struct node *node)
{
	return (struct text){ outline->mask->code + node->start, node->end - node->start };
}

/* Python keeps the mark of u"..." apart, and so do tokens. */
static bool is_marked_u(const struct outline *outline, const struct node *node)
{
	return node->kind == NODE_STRING && outline->mask->code[node->start] == 'u';
}

static bool same_strings(const struct outline *outline, const struct source *source, const struct node *a,
			 const struct node *b)
{
	struct literal left, right;
	int byte;

	if (literal_is_bytes(outline->mask, a->start) != literal_is_bytes(outline->mask, b->start) ||
	    is_marked_u(outline, a) != is_marked_u(outline, b))
		return false;
	literal_init(&left, outline->mask, source, a->start, a->end);
	literal_init(&right, outline->mask, source, b->start, b->end);
	do {
		byte = literal_next(&left);
		if (byte != literal_next(&right))
			return false;
	} while (byte != LITERAL_END);
	return true;
}

static bool same_numbers(struct text a, struct text b)
{
	struct number left, right;

	if (text_equal(a, b))
		return true;
	left = number_parse(a);
	right = number_parse(b);
	return left.kind == right.kind && left.bits == right.bits;
}

/* The next token that is no bracket or comma. */
static void next_operator(struct lexer *lexer)
{
	do {
		lexer_next(lexer);
	} while (lexer->token.kind == TOKEN_OPEN || lexer->token.kind == TOKEN_CLOSE || lexer->token.kind == TOKEN_COMMA);
}

/* Enters what is in front of a child of a node, or behind its last one. */
static void enter_gap(struct lexer *lexer, const struct node *nodes, int32_t node, int32_t before, int32_t child)
{
	uint32_t start = before == NO_NODE ? nodes[node].start : nodes[before].end;
	uint32_t end = child == NO_NODE ? nodes[node].end : nodes[child].start;

	lexer->pos = start;
	lexer->limit = end;
	next_operator(lexer);
}

static bool same_gaps(const struct outline *outline, int32_t a, int32_t b)
{
	const struct node *nodes = outline->nodes;
	int32_t before_a = NO_NODE, before_b = NO_NODE;
	int32_t child_a = nodes[a].child, child_b = nodes[b].child;
	struct lexer left, right;

	lexer_init(&left, outline->mask);
	lexer_init(&right, outline->mask);
	for (;;) {
		enter_gap(&left, nodes, a, before_a, child_a);
		enter_gap(&right, nodes, b, before_b, child_b);
		while (left.token.kind == right.token.kind && left.token.op == right.token.op && left.token.kind != TOKEN_END) {
			next_operator(&left);
			next_operator(&right);
		}
		if (left.token.kind != TOKEN_END || right.token.kind != TOKEN_END)
			return false;
		if (child_a == NO_NODE || child_b == NO_NODE)
			return child_a == child_b;
		before_a = child_a;
		before_b = child_b;
		child_a = nodes[child_a].next;
		child_b = nodes[child_b].next;
	}
}

/* Are two nodes alike, their children aside? */
static bool alike(const struct outline *outline, const struct source *source, int32_t a, int32_t b)
{
	const struct node *left = &outline->nodes[a], *right = &outline->nodes[b];

	if (left->kind != right->kind || own_op(left) != own_op(right))
		return false;
	if ((left->flags & COMPARED_FLAGS) != (right->flags & COMPARED_FLAGS))
		return false;
	if (!text_equal(outline_name(outline, a), outline_name(outline, b)))
		return false;
	switch (left->kind) {
	case NODE_STRING:
	case NODE_FSTRING:
		return same_strings(outline, source, left, right);
	case NODE_NUMBER:
		return same_numbers(node_text(outline, left), node_text(outline, right));
	case NODE_CONSTANT:
	case NODE_ALIAS:
	case NODE_PATTERN:
		return text_equal(node_text(outline, left), node_text(outline, right));
	case NODE_COMPARE:
	case NODE_LAMBDA:
	case NODE_SLICE:
		return same_gaps(outline, a, b);
	default:
		return true;
	}
}

bool outline_same(const struct outline *outline, const struct source *source, int32_t a, int32_t b)
{
	const struct node *nodes = outline->nodes;
	int32_t i = a, j = b;

	for (;;) {
		if (i == j && i == a)
			return true;
		if (!alike(outline, source, i, j))
			return false;
		if (nodes[i].child != NO_NODE && nodes[j].child != NO_NODE) {
			i = nodes[i].child;
			j = nodes[j].child;
			continue;
		}
		if (nodes[i].child != nodes[j].child)
			return false;
		while (i != a && j != b && nodes[i].next == NO_NODE && nodes[j].next == NO_NODE) {
			i = nodes[i].parent;
			j = nodes[j].parent;
		}
		if (i == a || j == b)
			return i == a && j == b;
		i = nodes[i].next;
		j = nodes[j].next;
		if (i == NO_NODE || j == NO_NODE)
			return false;
	}
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
	return hash ^ hash >> 29;
}

static uint64_t mix_text(uint64_t hash, struct text text)
{
	for (size_t i = 0; i < text.len; i++)
		hash = (hash ^ (unsigned char)text.ptr[i]) * UINT64_C(0x100000001B3);
	return mix(hash, text.len);
}

static uint64_t mix_node(const struct outline *outline, const struct source *source, uint64_t hash, int32_t index)
{
	const struct node *node = &outline->nodes[index];
	struct literal literal;
	struct number number;
	int byte;

	hash = mix(hash, (uint64_t)node->kind << 8 | own_op(node));
	hash = mix_text(hash, outline_name(outline, index));
	switch (node->kind) {
	case NODE_STRING:
	case NODE_FSTRING:
		literal_init(&literal, outline->mask, source, node->start, node->end);
		while ((byte = literal_next(&literal)) != LITERAL_END)
			hash = mix(hash, (uint64_t)byte);
		return hash;
	case NODE_NUMBER:
		number = number_parse(node_text(outline, node));
		return mix(mix(hash, number.kind), number.bits);
	case NODE_CONSTANT:
		return mix_text(hash, node_text(outline, node));
	default:
		return hash;
	}
}

/* Children come before their parent. */
static uint64_t *hash_nodes(struct outline *outline, const struct source *source, const struct outline_stmt *entry)
{
	uint64_t *hashes = arena_alloc(&outline->arena, (size_t)entry->count * sizeof(*hashes));
	const struct node *nodes = outline->nodes;

	for (int32_t i = 0; i < entry->count; i++) {
		int32_t child = nodes[entry->first + i].child;

		hashes[i] = mix_node(outline, source, 0, entry->first + i);
		for (; child != NO_NODE; child = nodes[child].next)
			hashes[i] = mix(hashes[i], hashes[child - entry->first]);
	}
	return hashes;
}

uint64_t outline_hash(struct outline *outline, const struct source *source, int32_t node)
{
	struct outline_stmt *entry = outline_entry(outline, outline->nodes[node].stmt);

	if (!entry->hashes)
		entry->hashes = hash_nodes(outline, source, entry);
	return entry->hashes[node - entry->first];
}
