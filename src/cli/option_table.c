/* SPDX-License-Identifier: MIT
 *
 * The options, a row each, in the order of the help.
 */
#include "cli/option_table.h"

#include "cli/completions.h"
#include "cli/options.h"
#include "rule/rule.h"

#define FIELD(name) offsetof(struct options, name)

const char *const option_group_titles[OPTION_GROUP_NR] = {
	[OPTION_GROUP_TARGET] = "What is scanned",
	[OPTION_GROUP_RULES] = "Rules",
	[OPTION_GROUP_OUTPUT] = "Output",
	[OPTION_GROUP_HOOKS] = "Hooks",
	[OPTION_GROUP_GENERAL] = "General",
};

static const char *format_choice(size_t index)
{
	const struct report_format *format = report_format_at(index);

	return format ? format->name : NULL;
}

static const char *color_choice(size_t index)
{
	static const char *const words[] = {
		[COLOR_AUTO] = "auto",
		[COLOR_ALWAYS] = "always",
		[COLOR_NEVER] = "never",
	};

	return index < ARRAY_SIZE(words) ? words[index] : NULL;
}

static const char *fail_on_choice(size_t index)
{
	if (index == FAIL_ON_NEVER)
		return "never";
	return index <= SEVERITY_ERROR ? severity_name((enum severity)index) : NULL;
}

static const char *dump_choice(size_t index)
{
	static const char *const words[] = {
		[DUMP_CODE] = "code",
		[DUMP_BLOCKS] = "blocks",
		[DUMP_OUTLINE] = "outline",
		[DUMP_NAMES] = "names",
		[DUMP_REACH] = "reach",
	};

	return index < ARRAY_SIZE(words) ? words[index] : NULL;
}

