#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# --since and --changed-lines: only what is new.

load helpers

setup() {
	new_repo
}

# code FILE LINE…: an async function with these lines as its body, below enough text that git knows the file again.
code() {
	mkdir -p "$(dirname -- "./$1")"
	{
		echo "import time"
		printf 'CONSTANT_%s = "some text to be recognised by"\n' 1 2 3 4 5 6 7 8
		echo "async def f(p, q):"
		printf '    %s\n' "${@:2}"
	} >"$1"
}

# assert_found PLACE…: the last run found these, "path:line CODE", and nothing else.
assert_found() {
	local status_wanted=$((${#@} > 0))

	[ "$status" -eq "$status_wanted" ] || show
	diff <([ $# -eq 0 ] || printf '%s\n' "$@") \
		<(sed -E 's/^(.*:[0-9]+):[0-9]+: (error|warning): ([A-Z0-9]*) .*/\1 \3/' "$BATS_TEST_TMPDIR/stdout") || show
}

# A main branch with findings in two files, and a topic branch on it.
two_branches() {
	code a.py "time.sleep(1)" "open(p)"
	code b.py "time.sleep(1)"
	commit_all
	git checkout -qb topic
}

@test "what was there is not new; an edited line is" {
	two_branches
	run_asyncgrep --since main
	assert_found
	[[ $error == *"0 files scanned"* ]] || show
	code a.py "time.sleep(2)" "open(p)"
	run_asyncgrep --since main
	assert_found "a.py:11 AG601"
	[[ $error == "1 finding in 1 file; 1 file scanned, 1 known"* ]] || show
	commit_all
	run_asyncgrep --since main
	assert_found "a.py:11 AG601"
	run_asyncgrep --since HEAD
	assert_found
}

@test "moved, reformatted and commented lines are not new" {
	two_branches
	code a.py "pass" "open(  # why" "        p," "    )" "pass; time.sleep(1)" "pass"
	run_asyncgrep --since main
	assert_found
	[[ $error == *"1 file scanned, 2 known"* ]] || show
}

@test "only files that differ are scanned, and --files lists them" {
	two_branches
	code c.py "open(q)"
	git add c.py
	code b.py "time.sleep(1)" "pass"
	run_asyncgrep --since main --files
	assert_files b.py c.py
	touch a.py # another time, the same content
	run_asyncgrep --since main --files
	assert_files b.py c.py
	run_asyncgrep --since main
	assert_found "c.py:11 AG101"
}

@test "content of the same size and time is told by its hash" {
	two_branches
	code b.py "time.sleep(2)"
	touch -r a.py b.py
	run_asyncgrep --since main
	assert_found "b.py:11 AG601"
}

@test "a copy of an old finding is new, and the one in the changed line is named" {
	two_branches
	code a.py "time.sleep(1)" "time.sleep(1)" "open(p)" "open(p)"
	run_asyncgrep --since main
	[ "$(wc -l <<<"$output")" -eq 2 ] || show
	code a.py "if q:" "    open(p)" "time.sleep(1)" "open(p)"
	run_asyncgrep --since main
	assert_found "a.py:12 AG101"
}

@test "a renamed file" {
	two_branches
	git mv a.py new.py
	run_asyncgrep --since main
	assert_found
	run_asyncgrep --staged --since main
	assert_found
	git commit -qm rename
	for target in "" --cached "--rev topic"; do
		run_asyncgrep $target --since main
		assert_found
	done
}

@test "a renamed and edited file" {
	two_branches
	mkdir sub
	git mv a.py sub/new.py
	code sub/new.py "time.sleep(1)" "open(p)" "open(q)"
	run_asyncgrep --since main
	assert_found "sub/new.py:13 AG101"
	git add .
	run_asyncgrep --staged --since main
	assert_found "sub/new.py:13 AG101"
	git commit -qm rename
	run_asyncgrep --rev HEAD --since main
	assert_found "sub/new.py:13 AG101"
	run_asyncgrep --rev HEAD --since main sub
	assert_found "sub/new.py:13 AG101"
}

@test "a copied file is no renamed one" {
	two_branches
	cp a.py copy.py
	git add .
	run_asyncgrep --since main
	assert_found "copy.py:11 AG601" "copy.py:12 AG101"
	run_asyncgrep --since main copy.py # where the pathspec hides that a.py is still there
	assert_found "copy.py:11 AG601" "copy.py:12 AG101"
	commit_all
	run_asyncgrep --rev HEAD --since main copy.py
	assert_found "copy.py:11 AG601" "copy.py:12 AG101"
}

@test "files that change their places" {
	two_branches
	cp a.py t; cp b.py a.py; mv t b.py
	run_asyncgrep --since main
	assert_found "b.py:12 AG101"
}

@test "many renamed files" {
	local i

	for i in $(seq 300); do
		code "old/m$i.py" "open(p)" "open('$i')"
	done
	commit_all
	git checkout -qb topic
	git mv old new
	code new/m7.py "open(p)" "open('7')" "open(q)"
	git add .
	run_asyncgrep --since main
	assert_found "new/m7.py:13 AG101"
}

@test "a function that gets another name makes its findings new" {
	two_branches
	sed -i 's/async def f/async def g/' a.py
	run_asyncgrep --since main
	assert_found "a.py:11 AG601" "a.py:12 AG101"
}

@test "a function that becomes async makes its findings new" {
	write a.py "def f(p):" "    open(p)"
	commit_all
	write a.py "async def f(p):" "    open(p)"
	run_asyncgrep --since HEAD
	assert_found "a.py:2 AG101"
	run_asyncgrep --since HEAD --changed-lines
	assert_found
	[[ $error == *"1 in lines that did not change"* ]] || show
}

@test "a finding whose suppression goes is new; one that is still suppressed is not" {
	code a.py "open(p)  # noqa" "open(q)  # noqa"
	commit_all
	code a.py "open(p)" "open(q)  # noqa" "pass"
	run_asyncgrep --since HEAD
	assert_found "a.py:11 AG101"
	run_asyncgrep --since HEAD --no-suppress
	assert_found
}

@test "the merge base counts, not REV itself" {
	two_branches
	code a.py "open(p)" "time.sleep(1)" "open(q)"
	commit_all
	git checkout -q main
	# Main repairs one and brings the same as topic does: neither matters.
	code a.py "pass" "open(q)"
	code b.py "pass"
	commit_all
	git checkout -q topic
	run_asyncgrep --since main
	assert_found "a.py:13 AG101"
	run_asyncgrep --rev topic --since main
	assert_found "a.py:13 AG101"
	run_asyncgrep --rev main --since topic
	assert_found "a.py:12 AG101"
}

@test "after main was merged, what came from there is not new" {
	two_branches
	code b.py "time.sleep(1)" "open(p)"
	commit_all
	git checkout -q main
	code a.py "time.sleep(1)" "open(p)" "open('main')"
	commit_all
	git checkout -q topic
	git merge -q main -m merge
	run_asyncgrep --since main
	assert_found "b.py:12 AG101"
}

@test "tags, abbreviated commits and upstreams" {
	two_branches
	git tag -a v1 -m v1
	code a.py "time.sleep(2)" "open(p)"
	commit_all
	for rev in v1 HEAD~1 "$(git rev-parse --short main)" @~1; do
		run_asyncgrep --since "$rev"
		assert_found "a.py:11 AG601"
	done
}

@test "staged changes alone" {
	two_branches
	code a.py "time.sleep(2)" "open(p)"
	git add a.py
	code a.py "time.sleep(1)" "open(p)"
	code b.py "time.sleep(3)"
	run_asyncgrep --staged --since HEAD
	assert_found "a.py:11 AG601"
	run_asyncgrep --staged --since main
	assert_found "a.py:11 AG601"
	git commit -qm a
	run_asyncgrep --staged --since main
	assert_found
}

@test "pathspecs, from a subfolder too" {
	two_branches
	code a.py "time.sleep(2)" "open(p)"
	code sub/c.py "open(q)"
	git add .
	run_asyncgrep --since main sub
	assert_found "sub/c.py:11 AG101"
	run_asyncgrep --since main ':!sub'
	assert_found "a.py:11 AG601"
	cd sub
	run_asyncgrep --since main
	assert_found "../a.py:11 AG601" "c.py:11 AG101"
}

@test "deleted files" {
	two_branches
	git rm -q a.py
	rm b.py
	run_asyncgrep --since main
	assert_found
	[[ $error == *"1 skipped (1 deleted)"* ]] || show
}

@test "untracked files are new, whatever was deleted" {
	two_branches
	code new.py "open(q)"
	run_asyncgrep --since main
	assert_found
	run_asyncgrep --untracked --since main
	assert_found "new.py:11 AG101"
	mv a.py moved.py
	run_asyncgrep --untracked --since main moved.py
	assert_found "moved.py:11 AG601" "moved.py:12 AG101"
	git rm -q --cached b.py # not tracked any more, but as it was
	run_asyncgrep --untracked --since main b.py
	assert_found
}

@test "what was a link or no Python is new" {
	two_branches
	ln -s a.py link.py
	printf 'echo\n' >tool
	chmod +x tool
	commit_all
	rm link.py
	code link.py "open('x')"
	printf '#!/usr/bin/env python3\nasync def f(p):\n    open(p)\n' >tool
	run_asyncgrep --since HEAD
	assert_found "link.py:11 AG101" "tool:3 AG101"
}

@test "on a branch without a commit everything is new" {
	code a.py "open(p)"
	git add .
	run_asyncgrep --since HEAD
	assert_found "a.py:11 AG101"
	run_asyncgrep --staged --since HEAD
	assert_found "a.py:11 AG101"
	run_asyncgrep --changed-lines
	assert_found "a.py:11 AG101"
	run_asyncgrep --since main
	assert_error "'main'"
	git commit -qm all
	git checkout -q --orphan fresh
	run_asyncgrep --since main
	assert_found "a.py:11 AG101"
}

@test "histories that have nothing in common" {
	two_branches
	git checkout -q --orphan other
	git commit -qm other
	run_asyncgrep --since main
	assert_error "'main' and 'HEAD' have no commit in common"
}

@test "revisions that are none" {
	two_branches
	run_asyncgrep --since nosuch
	assert_error "there is no revision 'nosuch'"
	run_asyncgrep --since 'HEAD^{tree}'
	assert_error "'HEAD^{tree}' is no commit"
	run_asyncgrep --since HEAD:a.py
	[ "$status" -eq 2 ] || show
	run_asyncgrep --rev 'HEAD^{tree}' --since HEAD
	assert_error "is no commit"
	run_asyncgrep --no-index . --since HEAD
	assert_error "'--since'" "'--no-index'"
	run_asyncgrep --recurse-submodules --since HEAD
	assert_error "'--since'" "'--recurse-submodules'" "git submodule foreach"
	run_asyncgrep --rev HEAD --changed-lines
	assert_error "'--changed-lines' needs '--since REV'"
}

@test "a shallow clone: as far as it goes, and how to deepen it" {
	code a.py "open(p)"
	commit_all one
	for i in 2 3 4; do
		code a.py "open(p)" "open($i)"
		git commit -qam "$i"
	done
	git checkout -qb topic HEAD~2
	code b.py "open('topic')"
	commit_all topic
	git checkout -q main
	git clone -q --no-single-branch --depth 2 "file://$PWD" ../shallow
	cd ../shallow
	# The older version is where the clone ends, and the commit before it is missing.
	run_asyncgrep --since HEAD~1
	assert_found "a.py:12 AG101"
	run_asyncgrep --since HEAD~2
	assert_error "there is no revision 'HEAD~2'" "git fetch --unshallow"
	git clone -q --no-single-branch --depth 1 "file://$OLDPWD" ../shallower
	cd ../shallower
	run_asyncgrep --since HEAD
	assert_found
	run_asyncgrep --since origin/topic
	assert_error "this clone is shallow and lacks the commit where 'origin/topic' and 'HEAD' parted" "git fetch --unshallow"
	git fetch -q --unshallow
	run_asyncgrep --since origin/topic
	assert_found "a.py:12 AG101"
}

@test "a bare repository" {
	two_branches
	code a.py "time.sleep(2)" "open(p)"
	commit_all
	git clone -q --bare . ../bare.git
	cd ../bare.git
	run_asyncgrep --rev topic --since main
	assert_found "a.py:11 AG601"
}

@test "a linked work tree" {
	two_branches
	git worktree add -q ../linked -b linked
	cd ../linked
	code a.py "time.sleep(2)" "open(p)"
	run_asyncgrep --since main
	assert_found "a.py:11 AG601"
}

@test "an older version that is damaged is no reason to keep quiet" {
	two_branches
	blob=$(git rev-parse main:a.py)
	code a.py "time.sleep(2)" "open(p)"
	rm -f ".git/objects/${blob:0:2}/${blob:2}"
	run_asyncgrep --since main
	assert_complaint "a.py: object $blob is missing"
	[ "$(wc -l <<<"$output")" -eq 2 ] || show
}

@test "an older version that is no text has no findings" {
	printf '\xff\xfea\0' >a.py
	commit_all
	code a.py "open(p)"
	run_asyncgrep --since HEAD
	assert_found "a.py:11 AG101"
}

@test "line ends that the checkout changes are no change" {
	code a.py "time.sleep(1)" "open('''a" "b''')"
	commit_all
	sed -i 's/$/\r/' a.py
	run_asyncgrep --since HEAD
	assert_found
	run_asyncgrep --changed-lines
	assert_found
}

@test "--changed-lines: the whole logical line counts" {
	two_branches
	code a.py "time.sleep(1)" "open(" "    p," "    'w'," ")" "open(q)"
	commit_all
	code a.py "time.sleep(1)" "open(" "    p," "    'r'," ")" "open(q)"
	run_asyncgrep --changed-lines
	assert_found "a.py:12 AG101"
	[[ $error == *"2 in lines that did not change"* ]] || show
	# A line that is gone from the middle, and one that is gone from between two lines.
	code a.py "time.sleep(1)" "open(" "    p," ")" "open(q)"
	run_asyncgrep --changed-lines
	assert_found "a.py:12 AG101"
	code a.py "open(" "    p," "    'w'," ")" "open(q)"
	run_asyncgrep --changed-lines
	assert_found
}

@test "--changed-lines: new or not, without --since" {
	two_branches
	code a.py "time.sleep(1)" "open( p )" "open(q)"
	run_asyncgrep --changed-lines
	assert_found "a.py:12 AG101" "a.py:13 AG101"
	run_asyncgrep --changed-lines --since main
	assert_found "a.py:13 AG101"
	git add .
	run_asyncgrep --staged --changed-lines
	assert_found "a.py:12 AG101" "a.py:13 AG101"
	code new.py "open(p)"
	git add .
	run_asyncgrep --changed-lines new.py
	assert_found "new.py:11 AG101"
}

@test "odd names of files" {
	local name

	for name in $'new\nline.py' $'\xff\xfe.py' 'quote".py'; do
		code "$name" "open(p)"
	done
	commit_all
	git mv $'\xff\xfe.py' $'\xfd.py'
	for name in $'new\nline.py' $'\xfd.py' 'quote".py'; do
		code "$name" "open(p)" "open(q)"
	done
	git add .
	run_asyncgrep --since HEAD
	[ "$(grep -c AG101 <<<"$output")" -eq 3 ] || show
	[[ $error == *"3 known"* ]] || show
}

@test "both sides of a conflict are compared" {
	two_branches
	code a.py "time.sleep(2)" "open(p)"
	commit_all
	git checkout -q main
	code a.py "time.sleep(3)" "open(p)"
	commit_all
	git merge topic || true
	run_asyncgrep --staged --since HEAD
	assert_found "a.py:11 AG601"
}

@test "together with a baseline" {
	two_branches
	code a.py "time.sleep(2)" "open(p)"
	run_asyncgrep --write-baseline base.jsonl
	code a.py "time.sleep(2)" "open(p)" "open(q)"
	run_asyncgrep --since main --baseline base.jsonl
	assert_found "a.py:13 AG101"
	[[ $error == *"2 known"* && $error != *gone* ]] || show
}

@test "with threads as without" {
	for i in $(seq 60); do
		code "m$i.py" "open(p)" "open(p)" "open($i)"
	done
	commit_all
	for i in $(seq 60); do
		code "m$i.py" "open(p)" "open(q)" "open(p)" "open(p)" "open($i)"
	done
	run_asyncgrep -j1 --since HEAD
	cp "$BATS_TEST_TMPDIR/stdout" ../one
	run_asyncgrep -j8 --since HEAD
	diff ../one "$BATS_TEST_TMPDIR/stdout"
	[ "$(wc -l <../one)" -eq 120 ]
}
