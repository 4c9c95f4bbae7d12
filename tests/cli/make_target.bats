#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# The README's uses, word for word: the make target, the hooks by hand, the
# one-liners.

load helpers

README=$BATS_TEST_DIRNAME/../../README.md

setup() {
	new_repo
	mkdir "$BATS_TEST_TMPDIR/bin"
	ln -s "$ASYNCGREP" "$BATS_TEST_TMPDIR/bin/asyncgrep"
	PATH=$BATS_TEST_TMPDIR/bin:$PATH
}

bad() {
	write "$1" "async def f(p):" "    open(p)"
}

good() {
	write "$1" "async def f(p):" "    await p"
}

readme() {
	block "$README" "$@"
}

hook() {
	readme sh "$1" >"$2"
	chmod +x "$2"
}

@test "three lines make the user's make check fail, and pass again" {
	[ "$(readme make check-async | wc -l)" -eq 3 ]
	printf 'check:\n\t@echo own tests\n' >Makefile
	readme make check-async >>Makefile
	good a.py && git add .
	run make -s check
	[ "$status" -eq 0 ] && [[ $output == *"own tests"* ]]
	bad a.py
	run make -s check
	[ "$status" -eq 2 ] && [[ $output == *"a.py:2:5: error: AG101"* ]] && [[ $output != *"own tests"* ]]
	run make -s check-async
	[ "$status" -eq 2 ]
	touch check-async check && good a.py
	make -s check
}

@test "the hook by hand" {
	hook 'exec asyncgrep --staged' .git/hooks/pre-commit
	bad a.py && git add . && good a.py
	run git commit -qm bad
	[ "$status" -eq 1 ] && [[ $output == *"a.py:2:5: error: AG101"* ]]
	git add . && git commit -qm good
}

@test "the hook by command, and the line for a hook that is there" {
	readme sh 'asyncgrep --install-hook' | sh
	bad a.py && git add .
	run git commit -qm bad
	[ "$status" -eq 1 ]
	grep -qF 'put `asyncgrep --staged || exit` into it' "$README"
	write .git/hooks/pre-commit "#!/bin/sh" "asyncgrep --staged || exit" "exit 0"
	run git commit -qm bad
	[ "$status" -eq 1 ]
}

@test "the hooks of pushes" {
	git init -q --bare ../server.git && git remote add origin ../server.git
	good a.py && commit_all && git push -q origin main
	hook '--pre-push' .git/hooks/pre-push
	hook '--pre-receive' ../server.git/hooks/pre-receive
	bad a.py && commit_all
	run git push origin main
	[ "$status" -ne 0 ] && [[ $output == *"a.py:2:5: error: AG101"* ]]
	run git push --no-verify origin main
	[ "$status" -ne 0 ] && [[ $output == *"remote: a.py:2:5: error: AG101"* ]]
	git rm -q a.py && commit_all && git push -q origin main
}

@test "the file for pre-commit says what .pre-commit-hooks.yaml says" {
	readme yaml 'entry: asyncgrep --hook' >.pre-commit-config.yaml
	python3 -c 'import yaml' 2>/dev/null || skip "no PyYAML to read it with"
	python3 - "$BATS_TEST_DIRNAME/../../.pre-commit-hooks.yaml" <<-'EOF'
		import sys, yaml
		ours = yaml.safe_load(open(".pre-commit-config.yaml"))["repos"][0]["hooks"][0]
		theirs = next(h for h in yaml.safe_load(open(sys.argv[1])) if h["id"] == "asyncgrep")
		theirs.pop("description")
		assert ours == theirs, (ours, theirs)
	EOF
}

@test "each one-liner runs" {
	local line

	mkdir src && bad src/a.py && write src/a_test.py "x = 1" && commit_all first
	git tag v1.0
	git checkout -qb topic && bad src/b.py && commit_all second
	{ readme sh 'in any repository' || readme sh 'the whole repository'; readme sh 'all that HEAD reaches'; } >lines
	[ "$(wc -l <lines)" -ge 5 ]
	while IFS= read -r line; do
		bash -c "$line" >out 2>err && status=0 || status=$?
		[ "$status" -le 1 ] || { echo "$line: $status"; cat err; return 1; }
		! grep '^asyncgrep:' err
	done <lines
	asyncgrep --history main..topic -- src >out || [ $? -eq 1 ]
	grep -q "src/b.py:2:5: error: AG101" out
}
