# SPDX-License-Identifier: MIT
#
# The configuration file: where it is looked for, what goes before it, and the
# exact error of each that is wrong (tests/config/{valid,invalid}).

load helpers

FILES=$BATS_TEST_DIRNAME/../config

setup() {
	new_repo
	write a.py "import time, corp" "async def f():" "    time.sleep(1)" "    open(1)" "    corp.get(1)"
	git add a.py
}

# codes: the codes of the findings, in order, as one line.
codes() {
	grep -o ' AG[0-9]*\| XY[0-9]*' <<<"$output" | tr -d '\n'
}

# assert_codes " CODE CODE…": what the last scan found.
assert_codes() {
	[ "$(codes)" = "$1" ] || { echo "expected:$1, found:$(codes)" >&2; show; }
}

@test "each valid configuration is read, in silence" {
	local file

	cd "$FILES/valid"
	for file in *.yaml; do
		run_asyncgrep --config "$file" --list-rules
		[ "$status" -eq 0 ] && [ -z "$error" ] || { echo "$file" >&2; show; }
	done
}

@test "each invalid configuration gives its error, and status 2" {
	local file

	cd "$FILES/invalid"
	[ "$(printf '%s\n' *.yaml | sed 's/yaml$/error/')" = "$(printf '%s\n' *.error)" ]
	for file in *.yaml; do
		run_asyncgrep --config "$file" --list-rules
		[ "$status" -eq 2 ] && [ -z "$output" ] || { echo "$file" >&2; show; }
		sed 's/^asyncgrep: //' "$BATS_TEST_TMPDIR/stderr" | diff - "${file%.yaml}.error" ||
			{ echo "$file" >&2; show; }
	done
}

@test "every error names the file, a line and a column" {
	local file

	cd "$FILES/invalid"
	for file in *.error; do
		[ -s "$file" ] && ! grep -Ev "^${file%.error}\.yaml:[0-9]+:[0-9]+: ." "$file"
	done
}

@test "a wrong configuration stops the scan before anything is printed" {
	write .asyncgrep.yaml "select: AG101" "fail_on: never"
	run_asyncgrep
	assert_error ".asyncgrep.yaml:2:1: unknown key 'fail_on'; did you mean 'fail-on'?"
	[ -z "$output" ] || show
	run_asyncgrep --files
	assert_error ".asyncgrep.yaml:2:1: unknown key"
}

@test "options of the file hold for a scan, and the command line goes before them" {
	write .asyncgrep.yaml "select: [AG101, AG601]" "ignore: AG601" "fail-on: never" "format: json"
	run_asyncgrep
	[ "$status" -eq 0 ] && [[ ${lines[0]} == '{'*'"AG101"'* ]] && [ "${#lines[@]}" -eq 1 ] || show
	run_asyncgrep --format text --select AG6 --no-ignore --fail-on info
	[ "$status" -eq 1 ] || show
	assert_codes " AG601"
}

@test "--no-config and --config" {
	write .asyncgrep.yaml "select: AG101"
	write other.yaml "select: AG601"
	run_asyncgrep --no-config
	assert_codes " AG601 AG101"
	run_asyncgrep --config other.yaml
	assert_codes " AG601"
	run_asyncgrep --config other.yaml --no-config
	assert_codes " AG601 AG101"
	run_asyncgrep --config nowhere.yaml
	assert_error "nowhere.yaml: No such file or directory"
}

@test "in a subfolder it is the file at the root that counts, and no other" {
	write .asyncgrep.yaml "select: AG101" "patterns: rules"
	write rules/corp.yaml "code: XY1" "message: m" "calls: corp.get"
	write sub/.asyncgrep.yaml "wrong: true"
	cd sub
	run_asyncgrep
	assert_codes " AG101"
	run_asyncgrep --select XY1
	assert_codes " XY1"
	write ../.asyncgrep.yaml "wrong: true"
	run_asyncgrep
	assert_error "../.asyncgrep.yaml:1:1: unknown key 'wrong'"
}

