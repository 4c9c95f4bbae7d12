/* SPDX-License-Identifier: MIT
 *
 * Matching: calls are the places where rules with names can start; patterns
 * are run over the code text. A statement is outlined only when it holds a
 * call that some rule may start with, in a context where it may.
 */
#include "scan/match.h"

#include "base/alloc.h"
#include "scan/candidates.h"
#include "scan/context.h"
#include "scan/evaluate_parts.h"
#include "scan/follow.h"
#include "scan/place.h"
#include "scan/window.h"

struct matching {
	struct screen *screen;
	struct candidates candidates;
	struct evaluation ev;
	struct pending_list pending;
	struct finding_list *findings;
	struct error *err;
};

static const struct extent nowhere = { NO_OFFSET, NO_OFFSET };

/* A limit that a test ran into is an error of the rule and the file, not an answer. */
static void take_error(struct matching *m, const struct rule *rule)
{
	if (!m->ev.error.message)
		return;
	error_set(m->err, "%s: %s", rule->code, m->ev.error.message);
	error_release(&m->ev.error);
}

static bool find_parameter(struct evaluation *ev, const void *test, int32_t function)
{
	int32_t parameter = root_of(ev, function, SLOT_PARAMETER);

	for (; parameter != NO_NODE; parameter = next_root(ev, parameter, SLOT_PARAMETER))
		if (evaluate_test(ev, test, parameter))
			return true;
	return false;
}

static bool has_parameter(struct evaluation *ev, const struct test *test, int32_t function)
{
	return function != NO_STMT && remember_answer(ev, test, test, function, find_parameter);
}

static bool is_stored_place(const struct evaluation *ev, int32_t target)
{
	return node_is(ev, target, NODE_NAME) || node_is(ev, target, NODE_ATTRIBUTE) ||
	       node_is(ev, target, NODE_SUBSCRIPT);
}

/*
 * Is a match directly stored in a target that the rule asks for, and none of
 * these targets excused? `T = U = call` is one match with two targets.
 */
static bool is_stored(struct evaluation *ev, const struct rule *rule, int32_t node)
{
	struct capture captures[MAX_CAPTURES];
	int32_t stmt = node_at(ev, node)->stmt, target;
	bool found = false;

	if (node_at(ev, node)->slot != SLOT_VALUE || stmt_at(ev, stmt)->kind == STMT_TYPE)
		return false;
	target = root_of(ev, stmt, SLOT_TARGET);
	for (; target != NO_NODE; target = next_root(ev, target, SLOT_TARGET)) {
		if (!is_stored_place(ev, target) || !evaluate_test(ev, rule->stored_in, target))
			continue;
		if (rule->unless && evaluate_test(ev, rule->unless, node))
			return false;
		if (!found)
			memcpy(captures, ev->captures, sizeof(captures));
		found = true;
	}
	if (found)
		memcpy(ev->captures, captures, sizeof(captures));
	return found;
}

static struct extent extent_of(const struct evaluation *ev, int32_t node)
{
	return (struct extent){ node_at(ev, node)->start, node_at(ev, node)->end };
}

/* `then` with a pattern: the finding is where that is found. */
static void match_then_pattern(struct matching *m, const struct rule *rule, struct extent extent, int32_t node)
{
	struct evaluation *ev = &m->ev;
	struct extent then;

	if (!window_find(ev, rule->then->pattern, node, &then.start, &then.end))
		return;
	ev->then_start = then.start;
	if (!rule->then->unless || !evaluate_test(ev, rule->then->unless, node))
		place_finding(ev, rule, then, extent, m->findings);
	ev->then_start = NO_OFFSET;
}

/* What is left to ask when a rule has found something at an extent. */
static void match_rest(struct matching *m, struct rule *rule, struct extent extent, int32_t node)
{
	struct evaluation *ev = &m->ev;
	struct extent origin = nowhere;

	if (rule->function && (node == NO_NODE || !has_parameter(ev, rule->function, function_of(ev, node))))
		return;
	if (rule->stored_in ? node == NO_NODE || !is_stored(ev, rule, node)
			    : rule->unless && evaluate_test(ev, rule->unless, node))
		return;
	if (rule->then && rule->then->reach) {
		if (node != NO_NODE)
			follow_add(ev, rule, node, &m->pending);
		return;
	}
	if (rule->then) {
		match_then_pattern(m, rule, extent, node);
		return;
	}
	if (ev->memory->origin != NO_NODE)
		origin = extent_of(ev, ev->memory->origin);
	place_finding(ev, rule, extent, origin, m->findings);
}

static void match_call(struct matching *m, struct rule *rule, int32_t call)
{
	struct evaluation *ev = &m->ev;
	struct extent extent = extent_of(ev, callee_of(ev, call));

	if (!m->screen->active[rule->index] || !context_holds(ev, rule->context, call))
		return;
	evaluation_clear_captures(ev);
	ev->memory->origin = NO_NODE;
	ev->match_start = extent.start;
	ev->match_end = extent.end;
	if (evaluate_test(ev, rule->find, call))
		match_rest(m, rule, extent, call);
	take_error(m, rule);
}

