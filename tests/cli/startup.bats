# SPDX-License-Identifier: MIT
#
# What asks nothing of git does not pay for starting libgit2, which takes longer than all else that it does.

bats_require_minimum_version 1.5.0
load helpers

# A libgit2 that says when it is started, before the real one.
setup_file() {
	export SPY=$BATS_FILE_TMPDIR/spy.so

	${CC:-cc} -shared -fPIC -o "$SPY" -xc - -ldl <<-'EOF'
		#define _GNU_SOURCE
		#include <dlfcn.h>
		#include <unistd.h>

		int git_libgit2_init(void)
		{
			int (*real)(void) = (int (*)(void))dlsym(RTLD_NEXT, "git_libgit2_init");

			write(STDERR_FILENO, "libgit2 starts\n", 15);
			return real();
		}
	EOF
}

setup() {
	new_repo
	write a.py "async def f(p):" "    open(p)"
	git add a.py
}

# spied ARG…: as run_asyncgrep; $error says whether libgit2 was started.
spied() {
	local ASAN_OPTIONS=$ASAN_OPTIONS:verify_asan_link_order=0

	LD_PRELOAD=$SPY run_asyncgrep "$@"
}

assert_started() {
	[[ $error == *"libgit2 starts"* ]] || show
}

assert_not_started() {
	[[ $error != *"libgit2 starts"* ]] || show
}

@test "a scan of a repository starts libgit2, so that the spy would see it" {
	spied
	[ "$status" -eq 1 ] || show
	assert_started
}

@test "version, help and completions do not start libgit2" {
	local option

	for option in --version --help -h --completions=bash --man-options; do
		spied "$option"
		[ "$status" -eq 0 ] || show
		assert_not_started
	done
}

@test "questions about rules do not start libgit2, and know the configuration of the project" {
	write .asyncgrep.yaml "ignore: AG101"
	mkdir sub && cd sub
	spied --list-rules
	[ "$status" -eq 0 ] || show
	assert_not_started
	grep -q '^AG101 .* off ' <<<"$output" || show
	spied --explain AG101
	[ "$status" -eq 0 ] || show
	assert_not_started
}

@test "questions about rules ask git where the work tree may be elsewhere" {
	mkdir ../elsewhere
	write ../elsewhere/.asyncgrep.yaml "ignore: AG101"
	git config core.worktree ../../elsewhere
	spied --list-rules
	[ "$status" -eq 0 ] || show
	assert_started
	grep -q '^AG101 .* off ' <<<"$output" || show
	git config --unset core.worktree
	export GIT_WORK_TREE=../elsewhere
	spied --list-rules
	assert_started
	grep -q '^AG101 .* off ' <<<"$output" || show
}

@test "plain files and standard input do not start libgit2" {
	spied --no-index a.py
	[ "$status" -eq 1 ] || show
	assert_not_started
	spied - <a.py
	[ "$status" -eq 1 ] || show
	assert_not_started
}

@test "what fails while libgit2 starts fails as ever" {
	local i

	write .asyncgrep.yaml "nonsense: true"
	cd ..
	for i in 1 2 3 4 5; do
		run_asyncgrep
		assert_error "not a git repository"
	done
	cd repo
	for i in 1 2 3 4 5; do
		run_asyncgrep
		assert_error "nonsense"
	done
}
