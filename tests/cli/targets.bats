#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# Which files are scanned: the working tree, plain files, standard input.

load helpers

setup() {
	new_repo
}

teardown() {
	[ -z "${writer:-}" ] || kill "$writer" 2>/dev/null || true
}

@test "tracked *.py and *.pyw are listed in the order of path bytes" {
	track b.py a.py a/z.py a-b.py a.b.py w.pyw c.pyi notes.txt PYTHON.PY .py
	run_asyncgrep --files
	assert_files a-b.py a.b.py a.py a/z.py b.py w.pyw
}

@test "untracked files are left out, and in with --untracked unless ignored" {
	track b.py
	write .gitignore 'ignored*' 'venv/'
	write a.py; write sub/c.py; write ignored.py; write venv/lib/d.py; write sub/ignored/e.py; write notes.txt
	run_asyncgrep --files
	assert_files b.py
	run_asyncgrep --files --untracked
	assert_files a.py b.py sub/c.py
}

@test "--untracked knows nested ignore files, info/exclude and core.excludesFile" {
	track top.py
	write sub/.gitignore '/only.py' '!back.py'
	write sub/only.py; write sub/deeper/only.py; write sub/back.py; write other.py; write mine.py
	printf 'other.py\n' >>.git/info/exclude
	write "$HOME/ignore" 'mine.py' 'back.py'
	git config --global core.excludesFile "$HOME/ignore"
	run_asyncgrep --files --untracked
	assert_files sub/back.py sub/deeper/only.py top.py
	diff <(printf '%s\n' "$output") <({ git ls-files; git ls-files -o --exclude-standard; } | grep 'py$' | sort)
}

@test "--untracked does not go into repositories of others" {
	track top.py
	git init -q inner
	write inner/x.py
	run_asyncgrep --files --untracked
	assert_files top.py
}

@test "a shebang makes Python of executables and of names without a dot" {
	write tool '#!/usr/bin/env python3' 'x = 1'
	write run.cgi '#!/usr/bin/python'
	write other.cgi '#!/usr/bin/python'
	write script '#!/bin/sh' '# python'
	write uvtool '#!/usr/bin/env -S uv run --script'
	write Makefile 'all:'
	write empty
	chmod +x run.cgi script
	git add .
	run_asyncgrep --files
	assert_files run.cgi tool uvtool
}

@test "paths are relative to the current directory, as git grep prints them" {
	track a.py sub/b.py sub/deep/c.py sub2/d.py
	cd sub
	run_asyncgrep --files
	assert_files ../a.py b.py deep/c.py ../sub2/d.py
	diff <(printf '%s\n' "$output") <(git grep -l x -- :/)
}

@test "odd names come through byte for byte" {
	local name

	for name in $'new\nline.py' $'\xff.py' 'sp ace.py' '[x].py' 'st*r.py' 'back\slash.py' '"q".py' '-dash.py' ':colon.py'; do
		track "./$name"
	done
	asyncgrep --files -z >"$BATS_TEST_TMPDIR/ours"
	git ls-files -z | cmp - "$BATS_TEST_TMPDIR/ours"
}

@test "a tracked file that is gone is no error" {
	track a.py b.py sub/c.py
	rm -r b.py sub
	run_asyncgrep --files
	assert_files a.py
}

@test "a file in the place of a folder makes its files gone" {
	track a.py sub/b.py
	rm -r sub
	echo 'x = 1' >sub
	run_asyncgrep --files
	assert_files a.py
}

@test "symbolic links are not followed" {
	write outside.txt 'x = 1'
	ln -s outside.txt link.py
	track a.py b.py
	git add .
	rm b.py
	ln -s a.py b.py
	run_asyncgrep --files
	assert_files a.py
}

@test "a folder that became a symbolic link is not entered" {
	track a.py sub/b.py sub/deep/c.py
	mv sub moved
	ln -s moved sub
	run_asyncgrep --files
	assert_files a.py
	run_asyncgrep --files --untracked
	assert_files a.py moved/b.py moved/deep/c.py
}

@test "a symbolic link that became a file is a file" {
	ln -s nowhere a.py
	git add a.py
	rm a.py
	echo 'x = 1' >a.py
	run_asyncgrep --files
	assert_files a.py
}

@test "a FIFO in the place of a file is not opened" {
	track a.py b.py
	rm b.py
	mkfifo b.py
	(exec 3>&- && echo written >b.py) &
	writer=$!
	run_asyncgrep --files
	assert_files a.py
	kill -0 "$writer" # still waits for a reader
}

