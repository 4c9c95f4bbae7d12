/* SPDX-License-Identifier: MIT
 *
 * What does not go together: a combination that would have no effect, or two,
 * is refused here and nowhere else.
 */
#include "cli/options_check.h"

#include "base/alloc.h"
#include "base/day.h"
#include "cli/option_table.h"
#include "scan/ignores.h"

struct kind_name options_kind_name(enum target_kind kind)
{
	struct kind_name name = { "'-'" };

	for (size_t i = 0; i < option_table_nr; i++)
		if (kind != TARGET_WORKTREE && option_table[i].target == (int)kind)
			snprintf(name.text, sizeof(name.text), "'--%s'", option_table[i].long_name);
	return name;
}

static bool takes_paths(const struct options *options)
{
	if (options->action == ACTION_SCAN)
		return true;
	for (size_t i = 0; i < option_table_nr; i++)
		if (option_table[i].action == (int)options->action)
			return option_table[i].flags & OPTION_PATHS;
	return false;
}

/* Is what is scanned one version of something that git knows, and not several? */
static bool has_history(enum target_kind kind)
{
	enum target_origin origin = target_origin(kind);

	return origin == FROM_WORKTREE || origin == FROM_INDEX || origin == FROM_REVISION;
}

static int check_since(const struct options *options, struct error *err)
{
	const char *word = options->since ? "--since" : "--changed-lines";

	if (!options->since && !options->changed_lines)
		return 0;
	if (!has_history(options->target.kind))
		return error_set(err, "'%s' compares with an older version and cannot be used with %s", word,
				 options_kind_name(options->target.kind).text);
	if (options->target.recurse_submodules)
		return error_set(err, "'%s' does not look into submodules and cannot be used with '--recurse-submodules'; "
				 "go into each: git submodule foreach 'asyncgrep %s'", word,
				 options->since ? "--since REV" : word);
	if (!options->since && options->rev)
		return error_set(err, "'--changed-lines' needs '--since REV' where '--rev' is used");
	return 0;
}

/* A baseline is of all that is found, or it would forget what is known. */
static int check_baseline(const struct options *options, struct error *err)
{
	const char *word = options->baseline ? "--baseline" : "--write-baseline";
	const char *other = options->baseline ? "--baseline" : options->since ? "--since" :
			    options->changed_lines ? "--changed-lines" : NULL;

	if (options->write_baseline && other)
		return error_set(err, "'--write-baseline' writes all findings and cannot be used with '%s'", other);
	if (options->prune_baseline && !options->baseline)
		return error_set(err, "'--prune-baseline' needs '--baseline FILE'");
	if ((options->baseline || options->write_baseline) && options->history)
		return error_set(err, "'%s' and '--history' cannot be used together", word);
	return 0;
}

/* Options of which one from either list cannot be used together; each list ends with NULL. */
struct clash {
	const char *const *these, *const *those;
};

static const char *const lists[] = { "files-with-matches", "files-without-match", "count", NULL };
static const char *const findings_only[] = { "format", NULL };
static const char *const lists_without_number[] = { "files-with-matches", "files-without-match", NULL };
static const char *const limits[] = { "max-count", NULL };
static const char *const no_findings[] = { "write-baseline", NULL };
static const char *const around[] = { "after-context", "before-context", "context", "function-context", NULL };
static const char *const several_versions[] = { "history", NULL };
static const char *const statistics[] = { "statistics", NULL };
static const char *const no_numbers[] = { "max-count", "null", "after-context", "before-context", "context",
					  "function-context", "write-baseline", "add-ignores", NULL };
static const char *const unused[] = { "report-unused", NULL };
static const char *const not_judged[] = { "history", "regexp", NULL };

static const char *const caching[] = { "cache-dir", NULL };
static const char *const not_cached[] = { "no-index", NULL };

static const char *const adding[] = { "add-ignores", NULL };
static const char *const not_added[] = { "regexp", "no-suppress", "write-baseline", "files-with-matches",
					 "files-without-match", "count", "max-count", NULL };

static const struct clash clashes[] = {
	{ lists, findings_only },
	{ lists, no_findings },
	{ lists_without_number, limits },
	{ lists, around },
	{ around, no_findings },
	{ around, several_versions },
	{ statistics, no_numbers },
	{ unused, not_judged },
	{ adding, not_added },
	{ caching, not_cached },
};

static const char *first_on(const struct options *options, const char *const *names)
{
	while (*names && !options_on(options, *names))
		names++;
	return *names;
}

static int check_clashes(const struct options *options, struct error *err)
{
	for (size_t i = 0; i < ARRAY_SIZE(clashes); i++) {
		const char *this = first_on(options, clashes[i].these), *that = first_on(options, clashes[i].those);

		if (this && that) {
			char *one = option_typed_name(this), *other = option_typed_name(that);

			error_set(err, "'%s' and '%s' cannot be used together", one, other);
			free(one);
			free(other);
			return -1;
		}
	}
	return 0;
}

