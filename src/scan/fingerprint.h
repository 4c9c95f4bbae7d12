/* SPDX-License-Identifier: MIT
 *
 * The fingerprint of a finding: what stays the same when lines move, files
 * are reformatted or comments change.
 *
 *	code       of the rule
 *	function   "Class.method", as the finding has it
 *	text       of its logical line (its own, where it is in a comment): the tokens of the source, strings as they are written;
 *	           without comments, line ends, indentation and a comma before a closing bracket,
 *	           with one blank where words would run together; bytes that are no
 *	           UTF-8 are U+FFFD; of a long line, the beginning and the hash of the whole
 *	ordinal    the first, second … of those in the file that are equal in all of these:
 *	           where two were known and there are three, one is new
 *
 * A function that gets another name makes its findings new.
 */
#ifndef ASYNCGREP_FINGERPRINT_H
#define ASYNCGREP_FINGERPRINT_H

#include "git/object_hash.h"
#include "scan/finding.h"

struct pyfile;

/* Gives all findings of a file, sorted, their identity. */
void fingerprint_fill(struct pyfile *file, struct finding_list *findings);

/* Rule, function and text of a finding as one string: equal findings have equal keys. malloc'd. */
char *fingerprint_key(const struct finding *finding, size_t *len);

/*
 * All of it, ordinal included, with a path ("" for none), as hexadecimal digits: for formats that want a name
 * for each finding. The finding has to have its identity.
 */
void fingerprint_hex(const char *path, const struct finding *finding, char hex[OBJECT_HEX_LEN + 1]);

#endif
