/* SPDX-License-Identifier: MIT
 *
 * A walk over commits, which are read as they are stored: libgit2's own walk
 * gives up where a shallow clone ends, and forgets the trees.
 */
#include "git/history.h"

#include <git2.h>
#include <uthash.h>

#include "base/alloc.h"
#include "base/interrupt.h"
#include "git/revision.h"
#include "git/shallow.h"

#define HEX_LEN ((size_t)2 * OBJECT_ID_LEN)

/* Where a commit is, by its id. */
struct history_name {
	struct object_id id;
	size_t place;
	UT_hash_handle hh;
};

/* Places in history.commits that wait. */
struct stack {
	size_t *places;
	size_t nr, alloc;
};

static void push(struct stack *stack, size_t place)
{
	ARRAY_GROW(stack->places, stack->nr + 1, stack->alloc);
	stack->places[stack->nr++] = place;
}

static size_t place_of(struct history *history, const struct object_id *id)
{
	struct history_name *name;

	HASH_FIND(hh, history->names, id, sizeof(*id), name);
	if (name)
		return name->place;
	ARRAY_GROW(history->commits, history->nr + 1, history->alloc);
	history->commits[history->nr] = (struct history_commit){ .id = *id };
	name = xcalloc(1, sizeof(*name));
	name->id = *id;
	name->place = history->nr;
	HASH_ADD(hh, history->names, id, sizeof(name->id), name);
	return history->nr++;
}

/* -- reading commits */

static void add_parent(struct history *history, size_t place, const struct object_id *id)
{
	size_t parent = place_of(history, id);

	ARRAY_GROW(history->parents, history->nr_parents + 1, history->parents_alloc);
	history->parents[history->nr_parents++] = parent;
	history->commits[place].nr_parents++;
}

/* Reads "WORD HEX\n" at *p and goes on behind it. */
static bool parse_line(const char **p, const char *word, struct object_id *id)
{
	size_t len = strlen(word);
	git_oid oid;

	if (strncmp(*p, word, len) != 0 || strnlen(*p + len, HEX_LEN) < HEX_LEN || (*p)[len + HEX_LEN] != '\n' ||
	    git_oid_fromstrn(&oid, *p + len, HEX_LEN) < 0)
		return false;
	memcpy(id->bytes, oid.id, OBJECT_ID_LEN);
	*p += len + HEX_LEN + 1;
	return true;
}

/* Committer date, of which no more is asked than an order. */
static long long parse_time(const char *p)
{
	const char *line = strstr(p, "\ncommitter "), *end = line ? strchr(line + 1, '\n') : NULL;
	const char *mail = end ? memrchr(line, '>', (size_t)(end - line)) : NULL;

	return mail ? strtoll(mail + 1, NULL, 10) : 0;
}

static int load(struct history *history, const struct repository *repo, size_t place, struct error *err)
{
	struct object_id id = history->commits[place].id, parent;
	char *bytes;
	const char *p;
	size_t len;

	if (history->commits[place].loaded)
		return 0;
	if (repository_read(repo, &id, &bytes, &len, err) < 0)
		return -1;
	p = bytes;
	if (!parse_line(&p, "tree ", &history->commits[place].tree)) {
		free(bytes);
		return error_set(err, "a commit is broken; find the damage with: git fsck");
	}
	history->commits[place].loaded = true;
	history->commits[place].first_parent = history->nr_parents;
	while (parse_line(&p, "parent ", &parent))
		add_parent(history, place, &parent);
	history->commits[place].time = parse_time(p - 1);
	free(bytes);
	return 0;
}

/* A commit of the range: what it is compared with has to be there. */
static int load_wanted(struct history *history, const struct repository *repo, size_t place, struct error *err)
{
	char hex[HEX_LEN + 1] = "";
	git_oid oid;

	if (load(history, repo, place, err) == 0)
		return 0;
	if (!shallow_is(repo))
		return -1;
	git_oid_fromraw(&oid, history->commits[place].id.bytes);
	git_oid_tostr(hex, sizeof(hex), &oid);
	error_release(err);
	return error_set(err, "the history in this shallow clone ends before commit %.12s; get the rest with: "
			 "git fetch --unshallow; or name a range that ends here: asyncgrep --history=HEAD~1..HEAD", hex);
}

/* -- where the range begins and ends */

static int add_revision(struct history *history, const struct repository *repo, const char *name,
			struct stack *stack, struct error *err)
{
	struct revision revision;
	int result = revision_find(&revision, repo, name, err);

	if (result == 0 && !revision.has_commit)
		result = error_set(err, "'%s' is no commit, so it has no history; to scan it alone: asyncgrep --rev '%s'",
				   name, name);
	if (result == 0)
		push(stack, place_of(history, &revision.commit));
	revision_release(&revision);
	return result;
}

static void push_oid(struct history *history, struct stack *stack, const git_oid *oid)
{
	struct object_id id;

	memcpy(id.bytes, oid->id, OBJECT_ID_LEN);
	push(stack, place_of(history, &id));
}

/* What both of A...B reach is reached from where they parted. */
static void hide_bases(struct history *history, const struct repository *repo, const struct stack *shown,
		       struct stack *hidden)
{
	git_oidarray bases = { NULL, 0 };
	git_oid ids[2];

	for (size_t i = 0; i < 2; i++)
		git_oid_fromraw(&ids[i], history->commits[shown->places[i]].id.bytes);
	if (git_merge_bases(&bases, repo->git, &ids[0], &ids[1]) == 0)
		for (size_t i = 0; i < bases.count; i++)
			push_oid(history, hidden, &bases.ids[i]);
	git_oidarray_dispose(&bases);
}

