#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# What .gitattributes keep out, with git check-attr as the reference.

load helpers

setup() {
	new_repo
}

# kept_in FILE…: those of the files that git's attributes keep in; what check-attr says is `FILE: NAME: VALUE`.
kept_in() {
	local file own generated vendored

	for file; do
		own=$(git check-attr $cached asyncgrep -- "$file" | sed 's/.*: //')
		generated=$(git check-attr $cached linguist-generated -- "$file" | sed 's/.*: //')
		vendored=$(git check-attr $cached linguist-vendored -- "$file" | sed 's/.*: //')
		case $own in
		unset | false) continue ;;
		unspecified)
			case $generated in unset | false | unspecified) ;; *) continue ;; esac
			case $vendored in unset | false | unspecified) ;; *) continue ;; esac
			;;
		esac
		printf '%s\n' "$file"
	done
}

# assert_as_git OPTION…: the files are those that git says.
assert_as_git() {
	local expected

	mapfile -t all < <(git ls-files '*.py' | LC_ALL=C sort)
	mapfile -t expected < <(kept_in "${all[@]}")
	run_asyncgrep --files "$@"
	assert_files "${expected[@]}"
}

@test "the three names, as git check-attr has them; --no-attributes overrides" {
	track a.py generated.py vendor/b.py vendor/own.py out.py words.py other.py
	write .gitattributes 'generated.py linguist-generated' 'vendor/** linguist-vendored=true' \
		'vendor/own.py -linguist-vendored' 'out.py -asyncgrep' '*.py text' 'words.py linguist-generated=false asyncgrep=yes'
	git add .
	assert_as_git
	assert_files a.py other.py vendor/own.py words.py
	run_asyncgrep --files --no-attributes
	assert_files a.py generated.py other.py out.py vendor/b.py vendor/own.py words.py
	run_asyncgrep
	[ "$status" -eq 0 ] && [[ $error == *"4 files scanned, 3 skipped (1 -asyncgrep, 1 linguist-generated, 1 linguist-vendored)"* ]] || show
}

@test "asyncgrep keeps in what linguist keeps out" {
	track gen/a.py gen/b.py
	write .gitattributes 'gen/* linguist-generated' 'gen/b.py asyncgrep'
	run_asyncgrep --files
	assert_files gen/b.py
}

@test "folders, patterns and their order" {
	track a.py sub/a.py sub/deep/a.py sub/deep/b.py sub/deep/c.py x/sub/a.py 'a b.py' y/z/w/q.py star.py
	write .gitattributes 'sub/a.py -asyncgrep' '"a b.py" -asyncgrep' 'y/**/q.py -asyncgrep' 'x/ -asyncgrep' \
		'# star.py -asyncgrep' '!star.py -asyncgrep' '[s]t?r.* -asyncgrep' 's*r.py !asyncgrep'
	write sub/deep/.gitattributes '*.py -asyncgrep' 'b.py !asyncgrep' '/c.py asyncgrep' '[attr]mine -asyncgrep'
	write .git/info/attributes 'sub/deep/a.py asyncgrep' 'x/sub/* -asyncgrep'
	assert_as_git
	[ "${#all[@]}" -eq 9 ] && [ "${#lines[@]}" -eq 5 ] || show
}

@test "macros, also of another file, one in the other, and one that is unset" {
	track a.py b.py c.py d.py sub/e.py sub/f.py g.py h.py
	write .gitattributes 'a.py outer' '[attr]inner -asyncgrep text' '[attr]outer inner -diff' 'b.py outer !asyncgrep' \
		'c.py -outer' 'd.py binary' 'g.py loop' '[attr]loop loop pool' '[attr]pool loop linguist-generated' \
		'h.py outer=true'
	write sub/.gitattributes 'e.py inner' '[attr]inner text'
	write .git/info/attributes '[attr]binary linguist-vendored'
	assert_as_git
	[ "${#all[@]}" -eq 8 ] && [ "${#lines[@]}" -eq 4 ] || show
}

@test "the files of the user and of the repository, in git's order" {
	track a.py b.py c.py d.py
	write "$HOME/attributes" '*.py -asyncgrep'
	git config --global core.attributesFile '~/attributes'
	write .gitattributes 'a.py !asyncgrep' 'b.py asyncgrep'
	write .git/info/attributes 'b.py -asyncgrep' 'c.py asyncgrep'
	assert_as_git
	assert_files a.py c.py
	git config --global --unset core.attributesFile
	mkdir -p "$HOME/.config/git" && write "$HOME/.config/git/attributes" 'd.py -asyncgrep'
	assert_as_git
	assert_files a.py c.py
}

@test "lines that git passes by" {
	track a.py b.py c.py d.py e.py f.py
	{
		printf '\xef\xbb\xbfa.py -asyncgrep\r\n'
		printf 'b.py -asyncgrep --bad\n'
		printf 'c.py -asyncgrep %02050d\n' 1
		printf '"d.py -asyncgrep\n'
		printf '\t "e\\056py"-asyncgrep'
	} >.gitattributes
	assert_as_git
	[ "${#lines[@]}" -lt "${#all[@]}" ] || show
}

