/* SPDX-License-Identifier: MIT
 *
 * "LOCAL-REF LOCAL-ID REMOTE-REF REMOTE-ID" before a push, "OLD NEW REF"
 * where it arrives; a line a reference.
 */
#include "target/push_updates.h"

#include <unistd.h>

#include "base/alloc.h"

/* false: there are more or fewer; the line is as it was. */
static bool split(char *line, char **fields, size_t nr)
{
	size_t blanks = 0;

	for (const char *at = line; *at; at++)
		blanks += *at == ' ';
	if (blanks + 1 != nr)
		return false;
	for (size_t i = 0; i < nr; i++)
		fields[i] = strsep(&line, " ");
	return true;
}

static int add(struct push_updates *updates, const char *old, const char *fresh)
{
	ARRAY_GROW(updates->items, updates->nr + 1, updates->alloc);
	updates->items[updates->nr++] = (struct push_update){ xstrdup(old), xstrdup(fresh) };
	return 0;
}

static int parse(struct push_updates *updates, enum target_kind kind, char *line, struct error *err)
{
	char *fields[4];

	line[strcspn(line, "\n")] = '\0';
	if (kind == TARGET_PRE_PUSH && split(line, fields, 4))
		return add(updates, fields[3], fields[1]);
	if (kind == TARGET_PRE_RECEIVE && split(line, fields, 3))
		return add(updates, fields[0], fields[1]);
	return error_set(err, "'%s' is no line that git gives to this hook; see: git help hooks", line);
}

int push_updates_read(struct push_updates *updates, enum target_kind kind, struct error *err)
{
	char *line = NULL;
	size_t alloc = 0;
	int result = 0;

	memset(updates, 0, sizeof(*updates));
	if (isatty(STDIN_FILENO))
		return error_set(err, "'--%s' is for hooks: it reads from standard input what git says of the push; "
				 "see: git help hooks", kind == TARGET_PRE_RECEIVE ? "pre-receive" : "pre-push");
	while (result == 0 && getline(&line, &alloc, stdin) > 0)
		result = parse(updates, kind, line, err);
	if (result == 0 && ferror(stdin))
		result = error_set(err, "cannot read standard input: %s", strerror(errno));
	free(line);
	return result;
}

void push_updates_release(struct push_updates *updates)
{
	for (size_t i = 0; i < updates->nr; i++) {
		free(updates->items[i].old);
		free(updates->items[i].fresh);
	}
	free(updates->items);
	memset(updates, 0, sizeof(*updates));
}
