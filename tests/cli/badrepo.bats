#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# Repositories that cannot be scanned: exit status 2, and one line that says
# what is wrong and the command that mends it. Where the command can be run
# here, it is, and mends it.

load helpers

setup() {
	new_repo
}

# All targets of git say the same.
assert_all() {
	assert_both "$@"
	run_asyncgrep --files --rev HEAD
	assert_error "$@"
}

# Those that read the index say the same.
assert_both() {
	run_asyncgrep --files --cached
	assert_error "$@"
	run_asyncgrep --files --staged
	assert_error "$@"
	run_asyncgrep --files
	assert_error "$@"
}

@test "no repository" {
	mkdir ../plain && cd ../plain
	assert_all "not a git repository" "asyncgrep --no-index ."
	GIT_DIR=/nowhere assert_all "not a git repository: '/nowhere', which GIT_DIR names" "unset GIT_DIR"
}

@test "a bare repository" {
	track a.py && git commit -qm all
	git clone -q --bare . ../bare.git
	cd ../bare.git
	assert_both "is bare" "git worktree add ../work"
	git worktree add -q ../work && cd ../work
	run_asyncgrep --files
	assert_files a.py
}

@test "inside of the git directory" {
	cd .git
	assert_both "has no work tree here" 'cd "$(git -C .. rev-parse --show-toplevel)"'
	cd "$(git -C .. rev-parse --show-toplevel)"
	run_asyncgrep --files
	assert_files
}

@test "a split index" {
	track a.py && git commit -qm all
	git update-index --split-index
	assert_both "split index" "git update-index --no-split-index"
	git update-index --no-split-index
	run_asyncgrep --files
	assert_files a.py
}

@test "a sparse index" {
	track a.py sub/b.py && git commit -qm all
	git sparse-checkout set --cone --sparse-index nothing
	assert_both "sparse index" "git sparse-checkout reapply --no-sparse-index"
	git sparse-checkout reapply --no-sparse-index
	run_asyncgrep --files
	assert_files a.py
}

@test "a broken index" {
	local kind

	track a.py && git commit -qm all
	for kind in empty garbage cut; do
		case $kind in
		empty) : >.git/index ;;
		garbage) echo garbage >.git/index ;;
		cut) head -c 70 .git/index >cut && mv cut .git/index ;;
		esac
		assert_both "the index '$PWD/.git/index' is broken" "rm '$PWD/.git/index' && git reset"
		rm "$PWD/.git/index" && git reset -q
		run_asyncgrep --files
		assert_files a.py
	done
}

@test "an index without its checksum, as index.skipHash leaves it, is none of them" {
	track a.py && git commit -qm all
	head -c -20 .git/index >cut && head -c 20 /dev/zero >>cut && mv cut .git/index
	run_asyncgrep --files
	assert_files a.py
}

@test "a broken HEAD" {
	track a.py && git commit -qm all
	echo rubbish >.git/refs/heads/main
	run_asyncgrep --files --staged
	assert_error "cannot read HEAD" "git fsck"
}

@test "a missing tree of HEAD" {
	track a.py sub/b.py && git commit -qm all
	tree=$(git rev-parse HEAD:sub)
	rm -f ".git/objects/${tree:0:2}/${tree:2}"
	write sub/b.py "x = 2" && git add .
	run_asyncgrep --files --staged
	assert_error "$tree is missing" "git fsck"
}

@test "a missing and a broken blob" {
	track a.py b.py
	echo "x = 'another'" >b.py && git add b.py
	missing=$(git rev-parse :a.py) broken=$(git rev-parse :b.py)
	rm -f ".git/objects/${missing:0:2}/${missing:2}"
	chmod u+w ".git/objects/${broken:0:2}/${broken:2}" && echo rubbish >".git/objects/${broken:0:2}/${broken:2}"
	run_asyncgrep --staged
	assert_complaint "a.py: object $missing is missing" "git fsck"
	assert_complaint "b.py: object $broken is broken" "git fsck"
}

@test "a blob that a partial clone left out" {
	track a.py && git commit -qm one
	write a.py "x = 2" && git add a.py && git commit -qm two
	git config uploadpack.allowFilter true
	git config uploadpack.allowAnySHA1InWant true
	git clone -q --no-checkout --filter=blob:none "file://$PWD" ../partial
	cd ../partial
	git read-tree HEAD~1
	blob=$(git rev-parse HEAD~1:a.py)
	run_asyncgrep --staged
	assert_complaint "a.py: object $blob is not in this partial clone" "git cat-file -e $blob"
	git cat-file -e "$blob"
	run_asyncgrep --staged --files
	assert_files a.py
}

