# SPDX-License-Identifier: MIT
#
# Rule files that are right, and the exact error of each that is wrong:
# tests/rulefiles/valid/*.yaml, tests/rulefiles/invalid/*.yaml and *.error.

load helpers

FILES=$BATS_TEST_DIRNAME/../rulefiles

setup() {
	isolate
	cd "$BATS_TEST_TMPDIR" || return
}

# rules LINE…: makes rules.yaml, a rule XY1 that these lines complete.
rules() {
	write rules.yaml "code: XY1" "message: m" "$@"
}

@test "each valid rule file is loaded, in silence" {
	local file

	cd "$FILES/valid"
	for file in *.yaml; do
		run_asyncgrep --patterns "$file" --select XY1 --list-rules
		[ "$status" -eq 0 ] && [ -z "$error" ] || { echo "$file" >&2; show; }
		[[ $output == *"XY1 "*" on "* ]] || { echo "$file" >&2; show; }
	done
}

@test "each invalid rule file gives its error, and status 2" {
	local file

	cd "$FILES/invalid"
	for file in *.yaml; do
		run_asyncgrep --patterns "$file" --list-rules
		[ "$status" -eq 2 ] || { echo "$file" >&2; show; }
		sed 's/^asyncgrep: //' "$BATS_TEST_TMPDIR/stderr" | diff - "${file%.yaml}.error" ||
			{ echo "$file" >&2; show; }
	done
}

@test "every error names the file, a line and a column" {
	local file

	cd "$FILES/invalid"
	[ "$(printf '%s\n' *.yaml | sed 's/yaml$/error/')" = "$(printf '%s\n' *.error)" ]
	for file in *.error; do
		[ -s "$file" ] && ! grep -Ev "^${file%.error}\.yaml:[0-9]+:[0-9]+: ." "$file"
	done
}

@test "--test-patterns and a scan refuse a wrong rule file as well" {
	rules "cals: open"
	run_asyncgrep --test-patterns rules.yaml
	[ "$status" -eq 2 ] && [ "$error" = "asyncgrep: rules.yaml:3:1: unknown key 'cals'; did you mean 'calls'?" ] || show
	write a.py "open(1)"
	run_asyncgrep --no-index --patterns rules.yaml a.py
	[ "$status" -eq 2 ] || show
	[[ $error == "asyncgrep: rules.yaml:3:1: unknown key 'cals'; did you mean 'calls'?"* ]] || show
}

@test "a rule file that is not there, or too large" {
	run_asyncgrep --patterns nowhere.yaml --list-rules
	assert_error "nowhere.yaml: No such file or directory"
	rules "calls: open"
	head -c 4194304 /dev/zero | tr '\0' '#' >>rules.yaml
	run_asyncgrep --patterns rules.yaml --list-rules
	assert_error "rules.yaml: larger than 4194304 bytes"
}

@test "a file of exactly the limit is read" {
	rules "calls: open"
	head -c $((4194304 - $(wc -c <rules.yaml))) /dev/zero | tr '\0' '#' >>rules.yaml
	run_asyncgrep --patterns rules.yaml --select XY1 --list-rules
	[ "$status" -eq 0 ] || show
}

@test "a folder's files are all read, and each that is wrong is named" {
	write rules/a.yaml "code: XY1" "message: m" "calls: open"
	write rules/b/b.yml "code: XY2" "message: m" "calls: open"
	write rules/c.yaml "code: XY3" "calls: open"
	write rules/readme.txt "code: XY4"
	write rules/.hidden.yaml "code: XY5"
	run_asyncgrep --patterns rules --list-rules
	[ "$status" -eq 2 ] || show
	[ "$error" = "asyncgrep: rules/c.yaml:1:1: a rule needs 'message'" ] || show
	[ "$(grep -c '^XY' <<<"$output")" -eq 2 ] || show
}

@test "a message for a terminal holds no control bytes of the file" {
	printf 'code: XY1\nmessage: m\n"\\e[1mcalls": open\n' >rules.yaml
	run_asyncgrep --patterns rules.yaml --list-rules
	[ "$status" -eq 2 ] || show
	[ "$error" = "asyncgrep: rules.yaml:3:1: unknown key '\\x1B[1mcalls'; did you mean 'calls'?" ] || show
}

