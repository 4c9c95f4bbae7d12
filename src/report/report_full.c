/* SPDX-License-Identifier: MIT
 *
 * For people at a terminal: what is wrong, the source line with carets under
 * the place, the second place where the rule has one, and what to do.
 */
#include "report/formats.h"

#include "report/snippet.h"
#include "report/uri.h"
#include "rule/rule.h"
#include "scan/finding.h"

/* Escape sequences, all empty without colours. */
struct palette {
	const char *severity, *strong, *frame, *second, *reset;
};

static struct palette palette_of(const struct report *report, enum severity severity)
{
	static const char *const by_severity[] = {
		[SEVERITY_INFO] = "\033[1;36m",
		[SEVERITY_WARNING] = "\033[1;33m",
		[SEVERITY_ERROR] = "\033[1;31m",
	};

	if (!report->options.color)
		return (struct palette){ "", "", "", "", "" };
	return (struct palette){
		.severity = by_severity[severity],
		.strong = "\033[1m",
		.frame = "\033[34m",
		.second = "\033[1;34m",
		.reset = "\033[0m",
	};
}

static unsigned digits_of(uint32_t number)
{
	unsigned digits = 1;

	while (number /= 10)
		digits++;
	return digits;
}

/* A URI is plain ASCII; an empty one ends the link. */
static void add_link(struct strbuf *out, const char *uri)
{
	strbuf_addf(out, "\033]8;;%s\033\\", uri);
}

static void add_code(struct report *report, const struct rule *rule)
{
	struct strbuf uri = STRBUF_INIT;
	bool linked = report->options.hyperlink && uri_add_rule(&uri, rule);

	if (linked)
		add_link(&report->text, uri.buf);
	strbuf_add_visible(&report->text, rule->code, strlen(rule->code));
	if (linked)
		add_link(&report->text, "");
	strbuf_release(&uri);
}

static void add_title(struct report *report, const struct palette *palette, const struct finding *finding)
{
	struct strbuf *out = &report->text;

	strbuf_addf(out, "%s%s[", palette->severity, severity_name(finding->rule->severity));
	add_code(report, finding->rule);
	strbuf_addf(out, "]%s%s: ", palette->reset, palette->strong);
	strbuf_add_visible(out, finding->message, strlen(finding->message));
	strbuf_addf(out, "%s\n", palette->reset);
}

/* A link only to what is there: a file of an older version may be gone. */
static bool begin_file_link(struct report *report, const char *path)
{
	char *real = report->options.hyperlink ? realpath(path, NULL) : NULL;
	struct strbuf uri = STRBUF_INIT;

	if (!real)
		return false;
	uri_add_file(&uri, real);
	add_link(&report->text, uri.buf);
	strbuf_release(&uri);
	free(real);
	return true;
}

static void add_where(struct report *report, const struct palette *palette, unsigned gutter,
		      const char *path, const struct finding *finding)
{
	struct strbuf *out = &report->text;
	bool linked;

	strbuf_addf(out, "%s%*s-->%s ", palette->frame, (int)gutter, "", palette->reset);
	if (finding->commit)
		strbuf_addf(out, "%.12s:", finding->commit);
	linked = begin_file_link(report, path);
	strbuf_add_visible(out, path, strlen(path));
	strbuf_addf(out, ":%u:%u", finding->place.line, finding->place.column);
	if (linked)
		add_link(out, "");
	if (finding->function) {
		strbuf_addstr(out, " in ");
		strbuf_add_visible(out, finding->function, strlen(finding->function));
	}
	if (finding->removed_in)
		strbuf_addf(out, " (removed in %.12s)", finding->removed_in);
	strbuf_addch(out, '\n');
}

/* A place as bytes of the part of a line that `shown` has kept. */
static struct snippet_mark mark_of(const struct finding_place *place, const struct finding_place *shown)
{
	size_t line_end = shown->lines_from + shown->lines_len;
	size_t start = place->byte_column - 1;
	size_t end = place->end_line > place->line ? line_end : place->end_byte_column - 1;

	if (start < shown->lines_from)
		start = shown->lines_from;
	if (start > line_end)
		start = line_end;
	if (end > line_end)
		end = line_end;
	if (end < start)
		end = start;
	return (struct snippet_mark){ .start = start - shown->lines_from, .end = end - shown->lines_from };
}

