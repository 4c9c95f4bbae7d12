/* SPDX-License-Identifier: MIT
 *
 * The file is read rather than mapped, so that nobody can change or cut it once its lengths were found right.
 */
#include "git/index_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/read_all.h"

#define HEADER 12    /* "DIRC", version, number of entries */
#define MIN_ENTRY 64 /* the shortest */
#define EXTENSION 8  /* four letters, length */
#define CHECKSUM OBJECT_ID_LEN
#define MAX_CUT (UINT32_C(1) << 24)

#define CUT_OFF "an entry is cut off"

/* What is being read of it. */
struct reading {
	struct index *index;
	const char *file;
	struct error *err;
	const char *at, *end; /* behind the end are more bytes, the last a NUL */
	uint32_t version;
	const char *path;     /* of the entry before */
	size_t path_len;
	unsigned stage;
	bool nameless;        /* an entry has no path, as only a split index may have some */
};

static int broken(const struct reading *reading, const char *why)
{
	return error_set(reading->err, "the index '%s' is broken (%s); make it anew: rm '%s' && git reset",
			 reading->file, why, reading->file);
}

/* How many bytes of the path before are not in this one: seven bits a byte, the highest first. false: far too many. */
static bool read_cut(const char **at, size_t *cut)
{
	unsigned char byte = (unsigned char)*(*at)++;

	*cut = byte & 0x7F;
	while (byte & 0x80) {
		if (*cut > MAX_CUT)
			return false;
		byte = (unsigned char)*(*at)++;
		*cut = ((*cut + 1) << 7) + (byte & 0x7F);
	}
	return true;
}

/* A path as version 4 has it, made from the one before. *at is moved behind it. NULL: not sound. */
static const char *join_path(const struct reading *reading, const char **at, size_t *len)
{
	size_t cut, kept, more;
	char *path;

	if (!read_cut(at, &cut) || *at > reading->end || cut > reading->path_len)
		return NULL;
	kept = reading->path_len - cut;
	more = strlen(*at);
	*len = kept + more;
	path = arena_alloc(&reading->index->paths, *len + 1);
	memcpy(path, reading->path, kept);
	memcpy(path + kept, *at, more);
	*at += more + 1;
	return path;
}

static bool is_behind(const struct reading *reading, const char *path, unsigned stage)
{
	int order = strcmp(reading->path, path);

	return order < 0 || (order == 0 && reading->stage < stage);
}

static int read_entry(struct reading *reading, struct index_slot *slot)
{
	const char *entry = reading->at, *path = entry + ENTRY_EXTENDED_FLAGS;
	unsigned flags, stage;
	size_t len = 0;

	if (reading->end - entry < MIN_ENTRY)
		return broken(reading, CUT_OFF);
	flags = index_flags(entry + ENTRY_FLAGS);
	stage = ENTRY_STAGE(flags);
	if (flags & ENTRY_IS_EXTENDED)
		path += 2;
	if (reading->version == 4) {
		reading->at = path;
		path = join_path(reading, &reading->at, &len);
	} else {
		len = strlen(path);
		reading->at = entry + (((size_t)(path + len - entry) + 8) & ~(size_t)7);
	}
	if (!path || (flags & ENTRY_NAME_LEN) != (len < ENTRY_NAME_LEN ? len : ENTRY_NAME_LEN))
		return broken(reading, "a path is not as long as it should be");
	if (reading->at > reading->end)
		return broken(reading, CUT_OFF);
	reading->nameless |= !len;
	if (!reading->nameless && !is_behind(reading, path, stage))
		return broken(reading, "its entries are not in order");
	*slot = (struct index_slot){ entry, path };
	reading->path = path;
	reading->path_len = len;
	reading->stage = stage;
	return 0;
}

/* Who does not know an extension may pass it by if its name begins with a capital. */
static int read_extension(struct reading *reading, const char *name, size_t len)
{
	char why[32];

	if (memcmp(name, "TREE", 4) == 0)
		reading->index->trees = (struct text){ name + EXTENSION, len };
	if (memcmp(name, "link", 4) == 0)
		return error_set(reading->err, "a split index cannot be read; make it whole: git update-index --no-split-index");
	if (memcmp(name, "sdir", 4) == 0)
		return error_set(reading->err, "a sparse index cannot be read; make it full: "
				 "git sparse-checkout reapply --no-sparse-index");
	if (*name >= 'A' && *name <= 'Z')
		return 0;
	snprintf(why, sizeof(why), "the extension '%.4s'", name);
	return broken(reading, why);
}

static int read_extensions(struct reading *reading)
{
	while (reading->end - reading->at >= EXTENSION) {
		const char *name = reading->at;
		size_t len = index_number(name + 4);

		if (len > (size_t)(reading->end - name) - EXTENSION)
			break;
		if (read_extension(reading, name, len) < 0)
			return -1;
		reading->at += EXTENSION + len;
	}
	if (reading->at < reading->end)
		return broken(reading, "an extension is cut off");
	return reading->nameless ? broken(reading, "a path is empty") : 0;
}

int index_file_parse(struct index *index, size_t len, const char *path, struct error *err)
{
	struct reading reading = { .index = index, .file = path, .err = err, .path = "" };
	size_t nr;

	if (len < HEADER + CHECKSUM || memcmp(index->bytes, "DIRC", 4) != 0)
		return broken(&reading, "it does not begin as one");
	reading.at = index->bytes + HEADER;
	reading.end = index->bytes + len - CHECKSUM;
	reading.version = index_number(index->bytes + 4);
	if (reading.version < 2 || reading.version > 4)
		return broken(&reading, "its version is none of 2, 3 and 4");
	nr = index_number(index->bytes + 8);
	if (nr > len / MIN_ENTRY)
		return broken(&reading, CUT_OFF);
	index->slots = xreallocarray(index->slots, nr + 1, sizeof(*index->slots));
	while (index->nr < nr) {
		if (read_entry(&reading, &index->slots[index->nr]) < 0)
			return -1;
		index->nr++;
	}
	return read_extensions(&reading);
}

static struct index_version version_of(const struct stat *st)
{
	return (struct index_version){ st->st_dev, st->st_ino, st->st_size, st->st_mtim, st->st_ctim };
}

bool index_file_version(const char *path, struct index_version *version)
{
	struct stat st;

	if (stat(path, &st) < 0 || !S_ISREG(st.st_mode))
		return false;
	*version = version_of(&st);
	return true;
}

/* -1 with errno. */
static int read_bytes(struct index *index, int fd, size_t *len)
{
	struct stat st;
	ssize_t got;

	if (fstat(fd, &st) < 0)
		return -1;
	index->version = version_of(&st);
	index->bytes = xmalloc_large((size_t)st.st_size + 1);
	got = read_all(fd, index->bytes, (size_t)st.st_size);
	if (got < 0)
		return -1;
	*len = (size_t)got;
	index->bytes[*len] = '\0';
	return 0;
}

int index_file_read(struct index *index, const char *path, struct error *err)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC), result;
	size_t len = 0;

	index->slots = xmalloc(sizeof(*index->slots));
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return 0;
	result = fd < 0 ? -1 : read_bytes(index, fd, &len);
	if (result < 0)
		error_set(err, "cannot read the index '%s': %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return result < 0 ? -1 : index_file_parse(index, len, path, err);
}
