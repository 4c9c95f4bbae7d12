/* SPDX-License-Identifier: MIT
 *
 * The pass of reach over the events of one query. Private to reach.c.
 */
#ifndef ASYNCGREP_WALK_H
#define ASYNCGREP_WALK_H

#include "base/common.h"

struct blocks;
struct flow_stmt;

enum event_kind {
	EVENT_START,
	EVENT_SINK,
	EVENT_LOOP, /* a sink: a `for` statement whose iterable has been evaluated */
	EVENT_KILL, /* what is kept is assigned */
};

struct event {
	int32_t stmt;
	int32_t node;
	uint32_t start, end;
	uint8_t kind; /* enum event_kind */
	bool late;    /* after the expressions of the statement */
	bool *reached; /* of sinks; set by the walk */
};

struct walk {
	const struct blocks *blocks;
	const struct flow_stmt *flow;
	struct event *events; /* owned; in the order in which they happen */
	size_t nr_events, alloc_events;
	size_t next_event;
	struct frame *frames; /* owned; the units that the walk is in */
	size_t nr_frames, alloc_frames;
	int32_t *path;        /* owned; from the next event's statement to what stands in the body walked */
	size_t path_len, alloc_path;
	int32_t body;
};

/* Walks the body of a header, live at its start or not, through the events. */
void walk_run(struct walk *walk, int32_t body, bool live);
void walk_release(struct walk *walk);

#endif
