#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Time --staged with one file staged in a repository of many, and what it has
# to be compared with: a program that only opens the index with libgit2, and
# git's own comparison of index and HEAD.
#
#	bench/staged.sh [FILES]        default 46000
#
# Prints the mean times and the ratios. The exit status is 1 when --staged
# takes more than 1.5 times what it takes to open the index.
set -euo pipefail

files=${1:-46000}
asyncgrep=${ASYNCGREP:-$(cd "$(dirname "$0")/.." && pwd)/build/asyncgrep}
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT

cat >"$work/open_index.c" <<'EOS'
#include <git2.h>
int main(int argc, char **argv)
{
	git_index *index;

	(void)argc;
	git_libgit2_init();
	return git_index_open(&index, argv[1]) < 0;
}
EOS
# shellcheck disable=SC2046
${CC:-cc} -O2 -o "$work/open_index" "$work/open_index.c" $(pkg-config --cflags --libs libgit2)

# A tree like that of a large project: some twenty files a folder, four folders deep.
git init -q "$work/repo" && cd "$work/repo"
git config gc.auto 0 && git config user.name bench && git config user.email bench@example.org
python3 - "$files" <<'EOS'
import os, sys
for i in range(int(sys.argv[1])):
    folder = f"package{i % 23}/part{i // 23 % 10}/module{i // 230 % 10}"
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/file_number_{i}.py", "w") as file:
        file.write(f"import time\n\n\ndef function_{i}():\n    return {i}\n")
EOS
git add . && git commit -qm all && git repack -adq
printf 'async def f():\n    time.sleep(%d)\n' 1 >>package7/part3/module4/"$(ls package7/part3/module4 | head -n 1)"
git add -u

hyperfine -N --warmup 5 --runs "${RUNS:-30}" -i --export-json "$work/times.json" \
	-n "open the index" "$work/open_index .git/index" \
	-n "git diff --cached" "git diff --cached --quiet" \
	-n "asyncgrep --staged" "$asyncgrep --no-cache --staged" >/dev/null 2>&1
"$asyncgrep" --staged || [ $? -eq 1 ]
python3 - "$work/times.json" <<'EOS'
import json, sys
times = {result["command"]: result["median"] for result in json.load(open(sys.argv[1]))["results"]}
base = times["open the index"]
for name, seconds in times.items():
    print(f"{name:20} {seconds * 1000:6.1f} ms  {seconds / base:5.2f}")
sys.exit(times["asyncgrep --staged"] > 1.5 * base)
EOS
