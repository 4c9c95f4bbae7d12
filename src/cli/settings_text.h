/* SPDX-License-Identifier: MIT
 *
 * What --show-config prints for people: a configuration itself.
 */
#ifndef ASYNCGREP_SETTINGS_TEXT_H
#define ASYNCGREP_SETTINGS_TEXT_H

#include <jansson.h>

#include "base/strbuf.h"

/* The document is of settings_json (cli/settings_json.h). Read as a configuration, the text says the same. */
void settings_text_add(struct strbuf *out, json_t *document);

#endif
