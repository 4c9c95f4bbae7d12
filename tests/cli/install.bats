# SPDX-License-Identifier: MIT
#
# What `make install` puts where, and that it works from there.

bats_require_minimum_version 1.5.0
load helpers

setup() {
	new_repo
	top=$BATS_TEST_DIRNAME/../..
	root=$BATS_TEST_TMPDIR/root
	make -s -o all -C "$top" install DESTDIR="$root" PREFIX=/usr BINARY="$ASYNCGREP" >/dev/null
}

@test "asyncgrep and git asyncgrep run from where they are installed" {
	write a.py "async def f(p):" "    open(p)"
	git add .
	PATH=$root/usr/bin:$PATH
	run --separate-stderr asyncgrep
	[ "$status" -eq 1 ]
	direct=$output
	run --separate-stderr git asyncgrep
	[ "$status" -eq 1 ]
	[ "$output" = "$direct" ]
}

@test "git asyncgrep sees the folder it is called in" {
	write sub/a.py "async def f(p):" "    open(p)"
	git add .
	cd sub
	PATH=$root/usr/bin:$PATH
	run --separate-stderr git asyncgrep
	[[ "$output" == "a.py:2:5: error: AG101 "* ]]
}

@test "git asyncgrep --help shows the man page" {
	PATH=$root/usr/bin:$PATH MANPATH=$root/usr/share/man: MANPAGER=cat run git asyncgrep --help
	[ "$status" -eq 0 ]
	[[ "$output" == *asyncgrep* ]]
}

@test "the pages of the rules are where DOCDIR says" {
	[ "$(ls "$root/usr/share/doc/asyncgrep/rules" | wc -l)" -eq "$(($(asyncgrep --list-rules | wc -l) + 1))" ]
	grep -q '^# AG201: ' "$root/usr/share/doc/asyncgrep/rules/AG201.md"
}

@test "the completions are where shells look for them" {
	share=$root/usr/share
	asyncgrep --completions bash | cmp - "$share/bash-completion/completions/git-asyncgrep"
	asyncgrep --completions zsh | cmp - "$share/zsh/site-functions/_git-asyncgrep"
	asyncgrep --completions fish | cmp - "$share/fish/vendor_completions.d/git-asyncgrep.fish"
}

@test "uninstall takes everything away again" {
	[ "$(find "$root" -type f -o -type l | grep -vc /share/doc/)" -eq 10 ]
	make -s -C "$top" uninstall DESTDIR="$root" PREFIX=/usr
	[ "$(find "$root" -type f -o -type l | wc -l)" -eq 0 ]
}
