#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# --files --why: what is left out, and why; -v names it beside a scan.

load helpers

setup() {
	new_repo
}

# assert_why PATH=REASON…: the last listing said this, in this order.
assert_why() {
	assert_files "${@/=/$'\t'}"
}

# A repository with a file for each reason that a working tree has.
make_all() {
	write library/inside.py && git -C library init -q && git -C library add . && git -C library commit -qm inside
	track a.py gone.py generated.py vendor/b.py out.py keep.py fifo.py notes.txt
	write script '#!/bin/sh'
	write .gitattributes 'generated.py linguist-generated' 'vendor/** linguist-vendored' 'out.py -asyncgrep'
	write .gitignore 'build/' '*.log'
	ln -s a.py link.py
	ln -s a.py tool
	git submodule --quiet add "$PWD/library" sub
	rm -rf library
	commit_all
	write announced.py 'x = 1' && git add -N announced.py
	write build/made.py; write b.log; write new.py; write deep/new.py; write new.txt; write newscript
	ln -s a.py newlink.py
	git init -q inner && write inner/c.py
	rm gone.py fifo.py && mkfifo fifo.py
}

@test "the working tree: each reason by its word, one line a path, in the order of --files" {
	make_all
	run_asyncgrep --files --why
	assert_why .gitattributes='not Python' .gitignore='not Python' .gitmodules='not Python' a.py=scanned \
		announced.py=scanned b.log=ignored build/=ignored deep/new.py=untracked fifo.py='not a regular file' \
		generated.py=linguist-generated gone.py=deleted inner/='another repository' keep.py=scanned \
		link.py='symbolic link' new.py=untracked new.txt='not Python' newlink.py='symbolic link' newscript=untracked \
		notes.txt='not Python' out.py=-asyncgrep script='not Python' sub=submodule tool='symbolic link' \
		vendor/b.py=linguist-vendored
	awk -F '\t' '$NF == "scanned" { print $1 }' <<<"$output" | diff - <(asyncgrep --files)
}

@test "--untracked scans what is untracked; --no-attributes what attributes keep out" {
	make_all
	run_asyncgrep --files --why --untracked --no-attributes
	assert_why .gitattributes='not Python' .gitignore='not Python' .gitmodules='not Python' a.py=scanned \
		announced.py=scanned b.log=ignored build/=ignored deep/new.py=scanned fifo.py='not a regular file' \
		generated.py=scanned gone.py=deleted inner/='another repository' keep.py=scanned \
		link.py='symbolic link' new.py=scanned new.txt='not Python' newlink.py='symbolic link' newscript='not Python' \
		notes.txt='not Python' out.py=scanned script='not Python' sub=submodule tool='symbolic link' \
		vendor/b.py=scanned
}

@test "every path that git tracks is there, in every target" {
	local target expected

	make_all
	for target in "" --cached --staged --rev=HEAD --since=HEAD --untracked; do
		run_asyncgrep --files --why $target
		[ "$status" -eq 0 ] || show
		[ "$target" = --rev=HEAD ] || expected=$(git ls-files)
		[ "$target" != --rev=HEAD ] || expected=$(git ls-tree -r --name-only HEAD)
		diff - <(cut -f 1 <<<"$output" | grep -Fxf <(git ls-files)) <<<"$expected"
		[ "$(cut -f 1 <<<"$output" | uniq -d)" = "" ] || show
	done
}

@test "pathspecs: what they do not mean is not listed, what they name is" {
	make_all
	run_asyncgrep --files --why 'v*' new.py build
	assert_why build/=ignored new.py=untracked vendor/b.py=linguist-vendored
	run_asyncgrep --files new.py
	assert_error "pathspec 'new.py' did not match any file that git tracks"
	run_asyncgrep --files --untracked build
	assert_error "pathspec 'build' did not match any file that git tracks or does not ignore"
	cd deep
	run_asyncgrep --files --why . ../sub
	assert_why new.py=untracked ../sub=submodule
}

