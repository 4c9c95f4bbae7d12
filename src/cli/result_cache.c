/* SPDX-License-Identifier: MIT
 *
 * Opening and closing the cache, and --clear-cache.
 */
#include "cli/result_cache.h"

#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/program.h"
#include "cache/folder.h"
#include "cli/command.h"
#include "git/object_hash.h"
#include "rule/regex.h"

#define FOLDER "asyncgrep"

bool result_cache_wanted(const struct options *options)
{
	return options->action == ACTION_SCAN && !options->no_cache && target_origin(options->target.kind) != FROM_FILES;
}

/* malloc'd */
static char *folder_of(const struct options *options, const struct repository *repo)
{
	return options->cache_dir ? xstrdup(options->cache_dir) : xasprintf("%s/" FOLDER, repo->common_dir);
}

static void say(const struct options *options, struct error *what)
{
	if (what->message && options->verbose && !options->quiet)
		note("cache: %s", what->message);
	error_release(what);
}

/*
 * Who looks at somebody else's repository, root above all, leaves nothing in it that its owner could not remove. A folder that was
 * named is the user's own business.
 */
static bool is_own(const struct options *options, const struct repository *repo, struct error *note)
{
	struct stat st;

	if (options->cache_dir || (stat(repo->common_dir, &st) == 0 && st.st_uid == geteuid()))
		return true;
	error_set(note, "none is kept: %s belongs to somebody else", repo->common_dir);
	return false;
}

static void add_part(struct strbuf *out, const char *text)
{
	strbuf_add(out, text, strlen(text) + 1);
}

/* Case is as the locale has it. */
static struct object_id digest_of(const struct scan_options *how, const struct ruleset *set)
{
	const char *locale = setlocale(LC_CTYPE, NULL);
	struct strbuf all = STRBUF_INIT;
	struct object_id digest;

	add_part(&all, ASYNCGREP_VERSION);
	add_part(&all, program_digest);
	add_part(&all, regex_library_version());
	add_part(&all, locale ? locale : "");
	strbuf_addf(&all, "%d%d", how->no_suppress, how->keep_suppressed);
	ruleset_describe(set, &all);
	object_hash(all.buf, all.len, &digest);
	strbuf_release(&all);
	return digest;
}

bool result_cache_open(struct recall *recall, const struct options *options, const struct scan_options *how,
		       const struct ruleset *set, const struct target *target)
{
	const struct repository *repo = target->repo;
	const struct object_id digest = digest_of(how, set);
	struct error note = { NULL };
	bool own = is_own(options, repo, &note);
	char *folder = folder_of(options, repo);

	if (own)
		recall_open(recall, folder, &digest, &note);
	say(options, &note);
	free(folder);
	return own;
}

void result_cache_close(struct recall *recall, const struct options *options)
{
	struct error note = { NULL };

	recall_close(recall, &note);
	say(options, &note);
}

static void print_removed(const struct options *options, const char *folder, size_t files, uint64_t bytes)
{
	if (options->quiet)
		return;
	if (files)
		printf("%s: %zu file%s removed, %.1f MB\n", folder, files, files == 1 ? "" : "s", (double)bytes / 1e6);
	else
		printf("%s: there is no cache\n", folder);
}

enum exit_status command_clear_cache(const struct options *options)
{
	struct repository repo = { .git = NULL };
	struct error err = { NULL };
	uint64_t bytes;
	size_t files;
	int result = options->cache_dir ? 0 : repository_open(&repo, &err);

	if (result == 0) {
		char *folder = folder_of(options, &repo);

		result = cache_folder_clear(folder, &files, &bytes, &err);
		if (result == 0)
			print_removed(options, folder, files, bytes);
		free(folder);
	}
	repository_close(&repo);
	if (result < 0)
		complain_error(&err);
	return result < 0 ? EXIT_TROUBLE : EXIT_CLEAN;
}
