/* SPDX-License-Identifier: MIT
 *
 * Kinds and contexts out of YAML.
 */
#include "rule/loader.h"

static int read_neutral(const struct yaml_node *node, struct kind *kind, struct error *err)
{
	const struct yaml_node *item;

	if (!node)
		return 0;
	if (node->kind != YAML_SEQUENCE)
		return yaml_error(node, err, "'neutral' has to be a list");
	for (item = node->child; item; item = item->next) {
		if (yaml_is(item, "none"))
			kind->neutral_none = true;
		else if (yaml_is(item, "del"))
			kind->neutral_del = true;
		else if (yaml_is(item, "parameter"))
			kind->neutral_parameter = true;
		else
			return yaml_error(item, err, "neutral are none, del and parameter");
	}
	return 0;
}

static int read_keeps(struct ruleset *set, const struct yaml_node *node, struct kind *kind, struct error *err)
{
	static const char *const keys[] = { "attributes", "methods", "division", "divided-by-text-unless", NULL };
	const struct yaml_node *unless;

	if (!node)
		return 0;
	if (loader_check_keys(node, keys, err) ||
	    loader_optional_names(set, node, "attributes", &kind->keeps_attributes, err) ||
	    loader_optional_names(set, node, "methods", &kind->keeps_methods, err) ||
	    loader_optional_bool(node, "division", &kind->keeps_division, err))
		return -1;
	unless = yaml_get(node, "divided-by-text-unless");
	if (unless)
		kind->divided_unless = loader_kind(set, unless, err);
	return unless && !kind->divided_unless ? -1 : 0;
}

static int read_annotated(struct ruleset *set, const struct yaml_node *node, struct kind *kind, struct error *err)
{
	static const char *const keys[] = { "is", "beside", "subscripted", "united", "suffices", "in-class", NULL };

	if (!node)
		return 0;
	if (loader_check_keys(node, keys, err) || loader_optional_test(set, node, "is", &kind->annotated, err) ||
	    loader_optional_names(set, node, "beside", &kind->beside, err) ||
	    loader_optional_bool(node, "subscripted", &kind->subscripted, err) ||
	    loader_optional_bool(node, "united", &kind->united, err) ||
	    loader_optional_bool(node, "suffices", &kind->annotation_suffices, err) ||
	    loader_optional_bool(node, "in-class", &kind->class_annotation, err))
		return -1;
	return kind->annotated ? 0 : yaml_error(node, err, "'annotated' needs 'is', a test of the annotation");
}

static int read_loop_over(struct ruleset *set, const struct yaml_node *node, struct kind *kind, struct error *err)
{
	static const char *const keys[] = { "methods", "calls", NULL };

	if (!node)
		return 0;
	if (loader_check_keys(node, keys, err) ||
	    loader_optional_names(set, node, "methods", &kind->loop_methods, err))
		return -1;
	return loader_optional_names(set, node, "calls", &kind->loop_calls, err);
}

static int read_bindings(const struct yaml_node *node, struct kind *kind, struct error *err)
{
	kind->every = node && yaml_is(node, "every");
	if (!node)
		return yaml_error(kind->source, err, "a kind needs 'bindings': 'any', one that says it, or 'every'");
	if (!kind->every && !yaml_is(node, "any"))
		return yaml_error(node, err, "'bindings' has to be 'every' or 'any'");
	return 0;
}

int loader_compile_kind(struct ruleset *set, struct kind *kind, struct error *err)
{
	static const char *const keys[] = { "kind", "bindings", "neutral", "is", "bound-to", "keeps", "loop-over",
					    "with", "annotated", "property", NULL };
	const struct yaml_node *document = kind->source;

	if (loader_check_keys(document, keys, err) || read_bindings(yaml_get(document, "bindings"), kind, err) ||
	    read_neutral(yaml_get(document, "neutral"), kind, err) ||
	    loader_optional_test(set, document, "is", &kind->is, err) ||
	    loader_optional_test(set, document, "bound-to", &kind->bound_to, err) ||
	    read_keeps(set, yaml_get(document, "keeps"), kind, err) ||
	    read_loop_over(set, yaml_get(document, "loop-over"), kind, err) ||
	    loader_optional_bool(document, "with", &kind->with, err) ||
	    read_annotated(set, yaml_get(document, "annotated"), kind, err))
		return -1;
	return loader_optional_test(set, document, "property", &kind->property, err);
}

static int read_context_class(struct ruleset *set, const struct yaml_node *node, struct context *context,
			      struct error *err)
{
	static const char *const keys[] = { "holds", "name", "base", NULL };
	const struct yaml_node *holds;

	if (!node)
		return 0;
	if (loader_check_keys(node, keys, err) ||
	    loader_optional_names(set, node, "name", &context->class_name, err) ||
	    loader_optional_test(set, node, "base", &context->class_base, err))
		return -1;
	holds = yaml_get(node, "holds");
	context->class_holds_async = holds && yaml_is(holds, "async def");
	return holds && !context->class_holds_async ? yaml_error(holds, err, "a class can hold an 'async def'") : 0;
}

struct context *loader_compile_context(struct ruleset *set, const char *name, const struct yaml_node *node,
				       struct error *err)
{
	static const char *const keys[] = { "function", "async", "class", NULL };
	struct context *context = arena_alloc(&set->arena, sizeof(*context));
	const struct yaml_node *async;
	bool is_async = false;

	context->name = name;
	if (loader_check_keys(node, keys, err) ||
	    loader_optional_names(set, node, "function", &context->function_name, err) ||
	    read_context_class(set, yaml_get(node, "class"), context, err))
		return NULL;
	async = yaml_get(node, "async");
	if (async && yaml_bool(async, &is_async, err))
		return NULL;
	context->kind = !async ? CONTEXT_FUNCTION : is_async ? CONTEXT_ASYNC : CONTEXT_SYNC;
	return context;
}
