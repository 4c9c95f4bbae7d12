/* SPDX-License-Identifier: MIT
 *
 * One forward pass whose state is a bit, "live": there is a way from a start
 * to here on which nothing killed it. It goes from event to event; what lies
 * between has been summed up by flow.c. The blocks it is in are frames on a
 * stack.
 *
 * A `finally` runs after a normal end, after each kind of jump and after an
 * exception, live in some of these cases and not in others. It is walked once,
 * for both at a time: the state has two lanes, and in a `finally` the first is
 * what happens if live, the second what happens if not. The first lane alone
 * tells what is reached; the second is never live where the first is not.
 */
#include "python/walk.h"

#include "base/alloc.h"
#include "python/blocks.h"
#include "python/flow.h"

enum lanes {
	LANE_REAL = 1 << 0,
	LANE_SHADOW = 1 << 1,
	LANES = LANE_REAL | LANE_SHADOW,
};

/* A block that the walk is in, and the unit that the block is a part of. */
struct frame {
	int32_t unit;
	int32_t part;  /* header whose body it is */
	int32_t next;  /* unit of the block where the walk stands, or NO_STMT: the end */
	size_t level;  /* how many headers around the block are in the body walked */
	uint8_t live;  /* lanes, at `next` */
	uint8_t jumps[NR_JUMPS]; /* lanes that have left the unit so */
	uint8_t entry; /* lanes behind the test, the iterable, the subject; at the start of a `try` */
	uint8_t done;  /* lanes at the end of branches taken; of a loop those that `break` */
	uint8_t body;  /* lanes at the end of a `try` body, or of its `else` */
	uint8_t held[NR_JUMPS]; /* lanes that jump and wait for the `finally` */
	uint8_t forced; /* lanes in which the `finally` runs live at least once */
	bool kills;    /* of a class: its name is killed when its body has run */
};

static struct frame *top(struct walk *walk)
{
	return &walk->frames[walk->nr_frames - 1];
}

static enum stmt_kind kind_of(const struct walk *walk, int32_t stmt)
{
	return walk->blocks->stmts[stmt].kind;
}

static bool has_event(const struct walk *walk)
{
	return walk->next_event < walk->nr_events;
}

/* Finds the headers around the next event; says whether one of them is a def, whose body does not run here. */
static bool find_path(struct walk *walk)
{
	const struct stmt *stmts = walk->blocks->stmts;
	int32_t stmt = walk->events[walk->next_event].stmt;
	bool deferred = false;

	walk->path_len = 0;
	for (;;) {
		ARRAY_GROW(walk->path, walk->path_len + 1, walk->alloc_path);
		walk->path[walk->path_len++] = stmt;
		stmt = stmts[stmt].parent;
		if (stmt == walk->body || stmt == NO_STMT)
			return deferred;
		deferred |= stmts[stmt].kind == STMT_DEF;
	}
}

/* Brings the path up to the next event that is not in a nested def. */
static void settle(struct walk *walk)
{
	while (has_event(walk) && find_path(walk))
		walk->next_event++;
}

static void skip_event(struct walk *walk)
{
	walk->next_event++;
	settle(walk);
}

/* Is the node of an event a start too? Then it is no sink. */
static bool is_start_too(const struct walk *walk, const struct event *event)
{
	return event > walk->events && event[-1].kind == EVENT_START && event[-1].node == event->node;
}

static uint8_t apply_event(const struct walk *walk, const struct event *event, uint8_t live)
{
	switch ((enum event_kind)event->kind) {
	case EVENT_START:
		return LANES;
	case EVENT_KILL:
		return 0;
	case EVENT_SINK:
	case EVENT_LOOP:
		if (live & LANE_REAL && !is_start_too(walk, event))
			*event->reached = true;
		break;
	}
	return live;
}

/* The events of a statement itself, those of its expressions or the late ones. */
static uint8_t apply(struct walk *walk, int32_t stmt, bool late, uint8_t live)
{
	const struct event *event = &walk->events[walk->next_event];
	bool moved = false;

	for (; has_event(walk) && event->stmt == stmt && event->late == late; event++, moved = true) {
		live = apply_event(walk, event, live);
		walk->next_event++;
	}
	if (moved)
		settle(walk);
	return live;
}

static uint8_t apply_all(struct walk *walk, int32_t stmt, uint8_t live)
{
	return apply(walk, stmt, true, apply(walk, stmt, false, live));
}

/* Goes through what has no events; the lanes at its end. */
static uint8_t pass(struct flow_exits exits, uint8_t live, uint8_t jumps[NR_JUMPS])
{
	for (int i = 0; i < NR_JUMPS; i++) {
		if (exits.jumps[i])
			jumps[i] |= live;
	}
	return exits.end ? live : 0;
}

