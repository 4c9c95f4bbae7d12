/* SPDX-License-Identifier: MIT
 *
 * Code text: one pass that copies the source and blanks comments and strings.
 * What it has written behind its place is not final: it is written again.
 * Plain strings are skipped in one go; the inside of an f-string is a stack of
 * levels (literal text, a field in it, the format spec of that field, a field
 * there …) that follows CPython's tokenizer (PEP 701).
 */
#include "python/mask.h"

#include "base/alloc.h"
#include "base/chars.h"
#include "base/vec16.h"
#include "python/source.h"

enum level_kind {
	LEVEL_TEXT,  /* literal text of an f-string */
	LEVEL_FIELD, /* the expression of a replacement field */
	LEVEL_SPEC,  /* literal text of its format spec */
};

struct level {
	enum level_kind kind;
	char quote;          /* of the f-string */
	uint32_t flags;      /* of the f-string: enum string_flags */
	uint32_t string;     /* its index */
	uint32_t last_field; /* of a text: the last field of the string so far, or NO_FIELD */
	uint32_t field;      /* of a field or spec: its index */
	uint32_t depth;      /* of a field: brackets open in it */
	size_t text;         /* index of the level of the string's text */
	bool had_field;      /* of a spec: a field in it has ended */
};

struct masker {
	struct mask *mask;
	const char *src; /* NUL behind */
	char *code;
	uint32_t len, pos;
	struct level *levels;
	size_t nr, alloc;
};

enum byte_class {
	IN_FIELD = 1 << 0, /* means something in a field */
	IN_TEXT = 1 << 1,  /* means something in literal text */
};

static const uint8_t byte_classes[256] = {
	['"'] = IN_FIELD | IN_TEXT, ['\''] = IN_FIELD | IN_TEXT,
	['{'] = IN_FIELD | IN_TEXT, ['}'] = IN_FIELD | IN_TEXT,
	['('] = IN_FIELD, [')'] = IN_FIELD, ['['] = IN_FIELD, [']'] = IN_FIELD,
	['#'] = IN_FIELD, [':'] = IN_FIELD, ['!'] = IN_FIELD,
	['\\'] = IN_TEXT, ['\n'] = IN_TEXT, ['\r'] = IN_TEXT,
};

/* The next byte of a class, or len; copied up to that, and with it. */
static uint32_t copy_to_class(const struct masker *m, enum byte_class class)
{
	uint32_t pos = m->pos;

	for (; pos < m->len; pos++) {
		m->code[pos] = m->src[pos];
		if (byte_classes[(unsigned char)m->src[pos]] & class)
			break;
	}
	return pos;
}

/* The same for the first of up to four bytes (repeat one to ask for fewer) at or behind pos. */
static inline uint32_t copy_to_byte(const struct masker *m, size_t pos, char a, char b, char c, char d)
{
	/* In registers: what is stored might be these, for all that a compiler knows. */
	const char *src = m->src;
	char *code = m->code;
	size_t len = m->len;

	for (; len - pos >= 16; pos += 16) {
		vec16 bytes = vec16_load(src + pos);
		unsigned hits = vec16_bits((bytes == vec16_of(a)) | (bytes == vec16_of(b)) | (bytes == vec16_of(c)) |
					   (bytes == vec16_of(d)));

		memcpy(code + pos, &bytes, sizeof(bytes));
		if (hits)
			return (uint32_t)pos + (uint32_t)__builtin_ctz(hits);
	}
	for (; pos < len; pos++) {
		code[pos] = src[pos];
		if (src[pos] == a || src[pos] == b || src[pos] == c || src[pos] == d)
			break;
	}
	return (uint32_t)pos;
}

static void blank(struct masker *m, uint32_t start, uint32_t end)
{
	memset(m->code + start, ' ', end - start);
}

/* The quotes of a triple-quoted string, at pos; of any other the one there is copied already. */
static void write_quotes(struct masker *m, uint32_t pos, char quote, uint32_t flags)
{
	if (flags & STRING_TRIPLE)
		memset(m->code + pos, quote, 3);
}

