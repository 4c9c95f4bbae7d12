/* SPDX-License-Identifier: MIT
 *
 * Windows, and patterns that name captures: `{task}` in one stands for the
 * text that the capture has now.
 */
#include "scan/window.h"

#include <ctype.h>

#include "base/strbuf.h"
#include "scan/evaluate_parts.h"

struct span {
	uint32_t start, end;
};

static struct span span_of_header(const struct evaluation *ev, int32_t header)
{
	if (header == NO_STMT)
		return (struct span){ 0, ev->file->mask.len };
	return (struct span){ stmt_at(ev, header)->start, stmt_at(ev, header)->body_end };
}

static struct span span_of_block(const struct evaluation *ev, int32_t stmt)
{
	int32_t parent = stmt_at(ev, stmt)->parent;

	if (parent == NO_STMT)
		return span_of_header(ev, NO_STMT);
	return (struct span){ stmt_at(ev, parent)->end, stmt_at(ev, parent)->body_end };
}

static struct span span_of(struct evaluation *ev, enum window window, int32_t node)
{
	const struct blocks *blocks = &ev->file->blocks;
	int32_t stmt = node != NO_NODE ? node_at(ev, node)->stmt : blocks_at(blocks, ev->match_start);
	int32_t scope = stmt != NO_STMT ? stmt_at(ev, stmt)->scope : NO_STMT;
	struct span span = { 0, ev->file->mask.len };

	switch (window) {
	case WINDOW_MATCH:
		if (node != NO_NODE)
			span = (struct span){ node_at(ev, node)->start, node_at(ev, node)->end };
		break;
	case WINDOW_STATEMENT:
		if (stmt != NO_STMT)
			blocks_logical_line(blocks, stmt, &span.start, &span.end);
		break;
	case WINDOW_BLOCK:
		if (stmt != NO_STMT)
			span = span_of_block(ev, stmt);
		break;
	case WINDOW_AFTER:
		span.end = span_of_header(ev, blocks_function(blocks, scope)).end;
		span.start = ev->match_end;
		break;
	case WINDOW_BETWEEN:
		span.start = ev->match_end;
		span.end = ev->then_start == NO_OFFSET ? ev->match_end : ev->then_start;
		break;
	case WINDOW_FUNCTION:
		span = span_of_header(ev, blocks_function(blocks, scope));
		break;
	case WINDOW_CLASS:
		span = span_of_header(ev, blocks_class(blocks, scope));
		break;
	case WINDOW_ENCLOSING:
	case WINDOW_FINALLY:
	case WINDOW_FILE:
		break;
	}
	if (span.end < span.start)
		span.end = span.start;
	return span;
}

/* What is searched: the source itself for a match, so that texts can be told; code text for everything else. */
static const char *text_of(const struct evaluation *ev, enum window window)
{
	return window == WINDOW_MATCH ? ev->file->source.bytes : ev->file->mask.code;
}

static void add_quoted(struct strbuf *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (ispunct((unsigned char)text[i]))
			strbuf_addch(out, '\\');
		strbuf_addch(out, text[i]);
	}
}

/* The pattern with the texts of captures put in, each quoted; false if one of them has no text. */
static bool fill_in(const struct evaluation *ev, const struct window_pattern *pattern, struct strbuf *filled)
{
	const char *text = text_of(ev, pattern->window);

	for (size_t i = 0; i < pattern->pattern_len; i++) {
		const char *rest = pattern->pattern + i;
		int capture = -1;

		for (int c = 0; *rest == '{' && c < ev->nr_captures && capture < 0; c++) {
			size_t len = strlen(ev->capture_names[c]);

			if (!strncmp(rest + 1, ev->capture_names[c], len) && rest[len + 1] == '}')
				capture = c;
		}
		if (capture < 0) {
			strbuf_addch(filled, *rest);
			continue;
		}
		if (ev->captures[capture].start == NO_OFFSET)
			return false;
		add_quoted(filled, text + ev->captures[capture].start,
			   ev->captures[capture].end - ev->captures[capture].start);
		i += strlen(ev->capture_names[capture]) + 1;
	}
	return true;
}

static bool find_in(struct evaluation *ev, const struct regex *regex, enum window window, struct span span,
		    uint32_t *start, uint32_t *end)
{
	struct regex_match match;
	int found = regex_match(regex, ev->regex_worker, text_of(ev, window), span.end, span.start, &match, &ev->error);

	if (found <= 0)
		return false;
	*start = (uint32_t)match.starts[0];
	*end = (uint32_t)match.ends[0];
	return true;
}

static bool find_in_headers(struct evaluation *ev, const struct regex *regex, int32_t stmt, uint32_t *start,
			    uint32_t *end)
{
	for (int32_t h = stmt_at(ev, stmt)->parent; h != NO_STMT; h = stmt_at(ev, h)->parent) {
		struct span span = { stmt_at(ev, h)->start, stmt_at(ev, h)->end };

		if (find_in(ev, regex, WINDOW_ENCLOSING, span, start, end))
			return true;
		if (stmt_at(ev, h)->kind == STMT_DEF)
			return false;
	}
	return false;
}

static bool find_in_finally(struct evaluation *ev, const struct regex *regex, int32_t stmt, uint32_t *start,
			    uint32_t *end)
{
	const struct blocks *blocks = &ev->file->blocks;
	int32_t function = blocks_function(blocks, stmt_at(ev, stmt)->scope);

	if (function == NO_STMT)
		return false;
	for (int32_t s = function + 1; s <= stmt_at(ev, function)->last; s++) {
		struct span span = { stmt_at(ev, s)->end, stmt_at(ev, s)->body_end };

		if (stmt_at(ev, s)->kind == STMT_FINALLY && blocks_function(blocks, stmt_at(ev, s)->scope) == function &&
		    find_in(ev, regex, WINDOW_FINALLY, span, start, end))
			return true;
	}
	return false;
}

static bool find_with(struct evaluation *ev, const struct regex *regex, enum window window, int32_t node,
		      uint32_t *start, uint32_t *end)
{
	int32_t stmt = node != NO_NODE ? node_at(ev, node)->stmt : blocks_at(&ev->file->blocks, ev->match_start);

	if (window == WINDOW_ENCLOSING)
		return stmt != NO_STMT && find_in_headers(ev, regex, stmt, start, end);
	if (window == WINDOW_FINALLY)
		return stmt != NO_STMT && find_in_finally(ev, regex, stmt, start, end);
	return find_in(ev, regex, window, span_of(ev, window, node), start, end);
}

bool window_find(struct evaluation *ev, const struct window_pattern *pattern, int32_t node, uint32_t *start,
		 uint32_t *end)
{
	struct strbuf filled = STRBUF_INIT;
	struct regex *regex;
	size_t offset;
	bool found = false;

	if (pattern->regex)
		return find_with(ev, pattern->regex, pattern->window, node, start, end);
	/* Used once: machine code would cost more than it gives. */
	regex = fill_in(ev, pattern, &filled) ?
			regex_compile(filled.buf, filled.len, false, false, &offset, &ev->error) : NULL;
	if (regex) {
		found = find_with(ev, regex, pattern->window, node, start, end);
		regex_free(regex);
	}
	strbuf_release(&filled);
	return found;
}

bool evaluate_pattern(struct evaluation *ev, const struct window_pattern *pattern, int32_t node)
{
	uint32_t start, end;

	return window_find(ev, pattern, node, &start, &end);
}
