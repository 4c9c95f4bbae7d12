/* SPDX-License-Identifier: MIT
 *
 * One frame serves all replacement fields of a run of adjacent strings: the
 * lexer is sent from field to field and then behind the string.
 */
#include "python/string_node.h"

#include "python/frame.h"
#include "python/mask.h"

static uint32_t min(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* On code that is not Python a statement may end within a string: nothing is read beyond. */
static void enter_field(struct parser *parser, struct frame *frame, uint32_t field)
{
	const struct mask_field *fields = parser->lexer.mask->fields;
	uint32_t pos = min(fields[field].open + 1, frame->limit);

	frame->field = field;
	frame->base = parser->nr_operands;
	frame->element = parser->nr_operands;
	frame->flags &= ~(uint32_t)(FRAME_COMMA | FRAME_YIELD | FRAME_YIELD_FROM);
	parser->after_operand = false;
	lexer_enter(&parser->lexer, pos, min(fields[field].expr_end, frame->limit));
}

/* Steps over strings that have no fields; the index of the next with fields, or -1 behind the last string. */
static int64_t skip_plain(struct parser *parser, bool *format)
{
	const struct mask *mask = parser->lexer.mask;

	for (; parser_token(parser) == TOKEN_STRING; lexer_next(&parser->lexer)) {
		size_t i = parser->lexer.string;

		if (mask->strings[i].flags & STRING_FORMAT)
			*format = true;
		if (mask->strings[i].first_field == NO_FIELD)
			continue;
		if (parser->depth < PARSER_MAX_DEPTH)
			return (int64_t)i;
		parser->broken = true;
	}
	return -1;
}

void string_node(struct parser *parser)
{
	const struct mask *mask = parser->lexer.mask;
	uint32_t start = parser->lexer.token.start;
	uint32_t limit = parser->lexer.limit;
	bool format = false;
	int64_t string = skip_plain(parser, &format);
	struct frame *frame;

	if (string < 0) {
		uint32_t end = parser->lexer.behind;

		parser_push(parser, parser_node(parser, format ? NODE_FSTRING : NODE_STRING, start, end), start, end);
		return;
	}
	parser->depth++;
	frame = frame_push(parser, FRAME_FIELD, start, 0);
	frame->limit = limit;
	frame->string = (size_t)string;
	enter_field(parser, frame, mask->strings[string].first_field);
}

void string_field_end(struct parser *parser)
{
	const struct mask *mask = parser->lexer.mask;
	struct frame *frame = parser_frame(parser);
	uint32_t behind = parser->lexer.behind;
	uint32_t field = mask->fields[frame->field].next;
	bool format;

	frame_end_element(parser);
	if (parser->nr_operands == frame->base && !(frame->flags & FRAME_YIELD))
		parser->broken = true;
	frame_end_list(parser, behind);
	frame_end_yield(parser, behind);
	if (field != NO_FIELD && mask->fields[field].open >= frame->limit)
		field = NO_FIELD;
	if (field == NO_FIELD) {
		int64_t string;

		lexer_enter(&parser->lexer, min(mask->strings[frame->string].end, frame->limit), frame->limit);
		string = skip_plain(parser, &format);
		if (string >= 0) {
			frame->string = (size_t)string;
			field = mask->strings[string].first_field;
		}
	}
	if (field != NO_FIELD) {
		enter_field(parser, frame, field);
		return;
	}
	parser_make(parser, frame->first, NODE_FSTRING, frame->open, parser->lexer.behind);
	parser->depth--;
	parser->nr_frames--;
}

void string_field_equal(struct parser *parser)
{
	uint32_t at;

	lexer_peek(&parser->lexer, &at);
	if (at < parser->lexer.limit)
		parser_skip(parser);
	else
		string_field_end(parser);
}
