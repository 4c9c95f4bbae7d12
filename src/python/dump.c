/* SPDX-License-Identifier: MIT
 *
 * Writes code text and blocks as text; the format stands in the header.
 */
#include "python/dump.h"

#include "python/pyfile.h"

static void dump_escaped(FILE *out, const char *text, uint32_t len)
{
	for (uint32_t i = 0; i < len; i++) {
		switch (text[i]) {
		case '\n':
			fputs("\\n", out);
			break;
		case '\r':
			fputs("\\r", out);
			break;
		case '\0':
			fputs("\\0", out);
			break;
		case '\\':
			fputs("\\\\", out);
			break;
		default:
			putc(text[i], out);
		}
	}
}

static void dump_string(FILE *out, const struct mask *mask, uint32_t index)
{
	const struct mask_string *string = &mask->strings[index];

	fprintf(out, "string %u %u %s%s%s%s%s\n", string->start, string->end,
		string->flags & STRING_RAW ? "r" : "", string->flags & STRING_BYTES ? "b" : "",
		string->flags & STRING_FORMAT ? "f" : "", string->flags & STRING_TRIPLE ? "3" : "",
		string->flags ? "" : "-");
	for (uint32_t i = string->first_field; i != NO_FIELD; i = mask->fields[i].next) {
		const struct mask_field *field = &mask->fields[i];

		fprintf(out, "field %u %u %u %u\n", field->open, field->expr_end, field->close, index);
	}
}

void dump_code(FILE *out, struct pyfile *file)
{
	const struct mask *mask = &file->mask;

	pyfile_code(file);
	fputs("code ", out);
	dump_escaped(out, mask->code, mask->len);
	putc('\n', out);
	for (uint32_t i = 0; i < mask->nr_strings; i++)
		dump_string(out, mask, i);
	for (size_t i = 0; i < mask->nr_comments; i++)
		fprintf(out, "comment %u %u\n", mask->comments[i].start, mask->comments[i].end);
	if (mask->broken_at != NO_OFFSET)
		fprintf(out, "broken %u\n", mask->broken_at);
}

void dump_blocks(FILE *out, struct pyfile *file)
{
	const struct blocks *blocks = &file->blocks;

	pyfile_code(file);
	for (int32_t i = 0; i < blocks->nr; i++) {
		const struct stmt *stmt = &blocks->stmts[i];
		struct text name = stmt_is_scope(stmt) ? blocks_name(blocks, &file->mask, i) : TEXT("");

		fprintf(out, "stmt %s %s%s%s %u %u %u %d %d %d %d ", stmt_kind_name(stmt->kind),
			stmt->flags & STMT_ASYNC ? "a" : "", stmt->flags & STMT_INLINE ? "i" : "",
			stmt->flags ? "" : "-", stmt->start, stmt->end, stmt->body_end,
			stmt->parent, stmt->scope, stmt->last, stmt->next);
		if (name.len)
			fwrite(name.ptr, 1, name.len, out);
		else
			putc('-', out);
		putc('\n', out);
	}
	if (blocks->broken_at != NO_OFFSET)
		fprintf(out, "broken %u\n", blocks->broken_at);
}
