#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Shows how time and memory grow with what is scanned, as Markdown:
#
#	bench/growth.sh FOLDER
#
# FOLDER is what prepare.sh filled. Two tables: the repository `async` once, twice, four and eight times (hard links, so
# that the disk does not count), and single files made of its files, of 1, 10 and 100 MB. Processor time, since the machine
# may have other work; medians of ROUNDS runs (default 3). ASYNCGREP names the program.
set -euo pipefail

[ $# -eq 1 ] || { sed -n '6s/^#\t/usage: /p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
folder=$(cd "$1" && pwd)
asyncgrep=$(realpath "${ASYNCGREP:-$here/../build/asyncgrep}")
scratch=$folder/growth
trap 'rm -rf "$scratch"' EXIT
rm -rf "$scratch" && mkdir -p "$scratch/copies" "$scratch/files"

# run COMMAND...: median of its processor time in seconds, and its highest peak of memory in KB.
run() {
	python3 - "${ROUNDS:-3}" "$@" <<'PYTHON'
import os, statistics, subprocess, sys
times, peaks = [], []
for _ in range(int(sys.argv[1])):
    child = subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = status
    if os.waitstatus_to_exitcode(status) > 1:
        sys.exit(f"{sys.argv[2:]}: exit status {os.waitstatus_to_exitcode(status)}")
    times.append(usage.ru_utime + usage.ru_stime)
    peaks.append(usage.ru_maxrss)
print(f"{statistics.median(times):.3f} {max(peaks)}")
PYTHON
}

# row NAME BYTES COMMAND...: a row of a table, with the time for each MB.
row() {
	local name=$1 bytes=$2 seconds peak

	shift 2
	read -r seconds peak < <(run "$@")
	awk -v name="$name" -v mb="$(awk -v b="$bytes" 'BEGIN { print b / 1e6 }')" -v seconds="$seconds" -v peak="$peak" 'BEGIN {
		printf "| %s | %.1f MB | %s s | %.1f ms | %.1f MB |\n", name, mb, seconds, seconds / mb * 1000, peak / 1024 }'
}

heading() {
	printf '| | size | processor time | for each MB | peak memory |\n|---|---:|---:|---:|---:|\n'
}

# size FOLDER: bytes of the files in it.
size() {
	find "$1" -name '*.py' -printf '%s\n' | awk '{ sum += $1 } END { print sum }'
}

copies() {
	local made=0 n

	heading
	for n in 1 2 4 8; do
		while [ "$made" -lt "$n" ]; do
			made=$((made + 1))
			cp -al "$folder/async/projects" "$scratch/copies/$made"
		done
		row "$n times" "$(size "$scratch/copies")" "$asyncgrep" -j2 --no-index "$scratch/copies"
	done
}

# one_file MB: files of all projects, evenly chosen, one behind the other until there are so many MB.
one_file() {
	python3 - "$folder/async/projects" "$1" >"$scratch/files/$1.py" <<'PYTHON'
import pathlib, sys
paths = sorted(pathlib.Path(sys.argv[1]).rglob("*.py"))
wanted, got, step = int(sys.argv[2]) * 1000000, 0, 7919  # a prime: all are visited, neighbours are far apart
for i in range(len(paths)):
    text = paths[i * step % len(paths)].read_bytes()
    # What is no text of its own, or ends within something, would spoil what follows.
    if not text.isascii() or not text.endswith(b"\n"):
        continue
    got += sys.stdout.buffer.write(text)
    if got >= wanted:
        break
PYTHON
}

files() {
	local mb

	heading
	for mb in 1 10 100; do
		one_file "$mb"
		row "one file of $mb MB" "$(stat -c %s "$scratch/files/$mb.py")" "$asyncgrep" -j2 --no-index "$scratch/files/$mb.py"
	done
}

cat <<EOS
Copies of the repository of async code, as hard links, \`-j2\`:

$(copies)

Its files one behind the other in one file:

$(files)
EOS
