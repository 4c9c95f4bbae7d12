# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154
#
# Functions of the scripts of this folder, to be sourced: times, medians and peaks of memory. They need hyperfine and jq.
# $results is a folder for what was measured: a file GROUP.json each, [{name, times, cpus}]: seconds by the clock, and of
# the processors, which other work on the machine disturbs less.

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
		($r.user + $r.system) as $cpu |
		if $at then .[$at].times += $r.times | .[$at].cpus += [$cpu]
		else . + [{ name: $r.command, times: $r.times, cpus: [$cpu] }] end)' \
		"$results/$group".*.round >"$results/$group.json"
	rm -f "$results/$group".*.round
}

# What jq needs to know of these files.
# shellcheck disable=SC2016
jq_times='def median: sort | if length % 2 == 1 then .[length / 2 | floor] else (.[length / 2 - 1] + .[length / 2]) / 2 end;
	def ms: . * 10000 | round / 10;
	def ratio: if . < 10 then . * 100 | round / 100 else . * 10 | round / 10 end;
	def of($name; $what): map(select(.name == $name))[0][$what] | if . then median else null end;'

# table GROUP BASE: a table in Markdown, ratios to the medians of BASE.
table() {
	jq -r --arg base "$2" "$jq_times"'
		of($base; "times") as $time | of($base; "cpus") as $cpu |
		"| | median | fastest | ratio | processor time | ratio |", "|---|---:|---:|---:|---:|---:|",
		(.[] | "| \(.name) | \(.times | median | ms) ms | \(.times | min | ms) ms | \(.times | median / $time | ratio) |" +
			" \(.cpus | median | ms) ms | \(.cpus | median / $cpu | ratio) |")' \
		"$results/$1.json"
}

# quotient GROUP WHAT NAME BASE: the ratio of two medians of WHAT (times, cpus); nothing where one was not measured.
quotient() {
	jq -r --arg what "$2" --arg name "$3" --arg base "$4" "$jq_times"'
		if of($name; $what) and of($base; $what) then of($name; $what) / of($base; $what) * 10000 | round / 10000
		else "" end' "$results/$1.json"
}

# difference GROUP WHAT NAME BASE: the same in milliseconds more than the other.
difference() {
	jq -r --arg what "$2" --arg name "$3" --arg base "$4" "$jq_times"'
		if of($name; $what) and of($base; $what) then of($name; $what) - of($base; $what) | . * 100000 | round / 100
		else "" end' "$results/$1.json"
}

# peak COMMAND...: the most memory that it had, in KB.
peak() {
	python3 - "$@" <<'PYTHON'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
PYTHON
}
