#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Measures asyncgrep beside everything that it is likely to be compared with, on the same files in the same session, and
# writes what came out as Markdown:
#
#	bench/run.sh CORPUS [FOLDER] >bench/RESULTS.md
#
# CORPUS: see prepare.sh, which builds the repositories in FOLDER (default: build/bench). Needs hyperfine, jq, ripgrep and
# git. The other tools are taken from FOLDER/tools, then from PATH; what is missing is named and left out:
#
#	python3 -m venv build/bench/tools && build/bench/tools/bin/pip install -r bench/requirements.txt
#
# ROUNDS=N (default 7): how often each group of commands is measured. A single time says nothing on a shared machine; the
# ratios of the medians do.
set -euo pipefail

[ $# -ge 1 ] || { sed -n '7s/^#\t/usage: /p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
corpus=$(realpath "$1")
mkdir -p "${2:-$here/../build/bench}"
folder=$(realpath "${2:-$here/../build/bench}")
asyncgrep=$(realpath "${ASYNCGREP:-$here/../build/asyncgrep}")
rounds=${ROUNDS:-7}
results=$folder/results
# A program from before the cache has no such option.
no_cache=$("$asyncgrep" --no-cache --version >/dev/null 2>&1 && echo --no-cache) || no_cache=
cores=$(nproc)
# shellcheck source=bench/measure.sh
. "$here/measure.sh"

for needed in hyperfine jq rg git python3; do
	command -v "$needed" >/dev/null || { echo "$needed is missing: apt-get install hyperfine jq ripgrep git python3" >&2; exit 2; }
done
[ ! -d "$folder/tools/bin" ] || PATH=$folder/tools/bin:$PATH
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_OPTIONAL_LOCKS=0
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE

"$here/prepare.sh" "$corpus" "$folder" >&2
rm -rf "$results" && mkdir -p "$results"
floor=$results/floor
# shellcheck disable=SC2046
${CC:-cc} -O2 -o "$floor" "$here/floor.c" $(pkg-config --cflags --libs libgit2) -pthread

# have TOOL: is it there? Says so when it is not.
have() {
	command -v "$1" >/dev/null && return
	echo "$1 is missing, left out; the head of $0 says how to install it" >&2
	return 1
}

# cold GROUP: a full scan that knows nothing of an earlier one, in the current repository.
cold() {
	local commands

	git ls-files -z '*.py' >"$results/files"
	commands=(
		"floor: read" "$floor read ."
		"floor: lstat" "$floor lstat ."
		"rg -c 'async def' -tpy" "rg -c 'async def' -tpy"
		"asyncgrep" "$asyncgrep $no_cache"
		"asyncgrep -j1" "$asyncgrep $no_cache -j1"
		"git grep -c 'async def'" "git grep -c 'async def' -- '*.py'"
		"cat" "xargs -0 -a $results/files cat"
		# As the cheat sheet has them.
		"grep for open" "sh -c 'grep -r \"with open(\" projects/ | grep -v \"def \" | grep \"async def\"'"
		"grep for json" "sh -c 'grep -r \"json.load\\|json.dump\" projects/ | grep -v \"# \"'"
		"grep for cancel" "sh -c 'grep -A 3 -r \"\\.cancel()\" projects/ | grep \"await\" | grep -v \"wait_for\"'")
	! have ruff || commands+=("ruff --no-cache" "ruff check -q --isolated --select ASYNC,RUF006 --no-cache .")
	measure "$1" "$rounds" 1 "${commands[@]}"
}

warm() {
	local commands

	"$asyncgrep" >/dev/null 2>&1 || true
	commands=(
		"floor: lstat" "$floor lstat ."
		"asyncgrep" "$asyncgrep"
		"git status -uno" "git status -uno")
	! have ruff || commands+=("ruff" "ruff check -q --isolated --select ASYNC,RUF006 --cache-dir $results/ruff .")
	measure warm "$rounds" 1 "${commands[@]}"
}

# One file staged; the index of the repository stays as it is.
staged() {
	local path blob

	export GIT_INDEX_FILE=$results/index
	cp .git/index "$GIT_INDEX_FILE"
	path=$(git ls-files '*.py' | sed -n 1000p)
	blob=$( (cat "$path" && printf 'async def f():\n    open(p)\n') | git hash-object -w --stdin)
	git update-index --cacheinfo "100644,$blob,$path"
	measure staged "$rounds" 3 \
		"floor: open the index" "$floor index ." \
		"git diff --cached --quiet" "git diff --cached --quiet" \
		"asyncgrep --staged" "$asyncgrep $no_cache --staged"
	unset GIT_INDEX_FILE
}

start_up() {
	measure start_up "$rounds" 20 \
		"floor: git_libgit2_init" "$floor init" \
		"asyncgrep --version" "$asyncgrep --version" \
		"asyncgrep --help" "$asyncgrep --help" \
		"asyncgrep --list-rules" "$asyncgrep --list-rules" \
		"asyncgrep --no-index one.py" "$asyncgrep --no-index one.py" \
		"asyncgrep - (standard input)" "$asyncgrep -" \
		"asyncgrep, a repository with one file" "$asyncgrep $no_cache" \
		"asyncgrep, an empty repository" "env -C ../empty $asyncgrep $no_cache"
}

# Tools that need minutes for everything: on every two hundredth file, once or thrice.
slow() {
	local commands

	git ls-files -z '*.py' >"$results/files"
	measure slow "$rounds" 1 "asyncgrep" "$asyncgrep $no_cache"
	commands=()
	! have flake8-async || commands+=("flake8-async" "xargs -0 -a $results/files -n 200 -P $cores flake8-async")
	! have semgrep || commands+=("semgrep, three rules" 
		"semgrep scan --config $here/semgrep.yaml --metrics off --disable-version-check --quiet --jobs $cores --max-target-bytes 0 .")
	if [ ${#commands[@]} -gt 0 ]; then
		measure slower 1 1 "${commands[@]}"
		jq -s add "$results/slow.json" "$results/slower.json" >"$results/both" && mv "$results/both" "$results/slow.json"
	fi
}

# memory REPOSITORY: a table of peaks, and the bound's two numbers.
memory() {
	peak "$floor" index . >"$results/peak.index"
	# shellcheck disable=SC2086
	peak "$asyncgrep" $no_cache -j2 >"$results/peak.asyncgrep"
	echo "| | peak memory | |"
	echo "|---|---:|---:|"
	echo "| floor: open the index | $(<"$results/peak.index") KB | |"
	echo "| asyncgrep -j2 | $(<"$results/peak.asyncgrep") KB | $(extra_memory) MB more |"
	echo "| rg -c 'async def' -tpy | $(peak rg -c 'async def' -tpy) KB | |"
	! have ruff || echo "| ruff --no-cache | $(peak ruff check -q --isolated --select ASYNC,RUF006 --no-cache .) KB | |"
}

extra_memory() {
	awk -v a="$(<"$results/peak.asyncgrep")" -v b="$(<"$results/peak.index")" 'BEGIN { printf "%.1f", (a - b) / 1024 }'
}

# bound WHAT LIMIT UNIT MEASURED [PROCESSOR]: a row of the table of bounds; the clock decides.
bound() {
	awk -v what="$1" -v limit="$2" -v unit="$3" -v measured="$4" -v cpu="${5:-}" 'BEGIN {
		printf "| %s | %s%s | %s | %s | %s |\n", what, limit, unit, measured == "" ? "" : measured unit,
			cpu == "" ? "" : cpu unit,
			measured == "" ? "not measured" : measured + 0 <= limit + 0 ? "met" : "**not met**" }'
}

# bound_of WHAT LIMIT GROUP NAME BASE: that row for the ratio of two commands.
bound_of() {
	bound "$1" "$2" x "$(quotient "$3" times "$4" "$5")" "$(quotient "$3" cpus "$4" "$5")"
}

bounds() {
	local one="asyncgrep, a repository with one file" init="floor: git_libgit2_init"

	echo "| bound | at most | measured | processor time | |"
	echo "|---|---:|---:|---:|---|"
	bound_of "cold, all cores: ripgrep" 1.00 mixed asyncgrep "rg -c 'async def' -tpy"
	bound_of "cold, all cores: reading the files" 2.00 mixed asyncgrep "floor: read"
	bound_of "cold, all cores: ruff --no-cache" 0.10 mixed asyncgrep "ruff --no-cache"
	bound_of "warm: lstat of the files" 1.15 warm asyncgrep "floor: lstat"
	bound_of "warm: git status -uno" 1.00 warm asyncgrep "git status -uno"
	bound "a repository with one file: more than git_libgit2_init" 3.0 " ms" \
		"$(difference start_up times "$one" "$init")" "$(difference start_up cpus "$one" "$init")"
	bound "peak memory, two threads: more than opening the index" 16 " MB" "$(extra_memory)"
}

# On a build in which functions have not been merged.
instructions() {
	command -v valgrind >/dev/null || { echo "valgrind is missing, left out" | tee /dev/stderr; return; }
	make -s -C "$here/.." DEVELOPER=1 BUILD="$folder/profile" CFLAGS='-O2 -g' all >&2
	(cd tenth && "$here/instructions.py" "$folder/profile/asyncgrep" $no_cache)
}

about() {
	local name=$1

	echo "$(git -C "$name" ls-files '*.py' | wc -l) files of Python," \
		"$(git -C "$name" ls-files -z '*.py' | (cd "$name" && xargs -0 cat) | wc -c | awk '{ printf "%.0f", $1 / 1e6 }') MB," \
		"$(git -C "$name" ls-files ':!*.py' | wc -l) other files; commit $(git -C "$name" rev-parse --short=12 HEAD)"
}

cd "$folder/mixed" && cold mixed && warm && staged && memory >"$results/memory" && "$here/found.py" "$asyncgrep" . >"$results/found"
cd "$folder/async" && cold async
cd "$folder/one" && start_up
cd "$folder/sample" && slow
cd "$folder"

cat <<EOS
# How fast asyncgrep is

Written by \`bench/run.sh\`; the commands are in there. To reproduce:

\`\`\`sh
tests/exact/corpus.py corpus      # downloads the pinned projects
python3 -m venv build/bench/tools && build/bench/tools/bin/pip install -r bench/requirements.txt
make bench
\`\`\`

- machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $cores cores, $(uname -sr)
- asyncgrep $(git -C "$here" describe --always --dirty), $("$asyncgrep" --version | tr '\n' ' ')
- $(rg --version | head -n 1), $(git --version)$(! have ruff 2>/dev/null || ruff --version | sed 's/^/, /')
- each group of commands ran $rounds times in turn, page cache warm; medians of these

## Bounds

$(bounds)

$(cat "$here/limits.md")

## Cold, mixed repository

$(about mixed). All of the Python is of projects that use async.

$(table mixed "rg -c 'async def' -tpy")

## Cold, async code only

$(about async). Every file holds \`async\`: the worst case, as no file can be put aside.

$(table async "rg -c 'async def' -tpy")

## Warm, mixed repository

$(table warm "floor: lstat")

## One file staged, mixed repository

$(table staged "git diff --cached --quiet")

## Start-up

$(table start_up "floor: git_libgit2_init")

## Memory, mixed repository

$(cat "$results/memory")

## Growth

$("$here/growth.sh" "$folder")

The worst files that could be thought of (\`bench/worst_cases.py\`): processor time of one, of one four times as large, and
the ratio for four times the bytes.

\`\`\`
$(python3 "$here/worst_cases.py" --binary "$asyncgrep" || true)
\`\`\`

## Instructions, every tenth file

By \`bench/instructions.py\`, under callgrind; $(about tenth).

$(instructions)

## What is found, mixed repository

By \`bench/found.py\`, which has the commands. Ruff has rules for what asyncgrep does not look for, too.

$(cat "$results/found")

## Slow tools, every two hundredth file

$(about sample). flake8-async and semgrep ran once.

$(table slow asyncgrep)
EOS
