/* SPDX-License-Identifier: MIT
 *
 * What a report needs of a match, worked out while the file is there.
 */
#include "scan/place.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "scan/evaluate_parts.h"

/* More of an expression than this many bytes names nothing to a reader. */
#define MAX_QUOTED 120

/* Source text on one line: runs of blanks and line ends become one blank; what is too long is cut. */
static void add_squeezed(struct strbuf *out, const char *text, size_t len)
{
	size_t start = out->len;
	bool blank = false;

	for (size_t i = 0; i < len; i++) {
		if (out->len - start >= MAX_QUOTED && (text[i] & 0xC0) != 0x80) {
			strbuf_addstr(out, "…");
			return;
		}
		if (text[i] && strchr(" \t\r\n\f\\", text[i])) {
			blank = true;
			continue;
		}
		if (blank && out->len > start)
			strbuf_addch(out, ' ');
		blank = false;
		strbuf_addch(out, text[i]);
	}
}

static void fill_place(struct source *source, struct extent extent, struct finding_place *place)
{
	struct text line;
	uint32_t line_start;
	size_t len = extent.end - extent.start;

	place->line = source_line(source, extent.start);
	place->column = source_column(source, extent.start);
	place->byte_column = source_byte_column(source, extent.start);
	place->end_line = source_line(source, extent.end);
	place->end_column = source_column(source, extent.end);
	place->end_byte_column = source_byte_column(source, extent.end);
	line = source_line_text(source, place->line);
	finding_place_set_line(place, line.ptr, line.len);
	line_start = (uint32_t)(line.ptr - source->bytes);
	if (extent.start + len > line_start + line.len)
		len = line_start + line.len > extent.start ? line_start + line.len - extent.start : 0;
	place->text = xmemdupz(source->bytes + extent.start, len);
}

static bool is_word(const char *name, size_t len, const char *word)
{
	return len == strlen(word) && !memcmp(name, word, len);
}

/* The line that a place stands in, without its indentation. */
static void add_line(struct evaluation *ev, uint32_t offset, struct strbuf *out)
{
	struct source *source = &ev->file->source;
	struct text line = source_line_text(source, source_line(source, offset));
	size_t blank = 0;

	while (blank < line.len && strchr(" \t\f", line.ptr[blank]))
		blank++;
	add_squeezed(out, line.ptr + blank, line.len - blank);
}

/*
 * The text of a capture by name, of the extent itself for `callee` and `match`, of its line for `line`; false if
 * there is none.
 */
static bool add_named(struct evaluation *ev, struct extent extent, const char *name, size_t len, struct strbuf *out)
{
	const char *bytes = ev->file->source.bytes;

	for (int i = 0; i < ev->nr_captures; i++) {
		const struct capture *c = &ev->captures[i];

		if (is_word(name, len, ev->capture_names[i]) && c->start != NO_OFFSET) {
			add_squeezed(out, bytes + c->start, c->end - c->start);
			return true;
		}
	}
	if (is_word(name, len, "callee") || is_word(name, len, "match"))
		add_squeezed(out, bytes + extent.start, extent.end - extent.start);
	else if (is_word(name, len, "line"))
		add_line(ev, extent.start, out);
	else
		return false;
	return true;
}

/* `{name}` in a message is the text of a capture; other braces stay as they are. */
static char *fill_message(struct evaluation *ev, struct extent extent, const char *message)
{
	struct strbuf raw = STRBUF_INIT, clean = STRBUF_INIT;

	while (*message) {
		size_t len = strcspn(message, "{");

		strbuf_add(&raw, message, len);
		message += len;
		len = *message ? strcspn(message + 1, "{}") : 0;
		if (len && message[len + 1] == '}' && add_named(ev, extent, message + 1, len, &raw))
			message += len + 2;
		else if (*message)
			strbuf_addch(&raw, *message++);
	}
	strbuf_add_utf8(&clean, raw.buf, raw.len);
	strbuf_release(&raw);
	return strbuf_detach(&clean, NULL);
}

/* "Class.method": the names of the scopes around; NULL outside of functions. */
static char *function_name(const struct pyfile *file, uint32_t offset)
{
	const struct blocks *blocks = &file->blocks;
	int32_t stmt = blocks_at(blocks, offset), chain[64];
	struct strbuf name = STRBUF_INIT;
	size_t depth = 0;

	if (stmt == NO_STMT || blocks_function(blocks, blocks->stmts[stmt].scope) == NO_STMT)
		return NULL;
	for (int32_t s = blocks->stmts[stmt].scope; s != NO_STMT && depth < ARRAY_SIZE(chain); s = blocks->stmts[s].scope)
		chain[depth++] = s;
	while (depth) {
		struct text part = blocks_name(blocks, &file->mask, chain[--depth]);

		if (name.len)
			strbuf_addch(&name, '.');
		strbuf_add_utf8(&name, part.ptr, part.len);
	}
	return strbuf_detach(&name, NULL);
}

static void add_captures(const struct evaluation *ev, struct finding *finding)
{
	struct strbuf raw = STRBUF_INIT, text = STRBUF_INIT;

	finding->captures = xcalloc((size_t)ev->nr_captures, sizeof(*finding->captures));
	for (int i = 0; i < ev->nr_captures; i++) {
		struct finding_capture *capture = &finding->captures[finding->nr_captures];
		const struct capture *c = &ev->captures[i];

		if (c->start == NO_OFFSET)
			continue;
		strbuf_setlen(&raw, 0);
		strbuf_setlen(&text, 0);
		add_squeezed(&raw, ev->file->source.bytes + c->start, c->end - c->start);
		strbuf_add_utf8(&text, raw.buf, raw.len);
		capture->name = xstrdup(ev->capture_names[i]);
		capture->text = xstrdup(text.buf);
		finding->nr_captures++;
	}
	strbuf_release(&raw);
	strbuf_release(&text);
}

/* Findings are a set of places: in `a.m().m()` the same rule may find the same place for each call of the chain. */
static bool is_there(const struct finding_list *findings, const struct rule *rule, uint32_t offset)
{
	for (size_t i = findings->nr; i-- && findings->items[i].offset == offset;)
		if (findings->items[i].rule == rule)
			return true;
	return false;
}

void place_finding(struct evaluation *ev, const struct rule *rule, struct extent extent, struct extent second,
		   struct finding_list *findings)
{
	struct finding *finding;

	if (is_there(findings, rule, extent.start))
		return;
	finding = finding_add(findings);
	finding->rule = rule;
	finding->offset = extent.start;
	finding->message = fill_message(ev, extent, rule->message);
	finding->function = function_name(ev->file, extent.start);
	fill_place(&ev->file->source, extent, &finding->place);
	add_captures(ev, finding);
	if (second.start == NO_OFFSET || !rule->note)
		return;
	finding->second_note = fill_message(ev, extent, rule->note);
	fill_place(&ev->file->source, second, &finding->second);
}
