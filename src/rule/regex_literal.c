/* SPDX-License-Identifier: MIT
 *
 * A cautious reading of PCRE2 syntax (pcre2pattern(3)) in search of a required
 * literal. It may miss one; it may never name one that a match can do without.
 */
#include "rule/regex_literal.h"

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Behind the `:]` of a `[:name:]` in a class; behind its `[` where it does not end: then it is none. */
static size_t skip_named_class(const char *p, size_t i, size_t len)
{
	size_t end = i + 2;

	while (end < len && p[end] != ']')
		end++;
	return end < len && p[end - 1] == p[i + 1] && end > i + 2 ? end + 1 : i + 1;
}

/* Behind the `]` of a class that starts at i, or len. */
static size_t skip_class(const char *p, size_t i, size_t len)
{
	i++;
	if (i < len && p[i] == '^')
		i++;
	if (i < len && p[i] == ']')
		i++;
	while (i < len && p[i] != ']') {
		if (p[i] == '[' && i + 1 < len && strchr(":.=", p[i + 1]))
			i = skip_named_class(p, i, len);
		else
			i += p[i] == '\\' ? 2 : 1;
	}
	return i < len ? i + 1 : len;
}

/* Behind the `)` of a group that starts at i, or len; counts nesting, so that depth is no recursion. */
static size_t skip_group(const char *p, size_t i, size_t len)
{
	size_t depth = 0;

	while (i < len) {
		if (p[i] == '\\') {
			i += 2;
			continue;
		}
		if (p[i] == '[') {
			i = skip_class(p, i, len);
			continue;
		}
		depth += p[i] == '(';
		if (p[i] == ')' && --depth == 0)
			return i + 1;
		i++;
	}
	return len;
}

/* Does a quantifier that allows zero times stand at i? */
static bool is_optional(const char *p, size_t i, size_t len)
{
	if (i >= len)
		return false;
	return p[i] == '?' || p[i] == '*' || (p[i] == '{' && (i + 1 >= len || p[i + 1] == '0' || p[i + 1] == ','));
}

static bool has_top_level_alternative(const char *p, size_t len)
{
	for (size_t i = 0; i < len;) {
		if (p[i] == '|')
			return true;
		if (p[i] == '\\')
			i += 2;
		else if (p[i] == '[')
			i = skip_class(p, i, len);
		else if (p[i] == '(')
			i = skip_group(p, i, len);
		else
			i++;
	}
	return false;
}

/* Options change the meaning of what follows, \Q that of backslashes; `(?x)` that of blanks and `#`. */
static bool has_options(const char *p, size_t len)
{
	if (memmem(p, len, "(*", 2) || memmem(p, len, "\\Q", 2))
		return true;
	for (size_t i = 0; i + 2 < len; i++)
		if (p[i] == '(' && p[i + 1] == '?' && !strchr("<:=!P>", p[i + 2]))
			return true;
	return false;
}

/* Is it an escape whose meaning ends with this letter: a class of characters, an assertion, a control character? */
static bool is_short_escape(char c)
{
	return !is_word(c) || strchr("dDwWsSbBAzZGRhHvVnrtfaeKX", c);
}

struct text regex_required_literal(const char *pattern, size_t len)
{
	struct text best = { pattern, 0 };
	size_t run = 0, i = 0;

	if (has_options(pattern, len))
		return best;
	if (has_top_level_alternative(pattern, len))
		return best;
	while (i < len) {
		if (is_word(pattern[i]) && !is_optional(pattern, i + 1, len)) {
			i++;
			if (i - run > best.len)
				best = (struct text){ pattern + run, i - run };
			continue;
		}
		if (pattern[i] == '\\') {
			if (i + 1 < len && !is_short_escape(pattern[i + 1]))
				return (struct text){ pattern, 0 };
			i += 2;
		} else if (pattern[i] == '[')
			i = skip_class(pattern, i, len);
		else if (pattern[i] == '(')
			i = skip_group(pattern, i, len);
		else if (pattern[i] == '{') /* the count of a quantifier is no literal */
			while (i < len && pattern[i++] != '}')
				;
		else
			i++;
		run = i;
	}
	return best;
}