@test "random files, as git check-attr has them" {
	local i words=(-asyncgrep asyncgrep '!asyncgrep' linguist-generated -linguist-generated linguist-vendored=false m n text)
	local patterns=('*.py' 'a*' '/a.py' 'p/*' 'p/**' '**/q/*.py' 'q/' '?.py' '[!b].py' 'p/q/b.py' '*/b.py' '"\142.py"' '\a.py')

	RANDOM=7
	track {,p/,p/q/,q/,p/q/r/}{a,b,ab}.py
	for i in $(seq 25); do
		for folder in "" p/ p/q/; do
			for _ in 1 2 3 4; do
				printf '%s %s %s\n' "${patterns[RANDOM % ${#patterns[@]}]}" "${words[RANDOM % ${#words[@]}]}" \
					"${words[RANDOM % ${#words[@]}]}"
			done >"${folder}.gitattributes"
		done
		printf '[attr]m %s n\n[attr]n %s\n' "${words[RANDOM % 6]}" "${words[RANDOM % 6]}" >>.gitattributes
		mapfile -t all < <(git ls-files '*.py' | LC_ALL=C sort)
		printf '%s\n' "${all[@]}" | git check-attr --stdin asyncgrep linguist-generated linguist-vendored |
			awk '{ sub(/:$/, "", $1) } $2 == "asyncgrep:" { own = $3 } $2 == "linguist-generated:" { gen = $3 }
				$2 == "linguist-vendored:" && own != "unset" &&
				(own == "set" || gen != "set" && ($3 == "false" || $3 == "unset" || $3 == "unspecified")) { print $1 }' \
			>"$BATS_TEST_TMPDIR/expected"
		run_asyncgrep --files
		diff "$BATS_TEST_TMPDIR/expected" "$BATS_TEST_TMPDIR/stdout" || { tail -n 99 .gitattributes p/.gitattributes p/q/.gitattributes >&2; show; }
	done
}

@test "of the index and of a revision their own attributes count" {
	track a.py b.py c.py sub/d.py
	write .gitattributes 'a.py -asyncgrep' && write sub/.gitattributes '*.py -asyncgrep' && commit_all
	write .gitattributes 'b.py -asyncgrep' && rm sub/.gitattributes && git add -A
	write .gitattributes 'c.py -asyncgrep'
	run_asyncgrep --files
	assert_files a.py b.py sub/d.py
	run_asyncgrep --files --cached
	assert_files a.py c.py sub/d.py
	run_asyncgrep --files --rev HEAD
	assert_files b.py c.py
	run_asyncgrep --files --rev HEAD --no-attributes
	assert_files a.py b.py c.py sub/d.py
	write .gitattributes '* !asyncgrep'
	run_asyncgrep --files --rev HEAD:sub
	assert_files
	cached=--cached
	assert_as_git --cached
	git clone -q --bare . ../bare.git && cd ../bare.git
	run_asyncgrep --files --rev HEAD
	assert_files b.py c.py
}

@test "--staged asks the index" {
	track a.py b.py && commit_all
	write .gitattributes 'a.py -asyncgrep' && git add .gitattributes
	write .gitattributes 'b.py -asyncgrep'
	echo 'y = 1' | tee -a a.py >>b.py && git add '*.py'
	run_asyncgrep --files --staged
	assert_files b.py
}

@test "an attributes file that is gone from the working tree, and one that is a link" {
	track a.py sub/b.py
	write .gitattributes 'a.py -asyncgrep' && git add . && rm .gitattributes
	assert_as_git
	assert_files sub/b.py
	write rules '*.py -asyncgrep' && ln -s ../rules sub/.gitattributes
	run_asyncgrep --files
	assert_files sub/b.py
}

@test "the same in folders, with a cache and without" {
	local option

	track a.py sub/b.py sub/deep/er/c.py
	write sub/deep/.gitattributes '* -asyncgrep' && git add . && rm sub/deep/.gitattributes
	write untracked/d.py && write sub/.gitattributes 'untracked'
	assert_as_git
	assert_files a.py sub/b.py
	for option in --no-cache --cache-dir=cache --cache-dir=cache; do
		run_asyncgrep "$option" -L
		[ "$output" = $'a.py\nsub/b.py' ] || show
	done
	mkdir -p ../elsewhere/deep && mv sub ../elsewhere/sub && ln -s ../elsewhere/sub sub
	run_asyncgrep --files
	assert_files a.py
}

@test "untracked attributes files count in the working tree" {
	track sub/a.py b.py
	write sub/.gitattributes '* -asyncgrep'
	assert_as_git
	assert_files b.py
}

@test "an attributes file that cannot be read is named" {
	track a.py
	write .gitattributes 'a.py -asyncgrep' && commit_all
	blob=$(git rev-parse HEAD:.gitattributes)
	rm -f ".git/objects/${blob:0:2}/${blob:2}"
	run_asyncgrep --rev HEAD
	assert_complaint ".gitattributes: object $blob is missing" "git fsck"
}
