#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Builds the repositories that the other scripts of this folder measure on:
#
#	bench/prepare.sh CORPUS FOLDER
#
# CORPUS is what tests/exact/corpus.py unpacks; its versions and hashes are pinned, so the commits below are the same
# everywhere. What is there already is left as it is.
#
#	FOLDER/mixed	the corpus, and 26,000 tracked files that are not Python
#	FOLDER/async	those files of the corpus that hold `async`: nothing that a scanner of async code could skip
#	FOLDER/tenth	every tenth file of the corpus, for counting instructions
#	FOLDER/sample	every two hundredth file of the corpus, for tools that need minutes for all of it
#	FOLDER/one	one small file; FOLDER/empty: none
set -euo pipefail

[ $# -eq 2 ] || { sed -n '5s/^#\t/usage: /p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
list=$here/../tests/exact/corpus.txt
[ -d "$1" ] || { echo "$1: no such folder; tests/exact/corpus.py $1 downloads the pinned projects" >&2; exit 2; }
corpus=$(cd "$1" && pwd)
mkdir -p "$2"
folder=$(cd "$2" && pwd)
scratch=$folder/scratch
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_DATE='2026-01-01T00:00:00Z' GIT_COMMITTER_DATE='2026-01-01T00:00:00Z'
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE

# projects: the folders of the pinned projects.
projects() {
	local name version rest

	while read -r name version rest; do
		case $name in '' | '#'*) continue ;; esac
		[ -d "$corpus/$name-$version" ] ||
			{ echo "$corpus/$name-$version is missing; tests/exact/corpus.py $corpus downloads it" >&2; exit 2; }
		echo "$name-$version"
	done <"$list"
}

# commit NAME: what was written to scratch becomes the repository of that name.
commit() {
	# The past, so that no file looks as if it could have changed after the index was written.
	find "$scratch" -type f -print0 | xargs -0r touch -d '2026-01-01T00:00:00Z'
	cd "$scratch"
	git init -q -b main
	git config gc.auto 0 && git config user.name bench && git config user.email bench@example.org
	git add . && git commit -q --allow-empty -m "the corpus of asyncgrep's bench: $1"
	git -c pack.window=0 repack -adq
	cd "$folder"
	mv "$scratch" "$1"
	echo "$folder/$1: $(git -C "$1" ls-files | wc -l) files, commit $(git -C "$1" rev-parse --short=12 HEAD)"
}

# wanted NAME: is it still to be built? Then scratch is empty.
wanted() {
	rm -rf "$scratch"
	[ ! -d "$folder/$1" ] && mkdir "$scratch"
}

# copy: the files named on standard input, NUL behind each, from the corpus to scratch/projects.
copy() {
	mkdir -p "$scratch/projects"
	tar -C "$corpus" -c --null --no-recursion -T - | tar -C "$scratch/projects" -x
}

python_files() {
	(cd "$corpus" && projects | tr '\n' '\0' | xargs -0 -I{} find {} -type f -name '*.py' -print0 | LC_ALL=C sort -z)
}

# other_files: files that are not Python, of the sizes and names that a web project has.
other_files() {
	python3 - "$scratch/other" <<'PYTHON'
import os, random, sys
random.seed(7)
words = [f"word{i:03}" for i in range(500)]
for i in range(26000):
    folder = f"{sys.argv[1]}/area{i % 40}/part{i // 40 % 25}"
    os.makedirs(folder, exist_ok=True)
    name = f"item_{i}.{random.choice(['js', 'ts', 'json', 'md', 'html', 'css', 'svg', 'txt', 'yaml'])}"
    with open(f"{folder}/{name}", "w") as file:
        for _ in range(int(random.paretovariate(1.2) * 12) % 1000):
            file.write(" ".join(random.choices(words, k=8)) + "\n")
PYTHON
}

projects >/dev/null
if wanted mixed; then
	python_files | copy
	other_files
	commit mixed
fi
if wanted async; then
	# xargs fails when one batch of files has none.
	python_files | { (cd "$corpus" && xargs -0 grep -lZ async) || true; } | copy
	commit async
fi
if wanted tenth; then
	python_files | awk 'BEGIN { RS = ORS = "\0" } NR % 10 == 1' | copy
	commit tenth
fi
if wanted sample; then
	python_files | awk 'BEGIN { RS = ORS = "\0" } NR % 200 == 1' | copy
	commit sample
fi
if wanted one; then
	printf 'import time\n\n\nasync def f():\n    time.sleep(1)\n' >"$scratch/one.py"
	commit one
fi
if wanted empty; then
	commit empty
fi
rm -rf "$scratch"
