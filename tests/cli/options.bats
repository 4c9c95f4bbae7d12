#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# The command line: what is understood, what is refused, what the help says.

load helpers

setup() {
	new_repo
	printf 'async def f(p):\n    open(p)\n' >bad.py
	printf 'async def f(p):\n    await p\n' >good.py
	git add .
}

# refuses WORDS... -- PART: status 2, nothing found, one line that has PART.
refuses() {
	local words=()

	while [ "$1" != -- ]; do
		words+=("$1")
		shift
	done
	run_asyncgrep "${words[@]}"
	[ -z "$output" ] || show
	assert_error "$2"
}

@test "an unknown option is refused, and the nearest one named" {
	refuses --stagd -- "did you mean '--staged'"
	refuses --list -- "did you mean '--list-rules'"
	refuses -staged -- "did you mean '--staged'"
	refuses -list-rules -- "did you mean '--list-rules'"
	refuses --no-stagd -- "did you mean '--no-staged'"
	refuses --no-indx -- "did you mean '--no-index'"
	refuses --fromat=json -- "did you mean '--format'"
	refuses -qX -- "unknown option '-X' in '-qX'"
	refuses -X -- "unknown option '-X'; 'asyncgrep -h' lists them"
	refuses -Q -- "unknown option '-Q'; did you mean '-q'"
	refuses --q -- "unknown option '--q'; did you mean '-q'"
	refuses -n -- "unknown option '-n'; 'asyncgrep -h' lists them"
	refuses --qqqqqqqq -- "'asyncgrep -h' lists them"
}

@test "arguments are checked before anything is scanned" {
	refuses --select -- "needs an argument: LIST"
	refuses --select=, -- "empty LIST"
	refuses --quiet=1 -- "takes no argument"
	refuses -j0 -- "a number from 1"
	refuses --color=maybe -- "auto, always, never"
	refuses --format=yaml -- "full, text, json"
	refuses --fail-on=bad -- "info, warning, error, never"
	refuses "" -- "an empty path"
}

@test "options that do not go together are refused" {
	refuses --staged --no-index . -- "cannot be used together"
	refuses --staged --untracked -- "'--untracked'"
	refuses --stdin-name x -- "needs '-'"
	refuses - bad.py -- "cannot be scanned in one run"
	refuses --in any -- "there is no '-e'"
	refuses -z --format json -- "'-z'"
	refuses --list-rules bad.py -- "no path is expected"
}

@test "how findings are shown is no matter where there are none" {
	local option

	for option in -l -c --statistics -m1 -C1 -W '-o x' '--report sarif:x' '--write-baseline x'; do
		refuses --files $option -- "is about a scan, and nothing is scanned"
		refuses --list-rules $option -- "is about a scan, and nothing is scanned"
	done
	refuses --list-rules -z -- "'-z' is about a scan"
	[ ! -e x ]
}

@test "names that select nothing are refused" {
	refuses --select AG999 -- "AG999"
	refuses --ignore nonsense -- "nonsense"
	refuses --explain AG999 -- "AG999"
	refuses -e '(' -- "("
	refuses -e x --in nowhere -- "nowhere"
	refuses --patterns missing.yaml -- "missing.yaml"
}

@test "options are taken in every spelling, before and behind paths" {
	local expected
	expected=$("$ASYNCGREP" bad.py 2>/dev/null) || true
	[ -n "$expected" ]
	for words in "-j1 bad.py" "-j 1 bad.py" "bad.py --jobs=1" "--jobs 1 -- bad.py" "bad.py -vj1" \
		"--staged --no-staged bad.py" "-q --no-quiet bad.py"; do
		# shellcheck disable=SC2086 # words are split on purpose
		run_asyncgrep $words
		[ "$status" -eq 1 ] && [ "$output" = "$expected" ] || show
	done
}

@test "a word behind -- is a path" {
	printf 'async def f(p):\n    open(p)\n' >-q.py
	git add ./-q.py
	run_asyncgrep -- -q.py
	[ "$status" -eq 1 ]
	[[ "$output" == "-q.py:2:5: "* ]]
}

@test "--no-index alone scans the current folder, tracked or not" {
	mkdir new
	cp bad.py new/
	cd new
	run_asyncgrep --no-index
	[ "$status" -eq 1 ]
	[ "${#lines[@]}" -eq 1 ]
}

