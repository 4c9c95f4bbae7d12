/* SPDX-License-Identifier: MIT
 *
 * For the log of a GitHub Actions step: each finding as a line of text, and as
 * a workflow command, which makes an annotation of it:
 *
 *	::error file=app/a.py,line=3,col=9,endLine=3,endColumn=16,title=AB12 name::message
 *
 * GitHub shows ten of a kind a step: no more are written, the worst first, and a last
 * line says how many there are beyond them. A line of text that could be taken for a command
 * is changed, for paths come from strangers.
 */
#include "report/formats.h"

#include "base/alloc.h"
#include "report/message.h"
#include "rule/rule.h"
#include "scan/finding.h"

#define MAX_ANNOTATIONS 10 /* of a severity */

struct github {
	struct annotations {
		struct strbuf commands;
		size_t nr;
	} by_severity[SEVERITY_ERROR + 1];
};

static const char *const kinds[] = {
	[SEVERITY_INFO] = "notice",
	[SEVERITY_WARNING] = "warning",
	[SEVERITY_ERROR] = "error",
};

static void github_begin(struct report *report)
{
	struct github *github = report->data = xcalloc(1, sizeof(*github));

	for (size_t i = 0; i < ARRAY_SIZE(github->by_severity); i++)
		strbuf_init(&github->by_severity[i].commands);
}

/* -- commands */

/* What the runner takes apart, and control characters, which it leaves as %XX. */
static bool is_special(unsigned char byte, bool property)
{
	return byte == '%' || (byte < ' ' && byte != '\t') || byte == 0x7F || (property && (byte == ':' || byte == ','));
}

static void add_escaped(struct strbuf *out, const char *text, bool property)
{
	struct strbuf utf8 = STRBUF_INIT;

	strbuf_add_utf8(&utf8, text, strlen(text));
	for (const char *at = utf8.buf; *at; at++)
		if (is_special((unsigned char)*at, property))
			strbuf_addf(out, "%%%02X", (unsigned char)*at);
		else
			strbuf_addch(out, *at);
	strbuf_release(&utf8);
}

/* Columns are only for what is in one line. */
static void add_place(struct strbuf *out, const struct finding_place *place)
{
	strbuf_addf(out, ",line=%u", place->line);
	if (place->end_line == place->line)
		strbuf_addf(out, ",col=%u,endLine=%u,endColumn=%u", place->column, place->end_line, place->end_column);
	else
		strbuf_addf(out, ",endLine=%u", place->end_line);
}

static void add_command(struct strbuf *out, const char *path, const struct finding *finding)
{
	const struct rule *rule = finding->rule;
	char *message = message_with_place(finding);

	strbuf_addf(out, "::%s file=", kinds[rule->severity]);
	add_escaped(out, path, true);
	add_place(out, &finding->place);
	strbuf_addstr(out, ",title=");
	add_escaped(out, rule->code, true);
	strbuf_addch(out, ' ');
	add_escaped(out, rule->name, true);
	strbuf_addstr(out, "::");
	add_escaped(out, message, false);
	strbuf_addch(out, '\n');
	free(message);
}

/* -- text */

/* A command begins with :: behind blanks, or stands anywhere behind ##[, as it once did. */
static void add_harmless(struct strbuf *out, const char *line, size_t len)
{
	size_t blanks = strspn(line, " \t");

	if (!strncmp(line + blanks, "::", 2))
		strbuf_addstr(out, "./");
	for (size_t i = 0; i < len; i++) {
		strbuf_addch(out, line[i]);
		if (!strncmp(line + i, "#[", 2))
			strbuf_addch(out, ' ');
	}
}

static void add_text(struct report *report, const char *path, const struct finding_list *findings)
{
	size_t from = report->text.len;
	struct strbuf lines = STRBUF_INIT;

	report_text.file(report, path, findings);
	strbuf_addstr(&lines, report->text.buf + from);
	strbuf_setlen(&report->text, from);
	for (const char *at = lines.buf; *at; ) {
		size_t len = strcspn(at, "\n") + 1;

		add_harmless(&report->text, at, len);
		at += len;
	}
	strbuf_release(&lines);
}

static void github_file(struct report *report, const char *path, const struct finding_list *findings)
{
	struct github *github = report->data;

	add_text(report, path, findings);
	for (size_t i = 0; i < findings->nr; i++) {
		const struct finding *finding = &findings->items[i];
		struct annotations *of = &github->by_severity[finding->rule->severity];

		if (!finding->suppressed && of->nr++ < MAX_ANNOTATIONS)
			add_command(&of->commands, path, finding);
	}
}

static void github_end(struct report *report, bool complete)
{
	struct github *github = report->data;
	size_t cut = 0;

	(void)complete;
	for (int severity = SEVERITY_ERROR; severity >= SEVERITY_INFO; severity--) {
		struct annotations *of = &github->by_severity[severity];

		strbuf_add(&report->text, of->commands.buf, of->commands.len);
		cut += of->nr > MAX_ANNOTATIONS ? of->nr - MAX_ANNOTATIONS : 0;
		strbuf_release(&of->commands);
	}
	if (cut)
		strbuf_addf(&report->text, "%zu more not annotated: GitHub shows %d errors, %d warnings and %d notices a step\n",
			    cut, MAX_ANNOTATIONS, MAX_ANNOTATIONS, MAX_ANNOTATIONS);
	free(github);
}

const struct report_format report_github = {
	.name = "github",
	.help = "text, and annotations for GitHub Actions",
	.needs = REPORT_FULL_PATH,
	.begin = github_begin,
	.file = github_file,
	.end = github_end,
};
