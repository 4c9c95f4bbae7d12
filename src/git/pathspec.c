/* SPDX-License-Identifier: MIT
 *
 * Pathspecs as git's pathspec.c reads them and its dir.c matches them.
 * Attributes (`:(attr:…)`) are left out, with an error.
 */
#include "git/pathspec.h"

#include <strings.h>

#include "base/alloc.h"
#include "git/config.h"
#include "git/wildmatch.h"

enum magic {
	MAGIC_TOP = 1 << 0,
	MAGIC_EXCLUDE = 1 << 1,
	MAGIC_LITERAL = 1 << 2,
	MAGIC_GLOB = 1 << 3,
	MAGIC_ICASE = 1 << 4,
};

struct pathspec_item {
	char *word;    /* as given */
	char *match;   /* pattern or path, from the top of the work tree */
	size_t len;
	size_t prefix; /* so many bytes of match come from the current directory */
	size_t plain;  /* so many bytes at the start of match are no wildcards */
	unsigned int magic;
	bool matched;
};

static const struct {
	const char *name;
	char letter; /* '\0': none */
	unsigned int magic;
} magic_words[] = {
	{ "top", '/', MAGIC_TOP },
	{ "literal", '\0', MAGIC_LITERAL },
	{ "glob", '\0', MAGIC_GLOB },
	{ "icase", '\0', MAGIC_ICASE },
	{ "exclude", '!', MAGIC_EXCLUDE },
};

/* The GIT_*_PATHSPECS variables. */
struct globals {
	bool literal, glob, noglob, icase;
};

static int read_globals(struct globals *globals, struct error *err)
{
	globals->literal = config_env_bool("GIT_LITERAL_PATHSPECS");
	globals->glob = config_env_bool("GIT_GLOB_PATHSPECS");
	globals->noglob = config_env_bool("GIT_NOGLOB_PATHSPECS");
	globals->icase = config_env_bool("GIT_ICASE_PATHSPECS");
	if (globals->glob && globals->noglob)
		return error_set(err, "global 'glob' and 'noglob' pathspec settings are incompatible: "
				 "unset GIT_GLOB_PATHSPECS or GIT_NOGLOB_PATHSPECS");
	if (globals->literal && (globals->glob || globals->noglob || globals->icase))
		return error_set(err, "global 'literal' pathspec setting is incompatible with all other "
				 "global pathspec settings: unset GIT_LITERAL_PATHSPECS");
	return 0;
}

static unsigned int global_magic(const struct globals *globals, unsigned int magic)
{
	if (globals->literal)
		magic |= MAGIC_LITERAL;
	if (globals->glob && !(magic & MAGIC_LITERAL))
		magic |= MAGIC_GLOB;
	if (globals->icase)
		magic |= MAGIC_ICASE;
	if (globals->noglob && !(magic & MAGIC_GLOB))
		magic |= MAGIC_LITERAL;
	return magic;
}

static int add_magic_word(unsigned int *magic, struct text name, const char *word, struct error *err)
{
	if (name.len >= 5 && memcmp(name.ptr, "attr:", 5) == 0)
		return error_set(err, "'attr' is not supported in pathspec '%s'", word);
	for (size_t i = 0; i < ARRAY_SIZE(magic_words); i++) {
		const char *known = magic_words[i].name;

		if (text_equal(name, (struct text){ known, strlen(known) })) {
			*magic |= magic_words[i].magic;
			return 0;
		}
	}
	return error_set(err, "Invalid pathspec magic '%.*s' in '%s'",
			 name.len < 100 ? (int)name.len : 100, name.ptr, word);
}

/* `:(word,word)rest`. Returns the rest, or NULL. */
static const char *parse_long_magic(const char *word, unsigned int *magic, struct error *err)
{
	const char *p = word + 2;

	while (*p && *p != ')') {
		size_t len = strcspn(p, ",)");

		if (len && add_magic_word(magic, (struct text){ p, len }, word, err) < 0)
			return NULL;
		p += len;
		if (*p == ',')
			p++;
	}
	if (*p != ')') {
		error_set(err, "Missing ')' at the end of pathspec magic in '%s'", word);
		return NULL;
	}
	return p + 1;
}