@test "--staged, --cached and --rev: what the index and a tree have of it" {
	make_all
	write a.py 'x = 2' && write out.py 'x = 2' && git add a.py out.py && git rm -q --cached notes.txt
	run_asyncgrep --files --why --staged -- '*.py' notes.txt tool
	assert_why a.py=scanned announced.py='no content yet' fifo.py=unchanged generated.py=unchanged gone.py=unchanged \
		keep.py=unchanged link.py=unchanged out.py=-asyncgrep tool=unchanged vendor/b.py=unchanged
	run_asyncgrep --files --why --cached -- '*.py' tool sub
	assert_why a.py=scanned announced.py='no content yet' fifo.py=scanned generated.py=linguist-generated \
		gone.py=scanned keep.py=scanned link.py='symbolic link' out.py=-asyncgrep sub=submodule tool='symbolic link' \
		vendor/b.py=linguist-vendored
	run_asyncgrep --files --why --rev HEAD -- '*.py' tool sub
	assert_why a.py=scanned fifo.py=scanned generated.py=linguist-generated \
		gone.py=scanned keep.py=scanned link.py='symbolic link' out.py=-asyncgrep sub=submodule tool='symbolic link' \
		vendor/b.py=linguist-vendored
}

@test "--staged names what is unchanged in folders that are as in HEAD" {
	track a.py deep/down/b.py deep/c.py && git commit -qm all
	write deep/c.py 'x = 2' && git add .
	run_asyncgrep --files --why --staged
	assert_why a.py=unchanged deep/c.py=scanned deep/down/b.py=unchanged
}

@test "--since: unchanged files" {
	track a.py b.py c.txt && git commit -qm all
	write b.py 'x = 2' && write new.py && git add new.py
	run_asyncgrep --files --why --since HEAD
	assert_why a.py=unchanged b.py=scanned c.txt='not Python' new.py=scanned
	run_asyncgrep --files --why --rev HEAD --since HEAD
	assert_why a.py=unchanged b.py=unchanged c.txt='not Python'
}

@test "plain files and folders" {
	make_all
	run_asyncgrep --files --why --no-index .
	assert_why .gitattributes='not Python' .gitignore='not Python' .gitmodules='not Python' a.py=scanned \
		announced.py=scanned b.log='not Python' build/made.py=scanned deep/new.py=scanned \
		fifo.py='not a regular file' generated.py=scanned inner/c.py=scanned keep.py=scanned link.py='symbolic link' \
		new.py=scanned new.txt='not Python' newlink.py='symbolic link' newscript='not Python' notes.txt='not Python' \
		out.py=scanned script='not Python' sub/inside.py=scanned tool='symbolic link' vendor/b.py=scanned
	run_asyncgrep --files --why - <a.py
	assert_why '<stdin>=scanned'
}

@test "--hook and --pre-push" {
	make_all
	run_asyncgrep --files --why --hook a.py notes.txt link.py gone.py generated.py
	assert_why a.py=scanned generated.py=linguist-generated gone.py=deleted link.py='symbolic link' notes.txt='not Python'
	run_asyncgrep --files --why --pre-push <<<"refs/heads/main $(git rev-parse HEAD) refs/heads/main 0000000000000000000000000000000000000000"
	[ "$(grep -c scanned <<<"$output")" -eq 4 ] || show
	[[ $output == *$'out.py\t-asyncgrep'* && $output == *$'sub\tsubmodule'* ]] || show
}

@test "a sparse checkout" {
	track a.py sub/b.py sub/c.py sub/d.txt && git commit -qm all
	git sparse-checkout set --no-cone a.py
	write sub/c.py
	run_asyncgrep --files --why
	assert_why a.py=scanned sub/b.py='not checked out' sub/c.py=scanned sub/d.txt='not Python'
	run_asyncgrep -v
	[[ $error == *"asyncgrep: sub/b.py: not checked out"* && $error == *"1 skipped (1 not checked out)"* ]] || show
}

@test "conflicts: a path is one line, and scanned where one side of it is" {
	track a.py both.py one.py && git commit -qm base
	git checkout -qb side && write a.py "x = 2" && git mv both.py left.py && write one.py "x = 5" && git commit -qam side
	git checkout -q main && write a.py "x = 3" && git mv both.py right.py && git rm -q one.py && git commit -qam main
	run git merge side
	[ "$status" -eq 1 ]
	[[ $(git status --short) == *"DD both.py"* ]]
	run_asyncgrep --files --why --cached
	assert_why a.py=scanned both.py='deleted by both' left.py=scanned one.py=scanned right.py=scanned
	run_asyncgrep --files --why
	assert_why a.py=scanned both.py=deleted left.py=scanned one.py=scanned right.py=scanned
	run_asyncgrep --files --why --staged
	assert_why a.py=scanned both.py='deleted by both' left.py=scanned one.py=scanned right.py=unchanged
}