@test "a FIFO in the place of a file is not read, nor waited for" {
	track a.py b.py
	rm b.py
	mkfifo b.py
	run_asyncgrep -v
	[ "$status" -eq 0 ]
	[[ $error == *"b.py: not a regular file"* ]]
}

@test "a folder in the place of a file is not entered" {
	track a.py b.py
	rm b.py
	mkdir b.py
	write b.py/c.py
	run_asyncgrep --files
	assert_files a.py
}

@test "submodules are not entered" {
	git init -q "$BATS_TEST_TMPDIR/library"
	(cd "$BATS_TEST_TMPDIR/library" && track l.py && git commit -qm l)
	track a.py
	git submodule --quiet add "$BATS_TEST_TMPDIR/library" lib.py
	git commit -qm all
	run_asyncgrep --files
	assert_files a.py
	run_asyncgrep --files --untracked
	assert_files a.py
	cd lib.py
	run_asyncgrep --files
	assert_files l.py
}

@test "--recurse-submodules lists what submodules track, as git ls-files does" {
	git init -q "$BATS_TEST_TMPDIR/inner" && (cd "$BATS_TEST_TMPDIR/inner" && track i.py s/j.py && git commit -qm i)
	git init -q "$BATS_TEST_TMPDIR/library"
	(cd "$BATS_TEST_TMPDIR/library" && track l.py gen.py && write .gitattributes '/gen.py -asyncgrep' &&
		git submodule --quiet add "$BATS_TEST_TMPDIR/inner" deep && git add . && git commit -qm l)
	track a.py m.py && write .gitattributes '/lib/l.py -asyncgrep' 'm.py linguist-generated'
	git submodule --quiet add "$BATS_TEST_TMPDIR/library" lib
	git submodule --quiet update --init --recursive
	write lib/untracked.py
	run_asyncgrep --files --recurse-submodules --no-attributes
	assert_files a.py lib/deep/i.py lib/deep/s/j.py lib/gen.py lib/l.py m.py
	diff <(printf '%s\n' "$output") <(git ls-files --recurse-submodules | grep 'py$' | LC_ALL=C sort)
	# Each repository has attributes of its own.
	run_asyncgrep --files --recurse-submodules
	assert_files a.py lib/deep/i.py lib/deep/s/j.py lib/l.py
	# What the environment says is about the outermost one.
	cp .git/index .git/other
	GIT_DIR=.git GIT_INDEX_FILE=.git/other GIT_OBJECT_DIRECTORY=.git/objects run_asyncgrep --files --recurse-submodules
	assert_files a.py lib/deep/i.py lib/deep/s/j.py lib/l.py
	run_asyncgrep --files --recurse-submodules -- lib/deep/s ':!lib/l.py'
	assert_files lib/deep/s/j.py
	cd lib/deep/s
	run_asyncgrep --files --recurse-submodules
	assert_files ../i.py j.py
	cd ../../..
	echo 'async def f(): time.sleep(1)' >lib/deep/i.py
	run_asyncgrep --recurse-submodules
	[ "$status" -eq 1 ] && [[ $output == "lib/deep/i.py:1:16: "* ]] || show
	git submodule --quiet deinit -f lib
	run_asyncgrep --recurse-submodules
	[ "$status" -eq 0 ] && [[ $error == *"1 file scanned, 2 skipped (1 submodule, 1 linguist-generated)"* ]] || show
	run_asyncgrep --recurse-submodules --cached
	assert_error "'--recurse-submodules' is about the working tree and cannot be used with '--cached'" "cd SUBMODULE"
}

@test "a submodule that cannot be read is named" {
	git init -q "$BATS_TEST_TMPDIR/library" && (cd "$BATS_TEST_TMPDIR/library" && track l.py && git commit -qm l)
	track a.py && git submodule --quiet add "$BATS_TEST_TMPDIR/library" lib
	echo garbage >.git/modules/lib/index
	run_asyncgrep --recurse-submodules
	assert_complaint "lib: the index '$PWD/.git/modules/lib/index' is broken"
	[[ $error == *"1 file scanned"* ]] || show
}

@test "a conflicted file is listed once" {
	track a.py && git commit -qm base
	git checkout -qb side && write a.py "x = 2" && git commit -qam side
	git checkout -q main && write a.py "x = 3" && git commit -qam main
	run git merge side
	[ "$status" -eq 1 ]
	run_asyncgrep --files
	assert_files a.py
}

@test "a sparse checkout leaves out what it left out" {
	track a.py sub/b.py && git commit -qm all
	git sparse-checkout set --no-cone a.py
	run_asyncgrep --files
	assert_files a.py
}

