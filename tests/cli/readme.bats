#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# README.md, word for word: each block of it is run. The list at the end says
# where, and why what cannot be run here is not. And what CONTRIBUTING.md names
# is there.

load helpers

TOP=$BATS_TEST_DIRNAME/../..
README=$TOP/README.md

setup() {
	new_repo
	put_on_path
}

readme() {
	block "$README" "$@"
}

hook() {
	readme sh "$1" >"$2"
	chmod +x "$2"
}

# make ARG…: the Makefile's, without building; below $root, if that is set.
make() {
	command make -s -o all -C "$TOP" BINARY="$ASYNCGREP" DESTDIR="${root:-}" "$@"
}

# each_line COMMANDS: finds something or not, but has nothing to complain of.
each_line() {
	local line

	while IFS= read -r line; do
		bash -c "$line" >out 2>err && status=0 || status=$?
		[ "$status" -le 1 ] && ! grep '^asyncgrep:' err | grep -qv 'baseline.jsonl: 2 findings$' ||
			{ echo "$line: $status"; cat err; return 1; }
	done <<<"$1"
}

# -- looking around

@test "what it prints about the example is what is shown" {
	cp -r "$TOP/tests/fixtures/example/." . && sed -i 's/  # <- .*//' app/*.py && git add .
	readme console '--select AG2' >shown
	eval "$(sed -n '1s/^\$ //p' shown)" >printed 2>/dev/null || [ $? -eq 1 ]
	tail -n +2 shown | diff - printed
}

@test "the picture, and all other files that are linked to, are there" {
	local file

	grep -q '^!\[.*\](docs/screenshot\.svg)$' "$README"
	for file in $(grep -ohE '\]\([^)#:]+\)' "$README" "$TOP/CONTRIBUTING.md" | tr -d '()]' | sort -u) \
		$(grep -oE '`(src|tests|man|patterns)/[^`]*`' "$TOP/CONTRIBUTING.md" | tr -d '`' | grep -v '[A-Z]'); do
		[ -e "$TOP/$file" ] || { echo "no $file"; return 1; }
	done
	[ -n "$file" ]
}

@test "every option that README and news name is one" {
	local option

	asyncgrep --help >help
	for option in $(grep -ohE -e '--[a-z][a-z-]*' "$README" "$TOP/NEWS.md" | sort -u); do
		grep -qE -e "$option([^a-z-]|\$)" help || { echo "no option $option"; return 1; }
	done
}

@test "the table has all profiles, with what is off, and no code that is not there" {
	local code

	asyncgrep --list-rules --format json >rules
	sed -n '/^## Rules/,/^## /p' "$README" >section
	sed -n 's/^| `\([a-z]*\)`\(, off by default\)* |.*/\1\2/p' section | sort >table
	jq -r '.profile + (if .selected then "" else ", off by default" end)' rules | sort -u | diff - table
	for code in $(grep -oE 'AG[0-9]{3}' section | sort -u); do
		grep -q "\"code\":\"$code\"" rules || { echo "no rule $code"; return 1; }
	done
}

@test "the numbers that are compared with other tools are those of bench/RESULTS.md" {
	local number

	sed -n '/^## Why/,/^## Set/p' "$README" | sed -n '/^- /,$p' | sed 's/`[^`]*`//g' |
		grep -oE '[0-9][0-9.,]*[0-9]' | sort -u >numbers
	[ "$(wc -l <numbers)" -ge 8 ]
	for number in $(cat numbers); do
		grep -qE "(^|[^0-9.,])${number//./\\.}([^0-9]|\$)" "$TOP/bench/RESULTS.md" ||
			{ echo "$number is not in bench/RESULTS.md"; return 1; }
	done
}

# -- setting up

@test "set up: the targets are there, and the example is scanned" {
	local target

	command make -s -C "$TOP" help >help
	{ readme sh 'make deps demo'; block "$TOP/CONTRIBUTING.md" sh check-unit; } >commands
	for target in $(sed 's/#.*//; s/^make//' commands); do
		case $target in *=* | *.bats) continue ;; esac
		grep -q "^$target " help || { echo "no target $target"; return 1; }
	done
	[ -e "$TOP/$(block "$TOP/CONTRIBUTING.md" sh check-unit | grep -o 'tests/[^ ]*')" ]
	make demo >printed 2>&1
	[ "$(grep -c '^app/.*: error: AG' printed)" -gt 20 ]
}

