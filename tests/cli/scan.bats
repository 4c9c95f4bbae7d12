# SPDX-License-Identifier: MIT
#
# The main job on a repository: what is found, what is said, how it ends.

bats_require_minimum_version 1.5.0
load helpers

setup() { new_repo; }

@test "a clean repository: nothing on standard output, status 0" {
	write a.py "async def f(p):" "    return await g(p)"
	git add .
	run --separate-stderr "$ASYNCGREP"
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	[ "$stderr" = "0 findings in 0 files; 1 file scanned" ]
}

@test "findings: one line each, status 1" {
	write a.py "import json" "async def f(p):" "    with open(p) as file:" "        return json.load(file)"
	git add .
	run --separate-stderr "$ASYNCGREP"
	[ "$status" -eq 1 ]
	[[ "${lines[0]}" == "a.py:3:10: error: AG101 "* ]]
	[[ "${lines[1]}" == "a.py:4:16: error: AG102 "* ]]
	[ "${#lines[@]}" -eq 2 ]
}

@test "untracked files are not looked at unless they are asked for" {
	write a.py "async def f(p):" "    open(p)"
	write .gitignore "ignored.py"
	cp a.py ignored.py
	run "$ASYNCGREP" -q
	[ "$status" -eq 0 ]
	run --separate-stderr "$ASYNCGREP" --untracked
	[ "$status" -eq 1 ]
	[ "${#lines[@]}" -eq 1 ]
}

@test "--fail-on: warnings need not make the status 1" {
	write a.py "import asyncio" "async def f():" "    t = asyncio.create_task(g())"
	git add .
	run --separate-stderr "$ASYNCGREP"
	[ "$status" -eq 1 ]
	[[ "$output" == "a.py:3:9: warning: AG302 "* ]]
	run --separate-stderr "$ASYNCGREP" --fail-on error
	[ "$status" -eq 0 ]
	[[ "$output" == "a.py:3:9: warning: AG302 "* ]]
	run "$ASYNCGREP" -q --fail-on never
	[ "$status" -eq 0 ]
}

@test "a file that cannot be decoded is named, the rest is scanned, status 2" {
	write a.py "async def f(p):" "    open(p)"
	printf '\376\377\000a' >b.py
	git add .
	run --separate-stderr "$ASYNCGREP"
	[ "$status" -eq 2 ]
	[[ "$output" == "a.py:2:5: error: AG101 "* ]]
	[[ "$stderr" == *"b.py"*"UTF-16"* ]]
}

@test "a comment hides a finding; --no-suppress shows it" {
	write a.py "async def f(p):" "    open(p)  # noqa: ASYNC230" "    # asyncgrep: ignore[AG101] small" "    open(p)"
	git add .
	run --separate-stderr "$ASYNCGREP"
	[ "$status" -eq 0 ]
	[[ "$stderr" == *"2 findings suppressed"* ]]
	run --separate-stderr "$ASYNCGREP" --no-suppress
	[ "$status" -eq 1 ]
	[ "${#lines[@]}" -eq 2 ]
}

@test "-e greps inside async def, not in comments or strings" {
	write a.py "def f(db):" "    db.execute(1)" "async def g(db):" "    db.execute(2)  # db.execute(3)" \
		"    'db.execute(4)'" "    lambda: db.execute(5)"
	git add .
	run --separate-stderr "$ASYNCGREP" -e 'db\.execute\('
	[ "$status" -eq 1 ]
	[ "$output" = "a.py:4:5: error: e1 db.execute(2) # db.execute(3)" ]
	run --separate-stderr "$ASYNCGREP" -e 'db\.execute\(' --in any
	[ "${#lines[@]}" -eq 3 ]
}

@test "--explain takes a code, a name, or the code of another tool" {
	for word in AG101 blocking-open; do
		run --separate-stderr "$ASYNCGREP" --explain $word
		[ "$status" -eq 0 ]
		[[ "${lines[0]}" == "AG101 blocking-open "* ]]
	done
	run --separate-stderr "$ASYNCGREP" --explain ASYNC230
	[ "$status" -eq 0 ]
	[[ "$output" == *"AG101 blocking-open"*"AG103 blocking-path-io"* ]]
	run --separate-stderr "$ASYNCGREP" --explain AG1011
	[ "$status" -eq 2 ]
	[[ "$stderr" == *"did you mean 'AG101'?"* ]]
}

@test "-e with a pattern that does not compile says where" {
	run --separate-stderr "$ASYNCGREP" -e 'a(b'
	[ "$status" -eq 2 ]
	[[ "$stderr" == *"-e 'a(b': at character 4: missing closing parenthesis"* ]]
}

@test "a pattern that runs into a limit is an error, not a clean file" {
	write a.py "async def f():" "    x = '$(printf 'a%.0s' $(seq 40))'" "    $(printf 'a%.0s' $(seq 300))b"
	git add .
	run --separate-stderr "$ASYNCGREP" -e '^ *(a|aa)+$'
	[ "$status" -eq 2 ]
	[[ "$stderr" == *"a.py: e1: match limit exceeded"* ]]
}

