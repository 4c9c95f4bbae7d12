#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# What is printed, where, and how the program ends.

load helpers

setup() {
	new_repo
	cat >stop.py <<-'END'
		class Worker:
		    async def stop(self):
		        self.task.cancel()
		        try:
		            await self.task
		        finally:
		            pass
	END
	printf 'import asyncio\ndef f(self):\n    self.t = asyncio.create_task(g())\n' >warn.py
	printf 'async def f(p):\n    open(p)  # noqa: AG101\n' >hidden.py
	git add .
	unset NO_COLOR CLICOLOR_FORCE
}

@test "text is a line a finding, and the default in a pipe" {
	run_asyncgrep
	[ "$status" -eq 1 ]
	[ "${#lines[@]}" -eq 2 ]
	[[ "${lines[0]}" == 'stop.py:5:13: error: AG201 `self.task` was cancelled'* ]]
	[[ "${lines[1]}" == 'warn.py:3:14: warning: AG302 '* ]]
	run_asyncgrep --format text
	[ "${#lines[@]}" -eq 2 ]
}

@test "full shows the places and what to do" {
	run_asyncgrep --format full stop.py
	[ "$status" -eq 1 ]
	[[ "${lines[0]}" == 'error[AG201]: `self.task` was cancelled'* ]]
	[ "${lines[1]}" = ' --> stop.py:5:13 in Worker.stop' ]
	[ "${lines[2]}" = '  |' ]
	[ "${lines[3]}" = '3 |         self.task.cancel()' ]
	[[ "${lines[4]}" == '  |         ----------------'*' cancelled here' ]]
	[ "${lines[5]}" = '...' ]
	[ "${lines[6]}" = '5 |             await self.task' ]
	[ "${lines[7]}" = '  |             ^^^^^^^^^^^^^^^ unbounded-cancelled-await' ]
	[[ "${lines[8]}" == '  = help: '?* ]]
}

@test "full is the default on a terminal, but for a dumb one, where an editor reads" {
	command -v script >/dev/null || skip "no script(1)"
	TERM=xterm run script -qec "'$ASYNCGREP' --color never stop.py" /dev/null
	[[ "$output" == *'error[AG201]: '* ]]
	TERM=dumb run script -qec "'$ASYNCGREP' stop.py" /dev/null
	[[ "$output" == stop.py:*': error: AG201 '* ]]
}

@test "json has its keys in order, and the second place" {
	run_asyncgrep --format json stop.py
	[ "$status" -eq 1 ]
	[ "${#lines[@]}" -eq 1 ]
	[ "$(jq -r 'keys_unsorted | join(" ")' <<<"$output")" = \
		"path line column end_line end_column code name severity message function text captures second" ]
	[ "$(jq -r '[.line, .column, .end_line, .end_column] | join(" ")' <<<"$output")" = "5 13 5 28" ]
	[ "$(jq -r '[.function, .text, .second.line] | join(" ")' <<<"$output")" = "Worker.stop await self.task 3" ]
	[ "$(jq -r '.captures | to_entries[0].value' <<<"$output")" = self.task ]
}

@test "a path with a line break breaks no line" {
	mkdir sub
	cp stop.py $'sub/a\nb.py'
	git add .
	run_asyncgrep sub
	[ "${#lines[@]}" -eq 1 ]
	[[ "$output" == 'sub/a\x0Ab.py:5:13: '* ]]
	run_asyncgrep --format json sub
	[ "${#lines[@]}" -eq 1 ]
	[ "$(jq .path <<<"$output")" = '"sub/a\nb.py"' ]
	[ "$(jq 'has("path_base64")' <<<"$output")" = false ]
}

@test "a path that is no UTF-8 is given whole in base64" {
	cp stop.py $'\xe9.py' 2>/dev/null || skip "this file system wants UTF-8"
	git add .
	run_asyncgrep --format json ':(glob)?.py'
	[ "$(jq -r .path_base64 <<<"$output" | base64 -d | od -An -c | tr -d ' ')" = '351.py' ]
	[ "$(jq -r .path <<<"$output")" = $'\xef\xbf\xbd.py' ]
}

@test "control bytes of source reach nobody" {
	printf 'async def f(p):\n    x = "\033[31m"; open(p)\n' >escape.py
	git add .
	run_asyncgrep --format full --color never escape.py
	[ "$status" -eq 1 ]
	[[ "$output" == *'\x1B[31m'* ]]
	[[ "$output" != *$'\033'* ]]
}

@test "columns are code points, carets are cells" {
	printf 'async def f(p):\n    \xe4\xb8\xad\xe6\x96\x87 = open(p)\n' >wide.py
	git add .
	run_asyncgrep --format full --color never wide.py
	[ "${lines[1]}" = ' --> wide.py:2:10 in f' ]
	[[ "${lines[4]}" == '  |            ^^^^ '* ]]
}

