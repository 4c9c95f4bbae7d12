# SPDX-License-Identifier: MIT
#
# What every bats file loads: the program under test, and a world of its own
# for each test, without the user's locale, home and git configuration.
#
#	load helpers
#	setup() { new_repo; }

ASYNCGREP=${ASYNCGREP:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)/build/asyncgrep}

# Leaks that libgit2 1.5 has itself (each needs the callers' frames to be told).
export ASAN_OPTIONS=${ASAN_OPTIONS:-fast_unwind_on_malloc=0}
export LSAN_OPTIONS=${LSAN_OPTIONS:-suppressions=$BATS_TEST_DIRNAME/lsan.supp:print_suppressions=0}

# isolate: an empty home, no configuration but a name for commits, no variables of git.
isolate() {
	local name

	for name in $(compgen -e); do
		case $name in
		GIT_* | LC_* | LANG | LANGUAGE | XDG_CONFIG_HOME | ASYNCGREP_*) unset "$name" ;;
		esac
	done
	export LC_ALL=C.UTF-8 TZ=UTC HOME=$BATS_TEST_TMPDIR/home GIT_CONFIG_NOSYSTEM=1
	# No test waits for a key.
	export GIT_CEILING_DIRECTORIES=$BATS_TEST_TMPDIR GIT_PAGER=cat
	mkdir -p "$HOME"
	git config --global user.name Tester
	git config --global user.email tester@example.org
	git config --global init.defaultBranch main
	git config --global protocol.file.allow always
	git config --global advice.detachedHead false
}

# new_repo [NAME]: a fresh repository, and the test in it.
new_repo() {
	isolate
	git init -q "$BATS_TEST_TMPDIR/${1:-repo}"
	cd "$BATS_TEST_TMPDIR/${1:-repo}" || return
}

# write FILE [LINE…]: makes the file, and the folders above it.
write() {
	mkdir -p "$(dirname -- "./$1")"
	printf '%s\n' "${@:2}" >"$1"
}

# bad FILE, good FILE: makes it with a finding (AG101 in line 2), or without one.
bad() {
	write "$1" "async def f(p):" "    open(p)"
}

good() {
	write "$1" "async def f(p):" "    await p"
}

# put_on_path: the program can be called as `asyncgrep` by what a test runs, as where it is installed.
put_on_path() {
	mkdir "$BATS_TEST_TMPDIR/bin"
	ln -s "$ASYNCGREP" "$BATS_TEST_TMPDIR/bin/asyncgrep"
	PATH=$BATS_TEST_TMPDIR/bin:$PATH
}

# track FILE…: makes each with a line of Python in it, and adds it to the index.
track() {
	local file

	for file; do
		write "$file" "x = 1"
	done
	git add -- "$@"
}

commit_all() {
	git add -A . && git commit -qm "${1:-all}"
}

# asyncgrep ARG…: the program; a hang is a failure.
asyncgrep() {
	timeout "${TEST_TIMEOUT:-20}" "$ASYNCGREP" "$@"
}

# run_asyncgrep ARG…: sets status, output and lines (standard output), error (standard error).
run_asyncgrep() {
	status=0
	asyncgrep "$@" >"$BATS_TEST_TMPDIR/stdout" 2>"$BATS_TEST_TMPDIR/stderr" || status=$?
	output=$(cat "$BATS_TEST_TMPDIR/stdout")
	error=$(cat "$BATS_TEST_TMPDIR/stderr")
	mapfile -t lines <"$BATS_TEST_TMPDIR/stdout"
}

# show: what the last run did, for the log of a test that fails.
show() {
	printf 'status: %s\n--- stdout\n%s\n--- stderr\n%s\n' "$status" "$output" "$error" >&2
	return 1
}

# assert_files FILE…: the last --files listed these, in this order, and all went well.
assert_files() {
	local expected

	expected=$(printf '%s\n' "$@")
	[ "$status" -eq 0 ] && [ "$output" = "${expected%$'\n'}" ] ||
		{ printf -- '--- expected\n%s\n' "$expected" >&2; show; }
}

# assert_error PART…: status 2, and one line on standard error with each part in it.
assert_error() {
	local part

	[ "$status" -eq 2 ] || show
	[ "$(wc -l <"$BATS_TEST_TMPDIR/stderr")" -eq 1 ] || show
	for part; do
		[[ $error == "asyncgrep: "*"$part"* ]] || { printf 'no "%s" in the message\n' "$part" >&2; show; }
	done
}

# assert_complaint PART…: status 2, and a line of its own, among others, with all parts in it.
assert_complaint() {
	local line part found

	[ "$status" -eq 2 ] || show
	while IFS= read -r line; do
		found=yes
		[[ $line == "asyncgrep: "* ]] || continue
		for part; do
			[[ $line == *"$part"* ]] || found=
		done
		[ -z "$found" ] || return 0
	done <"$BATS_TEST_TMPDIR/stderr"
	show
}

# need PROGRAM…: skips the test where one is missing; where tests are to be complete (CI is set), that is a failure.
need() {
	local program

	for program; do
		command -v "$program" >/dev/null && continue
		[ -z "${CI:-}" ] || { echo "no $program; run: make test-deps" >&2; return 1; }
		skip "no $program"
	done
}

# block FILE LANGUAGE WORDS: the first block of a page in Markdown that is in that language and has these words.
block() {
	awk -v language="$2" -v words="$3" '
		!inside && $0 == "```" language { inside = 1; text = ""; next }
		inside && $0 == "```" {
			inside = 0
			if (index(text, words) && !found++)
				printf "%s", text
			next
		}
		inside { text = text $0 "\n" }
		END { exit !found }' "$1"
}
