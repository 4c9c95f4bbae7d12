/* SPDX-License-Identifier: MIT
 *
 * Two passes over the statements of a file: one from the front finds the
 * units, one from the back sums up, bodies before their headers.
 */
#include "python/flow.h"

#include "base/alloc.h"
#include "base/chars.h"
#include "python/blocks.h"
#include "python/mask.h"

struct flow {
	const struct blocks *blocks;
	const struct mask *mask;
	struct flow_stmt *stmts;
};

/* Does a header continue the unit of another one that it follows? */
static bool continues(enum stmt_kind kind, enum stmt_kind head)
{
	switch (head) {
	case STMT_IF:
		return kind == STMT_ELIF || kind == STMT_ELSE;
	case STMT_FOR:
	case STMT_WHILE:
		return kind == STMT_ELSE;
	case STMT_TRY:
		return kind == STMT_EXCEPT || kind == STMT_ELSE || kind == STMT_FINALLY;
	default:
		return false;
	}
}

/* Is a part the last that its unit can have? */
static bool is_last(enum stmt_kind kind, enum stmt_kind head)
{
	return kind == STMT_FINALLY || (kind == STMT_ELSE && head != STMT_TRY);
}

static void find_parts(struct flow *flow, int32_t head)
{
	const struct stmt *stmts = flow->blocks->stmts;
	int32_t part = stmts[head].next;

	while (part != NO_STMT && continues(stmts[part].kind, stmts[head].kind)) {
		enum stmt_kind kind = stmts[part].kind;

		flow->stmts[part].unit = head;
		flow->stmts[part].branch = stmts[head].kind == STMT_IF || kind == STMT_EXCEPT;
		flow->stmts[head].exhaustive |= stmts[head].kind == STMT_IF && kind == STMT_ELSE;
		part = stmts[part].next;
		if (is_last(kind, stmts[head].kind))
			break;
	}
	flow->stmts[head].next = part;
}

static bool is_blank_or_bracket(char ch)
{
	return ch == ' ' || ch == '\t' || ch == '\f' || ch == '\n' || ch == '\r' || ch == '\\' ||
	       ch == '(' || ch == ')';
}

static bool is_constant_word(struct text word)
{
	return text_equal(word, TEXT("None")) || text_equal(word, TEXT("True")) || text_equal(word, TEXT("False"));
}

/* Is a case's pattern a bare name or `_`, without a guard, so that it always fits? */
static bool always_fits(const struct flow *flow, int32_t stmt)
{
	const char *start = flow->mask->code + flow->blocks->stmts[stmt].start + strlen("case");
	const char *end = flow->mask->code + flow->blocks->stmts[stmt].end - strlen(":");
	const char *word;

	while (start < end && is_blank_or_bracket(*start))
		start++;
	while (end > start && is_blank_or_bracket(end[-1]))
		end--;
	for (word = start; word < end && is_name_byte(*word); word++)
		;
	return start < end && word == end && !(*start >= '0' && *start <= '9') &&
	       !is_constant_word((struct text){ start, (size_t)(end - start) });
}

static void find_cases(struct flow *flow, int32_t head)
{
	const struct stmt *stmts = flow->blocks->stmts;
	int32_t part = blocks_body(flow->blocks, head);

	for (; part != NO_STMT; part = stmts[part].next) {
		if (stmts[part].kind != STMT_CASE)
			continue;
		flow->stmts[part].unit = head;
		flow->stmts[part].branch = true;
		flow->stmts[head].exhaustive |= always_fits(flow, part);
	}
}

static void find_units(struct flow *flow)
{
	for (int32_t i = 0; i < flow->blocks->nr; i++) {
		flow->stmts[i].unit = i;
		flow->stmts[i].next = flow->stmts[i].stop = flow->stmts[i].plain = NO_STMT;
	}
	for (int32_t i = 0; i < flow->blocks->nr; i++) {
		if (flow->stmts[i].unit != i)
			continue;
		find_parts(flow, i);
		if (flow->blocks->stmts[i].kind == STMT_MATCH)
			find_cases(flow, i);
	}
}

