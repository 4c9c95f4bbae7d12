/* SPDX-License-Identifier: MIT
 *
 * Sixty-four bytes at a time: line ends and brackets. How deep in brackets a
 * line end is, counting bits tells; the first word is looked at where that is
 * not at all.
 */
#include "python/skim.h"

#include "base/alloc.h"
#include "base/block64.h"
#include "base/chars.h"
#include "python/first_word.h"
#include "python/layout.h"
#include "python/mask.h"

#define TAB_WIDTH 8

struct skimmer {
	struct skim *skim;
	const char *code;
	uint32_t len;
	int32_t open;       /* the innermost scope whose body is not over */
	int32_t header;     /* the scope whose header the current line is, or NO_SCOPE */
	bool importing;     /* the last import has no end yet */
};

/* Over blanks to the first byte that is none, with the column it stands in. */
static uint32_t skip_indentation(const struct skimmer *s, uint32_t pos, uint32_t *column)
{
	uint32_t col = 0;

	for (; pos < s->len; pos++) {
		while (s->len - pos >= 8 && !memcmp(s->code + pos, "        ", 8)) {
			pos += 8;
			col += 8;
		}
		if (s->code[pos] == ' ')
			col++;
		else if (s->code[pos] == '\t')
			col = (col / TAB_WIDTH + 1) * TAB_WIDTH;
		else if (s->code[pos] == '\f')
			col = 0;
		else
			break;
	}
	*column = col;
	return pos;
}

static uint32_t skip_blanks(const char *code, uint32_t pos)
{
	while (layout_is_blank(code[pos]))
		pos++;
	return pos;
}

/*
 * Behind a word at pos and the blanks that follow it; 0 where another word stands there. Where a backslash takes what
 * follows to the next line, the file is odd.
 */
static uint32_t behind_word(const struct skimmer *s, uint32_t pos, const char *word, uint32_t len)
{
	if (s->len - pos <= len || memcmp(s->code + pos, word, len) != 0 || is_name_byte(s->code[pos + len]))
		return 0;
	pos = skip_blanks(s->code, pos + len);
	s->skim->odd |= s->code[pos] == '\\';
	return pos;
}

/* From a place on, another scope is the innermost one. */
static void enter(struct skimmer *s, uint32_t pos, int32_t scope)
{
	struct skim *skim = s->skim;

	ARRAY_GROW(skim->changes, skim->nr_changes + 1, skim->alloc_changes);
	skim->changes[skim->nr_changes++] = (struct skim_change){ pos, scope };
	s->open = scope;
}

static void add_scope(struct skimmer *s, uint32_t pos, uint32_t column, bool is_class, bool is_async)
{
	struct skim *skim = s->skim;
	struct skim_scope *scope;

	ARRAY_GROW(skim->scopes, (size_t)skim->nr + 1, skim->alloc);
	scope = &skim->scopes[skim->nr];
	*scope = (struct skim_scope){ .start = pos, .body = s->len, .column = column, .parent = s->open,
				      .is_class = is_class, .is_async = is_async };
	if (is_async && s->open != NO_SCOPE)
		skim->scopes[s->open].holds_async = true;
	s->header = skim->nr++;
	enter(s, pos, s->header);
}

static void add_import(struct skimmer *s, uint32_t pos)
{
	struct skim *skim = s->skim;

	ARRAY_GROW(skim->imports, skim->nr_imports + 1, skim->alloc_imports);
	skim->imports[skim->nr_imports++] = (struct skim_import){ pos, s->len };
	s->importing = true;
}

static void take_async(struct skimmer *s, uint32_t pos, uint32_t column)
{
	uint32_t next = behind_word(s, pos, "async", 5);

	if (next && behind_word(s, next, "def", 3))
		add_scope(s, pos, column, false, true);
}

