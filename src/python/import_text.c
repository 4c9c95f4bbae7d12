/* SPDX-License-Identifier: MIT */
#include "python/import_text.h"

#include "python/layout.h"

static size_t skip_comment(const struct import_texts *texts, size_t pos)
{
	while (pos < texts->len && !is_line_end(texts->text[pos]))
		pos++;
	return pos;
}

/* Behind the bracket that closes, in source with comments in between; from behind the one that opens. */
static size_t bracket_end(const struct import_texts *texts, size_t pos)
{
	for (; pos < texts->len; pos++) {
		if (texts->text[pos] == '#')
			pos = skip_comment(texts, pos);
		else if (texts->text[pos] == ')')
			return pos + 1;
	}
	return texts->len;
}

/* The end of the line, of those that it goes on in, or of the brackets that open there. */
static size_t import_end(const struct import_texts *texts, size_t pos)
{
	for (; pos < texts->len; pos++) {
		if (texts->text[pos] == '#')
			return skip_comment(texts, pos);
		if (texts->text[pos] == '(')
			return bracket_end(texts, pos + 1);
		if (is_line_end(texts->text[pos]) && !layout_is_joined(texts->text, pos + 1))
			return pos;
	}
	return texts->len;
}

void import_texts_init(struct import_texts *texts, const char *text, size_t len)
{
	*texts = (struct import_texts){ .text = text, .len = len };
	word_init(&texts->word, TEXT("import"));
}

bool import_texts_next(struct import_texts *texts, size_t *start, size_t *end)
{
	const char *hit = word_find(&texts->word, texts->text, texts->len, texts->next);
	size_t least = texts->next;

	if (!hit)
		return false;
	*start = layout_line_start(texts->text, (size_t)(hit - texts->text));
	while (*start > least && layout_is_joined(texts->text, *start))
		*start = layout_line_start(texts->text, *start - 1);
	if (*start < least)
		*start = least;
	*end = import_end(texts, (size_t)(hit - texts->text) + texts->word.finder.literal.len);
	texts->next = *end;
	return true;
}
