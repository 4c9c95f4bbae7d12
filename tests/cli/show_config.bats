# SPDX-License-Identifier: MIT
#
# --show-config: what holds, and where each value comes from.

load helpers

FILES=$BATS_TEST_DIRNAME/../config

setup() {
	new_repo
	write a.py "x = 1"
	git add a.py
}

# assert_shown LINE: there it is.
assert_shown() {
	sed 's/\([^ ]\)  *# \([^#]*\)$/\1 # \2/' <<<"$output" | grep -qxF -- "$1" || { echo "no line: $1" >&2; show; }
}

# entry PATH: of the last JSON document, in one line.
entry() {
	jq -c "$1" <<<"$output"
}

@test "without a file everything is by default, and each key that a file takes is there" {
	run_asyncgrep --show-config
	[ "$status" -eq 0 ] && [ -z "$error" ] || show
	[ "${lines[0]}" = "# configuration: none" ]
	[ "$(tail -n +2 <<<"$output" | grep -vc '  *# default$')" -eq 0 ] || show
	assert_shown "untracked: false # default"
	assert_shown "# select: default # default"
	assert_shown "# format: full on a terminal, text elsewhere # default"
	assert_shown "fail-on: info # default"
	assert_shown "# jobs: one a processor # default"
}

@test "each value has the place of its key, or the command line" {
	write .asyncgrep.yaml "jobs: 4" "select:" "- AG1" "- AG6, AG302" "color: never" "untracked: false"
	run_asyncgrep --show-config -j2 --no-color --ignore AG101 --ignore AG102,AG103
	[ "$status" -eq 0 ] && [ -z "$error" ] || show
	[ "${lines[0]}" = "# configuration: .asyncgrep.yaml" ] || show
	assert_shown "select: [AG1, AG6, AG302] # .asyncgrep.yaml:2:1"
	assert_shown "untracked: false # .asyncgrep.yaml:6:1"
	assert_shown "ignore: [AG101, AG102, AG103] # command line"
	assert_shown "jobs: 2 # command line; not .asyncgrep.yaml:1:1: the command line goes before it"
	assert_shown "color: never # command line; not .asyncgrep.yaml:5:1: the command line goes before it"
	run_asyncgrep --show-config --no-select
	assert_shown "# select: default # command line; not .asyncgrep.yaml:2:1: the command line goes before it"
}

@test "what is no option: rule files, paths, severities, more names" {
	write rules/corp.yaml "code: XY1" "message: m" "calls: corp.get"
	write more/corp.yaml "code: XY2" "message: m" "calls: corp.get"
	write .asyncgrep.yaml "patterns:" "- rules" "per-path:" "  tests/: {ignore: AG1}" "  '*.pyi': {select: [strict, XY1]}" \
		"severity:" "  AG6: info" "extend: {AG602: 'a.{b,c}', \$timeouts: [d.e, f]}"
	run_asyncgrep --show-config --patterns more/corp.yaml
	[ "$status" -eq 0 ] && [ -z "$error" ] || show
	assert_shown "- more/corp.yaml # command line"
	assert_shown "- rules # .asyncgrep.yaml:2:3"
	assert_shown "  tests/: {ignore: [AG1]} # .asyncgrep.yaml:4:3"
	assert_shown '  "*.pyi": {select: [strict, XY1]} # .asyncgrep.yaml:5:3'
	assert_shown "  AG6: info # .asyncgrep.yaml:7:3"
	assert_shown '  AG602: ["a.{b,c}"] # .asyncgrep.yaml:8:10'
	assert_shown '  $timeouts: [d.e, f] # .asyncgrep.yaml:8:28'
}

@test "what the file says and does not count is told, with the reason" {
	write .asyncgrep.yaml "untracked: true" "select: AG1" "report-unused: true" \
		"per-path: {a: {select: AG6, ignore: AG601}, b: {select: AG6}}"
	git add .asyncgrep.yaml
	run_asyncgrep --show-config --cached
	assert_shown "untracked: false # default; not .asyncgrep.yaml:1:1: it is about the working tree"
	assert_shown "report-unused: true # .asyncgrep.yaml:3:1"
	run_asyncgrep --show-config -e 'x\('
	[ "$status" -eq 0 ] || show
	assert_shown "# select: nothing beside what -e looks for # command line; not .asyncgrep.yaml:2:1: -e looks for its pattern alone"
	assert_shown "report-unused: false # default; not .asyncgrep.yaml:3:1: -e looks for its pattern alone"
	assert_shown "  # b: as everywhere # .asyncgrep.yaml:4:45; not .asyncgrep.yaml:4:49: -e looks for its pattern alone"
	run_asyncgrep --show-config --select AG6
	assert_shown "  a: {ignore: [AG601]} # .asyncgrep.yaml:4:12; not .asyncgrep.yaml:4:16: what the command line selects runs on all paths"
	git commit -qm 1
	run_asyncgrep --show-config --history
	assert_shown "report-unused: false # default; not HEAD:.asyncgrep.yaml:3:1: it is not about history"
}