@test "formats that libgit2 cannot read" {
	git init -q --object-format=sha256 ../sha256
	cd ../sha256
	track a.py && git commit -qm all
	assert_all "SHA-256" "asyncgrep --no-index ."
	run_asyncgrep --files --no-index .
	assert_files a.py
	cd ../repo
	git config --file .git/config core.repositoryFormatVersion 1
	git config --file .git/config extensions.refStorage reftable
	assert_all "reftable" "asyncgrep --no-index ."
	git config --file .git/config extensions.refStorage files
	git config --file .git/config extensions.somethingNew true
	assert_all "unsupported extension name extensions.somethingnew" "asyncgrep --no-index ."
	git config --file .git/config --unset extensions.somethingNew
	git config --file .git/config core.repositoryFormatVersion 9
	assert_all "unsupported repository version 9" "asyncgrep --no-index ."
}

@test "extensions that change nothing for us" {
	git config --file .git/config core.repositoryFormatVersion 1
	git config --file .git/config extensions.worktreeConfig true
	git config --file .git/config extensions.relativeWorktrees true
	git config --file .git/config extensions.partialClone origin
	git config --file .git/config extensions.preciousObjects true
	git config --file .git/config extensions.objectFormat sha1
	git config --file .git/config extensions.refStorage files
	echo 'x = 1' >a.py
	run_asyncgrep --files --untracked
	assert_files a.py
}

@test "a broken configuration" {
	echo '[broken' >>.git/config
	assert_all "the git configuration is broken" ".git/config:" "git config --list"
}

@test "GIT_COMMON_DIR that is another" {
	track a.py && git commit -qm all
	GIT_DIR=.git GIT_COMMON_DIR=.git run_asyncgrep --files
	assert_files a.py
	GIT_DIR=.git GIT_COMMON_DIR=/tmp run_asyncgrep --files
	assert_error "GIT_COMMON_DIR is '/tmp'" "unset GIT_COMMON_DIR"
}

@test "a work tree that is not there" {
	git config core.worktree /nowhere
	assert_all "cannot enter the work tree '/nowhere'" "git config --unset core.worktree"
	GIT_WORK_TREE=/nowhere run_asyncgrep --files
	assert_error "cannot enter the work tree '/nowhere'" "unset GIT_WORK_TREE"
}

@test "an owner whom git does not trust" {
	[ "$(id -u)" -eq 0 ] || skip "only root can give files away"
	track a.py && git commit -qm all
	chown -R 12345 .
	run git status
	[ "$status" -eq 128 ]
	assert_all "git does not trust the repository at '$PWD'" \
		"git config --global --add safe.directory '$PWD'"
	# What git was told is not asked.
	GIT_DIR=$PWD/.git run_asyncgrep --files
	assert_files a.py
	SUDO_UID=12345 run_asyncgrep --files
	assert_files a.py
	git config --global --add safe.directory "$PWD"
	run_asyncgrep --files
	assert_files a.py
	git config --global --add safe.directory ""
	run_asyncgrep --files
	assert_error "does not trust"
}

@test "safe.directory in every place where git looks, and not in the repository" {
	[ "$(id -u)" -eq 0 ] || skip "only root can give files away"
	track a.py && git commit -qm all
	git config safe.directory '*'
	chown -R 12345 .
	run_asyncgrep --files
	assert_error "does not trust"
	git config --file "$HOME/other" safe.directory '*'
	GIT_CONFIG_GLOBAL=$HOME/other run_asyncgrep --files
	assert_files a.py
	GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0=$PWD run_asyncgrep --files
	assert_files a.py
	git config --global alias.try "!cd \"\$GIT_PREFIX\" && timeout 20 $ASYNCGREP --files"
	run git -c safe.directory="$PWD" try
	[ "$output" = a.py ]
	git config --file "$HOME/system" safe.directory "$PWD"
	GIT_CONFIG_NOSYSTEM= GIT_CONFIG_SYSTEM=$HOME/system run_asyncgrep --files
	assert_files a.py
	mkdir -p "$HOME/.config/git" && git config --file "$HOME/.config/git/config" safe.directory "$PWD"
	run_asyncgrep --files
	assert_files a.py
}
