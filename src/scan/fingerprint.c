/* SPDX-License-Identifier: MIT
 *
 * Fingerprints, made while the file is there. A line may hold any number of
 * findings: its text is put together once.
 */
#include "scan/fingerprint.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "python/pyfile.h"
#include "python/token.h"
#include "rule/rule.h"
#include "scan/line_hash.h"
#include "scan/multiset.h"

/* Longer texts are cut after so many bytes. */
#define MAX_TEXT 240

/* A logical line; findings come in the order of the source. */
struct line {
	uint32_t start, end; /* of the text in the source */
	struct strbuf text;
	uint32_t first, last; /* as git counts */
	bool known;           /* false: the first finding is still to come */
};

/* -- the text */

static bool is_wordy(char byte)
{
	return byte == '_' || byte == '"' || byte == '\'' || (byte >= '0' && byte <= '9') ||
		(byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (unsigned char)byte >= 0x80;
}

static bool is_last_comma(const struct lexer *lexer)
{
	char next = lexer_peek(lexer, NULL);

	return lexer->token.kind == TOKEN_COMMA && (next == ')' || next == ']' || next == '}');
}

/* The line ends of strings are those of the checkout, not of the code. */
static void add_token(struct strbuf *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] && !(text[i] == '\r' && i + 1 < len && text[i + 1] == '\n'))
			strbuf_addch(out, text[i]);
}

static void add_tokens(struct strbuf *out, const struct pyfile *file, uint32_t start, uint32_t end)
{
	struct lexer lexer;

	lexer_init(&lexer, &file->mask);
	for (lexer_enter(&lexer, start, end); lexer.token.kind != TOKEN_END; lexer_next(&lexer)) {
		const char *text = file->source.bytes + lexer.token.start;

		if (is_last_comma(&lexer))
			continue;
		if (out->len && is_wordy(out->buf[out->len - 1]) && is_wordy(*text))
			strbuf_addch(out, ' ');
		add_token(out, text, lexer.token.end - lexer.token.start);
	}
}

/* What is cut off is still told apart, by the hash of the whole. */
static void cut(struct strbuf *text)
{
	char hex[OBJECT_HEX_LEN + 1];
	size_t len = MAX_TEXT;

	if (text->len <= MAX_TEXT)
		return;
	object_hash_hex(text->buf, text->len, hex);
	while (len && ((unsigned char)text->buf[len] & 0xC0) == 0x80)
		len--;
	strbuf_setlen(text, len);
	strbuf_addf(text, "… %.16s", hex);
}

static void set_text(struct line *line, const struct pyfile *file)
{
	struct strbuf raw = STRBUF_INIT;

	strbuf_setlen(&line->text, 0);
	add_tokens(&raw, file, line->start, line->end);
	strbuf_add_utf8(&line->text, raw.buf, raw.len);
	strbuf_release(&raw);
	cut(&line->text);
}

/* -- the line */

static uint32_t count_line_ends(const char *bytes, uint32_t from, uint32_t to)
{
	uint32_t lines = 0;

	for (const char *at = bytes + from; (at = memchr(at, '\n', (size_t)(bytes + to - at))); at++)
		lines++;
	return lines;
}

static void enter(struct line *line, struct pyfile *file, uint32_t offset)
{
	int32_t stmt = blocks_at(&file->blocks, offset);
	uint32_t start = offset, end = offset;

	if (stmt != NO_STMT)
		blocks_logical_line(&file->blocks, stmt, &start, &end);
	if (offset < start || offset >= end)
		start = end = offset; /* between statements: a comment, or what a pattern matches */
	if (line->known && line->start == start && line->end == end)
		return;
	/* Each begins behind the one before it; in broken code, perhaps in its middle. */
	if (start >= line->end)
		line->first = line->last + count_line_ends(file->source.bytes, line->end, start);
	else
		line->first += count_line_ends(file->source.bytes, line->start, start);
	line->last = line->first + count_line_ends(file->source.bytes, start, end);
	line->known = true;
	line->start = start;
	line->end = end;
	set_text(line, file);
}

/* Of its logical line; of a finding that stands in none, its own. */
static char *identity_text(const struct line *line, const struct finding *finding)
{
	struct strbuf text = STRBUF_INIT;

	if (line->start < line->end)
		return xmemdupz(line->text.buf, line->text.len);
	strbuf_add_utf8(&text, finding->place.text, strlen(finding->place.text));
	cut(&text);
	return strbuf_detach(&text, NULL);
}

static uint32_t next_ordinal(struct multiset *seen, const struct finding *finding)
{
	size_t len;
	char *key = fingerprint_key(finding, &len);
	uint32_t ordinal = multiset_add(seen, key, len);

	free(key);
	return ordinal;
}

/* Those that comments hide come last: with or without them, the others have the same. */
static void number(struct finding_list *findings, bool suppressed, struct multiset *seen)
{
	for (size_t i = 0; i < findings->nr; i++)
		if (findings->items[i].suppressed == suppressed)
			findings->items[i].identity.ordinal = next_ordinal(seen, &findings->items[i]);
}

void fingerprint_fill(struct pyfile *file, struct finding_list *findings)
{
	struct line line = { .text = STRBUF_INIT, .last = 1 };
	struct multiset seen = { NULL };

	for (size_t i = 0; i < findings->nr; i++) {
		struct finding *finding = &findings->items[i];

		enter(&line, file, finding->offset);
		finding->identity.text = identity_text(&line, finding);
		finding->identity.first_line = line.first;
		finding->identity.last_line = line.last;
	}
	line_hash_fill(&file->source, findings);
	number(findings, false, &seen);
	number(findings, true, &seen);
	multiset_release(&seen);
	strbuf_release(&line.text);
}

/* -- put together */

/* With the NUL that ends each part, so that no two parts can run together. */
static void add_part(struct strbuf *out, const char *text)
{
	strbuf_add(out, text, strlen(text) + 1);
}

static void add_key(struct strbuf *out, const struct finding *finding)
{
	add_part(out, finding->rule->code);
	add_part(out, finding->function ? finding->function : "");
	add_part(out, finding->identity.text);
}

char *fingerprint_key(const struct finding *finding, size_t *len)
{
	struct strbuf key = STRBUF_INIT;

	add_key(&key, finding);
	return strbuf_detach(&key, len);
}

void fingerprint_hex(const char *path, const struct finding *finding, char hex[OBJECT_HEX_LEN + 1])
{
	struct strbuf all = STRBUF_INIT;

	add_part(&all, path);
	add_key(&all, finding);
	strbuf_addf(&all, "%u", finding->identity.ordinal);
	object_hash_hex(all.buf, all.len, hex);
	strbuf_release(&all);
}