static void add_line(struct strbuf *out, const struct snippet_style *style,
		     const struct finding_place *place, const struct snippet_mark *marks, size_t nr)
{
	const struct snippet_line line = {
		.number = place->line,
		.text = { place->lines, place->lines_len },
		.cut_before = place->lines_from > 0,
		.cut_behind = place->lines_cut,
	};

	snippet_add(out, style, &line, marks, nr);
}

static void add_plain_line(struct strbuf *out, const struct snippet_style *style, const struct finding_list *findings,
			   uint32_t number)
{
	const struct finding_line *source = &findings->lines[finding_list_line(findings, number)];
	const struct snippet_line line = { .number = number, .text = { source->text, source->len } };

	snippet_add(out, style, &line, NULL, 0);
}

/* The marks of both places; that of the second as it is shown: in a line of its own or in that of the first. */
static void make_marks(const struct palette *palette, const struct finding *finding, struct snippet_mark *marks)
{
	const struct finding_place *place = &finding->place, *second = &finding->second;

	marks[0] = mark_of(place, place);
	marks[0].sign = '^';
	marks[0].label = finding->rule->name;
	marks[0].color = palette->severity;
	if (!finding->second_note)
		return;
	marks[1] = mark_of(second, second->line == place->line ? place : second);
	marks[1].sign = '-';
	marks[1].label = finding->second_note;
	marks[1].color = palette->second;
}

/* The first line behind `last` that is to be shown: of a place, or around it; UINT32_MAX: none. */
static uint32_t next_line(const struct finding *finding, uint32_t last)
{
	uint32_t around = last < finding->shown_from ? finding->shown_from : last + 1, next = UINT32_MAX;

	if (finding->place.line > last)
		next = finding->place.line;
	if (finding->second_note && finding->second.line > last && finding->second.line < next)
		next = finding->second.line;
	return around <= finding->shown_to && around < next ? around : next;
}

static uint32_t last_line(const struct finding *finding)
{
	uint32_t last = finding->place.line;

	if (finding->second_note && finding->second.line > last)
		last = finding->second.line;
	return finding->shown_to > last ? finding->shown_to : last;
}

static void add_lines(struct strbuf *out, const struct snippet_style *style, const struct palette *palette,
		      const struct finding_list *findings, const struct finding *finding)
{
	const struct finding_place *place = &finding->place, *second = finding->second_note ? &finding->second : NULL;
	bool both = second && second->line == place->line;
	struct snippet_mark marks[2];
	uint32_t last = 0, line;

	make_marks(palette, finding, marks);
	for (; (line = next_line(finding, last)) != UINT32_MAX; last = line) {
		if (last && line > last + 1)
			strbuf_addstr(out, "...\n");
		if (line == place->line)
			add_line(out, style, place, marks, both ? 2 : 1);
		else if (second && line == second->line)
			add_line(out, style, second, &marks[1], 1);
		else
			add_plain_line(out, style, findings, line);
	}
}

/* The first line of the rule's help; the rest is for --explain. */
static void add_hint(struct strbuf *out, const struct palette *palette, unsigned gutter,
		     const struct rule *rule)
{
	size_t len = rule->help ? strcspn(rule->help, "\n") : 0;

	if (!len)
		return;
	strbuf_addf(out, "%s%*s =%s %shelp:%s ", palette->frame, (int)gutter, "", palette->reset,
		    palette->strong, palette->reset);
	strbuf_add_visible(out, rule->help, len);
	strbuf_addch(out, '\n');
}

static void add_finding(struct report *report, const char *path, const struct finding_list *findings,
			const struct finding *finding)
{
	const struct palette palette = palette_of(report, finding->rule->severity);
	const struct snippet_style style = {
		.gutter = digits_of(last_line(finding)),
		.width = report->options.width,
		.frame = palette.frame,
		.reset = palette.reset,
	};
	struct strbuf *out = &report->text;

	add_title(report, &palette, finding);
	add_where(report, &palette, style.gutter, path, finding);
	snippet_add_bar(out, &style);
	add_lines(out, &style, &palette, findings, finding);
	add_hint(out, &palette, style.gutter, finding->rule);
	strbuf_addch(out, '\n');
}

static void full_file(struct report *report, const char *path, const struct finding_list *findings)
{
	for (size_t i = 0; i < findings->nr; i++)
		if (!findings->items[i].suppressed)
			add_finding(report, path, findings, &findings->items[i]);
}

const struct report_format report_full = {
	.name = "full",
	.help = "source lines with carets, and what to do",
	.lines = true,
	.file = full_file,
};
