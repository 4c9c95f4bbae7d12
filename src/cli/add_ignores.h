/* SPDX-License-Identifier: MIT
 *
 * --add-ignores: the files with findings are written anew, with comments that
 * suppress them; a line on standard output says of each comment where it is.
 */
#ifndef ASYNCGREP_ADD_IGNORES_H
#define ASYNCGREP_ADD_IGNORES_H

#include "cli/output.h"

struct add_ignores {
	const struct options *options; /* borrowed, as all here */
	struct target *target;
	struct output *output; /* is given what no comment hides */
	int32_t today;
};

/* -1: the options want comments that would hide nothing, today being so late. */
int add_ignores_check(const struct options *options, int32_t today, struct error *err);
/* A scan_file_fn, with a struct add_ignores as its data. A file that cannot be written is complained of, and its findings are reported. */
void add_ignores_take_file(void *data, size_t entry, const char *path, struct finding_list *findings);

#endif
