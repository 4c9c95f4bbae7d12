#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# docs/recipes.md, word for word: each block goes where its text says, and the
# program it is for runs it. Without that program the test is skipped.

load helpers

TOP=$BATS_TEST_DIRNAME/../..
RECIPES=$TOP/docs/recipes.md
VENV=$TOP/build/venv/bin

setup() {
	new_repo
	put_on_path
	write 'sub/a b.py' "x = 1" "" "async def f(p):" "    with open(p) as g:" "        return g"
	write t.py "import asyncio" "" "async def g(c):" $'\ttask = asyncio.create_task(c)'
	git add .
}

recipe() {
	block "$RECIPES" "$@"
}

needs() {
	command -v "$1" >/dev/null || skip "no $1 to try it with"
}

# published: a repository at the address that the recipes have, with the program to build and install in it.
published() {
	local file

	mkdir ../published
	for file in Makefile README.md NEWS.md LICENSE src man docs patterns .ci .pre-commit-hooks.yaml; do
		cp -r "$TOP/$file" ../published
	done
	git init -q ../published
	(cd ../published && git add -f . && git commit -qm all && git tag v0.1.0)
	git config --global "url.$BATS_TEST_TMPDIR/published.insteadOf" https://example.org/asyncgrep.git
}

# on_a_bare_machine: no asyncgrep; make installs the one under test, without building it, below $root.
on_a_bare_machine() {
	rm "$BATS_TEST_TMPDIR/bin/asyncgrep"
	root=$BATS_TEST_TMPDIR/root
	write "$BATS_TEST_TMPDIR/bin/make" '#!/bin/sh' \
		"exec $(command -v make) -s -o all -o deps \"\$@\" BINARY='$ASYNCGREP' DESTDIR='$root'"
	write "$BATS_TEST_TMPDIR/bin/apt-get" '#!/bin/sh'
	chmod +x "$BATS_TEST_TMPDIR/bin/make" "$BATS_TEST_TMPDIR/bin/apt-get"
}

# yaml FILE PYTHON: the value of an expression about what the file says, data; lists one a line, each ended by NUL.
yaml() {
	"$VENV/python" - "$@" <<-'EOF'
		import sys
		from ruamel.yaml import YAML
		value = eval(sys.argv[2], {"data": YAML(typ="safe").load(open(sys.argv[1]))})
		sys.stdout.write("".join(f"{item}\0" for item in (value if isinstance(value, list) else [value])))
	EOF
}

needs_yaml() {
	[ -x "$VENV/check-jsonschema" ] && return
	[ -z "${CI:-}" ] || { echo "no check-jsonschema; run: make test-deps" >&2; return 1; }
	skip "no check-jsonschema to read it with"
}

# topic_branch: what main has is known, the branch brings one more.
topic_branch() {
	commit_all base
	git init -q --bare ../origin.git && git remote add origin ../origin.git && git push -q origin main
	git checkout -qb topic
	write new.py "async def f(p):" "    open(p)" && commit_all topic
	git fetch -q origin
}

@test "GitHub Actions: the pull request fails for what it brings, and all goes to code scanning" {
	local step status=0

	needs_yaml
	mkdir -p .github/workflows
	recipe yaml runs-on >.github/workflows/asyncgrep.yml
	"$VENV/check-jsonschema" --builtin-schema vendor.github-workflows .github/workflows/asyncgrep.yml
	published && topic_branch && on_a_bare_machine
	export RUNNER_TEMP=$BATS_TEST_TMPDIR GITHUB_PATH=$BATS_TEST_TMPDIR/path GITHUB_BASE_REF=main
	yaml .github/workflows/asyncgrep.yml '[step["run"] for step in data["jobs"]["asyncgrep"]["steps"] if "run" in step]' >steps
	mapfile -d '' steps <steps
	[ "${#steps[@]}" -eq 3 ]
	bash -e -c "${steps[0]}"
	PATH=$root$(cat "$GITHUB_PATH"):$PATH
	[ "$(readlink -f "$(command -v asyncgrep)")" != "$(readlink -f "$ASYNCGREP")" ]
	run bash -e -c "${steps[1]}"
	[ "$status" -eq 1 ]
	[[ $output == *"::error file=new.py,line=2,"* && $output != *"file=t.py"* ]]
	bash -e -c "${steps[2]}"
	[ "$(jq '.runs[0].results | length' asyncgrep.sarif)" -eq 3 ]
	[ "$(yaml .github/workflows/asyncgrep.yml 'data["jobs"]["asyncgrep"]["steps"][-1]["with"]["sarif_file"]' | tr -d '\0')" = asyncgrep.sarif ]
}

