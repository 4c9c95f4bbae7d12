#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# --staged: what the next commit would change, as the index has it; in hooks
# that git itself runs.

load helpers

setup() {
	new_repo
}

# A hook that notes what would be scanned, and lets the commit pass.
install_hook() {
	mkdir -p "$(git rev-parse --git-path hooks)"
	cat >"$(git rev-parse --git-path hooks)/pre-commit" <<-EOS
		#!/bin/sh
		timeout 20 "$ASYNCGREP" --staged --files >"$BATS_TEST_TMPDIR/seen" 2>&1
		echo "status \$?" >>"$BATS_TEST_TMPDIR/seen"
	EOS
	chmod +x "$(git rev-parse --git-path hooks)/pre-commit"
}

# assert_seen FILE…: the hook saw these, and the status was 0.
assert_seen() {
	diff <(printf '%s\n' "$@" "status 0") "$BATS_TEST_TMPDIR/seen"
}

@test "paths that differ from HEAD, with their index content" {
	track a.py b.py sub/c.py gone.py && git commit -qm all
	write a.py "x = 2" && git add a.py && write a.py "x = 1"  # the same as HEAD again, but only here
	write b.py "x = 2"                                        # not staged
	track new.py && rm new.py                                 # staged, and gone from the work tree
	git rm -q gone.py
	run_asyncgrep --staged --files
	assert_files a.py new.py
	diff <(printf '%s\n' "$output") <(git diff --cached --name-only --diff-filter=d)
}

@test "without a commit, all of the index" {
	track a.py sub/b.py
	write c.py
	run_asyncgrep --staged --files
	assert_files a.py sub/b.py
	git commit -qm all
	run_asyncgrep --staged --files
	assert_files
	git checkout -q --orphan fresh
	run_asyncgrep --staged --files
	assert_files a.py sub/b.py
}

@test "mode changes and renames are changes, announced files are not" {
	track a.py old.py deleted.py && git commit -qm all
	git update-index --chmod=+x a.py
	git mv old.py renamed.py
	write announced.py && git add -N announced.py
	run_asyncgrep --staged --files
	assert_files a.py renamed.py
	diff <(printf '%s\n' "$output") <(git diff --cached --name-only --no-renames --diff-filter=d)
}

@test "files and folders that took each other's place" {
	track a.py b.py/c.py a/x.py && git commit -qm all
	git rm -rq a.py b.py
	track a.py/inner.py b.py
	run_asyncgrep --staged --files
	assert_files a.py/inner.py b.py
}

@test "links and submodules are passed by" {
	git init -q "$BATS_TEST_TMPDIR/library"
	(cd "$BATS_TEST_TMPDIR/library" && track l.py && git commit -qm l)
	track a.py && ln -s a.py link.py && git add link.py
	git submodule --quiet add "$BATS_TEST_TMPDIR/library" lib.py
	run_asyncgrep --staged --files
	assert_files a.py
}

@test "the first line of the index content says whether it is Python" {
	write tool '#!/usr/bin/env python3' && git add tool
	write tool '#!/bin/sh'
	write other '#!/bin/sh' && git add other
	write other '#!/usr/bin/env python3'
	run_asyncgrep --staged --files
	assert_files tool
}

@test "pathspecs narrow it; a deleted file may be named" {
	track a.py sub/b.py gone.py && git commit -qm all
	write a.py "x = 2" && write sub/b.py "x = 2" && git rm -q gone.py && git add .
	run_asyncgrep --staged --files -- sub
	assert_files sub/b.py
	run_asyncgrep --staged --files -- gone.py
	assert_files
	run_asyncgrep --staged --files -- nowhere.py
	assert_error "pathspec 'nowhere.py' did not match any file that git tracks"
	cd sub
	run_asyncgrep --staged --files
	assert_files ../a.py b.py
}

@test "of a conflict both sides that differ from HEAD" {
	track a.py both.py && git commit -qm base
	git checkout -qb side && write a.py "x = 2" && write both.py "x = 9" && git commit -qam side
	git checkout -q main && write a.py "x = 3" && write both.py "x = 9" && git commit -qam main
	run git merge side
	[ "$status" -eq 1 ]
	run_asyncgrep --staged --files
	assert_files a.py # theirs; ours is HEAD's
}

