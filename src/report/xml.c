/* SPDX-License-Identifier: MIT
 *
 * The few rules of XML 1.0 that text has to keep.
 */
#include "report/xml.h"

#include "base/unicode.h"

const char xml_declaration[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

static const char *reference_of(uint32_t point)
{
	switch (point) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\t':
		return "&#9;";
	case '\n':
		return "&#10;";
	case '\r':
		return "&#13;";
	default:
		return NULL;
	}
}

/* C1 controls are allowed, but a terminal obeys them. */
static bool is_allowed(uint32_t point)
{
	return point >= 0x20 && !(point >= 0x7F && point < 0xA0) && point != 0xFFFE && point != 0xFFFF &&
	       point != UNICODE_INVALID;
}

void xml_add_part(struct strbuf *out, const char *text, size_t len)
{
	size_t step;

	for (size_t i = 0; i < len; i += step) {
		uint32_t point = unicode_decode(text + i, len - i, &step);
		const char *reference = reference_of(point);

		if (reference)
			strbuf_addstr(out, reference);
		else if (is_allowed(point))
			strbuf_add(out, text + i, step);
		else
			strbuf_addstr(out, "\xEF\xBF\xBD");
	}
}

void xml_add(struct strbuf *out, const char *text)
{
	xml_add_part(out, text, strlen(text));
}

void xml_add_attribute(struct strbuf *out, const char *name, const char *text)
{
	strbuf_addf(out, " %s=\"", name);
	xml_add(out, text);
	strbuf_addch(out, '"');
}

void xml_add_number(struct strbuf *out, const char *name, size_t number)
{
	strbuf_addf(out, " %s=\"%zu\"", name, number);
}
