/* SPDX-License-Identifier: MIT
 *
 * Evidence, looked for in code text: a few searches for literals.
 */
#include "scan/evidence.h"

#include "base/alloc.h"
#include "base/chars.h"
#include "base/word.h"
#include "scan/spelled.h"

/* A last part that is spelled more often than this, each time behind something else, is taken for found. */
#define MANY_SPELLINGS 100

bool evidence_begins_with(const struct evidence *evidence, struct text name)
{
	for (size_t i = 0; i < evidence->names->nr; i++)
		if (strncmp(evidence->names->names[i], name.ptr, name.len) == 0 &&
		    evidence->names->names[i][name.len] == '.')
			return true;
	return false;
}

static bool has_word(const struct mask *mask, const char *name)
{
	struct word word;

	word_init(&word, (struct text){ name, strlen(name) });
	return word_find(&word, mask->code, mask->len, 0) != NULL;
}

/* May a dotted name be spelled that ends so, and begins with the package or with what an import may bind? */
static bool has_last_part(struct imported *imported, struct pyfile *file, struct text package, struct text last)
{
	const struct mask *mask = &file->mask;
	unsigned spellings = 0;
	const char *hit;
	struct word word;

	word_init(&word, last);
	for (size_t from = 0; spellings < MANY_SPELLINGS && (hit = word_find(&word, mask->code, mask->len, from));
	     from = (size_t)(hit - mask->code) + last.len, spellings++) {
		bool unclear = false;
		struct text head = spelled_head(mask->code, (struct text){ hit, last.len }, &unclear);

		if (unclear || (head.len && head.ptr != hit &&
				(text_equal(head, package) || imported_may_bind(imported, file, head))))
			return true;
	}
	return spellings == MANY_SPELLINGS;
}

/* What is spelled by its last part alone is imported by that. */
static bool has_name_of(struct imported *imported, struct pyfile *file, struct text package, const char *name)
{
	const char *dot = strrchr(name, '.');
	struct text last = { dot + 1, strlen(dot + 1) };

	return imported_spells(imported, file, last) ||
	       has_last_part(imported, file, package, last);
}

/* Does a string follow a division sign, with its prefix and perhaps in parentheses? */
static bool is_before_text(const char *code)
{
	code += *code == '=';
	while (is_layout(*code) || *code == '(')
		code++;
	for (unsigned letters = 0; letters < 2 && is_name_byte(*code); letters++)
		code++;
	return *code == '"' || *code == '\'';
}

static bool has_division_by_text(const struct mask *mask)
{
	const char *end = mask->code + mask->len, *sign = mask->code;

	for (; (sign = memchr(sign, '/', (size_t)(end - sign))); sign++)
		if (is_before_text(sign + 1))
			return true;
	return false;
}

static bool look_for(struct imported *imported, struct pyfile *file, const struct evidence *evidence)
{
	struct text package = { NULL, 0 };
	bool meant = false;

	if (evidence->division && has_division_by_text(&file->mask))
		return true;
	for (size_t i = 0; i < evidence->names->nr; i++) {
		const char *name = evidence->names->names[i];
		struct text first = { name, strcspn(name, ".") };

		if (!name[first.len]) {
			if (has_word(&file->mask, name))
				return true;
			continue;
		}
		/* Names of one package stand in a row, mostly. */
		if (!text_equal(first, package)) {
			package = first;
			meant = imported_means(imported, file, package);
		}
		if (meant && has_name_of(imported, file, package, name))
			return true;
	}
	return false;
}

bool evidence_found(struct evidence_memos *memos, struct imported *imported, struct pyfile *file,
		    const struct evidence *evidence)
{
	bool found;

	if (!evidence)
		return true;
	for (size_t i = 0; i < memos->nr; i++)
		if (memos->memos[i].evidence == evidence)
			return memos->memos[i].found;
	found = look_for(imported, file, evidence);
	ARRAY_GROW(memos->memos, memos->nr + 1, memos->alloc);
	memos->memos[memos->nr++] = (struct evidence_memo){ evidence, found };
	return found;
}

void evidence_release(struct evidence_memos *memos)
{
	free(memos->memos);
	memset(memos, 0, sizeof(*memos));
}
