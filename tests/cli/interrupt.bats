#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# Scans that last: the line that says how far they are, and Ctrl-C.

load helpers

setup() {
	new_repo
	unset NO_COLOR CLICOLOR_FORCE
	export TERM=xterm
	terminal=$BATS_TEST_DIRNAME/terminal.py
	# One big file under many names: a scan that would last for long, of files that do not.
	{ echo 'async def g(p):'; seq 1500 | sed 's/.*/    open(p, &)/'; } >big
	python3 -c 'import os; [os.link("big", f"a{i}.py") for i in range(1000, 3001)]'
	rm big
	long=("$ASYNCGREP" --no-index --select AG101 -m1 -j1 --color never)
}

# on_terminal OPTION…: what the terminal gets, in $output.
on_terminal() {
	status=0
	"$terminal" "$@" >"$BATS_TEST_TMPDIR/terminal" || status=$?
	output=$(cat "$BATS_TEST_TMPDIR/terminal")
	error=
}

@test "Ctrl-C ends any scan, with 130 and what was found" {
	on_terminal --until a1001.py --send '\x03' "${long[@]}" --format text
	[ "$status" -eq 130 ] || show
	[[ $output == *"a1000.py:2:5: error: AG101 "* ]] || show
	[[ ${output##*$'\n'} == *" findings in "*" files; "*" files scanned, "*", INTERRUPTED" ]] || show
	# All that is printed is whole, and in order.
	[ "$(grep -c '^a[0-9]*\.py:2:5: error: AG101 .*' <<<"$output")" -ge 2 ]
	grep -o '^a[0-9]*' <<<"$output" | sort -c
}

@test "Ctrl-C in the pager ends the scan, and the pager shows what was found" {
	export GIT_PAGER='trap "" INT; sed "s/^/paged> /"; echo last words'
	on_terminal --until a1001.py --send '\x03' "${long[@]}" --format text
	[ "$status" -eq 130 ] || show
	[[ $output == *"paged> a1000.py:2:5: error: AG101 "*"paged> "*", INTERRUPTED"*"last words" ]] || show
}

@test "statistics of what was found until then come behind the progress" {
	on_terminal --until ' of 2001 files scanned' --send '\x03' "${long[@]:0:4}" -j1 --color never --statistics
	[ "$status" -eq 130 ] || show
	[[ $output == *$'\e[K'*"  AG101  blocking-open"*", INTERRUPTED" ]] || show
}

@test "files that would not be whole are not written" {
	printf 'old\n' >report.sarif
	cp report.sarif known
	on_terminal --until ' of 2001 files scanned' --send '\x03' "${long[@]}" --report sarif:report.sarif -o out --format json
	[ "$status" -eq 130 ] || show
	[[ $output == *"report.sarif is not written: the scan was interrupted"* ]] || show
	[[ $output == *"out is not written: the scan was interrupted"* ]] || show
	[ "$(cat report.sarif)" = old ] && [ ! -e out ]
	on_terminal --until ' of 2001 files scanned' --send '\x03' "${long[@]}" --write-baseline known
	[ "$status" -eq 130 ] || show
	[[ $output == *"known is not written: the scan was interrupted"* ]] || show
	[ "$(cat known)" = old ]
}

@test "a long scan says on the terminal how far it is, and wipes that" {
	on_terminal --until ' of 2001 files scanned' --send '\x03' --stdout "$BATS_TEST_TMPDIR/findings" "${long[@]}"
	[ "$status" -eq 130 ] || show
	[[ $output == [1-9]*" of 2001 files scanned"$'\e[K\r'* ]] || show
	# The terminal's own ^C may come before the line is wiped or behind it.
	[[ ${output/^C/} == *$'\e[K'[1-9]*" findings in "* ]] || show
	[ "$(grep -c '^a1000.py:' "$BATS_TEST_TMPDIR/findings")" -eq 1 ]
	# Nobody sees it where there is no terminal, with -q, and where another program reads, which may draw there, too.
	on_terminal sh -c '"$@" | sleep 3' sh timeout -s INT 2 "${long[@]}" --select AG201 -l
	[[ $output != *" of 2001 "* ]] || show
	on_terminal timeout -s INT 2 "${long[@]}" -q --baseline /dev/null
	[ -z "$output" ] || show
}

@test "a short scan says nothing of the kind" {
	on_terminal "${long[@]:0:1}" --no-index --color never a1000.py -q --fail-on never
	[ "$status" -eq 0 ] && [ -z "$output" ] || show
	on_terminal --stdout /dev/null "${long[@]:0:1}" --no-index a1000.py
	[ "$output" = "1500 findings in 1 file; 1 file scanned" ] || show
}

@test "Ctrl-C ends the wait for standard input, and is ignored where it was" {
	# Standard input that does not come.
	on_terminal --until started --send '\x03' sh -c 'echo started; exec "$@"' sh "$ASYNCGREP" -
	[ "$status" -eq 130 ] || show
	on_terminal sh -c 'trap "" INT; (sleep 0.2; kill -INT $$) & exec "$@"' sh "${long[@]}" --format text a10*.py
	[ "$status" -eq 1 ] && [[ $output != *INTERRUPTED* ]] || show
}
