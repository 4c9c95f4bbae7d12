/* SPDX-License-Identifier: MIT
 *
 * asyncgrep: parse, run, exit status.
 */
#include "base/common.h"

#include <locale.h>
#include <signal.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "cli/command.h"
#include "cli/complete.h"
#include "cli/completions.h"
#include "cli/config_schema.h"
#include "cli/options.h"
#include "cli/options_help.h"
#include "cli/pager.h"
#include "cli/startup.h"
#include "cli/version.h"

static enum exit_status print_text(struct strbuf *text)
{
	fwrite(text->buf, 1, text->len, stdout);
	strbuf_release(text);
	return EXIT_CLEAN;
}

/* What depends on how the project is configured. */
static enum exit_status run_configured(struct options *options, struct settings *settings, struct ruleset *set,
				       struct index *ahead)
{
	struct error err = { NULL };

	if (startup(options, set, ahead, &err) || settings_load(settings, options, &err) ||
	    startup_reconsider(settings, set, &err)) {
		complain_error(&err);
		return EXIT_TROUBLE;
	}
	switch (options->action) {
	case ACTION_LIST_FILES:
		return command_list_files(options);
	case ACTION_LIST_RULES:
		pager_start(options);
		return command_list_rules(options, settings, set);
	case ACTION_EXPLAIN:
		pager_start(options);
		return command_explain(options, settings, set);
	case ACTION_SHOW_CONFIG:
		pager_start(options);
		return command_show_config(options, settings, set);
	default:
		return command_scan(options, settings, set);
	}
}

static enum exit_status run(struct options *options)
{
	struct settings settings = { .arena = { NULL } };
	struct strbuf text = STRBUF_INIT;
	enum exit_status status;
	struct ruleset set;
	struct index ahead;

	switch (options->action) {
	case ACTION_SCAN:
	case ACTION_LIST_FILES:
	case ACTION_LIST_RULES:
	case ACTION_EXPLAIN:
	case ACTION_SHOW_CONFIG:
		ruleset_init(&set);
		status = run_configured(options, &settings, &set, &ahead);
		ruleset_release(&set);
		index_close(&ahead);
		settings_release(&settings);
		return status;
	case ACTION_TEST_PATTERNS:
		return command_test_patterns(options);
	case ACTION_DUMP:
		return command_dump(options);
	case ACTION_CLEAR_CACHE:
		return command_clear_cache(options);
	case ACTION_INSTALL_HOOK:
		return command_install_hook(options);
	case ACTION_UNINSTALL_HOOK:
		return command_uninstall_hook(options);
	case ACTION_HELP_SHORT:
		options_help_short(&text);
		return print_text(&text);
	case ACTION_HELP:
		pager_start(options);
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
	case ACTION_CONFIG_SCHEMA:
		config_schema_print(&text);
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

/* Whoever reads at the other end of a pipe is not woken for each page. A terminal shows each line, as ever. */
static void buffer_output(void)
{
	static char buffer[1 << 16];

	if (!isatty(STDOUT_FILENO))
		setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
}

int main(int argc, char **argv)
{
	struct options options;
	struct error err = { NULL };
	enum exit_status status = EXIT_TROUBLE;

	alloc_keep_freed();
	/* Character classes and widths only: messages stay as they are. */
	setlocale(LC_CTYPE, "");
	/* A reader that has seen enough (| head) ends the program quietly, as it does grep. */
	signal(SIGPIPE, SIG_DFL);
	buffer_output();
	/* A file that becomes too large is a failure to write, as a full disk is. */
	signal(SIGXFSZ, SIG_IGN);
	if (options_parse(&options, argc, argv, &err))
		complain_error(&err);
	else
		status = run(&options);
	options_release(&options);
	close_output();
	if (status == EXIT_INTERRUPTED)
		return (int)status;
	return has_complained() ? EXIT_TROUBLE : (int)status;
}
