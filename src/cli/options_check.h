/* SPDX-License-Identifier: MIT
 *
 * Options that are right each, and wrong together.
 */
#ifndef ASYNCGREP_OPTIONS_CHECK_H
#define ASYNCGREP_OPTIONS_CHECK_H

#include "cli/options.h"

/* -1: the request makes no sense as a whole; the message names the options that are at odds. */
int options_check(const struct options *options, struct error *err);
/* The same for what a configuration file adds to a request that makes sense. */
int options_check_file(const struct options *options, struct error *err);
/* The option that asks for a kind of target, or `-`, in quotes, for messages: options_kind_name(kind).text. */
struct kind_name {
	char text[32];
};
struct kind_name options_kind_name(enum target_kind kind);

#endif
