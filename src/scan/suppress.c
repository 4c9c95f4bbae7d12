/* SPDX-License-Identifier: MIT
 *
 * Suppression comments, read by hand in one pass over each comment. As regular
 * expressions, case aside except where capitals stand alone:
 *
 *	CODE    ([A-Z]+[0-9]+|[A-Z]{2,5})(?!\w)
 *	CODES   (CODE([\s,]+CODE)*)?
 *	noqa    #\s*noqa\b(\s*:\s*CODES)?
 *	ignore  #\s*asyncgrep:\s*ignore\[\s*CODES[^\]]*\]
 *	until   \buntil\s*[=:0-9] behind the CODES of an ignore; right is =\s*DAY(?=[\s,\]])
 *	reason  what is behind either, up to the next comment in the comment: #(?=\s|[a-z])
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

void suppress_init(struct suppress *suppress, struct pyfile *file, int32_t today)
{
	*suppress = (struct suppress){ .file = file, .today = today };
}

void suppress_release(struct suppress *suppress)
{
	free(suppress->items);
	free(suppress->entries);
	free(suppress->slips);
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

/* Of the suppression that was added last. */
static void add_entry(struct suppress *suppress, uint32_t start, uint32_t end)
{
	ARRAY_GROW(suppress->entries, suppress->nr + 1, suppress->alloc);
	suppress->entries[suppress->nr++] = (struct suppress_entry){
		.suppression = (uint32_t)suppress->nr_items - 1, .start = start, .end = end };
}

/* CODES: an entry for each; says whether there was one. The cursor ends behind the last. */
static bool read_codes(struct suppress *suppress, struct cursor *cursor)
{
	struct cursor ahead = *cursor;
	bool found = false;

	for (;;) {
		uint32_t start = ahead.at;

		if (!skip_code(&ahead))
			return found;
		add_entry(suppress, start, ahead.at);
		found = true;
		*cursor = ahead;
		if (!skip_separator(&ahead))
			return found;
	}
}

static struct suppression *add_item(struct suppress *suppress, uint32_t hash, bool ours)
{
	ARRAY_GROW(suppress->items, suppress->nr_items + 1, suppress->alloc_items);
	suppress->items[suppress->nr_items] = (struct suppression){ .start = hash, .ours = ours, .until = DAY_MAX };
	return &suppress->items[suppress->nr_items++];
}

/* Does another comment begin here? `#123` is part of a reason. */
static bool at_comment(const struct cursor *cursor)
{
	struct cursor ahead = *cursor;

	return skip_word(&ahead, "#") && (ahead.at == ahead.end || skip_space(&ahead) || skip_while(&ahead, isalpha));
}

/* What stands behind a suppression, which ends here. Marks alone are no reason. */
static void read_reason(struct cursor cursor, struct suppression *item)
{
	uint32_t start, end;
	bool has_word = false;
	size_t step;

	item->end = cursor.at;
	while (skip_space(&cursor) || skip_word(&cursor, ":") || skip_word(&cursor, "-"))
		;
	for (start = end = cursor.at; cursor.at < cursor.end && !at_comment(&cursor); cursor.at += (uint32_t)step) {
		uint32_t point = unicode_decode(cursor.bytes + cursor.at, cursor.end - cursor.at, &step);

		has_word |= unicode_is_word(point);
		if (!unicode_is_space(point))
			end = cursor.at + (uint32_t)step;
	}
	if (has_word) {
		item->reason_start = start;
		item->reason_end = end;
	}
}

/* `hash` is where the `#` is; the cursor is behind it and blanks. */
static void read_noqa(struct suppress *suppress, uint32_t hash, struct cursor cursor)
{
	struct suppression *item;
	struct cursor ahead;

	if (!skip_word(&cursor, "noqa") || at_word_character(&cursor))
		return;
	item = add_item(suppress, hash, false);
	ahead = cursor;
	skip_space(&ahead);
	if (skip_word(&ahead, ":")) {
		cursor = ahead;
		skip_space(&ahead);
		if (read_codes(suppress, &ahead)) {
			read_reason(ahead, item);
			return;
		}
	}
	add_entry(suppress, cursor.at, cursor.at);
	read_reason(cursor, item);
}

static void skip_to_separator(struct cursor *cursor)
{
	struct cursor ahead = *cursor;

	while (cursor->at < cursor->end && !skip_separator(&ahead))
		ahead.at = ++cursor->at;
}