@test "plain files: the root of the repository; outside of one this folder, and none above" {
	write .asyncgrep.yaml "select: AG101"
	write sub/b.py "import time" "async def f():" "    time.sleep(1)" "    open(1)"
	cd sub
	run_asyncgrep --no-index .
	assert_codes " AG101"
	run_asyncgrep - <b.py
	assert_codes " AG101"
	mkdir -p "$BATS_TEST_TMPDIR/plain/deep"
	cp b.py "$BATS_TEST_TMPDIR/plain/deep"
	cd "$BATS_TEST_TMPDIR/plain"
	write .asyncgrep.yaml "select: AG601"
	run_asyncgrep --no-index .
	assert_codes " AG601"
	cd deep
	run_asyncgrep --no-index .
	assert_codes " AG601 AG101"
}

@test "a configuration above the repository is none of its business" {
	write ../.asyncgrep.yaml "wrong: true"
	run_asyncgrep
	assert_codes " AG601 AG101"
}

@test "help and version never look" {
	write .asyncgrep.yaml "wrong: true"
	run_asyncgrep --version
	[ "$status" -eq 0 ] && [ -z "$error" ] || show
	run_asyncgrep --help
	[ "$status" -eq 0 ] && [ -z "$error" ] || show
}

@test ".yml is pointed out, a link and a folder are refused" {
	write .asyncgrep.yml "select: AG101"
	run_asyncgrep
	assert_error ".asyncgrep.yml: the configuration is called .asyncgrep.yaml"
	mv .asyncgrep.yml conf
	ln -s conf .asyncgrep.yaml
	run_asyncgrep
	assert_error ".asyncgrep.yaml: a symbolic link"
	rm .asyncgrep.yaml
	mkdir .asyncgrep.yaml
	run_asyncgrep
	assert_error ".asyncgrep.yaml: not a file"
	rmdir .asyncgrep.yaml
	mkfifo .asyncgrep.yaml
	run_asyncgrep
	assert_error ".asyncgrep.yaml: not a file"
}

@test "rule files: below the folder of the configuration, and no links" {
	write rules/one.yaml "code: XY1" "message: m" "calls: corp.get"
	write .asyncgrep.yaml "patterns: [rules/one.yaml]" "select: XY1"
	run_asyncgrep
	assert_codes " XY1"
	write .asyncgrep.yaml "patterns:" "- ../rules"
	run_asyncgrep
	assert_error ".asyncgrep.yaml:2:3: '../rules' leads out of the folder"
	write .asyncgrep.yaml "patterns: $PWD/rules"
	run_asyncgrep
	assert_error ".asyncgrep.yaml:1:11: '$PWD/rules' leads out of the folder"
	ln -s rules link
	write .asyncgrep.yaml "patterns: link/one.yaml"
	run_asyncgrep
	assert_error "link/one.yaml: a symbolic link"
	ln -s one.yaml rules/two.yaml
	write .asyncgrep.yaml "patterns: rules/two.yaml"
	run_asyncgrep
	assert_error "rules/two.yaml: a symbolic link"
	write .asyncgrep.yaml "patterns: rules"
	run_asyncgrep
	assert_complaint "rules/two.yaml: a symbolic link"
	run_asyncgrep --config .asyncgrep.yaml --patterns link/two.yaml
	assert_complaint "the code XY1 is taken already"
}

@test "severities count for --fail-on and are listed" {
	write .asyncgrep.yaml "severity: {AG: warning, blocking-sleep: info, AG101: info}" "fail-on: warning"
	run_asyncgrep
	[ "$status" -eq 0 ] && [[ ${lines[0]} == *": info: AG601 "* ]] || show
	run_asyncgrep --list-rules
	grep -q "^AG201 .* warning " <<<"$output" && grep -q "^AG101 .* info " <<<"$output" || show
}

