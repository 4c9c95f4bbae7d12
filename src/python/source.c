/* SPDX-License-Identifier: MIT
 *
 * The bytes of a file and its lines. Which encoding a file is in, PEP 263
 * says; bringing it to UTF-8 is left to iconv(3).
 */
#include "python/source.h"

#include <iconv.h>

#include "base/alloc.h"
#include "base/marks.h"
#include "base/utf8.h"

/* Every so many bytes a mark notes how many code points came before. */
#define MARK_EVERY 4096u

struct column_mark {
	uint32_t offset; /* of the first sequence that starts at or behind the n-th multiple of MARK_EVERY */
	uint32_t count;  /* code points before it */
};

/* The longest name of an encoding that is worth a look. */
#define NAME_MAX_LEN 63

/* UTF-16 and UTF-32 by their byte-order marks, or by the zeroes that ASCII has there. */
static bool is_wide(const char *text, size_t len)
{
	if (len < 2)
		return false;
	return !memcmp(text, "\xFF\xFE", 2) || !memcmp(text, "\xFE\xFF", 2) || !text[0] || !text[1];
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '_' || c == '.';
}

/* The encoding that a comment in the line [p, end) names, or an empty text. */
static struct text cookie_in_line(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t' || *p == '\f'))
		p++;
	if (p == end || *p != '#')
		return TEXT("");
	while ((p = memmem(p, (size_t)(end - p), "coding", 6))) {
		const char *name;

		p += 6;
		if (p == end || (*p != ':' && *p != '='))
			continue;
		do
			p++;
		while (p < end && (*p == ' ' || *p == '\t'));
		name = p;
		while (p < end && is_name_char(*p))
			p++;
		if (p > name)
			return (struct text){ name, (size_t)(p - name) };
	}
	return TEXT("");
}

/* Does a line hold nothing but blanks and a comment? Only then may the next one hold the cookie. */
static bool is_blank_line(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t' || *p == '\f'))
		p++;
	return p == end || *p == '#';
}

/* Where the line end at or behind p is (at `end`, if there is none). */
static const char *line_end(const char *p, const char *end)
{
	while (p < end && *p != '\n' && *p != '\r')
		p++;
	return p;
}

static const char *skip_line_end(const char *p, const char *end)
{
	if (p < end && *p == '\r') {
		p++;
		return p < end && *p == '\n' ? p + 1 : p;
	}
	return p < end ? p + 1 : p;
}

/* PEP 263: a comment in the first line, or in the second if the first says nothing. */
static struct text find_cookie(const char *text, size_t len)
{
	const char *end = text + len, *stop = line_end(text, end);
	struct text cookie = cookie_in_line(text, stop);

	if (cookie.len || !is_blank_line(text, stop))
		return cookie;
	text = skip_line_end(stop, end);
	return cookie_in_line(text, line_end(text, end));
}

/* A name as iconv(3) spells most: upper case, one hyphen between words; Python takes any number of `-` and `_`. */
static void normalise_name(char *out, struct text name)
{
	size_t n = 0;

	for (size_t i = 0; i < name.len && n < NAME_MAX_LEN; i++) {
		char c = name.ptr[i];

		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (c != '_' && c != '-')
			out[n++] = c;
		else if (n && out[n - 1] != '-')
			out[n++] = '-';
	}
	if (n && out[n - 1] == '-')
		n--;
	out[n] = '\0';
}

/* Is it prefix, or prefix and more behind a hyphen (as in utf-8-unix)? */
static bool is_variant(const char *name, const char *prefix)
{
	size_t len = strlen(prefix);

	return !strncmp(name, prefix, len) && (name[len] == '\0' || name[len] == '-');
}

/*
 * What iconv(3) calls an encoding where Python has another name for it. Its own SHIFT_JIS has a
 * yen sign for the backslash, which Python source needs; CP932 has not.
 */
