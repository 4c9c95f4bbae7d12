/* SPDX-License-Identifier: MIT
 *
 * What the kinds of targets share among themselves; private to src/target.
 */
#ifndef ASYNCGREP_KINDS_H
#define ASYNCGREP_KINDS_H

#include "target/target.h"

/* One kind: as target_read and target_release. */
struct target_ops {
	/* content NULL: only look. It is zeroes before, and on failure holds no bytes. */
	int (*read)(struct target_reader *reader, const struct target_entry *entry, struct target_content *content,
		    enum target_skip *skip, struct error *err);
	void (*release)(struct target *target);
	/* As target_know, for entries without an id; NULL: nothing is known of them. */
	void (*know)(const struct target *target, const struct target_entry *entry, struct target_content *content);
	/* As target_has; NULL: that cannot be told. */
	bool (*has)(const struct target *target, const char *full_path);
	bool reads_alone; /* as target_reads_alone */
};

/* target_open_worktree and so on. Each fills the target; on failure target_release is called. */
#define TARGET_OPEN(kind, open, origin) \
	int target_open_##open(struct target *target, const struct target_options *options, struct error *err);
TARGET_KINDS(TARGET_OPEN)
#undef TARGET_OPEN

/* Adds an entry; path is borrowed for the life of the target. */
void target_add(struct target *target, const char *path, size_t index);

#endif
