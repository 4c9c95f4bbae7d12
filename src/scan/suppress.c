/* SPDX-License-Identifier: MIT
 *
 * Suppression comments, read by hand in one pass over each comment. As regular
 * expressions, case aside except where capitals stand alone:
 *
 *	CODE    ([A-Z]+[0-9]+|[A-Z]{2,5})(?!\w)
 *	CODES   (CODE([\s,]+CODE)*)?
 *	noqa    #\s*noqa\b(\s*:\s*CODES)?
 *	ignore  #\s*asyncgrep:\s*ignore\[\s*CODES[^\]]*\]
 */
#include "scan/suppress.h"

#include <ctype.h>

#include "base/alloc.h"
#include "base/unicode.h"
#include "python/pyfile.h"

/* A place in a comment. */
struct cursor {
	const char *bytes; /* of the whole source */
	uint32_t at, end;  /* end: of the comment */
};

void suppress_init(struct suppress *suppress, struct pyfile *file)
{
	*suppress = (struct suppress){ .file = file };
}

void suppress_release(struct suppress *suppress)
{
	free(suppress->entries);
	free(suppress->verdicts);
	memset(suppress, 0, sizeof(*suppress));
}

/* -- reading one comment */

static bool skip_space(struct cursor *cursor)
{
	uint32_t start = cursor->at;
	size_t step;

	while (cursor->at < cursor->end &&
	       unicode_is_space(unicode_decode(cursor->bytes + cursor->at, cursor->end - cursor->at, &step)))
		cursor->at += (uint32_t)step;
	return cursor->at > start;
}

static bool skip_word(struct cursor *cursor, const char *word)
{
	size_t len = strlen(word);

	if (cursor->end - cursor->at < len || strncasecmp(cursor->bytes + cursor->at, word, len) != 0)
		return false;
	cursor->at += (uint32_t)len;
	return true;
}

static bool at_word_character(const struct cursor *cursor)
{
	size_t step;

	return cursor->at < cursor->end &&
		unicode_is_word(unicode_decode(cursor->bytes + cursor->at, cursor->end - cursor->at, &step));
}

static uint32_t skip_while(struct cursor *cursor, int (*is)(int))
{
	uint32_t start = cursor->at;

	while (cursor->at < cursor->end && (unsigned char)cursor->bytes[cursor->at] < 0x80 &&
	       is(cursor->bytes[cursor->at]))
		cursor->at++;
	return cursor->at - start;
}

/* Moves over a CODE; where there is none, stays. */
static bool skip_code(struct cursor *cursor)
{
	uint32_t start = cursor->at;
	uint32_t letters = skip_while(cursor, isalpha), capitals;

	if (letters && skip_while(cursor, isdigit) && !at_word_character(cursor))
		return true;
	cursor->at = start;
	capitals = skip_while(cursor, isupper);
	if (capitals >= 2 && capitals <= 5 && !at_word_character(cursor))
		return true;
	cursor->at = start;
	return false;
}

static bool skip_separator(struct cursor *cursor)
{
	uint32_t start = cursor->at;

	while (skip_space(cursor) || skip_word(cursor, ","))
		;
	return cursor->at > start;
}

static void add_entry(struct suppress *suppress, const struct suppress_entry *like, uint32_t start, uint32_t end)
{
	struct suppress_entry *entry;

	ARRAY_GROW(suppress->entries, suppress->nr + 1, suppress->alloc);
	entry = &suppress->entries[suppress->nr++];
	*entry = *like;
	entry->start = start;
	entry->end = end;
}

/* CODES: an entry for each; says whether there was one. The cursor ends behind the last. */
static bool read_codes(struct suppress *suppress, struct cursor *cursor, const struct suppress_entry *like)
{
	struct cursor ahead = *cursor;
	bool found = false;

	for (;;) {
		uint32_t start = ahead.at;

		if (!skip_code(&ahead))
			return found;
		add_entry(suppress, like, start, ahead.at);
		found = true;
		*cursor = ahead;
		if (!skip_separator(&ahead))
			return found;
	}
}

/* Behind `#` and blanks. */
static void read_noqa(struct suppress *suppress, struct cursor cursor, struct suppress_entry like)
{
	if (!skip_word(&cursor, "noqa") || at_word_character(&cursor))
		return;
	skip_space(&cursor);
	if (skip_word(&cursor, ":")) {
		skip_space(&cursor);
		if (read_codes(suppress, &cursor, &like))
			return;
	}
	add_entry(suppress, &like, cursor.at, cursor.at);
}

/*
 * Behind `#` and blanks; `last` is the last `]` of the comment, so that brackets that are
 * never closed cost nothing. Returns where the ignore ends, or the place where it began.
 */
static uint32_t read_ignore(struct suppress *suppress, struct cursor cursor, uint32_t last,
			    struct suppress_entry like)
{
	uint32_t start = cursor.at;
	const char *close;

	if (!skip_word(&cursor, "asyncgrep:"))
		return start;
	skip_space(&cursor);
	if (!skip_word(&cursor, "ignore[") || cursor.at > last)
		return start;
	skip_space(&cursor);
	if (cursor.at > last)
		return start;
	like.ours = true;
	read_codes(suppress, &cursor, &like);
	close = memchr(cursor.bytes + cursor.at, ']', cursor.end - cursor.at);
	return (uint32_t)(close - cursor.bytes) + 1;
}