/* -- sums */

struct flow_exits flow_run(const struct flow_stmt *stmts, int32_t first, int32_t end)
{
	int32_t stop = first == NO_STMT ? NO_STMT : stmts[first].stop;
	struct flow_exits exits = { .end = stop == NO_STMT || (end != NO_STMT && stop >= end) };

	if (first == NO_STMT)
		return exits;
	if (!exits.end)
		end = stmts[stop].next;
	for (int i = 0; i < NR_JUMPS; i++)
		exits.jumps[i] = stmts[first].jumps[i] > (end == NO_STMT ? 0 : stmts[end].jumps[i]);
	return exits;
}

struct flow_exits flow_branches(const struct flow_stmt *stmts, int32_t first, int32_t end)
{
	const struct flow_stmt *from = &stmts[first];
	const struct flow_stmt *to = end != NO_STMT && stmts[end].branch ? &stmts[end] : NULL;
	struct flow_exits exits = { .end = from->ends > (to ? to->ends : 0) };

	for (int i = 0; i < NR_JUMPS; i++)
		exits.jumps[i] = from->jumps[i] > (to ? to->jumps[i] : 0);
	return exits;
}

int32_t flow_part_after(const struct flow_stmt *flow, const struct blocks *blocks, int32_t part)
{
	int32_t next = blocks->stmts[part].next;

	while (next != NO_STMT && blocks->stmts[part].kind == STMT_CASE && flow[next].unit != flow[part].unit)
		next = blocks->stmts[next].next;
	return next != NO_STMT && flow[next].unit == flow[part].unit ? next : NO_STMT;
}

int32_t flow_first_case(const struct flow_stmt *flow, const struct blocks *blocks, int32_t match)
{
	int32_t part = blocks_body(blocks, match);

	while (part != NO_STMT && flow[part].unit != match)
		part = blocks->stmts[part].next;
	return part;
}

/* Both can happen. */
static struct flow_exits either(struct flow_exits a, struct flow_exits b)
{
	a.end |= b.end;
	for (int i = 0; i < NR_JUMPS; i++)
		a.jumps[i] |= b.jumps[i];
	return a;
}

/* The second happens at the end of the first. */
static struct flow_exits then(struct flow_exits a, struct flow_exits b)
{
	if (!a.end)
		return a;
	a.end = false;
	return either(a, b);
}

static struct flow_exits loop_exits(const struct flow_stmt *body, const struct flow_stmt *otherwise)
{
	struct flow_exits exits = { .end = true };
	uint8_t broken = body->body.jumps[JUMP_BREAK];

	if (otherwise)
		exits = otherwise->body;
	exits.end |= broken;
	exits.jumps[JUMP_RETURN] |= body->body.jumps[JUMP_RETURN];
	return exits;
}

/* Jumps out of a `try` run its `finally` first. */
static struct flow_exits finally_exits(struct flow_exits exits, struct flow_exits finally)
{
	exits.end &= finally.end;
	for (int i = 0; i < NR_JUMPS; i++)
		exits.jumps[i] = (exits.jumps[i] && finally.end) || finally.jumps[i];
	return exits;
}

static struct flow_exits try_exits(const struct flow *flow, int32_t head)
{
	struct flow_exits exits = flow->stmts[head].body, caught = { .end = false };
	int32_t part = flow_part_after(flow->stmts, flow->blocks, head);

	for (; part != NO_STMT; part = flow_part_after(flow->stmts, flow->blocks, part)) {
		struct flow_exits body = flow->stmts[part].body;

		if (flow->stmts[part].branch)
			caught = either(caught, body);
		else if (flow->blocks->stmts[part].kind == STMT_ELSE)
			exits = then(exits, body);
		else
			return finally_exits(either(exits, caught), body);
	}
	return either(exits, caught);
}

