#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# --cached and --rev: what git has stored, whatever stands in the working
# tree; git ls-files and git ls-tree are the reference.

load helpers

setup() {
	new_repo
}

# Three commits on main, a tag, a branch and a stash, each with other files.
make_history() {
	track one.py sub/a.py && git commit -qm first && git tag -am tag v1
	git checkout -qb topic && track topic.py && git commit -qm topic && git checkout -q main
	git rm -q one.py && track two.py sub/deep/b.py && git commit -qm second
	track three.py && git commit -qm third
	track stashed.py && git stash -q
	write work.py && rm three.py
}

# assert_as_tree REV: the files are those that git has there.
assert_as_tree() {
	run_asyncgrep --files --rev "$1"
	[ "$status" -eq 0 ] || show
	diff <(printf '%s\n' "$output") <(git ls-tree -r --full-tree --name-only "$1" | grep 'py$' | LC_ALL=C sort)
}

@test "--cached is the whole index, with its content" {
	track a.py b.py sub/c.py && git commit -qm all
	write a.py 'async def f(): time.sleep(1)' && git add a.py && write a.py 'x = 1'
	write b.py 'async def f(): time.sleep(1)' && rm sub/c.py && write new.py
	write announced.py && git add -N announced.py
	run_asyncgrep --files --cached
	assert_files a.py b.py sub/c.py
	run_asyncgrep --cached
	[ "$status" -eq 1 ] && [[ $output == "a.py:1:16: "* ]] && [ "${#lines[@]}" -eq 1 ] || show
	run_asyncgrep --cached -- sub
	[ "$status" -eq 0 ] || show
	cd sub && run_asyncgrep --files --cached -- ../b.py c.py
	assert_files ../b.py c.py
	run_asyncgrep --files --cached -- nowhere.py
	assert_error "pathspec 'nowhere.py' did not match any file that git tracks"
}

@test "--cached of a conflict is both sides, or one where they are the same" {
	track a.py both.py && git commit -qm base
	git checkout -qb side && write a.py "x = 2" && write both.py "x = 9" && git commit -qam side
	git checkout -q main && write a.py "x = 3" && write both.py "x = 9" && git commit -qam main
	run git merge side
	[ "$status" -eq 1 ]
	run_asyncgrep --files --cached
	assert_files a.py a.py both.py
}

@test "--rev takes every name of a commit, tag or tree" {
	local rev

	make_history
	for rev in HEAD main v1 v1^{} topic HEAD~1 HEAD~2 main^ @ @~1 'stash@{0}' stash 'HEAD@{0}' 'HEAD@{1}' 'HEAD@{4}~1' 'main@{1}' :/second 'HEAD^{/first}' \
		"$(git rev-parse HEAD)" "$(git rev-parse --short HEAD~1)" 'HEAD^{tree}' refs/heads/topic heads/topic tags/v1 \
		"$(git rev-parse 'HEAD~1^{tree}')" "$(git describe --long topic)"; do
		assert_as_tree "$rev"
		[ -n "$output" ]
	done
	run_asyncgrep --files --rev 'stash@{0}'
	assert_files stashed.py sub/a.py sub/deep/b.py three.py two.py
}

@test "--rev REV:FOLDER, with the paths of the repository" {
	make_history
	run_asyncgrep --files --rev HEAD:sub
	assert_files sub/a.py sub/deep/b.py
	run_asyncgrep --files --rev 'HEAD^{/second}:sub/deep/'
	assert_files sub/deep/b.py
	run_asyncgrep --files --rev HEAD:
	assert_files sub/a.py sub/deep/b.py three.py two.py
	mkdir -p sub/deep && cd sub
	run_asyncgrep --files --rev HEAD:./deep
	assert_files deep/b.py
	run_asyncgrep --files --rev HEAD:..
	assert_files a.py deep/b.py ../three.py ../two.py
	run_asyncgrep --files --rev HEAD:../..
	assert_error "'HEAD:../..' leads out of the repository"
	run_asyncgrep --files --rev HEAD:nowhere
	assert_error "'HEAD' has no folder 'nowhere'" "git ls-tree -rd --name-only HEAD"
	run_asyncgrep --files --rev HEAD:sub/a.py
	assert_error "'HEAD:sub/a.py' is a file" "asyncgrep --rev HEAD -- ':/sub/a.py'"
	run_asyncgrep --files --rev HEAD -- ':/sub/a.py'
	assert_files a.py
}

