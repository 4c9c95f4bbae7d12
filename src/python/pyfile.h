/* SPDX-License-Identifier: MIT
 *
 * One Python file and all that is known of it. The stages are made when they
 * are first asked for and live as long as the file; each function is cheap
 * after its first call.
 */
#ifndef ASYNCGREP_PYFILE_H
#define ASYNCGREP_PYFILE_H

#include "python/bindings.h"
#include "python/blocks.h"
#include "python/mask.h"
#include "python/outline.h"
#include "python/reach.h"
#include "python/source.h"

struct pyfile {
	struct source source;
	struct mask mask;
	struct blocks blocks;
	struct outline outline;
	struct bindings bindings;
	struct reach *reach;
	bool has_mask, has_code, has_bindings;
};

/* As source_init: takes raw. On failure the file is empty; release is allowed. */
int pyfile_init(struct pyfile *file, char *raw, size_t len, struct error *err);
void pyfile_release(struct pyfile *file);
/* Makes code text. */
void pyfile_mask(struct pyfile *file);
/* Makes code text, blocks and the (empty) outline. */
void pyfile_code(struct pyfile *file);
/* Makes the (empty) bindings too. */
void pyfile_bindings(struct pyfile *file);
struct reach *pyfile_reach(struct pyfile *file);
/* Where the file stops being Python, as far as the stages that were made can tell: the first such offset, or NO_OFFSET. */
uint32_t pyfile_broken_at(const struct pyfile *file);

#endif