static void note_broken(struct masker *m, uint32_t offset)
{
	if (offset < m->mask->broken_at)
		m->mask->broken_at = offset;
}

/* Behind the backslash at pos and what it escapes; CRLF is one line end. */
static uint32_t skip_escape(const struct masker *m, uint32_t pos)
{
	pos++;
	if (pos < m->len && m->src[pos] == '\r' && m->src[pos + 1] == '\n')
		pos++;
	return pos < m->len ? pos + 1 : pos;
}

/* Length of the quote at pos that ends a string, or 0. */
static uint32_t closing_quote(const struct masker *m, uint32_t pos, char quote, uint32_t flags)
{
	if (m->src[pos] != quote || pos >= m->len)
		return 0;
	if (!(flags & STRING_TRIPLE))
		return 1;
	return m->src[pos + 1] == quote && m->src[pos + 2] == quote ? 3 : 0;
}

static void mask_comment(struct masker *m)
{
	struct mask *mask = m->mask;
	uint32_t start = m->pos;

	m->pos = copy_to_byte(m, start, '\n', '\r', '\n', '\r');
	blank(m, start, m->pos);
	ARRAY_GROW(mask->comments, mask->nr_comments + 1, mask->alloc_comments);
	mask->comments[mask->nr_comments++] = (struct mask_comment){ start, m->pos };
}

static uint32_t prefix_letter(char c)
{
	switch (c) {
	case 'r': case 'R':
		return STRING_RAW;
	case 'b': case 'B':
		return STRING_BYTES;
	case 'f': case 'F': case 't': case 'T':
		return STRING_FORMAT;
	default:
		return 0;
	}
}

/* Length of the prefix before a quote, and what it says. A longer word, or another one, is no prefix. */
static uint32_t string_prefix(const struct masker *m, uint32_t quote, uint32_t *flags)
{
	uint32_t n = 0, first, second;

	while (n < 3 && n < quote && is_name_byte(m->src[quote - n - 1]))
		n++;
	*flags = 0;
	if (n == 1) {
		char c = m->src[quote - 1];

		*flags = prefix_letter(c);
		return *flags || c == 'u' || c == 'U' ? 1 : 0;
	}
	if (n != 2)
		return 0;
	first = prefix_letter(m->src[quote - 2]);
	second = prefix_letter(m->src[quote - 1]);
	if (!first || !second || first == second || !((first | second) & STRING_RAW))
		return 0;
	*flags = first | second;
	return 2;
}

/* From behind the opening quote to behind the closing one; says whether there is one. */
static bool mask_plain_string(struct masker *m, uint32_t string, char quote, uint32_t flags)
{
	bool triple = flags & STRING_TRIPLE;
	uint32_t start = m->pos, pos = start, closing = 0;

	for (;;) {
		pos = triple ? copy_to_byte(m, pos, quote, '\\', quote, '\\') : copy_to_byte(m, pos, quote, '\\', '\n', '\r');
		if (pos == m->len)
			break;
		if (m->src[pos] == '\\') {
			pos = skip_escape(m, pos);
			continue;
		}
		closing = closing_quote(m, pos, quote, flags);
		if (closing || !triple)
			break;
		pos++;
	}
	blank(m, start, pos);
	if (closing)
		write_quotes(m, pos, quote, flags);
	else
		note_broken(m, m->mask->strings[string].start);
	m->pos = pos + closing;
	m->mask->strings[string].end = m->pos;
	return closing;
}

static struct level *push_level(struct masker *m, enum level_kind kind)
{
	struct level *level;

	ARRAY_GROW(m->levels, m->nr + 1, m->alloc);
	level = &m->levels[m->nr++];
	memset(level, 0, sizeof(*level));
	level->kind = kind;
	level->last_field = level->field = NO_FIELD;
	return level;
}

