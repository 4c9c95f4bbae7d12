/* SPDX-License-Identifier: MIT
 *
 * The scripts of src/cli/completions/, as the build put them into the binary.
 */
#include "cli/completions.h"

#include "base/embedded.h"

extern const struct embedded_file completion_scripts[];
extern const size_t completion_scripts_nr;

/* A script is called after its shell. */
static const char *const shells[] = { "bash", "fish", "zsh" };

const char *completions_shell(size_t index)
{
	return index < ARRAY_SIZE(shells) ? shells[index] : NULL;
}

void completions_print(struct strbuf *out, size_t shell)
{
	for (size_t i = 0; i < completion_scripts_nr; i++) {
		const char *suffix = strrchr(completion_scripts[i].path, '.');

		if (suffix && !strcmp(suffix + 1, shells[shell])) {
			strbuf_add(out, (const char *)completion_scripts[i].data, completion_scripts[i].len);
			return;
		}
	}
	BUG("no completions for %s", shells[shell]);
}