@test "install, for oneself and for everyone, and uninstall" {
	sudo() { local root=$BATS_TEST_TMPDIR/root; "$@"; }
	readme sh 'make install' >commands
	. ./commands
	"$HOME/.local/bin/asyncgrep" --version
	GIT_EXEC_PATH= PATH=$HOME/.local/bin:$PATH git asyncgrep --version
	[ -x "$BATS_TEST_TMPDIR/root/usr/local/bin/asyncgrep" ]
	cmp "$BATS_TEST_TMPDIR/root$(readme yaml per-path: | sed -n 's/.*schema=//p')" "$TOP/docs/asyncgrep.schema.json"
	make uninstall PREFIX="$HOME/.local"
	[ "$(find "$HOME/.local" -type f -o -type l | wc -l)" -eq 0 ]
}

# -- using

# two_branches: v1.0 on main, and topic with one finding more.
two_branches() {
	git init -q --bare ../origin.git && git remote add origin ../origin.git
	bad src/a.py && write src/a_test.py "x = 1" && commit_all first && git tag v1.0 && git push -q origin main
	git checkout -qb topic && bad src/b.py && commit_all second
}

@test "each one-liner runs" {
	two_branches
	each_line "$(readme sh 'the whole repository')"
	bash -c "$(readme sh 'the whole repository' | grep -e --history)" >out || [ $? -eq 1 ]
	[ "$(wc -l <out)" -eq 1 ] && grep -q "src/b.py:2:5: error: AG101" out
	bash -c "$(readme sh 'the whole repository' | grep -e ' -e ')" >out && [ ! -s out ]
	write src/c.py "async def f():" "    db.execute('x')" "def g():" "    db.execute('x')" && git add .
	bash -c "$(readme sh 'the whole repository' | grep -e ' -e ')" >out || [ $? -eq 1 ]
	[ "$(cut -d: -f1,2 out)" = "src/c.py:2" ]
}

@test "each line for a project with many findings runs, and the last has nothing left to say" {
	two_branches
	each_line "$(readme sh --statistics)"
	asyncgrep --baseline baseline.jsonl
	bash -c "$(readme sh --statistics | grep 'origin/main')" >out || [ $? -eq 1 ]
	[ "$(cut -d: -f1,2 out)" = "src/b.py:2" ]
}

@test "the hook by command, and the line for a hook that is there" {
	readme sh 'asyncgrep --install-hook' | sh
	bad a.py && git add .
	run git commit -qm bad
	[ "$status" -eq 1 ] && [[ $output == *"a.py:2:5: error: AG101"* ]]
	grep -qF 'put `asyncgrep --staged || exit` into it' "$README"
	write .git/hooks/pre-commit "#!/bin/sh" "asyncgrep --staged || exit" "exit 0"
	run git commit -qm bad
	[ "$status" -eq 1 ]
	good a.py && git add . && git commit -qm good
}

@test "the hook by hand looks at the index" {
	hook 'exec asyncgrep --staged' .git/hooks/pre-commit
	bad a.py && git add . && good a.py
	run git commit -qm bad
	[ "$status" -eq 1 ] && [[ $output == *"a.py:2:5: error: AG101"* ]]
	git add . && git commit -qm good
}

@test "the hook with --since HEAD stops only what is added" {
	grep -qF '`--install-hook --since HEAD`' "$README"
	bad a.py && commit_all
	asyncgrep --install-hook --since HEAD
	echo "# more" >>a.py && git commit -qam fine
	bad b.py && git add .
	run git commit -qm bad
	[ "$status" -eq 1 ] && [[ $output == *"b.py:2:5: error: AG101"* && $output != *"a.py:"* ]]
}

