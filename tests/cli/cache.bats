#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# The cache: whatever it holds, and whatever became of it, a run prints what it would without it.

load helpers

setup() {
	new_repo
	cache=.git/asyncgrep
	many
}

# past: all files of the work tree are older than the index that is written next, so that it proves them unchanged.
past() {
	find . -name .git -prune -o -type f -newermt 2020-01-02 -exec touch -d '2020-01-01' {} +
	git add -A .
	git update-index -q --refresh || true
}

# blocking N: a coroutine that blocks in N places.
blocking() {
	echo 'async def f(p):'
	printf '    open(p, %d)\n' $(seq "$1")
}

# many: files of every sort.
many() {
	write clean.py 'async def f():' '    pass'
	write plain.py 'x = 1'
	mkdir -p sub/deep
	blocking 1 >one.py
	blocking 3 >sub/three.py
	blocking 2 >sub/deep/two.py
	write hidden.py 'async def f(p):' '    open(p)  # noqa: AG101' '    open(p)  # asyncgrep: ignore[AG101] small' '    x = 1  # noqa: AG102'
	write twin.py 'import asyncio' '' 'async def stop(t):' '    t.cancel()' '    print()' '    await t'
	write broken.py 'async def f(p):' '    open(p)' '    )(' 'def g(:'
	write odd.py 'async def f(p):' $'    open("\351")'
	write judged.py 'async def f(p):' '    pass  # asyncgrep: ignore[AG101]'
	past
	commit_all
}

# same ARG…: once without the cache, once to fill it, once with it: all the same.
same() {
	local run here=$BATS_TEST_TMPDIR/same

	mkdir -p "$here"
	for run in cold filling warm; do
		status=0
		if [ "$run" = cold ]; then
			asyncgrep "$@" --no-cache >"$here/$run.out" 2>"$here/$run.err" || status=$?
		else
			asyncgrep "$@" >"$here/$run.out" 2>"$here/$run.err" || status=$?
		fi
		echo "$status" >>"$here/$run.err"
		cmp "$here/cold.out" "$here/$run.out" && cmp "$here/cold.err" "$here/$run.err" ||
			{ echo "differs: $*, $run" >&2; diff "$here/cold.out" "$here/$run.out"; diff "$here/cold.err" "$here/$run.err"; return 1; } >&2
	done
}

# not_read N ARG…: a run says that so many files did not have to be read.
not_read() {
	run_asyncgrep -v "${@:2}"
	if [ "$1" -eq 0 ]; then
		[[ $error != *"not read again"* ]] || show
	else
		[[ $error == *", $1 not read again"* ]] || show
	fi
}

@test "the second run prints what the first one did, in every format" {
	local format
	for format in full text json sarif github gitlab junit checkstyle rdjson markdown; do
		rm -rf "$cache"
		same --format "$format"
		same --format "$format" --show-suppressed
	done
	not_read 10
}

@test "the second run prints what the first one did, with every option about findings" {
	same -A1
	same -B2 --format full
	same -C1 sub
	same -W --format full
	same -W -q
	same -q
	same -l
	same -L
	same -c
	same -m1
	same -m1 --format json
	same -z
	same --fail-on never
	same --no-suppress
	same --report-unused
	same --require-reason
	same --report-unused --require-reason --select AG1 --format json
	same --select AG101
	same --ignore AG101
	same --select all
	same -e 'open\(' --in any
	same -e 'open\(p, 2\)'
	same -e 'print' --select AG101
	same -j1
	same -j7
	same --color always --format full
	same --no-attributes
	same --report "json:$BATS_TEST_TMPDIR/report"
	same --untracked
	same --write-baseline "$BATS_TEST_TMPDIR/baseline"
	git rm -q --cached one.py
	same --baseline "$BATS_TEST_TMPDIR/baseline"
	rm plain.py
	same --baseline "$BATS_TEST_TMPDIR/baseline"
}

@test "what a report wants to know beside is found out when it is asked for" {
	asyncgrep >/dev/null || true
	same --format sarif
	same
	same --format gitlab
	not_read 10 --format sarif
	asyncgrep --clear-cache
	asyncgrep --format sarif >/dev/null || true
	not_read 10
}