@test "GitLab CI: the merge request fails for what it brings, and all goes to Code Quality" {
	local script

	needs_yaml
	recipe yaml codequality >.gitlab-ci.yml
	"$VENV/check-jsonschema" --builtin-schema vendor.gitlab-ci .gitlab-ci.yml
	published && topic_branch && on_a_bare_machine
	yaml .gitlab-ci.yml 'data["asyncgrep"]["before_script"] + data["asyncgrep"]["script"]' | tr '\0' '\n' |
		sed "s|/tmp/asyncgrep|$BATS_TEST_TMPDIR/built|" >job.sh
	PATH=$root/usr/local/bin:$PATH
	CI_MERGE_REQUEST_DIFF_BASE_SHA=$(git rev-parse main) run bash -e job.sh
	[ "$status" -eq 1 ]
	[[ $output == *"new.py:2:5: error: AG101"* && $output != *"t.py:"* ]]
	[ "$(jq length gl-code-quality-report.json)" -eq 3 ]
	rm -r "$BATS_TEST_TMPDIR/built"
	bash -e job.sh
	[ "$(yaml .gitlab-ci.yml 'data["asyncgrep"]["artifacts"]["reports"]["codequality"]' | tr -d '\0')" = gl-code-quality-report.json ]
}

@test "pre-commit: both ways refuse what is staged" {
	local words

	needs pre-commit
	published
	export PRE_COMMIT_HOME=$BATS_TEST_TMPDIR/cache
	commit_all base
	for words in 'repo: local' 'rev: v0.1.0'; do
		recipe yaml "$words" >.pre-commit-config.yaml && git add .pre-commit-config.yaml
		git diff --cached --quiet || git commit -qnm "$words"
		pre-commit install >/dev/null
		write new.py "async def f(p):" "    open(p)" && git add new.py
		run git commit -qm new
		[ "$status" -eq 1 ] && [[ $output == *"new.py:2:5: error: AG101"* ]]
		write new.py "# $words" && git add new.py && git commit -qm good
	done
}

# in_vim COMMAND…: runs them in Vim, without a terminal; fails when one of them does.
in_vim() {
	printf '%s\n' "set nomore runtimepath^=$HOME/.vim" "$@" 'qall!' >script.vim
	timeout 60 vim -N -es -u NONE -i NONE -S script.vim </dev/null
}

@test "Vim: the quickfix list has each finding, and leads to it" {
	needs vim
	mkdir -p "$HOME/.vim/compiler"
	recipe vim makeprg >"$HOME/.vim/compiler/asyncgrep.vim"
	in_vim 'compiler! asyncgrep' 'silent make!' \
		'call writefile(map(getqflist(), "bufname(v:val.bufnr).\"|\".v:val.lnum.\"|\".v:val.col.\"|\".v:val.type.\"|\".v:val.text"), "list")' \
		'silent cfirst' 'call writefile([expand("%:.")."|".line(".")."|".col(".")."|".expand("<cword>")], "place")' \
		'silent cnext' 'call writefile([expand("%:.")."|".line(".")."|".col(".")], "next")' \
		'silent make! --select AG2' 'call writefile([len(getqflist())], "none")'
	cat list place next >&2
	[ "$(wc -l <list)" -eq 2 ]
	[[ $(head -n 1 list) == 'sub/a b.py|4|10|e|AG101 `open` blocks'* ]]
	[[ $(tail -n 1 list) == 't.py|4|9|w|AG302 '* ]]
	[ "$(cat place)" = 'sub/a b.py|4|10|open' ]
	[ "$(cat next)" = 't.py|4|9' ]
	[ "$(cat none)" = 0 ]
}