static int check_add_ignores(const struct options *options, struct error *err)
{
	const char *needs = options->reason ? "--reason" : options->until ? "--until" : NULL;
	int32_t day;

	if (!options->add_ignores)
		return needs ? error_set(err, "'%s' needs '--add-ignores'", needs) : 0;
	if (options->target.kind != TARGET_WORKTREE)
		return error_set(err, "'--add-ignores' writes into the working tree and cannot be used with %s",
				 options_kind_name(options->target.kind).text);
	if (options->action != ACTION_SCAN)
		return error_set(err, "'--add-ignores' is about a scan, and nothing is scanned");
	if (!options->reason)
		return error_set(err, "'--add-ignores' needs '--reason TEXT'");
	if (options->until && !day_parse(options->until, strlen(options->until), &day))
		return error_set(err, "'--until' wants a day, YYYY-MM-DD, not '%s'", options->until);
	return ignores_check_reason(options->reason, err);
}

/* Lists of files and numbers are no reports. */
static int check_files(const struct options *options, struct error *err)
{
	const char *format = options->format >= 0 ? report_format_at((size_t)options->format)->name : "text";
	const char *word = options->action == ACTION_LIST_FILES ? "--files" :
			   options->listing == LISTING_STATISTICS ? "--statistics" : NULL;

	if (options->why && options->action != ACTION_LIST_FILES)
		return error_set(err, "'--why' needs '--files'");
	if (options->why && options->history)
		return error_set(err, "'--why' is about files, and '--history' has versions of them; try: asyncgrep --files --why "
				 "--rev REV");
	if (word && strcmp(format, "text") != 0 && strcmp(format, "json") != 0)
		return error_set(err, "'%s' has the formats text and json, not %s", word, format);
	return 0;
}

static const char *const about_findings[] = { "files-with-matches", "files-without-match", "count", "statistics",
					      "max-count", "after-context", "before-context", "context",
					      "function-context", "output", "report", "write-baseline", NULL };
static const char *const about_paths[] = { "null", NULL };

/* What would say how findings are shown, where there will be none. */
static int check_scan_only(const struct options *options, struct error *err)
{
	const char *word;
	char *typed;

	if (options->action == ACTION_SCAN || options->action == ACTION_INSTALL_HOOK)
		return 0;
	word = first_on(options, about_findings);
	if (!word && options->action != ACTION_LIST_FILES)
		word = first_on(options, about_paths);
	if (!word)
		return 0;
	typed = option_typed_name(word);
	error_set(err, "'%s' is about a scan, and nothing is scanned", typed);
	free(typed);
	return -1;
}

/* What only some formats have. */
static int check_printing(const struct options *options, struct error *err)
{
	const struct report_format *format = options->format >= 0 ? report_format_at((size_t)options->format) : NULL;

	if (check_clashes(options, err) < 0 || check_add_ignores(options, err) < 0)
		return -1;
	if (options->listing && options->listing != LISTING_STATISTICS && options->history)
		return error_set(err, "'--history' has versions of files, of which there is no list: -l, -L and -c cannot be "
				 "used with it");
	if (format && !format->lines && first_on(options, around))
		return error_set(err, "the format %s has no lines of source: -A, -B, -C and -W are for full and text",
				 format->name);
	if (options->nul && format && !format->nul)
		return error_set(err, "'-z' is for paths, and the format %s has no such thing: use it with text, -l, -L, -c or "
				 "--files", format->name);
	return check_scan_only(options, err);
}

/* Options that would have no effect are a mistake of the one who typed them. */
int options_check(const struct options *options, struct error *err)
{
	enum target_kind kind = options->target.kind;

	if (kind == TARGET_STDIN && options->paths.nr)
		return error_set(err, "'-' (standard input) and '%s' cannot be scanned in one run", options->paths.items[0]);
	if (options->cache_dir && kind == TARGET_STDIN)
		return error_set(err, "'--cache-dir' and '-' cannot be used together: standard input has no cache");
	if (options->stdin_name && kind != TARGET_STDIN)
		return error_set(err, "'--stdin-name' needs '-' (standard input) as the path");
	if (options->target.untracked && kind != TARGET_WORKTREE)
		return error_set(err, "'--untracked' is about the working tree and cannot be used with %s",
				 options_kind_name(kind).text);
	if (options->trusted_config && options_given(options, "config"))
		return error_set(err, "'--trusted-config' and '--config' cannot be used together");
	if (check_since(options, err) < 0)
		return -1;
	if (check_baseline(options, err) < 0)
		return -1;
	if (options->action == ACTION_INSTALL_HOOK && kind != TARGET_WORKTREE && kind != TARGET_STAGED)
		return error_set(err, "'--install-hook' is about '--staged'; other targets cannot be used with it");
	if (options->target.all && !options->history)
		return error_set(err, "'--all' needs '--history'");
	if (options->target.recurse_submodules && kind != TARGET_WORKTREE)
		return error_set(err, "'--recurse-submodules' is about the working tree and cannot be used with %s; scan "
				 "in the submodule: cd SUBMODULE", options_kind_name(kind).text);
	if (options->in && !options->expressions.nr)
		return error_set(err, "'--in' says where '-e' looks, and there is no '-e'");
	if (check_files(options, err) < 0 || check_printing(options, err) < 0)
		return -1;
	if (options->paths.nr && !takes_paths(options))
		return error_set(err, "'%s': no path is expected here", options->paths.items[0]);
	return 0;
}

int options_check_file(const struct options *options, struct error *err)
{
	return check_since(options, err);
}
