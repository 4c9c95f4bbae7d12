#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# Comments that hide findings: for how long, what for, and whether they still do. What each form hides
# tests/unit/test_suppress.c has.

load helpers

setup() {
	new_repo
	unset SOURCE_DATE_EPOCH
}

# at DAY ARG…: the program on that day, at its last second.
at() {
	SOURCE_DATE_EPOCH=$(($(date -ud "$1" +%s) + 86399)) run_asyncgrep "${@:2}"
}

# until_day DAY: a file with a finding that is hidden until then.
until_day() {
	write a.py 'async def f(p):' "    open(p)  # asyncgrep: ignore[AG101, until=$1] small"
	git add a.py
}

@test "a suppression hides until the end of its day, and then the finding says that it is over" {
	until_day 2027-03-01
	at 2027-03-01
	[ "$status" -eq 0 ] && [ -z "$output" ]
	[[ $error == *"1 finding suppressed"* ]]
	at 2027-03-02
	[ "$status" -eq 1 ]
	[[ $output == 'a.py:2:5: error: AG101 '*' (its suppression in line 2 is over: `until=2027-03-01`)' ]] || show
	TZ=Pacific/Kiritimati at 2027-03-01
	[ "$status" -eq 0 ] || show
}

@test "what is no day hides nothing, and the finding says so" {
	local day
	for day in 2027-02-29 27-03-01 tomorrow $'\351'; do
		until_day "$day"
		run_asyncgrep
		[ "$status" -eq 1 ] || show
		[[ $output == *" (its suppression in line 2 hides nothing: \`until="*'` is no day; write until=YYYY-MM-DD)' ]] || show
	done
	[[ $output == *$'`until=\357\277\275`'* ]] || show
}

@test "a message shows no more than the beginning of what is no day" {
	until_day "$(printf 'x%.0s' {1..5000})"
	run_asyncgrep
	[ "${#output}" -lt 250 ] || show
}

@test "the clock is the computer's, or SOURCE_DATE_EPOCH, which has to be one" {
	until_day 2020-01-01
	run_asyncgrep
	[ "$status" -eq 1 ] || show
	SOURCE_DATE_EPOCH='' run_asyncgrep
	[ "$status" -eq 1 ] || show
	SOURCE_DATE_EPOCH=0 run_asyncgrep
	[ "$status" -eq 0 ] || show
	SOURCE_DATE_EPOCH=now run_asyncgrep
	assert_error "SOURCE_DATE_EPOCH: 'now' is no number of seconds"
}

@test "a suppression that is over is over in what --since compares with too" {
	until_day 2027-03-01
	commit_all
	printf '    open(p)\n' >>a.py
	at 2027-03-02 --since HEAD
	[ "$status" -eq 1 ] && [ "${#lines[@]}" -eq 1 ] && [[ $output == 'a.py:3:5: '* ]] || show
}