@test "many folders: the same as git diff --cached" {
	local i

	for i in $(seq 40); do
		write "p$((i % 7))/q$((i % 3))/f$i.py" "x = $i"
	done
	write p1.py; write p1-x/y.py
	commit_all
	for i in 3 17 21 38; do
		echo "y = 1" >>"p$((i % 7))/q$((i % 3))/f$i.py"
	done
	git rm -rq p2/q0
	track p1/new.py p9/q/r/new.py
	git add -u
	run_asyncgrep --staged --files
	diff <(printf '%s\n' "$output") <(git diff --cached --name-only --no-renames --diff-filter=d)
	[ "$(wc -l <<<"$output")" -ge 5 ]
	# Some folders of HEAD are known to be as they were, others not.
	git write-tree >/dev/null
	run_asyncgrep --staged --files
	diff <(printf '%s\n' "$output") <(git diff --cached --name-only --no-renames --diff-filter=d)
	git update-index --index-version 4
	echo "y = 1" >>p3/q1/f10.py
	git add -u
	run_asyncgrep --staged --files
	diff <(printf '%s\n' "$output") <(git diff --cached --name-only --no-renames --diff-filter=d)
}

@test "packed and alternate objects are found" {
	track a.py b.py && git commit -qm all
	git gc -q
	git clone -q --shared . ../borrower
	cd ../borrower
	write a.py "x = 2"
	git add a.py
	run_asyncgrep --staged --files
	assert_files a.py
}

@test "GIT_OBJECT_DIRECTORY and alternates, as git sets them for a quarantine" {
	track a.py && git commit -qm all
	mkdir ../quarantine
	export GIT_OBJECT_DIRECTORY=$BATS_TEST_TMPDIR/quarantine GIT_ALTERNATE_OBJECT_DIRECTORIES=$PWD/.git/objects
	write tool '#!/usr/bin/env python3' && git add tool
	run_asyncgrep --staged --files
	assert_files tool
}

@test "git commit" {
	track a.py b.py && git commit -qm all
	install_hook
	write a.py "x = 2" && write b.py "x = 2" && git add a.py
	git commit -qm change
	assert_seen a.py
}

@test "git commit -a, from a subfolder" {
	track a.py sub/b.py c.py && git commit -qm all
	install_hook
	write a.py "x = 2" && write sub/b.py "x = 2" && write untracked.py
	cd sub
	git commit -qam change
	assert_seen a.py sub/b.py
}

@test "git commit PATH leaves out what else is staged" {
	track a.py b.py c.py && git commit -qm all
	install_hook
	write a.py "x = 2" && write b.py "x = 2" && git add a.py
	git commit -qm change b.py
	assert_seen b.py
	git diff --cached --name-only | grep -qx a.py
}

@test "git commit --amend sees what HEAD does not have" {
	track a.py && git commit -qm all
	install_hook
	track b.py
	git commit -q --amend --no-edit
	assert_seen b.py
}

@test "the first commit, and a merge" {
	install_hook
	track a.py
	git commit -qm first
	assert_seen a.py
	git checkout -qb side
	track s.py && git commit -qm side
	git checkout -q main
	track m.py && git commit -qm main
	cp .git/hooks/pre-commit .git/hooks/pre-merge-commit
	git merge -q --no-edit side
	assert_seen s.py
}

@test "a hook in a linked work tree" {
	track a.py && git commit -qm all
	install_hook
	git worktree add -q ../linked
	cd ../linked
	track sub/b.py
	cd sub
	git commit -qm linked
	assert_seen sub/b.py
}

@test "a hook in a submodule" {
	git init -q "$BATS_TEST_TMPDIR/library"
	(cd "$BATS_TEST_TMPDIR/library" && track l.py && git commit -qm l)
	track a.py
	git submodule --quiet add "$BATS_TEST_TMPDIR/library" lib
	git commit -qm all
	cd lib
	install_hook
	track n.py
	git commit -qm new
	assert_seen n.py
}

@test "a merge with a conflict, committed" {
	track a.py b.py && git commit -qm base
	git checkout -qb side && write a.py "x = 2" && track s.py && git commit -qam side
	git checkout -q main && write a.py "x = 3" && write b.py "x = 3" && git commit -qam main
	install_hook
	run git merge side
	[ "$status" -eq 1 ]
	write a.py "x = 5" && git add a.py
	git commit -q --no-edit
	assert_seen a.py s.py
}

@test "a rebase: its commands, a conflict that is continued, a commit that is edited" {
	track a.py && git commit -qm base
	git checkout -qb side && write a.py "x = 2" && git commit -qam one && track two.py && git commit -qm two
	git checkout -q main && write a.py "x = 3" && git commit -qam main
	git checkout -q side
	install_hook
	run git rebase main
	[ "$status" -eq 1 ]
	run_asyncgrep --files --staged
	assert_files a.py # theirs; ours is HEAD's
	write a.py "x = 5" && git add a.py
	git commit -qm resolved
	assert_seen a.py
	GIT_EDITOR=true git rebase --continue
	track three.py && git commit -qm three
	# Nothing is staged between the commits, and a change that a command makes is seen.
	git rebase -q --exec "timeout 20 $ASYNCGREP --files --staged >$BATS_TEST_TMPDIR/between" main
	[ ! -s "$BATS_TEST_TMPDIR/between" ]
	GIT_SEQUENCE_EDITOR='sed -i "s/^pick \(.*two\)$/edit \1/"' git rebase -q -i main
	write two.py "x = 7" && git add two.py
	git commit -q --amend --no-edit
	assert_seen two.py
	git rebase --continue
}

