#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# --hook, and the hooks of .pre-commit-hooks.yaml under the real pre-commit:
# the one that is installed, or else one from PyPI.

load helpers

# Where pre-commit is, or empty: $BATS_FILE_TMPDIR/pre-commit. A test without it says so.
setup_file() {
	local program

	program=$(command -v pre-commit || true)
	if [ -z "$program" ] && python3 -m venv "$BATS_FILE_TMPDIR/venv" >/dev/null 2>&1 &&
		timeout 120 "$BATS_FILE_TMPDIR/venv/bin/pip" install -q pre-commit >/dev/null 2>&1; then
		program=$BATS_FILE_TMPDIR/venv/bin/pre-commit
	fi
	echo "$program" >"$BATS_FILE_TMPDIR/pre-commit"
}

setup() {
	new_repo
	put_on_path
}

# with_pre_commit ID: this repository uses that hook of ours.
with_pre_commit() {
	pre_commit=$(cat "$BATS_FILE_TMPDIR/pre-commit")
	[ -n "$pre_commit" ] || skip "pre-commit cannot be had here: neither installed nor from PyPI"
	export PRE_COMMIT_HOME=$BATS_TEST_TMPDIR/cache
	git init -q ../hooks
	cp "$BATS_TEST_DIRNAME/../../.pre-commit-hooks.yaml" ../hooks
	(cd ../hooks && git add . && git commit -qm hooks)
	write .pre-commit-config.yaml "repos:" "- repo: $BATS_TEST_TMPDIR/hooks" \
		"  rev: $(git -C ../hooks rev-parse HEAD)" "  hooks:" "  - id: $1"
	git add .pre-commit-config.yaml && git commit -qm config
	"$pre_commit" install >/dev/null
}

# refused COMMAND…: git did not commit, and this file was named.
refused() {
	local file=$1 before

	shift
	before=$(git rev-parse HEAD)
	run "$@"
	[ "$status" -eq 1 ] && [ "$before" = "$(git rev-parse HEAD)" ] && [[ $output == *"$file:2:5: error: AG101"* ]]
}

@test "--hook reads staged files from the index, others from the working tree" {
	good kept.py && good fixed.py && commit_all
	bad kept.py                                          # only in the working tree
	bad fixed.py && git add fixed.py && good fixed.py    # bad in the index only
	good broken.py && git add broken.py && bad broken.py # good in the index only
	bad untracked.py
	run_asyncgrep --hook fixed.py kept.py broken.py untracked.py
	[ "$status" -eq 1 ] || show
	[ "$(cut -d: -f1 <<<"$output" | tr '\n' ' ')" = "fixed.py kept.py untracked.py " ] || show
}

@test "--hook takes files by name: no pathspecs, from any folder, each once" {
	bad 'sub/[a].py' && bad sub/a.py && bad top.py && git add .
	cd sub
	run_asyncgrep --hook --files '[a].py' ./a.py "$BATS_TEST_TMPDIR/repo/sub/a.py" ../top.py
	assert_files '[a].py' a.py ../top.py
	run_asyncgrep --hook
	[ "$status" -eq 0 ] && [[ $error == *"0 files scanned"* ]] || show
	run_asyncgrep --hook ../../elsewhere.py
	assert_error "'--hook' takes files of the repository"
}

@test "--hook passes by what is not Python, links, and what is deleted" {
	write notes.txt "x" && write tool '#!/usr/bin/env python3' && write script.sh '#!/bin/sh' && good gone.py
	write stub.pyi "x = 1"
	ln -s tool link.py && git add . && git commit -qm all
	rm gone.py
	write staged-tool '#!/usr/bin/env python3' && git add staged-tool && write staged-tool '#!/bin/sh'
	run_asyncgrep --hook --files notes.txt tool script.sh gone.py link.py staged-tool stub.pyi
	assert_files staged-tool tool
	run_asyncgrep --hook nowhere.py
	assert_complaint "nowhere.py: No such file or directory"
}

@test "--hook honours GIT_INDEX_FILE" {
	good a.py && commit_all
	cp .git/index other && bad a.py && GIT_INDEX_FILE=$PWD/other git add a.py && good a.py
	run_asyncgrep --hook a.py
	[ "$status" -eq 0 ] || show
	GIT_INDEX_FILE=other run_asyncgrep --hook a.py
	[ "$status" -eq 1 ] || show
}

@test "--hook in a conflict and with announced files looks at the working tree" {
	good a.py && commit_all base
	git checkout -qb side && write a.py "x = 2" && git commit -qam side
	git checkout -q main && write a.py "x = 3" && git commit -qam main
	run git merge side
	[ "$status" -eq 1 ]
	bad a.py
	bad new.py && git add -N new.py
	run_asyncgrep --hook a.py new.py
	[ "$status" -eq 1 ] && [ "${#lines[@]}" -eq 2 ] || show
}

@test "pre-commit: a bad staged file that is fixed only in the working tree fails" {
	with_pre_commit asyncgrep
	bad a.py && git add a.py && good a.py
	refused a.py git commit -qm bad
	grep -q await a.py
	git add a.py && git commit -qm good
}

@test "pre-commit: a good staged file that is broken only in the working tree passes" {
	with_pre_commit asyncgrep
	good a.py && git add a.py && bad a.py
	git commit -qm good
	grep -q open a.py
	refused a.py git commit -qam bad
}

@test "pre-commit run --all-files and --files scan what is not staged" {
	with_pre_commit asyncgrep
	good a.py && good b.py && git add . && git commit -qm good
	bad a.py
	refused a.py "$pre_commit" run --all-files
	refused a.py "$pre_commit" run --files a.py
	"$pre_commit" run --files b.py
	# Also the bytes of a file that is both staged and changed since: the index decides.
	good a.py && bad b.py && git add b.py && good b.py
	refused b.py "$pre_commit" run --all-files
}

@test "pre-commit: asyncgrep-all scans every file at every commit" {
	with_pre_commit asyncgrep-all
	bad a.py && git add a.py && git commit -qm bad --no-verify
	write notes.txt "x" && git add notes.txt
	refused a.py git commit -qm notes
	good a.py && git add a.py
	git commit -qm good
}

@test "pre-commit: a thousand files are one scan" {
	with_pre_commit asyncgrep
	for i in $(seq 1000); do
		good "a/module_with_a_rather_long_name_$i.py"
	done
	bad a/x.py && git add .
	refused a/x.py git commit -qm many
	[ "$(grep -c "files scanned" <<<"$output")" -eq 1 ]
}
