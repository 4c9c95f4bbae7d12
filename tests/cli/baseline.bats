#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# --write-baseline, --baseline, --prune-baseline: a file of known findings.

load helpers

setup() {
	new_repo
	write a.py "import time" "async def f():" "    time.sleep(1)" "    time.sleep(2)"
	write sub/b.py "async def g(p):" "    open(p)"
	git add .
}

lines_of() {
	[ "$status" -le 1 ] || show
	diff <(printf '%s' "${1:+$1$'\n'}") <(sed -E 's/^([^ ]*): (error|warning): ([A-Z0-9]*) .*/\1 \3/' "$BATS_TEST_TMPDIR/stdout") || show
}

@test "writing reports nothing; what is written is known" {
	run_asyncgrep --write-baseline base.jsonl
	[ "$status" -eq 0 ] && [ -z "$output" ] || show
	[[ $error == *"base.jsonl: 3 findings"* ]] || show
	diff base.jsonl - <<-'EOS'
		{"path":"a.py","code":"AG601","function":"f","text":"time.sleep(1)","ordinal":1}
		{"path":"a.py","code":"AG601","function":"f","text":"time.sleep(2)","ordinal":1}
		{"path":"sub/b.py","code":"AG101","function":"g","text":"open(p)","ordinal":1}
	EOS
	run_asyncgrep --baseline base.jsonl
	[ "$status" -eq 0 ] && [ -z "$output" ] || show
	[[ $error == *"0 findings in 0 files; 2 files scanned, 3 known"* ]] || show
}

@test "what is new is reported, and alone makes the exit status" {
	run_asyncgrep --write-baseline base.jsonl
	write a.py "import time" "# moved" "async def f():" "    time.sleep( 1 )" "    time.sleep(3)" "    time.sleep(2)  # why"
	run_asyncgrep --baseline base.jsonl
	lines_of "a.py:5:5 AG601"
	[ "$status" -eq 1 ] || show
	[[ $error == *"1 finding in 1 file; 2 files scanned, 3 known"* ]] || show
	run_asyncgrep --baseline base.jsonl --format json
	[ "$(wc -l <<<"$output")" -eq 1 ] || show
}

@test "the copy of a known finding is new" {
	run_asyncgrep --write-baseline base.jsonl
	write sub/b.py "async def g(p):" "    open(p)" "    open(p)"
	run_asyncgrep --baseline base.jsonl
	lines_of "sub/b.py:3:5 AG101"
}

@test "paths are from the top, wherever one stands" {
	cd sub
	run_asyncgrep --write-baseline base.jsonl
	grep -q '"path":"sub/b.py"' base.jsonl
	run_asyncgrep --baseline base.jsonl
	[ "$status" -eq 0 ] || show
	cd ..
	run_asyncgrep --baseline sub/base.jsonl
	[ "$status" -eq 0 ] && [ -z "$output" ] || show
}

@test "one baseline for the working tree, the index and a revision" {
	commit_all
	run_asyncgrep --write-baseline base.jsonl
	run_asyncgrep --cached --baseline base.jsonl
	[ "$status" -eq 0 ] || show
	run_asyncgrep --rev HEAD --baseline base.jsonl
	[ "$status" -eq 0 ] || show
	for target in --cached "--rev HEAD" ""; do
		run_asyncgrep $target --write-baseline other.jsonl
		diff base.jsonl other.jsonl
	done
}

