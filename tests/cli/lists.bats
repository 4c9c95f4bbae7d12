#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# grep's habits: lists of files, counts, limits, NUL bytes, -q.

load helpers

setup() {
	new_repo
	write two.py 'async def f(p):' '    open(p)' '    open(p)'
	write one.py 'import asyncio' 'def f(self):' '    self.t = asyncio.create_task(g())'
	write none.py 'async def f(p):' '    await p'
	write hidden.py 'async def f(p):' '    open(p)  # noqa: AG101'
	git add .
	unset NO_COLOR CLICOLOR_FORCE
}

# refuses WORD… : PART: status 2, and the message has PART.
refuses() {
	local words=()

	while [ "$1" != : ]; do
		words+=("$1")
		shift
	done
	run_asyncgrep "${words[@]}"
	[ -z "$output" ] || show
	assert_error "$2"
}

@test "-l lists files with findings, -L those without, -c how many" {
	run_asyncgrep -l
	[ "$status" -eq 1 ] && [ "$output" = $'one.py\ntwo.py' ] || show
	run_asyncgrep -L
	[ "$status" -eq 1 ] && [ "$output" = $'hidden.py\nnone.py' ] || show
	[[ $error == "3 findings in 2 files; 4 files scanned"* ]] || show
	run_asyncgrep -c
	[ "$status" -eq 1 ] && [ "$output" = $'one.py:1\ntwo.py:2' ] || show
	run_asyncgrep --files-without-match none.py
	[ "$status" -eq 0 ] && [ "$output" = none.py ] || show
	run_asyncgrep -l none.py
	[ "$status" -eq 0 ] && [ -z "$output" ] || show
}

@test "-L does not list a file that could not be scanned" {
	printf '\xff\xfe\x00' >broken.py
	git add .
	run_asyncgrep -L
	[ "$status" -eq 2 ] && [ "$output" = $'hidden.py\nnone.py' ] || show
}

@test "lists are the same for any number of threads" {
	local i
	for i in $(seq 300); do
		cp none.py "copy$i.py"
	done
	git add .
	for option in -l -L -c; do
		[ "$(asyncgrep $option -j1 2>/dev/null)" = "$(asyncgrep $option -j8 2>/dev/null)" ]
	done
}

@test "-m prints the first findings of each file, and all count" {
	run_asyncgrep -m1 two.py
	[ "$status" -eq 1 ]
	[ "${#lines[@]}" -eq 1 ] && [[ $output == two.py:2:5:* ]] || show
	[[ $error == "2 findings in 1 file; 1 file scanned, 1 not shown"* ]] || show
	run_asyncgrep -c -m 1
	[ "$output" = $'one.py:1\ntwo.py:1' ] || show
	write mixed.py 'import asyncio' 'async def f(self, p):' '    self.t = asyncio.create_task(g())' '    open(p)'
	git add .
	run_asyncgrep -m1 --fail-on error mixed.py
	[ "$status" -eq 1 ] || show
}

@test "-z puts a NUL behind paths, which stay as they are" {
	cp two.py $'new\nline.py'
	git add .
	"$ASYNCGREP" -lz >"$BATS_TEST_TMPDIR/list" 2>/dev/null || true
	printf 'new\nline.py\0one.py\0two.py\0' | cmp - "$BATS_TEST_TMPDIR/list"
	"$ASYNCGREP" -cz >"$BATS_TEST_TMPDIR/list" 2>/dev/null || true
	printf 'new\nline.py\0002\none.py\0001\ntwo.py\0002\n' | cmp - "$BATS_TEST_TMPDIR/list"
	"$ASYNCGREP" -z one.py >"$BATS_TEST_TMPDIR/list" 2>/dev/null || true
	[ "$(tr '\0' '|' <"$BATS_TEST_TMPDIR/list" | cut -c 1-12)" = 'one.py|3:14:' ]
	run_asyncgrep -l
	[ "${lines[0]}" = 'new\x0Aline.py' ]
}

@test "-q stops at the first finding that decides" {
	printf '\xff\xfe\x00' >broken.py
	mv broken.py zzz.py
	git add .
	run_asyncgrep -q
	[ "$status" -eq 1 ] && [ -z "$output" ] || show
	run_asyncgrep -q --fail-on never
	[ "$status" -eq 2 ] || show
	run_asyncgrep -q none.py zzz.py
	[ "$status" -eq 2 ] && [[ $error == *zzz.py* ]] || show
	# A rule that is wrong is a wrong request, found or not.
	write own.yaml 'code: XX101'
	run_asyncgrep -q --patterns own.yaml
	[ "$status" -eq 2 ] || show
}

@test "-q goes on where there is more to do than to tell" {
	run_asyncgrep -q --write-baseline known
	[ "$status" -eq 0 ] || show
	[ "$(wc -l <known)" -eq 3 ]
}

@test "text and lists have grep's colours" {
	run_asyncgrep --color always one.py
	[[ $output == $'\e[35mone.py\e[m\e[36m:\e[m\e[32m3\e[m\e[36m:\e[m\e[32m14\e[m\e[36m:\e[m \e[1;33mwarning\e[m: AG302 '* ]] || show
	run_asyncgrep -l --color always one.py
	[ "$output" = $'\e[35mone.py\e[m' ] || show
	CLICOLOR_FORCE=1 run_asyncgrep -c one.py
	[ "$output" = $'\e[35mone.py\e[m\e[36m:\e[m1' ] || show
	NO_COLOR=1 CLICOLOR_FORCE=1 run_asyncgrep one.py
	[[ $output == one.py:3:14:\ * ]] || show
	run_asyncgrep one.py
	[[ $output == one.py:3:14:\ * ]] || show
}

@test "what makes no sense together is refused" {
	refuses -l -c : "'-l' and '-c' cannot be used together"
	refuses -l --format json : "'-l' and '--format' cannot be used together"
	refuses -c --format text : "'-c' and '--format'"
	refuses -L -m 3 : "'-L' and '-m' cannot"
	refuses -c --write-baseline x : "'-c' and '--write-baseline'"
	refuses -l --history : "-l, -L and -c"
	refuses -z --format full : "'-z'"
	refuses -z --list-rules : "nothing is scanned"
	refuses -m0 : "a number from 1"
	refuses -m x : "a number from 1"
}
