#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# The pager: when there is one and which, as git decides.

load helpers

setup() {
	new_repo
	unset NO_COLOR CLICOLOR_FORCE LESS LV PAGER GIT_PAGER
	export TERM=xterm
	terminal=$BATS_TEST_DIRNAME/terminal.py
	for i in 1 2 3; do
		printf 'async def f(p):\n    open(p)\n' >"a$i.py"
	done
	git add .
	# A pager that says that it is one.
	mkdir "$BATS_TEST_TMPDIR/bin"
	printf '#!/bin/sh\necho "pager $* LESS=$LESS"\nexec sed "s/^/${0##*/}> /"\n' >"$BATS_TEST_TMPDIR/bin/mine"
	chmod +x "$BATS_TEST_TMPDIR/bin/mine"
	cp "$BATS_TEST_TMPDIR/bin/mine" "$BATS_TEST_TMPDIR/bin/other"
	PATH=$BATS_TEST_TMPDIR/bin:$PATH
}

# on_terminal ARGUMENT…: the program on a terminal.
on_terminal() {
	status=0
	"$terminal" --size 24x100 "$ASYNCGREP" --color never "$@" >"$BATS_TEST_TMPDIR/terminal" || status=$?
	output=$(cat "$BATS_TEST_TMPDIR/terminal")
	error=
}

@test "findings and summary go through the pager, and the exit status stays" {
	export GIT_PAGER=mine
	on_terminal --format text
	[ "$status" -eq 1 ] || show
	[ "$(head -1 <<<"$output")" = "pager  LESS=FRX" ] || show
	[ "$(grep -c '^mine> a[123].py:2:5: error: AG101 ' <<<"$output")" -eq 3 ] || show
	[ "$(tail -1 <<<"$output")" = "mine> 3 findings in 3 files; 3 files scanned" ] || show
	on_terminal --fail-on never
	[ "$status" -eq 0 ] || show
	# Said before the pager begins, or in it.
	printf '# coding: no-such-thing\nasync def f(p): "\351"; open(p)\n' >bad.py
	git add .
	on_terminal
	[ "$status" -eq 2 ] && [[ $output == *"asyncgrep: bad.py: "* ]] || show
}

@test "whichever thread finds it or complains of it, all goes through the pager" {
	for i in $(seq 100 400); do
		cp a1.py "a$i.py"
	done
	for i in 150 250 350; do
		printf '\377\376a\000' >"a$i.py"
	done
	git add .
	for jobs in 2 8 32; do
		GIT_PAGER=mine on_terminal -j$jobs -l
		[ "$(grep -c '^mine> a[0-9]*\.py$' <<<"$output")" -eq 301 ] || show
		[ "$(grep -c '^mine> asyncgrep: a[123]50\.py: ' <<<"$output")" -eq 3 ] || show
		sed -n 's/^mine> \(a[0-9]*\.py\)$/\1/p' <<<"$output" | LC_ALL=C sort -c
		! tail -n +2 <<<"$output" | grep -v '^mine> ' || show
	done
}

@test "which pager, git's variables and configuration say" {
	export PAGER=other
	on_terminal -l
	[[ $output == *"other> a1.py"* ]] || show
	git config core.pager 'mine x | sed s/mine/core/'
	on_terminal -l
	[[ $output == *"pager x "*"core> a1.py"* ]] || show
	git config pager.asyncgrep mine
	on_terminal -l
	[[ $output == *"mine> a1.py"* ]] || show
	GIT_PAGER=other on_terminal -l
	[[ $output == *"other> a1.py"* ]] || show
	git config pager.asyncgrep false
	on_terminal -l
	[ "$output" = $'a1.py\na2.py\na3.py\n3 findings in 3 files; 3 files scanned' ] || show
	on_terminal -l --pager always
	[[ $output == *"core> a1.py"* ]] || show
	git config pager.asyncgrep true
	on_terminal -l
	[[ $output == *"core> a1.py"* ]] || show
}

@test "no pager where nobody pages, or it is missing" {
	local plain=$'a1.py\na2.py\na3.py\n3 findings in 3 files; 3 files scanned'

	for pager in cat '' no-such-program; do
		GIT_PAGER=$pager on_terminal -l
		[ "$status" -eq 1 ] && [ "$output" = "$plain" ] || show
	done
	export GIT_PAGER=mine
	for words in --no-pager '--pager never' '--pager=never'; do
		# shellcheck disable=SC2086 # words are split on purpose
		on_terminal -l $words
		[ "$output" = "$plain" ] || show
	done
	TERM=dumb on_terminal -l
	[ "$output" = "$plain" ] || show
	on_terminal --ignore all --format text -e nothing_of_the_kind
	[ "$status" -eq 0 ] && [[ $output != *mine* ]] || show
	on_terminal -h
	[[ $output != *mine* ]] || show
	run_asyncgrep
	[[ $output != *mine* ]] || show
}

@test "--help, --list-rules and --explain are paged" {
	export GIT_PAGER=mine
	on_terminal --help
	[ "$status" -eq 0 ] && [[ $output == *"mine> Exit status:"* ]] || show
	on_terminal --list-rules
	[[ $output == *"mine> AG101"* ]] || show
	on_terminal --explain AG101
	[ "$status" -eq 0 ] && [[ $output == *"mine> "* ]] || show
	on_terminal --explain AG999
	[ "$status" -eq 2 ] || show
}

@test "colours and width in a pager are the terminal's" {
	export GIT_PAGER=mine
	"$terminal" --size 24x40 "$ASYNCGREP" a1.py >"$BATS_TEST_TMPDIR/terminal" || true
	grep -q $'mine> \e\\[' "$BATS_TEST_TMPDIR/terminal"
	# The pager that git itself starts: git -p asyncgrep.
	GIT_PAGER_IN_USE=true "$ASYNCGREP" a1.py 2>/dev/null | grep -q $'^\e\\['
	GIT_PAGER_IN_USE=true "$ASYNCGREP" a1.py >"$BATS_TEST_TMPDIR/file" 2>/dev/null || true
	! grep -q $'\e' "$BATS_TEST_TMPDIR/file"
}

@test "a pager that is left early is no error message, less can be used, and quit" {
	export GIT_PAGER='head -1'
	on_terminal --format text
	[[ $output != *"cannot write"* ]] || show
	need less
	for i in $(seq 4 60); do
		cp a1.py "a$i.py"
	done
	git add .
	unset GIT_PAGER
	status=0
	"$terminal" --until a10.py --send q "$ASYNCGREP" --format text >"$BATS_TEST_TMPDIR/terminal" || status=$?
	[ "$status" -eq 1 ] || [ "$status" -eq 141 ]
	! grep -q 'a50.py' "$BATS_TEST_TMPDIR/terminal"
}

@test "Ctrl-C leaves the terminal to the pager until it is done" {
	printf '#!/bin/sh\ntrap "" INT\nread line; echo "$line"; sleep 1; echo last words\n' >"$BATS_TEST_TMPDIR/bin/slow"
	chmod +x "$BATS_TEST_TMPDIR/bin/slow"
	status=0
	GIT_PAGER=slow "$terminal" --until usage --send '\x03' "$ASYNCGREP" --help >"$BATS_TEST_TMPDIR/terminal" || status=$?
	[ "$status" -eq 0 ]
	grep -q 'last words' "$BATS_TEST_TMPDIR/terminal"
}