@test "a list of a rule and a set of names are extended, for all that use them" {
	write b.py "import corp, asyncio" "class AsyncA:" "    def __init__(self):" "        corp.get(1)" \
		"async def f(t):" "    t.cancel()" "    async with corp.limit(1):" "        await t"
	git add b.py
	run_asyncgrep b.py
	assert_codes " AG201"
	write .asyncgrep.yaml "extend: {AG602: 'corp.{get,post}', \$timeouts: [corp.limit]}"
	run_asyncgrep
	assert_codes " AG601 AG101 AG602 AG501"
}

@test "what is about the working tree means nothing elsewhere" {
	write .asyncgrep.yaml "untracked: true" "recurse-submodules: true"
	cp a.py b.py
	git add .asyncgrep.yaml
	run_asyncgrep --files
	assert_files a.py b.py
	run_asyncgrep --files --cached
	assert_files a.py
	run_asyncgrep --files --no-untracked
	assert_files a.py
	git commit -qm 1
	run_asyncgrep --since HEAD
	assert_error "'--since' does not look into submodules"
}

@test "-e looks for its pattern alone, whatever the file selects" {
	write .asyncgrep.yaml "select: AG101"
	run_asyncgrep -e 'corp'
	[ "$(codes)" = "" ] && [ "${#lines[@]}" -eq 1 ] || show
	run_asyncgrep -e 'corp' --select AG101
	assert_codes " AG101"
}

# sleepers FILE…: makes each with a finding of AG601 and one of AG101, and tracks it.
sleepers() {
	local file

	for file; do
		write "$file" "import time" "async def f():" "    time.sleep(1)" "    open(1)"
	done
	git add -- "$@"
}

# found: FILE:CODE of each finding of the last scan, in one line.
found() {
	sed -nE 's/^([^:]*):[0-9]+:[0-9]+: [a-z]+: (AG[0-9]+) .*/\1:\2/p' <<<"$output" | tr '\n' ' '
}

# assert_found "FILE:CODE …"
assert_found() {
	[ "$(found)" = "${1:+$1 }" ] || { echo "expected: $1, found: $(found)" >&2; show; }
}

@test "per-path: the last select that matches counts, and every ignore" {
	git rm -qf a.py
	sleepers src/a.py tests/b.py tests/deep/c.py tools/d.py
	write .asyncgrep.yaml "select: AG101" "per-path:" "  tests: {select: [AG101, AG601]}" \
		"  tests/deep/**: {select: AG6}" "  ':(glob)**/c.py': {ignore: blocking-input}" "  tools/*.py: {ignore: all}"
	run_asyncgrep
	assert_found "src/a.py:AG101 tests/b.py:AG601 tests/b.py:AG101 tests/deep/c.py:AG601"
	run_asyncgrep -j1
	assert_found "src/a.py:AG101 tests/b.py:AG601 tests/b.py:AG101 tests/deep/c.py:AG601"
	run_asyncgrep --list-rules
	grep -q "^AG601 .* on " <<<"$output" && grep -q "^AG103 .* off " <<<"$output" || show
	write .asyncgrep.yaml "ignore: AG601" "per-path:" "  tests: {select: [AG101, AG601]}" "  ':!src': {ignore: AG101}"
	run_asyncgrep
	assert_found "src/a.py:AG101"
}

@test "per-path: what the command line selects runs on all paths, what a path ignores it ignores" {
	git rm -qf a.py
	sleepers src/a.py tests/b.py
	write .asyncgrep.yaml "per-path:" "  src: {select: AG101}" "  tests: {ignore: AG601}"
	run_asyncgrep --select AG601
	assert_found "src/a.py:AG601"
	run_asyncgrep --ignore AG101
	assert_found ""
	run_asyncgrep --no-config --ignore AG101
	assert_found "src/a.py:AG601 tests/b.py:AG601"
	write .asyncgrep.yaml "per-path: {.: {ignore: all}}"
	run_asyncgrep -e 'sleep'
	[ "${#lines[@]}" -eq 2 ] || show
}

