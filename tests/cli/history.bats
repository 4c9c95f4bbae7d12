#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# --history: every version of every file, who brought a finding in, who
# removed it.

load helpers

setup() {
	new_repo
}

# func NAME… as lines of an async function that opens a file, one each.
func() {
	local name

	for name; do
		printf 'async def %s(p):\n    open(p)\n' "$name"
	done
}

commit() {
	git add -A . && git commit -qm "$1"
}

# at MESSAGE: the id of the commit with that subject.
at() {
	git log --all --format='%H %s' | sed -n "s/ $1\$//p"
}

# findings ARG…: "FUNCTION path commit-subject removed-subject" a line, in the order of the output.
findings() {
	run_asyncgrep --format json "$@"
	[ "$status" -le 1 ] || show
	python3 -c '
import json, subprocess, sys
def subject(commit):
    return subprocess.check_output(["git", "log", "-1", "--format=%s", commit], text=True).strip() if commit else "-"
for line in sys.stdin:
    f = json.loads(line)
    print(f["function"], f["path"], subject(f["commit"]), subject(f["removed_in"]))
' <"$BATS_TEST_TMPDIR/stdout"
}

@test "each finding has the commit that brought it in and the one that removed it" {
	func one >a.py && commit c1
	{ echo "# moved"; func one two; } >a.py && commit c2
	func two >a.py && commit c3
	func two one >a.py && commit c4
	run findings --history
	[ "$output" = "one a.py c4 -
two a.py c2 -
one a.py c1 c3" ] || { echo "$output"; false; }
	# The same with one thread and with many.
	run_asyncgrep --history -j1 && one=$output || one=$output
	run_asyncgrep --history -j8 || true
	[ "$output" = "$one" ]
}

@test "the text is COMMIT:path:line:column, which git show takes" {
	mkdir sub && func one >sub/a.py && commit c1
	git rm -q sub/a.py && git commit -qm c2
	run_asyncgrep --history
	[ "$status" -eq 1 ] || show
	[[ $output == "$(at c1 | cut -c-12):sub/a.py:2:5: error: AG101 "*" [removed in $(at c2 | cut -c-12)]" ]] || show
	git show "$(cut -d: -f1,2 <<<"$output")" | sed -n 2p | grep -q open
	[[ $error == "1 finding in 1 version; 1 version scanned"* ]] || show
	run_asyncgrep --history --format full
	[[ $output == *"--> $(at c1 | cut -c-12):sub/a.py:2:5 in one (removed in $(at c2 | cut -c-12))"* ]] || show
	cd sub 2>/dev/null || mkdir sub && cd sub
	run_asyncgrep --history
	[[ $output == *":sub/a.py:2:5:"* ]] || show
}

@test "what moves to another file is not new, be it renamed or not" {
	func one two >a.py && commit c1
	git mv a.py b.py && git commit -qm rename
	func two >b.py && { echo "x = 1"; func one; } >c.py && commit split
	git rm -q c.py && git commit -qm gone
	run findings --history
	[ "$output" = "one a.py c1 gone
two a.py c1 -" ] || { echo "$output"; false; }
}

@test "equal findings in one function are counted" {
	printf 'async def f(p):\n    open(p)\n' >a.py && commit c1
	printf 'async def f(p):\n    open(p)\n    open(p)\n' >a.py && commit c2
	run findings --history
	[ "$output" = "f a.py c2 -
f a.py c1 -" ] || { echo "$output"; false; }
}

@test "merges: branches brought it in, a merge only what is in none of its parents" {
	func base >a.py && commit base
	git checkout -qb side && func side >s.py && commit side
	git checkout -q main && func base main >a.py && commit main
	git merge -q --no-commit --no-ff side && func evil >e.py && git add . && git commit -qm merge
	git rm -q s.py && git commit -qm last
	run findings --history
	[ "$(sort <<<"$output")" = "base a.py base -
evil e.py merge -
main a.py main -
side s.py side last" ] || { echo "$output"; false; }
}

@test "merges: what one side removed, and what the merge itself drops" {
	func kept dropped gone >a.py && commit base
	git checkout -qb side && func kept dropped >a.py && commit side
	git checkout -q main && func fresh >b.py && commit main
	git merge -q --no-commit --no-ff side && func kept >a.py && git add . && git commit -qm merge
	git checkout -qb lost && func lost >l.py && commit lost
	git checkout -q main && git commit -q --allow-empty -m more && git merge -q -s ours -m ours lost
	run findings --history
	[ "$(sort <<<"$output")" = "dropped a.py base merge
fresh b.py main -
gone a.py base side
kept a.py base -
lost l.py lost ours" ] || { echo "$output"; false; }
}

@test "ranges: A..B, A...B, A, --all" {
	func one >a.py && commit c1
	func one two >a.py && commit c2
	func one two three >a.py && commit c3
	git checkout -q -b side HEAD~2 && func side >s.py && commit side
	git checkout -q main
	run findings --history HEAD~1..
	[ "$output" = "three a.py c3 -" ] || { echo "$output"; false; }
	run findings --history=side..main
	[ "$output" = "three a.py c3 -
two a.py c2 -" ] || { echo "$output"; false; }
	run findings --history side...main
	[ "$(sort <<<"$output")" = "side s.py side -
three a.py c3 -
two a.py c2 -" ] || { echo "$output"; false; }
	run findings --history HEAD~1
	[ "$(wc -l <<<"$output")" -eq 2 ]
	run findings --history --all
	[ "$(wc -l <<<"$output")" -eq 4 ]
	run findings --history
	[ "$(wc -l <<<"$output")" -eq 3 ]
	run_asyncgrep --history nowhere
	assert_error "there is no revision 'nowhere'"
	run_asyncgrep --history 'HEAD^{tree}'
	assert_error "is no commit, so it has no history"
	run_asyncgrep --all
	assert_error "'--all' needs '--history'"
	run_asyncgrep --history --staged
	assert_error "'--history' and '--staged' cannot be used together"
}

@test "each content is scanned once; what is not Python never" {
	local i

	for i in 1 2 3 4 5 6; do
		write a.py "x = $((i % 2))" && write "n$i.txt" "$i" && commit "c$i"
	done
	git mv a.py b.py && commit rename
	write tool '#!/usr/bin/env python3' 'x = 1' && commit tool
	write tool '#!/bin/sh' && commit shell
	run_asyncgrep --history
	[ "$status" -eq 0 ] && [[ $error == *"; 3 versions scanned"* ]] || show
}

@test "pathspecs and attributes narrow it" {
	mkdir src gen && func one >src/a.py && func two >top.py && func gen >gen/g.py && commit c1
	git rm -q src/a.py && git commit -qm c2
	run findings --history -- src
	[ "$output" = "one src/a.py c1 c2" ] || { echo "$output"; false; }
	run findings --history HEAD -- ':!src' ':!gen'
	[ "$output" = "two top.py c1 -" ] || { echo "$output"; false; }
	run_asyncgrep --history -- nowhere
	assert_error "pathspec 'nowhere' did not match any file of this history"
	write .gitattributes 'gen/** linguist-generated' && commit attributes
	run findings --history -- gen top.py
	[ "$output" = "two top.py c1 -" ] || { echo "$output"; false; }
	run findings --history --no-attributes -- gen
	[ "$output" = "gen gen/g.py c1 -" ] || { echo "$output"; false; }
}

@test "a file and a folder of one name" {
	func one >a.py && commit c1
	git rm -q a.py && mkdir a.py && func two >a.py/b.py && func three >a.py-x.py && commit c2
	git rm -rq a.py && func one >a.py && commit c3
	run findings --history
	[ "$(sort <<<"$output")" = "one a.py c1 c2
one a.py c3 -
three a.py-x.py c2 -
two a.py/b.py c2 c3" ] || { echo "$output"; false; }
}

@test "bare, packed, unborn" {
	run_asyncgrep --history
	assert_error "there is no commit yet"
	func one >a.py && commit c1 && git gc -q
	git clone -q --bare . ../bare.git
	cd ../bare.git
	run findings --history
	[ "$output" = "one a.py c1 -" ] || { echo "$output"; false; }
}

@test "a shallow clone that ends within the range is an error with the remedy" {
	func one >a.py && commit c1
	func one two >a.py && commit c2
	func one two three >a.py && commit c3
	git clone -q --depth 2 "file://$PWD" ../shallow
	cd ../shallow
	run_asyncgrep --history
	assert_error "ends before commit" "git fetch --unshallow"
	run findings --history HEAD~1..HEAD
	[ "$output" = "three a.py c3 -" ] || { echo "$output"; false; }
	git fetch -q --unshallow
	run findings --history
	[ "$(wc -l <<<"$output")" -eq 3 ]
}

@test "an object that is missing makes the status 2" {
	func one >a.py && commit c1
	func two >b.py && commit c2
	rm -f ".git/objects/$(git rev-parse HEAD:b.py | sed 's|^..|&/|')"
	run_asyncgrep --history
	assert_complaint "b.py: object $(git rev-parse HEAD:b.py) is missing"
	[[ $output == *":a.py:2:5"* ]] || show
}

@test "Ctrl-C stops it with what it has" {
	local i

	for i in $(seq 40); do
		{ func "f$i"; seq 60000 | sed 's/.*/x = f(&)/'; } >a.py && commit "c$i"
	done
	# Background jobs of a script ignore the signal unless they are told not to.
	python3 - "$ASYNCGREP" "$BATS_TEST_TMPDIR/out" <<-'EOF'
		import signal, subprocess, sys, time
		signal.signal(signal.SIGINT, signal.default_int_handler)
		for delay in (0.1, 0.05, 0.02, 0.2, 0.01):
		    scan = subprocess.Popen([sys.argv[1], "--history", "-e", "f", "--in", "any", "-j1"],
		                            stdout=open(sys.argv[2], "wb"), stderr=subprocess.PIPE)
		    time.sleep(delay)
		    scan.send_signal(signal.SIGINT)
		    errors = scan.communicate()[1].decode()
		    print(delay, scan.returncode, errors)
		    if scan.returncode == 130 and "INTERRUPTED" in errors:
		        sys.exit(0)
		sys.exit("never stopped with 130")
	EOF
	# Whole lines only.
	[ ! -s "$BATS_TEST_TMPDIR/out" ] || [ "$(tail -c 1 "$BATS_TEST_TMPDIR/out" | od -An -c | tr -d ' ')" = '\n' ]
}

@test "progress is for terminals only" {
	func one >a.py && commit c1
	run_asyncgrep --history
	[[ $error != *$'\r'* ]] && [[ $error != *$'\033'* ]] || show
}
