#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# Completions: what the program offers, and what the shells make of it, installed as `make install` does it.

load helpers

setup() {
	new_repo
	track module.py
	write baseline.jsonl
	commit_all
	git branch feature
	git remote add upstream https://example.org/x.git
	# As installed: asyncgrep and git-asyncgrep in PATH.
	put_on_path
	ln -s "$ASYNCGREP" "$BATS_TEST_TMPDIR/bin/git-asyncgrep"
}

# offers WORD… : CANDIDATE…: the last word can become each of these.
offers() {
	local words=() candidate

	while [ "$1" != : ]; do
		words+=("$1")
		shift
	done
	shift
	run_asyncgrep --complete "${words[@]}"
	[ "$status" -eq 0 ] && [ -z "$error" ] || show
	for candidate; do
		cut -f 1 <<<"$output" | grep -qxFe "$candidate" || { echo "no $candidate for ${words[*]}" >&2; show; }
	done
}

@test "options are offered, those that undo others to who asks for them" {
	offers '' : :file
	offers - : -q -j --staged --help
	offers -- : --staged --select --version
	[[ $output != *--no-staged* && $output != *--complete* ]] || show
	offers --no- : --no-staged --no-index
	offers a.py --s : --staged
}

@test "arguments are offered where one is due, in every spelling" {
	offers --format '' : full text json
	offers --format=js : --format=json
	offers --color '' : auto always never
	offers --fail-on= : --fail-on=error --fail-on=never
	offers --baseline '' : :file
	offers --since '' : :revision
	offers --history '' : :revision
	offers --history --st : --staged
	offers --rev=v : :revision
	[ "$output" = $':revision\t--rev=' ]
	offers --pre-push '' : :remote
	offers -qj '' :
	[ -z "$output" ]
	offers --no-color '' : :file
	offers --staged=x :
	[ -z "$output" ]
}

@test "behind -- there are only paths" {
	offers --st : --staged
	offers -- --st : :file
}

@test "rules are offered by code, name, profile and alias, those of --patterns too" {
	offers --select '' : default all checklist AG201 unbounded-cancelled-await ASYNC251
	offers --select AG201,AG : AG201,AG202
	offers --ignore=AG201,AG : --ignore=AG201,AG202
	offers --explain '' : AG201 blocking-sleep
	[[ $output != *checklist* ]] || show
	offers --in '' : async init any
	write own.yaml 'code: XX101' 'name: own-rule' 'message: "no"' 'context: async' 'calls: [own.call]'
	offers --patterns own.yaml --select '' : XX101 own-rule
}