static const char *iconv_name(const char *name)
{
	static const struct {
		const char *python, *iconv;
	} names[] = {
		{ "SHIFT-JIS", "CP932" },      { "SHIFTJIS", "CP932" },
		{ "S-JIS", "CP932" },          { "SJIS", "CP932" },
		{ "CSSHIFTJIS", "CP932" },     { "ISO2022-JP", "ISO-2022-JP" },
		{ "ISO2022-KR", "ISO-2022-KR" }, { "MAC-ROMAN", "MACINTOSH" },
		{ "MACROMAN", "MACINTOSH" },   { "ISO8859", "ISO-8859-1" },
		{ "LATIN", "ISO-8859-1" },     { "L9", "ISO-8859-15" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (!strcmp(name, names[i].python))
			return names[i].iconv;
	}
	if (is_variant(name, "LATIN-1") || is_variant(name, "ISO-8859-1") || is_variant(name, "ISO-LATIN-1"))
		return "ISO-8859-1";
	return name;
}

static bool is_utf8_name(const char *name)
{
	return is_variant(name, "UTF-8") || !strcmp(name, "UTF8") || !strcmp(name, "UTF") || !strcmp(name, "U8") ||
	       !strcmp(name, "CP65001");
}

/* The text in UTF-8, NUL behind, or NULL. One character of one byte makes up to four. */
static char *to_utf8(iconv_t cd, char *text, size_t len, size_t *out_len)
{
	size_t alloc = len + len / 2 + 16, left;
	char *out = xmalloc(alloc + 1), *to = out;

	for (;;) {
		size_t used = (size_t)(to - out), rc;

		left = alloc - used;
		rc = iconv(cd, &text, &len, &to, &left);
		if (rc != (size_t)-1 && len == 0 && iconv(cd, NULL, NULL, &to, &left) != (size_t)-1)
			break;
		if (errno != E2BIG) {
			free(out);
			return NULL;
		}
		used = (size_t)(to - out);
		alloc += alloc / 2;
		out = xrealloc(out, alloc + 1);
		to = out + used;
	}
	*out_len = (size_t)(to - out);
	*to = '\0';
	return out;
}

static int decode(struct source *source, struct text cookie, struct error *err)
{
	char name[NAME_MAX_LEN + 1];
	char *text;
	size_t len = 0;
	iconv_t cd;

	normalise_name(name, cookie);
	if (is_utf8_name(name))
		return 0;
	cd = iconv_open("UTF-8", iconv_name(name));
	if (cd == (iconv_t)-1)
		return error_set(err, "unknown encoding '%.*s'", (int)cookie.len, cookie.ptr);
	text = to_utf8(cd, source->bytes, source->len, &len);
	iconv_close(cd);
	if (!text)
		return error_set(err, "not in the encoding '%.*s' that it names", (int)cookie.len, cookie.ptr);
	if (len >= UINT32_MAX) {
		free(text);
		return error_set(err, "4 GiB or more as UTF-8");
	}
	free(source->bytes);
	source->bytes = text;
	source->len = (uint32_t)len;
	return 0;
}

/* What source_init does, but for giving up cleanly. */
static int load(struct source *source, size_t len, struct error *err)
{
	struct text cookie;

	if (len >= UINT32_MAX)
		return error_set(err, "4 GiB or more");
	source->len = (uint32_t)len;
	if (is_wide(source->bytes, len))
		return error_set(err, "UTF-16 or UTF-32, which is no encoding for Python source");
	if (len >= 3 && !memcmp(source->bytes, "\xEF\xBB\xBF", 3)) {
		source->len -= 3;
		memmove(source->bytes, source->bytes + 3, source->len + (size_t)1);
		source->is_ascii = text_is_ascii(source->bytes, source->len);
		return 0; /* which says UTF-8, whatever a cookie says */
	}
	source->is_ascii = text_is_ascii(source->bytes, len);
	if (source->is_ascii)
		return 0;
	cookie = find_cookie(source->bytes, len);
	return cookie.len ? decode(source, cookie, err) : 0;
}

int source_init(struct source *source, char *raw, size_t len, struct error *err)
{
	memset(source, 0, sizeof(*source));
	source->bytes = raw;
	if (load(source, len, err)) {
		source_release(source);
		return -1;
	}
	return 0;
}

void source_release(struct source *source)
{
	free(source->bytes);
	free(source->line_starts);
	free(source->marks);
	memset(source, 0, sizeof(*source));
}

void source_lines(struct source *source)
{
	struct marks ends;
	size_t alloc = 0;

	if (source->line_starts)
		return;
	ARRAY_GROW(source->line_starts, 1, alloc);
	source->line_starts[source->nr_lines++] = 0;
	marks_init(&ends, "\n\r", source->bytes, source->len);
	for (size_t end = 0; (end = marks_next(&ends, end)) < source->len; end++) {
		if (end + 1 == source->len || (source->bytes[end] == '\r' && source->bytes[end + 1] == '\n'))
			continue;
		ARRAY_GROW(source->line_starts, source->nr_lines + (size_t)1, alloc);
		source->line_starts[source->nr_lines++] = (uint32_t)end + 1;
	}
}

uint32_t source_line(struct source *source, uint32_t offset)
{
	uint32_t low = 0, high;

	source_lines(source);
	high = source->nr_lines;
	while (high - low > 1) {
		uint32_t mid = low + (high - low) / 2;

		if (source->line_starts[mid] <= offset)
			low = mid;
		else
			high = mid;
	}
	return low + 1;
}

static size_t sequence(const struct source *source, uint32_t offset)
{
	size_t len = utf8_sequence(source->bytes + offset, source->len - offset);

	return len ? len : 1;
}

static void build_marks(struct source *source)
{
	uint32_t offset = 0, count = 0, n = 0;

	source->marks = xcalloc(source->len / MARK_EVERY + 1, sizeof(*source->marks));
	while (offset < source->len) {
		if (offset / MARK_EVERY >= n)
			source->marks[n++] = (struct column_mark){ offset, count };
		offset += (uint32_t)sequence(source, offset);
		count++;
	}
}

/* Code points before an offset, for lines that are long and may be asked about often: hence the marks. */
static uint32_t code_points(struct source *source, uint32_t offset)
{
	const struct column_mark *mark;

	if (!source->marks)
		build_marks(source);
	mark = &source->marks[offset / MARK_EVERY];
	if (mark->offset > offset || (mark->offset == 0 && offset >= MARK_EVERY))
		mark--;
	return mark->count + (uint32_t)utf8_count(source->bytes + mark->offset, offset - mark->offset);
}

uint32_t source_column(struct source *source, uint32_t offset)
{
	uint32_t line = source_line(source, offset), start = source->line_starts[line - 1];

	if (source->is_ascii)
		return offset - start + 1;
	if (offset - start < MARK_EVERY)
		return (uint32_t)utf8_count(source->bytes + start, offset - start) + 1;
	return code_points(source, offset) - code_points(source, start) + 1;
}

uint32_t source_byte_column(struct source *source, uint32_t offset)
{
	uint32_t line = source_line(source, offset);

	return offset - source->line_starts[line - 1] + 1;
}

struct text source_line_text(struct source *source, uint32_t line)
{
	const char *start, *end;

	source_lines(source);
	if (line < 1 || line > source->nr_lines)
		return TEXT("");
	start = source->bytes + source->line_starts[line - 1];
	end = line < source->nr_lines ? source->bytes + source->line_starts[line] : source->bytes + source->len;
	/* From behind: a line may be long, and be asked for once a finding. */
	if (end > start && end[-1] == '\n')
		end -= end - 1 > start && end[-2] == '\r' ? 2 : 1;
	else if (end > start && end[-1] == '\r')
		end--;
	return (struct text){ start, (size_t)(end - start) };
}