@test "per-path: paths are those from the root, wherever one stands and whatever is scanned" {
	git rm -qf a.py
	sleepers src/a.py tests/b.py
	write .asyncgrep.yaml "per-path:" "  tests: {ignore: AG601}"
	commit_all
	cd tests
	run_asyncgrep
	assert_found "../src/a.py:AG601 ../src/a.py:AG101 b.py:AG101"
	run_asyncgrep --cached
	assert_found "../src/a.py:AG601 ../src/a.py:AG101 b.py:AG101"
	run_asyncgrep --rev HEAD
	assert_found "../src/a.py:AG601 ../src/a.py:AG101 b.py:AG101"
	run_asyncgrep --no-index b.py "$PWD/../tests/b.py" ../src
	[ "$(grep -c AG601 <<<"$output")" -eq 1 ] || show
	[[ $output == *"src/a.py:3:5: error: AG601 "* ]] || show
	run_asyncgrep --stdin-name b.py - <b.py
	assert_found "b.py:AG101"
	run_asyncgrep --stdin-name ../src/b.py - <b.py
	assert_found "../src/b.py:AG601 ../src/b.py:AG101"
	run_asyncgrep --history
	[ "$(grep -c AG601 <<<"$output")" -eq 1 ] || show
	GIT_LITERAL_PATHSPECS=1 run_asyncgrep
	assert_found "../src/a.py:AG601 ../src/a.py:AG101 b.py:AG101"
}

@test "per-path: a finding that moves to another path is held against that path's rules" {
	git rm -qf a.py
	sleepers tests/b.py
	write .asyncgrep.yaml "per-path:" "  tests: {ignore: AG601}"
	commit_all
	mkdir src
	git mv tests/b.py src/b.py
	run_asyncgrep --since HEAD
	assert_found ""
}

@test "the index has its own configuration, and one that nobody added is pointed out" {
	commit_all
	write .asyncgrep.yaml "select: AG601"
	run_asyncgrep --cached
	assert_codes " AG601 AG101"
	[[ $error == "asyncgrep: .asyncgrep.yaml is not in the index"*"git add .asyncgrep.yaml"* ]] || show
	run_asyncgrep --cached -q
	[ -z "$error" ] || show
	git add .asyncgrep.yaml
	write .asyncgrep.yaml "select: AG101"
	run_asyncgrep --cached
	assert_codes " AG601"
	printf '\n' >>a.py
	git add a.py
	run_asyncgrep --staged
	assert_codes " AG601"
	run_asyncgrep --hook a.py
	assert_codes " AG601"
	run_asyncgrep
	assert_codes " AG101"
}

@test "rule files come from the index and from revisions, too" {
	write rules/corp.yaml "code: XY1" "message: m" "calls: corp.get"
	write rules/.hidden.yaml "wrong: true"
	write rules/README "wrong"
	write .asyncgrep.yaml "patterns: rules" "select: XY1"
	commit_all
	rm -r rules
	run_asyncgrep --cached
	assert_codes " XY1"
	run_asyncgrep --rev HEAD
	assert_codes " XY1"
	run_asyncgrep
	assert_error ".asyncgrep.yaml:1:11: rules: No such file or directory"
	git commit -qam 2
	run_asyncgrep --rev HEAD
	assert_error "HEAD:.asyncgrep.yaml:1:11: HEAD:rules: No such file or directory"
	run_asyncgrep --history
	assert_error "HEAD:.asyncgrep.yaml:1:11:"
	run_asyncgrep --history HEAD~1
	assert_codes " XY1"
	git clone -q --bare . ../bare.git
	cd ../bare.git
	run_asyncgrep --rev main~1
	assert_codes " XY1"
}

@test "of a folder of a revision the whole tree has the configuration" {
	write sub/a.py "open(1)" "async def f():" "    open(1)"
	write .asyncgrep.yaml "severity: {AG101: info}"
	commit_all
	run_asyncgrep --rev HEAD:sub
	[[ ${lines[0]} == *": info: AG101 "* ]] || show
}

