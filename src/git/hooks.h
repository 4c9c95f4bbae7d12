/* SPDX-License-Identifier: MIT
 *
 * The hooks of a repository: where git looks for them.
 */
#ifndef ASYNCGREP_HOOKS_H
#define ASYNCGREP_HOOKS_H

#include "git/repository.h"

struct hooks {
	char *folder; /* absolute; need not exist */
	bool shared;  /* core.hooksPath names it: other repositories may look there too */
};

void hooks_find(struct hooks *hooks, const struct repository *repo);
void hooks_release(struct hooks *hooks);

#endif