@test "Vim: :grep looks for a pattern in async functions" {
	needs vim
	recipe vim grepprg >grep.vim
	in_vim 'source grep.vim' "silent grep! 'create_task'" \
		'silent cfirst' 'call writefile([len(getqflist())."|".expand("%:.")."|".line(".")."|".col(".")], "place")'
	[ "$(cat place)" = '1|t.py|4|17' ]
}

@test "ALE: a buffer that is not saved is checked, in bytes" {
	local ale

	needs vim
	for ale in /usr/share/vim-ale "$HOME/.vim/pack/ale/start/ale"; do
		[ ! -e "$ale/plugin/ale.vim" ] || break
	done
	[ -e "$ale/plugin/ale.vim" ] || skip "no ALE to try it with"
	mkdir -p "$HOME/.vim/ale_linters/python"
	recipe vim ale#linter#Define >"$HOME/.vim/ale_linters/python/asyncgrep.vim"
	write wait.vim 'for i in range(100)' 'if !ale#engine#IsCheckingBuffer(bufnr("")) | break | endif' 'sleep 100m' 'endfor'
	in_vim "set runtimepath^=$ale" 'filetype plugin on' 'let g:ale_linters = {"python": ["asyncgrep"]}' \
		"source $ale/plugin/ale.vim" 'edit t.py' 'call setline(4, "    \"äöü\"; task = asyncio.create_task(c); open(c)")' \
		'call ale#Queue(0)' 'sleep 300m' 'source wait.vim' 'call writefile([json_encode(ale#engine#GetLoclist(bufnr("")))], "list")'
	cat list >&2
	jq -e '[.[] | [.code, .type, .lnum, .col, .end_col]] == [["AG302","W",4,22,40],["AG101","E",4,46,49]]' list
	[ "$(jq -r '.[1].linter_name' list)" = asyncgrep ]
}

@test "Emacs: compile finds the places" {
	needs emacs
	{
		recipe elisp compilation
		cat <<-'EOF'
			(setq compilation-always-kill t)
			(let ((buffer (compile "asyncgrep --format text --color never")))
			  (while (get-buffer-process buffer) (accept-process-output nil 0.1))
			  (dotimes (_ 2)
			    (next-error)
			    (with-current-buffer (window-buffer (selected-window))
			      (princ (format "%s|%d|%d|%s\n" (file-relative-name buffer-file-name (getenv "PWD"))
			                     (line-number-at-pos) (- (point) (line-beginning-position)) (thing-at-point 'symbol))))))
		EOF
	} >run.el
	run timeout 60 emacs -Q --batch -l run.el
	echo "$output" >&2
	[ "$status" -eq 0 ]
	[[ $output == *'sub/a b.py|4|9|open'*'t.py|4|8|asyncio'* ]]
}

@test "VS Code: the problem matcher takes every line apart" {
	needs node
	mkdir .vscode
	recipe json problemMatcher >.vscode/tasks.json
	asyncgrep --format json >findings.jsonl 2>/dev/null || true
	node - <<-'EOF'
		const fs = require("fs"), assert = require("assert"), { spawnSync } = require("child_process");
		const task = JSON.parse(fs.readFileSync(".vscode/tasks.json")).tasks[0];
		const pattern = task.problemMatcher.pattern, regexp = new RegExp(pattern.regexp);
		const lines = spawnSync("sh", ["-c", task.command], { encoding: "utf8" });
		const findings = fs.readFileSync("findings.jsonl", "utf8").trim().split("\n").map(JSON.parse);
		const got = lines.stdout.trim().split("\n").map(line => line.match(regexp));
		assert.strictEqual(got.length, 2);
		got.forEach((match, i) => {
			const finding = findings[i];
			assert.deepStrictEqual(
				["file", "line", "column", "severity", "code", "message"].map(key => match[pattern[key]]),
				[finding.path, "" + finding.line, "" + finding.column, finding.severity, finding.code, finding.message]);
		});
		lines.stderr.split("\n").forEach(line => assert(!regexp.test(line), line));
	EOF
}
