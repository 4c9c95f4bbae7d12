/* SPDX-License-Identifier: MIT
 *
 * Source lines on terminals. Cells are counted from the left end of what is
 * shown, by the same function that draws it, so that carets cannot drift.
 */
#include "report/snippet.h"

#include "base/unicode.h"

#define TAB_CELLS 4
#define UNKNOWN_WIDTH 160
#define LEAST_WIDTH 40
#define CELLS_OF_HEX 4 /* \xNN */

/* The part of a line that is shown. */
struct view {
	size_t from, to; /* bytes */
	unsigned indent; /* cells before `from`: of the sign that something is cut */
	bool cut_behind;
};

/* Bytes of the character at `at` and the cells it takes there. */
static size_t measure_one(struct text line, size_t at, unsigned cell, unsigned *cells)
{
	size_t bytes;
	uint32_t point = unicode_decode(line.ptr + at, line.len - at, &bytes);

	if (point == '\t')
		*cells = TAB_CELLS - cell % TAB_CELLS;
	else if (point == UNICODE_INVALID || point < 0x20 || (point >= 0x7F && point < 0xA0))
		*cells = CELLS_OF_HEX * (unsigned)bytes;
	else
		*cells = unicode_width(point);
	return bytes;
}

/* Cells between the left end of the view and a byte of the line. */
static unsigned cell_of(struct text line, const struct view *view, size_t offset)
{
	unsigned cell = view->indent, cells;

	for (size_t i = view->from; i < offset && i < view->to; cell += cells)
		i += measure_one(line, i, cell, &cells);
	return cell;
}

/* Where a view that begins at `from` has to end to fit. */
static size_t fit(struct text line, size_t from, unsigned cell, unsigned room)
{
	unsigned cells;
	size_t i = from;

	while (i < line.len) {
		size_t bytes = measure_one(line, i, cell, &cells);

		if (cell + cells > room)
			break;
		cell += cells;
		i += bytes;
	}
	return i;
}

static size_t character_start(struct text line, size_t offset)
{
	for (int i = 0; i < 3 && offset && ((unsigned char)line.ptr[offset] & 0xC0) == 0x80; i++)
		offset--;
	return offset;
}

static struct view view_of(const struct snippet_line *line, const struct snippet_mark *mark, unsigned room)
{
	struct text text = line->text;
	struct view view = { .indent = line->cut_before };
	size_t before = room / 3;

	view.to = fit(text, 0, view.indent, room - line->cut_behind);
	if (view.to == text.len) {
		view.cut_behind = line->cut_behind;
		return view;
	}
	room--; /* for the sign that something is cut */
	if (mark->end > view.to && mark->start > before) {
		view.from = character_start(text, mark->start - before);
		view.indent = 1;
	}
	view.to = fit(text, view.from, view.indent, room);
	view.cut_behind = view.to < text.len || line->cut_behind;
	return view;
}

static void add_gutter(struct strbuf *out, const struct snippet_style *style, uint32_t number)
{
	strbuf_addstr(out, style->frame);
	if (number)
		strbuf_addf(out, "%*u |", (int)style->gutter, number);
	else
		strbuf_addf(out, "%*s |", (int)style->gutter, "");
	strbuf_addstr(out, style->reset);
}

static void add_spaces(struct strbuf *out, unsigned count)
{
	strbuf_addf(out, "%*s", (int)count, "");
}

static void add_source(struct strbuf *out, struct text line, const struct view *view)
{
	unsigned cell = view->indent, cells;
	size_t bytes;

	if (view->indent)
		strbuf_addstr(out, "\xE2\x80\xA6"); /* … */
	for (size_t i = view->from; i < view->to; i += bytes, cell += cells) {
		bytes = measure_one(line, i, cell, &cells);
		if (line.ptr[i] == '\t')
			add_spaces(out, cells);
		else
			strbuf_add_visible(out, line.ptr + i, bytes);
	}
	if (view->cut_behind)
		strbuf_addstr(out, "\xE2\x80\xA6");
}

static void add_mark(struct strbuf *out, const struct snippet_style *style, struct text line,
		     const struct view *view, const struct snippet_mark *mark)
{
	unsigned start = cell_of(line, view, mark->start);
	unsigned end = cell_of(line, view, mark->end);

	add_gutter(out, style, 0);
	add_spaces(out, start + 1);
	strbuf_addstr(out, mark->color);
	do
		strbuf_addch(out, mark->sign);
	while (++start < end);
	if (*mark->label) {
		strbuf_addch(out, ' ');
		strbuf_add_visible(out, mark->label, strlen(mark->label));
	}
	strbuf_addstr(out, style->reset);
	strbuf_addch(out, '\n');
}

void snippet_add(struct strbuf *out, const struct snippet_style *style, const struct snippet_line *line,
		 const struct snippet_mark *marks, size_t nr_marks)
{
	unsigned width = style->width ? style->width : UNKNOWN_WIDTH;
	unsigned taken = style->gutter + 3;
	static const struct snippet_mark start = { .start = 0 };
	struct view view = view_of(line, nr_marks ? &marks[0] : &start,
				   width < taken + LEAST_WIDTH ? LEAST_WIDTH : width - taken);

	add_gutter(out, style, line->number);
	if (line->text.len)
		strbuf_addch(out, ' ');
	add_source(out, line->text, &view);
	strbuf_addch(out, '\n');
	for (size_t i = 0; i < nr_marks; i++)
		add_mark(out, style, line->text, &view, &marks[i]);
}

void snippet_add_bar(struct strbuf *out, const struct snippet_style *style)
{
	add_gutter(out, style, 0);
	strbuf_addch(out, '\n');
}
