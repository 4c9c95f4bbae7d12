/* SPDX-License-Identifier: MIT
 *
 * The stacks of the expression parser, and how nodes are made of operands.
 */
#include "python/parser.h"

#include "base/alloc.h"

struct parser *parser_new(struct outline *outline)
{
	struct parser *parser = xcalloc(1, sizeof(*parser));

	parser->outline = outline;
	lexer_init(&parser->lexer, outline->mask);
	return parser;
}

void parser_free(struct parser *parser)
{
	if (!parser)
		return;
	free(parser->operands);
	free(parser->operations);
	free(parser->frames);
	free(parser);
}

int32_t parser_node(struct parser *parser, enum node_kind kind, uint32_t start, uint32_t end)
{
	struct outline *outline = parser->outline;
	struct node *node;

	ARRAY_GROW(outline->nodes, outline->nr + 1, outline->alloc);
	node = &outline->nodes[outline->nr];
	node->start = start;
	node->end = end;
	node->name = 0;
	node->name_len = 0;
	node->parent = NO_NODE;
	node->child = NO_NODE;
	node->next = NO_NODE;
	node->stmt = parser->stmt;
	node->kind = (uint8_t)kind;
	node->op = OP_NONE;
	node->slot = SLOT_NONE;
	node->flags = 0;
	return outline->nr++;
}

void parser_push(struct parser *parser, int32_t node, uint32_t start, uint32_t end)
{
	ARRAY_GROW(parser->operands, parser->nr_operands + 1, parser->alloc_operands);
	parser->operands[parser->nr_operands++] = (struct operand){ node, start, end };
	parser->after_operand = true;
}

struct node *parser_leaf(struct parser *parser, enum node_kind kind)
{
	const struct token *token = &parser->lexer.token;
	int32_t node = parser_node(parser, kind, token->start, token->end);

	parser_push(parser, node, token->start, token->end);
	lexer_next(&parser->lexer);
	return &parser->outline->nodes[node];
}

struct node *parser_make(struct parser *parser, uint32_t first, enum node_kind kind, uint32_t start, uint32_t end)
{
	int32_t parent = parser_node(parser, kind, start, end);
	struct node *nodes = parser->outline->nodes;
	int32_t *link = &nodes[parent].child;

	for (uint32_t i = first; i < parser->nr_operands; i++) {
		struct node *child = &nodes[parser->operands[i].node];

		child->parent = parent;
		child->slot = SLOT_NONE;
		*link = parser->operands[i].node;
		link = &child->next;
	}
	parser->nr_operands = first;
	parser_push(parser, parent, start, end);
	return &nodes[parent];
}

void parser_make_tuple(struct parser *parser, uint32_t first, uint32_t end)
{
	parser_make(parser, first, NODE_TUPLE, parser->operands[first].start, end)->flags = NODE_BARE;
}

/* The next node of a walk over a subtree, children skipped if `deep` is false; NO_NODE at its end. */
static int32_t walk(const struct node *nodes, int32_t node, int32_t top, bool deep)
{
	if (deep && nodes[node].child != NO_NODE)
		return nodes[node].child;
	while (node != top && nodes[node].next == NO_NODE)
		node = nodes[node].parent;
	return node == top ? NO_NODE : nodes[node].next;
}

void parser_store(struct parser *parser, uint32_t operand)
{
	struct node *nodes = parser->outline->nodes;
	int32_t top = parser->operands[operand].node;

	for (int32_t i = top; i != NO_NODE;) {
		bool unpacked = false;

		switch (nodes[i].kind) {
		case NODE_NAME:
		case NODE_ATTRIBUTE:
		case NODE_SUBSCRIPT:
			nodes[i].flags |= NODE_STORES;
			break;
		case NODE_TUPLE:
		case NODE_LIST:
		case NODE_STARRED:
			unpacked = true;
			break;
		default:
			parser->broken = true;
		}
		i = walk(nodes, i, top, unpacked);
	}
}

void parser_roots(struct parser *parser, uint32_t first, enum node_slot slot)
{
	struct node *nodes = parser->outline->nodes;

	for (uint32_t i = first; i < parser->nr_operands; i++) {
		int32_t node = parser->operands[i].node;

		nodes[node].slot = (uint8_t)slot;
		if (parser->last_root == NO_NODE)
			parser->first_root = node;
		else
			nodes[parser->last_root].next = node;
		parser->last_root = node;
	}
	parser->nr_operands = first;
}

void parser_skip(struct parser *parser)
{
	parser->broken = true;
	lexer_next(&parser->lexer);
}
