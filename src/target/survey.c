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

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/threads.h"

#define ATTRIBUTES ".gitattributes"
#define ENTRIES_AT_A_TIME 512
#define CHANGED UINT32_MAX

/* What the threads share. */
struct surveying {
	struct survey *survey;
	const struct target *target;
	const struct index *index;
	struct beneath *beneath;
	atomic_size_t next;
	pthread_mutex_t lock; /* guards survey->attributes */
};

/* Where a thread is. */
struct place {
	struct strbuf path;  /* scratch */
	const char *folder;  /* of the entry before: the start of its path; "": the top */
	size_t len;          /* of folder, with its slash */
	int fd;              /* of it; -1: no way leads there without a symbolic link */
	struct beneath_folder *kept; /* owned; what fd belongs to */
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

/* Whether there is one is told by whoever opens it, where it is not sure. */
static void look_for_attributes(struct surveying *surveying, struct place *place, int fd, const char *name,
				const char *folder, size_t len)
{
	struct stat st;

	if (fd >= 0 && fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) < 0 && errno == ENOENT)
		return;
	strbuf_setlen(&place->path, 0);
	strbuf_add(&place->path, folder, len);
	strbuf_addstr(&place->path, ATTRIBUTES);
	pthread_mutex_lock(&surveying->lock);
	add_attributes(surveying->survey, place->path.buf);
	pthread_mutex_unlock(&surveying->lock);
}

/* A folder that is passed through, of which the path ends in a slash. */
static void pass(struct surveying *surveying, struct place *place, const char *folder, size_t len)
{
	strbuf_setlen(&place->path, 0);
	strbuf_add(&place->path, folder, len);
	strbuf_addstr(&place->path, ATTRIBUTES);
	look_for_attributes(surveying, place, surveying->beneath->top, place->path.buf, folder, len);
}

/* Goes to the folder of a path, through those on the way that the folder before is not in. */
static void enter(struct surveying *surveying, struct place *place, const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash + 1 - path) : 0, common = 0;
	const char *name;

	if (len == place->len && memcmp(path, place->folder, len) == 0)
		return;
	for (size_t i = 0; i < len && i < place->len && path[i] == place->folder[i]; i++)
		if (path[i] == '/')
			common = i + 1;
	for (size_t i = common; i + 1 < len; i++)
		if (path[i] == '/')
			pass(surveying, place, path, i + 1);
	place->fd = beneath_enter(surveying->beneath, &place->kept, path, &name);
	if (common < len)
		look_for_attributes(surveying, place, place->fd, ATTRIBUTES, path, len);
	place->folder = path;
	place->len = len;
}

static void look_at(struct surveying *surveying, struct place *place, const struct target_entry *entry)
{
	struct object_id id;
	struct stat st;

	if (entry->index == NO_PLACE)
		return;
	enter(surveying, place, entry->path);
	if (place->fd >= 0 && fstatat(place->fd, entry->path + place->len, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    st.st_size < CHANGED && index_is_fresh(surveying->index, entry->index, &st, &id))
		surveying->survey->sizes[entry->index] = (uint32_t)st.st_size;
}

static void work(void *data)
{
	struct surveying *surveying = data;
	const struct target *target = surveying->target;
	size_t at;

	while ((at = atomic_fetch_add(&surveying->next, ENTRIES_AT_A_TIME)) < target->nr) {
		struct place place = { .path = STRBUF_INIT, .folder = "", .fd = surveying->beneath->top };

		for (size_t i = at; i < target->nr && i < at + ENTRIES_AT_A_TIME; i++)
			look_at(surveying, &place, &target->entries[i]);
		beneath_folder_free(place.kept);
		strbuf_release(&place.path);
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

	survey->nr = index->nr;
	survey->sizes = xreallocarray(NULL, index->nr + 1, sizeof(*survey->sizes));
	memset(survey->sizes, 0xff, (index->nr + 1) * sizeof(*survey->sizes));
	threads_run(threads_number(jobs, target->nr / ENTRIES_AT_A_TIME + 1), work, &surveying);
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
	if (!survey->sizes || survey->partial || !strchr(path, '/'))
		return true;
	return survey->nr_attributes && bsearch(&path, survey->attributes, survey->nr_attributes,
						sizeof(*survey->attributes), by_text);
}

void survey_release(struct survey *survey)
{
	for (size_t i = 0; i < survey->nr_attributes; i++)
		free(survey->attributes[i]);
	free(survey->attributes);
	free(survey->sizes);
	memset(survey, 0, sizeof(*survey));
}
