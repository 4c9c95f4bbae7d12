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

static void add_gap(struct strbuf *out, const struct finding_place *above, const struct finding_place *below)
{
	if (below->line > above->line + 1)
		strbuf_addstr(out, "...\n");
}

static void add_lines(struct strbuf *out, const struct snippet_style *style,
		      const struct palette *palette, const struct finding *finding)
{
	const struct finding_place *place = &finding->place, *second = &finding->second;
	struct snippet_mark marks[2] = { mark_of(place, place) };

	marks[0].sign = '^';
	marks[0].label = finding->rule->name;
	marks[0].color = palette->severity;
	if (!finding->second_note) {
		add_line(out, style, place, marks, 1);
		return;
	}
	marks[1] = mark_of(second, second->line == place->line ? place : second);
	marks[1].sign = '-';
	marks[1].label = finding->second_note;
	marks[1].color = palette->second;
	if (second->line == place->line) {
		add_line(out, style, place, marks, 2);
	} else if (second->line < place->line) {
		add_line(out, style, second, &marks[1], 1);
		add_gap(out, second, place);
		add_line(out, style, place, marks, 1);
	} else {
		add_line(out, style, place, marks, 1);
		add_gap(out, place, second);
		add_line(out, style, second, &marks[1], 1);
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

static void add_finding(struct report *report, const char *path, const struct finding *finding)
{
	const struct palette palette = palette_of(report, finding->rule->severity);
	uint32_t last = finding->second_note && finding->second.line > finding->place.line ?
		finding->second.line : finding->place.line;
	const struct snippet_style style = {
		.gutter = digits_of(last),
		.width = report->options.width,
		.frame = palette.frame,
		.reset = palette.reset,
	};
	struct strbuf *out = &report->text;

	add_title(report, &palette, finding);
	add_where(report, &palette, style.gutter, path, finding);
	snippet_add_bar(out, &style);
	add_lines(out, &style, &palette, finding);
	add_hint(out, &palette, style.gutter, finding->rule);
	strbuf_addch(out, '\n');
}

static void full_file(struct report *report, const char *path, const struct finding_list *findings)
{
	for (size_t i = 0; i < findings->nr; i++)
		if (!findings->items[i].suppressed)
			add_finding(report, path, &findings->items[i]);
}

const struct report_format report_full = {
	.name = "full",
	.help = "source lines with carets, and what to do",
	.file = full_file,
};
