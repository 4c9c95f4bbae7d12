/* SPDX-License-Identifier: MIT
 *
 * Numbers as the machine has them, texts with their length before them. One
 * list of fields is walked in both directions, so that what is written is
 * what is read.
 */
#include "scan/finding_store.h"

#include "base/alloc.h"
#include "base/day.h"
#include "rule/ruleset.h"
#include "scan/scan.h"

#define NO_TEXT UINT32_MAX

/* Bytes that grow (out), or are used up (in). */
struct store {
	struct strbuf *out; /* NULL: reading */
	struct text in;
	bool bad;
};

static void walk_bytes(struct store *store, void *bytes, size_t len)
{
	if (store->out) {
		strbuf_add(store->out, bytes, len);
	} else if (store->bad || len > store->in.len) {
		store->bad = true;
		memset(bytes, 0, len);
	} else {
		memcpy(bytes, store->in.ptr, len);
		store->in = (struct text){ store->in.ptr + len, store->in.len - len };
	}
}

static void walk_number(struct store *store, uint32_t *number)
{
	walk_bytes(store, number, sizeof(*number));
}

static void walk_day(struct store *store, int32_t *day)
{
	walk_bytes(store, day, sizeof(*day));
}

static void walk_hash(struct store *store, uint64_t *hash)
{
	walk_bytes(store, hash, sizeof(*hash));
}

static void walk_flag(struct store *store, bool *flag)
{
	uint32_t number = *flag;

	walk_number(store, &number);
	*flag = number;
}

/* So many things follow, each of which takes at least a number. */
static size_t walk_count(struct store *store, size_t count)
{
	uint32_t number = (uint32_t)count;

	walk_number(store, &number);
	if (!store->out && number > store->in.len / sizeof(number))
		store->bad = true;
	return store->bad ? 0 : number;
}

/* A text that may hold any bytes; len is where its length stands. */
static void walk_text(struct store *store, char **text, size_t *len)
{
	uint32_t number = *text ? (uint32_t)*len : NO_TEXT;

	walk_number(store, &number);
	if (number == NO_TEXT || store->bad)
		return;
	if (!store->out) {
		if (number > store->in.len) {
			store->bad = true;
			return;
		}
		*text = xmalloc((size_t)number + 1);
		(*text)[number] = '\0';
		*len = number;
	}
	walk_bytes(store, *text, number);
}

static void walk_string(struct store *store, char **string)
{
	size_t len = *string ? strlen(*string) : 0;

	walk_text(store, string, &len);
}

static void walk_place(struct store *store, struct finding_place *place)
{
	uint32_t *const numbers[] = { &place->line, &place->column, &place->byte_column, &place->end_line,
				      &place->end_column, &place->end_byte_column, &place->lines_from };

	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++)
		walk_number(store, numbers[i]);
	walk_string(store, &place->text);
	walk_text(store, &place->lines, &place->lines_len);
	walk_flag(store, &place->lines_cut);
}

static void walk_identity(struct store *store, struct finding_identity *identity)
{
	walk_string(store, &identity->text);
	walk_number(store, &identity->ordinal);
	walk_number(store, &identity->first_line);
	walk_number(store, &identity->last_line);
	walk_hash(store, &identity->line_hash);
	walk_number(store, &identity->line_ordinal);
}

static void walk_captures(struct store *store, struct finding *finding)
{
	size_t nr = walk_count(store, finding->nr_captures);

	if (!store->out && nr)
		finding->captures = xcalloc(nr, sizeof(*finding->captures));
	finding->nr_captures = nr;
	for (size_t i = 0; i < nr; i++) {
		walk_string(store, &finding->captures[i].name);
		walk_string(store, &finding->captures[i].text);
	}
}

static void walk_rule(struct store *store, const struct ruleset *set, struct finding *finding)
{
	uint32_t index = finding->rule ? finding->rule->index : 0;

	walk_number(store, &index);
	if (store->out)
		return;
	if (index < set->nr)
		finding->rule = set->rules[index];
	else
		store->bad = true;
}

static void walk_finding(struct store *store, const struct ruleset *set, struct finding *finding)
{
	walk_rule(store, set, finding);
	walk_number(store, &finding->offset);
	walk_string(store, &finding->message);
	walk_string(store, &finding->function);
	walk_place(store, &finding->place);
	walk_string(store, &finding->second_note);
	walk_place(store, &finding->second);
	walk_captures(store, finding);
	walk_identity(store, &finding->identity);
	walk_flag(store, &finding->suppressed);
}

static void walk_facts(struct store *store, struct scan_facts *facts)
{
	uint32_t suppressed = (uint32_t)facts->suppressed;

	walk_number(store, &suppressed);
	facts->suppressed = suppressed;
	walk_number(store, &facts->broken_line);
	walk_number(store, &facts->broken_column);
	walk_day(store, &facts->first_day);
	walk_day(store, &facts->last_day);
}

static bool says_nothing(const struct finding_list *findings, const struct scan_facts *facts)
{
	return !findings->nr && !facts->suppressed && !facts->broken_line && facts->first_day == DAY_MIN &&
		facts->last_day == DAY_MAX;
}

void finding_store_write(struct strbuf *out, const struct finding_list *findings, const struct scan_facts *facts)
{
	struct store store = { .out = out };
	struct scan_facts copy = *facts;

	if (says_nothing(findings, facts))
		return;
	walk_facts(&store, &copy);
	walk_count(&store, findings->nr);
	for (size_t i = 0; i < findings->nr; i++) {
		struct finding finding = findings->items[i];

		walk_finding(&store, NULL, &finding);
	}
}

bool finding_store_read(struct text record, const struct ruleset *set, struct finding_list *findings,
			struct scan_facts *facts)
{
	struct store store = { .in = record };
	size_t nr;

	*facts = (struct scan_facts){ .first_day = DAY_MIN, .last_day = DAY_MAX };
	if (!record.len)
		return true;
	walk_facts(&store, facts);
	nr = walk_count(&store, 0);
	for (size_t i = 0; i < nr && !store.bad; i++)
		walk_finding(&store, set, finding_add(findings));
	if (!store.bad && !store.in.len)
		return true;
	finding_list_release(findings);
	return false;
}
