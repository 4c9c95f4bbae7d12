/* SPDX-License-Identifier: MIT
 *
 * Rules and index are read on the thread that is begun, libgit2 is started on
 * this one: it takes longer, and where it ends nobody has to be woken.
 */
#include "cli/startup.h"

#include "base/threads.h"
#include "git/library.h"

struct reading {
	const struct options *options;
	struct ruleset *set;
	struct index *ahead;
	struct error err;
};

/* Is git asked for certain? */
static bool asks_git(const struct options *options)
{
	return (options->action == ACTION_SCAN || options->action == ACTION_LIST_FILES ||
		options->action == ACTION_SHOW_CONFIG) && target_origin(options->target.kind) != FROM_FILES;
}

static bool needs_index(const struct options *options)
{
	enum target_origin origin = target_origin(options->target.kind);

	return options->action != ACTION_SHOW_CONFIG && (origin == FROM_WORKTREE || origin == FROM_INDEX);
}

static void read_rules(struct reading *reading)
{
	const struct options *options = reading->options;
	bool samples = options->action == ACTION_EXPLAIN || options->action == ACTION_LIST_RULES;

	if (options->action == ACTION_LIST_FILES || ruleset_add_builtin(reading->set, samples, &reading->err))
		return;
	if (options->action == ACTION_SCAN && !options->patterns.nr)
		ruleset_compile(reading->set);
}

static void read_beside(void *data)
{
	struct reading *reading = data;

	read_rules(reading);
	if (needs_index(reading->options))
		index_open_ahead(reading->ahead);
}

/* A failure is met again, and told, by whoever opens a repository. */
static void start_library(void)
{
	struct error err = { NULL };

	library_start(&err);
	error_release(&err);
}

int startup(struct options *options, struct ruleset *set, struct index *ahead, struct error *err)
{
	struct reading reading = { .options = options, .set = set, .ahead = ahead };
	struct beside beside;

	memset(ahead, 0, sizeof(*ahead));
	options->target.index_ahead = ahead;
	if (asks_git(options)) {
		beside_begin(&beside, read_beside, &reading);
		start_library();
		beside_finish(&beside);
	} else {
		read_rules(&reading);
	}
	*err = reading.err;
	return err->message ? -1 : 0;
}

int startup_reconsider(const struct settings *settings, struct ruleset *set, struct error *err)
{
	if (!set->compiled || !settings_have_rules(settings))
		return 0;
	ruleset_release(set);
	ruleset_init(set);
	return ruleset_add_builtin(set, false, err);
}