@test "what is gone is named, and pruned when asked" {
	run_asyncgrep --write-baseline base.jsonl
	write a.py "import time" "async def f():" "    time.sleep(2)"
	run_asyncgrep --baseline base.jsonl
	[ "$status" -eq 0 ] || show
	grep -qxF 'asyncgrep: base.jsonl: gone: a.py: AG601 in f: time.sleep(1)' <<<"$error" || show
	grep -q '1 finding is gone.*--prune-baseline' <<<"$error" || show
	[ "$(wc -l <base.jsonl)" -eq 3 ]
	run_asyncgrep -q --baseline base.jsonl
	[ -z "$error" ] || show
	run_asyncgrep --baseline base.jsonl --prune-baseline
	[ "$status" -eq 0 ] || show
	[ "$(cut -d, -f1,4 base.jsonl)" = '{"path":"a.py","text":"time.sleep(2)"
{"path":"sub/b.py","text":"open(p)"' ]
	run_asyncgrep --baseline base.jsonl
	[[ $error != *gone* ]] || show
}

@test "of three equal findings two are known when one is gone" {
	write sub/b.py "async def g(p):" "    open(p)" "    open(p)" "    open(p)"
	run_asyncgrep --write-baseline base.jsonl
	write sub/b.py "async def g(p):" "    open(p)" "    open(p)"
	run_asyncgrep --baseline base.jsonl --prune-baseline
	[ "$(grep -c 'sub/b.py' base.jsonl)" -eq 2 ]
	run_asyncgrep --baseline base.jsonl
	[ "$status" -eq 0 ] && [[ $error != *gone* ]] || show
}

@test "findings of a deleted file are gone" {
	run_asyncgrep --write-baseline base.jsonl
	git rm -qf sub/b.py
	run_asyncgrep --baseline base.jsonl
	grep -qF 'gone: sub/b.py: AG101 in g: open(p)' <<<"$error" || show
}

@test "a finding that is suppressed now is gone" {
	run_asyncgrep --write-baseline base.jsonl
	write sub/b.py "async def g(p):" "    open(p)  # noqa"
	run_asyncgrep --baseline base.jsonl
	grep -qF 'gone: sub/b.py' <<<"$error" || show
}

@test "what was not looked at is not gone" {
	run_asyncgrep --write-baseline base.jsonl
	cp base.jsonl before
	run_asyncgrep --baseline base.jsonl --prune-baseline sub
	[[ $error != *gone* ]] || show
	run_asyncgrep --baseline base.jsonl --prune-baseline --select AG101
	[[ $error != *gone* ]] || show
	write untracked.py "async def h(p):" "    open(p)"
	run_asyncgrep --untracked --write-baseline all.jsonl
	run_asyncgrep --baseline all.jsonl
	[[ $error != *gone* ]] || show
	printf '# coding: nonsense\n\xff\n' >sub/b.py
	run_asyncgrep --baseline base.jsonl --prune-baseline
	[ "$status" -eq 2 ] && [[ $error != *gone* ]] || show
	diff before base.jsonl
}

@test "branches that each bring findings are merged by git" {
	for i in 1 2 3 4 5 6 7 8 9; do
		write "m$i.py" "async def g(p):" "    open(p)"
	done
	git add .
	run_asyncgrep --write-baseline base.jsonl
	commit_all
	git checkout -qb one
	write m2.py "async def g(p):" "    open(p)" "    open(q)"
	run_asyncgrep --write-baseline base.jsonl
	commit_all
	git checkout -q main
	git checkout -qb two
	write m8.py "async def g(p):" "    open(p, 'w')"
	run_asyncgrep --write-baseline base.jsonl
	commit_all
	git merge -q one -m merge
	run_asyncgrep --baseline base.jsonl
	[ "$status" -eq 0 ] && [[ $error != *gone* ]] || show
	cp base.jsonl merged
	run_asyncgrep --write-baseline base.jsonl
	diff merged base.jsonl
}

@test "with merge=union, branches that bring findings in the same place are too" {
	write .gitattributes "base.jsonl merge=union"
	run_asyncgrep --write-baseline base.jsonl
	commit_all
	git checkout -qb one
	write sub/c.py "async def g(p):" "    open(p)"
	git add .
	run_asyncgrep --write-baseline base.jsonl
	commit_all
	git checkout -q main
	write sub/d.py "async def g(p):" "    open(p)"
	git add .
	run_asyncgrep --write-baseline base.jsonl
	commit_all
	git merge -q one -m merge
	run_asyncgrep --baseline base.jsonl
	[ "$status" -eq 0 ] && [[ $error == *"5 known"* ]] || show
}

@test "a conflict that was left in the file" {
	printf '<<<<<<< HEAD\n=======\n>>>>>>> one\n' >base.jsonl
	run_asyncgrep --baseline base.jsonl
	assert_error "base.jsonl:1: a merge conflict" "merge=union"
}

@test "odd names of files" {
	local name

	for name in $'new\nline.py' $'\xff\xfe.py' 'quote".py' $'\t.py' 'é.py'; do
		write "$name" "async def g(p):" "    open(p)"
	done
	git add .
	run_asyncgrep --write-baseline base.jsonl
	[ "$(wc -l <base.jsonl)" -eq 8 ]
	jq -e . base.jsonl >/dev/null
	grep -q '"path_base64":"//4ucHk="' base.jsonl
	run_asyncgrep --baseline base.jsonl
	[ "$status" -eq 0 ] && [[ $error == *"8 known"* ]] || show
	rm $'\xff\xfe.py' $'new\nline.py'
	run_asyncgrep --baseline base.jsonl
	grep -qF 'gone: \xFF\xFE.py: AG101' <<<"$error" || show
	grep -qF 'gone: new\x0Aline.py: AG101' <<<"$error" || show
}

@test "plain files have one too" {
	cd "$BATS_TEST_TMPDIR"
	write plain/x.py "async def g(p):" "    open(p)"
	run_asyncgrep --no-index plain --write-baseline base.jsonl
	run_asyncgrep --no-index plain --baseline base.jsonl
	[ "$status" -eq 0 ] || show
	rm plain/x.py
	run_asyncgrep --no-index plain --baseline base.jsonl
	grep -qF 'gone: plain/x.py' <<<"$error" || show
}

@test "with threads as without" {
	for i in $(seq 40); do
		write "m$i.py" "async def g(p):" "    open(p)" "    open(p)" "    open($i)"
	done
	git add .
	run_asyncgrep -j1 --write-baseline one.jsonl
	run_asyncgrep -j8 --write-baseline eight.jsonl
	diff one.jsonl eight.jsonl
	sed -i '/"ordinal":2/d' one.jsonl
	run_asyncgrep -j8 --baseline one.jsonl
	[ "$(wc -l <<<"$output")" -eq 40 ] || show
}

@test "what cannot be read or written" {
	run_asyncgrep --baseline nosuch.jsonl
	assert_error "there is no baseline 'nosuch.jsonl'" "asyncgrep --write-baseline 'nosuch.jsonl'"
	run_asyncgrep --baseline sub
	assert_error "cannot read the baseline 'sub'"
	printf '{"path":"a.py"}\n' >base.jsonl
	run_asyncgrep --baseline base.jsonl
	assert_error 'base.jsonl:1: no "code"'
	run_asyncgrep --write-baseline no/such/folder
	assert_complaint "cannot write 'no/such/folder'"
	run_asyncgrep --write-baseline sub
	assert_complaint "cannot write 'sub': Is a directory"
	run_asyncgrep --write-baseline /dev/full
	assert_complaint "cannot write '/dev/full': No space left"
	[ -c /dev/full ]
	run_asyncgrep --write-baseline x --baseline y
	assert_error "'--write-baseline'" "'--baseline'"
	run_asyncgrep --write-baseline x --since HEAD
	assert_error "'--write-baseline'" "'--since'"
	run_asyncgrep --prune-baseline
	assert_error "'--prune-baseline' needs '--baseline FILE'"
}

@test "the file is whole or as it was" {
	run_asyncgrep --write-baseline base.jsonl
	ln -s base.jsonl link
	write a.py "x = 1"
	run_asyncgrep --write-baseline link
	[ -L link ] && [ "$(wc -l <base.jsonl)" -eq 1 ]
	# A file that cannot grow: the old one stays, and nothing else.
	cp base.jsonl before
	write a.py "async def g(p):" $'    open(p)\n    open(q)\n'
	status=0
	(ulimit -f 0; trap '' XFSZ; "$ASYNCGREP" -q --write-baseline base.jsonl 2>&1 | cat >"$BATS_TEST_TMPDIR/pipe"; exit "${PIPESTATUS[0]}") || status=$?
	[ "$status" -ne 0 ]
	diff before base.jsonl
	[ -z "$(compgen -G 'base.jsonl.*')" ]
}
