#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# --install-hook and --uninstall-hook, with commits that git really makes.

load helpers

setup() {
	new_repo
	put_on_path
}

# refused COMMAND…: git did not commit, and the finding was seen.
refused() {
	local before after

	before=$(git rev-parse -q --verify HEAD || true)
	run "$@"
	after=$(git rev-parse -q --verify HEAD || true)
	[ "$status" -eq 1 ] && [ "$before" = "$after" ] && [[ $output == *"AG101"* ]]
}

@test "the hook stops a bad commit and lets a good one pass" {
	run_asyncgrep --install-hook
	[ "$status" -eq 0 ] && [ "$output" = "$PWD/.git/hooks/pre-commit: runs asyncgrep --staged before each commit" ] || show
	[ -x .git/hooks/pre-commit ]
	bad a.py && git add .
	refused git commit -qm bad
	good a.py && git add .
	git commit -qm good
}

@test "what is staged counts, not what stands in the working tree" {
	run_asyncgrep --install-hook
	bad a.py && git add . && good a.py
	refused git commit -qm bad
	good a.py && git add . && bad a.py
	git commit -qm good
	refused git commit -qam bad
	good b.py && git add b.py
	refused git commit -qm bad a.py
	git commit -qm good b.py
}

@test "from a subfolder, and in a linked work tree" {
	good sub/a.py && commit_all
	(cd sub && asyncgrep --install-hook)
	git worktree add -q ../linked
	cd ../linked/sub
	bad a.py && git add .
	refused git commit -qm bad
}

@test "options that stand beside it are written into the hook, quoted" {
	run_asyncgrep --install-hook --ignore AG101 -e "it's  \$HOME"
	[ "$status" -eq 0 ] || show
	tail -n 1 .git/hooks/pre-commit | grep -Fx "exec asyncgrep --staged --ignore AG101 -e 'it'\''s  \$HOME'"
	run_asyncgrep --install-hook --ignore AG101
	[ "$status" -eq 0 ] || show
	bad a.py && git add .
	git commit -qm fine
}

@test "--since HEAD: a commit is stopped by what it brings alone" {
	bad a.py && commit_all
	asyncgrep --install-hook --since HEAD
	{ echo "# moved"; cat a.py; } >b && mv b a.py && git add .
	git commit -qm moved
	printf 'async def g(p):\n    open(p)\n' >>a.py && git add .
	run git commit -qm new
	[ "$status" -eq 1 ] && [ "$(grep -c AG101 <<<"$output")" -eq 1 ] && [[ $output == *"a.py:5:5: error: AG101"* ]]
}

@test "options with which the hook could not work are refused" {
	run_asyncgrep --install-hook --no-index
	assert_error "'--install-hook' is about '--staged'"
	run_asyncgrep --install-hook a.py
	assert_error "no path is expected"
	mkdir -p sub rules && cd sub
	run_asyncgrep --install-hook --patterns ../rules
	assert_error "from the top of the work tree: cd '$BATS_TEST_TMPDIR/repo'"
	[ ! -e ../.git/hooks/pre-commit ]
}

@test "a hook of somebody else stays, and the message says how to chain" {
	write .git/hooks/pre-commit "#!/bin/sh" "exit 0" && chmod +x .git/hooks/pre-commit
	cp -p .git/hooks/pre-commit before
	run_asyncgrep --install-hook --ignore AG6
	assert_error "'$PWD/.git/hooks/pre-commit'" "put this line into it: asyncgrep --staged --ignore AG6 || exit"
	run_asyncgrep --uninstall-hook
	assert_error "has lines that asyncgrep did not write"
	cmp before .git/hooks/pre-commit
	# The advice works.
	write .git/hooks/pre-commit "#!/bin/sh" "asyncgrep --staged --ignore AG6 || exit" "exit 0"
	bad a.py && git add a.py
	refused git commit -qm bad
}

@test "our hook is replaced and taken away, but not once it has more lines" {
	asyncgrep --install-hook
	run_asyncgrep --install-hook --quiet
	[ "$status" -eq 0 ] || show
	grep -qx 'exec asyncgrep --staged --quiet' .git/hooks/pre-commit
	run_asyncgrep --uninstall-hook
	[ "$status" -eq 0 ] && [ ! -e .git/hooks/pre-commit ] || show
	run_asyncgrep --uninstall-hook
	[ "$status" -eq 0 ] && [[ $error == *"there is no hook"* ]] || show
	asyncgrep --install-hook
	echo 'make lint' >>.git/hooks/pre-commit
	run_asyncgrep --uninstall-hook
	assert_error "has lines that asyncgrep did not write"
	run_asyncgrep --install-hook
	assert_error "to have both"
	grep -qx 'make lint' .git/hooks/pre-commit
	[ "$(ls .git/hooks | grep -c 'pre-commit\.[^s]')" -eq 0 ]
}

@test "a symbolic link is somebody's, even to a file like ours" {
	asyncgrep --install-hook
	mv .git/hooks/pre-commit ../shared && ln -s ../../../shared .git/hooks/pre-commit
	run_asyncgrep --install-hook
	assert_error "a hook that asyncgrep did not write"
	[ -L .git/hooks/pre-commit ]
}

@test "core.hooksPath: relative to the top, absolute, of the user" {
	mkdir sub
	git config core.hooksPath .githooks
	(cd sub && asyncgrep --install-hook)
	[ -x .githooks/pre-commit ] && [ ! -e .git/hooks/pre-commit ]
	bad a.py && git add a.py
	refused git commit -qm bad
	asyncgrep --uninstall-hook
	[ ! -e .githooks/pre-commit ]
	git config --unset core.hooksPath
	git config --global core.hooksPath '~/hooks'
	run_asyncgrep --install-hook
	[ "$status" -eq 0 ] && [[ $error == *"every repository that it is set for"* ]] || show
	[ -x "$HOME/hooks/pre-commit" ]
	refused git commit -qm bad
	GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.hooksPath GIT_CONFIG_VALUE_0=$PWD/mine asyncgrep --install-hook
	[ -x mine/pre-commit ]
}

@test "a folder that cannot be made, a bare repository: said, with the remedy" {
	git config core.hooksPath no/such/folder
	run_asyncgrep --install-hook
	assert_error "make it with: mkdir -p '$PWD/no/such/folder'"
	git init -q --bare ../bare.git && cd ../bare.git
	run_asyncgrep --install-hook
	assert_error "is bare"
}
