/* SPDX-License-Identifier: MIT
 *
 * What a regular expression cannot match without.
 */
#ifndef ASYNCGREP_REGEX_LITERAL_H
#define ASYNCGREP_REGEX_LITERAL_H

#include "base/common.h"

/*
 * The longest run of plain bytes that stands in the pattern and that every match has to
 * contain; empty where that cannot be said. Cautious: groups, classes, alternatives and
 * inline options end a run or the search. Borrowed from the pattern, valid as long as that.
 */
struct text regex_required_literal(const char *pattern, size_t len);

#endif
