/* SPDX-License-Identifier: MIT
 *
 * The file of the index, as gitformat-index(5) describes it. libgit2 would read it, but works out its checksum and
 * copies each entry, which takes longer than all else that a listing does. As git does, this believes the file as it
 * stands, but checks each length before it is followed, and that entries are in order. What index.skipHash leaves
 * without a checksum can be read like this, too.
 */
#ifndef ASYNCGREP_INDEX_FILE_H
#define ASYNCGREP_INDEX_FILE_H

#include "git/index.h"

/* Where the parts of an entry stand, from its start; all numbers are big-endian. */
enum {
	ENTRY_CTIME = 0, /* each time 4 bytes of seconds, then 4 of nanoseconds */
	ENTRY_MTIME = 8,
	ENTRY_INODE = 20,
	ENTRY_MODE = 24,
	ENTRY_UID = 28,
	ENTRY_GID = 32,
	ENTRY_SIZE = 36, /* of the content, its lowest 32 bits */
	ENTRY_ID = 40,
	ENTRY_FLAGS = 60,          /* 16 bits */
	ENTRY_EXTENDED_FLAGS = 62, /* 16 bits, where the flags say that they are there */
};

/* In the flags. */
#define ENTRY_NAME_LEN 0x0FFFu /* that, or more than fits */
#define ENTRY_STAGE(flags) ((flags) >> 12 & 3u)
#define ENTRY_IS_EXTENDED 0x4000u
/* In those that extend them. */
#define ENTRY_INTENT_TO_ADD 0x2000u
#define ENTRY_SKIP_WORKTREE 0x4000u

/* An entry, and its path, which in version 4 does not stand in it whole. */
struct index_slot {
	const char *entry;
	const char *path;
};

static inline uint32_t index_number(const char *bytes)
{
	const unsigned char *b = (const unsigned char *)bytes;

	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static inline unsigned index_flags(const char *bytes)
{
	const unsigned char *b = (const unsigned char *)bytes;

	return (unsigned)b[0] << 8 | b[1];
}

/* Which file it is now. false: none, or nothing that can be an index. */
bool index_file_version(const char *path, struct index_version *version);
/* Fills an index of zeroes. A file that is not there is an empty index. */
int index_file_read(struct index *index, const char *path, struct error *err);
/* The same, when index->bytes are already what is in the file, so many, with a NUL behind them. */
int index_file_parse(struct index *index, size_t len, const char *path, struct error *err);

#endif
