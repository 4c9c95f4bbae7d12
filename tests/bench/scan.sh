#!/usr/bin/env bash
# A full scan against ripgrep and git grep on the same files, in the same run: ratios of medians.
#
#	tests/bench/scan.sh REPOSITORY [ASYNCGREP]
#
# Needs hyperfine, jq and ripgrep. A single time says nothing on a shared machine; the ratios do.
set -euo pipefail

repository=$1
asyncgrep=$(realpath "${2:-$(dirname "$0")/../../build/asyncgrep}")
results=$(mktemp) && trap 'rm -f "$results"' EXIT
cd "$repository"

printf '%s files of Python, %s MB\n' "$(git ls-files '*.py' | wc -l)" \
	"$(git ls-files -z '*.py' | xargs -0 cat | wc -c | awk '{ print int($1 / 1e6) }')"
hyperfine -N -i -w 2 -r 15 --export-json "$results" >/dev/null 2>&1 \
	"rg -c 'async def' -tpy" "$asyncgrep -q" "$asyncgrep -q -j1" "git grep -c 'async def' -- '*.py'"
jq -r '.results[0].median as $rg | .results[] |
	"\(.median / $rg * 100 | round / 100) x  \(.median * 1000 | round) ms  \(.command)"' "$results"
command time -f 'peak memory of a scan: %M KB' "$asyncgrep" -q || [ $? -eq 1 ]
printf 'the index: %s KB\n' "$(($(stat -c %s .git/index) / 1024))"
