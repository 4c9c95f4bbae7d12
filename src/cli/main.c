/* SPDX-License-Identifier: MIT
 *
 * asyncgrep: parse, run, exit status.
 */
#include "base/common.h"

#include <locale.h>
#include <signal.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "cli/command.h"
#include "cli/complete.h"
#include "cli/completions.h"
#include "cli/options.h"
#include "cli/options_help.h"
#include "cli/version.h"

static enum exit_status print_text(struct strbuf *text)
{
	fwrite(text->buf, 1, text->len, stdout);
	strbuf_release(text);
	return EXIT_CLEAN;
}

/* Does what is asked for depend on how the project is configured? */
static bool is_configured(enum options_action action)
{
	return action == ACTION_SCAN || action == ACTION_LIST_FILES || action == ACTION_LIST_RULES ||
	       action == ACTION_EXPLAIN;
}

static enum exit_status run(const struct options *options, struct settings *settings)
{
	struct strbuf text = STRBUF_INIT;

	switch (options->action) {
	case ACTION_SCAN:
		return command_scan(options, settings);
	case ACTION_LIST_FILES:
		return command_list_files(options);
	case ACTION_LIST_RULES:
		return command_list_rules(options, settings);
	case ACTION_EXPLAIN:
		return command_explain(options, settings);
	case ACTION_TEST_PATTERNS:
		return command_test_patterns(options);
	case ACTION_DUMP:
		return command_dump(options);
	case ACTION_INSTALL_HOOK:
		return command_install_hook(options);
	case ACTION_UNINSTALL_HOOK:
		return command_uninstall_hook(options);
	case ACTION_HELP_SHORT:
		options_help_short(&text);
		return print_text(&text);
	case ACTION_HELP:
		options_help(&text);
		return print_text(&text);
	case ACTION_COMPLETIONS:
		completions_print(&text, (size_t)options->shell);
		return print_text(&text);
	case ACTION_COMPLETE:
		complete_words(&text, options->rest, options->nr_rest);
		return print_text(&text);
	case ACTION_MAN_OPTIONS:
		options_man(&text);
		return print_text(&text);
	case ACTION_VERSION:
		version_print(&text);
		return print_text(&text);
	}
	BUG("unknown action %d", (int)options->action);
}

/* What was not written was not said: a full disk must not look like a clean scan. */
static void close_output(void)
{
	if (ferror(stdout) || fclose(stdout))
		complain("cannot write to standard output: %s", strerror(errno));
}

int main(int argc, char **argv)
{
	struct options options;
	struct settings settings = { .arena = { NULL } };
	struct error err = { NULL };
	enum exit_status status = EXIT_TROUBLE;

	/* Character classes and widths only: messages stay as they are. */
	setlocale(LC_CTYPE, "");
	/* A reader that has seen enough (| head) ends the program quietly, as it does grep. */
	signal(SIGPIPE, SIG_DFL);
	if (options_parse(&options, argc, argv, &err) ||
	    (is_configured(options.action) && settings_load(&settings, &options, &err)))
		complain_error(&err);
	else
		status = run(&options, &settings);
	settings_release(&settings);
	options_release(&options);
	close_output();
	if (status == EXIT_INTERRUPTED)
		return (int)status;
	return has_complained() ? EXIT_TROUBLE : (int)status;
}