/* `:!/rest`. Returns the rest, or NULL. */
static const char *parse_short_magic(const char *word, unsigned int *magic, struct error *err)
{
	const char *p = word + 1;

	for (; *p && *p != ':'; p++) {
		size_t i = 0;

		if (*p == '^') {
			*magic |= MAGIC_EXCLUDE;
			continue;
		}
		/* What git keeps for magic to come; other bytes begin the pattern. */
		if (!strchr("!\"#%&',-/;<=>@_`~", *p))
			break;
		while (i < ARRAY_SIZE(magic_words) && magic_words[i].letter != *p)
			i++;
		if (i == ARRAY_SIZE(magic_words)) {
			error_set(err, "Unimplemented pathspec magic '%c' in '%s'", *p, word);
			return NULL;
		}
		*magic |= magic_words[i].magic;
	}
	return *p == ':' ? p + 1 : p;
}

/*
 * Drops `.`, empty and `name/..` components of an absolute or relative path
 * in place; *fixed, a length within it, shrinks when `..` reaches into it. Says whether
 * the path stays inside.
 */
static bool normalize(char *path, size_t *fixed)
{
	char *from = path, *to = path;

	while (*from) {
		size_t len = strcspn(from, "/");

		if (len == 2 && from[0] == '.' && from[1] == '.') {
			if (to == path)
				return false;
			to--; /* the slash */
			while (to > path && to[-1] != '/')
				to--;
			if (fixed && *fixed > (size_t)(to - path))
				*fixed = (size_t)(to - path);
		} else if (len && !(len == 1 && from[0] == '.')) {
			memmove(to, from, len);
			to += len;
			if (from[len] == '/')
				*to++ = '/';
		}
		from += len;
		while (*from == '/')
			from++;
	}
	*to = '\0';
	return true;
}

static bool is_folder(const char *path, const char *folder)
{
	char *real = realpath(path, NULL);
	bool same = real && strcmp(real, folder) == 0;

	free(real);
	return same;
}

/*
 * The part of an absolute path below top, which a symbolic link on the way
 * may lead to; NULL: it is not below.
 */
static const char *below_top(char *path, const char *top)
{
	size_t len = strlen(top);

	if (len == 1)
		return path + 1;
	if (strncmp(path, top, len) == 0 && (path[len] == '/' || !path[len]))
		return path + len + (path[len] == '/');
	for (char *p = path + 1; *p; p++) {
		bool found;

		if (*p != '/')
			continue;
		*p = '\0';
		found = is_folder(path, top);
		*p = '/';
		if (found)
			return p + 1;
	}
	return is_folder(path, top) ? path + strlen(path) : NULL;
}

/* The path that a word without magic means, from the top; NULL: outside. */
static char *resolve(const char *rest, const char *prefix, const char *top, size_t *fixed)
{
	char *path, *result;
	const char *below;

	if (*rest != '/') {
		path = xasprintf("%s%s", prefix, rest);
		*fixed = strlen(prefix);
		if (normalize(path, fixed))
			return path;
		free(path);
		return NULL;
	}
	*fixed = 0;
	path = xasprintf("%s", rest);
	below = top && normalize(path + 1, NULL) ? below_top(path, top) : NULL;
	result = below ? xstrdup(below) : NULL;
	free(path);
	return result;
}

static int parse_item(struct pathspec_item *item, const char *word, const struct globals *globals,
		      const char *prefix, const char *top, struct error *err)
{
	const char *rest = word;

	item->word = xstrdup(word);
	if (!*word)
		return error_set(err, "empty string is not a valid pathspec. please use . instead if you "
				 "meant to match all paths");
	if (!globals->literal && word[0] == ':')
		rest = word[1] == '(' ? parse_long_magic(word, &item->magic, err) :
			parse_short_magic(word, &item->magic, err);
	if (!rest)
		return -1;
	item->magic = global_magic(globals, item->magic);
	if ((item->magic & MAGIC_LITERAL) && (item->magic & MAGIC_GLOB))
		return error_set(err, "%s: 'literal' and 'glob' are incompatible", word);
	if (item->magic & MAGIC_TOP)
		item->match = xstrdup(rest);
	else
		item->match = resolve(rest, prefix, top, &item->prefix);
	if (!item->match && top)
		return error_set(err, "%s: '%s' is outside repository at '%s'; to scan it all the same: asyncgrep --no-index '%s'",
				 word, rest, top, rest);
	if (!item->match)
		return error_set(err, "%s: '%s' is outside repository", word, rest);
	item->len = strlen(item->match);
	item->plain = item->magic & MAGIC_LITERAL ? item->len : strcspn(item->match, "*?[\\");
	if (item->plain < item->prefix)
		item->plain = item->prefix;
	return 0;
}

