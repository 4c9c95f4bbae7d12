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
	local word words

	words=$(
		sed -n 's/^\t{ "\([a-z-]*\)", [A-Z_]*, FORM_.*/\1/p' "$SOURCE/test_parse.c"
		awk '/const keys\[\] = \{/ { inside = 1 } inside { print } /NULL \};/ { inside = 0 }' "$SOURCE"/*.c |
			grep -o '"[a-z-]*"' | tr -d '"'
	)
	[ "$(wc -l <<<"$words")" -gt 80 ]
	for word in $words; do
		grep -Eq "(^|[ {])$word:" example*.yaml || { echo "no example of $word" >&2; return 1; }
	done
}

@test "every window, role and literal is in the manual" {
	local word

	for word in $(awk '/(windows|roles|through|literals|withs)\[\] = \{/ { inside = 1 } inside { print } /NULL \};/ { inside = 0 }' \
		"$SOURCE"/*.c | grep -o '"[a-z-]*"' | tr -d '"'); do
		grep -Eq "^\.(Ql|It Cm) (.* )?$word( |$)" "$MANUAL" || { echo "no word on $word" >&2; return 1; }
	done
}
