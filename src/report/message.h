/* SPDX-License-Identifier: MIT
 *
 * The message of a finding for formats that have one line and no room for a second place.
 */
#ifndef ASYNCGREP_MESSAGE_H
#define ASYNCGREP_MESSAGE_H

struct finding;

/*
 * The message, and in brackets the note with the line of the second place, where there is one: "(a path since line 8)" for
 * the note "a path since here", "(cancelled in line 45)" for "cancelled here", "(line 45: cancelled)" for "cancelled".
 * Owned by the caller; as it stands in the rule and the file: to be escaped.
 */
char *message_with_place(const struct finding *finding);

#endif
