/* SPDX-License-Identifier: MIT
 *
 * Places are worked out in the text as UTF-8 and carried over to the bytes of
 * the file by line; columns are needed only where a comment is extended.
 */
#include "scan/ignores.h"

#include "base/alloc.h"
#include "base/day.h"
#include "base/unicode.h"
#include "python/pyfile.h"
#include "rule/rule.h"
#include "scan/suppress.h"

int ignores_check_reason(const char *reason, struct error *err)
{
	size_t len = strlen(reason), step;
	bool has_word = false;

	for (size_t i = 0; i < len; i += step) {
		uint32_t point = unicode_decode(reason + i, len - i, &step);

		if (point == UNICODE_INVALID || point < ' ' || (point >= 0x7f && point < 0xa0) || point == 0x2028 ||
		    point == 0x2029)
			return error_set(err, "'--reason' wants one line of UTF-8 without control characters");
		/* `#123` is a part of it. */
		if (point == '#' && !(reason[i + 1] >= '0' && reason[i + 1] <= '9'))
			return error_set(err, "'--reason' has a '#', which begins another comment");
		has_word |= unicode_is_word(point);
	}
	return has_word ? 0 : error_set(err, "'--reason' wants words that say why");
}

/* -- where */

/* A file: the text, and where its lines are in the bytes. */
struct places {
	struct pyfile *file;
	struct text raw;
	size_t *starts, *ends; /* of each line in raw, without its line end; owned */
	uint32_t nr;
};

static void places_release(struct places *places)
{
	free(places->starts);
	free(places->ends);
}

static void add_line(struct places *places, size_t *alloc, size_t start, size_t end)
{
	if (places->nr == *alloc) {
		*alloc = *alloc ? *alloc * 2 : 64;
		places->starts = xrealloc(places->starts, *alloc * sizeof(*places->starts));
		places->ends = xrealloc(places->ends, *alloc * sizeof(*places->ends));
	}
	places->starts[places->nr] = start;
	places->ends[places->nr++] = end;
}

/* All encodings that a file may have keep the bytes of line ends for line ends; if one does not, reading back tells. */
static int places_init(struct places *places, struct pyfile *file, struct text raw, struct error *err)
{
	bool mark = raw.len >= 3 && !memcmp(raw.ptr, "\xef\xbb\xbf", 3);
	size_t start = mark ? 3 : 0, alloc = 0, end;

	*places = (struct places){ .file = file, .raw = raw };
	source_lines(&file->source);
	do {
		for (end = start; end < raw.len && raw.ptr[end] != '\n' && raw.ptr[end] != '\r'; end++)
			;
		add_line(places, &alloc, start, end);
		start = end + (end + 1 < raw.len && raw.ptr[end] == '\r' && raw.ptr[end + 1] == '\n' ? 2 : 1);
	} while (start < raw.len);
	if (places->nr == file->source.nr_lines)
		return 0;
	return error_set(err, "its lines cannot be told apart in its encoding");
}

/* The place of an offset in the bytes; false: it cannot be told. */
static bool find_raw(const struct places *places, uint32_t at, size_t *raw_at)
{
	struct source *source = &places->file->source;
	uint32_t line = source_line(source, at);
	struct text text = source_line_text(source, line);
	size_t start = places->starts[line - 1], len = places->ends[line - 1] - start, points = 0, step;

	*raw_at = start + (at - source->line_starts[line - 1]);
	if (text_equal(text, (struct text){ places->raw.ptr + start, len }))
		return true;
	/* One byte a character, or none of them can be told from the others. */
	for (size_t i = 0; i < text.len; i += step, points++)
		unicode_decode(text.ptr + i, text.len - i, &step);
	*raw_at = start + source_column(source, at) - 1;
	return points == len;
}

/* -- what */

static struct ignores_edit *add_edit(struct ignores *ignores, uint32_t line, uint32_t at, size_t raw_at)
{
	struct ignores_edit *edit;

	ARRAY_GROW(ignores->items, ignores->nr + 1, ignores->alloc);
	edit = &ignores->items[ignores->nr++];
	*edit = (struct ignores_edit){ .line = line, .codes = STRBUF_INIT, .text = STRBUF_INIT, .at = at, .raw_at = raw_at };
	return edit;
}

