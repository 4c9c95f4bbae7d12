/* SPDX-License-Identifier: MIT */
#include "scan/spelled.h"

#include "base/chars.h"

struct text spelled_before(const char *code, size_t place, bool closing)
{
	size_t end = place, start;

	while (end && (is_layout(code[end - 1]) || (closing && code[end - 1] == ')')))
		end--;
	for (start = end; start && is_name_byte(code[start - 1]);)
		start--;
	return (struct text){ code + start, end - start };
}

struct text spelled_head(const char *code, struct text last, bool *unclear)
{
	struct text head = last;
	size_t start = (size_t)(head.ptr - code);

	for (;;) {
		while (start && is_layout(code[start - 1]))
			start--;
		if (!start || code[start - 1] != '.')
			return head;
		start--;
		while (start && is_layout(code[start - 1]))
			start--;
		if (start && code[start - 1] == ')') {
			*unclear = true;
			return last;
		}
		head = spelled_before(code, start, false);
		if (!head.len)
			return head;
		start = (size_t)(head.ptr - code);
	}
}