@test "colours are for terminals, unless somebody says otherwise" {
	colored() {
		"$@" --format full stop.py 2>/dev/null | grep -q $'\033'
	}
	if colored "$ASYNCGREP"; then false; fi
	colored "$ASYNCGREP" --color=always
	colored env CLICOLOR_FORCE=1 "$ASYNCGREP"
	if colored env CLICOLOR_FORCE=1 "$ASYNCGREP" --no-color; then false; fi
	if colored env CLICOLOR_FORCE=1 NO_COLOR=1 "$ASYNCGREP"; then false; fi
}

@test "the summary goes to standard error" {
	run_asyncgrep
	[[ "$error" == *"3 files"* ]]
	[[ "$output" != *"3 files"* ]]
}

@test "-q prints nothing and tells by its status" {
	run_asyncgrep -q
	[ "$status" -eq 1 ]
	[ -z "$output" ]
	run_asyncgrep -q hidden.py
	[ "$status" -eq 0 ]
	[ -z "$output" ]
}

@test "--fail-on decides what makes the status 1, not what is printed" {
	run_asyncgrep --fail-on error warn.py
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 1 ]
	run_asyncgrep --fail-on warning warn.py
	[ "$status" -eq 1 ]
	run_asyncgrep --fail-on never
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 2 ]
}

@test "--no-suppress shows what comments hide" {
	run_asyncgrep hidden.py
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	run_asyncgrep --no-suppress hidden.py
	[ "$status" -eq 1 ]
	[[ "$output" == 'hidden.py:2:5: error: AG101 '* ]]
}

@test "the output is the same for any number of threads" {
	for i in $(seq 200); do
		cp stop.py "copy$i.py"
	done
	git add .
	"$ASYNCGREP" -j1 --format json >"$BATS_TEST_TMPDIR/one" 2>/dev/null || true
	"$ASYNCGREP" -j8 --format json >"$BATS_TEST_TMPDIR/many" 2>/dev/null || true
	[ "$(wc -l <"$BATS_TEST_TMPDIR/one")" -eq 202 ]
	cmp "$BATS_TEST_TMPDIR/one" "$BATS_TEST_TMPDIR/many"
	LC_ALL=C sort -c <(jq -r .path "$BATS_TEST_TMPDIR/one")
}

@test "a full disk is no success" {
	[ -w /dev/full ] || skip "no /dev/full"
	run bash -c "'$ASYNCGREP' 2>&1 >/dev/full"
	[ "$status" -eq 2 ]
	[[ "$output" == *"No space left"* ]]
}

@test "a reader that goes away is no error message" {
	for i in $(seq 500); do
		cp stop.py "copy$i.py"
	done
	git add .
	"$ASYNCGREP" 2>"$BATS_TEST_TMPDIR/errors" | head -n 1 >"$BATS_TEST_TMPDIR/first"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/first")" -eq 1 ]
	if grep -i pipe "$BATS_TEST_TMPDIR/errors"; then false; fi
}

@test "links are for terminals that have them, and lead to the file and the rule's page" {
	local link=$'\033]8;;'

	run_asyncgrep --format full stop.py
	[[ "$output" != *"$link"* ]]
	run_asyncgrep --format full --color never --hyperlink always stop.py
	[[ "${lines[0]}" == "error[$link"*"://"*"/AG201.md"$'\033\\'"AG201$link"$'\033\\]: '* ]]
	[[ "${lines[1]}" == " --> ${link}file://$(uname -n)$(realpath .)/stop.py"$'\033\\'"stop.py:5:13$link"$'\033\\ in Worker.stop' ]]
	git rm -q --cached stop.py && git commit -qm gone && git add stop.py && git commit -qm there && rm stop.py
	run_asyncgrep --format full --hyperlink always --rev HEAD stop.py
	[[ "${lines[1]}" != *"$link"* ]]
	git checkout -q stop.py
	command -v script >/dev/null || skip "no script(1)"
	run env -u TMUX -u STY TERM=xterm-kitty script -qec "'$ASYNCGREP' stop.py" /dev/null
	[[ "$output" == *"$link"* ]]
	run env -u TMUX -u STY -u VTE_VERSION -u KITTY_WINDOW_ID -u TERM_PROGRAM TERM=xterm script -qec "'$ASYNCGREP' stop.py" /dev/null
	[[ "$output" != *"$link"* ]]
	run env TMUX=x TERM=xterm-kitty script -qec "'$ASYNCGREP' stop.py" /dev/null
	[[ "$output" != *"$link"* ]]
}
