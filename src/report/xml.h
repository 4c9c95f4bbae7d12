/* SPDX-License-Identifier: MIT
 *
 * XML 1.0 out of text from strangers: what the formats that are XML share.
 */
#ifndef ASYNCGREP_XML_H
#define ASYNCGREP_XML_H

#include "base/common.h"
#include "base/strbuf.h"

extern const char xml_declaration[]; /* the first line */

/*
 * Adds text fit for an attribute in double quotes and between tags: marked up characters escaped, line ends and tabs as
 * references, so that no reader makes blanks of them; control characters, what is no character of XML, and bytes that are
 * no UTF-8 as U+FFFD.
 */
void xml_add(struct strbuf *out, const char *text);
/* The same of a part of a text. */
void xml_add_part(struct strbuf *out, const char *text, size_t len);
/* ' NAME="TEXT"', the text as above. */
void xml_add_attribute(struct strbuf *out, const char *name, const char *text);
void xml_add_number(struct strbuf *out, const char *name, size_t number);

#endif
