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

@test "a comment that was meant to hide and cannot be read is named by the finding" {
	local comment

	for comment in 'asyncgrep: ignore' 'asyncgrep ignore[AG101] why' 'asyncgrep: ignore[] why' 'asyncgrep: ignore AG101' \
		'asyncgrep: ignore[blocking-open] why' 'asyncgrep:ignore(AG101)' 'asyncgrep: ignore[until=2027-01-01]'; do
		write a.py "async def f(p):" "    open(p)  # $comment" && git add a.py
		run_asyncgrep
		[ "$status" -eq 1 ] && [[ $output == *"use aiofiles.open (the comment in line 2 hides nothing; write: # asyncgrep: ignore[AG101] and why)" ]] ||
			{ echo "$comment"; show; }
		write a.py "async def f(p):" "    # $comment" "    open(p)" && git add a.py
		run_asyncgrep
		[[ $output == *"the comment in line 2 hides nothing"* ]] || { echo "$comment"; show; }
	done
	# Not what is about something else, or somewhere else.
	for comment in 'asyncgrep ignores this' 'asyncgrep: ignore[AG102] why' 'ignore' 'asyncgrep' 'noqa: AG102'; do
		write a.py "x = 1  # asyncgrep: ignore" "async def f(p):" "    g(p)  # asyncgrep: ignore" "    open(p)  # $comment" \
			"    # asyncgrep: ignore" && git add a.py
		run_asyncgrep
		[ "$status" -eq 1 ] && [[ $output == *"use aiofiles.open" ]] || { echo "$comment"; show; }
	done
	write a.py "async def f(p):" "    # asyncgrep: ignore" "    open(p)  # asyncgrep: ignore[AG101] why" && git add a.py
	run_asyncgrep
	[ "$status" -eq 0 ] || show
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

# codes: PLACE:CODE of what the last run found.
codes() {
	printf '%s\n' "$output" | sed -E 's/^([^:]+:[0-9]+:[0-9]+): [a-z]+: ([^ ]+) .*/\1:\2/' | paste -sd' '
}

@test "--report-unused names our codes that hide nothing, and nobody else's" {
	write a.py 'async def f(p):' \
		'    p()  # noqa: E501, AG101, ASYNC230  # flake8 needs E501' \
		'    p()  # noqa' \
		'    open(p)  # noqa: AG101, AG102' \
		'    p()  # noqa: F401' \
		'    # asyncgrep: ignore[AG601,ASYNC251] gone' \
		'    p()' \
		'    p()  # asyncgrep: ignore[XY123] of rules that are not loaded' \
		'    p()  # asyncgrep: ignore[] no code'
	git add .
	run_asyncgrep
	[ "$status" -eq 0 ]
	run_asyncgrep --report-unused
	[ "$status" -eq 1 ]
	[ "$(codes)" = 'a.py:2:24:AG001 a.py:4:29:AG001 a.py:6:25:AG001 a.py:6:31:AG001 a.py:9:10:AG001' ] || show
	[[ ${lines[0]} == 'a.py:2:24: warning: AG001 `AG101` suppresses nothing' ]] || show
}

@test "--report-unused: a code is unused only if all that it stands for was run" {
	write a.py 'async def f(p):' '    p()  # noqa: AG1' '    p()  # noqa: AG' '    p()  # asyncgrep: ignore[AG60] x' \
		'    p()  # asyncgrep: ignore[AG105] x' '    p()  # asyncgrep: ignore[ASYNC240] x'
	git add .
	run_asyncgrep --report-unused
	[ "$(codes)" = 'a.py:4:30:AG001 a.py:6:30:AG001' ] || show
	run_asyncgrep --report-unused --select all
	[ "$(codes)" = 'a.py:2:18:AG001 a.py:3:18:AG001 a.py:4:30:AG001 a.py:5:30:AG001 a.py:6:30:AG001' ] || show
	run_asyncgrep --report-unused --select all --ignore AG601,AG103
	[ "$(codes)" = 'a.py:5:30:AG001' ] || show
}

@test "--report-unused judges nothing in a file that is not Python everywhere" {
	write a.py 'async def f(p):' '    p()  # noqa: AG101' '    x = "'
	git add .
	run_asyncgrep --report-unused
	[ "$status" -eq 0 ] || show
}

@test "what is unused counts as any finding does: severity, formats, baseline, --since, --no-suppress" {
	write a.py 'async def f(p):' '    open(p)  # noqa: AG101' '    p()  # noqa: AG101'
	commit_all
	run_asyncgrep --report-unused --fail-on error
	[ "$status" -eq 0 ] && [ "$(codes)" = 'a.py:3:18:AG001' ] || show
	run_asyncgrep --report-unused --no-suppress
	[ "$(codes)" = 'a.py:2:5:AG101 a.py:3:18:AG001' ] || show
	run_asyncgrep --report-unused --format json
	[ "$(jq -r '.code + " " + .name + " " + .severity' <<<"$output")" = 'AG001 unused-suppression warning' ] || show
	run_asyncgrep --report-unused --write-baseline known
	[ "$(jq -r '.code + " " + .text' known)" = 'AG001 AG101' ]
	run_asyncgrep --report-unused --baseline known
	[ "$status" -eq 0 ] || show
	write a.py 'async def f(p):' '' '    p()  # noqa: AG101' '    p()  # noqa: AG101'
	run_asyncgrep --report-unused --since HEAD
	[ "$status" -eq 1 ] && [ "${#lines[@]}" -eq 1 ] || show
}

@test "no comment hides what is wrong with a comment" {
	write a.py 'async def f(p):' '    p()  # noqa: AG101  # noqa  # asyncgrep: ignore[AG001,AG002]'
	git add .
	run_asyncgrep --report-unused --require-reason
	[ "$(codes)" = 'a.py:2:18:AG001 a.py:2:33:AG002' ] || show
}

@test "the rules about suppressions run when they are named, not with all others" {
	write a.py 'async def f(p):' '    p()  # asyncgrep: ignore[AG101]'
	git add .
	run_asyncgrep --select all,AG,AG0
	assert_error "'AG0'"
	run_asyncgrep --select all,AG
	[ "$status" -eq 0 ] || show
	run_asyncgrep --select default,suppressions
	[ "$(codes)" = 'a.py:2:10:AG002 a.py:2:30:AG001' ] || show
	run_asyncgrep --select AG002
	[ "$(codes)" = 'a.py:2:10:AG002' ] || show
	run_asyncgrep --report-unused --list-rules
	[[ $output == *'AG001  unused-suppression '*' warning  on '* ]] || show
	run_asyncgrep --explain unused-suppression
	[[ $output == *'take the code out of the comment'* ]]
}

@test "--require-reason asks each ignore, and each noqa that hides something" {
	write a.py 'async def f(p):' \
		'    open(p)  # asyncgrep: ignore[AG101]' \
		'    open(p)  # asyncgrep: ignore[AG101] small' \
		'    open(p)  # noqa: AG101' \
		'    open(p)  # noqa: AG101 small' \
		'    open(p)  # noqa' \
		'    p()  # noqa' \
		'    p()  # asyncgrep: ignore[AG101]  # type: ignore'
	git add .
	run_asyncgrep --require-reason
	[ "$status" -eq 1 ]
	[ "$(codes)" = 'a.py:2:14:AG002 a.py:4:14:AG002 a.py:6:14:AG002 a.py:8:10:AG002' ] || show
	[[ $error == *'5 findings suppressed'* ]] || show
}

@test "the configuration may ask for reasons, and for what is unused, where that can be told" {
	write a.py 'async def f(p):' '    p()  # asyncgrep: ignore[AG101]'
	write .asyncgrep.yaml 'require-reason: true' 'report-unused: true'
	commit_all
	run_asyncgrep
	[ "$(codes)" = 'a.py:2:10:AG002 a.py:2:30:AG001' ] || show
	run_asyncgrep --no-report-unused
	[ "$(codes)" = 'a.py:2:10:AG002' ] || show
	run_asyncgrep --no-require-reason -e nothing
	[ "$status" -eq 0 ] || show
	run_asyncgrep --no-config --report-unused -e nothing
	assert_error "'--report-unused' and '-e'"
	run_asyncgrep --report-unused --history
	assert_error "'--report-unused' and '--history'"
}

@test "per-path: codes of rules that do not run there are not unused, and AG001 is a rule as any other" {
	mkdir one two three
	write one/a.py 'async def f(p):' '    p()  # noqa: AG101,AG102'
	cp one/a.py two/b.py && cp one/a.py three/c.py
	write .asyncgrep.yaml 'report-unused: true' 'per-path:' '  one: {ignore: [AG101]}' '  two: {select: [AG101]}' \
		'  three: {ignore: [AG001]}'
	git add .
	run_asyncgrep
	[ "$(codes)" = 'one/a.py:2:24:AG001 two/b.py:2:18:AG001' ] || show
}

@test "the output is the same with one thread and with many" {
	local i
	for i in {1..40}; do
		write "a$i.py" 'async def f(p):' '    p()  # asyncgrep: ignore[AG101]' '    open(p)'
	done
	git add .
	run_asyncgrep --report-unused --require-reason -j1
	printf '%s\n' "$output" >one
	[ "${#lines[@]}" -eq 120 ]
	run_asyncgrep --report-unused --require-reason -j8
	[ "$output" = "$(cat one)" ]
}

# -- --add-ignores

@test "--add-ignores hides all findings, extends what is there, and is done once" {
	write a.py 'async def f(p):' \
		'    open(p)' \
		'    open(p)  # noqa: E501' \
		'    open(' \
		'        p)  # asyncgrep: ignore[AG601] small' \
		'    # asyncgrep: ignore[] x' \
		'    open(p)' \
		'    if p: open(p); import time; time.sleep(1)' \
		'    open(p)  # asyncgrep: ignore[AG101, until=2001-01-01] old'
	git add .
	run_asyncgrep --add-ignores --reason 'kept for now'
	[ "$status" -eq 0 ] || show
	[ "${lines[0]}" = 'a.py:2: ignore[AG101]' ] && [ "${#lines[@]}" -eq 6 ] || show
	diff - a.py <<-'EOF'
		async def f(p):
		    open(p)  # asyncgrep: ignore[AG101] kept for now
		    open(p)  # noqa: E501  # asyncgrep: ignore[AG101] kept for now
		    open(
		        p)  # asyncgrep: ignore[AG601, AG101] small
		    # asyncgrep: ignore[AG101] x
		    open(p)
		    if p: open(p); import time; time.sleep(1)  # asyncgrep: ignore[AG101, AG601] kept for now
		    open(p)  # asyncgrep: ignore[AG101, until=2001-01-01] old  # asyncgrep: ignore[AG101] kept for now
	EOF
	cp a.py once
	run_asyncgrep --add-ignores --reason again
	[ "$status" -eq 0 ] && [ -z "$output" ] && cmp a.py once || show
	run_asyncgrep
	[ "$status" -eq 0 ] || show
}

@test "--add-ignores keeps line ends, byte-order mark, encoding and mode" {
	printf '\xef\xbb\xbfasync def f(p):\r\n    open(p)\r    open(p) \n    open(p) # caf\xc3\xa9' >a.py
	printf '# coding: latin-1\nasync def f(p):\n    open(p)  # caf\xe9\n    open(p)  # caf\xe9 # asyncgrep: ignore[AG601] \xe9\n' >b.py
	chmod 750 b.py
	git add .
	run_asyncgrep --add-ignores --reason x
	[ "$status" -eq 0 ] || show
	printf '\xef\xbb\xbfasync def f(p):\r\n    open(p)  # asyncgrep: ignore[AG101] x\r    open(p)  # asyncgrep: ignore[AG101] x\n    open(p) # caf\xc3\xa9  # asyncgrep: ignore[AG101] x' | cmp - a.py
	printf '# coding: latin-1\nasync def f(p):\n    open(p)  # caf\xe9  # asyncgrep: ignore[AG101] x\n    open(p)  # caf\xe9 # asyncgrep: ignore[AG601, AG101] \xe9\n' | cmp - b.py
	[ "$(stat -c %a b.py)" = 750 ]
}

@test "--add-ignores leaves a file alone whose encoding cannot have the reason, and says so" {
	printf '# coding: latin-1\nasync def f(p):\n    open(p)  # caf\xe9\n' >a.py
	write b.py 'async def f(p):' '    open(p)'
	cp a.py before
	git add a.py b.py
	run_asyncgrep --add-ignores --reason 'für jetzt'
	[ "$status" -eq 2 ] && cmp a.py before || show
	[[ $error == *'a.py: nothing is added: its encoding cannot have the comment'* ]] || show
	grep -q 'ignore\[AG101\] für jetzt$' b.py
}

@test "--add-ignores is about what the other options choose; --until names the last day" {
	mkdir one
	write one/a.py 'import time' 'async def f(p):' '    open(p), time.sleep(1)'
	cp one/a.py b.py
	git add .
	run_asyncgrep --add-ignores --reason x --select AG101 --until 2999-01-31 -- one
	[ "$output" = 'one/a.py:3: ignore[AG101]' ] || show
	[ "$(git diff --name-only)" = one/a.py ]
	grep -q 'time.sleep(1)  # asyncgrep: ignore\[AG101, until=2999-01-31\] x$' one/a.py
	run_asyncgrep --add-ignores --reason x --ignore AG101 -q
	[ "$status" -eq 0 ] && [ -z "$output$error" ] || show
	run_asyncgrep
	[ "$(codes)" = 'b.py:3:5:AG101' ] || show
}

@test "--add-ignores reports what no comment hides" {
	write a.py 'async def f(p):' '    open(p)' '    p()  # asyncgrep: ignore[AG101]'
	git add .
	run_asyncgrep --add-ignores --reason x --report-unused
	[ "$status" -eq 1 ] && [ "${lines[0]}" = 'a.py:2: ignore[AG101]' ] || show
	[[ ${lines[1]} == 'a.py:3:30: warning: AG001 '* ]] && [ "${#lines[@]}" -eq 2 ] || show
}

@test "--add-ignores needs a reason and the working tree" {
	write a.py 'async def f(p):' '    open(p)'
	git add .
	run_asyncgrep --add-ignores
	assert_error "'--add-ignores' needs '--reason TEXT'"
	run_asyncgrep --reason x
	assert_error "'--reason' needs '--add-ignores'"
	run_asyncgrep --add-ignores --reason '...'
	assert_error 'words that say why'
	run_asyncgrep --add-ignores --reason x --until 2020-02-29
	assert_error "'--until 2020-02-29': that day is over"
	run_asyncgrep --add-ignores --reason $'a\nb'
	assert_error 'one line'
	run_asyncgrep --add-ignores --reason 'a # noqa'
	assert_error "'#'"
	run_asyncgrep --add-ignores --reason x --until 2027-02-30
	assert_error "'2027-02-30'"
	run_asyncgrep --add-ignores --reason x --staged
	assert_error "'--staged'"
	run_asyncgrep --add-ignores --reason x --no-suppress
	assert_error "'--no-suppress'"
	git diff --exit-code
}
