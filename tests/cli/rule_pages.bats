#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# What can be read about a rule: its JSON, and the page that is made of it.

load helpers

TOP=$BATS_TEST_DIRNAME/../..

setup() {
	new_repo
}

@test "--list-rules --format json says of every rule what its file says" {
	run_asyncgrep --list-rules --format json
	[ "$status" -eq 0 ] && [ -z "$error" ] || show
	[ "$(jq -r .code <<<"$output")" = "$(cd "$TOP/patterns" && ls AG*.yaml | sed 's/\.yaml//')" ]
	jq -e '[.code, .name, .profile, .severity, .context, .message, .help] | all(type == "string" and . != "")' \
		<<<"$output" >all
	! grep -v true all
	jq -e '(.bad | length) > 0 and (.good | length) > 0 and (.bad[0] | contains("# <- " ))' <<<"$output" >all
	! grep -v true all
	[ "$(jq -r 'select(.code == "AG105").selected' <<<"$output")" = false ]
	[ "$(jq -r 'select(.code == "AG601").aliases[]' <<<"$output")" = ASYNC251 ]
	[ "$(jq -r 'select(.code == "AG601").calls[]' <<<"$output")" = time.sleep ]
	[ "$(jq -r 'select(.about == "suppressions").code' <<<"$output" | paste -sd,)" = AG001,AG002 ]
}

@test "--explain --format json is that line; the code of another tool may have several" {
	run_asyncgrep --explain blocking-sleep --format json
	[ "$output" = "$(asyncgrep --list-rules --format json | grep '"code":"AG601"')" ] || show
	run_asyncgrep --explain ASYNC230 --format json
	[ "$(jq -r .code <<<"$output" | paste -sd,)" = AG101,AG103 ] || show
	run_asyncgrep --explain AG601 --format text
	[[ $output == "AG601 blocking-sleep ("* ]] || show
}

@test "--explain shows where a finding is, and not the columns that samples may name" {
	run_asyncgrep --explain AG201
	[[ $output == *"await execution_task  # <- AG201"$'\n'* ]] || show
	write cols.yaml 'code: COL1' 'message: m' 'context: any' 'calls: [f, g]' \
		'bad: ["a @ f(g(b))  # <- COL1@5, COL1@7\n@d\nclass A: pass\n"]' 'good: ["x @ 1\n"]'
	run_asyncgrep --patterns cols.yaml --explain COL1
	[[ $output == *$'    a @ f(g(b))  # <- COL1, COL1\n    @d\n    class A: pass\n'*$'    x @ 1'* ]] || show
}

@test "odd text of a rule file stays what it is" {
	write odd.yaml 'code: ODD1' 'name: odd' 'message: "tab\t, escape\e, \"quote\", ∞"' 'context: async' \
		'calls: odd' 'bad:' '  - |' '    async def f():' '        odd()  # <- ODD1' 'good: ["x = 1\n"]'
	run_asyncgrep --patterns odd.yaml --explain ODD1 --format json
	[ "$status" -eq 0 ] || show
	[ "$(jq -r .message <<<"$output")" = $'tab\t, escape\e, "quote", ∞' ]
	[ "$(jq -c '[.help, .aliases, .calls, .good, .builtin]' <<<"$output")" = '["",[],["odd"],["x = 1\n"],false]' ]
}

@test "a page that is not as its rule file has it is named" {
	cp -r "$TOP/docs" "$TOP/tests" .
	docs/update.sh "$ASYNCGREP" --check
	sed -i 's/Wrong/Rong/' docs/rules/AG201.md && touch docs/rules/AG999.md
	run docs/update.sh "$ASYNCGREP" --check
	[ "$status" -ne 0 ] && [[ $output == *"-## Rong"*"+## Wrong"*"Only in "*": AG999.md"* ]]
	docs/update.sh "$ASYNCGREP"
	docs/update.sh "$ASYNCGREP" --check
	[ ! -e docs/rules/AG999.md ]
	sed -i 's/<svg/<svg /' docs/screenshot.svg
	! docs/update.sh "$ASYNCGREP" --check
}

@test "the picture is a picture, and says what the program prints" {
	python3 - "$TOP/docs/screenshot.svg" <<-'EOF'
		import sys, xml.etree.ElementTree as tree
		lines = ["".join(text.itertext()) for text in tree.parse(sys.argv[1]).getroot().iter("{http://www.w3.org/2000/svg}text")]
		assert "$asyncgrep --select AG201,AG302,AG601" in lines, lines
		assert any(line.startswith("error[AG201]: `task` was cancelled") for line in lines), lines
		assert not any("\033" in line or "# <-" in line for line in lines), lines
	EOF
}
