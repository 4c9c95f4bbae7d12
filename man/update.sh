#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Makes the options part of man/asyncgrep.1 anew from the option table:
#
#	man/update.sh build/asyncgrep          writes it
#	man/update.sh build/asyncgrep --check  says whether it is as it should be
set -eu

program=$1
page=$(dirname "$0")/asyncgrep.1
made=$(mktemp)
trap 'rm -f "$made"' EXIT

{
	sed '/^\.\\" begin:/q' "$page"
	"$program" --man-options
	sed -n '/^\.\\" end$/,$p' "$page"
} >"$made"
if [ "${2-}" = --check ]; then
	diff -u "$page" "$made"
else
	cat "$made" >"$page"
fi
