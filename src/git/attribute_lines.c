/* SPDX-License-Identifier: MIT
 *
 * Lines as parse_attr_line of git's attr.c reads them.
 */
#include "git/attribute_lines.h"

#include "base/alloc.h"
#include "base/strbuf.h"

#define BLANK " \t\r\n"
#define MACRO "[attr]"
#define MAX_LINE 2048 /* git passes longer lines by */

/* The line that is being read: copied, as a C string. */
struct line {
	char text[MAX_LINE];
	struct strbuf unquoted; /* of a pattern in quotes */
	const char *pattern;    /* or, of a macro, its name */
	size_t pattern_len;
	const char *words;
	bool macro;
};

/* What an octal or one-letter escape at p means; *p is moved behind it. -1: it is none. */
static int unescape(const char **p)
{
	static const char letters[] = "abfnrtv\\\"", bytes[] = "\a\b\f\n\r\t\v\\\"";
	const char *letter = **p ? strchr(letters, **p) : NULL;
	int value = 0;

	if (letter) {
		(*p)++;
		return (unsigned char)bytes[letter - letters];
	}
	if (**p < '0' || **p > '3')
		return -1;
	for (size_t i = 0; i < 3; i++, (*p)++) {
		if (**p < '0' || **p > '7')
			return -1;
		value = value * 8 + (**p - '0');
	}
	return value;
}

/* Reads a string in double quotes at p; returns what is behind it, NULL: it is none. */
static const char *unquote(struct strbuf *out, const char *p)
{
	strbuf_setlen(out, 0);
	for (p++; *p && *p != '"';) {
		int byte = (unsigned char)*p++;

		if (byte == '\\')
			byte = unescape(&p);
		if (byte < 0)
			return NULL;
		strbuf_addch(out, byte);
	}
	return *p ? p + 1 : NULL;
}

static bool is_name(const char *name, size_t len)
{
	if (!len || *name == '-')
		return false;
	for (size_t i = 0; i < len; i++)
		if (!strchr("-._0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", name[i]))
			return false;
	return true;
}

/* The name in a word (which is not empty), and the word's length. */
static const char *name_in(const char *word, size_t *name_len, size_t *len)
{
	const char *name = word + (*word == '-' || *word == '!');
	size_t equals = strcspn(name, "=");

	*len = strcspn(word, BLANK);
	*name_len = *len - (size_t)(name - word);
	if (equals < *name_len)
		*name_len = equals;
	return name;
}

/* Git passes a line by when one of its words is no attribute. */
static bool are_words(const char *words)
{
	size_t name_len, len;

	for (; *words; words += len, words += strspn(words, BLANK)) {
		const char *name = name_in(words, &name_len, &len);

		if (!is_name(name, name_len))
			return false;
	}
	return true;
}

/* Takes a line apart. false: git passes it by. */
static bool split(struct line *line, const char *text, size_t len)
{
	const char *start;

	if (len >= MAX_LINE)
		return false;
	memcpy(line->text, text, len);
	line->text[len] = '\0';
	start = line->text + strspn(line->text, BLANK);
	if (!*start || *start == '#')
		return false;
	line->words = *start == '"' ? unquote(&line->unquoted, start) : NULL;
	if (line->words) {
		line->pattern = line->unquoted.buf;
		line->pattern_len = line->unquoted.len;
	} else {
		line->pattern = start;
		line->pattern_len = strcspn(start, BLANK);
		line->words = start + line->pattern_len;
	}
	line->macro = line->pattern_len > strlen(MACRO) && strncmp(line->pattern, MACRO, strlen(MACRO)) == 0;
	if (line->macro) {
		line->pattern += strlen(MACRO);
		line->pattern_len = strcspn(line->pattern, BLANK);
		if (!is_name(line->pattern, line->pattern_len))
			return false;
	} else if (line->pattern_len && *line->pattern == '!') {
		return false;
	}
	line->words += strspn(line->words, BLANK);
	return are_words(line->words);
}

