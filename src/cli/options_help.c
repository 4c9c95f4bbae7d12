/* SPDX-License-Identifier: MIT
 *
 * The option table as text: for a screen, for a reader, for mandoc.
 */
#include "cli/options_help.h"

#include "cli/option_table.h"

#define HELP_COLUMN 26
#define LINE_LENGTH 80
#define SCREEN_WIDTH 80
#define LONG_INDENT 8

static const char usage[] =
	"usage: asyncgrep [OPTION]... [--] [PATHSPEC]...    ('-' is standard input)\n";

static const char introduction[] =
	"usage: asyncgrep [OPTION]... [--] [PATHSPEC]...\n"
	"       asyncgrep --no-index [OPTION]... [--] [PATH]...\n"
	"       asyncgrep [OPTION]... -\n"
	"\n"
	"Finds async mistakes in the Python files that git tracks, as they stand in the\n"
	"working tree. A PATHSPEC narrows the files down as in git.\n";

static const char ending[] =
	"\n"
	"Exit status:\n"
	"  0  nothing was found\n"
	"  1  something was found\n"
	"  2  the request was wrong, or not everything could be scanned\n"
	"  130  Ctrl-C ended the scan; what was found until then is printed\n"
	"\n"
	"Environment:\n"
	"  NO_COLOR, CLICOLOR_FORCE   colours, see --color\n"
	"  GIT_PAGER, PAGER           see --pager\n"
	"  GIT_DIR, GIT_INDEX_FILE    as in git\n";

static void add_names(struct strbuf *out, const struct option *option)
{
	if (option->short_name)
		strbuf_addf(out, "-%c", option->short_name);
	else
		strbuf_addstr(out, "  ");
	if (option->long_name)
		strbuf_addf(out, "%s--%s", option->short_name ? ", " : "  ", option->long_name);
	if (option->argument)
		strbuf_addf(out, " %s", option->argument);
}

/* As many of the words as fit. */
static void add_choices_in_line(struct strbuf *out, const struct option *option, size_t room)
{
	static const char more[] = ", ...";
	size_t start = out->len;
	const char *word;

	for (size_t i = 0; (word = option->choice(i)); i++) {
		size_t behind = option->choice(i + 1) ? sizeof(more) - 1 : 0;

		if (out->len - start + strlen(", ") + strlen(word) + behind > room) {
			strbuf_addstr(out, more);
			return;
		}
		strbuf_addf(out, "%s%s", i ? ", " : "", word);
	}
}

void options_help_line(struct strbuf *out, const struct option *option)
{
	if (option->help)
		strbuf_addstr(out, option->help);
	else
		add_choices_in_line(out, option, SCREEN_WIDTH - HELP_COLUMN - 1);
}

static void add_short_row(struct strbuf *out, const struct option *option)
{
	size_t start = out->len;

	strbuf_addstr(out, "  ");
	add_names(out, option);
	do
		strbuf_addch(out, ' ');
	while (out->len - start < HELP_COLUMN);
	options_help_line(out, option);
	strbuf_addch(out, '\n');
}

/* One row for all that git grep has, too. */
static void add_grep_row(struct strbuf *out)
{
	const char *separator = "  ";

	for (size_t i = 0; i < option_table_nr; i++) {
		const struct option *option = &option_table[i];

		if (!(option->flags & OPTION_GREP) || option->flags & OPTION_RARE)
			continue;
		strbuf_addf(out, "%s-%c", separator, option->short_name);
		if (option->argument)
			strbuf_addf(out, " %s", option->argument);
		separator = ", ";
	}
	strbuf_addstr(out, "  as in git grep\n");
}

void options_help_short(struct strbuf *out)
{
	bool had_grep_row = false;

	strbuf_addstr(out, usage);
	for (size_t i = 0; i < option_table_nr; i++) {
		const struct option *option = &option_table[i];

		if (option->flags & (OPTION_HIDDEN | OPTION_RARE))
			continue;
		if (!(option->flags & OPTION_GREP))
			add_short_row(out, option);
		else if (!had_grep_row)
			add_grep_row(out);
		had_grep_row |= (option->flags & OPTION_GREP) != 0;
	}
}

/* Words that are filled into lines. */
struct filler {
	struct strbuf *out;
	unsigned indent;
	bool roff; /* a sentence a line, and nothing that roff takes for a request or an escape */
	size_t column;
};

static void end_line(struct filler *filler)
{
	if (filler->column)
		strbuf_addch(filler->out, '\n');
	filler->column = 0;
}