/* What stands in the block of a frame, or in a `match`, and holds the next event; NO_STMT: it is behind. */
static int32_t child_with_event(const struct walk *walk, int32_t header, size_t level)
{
	int32_t stmt = has_event(walk) ? walk->events[walk->next_event].stmt : NO_STMT;

	if (stmt <= header || stmt > walk->blocks->stmts[header].last)
		return NO_STMT;
	return level < walk->path_len ? walk->path[walk->path_len - 1 - level] : NO_STMT;
}

/* -- parts of a unit */

/* Starts on the body of a part: its frame is ready to walk it, or has passed it if it has no events. */
static void start_body(struct walk *walk, int32_t part, uint8_t live)
{
	struct frame *frame = top(walk);

	frame->part = part;
	if (child_with_event(walk, part, frame->level) == NO_STMT) {
		frame->live = pass(walk->flow[part].body, live, frame->jumps);
		frame->next = NO_STMT;
	} else {
		frame->live = live;
		frame->next = blocks_body(walk->blocks, part);
	}
}

/* The part of a frame's unit, from one on, that the next event is in, or NO_STMT. */
static int32_t part_with_event(const struct walk *walk, const struct frame *frame, int32_t part)
{
	size_t level = frame->level - 1;
	int32_t child;

	if (!has_event(walk) || level >= walk->path_len)
		return NO_STMT;
	child = walk->path[walk->path_len - 1 - level];
	return child >= part && walk->flow[child].unit == frame->unit ? child : NO_STMT;
}

/* Passes the branches from one on that have no events; the part that it comes to, or NO_STMT. */
static int32_t pass_branches(struct walk *walk, int32_t part)
{
	struct frame *frame = top(walk);
	int32_t end = part_with_event(walk, frame, part);

	if (end == part)
		return part;
	if (end == NO_STMT || !walk->flow[end].branch)
		end = walk->flow[part].plain;
	frame->done |= pass(flow_branches(walk->flow, part, end), frame->entry, frame->jumps);
	return end;
}

static void start_finally(struct walk *walk, int32_t part)
{
	struct frame *frame = top(walk);

	frame->done |= frame->body;
	frame->forced = frame->entry | frame->done;
	for (int i = 0; i < NR_JUMPS; i++) {
		frame->forced |= frame->jumps[i];
		frame->held[i] = frame->jumps[i];
		frame->jumps[i] = 0;
	}
	start_body(walk, part, frame->forced & LANE_REAL);
}

/* A value for each lane, from what the `finally` did if live and if not. */
static uint8_t choose(uint8_t lanes, uint8_t result)
{
	uint8_t if_live = result & LANE_REAL ? LANES : 0, if_not = result & LANE_SHADOW ? LANES : 0;

	return (uint8_t)((lanes & if_live) | (~lanes & LANES & if_not));
}

static uint8_t end_finally(struct frame *frame)
{
	uint8_t result = frame->live;

	for (int i = 0; i < NR_JUMPS; i++) {
		frame->jumps[i] = choose(frame->forced, frame->jumps[i]);
		if (result & LANE_REAL)
			frame->jumps[i] |= frame->held[i];
	}
	return choose(frame->done, result);
}

/* Starts on a part that is not the first of its unit. */
static void start_part(struct walk *walk, int32_t part)
{
	struct frame *frame = top(walk);

	switch (kind_of(walk, part)) {
	case STMT_ELIF:
		frame->entry = apply_all(walk, part, frame->entry);
		start_body(walk, part, frame->entry);
		return;
	case STMT_ELSE:
		start_body(walk, part, kind_of(walk, frame->unit) == STMT_TRY ? frame->body : frame->entry);
		return;
	case STMT_FINALLY:
		start_finally(walk, part);
		return;
	default: /* `except` and `case` */
		start_body(walk, part, apply_all(walk, part, frame->entry));
	}
}

/* Notes how the body of a part of a frame's unit has ended. */
static void end_body(const struct walk *walk, struct frame *frame)
{
	switch (kind_of(walk, frame->part)) {
	case STMT_FOR:
	case STMT_WHILE:
		frame->entry |= frame->live | frame->jumps[JUMP_CONTINUE];
		frame->done = frame->jumps[JUMP_BREAK];
		frame->jumps[JUMP_CONTINUE] = frame->jumps[JUMP_BREAK] = 0;
		return;
	case STMT_TRY:
		frame->body = frame->live;
		return;
	case STMT_ELSE:
		if (kind_of(walk, frame->unit) == STMT_TRY)
			frame->body = frame->live;
		else
			frame->done |= frame->live;
		return;
	case STMT_FINALLY:
		return; /* see end_finally */
	default:
		frame->done |= frame->live;
	}
}

