/* SPDX-License-Identifier: MIT
 *
 * Tracked files as they stand in the working tree: the index says which they
 * are, the work tree what is in them. With --untracked also what git would
 * list as untracked.
 */
#include "target/git_target.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "target/attribute_filter.h"
#include "target/beneath.h"
#include "target/pyname.h"
#include "target/survey.h"
#include "target/untracked.h"

struct worktree {
	struct git_target git;
	struct beneath beneath;
	struct beneath_folder *folder; /* while files are listed */
	struct survey survey;    /* of the outermost index; not made unless target_options.know */
	size_t *places;          /* of each entry, by target_entry.index: where it is in that index, or NO_PLACE; NULL: unknown */
	const char **submodules; /* those that are still to be listed, and were */
	size_t nr, alloc;
};

/* The place in the index of an entry that is, as long as it is unchanged, what git stores. */
static size_t place_of(const struct worktree *worktree, const struct target_entry *entry)
{
	return worktree->places && !entry->converted ? worktree->places[entry->index] : NO_PLACE;
}

static void know_entry(const struct target *target, const struct target_entry *entry, struct target_content *content)
{
	const struct worktree *worktree = target->data;
	size_t place = place_of(worktree, entry);
	struct index_entry stored;

	if (!survey_size(&worktree->survey, place, &content->len))
		return;
	index_entry_at(&worktree->git.index, place, &stored);
	content->id = stored.id;
	content->known = KNOWN_STORED;
}

/* That the file is as the index has it is asked when it was read: before that it may still change. */
static int read_and_know(struct worktree *worktree, const struct target_entry *entry, struct beneath_folder **folder,
			 struct target_content *content, enum target_skip *skip, struct error *err)
{
	size_t place = place_of(worktree, entry);
	struct stat after;
	int result = beneath_read(&worktree->beneath, folder, worktree->git.paths[entry->index],
				  place == NO_PLACE ? NULL : &after, &content->bytes, &content->len, skip, err);

	if (result == 0 && place != NO_PLACE && (size_t)after.st_size == content->len &&
	    index_is_fresh(&worktree->git.index, place, &after, &content->id))
		content->known = KNOWN_STORED;
	return result;
}

static int read_entry(struct target_reader *reader, const struct target_entry *entry, struct target_content *content,
		      enum target_skip *skip, struct error *err)
{
	struct worktree *worktree = reader->target->data;
	size_t size;
	int result = content ? read_and_know(worktree, entry, &reader->folder, content, skip, err) :
			       beneath_open(&worktree->beneath, &reader->folder, worktree->git.paths[entry->index], NULL,
					    &size, skip, err);

	return result < 0 ? error_prefix(err, "%s", entry->path) : result;
}

static void release(struct target *target)
{
	struct worktree *worktree = target->data;

	git_target_release(&worktree->git);
	beneath_folder_free(worktree->folder);
	beneath_release(&worktree->beneath);
	survey_release(&worktree->survey);
	free(worktree->places);
	free(worktree->submodules);
	free(worktree);
}

static const struct target_ops worktree_ops = { read_entry, release, know_entry, git_target_in_worktree, true };

/* Reads the first line of a file whose name does not tell. 1: Python; 0: not, *skip says why; -1: error. */
static int is_python(struct target *target, const char *path, enum target_skip *skip, struct error *err)
{
	struct worktree *worktree = target->data;
	size_t size;
	int fd, result = beneath_open(&worktree->beneath, &worktree->folder, path, &fd, &size, skip, err);

	if (result)
		return result < 0 ? -1 : 0;
	*skip = SKIP_NOT_PYTHON;
	return shebang_and_close(fd, err);
}

/* Adds a path, at a place in the index, if it is a Python file. */
static void consider(struct target *target, const char *path, bool executable, size_t place)
{
	enum pyname name = pyname_of(path, executable);
	enum target_skip skip = SKIP_NOT_PYTHON;
	struct error err = { 0 };
	int python = name == PYNAME_YES;

	if (name == PYNAME_MAYBE)
		python = is_python(target, path, &skip, &err);
	if (python > 0) {
		target_add(target, path, place);
	} else if (python == 0) {
		target_leave_out(target, path, skip);
	} else {
		/* Whether it should have been scanned cannot be told; that is an error of this file, not of all. */
		error_prefix(&err, "%s", path);
		complain_error(&err);
	}
}

/*
 * Is a file that could be Python gone because a sparse checkout leaves it out? What is there all the same is scanned.
 */
