# SPDX-License-Identifier: MIT
#
# Each format, whole, on the example project. Renew the files, after a look at
# what has changed, with: make golden

bats_require_minimum_version 1.5.0
load helpers

setup() {
	isolate
	golden=$BATS_TEST_DIRNAME/../golden
	cd "$BATS_TEST_DIRNAME/../fixtures/example" || return
}

compare() {
	"$ASYNCGREP" --no-index --color never --format "$1" . >"$BATS_TEST_TMPDIR/out" 2>/dev/null || [ $? -eq 1 ]
	# The build says where the pages of the rules are.
	sed -i 's#[a-z]*://[^"<> ]*/\(AG[0-9]*\.md\)#DOCS/\1#g; s/"semanticVersion":"[^"]*"/"semanticVersion":"VERSION"/' "$BATS_TEST_TMPDIR/out"
	[ "${GOLDEN:-}" != renew ] || cp "$BATS_TEST_TMPDIR/out" "$golden/report.$1"
	diff "$golden/report.$1" "$BATS_TEST_TMPDIR/out"
}

# What each rule says, and where its second place is: on the fixtures, a folder a rule.
@test "the messages of every rule" {
	cd "$BATS_TEST_DIRNAME/../fixtures" || return
	"$ASYNCGREP" --no-index --select all --format text AG* >"$BATS_TEST_TMPDIR/out" 2>/dev/null || [ $? -eq 1 ]
	[ "${GOLDEN:-}" != renew ] || cp "$BATS_TEST_TMPDIR/out" "$golden/messages.text"
	diff "$golden/messages.text" "$BATS_TEST_TMPDIR/out"
	codes=$("$ASYNCGREP" --list-rules --format json | grep -o '"code":"AG[1-9][0-9]*"' | grep -o 'AG[0-9]*')
	[ "$(wc -w <<<"$codes")" -ge 21 ]
	for code in $codes; do
		grep -q ": $code " "$golden/messages.text" || { echo "no message of $code" >&2; return 1; }
	done
}

@test "text" { compare text; }

@test "json" { compare json; }

@test "full" { compare full; }

@test "sarif" { compare sarif; }

@test "github" { compare github; }

@test "gitlab" { compare gitlab; }

@test "junit" { compare junit; }

@test "checkstyle" { compare checkstyle; }

@test "rdjson" { compare rdjson; }

@test "markdown" { compare markdown; }

@test "every format has its golden report, and its word in the man page" {
	local format formats

	formats=$("$ASYNCGREP" --format '' 2>&1 | sed -n 's/.*there are: //p' | tr -d ,)
	[ "$(wc -w <<<"$formats")" -ge 10 ]
	for format in $formats; do
		[ -s "$golden/report.$format" ] && grep -qx "\.It Cm $format" "$BATS_TEST_DIRNAME/../../man/asyncgrep.1" ||
			{ echo "no word of $format" >&2; return 1; }
	done
}
