/* SPDX-License-Identifier: MIT
 *
 * Standard input: one file with a name from the command line.
 */
#include "target/kinds.h"

#include <unistd.h>

#include "target/beneath.h"

static int read_entry(struct target_reader *reader, const struct target_entry *entry, struct target_content *content,
		      enum target_skip *skip, struct error *err)
{
	int fd;

	(void)reader, (void)skip;
	if (!content)
		return 0;
	fd = dup(STDIN_FILENO);
	if (fd < 0)
		return error_set(err, "%s: %s", entry->path, strerror(errno));
	if (read_and_close(fd, 0, &content->bytes, &content->len, err) < 0)
		return error_prefix(err, "%s", entry->path);
	return 0;
}

static void release(struct target *target)
{
	(void)target;
}

static const struct target_ops stdin_ops = { read_entry, release, NULL, NULL, false };

int target_open_stdin(struct target *target, const struct target_options *options, struct error *err)
{
	(void)err;
	target->ops = &stdin_ops;
	target_add(target, options->stdin_name ? options->stdin_name : "<stdin>", 0);
	return 0;
}
