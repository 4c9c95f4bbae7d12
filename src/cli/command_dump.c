/* SPDX-License-Identifier: MIT
 *
 * --dump: what a stage makes of each file, for the comparisons with CPython.
 */
#include "base/alloc.h"
#include "cli/command.h"
#include "python/dump.h"
#include "python/dump_names.h"
#include "python/dump_outline.h"
#include "python/dump_reach.h"
#include "python/pyfile.h"

static void (*const dumps[])(FILE *, struct pyfile *) = {
	[DUMP_CODE] = dump_code,       [DUMP_BLOCKS] = dump_blocks, [DUMP_OUTLINE] = dump_outline,
	[DUMP_NAMES] = dump_names,     [DUMP_REACH] = dump_reach,
};

/* As target_read: 1 when there is nothing to dump. */
static int dump_entry(struct target *target, size_t entry, int what, struct error *err)
{
	struct pyfile file;
	enum target_skip skip;
	char *bytes;
	size_t len;
	int found = target_read(target, entry, &bytes, &len, &skip, err);

	if (found)
		return found;
	printf("# %s\n", target->entries[entry].path);
	if (pyfile_init(&file, bytes, len, err)) {
		pyfile_release(&file);
		return error_prefix(err, "%s", target->entries[entry].path);
	}
	pyfile_code(&file);
	dumps[what](stdout, &file);
	pyfile_release(&file);
	return 0;
}

enum exit_status command_dump(const struct options *options)
{
	struct target target;
	struct error err = { NULL };

	if (target_open(&target, &options->target, &err)) {
		complain_error(&err);
		target_release(&target);
		return EXIT_TROUBLE;
	}
	for (size_t i = 0; i < target.nr; i++)
		if (dump_entry(&target, i, options->dump, &err) < 0)
			complain_error(&err);
	target_release(&target);
	return EXIT_CLEAN;
}