@test "a link in the index or a revision is refused" {
	write conf "select: AG101"
	ln -s conf .asyncgrep.yaml
	commit_all
	run_asyncgrep --cached
	assert_error ".asyncgrep.yaml: a symbolic link"
	run_asyncgrep --rev HEAD
	assert_error "HEAD:.asyncgrep.yaml: a symbolic link"
	rm .asyncgrep.yaml
	ln -s rule.yaml link.yaml
	write .asyncgrep.yaml "patterns: link.yaml"
	commit_all
	run_asyncgrep --rev HEAD
	assert_error "HEAD:link.yaml: a symbolic link"
	write .asyncgrep.yaml "patterns: ../x.yaml"
	commit_all
	run_asyncgrep --rev HEAD
	assert_error "HEAD:.asyncgrep.yaml:1:11: '../x.yaml' leads out"
	git rm -q .asyncgrep.yaml
	write .asyncgrep.yml "select: AG101"
	commit_all
	run_asyncgrep --rev HEAD
	assert_error "HEAD:.asyncgrep.yml: the configuration is called .asyncgrep.yaml"
}

@test "--trusted-config: a change cannot switch off its own check" {
	write .asyncgrep.yaml "select: AG601" "patterns: rules/corp.yaml"
	write rules/corp.yaml "code: XY1" "message: m" "calls: corp.get"
	commit_all base
	git branch base
	write .asyncgrep.yaml "ignore: all"
	write .gitattributes "a.py -asyncgrep"
	write rules/corp.yaml "code: XY1" "message: m" "calls: corp.nothing"
	run_asyncgrep
	[ "$status" -eq 0 ] && [[ $error == *"1 -asyncgrep"* ]] || show
	run_asyncgrep --trusted-config base
	assert_codes " AG601"
	printf '\n' >>a.py
	git add .
	run_asyncgrep --staged --trusted-config base --select AG6,XY1
	assert_codes " AG601 XY1"
	git commit -qm change
	run_asyncgrep --rev HEAD
	[ "$status" -eq 0 ] && [ -z "$output" ] || show
	run_asyncgrep --rev HEAD --trusted-config base
	assert_codes " AG601"
	run_asyncgrep --history base..HEAD
	[[ $error == *" 0 versions scanned"* ]] || show
	run_asyncgrep --history base..HEAD --trusted-config base
	[[ $error == *" 2 versions scanned"* ]] || show
	run_asyncgrep --no-index --trusted-config base a.py
	assert_codes " AG601"
	run_asyncgrep --trusted-config nowhere
	assert_error "nowhere"
	run_asyncgrep --trusted-config base --config x
	assert_error "'--trusted-config' and '--config' cannot be used together"
}

@test "a push is checked as what is pushed says, or as who receives it says" {
	write .asyncgrep.yaml "select: AG601"
	commit_all base
	git clone -q --bare . ../bare.git
	git remote add origin ../bare.git
	git fetch -q
	write .asyncgrep.yaml "ignore: all"
	printf '\n' >>a.py
	commit_all change
	local zero=0000000000000000000000000000000000000000
	run_asyncgrep --pre-push origin <<<"refs/heads/main $(git rev-parse main) refs/heads/main $(git rev-parse main~1)"
	[ "$status" -eq 0 ] && [ -z "$output" ] || show
	run_asyncgrep --pre-push origin --trusted-config origin/main \
		<<<"refs/heads/main $(git rev-parse main) refs/heads/main $(git rev-parse main~1)"
	assert_codes " AG601"
	run_asyncgrep --pre-push origin --no-config \
		<<<"refs/heads/main $(git rev-parse main) refs/heads/main $(git rev-parse main~1)"
	assert_codes " AG601 AG101"
	# Two trees that do not say the same.
	run_asyncgrep --pre-push origin < <(
		echo "refs/heads/main $(git rev-parse main) refs/heads/main $zero"
		echo "refs/heads/old $(git rev-parse main~1) refs/heads/old $zero"
		echo "(delete) $zero refs/heads/gone $(git rev-parse main)")
	assert_error "$(git rev-parse main | cut -c1-12):.asyncgrep.yaml: $(git rev-parse main~1 | cut -c1-12) has another one"
	write ../bare.git/hooks/pre-receive "#!/bin/sh" "exec '$ASYNCGREP' --pre-receive --trusted-config HEAD"
	chmod +x ../bare.git/hooks/pre-receive
	run git push origin main
	[ "$status" -ne 0 ] && [[ $output == *"AG601"* ]] || { echo "$output" >&2; false; }
}