@test "--select and --ignore take codes, prefixes, names, profiles and aliases" {
	write a.py "import time" "async def f(p):" "    open(p)" "    p.mkdir()" "    time.sleep(1)"
	git add .
	codes() {
		"$ASYNCGREP" "$@" 2>/dev/null | sed 's/.*: error: \([A-Z0-9]*\) .*/\1/' | tr '\n' ' '
	}
	[ "$(codes)" = "AG101 AG103 AG601 " ]
	[ "$(codes --select AG1)" = "AG101 AG103 " ]
	[ "$(codes --select AG1 --ignore AG103)" = "AG101 " ]
	[ "$(codes --select blocking-sleep,AG101)" = "AG101 AG601 " ]
	[ "$(codes --select checklist)" = "AG101 " ]
	[ "$(codes --select cheatsheet)" = "AG101 AG103 " ]
	[ "$(codes --select ASYNC240)" = "AG103 " ]
	run --separate-stderr "$ASYNCGREP" --select AG999
	[ "$status" -eq 2 ]
	[[ "$stderr" == *"'AG999' is no code"* ]]
}

# The cheat sheet of the team that this project began with: wrong ways under a heading that says so.
@test "the snippets of the cheat sheet are those of the document" {
	local sheet=$BATS_TEST_DIRNAME/../fixtures/cheat-sheet

	mkdir right wrong
	awk '
		/^##/ { side = /NEVER DO THIS/ ? "wrong" : "right" }
		/^```python$/ { inside = 1; file = sprintf("%s/%02d.py", side, ++n); next }
		/^```$/ { inside = 0 }
		inside { print >file }' "$sheet/cheat-sheet.md"
	[ "$(ls right wrong | grep -c py)" -eq 9 ]
	for side in right wrong; do
		sed 's/  # <- [A-Z0-9]*$//' "$sheet/$side"/*.py | sort >"$side.fixtures"
		cat "$side"/*.py | sort | diff "$side.fixtures" -
	done
	git add right wrong
	run --separate-stderr "$ASYNCGREP" right
	[ "$status" -eq 0 ] && [ -z "$output" ]
	# In the order of the document.
	run --separate-stderr "$ASYNCGREP" wrong
	[ "$status" -eq 1 ]
	[ "$(grep -o 'AG[0-9]*' <<<"$output" | tr '\n' ' ')" = "AG101 AG102 AG201 AG501 " ]
}

@test "every wrong snippet of the cheat sheet is found, every right one clean" {
	cp -r "$BATS_TEST_DIRNAME/../fixtures/cheat-sheet" .
	git add .
	run --separate-stderr "$ASYNCGREP" cheat-sheet/right
	[ "$status" -eq 0 ]
	run --separate-stderr "$ASYNCGREP" cheat-sheet/wrong
	[ "$status" -eq 1 ]
	expected=$(grep -n '# <- ' -r cheat-sheet/wrong | sed 's/^\([^:]*:[0-9]*\):.*# <- \([A-Z0-9]*\)$/\1 \2/' | sort)
	found=$(sed 's/^\([^:]*:[0-9]*\):[0-9]*: [a-z]*: \(AG[0-9]*\) .*/\1 \2/' <<<"$output" | sort)
	[ "$found" = "$expected" ]
}

@test "an empty repository was scanned: there is nothing in it" {
	run --separate-stderr "$ASYNCGREP"
	[ "$status" -eq 0 ]
	[ "${stderr_lines[0]}" = "0 findings in 0 files; 0 files scanned" ]
}

@test "nothing tracked: status 0, and a word on it" {
	write a.py "x = 1" && write notes.txt "x" && git add notes.txt
	run_asyncgrep
	[ "$status" -eq 0 ] && [[ $error == *"git tracks no Python file here"*"asyncgrep --untracked" ]] || show
	run_asyncgrep --untracked
	[[ $error != *"git tracks"* ]] || show
	run_asyncgrep -q
	[ -z "$error" ] || show
	git add a.py
	run_asyncgrep
	[[ $error != *"git tracks"* ]] || show
	run_asyncgrep notes.txt
	[ "$status" -eq 0 ] && [[ $error == *"'notes.txt': no Python file; to see what is there: asyncgrep --files --why 'notes.txt'" ]] ||
		show
	run_asyncgrep notes.txt a.py
	[[ $error != *"no Python file"* ]] || show
	write .gitattributes 'a.py -asyncgrep'
	run_asyncgrep
	[[ $error == *"1 skipped"* ]] && [[ $error != *"git tracks"* ]] || show
}

@test "a full disk is an error" {
	[ -e /dev/full ] || skip "no /dev/full here"
	write a.py "async def f(p):" "    open(p)"
	git add .
	run bash -c "'$ASYNCGREP' >/dev/full"
	[ "$status" -eq 2 ]
}
