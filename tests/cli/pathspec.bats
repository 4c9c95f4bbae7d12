#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# Pathspecs, held against `git ls-files`: every word of the table in every
# folder of a repository with odd names.

load helpers

names=(a.py b.py ab.py A.py 'x[1].py' x1.py 'sp ace.py' 'st*ar.py' 'back\slash.py' $'new\nline.py'
	$'\xff\xfe.py' 'q?.py' -dash.py :colon.py '!bang.py' é.py 'a]b.py' '(p).py' .hidden.py aaaab.py '[.py')
folders=(. sub sub/deep sub/deep/deeper SUB 'd[1]' d1 'sp ace' 's*r' a.py.d sub-x sub.x $'\xff' 'back\dir')
words=(
	. ./ .. ../ a.py ./a.py sub sub/ sub/. sub/deep sub//deep sub/deep/ a.py/ '*' '*.py' '*a*' '**' '?.py' '??.py'
	'*/a.py' 'sub/*' 'sub/*/a.py' 'sub/**' 'sub/**/a.py' '**/a.py' '*deep*' 'd[1]' 'd[1]/a.py' 'd\[1\]' 'd\[1]/a.py'
	'd[0-9]/*.py' 'x[1].py' 'x\[1\].py' 'x[[]1].py' 'sp ace' 'sp*' 'st*ar.py' 'st\*ar.py' 's*r/' 's\*r/' 'q?.py' 'q\?.py'
	'back\slash.py' 'back\\slash.py' 'back\\dir' $'new\nline.py' $'new*.py' $'\xff*' $'\xff/' $'*\xfe.py' 'é.py' '[é].py' '-dash.py'
	'[!a]*.py' '[^a]*.py' '[a-b].py' '[b-a].py' '[]a]*.py' '[a]]b.py' '[[:upper:]].py' '[[:lower:]].py' '[[:alpha:][:digit:]]*.py'
	'[[:punct:]]*.py' '[[:nothing:]]*' '[' '[.py' '[a' '[a-' '[!' '\' 'a\' '\a.py' '*[' '.*' '.*.py' 'a.py.d' 'a.py.d/*'
	../a.py ../sub '../*.py' ../../a.py ../../../a.py '../[a-b].py' ../sub/../a.py ./../sub/./deep sub/../../x
	: :: :/ :/a.py :/sub ':/*.py' ':/' :/sub/deep/ '://' ':/:sub' ':/./a.py' ':/../a.py' ':/sub//deep'
	:!a.py ':!*.py' :^sub :!/sub :/!sub ':!/*a*' :!. ':!:a.py' ':!^a.py' ':!!a.py'
	':(top)a.py' ':(top)sub/deep' ':(exclude)sub' ':(top,exclude)sub' ':(top,exclude,icase)SUB' ':(exclude,top)*.py'
	':(icase)A.PY' ':(icase)sub' ':(icase)SUB/DEEP' ':(icase)*.PY' ':(icase)[A]*' ':(icase)[[:upper:]].py' ':(icase)[a-b].PY' ':(icase)../SUB'
	':(glob)*.py' ':(glob)**' ':(glob)**/a.py' ':(glob)sub/**' ':(glob)sub/*' ':(glob)sub/**/a.py' ':(glob)**/deep/*.py' ':(glob)*/*/a.py'
	':(glob)s**/a.py' ':(glob)sub**' ':(glob)**deep/a.py' ':(glob)sub/**/**/a.py' ':(glob)?' ':(glob)sub?deep' ':(glob)sub[/]deep' ':(glob)**/' ':(glob)/**'
	':(glob)**\/a.py' ':(top,glob)*/a.py' ':(glob,icase)SUB/**/A.PY' ':(glob,exclude)**/a.py' ':(glob)*' ':(glob)../*.py' ':(glob)../**/a.py'
	':(literal)*' ':(literal)st*ar.py' ':(literal)x[1].py' ':(literal)d[1]' ':(literal)back\slash.py' ':(literal,icase)ST*AR.PY' ':(top,literal)s*r'
	':()a.py' ':(,)a.py' ':(top,)a.py' ':(top)' ':(icase)' ':(glob)'
	':(nothing)a.py' ':(top' ':(glob,literal)a' ':%a.py' ':"a' ':@a' ":'a" ':-dash.py' ':a.py' ':colon.py' ':\:colon.py' './:colon.py' '!bang.py' ':!!bang.py' ':(topp)x'
)

setup() {
	local folder name

	new_repo
	for folder in "${folders[@]}"; do
		mkdir -p "./$folder"
		for name in "${names[@]}"; do
			: >"./$folder/$name"
		done
	done
	git add -A .
}

# is_exclusion WORD: does it only exclude? Then all files are meant, also in a subfolder.
is_exclusion() {
	[[ $1 == ':!'* || $1 == ':^'* || $1 == ':/!'* || $1 == ':('*exclude*')'* ]]
}

# same WORD…: do both list the same files, or both refuse?
same() {
	local ours=$BATS_TEST_TMPDIR/ours git=$BATS_TEST_TMPDIR/git whole=(:/) word git_status=0 status=0

	for word; do
		is_exclusion "$word" || whole=()
	done
	[ -z "${GIT_LITERAL_PATHSPECS:-}" ] || whole=()
	git ls-files -z -- "${whole[@]}" "$@" >"$git" 2>"$git.err" || git_status=$?
	asyncgrep --files -z -- "$@" >"$ours" 2>"$ours.err" || status=$?
	if [ "$status" -eq 2 ] && grep -q 'did not match any file' "$ours.err"; then
		git_status=0
		git ls-files -z --error-unmatch -- "$@" >/dev/null 2>"$git.err" || git_status=$?
		[ "$git_status" -eq 1 ] && grep -q 'did not match any file' "$git.err" && return
	elif [ "$git_status" -eq 128 ] && [ "$status" -eq 2 ]; then
		# The same complaint, but for the advice.
		grep -qF "$(sed -n '1s/^fatal: //p' "$git.err" | cut -c1-40)" "$ours.err" && return
	elif [ "$git_status" -eq 0 ] && [ "$status" -eq 0 ]; then
		cmp -s "$git" "$ours" && return
	fi
	printf 'in %q: %s\n' "${PWD#"$BATS_TEST_TMPDIR"}" "$(printf '%q ' "$@")" >&2
	diff <(tr '\0\n' '\n ' <"$git") <(tr '\0\n' '\n ' <"$ours") | head -5 >&2
	cat "$git.err" "$ours.err" >&2
	return 1
}

@test "every word of the table means the same as to git, in several folders" {
	local folder word failed=0

	for folder in . sub 'd[1]' sub/deep/deeper; do
		for word in "${words[@]}"; do
			(cd "$folder" && same "$word") || failed=$((failed + 1))
		done
	done
	[ "$failed" -eq 0 ]
	[ "${#words[@]}" -gt 100 ]
}

@test "words together" {
	local failed=0

	same a.py sub || failed=1
	same '*.py' ':!sub' || failed=1
	same ':!sub' '*.py' || failed=1
	same sub ':!sub/deep' ':!*b.py' || failed=1
	same :/ ':(exclude,icase)SUB' || failed=1
	same ':(glob)**/a.py' ':(literal)st*ar.py' || failed=1
	same a.py nowhere.py || failed=1
	same nowhere.py ':!nothing' || failed=1
	same ':!sub' ':!d1' || failed=1
	cd sub
	same ../a.py . ':!deep' || failed=1
	same ':!deep' ':!/d1' || failed=1
	same ':(icase)../SUB/A.PY' ':(icase)DEEP' || failed=1
	[ "$failed" -eq 0 ]
}

@test "the variables GIT_LITERAL_PATHSPECS and its kin" {
	local variable word failed=0

	for variable in LITERAL GLOB NOGLOB ICASE; do
		for word in '*.py' 'st*ar.py' 'A.PY' SUB ':(glob)*.py' ':(literal)st*ar.py' :/sub ':!sub' 'sub/*' '**/a.py' ':(icase)SUB/A.PY'; do
			(export "GIT_${variable}_PATHSPECS=1"; same "$word") || failed=1
		done
	done
	(export GIT_GLOB_PATHSPECS=true GIT_NOGLOB_PATHSPECS=yes; same a.py) || failed=1
	(export GIT_LITERAL_PATHSPECS=1 GIT_ICASE_PATHSPECS=1; same a.py) || failed=1
	(export GIT_LITERAL_PATHSPECS=no GIT_ICASE_PATHSPECS=; same ':(top)A.py') || failed=1
	[ "$failed" -eq 0 ]
}

@test "absolute paths, also through a symbolic link" {
	ln -s "$PWD" ../link
	cd sub
	same "$BATS_TEST_TMPDIR/repo/a.py"
	same "$BATS_TEST_TMPDIR/repo"
	same "$BATS_TEST_TMPDIR/repo/sub/../d1"
	same "$BATS_TEST_TMPDIR/link/a.py"
	same "$BATS_TEST_TMPDIR"
	same /nowhere.py
}

@test "what is outside, empty or unknown is an error" {
	run_asyncgrep --files -- ../x.py
	assert_error "../x.py: '../x.py' is outside repository at '$PWD'; to scan it all the same: asyncgrep --no-index '../x.py'"
	run_asyncgrep --files -- ""
	assert_error "an empty path"
	run_asyncgrep --files -- ":(attr:foo)a.py"
	assert_error "'attr' is not supported in pathspec ':(attr:foo)a.py'"
	run_asyncgrep --files -- nowhere.py
	assert_error "pathspec 'nowhere.py' did not match any file that git tracks" "git ls-files"
}

@test "a pathspec that matches nothing: what was meant is named" {
	run_asyncgrep 'db.execute'
	assert_error "to look for a pattern: asyncgrep -e 'db.execute'"
	write new.py "x = 1"
	run_asyncgrep new.py
	assert_error "to scan untracked files too: asyncgrep --untracked"
	run_asyncgrep ':/nowhere'
	assert_error "asyncgrep --untracked"
}

@test "an untracked file is found with --untracked" {
	echo 'x = 1' >untracked.py
	run_asyncgrep --files -- untracked.py
	assert_error "pathspec 'untracked.py' did not match" "asyncgrep --untracked"
	run_asyncgrep --files --untracked -- untracked.py
	assert_files untracked.py
}

@test "many stars take no time" {
	local name

	name=$(printf 'a%.0s' {1..200})
	echo 'x = 1' >"$name.py" && git add "$name.py"
	run_asyncgrep --files -- a.py "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b" ":(glob)**/*a*/**/*a*/**/*a*/**/*a*/**/*a*/**/b"
	assert_error "did not match"
}