@test "a file that is too large is not read at all, and named" {
	truncate -s 5G .asyncgrep.yaml 2>/dev/null || skip "this file system has no such files"
	run_asyncgrep
	assert_error ".asyncgrep.yaml: larger than 4194304 bytes"
	truncate -s 5M .asyncgrep.yaml
	run_asyncgrep
	assert_error ".asyncgrep.yaml: larger than 4194304 bytes"
	run_asyncgrep --config .asyncgrep.yaml
	assert_error ".asyncgrep.yaml: larger than 4194304 bytes"
	git add .asyncgrep.yaml
	run_asyncgrep --cached
	assert_error ".asyncgrep.yaml: larger than 4194304 bytes"
}

# lose OBJECT: takes it out of the repository.
lose() {
	rm -f ".git/objects/${1:0:2}/${1:2}"
}

@test "objects that are missing are named, with the file, in every place that has one" {
	local blob rule arguments

	write rules/corp.yaml "code: XY1" "message: m" "calls: corp.get"
	write .asyncgrep.yaml "patterns: rules" "select: XY1"
	commit_all
	rule=$(git rev-parse HEAD:rules/corp.yaml)
	cp -r .git whole
	lose "$rule"
	for arguments in --cached '--rev HEAD' --history '--trusted-config HEAD' '--list-rules --cached'; do
		# shellcheck disable=SC2086
		run_asyncgrep $arguments
		assert_complaint "rules/corp.yaml: object $rule is missing"
	done
	rm -rf .git && cp -r whole .git
	blob=$(git rev-parse HEAD:.asyncgrep.yaml)
	lose "$blob"
	for arguments in --cached '--rev HEAD' --history '--trusted-config HEAD' '--list-rules --cached'; do
		# shellcheck disable=SC2086
		run_asyncgrep $arguments
		assert_error ".asyncgrep.yaml: object $blob is missing"
		[ -z "$output" ] || show
	done
	rm -rf .git && mv whole .git
	lose "$(git rev-parse HEAD:rules)"
	for arguments in '--rev HEAD' --history '--trusted-config HEAD'; do
		# shellcheck disable=SC2086
		run_asyncgrep $arguments
		assert_error "object $(git rev-parse HEAD:rules) is missing"
	done
}

@test "no repository, no such revision, no such push: one message, whatever is asked" {
	run_asyncgrep --rev nowhere
	assert_error "nowhere"
	run_asyncgrep --list-rules --rev nowhere
	assert_error "nowhere"
	run_asyncgrep --pre-receive <<<"a b"
	assert_error "'a b' is no line that git gives to this hook"
	run_asyncgrep --pre-receive <<<"0 1234567890123456789012345678901234567890 refs/heads/x"
	[ "$status" -eq 2 ] && [ "$(wc -l <"$BATS_TEST_TMPDIR/stderr")" -eq 1 ] || show
	mkdir "$BATS_TEST_TMPDIR/plain"
	cd "$BATS_TEST_TMPDIR/plain"
	for arguments in '' --cached '--rev HEAD' '--trusted-config HEAD' '--no-index --trusted-config HEAD .'; do
		# shellcheck disable=SC2086
		run_asyncgrep $arguments
		assert_error "not a git repository"
	done
	run_asyncgrep --list-rules
	[ "$status" -eq 0 ] && [ -z "$error" ] || show
}
