/* SPDX-License-Identifier: MIT
 *
 * The attributes of one path after another, as git's attr.c collects them:
 * from info/attributes, then from its own folder up to the top, then from the
 * user's file, then from the system's. What is said first stays.
 */
#include "git/attributes.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "git/attribute_lines.h"
#include "git/config.h"

#define MAX_FILE (100 * 1024 * 1024) /* git passes longer files by */

/* A text that may define macros, from the weakest to the strongest. */
enum { SYSTEM, USER, TOP, INFO, NR_TEXTS };

struct text_file {
	char *bytes; /* owned */
	size_t len;
};

struct folder {
	size_t len; /* of its path, with its slash */
	const struct attribute_rules *rules;
};

/* Words of a line, or of a macro in it, that are being looked at, the last first. */
struct step {
	const struct attribute_words *words;
	size_t left;
};

struct attributes {
	attributes_read_fn read;
	void *data;
	struct arena arena;
	struct attribute_name *names; /* hash table, in the arena */
	struct attribute_name *own, *generated, *vendored, *filter, *ident, *encoding;
	const struct attribute_rules *texts[NR_TEXTS];
	struct strbuf path;           /* of the innermost folder */
	struct strbuf file;           /* scratch: that of a file in it */
	struct folder *folders;       /* from the top, which is no member, to there */
	size_t nr, alloc;
	size_t nr_rules;              /* in all texts, and in those of the folders that are entered */
	size_t path_nr;
	struct step *stack;           /* room for one a name, and one more */
};

/* -- reading */

static void read_plain(struct text_file *text, const char *path)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	struct stat st;
	ssize_t got;

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size < MAX_FILE) {
		text->bytes = xmalloc((size_t)st.st_size + 1);
		while (text->len < (size_t)st.st_size &&
		       (got = read(fd, text->bytes + text->len, (size_t)st.st_size - text->len)) > 0)
			text->len += (size_t)got;
	}
	close(fd);
}

static void read_named(struct text_file *text, char *path)
{
	if (path)
		read_plain(text, path);
	free(path);
}

/* The file in a folder ("sub/" or ""). */
static void read_in_folder(struct attributes *attributes, struct text_file *text, const char *folder)
{
	struct strbuf *path = &attributes->file;
	struct error err = { NULL };

	strbuf_setlen(path, 0);
	strbuf_addstr(path, folder);
	strbuf_addstr(path, ".gitattributes");
	if (attributes->read(attributes->data, path->buf, &text->bytes, &text->len, &err) < 0) {
		error_prefix(&err, "%s", path->buf);
		complain_error(&err);
	} else if (text->len > MAX_FILE) {
		text->len = 0;
	}
}

static struct attribute_name *know(struct attributes *attributes, const char *name)
{
	return attribute_know(&attributes->names, &attributes->arena, name, strlen(name));
}

struct attributes *attributes_open(const struct repository *repo, attributes_read_fn read, void *data)
{
	struct attributes *attributes = xcalloc(1, sizeof(*attributes));
	struct text_file texts[NR_TEXTS] = { { NULL, 0 } };

	strbuf_init(&attributes->path);
	strbuf_init(&attributes->file);
	attributes->read = read;
	attributes->data = data;
	attributes->own = know(attributes, "asyncgrep");
	attributes->generated = know(attributes, "linguist-generated");
	attributes->vendored = know(attributes, "linguist-vendored");
	attributes->filter = know(attributes, "filter");
	attributes->ident = know(attributes, "ident");
	attributes->encoding = know(attributes, "working-tree-encoding");
	if (!config_env_bool("GIT_ATTR_NOSYSTEM"))
		read_named(&texts[SYSTEM], config_system_file("gitattributes"));
	read_named(&texts[USER], config_user_file("core.attributesfile", "attributes", repo->common_dir, repo->git_dir));
	read_in_folder(attributes, &texts[TOP], "");
	read_named(&texts[INFO], xasprintf("%s/info/attributes", repo->common_dir));
	/* A macro may be used before it is defined. */
	for (size_t i = 0; i < NR_TEXTS; i++)
		attribute_know_macros(&attributes->names, &attributes->arena, texts[i].bytes, texts[i].len);
	for (size_t i = 0; i < NR_TEXTS; i++) {
		attributes->texts[i] = attribute_parse(attributes->names, &attributes->arena, texts[i].bytes,
						       texts[i].len, 0, true);
		attributes->nr_rules += attributes->texts[i]->nr;
		free(texts[i].bytes);
	}
	attributes->stack = xreallocarray(NULL, HASH_COUNT(attributes->names) + 1, sizeof(*attributes->stack));
	return attributes;
}

bool attributes_have_rules(const struct attributes *attributes)
{
	return attributes->nr_rules != 0;
}

static void leave(struct attributes *attributes)
{
	const struct attribute_rules *rules = attributes->folders[--attributes->nr].rules;

	attributes->nr_rules -= rules ? rules->nr : 0;
	strbuf_setlen(&attributes->path, attributes->nr ? attributes->folders[attributes->nr - 1].len : 0);
}