/* The first word of a logical line. */
static void take_word(struct skimmer *s, uint32_t pos, uint32_t column)
{
	switch (s->code[pos]) {
	case 'a':
		take_async(s, pos, column);
		break;
	case 'c':
		if (behind_word(s, pos, "class", 5))
			add_scope(s, pos, column, true, false);
		break;
	case 'd':
		if (behind_word(s, pos, "def", 3))
			add_scope(s, pos, column, false, false);
		break;
	case 'f':
		if (behind_word(s, pos, "from", 4))
			add_import(s, pos);
		break;
	case 'i':
		if (behind_word(s, pos, "import", 6))
			add_import(s, pos);
		break;
	case '\\':
		s->skim->odd = true; /* an indentation that goes on in the next line */
		break;
	}
}

/* At the start of a physical line where no bracket is open. */
static void take_line(struct skimmer *s, uint32_t start)
{
	struct skim *skim = s->skim;
	uint32_t column, pos = skip_indentation(s, start, &column);
	int32_t around = s->open;

	if (pos >= s->len || is_line_end(s->code[pos]))
		return;
	if (s->importing)
		skim->imports[skim->nr_imports - 1].end = start;
	if (s->header != NO_SCOPE)
		skim->scopes[s->header].body = start;
	s->importing = false;
	s->header = NO_SCOPE;
	while (around != NO_SCOPE && column <= skim->scopes[around].column)
		around = skim->scopes[around].parent;
	if (around != s->open)
		enter(s, start, around);
	take_word(s, pos, column);
}

/* Does the line before the line end at `end` go on in the next one? */
static bool is_continued(const char *code, uint32_t end)
{
	if (end && code[end] == '\n' && code[end - 1] == '\r')
		end--;
	return end && code[end - 1] == '\\';
}

/* At the line end at `end`, so deep in brackets. */
static void take_line_end(struct skimmer *s, uint32_t end, int depth)
{
	if (depth == 0) {
		if (!is_continued(s->code, end))
			take_line(s, end + 1);
	} else {
		if (depth < 0 || first_word_begins_statement(s->code, s->len, end + 1))
			s->skim->odd = true;
	}
}

void skim_build(struct skim *skim, const struct mask *mask)
{
	struct skimmer s = { .skim = skim, .code = mask->code, .len = mask->len, .open = NO_SCOPE, .header = NO_SCOPE };
	int depth = 0;

	take_line(&s, 0);
	for (uint32_t offset = 0; offset < mask->len && !skim->odd; offset += 64) {
		struct block64 block = block64_at(mask->code, mask->len, offset);
		uint64_t ends = block64_either(&block, '\n', '\r');
		uint64_t opening = block64_brackets(&block, '(', '{'), closing = block64_brackets(&block, ')', '}');

		for (; ends && !skim->odd; ends &= ends - 1) {
			uint64_t before = (ends & -ends) - 1;

			take_line_end(&s, offset + block64_first(ends),
				      depth + (int)block64_count(opening & before) -
					      (int)block64_count(closing & before));
		}
		if (opening | closing)
			depth += (int)block64_count(opening) - (int)block64_count(closing);
	}
	skim->odd |= depth != 0;
}

void skim_release(struct skim *skim)
{
	free(skim->scopes);
	free(skim->imports);
	free(skim->changes);
	memset(skim, 0, sizeof(*skim));
}

int32_t skim_scope_at(const struct skim *skim, uint32_t offset)
{
	size_t low = 0, high = skim->nr_changes;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (skim->changes[mid].start <= offset)
			low = mid + 1;
		else
			high = mid;
	}
	return low ? skim->changes[low - 1].scope : NO_SCOPE;
}

struct text skim_name(const struct skim *skim, const struct mask *mask, int32_t scope)
{
	const struct skim_scope *at = &skim->scopes[scope];
	uint32_t pos = at->start, end;

	/* Over `async`, `def` or `class`. */
	for (int words = at->is_async ? 2 : 1; words; words--) {
		while (is_name_byte(mask->code[pos]))
			pos++;
		pos = skip_blanks(mask->code, pos);
	}
	for (end = pos; is_name_byte(mask->code[end]);)
		end++;
	return (struct text){ mask->code + pos, end - pos };
}