@test "what is shown is what a scan does: -e, history and paths" {
	write a.py "import time" "async def f():" "    time.sleep(1)  # noqa: AG101"
	write .asyncgrep.yaml "report-unused: true"
	commit_all
	run_asyncgrep
	[[ $output == *AG001* ]] || show
	run_asyncgrep --history
	[[ $output != *AG001* ]] && [[ $output == *AG601* ]] || show
	run_asyncgrep -e 'sleep'
	[[ $output != *AG001* ]] && [ "${#lines[@]}" -eq 1 ] || show
	run_asyncgrep -e 'sleep' --report-unused
	assert_error "cannot be used together"
}

@test "--format json: the same as a document, and only where the command line asks for it" {
	write .asyncgrep.yaml "format: json" "jobs: 4" "severity: {AG6: info}" "per-path: {a: {ignore: 'AG1 AG6'}}" \
		"extend: {AG602: a.b}"
	run_asyncgrep --show-config
	[[ $output == "# configuration: "* ]] || show
	run_asyncgrep --show-config --format json --no-color
	[ "$status" -eq 0 ] && [ -z "$error" ] || show
	[ "$(entry .configuration)" = '".asyncgrep.yaml"' ]
	[ "$(entry .options.jobs)" = '{"value":4,"origin":"file","file":".asyncgrep.yaml","line":2,"column":1}' ]
	[ "$(entry .options.color)" = '{"value":"never","origin":"command line"}' ]
	[ "$(entry .options.ignore)" = '{"value":null,"origin":"default","means":"nothing"}' ]
	[ "$(entry .options.format)" = '{"value":"json","origin":"command line","unused":{"file":".asyncgrep.yaml","line":1,"column":1,"because":"the command line goes before it"}}' ]
	[ "$(entry .patterns)" = '[]' ]
	[ "$(entry '."per-path".a')" = '{"value":{"ignore":["AG1","AG6"]},"origin":"file","file":".asyncgrep.yaml","line":4,"column":12}' ]
	[ "$(entry .severity.AG6.value)" = '"info"' ]
	[ "$(entry .extend.AG602.value)" = '["a.b"]' ]
	run_asyncgrep --show-config --format json --no-config
	[ "$(entry '[.configuration, .severity, .options.jobs.origin]')" = '[null,{},"default"]' ]
}

@test "the text is a configuration that says the same" {
	local first

	cd "$FILES/valid"
	for file in *.yaml; do
		run_asyncgrep --show-config --config "$file"
		[ "$status" -eq 0 ] && [ -z "$error" ] || { echo "$file" >&2; show; }
		first=$(sed '1d; s/  *#[^#]*$//' <<<"$output")
		cp -r rules "$BATS_TEST_TMPDIR"
		cp "$BATS_TEST_TMPDIR/stdout" "$BATS_TEST_TMPDIR/again.yaml"
		run_asyncgrep --show-config --config "$BATS_TEST_TMPDIR/again.yaml"
		[ "$status" -eq 0 ] && [ -z "$error" ] || { echo "$file" >&2; show; }
		[ "$(sed '1d; s/  *#[^#]*$//' <<<"$output")" = "$first" ] || { echo "$file: $first" >&2; show; }
	done
}

@test "texts that look like something else are quoted, and nothing speaks to the terminal" {
	write rules/1 ""
	write .asyncgrep.yaml 'per-path:' '  "true": {ignore: AG1}' '  "a\u001b[31m\u2028\u007f: b": {ignore: AG1}' '  "ü中\"\\": {ignore: AG1}' \
		"  '1.5': {ignore: AG1}" "  '- x # y': {ignore: AG1}" "  NO: {ignore: AG1}"
	run_asyncgrep --show-config
	[ "$status" -eq 0 ] || show
	assert_shown '  "true": {ignore: [AG1]} # .asyncgrep.yaml:2:3'
	assert_shown '  "1.5": {ignore: [AG1]} # .asyncgrep.yaml:5:3'
	assert_shown '  "NO": {ignore: [AG1]} # .asyncgrep.yaml:7:3'
	assert_shown '  "a\u001B[31m\u2028\u007F: b": {ignore: [AG1]} # .asyncgrep.yaml:3:3'
	assert_shown '  "ü中\"\\": {ignore: [AG1]} # .asyncgrep.yaml:4:3'
	cp "$BATS_TEST_TMPDIR/stdout" again.yaml
	run_asyncgrep --show-config --format json
	first=$(entry '."per-path" | keys_unsorted')
	run_asyncgrep --show-config --format json --config again.yaml
	[ "$(entry '."per-path" | keys_unsorted')" = "$first" ]
}