static void match_call_by_name(struct matching *m, int32_t call)
{
	int32_t callee = callee_of(&m->ev, call);
	const struct trigger_rule *triggered;
	struct rule *const *rules;
	size_t nr;

	rules = matcher_untriggered(m->screen->matcher, &nr);
	for (size_t i = 0; i < nr; i++)
		match_call(m, rules[i], call);
	for (struct text name = outline_name(&m->ev.file->outline, callee); name.len;
	     name = imported_next_name(&m->candidates.imported, outline_name(&m->ev.file->outline, callee), name)) {
		triggered = matcher_triggered(m->screen->matcher, name, &nr);
		for (size_t i = 0; i < nr; i++)
			if (screen_allows(m->screen, &triggered[i]))
				match_call(m, triggered[i].rule, call);
	}
}

static void match_calls(struct matching *m)
{
	candidates_find(&m->candidates, m->screen, m->ev.file);
	for (size_t i = 0; i < m->candidates.nr; i++) {
		const struct outline_stmt *entry = outline_stmt(&m->ev.file->outline, m->candidates.stmts[i]);
		int32_t first = entry->first, end = first + entry->count;

		for (int32_t node = first; node < end; node++)
			if (node_is(&m->ev, node, NODE_CALL))
				match_call_by_name(m, node);
	}
}

/* -- patterns */

/* The expression of a match: the smallest that covers it, or the call of that. */
static int32_t expression_at(struct evaluation *ev, int32_t stmt, size_t start, size_t end)
{
	int32_t node = stmt == NO_STMT ? NO_NODE :
					 outline_covering(&ev->file->outline, stmt, (uint32_t)start, (uint32_t)end);
	int32_t parent = node == NO_NODE ? NO_NODE : node_at(ev, node)->parent;

	return node_is(ev, parent, NODE_CALL) && callee_of(ev, parent) == node ? parent : node;
}

static void capture_groups(struct evaluation *ev, const struct rule *rule, const struct regex_match *match, int32_t stmt)
{
	evaluation_clear_captures(ev);
	for (unsigned g = 0; g < regex_groups(rule->pattern); g++) {
		int capture = rule->pattern_captures[g];
		uint32_t start, end;
		int32_t node;

		if (capture < 0 || match->starts[g] == SIZE_MAX)
			continue;
		start = (uint32_t)match->starts[g];
		end = (uint32_t)match->ends[g];
		node = stmt == NO_STMT ? NO_NODE : outline_covering(&ev->file->outline, stmt, start, end);
		if (node != NO_NODE && (node_at(ev, node)->start != start || node_at(ev, node)->end != end))
			node = NO_NODE;
		ev->captures[capture] = (struct capture){ start, end, node };
	}
}

static bool context_allows(struct evaluation *ev, const struct context *context, int32_t stmt, int32_t node)
{
	return node != NO_NODE ? context_holds(ev, context, node) : context_may_hold(ev->file, context, stmt);
}

static void match_at(struct matching *m, struct rule *rule, const struct regex_match *match)
{
	struct evaluation *ev = &m->ev;
	struct extent extent = { (uint32_t)match->starts[0], (uint32_t)match->ends[0] };
	int32_t stmt, node;

	pyfile_code(ev->file);
	stmt = blocks_at(&ev->file->blocks, extent.start);
	if (!context_may_hold(ev->file, rule->context, stmt))
		return;
	node = expression_at(ev, stmt, extent.start, extent.end);
	if (!context_allows(ev, rule->context, stmt, node))
		return;
	capture_groups(ev, rule, match, stmt);
	ev->memory->origin = NO_NODE;
	ev->match_start = extent.start;
	ev->match_end = extent.end;
	match_rest(m, rule, extent, node);
}

static void match_pattern(struct matching *m, struct rule *rule)
{
	struct evaluation *ev = &m->ev;
	size_t len = ev->file->source.len, start = 0;
	struct regex_match match;
	const char *code;

	pyfile_mask(ev->file);
	code = ev->file->mask.code;
	while (regex_match(rule->pattern, ev->regex_worker, code, len, start, &match, &ev->error) > 0) {
		match_at(m, rule, &match);
		start = regex_next_start(code, len, &match);
	}
	take_error(m, rule);
}

int match_file(struct screen *screen, struct regex_worker *worker, struct pyfile *file,
	       struct finding_list *findings, struct error *err)
{
	const struct ruleset *set = matcher_rules(screen->matcher);
	struct matching m = { .screen = screen, .findings = findings, .err = err };

	evaluation_init(&m.ev, file, worker, set->captures, set->nr_captures);
	match_calls(&m);
	for (size_t i = 0; i < set->nr; i++)
		if (screen->active[i] && set->rules[i]->pattern)
			match_pattern(&m, set->rules[i]);
	follow_all(&m.ev, &m.pending, findings, err);
	candidates_release(&m.candidates);
	evaluation_release(&m.ev);
	finding_sort(findings);
	return err->message ? -1 : 0;
}