/* Behind the last code of an ignore; where it has none, behind the bracket that opens. */
static uint32_t place_in(const struct suppress *suppress, size_t item, bool *has_codes)
{
	const char *bytes = suppress->file->source.bytes;
	uint32_t at = NO_OFFSET;

	for (size_t i = 0; i < suppress->nr; i++)
		if (suppress->entries[i].suppression == item)
			at = suppress->entries[i].end;
	*has_codes = at != NO_OFFSET;
	if (*has_codes)
		return at;
	return (uint32_t)((const char *)memchr(bytes + suppress->items[item].start, '[', suppress->items[item].end) - bytes) + 1;
}

/* A comment of ours that speaks of this logical line and holds just as long; false: there is none that can be extended. */
static bool extend(struct ignores *ignores, const struct places *places, const struct suppress *suppress,
		   uint32_t first, uint32_t last, const struct ignores_options *options, const struct strbuf *codes)
{
	for (size_t i = 0; i < suppress->nr_items; i++) {
		const struct suppression *item = &suppress->items[i];
		bool above = item->own_line && item->line + 1 == first, has_codes;
		struct ignores_edit *edit;
		size_t raw_at;
		uint32_t at;

		if (!item->ours || item->until != options->until_day || (!above && (item->line < first || item->line > last)))
			continue;
		at = place_in(suppress, i, &has_codes);
		if (!find_raw(places, at, &raw_at))
			continue;
		edit = add_edit(ignores, item->line, at, raw_at);
		strbuf_addf(&edit->text, has_codes ? ", %s" : "%s", codes->buf);
		if (!has_codes && suppress->file->source.bytes[at] != ']')
			strbuf_addstr(&edit->text, ", ");
		strbuf_addstr(&edit->codes, codes->buf);
		return true;
	}
	return false;
}

static void append(struct ignores *ignores, const struct places *places, uint32_t line,
		   const struct ignores_options *options, const struct strbuf *codes)
{
	struct source *source = &places->file->source;
	struct text text = source_line_text(source, line);
	struct ignores_edit *edit = add_edit(ignores, line, source->line_starts[line - 1] + (uint32_t)text.len,
					     places->ends[line - 1]);
	size_t blanks = 0;

	while (blanks < 2 && blanks < text.len && text.ptr[text.len - blanks - 1] == ' ')
		blanks++;
	if (text.len)
		strbuf_add(&edit->text, "  ", 2 - blanks);
	strbuf_addf(&edit->text, "# asyncgrep: ignore[%s%s%s] %s", codes->buf, options->until ? ", until=" : "",
		    options->until ? options->until : "", options->reason);
	strbuf_addstr(&edit->codes, codes->buf);
}

static void add_code(struct strbuf *codes, const char *code)
{
	size_t len = strlen(code);

	for (const char *at = codes->buf; (at = strstr(at, code)); at += len)
		if (at[len] == ',' || !at[len])
			return;
	strbuf_addf(codes, codes->len ? ", %s" : "%s", code);
}

static int compare_edits(const void *a, const void *b)
{
	const struct ignores_edit *one = a, *other = b;

	return (one->at > other->at) - (one->at < other->at);
}

/* Has the file, as it is now, what was found in it? */
static bool is_there(const struct source *source, const struct finding *finding)
{
	size_t len = strlen(finding->place.text);

	return finding->offset <= source->len && source->len - finding->offset >= len &&
	       !memcmp(source->bytes + finding->offset, finding->place.text, len);
}

static int make_edits(struct ignores *ignores, const struct places *places, struct suppress *suppress,
		      const struct finding_list *findings, const struct ignores_options *options, struct error *err)
{
	struct strbuf codes = STRBUF_INIT;

	for (size_t i = 0; i < findings->nr;) {
		uint32_t first, last, to_first, to_last;

		if (!is_there(&places->file->source, &findings->items[i])) {
			strbuf_release(&codes);
			return error_set(err, "it has changed since it was scanned");
		}
		suppress_lines(places->file, findings->items[i].offset, &first, &last);
		strbuf_setlen(&codes, 0);
		do {
			if (!findings->items[i].rule->suppressions)
				add_code(&codes, findings->items[i].rule->code);
			if (++i < findings->nr)
				suppress_lines(places->file, findings->items[i].offset, &to_first, &to_last);
		} while (i < findings->nr && to_first == first && to_last == last);
		if (codes.len && !extend(ignores, places, suppress, first, last, options, &codes))
			append(ignores, places, last, options, &codes);
	}
	strbuf_release(&codes);
	if (ignores->nr)
		qsort(ignores->items, ignores->nr, sizeof(*ignores->items), compare_edits);
	return 0;
}

