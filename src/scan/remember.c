/* SPDX-License-Identifier: MIT
 *
 * Answers that were found once, by what was asked and what it was asked about;
 * and expressions that stand for all that are the same, so that an answer
 * about a task serves wherever the task is spelled.
 */
#include <uthash.h>

#include "base/alloc.h"
#include "scan/evaluate_parts.h"

struct remembered {
	UT_hash_handle hh;
	struct remembered_key {
		const void *question;
		int64_t about, also;
	} key;
	int64_t answer;
};

/* The expression that stands for those with a hash. */
struct representative {
	UT_hash_handle hh;
	uint64_t hash;
	int32_t node;
};

int64_t *remember_find(struct evaluation *ev, const void *question, int64_t about, int64_t also)
{
	struct remembered_key key = { question, about, also };
	struct remembered *found;

	HASH_FIND(hh, ev->memory->remembered, &key, sizeof(key), found);
	return found ? &found->answer : NULL;
}

void remember(struct evaluation *ev, const void *question, int64_t about, int64_t also, int64_t answer)
{
	struct remembered *item = arena_alloc(&ev->memory->arena, sizeof(*item));

	item->key = (struct remembered_key){ question, about, also };
	item->answer = answer;
	HASH_ADD(hh, ev->memory->remembered, key, sizeof(item->key), item);
}

static int32_t representative_of(struct evaluation *ev, int32_t node)
{
	uint64_t hash = outline_hash(&ev->file->outline, &ev->file->source, node);
	struct representative *found;

	HASH_FIND(hh, ev->memory->representatives, &hash, sizeof(hash), found);
	if (!found) {
		found = arena_alloc(&ev->memory->arena, sizeof(*found));
		found->hash = hash;
		found->node = node;
		HASH_ADD(hh, ev->memory->representatives, hash, sizeof(found->hash), found);
	}
	return same_expression(ev, node, found->node) ? found->node : node;
}

bool remember_captures(struct evaluation *ev, const struct test *test, int64_t *also)
{
	uint32_t reads = test->reads;
	int capture = 0;

	*also = 0;
	if (test->writes || reads & (reads - 1))
		return false;
	if (!reads)
		return true;
	while (!(reads >> capture & 1))
		capture++;
	if (ev->captures[capture].node == NO_NODE)
		return false;
	*also = 1 + representative_of(ev, ev->captures[capture].node);
	return true;
}

bool remember_answer(struct evaluation *ev, const struct test *test, const void *question, int32_t about,
		     answer_fn answer)
{
	const int64_t *known;
	int64_t also;
	bool truth;

	if (!remember_captures(ev, test, &also))
		return answer(ev, question, about);
	known = remember_find(ev, question, about, also);
	if (known)
		return *known;
	truth = answer(ev, question, about);
	remember(ev, question, about, also, truth);
	return truth;
}

void remembered_release(struct evaluation_memory *memory)
{
	HASH_CLEAR(hh, memory->remembered);
	HASH_CLEAR(hh, memory->representatives);
	arena_release(&memory->arena);
}
