# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154
#
# Functions of the scripts of this folder, to be sourced: times, medians and peaks of memory. They need hyperfine and jq.
# $results is a folder for what was measured: a file GROUP.json each, [{name, times}].

# measure GROUP ROUNDS RUNS NAME COMMAND [NAME COMMAND]...
# The commands in turn, RUNS times each, ROUNDS times over, so that what disturbs the machine for a while disturbs all of
# them. Before that each runs once, which fills the page cache; one that fails then is named and left out. Output goes
# through a pipe: some programs do less when they write to /dev/null.
measure() {
	local group=$1 rounds=$2 runs=$3 round status words=()

	shift 3
	while [ $# -gt 1 ]; do
		status=0
		bash -c "$2" </dev/null >"$results/output" 2>"$results/errors" || status=$?
		# 1 says of all these programs that something was found, 123 that xargs heard so from one of them.
		case $status in
		0 | 1 | 123) words+=(-n "$1" "$2") ;;
		*) echo "$1: exit status $status, left out: $(tail -n 1 "$results/errors")" >&2 ;;
		esac
		shift 2
	done
	for ((round = 1; round <= rounds; round++)); do
		hyperfine -N -i --output=pipe --warmup 0 --runs "$runs" --style none \
			--export-json "$results/$group.$round.round" "${words[@]}" >/dev/null 2>&1
	done
	jq -s 'reduce .[].results[] as $r ([];
		(map(.name) | index($r.command)) as $at |
		if $at then .[$at].times += $r.times else . + [{ name: $r.command, times: $r.times }] end)' \
		"$results/$group".*.round >"$results/$group.json"
	rm -f "$results/$group".*.round
}

# What jq needs to know of these files.
# shellcheck disable=SC2016
jq_times='def median: sort | if length % 2 == 1 then .[length / 2 | floor] else (.[length / 2 - 1] + .[length / 2]) / 2 end;
	def ms: . * 10000 | round / 10;
	def ratio: if . < 10 then . * 100 | round / 100 else . * 10 | round / 10 end;
	def of($name): map(select(.name == $name))[0].times | if . then median else null end;'

# table GROUP BASE: a table in Markdown, ratios to the median of BASE.
table() {
	jq -r --arg base "$2" "$jq_times"'
		of($base) as $one |
		"| | median | fastest | ratio of medians |", "|---|---:|---:|---:|",
		(.[] | "| \(.name) | \(.times | median | ms) ms | \(.times | min | ms) ms | \(.times | median / $one | ratio) |")' \
		"$results/$1.json"
}

# quotient GROUP NAME BASE: the ratio of two medians; nothing where one of them was not measured.
quotient() {
	jq -r --arg name "$2" --arg base "$3" "$jq_times"'
		if of($name) and of($base) then of($name) / of($base) * 1000 | round / 1000 else "" end' "$results/$1.json"
}

# difference GROUP NAME BASE: the same in milliseconds more than the other.
difference() {
	jq -r --arg name "$2" --arg base "$3" "$jq_times"'
		if of($name) and of($base) then of($name) - of($base) | ms else "" end' "$results/$1.json"
}

# peak COMMAND...: the most memory that it had, in KB.
peak() {
	python3 - "$@" <<'PYTHON'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
PYTHON
}
