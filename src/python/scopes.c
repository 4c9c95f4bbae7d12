/* SPDX-License-Identifier: MIT
 *
 * Scopes, made when they are first asked for: those of headers, and those of
 * the lambdas of a statement, which are found in one pass over its nodes.
 */
#include "python/binding_table.h"

#include "python/blocks.h"
#include "python/outline.h"

/* More lambdas than this in each other have no scope of their own, so that a lookup has few scopes to ask. */
#define MAX_LAMBDAS 100

static struct scope *scope_new(struct bindings *bindings, enum scope_kind kind, int32_t stmt, int32_t lambda)
{
	struct scope *scope = arena_alloc(&bindings->arena, sizeof(*scope));

	scope->kind = kind;
	scope->stmt = stmt;
	scope->lambda = lambda;
	return scope;
}

struct scope *scopes_module(struct bindings *bindings)
{
	struct bindings_tables *tables = bindings->tables;

	if (!tables->module)
		tables->module = scope_new(bindings, SCOPE_MODULE, NO_STMT, NO_NODE);
	return tables->module;
}

struct scope *bindings_scope_of(struct bindings *bindings, int32_t header)
{
	const struct stmt *stmts = bindings->outline->blocks->stmts;
	struct scope *first, **link = &first;

	for (; header != NO_STMT; header = stmts[header].scope) {
		struct scope **body = &bindings->tables->bodies[header];

		if (*body) {
			*link = *body;
			return first;
		}
		*body = scope_new(bindings, stmts[header].kind == STMT_CLASS ? SCOPE_CLASS : SCOPE_DEF,
				  header, NO_NODE);
		*link = *body;
		link = &(*body)->parent;
	}
	*link = scopes_module(bindings);
	return first;
}

/* How many lambdas a scope is in, itself included, up to the limit. */
static unsigned lambdas_around(const struct scope *scope)
{
	unsigned nr = 0;

	for (; scope->kind == SCOPE_LAMBDA && nr < MAX_LAMBDAS; scope = scope->parent)
		nr++;
	return nr;
}

static struct scope *lambda_around(void *data, int32_t node);

struct binders scopes_binders(struct collector *to)
{
	return (struct binders){
		.outline = to->bindings->outline,
		.lambda = lambda_around,
		.each = table_collect,
		.data = to,
	};
}

/* Makes the scope of a lambda's body, with its parameters. */
static struct scope *lambda_scope(struct bindings *bindings, int32_t lambda, struct scope *around)
{
	struct collector to = { bindings, around, &bindings->tables->bound, NULL };
	struct binders binders = scopes_binders(&to);

	if (lambdas_around(around) < MAX_LAMBDAS) {
		to.scope = scope_new(bindings, SCOPE_LAMBDA, NO_STMT, lambda);
		to.scope->parent = around;
		to.scope->collected = true;
	}
	binders_lambda(&binders, lambda);
	return to.scope;
}

static bool is_lambda_body(const struct outline *outline, int32_t node)
{
	int32_t parent = outline->nodes[node].parent;

	return parent != NO_NODE && outline->nodes[parent].kind == NODE_LAMBDA &&
	       outline->nodes[node].kind != NODE_PARAMETER;
}

/* Finds the lambda around each node of a statement, parents first, and collects what lambdas bind. */
static struct lambdas *make_lambdas(struct bindings *bindings, int32_t stmt, const struct outline_stmt *entry)
{
	const struct outline *outline = bindings->outline;
	struct scope *outside = bindings_scope_of(bindings, outline->blocks->stmts[stmt].scope);
	struct lambdas *lambdas = arena_alloc(&bindings->arena, sizeof(*lambdas));

	lambdas->stmt = stmt;
	lambdas->scopes = arena_alloc(&bindings->arena, (size_t)entry->count * sizeof(struct scope *));
	HASH_ADD(hh, bindings->tables->lambdas, stmt, sizeof(stmt), lambdas);
	for (int32_t i = entry->count - 1; i >= 0; i--) {
		int32_t node = entry->first + i, parent = outline->nodes[node].parent;
		struct collector to = { bindings, NULL, &bindings->tables->bound, NULL };
		struct binders binders = scopes_binders(&to);
		struct scope **scope = &lambdas->scopes[i];

		if (parent != NO_NODE)
			*scope = lambdas->scopes[parent - entry->first];
		if (is_lambda_body(outline, node))
			*scope = lambda_scope(bindings, parent, *scope ? *scope : outside);
		to.scope = *scope;
		if (to.scope)
			binders_node(&binders, node, BINDERS_NAMES);
	}
	return lambdas;
}

static struct scope *lambda_of(struct bindings *bindings, int32_t node)
{
	int32_t stmt = bindings->outline->nodes[node].stmt;
	const struct outline_stmt *entry = outline_entry(bindings->outline, stmt);
	struct lambdas *lambdas;

	if (!entry->has_lambda)
		return NULL;
	HASH_FIND(hh, bindings->tables->lambdas, &stmt, sizeof(stmt), lambdas);
	if (!lambdas)
		lambdas = make_lambdas(bindings, stmt, entry);
	return lambdas->scopes[node - entry->first];
}

static struct scope *lambda_around(void *data, int32_t node)
{
	struct collector *to = data;

	return lambda_of(to->bindings, node);
}

struct scope *bindings_scope(struct bindings *bindings, int32_t node)
{
	struct scope *lambda = lambda_of(bindings, node);
	int32_t stmt = bindings->outline->nodes[node].stmt;

	return lambda ? lambda : bindings_scope_of(bindings, bindings->outline->blocks->stmts[stmt].scope);
}
