#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# --statistics: how many findings, by rule and by folder.

load helpers

setup() {
	new_repo
	write a.py 'import time' 'async def f():' '    time.sleep(1)' '    open("x")'
	write app/b.py 'import time' 'async def f():' '    time.sleep(1)' '    time.sleep(2)'
	write app/c.py 'import time' 'async def f():' '    time.sleep(3)  # noqa: AG601' '    time.sleep(4)'
	write quiet/d.py 'import time' 'async def f():' '    time.sleep(3)  # asyncgrep: ignore[AG601] once'
	git add .
}

# assert_statistics LINE…: exit status 1, and these lines.
assert_statistics() {
	[ "$status" -eq 1 ] || show
	diff <(printf '%s\n' "$@") <(printf '%s\n' "$output") || show
}

@test "most first, aligned, with what comments suppress" {
	run_asyncgrep --statistics
	assert_statistics '     4  AG601  blocking-sleep  (2 suppressed)' '     1  AG101  blocking-open' '' \
		'     3  app/  (1 suppressed)' '     2  ./' '     0  quiet/  (1 suppressed)'
	[ "$error" = "5 findings in 3 files; 4 files scanned, 2 findings suppressed" ] || show
	asyncgrep --statistics -j 1 | cmp - "$BATS_TEST_TMPDIR/stdout"
}

@test "--format json is one document" {
	need jq
	run_asyncgrep --statistics --format json
	[ "$status" -eq 1 ] || show
	diff - <(jq -c '.total, .complete, .rules[], .folders[]' <<<"$output") <<-'END'
		{"findings":5,"suppressed":2,"files":3}
		true
		{"code":"AG601","name":"blocking-sleep","severity":"error","findings":4,"suppressed":2,"files":3}
		{"code":"AG101","name":"blocking-open","severity":"error","findings":1,"suppressed":0,"files":1}
		{"path":"app/","findings":3,"suppressed":1,"files":2}
		{"path":"./","findings":2,"suppressed":0,"files":1}
		{"path":"quiet/","findings":0,"suppressed":1,"files":0}
	END
	write .asyncgrep.yaml 'format: json'
	run_asyncgrep --statistics
	[[ $output == *"4  AG601"* ]] || show
}

@test "nothing found is nothing, or a document with nothing in it" {
	need jq
	run_asyncgrep --statistics --select AG201
	[ "$status" -eq 0 ] && [ -z "$output" ] || show
	run_asyncgrep --statistics --select AG201 --format json
	[ "$status" -eq 0 ] && [ "$(jq -c . <<<"$output")" = \
		'{"total":{"findings":0,"suppressed":0,"files":0},"complete":true,"rules":[],"folders":[]}' ] || show
}

@test "every target: staged, cached, a revision, plain files, standard input, history" {
	local target

	git commit -qm all
	write app/b.py 'import time' 'async def f():' '    time.sleep(1)' && git add .
	run_asyncgrep --statistics --staged
	assert_statistics '     1  AG601  blocking-sleep' '' '     1  app/'
	for target in --cached --no-index; do
		run_asyncgrep --statistics $target
		assert_statistics '     3  AG601  blocking-sleep  (2 suppressed)' '     1  AG101  blocking-open' '' \
			'     2  ./' '     2  app/  (1 suppressed)' '     0  quiet/  (1 suppressed)'
	done
	run_asyncgrep --statistics --rev HEAD app
	assert_statistics '     3  AG601  blocking-sleep  (1 suppressed)' '' '     3  app/  (1 suppressed)'
	cd app
	run_asyncgrep --statistics --rev HEAD
	assert_statistics '     4  AG601  blocking-sleep  (2 suppressed)' '     1  AG101  blocking-open' '' \
		'     3  ./  (1 suppressed)' '     2  ../' '     0  ../quiet/  (1 suppressed)'
	run_asyncgrep --statistics - <b.py
	assert_statistics '     1  AG601  blocking-sleep' '' '     1  ./'
	run_asyncgrep --statistics --history HEAD
	assert_statistics '     4  AG601  blocking-sleep' '     1  AG101  blocking-open' '' '     3  app/' '     2  ./'
}

@test "--since and --baseline: only what is new counts" {
	git commit -qm all
	printf '    open("y")\n' >>app/b.py
	run_asyncgrep --statistics --since HEAD
	assert_statistics '     1  AG101  blocking-open' '' '     1  app/'
	git stash -q && run_asyncgrep --write-baseline base.jsonl && git stash pop -q
	run_asyncgrep --statistics --baseline base.jsonl app/b.py
	assert_statistics '     1  AG101  blocking-open' '' '     1  app/'
}

@test "a report beside it is as without it" {
	run_asyncgrep --report json:plain.json --report junit:plain.xml
	run_asyncgrep --statistics --report json:beside.json --report junit:beside.xml
	[ "$status" -eq 1 ] || show
	cmp plain.json beside.json
	cmp plain.xml beside.xml
	run_asyncgrep --show-suppressed --report json:plain.json
	run_asyncgrep --statistics --show-suppressed --report json:beside.json
	cmp plain.json beside.json
	grep -q suppressed beside.json
}

@test "--output writes it whole; --fail-on and -q are as ever" {
	run_asyncgrep --statistics -o numbers
	[ "$status" -eq 1 ] && [ -z "$output" ] && [ "$(head -n 1 numbers)" = '     4  AG601  blocking-sleep  (2 suppressed)' ] || show
	run_asyncgrep --statistics --fail-on never
	[ "$status" -eq 0 ] && [[ $output == *"AG601"* ]] || show
	run_asyncgrep --statistics -q
	[ "$status" -eq 1 ] && [ -z "$output$error" ] || show
}

@test "patterns, odd folders and colours" {
	write $'odd\nname/\xff/e.py' 'async def f():' '    g()' && git add .
	run_asyncgrep --statistics -e 'g\(' -e 'time'
	assert_statistics '     6  e2  e2' '     1  e1  e1' '' '     4  app/' '     1  ./' '     1  odd\x0Aname/\xFF/' \
		'     1  quiet/'
	run_asyncgrep --statistics --color always app
	assert_statistics $'\e[32m     3\e[m  AG601  blocking-sleep  (1 suppressed)' '' \
		$'\e[32m     3\e[m  \e[35mapp/\e[m  (1 suppressed)'
}

@test "numbers of any size are aligned" {
	local TEST_TIMEOUT=200 # under sanitizers
	{ echo 'async def f(p):'; seq 1234 | sed 's/.*/    open(p, &)/'; } >big
	python3 -c 'import os; os.mkdir("many"); [os.link("big", f"many/{i}.py") for i in range(811)]'
	run_asyncgrep --statistics --no-index many a.py
	assert_statistics '1000775  AG101  blocking-open' '      1  AG601  blocking-sleep' '' \
		'1000774  many/' '      2  ./'
}

@test "what it does not go with" {
	local option

	for option in -l -L -c -z '-m 1' '-C 1' -W '--write-baseline x' '--format sarif' '--format full' --list-rules --files; do
		run_asyncgrep --statistics $option
		assert_error "'--statistics'"
	done
}