/* An ignore may hold a `#`, so the two kinds are looked for one after the other. */
static void read_kind(struct suppress *suppress, struct cursor cursor, bool ours,
		      const struct suppress_entry *like)
{
	const char *bracket = memrchr(cursor.bytes + cursor.at, ']', cursor.end - cursor.at);
	const char *hash;

	if (ours && !bracket)
		return;
	while ((hash = memchr(cursor.bytes + cursor.at, '#', cursor.end - cursor.at))) {
		cursor.at = (uint32_t)(hash - cursor.bytes) + 1;
		skip_space(&cursor);
		if (ours)
			cursor.at = read_ignore(suppress, cursor, (uint32_t)(bracket - cursor.bytes), *like);
		else
			read_noqa(suppress, cursor, *like);
	}
}

static bool is_own_line(const struct source *source, uint32_t line, uint32_t offset)
{
	for (uint32_t i = source->line_starts[line - 1]; i < offset; i++)
		if (!strchr(" \t\f\v", source->bytes[i]) || !source->bytes[i])
			return false;
	return true;
}

static void read_comment(struct suppress *suppress, const struct mask_comment *comment)
{
	struct source *source = &suppress->file->source;
	struct cursor cursor = { source->bytes, comment->start, comment->end };
	struct suppress_entry like = { .comment = comment->start };
	size_t before = suppress->nr;

	read_kind(suppress, cursor, false, &like);
	read_kind(suppress, cursor, true, &like);
	if (suppress->nr == before)
		return;
	like.line = source_line(source, comment->start);
	like.own_line = is_own_line(source, like.line, comment->start);
	for (size_t i = before; i < suppress->nr; i++) {
		suppress->entries[i].line = like.line;
		suppress->entries[i].own_line = like.own_line;
	}
}

void suppress_read(struct suppress *suppress)
{
	if (suppress->is_read)
		return;
	suppress->is_read = true;
	pyfile_code(suppress->file);
	source_lines(&suppress->file->source);
	for (size_t i = 0; i < suppress->file->mask.nr_comments; i++)
		read_comment(suppress, &suppress->file->mask.comments[i]);
}

/* -- asking */

/* First entry of a line or of a later one. */
static size_t first_entry(const struct suppress *suppress, uint32_t line)
{
	size_t low = 0, high = suppress->nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (suppress->entries[middle].line < line)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool begins_with(const char *name, const char *prefix, size_t len)
{
	return strlen(name) >= len && strncasecmp(name, prefix, len) == 0;
}

static bool entry_hides(const struct suppress *suppress, const struct suppress_entry *entry,
			const char *code, const char *const *aliases, size_t nr_aliases)
{
	const char *prefix = suppress->file->source.bytes + entry->start;
	size_t len = entry->end - entry->start;

	if (begins_with(code, prefix, len))
		return true;
	for (size_t i = 0; i < nr_aliases; i++)
		if (begins_with(aliases[i], prefix, len))
			return true;
	return false;
}

/* Every entry that hides is marked as used: with two comments on a line both serve. */
static bool lines_hide(struct suppress *suppress, const char *code,
		       const char *const *aliases, size_t nr_aliases)
{
	uint32_t above = suppress->first_line - 1;
	bool hidden = false;

	for (size_t i = first_entry(suppress, above); i < suppress->nr; i++) {
		struct suppress_entry *entry = &suppress->entries[i];

		if (entry->line > suppress->last_line)
			break;
		if (entry->line == above && !(entry->ours && entry->own_line))
			continue;
		if (entry_hides(suppress, entry, code, aliases, nr_aliases))
			entry->used = hidden = true;
	}
	return hidden;
}

/*
 * The end of a logical line whose last token ends at `end`: a backslash behind it joins the next line,
 * in which nothing but a comment can stand. Read from the source, where a comment ends the search at once.
 */
static uint32_t join_continued(const struct source *source, uint32_t end)
{
	const char *code = source->bytes;
	uint32_t pos = end;

	for (;;) {
		while (code[pos] == ' ' || code[pos] == '\t' || code[pos] == '\f')
			pos++;
		if (code[pos] != '\\' || (code[pos + 1] != '\n' && code[pos + 1] != '\r'))
			return end;
		pos += code[pos + 1] == '\r' && code[pos + 2] == '\n' ? 3 : 2;
		if (pos >= source->len)
			return end;
		end = pos + 1;
	}
}

/* The lines of the logical line that holds an offset. */
static void find_lines(struct suppress *suppress, uint32_t offset, uint32_t *first, uint32_t *last)
{
	struct pyfile *file = suppress->file;
	int32_t stmt = blocks_at(&file->blocks, offset);
	uint32_t start = offset, end = offset;

	if (stmt != NO_STMT)
		blocks_logical_line(&file->blocks, stmt, &start, &end);
	if (offset < start || offset > end)
		start = end = offset;
	else
		end = join_continued(&file->source, end);
	*first = source_line(&file->source, start);
	*last = source_line(&file->source, end > start ? end - 1 : end);
}

bool suppress_hides(struct suppress *suppress, uint32_t offset, const char *code,
		    const char *const *aliases, size_t nr_aliases)
{
	struct suppress_verdict *verdict;
	uint32_t first, last;

	suppress_read(suppress);
	if (!suppress->nr)
		return false;
	find_lines(suppress, offset, &first, &last);
	if (first != suppress->first_line || last != suppress->last_line) {
		suppress->first_line = first;
		suppress->last_line = last;
		suppress->nr_verdicts = 0;
	}
	for (size_t i = 0; i < suppress->nr_verdicts; i++)
		if (suppress->verdicts[i].code == code)
			return suppress->verdicts[i].hidden;
	ARRAY_GROW(suppress->verdicts, suppress->nr_verdicts + 1, suppress->alloc_verdicts);
	verdict = &suppress->verdicts[suppress->nr_verdicts++];
	verdict->code = code;
	verdict->hidden = lines_hide(suppress, code, aliases, nr_aliases);
	return verdict->hidden;
}