/* `until=DAY` at the cursor. What looks like it and is not is a slip, and must not hide for ever. */
static bool read_until(struct cursor cursor, struct suppression *item)
{
	uint32_t start = cursor.at, day;
	bool equals;

	if (!skip_word(&cursor, "until"))
		return false;
	skip_space(&cursor);
	if (cursor.at == cursor.end || !memchr("=:0123456789", cursor.bytes[cursor.at], 12))
		return false;
	equals = skip_word(&cursor, "=");
	skip_space(&cursor);
	day = cursor.at;
	skip_to_separator(&cursor);
	item->until_start = start;
	item->until_end = cursor.at;
	if (!equals || !day_parse(cursor.bytes + day, cursor.at - day, &item->until))
		item->until = DAY_MIN;
	return true;
}

/*
 * `hash` is where the `#` is; the cursor is behind it and blanks; `last` is the last `]` of the comment, so that
 * brackets that are never closed cost nothing. Returns where the ignore ends, or the place where it began.
 */
static uint32_t read_ignore(struct suppress *suppress, uint32_t hash, struct cursor cursor, uint32_t last)
{
	uint32_t start = cursor.at, end = cursor.end;
	struct suppression *item;

	if (!skip_word(&cursor, "asyncgrep:"))
		return start;
	skip_space(&cursor);
	if (!skip_word(&cursor, "ignore[") || cursor.at > last)
		return start;
	skip_space(&cursor);
	if (cursor.at > last)
		return start;
	item = add_item(suppress, hash, true);
	read_codes(suppress, &cursor);
	cursor.end = (uint32_t)((const char *)memchr(cursor.bytes + cursor.at, ']', end - cursor.at) - cursor.bytes);
	for (skip_separator(&cursor); cursor.at < cursor.end && !read_until(cursor, item); skip_separator(&cursor))
		skip_to_separator(&cursor);
	read_reason((struct cursor){ cursor.bytes, cursor.end + 1, end }, item);
	return cursor.end + 1;
}

/* An ignore may hold a `#`, so the two kinds are looked for one after the other. */
static void read_kind(struct suppress *suppress, struct cursor cursor, bool ours)
{
	const char *bracket = memrchr(cursor.bytes + cursor.at, ']', cursor.end - cursor.at);
	const char *hash;

	if (ours && !bracket)
		return;
	while ((hash = memchr(cursor.bytes + cursor.at, '#', cursor.end - cursor.at))) {
		uint32_t offset = (uint32_t)(hash - cursor.bytes);

		cursor.at = offset + 1;
		skip_space(&cursor);
		if (ours)
			cursor.at = read_ignore(suppress, offset, cursor, (uint32_t)(bracket - cursor.bytes));
		else
			read_noqa(suppress, offset, cursor);
	}
}

static bool is_own_line(const struct source *source, uint32_t line, uint32_t offset)
{
	for (uint32_t i = source->line_starts[line - 1]; i < offset; i++)
		if (!strchr(" \t\f\v", source->bytes[i]) || !source->bytes[i])
			return false;
	return true;
}

/* `asyncgrep: ignore` and the like at the beginning of a comment. */
static bool looks_like_ignore(struct cursor cursor)
{
	cursor.at++;
	skip_space(&cursor);
	if (!skip_word(&cursor, "asyncgrep"))
		return false;
	skip_word(&cursor, ":");
	skip_space(&cursor);
	return skip_word(&cursor, "ignore") && !at_word_character(&cursor);
}