/* Cuts the next line off a text; false at its end. */
static bool next_line(const char **text, const char *end, struct text *line)
{
	const char *stop;

	if (*text >= end)
		return false;
	stop = memchr(*text, '\n', (size_t)(end - *text));
	if (!stop)
		stop = end;
	*line = (struct text){ *text, (size_t)(stop - *text) };
	*text = stop + 1;
	return true;
}

static const char *skip_mark(const char *text, size_t len)
{
	return len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? text + 3 : text;
}

struct attribute_name *attribute_know(struct attribute_name **names, struct arena *arena, const char *name, size_t len)
{
	struct attribute_name *known;

	HASH_FIND(hh, *names, name, len, known);
	if (!known) {
		known = arena_alloc(arena, sizeof(*known));
		known->name = arena_memdupz(arena, name, len);
		HASH_ADD_KEYPTR(hh, *names, known->name, len, known);
	}
	return known;
}

void attribute_know_macros(struct attribute_name **names, struct arena *arena, const char *text, size_t len)
{
	struct line line = { .unquoted = STRBUF_INIT };
	const char *at = skip_mark(text, len);
	struct text next;

	while (next_line(&at, text + len, &next))
		if (split(&line, next.ptr, next.len) && line.macro)
			attribute_know(names, arena, line.pattern, line.pattern_len);
	strbuf_release(&line.unquoted);
}

static enum attribute_value value_of(const char *word, const char *name, size_t name_len, size_t len)
{
	struct text value = { name + name_len, (size_t)(word + len - (name + name_len)) };

	if (*word == '-')
		return ATTRIBUTE_UNSET;
	if (*word == '!')
		return ATTRIBUTE_UNSPECIFIED;
	if (!value.len)
		return ATTRIBUTE_SET;
	return text_equal(value, TEXT("=false")) ? ATTRIBUTE_FALSE : ATTRIBUTE_OTHER;
}

/* Those words of a line that matter. */
static struct attribute_words keep_words(struct attribute_name *names, struct arena *arena, const char *text)
{
	struct attribute_words kept = { NULL, 0 };
	struct attribute_word words[MAX_LINE / 2];
	size_t name_len, len;

	for (; *text; text += len, text += strspn(text, BLANK)) {
		const char *name = name_in(text, &name_len, &len);
		struct attribute_name *known;

		HASH_FIND(hh, names, name, name_len, known);
		if (known)
			words[kept.nr++] = (struct attribute_word){ known, value_of(text, name, name_len, len) };
	}
	if (kept.nr) {
		kept.words = arena_alloc(arena, kept.nr * sizeof(*words));
		memcpy(kept.words, words, kept.nr * sizeof(*words));
	}
	return kept;
}

struct attribute_rules *attribute_parse(struct attribute_name *names, struct arena *arena, const char *text, size_t len,
					size_t base, bool macros)
{
	struct attribute_rules *list = arena_alloc(arena, sizeof(*list));
	struct line line = { .unquoted = STRBUF_INIT };
	struct attribute_rule *rules = NULL;
	const char *at = skip_mark(text, len);
	struct text next;
	size_t alloc = 0;

	list->base = base;
	while (next_line(&at, text + len, &next)) {
		struct attribute_words words;

		if (!split(&line, next.ptr, next.len) || (line.macro && !macros))
			continue;
		words = keep_words(names, arena, line.words);
		if (line.macro) {
			attribute_know(&names, arena, line.pattern, line.pattern_len)->macro = words;
		} else if (words.nr) {
			ARRAY_GROW(rules, list->nr + 1, alloc);
			path_pattern_parse(&rules[list->nr].pattern, arena, line.pattern, line.pattern_len);
			rules[list->nr++].words = words;
		}
	}
	if (list->nr) {
		list->rules = arena_alloc(arena, list->nr * sizeof(*rules));
		memcpy(list->rules, rules, list->nr * sizeof(*rules));
	}
	free(rules);
	strbuf_release(&line.unquoted);
	return list;
}
