/* SPDX-License-Identifier: MIT
 *
 * The JSON Schema (draft 7, which the editors' YAML servers know best) of the
 * configuration file: made from the option table and the built-in rules.
 * docs/asyncgrep.schema.json is what it prints.
 */
#ifndef ASYNCGREP_CONFIG_SCHEMA_H
#define ASYNCGREP_CONFIG_SCHEMA_H

#include "base/strbuf.h"

void config_schema_print(struct strbuf *out);

#endif