@test "a linked work tree, found from a folder in it" {
	track a.py sub/b.py && git commit -qm all
	git worktree add -q ../linked
	cd ../linked
	track c.py
	cd sub
	run_asyncgrep --files
	assert_files ../a.py ../c.py b.py
	run_asyncgrep --files --staged
	assert_files ../c.py
}

@test "an unborn branch, an empty repository, a detached HEAD" {
	run_asyncgrep --files
	assert_files
	track a.py
	run_asyncgrep --files
	assert_files a.py
	git commit -qm all
	git checkout -q --detach
	track b.py
	run_asyncgrep --files
	assert_files a.py b.py
}

@test "GIT_DIR and GIT_WORK_TREE are honoured as git does" {
	track a.py sub/b.py
	mkdir ../elsewhere
	GIT_DIR=$PWD/.git GIT_WORK_TREE=$PWD run_asyncgrep --files -- sub
	assert_files sub/b.py
	cd ../elsewhere
	# From outside, paths are those from the top of the work tree.
	GIT_DIR=../repo/.git GIT_WORK_TREE=../repo run_asyncgrep --files
	assert_files a.py sub/b.py
	# Without GIT_WORK_TREE the current directory is the work tree.
	write a.py
	GIT_DIR=../repo/.git run_asyncgrep --files
	assert_files a.py
}

@test "a relative GIT_INDEX_FILE is taken from the top of the work tree" {
	track a.py sub/b.py
	GIT_INDEX_FILE=.git/other git add sub/b.py
	cd sub
	GIT_INDEX_FILE=.git/other run_asyncgrep --files
	assert_files b.py
	GIT_INDEX_FILE=.git/other run_asyncgrep --files --staged
	assert_files b.py
	GIT_INDEX_FILE=$PWD/../.git/other run_asyncgrep --files
	assert_files b.py
}

@test "core.worktree, also where it belongs to one work tree" {
	mkdir ../there && git config core.worktree ../../there
	cd ../there
	export GIT_DIR=../repo/.git
	track a.py
	run_asyncgrep --files
	assert_files a.py
	git config core.repositoryFormatVersion 1
	git config extensions.worktreeConfig true
	git config --unset core.worktree
	git config --worktree core.worktree "$PWD"
	mkdir sub
	GIT_DIR=../../repo/.git
	cd sub
	run_asyncgrep --files
	assert_files ../a.py
}

@test "an unreadable file is named and makes the status 2" {
	[ "$(id -u)" -ne 0 ] || skip "root reads everything"
	track a.py b.py
	chmod 0 b.py
	run_asyncgrep
	assert_complaint "b.py: Permission denied"
}

@test "--no-index walks folders in order, without git" {
	cd "$BATS_TEST_TMPDIR" && rm -rf repo && mkdir plain && cd plain
	write b.py; write a/z.py; write a.py; write a-b.py; write a/notes.txt; write .git/hooks/x.py; write .hidden/h.py
	write tool '#!/usr/bin/python3'; write top.txt
	ln -s a linked; ln -s a.py link.py; mkfifo fifo.py
	run_asyncgrep --files --no-index .
	assert_files .hidden/h.py a-b.py a.py a/z.py b.py tool
	run_asyncgrep --files --no-index
	assert_files .hidden/h.py a-b.py a.py a/z.py b.py tool
	run_asyncgrep --files --no-index ./a//
	assert_files a/z.py
	cd a
	run_asyncgrep --files --no-index .. ../a/./z.py
	assert_files ../.hidden/h.py ../a-b.py ../a.py ../a/z.py ../b.py ../tool
}

@test "--no-index scans what is named, whatever its suffix, and once" {
	write notes.txt "x = 1"; write a.py; ln -s a.py link.py
	run_asyncgrep --files --no-index notes.txt a.py link.py ./a.py
	assert_files a.py link.py notes.txt
	run_asyncgrep --files --no-index . a.py
	assert_files a.py
}

@test "--no-index names what it cannot scan" {
	run_asyncgrep --files --no-index missing.py
	assert_error "missing.py: No such file or directory"
	mkfifo pipe
	run_asyncgrep --files --no-index pipe
	assert_error "pipe: neither a file nor a folder" "asyncgrep - <'pipe'"
}

@test "standard input is one file with the name it is given" {
	run_asyncgrep --files - <<<"x = 1"
	assert_files "<stdin>"
	run_asyncgrep --files --stdin-name sub/x.py - <<<"x = 1"
	assert_files sub/x.py
}
