/* SPDX-License-Identifier: MIT
 *
 * Escapes and number bases: The Python Language Reference 3.13, 2.4.1 and
 * 2.4.5.
 */
#include "python/literal.h"

#include "base/strbuf.h"
#include "python/mask.h"
#include "python/source.h"

static void enter_string(struct literal *literal, size_t index)
{
	const struct mask_string *string = &literal->mask->strings[index];
	const char *bytes = literal->source->bytes;
	uint32_t quotes = string->flags & STRING_TRIPLE ? 3 : 1;
	uint32_t pos = string->start;

	while (pos < string->end && bytes[pos] != '"' && bytes[pos] != '\'')
		pos++;
	literal->string = index;
	literal->pos = pos + quotes < string->end ? pos + quotes : string->end;
	literal->end = string->end - quotes > literal->pos ? string->end - quotes : literal->pos;
	literal->field = string->first_field;
}

void literal_init(struct literal *literal, const struct mask *mask, const struct source *source,
		  uint32_t start, uint32_t end)
{
	int64_t index = mask_string_at(mask, start);

	memset(literal, 0, sizeof(*literal));
	literal->mask = mask;
	literal->source = source;
	literal->last = end;
	literal->field = NO_FIELD;
	if (index >= 0)
		enter_string(literal, (size_t)index);
}

bool literal_is_bytes(const struct mask *mask, uint32_t start)
{
	int64_t index = mask_string_at(mask, start);

	return index >= 0 && mask->strings[index].flags & STRING_BYTES;
}

/* Goes to the next string of the run, strings in replacement fields excluded. */
static bool next_string(struct literal *literal)
{
	const struct mask *mask = literal->mask;
	size_t i = literal->string;
	uint32_t behind;

	if (i >= mask->nr_strings)
		return false;
	behind = mask->strings[i].end;
	while (i < mask->nr_strings && mask->strings[i].start < behind)
		i++;
	if (i == mask->nr_strings || mask->strings[i].start >= literal->last)
		return false;
	enter_string(literal, i);
	return true;
}

static void push_code_point(struct literal *literal, uint32_t code)
{
	static const unsigned char marks[] = { 0, 0x00, 0xC0, 0xE0, 0xF0 };
	unsigned len = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;

	for (unsigned i = 0; i + 1 < len; i++, code >>= 6)
		literal->pending[i] = (unsigned char)(0x80 | (code & 0x3F));
	literal->pending[len - 1] = (unsigned char)(marks[len] | (code & 0xFF));
	literal->nr_pending = len;
}

static int digit_value(char byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	byte |= 0x20;
	return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : 16;
}

/* Up to `max` digits of a base. */
static uint32_t digits(struct literal *literal, unsigned max, int base)
{
	const char *bytes = literal->source->bytes;
	uint32_t value = 0;

	for (; max > 0 && literal->pos < literal->end && digit_value(bytes[literal->pos]) < base; max--)
		value = value * (uint32_t)base + (uint32_t)digit_value(bytes[literal->pos++]);
	return value;
}

static void push_value(struct literal *literal, uint32_t value, bool is_bytes)
{
	if (is_bytes) {
		literal->pending[0] = (unsigned char)value;
		literal->nr_pending = 1;
	} else {
		push_code_point(literal, value & 0x1FFFFF);
	}
}

/* Behind a backslash: the byte that an escape of one letter means, or -1 with the rest pending, or nothing for it. */
static int escape(struct literal *literal)
{
	static const char letters[] = "\\'\"abfnrtv", values[] = "\\'\"\a\b\f\n\r\t\v";
	const char *bytes = literal->source->bytes;
	bool is_bytes = literal->mask->strings[literal->string].flags & STRING_BYTES;
	char letter = bytes[literal->pos];
	const char *known = letter ? strchr(letters, letter) : NULL;

	if (known) {
		literal->pos++;
		return (unsigned char)values[known - letters];
	}
	if (letter >= '0' && letter <= '7') {
		push_value(literal, digits(literal, 3, 8), is_bytes);
	} else if (letter == 'x') {
		literal->pos++;
		push_value(literal, digits(literal, 2, 16), is_bytes);
	} else if (!is_bytes && (letter == 'u' || letter == 'U')) {
		literal->pos++;
		push_value(literal, digits(literal, letter == 'u' ? 4 : 8, 16), false);
	} else if (letter == '\n' || letter == '\r') {
		literal->pos += letter == '\r' && bytes[literal->pos + 1] == '\n' ? 2 : 1;
	} else {
		return '\\';
	}
	return -1;
}

