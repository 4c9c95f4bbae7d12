/* SPDX-License-Identifier: MIT
 *
 * A fuzzer as a program of its own, which runs the files it is given: those in
 * folders, too. afl-fuzz can drive it as well (… FUZZER @@).
 */
#include "fuzz.h"

#include <ftw.h>

#include "base/alloc.h"

#define OPEN_FOLDERS 16

/* nftw passes nothing on. */
static unsigned nr_files;

static void run_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	char *data = NULL, *exact;
	size_t len = 0, alloc = 0, got;

	if (!file) {
		perror(path);
		exit(2);
	}
	do {
		ARRAY_GROW(data, len + 65536, alloc);
		got = fread(data + len, 1, alloc - len, file);
		len += got;
	} while (got);
	fclose(file);
	/* Not a byte of room behind, so that sanitizers see who reads on. */
	exact = xmalloc(len + !len);
	memcpy(exact, data, len);
	free(data);
	LLVMFuzzerTestOneInput((const uint8_t *)exact, len);
	free(exact);
	nr_files++;
}

static int run_entry(const char *path, const struct stat *st, int type, struct FTW *place)
{
	(void)st;
	(void)place;
	if (type == FTW_F)
		run_file(path);
	return 0;
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (nftw(argv[i], run_entry, OPEN_FOLDERS, FTW_PHYS) < 0) {
			perror(argv[i]);
			return 2;
		}
	printf("%u files\n", nr_files);
	return 0;
}