@test "the second run prints what the first one did, whatever is scanned" {
	blocking 4 >>one.py
	git add one.py
	blocking 5 >>sub/three.py
	same
	same --staged
	same --cached
	same --rev HEAD
	same --rev HEAD:sub
	same --since HEAD
	same --since HEAD --changed-lines
	same --changed-lines
	same --hook one.py sub/three.py clean.py
	commit_all again
	same --history
	same --history --format json
	same --rev HEAD~1
	same --since HEAD~1
	cd sub
	same
	same --rev HEAD
	same three.py
}

@test "what a look at -v says is the same, but for the time and what was not read" {
	asyncgrep -v --no-cache 2>&1 | sed 's/, [0-9.]* s$//' >"$BATS_TEST_TMPDIR/cold" || true
	asyncgrep >/dev/null || true
	asyncgrep -v 2>&1 | sed 's/, 10 not read again, [0-9.]* s$//' >"$BATS_TEST_TMPDIR/warm" || true
	diff "$BATS_TEST_TMPDIR/cold" "$BATS_TEST_TMPDIR/warm"
	grep -q 'not Python here' "$BATS_TEST_TMPDIR/warm"
}

@test "a file that was touched or edited is read again" {
	asyncgrep >/dev/null || true
	touch clean.py
	not_read 9
	same
	blocking 7 >clean.py
	same
	run_asyncgrep -c clean.py
	[ "$output" = clean.py:7 ] || show
	git checkout -q clean.py
	same
}

@test "an edit in the moment of the index is seen: same size, same time" {
	asyncgrep >/dev/null || true
	write racy.py 'async def f(p):' '    oden(p)'
	git add racy.py
	asyncgrep >/dev/null || true
	touch -r .git/index racy.py
	write racy.py 'async def f(p):' '    open(p)'
	touch -r .git/index racy.py
	same
	run_asyncgrep -c racy.py
	[ "$output" = racy.py:1 ] || show
}

@test "what others left as old as before is found out by its other stat data" {
	asyncgrep >/dev/null || true
	write other.py 'async def f():' '    open'
	touch -r clean.py other.py
	[ "$(stat -c %s clean.py)" -eq "$(stat -c %s other.py)" ]
	mv other.py clean.py
	not_read 9
	same -e 'open' --in any
}