static void read_comment(struct suppress *suppress, const struct mask_comment *comment)
{
	struct source *source = &suppress->file->source;
	struct cursor cursor = { source->bytes, comment->start, comment->end };
	size_t before = suppress->nr_items, entries = suppress->nr;
	bool is_slip, own_line;
	uint32_t line;

	read_kind(suppress, cursor, false);
	read_kind(suppress, cursor, true);
	is_slip = suppress->nr == entries && looks_like_ignore(cursor);
	if (!is_slip && suppress->nr_items == before)
		return;
	line = source_line(source, comment->start);
	own_line = is_own_line(source, line, comment->start);
	for (size_t i = before; i < suppress->nr_items; i++) {
		suppress->items[i].line = line;
		suppress->items[i].own_line = own_line;
	}
	if (is_slip) {
		ARRAY_GROW(suppress->slips, suppress->nr_slips + 1, suppress->alloc_slips);
		suppress->slips[suppress->nr_slips++] = (struct suppress_slip){ line, own_line };
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

void suppress_days(const struct suppress *suppress, int32_t *first, int32_t *last)
{
	*first = DAY_MIN;
	*last = DAY_MAX;
	for (size_t i = 0; i < suppress->nr_items; i++) {
		int32_t until = suppress->items[i].until;

		if (until >= suppress->today && until < *last)
			*last = until;
		if (until != DAY_MIN && until < suppress->today && until >= *first)
			*first = until + 1;
	}
}

/* -- asking */

static const struct suppression *item_of(const struct suppress *suppress, size_t entry)
{
	return &suppress->items[suppress->entries[entry].suppression];
}

/* First entry of a line or of a later one. */
static size_t first_entry(const struct suppress *suppress, uint32_t line)
{
	size_t low = 0, high = suppress->nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (item_of(suppress, middle)->line < line)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool suppress_names(const char *code, const char *written, size_t len)
{
	return strlen(code) >= len && strncasecmp(code, written, len) == 0;
}

static bool entry_names(const struct suppress *suppress, const struct suppress_entry *entry, const char *code,
			const char *const *aliases, size_t nr_aliases)
{
	const char *prefix = suppress->file->source.bytes + entry->start;
	size_t len = entry->end - entry->start;

	if (suppress_names(code, prefix, len))
		return true;
	for (size_t i = 0; i < nr_aliases; i++)
		if (suppress_names(aliases[i], prefix, len))
			return true;
	return false;
}

/* Every entry that hides is marked as used: with two comments on a line both serve. */
static void ask_lines(struct suppress *suppress, struct suppress_verdict *verdict, const char *const *aliases,
		      size_t nr_aliases)
{
	uint32_t above = suppress->first_line - 1;

	for (size_t i = first_entry(suppress, above); i < suppress->nr; i++) {
		struct suppress_entry *entry = &suppress->entries[i];
		struct suppression *item = &suppress->items[entry->suppression];
		bool in_force = item->until >= suppress->today;

		if (item->line > suppress->last_line)
			break;
		if (item->line == above && !(item->ours && item->own_line))
			continue;
		if (!entry_names(suppress, entry, verdict->code, aliases, nr_aliases))
			continue;
		if (in_force)
			entry->used = item->used = true;
		if (!verdict->by || (in_force && !verdict->hidden))
			verdict->by = item;
		verdict->hidden |= in_force;
	}
}

/* At the logical line that was asked about, or above it. */
static const struct suppress_slip *find_slip(const struct suppress *suppress)
{
	size_t low = 0, high = suppress->nr_slips;
	uint32_t above = suppress->first_line - 1;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (suppress->slips[middle].line < above)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < suppress->nr_slips && suppress->slips[low].line == above && !suppress->slips[low].own_line)
		low++;
	return low < suppress->nr_slips && suppress->slips[low].line <= suppress->last_line ? &suppress->slips[low] : NULL;
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

void suppress_lines(struct pyfile *file, uint32_t offset, uint32_t *first, uint32_t *last)
{
	uint32_t start = offset, end = offset;
	int32_t stmt;

	pyfile_code(file);
	stmt = blocks_at(&file->blocks, offset);
	if (stmt != NO_STMT)
		blocks_logical_line(&file->blocks, stmt, &start, &end);
	if (offset < start || offset > end)
		start = end = offset;
	else
		end = join_continued(&file->source, end);
	*first = source_line(&file->source, start);
	*last = source_line(&file->source, end > start ? end - 1 : end);
}

/* The verdict on a code that nobody asked about in this logical line. */
static struct suppress_verdict *add_verdict(struct suppress *suppress, const char *code)
{
	struct suppress_verdict *verdict;

	ARRAY_GROW(suppress->verdicts, suppress->nr_verdicts + 1, suppress->alloc_verdicts);
	verdict = &suppress->verdicts[suppress->nr_verdicts++];
	*verdict = (struct suppress_verdict){ .code = code };
	return verdict;
}

const struct suppress_verdict *suppress_ask(struct suppress *suppress, uint32_t offset, const char *code,
					    const char *const *aliases, size_t nr_aliases)
{
	static const struct suppress_verdict nothing = { NULL, false, NULL, NULL };
	struct suppress_verdict *verdict;
	uint32_t first, last;

	suppress_read(suppress);
	if (!suppress->nr && !suppress->nr_slips)
		return &nothing;
	suppress_lines(suppress->file, offset, &first, &last);
	if (first != suppress->first_line || last != suppress->last_line) {
		suppress->first_line = first;
		suppress->last_line = last;
		suppress->nr_verdicts = 0;
	}
	for (size_t i = 0; i < suppress->nr_verdicts; i++)
		if (suppress->verdicts[i].code == code)
			return &suppress->verdicts[i];
	verdict = add_verdict(suppress, code);
	ask_lines(suppress, verdict, aliases, nr_aliases);
	if (!verdict->by)
		verdict->slip = find_slip(suppress);
	return verdict;
}
