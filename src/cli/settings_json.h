/* SPDX-License-Identifier: MIT
 *
 * What holds for a run, and where each value comes from, as a JSON object:
 *
 *	configuration   the file, as messages call it; null: there is none
 *	options         by long name, those that can stand in the file
 *	patterns        a list: rule files and folders, of the file and of the command line
 *	per-path        by pathspec: {select, ignore}
 *	severity        by what names the rules
 *	extend          by what names the list
 *
 * Each of these is an object:
 *
 *	value                what holds; null where that cannot be said in the file …
 *	means                … in words then
 *	origin               "default", "file" or "command line"
 *	file, line, column   of the key; only where the origin is the file
 *	unused               {file, line, column, because}: what the file says, and does not count
 */
#ifndef ASYNCGREP_SETTINGS_JSON_H
#define ASYNCGREP_SETTINGS_JSON_H

#include <jansson.h>

#include "cli/settings.h"

/* The settings have to be loaded. The caller drops the object. */
json_t *settings_json(const struct settings *settings, const struct options *options);
/* What an option that can stand in the file is now; null: it has no value. */
json_t *settings_json_value(const struct options *options, const struct option *option);

#endif
