/* SPDX-License-Identifier: MIT
 *
 * The findings of one file: collected in any order, sorted once.
 */
#include "scan/finding.h"

#include "base/alloc.h"
#include "rule/rule.h"

/* More than any terminal shows of a line. */
#define LINE_BEFORE 512
#define LINE_BEHIND 1024

static bool is_inside_character(char byte)
{
	return ((unsigned char)byte & 0xC0) == 0x80;
}

void finding_place_set_line(struct finding_place *place, const char *line, size_t len)
{
	size_t at = place->byte_column - 1, from = at > LINE_BEFORE ? at - LINE_BEFORE : 0, to;

	while (from && from < at && is_inside_character(line[from]))
		from++;
	to = len - from > LINE_BEFORE + LINE_BEHIND ? from + LINE_BEFORE + LINE_BEHIND : len;
	while (to < len && to > at && is_inside_character(line[to]))
		to--;
	place->lines = xmemdupz(line + from, to - from);
	place->lines_len = to - from;
	place->lines_from = (uint32_t)from;
	place->lines_cut = to < len;
}

struct finding *finding_add(struct finding_list *list)
{
	struct finding *finding;

	ARRAY_GROW(list->items, list->nr + 1, list->alloc);
	finding = &list->items[list->nr++];
	memset(finding, 0, sizeof(*finding));
	return finding;
}

static void finding_release(struct finding *finding)
{
	free(finding->message);
	free(finding->function);
	free(finding->place.text);
	free(finding->place.lines);
	free(finding->second_note);
	free(finding->second.text);
	free(finding->second.lines);
	for (size_t i = 0; i < finding->nr_captures; i++) {
		free(finding->captures[i].name);
		free(finding->captures[i].text);
	}
	free(finding->captures);
	free(finding->identity.text);
}

static int compare(const struct finding *a, const struct finding *b)
{
	if (a->offset != b->offset)
		return a->offset < b->offset ? -1 : 1;
	return strcmp(a->rule->code, b->rule->code);
}

/* Pointers into one array: where all else is equal, what was added first comes first. */
static int compare_pointers(const void *a, const void *b)
{
	const struct finding *first = *(struct finding *const *)a;
	const struct finding *second = *(struct finding *const *)b;
	int order = compare(first, second);

	if (order)
		return order;
	return first < second ? -1 : first > second;
}

static bool is_strictly_sorted(const struct finding_list *list)
{
	for (size_t i = 1; i < list->nr; i++)
		if (compare(&list->items[i - 1], &list->items[i]) >= 0)
			return false;
	return true;
}

void finding_sort(struct finding_list *list)
{
	struct finding **order, *sorted;
	size_t kept = 0;

	if (is_strictly_sorted(list))
		return;
	order = xreallocarray(NULL, list->nr, sizeof(struct finding *));
	sorted = xreallocarray(NULL, list->nr, sizeof(*sorted));
	for (size_t i = 0; i < list->nr; i++)
		order[i] = &list->items[i];
	qsort(order, list->nr, sizeof(*order), compare_pointers);
	for (size_t i = 0; i < list->nr; i++) {
		if (kept && compare(&sorted[kept - 1], order[i]) == 0)
			finding_release(order[i]);
		else
			sorted[kept++] = *order[i];
	}
	free(order);
	free(list->items);
	list->items = sorted;
	list->alloc = list->nr;
	list->nr = kept;
}

size_t finding_list_line(const struct finding_list *list, uint32_t number)
{
	size_t low = 0, high = list->nr_lines;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (list->lines[middle].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void finding_list_release(struct finding_list *list)
{
	for (size_t i = 0; i < list->nr; i++)
		finding_release(&list->items[i]);
	for (size_t i = 0; i < list->nr_lines; i++)
		free(list->lines[i].text);
	free(list->lines);
	free(list->items);
	memset(list, 0, sizeof(*list));
}

static bool is_suppressed(const struct finding *finding)
{
	return finding->suppressed;
}

static bool is_old(const struct finding *finding)
{
	return finding->known || finding->untouched;
}

static void drop(struct finding_list *list, bool (*is)(const struct finding *))
{
	size_t kept = 0;

	for (size_t i = 0; i < list->nr; i++) {
		if (is(&list->items[i]))
			finding_release(&list->items[i]);
		else
			list->items[kept++] = list->items[i];
	}
	list->nr = kept;
}

void finding_drop_suppressed(struct finding_list *list)
{
	drop(list, is_suppressed);
}

void finding_drop_old(struct finding_list *list)
{
	drop(list, is_old);
}
