/* SPDX-License-Identifier: MIT
 *
 * URIs, as RFC 3986 has them: of files, and of the page that explains a rule.
 */
#ifndef ASYNCGREP_URI_H
#define ASYNCGREP_URI_H

#include "base/common.h"
#include "base/strbuf.h"

struct rule;

/* Adds a path as a reference: relative as it is, absolute as file:///PATH. All bytes that mean something are escaped. */
void uri_add_path(struct strbuf *out, const char *path);
/* Adds file://HOST/PATH of an absolute path, as terminals want it. */
void uri_add_file(struct strbuf *out, const char *path);
/* Adds where a rule is explained: its own `url`, or the page of a built-in one. false, and nothing: nowhere. */
bool uri_add_rule(struct strbuf *out, const struct rule *rule);

#endif
