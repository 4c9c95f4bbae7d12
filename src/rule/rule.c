/* SPDX-License-Identifier: MIT
 *
 * Small words about rules.
 */
#include "rule/rule.h"

static const char *const severities[] = { "info", "warning", "error" };

const char *severity_name(enum severity severity)
{
	return severities[severity];
}

bool severity_parse(const char *word, enum severity *severity)
{
	for (size_t i = 0; i < ARRAY_SIZE(severities); i++)
		if (!strcmp(word, severities[i])) {
			*severity = (enum severity)i;
			return true;
		}
	return false;
}