static struct flow_exits if_exits(const struct flow *flow, int32_t head)
{
	struct flow_exits exits = flow->stmts[head].body;
	int32_t part = flow_part_after(flow->stmts, flow->blocks, head);

	if (part != NO_STMT)
		exits = either(exits, flow_branches(flow->stmts, part, NO_STMT));
	exits.end |= !flow->stmts[head].exhaustive;
	return exits;
}

static struct flow_exits match_exits(const struct flow *flow, int32_t head)
{
	struct flow_exits exits = { .end = !flow->stmts[head].exhaustive };
	int32_t part = flow_first_case(flow->stmts, flow->blocks, head);

	return part == NO_STMT ? exits : either(exits, flow_branches(flow->stmts, part, NO_STMT));
}

static struct flow_exits unit_exits(const struct flow *flow, int32_t unit)
{
	struct flow_exits exits = { .end = true };
	int32_t part;

	switch ((enum stmt_kind)flow->blocks->stmts[unit].kind) {
	case STMT_RETURN:
	case STMT_RAISE:
		return (struct flow_exits){ .jumps[JUMP_RETURN] = 1 };
	case STMT_BREAK:
		return (struct flow_exits){ .jumps[JUMP_BREAK] = 1 };
	case STMT_CONTINUE:
		return (struct flow_exits){ .jumps[JUMP_CONTINUE] = 1 };
	case STMT_IF:
		return if_exits(flow, unit);
	case STMT_FOR:
	case STMT_WHILE:
		part = flow_part_after(flow->stmts, flow->blocks, unit);
		return loop_exits(&flow->stmts[unit], part == NO_STMT ? NULL : &flow->stmts[part]);
	case STMT_TRY:
		return try_exits(flow, unit);
	case STMT_MATCH:
		return match_exits(flow, unit);
	case STMT_DEF:
		return exits;
	default:
		return stmt_is_header(&flow->blocks->stmts[unit]) ? flow->stmts[unit].body : exits;
	}
}

static void sum_unit(struct flow *flow, int32_t unit)
{
	struct flow_stmt *here = &flow->stmts[unit];
	const struct flow_stmt *next = here->next == NO_STMT ? NULL : &flow->stmts[here->next];

	here->exits = unit_exits(flow, unit);
	here->stop = !here->exits.end ? unit : next ? next->stop : NO_STMT;
	for (int i = 0; i < NR_JUMPS; i++)
		here->jumps[i] = here->exits.jumps[i] + (next ? next->jumps[i] : 0);
}

static void sum_branch(struct flow *flow, int32_t part)
{
	struct flow_stmt *here = &flow->stmts[part];
	int32_t after = flow_part_after(flow->stmts, flow->blocks, part);
	const struct flow_stmt *next = after != NO_STMT && flow->stmts[after].branch ? &flow->stmts[after] : NULL;

	here->plain = next ? next->plain : after;
	here->ends = here->body.end + (next ? next->ends : 0);
	for (int i = 0; i < NR_JUMPS; i++)
		here->jumps[i] = here->body.jumps[i] + (next ? next->jumps[i] : 0);
}

struct flow_stmt *flow_build(const struct blocks *blocks, const struct mask *mask)
{
	struct flow flow = { blocks, mask, xcalloc((size_t)blocks->nr + 1, sizeof(*flow.stmts)) };

	find_units(&flow);
	for (int32_t i = blocks->nr - 1; i >= 0; i--) {
		if (stmt_is_header(&blocks->stmts[i]))
			flow.stmts[i].body = flow_run(flow.stmts, blocks_body(blocks, i), NO_STMT);
		if (flow.stmts[i].unit == i)
			sum_unit(&flow, i);
		else if (flow.stmts[i].branch)
			sum_branch(&flow, i);
	}
	return flow.stmts;
}