static bool is_sparse(struct worktree *worktree, const char *path, const struct index_entry *entry)
{
	struct error err = { NULL };
	enum target_skip skip;
	size_t size;
	bool gone = entry->skip_worktree && pyname_of(path, entry->mode == MODE_EXECUTABLE) != PYNAME_NO &&
		    beneath_open(&worktree->beneath, &worktree->folder, path, NULL, &size, &skip, &err) > 0 &&
		    skip == SKIP_DELETED;

	error_release(&err);
	return gone;
}

/* This repository, or a submodule, whose files are listed. */
struct module {
	struct worktree *worktree;
	struct git_target *git; /* of it: its repository and index */
	const char *prefix;     /* where it stands, as "lib/", from the top of the outermost one; "" for that */
};

/* A path of the module from the outermost top. */
static const char *full_path(const struct module *module, const char *path)
{
	struct arena *arena = &module->worktree->git.arena;
	size_t prefix = strlen(module->prefix), len = strlen(path);
	char *full;

	if (!prefix)
		return path;
	full = arena_alloc(arena, prefix + len + 1);
	memcpy(full, module->prefix, prefix);
	memcpy(full + prefix, path, len);
	return full;
}

static void take_submodule(struct target *target, const struct target_options *options, const char *path)
{
	struct worktree *worktree = target->data;

	if (!options->recurse_submodules) {
		if (pathspec_match(&worktree->git.pathspec, path))
			target_leave_out(target, path, SKIP_SUBMODULE);
		return;
	}
	ARRAY_GROW(worktree->submodules, worktree->nr + 1, worktree->alloc);
	worktree->submodules[worktree->nr++] = path;
}

static void list_tracked(struct target *target, const struct target_options *options, const struct module *module)
{
	struct worktree *worktree = target->data;
	const char *previous = "";
	struct index_entry entry;

	for (size_t i = 0; i < module->git->index.nr; i++) {
		index_entry_at(&module->git->index, i, &entry);
		/* The stages of a conflict are one file here. */
		if (entry.stage && strcmp(entry.path, previous) == 0)
			continue;
		previous = entry.path;
		if (!*module->prefix)
			survey_note(&worktree->survey, entry.path);
		entry.path = full_path(module, entry.path);
		if ((entry.mode & MODE_TYPE) == MODE_SUBMODULE)
			take_submodule(target, options, entry.path);
		else if (!pathspec_match(&worktree->git.pathspec, entry.path))
			continue;
		else if (is_sparse(worktree, entry.path, &entry))
			target_leave_out(target, entry.path, SKIP_SPARSE);
		else
			consider(target, entry.path, entry.mode == MODE_EXECUTABLE, *module->prefix ? NO_PLACE : i);
	}
}

static void take_untracked(void *data, const char *path, enum untracked what)
{
	struct target *target = data;
	struct worktree *worktree = target->data;
	bool executable = what == UNTRACKED_EXECUTABLE;
	static const enum target_skip skips[] = {
		[UNTRACKED_SYMLINK] = SKIP_SYMLINK,
		[UNTRACKED_SPECIAL] = SKIP_NOT_REGULAR,
		[UNTRACKED_IGNORED] = SKIP_IGNORED,
		[UNTRACKED_REPOSITORY] = SKIP_REPOSITORY,
	};

	if (what == UNTRACKED_FILE || executable) {
		if (pathspec_match(&worktree->git.pathspec, path))
			consider(target, arena_strdup(&worktree->git.arena, path), executable, NO_PLACE);
	} else if (target->keep == KEEP_ALL && pathspec_match(&worktree->git.pathspec, path)) {
		target_leave_out(target, path, skips[what]);
	}
}

/* The same where untracked files are not scanned: one is called Python, or could be, by its name. */
static void tell_untracked(void *data, const char *path, enum untracked what)
{
	struct target *target = data;
	struct worktree *worktree = target->data;
	bool executable = what == UNTRACKED_EXECUTABLE;

	if (what != UNTRACKED_FILE && !executable)
		take_untracked(data, path, what);
	else if (pathspec_match(&worktree->git.pathspec, path))
		target_leave_out(target, path,
				 pyname_of(path, executable) == PYNAME_NO ? SKIP_NOT_PYTHON : SKIP_UNTRACKED);
}

