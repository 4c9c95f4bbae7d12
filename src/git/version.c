/* SPDX-License-Identifier: MIT
 *
 * Which libgit2 runs.
 */
#include "git/version.h"

#include <git2.h>
#include <stdio.h>

const char *git_version(char *buf, size_t size)
{
	int major, minor, revision;

	git_libgit2_version(&major, &minor, &revision);
	snprintf(buf, size, "%d.%d.%d", major, minor, revision);
	return buf;
}