/* The lanes behind a unit whose last part, or the last that anything is to be said of, has ended. */
static uint8_t end_unit(const struct walk *walk, struct frame *frame)
{
	bool has_else = kind_of(walk, frame->part) == STMT_ELSE;

	switch (kind_of(walk, frame->unit)) {
	case STMT_IF:
	case STMT_MATCH:
		return walk->flow[frame->unit].exhaustive ? frame->done : frame->done | frame->entry;
	case STMT_FOR:
	case STMT_WHILE:
		return has_else ? frame->done : frame->done | frame->entry;
	case STMT_TRY:
		return kind_of(walk, frame->part) == STMT_FINALLY ? end_finally(frame) : frame->done | frame->body;
	default:
		return frame->kills ? 0 : frame->done;
	}
}

static void leave_unit(struct walk *walk)
{
	struct frame left = *top(walk);
	uint8_t live = end_unit(walk, &left);
	struct frame *frame;

	walk->nr_frames--;
	frame = top(walk);
	frame->live = live;
	for (int i = 0; i < NR_JUMPS; i++)
		frame->jumps[i] |= left.jumps[i];
	frame->next = walk->flow[left.unit].next;
}

/* Goes on with a part of the top frame's unit, or with what comes behind the unit. */
static void next_part(struct walk *walk, int32_t part)
{
	if (part != NO_STMT && walk->flow[part].branch)
		part = pass_branches(walk, part);
	if (part == NO_STMT)
		leave_unit(walk);
	else
		start_part(walk, part);
}

/* -- units */

static void push_frame(struct walk *walk, int32_t unit, size_t level)
{
	ARRAY_GROW(walk->frames, walk->nr_frames + 1, walk->alloc_frames);
	memset(&walk->frames[walk->nr_frames], 0, sizeof(*walk->frames));
	walk->nr_frames++;
	top(walk)->unit = top(walk)->part = unit;
	top(walk)->next = NO_STMT;
	top(walk)->level = level;
}

/* Does the next event come late in a statement? */
static bool is_late(const struct walk *walk, int32_t stmt)
{
	return has_event(walk) && walk->events[walk->next_event].stmt == stmt && walk->events[walk->next_event].late;
}

/* Enters a compound statement that holds an event. */
static void enter(struct walk *walk, int32_t unit)
{
	bool is_match = kind_of(walk, unit) == STMT_MATCH;
	uint8_t live = top(walk)->live, entry = apply(walk, unit, false, live);
	bool is_late_kill = is_late(walk, unit);

	live = apply(walk, unit, true, entry);
	push_frame(walk, unit, top(walk)->level + (is_match ? 2 : 1));
	top(walk)->entry = entry;
	top(walk)->kills = is_late_kill;
	if (is_match)
		next_part(walk, flow_first_case(walk->flow, walk->blocks, unit));
	else
		start_body(walk, unit, kind_of(walk, unit) == STMT_CLASS ? entry : live);
}

static void walk_unit(struct walk *walk, int32_t unit)
{
	struct frame *frame = top(walk);

	if (stmt_is_header(&walk->blocks->stmts[unit]) && kind_of(walk, unit) != STMT_DEF) {
		enter(walk, unit);
		return;
	}
	frame->live = pass(walk->flow[unit].exits, apply_all(walk, unit, frame->live), frame->jumps);
	frame->next = walk->flow[unit].next;
}

/* Goes to the next unit of the top frame's block that holds an event, or to the block's end. */
static void walk_block(struct walk *walk)
{
	struct frame *frame = top(walk);
	int32_t child = child_with_event(walk, frame->part, frame->level);
	int32_t unit = child == NO_STMT ? NO_STMT : walk->flow[child].unit;

	if (child != NO_STMT && unit < frame->next) { /* in what was no Python, and not walked */
		skip_event(walk);
		return;
	}
	frame->live = pass(flow_run(walk->flow, frame->next, unit), frame->live, frame->jumps);
	frame->next = unit;
	if (unit != NO_STMT)
		walk_unit(walk, unit);
}

void walk_run(struct walk *walk, int32_t body, bool live)
{
	walk->body = body;
	walk->next_event = walk->nr_frames = 0;
	settle(walk);
	push_frame(walk, body, 0);
	top(walk)->live = live ? LANES : 0;
	top(walk)->next = blocks_body(walk->blocks, body);
	while (has_event(walk)) {
		if (top(walk)->next != NO_STMT) {
			walk_block(walk);
		} else if (walk->nr_frames > 1) {
			end_body(walk, top(walk));
			next_part(walk, flow_part_after(walk->flow, walk->blocks, top(walk)->part));
		} else {
			return;
		}
	}
}

void walk_release(struct walk *walk)
{
	free(walk->events);
	free(walk->frames);
	free(walk->path);
	memset(walk, 0, sizeof(*walk));
}