/* As git: what the work tree has; where it has nothing, the index. A link is no attributes file. */
static int read_attributes(void *data, const char *path, char **bytes, size_t *len, struct error *err)
{
	const struct module *module = data;
	struct worktree *worktree = module->worktree;
	const char *full = full_path(module, path);
	enum target_skip skip;

	if (module->git == &worktree->git && !survey_may_have(&worktree->survey, path))
		return 1;
	if (beneath_is_gone(&worktree->beneath, full))
		return attribute_filter_read_index(module->git, path, bytes, len, err);
	return beneath_read(&worktree->beneath, &worktree->folder, full, NULL, bytes, len, &skip, err);
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct target_entry *)a)->path, ((const struct target_entry *)b)->path);
}

/* Adds what a submodule tracks. One that is not checked out is counted, one that cannot be read complained of. */
static void list_submodule(struct target *target, const struct target_options *options, const char *path)
{
	struct worktree *worktree = target->data;
	struct git_target git = { .index = { .nr = 0 } };
	struct module module = { worktree, &git, NULL };
	size_t first = target->nr;
	struct error err = { NULL };
	char *prefix = xasprintf("%s/", path);
	int result = repository_open_submodule(&git.repo, &worktree->git.repo, path, &err);

	module.prefix = prefix;
	if (result == 0)
		result = index_open(&git.index, &git.repo, NULL, &err);
	if (result == 0) {
		list_tracked(target, options, &module);
		attribute_filter(target, options, &(struct attribute_source){ first, &git.repo, strlen(prefix),
									      read_attributes, &module, false });
	} else if (result > 0) {
		if (pathspec_match(&worktree->git.pathspec, path))
			target_leave_out(target, path, SKIP_SUBMODULE);
	} else {
		error_prefix(&err, "%s", path);
		complain_error(&err);
	}
	git_target_release(&git);
	free(prefix);
}

/* Untracked files may stand in folders of which nothing is tracked, in which case each is asked by itself. */
static void survey(struct worktree *worktree, const struct target *target, const struct target_options *options)
{
	worktree->survey.partial = options->untracked;
	if (options->know)
		index_read_trust(&worktree->git.index, &worktree->git.repo);
	if (options->know || (!options->untracked && !options->no_attributes))
		survey_make(&worktree->survey, target, options->know ? &worktree->git.index : NULL, &worktree->beneath,
			    options->jobs);
}

static void list(struct target *target, const struct target_options *options)
{
	struct worktree *worktree = target->data;
	struct module outermost = { worktree, &worktree->git, "" };

	list_tracked(target, options, &outermost);
	survey(worktree, target, options);
	if (!options->untracked && target->keep == KEEP_ALL)
		untracked_list(&worktree->git.repo, &worktree->git.index, tell_untracked, target);
	if (options->untracked) {
		untracked_list(&worktree->git.repo, &worktree->git.index, take_untracked, target);
		if (target->nr)
			qsort(target->entries, target->nr, sizeof(*target->entries), by_path);
	}
	attribute_filter(target, options, &(struct attribute_source){ .repo = &worktree->git.repo,
								      .read = read_attributes, .data = &outermost,
								      .only_top = survey_found_none(&worktree->survey) });
	/* Submodules of submodules join the end of the list. */
	for (size_t i = 0; i < worktree->nr; i++)
		list_submodule(target, options, worktree->submodules[i]);
	if (worktree->nr && target->nr)
		qsort(target->entries, target->nr, sizeof(*target->entries), by_path);
}

/* git_target_finish has another use for target_entry.index. */
static void note_places(struct target *target)
{
	struct worktree *worktree = target->data;

	worktree->places = xreallocarray(NULL, target->nr, sizeof(*worktree->places));
	for (size_t i = 0; i < target->nr; i++)
		worktree->places[i] = target->entries[i].index;
}

int target_open_worktree(struct target *target, const struct target_options *options, struct error *err)
{
	struct worktree *worktree = xcalloc(1, sizeof(*worktree));

	target->data = worktree;
	target->ops = &worktree_ops;
	target->git = &worktree->git;
	target->repo = &worktree->git.repo;
	worktree->beneath = BENEATH_CLOSED;
	if (git_target_open(&worktree->git, options, err) < 0 ||
	    beneath_init(&worktree->beneath, worktree->git.repo.worktree, err) < 0)
		return -1;
	list(target, options);
	if (git_target_check_pathspec(&worktree->git, options, err) < 0)
		return -1;
	if (options->know)
		note_places(target);
	git_target_finish(&worktree->git, target);
	return 0;
}
