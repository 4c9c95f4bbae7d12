/* SPDX-License-Identifier: MIT
 *
 * GitHub's Markdown, to paste into a pull request: a table a file, and what to do
 * about each rule, folded. Nothing in a path or a message is taken for
 * markup, mentions nobody and links to no issue.
 */
#include "report/formats.h"

#include "base/alloc.h"
#include "report/message.h"
#include "report/uri.h"
#include "rule/rule.h"
#include "scan/finding.h"

struct markdown {
	struct strbuf files;
	size_t findings, nr_files;
	const struct rule **rules; /* each once, in the order they came */
	size_t nr, alloc;
};

static void markdown_begin(struct report *report)
{
	struct markdown *markdown = report->data = xcalloc(1, sizeof(*markdown));

	strbuf_init(&markdown->files);
}

/* -- text in Markdown */

/* The most backticks in a row. */
static size_t longest_ticks(const char *text, size_t len)
{
	size_t longest = 0, row = 0;

	for (size_t i = 0; i < len; i++) {
		row = text[i] == '`' ? row + 1 : 0;
		longest = row > longest ? row : longest;
	}
	return longest;
}

static void add_ticks(struct strbuf *out, size_t count)
{
	while (count--)
		strbuf_addch(out, '`');
}

/* A code span of any text; in a table a bar would end the cell even here. */
static void add_code(struct strbuf *out, const char *text, size_t len)
{
	struct strbuf visible = STRBUF_INIT;
	size_t ticks = longest_ticks(text, len) + 1;
	bool padded = ticks > 1 || (len && (text[0] == ' ' || text[len - 1] == ' '));

	strbuf_add_visible(&visible, text, len);
	add_ticks(out, ticks);
	strbuf_addstr(out, padded ? " " : "");
	for (const char *at = visible.buf; *at; at++) {
		if (*at == '|')
			strbuf_addch(out, '\\');
		strbuf_addch(out, *at == '\t' ? ' ' : *at);
	}
	strbuf_addstr(out, padded ? " " : "");
	add_ticks(out, ticks);
	strbuf_release(&visible);
}

/* An empty comment keeps @ and # from naming somebody or something. */
static void add_plain(struct strbuf *out, const char *text, size_t len)
{
	struct strbuf visible = STRBUF_INIT;

	strbuf_add_visible(&visible, text, len);
	for (const char *at = visible.buf; *at; at++) {
		if (strchr("\\`*_{}[]<>|~&", *at))
			strbuf_addch(out, '\\');
		strbuf_addch(out, *at == '\t' ? ' ' : *at);
		if (*at == '@' || *at == '#')
			strbuf_addstr(out, "<!-- -->");
	}
	strbuf_release(&visible);
}

/* Messages mark code with backticks, as Markdown does; what is filled in may have some of its own. */
static void add_message(struct strbuf *out, const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "`"), code;

		add_plain(out, text, len);
		text += len;
		if (!*text)
			break;
		code = strcspn(text + 1, "`");
		if (!code || !text[1 + code]) {
			add_plain(out, text, strlen(text));
			break;
		}
		add_code(out, text + 1, code);
		text += code + 2;
	}
}

/* -- findings */

static void note_rule(struct markdown *markdown, const struct rule *rule)
{
	for (size_t i = 0; i < markdown->nr; i++)
		if (markdown->rules[i] == rule)
			return;
	ARRAY_GROW(markdown->rules, markdown->nr + 1, markdown->alloc);
	markdown->rules[markdown->nr++] = rule;
}

static void add_row(struct strbuf *out, const struct finding *finding)
{
	char *message = message_with_place(finding);

	strbuf_addf(out, "| %u | %s | ", finding->place.line, severity_name(finding->rule->severity));
	add_plain(out, finding->rule->code, strlen(finding->rule->code));
	strbuf_addstr(out, " | ");
	add_message(out, message);
	free(message);
	if (finding->commit)
		strbuf_addf(out, " (in %.12s)", finding->commit);
	strbuf_addstr(out, " |\n");
}

static void markdown_file(struct report *report, const char *path, const struct finding_list *findings)
{
	struct markdown *markdown = report->data;
	struct strbuf *out = &markdown->files;
	size_t before = markdown->findings;

	for (size_t i = 0; i < findings->nr; i++) {
		const struct finding *finding = &findings->items[i];

		if (finding->suppressed)
			continue;
		if (markdown->findings++ == before) {
			strbuf_addstr(out, "\n#### ");
			add_code(out, path, strlen(path));
			strbuf_addstr(out, "\n\n| line | severity | rule | |\n| ---: | --- | --- | --- |\n");
			markdown->nr_files++;
		}
		add_row(out, finding);
		note_rule(markdown, finding->rule);
	}
}

/* -- what to do */

/* Rule files have their help in Markdown. */
static void add_rule(struct strbuf *out, const struct rule *rule)
{
	struct strbuf uri = STRBUF_INIT;

	strbuf_addstr(out, "\n**");
	add_plain(out, rule->code, strlen(rule->code));
	strbuf_addch(out, ' ');
	add_plain(out, rule->name, strlen(rule->name));
	strbuf_addf(out, "**\n\n%s", rule->help);
	if (uri_add_rule(&uri, rule) && strncmp(uri.buf, "http", 4) == 0)
		strbuf_addf(out, "\n<%s>\n", uri.buf);
	strbuf_release(&uri);
}

static void add_advice(struct strbuf *out, const struct markdown *markdown)
{
	strbuf_addstr(out, "\n<details>\n<summary>What to do</summary>\n");
	for (size_t i = 0; i < markdown->nr; i++)
		if (*markdown->rules[i]->help)
			add_rule(out, markdown->rules[i]);
	strbuf_addstr(out, "\n</details>\n");
}

static void markdown_end(struct report *report, bool complete)
{
	struct markdown *markdown = report->data;
	struct strbuf *out = &report->text;

	if (markdown->findings)
		strbuf_addf(out, "### asyncgrep: %zu finding%s in %zu file%s\n", markdown->findings,
			    markdown->findings == 1 ? "" : "s", markdown->nr_files,
			    markdown->nr_files == 1 ? "" : "s");
	else
		strbuf_addstr(out, "### asyncgrep: no findings\n");
	if (!complete)
		strbuf_addstr(out, "\n**Not everything could be scanned.**\n");
	strbuf_add(out, markdown->files.buf, markdown->files.len);
	if (markdown->findings)
		add_advice(out, markdown);
	strbuf_release(&markdown->files);
	free(markdown->rules);
	free(markdown);
}

const struct report_format report_markdown = {
	.name = "markdown",
	.help = "tables to paste into a pull request",
	.needs = REPORT_FULL_PATH,
	.begin = markdown_begin,
	.file = markdown_file,
	.end = markdown_end,
};