@test "cherry-pick and revert" {
	track a.py && git commit -qm base
	git checkout -qb side && track s.py && git commit -qm side && git checkout -q main
	install_hook
	git cherry-pick -n side
	run_asyncgrep --files --staged
	assert_files s.py
	git commit -qm picked
	assert_seen s.py
	git revert -n HEAD
	git commit -qm reverted
	assert_seen
}

@test "git commit PATH and --amend from a subfolder of a linked work tree" {
	track a.py sub/b.py sub/c.py && git commit -qm all
	install_hook
	git worktree add -q ../linked && cd ../linked
	write a.py "x = 2" && git add a.py && write sub/b.py "x = 2" && write sub/c.py "x = 2"
	cd sub
	git commit -qm change b.py
	assert_seen sub/b.py
	git commit -q --amend --no-edit c.py
	# Without the commit that is amended: HEAD is still there.
	assert_seen sub/c.py
	git commit -qam rest
	assert_seen a.py
}

@test "git commit -a and PATH in a submodule" {
	git init -q "$BATS_TEST_TMPDIR/library"
	(cd "$BATS_TEST_TMPDIR/library" && track l.py sub/m.py && git commit -qm l)
	git submodule --quiet add "$BATS_TEST_TMPDIR/library" lib && git commit -qm all
	cd lib
	install_hook
	write l.py "x = 2" && write sub/m.py "x = 2"
	cd sub
	git commit -qm one m.py
	assert_seen sub/m.py
	git commit -qam two
	assert_seen l.py
	cd ../..
	install_hook
	track outer.py && git add lib
	git commit -qm outer
	assert_seen outer.py
}

@test "git commit with GIT_DIR, GIT_WORK_TREE and GIT_INDEX_FILE of the user's own" {
	track a.py sub/b.py && git commit -qm all
	install_hook
	mv .git ../elsewhere
	write a.py "x = 2" && write sub/b.py "x = 2"
	export GIT_DIR=$BATS_TEST_TMPDIR/elsewhere GIT_WORK_TREE=$PWD
	cd sub
	git commit -qm one b.py
	assert_seen sub/b.py
	cd /
	GIT_INDEX_FILE=$BATS_TEST_TMPDIR/index git read-tree HEAD
	GIT_INDEX_FILE=$BATS_TEST_TMPDIR/index git commit -qam two
	assert_seen a.py
}

@test "git commit with GIT_OBJECT_DIRECTORY and alternates" {
	track a.py && git commit -qm all
	install_hook
	mkdir ../objects
	export GIT_OBJECT_DIRECTORY=$BATS_TEST_TMPDIR/objects GIT_ALTERNATE_OBJECT_DIRECTORIES=$PWD/.git/objects
	write tool '#!/usr/bin/env python3' && git add tool && write a.py "x = 2"
	git commit -qam change
	assert_seen a.py tool
}

@test "git commit with GIT_COMMON_DIR, as in a linked work tree" {
	track a.py && git commit -qm all
	install_hook
	git worktree add -q ../linked && cd ../linked
	write a.py "x = 2"
	GIT_DIR=$(git rev-parse --absolute-git-dir) GIT_COMMON_DIR=$(git rev-parse --git-common-dir) git commit -qam change
	assert_seen a.py
}

@test "what the index says of trees is not believed when it is wrong" {
	local count

	track p/a.py p/b.py q/c.py && git commit -qm all
	write q/c.py "x = 2" && git add q/c.py
	run_asyncgrep --files --staged
	assert_files q/c.py
	for count in 1 3 9; do
		python3 - "$count" <<-'EOS'
			import hashlib, sys
			data = open(".git/index", "rb").read()[:-20]
			at = data.index(b"p\0", data.index(b"TREE"))
			end = data.index(b" ", at)
			data = data[:at] + b"p\0" + sys.argv[1].encode() + data[end:]
			open(".git/wrong", "wb").write(data + hashlib.sha1(data).digest())
		EOS
		GIT_INDEX_FILE=.git/wrong run_asyncgrep --files --staged
		assert_files q/c.py
	done
}

@test "git --git-dir and --work-tree hand their choice to the hook" {
	track a.py && git commit -qm all
	install_hook
	mv .git ../bare.git
	write a.py "x = 2"
	cd ..
	git --git-dir=bare.git --work-tree=repo commit -qam change
	assert_seen a.py
}