@test "submodules with --recurse-submodules, and one that is not checked out" {
	make_all
	write sub/.gitattributes 'gen.py linguist-generated' && write sub/gen.py && git -C sub add .
	run_asyncgrep --files --why --recurse-submodules sub
	assert_why sub/.gitattributes='not Python' sub/gen.py=linguist-generated sub/inside.py=scanned
	git submodule --quiet deinit -f sub
	run_asyncgrep --files --why --recurse-submodules sub
	assert_why sub=submodule
}

@test "odd names: -z gives the bytes, and a reason has no tab" {
	local path reason

	track $'new\nline.py' $'\xff.txt' $'t\tab.txt'
	while IFS= read -r -d '' path && IFS= read -r reason; do
		printf '%q %s\n' "$path" "$reason"
	done < <(asyncgrep --files --why -z) >"$BATS_TEST_TMPDIR/said"
	diff - "$BATS_TEST_TMPDIR/said" <<-'END'
		$'new\nline.py' scanned
		$'t\tab.txt' not Python
		$'\377.txt' not Python
	END
	run_asyncgrep --files --why
	assert_files 'new\x0Aline.py'$'\tscanned' $'t\tab.txt\tnot Python' '\xFF.txt'$'\tnot Python'
}

@test "--format json: JSON Lines, with and without --why" {
	track a.py $'\xff.txt'
	run_asyncgrep --files --why --format json
	assert_files '{"path":"a.py","scanned":true}' \
		'{"path":"�.txt","scanned":false,"reason":"not Python","path_base64":"/y50eHQ="}'
	run_asyncgrep --files --format json
	assert_files '{"path":"a.py","scanned":true}'
	run_asyncgrep --files --format text
	assert_files a.py
	# A project that wants its findings as JSON has not said a word about lists of files.
	write .asyncgrep.yaml 'format: json'
	run_asyncgrep --files
	assert_files a.py
}

@test "what cannot be listed" {
	track a.py && git commit -qm a
	run_asyncgrep --why
	assert_error "'--why' needs '--files'"
	run_asyncgrep --files --why --history
	assert_error "'--why' is about files"
	run_asyncgrep --files --format sarif
	assert_error "'--files' has the formats text and json, not sarif"
	run_asyncgrep --files --why -z --format json
	assert_error "'-z' is for paths"
}

@test "a file that cannot be looked into is an error, not left out" {
	[ "$(id -u)" -ne 0 ] || skip "root reads everything"
	write script '#!/bin/sh' && git add . && chmod 0 script
	run_asyncgrep --files --why
	[ "$status" -eq 2 ] && [ -z "$output" ] || show
	assert_complaint "script: Permission denied"
}

@test "-v names what the summary only counts, and nothing else" {
	make_all
	run_asyncgrep -v
	[ "$status" -eq 0 ] || show
	diff - <(grep '^asyncgrep: ' <<<"$error") <<-'END'
		asyncgrep: generated.py: linguist-generated
		asyncgrep: out.py: -asyncgrep
		asyncgrep: sub: submodule
		asyncgrep: vendor/b.py: linguist-vendored
		asyncgrep: fifo.py: not a regular file
		asyncgrep: gone.py: deleted
		asyncgrep: link.py: symbolic link
	END
	cd deep
	run_asyncgrep -v --cached ..
	diff - <(grep '^asyncgrep: ' <<<"$error") <<-'END'
		asyncgrep: ../generated.py: linguist-generated
		asyncgrep: ../link.py: symbolic link
		asyncgrep: ../out.py: -asyncgrep
		asyncgrep: ../sub: submodule
		asyncgrep: ../vendor/b.py: linguist-vendored
	END
	run_asyncgrep -qv ..
	[ -z "$error" ] || show
}
