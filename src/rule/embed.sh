#!/bin/sh
# Prints C code that holds the named files byte for byte: the table
# embedded_files of rule/embedded.h. POSIX tools only.
set -eu

echo '/* Made by src/rule/embed.sh; do not edit. */'
echo '#include "rule/embedded.h"'
n=0
for file; do
	printf '\nstatic const unsigned char file_%d[] = {\n' "$n"
	od -An -v -tx1 "$file" | sed 's/ \([0-9a-f][0-9a-f]\)/0x\1,/g'
	echo '};'
	n=$((n + 1))
done
printf '\nconst struct embedded_file embedded_files[] = {\n'
n=0
for file; do
	printf '\t{ "%s", file_%d, sizeof(file_%d) },\n' "$file" "$n" "$n"
	n=$((n + 1))
done
printf '};\nconst size_t embedded_files_nr = %d;\n' "$n"
