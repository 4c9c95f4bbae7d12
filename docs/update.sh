#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Makes what is made from the program anew: the pages of the rules, the schema of the configuration and the picture of
# the README.
#
#	docs/update.sh build/asyncgrep          writes them
#	docs/update.sh build/asyncgrep --check  says whether they are as they should be
set -eu

program=$1
docs=$(dirname "$0")
python=${PYTHON:-python3}
if [ "${2-}" = --check ]; then
	made=$(mktemp -d)
	trap 'rm -rf "$made"' EXIT
else
	made=$docs
fi

"$python" "$docs/make_rules.py" "$program" "$made/rules"
"$python" "$docs/make_screenshot.py" "$program" >"$made/screenshot.svg.new"
mv "$made/screenshot.svg.new" "$made/screenshot.svg"
"$program" --config-schema >"$made/asyncgrep.schema.json.new"
mv "$made/asyncgrep.schema.json.new" "$made/asyncgrep.schema.json"

if [ "${2-}" = --check ]; then
	diff -ru "$docs/rules" "$made/rules"
	diff -u "$docs/screenshot.svg" "$made/screenshot.svg"
	diff -u "$docs/asyncgrep.schema.json" "$made/asyncgrep.schema.json"
	echo "the pages of the rules, the schema and the picture are as the program has them"
fi
