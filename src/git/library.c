/* SPDX-License-Identifier: MIT
 *
 * Starting libgit2. Opening repositories is in repository.c.
 */
#include "git/library.h"

#include <git2.h>

#include "git/repository.h"

int library_start(struct error *err)
{
	/* Objects and index are the same under these; the last two are looked at again when a repository is opened. */
	static const char *extensions[] = {
		"worktreeconfig", "relativeworktrees", "partialclone", "preciousobjects",
		"objectformat", "refstorage",
	};

	/*
	 * The owner is checked by trust_check. Objects are read as git reads them: zlib's checksum
	 * says whether they are whole; hashing each again would take longer than scanning it.
	 */
	if (git_libgit2_init() < 0 || git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0) < 0 ||
	    git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0) < 0 ||
	    git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, ARRAY_SIZE(extensions)) < 0)
		return error_set(err, "cannot start libgit2: %s", repository_git_error());
	return 0;
}
