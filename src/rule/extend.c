/* SPDX-License-Identifier: MIT
 *
 * Lists of names in rule files that somebody else adds to: a company's own
 * blocking client beside those that a rule knows.
 */
#include "base/nearest.h"
#include "rule/loader.h"

/* Rules are not compiled yet: what they are called stands in their documents. */
static struct rule *find_rule(const struct ruleset *set, const char *wanted, const char **nearest, unsigned *distance)
{
	for (size_t i = 0; i < set->nr; i++) {
		struct rule *rule = set->rules[i];
		const struct yaml_node *name = yaml_get(rule->source, "name");

		if (!strcmp(rule->code, wanted) || (name && yaml_is(name, wanted)))
			return rule;
		nearest_offer(wanted, rule->code, nearest, distance);
		if (name && name->kind == YAML_SCALAR)
			nearest_offer(wanted, name->text.ptr, nearest, distance);
	}
	return NULL;
}

static struct definition *find_definition(const struct ruleset *set, const char *wanted, const char **nearest,
					  unsigned *distance)
{
	for (size_t i = 0; i < set->nr_definitions; i++) {
		if (!strcmp(set->definitions[i]->name, wanted))
			return set->definitions[i];
		if (yaml_get(set->definitions[i]->document, "names"))
			nearest_offer(wanted, set->definitions[i]->name, nearest, distance);
	}
	return NULL;
}

/* A rule may be called by its code and by its name, and would be extended twice. */
static int extend(const struct yaml_node **extension, const struct yaml_node *target, const struct yaml_node *names,
		  struct error *err)
{
	if (*extension)
		return yaml_error(target, err, "names are added to '%s' already, in %s:%u", target->text.ptr,
				  (*extension)->file, (*extension)->line);
	*extension = names;
	return 0;
}

static int extend_rule(struct ruleset *set, const struct yaml_node *target, const struct yaml_node *names,
		       struct error *err)
{
	unsigned distance = NEAREST_NONE;
	const char *nearest = NULL;
	struct rule *rule = find_rule(set, target->text.ptr, &nearest, &distance);

	if (!rule)
		return loader_unknown(target, "rule", target->text.ptr, nearest, err);
	if (!yaml_get(rule->source, "calls"))
		return yaml_error(target, err, "the rule %s has no list 'calls' that names could be added to; "
				  "rules with 'calls' and sets ('$name') have one", rule->code);
	return extend(&rule->extension, target, names, err);
}

static int extend_set(struct ruleset *set, const struct yaml_node *target, const struct yaml_node *names,
		      struct error *err)
{
	unsigned distance = NEAREST_NONE;
	const char *nearest = NULL;
	struct definition *definition = find_definition(set, target->text.ptr + 1, &nearest, &distance);

	if (!definition && nearest)
		return yaml_error(target, err, "unknown set '%s'; did you mean '$%s'?", target->text.ptr, nearest);
	if (!definition)
		return yaml_error(target, err, "unknown set '%s'", target->text.ptr);
	if (!yaml_get(definition->document, "names"))
		return yaml_error(target, err, "'%s' is no set of names that others could be added to", target->text.ptr);
	return extend(&definition->extension, target, names, err);
}

int ruleset_extend(struct ruleset *set, const struct yaml_node *target, const struct yaml_node *names,
		   struct error *err)
{
	if (loader_check_extension(names, err))
		return -1;
	loader_note_names(set, target, names);
	return target->text.ptr[0] == '$' ? extend_set(set, target, names, err) : extend_rule(set, target, names, err);
}