/* At the `{` of a field. */
static void open_field(struct masker *m)
{
	struct mask *mask = m->mask;
	struct level around = m->levels[m->nr - 1];
	struct level *text = &m->levels[around.text], *level;
	uint32_t field = (uint32_t)mask->nr_fields;

	ARRAY_GROW(mask->fields, mask->nr_fields + 1, mask->alloc_fields);
	mask->fields[mask->nr_fields++] = (struct mask_field){ m->pos, NO_OFFSET, NO_OFFSET, NO_FIELD };
	if (text->last_field == NO_FIELD)
		mask->strings[around.string].first_field = field;
	else
		mask->fields[text->last_field].next = field;
	text->last_field = field;

	level = push_level(m, LEVEL_FIELD);
	level->quote = around.quote;
	level->flags = around.flags;
	level->string = around.string;
	level->text = around.text;
	level->field = field;
	m->pos++;
}

static void end_expression(struct masker *m, uint32_t offset)
{
	struct mask_field *field = &m->mask->fields[m->levels[m->nr - 1].field];

	if (field->expr_end == NO_OFFSET)
		field->expr_end = offset;
}

static void pop_field(struct masker *m, uint32_t close)
{
	end_expression(m, close);
	m->mask->fields[m->levels[m->nr - 1].field].close = close;
	m->nr--;
	m->levels[m->nr - 1].had_field = true;
}

static void pop_string(struct masker *m, uint32_t end)
{
	m->mask->strings[m->levels[m->nr - 1].string].end = end;
	m->nr--;
}

/* The f-string that we are in does not end: close it, with what is open in it, at `end`. */
static void give_up_string(struct masker *m, uint32_t end)
{
	size_t text = m->levels[m->nr - 1].text;

	note_broken(m, m->mask->strings[m->levels[text].string].start);
	while (m->nr > text + 1)
		pop_field(m, end);
	pop_string(m, end);
}

/* The line ends in a string that may not: all the strings around that may not either end with it. */
static void give_up_line(struct masker *m)
{
	while (m->nr && !(m->levels[m->nr - 1].flags & STRING_TRIPLE))
		give_up_string(m, m->pos);
}

static void mask_string(struct masker *m)
{
	struct mask *mask = m->mask;
	char quote = m->src[m->pos];
	uint32_t flags, start = m->pos - string_prefix(m, m->pos, &flags);
	uint32_t string = (uint32_t)mask->nr_strings;
	struct level *level;

	if (m->src[m->pos + 1] == quote && m->src[m->pos + 2] == quote)
		flags |= STRING_TRIPLE;
	write_quotes(m, m->pos, quote, flags);
	m->pos += flags & STRING_TRIPLE ? 3 : 1;
	ARRAY_GROW(mask->strings, mask->nr_strings + 1, mask->alloc_strings);
	mask->strings[mask->nr_strings++] = (struct mask_string){ start, m->pos, NO_FIELD, flags };
	if (!(flags & STRING_FORMAT)) {
		if (!mask_plain_string(m, string, quote, flags))
			give_up_line(m);
		return;
	}
	level = push_level(m, LEVEL_TEXT);
	level->quote = quote;
	level->flags = flags;
	level->string = string;
	level->text = m->nr - 1;
}

/*
 * Finds what ends a run of literal text: its closing quote, the `{` or `}` of a
 * field, or a line end that may not be there. Says by *closing how long the
 * closing quote is.
 */
static void skip_text(struct masker *m, const struct level *level, uint32_t *closing)
{
	bool is_name = false; /* in \N{…} */

	for (;; m->pos++) {
		char c, next;

		m->pos = copy_to_class(m, IN_TEXT);
		if (m->pos >= m->len)
			return;
		c = m->src[m->pos];
		next = m->src[m->pos + 1];
		if (c == '\\') {
			if (next == '{' || next == '}')
				continue;
			if (next == 'N' && m->src[m->pos + 2] == '{' && !(level->flags & STRING_RAW)) {
				is_name = true;
				m->pos += 2;
				continue;
			}
			m->pos = skip_escape(m, m->pos) - 1;
		} else if (c == '{') {
			/* CPython takes `{{` in a format spec for two fields, but behind a field there for a brace. */
			if (next != '{' || (level->kind == LEVEL_SPEC && !level->had_field))
				return;
			m->pos++;
		} else if (c == '}') {
			if (is_name)
				is_name = false;
			else if (level->kind == LEVEL_SPEC)
				return;
			else if (next == '}')
				m->pos++;
		} else if (c == '\n' || c == '\r') {
			if (!(level->flags & STRING_TRIPLE))
				return;
		} else {
			*closing = closing_quote(m, m->pos, level->quote, level->flags);
			if (*closing)
				return;
		}
	}
}

