# SPDX-License-Identifier: MIT
#
# Whatever the number of threads, the output is the same, byte for byte.

bats_require_minimum_version 1.5.0
load helpers

setup() {
	new_repo
	local i
	for i in $(seq 300); do
		write "p$((i % 7))/f$i.py" "async def f(p):" "    open(p)" "    t.cancel()" "    await t" \
			"    x = asyncio.create_task(g())" "    p.mkdir()"
	done
	git add .
	git rm -q --cached p1/f1.py
	rm p2/f2.py
}

@test "one thread and many find the same, in the order of paths" {
	"$ASYNCGREP" -j1 --format json >one 2>one.err || [ $? -eq 1 ]
	"$ASYNCGREP" -j8 --format json >many 2>many.err || [ $? -eq 1 ]
	[ "$(wc -l <one)" -eq $((298 * 4)) ]
	cmp one many
	cmp one.err many.err
}

@test "one thread and many complain of the same files, in the order of paths" {
	local i
	for i in $(seq 20); do
		printf '\377\376a\000' >"p$((i % 7))/utf$i.py"
	done
	git add .
	"$ASYNCGREP" -j1 >one 2>one.err || [ $? -eq 2 ]
	"$ASYNCGREP" -j8 >many 2>many.err || [ $? -eq 2 ]
	cmp one many
	cmp one.err many.err
	[ "$(grep -c 'utf[0-9]*\.py: ' one.err)" -eq 20 ]
}

@test "many threads fill the cache and read it, and blobs and history, and find the same" {
	local options=('' --cached '--rev HEAD' --history) each
	git commit -qm all
	for each in "${options[@]}"; do
		# shellcheck disable=SC2086
		"$ASYNCGREP" $each -j1 --no-cache --format json >one 2>one.err || [ $? -eq 1 ]
		for run in filling reading; do
			# shellcheck disable=SC2086
			"$ASYNCGREP" $each -j8 --format json >many 2>many.err || [ $? -eq 1 ]
			cmp one many
			cmp one.err many.err
		done
	done
}

@test "a closed pipe ends the program quietly" {
	"$ASYNCGREP" -j4 2>err | head -n 1 >out
	[ "$(wc -l <out)" -eq 1 ]
	! grep -v findings err
}
