/* SPDX-License-Identifier: MIT
 *
 * The hash of content, by libgit2.
 */
#include "git/object_hash.h"

#include <git2.h>

void object_hash(const char *bytes, size_t len, struct object_id *id)
{
	git_oid oid;

	if (git_odb_hash(&oid, bytes, len, GIT_OBJECT_BLOB) < 0)
		BUG("libgit2 cannot hash %zu bytes: %s", len, repository_git_error());
	memcpy(id->bytes, oid.id, OBJECT_ID_LEN);
}

void object_hash_hex(const char *bytes, size_t len, char hex[OBJECT_HEX_LEN + 1])
{
	struct object_id id;
	git_oid oid;

	object_hash(bytes, len, &id);
	git_oid_fromraw(&oid, id.bytes);
	git_oid_tostr(hex, OBJECT_HEX_LEN + 1, &oid);
}
