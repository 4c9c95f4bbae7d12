/* SPDX-License-Identifier: MIT
 *
 * Two searches for words instead of a look at each line.
 */
#include "python/skim.h"

#include "base/alloc.h"
#include "base/chars.h"
#include "base/word.h"
#include "python/layout.h"
#include "python/mask.h"
#include "python/source.h"

struct skimmer {
	struct skim *skim;
	const char *code;
	uint32_t len;
};

/* Where a word stands next; NO_OFFSET: nowhere. */
static uint32_t next_place(const struct skimmer *s, const struct word *word, uint32_t from)
{
	const char *hit = word_find(word, s->code, s->len, from);

	return hit ? (uint32_t)(hit - s->code) : NO_OFFSET;
}

static uint32_t skip_blanks_back(const struct skimmer *s, uint32_t pos)
{
	while (pos && layout_is_blank(s->code[pos - 1]))
		pos--;
	return pos;
}

static uint32_t column_of(const struct skimmer *s, uint32_t start, uint32_t pos)
{
	uint32_t column = 0;

	for (; start < pos; start++)
		column = s->code[start] == '\t' ? (column / TAB_WIDTH + 1) * TAB_WIDTH :
			 s->code[start] == '\f' ? 0 : column + 1;
	return column;
}

/* `start` is behind the blanks that its line begins with. */
static void add_scope(struct skimmer *s, uint32_t start, uint32_t name, bool is_class, bool is_async)
{
	struct skim *skim = s->skim;
	uint32_t line = (uint32_t)layout_line_start(s->code, start), column = column_of(s, line, start);
	int32_t parent = skim->nr - 1;

	skim->odd |= s->code[name] == '\\' || layout_is_joined(s->code, line);
	while (parent != NO_SCOPE && column <= skim->scopes[parent].column)
		parent = skim->scopes[parent].parent;
	if (is_async && parent != NO_SCOPE)
		skim->scopes[parent].holds_async = true;
	ARRAY_GROW(skim->scopes, (size_t)skim->nr + 1, skim->alloc);
	skim->scopes[skim->nr++] = (struct skim_scope){ .start = start, .name = name, .column = column, .parent = parent,
							.is_class = is_class, .is_async = is_async };
}

/* At a `def` or `class`, behind which the name begins after some blanks. */
static void take_header(struct skimmer *s, uint32_t place, uint32_t len, bool is_class)
{
	uint32_t name = place + len, before = skip_blanks_back(s, place);
	bool is_async = !is_class && before >= 5 && before < place && !memcmp(s->code + before - 5, "async", 5);

	if (is_async) {
		place = before - 5;
		before = skip_blanks_back(s, place);
	}
	while (layout_is_blank(s->code[name]))
		name++;
	if (!before || is_line_end(s->code[before - 1]))
		add_scope(s, place, name, is_class, is_async);
}

void skim_build(struct skim *skim, const struct mask *mask)
{
	struct skimmer s = { .skim = skim, .code = mask->code, .len = mask->len };
	struct word def, class;
	uint32_t next_def, next_class;

	word_init(&def, TEXT("def"));
	word_init(&class, TEXT("class"));
	next_def = next_place(&s, &def, 0);
	next_class = next_place(&s, &class, 0);
	while (next_def != next_class && !skim->odd) {
		if (next_def < next_class) {
			take_header(&s, next_def, 3, false);
			next_def = next_place(&s, &def, next_def + 3);
		} else {
			take_header(&s, next_class, 5, true);
			next_class = next_place(&s, &class, next_class + 5);
		}
	}
}

void skim_release(struct skim *skim)
{
	free(skim->scopes);
	memset(skim, 0, sizeof(*skim));
}

int32_t skim_scope_at(const struct skim *skim, uint32_t offset)
{
	int32_t low = 0, high = skim->nr;

	while (low < high) {
		int32_t mid = low + (high - low) / 2;

		if (skim->scopes[mid].start <= offset)
			low = mid + 1;
		else
			high = mid;
	}
	return low - 1;
}

struct text skim_name(const struct skim *skim, const struct mask *mask, int32_t scope)
{
	uint32_t start = skim->scopes[scope].name, end = start;

	while (is_name_byte(mask->code[end]))
		end++;
	return (struct text){ mask->code + start, end - start };
}
