# SPDX-License-Identifier: MIT
#
# asyncgrep-patterns(5) is true: each example in it is a rule file whose
# samples pass, and each word of the vocabulary stands in an example.

load helpers

MANUAL=$BATS_TEST_DIRNAME/../../man/asyncgrep-patterns.5
SOURCE=$BATS_TEST_DIRNAME/../../src/rule

# The literal blocks with samples, one file each.
setup() {
	isolate
	cd "$BATS_TEST_TMPDIR" || return
	awk '
		/^\.Bd -literal/ { inside = 1; text = ""; next }
		/^\.Ed/ {
			if (inside && text ~ /\nbad:/)
				printf "%s", text > sprintf("example%02d.yaml", ++n)
			inside = 0
			next
		}
		inside {
			gsub(/\\\(aq/, "\047"); gsub(/\\\(ga/, "`"); gsub(/\\\(ha/, "^"); gsub(/\\\(ti/, "~")
			gsub(/\\-/, "-"); gsub(/\\e/, "\\")
			text = text $0 "\n"
		}' "$MANUAL"
}

@test "the samples of every example pass" {
	local file examples=(example*.yaml)

	[ ${#examples[@]} -ge 14 ]
	for file in "${examples[@]}"; do
		run_asyncgrep --test-patterns "$file"
		[ "$status" -eq 0 ] && [ -z "$error" ] || { echo "$file" >&2; show; }
		[[ $output =~ ^[1-9][0-9]*\ passed,\ 0\ failed$ ]] || { echo "$file" >&2; show; }
	done
}

@test "every word of the vocabulary stands in an example" {
	run python3 "$BATS_TEST_DIRNAME/patterns_keys.py" "$SOURCE" example*.yaml
	[ "$status" -eq 0 ] && [[ ${lines[-1]} =~ ^1[4-9][0-9]\ keys,\ 0\ in\ no\ example$ ]] || { echo "$output" >&2; return 1; }
}

# A key that only the parser has, in each of its tables, is missed.
@test "a key without an example is seen" {
	local table tables

	mkdir source
	tables=$(grep -ho 'const keys\[\] = { "[a-z-]*"' "$SOURCE"/*.c | wc -l)
	[ "$tables" -ge 20 ]
	for table in $(seq "$tables"); do
		cat "$SOURCE"/*.c | awk -v table="$table" '/const keys\[\] = \{/ && ++n == table { sub(/\{ /, "{ \"secret\", ") } 1' \
			>source/all.c
		cp "$SOURCE/test_parse.c" source
		sed -i 's/const keys/const others/' source/test_parse.c
		run python3 "$BATS_TEST_DIRNAME/patterns_keys.py" source example*.yaml
		[ "$status" -eq 1 ] && [ "${#lines[@]}" -eq 2 ] && [[ ${lines[0]} == *": secret" ]] || { echo "$output" >&2; return 1; }
	done
	cp "$SOURCE"/*.c source
	sed -i '0,/^\t{ "call", IS_CALL, FORM_NAMES/s//\t{ "secret", IS_CALL, FORM_NAMES, NULL, NULL },\n&/' source/test_parse.c
	rm source/all.c
	run python3 "$BATS_TEST_DIRNAME/patterns_keys.py" source example*.yaml
	[ "$status" -eq 1 ] && [ "${lines[0]}" = "vocabulary: secret" ] || { echo "$output" >&2; return 1; }
}

@test "every window, role and literal is in the manual" {
	local word

	for word in $(awk '/(windows|roles|through|literals|withs)\[\] = \{/ { inside = 1 } inside { print } /NULL \};/ { inside = 0 }' \
		"$SOURCE"/*.c | grep -o '"[a-z-]*"' | tr -d '"'); do
		grep -Eq "^\.(Ql|It Cm) (.* )?$word( |$)" "$MANUAL" || { echo "no word on $word" >&2; return 1; }
	done
}