@test "a name that is not UTF-8" {
	printf 'jobs: 3\n' >$'\xe9.yaml' 2>/dev/null || skip "this file system wants UTF-8"
	run_asyncgrep --show-config --config $'\xe9.yaml'
	assert_shown $'jobs: 3 # \xef\xbf\xbd.yaml:1:1'
	run_asyncgrep --show-config --config $'\xe9.yaml' --format json
	[ "$(entry .options.jobs.file)" = $'"\xef\xbf\xbd.yaml"' ]
}

@test "it is the file of what is scanned, or of --trusted-config" {
	write .asyncgrep.yaml "jobs: 1"
	commit_all one
	write .asyncgrep.yaml "jobs: 2"
	git add .
	write .asyncgrep.yaml "jobs: 3"
	run_asyncgrep --show-config
	assert_shown "jobs: 3 # .asyncgrep.yaml:1:1"
	run_asyncgrep --show-config --staged
	assert_shown "jobs: 2 # .asyncgrep.yaml:1:1"
	run_asyncgrep --show-config --cached
	assert_shown "jobs: 2 # .asyncgrep.yaml:1:1"
	run_asyncgrep --show-config --rev HEAD
	[ "${lines[0]}" = "# configuration: HEAD:.asyncgrep.yaml" ] || show
	assert_shown "jobs: 1 # HEAD:.asyncgrep.yaml:1:1"
	run_asyncgrep --show-config --staged --trusted-config HEAD
	assert_shown "jobs: 1 # HEAD:.asyncgrep.yaml:1:1"
	run_asyncgrep --show-config --no-index a.py
	assert_shown "jobs: 3 # .asyncgrep.yaml:1:1"
	run_asyncgrep --show-config --pre-receive <<<"0000000000000000000000000000000000000000 $(git rev-parse HEAD) refs/heads/main"
	assert_shown "jobs: 1 # $(git rev-parse HEAD | cut -c1-12):.asyncgrep.yaml:1:1"
	mkdir sub
	cd sub
	run_asyncgrep --show-config
	assert_shown "jobs: 3 # ../.asyncgrep.yaml:1:1"
	run_asyncgrep --show-config --config ../.asyncgrep.yaml
	assert_shown "jobs: 3 # ../.asyncgrep.yaml:1:1"
	run_asyncgrep --show-config --no-config
	assert_shown "# jobs: one a processor # default"
}

@test "one in the working tree that nobody added is pointed out" {
	write .asyncgrep.yaml "jobs: 3"
	run_asyncgrep --show-config --staged
	[ "$status" -eq 0 ] && [[ $error == *"is not in the index"* ]] || show
	[ "${lines[0]}" = "# configuration: none" ]
}

@test "a wrong file is an error, with nothing printed" {
	local file

	for file in "$FILES"/invalid/*.yaml; do
		run_asyncgrep --show-config --config "$file"
		[ "$status" -eq 2 ] && [ -z "$output" ] && [[ $error == *"${file##*/}:"[0-9]* ]] || { echo "$file" >&2; show; }
	done
	run_asyncgrep --show-config --config nowhere.yaml
	assert_error "nowhere.yaml: No such file or directory"
	run_asyncgrep --show-config --list-rules
	assert_error "'--list-rules' asks for something else"
	run_asyncgrep --show-config --selct AG1
	assert_error "unknown option '--selct'"
}

@test "outside of a repository it says what a scan says" {
	mkdir "$BATS_TEST_TMPDIR/plain"
	cd "$BATS_TEST_TMPDIR/plain"
	write .asyncgrep.yaml "jobs: 5"
	run_asyncgrep
	scan=$error
	run_asyncgrep --show-config
	[ "$status" -eq 2 ] && [ "$error" = "$scan" ] || show
	run_asyncgrep --show-config --no-index .
	assert_shown "jobs: 5 # .asyncgrep.yaml:1:1"
}

@test "paths may stand beside it, as in the scan that is asked about" {
	run_asyncgrep --show-config --staged -- a.py sub
	[ "$status" -eq 0 ] || show
	run_asyncgrep --show-config -
	[ "$status" -eq 0 ] || show
}