@test "of files that git converts, the bytes count, whatever the index says" {
	local attributes
	printf 'async def f(p):\n    x = "$Id$"; open(p)\n' >ident.py
	cat one.py >filtered.py
	printf 'async def f(p):\n    open("\342\202\254")\n' >encoded.py
	git config filter.hide.smudge "sed 's/open/OPEN/'"
	git config filter.hide.clean "sed 's/OPEN/open/'"
	past
	commit_all more
	for attributes in 'ident.py ident' 'filtered.py filter=hide' 'encoded.py working-tree-encoding=UTF-16' \
		'*.py text eol=crlf' '*.py text=auto' '[attr]mine filter=hide
filtered.py mine'; do
		rm -rf "$cache"
		echo "$attributes" >.gitattributes
		git add .gitattributes
		rm ./*.py
		git checkout -q -- .
		find . -name '*.py' -newermt 2020-01-02 -exec touch -d '2020-01-01' {} +
		sleep 0.01
		git add -A .
		git update-index -q --refresh || true
		same
		same --cached
		same
	done
}

@test "a filter's work is not taken for what git stores, when the filter is gone" {
	git config filter.hide.smudge "sed 's/open/abcd/'"
	git config filter.hide.clean "sed 's/abcd/open/'"
	echo 'one.py filter=hide' >.gitattributes
	rm one.py
	git checkout -q one.py
	past
	grep -q abcd one.py
	same
	rm .gitattributes
	same
	same --cached
	same --rev HEAD
}

@test "line ends that git converts: core.autocrlf" {
	local value
	for value in true input false; do
		git config core.autocrlf "$value"
		rm -rf "$cache" one.py
		git checkout -q one.py
		past
		same --format json
		same --cached --format json
		sed -i 's/$/\r/' clean.py twin.py
		past
		same --format json
		same --cached --format json
		git checkout -q HEAD clean.py twin.py
	done
}

@test "files with CR LF that are stored so are not read again" {
	git config core.autocrlf false
	blocking 2 | sed 's/$/\r/' >crlf.py
	past
	same
	not_read 11
}

@test "linked work trees share it" {
	asyncgrep >/dev/null || true
	git worktree add -q "$BATS_TEST_TMPDIR/linked"
	cd "$BATS_TEST_TMPDIR/linked"
	past
	not_read 10
	same
	[ ! -e "$(git rev-parse --git-dir)/asyncgrep" ]
}

@test "submodules, untracked files and files of conflicts are what they are" {
	git init -q "$BATS_TEST_TMPDIR/module"
	blocking 1 >"$BATS_TEST_TMPDIR/module/m.py"
	git -C "$BATS_TEST_TMPDIR/module" add .
	git -C "$BATS_TEST_TMPDIR/module" commit -qm m
	git submodule add -q "$BATS_TEST_TMPDIR/module" lib
	commit_all
	same --recurse-submodules
	blocking 6 >lib/m.py
	same --recurse-submodules
	blocking 2 >loose.py
	same --untracked
	blocking 3 >loose.py
	same --untracked
	rm loose.py
	git checkout -qb side
	blocking 8 >one.py
	commit_all side
	git checkout -q main
	blocking 9 >one.py
	commit_all main
	git merge -q side || true
	same
	same --cached
}

@test "attributes that come later have their say, in whatever folder and whether tracked or not" {
	local folder
	mkdir -p pass/through
	blocking 1 >pass/through/p.py
	past
	asyncgrep >/dev/null || true
	for folder in . sub sub/deep pass pass/through; do
		echo '*.py -asyncgrep' >"$folder/.gitattributes"
		same
		not_read "$(git ls-files '*.py' | grep -vc "^${folder#.}.*/.*\|^$folder$")" || [ "$folder" = . ]
		git add "$folder/.gitattributes"
		rm "$folder/.gitattributes"
		same
		same --untracked
		git rm -q --cached "$folder/.gitattributes"
		same
		not_read 11
	done
	ln -s ../one.py sub/.gitattributes
	same
}

@test "a folder that became a link holds no files of the repository" {
	asyncgrep >/dev/null || true
	mv sub moved
	ln -s moved sub
	same
	[ "$(asyncgrep -c | grep -c sub/)" -eq 0 ]
}

@test "other rules, options and configurations have results of their own" {
	asyncgrep >/dev/null || true
	write rule.yaml 'code: MY1' 'name: mine' 'message: mine' 'help: none' 'context: any' "pattern: 'print'"
	same --patterns rule.yaml
	sed -i 's/print/cancel/' rule.yaml
	same --patterns rule.yaml
	sed -i 's/message: mine/message: yours/' rule.yaml
	same --patterns rule.yaml
	write .asyncgrep.yaml 'severity:' '  AG101: warning'
	same
	write .asyncgrep.yaml 'extend:' '  AG101: [print]'
	same
	write .asyncgrep.yaml 'extend:' '  AG101: [t.cancel]'
	same
	write .asyncgrep.yaml 'per-path:' '  sub/:' '    ignore: [AG101]' '  one.py:' '    select: [AG2]'
	same
	write .asyncgrep.yaml 'per-path:' '  sub/deep/:' '    ignore: [AG101]'
	same
	same --history
	write .asyncgrep.yaml 'patterns: rule.yaml' 'report-unused: true'
	same
	sed -i 's/cancel/await/' rule.yaml
	same
	write .asyncgrep.yaml 'no-suppress: true'
	same
	rm .asyncgrep.yaml
	same
}

@test "two files of the same content and other rules have each their findings" {
	cp one.py sub/one.py
	past
	write .asyncgrep.yaml 'per-path:' '  sub/:' '    ignore: [AG101]'
	same -c
	[ "$(asyncgrep -c | grep -c sub/)" -eq 0 ]
}

@test "a suppression that is over hides nothing, whatever was known before its end" {
	local day
	write until.py 'async def f(p):' '    open(p)  # asyncgrep: ignore[AG101, until=2027-03-01] small'
	past
	for day in 2027-02-01 2027-03-01 2027-03-02 2027-04-01 2027-02-01; do
		export SOURCE_DATE_EPOCH=$(($(date -ud "$day" +%s) + 100))
		same
		not_read 11
	done
}

