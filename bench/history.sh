#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# The time of --history against that of git reading the same objects, in one
# run, on a repository that is generated (its text is that of Python's own
# library, changed line by line):
#
#	bench/history.sh [COMMITS [FILES]]
#
# Says both times (the best of three each), their ratio, and what was scanned.
set -euo pipefail

commits=${1:-20000} files=${2:-2000}
asyncgrep=${ASYNCGREP:-$(cd "$(dirname "$0")/.." && pwd)/build/asyncgrep}
python=${PYTHON:-python3}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

git init -q --bare "$folder/repo.git"
cd "$folder/repo.git"
"$python" - "$commits" "$files" <<'PYTHON' | git fast-import --quiet
import os, random, sys, sysconfig
from pathlib import Path

commits, files = int(sys.argv[1]), int(sys.argv[2])
random.seed(7)
out = sys.stdout.buffer
library = sorted(Path(sysconfig.get_path("stdlib")).rglob("*.py"))
library = [p for p in library if p.stat().st_size < 40000 and "site-packages" not in p.parts]
texts = [p.read_bytes().splitlines(keepends=True) for p in library[:files]]
names = [f"src/p{i % 40}/q{i // 40 % 25}/m{i}.py" for i in range(files)]
state = {name: list(texts[i % len(texts)]) for i, name in enumerate(names)}
bad = [b"async def job%d(path):\n", b"    with open(path) as f:\n", b"        return f.read()\n"]


def commit(number, parents, paths):
    out.write(b"commit refs/heads/main\nmark :%d\ncommitter A <a@example.org> %d +0000\ndata 2\nx\n" % (number, 1500000000 + number * 60))
    for word, parent in zip((b"from", b"merge"), parents):
        out.write(b"%s :%d\n" % (word, parent))
    for path in paths:
        text = b"".join(state[path])
        out.write(b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(text), text))


commit(1, [], names)
for number in range(2, commits + 1):
    paths = random.sample(names, random.choice((1, 1, 1, 2, 3)))
    for path in paths:
        lines, at = state[path], random.randrange(len(state[path]) + 1)
        if random.random() < 0.05:
            lines += [bad[0] % number, bad[1], bad[2]]
        else:
            lines[at:at] = [b"# %d\n" % number]
    commit(number, [number - 1, number - 7] if number % 50 == 9 else [number - 1], paths)
PYTHON
git symbolic-ref HEAD refs/heads/main
git gc -q

# best COMMAND: seconds of the fastest of three.
best() {
	local start end

	for _ in 1 2 3; do
		start=$(date +%s%N)
		bash -c "$1" >/dev/null 2>"$folder/errors" || [ $? -le 1 ] || cat "$folder/errors" >&2
		end=$(date +%s%N)
		echo $(((end - start) / 1000000))
	done | sort -n | head -n 1
}

reading=$(best "set -o pipefail; git rev-list --objects --all | cut -d' ' -f1 | git cat-file --batch")
history=$(best "$(printf %q "$asyncgrep") --no-cache --history --all --quiet")
echo "commits: $(git rev-list --count --all); objects: $(git cat-file --batch-all-objects --batch-check | wc -l);" \
	"blobs: $(git cat-file --batch-all-objects --batch-check | grep -c ' blob ')"
{ "$asyncgrep" --no-cache --history --all 2>&1 >/dev/null || [ $? -eq 1 ]; } | tail -n 1
echo "git rev-list --objects --all | git cat-file --batch: $reading ms"
echo "asyncgrep --history --all: $history ms"
awk -v a="$history" -v b="$reading" 'BEGIN { printf "ratio: %.2f\n", a / b }'