@test "pathspecs are relative to the current directory, also one that is not there" {
	make_history
	run_asyncgrep --files --rev v1 -- '*.py' ':!sub'
	assert_files one.py
	mkdir -p sub/deep && cd sub/deep
	run_asyncgrep --files --rev HEAD -- .
	assert_files b.py
	run_asyncgrep --files --rev v1
	assert_files ../../one.py ../a.py
	run_asyncgrep --files --rev v1 -- two.py
	assert_error "pathspec 'two.py' did not match any file of 'v1'" "git ls-tree -r --full-tree --name-only 'v1'"
}

@test "the content is that of the revision" {
	write a.py 'async def f(): time.sleep(1)' && git add . && git commit -qm bad
	write a.py 'x = 1' && git commit -qam good
	run_asyncgrep --rev HEAD
	[ "$status" -eq 0 ] || show
	run_asyncgrep --rev HEAD~1
	[ "$status" -eq 1 ] && [[ $output == "a.py:1:16: error: AG601 "* ]] || show
}

@test "shebangs, links, modes and odd names are as in the working tree" {
	git init -q "$BATS_TEST_TMPDIR/library" && (cd "$BATS_TEST_TMPDIR/library" && track l.py && git commit -qm l)
	write tool '#!/usr/bin/env python3' && write script '#!/bin/sh' && write run.cgi '#!/usr/bin/python' && chmod +x run.cgi
	write plain.cgi '#!/usr/bin/python'
	track a.py a/z.py a-b.py $'tab\t.py' 'ü.py' && ln -s a.py link.py
	git submodule --quiet add "$BATS_TEST_TMPDIR/library" lib.py
	commit_all
	run_asyncgrep --files
	local here=$output
	for target in --cached --rev=HEAD; do
		run_asyncgrep --files "$target"
		[ "$status" -eq 0 ] && [ "$output" = "$here" ] || show
		run_asyncgrep "$target"
		[[ $error == *"2 skipped (1 symbolic link, 1 submodule)"* ]] || show
	done
	grep -qx tool <<<"$here" && grep -qx run.cgi <<<"$here" && ! grep -q plain <<<"$here"
}

@test "a bare repository, from its folder and by GIT_DIR" {
	make_history
	git clone -q --bare . ../bare.git
	cd ../bare.git
	assert_as_tree HEAD
	assert_as_tree topic
	run_asyncgrep --files --rev HEAD -- sub ':!sub/deep'
	assert_files sub/a.py
	cd refs && assert_as_tree v1
	cd / && GIT_DIR=$BATS_TEST_TMPDIR/bare.git run_asyncgrep --files --rev HEAD
	assert_files sub/a.py sub/deep/b.py three.py two.py
	run_asyncgrep --files --rev HEAD
	assert_error "not a git repository"
	cd "$BATS_TEST_TMPDIR/bare.git"
	run_asyncgrep --cached
	assert_error "is bare" "asyncgrep --rev HEAD"
	GIT_INDEX_FILE=$PWD/an-index git read-tree HEAD
	GIT_INDEX_FILE=$PWD/an-index run_asyncgrep --files --cached
	assert_files sub/a.py sub/deep/b.py three.py two.py
}

@test "a revision needs no index" {
	track a.py && git commit -qm all
	echo garbage >.git/index
	run_asyncgrep --files --rev HEAD
	assert_files a.py
}

@test "in a linked work tree HEAD is its own" {
	make_history
	git worktree add -q ../linked topic
	cd ../linked
	run_asyncgrep --files --rev HEAD
	assert_files one.py sub/a.py topic.py
	run_asyncgrep --files --rev main
	assert_files sub/a.py sub/deep/b.py three.py two.py
	run_asyncgrep --files --cached
	assert_files one.py sub/a.py topic.py
}

