/* SPDX-License-Identifier: MIT
 *
 * The findings of two versions of a file beside each other. The older one is
 * scanned only where the newer one has findings at all.
 */
#include "scan/since.h"

#include "base/alloc.h"
#include "git/hunks.h"
#include "git/merge_base.h"
#include "scan/fingerprint.h"
#include "scan/multiset.h"
#include "scan/scan.h"
#include "target/git_target.h"

int since_open(struct since *since, struct target *target, const char *rev, const char *scanned,
	       bool changed_lines, struct error *err)
{
	struct object_id tree;
	int result;

	*since = (struct since){ .repo = &target->git->repo, .compare = rev, .changed_lines = changed_lines };
	if (rev)
		result = merge_base_tree(&target->git->repo, rev, scanned, &tree, err);
	else
		result = repository_head_tree(&target->git->repo, &tree, err);
	if (result < 0)
		return -1;
	return changes_narrow(&since->changes, target, result ? NULL : &tree, err);
}

/* What the older version has, by key. Code that could not be scanned to its end has what was found. */
static void add_older(struct multiset *older, char *bytes, size_t len, const struct matcher *matcher,
		      struct regex_worker *worker, const struct scan_options *options)
{
	struct finding_list findings = { .nr = 0 };
	struct error err = { NULL };
	struct scan_facts facts;

	scan_bytes(matcher, worker, options, bytes, len, &findings, &facts, &err);
	for (size_t i = 0; i < findings.nr; i++) {
		size_t key_len;
		char *key;

		if (findings.items[i].suppressed)
			continue;
		key = fingerprint_key(&findings.items[i], &key_len);
		multiset_add(older, key, key_len);
		free(key);
	}
	finding_list_release(&findings);
	error_release(&err);
}

/* Of findings that are equal, those in lines as they were are the older ones. */
static void mark_known(struct multiset *older, struct finding_list *findings, bool untouched)
{
	for (size_t i = 0; i < findings->nr; i++) {
		struct finding *finding = &findings->items[i];
		size_t len;
		char *key;

		if (finding->suppressed || finding->untouched != untouched)
			continue;
		key = fingerprint_key(finding, &len);
		finding->known = multiset_take(older, key, len);
		free(key);
	}
}

static void mark_untouched(const struct hunks *hunks, struct finding_list *findings)
{
	for (size_t i = 0; i < findings->nr; i++) {
		const struct finding_identity *at = &findings->items[i].identity;

		findings->items[i].untouched = !hunks_touch(hunks, at->first_line, at->last_line);
	}
}

int since_mark(const struct since *since, size_t entry, struct text text, const struct matcher *matcher,
	       struct regex_worker *worker, const struct scan_options *options, struct finding_list *findings,
	       struct error *err)
{
	const struct change *change = &since->changes.items[entry];
	struct multiset older = { NULL };
	struct hunks hunks = { .nr = 0 };
	struct text base;
	char *bytes;

	if (!change->has_base || !findings->nr)
		return 0;
	if (repository_read(since->repo, &change->base, &bytes, &base.len, err) < 0)
		return -1;
	base.ptr = bytes;
	if (hunks_diff(&hunks, base, text, err) < 0) {
		free(bytes);
		return -1;
	}
	mark_untouched(&hunks, findings);
	if (since->compare) {
		add_older(&older, bytes, base.len, matcher, worker, options);
		mark_known(&older, findings, true);
		mark_known(&older, findings, false);
	} else {
		free(bytes);
	}
	for (size_t i = 0; !since->changed_lines && i < findings->nr; i++)
		findings->items[i].untouched = false;
	multiset_release(&older);
	hunks_release(&hunks);
	return 0;
}

void since_close(struct since *since)
{
	changes_release(&since->changes);
	memset(since, 0, sizeof(*since));
}