@test "--add-ignores does the same with what is known" {
	cp -r . ../copy
	asyncgrep >/dev/null || true
	run_asyncgrep --add-ignores --reason why
	cp "$BATS_TEST_TMPDIR/stdout" "$BATS_TEST_TMPDIR/warm"
	cd ../copy
	run_asyncgrep --no-cache --add-ignores --reason why
	diff "$BATS_TEST_TMPDIR/warm" "$BATS_TEST_TMPDIR/stdout"
	diff -r -x .git . ../repo
	same
}

@test "a file that cannot be scanned to its end is an error each time" {
	printf '# coding: utf-8\nasync def f(p):\n    open(p)\n# \377\376\n' >bad.py
	write rule.yaml 'code: MY1' 'name: mine' 'message: mine' 'help: none' 'context: any' "pattern: '(a+)+\$b'"
	printf 'x = "%s"\n%s\n' a "$(printf 'a%.0s' {1..60})c" >slow.py
	past
	same
	same --patterns rule.yaml
}

@test "a damaged file is a cold scan, and a word with -v" {
	local file size at
	asyncgrep >/dev/null || true
	file=$(echo "$cache"/results-*)
	cp "$file" "$BATS_TEST_TMPDIR/whole"
	size=$(stat -c %s "$file")
	for at in 0 16 40 80 100 200 $((size / 2)) $((size - 30)) $((size - 9)); do
		cp "$BATS_TEST_TMPDIR/whole" "$file"
		printf '\252\125\252' | dd of="$file" bs=1 seek="$at" conv=notrunc status=none
		not_read 0
		[[ $error == *"cache: "*"is damaged"* ]] || show
		same
	done
	for at in 0 1 71 72 $((size / 2)) $((size - 1)); do
		cp "$BATS_TEST_TMPDIR/whole" "$file"
		truncate -s "$at" "$file"
		same
		not_read 10
	done
	head -c 5000 /dev/urandom >"$file"
	same
}

@test "a folder or file that cannot be written or read is a cold scan" {
	local file
	mkdir "$cache"
	touch "$cache/other"
	chmod a-w "$cache"
	same
	rm -rf "$cache"
	touch "$cache"
	same
	rm "$cache"
	ln -s /nonexistent/folder "$cache"
	same
	run_asyncgrep -v
	[[ $error == *"asyncgrep: cache: "* ]] || show
	rm "$cache"
	asyncgrep >/dev/null || true
	file=$(echo "$cache"/results-*)
	rm "$file"
	mkdir "$file"
	same
}

@test "in somebody else's repository nothing is kept" {
	[ "$(id -u)" -eq 0 ] || skip "takes root"
	chown -R 12345 .git
	git config --global safe.directory '*'
	same
	[ ! -e "$cache" ]
	run_asyncgrep -v
	[[ $error == *"cache: none is kept: "*"belongs to somebody else"* ]] || show
	same --cache-dir "$BATS_TEST_TMPDIR/cache"
	[ -e "$BATS_TEST_TMPDIR/cache" ]
}

@test "somebody else's results are not believed" {
	[ "$(id -u)" -eq 0 ] || skip "takes root"
	asyncgrep >/dev/null || true
	chown 12345 "$cache"/results-*
	not_read 0
	[[ $error == *"belongs to somebody else"* ]] || show
	same
}

# limited BLOCKS ARG…: the program where files can have no more than so many bytes of 512.
limited() {
	(ulimit -f "$1" && exec timeout 20 "$ASYNCGREP" "${@:2}") 2>&1 | cat
	return "${PIPESTATUS[0]}"
}

@test "a full disk does no harm" {
	local blocks expected
	expected=$(asyncgrep --no-cache 2>&1) || true
	for blocks in 0 1 2 3 4; do
		rm -rf "$cache"
		status=0
		[ "$(limited "$blocks")" = "$expected" ]
		same
	done
	asyncgrep >/dev/null || true
	blocking 5 >one.py
	expected=$(asyncgrep --no-cache 2>&1) || true
	[ "$(limited 0)" = "$expected" ]
	[[ "$(limited 0 -v)" == *"cache: "*"File too large"* ]]
	same
}

