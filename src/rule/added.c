/* SPDX-License-Identifier: MIT
 *
 * What makes a rule set another one than the program's own, written down text by text, each with
 * its length before it.
 */
#include "rule/loader.h"

static void add_text(struct strbuf *out, const char *ptr, size_t len)
{
	uint64_t number = len;

	strbuf_add(out, &number, sizeof(number));
	strbuf_add(out, ptr, len);
}

void loader_note_text(struct ruleset *set, const char *ptr, size_t len)
{
	add_text(&set->added, ptr, len);
}

void loader_note_names(struct ruleset *set, const struct yaml_node *target, const struct yaml_node *names)
{
	add_text(&set->added, target->text.ptr, target->text.len);
	if (names->kind == YAML_SCALAR)
		add_text(&set->added, names->text.ptr, names->text.len);
	for (const struct yaml_node *item = names->child; item; item = item->next)
		add_text(&set->added, item->text.ptr, item->text.len);
	add_text(&set->added, "", 0); /* names are not empty: here they end */
}

void ruleset_describe(const struct ruleset *set, struct strbuf *out)
{
	add_text(out, set->added.buf, set->added.len);
	for (size_t i = 0; i < set->nr; i++)
		strbuf_addch(out, set->rules[i]->selected ? '1' : '0');
}