# in_bash LINE: prints what bash offers at the end of the line, with the completions of git loaded.
in_bash() {
	bash -c '
		. /usr/share/bash-completion/bash_completion
		. <(asyncgrep --completions bash)
		_completion_loader git
		COMP_LINE=$1 COMP_POINT=${#1} COMP_TYPE=9
		# Words as readline makes them: broken at = and : too.
		read -ra COMP_WORDS <<<"$(sed "s/[=:]/ & /g" <<<"$1")"
		[[ $1 != *" " ]] || COMP_WORDS+=("")
		COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
		complete=$(complete -p "${COMP_WORDS[0]}")
		complete=${complete##*-F }
		"${complete%% *}"
		printf "%s\n" "${COMPREPLY[@]}"
	' - "$1" 2>/dev/null
}

@test "bash completes asyncgrep and git asyncgrep" {
	[ -e /usr/share/bash-completion/bash_completion ] || need bash-completion
	[ "$(in_bash 'asyncgrep --staged --sel')" = --select ]
	[ "$(in_bash 'asyncgrep --select=AG201,blocking-sle')" = AG201,blocking-sleep ]
	[ "$(in_bash 'asyncgrep --color=' | paste -sd' ')" = "auto always never" ]
	[ "$(in_bash 'asyncgrep --baseline ba')" = baseline.jsonl ]
	[ "$(in_bash 'asyncgrep --baseline=ba')" = baseline.jsonl ]
	[ "$(in_bash 'asyncgrep mod')" = module.py ]
	[ "$(in_bash 'asyncgrep --pre-push ups')" = upstream ]
	[ "$(in_bash 'asyncgrep --rev fea' | tr -d ' ')" = feature ]
	[ "$(in_bash 'asyncgrep --rev main:mod' | tr -d ' ')" = module.py ]
	[ "$(in_bash 'git asyncgrep --explain blocking-sle')" = blocking-sleep ]
	[ "$(in_bash 'git asyncgrep --since=fea' | tr -d ' ')" = feature ]
	[ "$(in_bash 'git -C . asyncgrep --form')" = --format ]
}

@test "bash completes revisions without git's completion too" {
	run bash -c '. <(asyncgrep --completions bash)
		COMP_LINE="asyncgrep --rev fea" COMP_POINT=19 COMP_WORDS=(asyncgrep --rev fea) COMP_CWORD=2
		_asyncgrep; echo "${COMPREPLY[*]}"'
	[ "$output" = feature ]
}

@test "zsh completes asyncgrep and git asyncgrep" {
	need zsh
	mkdir "$BATS_TEST_TMPDIR/functions"
	asyncgrep --completions zsh >"$BATS_TEST_TMPDIR/functions/_git-asyncgrep"
	in_zsh() {
		timeout 20 zsh -f "$BATS_TEST_DIRNAME/completion.zsh" "$BATS_TEST_TMPDIR/functions" "$1"
	}
	[ "$(in_zsh 'asyncgrep --staged --sel')" = 'asyncgrep --staged --select ' ]
	[ "$(in_zsh 'asyncgrep --select=AG201,blocking-sle')" = 'asyncgrep --select=AG201,blocking-sleep ' ]
	[ "$(in_zsh 'asyncgrep --baseline=ba')" = 'asyncgrep --baseline=baseline.jsonl ' ]
	[ "$(in_zsh 'asyncgrep --rev=main..fea')" = 'asyncgrep --rev=main..feature ' ]
	[ "$(in_zsh 'git asyncgrep --rev fea')" = 'git asyncgrep --rev feature ' ]
	[ "$(in_zsh 'git asyncgrep --format js')" = 'git asyncgrep --format json ' ]
}

@test "fish completes asyncgrep and git asyncgrep" {
	need fish
	in_fish() {
		fish -c 'asyncgrep --completions fish | source; complete -C "$argv[1]"' -- "$1" | cut -f 1 | paste -sd' '
	}
	[ "$(in_fish 'asyncgrep --staged --sel')" = --select ]
	[ "$(in_fish 'asyncgrep --select=AG201,blocking-sle')" = --select=AG201,blocking-sleep ]
	[ "$(in_fish 'asyncgrep --format js')" = json ]
	[ "$(in_fish 'asyncgrep --baseline=ba')" = --baseline=baseline.jsonl ]
	[ "$(in_fish 'asyncgrep --rev fea')" = feature ]
	[ "$(in_fish 'git asyncgrep --explain blocking-sle')" = blocking-sleep ]
	[ "$(in_fish 'git -C . asyncgrep --format js')" = json ]
}

# assert_completes WORD PREFIX…: the words that complete PREFIX… have WORD among them, and nothing goes wrong.
assert_completes() {
	run_asyncgrep --complete "${@:2}"
	[ "$status" -eq 0 ] && grep -q "^$1	" <<<"$output" || { echo "no $1 for ${*:2}" >&2; show; }
}

@test "who completes is not done yet: a wrong configuration, rule file or list is passed over" {
	local file

	write rules/own.yaml "code: XY1" "message: m" "calls: a.b"
	for file in "$BATS_TEST_DIRNAME"/../config/invalid/*.yaml; do
		cp "$file" .asyncgrep.yaml
		assert_completes AG101 --select AG
		[ -z "$error" ] || { echo "$file" >&2; show; }
		assert_completes XY1 --patterns rules --explain X
	done
	write .asyncgrep.yaml "patterns: rules" "extend: {AG999: a.b}"
	assert_completes XY1 --select X
	rm .asyncgrep.yaml
	assert_completes XY1 --patterns nowhere --patterns rules --ignore AG999 --select X
	assert_completes AG101 --patterns nowhere --select AG
}
