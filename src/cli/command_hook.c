/* SPDX-License-Identifier: MIT
 *
 * --install-hook and --uninstall-hook: a pre-commit hook of three lines. A
 * hook is ours as long as it is just these; anything else is somebody's work
 * and is left alone.
 */
#include "cli/command.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "git/hooks.h"

/* What our hooks begin with; the line behind it runs the program. */
static const char beginning[] =
	"#!/bin/sh\n"
	"# Written by asyncgrep --install-hook; asyncgrep --uninstall-hook takes it away.\n"
	"exec asyncgrep --staged";

enum owner { NOBODY, US, SOMEBODY };

struct hook {
	struct repository repo;
	struct hooks hooks;
	char *path;
};

static int open_hook(struct hook *hook, struct error *err)
{
	if (repository_open(&hook->repo, err) < 0 || repository_require_worktree(&hook->repo, err) < 0)
		return -1;
	hooks_find(&hook->hooks, &hook->repo);
	hook->path = xasprintf("%s/pre-commit", hook->hooks.folder);
	return 0;
}

static void close_hook(struct hook *hook)
{
	free(hook->path);
	hooks_release(&hook->hooks);
	repository_close(&hook->repo);
}

/* Is this text what we wrote, and nothing more? */
static bool is_ours(const char *text)
{
	size_t len = strlen(beginning);
	const char *end = strncmp(text, beginning, len) == 0 ? strchr(text + len, '\n') : NULL;

	return end && !end[1];
}

static int find_owner(const char *path, enum owner *owner, struct error *err)
{
	struct stat st;
	char text[65536];
	size_t len;
	FILE *file;

	*owner = NOBODY;
	if (lstat(path, &st) < 0)
		return errno == ENOENT ? 0 : error_set(err, "%s: %s", path, strerror(errno));
	*owner = SOMEBODY;
	/* A link may lead to a file that other repositories share. */
	if (!S_ISREG(st.st_mode))
		return 0;
	file = fopen(path, "r");
	if (!file)
		return error_set(err, "%s: %s", path, strerror(errno));
	len = fread(text, 1, sizeof(text) - 1, file);
	text[len] = '\0';
	fclose(file);
	if (strlen(text) == len && is_ours(text))
		*owner = US;
	return 0;
}

/* A word as sh reads it. */
static void add_quoted(struct strbuf *out, const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:,=@%+^~";

	if (*word && *word != '~' && !word[strspn(word, plain)]) {
		strbuf_addstr(out, word);
		return;
	}
	strbuf_addch(out, '\'');
	for (; *word; word++)
		if (*word == '\'')
			strbuf_addstr(out, "'\\''");
		else
			strbuf_addch(out, *word);
	strbuf_addch(out, '\'');
}

/* " --since HEAD": the options that the hook is to have, too. */
static void add_options(struct strbuf *out, const struct options *options)
{
	for (int i = 0; i < options->nr_words; i++) {
		const char *word = options->words[i];

		if (strcmp(word, "--install-hook") == 0 || strcmp(word, "--staged") == 0)
			continue;
		strbuf_addch(out, ' ');
		add_quoted(out, word);
	}
}

static int write_all(int fd, const struct strbuf *text)
{
	for (size_t done = 0; done < text->len;) {
		ssize_t written = write(fd, text->buf + done, text->len - done);

		if (written < 0)
			return -1;
		done += (size_t)written;
	}
	return 0;
}

/* Puts a whole file in place at once; what somebody else puts there meanwhile stays. */
static int write_hook(const char *path, const struct strbuf *text, bool replace, struct error *err)
{
	char *draft = xasprintf("%s.XXXXXX", path);
	int fd = mkstemp(draft), result = 0;
	mode_t mask = umask(0);

	umask(mask);
	if (fd < 0 || write_all(fd, text) < 0 || fchmod(fd, 0777 & ~mask) < 0)
		result = error_set(err, "%s: %s", path, strerror(errno));
	if (fd >= 0 && close(fd) < 0 && result == 0)
		result = error_set(err, "%s: %s", path, strerror(errno));
	if (result == 0 && (replace ? rename(draft, path) : link(draft, path)) < 0)
		result = error_set(err, "%s: %s", path, strerror(errno));
	if (fd >= 0)
		unlink(draft);
	free(draft);
	return result;
}

static int make_folder(const char *folder, struct error *err)
{
	if (mkdir(folder, 0777) == 0 || errno == EEXIST)
		return 0;
	return error_set(err, "%s: %s; make it with: mkdir -p '%s'", folder, strerror(errno), folder);
}

static int install(const struct hook *hook, const struct options *options, struct error *err)
{
	struct strbuf text = STRBUF_INIT, words = STRBUF_INIT;
	enum owner owner;
	int result;

	add_options(&words, options);
	strbuf_addf(&text, "%s%s\n", beginning, words.buf);
	result = find_owner(hook->path, &owner, err);
	if (result == 0 && strchr(words.buf, '\n'))
		result = error_set(err, "a line feed in an option cannot be written into a hook");
	if (result == 0 && owner == SOMEBODY)
		result = error_set(err, "'%s' is a hook that asyncgrep did not write; to have both, put this line into it: "
				   "asyncgrep --staged%s || exit", hook->path, words.buf);
	if (result == 0)
		result = make_folder(hook->hooks.folder, err);
	if (result == 0)
		result = write_hook(hook->path, &text, owner == US, err);
	if (result == 0)
		printf("%s: runs asyncgrep --staged%s before each commit\n", hook->path, words.buf);
	if (result == 0 && hook->hooks.shared)
		note("core.hooksPath says so; every repository that it is set for runs this hook");
	strbuf_release(&text);
	strbuf_release(&words);
	return result;
}

enum exit_status command_install_hook(const struct options *options)
{
	struct hook hook = { .path = NULL };
	struct error err = { NULL };
	int result = open_hook(&hook, &err);

	/* A hook runs at the top, where relative paths would mean something else. */
	if (result == 0 && *hook.repo.prefix && options->patterns.nr)
		result = error_set(&err, "with '--patterns', install the hook from the top of the work tree: cd '%s'",
				   hook.repo.worktree);
	if (result == 0)
		result = install(&hook, options, &err);
	if (result < 0)
		complain_error(&err);
	close_hook(&hook);
	return result < 0 ? EXIT_TROUBLE : EXIT_CLEAN;
}

static int uninstall(const struct hook *hook, struct error *err)
{
	enum owner owner;

	if (find_owner(hook->path, &owner, err) < 0)
		return -1;
	if (owner == SOMEBODY)
		return error_set(err, "'%s' has lines that asyncgrep did not write; take its line out with an editor",
				 hook->path);
	if (owner == NOBODY)
		note("there is no hook '%s'", hook->path);
	else if (unlink(hook->path) < 0)
		return error_set(err, "%s: %s", hook->path, strerror(errno));
	return 0;
}

enum exit_status command_uninstall_hook(const struct options *options)
{
	struct hook hook = { .path = NULL };
	struct error err = { NULL };
	int result = open_hook(&hook, &err);

	(void)options;
	if (result == 0)
		result = uninstall(&hook, &err);
	if (result < 0)
		complain_error(&err);
	close_hook(&hook);
	return result < 0 ? EXIT_TROUBLE : EXIT_CLEAN;
}
