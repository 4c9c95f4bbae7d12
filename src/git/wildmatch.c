/* SPDX-License-Identifier: MIT
 *
 * Git's wildmatch with a loop in the place of its recursion. The match that
 * reaches a star first is the only one worth keeping: whatever an earlier
 * star could take instead, the later one can take as well. So one place to
 * go back to is remembered for stars that cross slashes, and one for those
 * that do not.
 */
#include "git/wildmatch.h"

/* Where to go on when the bytes after a star do not match. */
struct retry {
	const char *pattern; /* behind the star; NULL: there is none */
	const char *text;    /* where it was last tried */
};

struct matcher {
	unsigned int flags;
	struct retry star;  /* takes no slash */
	struct retry cross; /* takes any byte; older than star */
	bool whole_folders; /* cross is a star-star-slash: it ends only behind slashes */
};

/* As git has them, whatever the locale: ASCII only, and no \v or \f among the spaces. */
static bool is_lower(unsigned char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_upper(unsigned char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

static bool is_alnum(unsigned char c)
{
	return is_lower(c) || is_upper(c) || is_digit(c);
}

static bool is_graph(unsigned char c)
{
	return c > ' ' && c < 0x7F;
}

static unsigned char fold(unsigned char c, unsigned int flags)
{
	return (flags & WILDMATCH_ICASE) && is_upper(c) ? (unsigned char)(c - 'A' + 'a') : c;
}

/* Is c in [:NAME:]? -1 if there is no such class. */
static int in_class(struct text name, unsigned char c, unsigned int flags)
{
	if (text_equal(name, TEXT("alnum")))
		return is_alnum(c);
	if (text_equal(name, TEXT("alpha")))
		return is_lower(c) || is_upper(c);
	if (text_equal(name, TEXT("blank")))
		return c == ' ' || c == '\t';
	if (text_equal(name, TEXT("cntrl")))
		return c < ' ' || c == 0x7F;
	if (text_equal(name, TEXT("digit")))
		return is_digit(c);
	if (text_equal(name, TEXT("graph")))
		return is_graph(c);
	if (text_equal(name, TEXT("lower")))
		return is_lower(c);
	if (text_equal(name, TEXT("print")))
		return is_graph(c) || c == ' ';
	if (text_equal(name, TEXT("punct")))
		return is_graph(c) && !is_alnum(c);
	if (text_equal(name, TEXT("space")))
		return c == ' ' || c == '\t' || c == '\n' || c == '\r';
	if (text_equal(name, TEXT("upper")))
		return is_upper(c) || ((flags & WILDMATCH_ICASE) && is_lower(c));
	if (text_equal(name, TEXT("xdigit")))
		return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
	return -1;
}

static bool in_range(unsigned char first, unsigned char last, unsigned char c, unsigned int flags)
{
	if (c >= first && c <= last)
		return true;
	if (!(flags & WILDMATCH_ICASE) || !is_lower(c))
		return false;
	c = (unsigned char)(c - 'a' + 'A');
	return c >= first && c <= last;
}

/*
 * Does the bracket expression at *pattern (its `[`) take the folded byte c?
 * Moves *pattern to its `]`. -1: malformed.
 */
static int match_bracket(const char **pattern, unsigned char c, unsigned int flags)
{
	const char *p = *pattern + 1, *end;
	bool negated = *p == '!' || *p == '^', matched = false;
	unsigned char previous = 0, byte;
	int verdict;

	if (negated)
		p++;
	do {
		byte = (unsigned char)*p;
		if (!byte)
			return -1;
		if (byte == '\\') {
			byte = (unsigned char)*++p;
			if (!byte)
				return -1;
			matched |= byte == c;
		} else if (byte == '-' && previous && p[1] && p[1] != ']') {
			byte = (unsigned char)*++p;
			if (byte == '\\')
				byte = (unsigned char)*++p;
			if (!byte)
				return -1;
			matched |= in_range(previous, byte, c, flags);
			byte = 0;
		} else if (byte == '[' && p[1] == ':') {
			end = strchr(p + 2, ']');
			if (!end)
				return -1;
			if (end == p + 2 || end[-1] != ':') {
				matched |= c == '[';
			} else {
				verdict = in_class((struct text){ p + 2, (size_t)(end - p - 3) }, c, flags);
				if (verdict < 0)
					return -1;
				matched |= verdict;
				p = end;
				byte = 0;
			}
		} else {
			matched |= byte == c;
		}
		previous = byte;
	} while (*++p != ']');
	*pattern = p;
	return matched != negated;
}

/*
 * Notes the star at *pattern as the place to go back to and moves *pattern
 * behind it. Says whether all of the rest of the text is taken care of.
 */
static bool enter_star(struct matcher *m, const char *start, const char **pattern, const char *text)
{
	const char *star = *pattern, *p = star + 1;
	bool crosses = !(m->flags & WILDMATCH_PATHNAME), folders = false;

	while (*p == '*')
		p++;
	if (!crosses && p - star >= 2 && (star == start || star[-1] == '/') &&
	    (*p == '\0' || *p == '/' || (p[0] == '\\' && p[1] == '/'))) {
		crosses = true;
		folders = *p == '/';
	}
	*pattern = p;
	if (*p == '\0')
		return crosses || !strchr(text, '/');
	if (folders)
		*pattern = ++p; /* the first try: no folder at all */
	if (crosses) {
		m->cross = (struct retry){ p, text };
		m->star = (struct retry){ NULL, NULL };
		m->whole_folders = folders;
	} else {
		m->star = (struct retry){ p, text };
	}
	return false;
}

/* Lets the nearest star take more; false when none can. */
static bool go_back(struct matcher *m, const char **pattern, const char **text)
{
	struct retry *star = &m->star, *cross = &m->cross;

	if (star->pattern) {
		/* Up to the end of the text in vain: a later start cannot help either. */
		if (!*star->text)
			return false;
		if (*star->text != '/') {
			star->text++;
			*pattern = star->pattern;
			*text = star->text;
			return true;
		}
		star->pattern = NULL;
	}
	if (!cross->pattern)
		return false;
	if (m->whole_folders)
		cross->text = strchr(cross->text, '/');
	if (!cross->text || !*cross->text)
		return false;
	cross->text++;
	*pattern = cross->pattern;
	*text = cross->text;
	return true;
}

/* Matches the one pattern element at *p, no star, and moves *p to its last byte; -1: malformed. */
static int match_byte(const char **p, char byte, unsigned int flags)
{
	unsigned char c = fold((unsigned char)byte, flags);
	int verdict;

	switch (**p) {
	case '?':
		return !((flags & WILDMATCH_PATHNAME) && c == '/');
	case '[':
		verdict = match_bracket(p, c, flags);
		return verdict > 0 && (flags & WILDMATCH_PATHNAME) && c == '/' ? 0 : verdict;
	case '\\':
		++*p;
		return **p ? (unsigned char)**p == c : -1;
	default:
		return fold((unsigned char)**p, flags) == c;
	}
}

bool wildmatch(const char *pattern, const char *text, unsigned int flags)
{
	struct matcher m = { .flags = flags };
	const char *p = pattern;
	int verdict;

	for (;;) {
		if (*p == '*') {
			const char *rest = p;

			if (enter_star(&m, pattern, &rest, text))
				return true;
			p = rest;
			if (*p)
				continue;
			verdict = 0; /* a last `*` with a slash left */
		} else if (!*p && !*text) {
			return true;
		} else if (!*p) {
			verdict = 0;
		} else if (!*text) {
			return false; /* stars can only leave less */
		} else {
			verdict = match_byte(&p, *text, flags);
		}
		if (verdict < 0)
			return false;
		if (verdict) {
			p++;
			text++;
		} else if (!go_back(&m, &p, &text)) {
			return false;
		}
	}
}
