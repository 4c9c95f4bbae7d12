/* SPDX-License-Identifier: MIT
 *
 * Differences of two texts, by libgit2.
 */
#include "git/hunks.h"

#include <git2.h>

#include "base/alloc.h"
#include "git/repository.h"

static int take_hunk(const git_diff_delta *delta, const git_diff_hunk *from, void *data)
{
	struct hunks *hunks = data;

	(void)delta;
	ARRAY_GROW(hunks->items, hunks->nr + 1, hunks->alloc);
	hunks->items[hunks->nr++] = (struct hunk){ (uint32_t)from->new_start, (uint32_t)from->new_lines };
	return 0;
}

int hunks_diff(struct hunks *hunks, struct text old, struct text new, struct error *err)
{
	git_diff_options options;

	if (git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION) < 0)
		BUG("libgit2 does not know its own options");
	options.context_lines = 0;
	options.interhunk_lines = 0;
	options.flags = GIT_DIFF_FORCE_TEXT | GIT_DIFF_IGNORE_WHITESPACE_EOL;
	if (git_diff_buffers(old.ptr, old.len, NULL, new.ptr, new.len, NULL, &options,
			     NULL, NULL, take_hunk, NULL, hunks) < 0)
		return error_set(err, "cannot be compared with its older version: %s", repository_git_error());
	return 0;
}

bool hunks_touch(const struct hunks *hunks, uint32_t first, uint32_t last)
{
	size_t low = 0, high = hunks->nr;

	/* The first hunk that is not wholly before the lines. */
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct hunk *hunk = &hunks->items[middle];

		if (hunk->lines ? hunk->start + hunk->lines <= first : hunk->start < first)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == hunks->nr)
		return false;
	return hunks->items[low].lines ? hunks->items[low].start <= last : hunks->items[low].start < last;
}

void hunks_release(struct hunks *hunks)
{
	free(hunks->items);
	memset(hunks, 0, sizeof(*hunks));
}
