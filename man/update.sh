#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Makes those parts of man/asyncgrep.1 anew that come from the option table: all options, and the names of those that
# may stand in the configuration.
#
#	man/update.sh build/asyncgrep          writes them
#	man/update.sh build/asyncgrep --check  says whether they are as they should be
set -eu

program=$1
page=$(dirname "$0")/asyncgrep.1
made=$(mktemp -d)
trap 'rm -r "$made"' EXIT

"$program" --man-options >"$made/options"
"$program" --no-index --no-config --show-config |
	sed -n 's/^\(# \)\{0,1\}\([a-z-]*\): .* # default$/\2/p' >"$made/names"
awk '
	{ name[NR] = $0 }
	END {
		for (i = 1; i <= NR; i++)
			print (i == NR ? "and\n" : "") ".Cm " name[i] (i == NR ? " ." : i < NR - 1 ? " ," : "")
	}' "$made/names" >"$made/keys"
# What stands between a line that begins a part and the one that ends it is replaced.
awk -v folder="$made" '
	/^\.\\" end$/ { inside = 0 }
	!inside { print }
	/^\.\\" begin / {
		inside = 1
		sub(/:$/, "", $3)
		while ((getline line <(folder "/" $3)) > 0)
			print line
	}' "$page" >"$made/page"
if [ "${2-}" = --check ]; then
	diff -u "$page" "$made/page"
else
	cat "$made/page" >"$page"
fi
