# SPDX-License-Identifier: MIT
#
# What man page and README say of the configuration is true: their examples do
# what they seem to do, and no key is left out.

load helpers

TOP=$BATS_TEST_DIRNAME/../..
MANUAL=$TOP/man/asyncgrep.1

# section: CONFIGURATION of the man page.
section() {
	sed -n '/^\.Sh CONFIGURATION/,/^\.Sh WHAT/p' "$MANUAL"
}

setup() {
	new_repo
	write rules/corp.yaml "code: XY1" "message: m" "calls: corp.query"
	write src/a.py "import time, json, requests, corp_http, corp" "async def f(p, t):" "    time.sleep(1)" \
		"    corp_http.put(1)" "    corp.query(1)" "    json.load(open(p))" "    p.read_text()" "    input()"
	write tests/b.py "import time, corp_http" "async def f(p):" "    open(p)" "    time.sleep(1)" "    corp_http.get(1)"
	write tools/c.py "import time" "async def f(p):" "    time.sleep(1)" "    open(p)"
	write d.py "import asyncio, corp" "async def f(t):" "    t.cancel()" "    async with corp.deadline(1):" \
		"        await t" "    asyncio.create_task(t)"
	git add src tests d.py
}

# found: FILE CODE SEVERITY of each finding of the last run, sorted, in one line.
found() {
	sed -nE 's/^([^:]*):[0-9]+:[0-9]+: ([a-z]+): ([A-Z]+[0-9]+) .*/\1 \3 \2/p' <<<"$output" | sort | paste -sd ';'
}

# assert_found "FILE CODE SEVERITY;…"
assert_found() {
	[ "$(found)" = "$1" ] || { printf 'expected: %s\nfound:    %s\n' "$1" "$(found)" >&2; show; }
}

@test "the example of the man page is a configuration, and each key of it does something" {
	section | awk '/^\.Bd -literal/ { inside = 1; next } /^\.Ed/ { exit } inside' >.asyncgrep.yaml
	[ "$(wc -l <.asyncgrep.yaml)" -gt 12 ]
	grep -n . .asyncgrep.yaml >&2
	run_asyncgrep
	[ "$status" -eq 1 ] || show
	assert_found "d.py AG301 warning;src/a.py AG101 error;src/a.py AG102 error;src/a.py AG601 error;src/a.py AG602 error;src/a.py XY1 error;tests/b.py AG602 error;tools/c.py AG101 error"
	run_asyncgrep --no-config
	assert_found "d.py AG201 error;d.py AG301 error;src/a.py AG101 error;src/a.py AG102 error;src/a.py AG103 error;src/a.py AG601 error;src/a.py AG606 error;tests/b.py AG101 error;tests/b.py AG601 error"
}

@test "the man page has all options that the file takes, in order, and all other keys" {
	local key

	run_asyncgrep --show-config --format json
	jq -r '.options | keys_unsorted[]' <<<"$output" >options
	section | sed -n '/^These options/,/^One without/ s/^\.Cm \([a-z-]*\).*/\1/p' | diff options -
	for key in $(jq -r 'del(.options, .configuration) | keys_unsorted[]' <<<"$output"); do
		section | grep -qx "\.It Cm $key" || { echo "no word on $key" >&2; return 1; }
	done
	for key in $(jq -r 'keys_unsorted[], (.options.format | keys_unsorted[])' <<<"$output") means line column unused; do
		section | grep -q "^\.Va $key\( \|$\)" || { echo "no word on $key in JSON" >&2; return 1; }
	done
}

@test "the example of the README is a configuration, and is shown as it says" {
	local line

	block "$TOP/README.md" yaml "per-path:" >.asyncgrep.yaml
	run_asyncgrep
	[ "$status" -eq 1 ] || show
	assert_found "d.py AG201 error;d.py AG301 warning;src/a.py AG101 error;src/a.py AG102 error;src/a.py AG601 error;src/a.py AG602 error;src/a.py XY1 error;tests/b.py AG101 error"
	block "$TOP/README.md" console '$ asyncgrep --show-config' >shown
	eval "run_asyncgrep $(sed -n '1s/^\$ asyncgrep //p' shown)"
	[ "$(tail -n +2 shown | wc -l)" -eq 3 ]
	while IFS= read -r line; do
		grep -qxF -- "$line" <<<"$output" || { echo "not shown: $line" >&2; show; }
	done < <(tail -n +2 shown)
}

@test "both name the schema where it is installed" {
	local file

	make -s -o all -C "$TOP" install DESTDIR="$PWD/root" BINARY="$ASYNCGREP" >/dev/null
	for file in $(grep -oh '[^ =]*asyncgrep\.schema\.json' "$MANUAL" "$TOP/README.md" | grep / | sort -u); do
		cmp "root$file" "$TOP/docs/asyncgrep.schema.json" || return
	done
	[ -n "$file" ]
}