/* -- reading back */

static void apply(const struct ignores *ignores, struct text old, bool raw, struct strbuf *new)
{
	size_t done = 0;

	for (size_t i = 0; i < ignores->nr; i++) {
		const struct ignores_edit *edit = &ignores->items[i];
		size_t at = raw ? edit->raw_at : edit->at;

		strbuf_add(new, old.ptr + done, at - done);
		strbuf_add(new, edit->text.buf, edit->text.len);
		done = at;
	}
	strbuf_add(new, old.ptr + done, old.len - done);
}

/* Is the code the same but for the blanks that stand for comments? */
static bool has_same_code(const struct ignores *ignores, const struct mask *old, const struct mask *new)
{
	uint32_t done = 0, shift = 0;

	for (size_t i = 0; i <= ignores->nr; i++) {
		uint32_t at = i < ignores->nr ? ignores->items[i].at : old->len;
		size_t len = i < ignores->nr ? ignores->items[i].text.len : 0;

		if (memcmp(old->code + done, new->code + done + shift, at - done) != 0)
			return false;
		for (size_t k = 0; k < len; k++)
			if (new->code[at + shift + k] != ' ')
				return false;
		done = at;
		shift += (uint32_t)len;
	}
	return true;
}

static bool hides_all(const struct ignores *ignores, struct pyfile *file, const struct finding_list *findings,
		      int32_t today)
{
	struct suppress suppress;
	uint32_t shift = 0; /* of what stands before the finding */
	bool hidden = true;
	size_t passed = 0;

	suppress_init(&suppress, file, today);
	for (size_t i = 0; hidden && i < findings->nr; i++) {
		const struct rule *rule = findings->items[i].rule;
		uint32_t offset = findings->items[i].offset;

		for (; passed < ignores->nr && ignores->items[passed].at <= offset; passed++)
			shift += (uint32_t)ignores->items[passed].text.len;
		hidden = rule->suppressions ||
			 suppress_ask(&suppress, offset + shift, rule->code, rule->aliases, rule->nr_aliases)->hidden;
	}
	suppress_release(&suppress);
	return hidden;
}

static int read_back(const struct ignores *ignores, struct pyfile *old, const struct finding_list *findings,
		     int32_t today, struct error *err)
{
	struct strbuf wanted = STRBUF_INIT;
	struct pyfile new;
	int result = pyfile_init(&new, xmemdupz(ignores->bytes.buf, ignores->bytes.len), ignores->bytes.len, err);

	apply(ignores, (struct text){ old->source.bytes, old->source.len }, false, &wanted);
	if (!result && !text_equal((struct text){ new.source.bytes, new.source.len },
				   (struct text){ wanted.buf, wanted.len }))
		result = error_set(err, "its encoding cannot have the comment; give a reason in ASCII");
	pyfile_code(old);
	if (!result)
		pyfile_code(&new);
	if (!result && (!has_same_code(ignores, &old->mask, &new.mask) || !hides_all(ignores, &new, findings, today)))
		result = error_set(err, "a comment would not serve where it is not Python");
	pyfile_release(&new);
	strbuf_release(&wanted);
	return result;
}

int ignores_make(struct ignores *ignores, struct text raw, const struct finding_list *findings,
		 const struct ignores_options *options, struct error *err)
{
	struct pyfile file;
	struct places places = { .nr = 0 };
	struct suppress suppress;
	int result;

	*ignores = (struct ignores){ .bytes = STRBUF_INIT };
	result = pyfile_init(&file, xmemdupz(raw.ptr, raw.len), raw.len, err);
	suppress_init(&suppress, &file, options->today);
	if (!result && !(result = places_init(&places, &file, raw, err))) {
		suppress_read(&suppress);
		result = make_edits(ignores, &places, &suppress, findings, options, err);
	}
	if (!result) {
		apply(ignores, raw, true, &ignores->bytes);
		result = read_back(ignores, &file, findings, options->today, err);
	}
	suppress_release(&suppress);
	places_release(&places);
	pyfile_release(&file);
	return result;
}

void ignores_release(struct ignores *ignores)
{
	for (size_t i = 0; i < ignores->nr; i++) {
		strbuf_release(&ignores->items[i].codes);
		strbuf_release(&ignores->items[i].text);
	}
	free(ignores->items);
	strbuf_release(&ignores->bytes);
}