@test "the hook with --baseline lets pass what is known" {
	tr '\n' ' ' <"$README" | grep -qF '`--install-hook --baseline baseline.jsonl`'
	bad a.py && commit_all
	asyncgrep --write-baseline baseline.jsonl
	asyncgrep --install-hook --baseline baseline.jsonl
	echo "# more" >>a.py && git commit -qam fine
	bad b.py && git add .
	run git commit -qm bad
	[ "$status" -eq 1 ] && [[ $output == *"b.py:2:5: error: AG101"* && $output != *"a.py:"* ]]
	asyncgrep --uninstall-hook
	git commit -qm bad
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

@test "three lines make the user's make check fail, and pass again" {
	unset -f make
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

@test "several reports in one run" {
	local options

	options=$(grep -oE '`--report sarif:FILE[^`]*`' "$README" | tr -d '`')
	bad a.py && git add .
	run_asyncgrep ${options//FILE/out}
	[ "$status" -eq 2 ] || show
	run_asyncgrep $(sed 's/FILE/one/; s/FILE/two/' <<<"$options")
	[ "$status" -eq 1 ] || show
	jq -e '.runs[0].results | length == 1' one && grep -q '<testcase' two
}

# -- keeping

@test "the comment hides that finding, and is looked after" {
	{ echo "from pathlib import Path" && echo "async def f(path: Path):" && readme python 'ignore[AG103]'; } >a.py
	git add .
	run_asyncgrep --report-unused --require-reason
	[ "$status" -eq 0 ] && [ "$error" = "0 findings in 0 files; 1 file scanned, 1 finding suppressed" ] || show
	sed -i 's/# asyncgrep.*/# noqa: ASYNC230/' a.py
	run_asyncgrep
	[ "$status" -eq 0 ] || show
	sed -i 's/ *# noqa.*//' a.py
	run_asyncgrep
	[ "$status" -eq 1 ] && [[ $output == "a.py:3:12: error: AG103 "* ]] || show
}

@test "attributes keep those files out" {
	readme gitattributes legacy >.gitattributes
	bad vendor/a.py && bad x_pb2.py && bad legacy/sub/a.py && bad kept.py && git add .
	run_asyncgrep --files --why '*.py'
	printf '%s\t%s\n' kept.py scanned legacy/sub/a.py -asyncgrep vendor/a.py linguist-vendored x_pb2.py linguist-generated |
		diff - <(echo "$output")
}

@test "a rule of one's own" {
	mkdir rules && readme yaml 'code: ACME1' >rules/acme.yaml
	write a.py "import acme.erp as e" "async def f():" "    e.query()" "    login()" && git add .
	readme sh --test-patterns >commands
	run bash -ec "$(head -n 1 commands)"
	[ "$status" -eq 0 ] && [ "$output" = "2 passed, 0 failed" ]
	run bash -ec "$(tail -n 1 commands)"
	[ "$status" -eq 1 ]
	[ "${lines[0]}" = 'a.py:3:5: error: ACME1 `e.query` waits for the ERP system and blocks the event loop; use acme.aio' ]
	[[ ${lines[1]} == "1 finding in 1 file;"* ]]
}

@test "the corpus and what is measured on it: the program and the targets are there" {
	local program target

	command make -s -C "$TOP" help >help
	readme sh corpus.py >commands
	while read -r program target _; do
		[ "$program" = make ] && grep -q "^$target " help || [ -x "$TOP/$program" ] || { echo "$program $target"; return 1; }
	done <commands
}

# -- all of it

# Language, first line, where it is run.
blocks() {
	cat <<-'EOF'
		console|$ asyncgrep --select AG2|here
		sh|make deps demo         # installs what the build needs, builds, scans the bundled example project|.ci/run runs it: it installs packages
		sh|make install PREFIX="$HOME/.local"|here
		sh|asyncgrep                                    # the whole repository|here
		sh|asyncgrep --install-hook|here
		sh|#!/bin/sh|here
		sh|#!/bin/sh|here
		sh|#!/bin/sh|here
		make|.PHONY: check-async|here
		sh|asyncgrep --statistics                       # where they are: by rule, by folder|here
		python|    data = path.read_text()  # asyncgrep: ignore[AG103] twelve bytes, at start-up|here
		gitattributes|vendor/**   linguist-vendored|here
		yaml|# yaml-language-server: $schema=/usr/local/share/doc/asyncgrep/asyncgrep.schema.json|config_documents.bats
		console|$ asyncgrep --show-config --ignore AG103|config_documents.bats
		yaml|code: ACME1|here
		sh|asyncgrep --test-patterns rules/acme.yaml|here
		sh|tests/exact/corpus.py corpus          # downloads the pinned projects|by hand: it downloads gigabytes and takes an hour
	EOF
}

@test "no block is forgotten" {
	awk '/^```[a-z]/ { language = substr($0, 4); getline; print language "|" $0 }' "$README" |
		diff <(blocks | cut -d '|' -f 1,2) -
	[ "$(grep -c '^```' "$README")" -eq $((2 * $(blocks | wc -l))) ]
}
