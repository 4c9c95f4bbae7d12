/* SPDX-License-Identifier: MIT
 *
 * Any bytes at all through mask and blocks: what headers promise has to hold.
 */
#include "fuzz.h"

#include "base/alloc.h"
#include "python/blocks.h"
#include "python/mask.h"
#include "python/source.h"

static void check_mask(const struct source *source, const struct mask *mask)
{
	REQUIRE(mask->len == source->len && mask->code[mask->len] == '\0');
	for (uint32_t i = 0; i < mask->len; i++)
		REQUIRE(mask->code[i] == source->bytes[i] || mask->code[i] == ' ');
	for (size_t i = 0; i < mask->nr_strings; i++) {
		const struct mask_string *string = &mask->strings[i];

		REQUIRE(string->start < string->end && string->end <= mask->len);
		REQUIRE(!i || mask->strings[i - 1].start < string->start);
		REQUIRE(mask_string_at(mask, string->start) == (int64_t)i);
		for (uint32_t field = string->first_field; field != NO_FIELD; field = mask->fields[field].next)
			REQUIRE(field < mask->nr_fields && mask->fields[field].open > string->start);
	}
	for (size_t i = 0; i < mask->nr_fields; i++) {
		const struct mask_field *field = &mask->fields[i];

		REQUIRE(field->open < field->expr_end && field->expr_end <= field->close && field->close <= mask->len);
		REQUIRE(!i || mask->fields[i - 1].open < field->open);
		REQUIRE(field->next == NO_FIELD || (field->next > i && field->next < mask->nr_fields));
	}
	for (size_t i = 0; i < mask->nr_comments; i++) {
		REQUIRE(source->bytes[mask->comments[i].start] == '#' && mask->comments[i].end <= mask->len);
		REQUIRE(!i || mask->comments[i - 1].end < mask->comments[i].start);
	}
}

static void check_blocks(const struct mask *mask, const struct blocks *blocks)
{
	for (int32_t i = 0; i < blocks->nr; i++) {
		const struct stmt *stmt = &blocks->stmts[i];
		uint32_t start, end;

		REQUIRE(stmt->start < stmt->end && stmt->end <= stmt->body_end && stmt->body_end <= mask->len);
		REQUIRE(!i || blocks->stmts[i - 1].end <= stmt->start);
		REQUIRE(stmt->parent < i && (stmt->parent == NO_STMT || blocks->stmts[stmt->parent].last >= i));
		REQUIRE(stmt->scope <= stmt->parent);
		REQUIRE(stmt->last >= i && stmt->last < blocks->nr);
		REQUIRE(stmt->body_end == blocks->stmts[stmt->last].end);
		REQUIRE(stmt->next == NO_STMT || stmt->next == stmt->last + 1);
		REQUIRE(stmt_is_header(stmt) || stmt->last == i);
		REQUIRE(blocks_at(blocks, stmt->start) == i);
		blocks_logical_line(blocks, i, &start, &end);
		REQUIRE(start <= stmt->start && end >= stmt->end);
		if (stmt_is_scope(stmt))
			REQUIRE(blocks_name(blocks, mask, i).len <= stmt->end - stmt->start);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct source source;
	struct error err = { 0 };
	struct mask mask;
	struct blocks blocks;

	if (source_init(&source, xmemdupz(data, size), size, &err)) {
		error_release(&err);
		return 0;
	}
	mask_build(&mask, &source);
	check_mask(&source, &mask);
	blocks_build(&blocks, &mask);
	check_blocks(&mask, &blocks);
	(void)source_column(&source, source.len);
	blocks_release(&blocks);
	mask_release(&mask);
	source_release(&source);
	return 0;
}