static void mask_text(struct masker *m)
{
	struct level *level = &m->levels[m->nr - 1];
	uint32_t start = m->pos, closing = 0;

	skip_text(m, level, &closing);
	blank(m, start, m->pos);
	if (m->pos >= m->len)
		return;
	if (closing)
		write_quotes(m, m->pos, level->quote, level->flags);
	if (closing && level->kind == LEVEL_TEXT) {
		m->pos += closing;
		pop_string(m, m->pos);
	} else if (closing) {
		m->pos += closing;
		give_up_string(m, m->pos);
	} else if (m->src[m->pos] == '{') {
		open_field(m);
	} else if (m->src[m->pos] == '}') {
		pop_field(m, m->pos++);
	} else if (level->kind == LEVEL_SPEC && !level->had_field) {
		level->kind = LEVEL_FIELD; /* a line end ends the format spec, and the `}` may follow */
		level->depth = 0;
	} else {
		give_up_line(m);
	}
}

static void mask_field(struct masker *m)
{
	struct level *level = &m->levels[m->nr - 1];
	char c;

	m->pos = copy_to_class(m, IN_FIELD);
	if (m->pos >= m->len)
		return;
	c = m->src[m->pos];
	switch (c) {
	case '"':
	case '\'':
		mask_string(m);
		return;
	case '#':
		mask_comment(m);
		return;
	case '(':
	case '[':
	case '{':
		level->depth++;
		break;
	case ')':
	case ']':
		level->depth -= level->depth > 0;
		break;
	case '}':
		if (level->depth == 0) {
			pop_field(m, m->pos++);
			return;
		}
		level->depth--;
		break;
	case '!':
		if (level->depth == 0 && m->src[m->pos + 1] != '=')
			end_expression(m, m->pos);
		break;
	case ':':
		if (level->depth == 0) {
			end_expression(m, m->pos);
			level->kind = LEVEL_SPEC;
			level->had_field = false;
		}
		break;
	}
	m->pos++;
}

static void mask_code(struct masker *m)
{
	m->pos = copy_to_byte(m, m->pos, '"', '\'', '#', '#');
	if (m->pos >= m->len)
		return;
	if (m->src[m->pos] == '#')
		mask_comment(m);
	else
		mask_string(m);
}

void mask_build(struct mask *mask, const struct source *source)
{
	struct masker m = { .mask = mask, .src = source->bytes, .len = source->len };

	memset(mask, 0, sizeof(*mask));
	mask->broken_at = NO_OFFSET;
	mask->len = source->len;
	mask->code = m.code = xmalloc((size_t)source->len + MASK_PADDING);
	while (m.pos < m.len) {
		if (m.nr == 0)
			mask_code(&m);
		else if (m.levels[m.nr - 1].kind == LEVEL_FIELD)
			mask_field(&m);
		else
			mask_text(&m);
	}
	while (m.nr)
		give_up_string(&m, m.len);
	memset(m.code + source->len, 0, MASK_PADDING);
	free(m.levels);
}

void mask_release(struct mask *mask)
{
	free(mask->code);
	free(mask->strings);
	free(mask->fields);
	free(mask->comments);
	memset(mask, 0, sizeof(*mask));
}

int64_t mask_string_at(const struct mask *mask, uint32_t start)
{
	size_t low = 0, high = mask->nr_strings;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (mask->strings[mid].start < start)
			low = mid + 1;
		else
			high = mid;
	}
	return low < mask->nr_strings && mask->strings[low].start == start ? (int64_t)low : -1;
}
