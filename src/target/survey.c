/* SPDX-License-Identifier: MIT
 *
 * Entries come sorted by path, and a thread takes many at a time: where the folder is
 * that of the entry before, there is nothing to look at but the file.
 */
#include "target/survey.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/threads.h"

#ifndef O_PATH
#define O_PATH O_RDONLY
#endif

#define ATTRIBUTES ".gitattributes"
#define ENTRIES_AT_A_TIME 512
#define CHANGED UINT32_MAX

/* What the threads share. */
struct surveying {
	struct survey *survey;
	const struct target *target;
	const struct index *index; /* NULL: files are not looked at */
	struct beneath *beneath;
	atomic_size_t next;
	pthread_mutex_t lock; /* guards survey->attributes */
};

/* A folder on the way to where a thread is, opened from the one before, so that no symbolic link is on it. */
struct level {
	size_t len; /* of its path, with its slash */
	int fd;     /* -1: it cannot be opened */
};

/* Where a thread is. */
struct place {
	struct strbuf name;   /* scratch */
	const char *folder;   /* of the entry before: the start of its path; "": the top */
	size_t len;           /* of folder, with its slash */
	struct level *levels; /* owned; from below the top to there */
	size_t nr, alloc;
};

static void add_attributes(struct survey *survey, const char *path)
{
	ARRAY_GROW(survey->attributes, survey->nr_attributes + 1, survey->alloc);
	survey->attributes[survey->nr_attributes++] = xstrdup(path);
}

void survey_note(struct survey *survey, const char *path)
{
	size_t len = strlen(path), own = sizeof(ATTRIBUTES) - 1;

	if (len >= own && memcmp(path + len - own, ATTRIBUTES, own) == 0 && (len == own || path[len - own - 1] == '/'))
		add_attributes(survey, path);
}

/* One at a path from an open folder. Whether there is one is told by whoever opens it, where it is not sure. */
static void look_for_attributes(struct surveying *surveying, int fd, const char *at, const char *folder, size_t len)
{
	struct stat st;
	char *path;

	if (fd >= 0 && fstatat(fd, at, &st, AT_SYMLINK_NOFOLLOW) < 0 && errno == ENOENT)
		return;
	path = xasprintf("%.*s" ATTRIBUTES, (int)len, folder);
	pthread_mutex_lock(&surveying->lock);
	add_attributes(surveying->survey, path);
	pthread_mutex_unlock(&surveying->lock);
	free(path);
}

/* The folder, -1 where it cannot be opened. */
static int folder_of(const struct surveying *surveying, const struct place *place)
{
	return place->nr ? place->levels[place->nr - 1].fd : surveying->beneath->top;
}

static void leave_to(struct place *place, size_t len)
{
	for (; place->nr && place->levels[place->nr - 1].len > len; place->nr--)
		if (place->levels[place->nr - 1].fd >= 0)
			close(place->levels[place->nr - 1].fd);
}

/* Goes on to a folder in the one where the thread is: path as far as the slash at len - 1. */
static void descend(struct surveying *surveying, struct place *place, const char *path, size_t len)
{
	size_t start = place->nr ? place->levels[place->nr - 1].len : 0;
	int fd = folder_of(surveying, place);

	strbuf_setlen(&place->name, 0);
	strbuf_add(&place->name, path + start, len - 1 - start);
	if (fd >= 0)
		fd = openat(fd, place->name.buf, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	look_for_attributes(surveying, fd, ATTRIBUTES, path, len);
	ARRAY_GROW(place->levels, place->nr + 1, place->alloc);
	place->levels[place->nr++] = (struct level){ len, fd };
}

/* The same where no file is looked at: the folder need not be opened. */
static void pass(struct surveying *surveying, struct place *place, const char *path, size_t len)
{
	strbuf_setlen(&place->name, 0);
	strbuf_add(&place->name, path, len);
	strbuf_addstr(&place->name, ATTRIBUTES);
	look_for_attributes(surveying, surveying->beneath->top, place->name.buf, path, len);
}

/* Goes to the folder of a path, from the last one that it shares with the entry before. */
static void enter(struct surveying *surveying, struct place *place, const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash + 1 - path) : 0, common = 0;

	if (len == place->len && memcmp(path, place->folder, len) == 0)
		return;
	for (size_t i = 0; i < len && i < place->len && path[i] == place->folder[i]; i++)
		if (path[i] == '/')
			common = i + 1;
	leave_to(place, common);
	for (size_t i = common; i < len; i++)
		if (path[i] == '/' && surveying->index)
			descend(surveying, place, path, i + 1);
		else if (path[i] == '/')
			pass(surveying, place, path, i + 1);
	place->folder = path;
	place->len = len;
}

static void look_at(struct surveying *surveying, struct place *place, const struct target_entry *entry)
{
	struct object_id id;
	struct stat st;
	int fd;

	if (entry->index == NO_PLACE)
		return;
	enter(surveying, place, entry->path);
	if (!surveying->index)
		return;
	fd = folder_of(surveying, place);
	if (fd >= 0 && fstatat(fd, entry->path + place->len, &st, AT_SYMLINK_NOFOLLOW) == 0 && st.st_size < CHANGED &&
	    index_is_fresh(surveying->index, entry->index, &st, &id))
		surveying->survey->sizes[entry->index] = (uint32_t)st.st_size;
}

static void work(void *data)
{
	struct surveying *surveying = data;
	const struct target *target = surveying->target;
	size_t at;

	while ((at = atomic_fetch_add(&surveying->next, ENTRIES_AT_A_TIME)) < target->nr) {
		struct place place = { .name = STRBUF_INIT, .folder = "" };

		for (size_t i = at; i < target->nr && i < at + ENTRIES_AT_A_TIME; i++)
			look_at(surveying, &place, &target->entries[i]);
		leave_to(&place, 0);
		free(place.levels);
		strbuf_release(&place.name);
	}
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void survey_make(struct survey *survey, const struct target *target, const struct index *index, struct beneath *beneath,
		 unsigned jobs)
{
	struct surveying surveying = { .survey = survey, .target = target, .index = index, .beneath = beneath,
				       .lock = PTHREAD_MUTEX_INITIALIZER };

	survey->made = true;
	if (index) {
		survey->nr = index->nr;
		survey->sizes = xreallocarray(NULL, index->nr + 1, sizeof(*survey->sizes));
		memset(survey->sizes, 0xff, (index->nr + 1) * sizeof(*survey->sizes));
	}
	threads_run(threads_number(jobs, target->nr / ENTRIES_AT_A_TIME + 1), THREADS_FILES_APART, work, &surveying);
	if (survey->nr_attributes)
		qsort(survey->attributes, survey->nr_attributes, sizeof(*survey->attributes), by_text);
}

bool survey_size(const struct survey *survey, size_t place, size_t *size)
{
	if (place >= survey->nr || survey->sizes[place] == CHANGED)
		return false;
	*size = survey->sizes[place];
	return true;
}

bool survey_may_have(const struct survey *survey, const char *path)
{
	if (!survey->made || survey->partial || !strchr(path, '/'))
		return true;
	return survey->nr_attributes && bsearch(&path, survey->attributes, survey->nr_attributes,
						sizeof(*survey->attributes), by_text);
}

bool survey_found_none(const struct survey *survey)
{
	return survey->made && !survey->partial && !survey->nr_attributes;
}

void survey_release(struct survey *survey)
{
	for (size_t i = 0; i < survey->nr_attributes; i++)
		free(survey->attributes[i]);
	free(survey->attributes);
	free(survey->sizes);
	memset(survey, 0, sizeof(*survey));
}
