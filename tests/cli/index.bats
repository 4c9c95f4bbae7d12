#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# The file of the index, as git writes it in each version, beside `git ls-files`.

load helpers

setup() {
	new_repo
}

# What is listed is what git has in the index and the working tree.
assert_as_git() {
	run_asyncgrep --cached --files
	diff <(printf '%s\n' "$output") <(git -c core.quotePath=false ls-files -- '*.py')
	run_asyncgrep --files
	diff <(printf '%s\n' "$output") <(git -c core.quotePath=false ls-files -- '*.py')
}

@test "each version, with names that share starts and names that do not" {
	local version

	track a.py ab.py a/b.py a.b/c.py a-b/c.py z.py "a b.py" $'\303\244.py' other.txt
	for i in $(seq 30); do
		write "folder/with/$i/file$i.py"
	done
	git add .
	for version in 2 3 4; do
		git update-index --index-version "$version"
		assert_as_git
		track "$version.py" && git commit -qm "$version"
		assert_as_git
	done
}

@test "each version, with flags that extend the entries" {
	local version

	track a.py b.py c.py && git commit -qm all
	write new.py && git add -N new.py
	git update-index --skip-worktree b.py && rm b.py
	for version in 3 4; do
		git update-index --index-version "$version"
		run_asyncgrep --cached --files
		assert_files a.py b.py c.py
		run_asyncgrep --files
		assert_files a.py c.py new.py
	done
}

@test "each version, in a conflict" {
	local version

	track a.py both.py && git commit -qm all
	git checkout -qb other && write both.py "x = 'other'" && commit_all other
	git checkout -q main && write both.py "x = 'main'" && commit_all main
	! git merge -q other
	for version in 2 4; do
		git update-index --index-version "$version"
		run_asyncgrep --files
		assert_files a.py both.py
		run_asyncgrep --cached --files
		assert_files a.py both.py both.py
	done
}

@test "a path that is longer than its length can say" {
	local id path version

	track a.py
	id=$(git rev-parse :a.py)
	path=$(printf 'folder/%.0s' $(seq 700))b.py
	git update-index --add --cacheinfo "100644,$id,$path"
	for version in 2 4; do
		git update-index --index-version "$version"
		run_asyncgrep --cached --files
		assert_files a.py "$path"
	done
}

@test "no index, and an index that cannot be read" {
	run_asyncgrep --files
	assert_files
	mkdir .git/index
	run_asyncgrep --files
	assert_error "cannot read the index '$PWD/.git/index'"
}

@test "an index that nobody writes to is not waited for" {
	mkfifo .git/index
	run timeout 10 "$ASYNCGREP" --files
	[ "$status" -eq 2 ] || show
	[[ "$output" == *"the index '$PWD/.git/index' is broken"* ]] || show
}

@test "the index is found from everywhere, and in each work tree its own" {
	track a.py sub/b.py sub/deep/c.py
	git -c user.name=a -c user.email=a@b commit -qm one
	git worktree add -q "$BATS_TEST_TMPDIR/linked" HEAD
	(cd sub/deep && run_asyncgrep --files && assert_files ../../a.py ../b.py c.py)
	git -C "$BATS_TEST_TMPDIR/linked" rm -q a.py
	(cd "$BATS_TEST_TMPDIR/linked/sub" && run_asyncgrep --files && assert_files b.py deep/c.py)
	git init -q sub/deep/own
	(cd sub/deep/own && run_asyncgrep --files && assert_files)
}