static void add_word(struct filler *filler, const char *word, size_t len)
{
	if (filler->column && filler->column + 1 + len > LINE_LENGTH)
		end_line(filler);
	if (filler->column)
		strbuf_addch(filler->out, ' ');
	else
		strbuf_addf(filler->out, "%*s", (int)filler->indent, "");
	filler->column += filler->column ? len + 1 : filler->indent + len;
	if (filler->roff && (word[0] == '.' || word[0] == '\''))
		strbuf_addstr(filler->out, "\\&");
	for (size_t i = 0; i < len; i++)
		if (filler->roff && word[i] == '\\')
			strbuf_addstr(filler->out, "\\e");
		else if (filler->roff && len == 2 && !memcmp(word, "--", len)) /* no dash of a sentence */
			strbuf_addstr(filler->out, "\\-");
		else
			strbuf_addch(filler->out, word[i]);
	if (filler->roff && word[len - 1] == '.')
		end_line(filler);
}

/* A line feed ends a paragraph. */
static void add_filled(struct strbuf *out, const char *text, unsigned indent, bool roff)
{
	struct filler filler = { .out = out, .indent = indent, .roff = roff };

	while (*text) {
		size_t len = strcspn(text, " \n");

		if (len)
			add_word(&filler, text, len);
		text += len;
		if (*text == '\n') {
			end_line(&filler);
			if (roff)
				strbuf_addstr(out, ".Pp\n");
		}
		text += *text != '\0';
	}
	end_line(&filler);
}

static void add_choices(struct strbuf *out, const struct option *option)
{
	struct strbuf line = STRBUF_INIT;
	const char *word;

	if (!option->choice)
		return;
	strbuf_addf(&line, "%s is one of:", option->argument);
	for (size_t i = 0; (word = option->choice(i)); i++)
		strbuf_addf(&line, "%s %s", i ? "," : "", word);
	strbuf_addch(&line, '.');
	add_filled(out, line.buf, LONG_INDENT, false);
	strbuf_release(&line);
}

/* The name that undoes it: --no-NAME, or NAME where that is what it is called. */
static void add_negated_name(struct strbuf *out, const struct option *option)
{
	bool negative = !strncmp(option->long_name, "no-", 3);

	strbuf_addf(out, "%s%s", negative ? "" : "no-", option->long_name + (negative ? 3 : 0));
}

static void add_long_row(struct strbuf *out, const struct option *option)
{
	strbuf_addstr(out, "  ");
	add_names(out, option);
	if (option->flags & OPTION_NEGATABLE) {
		strbuf_addstr(out, ", --");
		add_negated_name(out, option);
	}
	strbuf_addch(out, '\n');
	add_filled(out, option->long_help, LONG_INDENT, false);
	add_choices(out, option);
}

void options_help(struct strbuf *out)
{
	strbuf_addstr(out, introduction);
	for (int group = 0; group < OPTION_GROUP_NR; group++) {
		strbuf_addf(out, "\n%s:\n", option_group_titles[group]);
		for (size_t i = 0; i < option_table_nr; i++)
			if (option_table[i].group == group && !(option_table[i].flags & OPTION_HIDDEN))
				add_long_row(out, &option_table[i]);
	}
	strbuf_addstr(out, ending);
}

static void add_man_row(struct strbuf *out, const struct option *option)
{
	const char *word;

	strbuf_addstr(out, ".It ");
	if (option->short_name)
		strbuf_addf(out, "Fl %c%s", option->short_name, option->long_name ? " , " : "");
	if (option->long_name)
		strbuf_addf(out, "Fl \\-%s", option->long_name);
	if (option->argument)
		strbuf_addf(out, " Ar %s", option->argument);
	if (option->flags & OPTION_NEGATABLE) {
		strbuf_addstr(out, " , Fl \\-");
		add_negated_name(out, option);
	}
	strbuf_addch(out, '\n');
	add_filled(out, option->long_help, 0, true);
	if (!option->choice)
		return;
	strbuf_addf(out, ".Ar %s\nis one of\n", option->argument);
	for (size_t i = 0; (word = option->choice(i)); i++)
		strbuf_addf(out, ".Cm %s%s\n", word, option->choice(i + 1) ? " ," : " .");
}

void options_man(struct strbuf *out)
{
	for (int group = 0; group < OPTION_GROUP_NR; group++) {
		strbuf_addf(out, ".Ss %s\n.Bl -tag -width Ds\n", option_group_titles[group]);
		for (size_t i = 0; i < option_table_nr; i++)
			if (option_table[i].group == group && !(option_table[i].flags & OPTION_HIDDEN))
				add_man_row(out, &option_table[i]);
		strbuf_addstr(out, ".El\n");
	}
}
