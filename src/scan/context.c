/* SPDX-License-Identifier: MIT
 *
 * Contexts by the blocks around a statement, or by what a skim has of them.
 */
#include "scan/context.h"

#include "scan/evaluate_parts.h"

bool context_may_hold(const struct pyfile *file, const struct context *context, int32_t stmt)
{
	int32_t function;
	bool is_async;

	if (context->kind == CONTEXT_ANY)
		return true;
	function = stmt == NO_STMT ? NO_STMT : blocks_function(&file->blocks, file->blocks.stmts[stmt].scope);
	if (function == NO_STMT)
		return false;
	is_async = file->blocks.stmts[function].flags & STMT_ASYNC;
	if (context->kind != CONTEXT_FUNCTION && is_async != (context->kind == CONTEXT_ASYNC))
		return false;
	return !context->function_name ||
	       nameset_has(context->function_name, blocks_name(&file->blocks, &file->mask, function));
}

static bool class_may_fit(const struct context *context, const struct skim *skim, const struct mask *mask,
			  int32_t class)
{
	const struct skim_scope *scope = class == NO_SCOPE ? NULL : &skim->scopes[class];

	if (!context->class_holds_async && !context->class_name && !context->class_base)
		return true;
	if (!scope || !scope->is_class)
		return false;
	if (context->class_holds_async && scope->holds_async)
		return true;
	if (context->class_name && nameset_has(context->class_name, skim_name(skim, mask, class)))
		return true;
	return context->class_base != NULL;
}

/* Can the context hold in the body of a function, as far as the skim can tell? */
static bool function_may_fit(const struct context *context, const struct skim *skim, const struct mask *mask,
			     int32_t function)
{
	const struct skim_scope *scope = &skim->scopes[function];

	if (scope->is_class)
		return false;
	if (context->kind != CONTEXT_FUNCTION && scope->is_async != (context->kind == CONTEXT_ASYNC))
		return false;
	if (context->function_name && !nameset_has(context->function_name, skim_name(skim, mask, function)))
		return false;
	return class_may_fit(context, skim, mask, scope->parent);
}

bool context_may_hold_in(const struct context *context, const struct skim *skim, const struct mask *mask,
			 int32_t scope)
{
	if (context->kind == CONTEXT_ANY)
		return true;
	for (; scope != NO_SCOPE; scope = skim->scopes[scope].parent)
		if (function_may_fit(context, skim, mask, scope))
			return true;
	return false;
}

static bool holds_async_def(const struct evaluation *ev, int32_t class)
{
	for (int32_t s = blocks_body(&ev->file->blocks, class); s != NO_STMT; s = stmt_at(ev, s)->next)
		if (stmt_at(ev, s)->kind == STMT_DEF && stmt_at(ev, s)->flags & STMT_ASYNC)
			return true;
	return false;
}

static bool has_base(struct evaluation *ev, const struct test *test, int32_t class)
{
	int32_t base = root_of(ev, class, SLOT_BASE);

	for (; base != NO_NODE; base = next_root(ev, base, SLOT_BASE))
		if (is_positional(ev, base) && evaluate_test(ev, test, base))
			return true;
	return false;
}

static bool class_fits(struct evaluation *ev, const struct context *context, int32_t class)
{
	if (context->class_holds_async && holds_async_def(ev, class))
		return true;
	if (context->class_name &&
	    nameset_has(context->class_name, blocks_name(&ev->file->blocks, &ev->file->mask, class)))
		return true;
	return context->class_base && has_base(ev, context->class_base, class);
}

static bool function_fits(struct evaluation *ev, const struct context *context, int32_t function)
{
	int32_t class = stmt_at(ev, function)->parent;
	const int64_t *known;
	bool truth;

	if (class == NO_STMT || stmt_at(ev, class)->kind != STMT_CLASS)
		return false;
	known = remember_find(ev, context, class, 0);
	if (known)
		return *known;
	truth = class_fits(ev, context, class);
	remember(ev, context, class, 0, truth);
	return truth;
}

bool context_holds(struct evaluation *ev, const struct context *context, int32_t node)
{
	if (!context_may_hold(ev->file, context, node_at(ev, node)->stmt))
		return false;
	if ((context->kind == CONTEXT_ASYNC || context->kind == CONTEXT_SYNC) &&
	    outline_lambda(&ev->file->outline, node) != NO_NODE)
		return false;
	if (!context->class_holds_async && !context->class_name && !context->class_base)
		return true;
	return function_fits(ev, context, function_of(ev, node));
}