@test "samples: missing, noisy, in another column, not Python, without a mark" {
	rules "calls: open" \
		'bad: ["close()  # <- XY1\n", "open(1); open(2)  # <- XY1\n", "open(1)  # <- XY1@2\n", "open(1)\n", "open( # <- XY1"]' \
		'good: ["open(1)\n", "x = 1 # <- XY1\n", "x = 1"]'
	run_asyncgrep --test-patterns rules.yaml
	[ "$status" -eq 1 ] || show
	[ "$output" = "$(cat <<-'END'
	rules.yaml:4: XY1: line 1 of the sample: missing: marked, not found
	rules.yaml:4: XY1: line 1 of the sample: noisy: found, not marked
	rules.yaml:4: XY1: line 1 of the sample: found in another column
	rules.yaml:4: XY1: line 1 of the sample: noisy: found, not marked
	rules.yaml:4: XY1: line 1 of the sample: a bad sample without a mark
	rules.yaml:4: XY1: line 1 of the sample: the sample is not Python
	rules.yaml:5: XY1: line 1 of the sample: noisy: found, not marked
	rules.yaml:5: XY1: line 1 of the sample: missing: marked, not found
	rules.yaml:5: XY1: line 1 of the sample: a good sample with a mark
	1 passed, 7 failed
	END
	)" ] || show
}

@test "samples: a rule needs both sorts, and lists of texts" {
	rules "calls: open" "bad: []" 'good: ["x = 1"]'
	run_asyncgrep --test-patterns rules.yaml
	[ "$status" -eq 1 ] || show
	[ "${lines[0]}" = "rules.yaml:1: XY1: needs samples, 'bad' and 'good'" ] || show
	rules "calls: open" "bad: word" "good: [[x]]"
	run_asyncgrep --test-patterns rules.yaml
	[ "$status" -eq 2 ] || show
	[[ $error == *"rules.yaml:4:6: 'bad' has to be a list of texts"* ]] || show
	[[ $error == *"rules.yaml:5:8: a sample has to be a text"* ]] || show
}

@test "rules that lead back to themselves end in an error, not in a crash" {
	write a.py "x.a()"
	rules "find: {like: XY1}"
	run_asyncgrep --no-index --patterns rules.yaml --select XY1 a.py
	[ "$status" -eq 2 ] && [[ $error == *"a.py: XY1: tests within tests, more than 1500 deep"* ]] || show
	rules "find: {method: a, on: {is: loopy}}" "---" "kind: loopy" "bindings: every" "is: {is: loopy}"
	run_asyncgrep --no-index --patterns rules.yaml --select XY1 a.py
	[ "$status" -eq 2 ] && [[ $error == *"a.py: XY1: tests within tests"* ]] || show
}

@test "a pattern that matches no expression is still asked unless" {
	rules "pattern: 'else\s*:'" "unless: {pattern: '^while', window: enclosing}" \
		'bad: ["if x:\n    pass\nelse:  # <- XY1\n    pass\n"]' \
		'good: ["while x:\n    if x:\n        pass\n    else:\n        pass\n"]'
	run_asyncgrep --test-patterns rules.yaml
	[ "$status" -eq 0 ] || show
}

@test "a limit that a pattern runs into makes the status 2, wherever it stands" {
	write a.py "x.a()" "$(printf 'a%.0s' {1..60})" "x.b()"
	rules "pattern: '^(a+)+$'"
	sed -i "s/aaa$/aaa!/" a.py
	run_asyncgrep --no-index --patterns rules.yaml --select XY1 a.py
	[ "$status" -eq 2 ] && [[ $error == *"a.py: XY1: match limit exceeded"* ]] || show
	rules "find: {method: a, pattern: '^(a+)+$', window: file}"
	run_asyncgrep --no-index --patterns rules.yaml --select XY1 a.py
	[ "$status" -eq 2 ] && [[ $error == *"a.py: XY1: match limit exceeded"* ]] || show
	write a.py "def f(x):" "    x.a()" "    $(printf 'a%.0s' {1..60})!" "    x.b()"
	rules "find: {method: a}" "then: {reach: {method: b, pattern: '^\s*(a+)+$', window: file}}"
	run_asyncgrep --no-index --patterns rules.yaml --select XY1 a.py
	[ "$status" -eq 2 ] && [[ $error == *"a.py: XY1: match limit exceeded"* ]] || show
}

@test "{T} in a window is quoted, and found as the window shows it" {
	rules "context: function" "pattern: '(?<T>\w+\[[^]]*\])\.open\(\)'" "unless: {pattern: '{T}\.close', window: function}" \
		'bad: ["def f(t):\n    t[0].open()  # <- XY1\n    t0.close()\n"]' \
		'good: ["def f(t):\n    t[\"a\"].open()\n    t[\"a\"].close()\n"]'
	run_asyncgrep --test-patterns rules.yaml
	[ "$status" -eq 0 ] || show
}
