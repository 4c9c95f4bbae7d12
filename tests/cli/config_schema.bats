# SPDX-License-Identifier: MIT
#
# The JSON Schema of the configuration, with which editors complete and check it.

load helpers

TOP=$BATS_TEST_DIRNAME/../..
SCHEMA=$TOP/docs/asyncgrep.schema.json
PYTHON=$TOP/build/venv/bin/python

setup() {
	new_repo
}

# need_readers: skips the test where what tests/formats/requirements.txt names is not there.
need_readers() {
	"$PYTHON" -c 'import jsonschema, ruamel.yaml' 2>/dev/null || skip "make test-deps installs jsonschema and ruamel.yaml"
}

@test "it is what the program prints" {
	asyncgrep --config-schema | cmp - "$SCHEMA"
}

@test "schema and parser take the same files, keys and values" {
	need_readers
	run "$PYTHON" "$TOP/tests/config/check_schema.py" "$ASYNCGREP" "$SCHEMA" "$TOP"/tests/config/{valid,invalid}/*.yaml
	[ "$status" -eq 0 ] || { echo "$output" >&2; false; }
}

@test "the check sees what differs: a key too few, a type too wide, a file that only one takes" {
	need_readers
	jq 'del(.properties.jobs) | .properties.untracked = {type: ["boolean", "number", "string"]}' "$SCHEMA" >broken.json
	run "$PYTHON" "$TOP/tests/config/check_schema.py" "$ASYNCGREP" broken.json "$TOP"/tests/config/{valid,invalid}/*.yaml
	[ "$status" -eq 1 ] || { echo "$output" >&2; false; }
	[[ $output == *"all.yaml: the parser says True, the schema False"* ]]
	[[ $output == *"flag_word.yaml: the parser says False, the schema True"* ]]
	[[ $output == *"the keys of parser and schema differ: {'jobs'}"* ]]
	[[ $output == *'{"untracked": 1.5}: the parser says False, the schema True'* ]]
}

@test "every rule and every profile is proposed, each once" {
	jq -r '.definitions.oneRules.anyOf[0].enum[]' "$SCHEMA" >words
	[ "$(sort words | uniq -d)" = "" ]
	asyncgrep --list-rules --format json | jq -r '.code, .name, .profile, .aliases[]' | sort -u >rules
	[ "$(grep -vxFf words rules)" = "" ] && [ "$(wc -l <rules)" -gt 50 ]
	grep -qx default words && grep -qx all words
}
