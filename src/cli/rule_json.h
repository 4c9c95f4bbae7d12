/* SPDX-License-Identifier: MIT
 *
 * A rule as a JSON object, for --list-rules and --explain with --format json;
 * the pages of docs/rules are made from it.
 */
#ifndef ASYNCGREP_RULE_JSON_H
#define ASYNCGREP_RULE_JSON_H

#include "base/strbuf.h"
#include "rule/rule.h"

/*
 * Appends one line: all that is said of the rule. `calls` is as the rule file has it, empty for a rule that is not
 * a list of names; `bad` and `good` are there where its samples are loaded.
 */
void rule_json_add(struct strbuf *text, const struct rule *rule);

#endif
