/* SPDX-License-Identifier: MIT
 *
 * libgit2's in-memory backend, asked before all others. It is written to
 * directly: through the object database, the name would be that of the bytes.
 */
#include "git/memory.h"

#include <git2.h>
#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>

#include "git/object_hash.h"

#define BEFORE_ALL_OTHERS 999

static int open_memory(struct repository *repo)
{
	git_odb_backend *backend = NULL;

	if (repo->memory)
		return 0;
	if (git_mempack_new(&backend) < 0)
		return -1;
	if (git_odb_add_backend(repo->odb, backend, BEFORE_ALL_OTHERS) < 0) {
		backend->free(backend);
		return -1;
	}
	repo->memory = backend;
	return 0;
}

static int put(struct repository *repo, const char *bytes, size_t len, git_object_t type,
	       const struct object_id *id, struct error *err)
{
	git_oid oid;

	git_oid_fromraw(&oid, id->bytes);
	if (open_memory(repo) < 0 || repo->memory->write(repo->memory, &oid, bytes, len, type) < 0)
		return error_set(err, "libgit2 cannot keep an object in memory: %s", repository_git_error());
	return 0;
}

int memory_put_blob(struct repository *repo, const char *bytes, size_t len, struct object_id *id, struct error *err)
{
	object_hash(bytes, len, id);
	return put(repo, bytes, len, GIT_OBJECT_BLOB, id, err);
}

int memory_put_commit(struct repository *repo, const char *bytes, size_t len, const struct object_id *id,
		      struct error *err)
{
	return put(repo, bytes, len, GIT_OBJECT_COMMIT, id, err);
}
