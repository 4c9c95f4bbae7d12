/* SPDX-License-Identifier: MIT
 *
 * Which program this is: a digest of its sources and its rules, made by the build (Makefile). Two with the same one find the
 * same.
 */
#ifndef ASYNCGREP_PROGRAM_H
#define ASYNCGREP_PROGRAM_H

extern const char program_digest[];

#endif