@test "two runs at once, and runs that are killed, do no harm" {
	local i
	asyncgrep --no-cache >"$BATS_TEST_TMPDIR/expected" 2>/dev/null || true
	for i in 1 2 3 4 5 6 7 8; do
		rm -rf "$cache"
		asyncgrep >"$BATS_TEST_TMPDIR/a" 2>/dev/null &
		asyncgrep >"$BATS_TEST_TMPDIR/b" 2>/dev/null &
		"$ASYNCGREP" >/dev/null 2>&1 &
		{ sleep "0.0$i" && kill -9 $!; } 2>/dev/null || true
		wait
		cmp "$BATS_TEST_TMPDIR/expected" "$BATS_TEST_TMPDIR/a"
		cmp "$BATS_TEST_TMPDIR/expected" "$BATS_TEST_TMPDIR/b"
		same
	done
}

@test "--no-cache keeps nothing, and looks at nothing" {
	run_asyncgrep --no-cache
	[ ! -e "$cache" ]
	asyncgrep >/dev/null || true
	not_read 10
	not_read 0 --no-cache
	write .asyncgrep.yaml 'no-cache: true'
	not_read 0
	not_read 10 --cache
}

@test "--cache-dir is made where it is named, and nowhere else" {
	local dir=$BATS_TEST_TMPDIR/not/there/yet
	asyncgrep --cache-dir "$dir" >/dev/null || true
	[ -e "$dir" ] && [ ! -e "$cache" ]
	not_read 10 --cache-dir "$dir"
	same --cache-dir "$dir"
	cd sub
	asyncgrep --cache-dir mine >/dev/null || true
	[ -e mine ]
}

@test "a configuration cannot say where the cache is" {
	write .asyncgrep.yaml 'cache-dir: /tmp'
	run_asyncgrep
	assert_error ".asyncgrep.yaml:1:1: 'cache-dir' is for the command line alone"
	write .asyncgrep.yaml 'clear-cache: true'
	run_asyncgrep
	assert_error "'clear-cache' is for the command line alone"
}

@test "--clear-cache removes the cache, and nothing else" {
	asyncgrep >/dev/null || true
	asyncgrep --select AG101 >/dev/null || true
	write "$cache/mine" 'text'
	run_asyncgrep --clear-cache
	[ "$status" -eq 0 ] || show
	[[ $output == *"/.git/asyncgrep: 2 files removed, 0.0 MB" ]] || show
	[ "$(ls "$cache")" = mine ]
	rm "$cache/mine"
	run_asyncgrep --clear-cache
	[[ $output == *"/.git/asyncgrep: there is no cache" ]] || show
	[ ! -e "$cache" ]
	asyncgrep --cache-dir "$BATS_TEST_TMPDIR/c" >/dev/null || true
	run_asyncgrep --clear-cache --cache-dir "$BATS_TEST_TMPDIR/c"
	[ "$status" -eq 0 ] && [ ! -e "$BATS_TEST_TMPDIR/c" ] || show
	run_asyncgrep --clear-cache -q
	[ "$status" -eq 0 ] && [ -z "$output$error" ] || show
	cd "$BATS_TEST_TMPDIR"
	run_asyncgrep --clear-cache
	assert_error "git"
}

@test "plain files and standard input have no cache" {
	asyncgrep --no-index . >/dev/null || true
	asyncgrep - <one.py >/dev/null || true
	[ ! -e "$cache" ]
	run_asyncgrep --no-index --cache-dir "$BATS_TEST_TMPDIR/c" .
	assert_error "'--cache-dir'" "'--no-index'"
	run_asyncgrep --cache-dir "$BATS_TEST_TMPDIR/c" - <one.py
	assert_error "'--cache-dir'" "'-'"
}

@test "what is not used goes: no more than eight files" {
	local i
	for i in {1..11}; do
		asyncgrep -e "word$i" >/dev/null || true
	done
	[ "$(find "$cache" -type f | wc -l)" -eq 8 ]
}
