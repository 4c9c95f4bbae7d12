#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# Reports in files: --output, --report, and what goes where.

load helpers

setup() {
	new_repo
	printf 'async def f(p):\n    open(p)\n' >a.py
	printf 'async def f(p):\n    open(p)  # noqa: AG101\n' >hidden.py
	git add .
	unset NO_COLOR CLICOLOR_FORCE
}

@test "-o FILE takes what would be printed, and nothing else does" {
	run_asyncgrep
	printed=$output
	run_asyncgrep -o out.txt
	[ "$status" -eq 1 ]
	[ -z "$output" ]
	[ "$(cat out.txt)" = "$printed" ]
	[[ "$error" == "1 finding in 1 file;"* ]]
	run_asyncgrep --format json --output=out.json
	[ "$(jq -r .code out.json)" = AG101 ]
	run_asyncgrep -o -
	[ "$output" = "$printed" ]
}

@test "a clean scan empties FILE" {
	echo old >out.txt
	run_asyncgrep -o out.txt hidden.py
	[ "$status" -eq 0 ]
	[ -f out.txt ]
	[ ! -s out.txt ]
}

@test "FILE keeps its permissions, a link its target" {
	echo old >real.txt
	chmod 640 real.txt
	ln -s real.txt link.txt
	run_asyncgrep -o link.txt
	[ -L link.txt ]
	[ "$(stat -c %a real.txt)" = 640 ]
	grep -q AG101 real.txt
}

@test "a FILE that cannot be written ends it before the scan" {
	for file in no/such/out.txt . ''; do
		run_asyncgrep -o "$file"
		assert_error "'$file'"
		[ -z "$output" ]
	done
	run_asyncgrep --report json:no/such/out
	assert_error "cannot write 'no/such/out': No such file or directory"
	[ -z "$output" ]
}

@test "a full disk leaves FILE as it was, and is no success" {
	[ -w /dev/full ] || skip "no /dev/full"
	run_asyncgrep -o /dev/full
	assert_complaint "cannot write '/dev/full': No space left on device"
}

@test "FILE may be a pipe" {
	run bash -c "'$ASYNCGREP' -q --report json:>(jq -r .code >code.txt)"
	[ "$status" -eq 1 ]
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		[ -s code.txt ] && break
		sleep 0.1
	done
	[ "$(cat code.txt)" = AG101 ]
}

@test "a scan that is ended leaves FILE as it was, and nothing beside it" {
	mkfifo input
	echo old >out.txt
	sleep 2 >input &
	for signal in INT TERM; do
		status=0
		timeout -s "$signal" 0.3 "$ASYNCGREP" -o out.txt --report json:out.json - <input || status=$?
		[ "$status" -eq 124 ]
		[ "$(cat out.txt)" = old ]
		[ "$(echo out*)" = out.txt ]
	done
}

@test "several reports in one run" {
	run_asyncgrep --report json:a.json --report text:a.txt --report sarif:a.sarif
	[ "$status" -eq 1 ]
	[ "${#lines[@]}" -eq 1 ]
	[ "$output" = "$(cat a.txt)" ]
	[ "$(jq -r .code a.json)" = AG101 ]
	[ "$(jq -r '.runs[0].results[0].ruleId' a.sarif)" = AG101 ]
	[ "$(wc -l <"$BATS_TEST_TMPDIR/stderr")" -eq 1 ]
}

@test "--report FORMAT:- takes the place of what is printed" {
	run_asyncgrep --report json:-
	[ "$(jq -r .code <<<"$output")" = AG101 ]
	run_asyncgrep --report json:- -o out.txt
	[ "$(jq -r .code <<<"$output")" = AG101 ]
	grep -q AG101 out.txt
	run_asyncgrep --report json:- --format text
	assert_error "two reports for standard output: json and text"
	run_asyncgrep --report json:- --report text:-
	assert_error "two reports for standard output"
	run_asyncgrep --report json:x --report text:x
	assert_error "two reports for 'x': json and text"
	run_asyncgrep --report json:x -o x
	assert_error "two reports for 'x': json and text"
	[ ! -e x ]
}

@test "-q leaves the files that are asked for" {
	run_asyncgrep -q --report json:a.json -o out.txt
	[ "$status" -eq 1 ]
	[ -z "$output$error" ]
	[ "$(jq -r .code a.json)" = AG101 ]
	grep -q AG101 out.txt
}

@test "a FILE may have colons, a FORMAT may not be missing or unknown" {
	run_asyncgrep --report 'json:a:b.json'
	[ -s a:b.json ]
	run_asyncgrep --report a.json
	assert_error "'--report' needs FORMAT:FILE, not 'a.json'"
	run_asyncgrep --report json:
	assert_error "'--report' needs FORMAT:FILE, not 'json:'"
	run_asyncgrep --report sarfi:x
	assert_error "'sarfi' is no FORMAT for '--report'; did you mean 'sarif'?"
	run_asyncgrep --format jsn
	assert_error "'jsn' is no FORMAT for '--format'; did you mean 'json'?"
	run_asyncgrep --format nonsense
	assert_error "there are: full, text, json, sarif, "
}

@test "reports for machines have paths from the top" {
	mkdir -p sub/deep
	cp a.py sub/deep/b.py
	git add .
	cd sub
	run_asyncgrep --report sarif:../a.sarif .
	[[ "$output" == deep/b.py:2:5:* ]]
	[ "$(jq -r '.runs[0].results[].locations[0].physicalLocation.artifactLocation.uri' ../a.sarif)" = sub/deep/b.py ]
}

@test "--show-suppressed marks what comments hide, and counts nothing" {
	run_asyncgrep --report sarif:a.sarif
	[ "$(jq '[.runs[0].results[] | select(.suppressions)] | length' a.sarif)" -eq 0 ]
	before=$error
	run_asyncgrep --report sarif:a.sarif --report json:a.json --show-suppressed
	[ "$status" -eq 1 ]
	[ "$error" = "$before" ]
	[ "${#lines[@]}" -eq 1 ]
	[ "$(jq -c '.runs[0].results[] | [.locations[0].physicalLocation.artifactLocation.uri, .suppressions]' a.sarif)" = \
		$'["a.py",null]\n["hidden.py",[{"kind":"inSource"}]]' ]
	[ "$(jq -c '[.path, .suppressed]' a.json)" = $'["a.py",null]\n["hidden.py",true]' ]
	run_asyncgrep --format json --show-suppressed hidden.py
	[ "$status" -eq 0 ]
	[[ "$error" == "0 findings in 0 files; 1 file scanned, 1 finding suppressed" ]]
}

@test "an incomplete scan says so in SARIF" {
	run_asyncgrep --format sarif
	[ "$(jq '.runs[0].invocations[0].executionSuccessful' <<<"$output")" = true ]
	printf '# coding: utf-99\nx = "\351"\n' >bad.py
	git add .
	run_asyncgrep --format sarif
	[ "$status" -eq 2 ]
	[ "$(jq '.runs[0].invocations[0].executionSuccessful' <<<"$output")" = false ]
	[ "$(jq '.runs[0].results | length' <<<"$output")" -eq 1 ]
}