static int parse_words(struct pathspec *ps, const char *const *words, size_t nr, const struct globals *globals,
		       const char *prefix, const char *top, struct error *err)
{
	memset(ps, 0, sizeof(*ps));
	ps->items = xcalloc(nr, sizeof(*ps->items));
	for (size_t i = 0; i < nr; i++) {
		ps->nr++;
		if (parse_item(&ps->items[i], words[i], globals, prefix, top, err) < 0) {
			pathspec_release(ps);
			return -1;
		}
		if (!(ps->items[i].magic & MAGIC_EXCLUDE))
			ps->has_positive = true;
	}
	return 0;
}

int pathspec_parse(struct pathspec *ps, const char *const *words, size_t nr,
		   const char *prefix, const char *top, struct error *err)
{
	struct globals globals;

	memset(ps, 0, sizeof(*ps));
	if (read_globals(&globals, err) < 0)
		return -1;
	return parse_words(ps, words, nr, &globals, prefix, top, err);
}

int pathspec_parse_plain(struct pathspec *ps, const char *word, struct error *err)
{
	const struct globals none = { false, false, false, false };

	return parse_words(ps, &word, 1, &none, "", NULL, err);
}

char *pathspec_resolve(const char *path, const char *prefix, const char *top)
{
	size_t fixed;

	return resolve(path, prefix, top, &fixed);
}

static bool same_start(const struct pathspec_item *item, const char *path, size_t len)
{
	if (item->magic & MAGIC_ICASE)
		return strncasecmp(item->match, path, len) == 0;
	return strncmp(item->match, path, len) == 0;
}

static bool match_item(const struct pathspec_item *item, const char *path, size_t len)
{
	unsigned int flags = 0;

	/* The current directory is where the user is, whatever the case of the pattern. */
	if ((item->magic & MAGIC_ICASE) && strncmp(item->match, path, item->prefix) != 0)
		return false;
	if (!item->len)
		return true;
	/* Itself, or a folder above; also where the name has wildcards in it. */
	if (item->len <= len && same_start(item, path, item->len) &&
	    (item->len == len || item->match[item->len - 1] == '/' || path[item->len] == '/'))
		return true;
	if (item->plain == item->len || item->plain > len || !same_start(item, path, item->plain))
		return false;
	if (item->magic & MAGIC_GLOB)
		flags |= WILDMATCH_PATHNAME;
	if (item->magic & MAGIC_ICASE)
		flags |= WILDMATCH_ICASE;
	return wildmatch(item->match + item->plain, path + item->plain, flags);
}

static bool excludes(const struct pathspec *ps, const char *path, size_t len)
{
	for (size_t i = 0; i < ps->nr; i++)
		if (ps->items[i].magic & MAGIC_EXCLUDE && match_item(&ps->items[i], path, len))
			return true;
	return false;
}

bool pathspec_means(const struct pathspec *ps, const char *path)
{
	size_t len = strlen(path);
	bool meant = !ps->has_positive;

	for (size_t i = 0; !meant && i < ps->nr; i++)
		meant = !(ps->items[i].magic & MAGIC_EXCLUDE) && match_item(&ps->items[i], path, len);
	return meant && !excludes(ps, path, len);
}

bool pathspec_match(struct pathspec *ps, const char *path)
{
	size_t len = ps->nr ? strlen(path) : 0;
	bool meant = !ps->has_positive;

	/* Every word is tried, so that each gets its mark. */
	for (size_t i = 0; i < ps->nr; i++) {
		struct pathspec_item *item = &ps->items[i];

		if (item->magic & MAGIC_EXCLUDE || (meant && item->matched))
			continue;
		if (match_item(item, path, len))
			meant = item->matched = true;
	}
	return meant && !excludes(ps, path, len);
}

const char *pathspec_unmatched(const struct pathspec *ps)
{
	for (size_t i = 0; i < ps->nr; i++)
		if (!ps->items[i].matched && !(ps->items[i].magic & MAGIC_EXCLUDE))
			return ps->items[i].word;
	return NULL;
}

void pathspec_release(struct pathspec *ps)
{
	for (size_t i = 0; i < ps->nr; i++) {
		free(ps->items[i].word);
		free(ps->items[i].match);
	}
	free(ps->items);
	memset(ps, 0, sizeof(*ps));
}