/* Makes the folders those above path. */
static void enter(struct attributes *attributes, const char *path)
{
	struct strbuf *folder = &attributes->path;
	const char *slash;

	while (attributes->nr && strncmp(path, folder->buf, attributes->folders[attributes->nr - 1].len) != 0)
		leave(attributes);
	while ((slash = strchr(path + folder->len, '/'))) {
		const struct attribute_rules *rules = NULL;
		struct text_file text = { NULL, 0 };

		strbuf_add(folder, path + folder->len, (size_t)(slash + 1 - path) - folder->len);
		read_in_folder(attributes, &text, folder->buf);
		if (text.len)
			rules = attribute_parse(attributes->names, &attributes->arena, text.bytes, text.len, folder->len, false);
		attributes->nr_rules += rules ? rules->nr : 0;
		ARRAY_GROW(attributes->folders, attributes->nr + 1, attributes->alloc);
		attributes->folders[attributes->nr++] = (struct folder){ folder->len, rules };
		free(text.bytes);
	}
}

/* -- asking */

static enum attribute_value value_of(const struct attributes *attributes, const struct attribute_name *name)
{
	return name->path_nr == attributes->path_nr ? name->value : ATTRIBUTE_UNKNOWN;
}

/*
 * Gives the words' values to names that have none yet, the last word first; right after a macro that is
 * set come the words that it stands for.
 */
static void apply(struct attributes *attributes, const struct attribute_words *words)
{
	size_t depth = 0;

	attributes->stack[depth++] = (struct step){ words, words->nr };
	while (depth) {
		struct step *step = &attributes->stack[depth - 1];
		const struct attribute_word *word;

		if (!step->left) {
			depth--;
			continue;
		}
		word = &step->words->words[--step->left];
		if (value_of(attributes, word->name) != ATTRIBUTE_UNKNOWN)
			continue;
		word->name->path_nr = attributes->path_nr;
		word->name->value = word->value;
		if (word->value == ATTRIBUTE_SET && word->name->macro.nr)
			attributes->stack[depth++] = (struct step){ &word->name->macro, word->name->macro.nr };
	}
}

static void apply_rules(struct attributes *attributes, const struct attribute_rules *rules,
			const char *path, const char *last)
{
	for (size_t i = rules ? rules->nr : 0; i-- > 0;) {
		const struct attribute_rule *rule = &rules->rules[i];

		if (!rule->pattern.folder_only && path_pattern_match(&rule->pattern, path + rules->base, last))
			apply(attributes, &rule->words);
	}
}

static bool is_true(enum attribute_value value)
{
	return value == ATTRIBUTE_SET || value == ATTRIBUTE_OTHER;
}

/* Has it any value, be it one that git would make nothing of? */
static bool has_value(enum attribute_value value)
{
	return value == ATTRIBUTE_SET || value == ATTRIBUTE_FALSE || value == ATTRIBUTE_OTHER;
}

static enum attributes_answer keep_out(const struct attributes *attributes)
{
	enum attribute_value own = value_of(attributes, attributes->own);

	if (is_true(own))
		return ATTRIBUTES_NOTHING;
	if (own == ATTRIBUTE_UNSET || own == ATTRIBUTE_FALSE)
		return ATTRIBUTES_OWN;
	if (is_true(value_of(attributes, attributes->generated)))
		return ATTRIBUTES_GENERATED;
	return is_true(value_of(attributes, attributes->vendored)) ? ATTRIBUTES_VENDORED : ATTRIBUTES_NOTHING;
}

static bool convert(const struct attributes *attributes)
{
	return has_value(value_of(attributes, attributes->filter)) ||
		has_value(value_of(attributes, attributes->ident)) ||
		has_value(value_of(attributes, attributes->encoding));
}

enum attributes_answer attributes_keep_out(struct attributes *attributes, const char *path, bool *converted)
{
	const char *slash, *last;

	enter(attributes, path);
	if (converted)
		*converted = false;
	if (!attributes->nr_rules)
		return ATTRIBUTES_NOTHING;
	slash = strrchr(path, '/');
	last = slash ? slash + 1 : path;
	attributes->path_nr++;
	apply_rules(attributes, attributes->texts[INFO], path, last);
	for (size_t i = attributes->nr; i-- > 0;)
		apply_rules(attributes, attributes->folders[i].rules, path, last);
	for (size_t i = INFO; i-- > 0;)
		apply_rules(attributes, attributes->texts[i], path, last);
	if (converted)
		*converted = convert(attributes);
	return keep_out(attributes);
}

void attributes_free(struct attributes *attributes)
{
	if (!attributes)
		return;
	HASH_CLEAR(hh, attributes->names);
	strbuf_release(&attributes->path);
	strbuf_release(&attributes->file);
	arena_release(&attributes->arena);
	free(attributes->folders);
	free(attributes->stack);
	free(attributes);
}