/* At a replacement field: steps over its expression. */
static void skip_field(struct literal *literal)
{
	const struct mask_field *field = &literal->mask->fields[literal->field];
	uint32_t pos = field->expr_end;

	while (pos > field->open && strchr(" \t\f\r\n", literal->mask->code[pos - 1]))
		pos--;
	if (literal->mask->code[pos - 1] == '=') {
		literal->pending[0] = '=';
		literal->nr_pending = 1;
	}
	literal->pos = field->expr_end;
	literal->field = field->next;
}

int literal_next(struct literal *literal)
{
	const char *bytes = literal->source->bytes;

	for (;;) {
		unsigned char byte;
		int decoded;

		if (literal->nr_pending > 0)
			return literal->pending[--literal->nr_pending];
		if (literal->pos >= literal->end) {
			if (!next_string(literal))
				return LITERAL_END;
			continue;
		}
		if (literal->field != NO_FIELD && literal->pos == literal->mask->fields[literal->field].open) {
			skip_field(literal);
			return LITERAL_FIELD;
		}
		byte = (unsigned char)bytes[literal->pos++];
		if (byte == '\r') {
			literal->pos += bytes[literal->pos] == '\n';
			return '\n';
		}
		if (byte != '\\' || literal->mask->strings[literal->string].flags & STRING_RAW)
			return byte;
		decoded = escape(literal);
		if (decoded >= 0)
			return decoded;
	}
}

static struct number parse_int(const char *digit, int base)
{
	struct number number = { NUMBER_INT, 0 };
	uint64_t hash = (uint64_t)base;

	for (; digit_value(*digit) < base; digit++) {
		uint64_t value = (uint64_t)digit_value(*digit);

		hash = (hash ^ value) * UINT64_C(0x100000001B3);
		if (value == 0 && number.bits == 0 && number.kind == NUMBER_INT)
			hash = (uint64_t)base; /* a leading zero */
		if (number.bits > (UINT64_MAX - value) / (uint64_t)base)
			number.kind = NUMBER_BIG;
		number.bits = number.bits * (uint64_t)base + value;
	}
	if (number.kind == NUMBER_BIG)
		number.bits = hash;
	return number;
}

static struct number parse_float(const char *text, bool imaginary)
{
	struct number number = { imaginary ? NUMBER_IMAGINARY : NUMBER_FLOAT, 0 };
	double value = strtod(text, NULL);

	memcpy(&number.bits, &value, sizeof(value));
	return number;
}

struct number number_parse(struct text text)
{
	struct strbuf sb = STRBUF_INIT;
	struct number number;
	char letter;

	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] != '_')
			strbuf_addch(&sb, text.ptr[i]);
	}
	letter = sb.len > 1 && sb.buf[0] == '0' ? (char)(sb.buf[1] | 0x20) : '\0';
	if (letter == 'x')
		number = parse_int(sb.buf + 2, 16);
	else if (letter == 'o')
		number = parse_int(sb.buf + 2, 8);
	else if (letter == 'b')
		number = parse_int(sb.buf + 2, 2);
	else if (strpbrk(sb.buf, ".eEjJ"))
		number = parse_float(sb.buf, strpbrk(sb.buf, "jJ"));
	else
		number = parse_int(sb.buf, 10);
	strbuf_release(&sb);
	return number;
}