@test "a revision that does not exist, and the nearest that does" {
	make_history
	run_asyncgrep --rev topc
	assert_error "there is no revision 'topc'; did you mean 'topic'?"
	run_asyncgrep --rev zzzzzz
	assert_error "there is no revision 'zzzzzz' here" "git branch --all"
	run_asyncgrep --rev HEAD~77
	assert_error "HEAD~77" "git log"
	run_asyncgrep --rev main..topic
	assert_error "'main..topic' is no name of one revision" "git help revisions"
	for rev in '' HEAD^@ HEAD^! ^HEAD; do
		run_asyncgrep --rev "$rev"
		assert_error "'$rev' is no name of one revision" "git help revisions"
	done
	run_asyncgrep --rev 'HEAD@{99}'
	assert_error "the log of HEAD does not go back to 'HEAD@{99}'" "git reflog"
	run_asyncgrep --rev 'HEAD@{yesterday}'
	assert_error "asyncgrep --rev \"\$(git rev-parse 'HEAD@{yesterday}')\""
	run_asyncgrep --rev "$(git rev-parse HEAD:two.py)"
	assert_error "is a file's content, not a revision" "asyncgrep --rev HEAD -- FILE"
	run_asyncgrep --rev HEAD --staged
	assert_error "'--rev' and '--staged' cannot be used together"
	run_asyncgrep --rev HEAD --untracked
	assert_error "'--untracked' is about the working tree and cannot be used with '--rev'"
	git clone -q . ../clone && cd ../clone
	run_asyncgrep --rev topic
	assert_error "did you mean 'origin/topic'?"
	assert_as_tree origin/topic
	git init -q ../unborn && cd ../unborn
	run_asyncgrep --rev HEAD
	assert_error "'HEAD': there is no commit yet" "asyncgrep --cached"
}

@test "a name that is short for several objects" {
	local i prefix

	track a.py && git commit -qm all
	for i in $(seq 700); do
		printf 'x = %d\n' "$i" | git hash-object -w --stdin
	done | cut -c 1-4 | sort | uniq -d | head -n 1 >"$BATS_TEST_TMPDIR/prefix"
	prefix=$(cat "$BATS_TEST_TMPDIR/prefix")
	[ -n "$prefix" ]
	run_asyncgrep --rev "$prefix"
	assert_error "'$prefix' could be several objects" "git rev-parse --disambiguate=$prefix"
}

@test "packed references and objects" {
	make_history
	git pack-refs --all && git repack -adq && git prune-packed
	[ ! -e .git/refs/heads/topic ]
	assert_as_tree topic
	assert_as_tree v1
	assert_as_tree 'stash@{0}'
	write two.py 'y = 1' && git add two.py
	run_asyncgrep --files --staged
	assert_files two.py
}

@test "a shallow clone has what it has" {
	make_history
	git clone -q --depth 1 "file://$PWD" ../shallow && cd ../shallow
	assert_as_tree HEAD
	run_asyncgrep --files --rev HEAD~1
	assert_error "there is no revision 'HEAD~1' in this shallow clone" "git fetch --unshallow"
	git fetch -q --unshallow
	assert_as_tree HEAD~1
	write two.py 'y = 1' && git add two.py
	run_asyncgrep --files --staged
	assert_files two.py
}

@test "blobs and trees that a partial clone left out" {
	local filter object

	make_history
	git config uploadpack.allowFilter true && git config uploadpack.allowAnySHA1InWant true
	git clone -q --no-checkout --filter=blob:none "file://$PWD" ../blobless && cd ../blobless
	object=$(git rev-parse HEAD:two.py)
	run_asyncgrep --rev HEAD
	assert_complaint "two.py: object $object is not in this partial clone" "git cat-file -e $object"
	git checkout -q main
	run_asyncgrep --rev HEAD
	[ "$status" -eq 0 ] || show
	git clone -q --no-checkout --filter=tree:0 "file://$BATS_TEST_TMPDIR/repo" ../treeless && cd ../treeless
	object=$(git -C ../repo rev-parse 'HEAD^{tree}')
	run_asyncgrep --rev HEAD
	assert_error "object $object is not in this partial clone" "git cat-file -e $object"
	git cat-file -e "$object"
	run_asyncgrep --rev HEAD
	assert_complaint "two.py: object" "is not in this partial clone"
}

@test "objects of alternates" {
	make_history
	git clone -q --shared . ../borrower && cd ../borrower
	[ -z "$(git count-objects | grep -v '^0')" ]
	assert_as_tree HEAD~1
	run_asyncgrep --files --cached
	assert_files sub/a.py sub/deep/b.py three.py two.py
}