@test "standard input is scanned under the name it is given" {
	run_asyncgrep - --stdin-name x/y.py <bad.py
	[ "$status" -eq 1 ]
	[[ "$output" == "x/y.py:2:5: error: AG101 "* ]]
	run_asyncgrep - <bad.py
	[[ "$output" == "<stdin>:2:5: "* ]]
	run_asyncgrep - <good.py
	[ "$status" -eq 0 ]
}

@test "--select and --ignore take codes, beginnings, names, profiles and aliases" {
	printf 'import time\nasync def f(p):\n    open(p)\n    time.sleep(1)\n' >both.py
	git add both.py
	codes() {
		"$ASYNCGREP" --format json "$@" both.py 2>/dev/null | jq -r .code | paste -sd, -
	}
	[ "$(codes)" = AG101,AG601 ]
	[ "$(codes --select AG1)" = AG101 ]
	[ "$(codes --select blocking-sleep)" = AG601 ]
	[ "$(codes --select checklist)" = AG101 ]
	[ "$(codes --select ASYNC251)" = AG601 ]
	[ "$(codes --select AG101,AG601)" = AG101,AG601 ]
	[ "$(codes --select AG101 --select AG601)" = AG101,AG601 ]
	[ "$(codes --ignore AG1)" = AG601 ]
	[ "$(codes --select AG1,AG6 --ignore ASYNC230)" = AG601 ]
}

@test "-e is grep inside async def, in code" {
	printf 'def g(db):\n    db.execute(1)\nasync def f(db):\n    # db.execute(\n    x = "db.execute("\n    db.execute(2)\n' >db.py
	git add db.py
	run_asyncgrep -e 'db\.execute\('
	[ "${#lines[@]}" -eq 1 ] || show
	[[ "$output" == "db.py:6:5: "* ]]
	run_asyncgrep -e 'db\.execute\(' --in any
	[ "${#lines[@]}" -eq 2 ] || show
	[[ "$output" == "db.py:2:5: "*"db.py:6:5: "* ]]
}

@test "--files lists what would be scanned, with -z as it is" {
	printf 'x = 1\n' >$'new\nline.py'
	printf 'x' >readme.txt
	git add .
	run_asyncgrep --files
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = bad.py ]
	[ "${lines[1]}" = good.py ]
	[ "${lines[2]}" = 'new\x0Aline.py' ]
	[ "${#lines[@]}" -eq 3 ]
	"$ASYNCGREP" --files -z >"$BATS_TEST_TMPDIR/list"
	printf 'bad.py\0good.py\0new\nline.py\0' | cmp - "$BATS_TEST_TMPDIR/list"
}

@test "-h fits on a screen, --help says all, both on standard output" {
	run_asyncgrep -h
	[ "$status" -eq 0 ]
	[ -z "$error" ]
	[ "${#lines[@]}" -le 23 ]
	[ "$(awk 'length > 79' <<<"$output")" = "" ]
	[[ "$output" == "usage: asyncgrep "*--staged*--help* ]]
	run_asyncgrep --help
	[ "$status" -eq 0 ]
	[[ "$output" == *--stdin-name*"Exit status:"* ]]
}

@test "--version names the program and its libraries" {
	run_asyncgrep -V
	[[ $output == "asyncgrep "* ]] || show
	run_asyncgrep --version
	[ "$status" -eq 0 ]
	[[ "${lines[0]}" == "asyncgrep "[0-9]* ]]
	[[ "$output" == *PCRE2* && "$output" == *libgit2* ]]
}

@test "help and version need no repository" {
	cd "$BATS_TEST_TMPDIR"
	mkdir outside
	cd outside
	export GIT_CEILING_DIRECTORIES=$BATS_TEST_TMPDIR
	"$ASYNCGREP" -h
	"$ASYNCGREP" --help
	"$ASYNCGREP" --version
	"$ASYNCGREP" --list-rules
}

@test "--list-rules and --explain know every rule, by code and by name" {
	run_asyncgrep --list-rules
	[ "$status" -eq 0 ]
	[ "$(grep -c '^ *AG[0-9]' <<<"$output")" -eq 23 ]
	run_asyncgrep --explain AG201
	[ "$status" -eq 0 ]
	[[ "$output" == *unbounded-cancelled-await* ]]
	local by_code=$output
	run_asyncgrep --explain unbounded-cancelled-await
	[ "$output" = "$by_code" ]
}
