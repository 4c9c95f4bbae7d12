/* SPDX-License-Identifier: MIT */
#include "scan/spelled.h"

#include "base/chars.h"

/* Does the line that ends before `end` hold a `#`? Behind one, it may be a comment. */
static bool may_end_in_comment(const char *text, size_t end)
{
	while (end && !is_line_end(text[end - 1]))
		if (text[--end] == '#')
			return true;
	return false;
}

static size_t skip_back(const char *text, size_t place, bool closing, bool *hidden)
{
	while (place && (is_layout(text[place - 1]) || (closing && text[place - 1] == ')')))
		if (is_line_end(text[--place]) && may_end_in_comment(text, place))
			*hidden = true;
	return place;
}

size_t spelled_end(const char *text, size_t place, bool *hidden)
{
	return skip_back(text, place, true, hidden);
}

struct text spelled_name(const char *text, size_t end)
{
	size_t start = end;

	while (start && is_name_byte(text[start - 1]))
		start--;
	return (struct text){ text + start, end - start };
}

bool spelled_dotted(const char *text, struct text name)
{
	bool hidden = false;
	size_t end = skip_back(text, (size_t)(name.ptr - text), false, &hidden);

	return hidden || (end && text[end - 1] == '.');
}

struct text spelled_head(const char *text, struct text last, bool *unclear)
{
	struct text head = last;

	while (head.len) {
		size_t end = skip_back(text, (size_t)(head.ptr - text), false, unclear);

		if (!end || text[end - 1] != '.')
			break;
		end = skip_back(text, end - 1, false, unclear);
		if (end && text[end - 1] == ')') {
			*unclear = true;
			break;
		}
		head = spelled_name(text, end);
	}
	return head;
}