const struct option option_table[] = {
	/* What is scanned */
	{ .long_name = "staged", .group = OPTION_GROUP_TARGET,
	  .type = OPTION_ACTION, .target = TARGET_STAGED, .flags = OPTION_NEGATABLE,
	  .help = "what the next commit would change",
	  .long_help = "Scan the index content of the paths that differ from HEAD: what the next commit would "
		"change, not what stands in the working tree. GIT_INDEX_FILE is honoured, so that in a hook "
		"git commit -a and git commit PATH are right." },
	{ .long_name = "cached", .group = OPTION_GROUP_TARGET,
	  .type = OPTION_ACTION, .target = TARGET_INDEX, .flags = OPTION_NEGATABLE,
	  .help = "the whole index",
	  .long_help = "Scan the content of the whole index, not what stands in the working tree." },
	{ .long_name = "rev", .argument = "REV", .group = OPTION_GROUP_TARGET,
	  .type = OPTION_STRING, .field = FIELD(rev), .target = TARGET_REV, .complete = COMPLETE_REVISION,
	  .help = "a revision: branch, tag, HEAD~3, REV:FOLDER",
	  .long_help = "Scan the files of a revision as they are stored, without checking it out; in bare "
		"repositories too. REV is any name of a commit, tag or tree that git knows (a branch, v1.0, HEAD~3, "
		"stash@{0}), or one of these, a colon and a folder in it." },
	{ .long_name = "history", .argument = "[RANGE]", .group = OPTION_GROUP_TARGET,
	  .type = OPTION_STRING, .field = FIELD(history), .target = TARGET_HISTORY, .flags = OPTION_OPTIONAL, .complete = COMPLETE_REVISION,
	  .help = "every version of every file; A..B, A, HEAD",
	  .long_help = "Scan every version of every file that a range of commits reaches, each content once: A..B (what "
		"B reaches and A does not), A...B, A, or all that HEAD reaches. Each finding is reported where a commit "
		"brought it in, as COMMIT:path (which git show takes), with the commit that removed it if it is gone; "
		"one that only moved is not new. The newest commit comes first. Ctrl-C ends the scan with what it "
		"has.\nThe word behind --history is its RANGE; with pathspecs, name one, such as HEAD. A bare path is no "
		"RANGE." },
	{ .long_name = "all", .group = OPTION_GROUP_TARGET,
	  .type = OPTION_FLAG, .field = FIELD(target.all), .flags = OPTION_NEGATABLE | OPTION_RARE,
	  .help = "with --history: all branches, tags and other refs",
	  .long_help = "With --history: follow all branches, tags and other references, and not HEAD alone." },
	{ .long_name = "untracked", .group = OPTION_GROUP_TARGET,
	  .type = OPTION_FLAG, .field = FIELD(target.untracked),
	  .flags = OPTION_NEGATABLE | OPTION_IN_FILE | OPTION_WORKTREE,
	  .help = "untracked files too, unless they are ignored",
	  .long_help = "Scan untracked files of the working tree too, unless git ignores them." },
	{ .long_name = "no-index", .group = OPTION_GROUP_TARGET,
	  .type = OPTION_ACTION, .target = TARGET_FILES, .flags = OPTION_NEGATABLE,
	  .help = "these files and folders, tracked or not",
	  .long_help = "Scan the files and folders that are named (the current folder where none is), "
		"whether or not git tracks them." },
	{ .long_name = "since", .argument = "REV", .group = OPTION_GROUP_TARGET,
	  .type = OPTION_STRING, .field = FIELD(since), .complete = COMPLETE_REVISION,
	  .help = "only findings that are new since REV",
	  .long_help = "Report only findings that are new: that the commit where REV and the revision scanned (HEAD for "
		"the working tree and the index) parted does not have. Only files that differ from that commit are "
		"scanned. Findings are matched by rule, function and the source of their logical line, through renamed "
		"files, so that moved or reformatted lines are not new; a finding whose suppression was taken away is. "
		"On a branch without a commit everything is new." },
	{ .long_name = "changed-lines", .group = OPTION_GROUP_TARGET,
	  .type = OPTION_FLAG, .field = FIELD(changed_lines), .flags = OPTION_NEGATABLE | OPTION_RARE,
	  .help = "only findings in lines that have changed",
	  .long_help = "Report only findings whose logical line differs from what it was in the commit that --since "
		"compares with. Without --since: all findings in lines that differ from HEAD, new or not." },
	{ .long_name = "baseline", .argument = "FILE", .group = OPTION_GROUP_TARGET,
	  .type = OPTION_STRING, .field = FIELD(baseline), .flags = OPTION_RARE, .complete = COMPLETE_FILE,
	  .help = "leave out findings that FILE knows",
	  .long_help = "Leave out the findings that FILE lists, which --write-baseline made. Findings of it that are gone "
		"are named on standard error." },
	{ .long_name = "write-baseline", .argument = "FILE", .group = OPTION_GROUP_TARGET,
	  .type = OPTION_STRING, .field = FIELD(write_baseline), .flags = OPTION_RARE, .complete = COMPLETE_FILE,
	  .help = "write all findings to FILE, and report none",
	  .long_help = "Write all findings of this scan to FILE, a baseline, and report none. FILE has a line of JSON a "
		"finding, sorted, without line numbers, so that it can be kept in git and merges." },
	{ .long_name = "prune-baseline", .group = OPTION_GROUP_TARGET,
	  .type = OPTION_FLAG, .field = FIELD(prune_baseline), .flags = OPTION_NEGATABLE | OPTION_RARE,
	  .help = "with --baseline: take out what is gone",
	  .long_help = "With --baseline: take the findings that are gone out of FILE: those whose file was scanned, or is "
		"not there any more, and whose rule was run." },
	{ .long_name = "recurse-submodules", .group = OPTION_GROUP_TARGET,
	  .type = OPTION_FLAG, .field = FIELD(target.recurse_submodules),
	  .flags = OPTION_NEGATABLE | OPTION_RARE | OPTION_IN_FILE | OPTION_WORKTREE,
	  .help = "the files of submodules too",
	  .long_help = "Scan the files that submodules track too, where they are checked out, as they stand in the "
		"working tree." },
	{ .long_name = "no-attributes", .group = OPTION_GROUP_TARGET,
	  .type = OPTION_FLAG, .field = FIELD(target.no_attributes),
	  .flags = OPTION_NEGATABLE | OPTION_RARE | OPTION_IN_FILE,
	  .help = "also what .gitattributes keep out",
	  .long_help = "Scan also what attributes keep out: paths that are -asyncgrep, linguist-generated or "
		"linguist-vendored in .gitattributes. Of the working tree its own files of that name count, of the index and "
		"of a revision theirs." },
	{ .long_name = "stdin-name", .argument = "NAME", .group = OPTION_GROUP_TARGET,
	  .type = OPTION_STRING, .field = FIELD(stdin_name), .flags = OPTION_RARE, .complete = COMPLETE_FILE,
	  .help = "the path to report for standard input",
	  .long_help = "With '-' as the only path, standard input is scanned; NAME is the path that is "
		"reported for it (default: <stdin>)." },
	{ .long_name = "files", .group = OPTION_GROUP_TARGET,
	  .type = OPTION_ACTION, .action = ACTION_LIST_FILES, .flags = OPTION_PATHS,
	  .help = "list what would be scanned; with --why what not, too",
	  .long_help = "List the files that would be scanned, one a line, and scan nothing. With --format json: a line of JSON "
		"a file." },
	{ .long_name = "why", .group = OPTION_GROUP_TARGET,
	  .type = OPTION_FLAG, .field = FIELD(why), .flags = OPTION_NEGATABLE | OPTION_RARE,
	  .help = "with --files: also what is left out, and why",
	  .long_help = "With --files: list what is left out, too, and behind each path, after a tab, why: \"not Python\", "
		"\"-asyncgrep\", \"linguist-generated\" and \"linguist-vendored\" (in .gitattributes), \"untracked\", "
		"\"ignored\", \"symbolic link\", \"submodule\", \"another repository\", \"not a regular file\", \"deleted\", "
		"\"not checked out\" (by a sparse checkout), \"unchanged\" (--since, --staged), \"no content yet\" (after git "
		"add -N), \"deleted by both\" (a conflict); or \"scanned\". A folder that is left out as a whole is one "
		"line and ends in a slash. What the pathspecs do not mean is not listed." },

	/* Rules */
	{ .long_name = "select", .argument = "LIST", .group = OPTION_GROUP_RULES,
	  .type = OPTION_WORDS, .field = FIELD(select), .complete = COMPLETE_RULES,
	  .flags = OPTION_NEGATABLE | OPTION_IN_FILE | OPTION_NO_REGEXP, .unset = "default",
	  .help = "run just these rules",
	  .long_help = "Run just these rules. LIST holds codes, beginnings of codes, rule names, profiles and the "
		"codes that other tools use, separated by commas; default is what runs without --select, and all "
		"is every rule about code. May be given several times. --list-rules shows them all." },
	{ .long_name = "ignore", .argument = "LIST", .group = OPTION_GROUP_RULES,
	  .type = OPTION_WORDS, .field = FIELD(ignore), .complete = COMPLETE_RULES,
	  .flags = OPTION_NEGATABLE | OPTION_IN_FILE, .unset = "nothing",
	  .help = "run all but these; LIST is as for --select",
	  .long_help = "Do not run these rules, also where --select names them. LIST is as for --select." },
	{ .long_name = "patterns", .argument = "PATH", .group = OPTION_GROUP_RULES,
	  .type = OPTION_STRINGS, .field = FIELD(patterns), .flags = OPTION_NEGATABLE, .complete = COMPLETE_FILE,
	  .help = "add a rule file, or a folder of them",
	  .long_help = "Add the rules of a YAML file, or of every *.yaml and *.yml file in a folder. May be given "
		"several times." },
	{ .short_name = 'e', .long_name = "regexp", .argument = "REGEX", .group = OPTION_GROUP_RULES,
	  .type = OPTION_STRINGS, .field = FIELD(expressions),
	  .help = "look for a pattern in code, not for mistakes",
	  .long_help = "Look for a regular expression (PCRE2) in code text, where comments and strings are blank, "
		"instead of running the rules; together with --select, beside the rules that it names. "
		"May be given several times." },
	{ .long_name = "in", .argument = "CONTEXT", .group = OPTION_GROUP_RULES,
	  .type = OPTION_STRING, .field = FIELD(in), .complete = COMPLETE_CONTEXT, .flags = OPTION_RARE,
	  .help = "where -e looks: async (the default), init, any",
	  .long_help = "Where -e looks: async (in an async function; the default), init (in the __init__ of an "
		"async class), any, or another context that a rule file defines." },
	{ .long_name = "no-suppress", .group = OPTION_GROUP_RULES,
	  .type = OPTION_FLAG, .field = FIELD(no_suppress), .flags = OPTION_NEGATABLE | OPTION_RARE | OPTION_IN_FILE,
	  .help = "report what comments in the code suppress, too",
	  .long_help = "Report findings that a comment suppresses (# noqa, # noqa: CODES, "
		"# asyncgrep: ignore[CODES] reason), too." },
	{ .long_name = "config", .argument = "FILE", .group = OPTION_GROUP_RULES,
	  .type = OPTION_STRING, .field = FIELD(config), .flags = OPTION_NEGATABLE | OPTION_RARE,
	  .complete = COMPLETE_FILE,
	  .help = "the configuration; default: .asyncgrep.yaml",
	  .long_help = "Read the configuration from FILE, and not from .asyncgrep.yaml at the root of the repository; with "
		"--no-config, from nowhere. Options on the command line go before what it says." },
	{ .long_name = "trusted-config", .argument = "REV", .group = OPTION_GROUP_RULES,
	  .type = OPTION_STRING, .field = FIELD(trusted_config), .flags = OPTION_RARE, .complete = COMPLETE_REVISION,
	  .help = "take the configuration from REV",
	  .long_help = "Take the configuration, the rule files that it names and .gitattributes from REV, and not from what is "
		"scanned, so that a change cannot switch off its own check. Comments in the code still suppress; where "
		"they may not, add --no-suppress." },
	{ .long_name = "report-unused", .group = OPTION_GROUP_RULES,
	  .type = OPTION_FLAG, .field = FIELD(report_unused),
	  .flags = OPTION_NEGATABLE | OPTION_RARE | OPTION_IN_FILE | OPTION_NO_REGEXP | OPTION_NO_HISTORY,
	  .help = "report codes in comments that suppress nothing",
	  .long_help = "Report the codes of suppressing comments that hide nothing although their rules were run: of a "
		"noqa those that are asyncgrep's own, never those of other tools and never a bare one; of an "
		"asyncgrep: ignore all. Codes of rules that were not run are not unused, nor is anything in a file that is "
		"not Python everywhere. Selects the rules about it in the profile suppressions." },
	{ .long_name = "require-reason", .group = OPTION_GROUP_RULES,
	  .type = OPTION_FLAG, .field = FIELD(require_reason),
	  .flags = OPTION_NEGATABLE | OPTION_RARE | OPTION_IN_FILE,
	  .help = "report suppressions that give no reason",
	  .long_help = "Report each asyncgrep: ignore that has no words behind its bracket, and each noqa that hides a "
		"finding and has none behind its codes. They hide all the same. Selects the rules about it in the profile "
		"suppressions." },
	{ .long_name = "add-ignores", .group = OPTION_GROUP_RULES,
	  .type = OPTION_FLAG, .field = FIELD(add_ignores), .flags = OPTION_RARE,
	  .help = "write comments that suppress all findings",
	  .long_help = "Write # asyncgrep: ignore[CODES] TEXT into the files of the working tree for all findings, with the "
		"TEXT of --reason, and report none. It stands behind the last line of the statement; an ignore that is there "
		"is extended. All other bytes of a file stay as they are. Says of each comment where it is." },
	{ .long_name = "reason", .argument = "TEXT", .group = OPTION_GROUP_RULES,
	  .type = OPTION_STRING, .field = FIELD(reason), .flags = OPTION_RARE,
	  .help = "with --add-ignores: why",
	  .long_help = "With --add-ignores, which needs it: why the findings are to stay." },
	{ .long_name = "until", .argument = "DAY", .group = OPTION_GROUP_RULES,
	  .type = OPTION_STRING, .field = FIELD(until), .flags = OPTION_RARE,
	  .help = "with --add-ignores: the last day, YYYY-MM-DD",
	  .long_help = "With --add-ignores: the comments hide until the end of DAY, YYYY-MM-DD." },
	{ .long_name = "list-rules", .group = OPTION_GROUP_RULES,
	  .type = OPTION_ACTION, .action = ACTION_LIST_RULES,
	  .help = "list the rules",
	  .long_help = "List the rules, those that --patterns adds included: code, name, profile, severity, on or off, "
		"message. With --format json: a line of JSON a rule, with all that its rule file says." },
	{ .long_name = "explain", .argument = "CODE", .group = OPTION_GROUP_RULES,
	  .type = OPTION_STRING, .field = FIELD(explain), .action = ACTION_EXPLAIN, .complete = COMPLETE_RULE,
	  .help = "say why a rule is, and what is right instead",
	  .long_help = "Explain a rule: why it matters and what is right instead, with samples of wrong and right "
		"code. CODE may be a rule's name, too, or the code of another tool. --format json is as for "
		"--list-rules." },
	{ .long_name = "test-patterns", .group = OPTION_GROUP_RULES,
	  .type = OPTION_ACTION, .action = ACTION_TEST_PATTERNS, .flags = OPTION_PATHS | OPTION_RARE,
	  .help = "run the samples of rule files",
	  .long_help = "Run the samples of the rule files and folders that are named as paths (of all rules, where "
		"none is), and say which rule misses what and which is noisy." },

	{ .long_name = "show-config", .group = OPTION_GROUP_RULES,
	  .type = OPTION_ACTION, .action = ACTION_SHOW_CONFIG, .flags = OPTION_PATHS | OPTION_RARE,
	  .help = "print what is configured, and where",
	  .long_help = "Print what holds for a run with these options, in the language of the configuration file, and where each "
		"value comes from: by default, from a place in the file, from the command line. Nothing is scanned. With --format "
		"json: a JSON document." },

	/* Output */
	{ .long_name = "format", .argument = "FORMAT", .group = OPTION_GROUP_OUTPUT,
	  .type = OPTION_CHOICE, .field = FIELD(format), .choice = format_choice, .flags = OPTION_IN_FILE,
	  .unset = "full on a terminal, text elsewhere",
	  .long_help = "How findings are printed. The default is full on a terminal, unless TERM is dumb, and text "
		"elsewhere." },
	{ .short_name = 'o', .long_name = "output", .argument = "FILE", .group = OPTION_GROUP_OUTPUT,
	  .type = OPTION_STRING, .field = FIELD(output), .complete = COMPLETE_FILE,
	  .help = "write the report to FILE, whole or not at all",
	  .long_help = "Write the report to FILE instead of standard output. FILE is replaced when the report is whole; until "
		"then, and where the scan is interrupted, it stays as it is." },
	{ .long_name = "report", .argument = "FORMAT:FILE", .group = OPTION_GROUP_OUTPUT,
	  .type = OPTION_STRINGS, .field = FIELD(reports), .flags = OPTION_NEGATABLE | OPTION_RARE,
	  .help = "one more report, in a file of its own",
	  .long_help = "Write one more report to FILE, as --output does, beside the one that is printed. May be given several "
		"times: --report sarif:a.sarif --report junit:a.xml. A FILE of - is standard output, where it takes "
		"the place of the one that is printed." },
	{ .long_name = "show-suppressed", .group = OPTION_GROUP_OUTPUT,
	  .type = OPTION_FLAG, .field = FIELD(show_suppressed), .flags = OPTION_NEGATABLE | OPTION_RARE,
	  .help = "in sarif and json: what comments hide, so marked",
	  .long_help = "In reports that can mark a finding as suppressed (sarif, json): the findings that comments hide, "
		"too. They count for nothing. Not in history. GitHub takes no notice of the mark and opens an alert for "
		"each." },
	{ .long_name = "color", .argument = "WHEN", .group = OPTION_GROUP_OUTPUT,
	  .type = OPTION_CHOICE, .field = FIELD(color), .choice = color_choice, .value = COLOR_NEVER,
	  .flags = OPTION_NEGATABLE | OPTION_IN_FILE,
	  .help = "auto, always, never",
	  .long_help = "Colours, in the formats full and text and in lists of files. auto means: on a terminal, unless NO_COLOR is set; elsewhere only "
		"if CLICOLOR_FORCE is." },
	{ .long_name = "hyperlink", .argument = "WHEN", .group = OPTION_GROUP_OUTPUT,
	  .type = OPTION_CHOICE, .field = FIELD(hyperlink), .choice = color_choice, .value = COLOR_NEVER,
	  .flags = OPTION_NEGATABLE | OPTION_RARE | OPTION_IN_FILE,
	  .long_help = "Links in the format full, which a terminal opens: the place leads to the file, the code to the page of "
		"the rule. auto means: on terminals that are known to have links; not in screen and tmux." },
	{ .long_name = "pager", .argument = "WHEN", .group = OPTION_GROUP_OUTPUT,
	  .type = OPTION_CHOICE, .field = FIELD(pager), .choice = color_choice, .value = COLOR_NEVER,
	  .flags = OPTION_NEGATABLE | OPTION_RARE | OPTION_IN_FILE,
	  .long_help = "Show findings, rules and --help in a pager, where standard output is a terminal and TERM is not dumb. auto "
		"means: as git does; GIT_PAGER, pager.asyncgrep, core.pager and PAGER say which one (less, where none of them "
		"does) and whether. always means: also where pager.asyncgrep is false. It starts with the first finding." },
	{ .short_name = 'A', .long_name = "after-context", .argument = "N", .group = OPTION_GROUP_OUTPUT,
	  .type = OPTION_NUMBER, .field = FIELD(after), .value = 1000000, .flags = OPTION_GREP | OPTION_ZERO,
	  .help = "N lines behind each finding",
	  .long_help = "Show N lines of source behind that of each finding, in the formats full and text. In text they are "
		"path-line-source, as in grep, with that of the finding among them, and -- stands where lines are left out." },
	{ .short_name = 'B', .long_name = "before-context", .argument = "N", .group = OPTION_GROUP_OUTPUT,
	  .type = OPTION_NUMBER, .field = FIELD(before), .value = 1000000, .flags = OPTION_GREP | OPTION_ZERO,
	  .help = "N lines before each finding",
	  .long_help = "Show N lines of source before that of each finding." },
	{ .short_name = 'C', .long_name = "context", .argument = "N", .group = OPTION_GROUP_OUTPUT,
	  .type = OPTION_NUMBER, .field = FIELD(around), .value = 1000000, .flags = OPTION_GREP | OPTION_ZERO,
	  .help = "N lines on both sides of each finding",
	  .long_help = "Show N lines of source on both sides, where -A and -B do not say otherwise." },
	{ .short_name = 'W', .long_name = "function-context", .group = OPTION_GROUP_OUTPUT,
	  .type = OPTION_FLAG, .field = FIELD(whole_function), .flags = OPTION_NEGATABLE | OPTION_GREP,
	  .help = "the whole function around each finding",
	  .long_help = "Show the whole function around each finding, its decorators included." },
	{ .short_name = 'l', .long_name = "files-with-matches", .group = OPTION_GROUP_OUTPUT,
	  .type = OPTION_SET, .field = FIELD(listing), .value = LISTING_WITH, .flags = OPTION_NEGATABLE | OPTION_GREP,
	  .help = "list the files with findings",
	  .long_help = "List the files that have findings, and not the findings. The exit status stays that of the findings, "
		"here and with the next two." },
	{ .short_name = 'L', .long_name = "files-without-match", .group = OPTION_GROUP_OUTPUT,
	  .type = OPTION_SET, .field = FIELD(listing), .value = LISTING_WITHOUT, .flags = OPTION_NEGATABLE | OPTION_GREP,
	  .help = "list the files without findings",
	  .long_help = "List the files that were scanned to their end and have no findings." },
	{ .short_name = 'c', .long_name = "count", .group = OPTION_GROUP_OUTPUT,
	  .type = OPTION_SET, .field = FIELD(listing), .value = LISTING_COUNT, .flags = OPTION_NEGATABLE | OPTION_GREP,
	  .help = "how many findings a file has",
	  .long_help = "Print how many findings each file has that has any, as path:number." },
	{ .long_name = "statistics", .group = OPTION_GROUP_OUTPUT,
	  .type = OPTION_SET, .field = FIELD(listing), .value = LISTING_STATISTICS,
	  .flags = OPTION_NEGATABLE | OPTION_RARE,
	  .help = "how many findings by rule and by folder",
	  .long_help = "Print how many findings each rule and each folder has that has any, most first, and in brackets how many "
		"more comments suppress, instead of the findings; to have both, add --report. With --format json: one "
		"document. The exit status stays that of the findings." },
	{ .short_name = 'm', .long_name = "max-count", .argument = "N", .group = OPTION_GROUP_OUTPUT,
	  .type = OPTION_NUMBER, .field = FIELD(max_count), .value = 1000000, .flags = OPTION_GREP,
	  .help = "no more than N findings a file",
	  .long_help = "Print no more than the first N findings of a file. All of them count for the exit status and the "
		"summary." },
	{ .short_name = 'z', .long_name = "null", .group = OPTION_GROUP_OUTPUT,
	  .type = OPTION_FLAG, .field = FIELD(nul), .flags = OPTION_NEGATABLE | OPTION_GREP,
	  .help = "a NUL byte behind each path, which is printed as it is",
	  .long_help = "Print a NUL byte behind each path, instead of a line feed or colon, and the path as it is, without "
		"making control characters visible: with --files, -l, -L, -c and in the format text." },
	{ .short_name = 'q', .long_name = "quiet", .group = OPTION_GROUP_OUTPUT,
	  .type = OPTION_FLAG, .field = FIELD(quiet), .flags = OPTION_NEGATABLE | OPTION_GREP,
	  .help = "no findings, no summary: just the exit status",
	  .long_help = "Print neither findings nor the summary; the exit status tells. The scan ends with the first finding "
		"that makes the status 1, and then it is 1 even if a file could not be read, as with grep; where it has "
		"more to do (--history, --baseline and the like) it goes on to its end." },
	{ .short_name = 'v', .long_name = "verbose", .group = OPTION_GROUP_OUTPUT,
	  .type = OPTION_FLAG, .field = FIELD(verbose), .flags = OPTION_NEGATABLE | OPTION_RARE,
	  .help = "name files that are left out, or not all Python",
	  .long_help = "Name on standard error the files that the summary counts as skipped, with the reason, and those that "
		"are not Python with the place where that begins; say how many did not have to be read again, how long the scan "
		"took, and what is wrong with the cache." },
	{ .long_name = "fail-on", .argument = "SEVERITY", .group = OPTION_GROUP_OUTPUT,
	  .type = OPTION_CHOICE, .field = FIELD(fail_on), .choice = fail_on_choice, .flags = OPTION_IN_FILE,
	  .help = "least severity for exit status 1, or never",
	  .long_help = "The least severity of a finding that makes the exit status 1. The default is every finding." },

	/* Hooks */
	{ .long_name = "hook", .group = OPTION_GROUP_HOOKS,
	  .type = OPTION_ACTION, .target = TARGET_HOOK, .flags = OPTION_RARE,
	  .help = "scan files as a hook manager names them",
	  .long_help = "Scan the Python files among those that are named, as hook managers such as pre-commit do: "
		"what is staged is read from the index, anything else from the working tree. So it is the commit "
		"that is scanned before a commit, and the files themselves in a run over all files." },
	{ .long_name = "pre-push", .argument = "[REMOTE]", .group = OPTION_GROUP_HOOKS,
	  .type = OPTION_STRING, .field = FIELD(pre_push), .target = TARGET_PRE_PUSH, .flags = OPTION_RARE | OPTION_OPTIONAL, .complete = COMPLETE_REMOTE,
	  .help = "scan what a push brings, in a pre-push hook",
	  .long_help = "Scan what a push brings, in a pre-push hook: the files of each pushed tree that are not as the "
		"remote has them. Of a new branch these are the files that changed since it left what REMOTE (the "
		"first argument of the hook; any remote, where it is not given) is known to have." },
	{ .long_name = "pre-receive", .group = OPTION_GROUP_HOOKS,
	  .type = OPTION_ACTION, .target = TARGET_PRE_RECEIVE, .flags = OPTION_RARE,
	  .help = "the same where the push arrives",
	  .long_help = "Scan what a push brings where it arrives, in a pre-receive hook of a bare repository, say: "
		"before anything of it is accepted." },
	{ .long_name = "install-hook", .group = OPTION_GROUP_HOOKS,
	  .type = OPTION_ACTION, .action = ACTION_INSTALL_HOOK, .flags = OPTION_RARE,
	  .help = "let git run asyncgrep before each commit",
	  .long_help = "Write a pre-commit hook that runs asyncgrep --staged with the options that stand beside this "
		"one (asyncgrep --install-hook --select checklist) to where git looks for hooks: core.hooksPath, or "
		"hooks in the git directory. A hook that asyncgrep did not write is left alone." },
	{ .long_name = "uninstall-hook", .group = OPTION_GROUP_HOOKS,
	  .type = OPTION_ACTION, .action = ACTION_UNINSTALL_HOOK, .flags = OPTION_RARE,
	  .help = "take that hook away again",
	  .long_help = "Take away the hook that --install-hook wrote. A hook with other lines in it is left alone." },

	/* General */
	{ .short_name = 'j', .long_name = "jobs", .argument = "N", .group = OPTION_GROUP_GENERAL,
	  .type = OPTION_NUMBER, .field = FIELD(jobs), .value = 1024, .flags = OPTION_IN_FILE,
	  .unset = "one a processor",
	  .help = "threads; default: one a processor",
	  .long_help = "How many threads scan. The default is one a processor. The output does not depend on it." },
	{ .long_name = "no-cache", .group = OPTION_GROUP_GENERAL,
	  .type = OPTION_FLAG, .field = FIELD(no_cache), .flags = OPTION_NEGATABLE | OPTION_RARE | OPTION_IN_FILE,
	  .help = "scan all anew, and keep nothing for the next time",
	  .long_help = "Neither use nor write the cache, which holds what earlier runs with the same rules found in which "
		"content, so that files that have not changed are not even opened. What is found is the same with it and "
		"without. Plain files and standard input have none." },
	{ .long_name = "cache-dir", .argument = "DIR", .group = OPTION_GROUP_GENERAL,
	  .type = OPTION_STRING, .field = FIELD(cache_dir), .flags = OPTION_RARE, .complete = COMPLETE_FILE,
	  .help = "where the cache is; default: in the git directory",
	  .long_help = "Keep the cache in DIR, which is made if need be, and not in asyncgrep in the git directory, which all work "
		"trees of a repository share. A configuration file cannot say so: a repository has no say in where files are "
		"written, or trusted." },
	{ .long_name = "clear-cache", .group = OPTION_GROUP_GENERAL,
	  .type = OPTION_ACTION, .action = ACTION_CLEAR_CACHE, .flags = OPTION_RARE,
	  .help = "remove the cache of this repository",
	  .long_help = "Remove the cache of this repository, or that in the DIR of --cache-dir, and say how large it was. Other "
		"files in its folder stay. It never takes more than 128 MiB: what was not used for the longest time goes first." },
	{ .long_name = "dump", .argument = "WHAT", .group = OPTION_GROUP_GENERAL,
	  .type = OPTION_CHOICE, .field = FIELD(dump), .choice = dump_choice, .action = ACTION_DUMP,
	  .flags = OPTION_HIDDEN | OPTION_PATHS,
	  .help = "what a stage makes of each file",
	  .long_help = "Print what a stage makes of each file, to be compared with another parser." },
	{ .long_name = "completions", .argument = "SHELL", .group = OPTION_GROUP_GENERAL,
	  .type = OPTION_CHOICE, .field = FIELD(shell), .choice = completions_shell, .action = ACTION_COMPLETIONS,
	  .flags = OPTION_RARE,
	  .help = "the completions for a shell",
	  .long_help = "Print the completions for a shell, of git asyncgrep too. make install puts them where shells look; "
		"without it: source <(asyncgrep --completions bash), the same for zsh, and asyncgrep --completions fish "
		"| source." },
	{ .long_name = "complete", .group = OPTION_GROUP_GENERAL,
	  .type = OPTION_ACTION, .action = ACTION_COMPLETE, .flags = OPTION_HIDDEN | OPTION_ENDS,
	  .help = "what the last word can become",
	  .long_help = "Print what the last of the words behind it can become; the completions ask for it." },
	{ .long_name = "man-options", .group = OPTION_GROUP_GENERAL,
	  .type = OPTION_ACTION, .action = ACTION_MAN_OPTIONS, .flags = OPTION_HIDDEN | OPTION_ENDS,
	  .help = "the options part of the man page",
	  .long_help = "Print the options part of the man page." },
	{ .long_name = "config-schema", .group = OPTION_GROUP_GENERAL,
	  .type = OPTION_ACTION, .action = ACTION_CONFIG_SCHEMA, .flags = OPTION_HIDDEN | OPTION_ENDS,
	  .help = "the JSON Schema of the configuration",
	  .long_help = "Print the JSON Schema of the configuration file." },
	{ .short_name = 'h', .group = OPTION_GROUP_GENERAL,
	  .type = OPTION_ACTION, .action = ACTION_HELP_SHORT, .flags = OPTION_RARE | OPTION_ENDS,
	  .help = "the options used most",
	  .long_help = "Print the options used most, on one screen." },
	{ .long_name = "help", .group = OPTION_GROUP_GENERAL,
	  .type = OPTION_ACTION, .action = ACTION_HELP, .flags = OPTION_ENDS,
	  .help = "all options, and more of each; -h is this page",
	  .long_help = "Print all options, with all there is to say about them." },
	{ .short_name = 'V', .long_name = "version", .group = OPTION_GROUP_GENERAL,
	  .type = OPTION_ACTION, .action = ACTION_VERSION, .flags = OPTION_ENDS,
	  .help = "the version of the program and its libraries",
	  .long_help = "Print the version of the program and of the libraries it uses." },
};

const size_t option_table_nr = ARRAY_SIZE(option_table);
_Static_assert(ARRAY_SIZE(option_table) <= OPTIONS_MAX, "more options than struct options can count");
