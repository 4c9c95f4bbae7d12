#!/bin/sh
# Prints C code that holds files byte for byte: a table, as base/embedded.h has it.
# POSIX tools only.
#
#	embed.sh TABLE FILE...
set -eu

table=$1
shift
echo '/* Made by src/base/embed.sh; do not edit. */'
echo '#include "base/embedded.h"'
n=0
for file; do
	printf '\nstatic const unsigned char file_%d[] = {\n' "$n"
	od -An -v -tx1 "$file" | sed 's/ \([0-9a-f][0-9a-f]\)/0x\1,/g'
	echo '};'
	n=$((n + 1))
done
printf '\nextern const struct embedded_file %s[];\nextern const size_t %s_nr;\n' "$table" "$table"
printf '\nconst struct embedded_file %s[] = {\n' "$table"
n=0
for file; do
	printf '\t{ "%s", file_%d, sizeof(file_%d) },\n' "$file" "$n" "$n"
	n=$((n + 1))
done
printf '};\nconst size_t %s_nr = %d;\n' "$table" "$n"
