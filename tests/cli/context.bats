#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# Lines around findings: -A, -B, -C, -W, in text as grep prints them, in full as snippets.

load helpers

setup() {
	new_repo
	write a.py \
		'import asyncio' \
		'@deco' \
		'async def f(p):' \
		'    a = 1' \
		'    open(p)' \
		'    b = 2' \
		'    c = 3' \
		'    open(p)' \
		'' \
		'async def g(self):' \
		'    self.t.cancel()' \
		'    a = 1' \
		'    b = 2' \
		'    await self.t'
	git add .
	unset NO_COLOR CLICOLOR_FORCE
}

# shape WORD…: what text prints, each finding as "> line".
shape() {
	asyncgrep "$@" 2>/dev/null | sed -E 's/^[^:]*:([0-9]+):[0-9]+: .*/> \1/; s/^[^-]*-([0-9]+)-/\1 /'
}

@test "-C shows lines on both sides, each once, and -- where some are left out" {
	[ "$(shape -C1 a.py)" = "4     a = 1
> 5
5     open(p)
6     b = 2
7     c = 3
> 8
8     open(p)
9 
--
13     b = 2
> 14
14     await self.t" ]
}

@test "-A and -B go before -C, which may be 0" {
	[ "$(shape -A1 a.py | grep -c '^[0-9]')" -eq 5 ]
	[ "$(shape -B1 a.py | paste -sd' ' | tr -s ' ')" = "4 a = 1 > 5 5 open(p) -- 7 c = 3 > 8 8 open(p) -- 13 b = 2 > 14 14 await self.t" ]
	[ "$(shape -C5 -A0 -B0 a.py)" = "$(shape -C0 a.py)" ]
	[ "$(shape -C0 a.py | grep -c '^--$')" -eq 2 ]
}

@test "-W shows the whole function, with decorators" {
	[ "$(shape -W a.py | grep -v '^>' | cut -d' ' -f 1 | paste -sd' ')" = "2 3 4 5 6 7 8 -- 10 11 12 13 14" ]
	write top.py 'import time' '' 'x = 1' 'async def f():' '    pass' '' '' 'y = 2'
	git add .
	# Outside of functions it is as if nothing was asked for.
	[ "$(shape -W --in any -e 'y = 2' top.py)" = "> 8
8 y = 2" ]
	# A function in a function, and lines that reach further.
	write nested.py 'async def outer(p):' '    async def inner():' '        open(p)' '    x = 1' '    open(p)'
	git add .
	[ "$(shape -W nested.py | grep -v '^>' | cut -d' ' -f 1 | paste -sd' ')" = "1 2 3 4 5" ]
	[ "$(shape -W -m1 nested.py | grep -v '^>' | cut -d' ' -f 1 | paste -sd' ')" = "2 3" ]
	[ "$(shape -W -A2 -m1 nested.py | grep -v '^>' | cut -d' ' -f 1 | paste -sd' ')" = "2 3 4 5" ]
}

@test "files are set apart, too" {
	cp a.py b.py
	git add .
	run_asyncgrep -C0
	[ "$(grep -c '^--$' <<<"$output")" -eq 5 ] || show
	[[ "${lines[0]}" == a.py:5:* ]] && [ "${lines[1]}" = 'a.py-5-    open(p)' ] || show
}

@test "lines of what is suppressed, known or not shown are not printed" {
	sed -i '5s/$/  # noqa/' a.py
	[ "$(shape -C0 a.py | grep -c '^[0-9]')" -eq 2 ]
	[ "$(shape -C0 -m1 a.py | paste -sd' ' | tr -s ' ')" = "> 8 8 open(p)" ]
	asyncgrep --write-baseline known a.py 2>/dev/null
	printf '    open(p)\n' >>a.py
	[ "$(shape -C0 --baseline known a.py | paste -sd' ' | tr -s ' ')" = "> 15 15 open(p)" ]
}

@test "full draws the lines around, and the second place" {
	run_asyncgrep --format full -C1 a.py
	[ "$status" -eq 1 ]
	[ "$(grep '^ *[0-9.]* |\|^\.\.\.' <<<"$output" | grep -v '^ *|' | cut -c 1-6 | paste -sd'/')" = \
		'4 |   /5 |   /6 |   /7 |   /8 |   /9 |/11 |  /.../13 |  /14 |  ' ] || show
	[[ $output == *$'...\n13 |     b = 2\n14 |     await self.t\n   |     ^^^^^^^^^^^^ unbounded'* ]] || show
	run_asyncgrep --format full -W a.py
	[[ $output == *$'\n10 | async def g(self):\n11 |     self.t.cancel()\n   |     ------------- cancelled here\n12 |     a = 1\n13 |     b = 2\n14 |'* ]] || show
}

@test "control bytes of source lines reach nobody, line ends of any kind do not count" {
	printf 'async def f(p):\r\n    x = "\033[31m"\r\n    open(p)\r\n' >odd.py
	git add .
	run_asyncgrep -B1 odd.py
	[ "${lines[0]}" = 'odd.py-2-    x = "\x1B[31m"' ] || show
	[[ $output != *$'\r'* ]] || show
}

@test "-z and colours are as grep has them" {
	"$ASYNCGREP" -z -C0 -m1 a.py 2>/dev/null | tr '\0' '|' >"$BATS_TEST_TMPDIR/out" || true
	[ "$(cut -c 1-12 "$BATS_TEST_TMPDIR/out" | paste -sd' ')" = 'a.py|5:5: er a.py|5-    o' ]
	run_asyncgrep -C0 -m1 --color always a.py
	[ "${lines[1]}" = $'\e[35ma.py\e[m\e[36m-\e[m\e[32m5\e[m\e[36m-\e[m    open(p)' ] || show
}

@test "the lines are the same for any number of threads and any target" {
	for i in $(seq 50); do
		cp a.py "copy$i.py"
	done
	commit_all
	[ "$(asyncgrep -W -j1 2>/dev/null | cksum)" = "$(asyncgrep -W -j8 2>/dev/null | cksum)" ]
	[ "$(asyncgrep -C2 2>/dev/null | cksum)" = "$(asyncgrep -C2 --rev HEAD 2>/dev/null | cksum)" ]
}

@test "where there are no lines to show, they are refused" {
	for words in "--format json" "--format sarif" -l -L -c "--write-baseline x" --history; do
		# shellcheck disable=SC2086 # words are split on purpose
		run_asyncgrep -C1 $words
		assert_error -C
	done
	run_asyncgrep -W --format json
	assert_error -W
	run_asyncgrep -C x
	assert_error "a number from 0"
}

@test "the first and the last line end what is shown, a finding over several lines begins it" {
	printf 'import time\nasync def f(): open(p)' >ends.py
	printf 'async def f(p):\n    open(\n        p,\n    )\n' >long.py
	git add .
	[ "$(shape -C1000000 ends.py)" = "1 import time
> 2
2 async def f(): open(p)" ]
	[ "$(asyncgrep -C9 ends.py 2>/dev/null | tail -c 2 | tr '\n' '$')" = ')$' ]
	[ "$(shape -A1 long.py)" = "> 2
2     open(
3         p," ]
	run_asyncgrep -B9 -A2 --format full long.py
	[ "$(grep -c '^[1-4] | ' <<<"$output")" -eq 4 ] || show
}
