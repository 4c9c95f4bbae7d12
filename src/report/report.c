/* SPDX-License-Identifier: MIT
 *
 * The table of formats, and what they share: where the text goes, and whether
 * it is coloured.
 */
#include "report/report.h"

#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report/formats.h"

/* To add a format: its file, and its line in formats.h. */
static const struct report_format *const formats[] = {
#define REPORT_FORMAT(name) &report_##name,
	REPORT_FORMATS(REPORT_FORMAT)
#undef REPORT_FORMAT
};

const struct report_format *report_format_at(size_t index)
{
	return index < ARRAY_SIZE(formats) ? formats[index] : NULL;
}

const struct report_format *report_format_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(formats); i++)
		if (!strcmp(formats[i]->name, name))
			return formats[i];
	return NULL;
}

static bool is_set(const char *variable)
{
	const char *value = getenv(variable);

	return value && *value;
}

/* Is it a pipe to the pager that git runs, for `git -p asyncgrep` or because pager.asyncgrep says so? */
static bool is_in_pager(FILE *out)
{
	const char *value = getenv("GIT_PAGER_IN_USE");
	struct stat st;

	return value && !strcmp(value, "true") && fstat(fileno(out), &st) == 0 && S_ISFIFO(st.st_mode);
}

bool report_on_terminal(FILE *out)
{
	const char *term = getenv("TERM");

	return (isatty(fileno(out)) || is_in_pager(out)) && term && strcmp(term, "dumb") != 0;
}

/* https://no-color.org and https://bixense.com/clicolors */
bool report_wants_color(enum color_when when, FILE *out)
{
	const char *force = getenv("CLICOLOR_FORCE");

	if (when != COLOR_AUTO)
		return when == COLOR_ALWAYS;
	if (is_set("NO_COLOR"))
		return false;
	if (force && *force && strcmp(force, "0") != 0)
		return true;
	return report_on_terminal(out);
}

/*
 * No terminal can be asked. These name themselves; inside of screen and tmux, which may or may not hand links on, their
 * names are those of the terminal around.
 */
bool report_wants_hyperlinks(enum color_when when, FILE *out)
{
	static const char *const variables[] = { "KITTY_WINDOW_ID", "KONSOLE_VERSION", "WEZTERM_PANE", "WT_SESSION",
						 "GHOSTTY_RESOURCES_DIR", "DOMTERM" };
	static const char *const programs[] = { "iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "zed", "rio" };
	static const char *const terms[] = { "xterm-kitty", "xterm-ghostty", "alacritty", "foot", "foot-extra" };
	const char *term = getenv("TERM"), *program = getenv("TERM_PROGRAM"), *vte = getenv("VTE_VERSION");

	if (when != COLOR_AUTO)
		return when == COLOR_ALWAYS;
	if (!isatty(fileno(out)) || !term || !strcmp(term, "dumb") || is_set("TMUX") || is_set("STY"))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(variables); i++)
		if (is_set(variables[i]))
			return true;
	for (size_t i = 0; program && i < ARRAY_SIZE(programs); i++)
		if (!strcmp(program, programs[i]))
			return true;
	for (size_t i = 0; i < ARRAY_SIZE(terms); i++)
		if (!strcmp(term, terms[i]))
			return true;
	return vte && strtol(vte, NULL, 10) > 5000; /* 0.50.0 crashed */
}

unsigned report_terminal_width(FILE *out)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;

	/* Git says so. */
	if (columns && is_in_pager(out))
		return (unsigned)strtoul(columns, NULL, 10);
	if (!isatty(fileno(out)) || ioctl(fileno(out), TIOCGWINSZ, &size) < 0)
		return 0;
	return size.ws_col;
}

static int flush_text(struct report *report)
{
	size_t len = report->text.len;

	if (!report->out || !len)
		return 0;
	if (fwrite(report->text.buf, 1, len, report->out) != len)
		return -1;
	strbuf_setlen(&report->text, 0);
	return 0;
}

void report_begin(struct report *report, const struct report_format *format,
		  const struct report_options *options, FILE *out)
{
	*report = (struct report){ .format = format, .options = *options, .out = out };
	strbuf_init(&report->text);
	if (format->begin)
		format->begin(report);
}

int report_file(struct report *report, const char *path, const struct finding_list *findings)
{
	report->format->file(report, path, findings);
	return flush_text(report);
}

int report_end(struct report *report, bool complete)
{
	int result;

	if (report->format->end)
		report->format->end(report, complete);
	result = flush_text(report);
	if (!report->out)
		return result;
	strbuf_release(&report->text);
	if (fflush(report->out) != 0)
		result = -1;
	return result;
}

void report_release(struct report *report)
{
	strbuf_release(&report->text);
}