static int add_range(struct history *history, const struct repository *repo, const char *range,
		     struct stack *shown, struct stack *hidden, struct error *err)
{
	const char *dots = strstr(range, ".."), *end = dots && dots[2] == '.' ? dots + 3 : dots + 2;
	char *start = xmemdupz(range, dots ? (size_t)(dots - range) : strlen(range));
	bool both = dots && dots[2] == '.';
	int result = add_revision(history, repo, *start ? start : "HEAD", dots && !both ? hidden : shown, err);

	if (result == 0 && dots)
		result = add_revision(history, repo, *end ? end : "HEAD", shown, err);
	if (result == 0 && both)
		hide_bases(history, repo, shown, hidden);
	free(start);
	return result;
}

/* Those that name a commit, or a tag of one. */
static int add_references(struct history *history, const struct repository *repo, struct stack *shown,
			  struct error *err)
{
	git_reference_iterator *iterator = NULL;
	git_reference *reference;
	int code = git_reference_iterator_new(&iterator, repo->git);

	while (code == 0 && (code = git_reference_next(&reference, iterator)) == 0) {
		git_object *commit = NULL;

		if (git_reference_peel(&commit, reference, GIT_OBJECT_COMMIT) == 0)
			push_oid(history, shown, git_object_id(commit));
		git_object_free(commit);
		git_reference_free(reference);
	}
	git_reference_iterator_free(iterator);
	if (code < 0 && code != GIT_ITEROVER)
		return error_set(err, "cannot read the references: %s; find the damage with: git fsck", repository_git_error());
	return 0;
}

/* -- what they reach */

static int hide(struct history *history, const struct repository *repo, struct stack *stack, struct error *err)
{
	bool shallow = shallow_is(repo);

	while (stack->nr && !interrupted()) {
		size_t place = stack->places[--stack->nr];

		if (history->commits[place].hidden)
			continue;
		history->commits[place].hidden = true;
		if (load(history, repo, place, err) < 0) {
			/* Behind its end there is nothing to be left out. */
			if (!shallow)
				return -1;
			error_release(err);
			continue;
		}
		for (size_t i = 0; i < history->commits[place].nr_parents; i++)
			push(stack, history->parents[history->commits[place].first_parent + i]);
	}
	return 0;
}

/* Each commit of the range is counted once as a child of each of its parents. */
static int show(struct history *history, const struct repository *repo, struct stack *stack, struct error *err)
{
	while (stack->nr && !interrupted()) {
		size_t place = stack->places[--stack->nr];

		if (history->commits[place].hidden || history->commits[place].wanted)
			continue;
		if (load_wanted(history, repo, place, err) < 0)
			return -1;
		history->commits[place].wanted = true;
		history->nr_order++;
		for (size_t i = 0; i < history->commits[place].nr_parents; i++) {
			size_t parent = history->parents[history->commits[place].first_parent + i];

			history->commits[parent].children++;
			/* Hidden ones are compared with as well. */
			if (load_wanted(history, repo, parent, err) < 0)
				return -1;
			push(stack, parent);
		}
	}
	return 0;
}

/* -- their order */

struct by_time {
	long long time;
	size_t place;
};

/* Newest first. */
static int compare_time(const void *a, const void *b)
{
	const struct by_time *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? 1 : -1;
	return (x->place > y->place) - (x->place < y->place);
}

static void find_tips(struct history *history)
{
	struct by_time *tips = xcalloc(history->nr, sizeof(*tips));

	for (size_t i = 0; i < history->nr; i++)
		if (history->commits[i].wanted && !history->commits[i].children)
			tips[history->nr_tips++] = (struct by_time){ history->commits[i].time, i };
	if (history->nr_tips)
		qsort(tips, history->nr_tips, sizeof(*tips), compare_time);
	history->tips = xcalloc(history->nr_tips, sizeof(*history->tips));
	for (size_t i = 0; i < history->nr_tips; i++)
		history->tips[i] = tips[i].place;
	free(tips);
}

/* As git log --topo-order: one line of history after the other. */
static void put_in_order(struct history *history)
{
	struct stack ready = { NULL, 0, 0 };
	size_t nr = 0;

	history->order = xcalloc(history->nr_order, sizeof(*history->order));
	for (size_t i = history->nr_tips; i-- > 0;)
		push(&ready, history->tips[i]);
	while (ready.nr) {
		size_t place = ready.places[--ready.nr];
		const struct history_commit *commit = &history->commits[place];

		history->order[nr++] = place;
		for (size_t i = 0; i < commit->nr_parents; i++) {
			struct history_commit *parent = &history->commits[history->parents[commit->first_parent + i]];

			if (--parent->children == 0 && parent->wanted)
				push(&ready, (size_t)(parent - history->commits));
		}
	}
	history->nr_order = nr;
	free(ready.places);
}

int history_walk(struct history *history, const struct repository *repo, const char *range, bool all,
		 struct error *err)
{
	struct stack shown = { NULL, 0, 0 }, hidden = { NULL, 0, 0 };
	int result = 0;

	memset(history, 0, sizeof(*history));
	if (!all || *range || git_repository_head_unborn(repo->git) == 0)
		result = add_range(history, repo, range, &shown, &hidden, err);
	if (result == 0 && all)
		result = add_references(history, repo, &shown, err);
	if (result == 0)
		result = hide(history, repo, &hidden, err);
	if (result == 0)
		result = show(history, repo, &shown, err);
	if (result == 0) {
		find_tips(history);
		put_in_order(history);
	}
	free(shown.places);
	free(hidden.places);
	return result;
}

void history_release(struct history *history)
{
	struct history_name *name, *next;

	HASH_ITER(hh, history->names, name, next) {
		HASH_DEL(history->names, name);
		free(name);
	}
	free(history->commits);
	free(history->parents);
	free(history->order);
	free(history->tips);
	memset(history, 0, sizeof(*history));
}
